"""Numbers that are one and the same under two names, and positions that follow from what flows.

A percentage's denominator is often the count of another indicator, a rolling year the months of
another one. Nobody declares that; a reader sees it after some months, and so does this module: at
least three periods in which both are the same, none in which they differ.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from workbook_builder.catalogue.words import PeriodType
from workbook_builder.disclosure.cells import RATIOS, Cell, Ledger, Role, moment
from workbook_builder.disclosure.relations import EXACT, Relation, equation
from workbook_builder.measures.breakdowns import parts_of
from workbook_builder.periods import Kind, Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENOUGH = 3
ROLLED = "rolled"


@dataclass(frozen=True)
class Column:
    """A number of an indicator over all breakdowns of one kind; rolled adds up twelve months."""

    code: str
    role: Role
    rolled: bool = False


Place = tuple[str, Period]


@dataclass(frozen=True)
class Table:
    """The columns of one kind of breakdown side by side, a row for each breakdown and period."""

    columns: tuple[Column, ...]
    places: tuple[Place, ...]
    numbers: NDArray[np.float64]
    parts: dict[tuple[Column, Place], tuple[Cell, ...]]


def alike(ledger: Ledger) -> list[Relation]:
    """Cells that are the same number under two names."""
    found: list[Relation] = []
    for table in _tables(ledger):
        ends = [moment(period.end) for _, period in table.places]
        known_by: dict[int, int] = {}
        for at in range(len(table.columns)):
            for other in _same_as(table, at, ends):
                column, match = table.columns[other.at], other
                if column.rolled and table.columns[at].rolled:
                    continue
                lasting = match.until is None
                if lasting and known_by.setdefault(match.at, at) != at:
                    continue
                found += _relations(table, at, match)
    return found


@dataclass(frozen=True)
class Match:
    """Another column that is the same from the third time on, until they differ."""

    at: int
    since: int
    until: int | None


def _same_as(table: Table, at: int, ends: list[int]) -> list[Match]:
    """The columns after this one that are the same for long enough."""
    import numpy as np

    mine, others = table.numbers[:, at], table.numbers[:, at + 1 :]
    both = ~np.isnan(mine)[:, None] & ~np.isnan(others)
    same = both & (np.abs(others - mine[:, None]) <= EXACT)
    differ, telling = both & ~same, same & (mine[:, None] != 0)
    found = []
    for other in np.flatnonzero(telling.sum(axis=0) >= ENOUGH):
        months = sorted({ends[row] for row in np.flatnonzero(telling[:, other])})
        faults = [ends[row] for row in np.flatnonzero(differ[:, other])]
        until = min(faults, default=None)
        if len(months) >= ENOUGH and (until is None or until > months[ENOUGH - 1]):
            found.append(Match(at + 1 + int(other), months[ENOUGH - 1], until))
    return found


def _relations(table: Table, at: int, match: Match) -> list[Relation]:
    mine, other = table.columns[at], table.columns[match.at]
    if mine.rolled:
        mine, other = other, mine
    found = []
    for place in table.places:
        cells, parts = table.parts.get((mine, place)), table.parts.get((other, place))
        if cells and parts:
            terms = [(cell, 1.0) for cell in parts]
            whole = equation("same number", cells[0], terms)
            found.append(Relation(whole.kind, whole.terms, since=match.since, until=match.until))
    return found


def _tables(ledger: Ledger) -> list[Table]:
    """One table for the headlines and one for each kind of breakdown."""
    held: dict[tuple[str, ...], dict[tuple[Column, Place], tuple[Cell, ...]]] = defaultdict(dict)
    for cell in ledger.numbers:
        if cell.role is not Role.WORKED_OUT and (cell.figure in ledger.given or _sum(ledger, cell)):
            keys = tuple(sorted(parts_of(cell.breakdown)))
            place = (cell.breakdown, cell.period)
            held[keys][Column(cell.indicator, cell.role), place] = (cell,)
            if len(keys) == 1 and _counts_of_ratio(ledger, cell):
                held[()][Column(f"{cell.indicator}|{cell.breakdown}", cell.role), ("", cell.period)] = (cell,)
    return [_table(ledger, parts) for parts in held.values()]


def _sum(ledger: Ledger, cell: Cell) -> bool:
    """Whether a cell is of an indicator that is computed from others."""
    return not cell.breakdown and ledger.catalogue.indicator(cell.indicator).computed


def _counts_of_ratio(ledger: Ledger, cell: Cell) -> bool:
    """Whether a breakdown such as measure=Number is a count beside a percentage."""
    indicator = ledger.catalogue.indicator(cell.indicator)
    return cell.role is Role.COUNT and indicator.unit in RATIOS


def _table(ledger: Ledger, parts: dict[tuple[Column, Place], tuple[Cell, ...]]) -> Table:
    import numpy as np

    parts = {**parts, **_rolled(ledger, parts)}
    columns = tuple(dict.fromkeys(column for column, _ in parts))
    order = sorted({place for _, place in parts}, key=lambda one: (one[1].end, one[1].key, one[0]))
    at_column = {column: at for at, column in enumerate(columns)}
    at_row = {place: at for at, place in enumerate(order)}
    numbers = np.full((len(order), len(columns)), np.nan)
    for (column, place), cells in parts.items():
        total = sum(ledger.numbers[cell] for cell in cells)
        numbers[at_row[place], at_column[column]] = total
    return Table(columns, tuple(order), numbers, parts)


def _rolled(
    ledger: Ledger, parts: dict[tuple[Column, Place], tuple[Cell, ...]]
) -> dict[tuple[Column, Place], tuple[Cell, ...]]:
    """Twelve months of what is counted by the month, where a column beside it rolls."""
    types = {one.code: one.period_type for one in ledger.catalogue.indicators}
    wanted = {
        place
        for column, place in parts
        if types.get(column.code) is PeriodType.ROLLING and place[1].kind is Kind.MONTH
    }
    found = {}
    by_month = {column for column, _ in parts if types.get(column.code) is PeriodType.IN_MONTH}
    for column in by_month:
        for text, period in wanted:
            months = [Period.month(period.end.plus(-back)) for back in range(12)]
            held = [parts.get((column, (text, month))) for month in months]
            if all(held):
                cells = tuple(cell for one in held if one for cell in one)
                found[Column(column.code, column.role, True), (text, period)] = cells
    return found


def flows(ledger: Ledger) -> list[Relation]:
    """A position is that of the month before, with those who came and without those who went."""
    counts: dict[str, dict[int, Cell]] = defaultdict(dict)
    for cell in ledger.numbers:
        if cell.role is Role.COUNT and not cell.breakdown and cell.period.kind is Kind.MONTH:
            counts[cell.indicator][moment(cell.period.end)] = cell
    types = {one.code: one.period_type for one in ledger.catalogue.indicators}
    stocks = [code for code in counts if types[code] is PeriodType.SNAPSHOT]
    moving = [code for code in counts if types[code] is PeriodType.IN_MONTH]
    found = []
    for stock in stocks:
        held = counts[stock]
        change = {
            at: ledger.numbers[held[at]] - ledger.numbers[held[at - 1]]
            for at in held
            if at - 1 in held
        }
        for one, other in combinations(moving, 2):
            for come, go in ((one, other), (other, one)):
                found += _flow(ledger, held, change, counts[come], counts[go])
    return found


def _flow(
    ledger: Ledger,
    held: dict[int, Cell],
    change: dict[int, float],
    come: dict[int, Cell],
    go: dict[int, Cell],
) -> list[Relation]:
    common = sorted(change.keys() & come.keys() & go.keys())
    kept: list[int] = []
    until = None
    for at in common:
        net = ledger.numbers[come[at]] - ledger.numbers[go[at]]
        if abs(net - change[at]) > EXACT:
            until = at
            break
        kept.append(at)
    if len(kept) < ENOUGH:
        return []
    return [
        Relation(
            "flow",
            ((held[at], -1.0), (held[at - 1], 1.0), (come[at], 1.0), (go[at], -1.0)),
            since=kept[ENOUGH - 1],
            until=until,
        )
        for at in kept
    ]
