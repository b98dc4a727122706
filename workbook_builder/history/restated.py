"""What counts as first reported, restated and provisional. Pure rules; nothing is read here.

A figure is first reported by the first publication that gave something for it: a number, a text,
or a symbol that tells something, such as "withheld". A symbol that only says that there is no
figure reports none. Later it is restated where it is no longer the same, on the 15 digits that
Excel keeps. A figure that no publication has reported is provisional, once the scorecard publishes
at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbook_builder.values import Symbol, Value, fifteen_digits

# Indicator, breakdown and the period's key, such as "month 2014-02".
FigureKey = tuple[str, str, str]

# Symbols by which a source says that it has no figure, or none yet.
NO_FIGURE = frozenset(
    {
        Symbol.NOT_AVAILABLE,
        Symbol.COLON,
        Symbol.DASH,
        Symbol.TO_BE_CONFIRMED,
        Symbol.NO_DATA,
    }
)


class Mark(StrEnum):
    """What is to be said beside a figure; nothing where it stands as it was reported."""

    RESTATED = "r"
    PROVISIONAL = "p"
    SETTLED = ""


@dataclass(frozen=True)
class FirstReport:
    """A figure as it was first reported: unrounded, or the symbol or text as it is printed.

    month is the report month of the publication, such as 2014-02.
    """

    value: float | str
    month: str


@dataclass(frozen=True)
class Reported:
    """Every figure that publications have reported, as it was first reported.

    published: whether this scorecard has published anything.
    """

    first: Mapping[FigureKey, FirstReport] = field(default_factory=dict)
    published: bool = False

    def mark(self, key: FigureKey, value: Value | None) -> Mark:
        """The mark of a figure as it is now."""
        first = self.first.get(key)
        return mark_of(value, first.value if first else None, self.published)


NOTHING_REPORTED = Reported()


def mark_of(value: Value | None, first: float | str | None, published: bool) -> Mark:
    """The mark of a figure that was first reported as `first`; None where it never was."""
    if first is not None:
        return Mark.SETTLED if _same(_plain(value), first) else Mark.RESTATED
    if not published or not reports(value):
        return Mark.SETTLED
    return Mark.PROVISIONAL


def reports(value: Value | None) -> bool:
    """Whether something is reported by it."""
    return value is not None and value not in NO_FIGURE and value != ""


def first_reports(
    publications: Iterable[tuple[str, Iterable[tuple[FigureKey, float | str]]]],
) -> Reported:
    """What publications reported, each its month and figures, in the order of time."""
    first: dict[FigureKey, FirstReport] = {}
    published = False
    for month, figures in publications:
        published = True
        for key, value in figures:
            first.setdefault(key, FirstReport(value, month))
    return Reported(first, published)


def newly_reported(
    figures: Iterable[tuple[FigureKey, Value | None]], before: Reported
) -> dict[FigureKey, float | str]:
    """The figures that a publication is the first to report."""
    return {
        key: plain
        for key, value in figures
        if key not in before.first and reports(value) and (plain := _plain(value)) is not None
    }


def _plain(value: Value | None) -> float | str | None:
    if isinstance(value, Symbol):
        return value.shown
    return value if value is None or isinstance(value, str) else float(value)


def _same(one: float | str | None, other: float | str) -> bool:
    if isinstance(one, float) and isinstance(other, (int, float)):
        return fifteen_digits(one) == fifteen_digits(float(other))
    return one == other
