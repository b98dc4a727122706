"""Checks of a package's cells: their places, styles, shared texts, merges and table headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from lxml import etree

from tests.oracles.cached import MAIN, attributes, cell_name, position, value_of
from tests.oracles.package_parts import Package

STYLES = "xl/styles.xml"
# Excel writes a character that XML cannot carry in a table's header as _x000A_.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
Block = tuple[int, int, int, int]


def cell_places(package: Package) -> Iterator[str]:
    """Rows and cells come in order, each once, and each cell is in the row it is numbered for."""
    for part in package.worksheets.values():
        last_row = -1
        for row in package.xml(part).iter(MAIN + "row"):
            number = int(row.get("r", "0")) - 1
            if number <= last_row:
                yield f"{part}: row {number + 1} comes after row {last_row + 1}"
            last_row = number
            last_column = -1
            for cell in row.iter(MAIN + "c"):
                reference = cell.get("r", "")
                at_row, column = position(reference)
                if at_row != number:
                    yield f"{part}: cell {reference} is in row {number + 1}"
                elif column == last_column:
                    yield f"{part}: cell {reference} is there twice"
                elif column < last_column:
                    before = cell_name(number, last_column)
                    yield f"{part}: cell {reference} comes after {before}"
                last_column = column


def style_numbers(package: Package) -> Iterator[str]:
    """Every cell, row and column has a style that the workbook defines."""
    formats = package.xml(STYLES).find(MAIN + "cellXfs")
    count = 0 if formats is None else len(formats)
    for part in package.worksheets.values():
        for tag, attribute in (("c", "s"), ("row", "s"), ("col", "style")):
            for element in package.xml(part).iter(MAIN + tag):
                style = element.get(attribute)
                if style is not None and int(style) >= count:
                    place = element.get("r") or f"{element.get('min')} to {element.get('max')}"
                    yield f"{part}: {tag} {place} has style {style} of {count}"


def format_numbers(package: Package) -> Iterator[str]:
    """Every conditional format and table uses a difference format that the workbook defines."""
    formats = package.xml(STYLES).find(MAIN + "dxfs")
    count = 0 if formats is None else len(formats)
    for part in [*package.worksheets.values(), *_tables(package)]:
        for element in package.xml(part).iter(etree.Element):
            for name, value in attributes(element):
                if name.lower().endswith("dxfid") and int(value) >= count:
                    tag = etree.QName(element).localname
                    yield f"{part}: {tag} has {name} {value} of {count}"


def shared_text_numbers(package: Package) -> Iterator[str]:
    """Every shared text that a cell points to is there."""
    count = len(package.strings)
    for part in package.worksheets.values():
        for cell in package.xml(part).iter(MAIN + "c"):
            if cell.get("t") == "s" and int(cell.findtext(MAIN + "v") or -1) not in range(count):
                text = cell.findtext(MAIN + "v")
                yield f"{part}: cell {cell.get('r')} has shared text {text} of {count}"


def merged_cells(package: Package) -> Iterator[str]:
    """No merged range overlaps another."""
    for part in package.worksheets.values():
        references = [m.get("ref", "") for m in package.xml(part).iter(MAIN + "mergeCell")]
        for one, other in combinations(references, 2):
            if _overlap(block_of(one), block_of(other)):
                yield f"{part}: merged {one} overlaps merged {other}"


def table_headers(package: Package) -> Iterator[str]:
    """Each table's column names are the texts of its header cells."""
    for sheet_part in package.worksheets.values():
        links = package.links(sheet_part).values()
        for part in [link.target for link in links if link.kind == "table"]:
            table = package.xml(part)
            if table.get("headerRowCount", "1") == "0":
                continue
            top, left, _, _ = block_of(table.get("ref", ""))
            texts = _row_values(package, sheet_part, top)
            for column, item in enumerate(table.iter(MAIN + "tableColumn"), start=left):
                name = ESCAPED.sub(lambda code: chr(int(code[1], 16)), item.get("name", ""))
                if texts.get(column) != name:
                    place = f"{sheet_part}: cell {cell_name(top, column)}"
                    yield f"{place} is {texts.get(column)!r}, its table's header {name!r}"


def block_of(reference: str) -> Block:
    """First row, first column, last row and last column of a reference such as A1:B2."""
    first, _, last = reference.partition(":")
    return (*position(first), *position(last or first))


def _tables(package: Package) -> list[str]:
    return [part for part in package.parts if part.startswith("xl/tables/")]


def _row_values(package: Package, part: str, number: int) -> dict[int, object]:
    rows = [r for r in package.xml(part).iter(MAIN + "row") if r.get("r") == str(number + 1)]
    return {
        position(cell.get("r", ""))[1]: value_of(cell, package.strings)
        for row in rows
        for cell in row.iter(MAIN + "c")
    }


def _overlap(one: Block, other: Block) -> bool:
    rows = one[0] <= other[2] and other[0] <= one[2]
    columns = one[1] <= other[3] and other[1] <= one[3]
    return rows and columns
