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
    SUBHEADING = "subheading"
    HEAD = "head"
    ROW = "row"
    PLAIN = "plain"


@dataclass(frozen=True)
class WrittenRow:
    """One row of words, and of numbers where it is the row of a table."""

    kind: RowKind
    texts: tuple[str | int, ...]


@dataclass(frozen=True)
class Looks:
    """How the cells of such a sheet look where not all columns are wrapped words.

    columns is the style and number format of each. Headings, subheadings and plain rows stand in
    the column `lead` instead, from which they run on over the empty cells beside it.
    """

    columns: Sequence[tuple[str, str]]
    lead: int


STYLES = {
    RowKind.HEADING: "written heading",
    RowKind.HEAD: "written head",
    RowKind.ROW: "written row",
}
SUBHEADINGS = {RowKind.SUBHEADING: "written subheading"}
RUN_ON = frozenset({RowKind.HEADING, RowKind.SUBHEADING, RowKind.PLAIN})


def written_rows(
    top: int,
    left: int,
    rows: Sequence[WrittenRow],
    widths: Sequence[float],
    capacity: int,
    looks: Looks | None = None,
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
    styles = looks.columns if looks else (("written", ""),) * columns
    kinds = left + columns
    cells = []
    for at in range(capacity):
        row = shown[at] if at < len(shown) else WrittenRow(RowKind.PLAIN, ())
        runs_on = looks is not None and row.kind in RUN_ON
        if looks is not None:
            said = row.texts[0] if runs_on and row.texts else None
            cells.append(Cell(top + at, looks.lead, said or None, "written over"))
        texts = () if runs_on else row.texts
        for col, (style, number) in enumerate(styles):
            said = texts[col] if col < len(texts) else None
            cells.append(Cell(top + at, left + col, None if said == "" else said, style, number))
        kind = row.kind.value if at < len(shown) else None
        cells.append(Cell(top + at, kinds, kind, "helper"))
    last = top + capacity - 1
    first = looks.lead if looks else left
    conditions = [
        Condition(
            top,
            first if kind in RUN_ON else left,
            last,
            kinds - 1,
            f'{cell(top, kinds, fixed_col=True)}="{kind}"',
            style,
        )
        for kind, style in (STYLES if looks is None else STYLES | SUBHEADINGS).items()
    ]
    heights = tuple((top + at, row_height(row, widths, looks)) for at, row in enumerate(shown))
    return Part(last + 1, tuple(cells), heights, conditions=tuple(conditions))


def row_height(row: WrittenRow, widths: Sequence[float], looks: Looks | None) -> float:
    """The height in points that a row needs; widths are those of the columns of words."""
    if looks is not None and row.kind in RUN_ON:
        return LEAST
    bold = row.kind in (RowKind.HEADING, RowKind.HEAD)
    texts = zip(row.texts, widths, strict=False)
    lines = [
        lines_needed(said, width - SPARE, SIZE, bold)
        for said, width in texts
        if isinstance(said, str) and said
    ]
    return height_for(max(lines, default=1), SIZE, LEAST)
