"""One sheet of a list, cleaned into a table, with what was wrong in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from workbook_builder.errors import Fault, UserError
from workbook_builder.lists.cells import (
    Cleaned,
    Coded,
    Flags,
    Integers,
    Issue,
    Objects,
    column_letter,
    text_of,
)
from workbook_builder.lists.codes import CodeBook, clean_codes, quotable
from workbook_builder.lists.dates import UNBORN, clean_dates
from workbook_builder.lists.definitions import ColumnDef, Kind, ListDef, folded
from workbook_builder.lists.mapping import Own
from workbook_builder.lists.match import Matched, two_columns
from workbook_builder.lists.model import FILE, ROW, SHEET, Count, Done, Problem
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
    return _Making(found, own, as_at, most_listed).table()


@dataclass
class _Making:
    """One sheet on its way to a table."""

    found: Matched
    own: Own
    as_at: dt.date
    most_listed: int
    problems: list[Problem] = field(default_factory=list)

    def table(self) -> Table:
        columns, faults = self._columns()
        if faults:
            raise UserError(faults)
        rows = self._rows_with_anything()
        self.excel_rows = self._excel_rows(rows)
        self.coded = {key: Coded.of(self._cells(place)[rows]) for key, place in columns.items()}
        self.columns = columns
        read = len(self.excel_rows)
        kept = self._rows_kept()
        frame = self._frame(kept)
        self._sheet_problems(rows)
        missing = tuple(key for key in self.definition.keys if key not in columns)
        count = Count(read, len(frame), read - len(frame))
        return Table(self.definition, frame, tuple(self.problems), count, missing)

    @property
    def definition(self) -> ListDef:
        return self.found.definition

    def _cells(self, place: int) -> Objects:
        return self.found.raw.cells[self.found.data_from :, place]

    def _columns(self) -> tuple[dict[str, int], list[Fault]]:
        """The place of each column; of two with the same cells, or one of them blank, one."""
        columns, faults = {}, []
        for key, places in self.found.places.items():
            distinct = [
                place
                for number, place in enumerate(places)
                if not any(self._same(place, before) for before in places[:number])
            ]
            filled = [place for place in distinct if not self._is_blank(place)]
            if len(filled) > 1:
                faults.append(two_columns(self.found, key))
            chosen = (filled or distinct)[0]
            columns[key] = chosen
            for place in places:
                if place != chosen:
                    found = f'a second column for "{self.found.headings[chosen]}", blank or alike'
                    self._say("column twice", found, Done.COLUMN_LEFT_OUT, place)
        return columns, faults

    def _same(self, one: int, other: int) -> bool:
        return bool(np.all(self._cells(one) == self._cells(other)))

    def _is_blank(self, place: int) -> bool:
        return bool(Coded.of(self._cells(place)).blank.all())

    def _rows_with_anything(self) -> Flags:
        """The rows below the headings in which any cell, of whatever column, holds anything."""
        cells = self.found.raw.cells[self.found.data_from :]
        filled = np.zeros(len(cells), dtype=bool)
        for place in range(cells.shape[1] if cells.ndim == 2 else 0):
            if filled.all():
                break
            filled |= ~Coded.of(cells[:, place]).blank
        for row, _ in self.found.raw.unshown.errors | self.found.raw.unshown.unsaved:
            if 0 <= row - self.found.data_from < len(filled):
                filled[row - self.found.data_from] = True
        return filled

    def _excel_rows(self, rows: Flags) -> Integers:
        return (np.flatnonzero(rows) + self.found.data_from + 1).astype(np.int64)

    def _rows_kept(self) -> Flags:
        """All rows but those without an id, repeated ones, and headings that come again."""
        id_column = self.definition.id
        coded = self.coded[id_column.key]
        again = np.fromiter(
            (isinstance(value, str) and folded(value) in id_column.names for value in coded.values),
            bool,
            len(coded.values),
        )[coded.codes]
        self._tell(again, _HEADINGS, id_column.key)
        cleaned = clean_ids(coded, required=True)
        without = _flagged(cleaned, coded, Done.ROW_LEFT_OUT) & ~again
        self._tell_each(cleaned, coded, ~again, id_column.key)
        kept = ~again & ~without
        repeated = np.zeros(len(kept), dtype=bool)
        # Compared as cleaned ids and as the cells stand, so 123 and "123.0" repeat each other.
        alike = pd.DataFrame(
            {key: each.codes for key, each in self.coded.items() if key != id_column.key}
        )
        alike[id_column.key] = pd.factorize(cleaned.values)[0][coded.codes]
        repeated[kept] = alike[kept].duplicated().to_numpy()
        self._tell(repeated, _REPEATED, id_column.key)
        return kept & ~repeated

    def _frame(self, kept: Flags) -> pd.DataFrame:
        size = int(kept.sum())
        self.rows = self.excel_rows[kept]
        self.private = frozenset(
            clean_ids(self.coded[self.definition.id.key], required=True).values.tolist()
        ) - {""}
        done: dict[str, Any] = {}
        for column in self.definition.columns:
            if column.key not in self.columns:
                done[column.key] = _nothing(column, size)
                continue
            coded = self.coded[column.key].taken(kept)
            cleaned = self._cleaned(column, coded)
            done[column.key] = cleaned.values[coded.codes]
            if column is not self.definition.id:
                everywhere = np.ones(size, dtype=bool)
                self._tell_each(cleaned, coded, everywhere, column.key, self.rows)
        self._tell_unshown()
        self._age_of_unborn(done, kept)
        frame = pd.DataFrame(
            {column.key: _series(done[column.key], column) for column in self.definition.columns}
        )
        frame[FILE] = pd.Categorical.from_codes(np.zeros(size, np.int8), [self.found.raw.file])
        frame[SHEET] = pd.Categorical.from_codes(np.zeros(size, np.int8), [self.found.raw.sheet])
        frame[ROW] = self.rows
        self._required_blanks(frame)
        if self.definition.one_row_each:
            second = frame[self.definition.id.key].duplicated().to_numpy()
            self._tell(second, _SECOND, self.definition.id.key, self.rows)
        return frame

    def _cleaned(self, column: ColumnDef, coded: Coded) -> Cleaned:
        if column.kind is Kind.ID:
            return clean_ids(coded, required=column is self.definition.id)
        if column.kind is Kind.DATE:
            return clean_dates(coded, self.as_at, birth=column.key == DATE_OF_BIRTH)
        if column.kind is Kind.NUMBER:
            return clean_numbers(coded, age=column.key == AGE)
        if column.codes:
            book = CodeBook(column.codes, self.own.codes_of(self.definition, column))
            return clean_codes(coded, book, self.private)
        return clean_texts(coded)

    def _age_of_unborn(self, done: dict[str, Any], kept: Flags) -> None:
        """A child whose date of birth says "unborn" has the age of the unborn, -1."""
        if DATE_OF_BIRTH not in self.columns or AGE not in done:
            return
        coded = self.coded[DATE_OF_BIRTH].taken(kept)
        says = np.fromiter(
            (
                isinstance(value, str) and text_of(value).casefold() in UNBORN
                for value in coded.values
            ),
            bool,
            len(coded.values),
        )[coded.codes]
        done[AGE] = np.where(says & np.isnan(done[AGE]), -1.0, done[AGE])

    def _required_blanks(self, frame: pd.DataFrame) -> None:
        """Required columns that the file has, with nothing in them and nothing else told."""
        told = {(each.row, each.column) for each in self.problems if each.row is not None}
        for column in self.definition.columns:
            if not column.required or column.key not in self.columns:
                continue
            if column is self.definition.id:
                continue
            blank = self._blank(column.key, frame)
            letter = column_letter(self.columns[column.key])
            for row in [row for row, at in told if at == letter]:
                blank &= self.rows != row
            self._tell(blank, _REQUIRED, column.key, self.rows)

    def _blank(self, key: str, frame: pd.DataFrame) -> Flags:
        coded = self.coded[key]
        return coded.blank[np.isin(self.excel_rows, self.rows)] & (len(frame) > 0)

    def _tell_unshown(self) -> None:
        for cells, issue in (
            (self.found.raw.unshown.errors, _ERROR),
            (self.found.raw.unshown.unsaved, _UNSAVED),
        ):
            for key, place in self.columns.items():
                rows = {row + 1 for row, column in cells if column == place}
                there = np.isin(self.rows, list(rows))
                if there.any():
                    self._tell(there, issue, key, self.rows)

    def _sheet_problems(self, rows: Flags) -> None:
        if not rows.any():
            self._say("no rows", "headings and nothing below them", Done.KEPT)
        for column in self.definition.columns:
            if column.key not in self.columns and column.since <= 2019:
                self._say("column missing", f'no column "{column.heading}"', Done.BLANKED)
        for place in self.found.unused:
            heading = self.found.headings[place]
            if not heading and self._is_blank(place):
                continue
            named = f'"{heading}"' if heading and quotable(heading, self.private) else "one"
            found = f"{named} is no column of the list"
            self._say("column not used", found, Done.COLUMN_LEFT_OUT, place)

    def _say(self, kind: str, found: str, done: Done, place: int | None = None) -> None:
        """A problem of the sheet or of a whole column."""
        raw = self.found.raw
        letter = column_letter(place) if place is not None else ""
        heading = self._heading(place)
        key = self.definition.key
        self.problems.append(
            Problem(kind, key, raw.file, raw.sheet, None, letter, heading, found, done)
        )

    def _heading(self, place: int | None) -> str:
        heading = self.found.headings[place] if place is not None else ""
        return heading if quotable(heading[:60], frozenset()) else ""

    def _tell(self, flags: Flags, issue: Issue, key: str, rows: Integers | None = None) -> None:
        """The same issue at each flagged row."""
        coded = Coded(np.zeros(len(flags), dtype=np.int64), np.array([None], dtype=object))
        self._tell_each(Cleaned(coded.values, (issue,)), coded, flags, key, rows)

    def _tell_each(
        self,
        cleaned: Cleaned,
        coded: Coded,
        flags: Flags,
        key: str,
        rows: Integers | None = None,
    ) -> None:
        """The issues of a column's values at the flagged rows, the first ones one by one."""
        rows = self.excel_rows if rows is None else rows
        by_kind: dict[str, list[int]] = {}
        for number, issue in enumerate(cleaned.issues):
            if issue is not None:
                by_kind.setdefault(issue.kind, []).append(number)
        for kind, numbers in by_kind.items():
            wanted = np.zeros(len(cleaned.issues), dtype=bool)
            wanted[numbers] = True
            at = np.flatnonzero(wanted[coded.codes] & flags) if len(coded.codes) else []
            self._list(
                kind,
                at,
                [cleaned.issues[coded.codes[each]] for each in at[: self.most_listed]],
                rows,
                key,
            )
            self._rest(kind, at[self.most_listed :], cleaned, coded, rows, key)

    def _list(
        self, kind: str, at: Sequence[int], issues: Sequence[Issue | None], rows: Integers, key: str
    ) -> None:
        raw, place = self.found.raw, self.columns[key]
        letter, heading = column_letter(place), self._heading(place)
        self.problems.extend(
            Problem(
                kind,
                self.definition.key,
                raw.file,
                raw.sheet,
                int(rows[each]),
                letter,
                heading,
                issue.found,
                issue.done,
            )
            for each, issue in zip(at, issues, strict=False)
            if issue is not None
        )

    def _rest(
        self,
        kind: str,
        at: Any,
        cleaned: Cleaned,
        coded: Coded,
        rows: Integers,
        key: str,
    ) -> None:
        """What is beyond the number listed one by one: a line for each thing found."""
        if not len(at):
            return
        totals: dict[Issue, int] = {}
        counts = np.bincount(coded.codes[at], minlength=len(cleaned.issues))
        for number in np.flatnonzero(counts):
            issue = cleaned.issues[number]
            if issue is not None:
                totals[issue] = totals.get(issue, 0) + int(counts[number])
        raw, place = self.found.raw, self.columns[key]
        first = int(rows[at[0]])
        for issue, total in totals.items():
            found = f"{issue.found}, in more rows from row {first} on"
            self.problems.append(
                Problem(
                    kind,
                    self.definition.key,
                    raw.file,
                    raw.sheet,
                    None,
                    column_letter(place),
                    self._heading(place),
                    found,
                    issue.done,
                    total,
                )
            )


def _flagged(cleaned: Cleaned, coded: Coded, done: Done) -> Flags:
    wanted = np.fromiter(
        (issue is not None and issue.done is done for issue in cleaned.issues),
        bool,
        len(cleaned.issues),
    )
    return wanted[coded.codes]


def _nothing(column: ColumnDef, size: int) -> Any:
    if column.kind is Kind.DATE:
        return np.full(size, np.datetime64("NaT", "ns"))
    if column.kind is Kind.NUMBER:
        return np.full(size, np.nan)
    return np.full(size, "", dtype=object)


def _series(values: Any, column: ColumnDef) -> Any:
    if column.kind in (Kind.DATE, Kind.NUMBER):
        return values
    return pd.array(values, dtype="str")


def ids_of(frame: pd.DataFrame, definition: ListDef) -> Collection[str]:
    """The ids that a table holds."""
    return frozenset(frame[definition.id.key])
