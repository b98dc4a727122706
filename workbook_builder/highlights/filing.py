"""Whether an indicator is a current issue or an improvement, and why.

The rule, in this order: what was set by hand; a dated target that is missed and due within three
months is an issue; the best of the last twelve months is an improvement and the worst an issue,
where all twelve are held; else the change since the last period with a figure; else the change
since the earliest figure held. A single figure is held against the average of its twelve months or,
where England's stands beside it, against England's. An
indicator of which neither way is good is filed by hand or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbook_builder.catalogue.model import Target
from workbook_builder.catalogue.words import Polarity, TargetKind
from workbook_builder.highlights.figures import Figure, Held, amounts
from workbook_builder.highlights.gaps import gap_to, to_come
from workbook_builder.highlights.spoken import when
from workbook_builder.judgement.status import TIE_DECIMALS
from workbook_builder.values import excel_round

# A target that is due later than this is not an issue yet.
DUE_WITHIN = 3


class Section(StrEnum):
    """Where an indicator stands in the report; the words of overrides.csv and highlights.csv."""

    ISSUE = "current issue"
    IMPROVEMENT = "improvement"
    NEITHER = "neither"


@dataclass(frozen=True)
class Filed:
    """The section, and the reason in words."""

    section: Section
    reason: str


UNDECIDED = Filed(Section.NEITHER, "the figures do not say")
NO_POLARITY = Filed(Section.NEITHER, "neither high nor low is good")


def file_series(held: Held, targets: Sequence[Target], by_hand: Filed | None = None) -> Filed:
    """File one series by the rule."""
    if by_hand is not None:
        return by_hand
    if held.polarity is Polarity.NEITHER:
        return NO_POLARITY
    return (
        _by_target(held, targets)
        or _by_year(held)
        or _by_change(held, held.earlier[-1:])
        or _by_change(held, held.earlier[:1])
        or _by_one(held, held.pooled, "on average over the last 12 months")
        or _by_one(held, held.england, "in England")
        or UNDECIDED
    )


def better(held: Held, was: float, now: float) -> bool | None:
    """Whether a change is for the better; None where it is none or neither way is good."""
    change = excel_round(now - was, TIE_DECIMALS)
    if change == 0 or held.polarity not in (Polarity.HIGH, Polarity.LOW):
        return None
    return (change > 0) is (held.polarity is Polarity.HIGH)


def _by_target(held: Held, targets: Sequence[Target]) -> Filed | None:
    for target in to_come(targets, held.month):
        due = target.kind is TargetKind.MILESTONE and target.to.minus(held.month) <= DUE_WITHIN
        gap = gap_to(held, target) if due else None
        if gap is not None and gap.missed:
            return Filed(Section.ISSUE, f"misses the target due by {target.to.long_label}")
    return None


def _by_year(held: Held) -> Filed | None:
    if not held.year or held.polarity not in (Polarity.HIGH, Polarity.LOW):
        return None
    values = [excel_round(value or 0.0, TIE_DECIMALS) for value in amounts(held.year, held.unit)]
    if max(values) == min(values):
        return None
    best, worst = max(values), min(values)
    if held.polarity is Polarity.LOW:
        best, worst = worst, best
    if values[-1] == best:
        return Filed(Section.IMPROVEMENT, "the best of the last 12 months")
    if values[-1] == worst:
        return Filed(Section.ISSUE, "the worst of the last 12 months")
    return None


def _by_change(held: Held, since: tuple[Figure, ...]) -> Filed | None:
    if not since:
        return None
    was, now = amounts((since[0], held.latest), held.unit)
    found = None if was is None or now is None else better(held, was, now)
    if found is None:
        return None
    word, section = ("better", Section.IMPROVEMENT) if found else ("worse", Section.ISSUE)
    return Filed(section, f"{word} than in {when(since[0].period)}")


def _by_one(held: Held, other: Figure | None, where: str) -> Filed | None:
    """A single figure against one that stands beside it."""
    if held.earlier or other is None or other.value is None or held.latest.value is None:
        return None
    found = better(held, other.value, held.latest.value)
    if found is None:
        return None
    word, section = ("better", Section.IMPROVEMENT) if found else ("worse", Section.ISSUE)
    return Filed(section, f"{word} than {where}")
