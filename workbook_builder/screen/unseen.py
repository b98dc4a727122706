"""Cells that stand on a sheet and nobody sees: their colour, format or size hides them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook_builder.screen.model import Cell, Kind, Leak
from workbook_builder.screen.styles import BLACK, WHITE, Look, hides, unseen
from workbook_builder.screen.workbook import Area, Sheet, Workbook, area_of, areas_of

COLOUR = Kind(
    "WB821",
    "The text has the colour of what is behind it, so that nobody sees it on the page.",
    "Delete what is in the cells, or give them a colour that can be read.",
)
FORMAT = Kind(
    "WB822",
    "The number format shows nothing of what is in the cell (such as ;;;).",
    "Delete what is in the cells, or give them the format General.",
)
TINY = Kind(
    "WB823",
    "The text is too small to be read (below 5 points).",
    "Delete what is in the cells, or make it as large as the rest.",
)
SMALLEST = 5.0


def same_colour(book: Workbook) -> Iterator[Leak]:
    """White on white, and every text that cannot be told from its fill."""
    for sheet in book.sheets:
        coloured = _coloured_otherwise(sheet, book)
        found = [
            cell
            for cell in sheet.shown
            if _is_unseen(cell, book)
            and not any(area.holds(cell.row, cell.column) for area in coloured)
        ]
        found += [cell for cell, look in _conditions(sheet, book) if _hidden_by(look, cell, book)]
        if found:
            yield COLOUR.at(sheet.grid.where(found))


def hiding_formats(book: Workbook) -> Iterator[Leak]:
    """Formats of numbers that show nothing of what is in the cell."""
    for sheet in book.sheets:
        found = [
            cell for cell in sheet.shown if hides(book.styles.of(cell.style).format, cell.number)
        ]
        found += [
            cell
            for cell, look in _conditions(sheet, book)
            if not cell.error and cell.text.strip() and hides(look.format, cell.number)
        ]
        if found:
            yield FORMAT.at(sheet.grid.where(found))


def tiny_text(book: Workbook) -> Iterator[Leak]:
    """Texts that are too small to be read."""
    for sheet in book.sheets:
        found = [
            cell for cell in sheet.shown if (book.styles.of(cell.style).size or SMALLEST) < SMALLEST
        ]
        if found:
            yield TINY.at(sheet.grid.where(found))


def _is_unseen(cell: Cell, book: Workbook) -> bool:
    """By the cell's own style, or by the colour of a piece of its text."""
    look = book.styles.of(cell.style)
    behind = _behind(look)
    if behind is None:
        return False
    pieces = book.texts[cell.string].colours if cell.string >= 0 else ()
    return unseen(look.text or BLACK, behind) or any(unseen(one, behind) for one in pieces)


def _behind(look: Look) -> tuple[int, int, int] | None:
    """The colour behind a text; None where it is a pattern that cannot be told."""
    return (look.fill or None) if look.filled else WHITE


def _hidden_by(look: Look, cell: Cell, book: Workbook) -> bool:
    """Whether a conditional format would hide what is in a cell; an error may be hidden so."""
    if look.text is None or cell.error or not cell.text.strip():
        return False
    behind = look.fill if look.filled else _behind(book.styles.of(cell.style))
    return behind is not None and unseen(look.text, behind)


def _conditions(sheet: Sheet, book: Workbook) -> Iterator[tuple[Cell, Look]]:
    """The cells that conditional formats are for, with the look of each."""
    for areas, looks in _rules(sheet, book):
        telling = [look for look in looks if look.text is not None or look.format != "General"]
        if not telling:
            continue
        for cell in sheet.shown:
            if any(area.holds(cell.row, cell.column) for area in areas):
                yield from ((cell, look) for look in telling)


def _rules(sheet: Sheet, book: Workbook) -> Iterator[tuple[Sequence[Area], Sequence[Look]]]:
    for one in sheet.rest.each("conditionalFormatting"):
        areas = [
            area for said in one.attributes.get("sqref", "").split() for area in areas_of(said)
        ]
        numbers = [rule.attributes.get("dxfId", "") for rule in one.each("cfRule")]
        known = book.styles.conditions
        looks = [known[int(n)] for n in numbers if n.isdecimal() and int(n) < len(known)]
        yield areas, looks


def _coloured_otherwise(sheet: Sheet, book: Workbook) -> list[Area]:
    """Blocks whose fill does not come from the cells: heads of tables with a style, and
    conditional formats that fill."""
    found: list[Area] = []
    for areas, looks in _rules(sheet, book):
        if any(look.filled for look in looks):
            found += areas
    for one in sheet.rest.each("conditionalFormatting"):
        if any(one.each("colorScale")):
            found += [
                area for said in one.attributes.get("sqref", "").split() for area in areas_of(said)
            ]
    opened = book.opened
    for edge in opened.edges:
        if edge.source == sheet.part and edge.kind == "table" and edge.target in opened.package:
            table = opened.root(edge.target)
            area = area_of(table.attributes.get("ref", ""))
            if area and any(one.attributes.get("name") for one in table.each("tableStyleInfo")):
                found += [
                    Area(area.top, area.left, area.top, area.right),
                    Area(area.bottom, area.left, area.bottom, area.right),
                ]
    return found
