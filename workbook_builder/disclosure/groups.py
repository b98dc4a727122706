"""A whole and its groups: the headline and a breakdown, a cross-tab and its margins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from workbook_builder.disclosure.cells import Cell, Given, Ledger, Role
from workbook_builder.disclosure.relations import EXACT, Relation, equation
from workbook_builder.measures.breakdowns import parts_of
from workbook_builder.periods import Period

Keys = tuple[str, ...]
Values = tuple[str, ...]
# What a group says of itself that is the sum of others.
WHOLE = re.compile(r"\b(all|total|overall)\b", re.IGNORECASE)


def totals_worked_out(ledger: Ledger) -> None:
    """A headline that is the total of a breakdown's rows is a figure like any other."""
    for indicator in ledger.catalogue.indicators:
        if not indicator.total_of:
            continue
        wanted = f"{indicator.total_of}="
        sums: dict[Period, float] = defaultdict(float)
        for one in list(ledger.given.values()):
            if one.indicator.code != indicator.code or not one.breakdown:
                continue
            cell = Cell(*one.id, Role.COUNT)
            if any(part.startswith(wanted) for part in one.breakdown.split(";")):
                sums[one.period] += ledger.numbers.get(cell, 0.0)
        for period, value in sums.items():
            if (indicator.code, "", period) not in ledger.given:
                ledger.enter(Given(indicator, "", period, value, None, None))


def by_group(ledger: Ledger) -> list[Relation]:
    """Every whole with every breakdown of it.

    Groups that do not make up the whole are at most the whole: what is left is a cell of its own.
    It must not be known where the source withholds a group and little is left.
    """
    held: dict[tuple[str, Period, Role], dict[Keys, dict[Values, Cell]]] = {}
    for cell in list(ledger.numbers):
        if cell.role in (Role.WORKED_OUT, Role.REST):
            continue
        parts = parts_of(cell.breakdown)
        keys = tuple(sorted(parts))
        table = held.setdefault((cell.indicator, cell.period, cell.role), {})
        table.setdefault(keys, {})[tuple(parts[key] for key in keys)] = cell
    found: list[Relation] = []
    for (code, period, role), table in held.items():
        if len(table) > 1:
            found += _of_one(ledger, (code, period, role), table)
    return found


def by_name(ledger: Ledger) -> list[Relation]:
    """A group that calls itself a whole, with the groups beside it that add up to it.

    Such as all step downs, those from assessment, from plans and from elsewhere: nobody declares
    them, and every reader sees them. They stand together in a table: only neighbours are tried.
    """
    held: dict[tuple[str, Period, str], list[Cell]] = defaultdict(list)
    for cell in ledger.numbers:
        parts = parts_of(cell.breakdown)
        if cell.role is Role.COUNT and len(parts) == 1:
            held[cell.indicator, cell.period, next(iter(parts))].append(cell)
    found = []
    for cells in held.values():
        wholes = [one for one in cells if WHOLE.search(one.breakdown.partition("=")[2])]
        others = [one for one in cells if one not in wholes]
        for whole in wholes:
            found += [
                equation("named whole", whole, [(one, 1.0) for one in run])
                for run in _runs(others)
                if abs(sum(ledger.numbers[one] for one in run) - ledger.numbers[whole]) <= EXACT
            ]
    return found


def _runs(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Every two or more that stand next to one another."""
    for first in range(len(cells)):
        for end in range(first + 2, len(cells) + 1):
            yield cells[first:end]


def _of_one(
    ledger: Ledger,
    place: tuple[str, Period, Role],
    table: dict[Keys, dict[Values, Cell]],
) -> list[Relation]:
    code, period, role = place
    wholes = set(table)
    for one, other in combinations(table, 2):
        common = tuple(key for key in one if key in other)
        if common not in (one, other):
            wholes.add(common)
    found = []
    for coarse in sorted(wholes):
        for fine in sorted(table):
            if len(fine) <= len(coarse) or not set(coarse) <= set(fine):
                continue
            groups: dict[Values, list[Cell]] = defaultdict(list)
            for values, cell in table[fine].items():
                said = dict(zip(fine, values, strict=True))
                groups[tuple(said[key] for key in coarse)].append(cell)
            for values, cells in groups.items():
                text = ";".join(f"{key}={value}" for key, value in zip(coarse, values, strict=True))
                whole = table.get(coarse, {}).get(values) or Cell(code, text, period, role)
                found += _whole(ledger, whole, cells, fine)
    return found


def _whole(ledger: Ledger, whole: Cell, cells: list[Cell], fine: Keys) -> list[Relation]:
    total = sum(ledger.numbers[cell] for cell in cells)
    ledger.note(whole, total)
    left = ledger.numbers[whole] - total
    parts = [(cell, 1.0) for cell in cells]
    if abs(left) <= EXACT:
        return [equation("groups", whole, parts)]
    if left < 0 or not ledger.shown(whole):
        return []
    said = f"{whole.breakdown}|none of {', '.join(fine)}|{whole.role}"
    rest = Cell(whole.indicator, said, whole.period, Role.WORKED_OUT)
    ledger.note(rest, left)
    if ledger.small(left) and ledger.withheld_by_source(whole.indicator, whole.period, True):
        ledger.delicate.add(rest)
    return [equation("groups", whole, [*parts, (rest, 1.0)])]
