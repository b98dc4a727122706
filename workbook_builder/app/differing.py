"""Where two tables of results say something different, line by line and in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Row = Mapping[str, str]
Key = tuple[str, str, str, str]

KEYS = ("indicator", "breakdown", "period_kind", "period")
FIGURE = ("value", "shown")
# What a reader of the workbook would see differ, by the word for it.
WATCHED = {
    "numerator": "numerator",
    "denominator": "denominator",
    "target": "target",
    "target_low": "target from",
    "target_high": "target to",
    "target_met": "target met",
    "rag": "status",
    "rag_rule": "status by the rule",
    "direction": "direction",
    "travel": "travel",
    "ytd": "year to date",
    "comparator_england": "England",
    "comparator_region": "region",
    "comparator_neighbours": "statistical neighbours",
}
NOTHING = "nothing"


@dataclass(frozen=True)
class Differing:
    """One line of results.csv that differs: what one table says in it, and what the other says."""

    indicator: str
    breakdown: str
    period: str
    before: str
    after: str

    def __str__(self) -> str:
        about = ", ".join(filter(None, (self.indicator, self.breakdown, self.period)))
        return f"{about}: {self.before}, now {self.after}"


def differing(before: Iterable[Row], after: Iterable[Row]) -> tuple[Differing, ...]:
    """The lines that differ in a figure, a target, a status, an arrow or a comparator.

    Where a figure came from, and what was first reported, is no difference.
    """
    one, other = _by_key(before), _by_key(after)
    found = []
    for key in dict.fromkeys((*one, *other)):
        was, now = one.get(key, {}), other.get(key, {})
        said = list(_words(was, now))
        if said:
            indicator, breakdown, kind, period = key
            found.append(
                Differing(
                    indicator,
                    breakdown,
                    f"{kind} {period}",
                    "; ".join(words for words, _ in said) if was else "not there",
                    "; ".join(words for _, words in said) if now else "not there",
                )
            )
    return tuple(found)


def rows_of(text: str) -> list[dict[str, str]]:
    """The lines of a results.csv."""
    return list(csv.DictReader(io.StringIO(text)))


def _by_key(rows: Iterable[Row]) -> dict[Key, Row]:
    return {
        (row["indicator"], row["breakdown"], row["period_kind"], row["period"]): row for row in rows
    }


def _words(was: Row, now: Row) -> Iterable[tuple[str, str]]:
    """Each thing that differs: how it was and how it is now."""
    if any(was.get(name, "") != now.get(name, "") for name in FIGURE):
        alike = was.get("shown", "") == now.get("shown", "")
        name = "value" if alike else "shown"
        yield f"figure {_said(was, name)}", f"figure {_said(now, name)}"
    for name, word in WATCHED.items():
        if was.get(name, "") != now.get(name, ""):
            yield f"{word} {_said(was, name)}", f"{word} {_said(now, name)}"


def _said(row: Row, name: str) -> str:
    return row.get(name, "") or NOTHING
