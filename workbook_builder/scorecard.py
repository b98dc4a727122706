"""The scorecard of one report month, computed: every figure, light and arrow, and why.

Immutable. The plan lays it out, results.csv prints it; neither computes a figure again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook_builder.catalogue.lifecycle import latest_break
from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import PeriodType, Unit
from workbook_builder.extracts.model import Extracts
from workbook_builder.history.restated import NOTHING_REPORTED, FigureKey, Mark, Reported
from workbook_builder.judgement.conventions import Conventions, conventions_of
from workbook_builder.judgement.movement import Movement, movement_at
from workbook_builder.judgement.status import Status
from workbook_builder.judgement.verdict import Verdict, verdict_of
from workbook_builder.judgement.year import Year, year_of
from workbook_builder.measures.series import Point, Points, SeriesKey, SeriesTable, build_series
from workbook_builder.measures.whole_years import worked_out_years
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.values import Symbol, Value, is_number, value_text


@dataclass(frozen=True)
class Line:
    """One indicator in the report month, judged.

    breakdown_only is an indicator that is all breakdown, such as a distribution by bands: it has
    no headline that could be missing. new_series is where its series broke, this year or last.
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
    new_series: Month | None = None

    @property
    def code(self) -> str:
        return self.indicator.code


@dataclass(frozen=True)
class ReportedFigure:
    """One figure that the scorecard reports, in whichever way it came about."""

    line: Line
    series: SeriesKey
    period: Period
    point: Point

    @property
    def key(self) -> FigureKey:
        return (self.series.indicator, self.series.breakdown, self.period.key)

    def printed(self, value: Value | None) -> str:
        """A value of this figure as the workbook prints it, with its decimals and suffix.

        A breakdown that counts something else than its indicator is plain.
        """
        conventions, indicator = self.line.conventions, self.line.indicator
        ytd = self.period.kind is Kind.YTD
        decimals = conventions.decimals_ytd if ytd else conventions.decimals
        breakdown = self.series.breakdown
        if breakdown and breakdown == indicator.rate_breakdown:
            return value_text(value, conventions.decimals_rate)
        unit = indicator.unit_of(breakdown)
        if unit is indicator.unit:
            return value_text(value, decimals, conventions.suffix)
        return value_text(value, 0 if unit is Unit.COUNT else decimals, unit.suffix)


@dataclass(frozen=True)
class Scorecard:
    """Everything that one report month says.

    unlisted are retired indicators that stand on no tab any more: their figures are still given.
    reported is what publications have said of its figures before.
    """

    catalogue: Catalogue
    month: Month
    table: SeriesTable
    lines: tuple[Line, ...]
    extracts: Extracts
    reported: Reported = NOTHING_REPORTED
    unlisted: tuple[Line, ...] = ()

    def line(self, code: str) -> Line:
        """The line of an indicator. Raises KeyError."""
        for line in (*self.lines, *self.unlisted):
            if line.code == code:
                return line
        raise KeyError(code)

    @property
    def contradictions(self) -> tuple[Line, ...]:
        """Lines whose status was set by hand against the rule."""
        return tuple(line for line in self.lines if line.verdict.contradicts)

    def figures(self) -> Iterator[ReportedFigure]:
        """Every figure: in catalogue order, headline before breakdowns, periods in order."""
        for line in self._every_line():
            for key in (key for key in self.table.series if key.indicator == line.code):
                points = _one_year_to_date(self.table.points(key.indicator, key.breakdown))
                if not key.breakdown:
                    points = self._headline(line, points)
                for period in sorted(points):
                    yield ReportedFigure(line, key, period, points[period])

    def _every_line(self) -> list[Line]:
        """The lines and what is not listed any more, in catalogue order."""
        by_code = {line.code: line for line in (*self.lines, *self.unlisted)}
        codes = (one.code for one in self.catalogue.indicators)
        return [by_code[code] for code in codes if code in by_code]

    @cached_property
    def marks(self) -> Mapping[FigureKey, Mark]:
        """The figures that are restated or provisional; all others stand as they were reported."""
        marks = {one.key: self.reported.mark(one.key, one.point.value) for one in self.figures()}
        return {key: mark for key, mark in marks.items() if mark is not Mark.SETTLED}

    def mark(self, indicator: str, breakdown: str, period: Period) -> Mark:
        """The mark of a figure: "r", "p" or "". Breakdown is blank for the headline."""
        return self.marks.get((indicator, breakdown, period.key), Mark.SETTLED)

    def _headline(self, line: Line, points: dict[Period, Point]) -> dict[Period, Point]:
        """A headline's figures with the year to date and the years that follow from its months."""
        ytd = self.catalogue.settings.years.ytd(self.month)
        found = {p: points[p] for p in points if (p.kind, p.text) != (ytd.kind, ytd.text)}
        found |= self._year_to_date(line)
        found |= self._years(line, found)
        return found | _judged(line, found)

    def _year_to_date(self, line: Line) -> dict[Period, Point]:
        """The year to date by the rule, in place of the fed one, which it may differ from."""
        period = self.catalogue.settings.years.ytd(self.month)
        fed = self.table.points(line.code).get(period)
        if fed is not None and fed.value == line.year.value:
            return {period: fed}
        return {period: Point(line.year.value)} if is_number(line.year.value) else {}

    def _years(self, line: Line, points: Points) -> dict[Period, Point]:
        """Earlier years that follow from their months, and the full year once it has ended."""
        found = {
            year: Point(value)
            for year, value in worked_out_years(self.catalogue, line.indicator, points).items()
        }
        full_year = self.catalogue.settings.years.full_year(self.month)
        whole = full_year.end == self.month and line.year.is_year
        if whole and full_year not in points and is_number(line.year.value):
            found[full_year] = Point(line.year.value)
        return found


def _one_year_to_date(points: Points) -> dict[Period, Point]:
    """The same points with one year to date for each year, the one that goes furthest."""
    furthest = {period.text: period for period in sorted(points) if period.kind is Kind.YTD}
    return {
        period: point
        for period, point in points.items()
        if period.kind is not Kind.YTD or furthest[period.text] == period
    }


def _judged(line: Line, points: Points) -> dict[Period, Point]:
    """The period that was judged, where it has a status but no figure."""
    verdict = line.verdict
    if verdict.period in points or verdict.shown is Status.NO_TARGET:
        return {}
    return {verdict.period: Point(Symbol.NOT_AVAILABLE)}


def build_scorecard(
    catalogue: Catalogue, extracts: Extracts, reported: Reported = NOTHING_REPORTED
) -> Scorecard:
    """Compute the report month of the catalogue from the extracts' figures.

    A retired indicator that stands on no tab any more has figures but no line among the others.
    """
    month = catalogue.settings.report_month
    table = build_series(catalogue, extracts)
    shown = {code for tab in catalogue.settings.tabs for b in tab.blocks for code in b.indicators}
    lines = [
        _line(catalogue, table, indicator)
        for indicator in catalogue.indicators
        if indicator.code in shown or indicator.retired_by(month)
    ]
    listed = tuple(line for line in lines if line.code in shown)
    unlisted = tuple(line for line in lines if line.code not in shown)
    return Scorecard(catalogue, month, table, listed, extracts, reported, unlisted)


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
    verdict = verdict_of(catalogue, indicator, settings, table, period, year.judged, retired)
    rate = table.points(indicator.code, indicator.rate_breakdown).get(period)
    movement = movement_at(catalogue, indicator, settings, points, period, rate)
    of_it = {key.breakdown for key in table.series if key.indicator == indicator.code}
    breakdown_only = not points and len(of_it) > 1
    years, month = catalogue.settings.years, catalogue.settings.report_month
    return Line(
        indicator,
        settings,
        period,
        value,
        retired,
        year,
        movement,
        verdict,
        breakdown_only,
        latest_break(indicator, years, month),
    )
