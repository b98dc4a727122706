"""Lists as grids of cells for a file, clean or with the faults of real files.

Whatever is put in is also told: `Made` names the kind of fault, its list, its row as Excel shows it
and its heading as Ofsted writes it, and never what stood there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from workbook_builder.sample.days import FAR, as_days
from workbook_builder.sample.faults import (
    CELL_FAULTS,
    EXCEL_EPOCH,
    HEADING_FAULTS,
    RATE,
    CellFault,
    Found,
)
from workbook_builder.sample.layout import CODE, DATE, NUMBER, Cell, Layout

EXTRA = "Team Manager Notes"
Value = str | int | None


@dataclass(frozen=True)
class Made:
    """One fault that was put in. row is None for a fault of a whole sheet."""

    kind: str
    number: int
    row: int | None
    column: str


@dataclass
class Grid:
    """A list as it stands in a file: columns of cells, and what is found instead in some.

    Cells of date columns are Excel's numbers of the days. found is keyed by (row, column).
    """

    layout: Layout
    sheet: str
    title: bool
    headings: list[str]
    kinds: list[Cell]
    columns: list[list[Value]]
    found: dict[tuple[int, int], Found] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    @property
    def first_row(self) -> int:
        """The row of the first record, as Excel shows it."""
        return 3 if self.title else 2

    def rows(self) -> Iterator[list[Value | Found]]:
        """Row after row, faults put in; a date that is right is left as its number."""
        strange: dict[int, list[tuple[int, Found]]] = {}
        for (row, column), cell in self.found.items():
            strange.setdefault(row, []).append((column, cell))
        for row, values in enumerate(zip(*self.columns, strict=True)):
            cells: list[Value | Found] = list(values)
            for column, cell in strange.get(row, ()):
                cells[column] = cell
            yield cells


def clean(layout: Layout, table: pd.DataFrame) -> Grid:
    """A list without faults."""
    columns: list[list[Value]] = []
    for heading, kind in layout.columns:
        values = table[heading].to_numpy()
        if kind is DATE:
            days = as_days(values)
            cells = (days + EXCEL_EPOCH).tolist()
            columns.append(
                [
                    cell if day < FAR else None
                    for cell, day in zip(cells, days.tolist(), strict=True)
                ]
            )
        else:
            columns.append([None if value == "" else value for value in values.tolist()])
    kinds = [kind for _, kind in layout.columns]
    return Grid(layout, layout.sheet, False, list(layout.headings), kinds, columns)


def messy(grid: Grid, rng: np.random.Generator, csv: bool) -> Grid:
    """The same list with faults put in."""
    number = grid.layout.number
    title, name, extra = rng.random(3)
    _rows(grid, rng)
    if title < RATE["title_row"]:
        grid.title = True
        grid.made.append(Made("title_row", number, 1, ""))
    grid.made = [
        Made(one.kind, number, one.row + grid.first_row if one.row is not None else None, "")
        if one.kind in ("duplicate_row", "blank_row")
        else one
        for one in grid.made
    ]
    if name < RATE["sheet_name"]:
        grid.sheet = grid.sheet.replace("_", " ")
        grid.made.append(Made("sheet_name", number, None, ""))
    _cells(grid, rng, csv)
    _headings(grid, rng)
    if extra < RATE["extra_column"]:
        grid.headings.append(EXTRA)
        grid.kinds.append(Cell.TEXT)
        grid.columns.append([None] * len(grid.columns[0]))
        grid.made.append(Made("extra_column", number, None, ""))
    return grid


def _rows(grid: Grid, rng: np.random.Generator) -> None:
    """Repeat some rows and put empty ones in; rows told here count from 0."""
    count = len(grid.columns[0])
    twice = rng.random(count) < RATE["duplicate_row"]
    empty = rng.random(count) < RATE["blank_row"]
    order: list[int] = []
    for row in range(count):
        order.append(row)
        if twice[row]:
            grid.made.append(Made("duplicate_row", grid.layout.number, len(order), ""))
            order.append(row)
        if empty[row] and row < count - 1:
            grid.made.append(Made("blank_row", grid.layout.number, len(order), ""))
            order.append(-1)
    if len(order) > count:
        grid.columns = [
            [column[row] if row >= 0 else None for row in order] for column in grid.columns
        ]


def _cells(grid: Grid, rng: np.random.Generator, csv: bool) -> None:
    count = len(grid.columns[0])
    empty = {one.row for one in grid.made if one.kind == "blank_row"}
    for place, (heading, kind) in enumerate(grid.layout.columns):
        column = grid.columns[place]
        for fault in CELL_FAULTS:
            if kind not in fault.cells or (csv and not fault.csv):
                continue
            if fault.only and fault.only != heading:
                continue
            for row in np.flatnonzero(rng.random(count) < fault.rate).tolist():
                shown = row + grid.first_row
                if (row, place) in grid.found or shown in empty:
                    continue
                value = column[row]
                if (value is None) != fault.blanks:
                    continue
                found = _fault(fault, value, kind)
                if kind is not DATE and found == value:
                    continue
                grid.found[row, place] = found
                grid.made.append(Made(fault.kind, grid.layout.number, shown, heading))


def _fault(fault: CellFault, value: Value, kind: Cell) -> Found:
    if value is None:
        return fault.make("")
    if kind is DATE:
        return fault.make(int(value) - EXCEL_EPOCH)
    return fault.make(value if kind in (CODE, NUMBER) else str(value))


def _headings(grid: Grid, rng: np.random.Generator) -> None:
    for place, heading in enumerate(grid.layout.headings):
        for fault in HEADING_FAULTS:
            changed = fault.make(heading)
            if rng.random() < fault.rate and changed != heading:
                grid.headings[place] = changed
                grid.made.append(Made(fault.kind, grid.layout.number, grid.first_row - 1, heading))
                break
