"""Dates as councils write them: real ones, Excel's numbers, texts with the day first."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from workbook_builder.lists.cells import (
    NOTHINGS,
    Cleaned,
    Coded,
    Issue,
    clean_each,
    is_blank,
    is_error,
    tidy,
)
from workbook_builder.lists.model import Done

_EPOCH = dt.date(1899, 12, 30)
_TIME = (
    r"(?:(?:[t ]|, ?)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?: ?(?:z|[+-]\d{2}:?\d{2}))?)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_YMD = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_DMY = re.compile(rf"{_WEEKDAY}(\d{{1,2}}) ?[-/. ] ?(\d{{1,2}}) ?[-/. ] ?(\d{{4}}|\d{{2}}){_TIME}")
_NAMED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[ -/.]*"
    rf"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -/.,]*(\d{{4}}|\d{{2}}){_TIME}"
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

# Dates that systems write where they have none.
FILLERS = frozenset(
    {
        dt.date(1, 1, 1),
        dt.date(1753, 1, 1),
        dt.date(1899, 12, 30),
        dt.date(1899, 12, 31),
        dt.date(1900, 1, 1),
        dt.date(1900, 1, 2),
        dt.date(2099, 12, 31),
        dt.date(2100, 1, 1),
        dt.date(9999, 12, 31),
    }
)
# Excel's numbers of May 1927 and of the end of 9999; below are years and counts.
FIRST_SERIAL, LAST_SERIAL = 10_000, 2_958_465
IMPOSSIBLE_YEARS = 120
OLD_YEARS = 30
FUTURE_DAYS = 731
UNBORN_DAYS = 310

_NOT_A_DATE = Issue("not a date", "text where a date belongs", Done.BLANKED)
_TIME_ONLY = Issue("not a date", "a time of day where a date belongs", Done.BLANKED)
_NUMBER_ONLY = Issue("not a date", "a number that is no date of Excel's", Done.BLANKED)
_ERROR = Issue("error value", "an error value of Excel", Done.BLANKED)
_WORD_FOR_NOTHING = Issue("word for nothing", "a word that stands for nothing", Done.BLANKED)
_NO_SUCH_DAY = Issue("impossible date", "a day that no calendar has, day first", Done.BLANKED)
_FILLER = Issue("filler date", "a date that systems write where they have none", Done.BLANKED)
_TOO_OLD = Issue("impossible date", f"a date over {IMPOSSIBLE_YEARS} years ago", Done.BLANKED)
_OLD = Issue("old date", f"a date over {OLD_YEARS} years ago", Done.KEPT)
_FUTURE = Issue("future date", "a date after the extract", Done.KEPT)
_FAR_FUTURE = Issue("impossible date", "a date more than two years ahead", Done.BLANKED)
_FAR_BIRTH = Issue("impossible date", "a birth expected over ten months ahead", Done.BLANKED)
UNBORN = frozenset({"unborn", "unborn child", "u/b", "not yet born"})

_NOTHING = np.datetime64("NaT", "ns")


def excel_numbers(days: npt.NDArray[np.datetime64]) -> list[int]:
    """Excel's number of each day that is one, as a cell shows it that has lost its format."""
    known = days[~np.isnat(days)].astype("datetime64[D]") - np.datetime64(_EPOCH)
    return [int(number) for number in known.astype(np.int64)]


def clean_dates(coded: Coded, as_at: dt.date, birth: bool = False) -> Cleaned:
    """Every distinct value as a day, NaT where it is none. birth: the unborn have one ahead."""
    return clean_each(coded, partial(_clean, as_at=as_at, birth=birth), "datetime64[ns]")


def _clean(value: Any, as_at: dt.date, birth: bool) -> tuple[np.datetime64, Issue | None]:
    if is_blank(value):
        return _NOTHING, None
    if birth and isinstance(value, str) and tidy(value).casefold() in UNBORN:
        return _NOTHING, None
    found = parse_date(value, as_at)
    if isinstance(found, Issue):
        return _NOTHING, found
    issue = _judged(found, as_at, birth)
    if issue is not None and issue.done is Done.BLANKED:
        return _NOTHING, issue
    return np.datetime64(found, "ns"), issue


def _judged(day: dt.date, as_at: dt.date, birth: bool) -> Issue | None:
    if day in FILLERS:
        return _FILLER
    years = as_at.year - day.year - ((as_at.month, as_at.day) < (day.month, day.day))
    if years >= IMPOSSIBLE_YEARS:
        return _TOO_OLD
    ahead = (day - as_at).days
    if birth and ahead > 0:
        return _FAR_BIRTH if ahead > UNBORN_DAYS else None
    if ahead > 0:
        return _FAR_FUTURE if ahead > FUTURE_DAYS else _FUTURE
    return _OLD if years >= OLD_YEARS else None


def parse_date(value: Any, as_at: dt.date) -> dt.date | Issue:
    """The day that a cell that is not blank holds, whether sensible or not."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, np.datetime64):
        return dt.date.fromisoformat(str(value.astype("datetime64[D]")))
    if isinstance(value, (dt.time, dt.timedelta)):
        # A number below 1 with a date format: nothing, or a time without its day.
        empty = value in (dt.time(), dt.timedelta())
        return _FILLER if empty else _TIME_ONLY
    if isinstance(value, bool):
        return _NOT_A_DATE
    if not isinstance(value, str):
        try:
            return _from_number(float(value))
        except (TypeError, ValueError):
            return _NOT_A_DATE
    return _from_text(tidy(value).casefold().lstrip("'"), as_at)


def _from_number(number: float) -> dt.date | Issue:
    if not math.isfinite(number):
        return _NUMBER_ONLY
    whole = int(number)
    if number == whole and (compact := _COMPACT.fullmatch(str(whole))):
        return _day(compact[1], compact[2], compact[3], dt.date.max)
    if whole in (0, 1):
        return _FILLER
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return _NUMBER_ONLY
    return _EPOCH + dt.timedelta(days=whole)


def _from_text(text: str, as_at: dt.date) -> dt.date | Issue:
    if found := _YMD.fullmatch(text):
        return _day(found[1], found[2], found[3], as_at)
    if found := _DMY.fullmatch(text):
        return _day(found[3], found[2], found[1], as_at)
    if found := _NAMED.fullmatch(text):
        return _day(found[3], str(_MONTHS.index(found[2]) + 1), found[1], as_at)
    if _NUMBER.fullmatch(text):
        return _from_number(float(text))
    if is_error(text):
        return _ERROR
    return _WORD_FOR_NOTHING if text in NOTHINGS else _NOT_A_DATE


def _day(year: str, month: str, day: str, as_at: dt.date) -> dt.date | Issue:
    full = int(year)
    if len(year) == 2:
        full += 2000 if full <= as_at.year % 100 + 2 else 1900
    try:
        return dt.date(full, int(month), int(day))
    except ValueError:
        return _NO_SUCH_DAY
