"""What Excel makes of a text that is put into a cell: a date, a number, a formula, or text.

Writing through Range.Value is typing: "10-15" becomes a date unless an apostrophe leads it. Only
what a UK Excel does with the kinds of text that scorecards hold is imitated here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

EPOCH = dt.date(1899, 12, 30)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may", "may"),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+)?")
LONGEST = 32_767


@dataclass(frozen=True)
class FormulaTyped:
    """A text that became a formula; text includes the equals sign."""

    text: str


@dataclass(frozen=True)
class Literal:
    """A text that stays a text."""

    text: str


@dataclass(frozen=True)
class NumberTyped:
    """A text that became a number, and the number format that Excel gives the cell."""

    value: float
    number_format: str = ""


Coerced = FormulaTyped | Literal | NumberTyped


def coerce(text: str, year: int = 2026) -> Coerced:
    """What a text becomes when it is put into a cell. Raises ValueError for one too long."""
    if len(text) > LONGEST:
        raise ValueError("a cell holds up to 32,767 characters")
    if text.startswith("'"):
        return Literal(text[1:])
    if text.startswith("=") and len(text) > 1:
        return FormulaTyped(text)
    if text.startswith("+") and re.match(r"\+[A-Za-z(]", text):
        return FormulaTyped("=" + text[1:])
    trimmed = text.strip()
    return (
        _truth(trimmed)
        or _time(trimmed)
        or _date(trimmed, year)
        or _number(trimmed)
        or Literal(text)
    )


def _truth(text: str) -> Coerced | None:
    return NumberTyped(float(text.upper() == "TRUE")) if text.upper() in ("TRUE", "FALSE") else None


def _number(text: str) -> Coerced | None:
    body, sign, style = text, 1.0, ""
    if body.startswith("(") and body.endswith(")"):
        body, sign = body[1:-1], -1.0
    if body.startswith("£"):
        body, style = body[1:], "£#,##0"
    percent = body.endswith("%")
    body = body.removesuffix("%").strip()
    if not any(char.isdigit() for char in body) or not NUMBER.fullmatch(body):
        return None
    number = sign * float(body.replace(",", ""))
    return NumberTyped(number / 100, "0%") if percent else NumberTyped(number, style)


def _time(text: str) -> Coerced | None:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", text)
    if not found or int(found[2]) > 59:
        return None
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    return NumberTyped(seconds / 86400, "hh:mm")


def _date(text: str, year: int) -> Coerced | None:
    """1/2, 10-15, 3-Feb, Mar 14, 3/4/2014, 2014-03-04, 2013-09."""
    parts = re.fullmatch(r"(\w+)[-/ ](\w+)(?:[-/ ](\w+))?", text)
    if not parts:
        return None
    one, two, three = parts[1], parts[2], parts[3]
    day = _day(one, two, three, year)
    if day is None:
        return None
    return NumberTyped(float((day - EPOCH).days), "dd/mm/yyyy")


def _day(one: str, two: str, three: str | None, year: int) -> dt.date | None:
    if three is None:
        month, other = MONTHS.get(two.lower()), one
        if month is None and two.isdigit() and MONTHS.get(one.lower()):
            month, other = MONTHS[one.lower()], two
        if month is not None and other.isdigit():
            number = int(other)
            if 1 <= number <= 31:
                return _made(year, month, number)
            return _made(_century(number), month, 1)
        if not (one.isdigit() and two.isdigit()):
            return None
        first, second = int(one), int(two)
        if first > 31 and second <= 12:
            return _made(_century(first), second, 1)
        # Day and month where that is possible, else month and year: 10-15 is October 2015.
        return _made(year, second, first) or (
            _made(_century(second), first, 1) if first <= 12 else None
        )
    month = MONTHS.get(two.lower()) or (int(two) if two.isdigit() else 0)
    if not (one.isdigit() and three.isdigit()):
        return None
    if len(one) == 4:
        return _made(int(one), month, int(three))
    return _made(_century(int(three)), month, int(one))


def _century(number: int) -> int:
    if number >= 100:
        return number
    return 2000 + number if number < 30 else 1900 + number


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
