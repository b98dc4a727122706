"""The arrow of an indicator at a period: which figures it joins and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.lifecycle import broken_between
from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import ArrowFrom, ComparedWith, JudgedAs
from workbook_builder.judgement.conventions import Conventions
from workbook_builder.judgement.status import Compared, Limits
from workbook_builder.judgement.targets import limits_for
from workbook_builder.judgement.travel import (
    REACH,
    Direction,
    Glyph,
    Moved,
    Performance,
    Travel,
    Words,
)
from workbook_builder.measures.series import Point, Points
from workbook_builder.periods import Kind, Period, earlier
from workbook_builder.values import Value, is_number, number

# What the Judgement sheet shows in place of a figure from before a series break.
BREAK = "break"


@dataclass(frozen=True)
class Slot:
    """A figure that an arrow may start or end at; cut where a series break lies between."""

    period: Period
    value: Value | None
    cut: bool = False

    @property
    def usable(self) -> bool:
        return not self.cut and is_number(self.value)


@dataclass(frozen=True)
class Movement:
    """The arrow of a line: which two slots it joins and what it says."""

    slots: tuple[Slot, ...]
    now_at: int | None
    before_at: int | None
    now: float | None
    before: float | None
    direction: Direction
    travel: Travel
    glyph: str
    words: str
    since: str
    to: str


def movement_at(
    catalogue: Catalogue,
    indicator: Indicator,
    settings: Conventions,
    points: Points,
    period: Period,
    rate: Point | None = None,
) -> Movement:
    """Direction of travel at `period`, by the indicator's conventions.

    `rate` stands beside the value at the period, for an indicator whose target is about the rate.
    """
    slots = _slots(catalogue, indicator, settings, points, period)
    last_year = settings.compared_with is ComparedWith.LAST_YEAR
    starts = [0]
    if settings.arrow_from is ArrowFrom.LATEST_FIGURE and not last_year:
        starts = [0, 1, 2]
    retired = indicator.to is not None and period.end > indicator.to
    now_at = next((at for at in starts if slots[at].usable and not retired), None)
    before_at = None
    if now_at is not None:
        before_at = next((at for at in range(now_at + 1, len(slots)) if slots[at].usable), None)
    compared = Compared(settings.compared_decimals)
    now = compared.evaluate(slots[now_at].value) if now_at is not None else None
    before = compared.evaluate(slots[before_at].value) if before_at is not None else None
    direction = Moved(settings.level_within).evaluate(now, before)
    limits = Limits()
    if indicator.judged_as is JudgedAs.VALUE:
        limits = limits_for(catalogue, indicator, period)
    elif indicator.judged_as is JudgedAs.RATE and rate is not None and number(rate.value):
        held = limits_for(catalogue, indicator, period)
        limits = limits_of_count(held, now, number(rate.value) or 0.0)
    travel = Performance(settings.polarity).evaluate(direction, now, before, limits)
    glyph = Glyph(settings.arrow, settings.polarity)
    since = to = ""
    if now_at is not None and before_at is not None:
        since = slots[before_at].period.label if last_year or before_at > now_at + 1 else ""
        to = slots[now_at].period.label if now_at else ""
    return Movement(
        slots,
        now_at,
        before_at,
        now,
        before,
        direction,
        travel,
        glyph.evaluate(direction, travel),
        Words(glyph).evaluate(direction, travel, since, to),
        since,
        to,
    )


def limits_of_count(limits: Limits, now: float | None, rate: float) -> Limits:
    """A rate's limits as limits of the count beside it: both move with the same population."""
    if now is None:
        return Limits()

    def scaled(limit: float | None) -> float | None:
        return None if limit is None else limit * now / rate

    return Limits(scaled(limits.lower), scaled(limits.upper))


def _slots(
    catalogue: Catalogue,
    indicator: Indicator,
    settings: Conventions,
    points: Points,
    period: Period,
) -> tuple[Slot, ...]:
    """The period itself and those that it may be compared with, latest first."""
    years = catalogue.settings.years
    if settings.compared_with is ComparedWith.LAST_YEAR:
        steps = [0, 4 if period.kind is Kind.QUARTER else 12]
    else:
        steps = list(range(REACH + 1))
    slots = []
    for step in steps:
        before = earlier(period, step, years)
        cut = broken_between(indicator, before, period)
        point = points.get(before)
        slots.append(Slot(before, point.value if point else None, cut))
    return tuple(slots)
