"""Numbers that are one and the same under two names, and positions that follow from what flows.

A percentage's denominator is often the count of another indicator, a rolling year the months of
another one, and two tables of the same contacts have the same totals by source. Nobody declares
that; a reader sees it, and so does this module: both are the same in at least three periods, or for
at least three groups that are not small, and differ nowhere where both are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from workbook_builder.catalogue.words import PeriodType, Unit
from workbook_builder.disclosure.cells import RATIOS, Cell, Ledger, Role, moment
from workbook_builder.disclosure.relations import EXACT, Likeness, Relation
from workbook_builder.disclosure.rules import own_reason
from workbook_builder.measures.breakdowns import parts_of
from workbook_builder.periods import Kind, Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENOUGH = 3
# After so many places in which two columns differ by numbers that are shown as a rule, nobody takes
# them for one any more.
FAULTS = 6
ROLLED = "twelve months"


@dataclass(frozen=True, order=True)
class Column:
    """A number of an indicator over all breakdowns of one kind.

    `added` says what was added up for it, where it is not printed so: twelve months, or a table.
    """

    code: str
    role: Role
    added: str = ""
    rate: bool = False

    @property
    def counts_alone(self) -> bool:
        """Whether definitions may tell it to be another's: a count, denominator or rate's count.

        A numerator and a count are alike by chance too often to go by numbers that are withheld.
        """
        return self.rate or self.role in (Role.COUNT, Role.BOTTOM)


Place = tuple[str, Period]
Parts = dict[tuple[Column, Place], tuple[Cell, ...]]


@dataclass(frozen=True)
class Table:
    """The columns of one kind of breakdown side by side, a row for each breakdown and period.

    shown: where no figure behind a number is withheld for its own sake.
    """

    columns: tuple[Column, ...]
    places: tuple[Place, ...]
    numbers: NDArray[np.float64]
    shown: NDArray[np.bool_]
    parts: Parts


def alike(ledger: Ledger) -> list[Relation]:
    """Cells that are the same number under two names."""
    found: list[Relation] = []
    largest = ledger.catalogue.settings.disclosure.largest
    for table in _tables(ledger):
        ends = [moment(period.end) for _, period in table.places]
        for at, column in enumerate(table.columns):
            for other, likeness in _like(table, at, ends, largest):
                beside = table.columns[other]
                follows = column.added == beside.added == ROLLED or column.code == beside.code
                if not (follows and column.role is beside.role):
                    found += _relations(table, at, other, likeness)
    return found


def _like(table: Table, at: int, ends: list[int], largest: int) -> Iterator[tuple[int, Likeness]]:
    """The columns after this one that are like it for some time."""
    import numpy as np

    mine, others = table.numbers[:, at][:, None], table.numbers[:, at + 1 :]
    both = ~np.isnan(mine) & ~np.isnan(others)
    same = both & (np.abs(others - mine) <= EXACT)
    telling, differ = same & (mine != 0), both & ~same
    shown = table.shown[:, at][:, None] & table.shown[:, at + 1 :]
    for one in np.flatnonzero(telling.sum(axis=0) >= ENOUGH):
        agreed = [ends[row] for row in np.flatnonzero(telling[:, one])]
        told = [ends[row] for row in np.flatnonzero(telling[:, one] & shown[:, one])]
        apart = [ends[row] for row in np.flatnonzero(differ[:, one])]
        faults = [int(row) for row in np.flatnonzero(differ[:, one] & shown[:, one])[:FAULTS]]
        pair = (table.columns[at], table.columns[at + 1 + int(one)])
        places = [[table.parts[column, table.places[row]] for column in pair] for row in faults]
        by_kind = pair[0].role is pair[1].role or all(one.counts_alone for one in pair)
        large = [ends[row] for row in np.flatnonzero(telling[:, one] & (mine[:, 0] > largest))]
        times = [_third(sorted(set(agreed))), _third(large)] if by_kind else []
        likeness = Likeness(
            _first([*times, _third(told)]),
            min(apart, default=None),
            _third(told),
            tuple((*first, *second) for first, second in places),
            ends[faults[-1]] if len(faults) == FAULTS else None,
        )
        if _ever(likeness):
            yield at + 1 + int(one), likeness


def _third(months: list[int]) -> int | None:
    """When something has been met often enough."""
    return months[ENOUGH - 1] if len(months) >= ENOUGH else None


def _first(months: list[int | None]) -> int | None:
    return min((one for one in months if one is not None), default=None)


def _ever(likeness: Likeness) -> bool:
    """Whether there may be a month in which it holds."""
    agreed, apart, shown, late = likeness.agreed, likeness.apart, likeness.shown, likeness.late
    whole = agreed is not None and (apart is None or agreed < apart)
    return whole or (shown is not None and (late is None or shown <= late))


def _relations(table: Table, at: int, other: int, likeness: Likeness) -> list[Relation]:
    """One relation for each place in which both columns have the same number."""
    found = []
    for row, place in enumerate(table.places):
        cells = table.parts.get((table.columns[at], place))
        parts = table.parts.get((table.columns[other], place))
        apart = abs(table.numbers[row, at] - table.numbers[row, other])
        if cells and parts and apart <= EXACT:
            terms = [*((cell, -1.0) for cell in cells), *((cell, 1.0) for cell in parts)]
            found.append(Relation("same number", tuple(terms), likeness=likeness))
    return found


def _tables(ledger: Ledger) -> list[Table]:
    """One table for the headlines and one for each kind of breakdown."""
    held: dict[tuple[str, ...], Parts] = defaultdict(dict)
    for cell in ledger.numbers:
        if cell.role is Role.WORKED_OUT or not (cell.figure in ledger.given or _sum(ledger, cell)):
            continue
        keys = tuple(sorted(parts_of(cell.breakdown)))
        rate = ledger.catalogue.indicator(cell.indicator).unit is Unit.RATE
        column = Column(cell.indicator, cell.role, rate=rate)
        held[keys][column, (cell.breakdown, cell.period)] = (cell,)
        if len(keys) == 1 and _counts_of_ratio(ledger, cell):
            beside = Column(cell.indicator, cell.role, cell.breakdown)
            held[()][beside, ("", cell.period)] = (cell,)
    for keys in list(held):
        for count in range(len(keys)):
            for fewer in combinations(keys, count):
                held[fewer] |= _margins(held[keys], fewer, keys, held[fewer])
    return [_table(ledger, parts) for parts in held.values()]


def _margins(fine: Parts, fewer: tuple[str, ...], keys: tuple[str, ...], held: Parts) -> Parts:
    """A table added up to fewer keys, where its margins are not printed."""
    found: dict[tuple[Column, Place], list[Cell]] = defaultdict(list)
    said = f"by {', '.join(keys)}"
    for (column, (text, period)), cells in fine.items():
        parts = parts_of(text)
        coarse = ";".join(f"{key}={parts[key]}" for key in fewer)
        if column.added or (column, (coarse, period)) in held or column.role is Role.REST:
            continue
        found[Column(column.code, column.role, said, column.rate), (coarse, period)] += cells
    return {place: tuple(cells) for place, cells in found.items()}


def _sum(ledger: Ledger, cell: Cell) -> bool:
    """Whether a cell is of an indicator that is computed from others."""
    return not cell.breakdown and ledger.catalogue.indicator(cell.indicator).computed


def _counts_of_ratio(ledger: Ledger, cell: Cell) -> bool:
    """Whether a breakdown such as measure=Number is a count beside a percentage."""
    indicator = ledger.catalogue.indicator(cell.indicator)
    return cell.role is Role.COUNT and indicator.unit in RATIOS


def _table(ledger: Ledger, parts: Parts) -> Table:
    import numpy as np

    parts = {**parts, **_rolled(ledger, parts)}
    columns = tuple(sorted({column for column, _ in parts}))
    order = sorted({place for _, place in parts}, key=lambda one: (one[1].end, one[1].key, one[0]))
    at_column = {column: at for at, column in enumerate(columns)}
    at_row = {place: at for at, place in enumerate(order)}
    numbers = np.full((len(order), len(columns)), np.nan)
    shown = np.zeros(numbers.shape, dtype=bool)
    for (column, place), cells in parts.items():
        at = at_row[place], at_column[column]
        numbers[at] = sum(ledger.numbers[cell] for cell in cells)
        shown[at] = all(_shown(ledger, cell) for cell in cells)
    return Table(columns, tuple(order), numbers, shown, parts)


def _shown(ledger: Ledger, cell: Cell) -> bool:
    """Whether a number is printed unless it goes for the sake of others."""
    if cell.figure not in ledger.given:
        return not ledger.small(ledger.numbers[cell])
    return own_reason(ledger, ledger.given[cell.figure]) is None


def _rolled(ledger: Ledger, parts: Parts) -> Parts:
    """Twelve months of what is counted by the month, where a column beside it rolls."""
    types = {one.code: one.period_type for one in ledger.catalogue.indicators}
    wanted = {
        place
        for column, place in parts
        if types.get(column.code) is PeriodType.ROLLING and place[1].kind is Kind.MONTH
    }
    found = {}
    by_month = {
        column: None
        for column, _ in parts
        if types.get(column.code) is PeriodType.IN_MONTH and not column.added
    }
    for column in by_month:
        for text, period in wanted:
            months = [Period.month(period.end.plus(-back)) for back in range(12)]
            held = [parts.get((column, (text, month))) for month in months]
            if all(held):
                cells = tuple(cell for one in held if one for cell in one)
                found[replace(column, added=ROLLED), (text, period)] = cells
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
                found += _flow(ledger, held, change, (counts[come], counts[go]))
    return found


def _flow(
    ledger: Ledger,
    held: dict[int, Cell],
    change: dict[int, float],
    moved: tuple[dict[int, Cell], dict[int, Cell]],
) -> list[Relation]:
    """The months in which it is true, where those that are shown as a rule tell nothing else."""
    come, go = moved
    numbers = ledger.numbers
    common = sorted(change.keys() & come.keys() & go.keys())
    rows = {at: (held[at], held[at - 1], come[at], go[at]) for at in common}
    true = {at for at in common if abs(numbers[come[at]] - numbers[go[at]] - change[at]) <= EXACT}
    shown = [at for at in common if not any(ledger.small(numbers[cell]) for cell in rows[at])]
    apart = [at for at in common if at not in true]
    faults = [at for at in shown if at not in true][:FAULTS]
    likeness = Likeness(
        _third(sorted(true)),
        min(apart, default=None),
        _third([at for at in shown if at in true]),
        tuple(rows[at] for at in faults),
        faults[-1] if len(faults) == FAULTS else None,
    )
    if not _ever(likeness):
        return []
    signs = (-1.0, 1.0, 1.0, -1.0)
    return [
        Relation("flow", tuple(zip(rows[at], signs, strict=True)), likeness=likeness)
        for at in sorted(true)
    ]
