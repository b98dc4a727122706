"""The lists as columns of numbers: days, codes, amounts and one number for each child.

Each column is converted when a measure first asks for it, and once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from workbook_builder.counting.columns import AREA, CHILD, ListColumns, Vocabulary
from workbook_builder.counting.days import BLANK, Calendar, Days, Flags, day_number, month_of

if TYPE_CHECKING:
    import pandas as pd

Codes = npt.NDArray[np.int64]
_PACK = 18  # bits for a day: 262,144 days
# Columns of a frame that holds rows of several extracts: the months that a row's extract speaks
# for, as months since January 1970; that of the extract itself has no end. In a frame without them
# every row is the extract's own and speaks for every month.
SPEAKS_FROM, SPEAKS_UNTIL, NO_END = "_speaks_from", "_speaks_until", 1_000_000


@dataclass(frozen=True)
class Coded:
    """A column of codes or texts: a number for each row and the text behind each number."""

    numbers: Codes
    texts: tuple[str, ...]

    def flags(self, wanted: npt.NDArray[np.bool_]) -> Flags:
        """Which rows hold one of the wanted texts."""
        flags: Flags = wanted[self.numbers]
        return flags


class Data:
    """All lists of one extract, and the day that it was taken."""

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        names: Vocabulary,
        as_at: dt.date,
        calendar: Calendar,
        areas: Mapping[str, str],
        missing_columns: Mapping[str, Collection[str]],
    ) -> None:
        self.as_at = day_number(as_at)
        self.calendar = calendar
        self.areas = areas
        self._frames = frames
        self._names = names
        self._missing = missing_columns
        self._tables: dict[str, Table] = {}

    def missing(self, name: str, column: str) -> str:
        """What stands in the way of using a column, or an empty string."""
        if name not in self._frames:
            return f"list {self._names.lists[name].number}, {self._names.lists[name].title}"
        key = self._names.lists[name].columns[column].key
        there = key in self._frames[name].columns and key not in self._missing.get(name, ())
        return "" if there else f'column "{key}" of {name}'

    def holds(self, name: str, column: str) -> bool:
        """Whether a column can be used; the area may come from the team instead."""
        return not self.missing(name, self.source(name, column))

    def source(self, name: str, column: str) -> str:
        """The column that a breakdown comes from: of the area that of the team, if need be."""
        by_team = column == AREA and self.areas and "team" in self._names.lists[name].columns
        return "team" if by_team else column

    def table(self, name: str) -> Table:
        """A list as columns."""
        if name not in self._tables:
            self._tables[name] = Table(self, self._names.lists[name], self._frames[name])
        return self._tables[name]

    @cached_property
    def children(self) -> Mapping[str, Codes]:
        """The number of each row's child, the same child alike in every list."""
        import pandas as pd

        ids = {
            name: frame[key].astype(str).to_numpy(dtype=object)
            for name, frame in self._frames.items()
            if (key := self._names.lists[name].columns[CHILD].key) in frame.columns
        }
        numbers, _ = pd.factorize(np.concatenate([*ids.values(), np.array([], dtype=object)]))
        ends = np.cumsum([len(part) for part in ids.values()])
        parts = np.split(np.asarray(numbers, dtype=np.int64), ends)
        return dict(zip(ids, parts, strict=False))


class Table:
    """One list, its columns by our names."""

    def __init__(self, data: Data, names: ListColumns, frame: pd.DataFrame) -> None:
        self.data = data
        self.names = names
        self.rows = len(frame)
        self._frame = frame
        self._days: dict[str, Days] = {}
        self._coded: dict[str, Coded] = {}
        self._sorted: dict[str, npt.NDArray[np.int64]] = {}

    @property
    def children(self) -> Codes:
        """The number of each row's child."""
        return self.data.children[self.names.name]

    def days(self, name: str) -> Days:
        """A column of dates as day numbers."""
        if name not in self._days:
            dates = self._column(name).to_numpy().astype("datetime64[D]")
            self._days[name] = np.where(np.isnat(dates), BLANK, dates.astype(np.int64))
        return self._days[name]

    def amounts(self, name: str) -> npt.NDArray[np.float64]:
        """A column of numbers; a blank is not a number."""
        return self._column(name).to_numpy(dtype=np.float64, na_value=np.nan)

    def coded(self, name: str) -> Coded:
        """A column of codes or texts."""
        if name not in self._coded:
            self._coded[name] = self._areas() if self._by_team(name) else self._factorized(name)
        return self._coded[name]

    def packed(self, name: str, days: Days | None = None) -> npt.NDArray[np.int64]:
        """Child and day of each row in one number, so that one sort puts both in order."""
        found = self.days(name) if days is None else days
        return pack(self.children, found)

    def sorted(self, name: str) -> npt.NDArray[np.int64]:
        """Child and day of every row with a day, in order: the one sort of a linked question.

        A row of an earlier extract is asked only about the months that its extract speaks for:
        elsewhere a later one has moved or taken out its date. In a list of the latest that a row
        is not there any more says nothing, so there it is asked about all.
        """
        if name not in self._sorted:
            days = self.days(name)
            known = days != BLANK
            if not self.names.of_the_latest:
                known &= self.current | self.speaks_for(days)
            self._sorted[name] = np.sort(self.packed(name)[known])
        return self._sorted[name]

    @cached_property
    def current(self) -> Flags:
        """Which rows are of the extract itself and not remembered from an earlier one."""
        if SPEAKS_UNTIL not in self._frame.columns:
            return np.ones(self.rows, dtype=bool)
        current: Flags = self._frame[SPEAKS_UNTIL].to_numpy(dtype=np.int64) == NO_END
        return current

    def speaks_for(self, days: Days) -> Flags:
        """Whether each row's extract is the one that speaks for the month of its day.

        Where a list has its rows by another date, it is the extract that speaks for that one.
        """
        if SPEAKS_UNTIL not in self._frame.columns:
            return np.ones(self.rows, dtype=bool)
        listed = self.days(self.names.listed_by) if self.names.listed_by else days
        months = month_of(np.where(listed == BLANK, days, listed))
        since = self._frame[SPEAKS_FROM].to_numpy(dtype=np.int64)
        until = self._frame[SPEAKS_UNTIL].to_numpy(dtype=np.int64)
        spoken: Flags = (months >= since) & (months <= until)
        return spoken

    def _column(self, name: str) -> pd.Series:
        return self._frame[self.names.columns[name].key]

    def _factorized(self, name: str) -> Coded:
        import pandas as pd

        numbers, texts = pd.factorize(self._column(name).to_numpy(dtype=object))
        blank = numbers < 0
        found = ["" if text is None else str(text).strip() for text in texts]
        return Coded(np.where(blank, len(found), numbers).astype(np.int64), (*found, ""))

    def _by_team(self, name: str) -> bool:
        columns = self._frame.columns
        return name == AREA and self.names.columns[AREA].key not in columns

    def _areas(self) -> Coded:
        teams = self.coded("team")
        areas = {team.casefold(): area for team, area in self.data.areas.items()}
        return Coded(teams.numbers, tuple(areas.get(team.casefold(), "") for team in teams.texts))


def pack(children: Codes, days: Days) -> npt.NDArray[np.int64]:
    """Child and day in one number."""
    known = np.where(days == BLANK, 0, days)
    packed: npt.NDArray[np.int64] = (children << _PACK) + known + (1 << (_PACK - 1))
    return packed


def unpack_day(packed: npt.NDArray[np.int64]) -> Days:
    """The day of such a number."""
    days: Days = (packed & ((1 << _PACK) - 1)) - (1 << (_PACK - 1))
    return days


def same_child(packed: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> Flags:
    """Whether two such numbers are of one child."""
    same: Flags = (packed >> _PACK) == (other >> _PACK)
    return same
