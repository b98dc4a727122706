"""What is wrong in the public sample workbooks, found with openpyxl and the guidance alone.

Every problem found so has to be in the problems report, at its row and column, and nothing else.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.proof.layout import LISTS
from tests.proof.plain import ERRORS, an_id, head_row, heading, is_nothing, kept_rows
from workbook_builder.lists.read import read_lists

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "annex_a"
GUIDANCE = SAMPLES.parent / "ofsted" / "columns.csv"
AS_AT = dt.date(2021, 3, 31)
ONE_ROW_EACH = 6, 7, 8, 9, 10
OFSTEDS = "Front_Sheet", "FAQ_and_changes", "Guidance", "Codes_used"
# Wrong in practice more often than right, dropped in any case, and never told.
NOT_ASKED_FOR = "Placement postcode"
Found = tuple[str, str, int | None, str]


@dataclass(frozen=True)
class Asked:
    """What the guidance asks of a column."""

    holds: str
    required: bool
    codes: tuple[str, ...]


def asked() -> dict[int, dict[str, Asked]]:
    """By list and heading, as headings are compared."""
    found: dict[int, dict[str, Asked]] = {number: {} for number in LISTS}
    with GUIDANCE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            required = bool(row["required"]) and row["heading"] != NOT_ASKED_FOR
            codes = tuple(row["codes"].split(" | ")) if row["codes"] else ()
            column = Asked(row["holds"], required, codes)
            found[int(row["list"])][heading(row["heading"])] = column
    return found


def parts(code: str) -> set[str]:
    """A printed code as it may be written: whole, without its letter, its sign, its words."""
    small = " ".join(code.replace("’", "'").casefold().split())
    bare = re.sub(r"^[a-z]{1,2}\) ?", "", small)
    return {small, bare, *(one.strip() for one in re.split(r":| - ", bare, maxsplit=1))}


def problems_of(path: Path) -> Iterator[Found]:
    """Kind, list, Excel's row (none for a whole sheet) and column letter."""
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book:
        if sheet.title in OFSTEDS:
            continue
        number = int(sheet.title.replace("_", " ").removeprefix("List "))
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        yield from _of_sheet(LISTS[number][0], number, rows)


def _of_sheet(name: str, number: int, rows: list[list[Any]]) -> Iterator[Found]:
    top = head_row(rows)
    kept, read = kept_rows(rows)
    if not read:
        yield "no rows", name, None, ""
        return
    columns = {"age": Asked("number", False, ()), **asked()[number]}
    numbered = [
        (at, row) for at, row in enumerate(rows, start=1) if any(row is one for one in kept)
    ]
    for at in _repeated(rows, kept, top):
        yield "repeated row", name, at, "A"
    for place, title in enumerate(rows[top]):
        column = columns[heading(title)]
        letter = get_column_letter(place + 1)
        cells = [(at, row[place]) for at, row in numbered]
        blank = [at for at, cell in cells if is_nothing(cell)]
        if column.required and column.holds != "id" and len(blank) == len(cells):
            yield "required and blank", name, None, letter
        elif column.required and column.holds != "id":
            yield from (("required and blank", name, at, letter) for at in blank)
        for at, cell in cells:
            if not is_nothing(cell) and (kind := _wrong(cell, column)):
                yield kind, name, at, letter
    ids: Counter[str] = Counter()
    for at, row in numbered:
        ids[an_id(row[0])] += 1
        if number in ONE_ROW_EACH and ids[an_id(row[0])] > 1:
            yield "child twice", name, at, "A"


def _repeated(rows: list[list[Any]], kept: list[list[Any]], top: int) -> list[int]:
    """Rows that stand in the sheet and are not kept."""
    return [
        at
        for at, row in enumerate(rows[top + 1 :], start=top + 2)
        if not all(map(is_nothing, row)) and not any(row is one for one in kept)
    ]


def _wrong(cell: Any, column: Asked) -> str:
    if cell in ERRORS:
        return "error value"
    if column.holds == "date":
        return "" if isinstance(cell, dt.datetime) or _iso(cell) else "not a date"
    if column.holds == "number":
        return "" if isinstance(cell, (int, float)) else "not a number"
    if column.codes:
        said = " ".join(str(cell).replace("’", "'").casefold().split())
        known = set().union(*map(parts, column.codes))
        return "" if said in known or parts(said) & known else "unknown code"
    return ""


def _iso(cell: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_what_is_wrong_is_told_and_nothing_else(path: Path) -> None:
    wanted = Counter(problems_of(path))
    found = read_lists(path, as_at=AS_AT)
    told = Counter((one.kind, one.list, one.row, one.column) for one in found.problems)
    assert told - wanted == Counter()
    assert wanted - told == Counter()
    assert {one.file for one in found.problems} == {path.name}
    assert found.missing_lists == ()
    sheets = set(openpyxl.load_workbook(path).sheetnames)
    assert {one.sheet for one in found.problems} <= sheets - set(OFSTEDS)


def test_the_samples_have_something_wrong_of_many_kinds() -> None:
    kinds = Counter(kind for path in SAMPLES.glob("*.xlsx") for kind, *_ in problems_of(path))
    assert kinds == {
        "required and blank": 59,
        "no rows": 23,
        "error value": 10,
        "unknown code": 6,
        "not a date": 1,
        "repeated row": 1,
    }
