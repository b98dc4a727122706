"""One cell to one value: a number, a symbol or a text.

74%, 74 and 0.74 of a percent indicator: a percent format of Excel and a percent sign in text both
say that the number is a percentage, so each gives 74. Otherwise the number is taken as it stands,
percent being 0 to 100: 0.74 is 0.74 %, and checks.py remarks on it where the series tells
otherwise.

Commas between thousands, brackets for minus, the typographic minus and every kind of space are
understood. NA is a text like any other and never a number.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from workbook_builder.catalogue.words import Unit
from workbook_builder.extracts.cells import Cell, Unusable, tidy
from workbook_builder.values import Symbol, Value, parse_symbol

_NUMBER = re.compile(
    r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?"
)


@dataclass(frozen=True)
class Amount:
    """What a cell holds, and what a person should look at about it."""

    value: Value
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=50_000)
def read_value(cell: Cell, unit: Unit) -> Amount | Unusable:
    """The value of an indicator with this unit, or why there is none."""
    content = _usable(cell)
    if isinstance(content, Unusable):
        return content
    if isinstance(content, float):
        return _from_number(cell, content, unit)
    symbol = parse_symbol(_plain_minus(content))
    if symbol is not None:
        return Amount(symbol)
    if unit is Unit.TEXT:
        return Amount(content.strip())
    found = parse_number(content)
    if found is None:
        return Amount(content.strip(), (f'kept as text: "{tidy(content)}" is not a number',))
    number, percent = found
    if percent and unit is not Unit.PERCENT:
        return Amount(number, (f'"{tidy(content)}" has a percent sign but counts {unit}',))
    return Amount(number)


@lru_cache(maxsize=50_000)
def read_part(cell: Cell) -> float | Symbol | Unusable:
    """A numerator or denominator. Raises ValueError for text that is neither number nor symbol."""
    content = _usable(cell)
    if isinstance(content, (float, Unusable)):
        return content
    symbol = parse_symbol(_plain_minus(content))
    if symbol is not None:
        return symbol
    found = parse_number(content)
    if found is None or found[1]:
        raise ValueError(f'"{tidy(content)}" is not a number')
    return found[0]


def parse_number(text: str) -> tuple[float, bool] | None:
    """The number that a text is, and whether it has a percent sign; None if it is no number."""
    rest = _plain_minus(text)
    negative = rest.startswith("(") and rest.endswith(")")
    if negative:
        rest = rest[1:-1].strip()
    percent = rest.endswith("%")
    rest = rest.removesuffix("%").rstrip()
    if negative and rest.startswith(("-", "+")):
        return None
    number = float(rest.replace(",", "")) if _NUMBER.fullmatch(rest) else math.inf
    if not math.isfinite(number):
        return None
    return (-number if negative else number), percent


def _usable(cell: Cell) -> str | float | Unusable:
    content = cell.content
    if isinstance(content, dt.datetime):
        day = content.date().isoformat()
        return Unusable(f"a date ({day}) stands where a figure should: Excel may have guessed it")
    return content


def _from_number(cell: Cell, number: float, unit: Unit) -> Amount:
    if unit is Unit.TEXT:
        return Amount(cell.text)
    if not cell.is_percent:
        return Amount(number)
    if unit is not Unit.PERCENT:
        return Amount(number, (f"{cell.text} is formatted as a percentage but counts {unit}",))
    return Amount(times(number, 100))


def times(number: float, factor: int) -> float:
    """The product as Excel shows it: 0.07 times 100 is 7, not 7.000000000000001."""
    return float(Decimal(f"{number:.15g}") * factor)


def _plain_minus(text: str) -> str:
    return re.sub("[‐‑‒−]", "-", tidy(text))
