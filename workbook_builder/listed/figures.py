"""What was counted, under the indicators of the scorecard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.counting.spelling import folded
from workbook_builder.errors import Place
from workbook_builder.extracts.model import Figure
from workbook_builder.periods import FinancialYear, Month, Period
from workbook_builder.values import Symbol, Value

if TYPE_CHECKING:
    from workbook_builder.counting.count import Counts

# Which kind of period a figure of each type is for.
KINDS = {
    PeriodType.IN_MONTH: "month",
    PeriodType.SNAPSHOT: "month",
    PeriodType.ROLLING: "rolling_12m",
    PeriodType.CUMULATIVE: "ytd",
    PeriodType.QUARTERLY: "quarter",
}


class Row(NamedTuple):
    """One figure as it was counted."""

    breakdown: str
    kind: str
    end: str
    numerator: float
    denominator: float
    value: float
    symbol: str


def figures_of(
    counts: Counts, indicators: Iterable[Indicator], years: FinancialYear, place: Place
) -> Iterator[Figure]:
    """The figures of each indicator, for its kind of period and the breakdowns it asks for."""
    # Lists of plain values: rows of a frame are several times slower to go through.
    columns = (counts.frame[name].tolist() for name in Row._fields)
    of_measure: dict[str, list[Row]] = {}
    for measure, row in zip(counts.frame["indicator"].tolist(), map(Row, *columns), strict=True):
        of_measure.setdefault(measure, []).append(row)
    periods: dict[tuple[str, str], Period] = {}
    for indicator in indicators:
        kind = KINDS[indicator.period_type]
        for row in of_measure.get(indicator.measure, []):
            key = row.breakdown.partition("=")[0]
            if row.kind != kind or (key and key not in indicator.breakdowns):
                continue
            at = (kind, row.end)
            if at not in periods:
                periods[at] = period_of(kind, Month.parse(row.end[:7]), years)
            yield _figure(indicator, row, periods[at], place)


def _figure(indicator: Indicator, row: Row, period: Period, place: Place) -> Figure:
    top, bottom = _number(row.numerator), _number(row.denominator)
    value: Value | None = _number(row.value)
    if value is None:
        value = Symbol(row.symbol) if row.symbol else Symbol.NOT_AVAILABLE
    top = None if bottom is None else top
    return Figure(indicator.code, row.breakdown, period, value, top, bottom, place)


def respelt(figure: Figure, spelt: Mapping[str, str]) -> Figure:
    """A figure with its group as it is spelt now, where an earlier extract spelt it otherwise."""
    name = spelt.get(folded(figure.breakdown), figure.breakdown)
    return figure if name == figure.breakdown else replace(figure, breakdown=name)


def period_of(kind: str, end: Month, years: FinancialYear) -> Period:
    """The period of a kind in which a month lies or with which it ends."""
    made: dict[str, Callable[[Month], Period]] = {
        "month": Period.month,
        "rolling_12m": Period.rolling,
        "quarter": years.quarter,
        "ytd": years.ytd,
    }
    return made[kind](end)


def period_asked(indicator: Indicator, month: Month, years: FinancialYear) -> Period:
    """The period of an indicator's figure for a month: the month, its quarter, the year to it."""
    return period_of(KINDS[indicator.period_type], month, years)


def _number(value: float) -> float | None:
    return None if value != value else value
