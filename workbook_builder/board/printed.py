"""What a cell prints: its content in its number format, as text for papers that are no workbooks.

Only the few formats that plans use are known: General, digits with decimals, texts in quotation
marks, and the four cases of a format with a mark.
"""

from __future__ import annotations

import datetime as dt
import re

from workbook_builder.errors import InternalError
from workbook_builder.periods import day_label
from workbook_builder.values import number_text

PIECE = re.compile(r'"([^"]*)"|(General)|(0(?:\.0+)?)|(@)|(-)|( )')
POSITIVE, NEGATIVE, ZERO, TEXT = range(4)


def printed(content: object, number_format: str = "") -> str:
    """The text of a cell. Raises InternalError for a format that plans do not use."""
    if content is None:
        return ""
    if isinstance(content, dt.date):
        return day_label(content)
    cases = _cases(number_format or "General")
    if isinstance(content, bool) or not isinstance(content, (int, float)):
        return _pieces(cases[TEXT], str(content)) if len(cases) > TEXT else str(content)
    number = float(content)
    if len(cases) == 1:
        return _pieces(cases[POSITIVE], number)
    if number < 0:
        return _pieces(cases[NEGATIVE], -number)
    at = ZERO if number == 0 and len(cases) > ZERO else POSITIVE
    return _pieces(cases[at], number)


def _cases(number_format: str) -> list[str]:
    """The cases of a format: for numbers above nought, below, nought itself, and texts."""
    return re.findall(r'(?:"[^"]*"|[^;"])+', number_format)


def _pieces(case: str, content: float | str) -> str:
    found, at = list[str](), 0
    while at < len(case):
        piece = PIECE.match(case, at)
        if piece is None:
            raise InternalError(f"a number format is not known: {case}")
        quoted, general, digits, text, dash, blank = piece.groups()
        if quoted is not None:
            found.append(quoted)
        elif digits and isinstance(content, float):
            found.append(number_text(content, len(digits.partition(".")[2])))
        elif general and isinstance(content, float):
            found.append(_general(content))
        elif text or general or digits:
            found.append(str(content))
        else:
            found.append(dash or blank)
        at = piece.end()
    return "".join(found)


def _general(number: float) -> str:
    """A number with as many decimals as it has, without a power of ten."""
    said = f"{number:.15g}"
    return said if "e" not in said else number_text(number, 0)
