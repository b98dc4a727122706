"""The raw files read once more, cell by cell, by rules of our own and nothing of the program.

openpyxl or csv opens the file; what a cell means follows from the guidance of the lists and from
what real files look like: headings in row 1 or 2, ids as 123, "123.0" and "123 ", dates as dates,
numbers and texts with the day first, codes by the part that does not change. Slow, and short enough
to be read against the guidance.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from tests.measuring import unmeasured
from tests.proof.layout import LISTS

Row = dict[str, Any]
UNKNOWN = "??"
ERRORS = ("#N/A", "#MULTIVALUE", "#REF!", "#VALUE!")
EPOCH = dt.date(1899, 12, 30)
FILLER = dt.date(1900, 1, 1)
FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d/%m/%Y %H:%M:%S")
ID_HEADINGS = ("childuniqueid", "individualadopteridentifier")


def heading(text: Any) -> str:
    """A heading without what people and templates change in it."""
    small = str(text or "").casefold().replace("(y/n)", "")
    return "".join(letter for letter in small if letter.isascii() and letter.isalnum())


def is_nothing(value: Any) -> bool:
    return value is None or not str(value).replace("\u00a0", " ").strip()


def an_id(value: Any) -> str:
    """One child is one text: 123, "123.0" and "123 " alike."""
    text = "" if is_nothing(value) else str(value).strip()
    return "" if text in ERRORS else re.sub(r"\.0+$", "", text)


def a_date(value: Any, as_at: dt.date, birth: bool) -> dt.date | None:
    """The day in a cell; none for a filler, a day no calendar has, or one beyond belief."""
    day = _day_of(value)
    if day is None or day in (FILLER, EPOCH, EPOCH + dt.timedelta(days=1)):
        return None
    # Unborn children are expected within ten months; nothing else is planned years ahead.
    most = dt.timedelta(days=310 if birth else 731)
    if day > as_at + most or day.year <= as_at.year - 121:
        return None
    return day


def _day_of(value: Any) -> dt.date | None:
    if is_nothing(value) or isinstance(value, (bool, dt.time)):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str) and not re.fullmatch(r"\d{5}", value.strip()):
        for form in FORMS:
            try:
                return dt.datetime.strptime(value.strip(), form).date()
            except ValueError:
                continue
        return None
    return EPOCH + dt.timedelta(days=int(value))


def a_number(value: Any) -> float | None:
    if is_nothing(value):
        return None
    try:
        return float(str(value).strip())
    except ValueError:
        return None


def a_text(value: Any) -> str:
    text = "" if is_nothing(value) else " ".join(str(value).replace("\u00a0", " ").split())
    return "" if text in ERRORS else text


def a_code(value: Any, codes: str) -> str:
    """The stable part of a code: what stands behind "a)" and before a colon or a dash."""
    text = a_text(value)
    if not text:
        return ""
    known = {one.casefold(): one for one in (codes.split("|") if "|" in codes else codes.split())}
    bare = re.sub(r"^[a-z]{1,2}\) ?", "", text, flags=re.IGNORECASE)
    for said in (bare, re.split(r":| - ", bare)[0].strip()):
        if said.casefold() in known:
            return known[said.casefold()]
    return UNKNOWN


def cells(path: Path) -> Iterator[tuple[int, list[list[Any]]]]:
    """Every list of an extract, its number and all its rows of cells from Excel's row 1 on."""
    if path.is_dir():
        for file in sorted(path.glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as stream:
                yield _number(file.stem), list(csv.reader(stream))
        return
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book:
        yield _number(sheet.title), [list(row) for row in sheet.iter_rows(values_only=True)]


def _number(name: str) -> int:
    found = re.fullmatch(r"List[ _](\d+)", name)
    assert found, name
    return int(found[1])


def head_row(rows: list[list[Any]]) -> int:
    """Where the headings stand: in row 1, or in row 2 under a title."""
    return next(at for at in (0, 1) if any(heading(one) in ID_HEADINGS for one in rows[at]))


def kept_rows(rows: list[list[Any]]) -> tuple[list[list[Any]], int]:
    """The rows that count and how many were there: no empty ones, none without id, none twice."""
    top = head_row(rows)
    id_at = next(at for at, one in enumerate(rows[top]) if heading(one) in ID_HEADINGS)
    found = [row for row in rows[top + 1 :] if not all(map(is_nothing, row))]
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for row in found:
        same = tuple("" if is_nothing(cell) else cell for cell in row)
        same = (*same[:id_at], an_id(row[id_at]), *same[id_at + 1 :])
        if an_id(row[id_at]) and same not in seen:
            seen.add(same)
            kept.append(row)
    return kept, len(found)


@unmeasured()
def read(path: Path, as_at: dt.date) -> dict[str, list[Row]]:
    """All lists of an extract as plain rows."""
    return {LISTS[number][0]: list(_rows(number, rows, as_at)) for number, rows in cells(path)}


def _rows(number: int, rows: list[list[Any]], as_at: dt.date) -> Iterator[Row]:
    columns = {heading(name): found for name, found in LISTS[number][1].items()}
    heads = [heading(one) for one in rows[head_row(rows)]]
    assert set(columns) <= set(heads), (number, set(columns) - set(heads))
    for row in kept_rows(rows)[0]:
        yield {
            columns[name][0]: _clean(cell, columns[name][1], as_at)
            for name, cell in zip(heads, row, strict=True)
            if name in columns
        }


def _clean(value: Any, holds: str, as_at: dt.date) -> Any:
    if holds == "id":
        return an_id(value)
    if holds in ("date", "birth"):
        return a_date(value, as_at, holds == "birth")
    if holds == "number":
        return a_number(value)
    return a_text(value) if holds == "text" else a_code(value, holds)
