"""An authority seen at a month's end, and how lists look things up in its tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook_builder.periods import Month
from workbook_builder.sample import codes
from workbook_builder.sample.authority import Authority
from workbook_builder.sample.days import (
    FAR,
    Flags,
    Ints,
    Texts,
    add_months,
    age_at,
    as_dates,
    as_days,
)
from workbook_builder.sample.days import day as number_of
from workbook_builder.sample.layout import BY_NUMBER

YEAR_LISTS = 12


class Last:
    """Finds the last row of a child, on or before a day."""

    def __init__(self, child: Ints, day: Ints) -> None:
        self._order = np.lexsort((day, child))
        self._child = child[self._order]
        self._key = self._child * FAR * 2 + day[self._order]

    def find(self, child: Ints, day: Ints) -> Ints:
        """The row for each, or -1."""
        place = np.searchsorted(self._key, child * FAR * 2 + np.minimum(day, FAR), "right") - 1
        if len(self._key) == 0:
            return np.full(len(child), -1, np.int64)
        found = (place >= 0) & (self._child[np.maximum(place, 0)] == child)
        return np.where(found, self._order[np.maximum(place, 0)], -1).astype(np.int64)


class View:
    """An authority as it was known at the end of a month, with what the lists look up."""

    def __init__(self, authority: Authority, month: Month, window: int) -> None:
        self.known = authority.at(month.last_day)
        self.day = number_of(month.last_day)
        self.opens = number_of(month.plus(1 - window).first_day)
        self.opens_year = number_of(month.plus(1 - max(window, YEAR_LISTS)).first_day)
        self.year_ago = int(add_months(np.array([self.day]), -12)[0])
        self.half_ago = int(add_months(np.array([self.day]), -6)[0])
        children = self.known.children.sort_values("child")
        self._ids = children["child"].to_numpy()
        self.birth = as_days(children["birth"].to_numpy())
        self._expected = children["birth_expected"].to_numpy()
        self._gender = children["gender"].to_numpy(dtype=object)
        self._ethnicity = children["ethnicity"].to_numpy(dtype=object)
        self._disability = children["disability"].to_numpy(dtype=object)
        self.uasc = children["uasc"].to_numpy()
        held = self.known.allocations
        self._allocated = Last(ids(held), days(held, "start"))
        self._team = texts(held, "team")
        self._worker = texts(held, "worker")

    def place(self, child: Ints) -> Ints:
        """Where each child stands in the arrays of children."""
        return np.searchsorted(self._ids, child).astype(np.int64)

    def columns(self, child: Ints, disability: bool = True) -> dict[str, np.ndarray]:
        """The first columns of every list of children."""
        at = self.place(child)
        unborn = self.birth[at] > self.day
        gender = self._gender[at].copy()
        gender[unborn] = codes.NOT_STATED
        birth = np.where(unborn & ~self._expected[at], FAR, self.birth[at])
        made: dict[str, np.ndarray] = {
            "Child Unique ID": child,
            "Gender": gender,
            "Ethnicity": self._ethnicity[at],
            "Date of Birth": as_dates(birth),
            "Age of Child (Years)": age_at(self.birth[at], self.day),
        }
        if disability:
            made["Does the Child have a Disability"] = self._disability[at]
        return made

    def allocated(self, child: Ints, day: Ints) -> dict[str, np.ndarray]:
        """Team and worker on a day."""
        row = self._allocated.find(child, day)
        none = row < 0
        team, worker = self._team[row].copy(), self._worker[row].copy()
        team[none], worker[none] = "", ""
        return {"Allocated Team": team, "Allocated Worker": worker}

    def allocated_now(self, child: Ints, end: Ints) -> dict[str, np.ndarray]:
        """Team and worker now, or the last where it has ended."""
        return self.allocated(child, np.where(end < FAR, end - 1, self.day))

    def in_window(self, dates: Ints) -> Flags:
        """Whether a day lies in the window."""
        return (dates >= self.opens) & (dates <= self.day)


def ids(table: pd.DataFrame) -> Ints:
    """The children of a table."""
    return table["child"].to_numpy(dtype=np.int64)


def days(table: pd.DataFrame, column: str) -> Ints:
    """A date column as day numbers."""
    return as_days(table[column].to_numpy())


def texts(table: pd.DataFrame, column: str) -> Texts:
    """A text column."""
    return table[column].to_numpy(dtype=object)


def latest(table: pd.DataFrame, key: str = "child") -> pd.DataFrame:
    """The last row of each child; tables are in the order of days."""
    return table.drop_duplicates(key, keep="last")


def made(number: int, columns: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """A list with its columns in Ofsted's order."""
    return pd.DataFrame({name: columns[name] for name in BY_NUMBER[number].headings})


def since(
    table: pd.DataFrame, child: Ints, start: Ints, end: Ints, until: int
) -> tuple[Ints, Ints]:
    """The last row of each child between start and end: (row or -1, day or FAR)."""
    when = days(table, "date")
    row = Last(ids(table), when).find(child, np.minimum(end, until))
    found = np.where(row >= 0, when[row] if len(when) else FAR, FAR)
    inside = (row >= 0) & (found >= start)
    return np.where(inside, row, -1), np.where(inside, found, FAR)


def short_breaks(view: View) -> np.ndarray:
    """The numbers of the periods of care that are short breaks."""
    legal = view.known.legal_statuses
    return legal.loc[legal["status"].isin(list(codes.BREAKS)), "care"].to_numpy()
