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
first_reported, restated                filled once a history of reports is kept
caution                                 what a reader should know before using the figure
source                                  file and row, or how the figure was computed
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_builder.catalogue.published import comparator_period
from workbook_builder.catalogue.words import JudgedAs, TargetKind, Unit
from workbook_builder.judgement.judged import compared_as, judged_figure
from workbook_builder.judgement.movement import movement_at
from workbook_builder.judgement.status import (
    Limits,
    Miss,
    Status,
    TargetMet,
    expected_by,
    limits_of,
)
from workbook_builder.judgement.targets import adds_up, agreed_targets, held_in, target_for
from workbook_builder.judgement.travel import Direction, Travel
from workbook_builder.measures.series import Point, Points, SeriesKey
from workbook_builder.measures.whole_years import worked_out_years
from workbook_builder.periods import Kind, Period
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import Symbol, Value, is_number, value_text

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
    for line in scorecard.lines:
        keys = [key for key in scorecard.table.series if key.indicator == line.code]
        for key in keys:
            points = _one_year_to_date(scorecard.table.points(key.indicator, key.breakdown))
            if not key.breakdown:
                ytd = scorecard.catalogue.settings.years.ytd(scorecard.month)
                points = {p: points[p] for p in points if (p.kind, p.text) != (ytd.kind, ytd.text)}
                points |= _year_to_date_point(scorecard, line)
                points |= _years_points(scorecard, line, points)
                points |= _judged_point(line, points)
            for period in sorted(points):
                yield _row(scorecard, line, key, period, points[period])


def _one_year_to_date(points: Points) -> dict[Period, Point]:
    """The same points with one year to date for each year, the one that goes furthest."""
    furthest = {period.text: period for period in sorted(points) if period.kind is Kind.YTD}
    return {
        period: point
        for period, point in points.items()
        if period.kind is not Kind.YTD or furthest[period.text] == period
    }


def _years_points(scorecard: Scorecard, line: Line, points: Points) -> dict[Period, Point]:
    """Earlier years that follow from their months, and the full year once it has ended."""
    catalogue, month = scorecard.catalogue, scorecard.month
    found = {
        year: Point(value)
        for year, value in worked_out_years(catalogue, line.indicator, points).items()
    }
    full_year = catalogue.settings.years.full_year(month)
    if full_year.end == month and full_year not in points and is_number(line.year.value):
        found[full_year] = Point(line.year.value)
    return found


def _judged_point(line: Line, points: Points) -> dict[Period, Point]:
    """A row for the period that was judged, where it has a status but no figure."""
    verdict = line.verdict
    if verdict.period in points or verdict.shown is Status.NO_TARGET:
        return {}
    return {verdict.period: Point(Symbol.NOT_AVAILABLE)}


def _year_to_date_point(scorecard: Scorecard, line: Line) -> dict[Period, Point]:
    """The year to date by the rule, in place of the fed one, which it may differ from."""
    period = scorecard.catalogue.settings.years.ytd(scorecard.month)
    fed = scorecard.table.points(line.code).get(period)
    if fed is not None and fed.value == line.year.value:
        return {period: fed}
    return {period: Point(line.year.value)} if is_number(line.year.value) else {}


def _row(scorecard: Scorecard, line: Line, key: SeriesKey, period: Period, point: Point) -> Row:
    ytd = period.kind is Kind.YTD
    decimals = line.conventions.decimals_ytd if ytd else line.conventions.decimals
    headline = not key.breakdown
    row = {
        "indicator": key.indicator,
        "breakdown": _safe(key.breakdown),
        "period_kind": period.kind.value,
        "period": period.text,
        "numerator": _number(point.numerator),
        "denominator": _number(point.denominator),
        "value": _number(point.value),
        "shown": _safe(value_text(point.value, *_shown_as(line, key, decimals))),
        "caution": "figure set by hand" if point.by_hand else "",
        "source": _source(point),
    }
    if key.breakdown == _judged_breakdown(line):
        row |= _target_columns(scorecard, line, period, point)
    if headline:
        row |= _travel_columns(scorecard, line, period)
        row |= _comparator_columns(scorecard, line, period)
        row |= _judged_columns(line, period)
    return row


def _judged_breakdown(line: Line) -> str:
    """The series that the target is about: the headline, or the rate beside it."""
    rate = line.indicator.judged_as is JudgedAs.RATE
    return line.indicator.rate_breakdown if rate else ""


def _shown_as(line: Line, key: SeriesKey, decimals: int) -> tuple[int, str]:
    """Decimals and suffix; a breakdown that counts something else than its indicator is plain."""
    if key.breakdown and key.breakdown == line.indicator.rate_breakdown:
        return line.conventions.decimals_rate, ""
    unit = line.indicator.unit_of(key.breakdown)
    if unit is line.indicator.unit:
        return decimals, line.conventions.suffix
    return (0 if unit is Unit.COUNT else decimals), unit.suffix


def _judged_columns(line: Line, period: Period) -> Row:
    """Status and year to date, each on the one row that it belongs to."""
    row: Row = {}
    notes = [one.note for one in line.indicator.breaks if Period.month(one.period) == period]
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
    targets = agreed_targets(scorecard.catalogue, line.code)
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
