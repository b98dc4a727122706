"""Percentages and averages that are printed without counts, where their parts have counts.

The year to date of a percentage, say, tells nearly what its numerators and denominators add up to:
as nearly as it is rounded.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from workbook_builder.catalogue.words import Unit
from workbook_builder.disclosure.account import FigureId
from workbook_builder.disclosure.cells import RATIOS, Cell, Given, Ledger, Role
from workbook_builder.disclosure.over_time import span_of
from workbook_builder.disclosure.relations import Relation
from workbook_builder.measures.breakdowns import parts_of
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.values import number

Counts = tuple[float, float]
INFINITE = float("inf")


def counts_of_printed(ledger: Ledger) -> None:
    """Give such figures the counts of their parts, where these make the printed number."""
    groups = _groups(ledger)
    for one in list(ledger.given.values()):
        value = number(one.value)
        if value is None or not _without_counts(ledger, one):
            continue
        parts = [] if one.breakdown else groups.get((one.id[0], one.period), [])
        for top, bottom in (*_months(ledger, one), *parts):
            made = one.unit.scale * top / bottom if bottom else INFINITE
            if abs(made - value) <= half_of(value) + 1e-9:
                ledger.between.add(one.id)
                ledger.note(Cell(*one.id, Role.TOP), top)
                ledger.note(Cell(*one.id, Role.BOTTOM), bottom)
                if one.unit is Unit.PERCENT and top <= bottom:
                    ledger.note(Cell(*one.id, Role.REST), bottom - top)
                break


def half_of(value: float) -> float:
    """Half of the last printed place: 34.5 stands for anything from 34.45 to 34.55."""
    exponent = Decimal(f"{value:.12g}").as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return 0.5 * 10.0 ** -max(0, places)


def _without_counts(ledger: Ledger, one: Given) -> bool:
    cells = (Cell(*one.id, Role.TOP), Cell(*one.id, Role.BOTTOM))
    known = any(cell in ledger.numbers for cell in cells)
    return one.unit in RATIOS and one.unit is not Unit.RATE and not known


def _counts(ledger: Ledger, figure: FigureId) -> Counts | None:
    top, bottom = Cell(*figure, Role.TOP), Cell(*figure, Role.BOTTOM)
    if top not in ledger.numbers or bottom not in ledger.numbers:
        return None
    return ledger.numbers[top], ledger.numbers[bottom]


def _months(ledger: Ledger, one: Given) -> list[Counts]:
    """The counts of the months added up, where all are there."""
    span = span_of(ledger, one.indicator, one.period)
    if span is None or one.period.kind is Kind.MONTH:
        return []
    months = [Period.month(Month(at // 12, at % 12 + 1)) for at in range(*span)]
    held = [_counts(ledger, (*one.id[:2], month)) for month in months]
    known = [counts for counts in held if counts is not None]
    if len(known) < len(held):
        return []
    return [(sum(top for top, _ in known), sum(bottom for _, bottom in known))]


def _groups(ledger: Ledger) -> dict[tuple[str, Period], list[Counts]]:
    """The counts of the groups of each breakdown added up, by indicator and period."""
    sums: dict[tuple[str, Period, tuple[str, ...]], Counts] = defaultdict(lambda: (0.0, 0.0))
    for one in ledger.given.values():
        counts = _counts(ledger, one.id) if one.breakdown and one.unit in RATIOS else None
        if counts is not None:
            place = (one.id[0], one.period, tuple(sorted(parts_of(one.breakdown))))
            sums[place] = (sums[place][0] + counts[0], sums[place][1] + counts[1])
    found: dict[tuple[str, Period], list[Counts]] = defaultdict(list)
    for (code, period, _), counts in sums.items():
        found[code, period].append(counts)
    return found


def as_printed(ledger: Ledger) -> list[Relation]:
    """What each of them says of its counts: a numerator between two shares of the denominator."""
    found = []
    for figure in ledger.between:
        one = ledger.given[figure]
        value, scale = number(one.value), one.unit.scale
        top, bottom = Cell(*figure, Role.TOP), Cell(*figure, Role.BOTTOM)
        if value is None:
            continue
        least, most = (value - half_of(value)) / scale, (value + half_of(value)) / scale
        above = Relation("printed", ((top, 1.0), (bottom, -least)), high=INFINITE, of=figure)
        below = Relation("printed", ((top, 1.0), (bottom, -most)), low=-INFINITE, of=figure)
        found += [one for one in (above, below) if one.kept(ledger)]
    return found
