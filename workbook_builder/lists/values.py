"""Ids, numbers and texts as councils write them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from workbook_builder.lists.cells import (
    NOTHINGS,
    Cleaned,
    Coded,
    Issue,
    clean_each,
    is_blank,
    is_error,
    text_of,
    tidy,
)
from workbook_builder.lists.dates import UNBORN
from workbook_builder.lists.model import Done
from workbook_builder.lists.private import Private

_POINT_ZERO = re.compile(r"(-?\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|-?\.\d+")
_EXACT = 10**15
_NO_IDS = NOTHINGS | {"total", "totals", "grand total", "unknown", "not known", "0"}

_NO_ID = Issue("no id", "no id", Done.ROW_LEFT_OUT)
_ID_WORD = Issue("no id", "a word, zero or error value where an id belongs", Done.ROW_LEFT_OUT)
_ID_LOST = Issue(
    "id with digits lost", "a number so long that Excel has dropped its last digits", Done.KEPT
)
_ID_FRACTION = Issue("odd id", "a number with decimals where an id belongs", Done.KEPT)
_NEGATIVE = Issue("impossible number", "a number below zero", Done.BLANKED)
_TOO_LARGE = Issue("impossible number", "a number far too large", Done.BLANKED)
_NOT_A_NUMBER = Issue("not a number", "text where a number belongs", Done.BLANKED)
_ERROR = Issue("error value", "an error value of Excel", Done.BLANKED)
_WORD_FOR_NOTHING = Issue("word for nothing", "a word that stands for nothing", Done.BLANKED)
_DATE_AS_TEXT = Issue("date in a text", "a date where text belongs", Done.KEPT)
_DATE = Issue("date in a text", "a date where text belongs, not shown", Done.BLANKED)
_PERSON = Issue(
    "person in a text", "an id or a person's name where text belongs, not shown", Done.BLANKED
)
MOST_YEARS = 120
MOST_COUNTED = 1000


def clean_ids(coded: Coded, required: bool) -> Cleaned:
    """Ids as text, the same for 123, "123.0" and "123 ". required: a row without one goes out."""
    cleaned = clean_each(coded, _id)
    if required:
        return cleaned
    optional = (None if issue in (_NO_ID, _ID_WORD) else issue for issue in cleaned.issues)
    return Cleaned(cleaned.values, tuple(optional))


def _id(value: Any) -> tuple[str, Issue | None]:
    if plain := _plain_id(value):
        return plain, None
    if is_blank(value):
        return "", _NO_ID
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= _EXACT:
        return text_of(value), _ID_LOST
    text = text_of(value).lstrip("'").strip()
    if found := _POINT_ZERO.fullmatch(text):
        text = found[1]
    if text.casefold() in _NO_IDS or is_error(text):
        return "", _ID_WORD
    if not text:
        return "", _NO_ID
    if _SCIENTIFIC.fullmatch(text):
        return text, _ID_LOST
    if isinstance(value, float) and not value.is_integer():
        return text, _ID_FRACTION
    return text, None


def _plain_id(value: Any) -> str:
    """The id that a whole number or a text of digits is, as most are; else nothing."""
    if type(value) is str:
        return value if value.isdecimal() and value.isascii() and value != "0" else ""
    if type(value) in (int, float) and 0 < value < _EXACT and value == int(value):
        return str(int(value))
    return ""


def clean_numbers(coded: Coded, age: bool = False) -> Cleaned:
    """Counts and ages; -1 is the age of the unborn and no count."""
    return clean_each(coded, _age if age else _count, float)


def _age(value: Any) -> tuple[float, Issue | None]:
    if isinstance(value, str) and tidy(value).casefold() in UNBORN:
        return -1.0, None
    number, issue = _number(value)
    if number < -1:
        return math.nan, _NEGATIVE
    if number > MOST_YEARS:
        return math.nan, _TOO_LARGE
    # Between -1 and 0 stands what a system works out from an expected date of birth.
    return (-1.0 if -1 < number < 0 else number), issue


def _count(value: Any) -> tuple[float, Issue | None]:
    number, issue = _number(value)
    if number < 0:
        return math.nan, _NEGATIVE
    return (math.nan, _TOO_LARGE) if number > MOST_COUNTED else (number, issue)


def _number(value: Any) -> tuple[float, Issue | None]:
    if is_blank(value):
        return math.nan, None
    if isinstance(value, str):
        text = tidy(value).lstrip("'")
        if _NUMBER.fullmatch(text):
            return float(text.replace(",", "")), None
        if is_error(text):
            return math.nan, _ERROR
        nothing = text.casefold() in NOTHINGS
        return math.nan, _WORD_FOR_NOTHING if nothing else _NOT_A_NUMBER
    try:
        return float(value), None
    except (TypeError, ValueError):
        return math.nan, _NOT_A_NUMBER


def clean_texts(coded: Coded) -> Cleaned:
    """Texts as they are but for spaces; a team called None keeps its name."""
    return clean_each(coded, _text)


def clean_groups(
    coded: Coded, private: Private, names: Mapping[str, str] = MappingProxyType({})
) -> Cleaned:
    """Texts that may name a group on a sheet, such as teams: nothing private is among them.

    names: what the mapping file calls a group, by the old name in small letters. Somebody has
    looked at those.
    """
    return clean_each(coded, partial(_group, private=private, names=names))


def _group(value: Any, private: Private, names: Mapping[str, str]) -> tuple[str, Issue | None]:
    text, issue = _text(value)
    if not text:
        return text, issue
    if (name := names.get(text.casefold())) is not None:
        return name, None
    if issue is _DATE_AS_TEXT or private.dated(text):
        return "", _DATE
    return ("", _PERSON) if private.person(text) else (text, issue)


def _text(value: Any) -> tuple[str, Issue | None]:
    text = text_of(value)
    if is_error(text):
        return "", _ERROR
    if text in ("NULL", "(null)", "<NULL>", "nan"):
        return "", _WORD_FOR_NOTHING
    return text, _DATE_AS_TEXT if hasattr(value, "year") and text else None
