"""The year so far of one indicator, gathered for the year-to-date rule."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.lifecycle import adds_up_from, broken
from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import YearToDate
from workbook_builder.judgement.conventions import Conventions
from workbook_builder.judgement.year_to_date import (
    ADDED_UP,
    Amount,
    YearSoFar,
    YearToDateNote,
    YearToDateRule,
)
from workbook_builder.measures.series import Point, Points
from workbook_builder.periods import Kind, Month, Period, earlier
from workbook_builder.values import Symbol, Value


@dataclass(frozen=True)
class Year:
    """The year to date of a line.

    begins is the first period that is added up, where the indicator or its present series (broken)
    began later than the year.
    """

    rule: YearToDateRule
    so_far: YearSoFar
    periods: tuple[Period, ...]
    brought_forward: Period | None
    value: Value
    note: str
    begins: Period | None = None
    broken: bool = False

    @property
    def judged(self) -> Value | None:
        """What a target for the year is held against.

        The months since a break are not the year that it was agreed for, where months add up.
        """
        return None if self.broken and self.rule.rule is YearToDate.SUM else self.value

    @property
    def is_year(self) -> bool:
        """Whether it is the year's figure once the year is over: no month at its end is missing."""
        whole = self.rule.last(self.so_far) == len(self.periods) > 0
        return (whole or self.value is Symbol.CONFIDENTIAL) and not self.broken


def year_periods(catalogue: Catalogue, period: Period) -> tuple[Period, ...]:
    """The periods of the same kind from the start of the financial year to `period`.

    Empty where `period` lies in the year before the report month's, as the last full quarter of a
    report made in April does.
    """
    years = catalogue.settings.years
    start = years.start_of(catalogue.settings.report_month)
    periods: list[Period] = []
    current = period
    while current.start >= start:
        periods.insert(0, current)
        current = earlier(current, 1, years)
    return tuple(periods)


def year_of(
    catalogue: Catalogue,
    indicator: Indicator,
    settings: Conventions,
    points: Points,
    period: Period,
) -> Year:
    """The year to date at `period`, with what it was made of."""
    periods = year_periods(catalogue, period)
    month = catalogue.settings.report_month
    start = catalogue.settings.years.start_of(month)
    first = adds_up_from(indicator, start, period.end)
    brought = None
    if period.kind is Kind.MONTH and first == start:
        brought = brought_forward_of(points, start, month)
    covered = sum(1 for part in periods if part.end < first)
    if brought is not None:
        covered = sum(1 for part in periods if part.end <= brought.end)
    if indicator.year_to_date is YearToDate.PUBLISHED:
        months = [start.plus(step) for step in range(month.minus(start) + 1)]
        periods = tuple(catalogue.settings.years.ytd(each) for each in months)
    so_far = YearSoFar(
        amounts=tuple(_amount(points.get(part)) for part in periods),
        brought_forward=_amount(points[brought]) if brought else None,
        covered=covered,
        given=_amount(points.get(catalogue.settings.years.ytd(month))).value,
    )
    uses_it = brought is not None and indicator.year_to_date in ADDED_UP
    rule = YearToDateRule(indicator.year_to_date, settings.scale, uses_it)
    value = rule.evaluate(so_far)
    last = rule.last(so_far)
    label = reach_label(periods[last - 1]) if last else ""
    later = first > start and bool(periods) and indicator.year_to_date in ADDED_UP
    begins = periods[covered] if later else None
    since = reach_label(begins) if begins else ""
    said = YearToDateNote(indicator.year_to_date)
    note = said.evaluate(value, last, len(periods), label, since)
    cut = later and broken(indicator, start, period.end)
    return Year(rule, so_far, periods, brought if uses_it else None, value, note, begins, cut)


def brought_forward_of(points: Points, start: Month, month: Month) -> Period | None:
    """The figure for the first months of the year given as one, the longest where several are."""
    held = [
        period
        for period in points
        if period.kind is Kind.RANGE and period.start == start and period.end < month
    ]
    return max(held, key=lambda period: period.end, default=None)


def _amount(point: Point | None) -> Amount:
    if point is None:
        return Amount()
    return Amount(point.value, point.numerator, point.denominator)


def reach_label(period: Period) -> str:
    """How far a period goes, as a note says it: a year to date by its last month."""
    return period.end.label if period.kind is Kind.YTD else period.label
