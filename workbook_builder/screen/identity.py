"""What tells a person by its shape alone: numbers of children, days of birth.

A figure must not be taken for a number of a person, so shapes that figures have too count only
where the words beside them say so:

- A UPN has a letter that is worked out from its digits, so it is told wherever it stands.
- An NHS number has a check digit that one number of ten digits in eleven has by chance. It is told
  in texts; in a cell with a number only below a heading that says so, or where three different ones
  stand in one column, which figures have once in a thousand times.
- Numbers of case systems have no shape (5 to 8 digits); they are told below a heading or behind a
  label that says so, and wherever the lists are there to compare with.
- A date is a date of birth below or beside a heading that says so, or in a text behind such words,
  however old that makes somebody: adopters have one too. Behind "born" alone, which may be said
  of a service, only where it makes a child or care leaver.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from workbook_builder.screen.model import Kind

UPN = Kind(
    "WB851",
    "A unique pupil number (UPN) stands here.",
    "Take it out; a figure needs no pupil number.",
)
NHS = Kind("WB852", "An NHS number stands here.", "Take it out; a figure needs no NHS number.")
ID = Kind(
    "WB853",
    "A child's number of the case system stands here, by the words beside it.",
    "Take the number out, with the column if it is one of a list of children.",
)
BIRTH = Kind(
    "WB854",
    "A date of birth stands here.",
    "Take it out; say ages in groups, and only where they are large enough.",
)
INSURANCE = Kind("WB855", "A National Insurance number stands here.", "Take it out.")

# DfE: I, O and S are no check letters; A is 0 and Z is 22 (Unique pupil numbers: a guide).
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"(?<![0-9A-Za-z])([A-HJ-NP-RT-Z])(\d{11})([0-9A-HJ-NP-RT-Z])(?![0-9A-Za-z])")
_NHS = re.compile(r"(?<![\w.,£$-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w%]|[.,]\d)")
_INSURANCE = re.compile(
    r"(?<![0-9A-Za-z])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?: ?\d\d){3} ?[A-D](?![0-9A-Za-z])"
)
_DAY = (
    r"(?:\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Za-z]{3,9}\.?,?\s+\d{4}"
    r"|[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
)
_OF_BIRTH = re.compile(
    rf"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate\s+of\s+birth\b|\bbirth\s?dates?\b)"
    rf"\W{{0,4}}(?:\w+\W{{1,2}})?{_DAY}",
    re.IGNORECASE,
)
_BORN = re.compile(rf"\bborn\b\W{{0,4}}(?:\w+\W{{1,2}})?{_DAY}", re.IGNORECASE)
_BARE_DAY = re.compile(rf"{_DAY}(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.IGNORECASE)
_WHOSE = (
    r"(?:child(?:'?s|ren'?s)?|young person(?:'?s)?|person(?:'?s)?|client(?:'?s)?|pupil(?:'?s)?"
    r"|service user(?:'?s)?|sibling(?:'?s)?|case|customer|subject|mother(?:'?s)?|father(?:'?s)?"
    r"|family|uasc|home office|adopter(?:'?s)?)"
)
_SYSTEM = (
    r"(?:mosaic|liquid ?logic|lcs|eclipse|care ?first|care ?works|azeus|frameworki|ics|ehm|ssd)"
)
_NUMBER = (
    r"(?:unique )?(?:id|ids|identifier|identity|number|no|ref|reference)(?: (?:no|number|id))?"
)
# What heads a column or row of numbers, and what stands before one in a text.
_ID_WORDS = (
    rf"(?:{_WHOSE}|{_SYSTEM}|ssd903)(?: (?:{_WHOSE}|{_SYSTEM}))? {_NUMBER}|unique id|uln|ucln"
)
_ID_HEADING = re.compile(
    rf"(?:{_ID_WORDS}|(?:the )?id of (?:the )?{_WHOSE}|pid|person_?id|child_?id)"
)
_ID_LABELLED = re.compile(
    rf"\b(?:{_ID_WORDS})\b\W{{0,4}}(?=[A-Za-z]{{0,3}}\d)[A-Za-z]{{0,3}}\d{{4,12}}\b", re.IGNORECASE
)
_BIRTH_HEADING = re.compile(
    rf"(?:(?:{_WHOSE} )?(?:dob|d o b|date of birth|birth ?date|birthday|born(?: on)?|day of birth))"
    rf"(?: of (?:the )?{_WHOSE})?"
)
_NHS_HEADING = re.compile(rf"(?:(?:{_WHOSE} )?nhs(?: (?:no|number|id))?)")
_UPN_HEADING = re.compile(
    rf"(?:(?:{_WHOSE} |former )?upn(?: number)?|(?:former )?unique pupil (?:no|number))"
)
HEADINGS = (
    (BIRTH, _BIRTH_HEADING),
    (NHS, _NHS_HEADING),
    (UPN, _UPN_HEADING),
    (ID, _ID_HEADING),
)
LONGEST_HEADING = 60
# Years back that make a child or care leaver, and anybody.
_YOUNG, _ALIVE = 25, 110


def telling(text: str, as_at: dt.date) -> Iterator[Kind]:
    """The kinds of what a text holds about a person, by its shape and the words in it."""
    if not any(letter.isdigit() for letter in text):
        return
    if any(upn_is_sound(found[0]) for found in _UPN.finditer(text.upper())):
        yield UPN
    if any(nhs_is_sound(found[1] + found[3] + found[4]) for found in _NHS.finditer(text)):
        yield NHS
    if _ID_LABELLED.search(text):
        yield ID
    if _INSURANCE.search(text):
        yield INSURANCE
    days = [(found, _ALIVE) for found in _OF_BIRTH.finditer(text)]
    days += [(found, _YOUNG) for found in _BORN.finditer(text)]
    if any(_within(found[0], as_at, years) for found, years in days):
        yield BIRTH


def heading_of(text: str) -> Kind | None:
    """What stands below or beside a heading of these words; None for any other."""
    if len(text) > LONGEST_HEADING:
        return None
    plain = " ".join(re.sub(r"[^\w']+|_", " ", text.casefold()).split())
    return next((kind for kind, heading in HEADINGS if heading.fullmatch(plain)), None)


def upn_is_sound(upn: str) -> bool:
    """Whether the letter of a UPN is the one that follows from the rest.

    Each character counts by its place, the second twice; a temporary number ends in a letter.
    """
    rest = [int(one) if one.isdigit() else _CHECK_LETTERS.index(one) for one in upn[1:]]
    total = sum(place * value for place, value in enumerate(rest, start=2))
    return _CHECK_LETTERS[total % 23] == upn[0]


def nhs_is_sound(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of an NHS number (modulus 11)."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum((10 - place) * int(digit) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def is_day_of_birth(text: str, as_at: dt.date) -> bool:
    """Whether a whole text is a day on which somebody alive may have been born."""
    said = text.strip()
    return bool(_BARE_DAY.fullmatch(said)) and _within(said, as_at, _ALIVE)


def may_be_born(day: dt.date, as_at: dt.date) -> bool:
    """Whether somebody born on a day may be alive."""
    return dt.timedelta(0) <= as_at - day <= dt.timedelta(days=_ALIVE * 365.25)


def _within(text: str, as_at: dt.date, years: int) -> bool:
    """By the year alone: a day written in words or in another order is still a day."""
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    if year:
        return 0 <= as_at.year - int(year[0]) <= years
    short = re.search(r"(\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?)?$", text)
    return short is not None and (as_at.year - int(short[1])) % 100 <= years
