"""Twelve months from their months, where the rows of some are not there any more.

Sums of numerators and denominators are summed; percentages are never averaged. What counts each
child once cannot be added up and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import PeriodType, Unit
from workbook_builder.extracts.model import Figure
from workbook_builder.periods import Kind, Period
from workbook_builder.values import Symbol, Value, number

Series = dict[Period, Figure]


def rolled(
    figures: Iterable[Figure], catalogue: Catalogue, adds_up: frozenset[str]
) -> list[Figure]:
    """Figures of twelve months for indicators that roll, where no extract gives one.

    They come from the indicator that has the same measure month by month, where the scorecard has
    one and all twelve months are there. adds_up: the measures that count rows and not children.
    """
    series: dict[tuple[str, str], Series] = {}
    for figure in figures:
        series.setdefault((figure.indicator, figure.breakdown), {})[figure.period] = figure
    monthly = {
        one.measure: one
        for one in catalogue.indicators
        if one.period_type is PeriodType.IN_MONTH and one.measure in adds_up
    }
    found = []
    for indicator in catalogue.indicators:
        if indicator.period_type is PeriodType.ROLLING and indicator.measure in monthly:
            twin = monthly[indicator.measure].code
            for (code, breakdown), months in series.items():
                if code == twin and _wanted(breakdown, indicator):
                    own = series.get((indicator.code, breakdown), {})
                    found += list(_twelve_months(indicator, months, own))
    return found


def _wanted(breakdown: str, indicator: Indicator) -> bool:
    return not breakdown or breakdown.partition("=")[0] in indicator.breakdowns


def _twelve_months(indicator: Indicator, months: Series, own: Series) -> Iterator[Figure]:
    held = {period.end for period in own if period.kind is Kind.ROLLING}
    for period, last in months.items():
        if period.kind is not Kind.MONTH or period.end in held:
            continue
        twelve = [months.get(Period.month(period.end.plus(-back))) for back in range(12)]
        parts = [one for one in twelve if one is not None]
        if len(parts) == 12 and (made := _sum(indicator, parts)) is not None:
            value, top, below = made
            yield replace(
                last,
                indicator=indicator.code,
                period=Period.rolling(period.end),
                value=value,
                numerator=top,
                denominator=below,
            )


def _sum(
    indicator: Indicator, parts: list[Figure]
) -> tuple[Value, float | None, float | None] | None:
    if indicator.unit is Unit.COUNT:
        numbers = [found for one in parts if (found := number(one.value)) is not None]
        return (sum(numbers), None, None) if len(numbers) == len(parts) else None
    tops = [one.numerator for one in parts if one.numerator is not None]
    below = [one.denominator for one in parts if one.denominator is not None]
    if len(tops) < len(parts) or len(below) < len(parts):
        return None
    base = sum(below)
    value: Value = Symbol.NOT_APPLICABLE if base == 0 else indicator.unit.scale * sum(tops) / base
    return value, sum(tops), base
