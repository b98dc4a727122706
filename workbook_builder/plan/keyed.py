"""Hidden keys on every sheet that people work in, by which its cells are known again.

People sort rows, insert rows and columns, rename and move tabs. A hidden column at the right says
what each row is about and moves with it; a hidden row at the bottom does the same for columns. Two
defined names lead to them. A sheet that a refresh writes gets one name for all of its cells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from workbook_builder.plan.model import Cell, DefinedName, Sheet, Workbook

# Names of a sheet: rows_3 holds the keys of its rows, columns_3 those of its columns.
ROWS, COLUMNS, OWNED = "rows", "columns", "own"
GAP = 1


def keyed(workbook: Workbook) -> Workbook:
    """The same workbook with its keys."""
    sheets = tuple(
        _owned(sheet) if sheet.owned else _keyed(sheet, number)
        for number, sheet in enumerate(workbook.sheets, start=1)
    )
    return replace(workbook, sheets=sheets)


def row_keys(sheet: Sheet) -> dict[int, str]:
    """The key of every row that has a cell; a key that two rows share gets their order."""
    known = dict(sheet.part.row_keys)
    rows = sorted({one.row for one in sheet.part.cells} | {m.cell.row for m in sheet.part.merges})
    return _distinct({row: known.get(row, f"row {row + 1}") for row in rows})


def col_keys(sheet: Sheet) -> dict[int, str]:
    """The key of every column that has a cell."""
    known = dict(sheet.col_keys)
    last = max((one.col for one in sheet.part.cells), default=0)
    return _distinct({col: known.get(col, f"column {col + 1}") for col in range(last + 1)})


def _distinct(keys: dict[int, str]) -> dict[int, str]:
    seen: Counter[str] = Counter()
    found = {}
    for at, key in keys.items():
        seen[key] += 1
        found[at] = key if seen[key] == 1 else f"{key} #{seen[key]}"
    return found


def _keyed(sheet: Sheet, number: int) -> Sheet:
    of_rows, of_columns = row_keys(sheet), col_keys(sheet)
    at_col = max(of_columns) + 1
    last = max(of_rows)
    at_row = max(last, sheet.part.next_row) + GAP
    cells = [Cell(row, at_col, key, "helper") for row, key in of_rows.items()]
    cells += [Cell(at_row, col, key, "helper") for col, key in of_columns.items()]
    names = (
        DefinedName(f"{ROWS}_{number}", 0, at_col, last, at_col),
        DefinedName(f"{COLUMNS}_{number}", at_row, 0, at_row, max(of_columns)),
    )
    part = replace(
        sheet.part,
        cells=(*sheet.part.cells, *cells),
        names=(*sheet.part.names, *names),
    )
    return replace(sheet, part=part, key_row=at_row, key_col=at_col)


def _owned(sheet: Sheet) -> Sheet:
    name = DefinedName(f"{OWNED}_{sheet.key}", 0, 0, *owned_end(sheet))
    return replace(sheet, part=replace(sheet.part, names=(*sheet.part.names, name)))


def owned_end(sheet: Sheet) -> tuple[int, int]:
    """The last row and column of what a refresh writes; free rows and columns included."""
    return sheet.part.next_row - 1, len(sheet.widths) - 1
