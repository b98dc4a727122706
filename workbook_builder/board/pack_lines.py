"""An indicator in words for a board pack: its report month, its periods, its definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbook_builder.board.pack_model import Entry, PackTable
from workbook_builder.board.printed import printed
from workbook_builder.catalogue.lifecycle import out_of_use
from workbook_builder.catalogue.words import JudgedAs, Unit
from workbook_builder.judgement.status import LIGHTS, ShownTarget, status_text
from workbook_builder.judgement.targets import limits_for
from workbook_builder.judgement.travel import Travel
from workbook_builder.measures.series import Point, SeriesKey
from workbook_builder.periods import Period
from workbook_builder.plan.comparisons import comparisons
from workbook_builder.plan.definitions import what_is_good, what_it_is
from workbook_builder.plan.formats import as_written
from workbook_builder.plan.line_cells import (
    NOT_YET,
    SEE_TABLE,
    shown_name,
    shown_target,
    target_format,
)
from workbook_builder.plan.marks import SHOWN, Marks
from workbook_builder.scorecard import Line, ReportedFigure, Scorecard
from workbook_builder.values import Symbol, value_text

NO_TARGET, NO_STATUS, NONE = "No target", "No status", "-"
MARKED = {mark.value: f" {shown}" for mark, shown in SHOWN.items()}
# What a row of figures counts.
UNITS = {
    Unit.COUNT: "Number",
    Unit.PERCENT: "Percentage",
    Unit.RATE: "Rate per 10,000",
    Unit.AVERAGE: "Average",
    Unit.DAYS: "Days",
    Unit.SCORE: "Score",
    Unit.TEXT: "Figure",
}
RATE_ROW = "Rate per 10,000"
COMPARED = {
    "@england": "England",
    "@region": "the region",
    "@neighbours": "statistical neighbours",
    "@three-year average": "three-year average",
}
FACTS = ("Direction of travel", "Year to date", "Target", "Status")
SHARES, FACT_SHARES = (31.5, 17.0, 17.5, 11.0, 10.5, 12.5), (26.0, 30.0, 16.0, 15.0, 13.0)
LABEL_SHARE = 1.8


@dataclass(frozen=True)
class Lines:
    """Says what lines show; marks are those of the scorecard's figures."""

    scorecard: Scorecard
    marks: Marks

    def latest(self, line: Line) -> Entry:
        """The report period's figure with its mark and period."""
        if line.value in (None, Symbol.NOT_AVAILABLE) and not line.retired:
            return Entry(SEE_TABLE if line.breakdown_only else NOT_YET)
        return Entry(f"{self.figure(line, line.period)} ({line.period.label})", "number")

    def figure(self, line: Line, period: Period, breakdown: str = "") -> str:
        """A figure as it is printed, with its mark; the symbol for one that is not there."""
        code = line.code
        point = self.scorecard.table.points(code, breakdown).get(period)
        if point is None and not breakdown:
            point = self._worked_out.get((code, period))
        if point is None:
            gone = not breakdown and out_of_use(line.indicator, period)
            return (Symbol.NOT_APPLICABLE if gone else Symbol.NOT_AVAILABLE).shown
        figure = ReportedFigure(line, SeriesKey(code, breakdown), period, point)
        return figure.printed(point.value) + self._mark(code, breakdown, period)

    @cached_property
    def _worked_out(self) -> Mapping[tuple[str, Period], Point]:
        """Years to date and years that follow from months."""
        found = ((one.series, one.period, one.point) for one in self.scorecard.figures())
        return {(key.indicator, at): point for key, at, point in found if not key.breakdown}

    def _mark(self, code: str, breakdown: str, period: Period) -> str:
        mark = self.scorecard.mark(code, breakdown, period)
        return MARKED.get(mark.value, "")

    def direction(self, line: Line) -> Entry:
        """The arrow and what it means in words."""
        movement = line.movement
        look = movement.travel.value if movement.travel in (Travel.BETTER, Travel.WORSE) else ""
        return Entry(f"{movement.glyph} {movement.words}".strip() or NONE, look)

    def year_to_date(self, line: Line) -> Entry:
        """The year to date, and how far it goes where that is not the report month."""
        if line.breakdown_only:
            return Entry(SEE_TABLE)
        settings = line.conventions
        period = self.scorecard.catalogue.settings.years.ytd(self.scorecard.month)
        said = value_text(line.year.value, settings.decimals_ytd, settings.suffix)
        said += self._mark(line.code, "", period)
        return Entry(f"{said} ({line.year.note})" if line.year.note else said, "number")

    def target(self, line: Line) -> Entry:
        """The target as it was agreed."""
        shown = shown_target(line)
        if shown == NONE:
            return Entry(NO_TARGET)
        return Entry(printed(shown, target_format(line)), "number")

    def status(self, line: Line) -> Entry:
        """The status in the authority's word; light or not, there is a word."""
        shown = line.verdict.shown
        said = status_text(shown, self.scorecard.catalogue.settings.status_words)
        return Entry(said or NO_STATUS, shown.value if shown in LIGHTS else "")

    def judged(self, line: Line) -> tuple[Entry, ...]:
        """Direction, year to date, target and status: what stands under FACTS."""
        found = (self.direction(line), self.year_to_date(line), self.target(line))
        return (*found, self.status(line))

    def table(self, caption: str, lines: Iterable[Line]) -> PackTable:
        """A row for each line with its report month."""
        rows = [(Entry(shown_name(one)), self.latest(one), *self.judged(one)) for one in lines]
        return PackTable(caption, ("Indicator", "Latest figure", *FACTS), tuple(rows), SHARES)

    def facts(self, line: Line) -> PackTable:
        """The report month of one line."""
        row = (self.latest(line), *self.judged(line))
        row = tuple(replace(one, look="") if one.look == "number" else one for one in row)
        return PackTable(
            f"{line.indicator.name}: the report month",
            ("Latest figure", *FACTS),
            (row,),
            FACT_SHARES,
        )

    def periods(
        self, line: Line, periods: Sequence[Period], second: str = "", with_target: bool = False
    ) -> PackTable:
        """The line's figures, a column for each period; second is a breakdown shown below them."""
        indicator = line.indicator
        rows = [self._row(UNITS[indicator.unit], line, periods)]
        table = self.scorecard.table
        if indicator.rate_breakdown and table.points(line.code, indicator.rate_breakdown):
            rows.append(self._row(RATE_ROW, line, periods, indicator.rate_breakdown))
        if second:
            name = second.partition("=")[2] or second
            rows.append(self._row(name, line, periods, second))
        if with_target:
            rows.append((Entry("Target"), *(self._target_at(line, one) for one in periods)))
        shares = (LABEL_SHARE, *(1.0 for _ in periods))
        heads = ("Figure", *(self.marks.head(one) for one in periods))
        return PackTable(f"{indicator.name}: figures by period", heads, tuple(rows), shares)

    def _row(
        self, name: str, line: Line, periods: Iterable[Period], breakdown: str = ""
    ) -> tuple[Entry, ...]:
        figures = (Entry(self.figure(line, one, breakdown), "number") for one in periods)
        return (Entry(name), *figures)

    def _target_at(self, line: Line, period: Period) -> Entry:
        settings = line.conventions
        limits = limits_for(self.scorecard.catalogue, line.indicator, period)
        rule = ShownTarget(settings.polarity, settings.target_suffix, NONE, settings.target_after)
        return Entry(printed(rule.evaluate(limits), as_written(settings.target_suffix)), "number")

    def defined(self, line: Line) -> Iterator[str]:
        """What the indicator is, what is good, what it is compared with."""
        indicator = line.indicator
        what = what_it_is(indicator)
        if what:
            yield what
        parts = [
            f"Numerator: {indicator.numerator.rstrip('.')}." if indicator.numerator else "",
            f"Denominator: {indicator.denominator.rstrip('.')}." if indicator.denominator else "",
            what_is_good(indicator),
            f"Unit and period: {indicator.unit.value}, {indicator.period_type.value}.",
        ]
        yield " ".join(filter(None, parts))
        compared = "; ".join(self._compared(line))
        if compared:
            yield f"Compared with {compared}."

    def _compared(self, line: Line) -> Iterator[str]:
        """Each comparator's latest figure up to the report month, with its period."""
        settings = line.conventions
        rate = line.indicator.judged_as is JudgedAs.RATE
        for (code, what), found in self._comparisons.items():
            past = [one for one in found if one.start <= self.scorecard.month]
            if code == line.code and past:
                latest = max(past, key=lambda one: (one.end, one.start))
                decimals = settings.decimals_rate if rate else settings.decimals
                said = value_text(found[latest], decimals, "" if rate else settings.suffix)
                yield f"{COMPARED[what]} {said} ({latest.label})"

    @cached_property
    def _comparisons(self) -> Mapping[tuple[str, str], Mapping[Period, float]]:
        return comparisons(self.scorecard)
