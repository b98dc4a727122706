"""Days, months and financial years in tidied text; headings.py says which rules hold."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from workbook_builder.errors import nearest
from workbook_builder.extracts.cells import tidy
from workbook_builder.periods import MONTH_NAMES, FinancialYear, Month

_NAME = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MIDNIGHT = r"(?:[t ]00:00(?::00(?:\.0+)?)?)?"
_YMD = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_MIDNIGHT}")
_DMY = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){_MIDNIGHT}")
_DAY_NAME_YEAR = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]{_NAME}[ -](\d{{4}}|\d{{2}})")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_NAME_YEAR = re.compile(rf"{_NAME}[ ./-]*(\d{{4}}|\d{{2}})")
_YEAR_NAME = re.compile(rf"(\d{{4}})[ ./-]*{_NAME}")
_TWO_YEARS = re.compile(r"(\d{4}) ?[/-] ?(\d{4}|\d{2})")
SHORT_YEARS = re.compile(r"(\d{2})/(\d{2})")


def plain(text: str) -> str:
    """The text in lower case, its dashes and spaces made plain, brackets and commas taken out."""
    text = re.sub("[‐‑‒–—−]", "-", text)
    text = re.sub(r"[(),'’‘]", " ", text)
    return tidy(text).casefold().strip(" .:")


def could_be_financial_year(text: str) -> bool:
    """Whether a month is written as others write a year: 2009-10, 2010-11, 2011-12."""
    found = _YEAR_MONTH.fullmatch(plain(text))
    return found is not None and int(found[2]) <= 12 and _follows(found[1], found[2])


def is_hyphened_year(text: str) -> bool:
    """Whether a financial year is written with a hyphen: 2012-13."""
    found = _YEAR_MONTH.fullmatch(plain(text))
    return found is not None and int(found[2]) > 12 and _follows(found[1], found[2])


def edge(text: str) -> Month | None:
    """A month, or the first or last day that stands for it. Raises ValueError as month_of does."""
    day = day_of(text)
    if day is None:
        return month_of(text)
    month = Month(day.year, day.month)
    return month if day in (month.first_day, month.last_day) else None


def day_of(text: str) -> dt.date | None:
    """The day, None if the text has not the shape of one. Raises ValueError for 31/02/2014."""
    if found := _YMD.fullmatch(text):
        year, month, day = found[1], found[2], found[3]
    elif found := _DMY.fullmatch(text):
        day, month, year = found[1], found[2], found[3]
    elif found := _DAY_NAME_YEAR.fullmatch(text):
        day, month, year = found[1], str(_named(found[2])), found[3]
    else:
        return None
    try:
        return dt.date(_full(year), int(month), int(day))
    except ValueError:
        raise ValueError(f'"{text}" is not a date: dates are day first, 24/03/2014.') from None


def month_of(text: str) -> Month | None:
    """The month, None if the text has not the shape of one. Raises ValueError for 2013-13."""
    if found := _YEAR_MONTH.fullmatch(text):
        if int(found[2]) > 12 and _follows(found[1], found[2]):
            return None
        return _month_of(text, found[1], int(found[2]))
    if found := _MONTH_YEAR.fullmatch(text):
        return _month_of(text, found[2], int(found[1]))
    if found := _NAME_YEAR.fullmatch(text):
        return _month_of(text, found[2], _named(found[1]))
    if found := _YEAR_NAME.fullmatch(text):
        return _month_of(text, found[1], _named(found[2]))
    return None


def _month_of(text: str, year: str, month: int) -> Month:
    if not 1 <= month <= 12:
        raise ValueError(
            f'"{text}" is not a month: there is no month {month}. Months are 01 to 12; '
            f"the financial year is written {_label(int(_full(year)))}."
        )
    return Month(_full(year), month)


def financial_year(text: str, years: FinancialYear, short: bool) -> Month | None:
    """The first month of a financial year; 13/14 only where a label says that it is one.

    None if the text has not the shape of one. Raises ValueError for 2012/14.
    """
    if years.first_month == 1 and re.fullmatch(r"\d{4}", text):
        return Month(int(text), 1)
    found = _TWO_YEARS.fullmatch(text) or (SHORT_YEARS.fullmatch(text) if short else None)
    if not found:
        return None
    if years.first_month == 1:
        raise ValueError(f'"{text}": the year starts in January here. Write it as {found[1]}.')
    first = _full(found[1])
    if not _follows(str(first), found[2]):
        raise ValueError(f'"{text}" is not a financial year{_meant(first, found[2])}')
    return Month(first, years.first_month)


def _meant(first: int, second: str) -> str:
    month = f" or, for the month, {first}-{int(second):02d}" if 1 <= int(second) <= 12 else ""
    return f": its two years do not follow each other. Write {_label(first)}{month}."


def _label(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"


def _follows(first: str, second: str) -> bool:
    following = int(first) + 1
    return int(second) == (following if len(second) == 4 else following % 100)


def _full(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return 2000 + number if number < 30 else 1900 + number


def _named(name: str) -> int:
    return [month.casefold() for month in MONTH_NAMES].index(name[:3]) + 1


def nearest_month(text: str) -> str:
    """What a text that is no period was probably meant to be; blank where nobody can tell."""
    if found := re.fullmatch(r"([a-z]+)[ ./-]*(\d{4}|\d{2})", text):
        names = {name: name for name in MONTH_NAMES}
        names |= {calendar.month_name[month]: calendar.month_abbr[month] for month in range(1, 13)}
        name = nearest(found[1], names)
        return f' Did you mean "{names[name]}-{_full(found[2]) % 100:02d}"?' if name else ""
    if found := re.fullmatch(rf"(\d{{1,2}})-{_NAME}", text):
        month = Month(_full(found[1].zfill(2)), _named(found[2]))
        return f' If {month.long_label} was meant, Excel has turned it round: write "{month}".'
    if re.fullmatch(r"[1-9]\d{4}", text):
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text))
        return f" It may be Excel's number for {day.isoformat()}: give the cell a date format."
    return ""
