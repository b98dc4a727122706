"""Which of an indicator's numbers is judged, and what it is held against.

A target may be about the value, the rate beside it, the numerator, or the change on last year in
percent. Without a target a scorecard may hold the figure against that of the same period last year.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.lifecycle import broken, broken_between
from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import JudgedAs, Polarity, WithoutTarget
from workbook_builder.judgement.conventions import Conventions
from workbook_builder.judgement.status import Compared, Limits
from workbook_builder.judgement.targets import limits_for
from workbook_builder.measures.change import cumulative_change, month_change
from workbook_builder.measures.series import Points, SeriesTable
from workbook_builder.periods import Kind, Month, Period, earlier
from workbook_builder.values import Value


@dataclass(frozen=True)
class Held:
    """What a figure is held against; from_last_year where that is no target."""

    limits: Limits
    from_last_year: bool = False


def judged_figure(
    catalogue: Catalogue,
    indicator: Indicator,
    table: SeriesTable,
    period: Period,
    year_value: Value | None,
    on_year: bool,
) -> Value | None:
    """The number that the target is about, unrounded; None where there is none."""
    points = table.points(indicator.code)
    match indicator.judged_as:
        case JudgedAs.VALUE:
            return year_value if on_year else _value(table, indicator.code, "", period)
        case JudgedAs.RATE:
            return _value(table, indicator.code, indicator.rate_breakdown, period)
        case JudgedAs.NUMERATOR:
            return points[period].numerator if period in points else None
        case JudgedAs.CHANGE:
            return _change(catalogue, indicator, points, period.end, on_year)


def _change(
    catalogue: Catalogue, indicator: Indicator, points: Points, month: Month, on_year: bool
) -> float | None:
    """Change on last year of a month or of the year so far; none across a break."""
    start = catalogue.settings.years.start_of(month) if on_year else month
    if broken(indicator, start.plus(-12), month):
        return None
    return cumulative_change(points, start, month) if on_year else month_change(points, month)


def held_against(
    catalogue: Catalogue,
    indicator: Indicator,
    settings: Conventions,
    table: SeriesTable,
    period: Period,
    held_for: Period,
) -> Held:
    """The limits of the target in force, or last year's figure where the scorecard says so."""
    limits = limits_for(catalogue, indicator, held_for)
    if not limits.none or not looks_to_last_year(catalogue, indicator):
        return Held(limits)
    steps = 4 if period.kind is Kind.QUARTER else 12
    before = earlier(period, steps, catalogue.settings.years)
    if broken_between(indicator, before, period):
        return Held(Limits(), from_last_year=True)
    found = compared_as(indicator, settings, on_year=False).evaluate(
        judged_figure(catalogue, indicator, table, before, None, on_year=False)
    )
    if indicator.polarity is Polarity.HIGH:
        return Held(Limits(lower=found), from_last_year=True)
    return Held(Limits(upper=found), from_last_year=True)


def looks_to_last_year(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether last year's figure stands in for a target that is not there.

    Only where more or less is good: whether a range would be met cannot be said without one.
    """
    compares = catalogue.settings.defaults.without_target is WithoutTarget.LAST_YEAR
    return compares and indicator.polarity in (Polarity.HIGH, Polarity.LOW)


def compared_as(indicator: Indicator, settings: Conventions, on_year: bool) -> Compared:
    """How the judged number is rounded before it is compared."""
    if settings.compared_decimals is None:
        return Compared(None)
    if indicator.judged_as is JudgedAs.RATE:
        return Compared(settings.decimals_rate)
    if indicator.judged_as is JudgedAs.NUMERATOR:
        return Compared(0)
    return Compared(settings.compared_decimals_ytd if on_year else settings.compared_decimals)


def _value(table: SeriesTable, code: str, breakdown: str, period: Period) -> Value | None:
    points = table.points(code, breakdown)
    return points[period].value if period in points else None
