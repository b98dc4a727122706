"""Days as whole numbers, and the arithmetic of dates on whole columns at once.

A day is counted from 1 January 1970; a blank date is BLANK. The rules:

- working days after a, up to and including b, Monday to Friday without bank holidays: a and b on
  the same day are 0 apart;
- so many months or years later is the same day of the month, or the month's last day where there
  is no such day: a month after 31 January is 28 or 29 February, a year after 29 February is the
  28th;
- a person born on 29 February is a year older on 1 March of a year that has no 29th.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from workbook_builder.counting.holidays import all_bank_holidays

Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BLANK = np.iinfo(np.int64).min
EVER = np.int64(10**9)  # a day after every day that is written on a file
FIRST_YEAR, LAST_YEAR = 1899, 2150
_FIRST = (dt.date(FIRST_YEAR, 1, 1) - dt.date(1970, 1, 1)).days
_LAST = (dt.date(LAST_YEAR, 12, 31) - dt.date(1970, 1, 1)).days

# The month of each day, and the first day of each month: looked up, since working them out for a
# million dates takes twenty times as long. A century more of months, for what lies ahead.
_MONTHS: Days = (
    np.arange(_FIRST, _LAST + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
)
_STARTS: Days = (
    np.arange(_MONTHS[0], _MONTHS[-1] + 1201)
    .astype("datetime64[M]")
    .astype("datetime64[D]")
    .astype(np.int64)
)


def day_number(day: dt.date) -> int:
    """The number of a day."""
    return (day - dt.date(1970, 1, 1)).days


def month_of(days: Days) -> Days:
    """Months since January 1970 of each day. A blank day has the first month of all."""
    months: Days = _MONTHS[np.clip(days, _FIRST, _LAST) - _FIRST]
    return months


def add_months(days: Days, months: int) -> Days:
    """So many months later: the same day number, or the last day of a shorter month."""
    month = month_of(days)
    day, later = np.clip(days, _FIRST, _LAST) - _start(month), month + months
    last = _start(later + 1) - _start(later) - 1
    return np.where(days == BLANK, BLANK, _start(later) + np.minimum(day, last))


def birthdays(born: Days, age: int) -> Days:
    """The first day on which somebody has an age."""
    month = month_of(born)
    day = np.clip(born, _FIRST, _LAST) - _start(month)
    return np.where(born == BLANK, BLANK, _start(month + 12 * age) + day)


def _start(months: Days) -> Days:
    """The first day of each month, whatever is beyond the table at its ends."""
    place = np.clip(months - _MONTHS[0], 0, len(_STARTS) - 1)
    starts: Days = _STARTS[place]
    return starts


class Calendar:
    """A count of working days. Two look-ups in one table give the working days between two days."""

    def __init__(self, holidays: Iterable[dt.date] = (), bank_holidays: bool = True) -> None:
        """England's bank holidays unless told otherwise, and days of one's own."""
        every: Days = np.arange(_FIRST, _LAST + 1)
        working: Flags = (every + 3) % 7 < 5
        closed = set(holidays)
        if bank_holidays:
            closed |= all_bank_holidays(FIRST_YEAR, LAST_YEAR)
        numbers = np.array(sorted(day_number(day) for day in closed), dtype=np.int64)
        working[numbers - _FIRST] = False
        self._total: Days = np.cumsum(working)
        # _reach[n]: the last day by which no more than n working days have been counted.
        counts = np.arange(int(self._total[-1]) + 1)
        self._reach = np.searchsorted(self._total, counts, side="right") - 1 + _FIRST

    def between(self, start: Days, end: Days) -> Days:
        """Working days after start, up to and including end; below 0 where end is earlier."""
        return self._count(end) - self._count(start)

    def last_within(self, start: Days, working_days: int) -> Days:
        """The last day that is no more than so many working days after start."""
        wanted = np.clip(self._count(start) + working_days, 0, len(self._reach) - 1)
        return np.where(start == BLANK, BLANK, self._reach[wanted])

    def first_at(self, start: Days, working_days: int) -> Days:
        """The first day that is at least so many working days after start."""
        if working_days <= 0:
            return start
        return np.where(start == BLANK, BLANK, self.last_within(start, working_days - 1) + 1)

    def _count(self, days: Days) -> Days:
        count: Days = self._total[np.clip(days, _FIRST, _LAST) - _FIRST]
        return count


WEEKDAYS = Calendar(bank_holidays=False)
