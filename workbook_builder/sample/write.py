"""Writes an extract as one workbook, or as a folder with a CSV file for each list."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from workbook_builder.sample.days import date_of
from workbook_builder.sample.faults import EXCEL_EPOCH, Dated, Formula, Found
from workbook_builder.sample.layout import DATE
from workbook_builder.sample.mess import Grid, Made, Value

FILLER = {1: "01/01/1900"}
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_workbook(path: Path, grids: Sequence[Grid], day: dt.date) -> None:
    """One sheet for each list. The same grids give the same bytes."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    book.set_properties(
        {
            "title": "Synthetic Annex A lists",
            "comments": "Invented data: nothing here is about real people.",
            "created": dt.datetime(day.year, day.month, day.day),
        }
    )
    date_format = book.add_format({"num_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True})
    for grid in grids:
        sheet = book.add_worksheet(grid.sheet)
        dates = [kind is DATE for kind in grid.kinds]
        for column, is_date in enumerate(dates):
            sheet.set_column(column, column, 12 if is_date else 20)
        first = 0
        if grid.title:
            sheet.write_string(0, 0, f"List {grid.layout.number}: {grid.layout.title}", bold)
            first = 1
        for column, heading in enumerate(grid.headings):
            sheet.write_string(first, column, heading, bold)
        _write_rows(sheet, grid, first + 1, dates, date_format)
    book.close()


def _write_rows(
    sheet: Any, grid: Grid, first: int, dates: Sequence[bool], date_format: Any
) -> None:
    write_string, write_number = sheet.write_string, sheet.write_number
    for row, cells in enumerate(grid.rows(), start=first):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, str):
                write_string(row, column, cell)
            elif isinstance(cell, Dated):
                write_number(row, column, cell.serial, date_format)
            elif isinstance(cell, Formula):
                value = "" if cell.value is None else cell.value
                sheet.write_formula(row, column, cell.text, date_format, value)
            elif dates[column] and (row - first, column) not in grid.found:
                write_number(row, column, cell, date_format)
            else:
                write_number(row, column, cell)


def write_list(path: Path, grid: Grid) -> None:
    """One list as CSV, dates as dd/mm/yyyy, UTF-8 with a byte order mark."""
    texts: dict[int, str] = dict(FILLER)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        if grid.title:
            blank = [""] * (len(grid.headings) - 1)
            writer.writerow([f"List {grid.layout.number}: {grid.layout.title}", *blank])
        writer.writerow(grid.headings)
        dates = [column for column, kind in enumerate(grid.kinds) if kind is DATE]
        for row, cells in enumerate(grid.rows()):
            for column in dates:
                cells[column] = _as_text(cells[column], texts, (row, column) in grid.found)
            writer.writerow(cells)


def _as_text(cell: Value | Found, texts: dict[int, str], found: bool) -> str | int | float:
    if cell is None or isinstance(cell, Formula):
        return ""
    if isinstance(cell, str) or (found and not isinstance(cell, Dated)):
        return cell if not isinstance(cell, Dated) else ""
    serial = cell.serial if isinstance(cell, Dated) else int(cell)
    if serial not in texts:
        texts[serial] = date_of(serial - EXCEL_EPOCH).strftime("%d/%m/%Y")
    return texts[serial]


def write_mess(path: Path, made: Sequence[tuple[str, Made]]) -> None:
    """What was put where: kind, file, list, row, column; no ids and no values."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("kind", "file", "list", "row", "column"))
        for file, one in made:
            row = "" if one.row is None else one.row
            writer.writerow((one.kind, file, one.number, row, one.column))
