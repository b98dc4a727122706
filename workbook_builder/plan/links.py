"""Links inside the workbook: to names that exist, as formulas.

A hyperlink of the sheet itself would do in Excel, but LibreOffice neither wraps its text nor keeps
its colour.
"""

from __future__ import annotations

from dataclasses import replace

from workbook_builder.plan.addresses import text
from workbook_builder.plan.model import Cell, Formula, Sheet, Workbook

# Excel takes up to 255 characters for one text inside a formula.
FORMULA_TEXT_LIMIT = 250


def written_formula(cell: Cell) -> str | None:
    """The formula that a cell holds, its link included; None where it holds none."""
    if isinstance(cell.content, Formula):
        said = cell.content.text
    elif cell.link and isinstance(cell.content, str):
        said = _literal(cell.content)
    else:
        return None
    return f"HYPERLINK({text('#' + cell.link)},{said})" if cell.link else said


def _literal(said: str) -> str:
    pieces = [said[at : at + FORMULA_TEXT_LIMIT] for at in range(0, len(said), FORMULA_TEXT_LIMIT)]
    return "&".join(text(piece) for piece in pieces)


def without_dead_links(workbook: Workbook) -> Workbook:
    """The same workbook, with links only to names that it defines.

    An indicator may stand on a tab but not on the front sheet, or have no row of its own.
    """
    known = {name.name for sheet in workbook.sheets for name in sheet.part.names}
    return replace(workbook, sheets=tuple(_alive(sheet, known) for sheet in workbook.sheets))


def _alive(sheet: Sheet, known: set[str]) -> Sheet:
    cells = tuple(
        cell if not cell.link or cell.link in known else replace(cell, link="")
        for cell in sheet.part.cells
    )
    return replace(sheet, part=replace(sheet.part, cells=cells))
