"""The values that a workbook file holds for its formulas, read straight from its XML.

Not through openpyxl: the tests must see what is in the file, not another library's reading of it.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from posixpath import join, normpath

from lxml import etree

from tests.measuring import unmeasured

# A number, date or logical value (1.0 or 0.0, as in Calc), a text or an error's name, or nothing.
Value = float | str | None

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]*)")


@unmeasured()
def written_formulas(path: Path) -> dict[str, dict[tuple[int, int], tuple[str, Value]]]:
    """Each sheet's formula cells, by row and column from 0: the formula and the value held."""
    with zipfile.ZipFile(path) as package:
        strings = shared_strings(package)
        return {
            name: _formulas_of(etree.fromstring(package.read(part)), strings)
            for name, part in worksheet_parts(package).items()
        }


def worksheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The worksheets of a package in order: name and part; chart sheets are left out."""
    targets = {
        link.get("Id"): normpath(join("xl", link.get("Target", ""))).removeprefix("/")
        for link in etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        if link.get("Type", "").endswith("/worksheet")
    }
    book = etree.fromstring(package.read("xl/workbook.xml"))
    sheets = [(s.get("name", ""), s.get(OFFICE + "id")) for s in book.iter(MAIN + "sheet")]
    return {name: targets[link] for name, link in sheets if link in targets}


def shared_strings(package: zipfile.ZipFile) -> list[str]:
    """The package's shared strings; a rich text's runs are joined."""
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    table = etree.fromstring(package.read("xl/sharedStrings.xml"))
    return [text_of(item) for item in table.iter(MAIN + "si")]


def text_of(item: etree._Element) -> str:
    """The text of a string item, plain or rich, without any phonetic reading aid."""
    return "".join(
        text.text or ""
        for text in item.iter(MAIN + "t")
        if next(text.iterancestors()).tag != MAIN + "rPh"
    )


def attributes(element: etree._Element) -> list[tuple[str, str]]:
    """An element's attributes as text, in the order of the file."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def position(reference: str) -> tuple[int, int]:
    """The row and column, from 0, of a reference such as B3 or $B$3."""
    match = CELL.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is not a cell reference")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def cell_name(row: int, column: int) -> str:
    """The reference of a row and column counted from 0: (2, 1) is B3."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row + 1}"


def value_of(cell: etree._Element, strings: list[str]) -> Value:
    """The value that a cell element holds; a formula without a value holds the empty text."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return text_of(cell)
    held = cell.findtext(MAIN + "v")
    if not held:
        # XlsxWriter writes a formula's empty text as <v></v> without t="str".
        return None if cell.find(MAIN + "f") is None else ""
    if kind == "s":
        return strings[int(held)]
    if kind in ("str", "e"):
        return held
    return float(held)


def _formulas_of(
    sheet: etree._Element, strings: list[str]
) -> dict[tuple[int, int], tuple[str, Value]]:
    found = {}
    for cell in sheet.iter(MAIN + "c"):
        formula = cell.find(MAIN + "f")
        if formula is not None:
            found[position(cell.get("r", ""))] = (formula.text or "", value_of(cell, strings))
    return found
