"""The CSV files of a scorecard: targets, comparators, populations, overrides, areas.

People edit them in Excel, which rewrites 2014-02 as Feb-14 or 01/02/2014 when it saves. Those are
read as what they were.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Located
from workbook_builder.catalogue.faults import Loc, field_names, missing, translate, unknown
from workbook_builder.catalogue.files import read_csv_text
from workbook_builder.catalogue.listed import Area
from workbook_builder.catalogue.model import (
    Comparator,
    Override,
    Population,
    Target,
)
from workbook_builder.errors import Fault, Place
from workbook_builder.periods import MONTH_NAMES

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Table(Generic[M]):
    """One kind of CSV file: what a row of it is, and which columns Excel takes for dates."""

    name: str
    model: type[M]
    months: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    @property
    def required(self) -> list[str]:
        """The columns that no file of this kind can do without."""
        fields = self.model.model_fields.items()
        return [field.alias or name for name, field in fields if field.is_required()]


TARGETS = Table("targets.csv", Target, months=("from", "to"), dates=("agreed_on",))
COMPARATORS = Table("comparators.csv", Comparator)
POPULATIONS = Table("populations.csv", Population, dates=("published_on",))
OVERRIDES = Table("overrides.csv", Override, months=("period",))
AREAS = Table("areas.csv", Area)


def read_table(folder: Path, table: Table[M], faults: list[Fault]) -> tuple[Located[M], ...]:
    """The good rows of a file; faults are added. A file that is not there has no rows."""
    path = folder / table.name
    if not path.exists():
        return ()
    text = read_csv_text(path, table.name, faults)
    rows = list(_rows(text, table.name, faults)) if text else []
    if not rows:
        return ()
    header = [name.strip().casefold() for name in rows[0][1]]
    if header_faults := list(_header_faults(table, header)):
        faults.extend(header_faults)
        return ()
    items = []
    for number, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        item = _row(table, header, number, cells, faults)
        if item is not None:
            items.append(item)
    return tuple(items)


def column_letter(index: int) -> str:
    """Excel's letter for a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rows(text: str, name: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Excel's row numbers and the cells; stops at a row that cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield number, cells
    except csv.Error:
        faults.append(
            Fault(
                Code.RAGGED,
                "The row cannot be read, nor anything after it.",
                Place(file=name, row=number + 1),
                fix='Look for a single double quote (") in the row.',
            )
        )


def _header_faults(table: Table[Any], header: list[str]) -> Iterator[Fault]:
    known = field_names(table.model)
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        yield Fault(
            Code.RAGGED,
            "The columns are not separated by commas.",
            Place(file=table.name, row=1),
            fix='In Excel choose "Save as" and "CSV UTF-8 (comma delimited)".',
        )
        return
    for index, name in enumerate(header):
        place = Place(file=table.name, row=1, column=column_letter(index))
        if name and name not in known:
            yield unknown(name, known, f"a column of {table.name}", place)
        elif name and name in header[:index]:
            yield Fault(Code.GIVEN_TWICE, f'There are two columns "{name}".', place)
    for name in table.required:
        if name not in header:
            yield missing(table.model, name, Place(file=table.name, row=1))


def _row(
    table: Table[M], header: list[str], number: int, cells: list[str], faults: list[Fault]
) -> Located[M] | None:
    if fault := _ragged(table.name, header, number, cells):
        faults.append(fault)
        return None
    given = {
        name: _as_written(table, name, cell.strip())
        for name, cell in zip(header, cells, strict=False)
        if name and cell.strip()
    }
    letters = {name: column_letter(index) for index, name in enumerate(header) if name}
    row_place = Place(file=table.name, row=number, indicator=given.get("indicator", ""))

    def where(loc: Loc) -> Place:
        name = str(loc[0]) if loc else ""
        return replace(row_place, field=name, column=letters.get(name, ""))

    try:
        return Located(table.model.model_validate(given), row_place, letters)
    except ValidationError as error:
        faults.extend(translate(table.model, error, where))
        return None


def _ragged(name: str, header: list[str], number: int, cells: Sequence[str]) -> Fault | None:
    """A row whose cells do not match the columns: too few, or something beyond or without one."""
    place = Place(file=name, row=number)
    if len(cells) < len(header):
        what = f"The row has {len(cells)} cells, the header has {len(header)} columns."
        return Fault(Code.RAGGED, what, place, fix="A blank cell still needs its comma.")
    for index, cell in enumerate(cells):
        if cell.strip() and (index >= len(header) or not header[index]):
            what = f'"{cell.strip()[:60]}" stands under no column name.'
            place = Place(file=name, row=number, column=column_letter(index))
            fix = "Text that holds a comma needs double quotes around it."
            return Fault(Code.RAGGED, what, place, fix=fix)
    return None


def _as_written(table: Table[Any], name: str, cell: str) -> str:
    """A month or date as it was before Excel rewrote it; any other text unchanged."""
    if name not in table.months and name not in table.dates:
        return cell
    day = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", cell)
    iso = f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}" if day else cell
    if name in table.dates:
        return iso
    if full := re.fullmatch(r"(\d{4}-\d{2})-\d{2}", iso):
        return full[1]
    short = re.fullmatch(r"([A-Za-z]{3})-(\d{2})", cell)
    if short and short[1].capitalize() in MONTH_NAMES:
        return f"20{short[2]}-{MONTH_NAMES.index(short[1].capitalize()) + 1:02d}"
    return cell
