"""Days as whole numbers since 1 January 1970, England's working days, school holidays and seasons.

FAR stands for a day that never comes. The calendar is a table of its own, worked out by rule, so
that tests which recount measures do not lean on the code that they check.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[Any]

FAR = 1_000_000
EPOCH = dt.date(1970, 1, 1)
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2059, 12, 31)

# Moved and one-off bank holidays: what the rule gives, what was held, and extra days.
MOVED = {
    dt.date(2002, 5, 27): dt.date(2002, 6, 4),
    dt.date(2012, 5, 28): dt.date(2012, 6, 4),
    dt.date(2020, 5, 4): dt.date(2020, 5, 8),
    dt.date(2022, 5, 30): dt.date(2022, 6, 2),
}
EXTRA = (
    dt.date(1999, 12, 31),
    dt.date(2002, 6, 3),
    dt.date(2011, 4, 29),
    dt.date(2012, 6, 5),
    dt.date(2022, 6, 3),
    dt.date(2022, 9, 19),
    dt.date(2023, 5, 8),
)
# How busy the front door is, by calendar month and by weekday.
SEASON = (1.02, 1.00, 1.08, 0.92, 1.04, 1.06, 1.05, 0.72, 0.98, 1.06, 1.12, 0.86)
WEEKDAY = (1.18, 1.10, 1.06, 1.04, 1.02, 0.16, 0.12)
BANK_HOLIDAY = 0.15


def day(date: dt.date) -> int:
    """The number of a date."""
    return (date - EPOCH).days


def date_of(number: int) -> dt.date:
    """The date of a number."""
    return EPOCH + dt.timedelta(days=int(number))


def as_dates(days: Ints) -> npt.NDArray[np.datetime64]:
    """Numbers as dates for a table; FAR becomes a blank."""
    known = np.where(days >= FAR, 0, days).astype("datetime64[D]").astype("datetime64[s]")
    return np.where(days >= FAR, np.datetime64("NaT"), known)


def as_days(dates: npt.NDArray[np.datetime64]) -> Ints:
    """Dates of a table as numbers; a blank becomes FAR."""
    numbers = dates.astype("datetime64[D]").astype(np.int64)
    return np.where(np.isnat(dates), FAR, numbers).astype(np.int64)


def add_months(days: Ints, months: int | Ints) -> Ints:
    """The same day so many months later, or the last day of a shorter month; FAR stays."""
    near = np.where(days >= FAR, 0, days).astype("datetime64[D]")
    month = near.astype("datetime64[M]")
    target = month + np.asarray(months).astype("timedelta64[M]")
    in_month = (near - month.astype("datetime64[D]")).astype(np.int64)
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(int)
    moved = target.astype("datetime64[D]").astype(np.int64) + np.minimum(in_month, length - 1)
    return np.where(days >= FAR, FAR, moved).astype(np.int64)


def age_at(birth: Ints, on: int) -> Ints:
    """Age in years at the last birthday; -1 for a child not yet born."""
    born, now = birth.astype("datetime64[D]"), np.datetime64(on, "D")
    years = now.astype("datetime64[Y]").astype(int) - born.astype("datetime64[Y]").astype(int)
    months = born.astype("datetime64[M]")
    in_year = (months - born.astype("datetime64[Y]").astype("datetime64[M]")).astype(int)
    in_month = (born - months.astype("datetime64[D]")).astype(int)
    today = date_of(on)
    later = in_year * 31 + in_month > (today.month - 1) * 31 + today.day - 1
    return np.where(birth > on, -1, years - later).astype(np.int64)


def easter(year: int) -> dt.date:
    """Easter Sunday (the anonymous Gregorian rule)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, rest = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, rest + 1)


@cache
def bank_holidays() -> frozenset[dt.date]:
    """England's bank holidays from 1990 to 2059, as far as they are known today."""
    found: set[dt.date] = set(EXTRA)
    for year in range(FIRST.year, LAST.year + 1):
        sunday = easter(year)
        found |= {sunday - dt.timedelta(days=2), sunday + dt.timedelta(days=1)}
        found |= {_first_monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)}
        new_year, christmas = dt.date(year, 1, 1), dt.date(year, 12, 25)
        found.add(new_year + dt.timedelta(days=(0, 0, 0, 0, 0, 2, 1)[new_year.weekday()]))
        found.add(christmas + dt.timedelta(days=(0, 0, 0, 0, 0, 2, 2)[christmas.weekday()]))
        found.add(christmas + dt.timedelta(days=(1, 1, 1, 1, 3, 3, 1)[christmas.weekday()]))
    return frozenset(MOVED.get(holiday, holiday) for holiday in found)


def _first_monday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> dt.date:
    last = dt.date(year, month + 1, 1) - dt.timedelta(days=1)
    return last - dt.timedelta(days=last.weekday())


class Calendar:
    """Working days, school holidays and how busy each day is, as tables by day."""

    def __init__(self) -> None:
        self.first, self.last = day(FIRST), day(LAST)
        days = np.arange(self.first, self.last + 1)
        weekday = (days + 3) % 7
        holidays = np.array(sorted(day(holiday) for holiday in bank_holidays()))
        holiday = np.isin(days, holidays)
        working = (weekday < 5) & ~holiday
        self._count = np.cumsum(working)
        self._working = days[working]
        self._school_holiday = _school_holidays(days, holidays)
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
        busy = np.array(SEASON)[month] * np.array(WEEKDAY)[weekday]
        self._busy: Floats = busy * np.where(holiday, BANK_HOLIDAY, 1.0)

    def _place(self, days: Ints) -> Ints:
        return np.clip(days, self.first, self.last) - self.first

    def after(self, days: Ints, working: Ints) -> Ints:
        """So many working days later; 0 gives the same day, or the next working one."""
        before = self._count[self._place(days - 1)]
        count = np.where(working == 0, before, self._count[self._place(days)] - 1 + working)
        moved = self._working[np.minimum(count, len(self._working) - 1)]
        return np.where(days >= FAR, FAR, moved).astype(np.int64)

    def snap(self, days: Ints) -> Ints:
        """The day itself, or the next working one."""
        return self.after(days, np.zeros(len(days), np.int64))

    def between(self, start: Ints, end: Ints) -> Ints:
        """Working days after start, up to and including end."""
        return (self._count[self._place(end)] - self._count[self._place(start)]).astype(np.int64)

    def school_holiday(self, days: Ints) -> Flags:
        """Whether schools are closed that day, weekends included."""
        return self._school_holiday[self._place(days)]

    def busy(self, days: Ints) -> Floats:
        """How many contacts arrive that day, about 1 on an ordinary day."""
        return self._busy[self._place(days)]


def _school_holidays(days: Ints, holidays: Ints) -> Flags:
    """Weekends, bank holidays, and the weeks that most authorities close in."""
    closed = ((days + 3) % 7 >= 5) | np.isin(days, holidays)
    for year in range(FIRST.year, LAST.year + 1):
        sunday = day(easter(year))
        whitsun = day(_last_monday(year, 5))
        spans = (
            (day(dt.date(year, 1, 1)), day(dt.date(year, 1, 3))),
            (day(dt.date(year, 2, 15)), day(dt.date(year, 2, 21))),
            (sunday - 9, sunday + 7),
            (whitsun, whitsun + 6),
            (day(dt.date(year, 7, 23)), day(dt.date(year, 9, 2))),
            (day(dt.date(year, 10, 25)), day(dt.date(year, 10, 31))),
            (day(dt.date(year, 12, 21)), day(dt.date(year, 12, 31))),
        )
        for start, end in spans:
            closed |= (days >= start) & (days <= end)
    return closed


@cache
def calendar() -> Calendar:
    """The one calendar of the room."""
    return Calendar()
