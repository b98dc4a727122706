"""What the formulas of a planned sheet must give, wherever people have moved them."""

from __future__ import annotations

from workbook_builder.plan.keyed import col_keys, row_keys
from workbook_builder.plan.links import written_formula
from workbook_builder.plan.model import Formula, Sheet, all_cells


def computed_values(sheet: Sheet) -> dict[tuple[str, str], float | str]:
    """The value of each formula of a sheet by the keys of its row and its column."""
    rows, cols = row_keys(sheet), col_keys(sheet)
    found: dict[tuple[str, str], float | str] = {}
    for cell in all_cells(sheet.part):
        if written_formula(cell) is None or cell.row not in rows or cell.col not in cols:
            continue
        held = cell.content
        value = held.value if isinstance(held, Formula) else str(held)
        found[rows[cell.row], cols[cell.col]] = value
    return found
