"""The scorecard of one report month, computed: every figure, light and arrow, and why.

Immutable. The plan lays it out, results.csv prints it; neither computes a figure again.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.extracts.model import Extracts
from workbook_builder.judgement.conventions import Conventions, conventions_of
from workbook_builder.judgement.movement import Movement, movement_at
from workbook_builder.judgement.verdict import Verdict, verdict_of
from workbook_builder.judgement.year import Year, year_of
from workbook_builder.measures.series import SeriesTable, build_series
from workbook_builder.periods import Month, Period
from workbook_builder.values import Value


@dataclass(frozen=True)
class Line:
    """One indicator in the report month, judged.

    breakdown_only is an indicator that is all breakdown, such as a distribution by bands: it has
    no headline that could be missing.
    """

    indicator: Indicator
    conventions: Conventions
    period: Period
    value: Value | None
    retired: bool
    year: Year
    movement: Movement
    verdict: Verdict

    breakdown_only: bool

    @property
    def code(self) -> str:
        return self.indicator.code


@dataclass(frozen=True)
class Scorecard:
    """Everything that one report month says."""

    catalogue: Catalogue
    month: Month
    table: SeriesTable
    lines: tuple[Line, ...]
    extracts: Extracts

    def line(self, code: str) -> Line:
        """The line of an indicator. Raises KeyError."""
        for line in self.lines:
            if line.code == code:
                return line
        raise KeyError(code)

    @property
    def contradictions(self) -> tuple[Line, ...]:
        """Lines whose status was set by hand against the rule."""
        return tuple(line for line in self.lines if line.verdict.contradicts)


def build_scorecard(catalogue: Catalogue, extracts: Extracts) -> Scorecard:
    """Compute the report month of the catalogue from the extracts' figures.

    A retired indicator that stands on no tab any more has figures but no line.
    """
    month = catalogue.settings.report_month
    table = build_series(catalogue, extracts)
    shown = {code for tab in catalogue.settings.tabs for b in tab.blocks for code in b.indicators}
    lines = tuple(
        _line(catalogue, table, indicator)
        for indicator in catalogue.indicators
        if indicator.code in shown
    )
    return Scorecard(catalogue, month, table, lines, extracts)


def report_period(indicator: Indicator, catalogue: Catalogue) -> Period:
    """The period that the report month's figure is for: the month or the latest full quarter."""
    month = catalogue.settings.report_month
    if indicator.period_type is PeriodType.QUARTERLY:
        return catalogue.settings.years.last_full_quarter(month)
    return Period.month(month)


def _line(catalogue: Catalogue, table: SeriesTable, indicator: Indicator) -> Line:
    settings = conventions_of(catalogue, indicator)
    points = table.points(indicator.code)
    period = report_period(indicator, catalogue)
    retired = indicator.retired_by(catalogue.settings.report_month)
    year = year_of(catalogue, indicator, settings, points, period)
    value = points[period].value if period in points else None
    verdict = verdict_of(catalogue, indicator, settings, table, period, year.value, retired)
    rate = table.points(indicator.code, indicator.rate_breakdown).get(period)
    movement = movement_at(catalogue, indicator, settings, points, period, rate)
    of_it = {key.breakdown for key in table.series if key.indicator == indicator.code}
    breakdown_only = not points and len(of_it) > 1
    return Line(
        indicator, settings, period, value, retired, year, movement, verdict, breakdown_only
    )
