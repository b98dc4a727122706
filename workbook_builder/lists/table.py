"""One sheet of a list, cleaned into a table, with what was wrong in it.

It takes two steps. What may be quoted, and what may name a team, rests on the private values of all
lists; so a sheet is drafted when it is read and becomes a table when all of them are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from workbook_builder.lists.cells import Cleaned, Coded, Integers, Issue, text_of
from workbook_builder.lists.codes import CodeBook, clean_codes
from workbook_builder.lists.content import content_of, kept_rows, places_of, says
from workbook_builder.lists.dates import UNBORN, clean_dates, excel_numbers
from workbook_builder.lists.definitions import ColumnDef, Kind, ListDef
from workbook_builder.lists.mapping import TEAM, Own
from workbook_builder.lists.match import Matched
from workbook_builder.lists.model import FILE, ROW, SHEET, Count, Done, Problem
from workbook_builder.lists.private import OF_PLACES, PEOPLE, Gathering, Private, of_people
from workbook_builder.lists.telling import Telling
from workbook_builder.lists.values import clean_groups, clean_ids, clean_numbers, clean_texts

DATE_OF_BIRTH, AGE = "date_of_birth", "age"
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


@dataclass(frozen=True)
class Draft:
    """A sheet whose rows are settled and whose cells are not cleaned yet.

    columns are those of the list, with the rows that are kept; people those of the authority's own
    whose headings say that names stand there. ids are those of the distinct values of the id.
    births are those of the date of birth, None where there is no such column. read is the number of
    rows before any was left out; unused are the places of columns of the authority's own in which
    something stands.
    """

    found: Matched
    telling: Telling
    places: Mapping[str, int]
    columns: Mapping[str, Coded]
    people: tuple[Coded, ...]
    unused: tuple[int, ...]
    read: int
    rows: Integers
    ids: Cleaned
    births: Cleaned | None

    def gather(self, into: Gathering) -> None:
        """Add the ids, dates of birth and names of the sheet, and what may name a group."""
        own = self.found.definition.id.key
        for column in self.found.definition.columns:
            coded = self.columns.get(column.key)
            if coded is None:
                continue
            if column.kind is Kind.ID:
                ids = self.ids if column.key == own else clean_ids(coded, required=False)
                into.add_ids(_counted(ids.values, coded))
            elif column.key == DATE_OF_BIRTH:
                assert self.births is not None
                into.births.update(excel_numbers(self.births.values))
            elif column.key in PEOPLE:
                into.add_names(_texts(coded))
            elif column.kind is Kind.TEXT and column.key not in OF_PLACES:
                into.add_groups(_texts(coded))
        for coded in self.people:
            into.add_names(_texts(coded))

    def table(self, own: Own, as_at: dt.date, private: Private) -> Table:
        """The clean table."""
        telling = replace(self.telling, private=private)
        making = _Making(self, own, as_at, private, telling)
        frame = making.frame()
        making.of_the_sheet()
        missing = tuple(key for key in self.found.definition.keys if key not in self.places)
        count = Count(self.read, len(frame), self.read - len(frame))
        return Table(self.found.definition, frame, tuple(telling.problems), count, missing)


def make_draft(found: Matched, as_at: dt.date, most_listed: int) -> Draft:
    """A sheet, drafted. Raises UserError where two columns both claim to be one."""
    telling = Telling(found, most_listed)
    content = content_of(found)
    places = places_of(found, content, telling)
    kept, ids = kept_rows(found, content, places, telling)
    # The cells themselves are let go: those of all sheets together may be more than fits.
    without = replace(found, raw=replace(found.raw, cells=np.empty((0, 0), dtype=object)))
    columns = {key: content.coded[place].taken(kept) for key, place in places.items()}
    born = columns.get(DATE_OF_BIRTH)
    unused = found.unused
    return Draft(
        without,
        replace(telling, found=without),
        places,
        columns,
        tuple(content.coded[at].taken(kept) for at in unused if of_people(found.headings[at])),
        tuple(at for at in unused if found.headings[at] or not content.is_blank(at)),
        len(content.excel_rows),
        content.excel_rows[kept],
        ids,
        clean_dates(born, as_at, birth=True) if born is not None else None,
    )


def _texts(coded: Coded) -> Iterator[tuple[str, int]]:
    return _counted([text_of(value) for value in coded.values], coded)


def _counted(texts: Any, coded: Coded) -> Iterator[tuple[str, int]]:
    """Each text with the rows that have it; a text may come several times."""
    counts = np.bincount(coded.codes, minlength=len(coded.values)).tolist()
    return ((text, count) for text, count in zip(texts, counts, strict=True) if count)


@dataclass(frozen=True)
class _Making:
    """A draft on its way to a table."""

    draft: Draft
    own: Own
    as_at: dt.date
    private: Private
    telling: Telling

    @property
    def definition(self) -> ListDef:
        return self.draft.found.definition

    def frame(self) -> pd.DataFrame:
        definition, rows, columns = self.definition, self.draft.rows, self.draft.columns
        size = len(rows)
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
            unborn = says(columns[DATE_OF_BIRTH], lambda text: text.casefold() in UNBORN)
            done[AGE] = np.where(unborn & np.isnan(done[AGE]), -1.0, done[AGE])
        if definition.one_row_each:
            second = pd.Series(done[definition.id.key]).duplicated().to_numpy(dtype=bool)
            self.telling.rows(second, _SECOND, self.draft.places[definition.id.key], rows)
        raw, everywhere = self.draft.found.raw, np.zeros(size, np.int64)
        done[FILE] = pd.Categorical.from_codes(everywhere, pd.Index([raw.file]))
        done[SHEET] = pd.Categorical.from_codes(everywhere, pd.Index([raw.sheet]))
        done[ROW] = rows
        return pd.DataFrame(done, copy=False)

    def _cleaned(self, column: ColumnDef, coded: Coded) -> Cleaned:
        if column.kind is Kind.ID:
            if column is self.definition.id:
                return self.draft.ids
            return clean_ids(coded, required=False)
        if column.key == DATE_OF_BIRTH and self.draft.births is not None:
            return self.draft.births
        if column.kind is Kind.DATE:
            return clean_dates(coded, self.as_at)
        if column.kind is Kind.NUMBER:
            return clean_numbers(coded, age=column.key == AGE)
        if column.kind is Kind.TEXT:
            if column.key in PEOPLE | OF_PLACES:
                return clean_texts(coded)
            names = self.own.teams if column.key == TEAM else {}
            return clean_groups(coded, self.private, names)
        book = CodeBook(column.codes, self.own.codes_of(self.definition, column))
        return clean_codes(coded, book, self.private)

    def _tell(self, column: ColumnDef, cleaned: Cleaned, coded: Coded) -> None:
        """What is wrong with the values, what no reader shows, and what should not be blank."""
        place, rows = self.draft.places[column.key], self.draft.rows
        self.telling.values(cleaned, coded, np.ones(len(rows), bool), place, rows)
        unshown = self.draft.found.raw.unshown
        empty = coded.blank
        for cells, issue in ((unshown.errors, _ERROR), (unshown.unsaved, _UNSAVED)):
            at = [row + 1 for row, where in cells if where == place]
            if at:
                flags = np.isin(rows, at) & coded.blank
                self.telling.rows(flags, issue, place, rows)
                empty &= ~flags
        if not column.required:
            return
        if len(empty) and empty.all():
            said = "nothing in the whole column, though the guidance requires it"
            self.telling.sheet(_REQUIRED.kind, said, Done.KEPT, place)
        else:
            self.telling.rows(empty, _REQUIRED, place, rows)

    def of_the_sheet(self) -> None:
        """What is to be said of the sheet and of whole columns."""
        if not self.draft.read:
            self.telling.sheet("no rows", "headings and nothing below them", Done.KEPT)
        for column in self.definition.columns:
            if column.key not in self.draft.places and column.since <= 2019:
                said = f'no column "{column.heading}"'
                self.telling.sheet("column missing", said, Done.BLANKED)
        for place in self.draft.unused:
            heading = self.draft.found.headings[place]
            named = f'"{heading}"' if heading and self.private.quotable(heading) else "it"
            said = f"{named} is no column of the list"
            self.telling.sheet("column not used", said, Done.COLUMN_LEFT_OUT, place)


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
