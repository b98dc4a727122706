"""Links lead to names that exist: one whose row is on no sheet becomes plain text."""

from __future__ import annotations

from dataclasses import replace

from workbook_builder.plan.model import Sheet, Workbook


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
