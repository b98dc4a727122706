"""results.csv: the whole computed truth, one row for each indicator, breakdown and period.

For other programs and for checking, so the columns are fixed and in this order:

indicator, breakdown                    the series; breakdown is blank for the headline
period_kind, period                     month 2014-02, quarter 2013/14-Q3, ytd 2013/14, ...
numerator, denominator, value           unrounded; percent 0 to 100, rate per 10,000
shown                                   the figure as the workbook prints it, symbols included
target, target_low, target_high         what the figure is held against
target_met                              yes, no or blank
rag, rag_rule                           the shown status and the rule's, only on the judged row
direction, travel                       how the value moved, and what that means
ytd                                     the year to date, on the report period's row
comparator_england, _region, _neighbours
first_reported                          the value as a publication first reported it, unrounded
restated                                yes where the value is another one now, else blank
caution                                 what a reader should know before using the figure
source                                  file and row, or how the figure was computed
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_builder.catalogue.published import comparator_period
from workbook_builder.catalogue.words import JudgedAs, TargetKind
from workbook_builder.history.restated import Mark
from workbook_builder.judgement.judged import compared_as, judged_figure
from workbook_builder.judgement.movement import movement_at
from workbook_builder.judgement.status import (
    Limits,
    Miss,
    TargetMet,
    expected_by,
    limits_of,
)
from workbook_builder.judgement.targets import adds_up, held_in, judging_targets, target_for
from workbook_builder.judgement.travel import Direction, Travel
from workbook_builder.measures.series import Point
from workbook_builder.periods import Kind, Period
from workbook_builder.scorecard import Line, ReportedFigure, Scorecard
from workbook_builder.values import Value

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "indicator",
    "breakdown",
    "period_kind",
    "period",
    "numerator",
    "denominator",
    "value",
    "shown",
    "target",
    "target_low",
    "target_high",
    "target_met",
    "rag",
    "rag_rule",
    "direction",
    "travel",
    "ytd",
    "comparator_england",
    "comparator_region",
    "comparator_neighbours",
    "first_reported",
    "restated",
    "caution",
    "source",
)

# The kinds of period that follow one another, so that a figure can be held against the last one.
REGULAR = (Kind.MONTH, Kind.QUARTER, Kind.ROLLING, Kind.YEAR)

Row = dict[str, str]


def results_table(scorecard: Scorecard) -> pd.DataFrame:
    """All rows as text, with COLUMNS as columns; an empty text where there is nothing."""
    import pandas as pd

    return pd.DataFrame(list(rows(scorecard)), columns=list(COLUMNS), dtype="object").fillna("")


def rows(scorecard: Scorecard) -> Iterator[Row]:
    """The rows in catalogue order, headline before breakdowns, periods in order."""
    for figure in scorecard.figures():
        yield _row(scorecard, figure)


def _row(scorecard: Scorecard, figure: ReportedFigure) -> Row:
    line, key, period, point = figure.line, figure.series, figure.period, figure.point
    headline = not key.breakdown
    row = {
        "indicator": key.indicator,
        "breakdown": _safe(key.breakdown),
        "period_kind": period.kind.value,
        "period": period.text,
        "numerator": _number(point.numerator),
        "denominator": _number(point.denominator),
        "value": _number(point.value),
        "shown": _safe(figure.printed(point.value)),
        "caution": "figure set by hand" if point.by_hand else "",
        "source": _source(point),
    }
    if key.breakdown == _judged_breakdown(line):
        row |= _target_columns(scorecard, line, period, point)
    if headline:
        row |= _travel_columns(scorecard, line, period)
        row |= _comparator_columns(scorecard, line, period)
        row |= _judged_columns(line, period)
    return row | _reported_columns(scorecard, figure, row["caution"])


def _reported_columns(scorecard: Scorecard, figure: ReportedFigure, caution: str) -> Row:
    """The value as a publication first reported it, and whether it is another one now."""
    first = scorecard.reported.first.get(figure.key)
    if first is None:
        return {}
    row = {"first_reported": _number(first.value)}
    if scorecard.mark(*_series(figure), figure.period) is Mark.RESTATED:
        row["restated"] = "yes"
        if isinstance(first.value, str):
            row["caution"] = "; ".join(filter(None, [caution, f"first reported {first.value}"]))
    return row


def _series(figure: ReportedFigure) -> tuple[str, str]:
    return figure.series.indicator, figure.series.breakdown


def _judged_breakdown(line: Line) -> str:
    """The series that the target is about: the headline, or the rate beside it."""
    rate = line.indicator.judged_as is JudgedAs.RATE
    return line.indicator.rate_breakdown if rate else ""


def _judged_columns(line: Line, period: Period) -> Row:
    """Status and year to date, each on the one row that it belongs to."""
    row: Row = {}
    at = period.kind in (Kind.MONTH, Kind.QUARTER)
    breaks = line.indicator.breaks
    notes = [one.note for one in breaks if at and period.start <= one.period <= period.end]
    if notes:
        row["caution"] = f"series break: {notes[0]}"
    if period == line.period:
        row["ytd"] = _number(line.year.value)
    verdict = line.verdict
    if period != verdict.period:
        return row
    row["rag"] = verdict.shown.light
    row["rag_rule"] = verdict.rule.light
    cautions = [f"year to date {line.year.note}" if line.year.note else ""]
    if verdict.contradicts:
        cautions.append("status set by hand contradicts the rule")
    row["caution"] = "; ".join(filter(None, [row.get("caution", ""), *cautions]))
    return row


def _target_columns(scorecard: Scorecard, line: Line, period: Period, held: Point) -> Row:
    years = scorecard.catalogue.settings.years
    held_for = years.full_year(period.end) if period.kind is Kind.YTD else period
    targets = judging_targets(scorecard.catalogue, line.code)
    target = target_for(targets, held_for, scorecard.month, adds_up(line.indicator))
    if target is None or period.kind is Kind.RANGE:
        return {}
    moment = held_in(held_for, scorecard.month)
    limits = limits_of(target, line.conventions.polarity, moment)
    point = target.kind is not TargetKind.RANGE
    return {
        "target": _number(expected_by(target, moment)) if point else "",
        "target_low": "" if point else _number(target.low),
        "target_high": "" if point else _number(target.high),
        "target_met": _met(line, period, _judged_number(scorecard, line, period, held), limits),
    }


def _judged_number(scorecard: Scorecard, line: Line, period: Period, point: Point) -> Value | None:
    """The number of a row that its target is about."""
    match line.indicator.judged_as:
        case JudgedAs.NUMERATOR:
            return point.numerator
        case JudgedAs.CHANGE:
            on_year = period.kind is Kind.YTD
            return judged_figure(
                scorecard.catalogue, line.indicator, scorecard.table, period, None, on_year
            )
        case JudgedAs.VALUE if period == scorecard.catalogue.settings.years.ytd(scorecard.month):
            return line.year.judged
        case JudgedAs.VALUE | JudgedAs.RATE:
            return point.value


def _met(line: Line, period: Period, value: Value | None, limits: Limits) -> str:
    compared = compared_as(line.indicator, line.conventions, period.kind is Kind.YTD)
    return TargetMet().evaluate(Miss().evaluate(compared.evaluate(value), limits)).lower()


def _travel_columns(scorecard: Scorecard, line: Line, period: Period) -> Row:
    if period.kind not in REGULAR:
        return {}
    movement = line.movement
    if period != line.period:
        points = scorecard.table.points(line.code)
        rate = scorecard.table.points(line.code, line.indicator.rate_breakdown).get(period)
        movement = movement_at(
            scorecard.catalogue, line.indicator, line.conventions, points, period, rate
        )
    if movement.direction is Direction.NONE:
        return {"direction": Direction.NONE.value, "travel": Travel.NONE.value}
    return {"direction": movement.direction.value, "travel": movement.travel.value}


def _comparator_columns(scorecard: Scorecard, line: Line, period: Period) -> Row:
    """The comparators published for the same year."""
    years = scorecard.catalogue.settings.years
    row: Row = {}
    for comparator in scorecard.catalogue.comparators:
        if comparator.indicator != line.code or period.kind not in (Kind.YEAR, Kind.FULL_YEAR):
            continue
        if comparator_period(comparator.period, years).text == period.text:
            row[f"comparator_{comparator.comparator}"] = _number(comparator.value)
    return row


def _source(point: Point) -> str:
    if point.by_hand:
        return "set by hand (overrides.csv)"
    return _safe(str(point.place)) if point.place is not None else "computed"


def _number(value: Value | None) -> str:
    """A number with up to 15 significant digits; nothing for a symbol or text."""
    if not isinstance(value, (int, float)):
        return ""
    return f"{value:.15g}"


def _safe(text: str) -> str:
    """Text that a spreadsheet program will not take for a formula when it opens the CSV.

    A lone dash is a symbol and a signed number is a number; anything else that starts like a
    formula is marked as text.
    """
    if text[:1] not in ("=", "+", "@", "-", "\t", "\r") or text == "-":
        return text
    try:
        float(text.rstrip("%"))
    except ValueError:
        return f"'{text}"
    return text
