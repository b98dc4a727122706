"""Rows of words on a sheet that a refresh writes anew, such as Notes and Log.

A refresh writes cells and no formats, and the next month's sheet has other rows. So every cell of
the sheet is made alike, and what a row is stands in a hidden column: conditional formats make
headings, table heads and rows out of it. A refresh fits the rows' heights to what it wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbook_builder.plan.addresses import cell
from workbook_builder.plan.model import Cell, Condition, Part
from workbook_builder.plan.text_size import height_for, lines_needed

# The first row below the title band of such a sheet.
TOP = 3
SIZE, LEAST = 9, 14.0
# What the edges of a cell take from its width, in characters.
SPARE = 0.8


class RowKind(StrEnum):
    """What a row of words is; the hidden column holds the value."""

    HEADING = "heading"
    HEAD = "head"
    ROW = "row"
    PLAIN = "plain"


@dataclass(frozen=True)
class WrittenRow:
    """One row of words."""

    kind: RowKind
    texts: tuple[str, ...]


STYLES = {
    RowKind.HEADING: "written heading",
    RowKind.HEAD: "written head",
    RowKind.ROW: "written row",
}


def written_rows(
    top: int, left: int, rows: Sequence[WrittenRow], widths: Sequence[float], capacity: int
) -> Part:
    """Plan the rows from `top` down and free rows after them, `capacity` in all.

    widths are those of the columns in characters; the column after the last holds the kinds. Rows
    for which there is no room are counted in the last one.
    """
    columns = len(widths)
    shown = list(rows)
    if len(shown) > capacity:
        left_out = len(shown) - capacity + 1
        shown = shown[: capacity - 1]
        shown.append(WrittenRow(RowKind.PLAIN, (f"{left_out} more rows have no room here.",)))
    kinds = left + columns
    cells = []
    for at in range(capacity):
        row = shown[at] if at < len(shown) else WrittenRow(RowKind.PLAIN, ())
        for col in range(columns):
            said = row.texts[col] if col < len(row.texts) else None
            cells.append(Cell(top + at, left + col, said or None, "written"))
        kind = row.kind.value if at < len(shown) else None
        cells.append(Cell(top + at, kinds, kind, "helper"))
    last = top + capacity - 1
    conditions = [
        Condition(top, left, last, kinds - 1, f'{cell(top, kinds, fixed_col=True)}="{kind}"', style)
        for kind, style in STYLES.items()
    ]
    heights = tuple((top + at, _height(row, widths)) for at, row in enumerate(shown))
    return Part(last + 1, tuple(cells), heights, conditions=tuple(conditions))


def _height(row: WrittenRow, widths: Sequence[float]) -> float:
    bold = row.kind in (RowKind.HEADING, RowKind.HEAD)
    texts = zip(row.texts, widths, strict=False)
    lines = [lines_needed(said, width - SPARE, SIZE, bold) for said, width in texts if said]
    return height_for(max(lines, default=1), SIZE, LEAST)
