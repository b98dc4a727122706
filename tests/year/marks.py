"""What a closed workbook of the year shows: marks beside figures, words, every cell's value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from tests.measuring import unmeasured
from tests.oracles.reading import reading

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
BLOCKS = ("value", "numerator", "denominator", "mark")
PERIODS = "periods of Figures"
# Columns of Judgement that say where on Figures something stands.
POSITIONS = {
    "Row of the blocks",
    "Column of the last figure this year",
    "First column added up",
}
# The row of Figures that has the period of each role.
ROLES = 5
Cells = dict[tuple[str, str], Any]


def marks_of(path: Path) -> dict[tuple[str, str], str]:
    """r and p by indicator and month, said beside the figure or in the head of the month."""
    book = reading(path, values=True)
    keys = [row[0] for row in _named(book, "fig_key")]
    periods = _named(book, "fig_period")[0]
    said = _said_in_heads(book)
    found = {}
    for key, row in zip(keys, _named(book, "fig_mark"), strict=True):
        for period, mark in zip(periods, row, strict=True):
            kind, _, month = str(period).partition(" ")
            if kind == "month" and key and "|" not in str(key):
                found[str(key), month] = str(mark or "")
    figures = _figures(book, keys, periods)
    return {
        key: "p" if not mark and key[1] in said and key in figures else mark
        for key, mark in found.items()
    }


def _said_in_heads(book: openpyxl.Workbook) -> set[str]:
    """The months whose heads say that all of the month is provisional."""
    sheet = book["Figures"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, 12)}
    found = set()
    for col in range(2, sheet.max_column + 1):
        head = str(sheet.cell(rows["Head of a column"], col).value)
        kind, _, month = str(sheet.cell(ROLES, col).value).partition(" ")
        if kind == "month" and head.endswith("[p]"):
            found.add(month)
    return found


def _figures(
    book: openpyxl.Workbook, keys: list[Any], periods: tuple[Any, ...]
) -> set[tuple[str, str]]:
    """Where a figure or a symbol that says something stands."""
    return {
        (str(key), str(period).partition(" ")[2])
        for key, row in zip(keys, _named(book, "fig_value"), strict=True)
        for period, value in zip(periods, row, strict=True)
        if value not in (None, "", "[x]", "[z]")
    }


def _named(book: openpyxl.Workbook, name: str) -> list[tuple[Any, ...]]:
    sheet, span = next(iter(book.defined_names[name].destinations))
    left, top, right, bottom = range_boundaries(span.replace("$", ""))
    area = book[sheet].iter_rows(top, bottom, left, right, values_only=True)
    return list(area)


@unmeasured()
def cells_of(path: Path) -> Cells:
    """The value of every cell; of Figures by series and period, which may stand elsewhere."""
    book = reading(path, values=True)
    keyed: Cells = {(PERIODS, str(one)): True for one in _named(book, "fig_period")[0]}
    keyed |= {
        (f"Figures, {name}", f"{key[0]} {period}"): _plain(value)
        for name in BLOCKS
        for key, row in zip(_named(book, "fig_key"), _named(book, f"fig_{name}"), strict=True)
        for period, value in zip(_named(book, "fig_period")[0], row, strict=True)
        if value not in (None, "", "[x]", "-")
    }
    return keyed | {
        (sheet.title, cell.coordinate): value
        for sheet in book.worksheets
        if sheet.title != "Figures"
        for column in sheet.iter_cols()
        if not POSITIONS & {cell.value for cell in column[:6]}
        for cell in column
        if (value := _plain(cell.value)) is not None
    }


def grids_of(path: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """By indicator the figures of its grid's months, and the word of its light."""
    book = reading(path, values=True)
    found = {}
    for sheet in book.worksheets:
        heads: dict[int, str] = {}
        for row in sheet.iter_rows():
            said = {cell.column: str(cell.value) for cell in row if cell.value is not None}
            if said.get(2) == "Indicator" and "Status by hand" in said.values():
                heads = said
            elif heads and (code := next(_at(row, heads, "Indicator code"), "")):
                months = {
                    _month(head): _plain(row[col - 1].value)
                    for col, head in heads.items()
                    if _month(head)
                }
                found[str(code)] = (months, str(next(_at(row, heads, "Status"), "")))
            else:
                heads = {}
    return found


def _at(row: tuple[Any, ...], heads: dict[int, str], head: str) -> Iterator[Any]:
    return (row[col - 1].value for col, one in heads.items() if one == head and row[col - 1].value)


def _month(head: str) -> str:
    """The month of a head such as Apr-24 [p]; nothing for other heads."""
    name, _, year = head.removesuffix(" [p]").partition("-")
    return f"20{year}-{MONTHS.index(name) + 1:02}" if name in MONTHS and year.isdigit() else ""


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Every text with its sheet, notes included."""
    book = reading(path, values=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield sheet.title, cell.value
                if cell.comment is not None:
                    yield sheet.title, cell.comment.text


def _plain(value: Any) -> Any:
    """Numbers on 15 digits; nothing where a cell is empty."""
    if value in (None, ""):
        return None
    return float(f"{value:.15g}") if isinstance(value, (int, float)) else value
