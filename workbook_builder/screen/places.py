"""Cells where nobody looks: far off, outside of what prints, behind charts and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from workbook_builder.screen.model import Kind, Leak
from workbook_builder.screen.workbook import HEIGHT, WIDTH, Area, Sheet, Workbook, is_on
from workbook_builder.writers.closed.markup import Element

FAR = Kind(
    "WB824",
    "Cells stand far from everything else on the sheet, where no reader sees them.",
    "Delete them, or move them to the rest if they are for the readers.",
)
OUTSIDE = Kind(
    "WB825",
    "Cells stand outside the print area: not on paper, but in the file.",
    "Delete them, or set the print area anew if they are for the readers.",
)
BEHIND = Kind(
    "WB826",
    "Cells stand behind a chart, picture or shape.",
    "Move the chart aside, and delete what is in the cells.",
)
HIDDEN_SHAPE = Kind(
    "WB817",
    "A chart, picture or shape is hidden, and goes along with the file.",
    "Show it (Home, Find & Select, Selection Pane, Show All) and delete it.",
)
# So many empty rows or columns part what belongs together from what is far off.
ROWS_APART, COLUMNS_APART = 50, 15
_POINT, _DIGIT = 12_700, 66_675  # English Metric Units of a point and of a column's digit
_PADDING = 47_625
_SHOWN = ("pic", "graphicFrame", "sp", "grpSp")


def far_off(book: Workbook) -> Iterator[Leak]:
    """Cells parted from the rest by many empty rows or columns."""
    for sheet in book.sheets:
        cells = sheet.shown
        low = _beyond((cell.row for cell in cells), ROWS_APART)
        right = _beyond((cell.column for cell in cells), COLUMNS_APART)
        found = [cell for cell in cells if cell.row >= low or cell.column >= right]
        if found:
            yield FAR.at(sheet.grid.where(found))


def outside_print(book: Workbook) -> Iterator[Leak]:
    """Cells outside the print area of a sheet that has one; repeated titles are inside."""
    for sheet in book.sheets:
        areas = book.areas(sheet, "_xlnm.Print_Area")
        if not areas:
            continue
        areas += book.areas(sheet, "_xlnm.Print_Titles")
        found = [
            cell
            for cell in sheet.shown
            if not any(one.holds(cell.row, cell.column) for one in areas)
        ]
        if found:
            yield OUTSIDE.at(sheet.grid.where(found))


def behind_drawings(book: Workbook) -> Iterator[Leak]:
    """Cells that a chart, picture or filled shape covers wholly."""
    for sheet in book.sheets:
        covered = [area for anchor in _anchors(sheet, book) if (area := _area(anchor, sheet))]
        found = [
            cell for cell in sheet.shown if any(one.holds(cell.row, cell.column) for one in covered)
        ]
        if found:
            yield BEHIND.at(sheet.grid.where(found))


def hidden_shapes(book: Workbook) -> Iterator[Leak]:
    """Drawings that are not shown."""
    for sheet in book.sheets:
        hidden = [
            said
            for anchor in _anchors(sheet, book)
            for said in anchor.each("cNvPr")
            if is_on(said.attributes.get("hidden"))
        ]
        if hidden:
            yield HIDDEN_SHAPE.at(sheet.label)


def _beyond(used: Iterable[int], apart: int) -> int:
    """The first row or column behind a wide gap; one that is never reached where there is none."""
    ordered = sorted(set(used))
    gaps = pairwise(ordered)
    return next((after for before, after in gaps if after - before > apart), 1 << 30)


def _anchors(sheet: Sheet, book: Workbook) -> Iterator[Element]:
    opened = book.opened
    for edge in opened.edges:
        if edge.source == sheet.part and edge.kind == "drawing" and edge.target in opened.package:
            yield from opened.root(edge.target).children


def _area(anchor: Element, sheet: Sheet) -> Area | None:
    """The cells that an object of a drawing covers wholly; None for one that is seen through."""
    shape = next((one for one in anchor.children if one.name in _SHOWN), None)
    start = anchor.child("from")
    if shape is None or start is None or _is_clear(shape):
        return None
    top, left = (_whole(start, "row"), _whole(start, "col"))
    end, size = anchor.child("to"), anchor.child("ext")
    if end is not None:
        bottom, right = _number(end, "row"), _number(end, "col")
    elif size is not None:
        bottom = _reach(sheet, start, "row", int(size.attributes.get("cy", "0")))
        right = _reach(sheet, start, "col", int(size.attributes.get("cx", "0")))
    else:
        return None
    return Area(top + 1, left + 1, bottom, right)


def _is_clear(shape: Element) -> bool:
    """Whether a shape has no fill of its own, as a text box may."""
    looks = shape.child("spPr")
    return (
        shape.name == "sp" and looks is not None and any(c.name == "noFill" for c in looks.children)
    )


def _number(corner: Element, name: str) -> int:
    found = corner.child(name)
    return int(found.text) if found and found.text.strip().isdecimal() else 0


def _whole(corner: Element, name: str) -> int:
    """The first row or column, from 0, that is covered from its edge on."""
    return _number(corner, name) + (1 if _number(corner, f"{name}Off") > 0 else 0)


def _reach(sheet: Sheet, start: Element, name: str, size: int) -> int:
    """How many rows or columns from the sheet's edge end within an object of a size."""
    sizes = _row_sizes(sheet) if name == "row" else _column_sizes(sheet)
    usual = int(HEIGHT * _POINT) if name == "row" else int(WIDTH * _DIGIT) + _PADDING
    at, left = _number(start, name), size + _number(start, f"{name}Off")
    while left >= sizes.get(at + 1, usual) and at < 1_048_576:
        left -= max(sizes.get(at + 1, usual), 1)
        at += 1
    return at


def _row_sizes(sheet: Sheet) -> dict[int, int]:
    return {row.number: int(row.height * _POINT) for row in sheet.rows if row.height is not None}


def _column_sizes(sheet: Sheet) -> dict[int, int]:
    sizes = {}
    for one in sheet.each("col"):
        width = float(one.attributes.get("width", "0") or 0)
        first, last = (int(one.attributes.get(key, "0")) for key in ("min", "max"))
        for column in range(first, min(last, first + 500) + 1):
            sizes[column] = int(width * _DIGIT)
    return sizes
