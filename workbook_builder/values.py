"""A figure is a number, a symbol or a text, and a symbol is never a number.

Rounding and comparing are Excel's: half away from zero, on the value as Excel keeps it, which is
15 significant digits. 1.005 to two places is 1.01, as a person expects, though the nearest binary
fraction lies below it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Symbol(StrEnum):
    """Shorthand that stands where a number would.

    Source: GSS, Using symbols and shorthand in tables (2022), and the older forms that local
    authority statistics still carry. The value is what extracts hold; `shown` is what the workbook
    prints.
    """

    CONFIDENTIAL = "c"
    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = "x"
    UNRELIABLE = "u"
    ROUNDS_TO_ZERO = "k"
    LOW = "low"
    COLON = ":"
    TILDE = "~"
    UNDER_FIVE = "<5"
    DASH = "-"
    TO_BE_CONFIRMED = "tbc"
    NO_DATA = "No Data"

    @property
    def shown(self) -> str:
        """The symbol as the workbook prints it: letters in square brackets."""
        return f"[{self.value}]" if self in _BRACKETED else self.value

    @property
    def meaning(self) -> str:
        """What the symbol stands for, in words for the Notes sheet."""
        return _MEANINGS[self]


_BRACKETED = frozenset(
    {
        Symbol.CONFIDENTIAL,
        Symbol.NOT_APPLICABLE,
        Symbol.NOT_AVAILABLE,
        Symbol.UNRELIABLE,
        Symbol.ROUNDS_TO_ZERO,
        Symbol.LOW,
    }
)

_MEANINGS = {
    Symbol.CONFIDENTIAL: "withheld to protect confidentiality",
    Symbol.NOT_APPLICABLE: "not applicable, for example none out of none, or not collected then",
    Symbol.NOT_AVAILABLE: "not available: no figure was supplied",
    Symbol.UNRELIABLE: "low reliability, so not shown",
    Symbol.ROUNDS_TO_ZERO: "rounds to zero but is not zero",
    Symbol.LOW: "rounds to zero but is not zero",
    Symbol.COLON: "not available (older form)",
    Symbol.TILDE: "rounds to zero but is not zero (older form)",
    Symbol.UNDER_FIVE: "a count under five, not given exactly",
    Symbol.DASH: "the source prints a dash: no figure",
    Symbol.TO_BE_CONFIRMED: "to be confirmed",
    Symbol.NO_DATA: "the source says that it has no data",
}

Value = float | Symbol | str

_BY_TEXT = {symbol.value.casefold(): symbol for symbol in Symbol} | {
    symbol.shown.casefold(): symbol for symbol in Symbol
}
_BY_TEXT |= {"–": Symbol.DASH, "—": Symbol.DASH, "< 5": Symbol.UNDER_FIVE, "nodata": Symbol.NO_DATA}


def parse_symbol(text: str) -> Symbol | None:
    """The symbol that a cell's text is, or None. Case and surrounding spaces do not matter."""
    return _BY_TEXT.get(text.strip().casefold())


def is_number(value: Value | None) -> bool:
    """Whether there is a number to calculate with."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number(value: Value | None) -> float | None:
    """The value as a number, or None for a symbol, a text or nothing."""
    return float(value) if isinstance(value, (int, float)) else None


def fifteen_digits(value: float) -> Decimal:
    """The value as Excel keeps it."""
    return Decimal(f"{value:.15g}")


def excel_round(value: float, decimals: int) -> float:
    """Excel's ROUND: half away from zero on the 15-digit value."""
    step = Decimal(1).scaleb(-decimals)
    rounded = fifteen_digits(value).quantize(step, rounding=ROUND_HALF_UP)
    return float(rounded) + 0.0


def number_text(value: float, decimals: int, suffix: str = "") -> str:
    """The number as a cell prints it: rounded half up, thousands not marked, with its suffix."""
    rounded = excel_round(value, decimals)
    return f"{Decimal(repr(rounded)):.{decimals}f}{suffix}"


def value_text(value: Value | None, decimals: int, suffix: str = "") -> str:
    """A figure as a cell prints it; an absent one as the symbol for not available."""
    if value is None:
        return Symbol.NOT_AVAILABLE.shown
    if isinstance(value, Symbol):
        return value.shown
    if isinstance(value, str):
        return value
    return number_text(value, decimals, suffix)


def cell_content(value: Value | None) -> float | str:
    """What stands in a cell of the Figures sheet: the number, or the symbol or text for it."""
    if value is None or isinstance(value, str):
        return value_text(value, 0)
    return float(value)
