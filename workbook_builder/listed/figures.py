"""What was counted, under the indicators of the scorecard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import PeriodType
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


def figures_of(
    counts: Counts, indicators: Iterable[Indicator], years: FinancialYear, place: Place
) -> Iterator[Figure]:
    """The figures of each indicator, for its kind of period and the breakdowns it asks for."""
    of_measure: dict[str, list[Any]] = {}
    for row in counts.frame.itertuples(index=False):
        of_measure.setdefault(str(row.indicator), []).append(row)
    for indicator in indicators:
        kind = KINDS[indicator.period_type]
        for row in of_measure.get(indicator.measure, []):
            key = str(row.breakdown).partition("=")[0]
            if row.kind == kind and (not key or key in indicator.breakdowns):
                yield _figure(indicator, row, years, place)


def _figure(indicator: Indicator, row: Any, years: FinancialYear, place: Place) -> Figure:
    period = period_of(str(row.kind), Month.parse(str(row.end)[:7]), years)
    top, bottom = _number(row.numerator), _number(row.denominator)
    value: Value | None = _number(row.value)
    if value is None:
        value = Symbol(row.symbol) if row.symbol else Symbol.NOT_AVAILABLE
    top = None if bottom is None else top
    return Figure(indicator.code, str(row.breakdown), period, value, top, bottom, place)


def period_of(kind: str, end: Month, years: FinancialYear) -> Period:
    """The period of a kind in which a month lies or with which it ends."""
    return {
        "month": Period.month(end),
        "rolling_12m": Period.rolling(end),
        "quarter": years.quarter(end),
        "ytd": years.ytd(end),
    }[kind]


def period_asked(indicator: Indicator, month: Month, years: FinancialYear) -> Period:
    """The period of an indicator's figure for a month: the month, its quarter, the year to it."""
    return period_of(KINDS[indicator.period_type], month, years)


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)
