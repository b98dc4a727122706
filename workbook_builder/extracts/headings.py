"""Periods as people write them, in a column heading or in a period column.

The rules, where more than one reading is possible:

* A year, a hyphen and 01 to 12 is a month: 2009-10 is October 2009, never the year 2009/10.
* A year, a hyphen and the two digits that follow it is the financial year where they are no
  month: 2012-13 is 2012/13. Any other number after the hyphen is a fault: 2013-13, 2012-14.
* A year and a slash is always a financial year, and its two years must follow each other.
* A year by itself is a calendar year. Two digits and a slash alone (12/13) are a fault: they
  could be a month or a year. After Q3, YTD or full year, 13/14 is a financial year.
* Two-digit years are Excel's: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999.
* Dates are day first, always, whatever the day: 03/02/2014 is 3 February.
* A first or last day of a month, as text or as an Excel date, means that month; any other day is
  a snapshot. "Snapshot 2014-03-31" or "at 31/03/2014" is a snapshot whatever its day.
* The period is what the heading says: a month stays a month for a quarterly indicator too.
* A year to date that does not say how far it goes (2013/14 YTD) goes to the end of its year here;
  the folder's reading moves it to the latest month that the same file has figures for.
* What `Period.key` prints is read back as the same period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from workbook_builder.extracts.cells import tidy
from workbook_builder.extracts.spelling import (
    SHORT_YEARS,
    day_of,
    edge,
    financial_year,
    month_of,
    nearest_month,
    plain,
)
from workbook_builder.periods import MONTH_NAMES, FinancialYear, Kind, Month, Period

WAYS_TO_WRITE = (
    "2013-09, Sep-13, September 2013, 09/2013, 2013/14-Q3, Q3 2013/14, 2012/13, 2013/14 YTD, "
    "2013/14 full year, 12 months to Feb-14, 2013-04..2013-08, w/c 03/02/2014 or 24/03/2014"
)

_WEEK = re.compile(r"(?:w/c|wc|w/b|week commencing|week beginning|week of|week)[ :]+(.+)")
_SNAPSHOT = re.compile(r"(?:snapshot(?:[ _]date)?|position|as)?(?: ?(?:at|on))?[ :]+(.+)")
_TWELVE = r"12[ -]?m(?:onths?|ths?)?"
_ROLLING = re.compile(
    rf"(?:rolling(?:[ _]?{_TWELVE})?|{_TWELVE}|year)[ :]+(?:to|ending|ended)[ :]+(.+)"
)
_ROLLING_BARE = re.compile(
    rf"rolling(?:[ _]?{_TWELVE})?[ :]+(.+)|(.+?)[ -]+rolling(?:[ _]?{_TWELVE})?"
)
_YTD = re.compile(r"(?:ytd|year to date)[ :-]+(.+)|(.+?)[ -]+(?:ytd|year to date)")
_YTD_TO = re.compile(
    r"(?:(\S+)[ -]+)?(?:ytd|year to date)[ :-]+(?:(\S+)[ ]+)?(?:to|at|as at)[ :]+(.+)"
)
_FULL_YEAR = re.compile(r"full[ _-]year[ :-]+(.+)|(.+?)[ -]+full[ _-]year")
_QUARTER = re.compile(
    r"(?:quarter|qtr|q) ?(\d)(?!\d)[ ,/-]*(?:of )?(\d.*)|(.+?)[ ,/-]*(?:quarter|qtr|q) ?(\d+)"
)
_YEAR = re.compile(r"(?:year|fy|financial year) ?(\d.*)")
_RANGE = re.compile(r"(.+?)(?: ?\.\. ?| to | - )(.+)")


@lru_cache(maxsize=4096)
def read_period(written: str, years: FinancialYear) -> Period:
    """The period that a text means.

    Raises ValueError with a message for the person who wrote it, nearest meaning included.
    """
    text = plain(written)
    try:
        periods = (reading(text, years) for reading in _READINGS)
        period = next((each for each in periods if each is not None), None)
    except ValueError as error:
        raise ValueError(str(error).replace(f'"{text}"', f'"{tidy(written)}"')) from None
    if period is None:
        raise ValueError(f'"{tidy(written)}" is not a period.{nearest_month(text)}')
    return period


def period_of_day(day: dt.date) -> Period:
    """The month whose first or last day this is; for any other day the position on that day."""
    month = Month(day.year, day.month)
    return Period.month(month) if day in (month.first_day, month.last_day) else Period.snapshot(day)


def period_of_date(day: dt.date, number_format: str, years: FinancialYear) -> Period:
    """What a date cell of Excel means.

    Raises ValueError where the cell shows day and month without a year. Excel makes such a date
    from a typed "Sep-13", as 13 September of the year it was typed in.
    """
    period = period_of_day(day)
    shown = number_format.casefold()
    if period.kind is Kind.SNAPSHOT and "d" in shown and "m" in shown and "y" not in shown:
        meant = read_period(f"{MONTH_NAMES[day.month - 1]}-{day.day:02d}", years)
        raise ValueError(
            f"Excel took what was typed for the date {day.isoformat()}, and shows no year. If "
            f"{meant.end.long_label} was meant, type '{meant.text} with the apostrophe before it."
        )
    return period


def _snapshot(text: str, _years: FinancialYear) -> Period | None:
    found = _SNAPSHOT.fullmatch(text)
    day = day_of(found[1]) if found else None
    return Period.snapshot(day) if day else None


def _week(text: str, _years: FinancialYear) -> Period | None:
    found = _WEEK.fullmatch(text)
    if not found:
        return None
    day = day_of(found[1])
    if day is None:
        raise ValueError(f'"{text}" has no day: write the day the week begins, w/c 03/02/2014.')
    return Period.week(day)


def _rolling(text: str, _years: FinancialYear) -> Period | None:
    found = _ROLLING.fullmatch(text) or _ROLLING_BARE.fullmatch(text)
    if not found:
        return None
    month = edge(_group(found))
    if month is None:
        raise ValueError(f'"{text}" has no last month: write it as 12 months to Feb-14.')
    return Period.rolling(month)


def _year_to_date(text: str, years: FinancialYear) -> Period | None:
    if text in ("ytd", "year to date"):
        raise ValueError(f'"{text}" does not say which year: write it as 2013/14 YTD.')
    reach = _YTD_TO.fullmatch(text)
    month = edge(reach[3]) if reach else None
    if reach and month:
        year = reach[1] or reach[2]
        first = financial_year(year, years, short=True) if year else years.start_of(month)
        if first != years.start_of(month):
            raise ValueError(f'"{text}" names a month that is not in that financial year.')
        return years.ytd(month)
    return _labelled_year(text, _YTD, years, lambda first: years.ytd(first.plus(11)), "YTD")


def _full_year(text: str, years: FinancialYear) -> Period | None:
    return _labelled_year(text, _FULL_YEAR, years, years.full_year, "full year")


def _labelled_year(
    text: str,
    pattern: re.Pattern[str],
    years: FinancialYear,
    make: Callable[[Month], Period],
    label: str,
) -> Period | None:
    found = pattern.fullmatch(text)
    if not found:
        return None
    first = financial_year(_group(found), years, short=True)
    if first is None:
        month = edge(_group(found))
        meant = years.label(month) if month else "2013/14"
        raise ValueError(f'"{text}" does not name a financial year: write it as {meant} {label}.')
    return make(first)


def _quarter(text: str, years: FinancialYear) -> Period | None:
    found = _QUARTER.fullmatch(re.sub(r"^quarter (?=\d{4})", "", text))
    if not found:
        return None
    number, year = (found[1], found[2]) if found[1] else (found[4], found[3])
    if not 1 <= int(number) <= 4:
        raise ValueError(f'"{text}" is not a quarter: a year has quarters 1 to 4.')
    first = financial_year(year, years, short=True)
    if first is None:
        meant = f"Q{number} {years.label(Month(2013, 12))}"
        raise ValueError(f'"{text}" does not say in which financial year: write it like {meant}.')
    return years.quarter(first.plus(3 * (int(number) - 1)))


def _range(text: str, _years: FinancialYear) -> Period | None:
    found = _RANGE.fullmatch(text.removeprefix("range "))
    if not found:
        return None
    start, end = edge(found[1]), edge(found[2])
    if start is None or end is None:
        return None
    if end < start:
        raise ValueError(f'"{text}" ends before it begins: write the earlier month first.')
    return Period.between(start, end)


def _plain_day(text: str, _years: FinancialYear) -> Period | None:
    day = day_of(text)
    return period_of_day(day) if day else None


def _plain_month(text: str, _years: FinancialYear) -> Period | None:
    month = month_of(text.removeprefix("month "))
    return Period.month(month) if month else None


def _whole_year(text: str, years: FinancialYear) -> Period | None:
    labelled = _YEAR.fullmatch(text)
    year = labelled[1] if labelled else text
    if re.fullmatch(r"\d{4}", year):
        return Period.calendar_year(int(year)) if 1900 <= int(year) <= 2200 else None
    first = financial_year(year, years, short=bool(labelled))
    if first is None and SHORT_YEARS.fullmatch(text):
        raise ValueError(
            f'"{text}" may be a month or a year: write the year in full, as 2012/13 or 2013-12.'
        )
    return years.year(first) if first else None


# The first reading that knows the shape decides; those with a label come before those without.
_READINGS: tuple[Callable[[str, FinancialYear], Period | None], ...] = (
    _week,
    _year_to_date,
    _full_year,
    _rolling,
    _quarter,
    _snapshot,
    _range,
    _plain_day,
    _plain_month,
    _whole_year,
)


def _group(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group)
