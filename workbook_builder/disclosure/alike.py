"""Numbers that are one and the same under two names, and positions that follow from what flows.

A percentage's denominator is often the count of another indicator, a rolling year the months of
another one, and two tables of the same contacts have the same totals by source. Nobody declares
that; a reader sees it, and so does this module: both are the same in at least three periods, or for
at least three groups that are not small, and differ nowhere where both are shown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from workbook_builder.catalogue.words import PeriodType
from workbook_builder.disclosure.cells import RATIOS, Cell, Ledger, Role, moment
from workbook_builder.disclosure.relations import EXACT, Doubt, Relation
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


@dataclass(frozen=True)
class Column:
    """A number of an indicator over all breakdowns of one kind.

    `added` says what was added up for it, where it is not printed so: twelve months, or a table.
    """

    code: str
    role: Role
    added: str = ""


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
    for table in _tables(ledger):
        ends = [moment(period.end) for _, period in table.places]
        known_by: dict[int, int] = {}
        for at, column in enumerate(table.columns):
            for match in _same_as(table, at, ends):
                other = table.columns[match.at]
                follows = column.added == other.added == ROLLED or column.code == other.code
                if follows and column.role is other.role:
                    continue
                if match.lasting and known_by.setdefault(match.at, at) != at:
                    continue
                found += _relations(table, at, match)
    return found


@dataclass(frozen=True)
class Match:
    """Another column that is the same from the third time on.

    lasting: they never differ. Else only numbers that are shown tell that they are the same, and
    `faults` are the shown rows in which they do, the first few of them; after so many somebody has
    seen one.
    """

    at: int
    since: int
    lasting: bool
    faults: tuple[int, ...]


def _same_as(table: Table, at: int, ends: list[int]) -> list[Match]:
    """The columns after this one that are the same for long enough, or in enough groups."""
    import numpy as np

    mine, others = table.numbers[:, at][:, None], table.numbers[:, at + 1 :]
    both = ~np.isnan(mine) & ~np.isnan(others)
    same = both & (np.abs(others - mine) <= EXACT)
    telling = same & (mine != 0)
    differ = both & ~same
    both_shown = table.shown[:, at][:, None] & table.shown[:, at + 1 :]
    seen_to_differ = differ & both_shown
    found = []
    for other in np.flatnonzero(telling.sum(axis=0) >= ENOUGH):
        places = np.flatnonzero(telling[:, other])
        periods = sorted({ends[row] for row in places})
        shown = [ends[row] for row in places if both_shown[row, other]]
        faults = tuple(int(row) for row in np.flatnonzero(seen_to_differ[:, other])[:FAULTS])
        lasting = not differ[:, other].any()
        enough = (periods, shown) if lasting else (shown,)
        times = [held[ENOUGH - 1] for held in enough if len(held) >= ENOUGH]
        if times and not (len(faults) == FAULTS and ends[faults[-1]] <= min(times)):
            found.append(Match(at + 1 + int(other), min(times), lasting, faults))
    return found


def _relations(table: Table, at: int, match: Match) -> list[Relation]:
    """One relation for each place in which both columns have the same number."""
    mine, other = table.columns[at], table.columns[match.at]
    doubt = None
    if match.faults:
        places = [table.places[row] for row in match.faults]
        doubt = Doubt(
            tuple((*table.parts[mine, one], *table.parts[other, one]) for one in places),
            moment(places[-1][1].end) if len(places) == FAULTS else None,
        )
    found = []
    for row, place in enumerate(table.places):
        cells, parts = table.parts.get((mine, place)), table.parts.get((other, place))
        apart = abs(table.numbers[row, at] - table.numbers[row, match.at])
        if cells and parts and apart <= EXACT:
            terms = [*((cell, -1.0) for cell in cells), *((cell, 1.0) for cell in parts)]
            found.append(Relation("same number", tuple(terms), since=match.since, doubt=doubt))
    return found


def _tables(ledger: Ledger) -> list[Table]:
    """One table for the headlines and one for each kind of breakdown."""
    held: dict[tuple[str, ...], Parts] = defaultdict(dict)
    for cell in ledger.numbers:
        if cell.role is Role.WORKED_OUT or not (cell.figure in ledger.given or _sum(ledger, cell)):
            continue
        keys = tuple(sorted(parts_of(cell.breakdown)))
        held[keys][Column(cell.indicator, cell.role), (cell.breakdown, cell.period)] = (cell,)
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
        found[Column(column.code, column.role, said), (coarse, period)] += cells
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
    columns = tuple(dict.fromkeys(column for column, _ in parts))
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
                found[Column(column.code, column.role, ROLLED), (text, period)] = cells
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
    faults = [at for at in shown if at not in true][:FAULTS]
    telling = sorted(true) if len(true) == len(common) else [at for at in shown if at in true]
    if len(telling) < ENOUGH or (len(faults) == FAULTS and faults[-1] <= telling[ENOUGH - 1]):
        return []
    until = faults[-1] if len(faults) == FAULTS else None
    doubt = Doubt(tuple(rows[at] for at in faults), until) if faults else None
    signs = (-1.0, 1.0, 1.0, -1.0)
    return [
        Relation(
            "flow", tuple(zip(rows[at], signs, strict=True)), since=telling[ENOUGH - 1], doubt=doubt
        )
        for at in sorted(true)
    ]
