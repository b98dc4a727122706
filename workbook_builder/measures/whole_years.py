"""A whole financial year that no extract gives, from its months or quarters."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_builder.catalogue.lifecycle import broken
from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import PeriodType, YearToDate
from workbook_builder.measures.change import total_of
from workbook_builder.measures.series import Point
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.values import number


def whole_year(
    catalogue: Catalogue, indicator: Indicator, points: Mapping[Period, Point], year: Period
) -> float | None:
    """The months added up, or the last figure where each already covers or closes the year.

    Months count from the indicator's first. None where a month is missing or the series breaks, and
    where the year could only come from numerators and denominators that are not held.
    """
    if indicator.year_to_date is YearToDate.SUM:
        first = max(year.start, indicator.from_ or year.start)
        if broken(indicator, first, year.end):
            return None
        return total_of(points, first, year.end) if first <= year.end else None
    if indicator.year_to_date is not YearToDate.LATEST:
        return None
    last = Period.month(year.end)
    if indicator.period_type is PeriodType.QUARTERLY:
        last = catalogue.settings.years.quarter(year.end)
    return number(points[last].value) if last in points else None


def worked_out_years(
    catalogue: Catalogue, indicator: Indicator, points: Mapping[Period, Point]
) -> dict[Period, float]:
    """Every whole year before the report's that no extract gives and that follows from months."""
    years, month = catalogue.settings.years, catalogue.settings.report_month
    this_year = years.start_of(month)
    ends = {p.end for p in points if p.kind in (Kind.MONTH, Kind.QUARTER) and p.end < this_year}
    found: dict[Period, float] = {}
    for start in sorted({years.start_of(end) for end in ends}, key=_order):
        year = years.year(start)
        value = None if year in points else whole_year(catalogue, indicator, points, year)
        if value is not None:
            found[year] = value
    return found


def _order(month: Month) -> tuple[int, int]:
    return month.year, month.month
