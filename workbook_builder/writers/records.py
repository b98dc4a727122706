"""Records behind a figure as .xlsx or .csv: the warning first, then headings, then the records.

Written row by row, so that a list of any length fits. What stands in a record stays what it is: a
text is never a formula or a link, a date is a date.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.lists.definitions import Kind

if TYPE_CHECKING:
    from workbook_builder.listed.records import Column, Records

ENDINGS = (".xlsx", ".csv")
SHEET = "Records"
EXCEL_ROWS = 1_048_576
FIRST_RECORD = 2
_AT_ONCE = 10_000
_WIDTHS = {Kind.DATE: 12, Kind.NUMBER: 10}
_WIDTH_OF_TEXT = 18
_HEADING_LINES, _WARNING_ACROSS, _LINE = 5, 7, 15.5
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | float | dt.date | None


def write_records(records: Records, path: Path) -> None:
    """Write the records as the ending of `path` says; it is one of ENDINGS.

    Raises UserError where a sheet of Excel cannot hold so many.
    """
    if path.suffix.casefold() == ".csv":
        _write_csv(records, path)
    else:
        _write_xlsx(records, path)


def _write_csv(records: Records, path: Path) -> None:
    """UTF-8 with a byte order mark; dates as 2025-03-31, which no country reads otherwise."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([records.warning])
        writer.writerow([_harmless(column.heading) for column in records.columns])
        for row in _rows(records.columns):
            writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])


def _harmless(text: str) -> str:
    """A text that a spreadsheet program would take for a formula, marked as a text."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _write_xlsx(records: Records, path: Path) -> None:
    if records.rows > EXCEL_ROWS - FIRST_RECORD:
        what = f"There are {records.rows:,} records, more than a sheet of Excel has rows."
        fix = "Name a .csv file with --out, or ask for one group with --breakdown."
        raise UserError([Fault("WB405", what, Place(path.name), fix=fix)])
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    options |= {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet(SHEET)
    warning = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#FBE4E4", "border": 1}
    )
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    date = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    columns, last = records.columns, len(records.columns) - 1
    widths = [_width(column) for column in columns]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.set_header('&C&"Arial,Bold"OFFICIAL-SENSITIVE: personal data about children')
    sheet.freeze_panes(FIRST_RECORD, 0)
    sheet.autofilter(1, 0, max(FIRST_RECORD - 1 + records.rows, 1), last)
    lines = math.ceil(len(records.warning) / sum(widths[:_WARNING_ACROSS])) + 1
    sheet.set_row(0, lines * _LINE)
    sheet.merge_range(0, 0, 0, min(_WARNING_ACROSS - 1, last), "", warning)
    sheet.write_string(0, 0, records.warning, warning)
    sheet.set_row(1, _HEADING_LINES * _LINE)
    for place, column in enumerate(columns):
        sheet.write_string(1, place, column.heading, heading)
    for row, cells in enumerate(_rows(columns), start=FIRST_RECORD):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, place, _plain(cell))
            elif isinstance(cell, dt.date):
                sheet.write_datetime(row, place, cell, date)
            elif cell is not None:
                sheet.write_number(row, place, cell)
    book.close()


def _width(column: Column) -> int:
    """A column wide enough for its heading in the lines that there are."""
    needed = math.ceil(len(column.heading) / (_HEADING_LINES - 1)) + 2
    return max(_WIDTHS.get(column.kind, _WIDTH_OF_TEXT), needed)


def _plain(text: str) -> str:
    """XlsxWriter takes a text between <r> and </r> for its own mark-up; a blank behind it ends
    that."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _rows(columns: Sequence[Column]) -> Iterator[tuple[Cell, ...]]:
    """The records, some at a time as objects of Python."""
    for first in range(0, len(columns[0].values), _AT_ONCE):
        yield from zip(*(_cells(one, first, first + _AT_ONCE) for one in columns), strict=True)


def _cells(column: Column, first: int, until: int) -> list[Cell]:
    values = column.values[first:until]
    if column.kind is Kind.DATE:
        return [_date(day) for day in values.astype("datetime64[D]").tolist()]
    if column.kind is Kind.NUMBER:
        return [_number(value) for value in values.tolist()]
    return [str(value) if value else None for value in values.tolist()]


def _date(day: dt.date | None) -> Cell:
    """Excel has no dates before 1900; such a one stays a text."""
    return day if day is None or day.year >= 1900 else day.isoformat()


def _number(value: float) -> Cell:
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else value
