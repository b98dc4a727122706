"""One sheet of a list, cleaned into a table, with what was wrong in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from workbook_builder.errors import UserError
from workbook_builder.lists.cells import Cleaned, Coded, Flags, Integers, Issue, text_of
from workbook_builder.lists.codes import CodeBook, clean_codes, quotable
from workbook_builder.lists.dates import UNBORN, clean_dates
from workbook_builder.lists.definitions import ColumnDef, Kind, ListDef
from workbook_builder.lists.mapping import Own
from workbook_builder.lists.match import Matched, two_columns
from workbook_builder.lists.model import FILE, ROW, SHEET, Count, Done, Problem
from workbook_builder.lists.telling import Telling
from workbook_builder.lists.values import clean_ids, clean_numbers, clean_texts

DATE_OF_BIRTH, AGE = "date_of_birth", "age"
_REPEATED = Issue("repeated row", "a row with the same cells as one above", Done.ROW_LEFT_OUT)
_HEADINGS = Issue("headings again", "the headings a second time", Done.ROW_LEFT_OUT)
_ERROR = Issue("error value", "an error value of Excel", Done.BLANKED)
_UNSAVED = Issue("formula without value", "a formula saved without its value", Done.BLANKED)
_REQUIRED = Issue("required and blank", "nothing, though the guidance requires it", Done.KEPT)
_SECOND = Issue("child twice", "a second row for a child, in a list with one row each", Done.KEPT)


@dataclass(frozen=True)
class Table:
    """A clean table with its problems and the count of its rows."""

    definition: ListDef
    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    count: Count
    missing: tuple[str, ...]


def make_table(found: Matched, own: Own, as_at: dt.date, most_listed: int) -> Table:
    """The table of one sheet. Raises UserError where two columns both claim to be one."""
    telling = Telling(found, most_listed)
    content = _content(found)
    places = _places(found, content, telling)
    columns = {key: content.coded[place] for key, place in places.items()}
    kept, ids = _kept_rows(found, content, places, telling)
    making = _Making(found, own, as_at, telling, places, content.excel_rows[kept], ids)
    frame = making.frame({key: coded.taken(kept) for key, coded in columns.items()})
    making.of_the_sheet(content)
    read = len(content.excel_rows)
    missing = tuple(key for key in found.definition.keys if key not in places)
    count = Count(read, len(frame), read - len(frame))
    return Table(found.definition, frame, tuple(telling.problems), count, missing)


@dataclass(frozen=True)
class _Content:
    """Every column of a sheet without the rows in which nothing stands."""

    coded: tuple[Coded, ...]
    excel_rows: Integers

    def is_blank(self, place: int) -> bool:
        return bool(self.coded[place].blank.all())

    def alike(self, one: int, other: int) -> bool:
        first, second = self.coded[one], self.coded[other]
        return bool(np.all(first.values[first.codes] == second.values[second.codes]))


def _content(found: Matched) -> _Content:
    cells = found.raw.cells[found.data_from :]
    width = len(found.headings)
    coded = [Coded.of(cells[:, place]) for place in range(width)]
    filled = np.zeros(len(cells), dtype=bool)
    for column in coded:
        filled |= ~column.blank
    for row, _ in found.raw.unshown.errors | found.raw.unshown.unsaved:
        if 0 <= row - found.data_from < len(filled):
            filled[row - found.data_from] = True
    rows = np.flatnonzero(filled) + found.data_from + 1
    return _Content(tuple(column.taken(filled) for column in coded), rows.astype(np.int64))


def _places(found: Matched, content: _Content, telling: Telling) -> dict[str, int]:
    """The place of each column; of two with the same cells, or one of them blank, one."""
    places, faults = {}, []
    for key, claims in found.places.items():
        distinct = [
            place
            for number, place in enumerate(claims)
            if not any(content.alike(place, before) for before in claims[:number])
        ]
        filled = [place for place in distinct if not content.is_blank(place)]
        if len(filled) > 1:
            faults.append(two_columns(found, key))
        places[key] = (filled or distinct)[0]
        for place in claims:
            if place != places[key]:
                said = f"a second column of {key}, blank or with the same cells"
                telling.sheet("column twice", said, Done.COLUMN_LEFT_OUT, place)
    if faults:
        raise UserError(faults)
    return places


def _kept_rows(
    found: Matched, content: _Content, places: Mapping[str, int], telling: Telling
) -> tuple[Flags, Cleaned]:
    """All rows but those without an id, repeated ones, and headings that come again; the ids."""
    column = found.definition.id
    place = places[column.key]
    coded = content.coded[place]
    heading = found.headings[place].casefold()
    again = _says(coded, lambda text: text.casefold() == heading)
    telling.rows(again, _HEADINGS, place, content.excel_rows)
    cleaned = clean_ids(coded, required=True)
    telling.values(cleaned, coded, ~again, place, content.excel_rows)
    kept = ~again & (cleaned.values[coded.codes] != "")
    # Every column counts, also one that is not used: it may hold what tells two events apart.
    cells = {str(number): each.codes for number, each in enumerate(content.coded)}
    cells[str(place)] = pd.factorize(cleaned.values)[0][coded.codes]
    repeated = np.zeros(len(kept), dtype=bool)
    repeated[kept] = pd.DataFrame(cells)[kept].duplicated().to_numpy()
    telling.rows(repeated, _REPEATED, place, content.excel_rows)
    return kept & ~repeated, cleaned


@dataclass(frozen=True)
class _Making:
    """The rows that are kept, on their way to a table. ids are those of the distinct values."""

    found: Matched
    own: Own
    as_at: dt.date
    telling: Telling
    places: Mapping[str, int]
    rows: Integers
    ids: Cleaned

    @cached_property
    def private(self) -> Collection[str]:
        """The ids of the sheet, which nothing quotes."""
        return frozenset(self.ids.values.tolist()) - {""}

    def frame(self, columns: Mapping[str, Coded]) -> pd.DataFrame:
        definition, size = self.found.definition, len(self.rows)
        done: dict[str, Any] = {}
        for column in definition.columns:
            if column.key not in columns:
                done[column.key] = _nothing(column)[np.zeros(size, np.int64)]
                continue
            coded = columns[column.key]
            cleaned = self._cleaned(column, coded)
            done[column.key] = _typed(cleaned.values, column)[coded.codes]
            if column is not definition.id:
                self._tell(column, cleaned, coded)
        if DATE_OF_BIRTH in columns and AGE in done:
            says = _says(columns[DATE_OF_BIRTH], lambda text: text.casefold() in UNBORN)
            done[AGE] = np.where(says & np.isnan(done[AGE]), -1.0, done[AGE])
        if definition.one_row_each:
            second = pd.Series(done[definition.id.key]).duplicated().to_numpy(dtype=bool)
            self.telling.rows(second, _SECOND, self.places[definition.id.key], self.rows)
        raw, everywhere = self.found.raw, np.zeros(size, np.int64)
        done[FILE] = pd.Categorical.from_codes(everywhere, pd.Index([raw.file]))
        done[SHEET] = pd.Categorical.from_codes(everywhere, pd.Index([raw.sheet]))
        done[ROW] = self.rows
        return pd.DataFrame(done, copy=False)

    def _cleaned(self, column: ColumnDef, coded: Coded) -> Cleaned:
        if column.kind is Kind.ID:
            if column is self.found.definition.id:
                return self.ids
            return clean_ids(coded, required=False)
        if column.kind is Kind.DATE:
            return clean_dates(coded, self.as_at, birth=column.key == DATE_OF_BIRTH)
        if column.kind is Kind.NUMBER:
            return clean_numbers(coded, age=column.key == AGE)
        if column.kind is Kind.TEXT:
            return clean_texts(coded)
        book = CodeBook(column.codes, self.own.codes_of(self.found.definition, column))
        return clean_codes(coded, book, self.private)

    def _tell(self, column: ColumnDef, cleaned: Cleaned, coded: Coded) -> None:
        """What is wrong with the values, what no reader shows, and what should not be blank."""
        place = self.places[column.key]
        self.telling.values(cleaned, coded, np.ones(len(self.rows), bool), place, self.rows)
        unshown = self.found.raw.unshown
        empty = coded.blank
        for cells, issue in ((unshown.errors, _ERROR), (unshown.unsaved, _UNSAVED)):
            rows = [row + 1 for row, at in cells if at == place]
            if rows:
                flags = np.isin(self.rows, rows) & coded.blank
                self.telling.rows(flags, issue, place, self.rows)
                empty &= ~flags
        if not column.required:
            return
        if len(empty) and empty.all():
            said = "nothing in the whole column, though the guidance requires it"
            self.telling.sheet(_REQUIRED.kind, said, Done.KEPT, place)
        else:
            self.telling.rows(empty, _REQUIRED, place, self.rows)

    def of_the_sheet(self, content: _Content) -> None:
        """What is to be said of the sheet and of whole columns."""
        if not len(content.excel_rows):
            self.telling.sheet("no rows", "headings and nothing below them", Done.KEPT)
        for column in self.found.definition.columns:
            if column.key not in self.places and column.since <= 2019:
                said = f'no column "{column.heading}"'
                self.telling.sheet("column missing", said, Done.BLANKED)
        for place in self.found.unused:
            heading = self.found.headings[place]
            if heading or not content.is_blank(place):
                named = f'"{heading}"' if heading and quotable(heading, self.private) else "it"
                said = f"{named} is no column of the list"
                self.telling.sheet("column not used", said, Done.COLUMN_LEFT_OUT, place)


def _says(coded: Coded, what: Callable[[str], bool]) -> Flags:
    """The rows with a word of which something holds; most texts are no words but numbers."""
    says = [
        isinstance(value, str) and not value.isdecimal() and what(text_of(value))
        for value in coded.values
    ]
    return np.array(says, dtype=bool)[coded.codes]


def _nothing(column: ColumnDef) -> Any:
    """The one value of a column that is not there."""
    if column.kind is Kind.DATE:
        return np.array(["NaT"], dtype="datetime64[ns]")
    if column.kind is Kind.NUMBER:
        return np.array([np.nan])
    return _typed(np.array([""], dtype=object), column)


def _typed(values: Any, column: ColumnDef) -> Any:
    """The distinct values of a column as its table has them."""
    if column.kind in (Kind.DATE, Kind.NUMBER):
        return values
    return pd.array(values, dtype="str")
