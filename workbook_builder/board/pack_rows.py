"""Which block of a tab a row belongs to, and the tables of a tab as texts.

Rows of a planned tab carry keys that say what they are about, so blocks are found by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbook_builder.board.pack_model import Entry, PackTable
from workbook_builder.board.printed import printed
from workbook_builder.board.static import static_sheet
from workbook_builder.board.tables import EMPTY, FIRST, with_tables
from workbook_builder.board.values import Values
from workbook_builder.catalogue.model import Block, Tab
from workbook_builder.plan.model import Cell, Sheet, Table
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.styles import OVER

# Rows of these blocks say which block of the tab they are of.
NUMBERED = re.compile(r"~(?:[^|]*\|)?(?:table|breakdown|dated) (\d+)(?:\||$)")
LOOKS = {
    "red": "red",
    "amber": "amber",
    "green": "green",
    "better": "better",
    "worse": "worse",
}
NUMBERS = ("number", "figure", "count", "share", "written number")
# The head of the first column where the tab has none.
UNNAMED = "Row"


@dataclass(frozen=True)
class Owned:
    """Whose a chart is: an indicator's by its code, or a block's by its place on the tab."""

    code: str
    block: int | None = None


def blocks_of_rows(tab: Tab, sheet: Sheet) -> Mapping[int, int]:
    """The block of each row that has a key, by its place on the tab, counted from 0."""
    found: dict[int, int] = {}
    at = 0
    for row, key in sorted(sheet.part.row_keys):
        if numbered := NUMBERED.match(key):
            at = int(numbered[1]) - 1
            found[row] = at
            continue
        code = key.removeprefix(ELSEWHERE).partition("|")[0]
        later = (n for n in range(at, len(tab.blocks)) if _is_about(tab.blocks[n], code))
        place = next(later, None)
        if place is not None:
            found[row] = at = place
    return found


def _is_about(block: Block, code: str) -> bool:
    """Whether a key that is no numbered block's may be one of the block's rows."""
    key = str(block.options.get("key", ""))
    if key and (code == key or code.startswith(f"{key} ")):
        return True
    return code in block.indicators and block.type not in ("crosstab", "breakdown", "charts")


def static_tables(
    sheet: Sheet, values: Values, blocks: Mapping[int, int]
) -> Iterator[tuple[PackTable, int | None]]:
    """Every table of a tab as texts, and the block that it belongs to."""
    static = with_tables(static_sheet(sheet, values), "Pack")
    grid = {(one.row, one.col): one for one in static.part.cells}
    grid |= {(one.cell.row, one.cell.col): one.cell for one in static.part.merges}
    for table in static.tables:
        rows = range(table.row, table.last_row + 1)
        owner = next((blocks[row] for row in rows if row in blocks), None)
        yield _as_texts(table, grid), owner


def _as_texts(table: Table, grid: Mapping[tuple[int, int], Cell]) -> PackTable:
    """The table without the columns in which nothing stands."""
    rows = range(table.row + 1, table.last_row + 1)
    columns = [
        (head, col)
        for col, head in enumerate(table.heads, start=table.col)
        if head.strip(EMPTY) or any(_entry(grid.get((row, col))).text for row in rows)
    ]
    heads = [UNNAMED if head == FIRST else head.strip(EMPTY) or "Note" for head, _ in columns]
    texts = tuple(tuple(_entry(grid.get((row, col))) for _, col in columns) for row in rows)
    return PackTable("", tuple(heads), texts)


def _entry(cell: Cell | None) -> Entry:
    if cell is None:
        return Entry("")
    text = printed(cell.content, cell.number_format)
    styles = cell.style.split(OVER)
    look = next((LOOKS[one] for one in reversed(styles) if one in LOOKS), "")
    if not look and styles[0].startswith(NUMBERS):
        look = "number"
    return Entry(text, look)
