"""What on a tab is a table: a row of heads and the rows right below it.

Excel knows a table only where every column has a head of its own, as text, and nothing is merged.
Columns without a head get one: that of what stands in them, or a dot where they are only there to
part others. Guidance: Analysis Function, Releasing statistics in spreadsheets (tables are marked up
and have one row of heads).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workbook_builder.plan.model import Cell, Merge, Sheet, Table
from workbook_builder.plan.styles import OVER

HEADS = frozenset(("head", "head right", "head centre", "head now", "figure head", "written head"))
# Where a row below a table is none of it.
BESIDE = frozenset(("heading", "note", "note ruled", "note wrapped", "lead", "board box", "role"))
# The head of a column that has none, by the style of what stands in it.
NAMES = {
    "glyph": "▲▼",
    "ytd note": "Note",
    "words": "In words",
    "share": "Share",
    "status": "Status",
}
TYPED = frozenset(("board box", "board box empty"))
FIRST, OTHERS, EMPTY = "Row", "Value", "·"
LONGEST = 255


@dataclass(frozen=True)
class Found:
    """A table as it stands on a sheet: its row of heads, columns and last row."""

    row: int
    left: int
    right: int
    last_row: int


def with_tables(sheet: Sheet, prefix: str) -> Sheet:
    """The same static sheet with its tables marked, each named by the prefix and a number."""
    grid = {(one.row, one.col): one for one in sheet.part.cells}
    tables, gone = [], set()
    for number, found in enumerate(_found(grid, sheet.part.merges), start=1):
        merged = _within(sheet.part.merges, found)
        if any(one.cell.style.split(OVER)[0] in TYPED for one in merged):
            # A log of actions: what is typed there needs its room, and tables know none merged.
            continue
        for merge in merged:
            gone.add(merge)
            grid[merge.cell.row, merge.cell.col] = _alone(merge.cell)
        heads = tuple(_heads(grid, found))
        for at, head in enumerate(heads, start=found.left):
            known = grid.get((found.row, at), Cell(found.row, at, None, "head"))
            style = "head" if known.style not in HEADS else known.style
            grid[found.row, at] = replace(known, content=head, style=style, number_format="")
        tables.append(Table(f"{prefix}_{number}", found.row, found.left, found.last_row, heads))
    cells = tuple(grid[at] for at in sorted(grid))
    kept = tuple(one for one in sheet.part.merges if one not in gone)
    return replace(sheet, part=replace(sheet.part, cells=cells, merges=kept), tables=tuple(tables))


def _found(grid: dict[tuple[int, int], Cell], merges: Sequence[Merge]) -> Iterator[Found]:
    rows: dict[int, list[Cell]] = {}
    for cell in (*grid.values(), *(one.cell for one in merges)):
        rows.setdefault(cell.row, []).append(cell)
    heads = {row: held for row, cells in rows.items() if (held := _head_columns(cells))}
    for row, (left, right) in sorted(heads.items()):
        last = row
        while last + 1 in rows and last + 1 not in heads:
            below = [one for one in rows[last + 1] if left <= one.col <= right]
            if not below or any(one.style.split(OVER)[0] in BESIDE for one in rows[last + 1]):
                break
            if all(one.content in (None, "") for one in below):
                break
            last += 1
        if last > row:
            yield Found(row, left, right, last)


def _head_columns(cells: Iterable[Cell]) -> tuple[int, int] | None:
    """First and last column of a row of heads; None of other rows."""
    found = [one.col for one in cells if one.style.split(OVER)[0] in HEADS]
    return (min(found), max(found)) if len(found) > 1 else None


def _alone(cell: Cell) -> Cell:
    """A cell that was merged with empty ones beside it: its words run over them."""
    return replace(cell, style=OVER.join(["words over", *cell.style.split(OVER)[1:]]))


def _within(merges: Sequence[Merge], found: Found) -> list[Merge]:
    return [
        one
        for one in merges
        if found.row <= one.cell.row <= found.last_row and found.left <= one.cell.col <= found.right
    ]


def _heads(grid: dict[tuple[int, int], Cell], found: Found) -> Iterator[str]:
    """The head of each column: its own, else one that says what stands there, never twice."""
    seen: set[str] = set()
    for col in range(found.left, found.right + 1):
        cell = grid.get((found.row, col))
        said = _said(cell)
        if not said:
            below = [grid.get((row, col)) for row in range(found.row + 1, found.last_row + 1)]
            said = _named(col == found.left, [one for one in below if one is not None])
        name, number = said[:LONGEST], 1
        while name.casefold() in seen:
            number += 1
            name = f"{said} ({number})" if said != EMPTY else EMPTY * number
        seen.add(name.casefold())
        yield name


def _said(cell: Cell | None) -> str:
    if cell is None or cell.content is None:
        return ""
    return f"{cell.content:.15g}" if isinstance(cell.content, float) else str(cell.content).strip()


def _named(first: bool, below: Sequence[Cell]) -> str:
    filled = [one for one in below if one.content not in (None, "")]
    if not filled:
        return EMPTY
    if first:
        return FIRST
    styles = [key for key, _ in groupby(sorted(one.style.split(OVER)[0] for one in filled))]
    return NAMES.get(styles[0], OTHERS) if len(styles) == 1 else OTHERS
