"""Small files of lists, as councils export them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from workbook_builder.lists.definitions import Kind, ListDef, lists
from workbook_builder.lists.model import Lists, Problem
from workbook_builder.lists.read import read_lists

AS_AT = dt.date(2024, 6, 30)
Rows = Sequence[Sequence[Any]]


def headings(key: str) -> list[str]:
    """Ofsted's headings of a list."""
    return [column.heading for column in lists()[key].columns]


def good_row(key: str, child: Any = 1001, **values: Any) -> list[Any]:
    """A row of a list with nothing wrong in it, but for the values given by column key."""
    row = []
    for column in lists()[key].columns:
        value: Any
        if column is lists()[key].id:
            value = child
        elif column.kind is Kind.DATE:
            value = "12/03/2015" if column.key == "date_of_birth" else "05/04/2024"
        elif column.codes:
            value = next(iter(column.codes))
        elif column.kind is Kind.NUMBER:
            value = 9 if column.key == "age" else 1
        else:
            value = "SW1" if column.key in ("worker", "personal_adviser") else "Team 1"
        row.append(values.get(column.key, value))
    assert set(values) <= set(lists()[key].keys)
    return row


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook of sheets; dates as Excel's, None as no cell, texts that start with = as formulas.

    A formula may have its value behind a bar: "=A1|5". Without one it is saved without a value.
    """
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, (dt.date, dt.datetime)):
                    sheet.write_datetime(number, place, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    formula, _, saved = value.partition("|")
                    shown: Any = int(saved) if saved.isdigit() else saved
                    sheet.write_formula(number, place, formula, day, shown)
                elif isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
    book.close()
    return path


def a_list(folder: Path, key: str, rows: Rows, heading: Sequence[str] | None = None) -> Path:
    """A workbook with one list."""
    number = lists()[key].number
    return workbook(
        folder / "lists.xlsx", {f"List_{number}": [list(heading or headings(key)), *rows]}
    )


def csv_file(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def read(path: Path, **settings: Any) -> Lists:
    """The lists, as at a day that does not move; every promise about counts is checked."""
    found = read_lists(path, as_at=AS_AT, **settings)
    for key, frame in found.frames.items():
        count = found.counts[key]
        assert count.read == count.used + count.left_out
        assert count.used == len(frame)
        assert list(frame.columns) == [*definition(key).keys, "_file", "_sheet", "_row"]
        listed = sum(
            each.count
            for each in found.problems
            if each.list == key and each.done.value == "row left out"
        )
        assert listed == count.left_out
    return found


def definition(key: str) -> ListDef:
    """The list with this key."""
    return lists()[key]


def told(found: Lists, kind: str) -> list[Problem]:
    """The problems of a kind."""
    return [each for each in found.problems if each.kind == kind]
