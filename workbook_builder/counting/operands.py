"""What a condition may call a date.

Every date but "the day" is known for a row whatever the period. "The day" is the day that a figure
is about: the month's last day for a position, the row's own date for what happened in a month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from workbook_builder.counting.days import BLANK, Days
from workbook_builder.counting.tables import Table, pack, same_child, unpack_day

Used = tuple[str, str]  # a list and a column of it


@dataclass(frozen=True)
class TheDay:
    """The day that a figure is about."""

    def columns(self, _own: str) -> Iterator[Used]:
        """No column is needed for it."""
        return iter(())


@dataclass(frozen=True)
class ExtractDate:
    """The day that the extract was taken."""

    def columns(self, _own: str) -> Iterator[Used]:
        """No column is needed for it."""
        return iter(())

    def days(self, table: Table) -> Days:
        """The same day for every row."""
        return np.full(table.rows, table.data.as_at, dtype=np.int64)


@dataclass(frozen=True)
class DateColumn:
    """A column of the list."""

    name: str

    def columns(self, own: str) -> Iterator[Used]:
        """The column itself."""
        yield own, self.name

    def days(self, table: Table) -> Days:
        """The column as day numbers."""
        return table.days(self.name)


@dataclass(frozen=True)
class Previous:
    """The same child's last date in the same column before this row's date: strictly before."""

    name: str

    def columns(self, own: str) -> Iterator[Used]:
        """The column itself."""
        yield own, self.name

    def days(self, table: Table) -> Days:
        """The neighbour to the left in the sorted list of children and days."""
        return _latest(table.sorted(self.name), table, table.days(self.name), "left")


@dataclass(frozen=True)
class Linked:
    """The same child's nearest date in another list: the latest on or before a date of this row,
    or the first on or after it."""

    list: str
    name: str
    before: bool
    reference: str

    def columns(self, own: str) -> Iterator[Used]:
        """The column of the other list, and the date of this row."""
        yield self.list, self.name
        yield own, self.reference

    def days(self, table: Table) -> Days:
        """Where this row's child and day would stand in the other list's sorted days."""
        there = table.data.table(self.list).sorted(self.name)
        days = table.days(self.reference)
        if self.before:
            return _latest(there, table, days, "right")
        return _first(there, table, days)


@dataclass(frozen=True)
class Earlier:
    """The earlier of two columns; a blank one is passed over."""

    one: str
    other: str

    def columns(self, own: str) -> Iterator[Used]:
        """Both columns."""
        yield own, self.one
        yield own, self.other

    def days(self, table: Table) -> Days:
        """The smaller day, or the only one."""
        one, other = table.days(self.one), table.days(self.other)
        both = np.minimum(one, other)
        return np.where(one == BLANK, other, np.where(other == BLANK, one, both))


Fixed = ExtractDate | DateColumn | Previous | Linked | Earlier
Operand = TheDay | Fixed


def _latest(there: Days, table: Table, days: Days, side: str) -> Days:
    wanted = pack(table.children, days)
    if not len(there):
        return np.full(len(days), BLANK, dtype=np.int64)
    place = np.searchsorted(there, wanted, side="left" if side == "left" else "right") - 1
    found = there[np.maximum(place, 0)]
    known = (place >= 0) & same_child(found, wanted) & (days != BLANK)
    return np.where(known, unpack_day(found), BLANK)


def _first(there: Days, table: Table, days: Days) -> Days:
    wanted = pack(table.children, days)
    if not len(there):
        return np.full(len(days), BLANK, dtype=np.int64)
    place = np.searchsorted(there, wanted, side="left")
    found = there[np.minimum(place, len(there) - 1)]
    known = (place < len(there)) & same_child(found, wanted) & (days != BLANK)
    return np.where(known, unpack_day(found), BLANK)
