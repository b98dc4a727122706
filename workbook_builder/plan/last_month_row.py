"""The row under a box for comments, with what stood in the box last month.

Without such a text it is the narrow gap that stands there anyway, so that a sheet has the same rows
every month. The text is put there when the workbook is made. A refresh writes on no tab, so the
text is no part of what it compares (`structure.py`).
"""

from __future__ import annotations

from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.model import Cell, Merge, Part
from workbook_builder.plan.text_size import height_for, lines_needed

STYLE, SIZE = "last month", 9.0
# Ends the key of such a row.
ROW = "last month"
GAP = 8.0
# Excel shows no row that is higher, and no longer text.
HIGHEST, LONGEST = 400.0, 30_000


def last_month_row(
    place: BlockPlace, key: str, slot: str, row: int, row_key: str, gap: float = GAP
) -> Part:
    """Plan the row of the box with a key and slot; `gap` is its height where nothing was said."""
    columns, before = place.columns, place.layout.last_month
    said = before.said.get((key, slot), "").strip()
    content = f"Last month ({before.label}): {said}"[:LONGEST] if said else None
    height = gap
    if content:
        width = sum(columns.widths[columns.LABEL : columns.last_printed + 1])
        lines = lines_needed(content, width, SIZE)
        height = min(height_for(lines, SIZE, gap) + gap, HIGHEST)
    cell = Cell(row, columns.LABEL, content, STYLE)
    return Part(
        row + 1,
        heights=((row, height),),
        merges=(Merge(cell, row, columns.last_printed),),
        row_keys=((row, f"{row_key} {ROW}"),),
    )
