"""Indicators counted from lists that have no figure for some of the months that they could have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.extracts.quality import ExtractQuality, Quality
from workbook_builder.periods import FinancialYear, Month, Period
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import Symbol

NOT_WHOLE = "extracts that cover every month of the period, with all lists and columns it needs"
NO_EXTRACT = "an extract of the month"


@dataclass(frozen=True)
class Gap:
    """An indicator, the months that it has no figure for, and what it needs.

    now: the report month is one of them.
    """

    indicator: Indicator
    months: tuple[Month, ...]
    needs: str
    now: bool


def gaps_of(scorecard: Scorecard, quality: Quality) -> tuple[Gap, ...]:
    """Every such indicator, those without a figure for the report month first."""
    found = [
        gap
        for indicator in scorecard.catalogue.indicators
        if indicator.measure and indicator.in_use(scorecard.month)
        if (gap := _gap(scorecard, quality, indicator)) is not None
    ]
    return tuple(sorted(found, key=lambda gap: not gap.now))


def _gap(scorecard: Scorecard, quality: Quality, indicator: Indicator) -> Gap | None:
    years = scorecard.catalogue.settings.years
    points = scorecard.table.points(indicator.code)
    held = {
        period
        for period, point in points.items()
        if point.value is not None and point.value is not Symbol.NOT_AVAILABLE
    }
    missing = tuple(
        month
        for month in _months(scorecard, quality, indicator)
        if not held & {_period(indicator, month, years), Period.month(month)}
    )
    if not missing:
        return None
    needs = _needs(quality.extracts, indicator, missing)
    return Gap(indicator, missing, needs, missing[-1] == _last(scorecard, indicator))


def _months(scorecard: Scorecard, quality: Quality, indicator: Indicator) -> list[Month]:
    """The report month, and those before it that an extract covers for the indicator."""
    last, years = _last(scorecard, indicator), scorecard.catalogue.settings.years
    on_the_day = indicator.code in quality.on_the_day
    covered = {last}
    for one in quality.extracts:
        begin = one.month if on_the_day else one.first
        covered |= {begin.plus(step) for step in range(one.month.minus(begin) + 1)}
    if indicator.period_type is PeriodType.QUARTERLY:
        covered = {month for month in covered if years.quarter(month).end == month}
    return sorted(month for month in covered if month <= last)


def _last(scorecard: Scorecard, indicator: Indicator) -> Month:
    if indicator.period_type is PeriodType.QUARTERLY:
        return scorecard.catalogue.settings.years.last_full_quarter(scorecard.month).end
    return scorecard.month


def _period(indicator: Indicator, month: Month, years: FinancialYear) -> Period:
    """The period that the figure of a month is for."""
    return {
        PeriodType.ROLLING: Period.rolling(month),
        PeriodType.CUMULATIVE: years.ytd(month),
        PeriodType.QUARTERLY: years.quarter(month),
    }.get(indicator.period_type, Period.month(month))


def _needs(
    extracts: Sequence[ExtractQuality], indicator: Indicator, missing: Iterable[Month]
) -> str:
    """What the latest extract that covers a missing month says that it lacks."""
    months = set(missing)
    for one in reversed(extracts):
        if any(one.first <= month <= one.month for month in months):
            said = [lack.needs for lack in one.not_counted if lack.indicator == indicator.code]
            if said:
                return said[0]
    whole = indicator.period_type in (PeriodType.ROLLING, PeriodType.CUMULATIVE)
    return NOT_WHOLE if whole or indicator.period_type is PeriodType.QUARTERLY else NO_EXTRACT


def months_text(months: Sequence[Month]) -> str:
    """April 2023, June 2023 to August 2023."""
    runs: list[tuple[Month, Month]] = []
    for month in months:
        if runs and month.minus(runs[-1][1]) == 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return ", ".join(
        first.long_label if first == last else f"{first.long_label} to {last.long_label}"
        for first, last in runs
    )
