"""Months, quarters, years to date, years and rolling years of one series.

Of a series that adds up every period is the sum of the stretches of time between the ends of its
periods; a stretch that no figure is for is a cell that is never printed. Of a position a longer
period has the figure of its last month.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import PeriodType, YearToDate
from workbook_builder.disclosure.cells import RATIOS, Cell, Given, Ledger, Role, moment
from workbook_builder.disclosure.relations import EXACT, Relation, equation
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.values import excel_round, number

Span = tuple[int, int]
ADDED = (Role.COUNT, Role.TOP, Role.BOTTOM)
POINTS = (Kind.WEEK, Kind.SNAPSHOT)


def span_of(ledger: Ledger, indicator: Indicator, period: Period) -> Span | None:
    """The months that a figure adds up, the first and the one after the last; None for none."""
    if period.kind in POINTS or indicator.period_type is PeriodType.SNAPSHOT:
        return None
    start, end = moment(period.start), moment(period.end) + 1
    if period.kind is Kind.MONTH and indicator.period_type is PeriodType.ROLLING:
        start = end - 12
    if period.kind is Kind.MONTH and indicator.period_type is PeriodType.CUMULATIVE:
        start = moment(ledger.catalogue.settings.years.start_of(period.end))
    return start, end


def earlier_years_to_date(ledger: Ledger) -> None:
    """The years to date that copies of earlier months of the year have shown.

    An extract has the latest one only. What was withheld of a month must not depend on which copy
    is being made, so those of before are reckoned with as well.
    """
    years = ledger.catalogue.settings.years
    for one in list(ledger.given.values()):
        if one.period.kind is not Kind.YTD or one.indicator.period_type is PeriodType.SNAPSHOT:
            continue
        start, top, bottom = one.period.start, 0.0, 0.0
        for step in range(one.period.end.minus(start)):
            month = start.plus(step)
            held = ledger.given.get((one.indicator.code, one.breakdown, Period.month(month)))
            parts = _parts(held) if held else None
            if parts is None:
                break
            top, bottom = top + parts[0], bottom + parts[1]
            period = years.ytd(month)
            if (one.indicator.code, one.breakdown, period) in ledger.given:
                continue
            ledger.enter(_as_printed(one, period, top, bottom))


def _as_printed(one: Given, period: Period, top: float, bottom: float) -> Given:
    """An earlier year to date in the way in which the latest one is given."""
    if one.unit not in RATIOS:
        return replace(one, period=period, value=top)
    value = number(one.value)
    if one.numerator is None and value is not None:
        exponent = Decimal(f"{value:.12g}").as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        made = excel_round(one.unit.scale * top / bottom, places) if bottom else None
        return replace(one, period=period, value=made)
    return replace(one, period=period, value=None, numerator=top, denominator=bottom)


def _parts(one: Given) -> tuple[float, float] | None:
    if one.unit not in RATIOS:
        value = number(one.value)
        return None if value is None else (value, 0.0)
    if one.numerator is None or one.denominator is None:
        return None
    return one.numerator, one.denominator


def over_time(ledger: Ledger) -> list[Relation]:
    """Every relation between the periods of a series."""
    series: dict[tuple[str, str, Role], list[Cell]] = defaultdict(list)
    for cell in list(ledger.numbers):
        if cell.role in ADDED:
            series[cell.indicator, cell.breakdown, cell.role].append(cell)
    found: list[Relation] = []
    for (code, _, _), cells in series.items():
        indicator = ledger.catalogue.indicator(code)
        if len(cells) < 2:
            continue
        found += _added(ledger, indicator, cells)
        snapshot = indicator.period_type is PeriodType.SNAPSHOT
        if snapshot or indicator.year_to_date in (YearToDate.LATEST, YearToDate.PUBLISHED):
            found += _latest(ledger, cells)
    return found


def _latest(ledger: Ledger, cells: list[Cell]) -> list[Relation]:
    """Longer periods that have the figure of their last month or quarter."""
    last = {cell.period.end: cell for cell in cells if cell.period.kind is Kind.QUARTER}
    last |= {cell.period.end: cell for cell in cells if cell.period.kind is Kind.MONTH}
    found = []
    for cell in cells:
        other = last.get(cell.period.end)
        if other is None or other == cell or cell.period.kind in POINTS:
            continue
        if abs(ledger.numbers[cell] - ledger.numbers[other]) <= EXACT:
            found.append(equation("position", cell, [(other, 1.0)]))
    return found


def _added(ledger: Ledger, indicator: Indicator, cells: list[Cell]) -> list[Relation]:
    """Each longer period as the stretches that it is made of, in order of time."""
    spans: dict[Span, list[Cell]] = defaultdict(list)
    for cell in cells:
        span = span_of(ledger, indicator, cell.period)
        if span is not None:
            spans[span].append(cell)
    found = [
        relation
        for alike in spans.values()
        for other in alike[1:]
        if (relation := equation("periods", other, [(alike[0], 1.0)])).kept(ledger)
    ]
    if len(spans) < 2:
        return found
    ends = sorted({end for span in spans for end in span})
    for span in sorted(spans, key=lambda one: (one[1], one[1] - one[0])):
        inner = [one for one in ends if span[0] <= one <= span[1]]
        pieces = list(pairwise(inner))
        if len(pieces) > 1:
            found += _sum(ledger, spans, spans[span][0], pieces)
    return found


def _sum(
    ledger: Ledger, spans: dict[Span, list[Cell]], whole: Cell, pieces: list[Span]
) -> list[Relation]:
    """A period as its pieces, where it is their sum.

    What no figure says is given what is left, so that the figures keep to the relation.
    """
    parts = [spans[one][0] if one in spans else _stretch(whole, one) for one in pieces]
    open_ones = [cell for cell in parts if cell not in ledger.numbers]
    left = ledger.numbers[whole] - sum(ledger.numbers.get(cell, 0.0) for cell in parts)
    if left < -EXACT or (not open_ones and left > EXACT):
        return []
    for cell in open_ones:
        ledger.note(cell, left if cell == open_ones[-1] else 0.0)
        sealed = ledger.withheld_by_source(cell.indicator, Period.month(cell.period.end), False)
        if sealed and len(open_ones) == 1 and ledger.small(left):
            ledger.delicate.add(cell)
    return [equation("periods", whole, [(cell, 1.0) for cell in parts])]


def _stretch(whole: Cell, span: Span) -> Cell:
    """A stretch of time that no figure is for."""
    first, last = span[0], span[1] - 1
    period = Period.between(Month(first // 12, first % 12 + 1), Month(last // 12, last % 12 + 1))
    said = f"{whole.breakdown}|{whole.role}"
    return Cell(whole.indicator, said, period, Role.WORKED_OUT)
