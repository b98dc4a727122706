"""England's bank holidays, any year: the yearly rule, and the exceptions of bank_holidays.toml.

The yearly rule is that of today's law: New Year's Day since 1974, the May Day holiday since 1978,
the last Mondays of May and August since 1971 (Whit Monday and the first Monday of August before).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

EXCEPTIONS = Path(__file__).parent / "library" / "bank_holidays.toml"
_DAY = dt.timedelta(days=1)


def bank_holidays(year: int) -> frozenset[dt.date]:
    """The days of a year on which England's services are closed for a bank holiday."""
    moved, added = _exceptions()
    usual = {moved.get(day, day) for day in _usual(year)}
    return frozenset(usual | {day for day in added if day.year == year})


def easter(year: int) -> dt.date:
    """Easter Sunday (the anonymous Gregorian computation)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _usual(year: int) -> set[dt.date]:
    """The bank holidays that return every year."""
    sunday = easter(year)
    found = {sunday - 2 * _DAY, sunday + _DAY, *_christmas(year)}
    if year >= 1974:
        found.add(_not_at_weekend(dt.date(year, 1, 1)))
    if year >= 1978:
        found.add(_monday_from(dt.date(year, 5, 1)))
    if year >= 1971:
        found |= {_monday_from(dt.date(year, 5, 25)), _monday_from(dt.date(year, 8, 25))}
    else:
        found |= {sunday + 50 * _DAY, _monday_from(dt.date(year, 8, 1))}
    return found


def _christmas(year: int) -> set[dt.date]:
    """Christmas and Boxing Day; a day at the weekend is made up for on the next working day."""
    found: set[dt.date] = set()
    for day in (dt.date(year, 12, 25), dt.date(year, 12, 26)):
        if day.weekday() < 5:
            found.add(day)
    for day in (dt.date(year, 12, 25), dt.date(year, 12, 26)):
        if day.weekday() >= 5:
            free = _not_at_weekend(day)
            while free in found:
                free += _DAY
            found.add(free)
    return found


def _not_at_weekend(day: dt.date) -> dt.date:
    while day.weekday() >= 5:
        day += _DAY
    return day


def _monday_from(day: dt.date) -> dt.date:
    """The first Monday on or after a day."""
    return day + (-day.weekday() % 7) * _DAY


@cache
def _exceptions() -> tuple[dict[dt.date, dt.date], frozenset[dt.date]]:
    """Days moved, from to; and days added."""
    data = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    moved = {row["from"]: row["to"] for row in data["moved"]}
    return moved, frozenset(row["date"] for row in data["added"])


def all_bank_holidays(first: int, last: int, more: Iterable[dt.date] = ()) -> frozenset[dt.date]:
    """The bank holidays of a run of years, and days of one's own."""
    return frozenset(day for year in range(first, last + 1) for day in bank_holidays(year)) | {
        *more
    }
