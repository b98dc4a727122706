"""One cell, or one distinct value of a column, as text; and columns by their distinct values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook_builder.lists.model import Done

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# What Excel shows for an error, and what case systems and databases write for nothing.
ERRORS = re.compile(
    r"#(n/a|ref!?|div/0!?|value!?|name\??|num!?|null!?|spill!?|calc!?|multivalue!?|error!?|#+)",
    re.IGNORECASE,
)
NOTHINGS = frozenset({"null", "(null)", "<null>", "nan", "nat", "none", "n/a", "na", "-", "--"})

Objects = npt.NDArray[np.object_]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Issue:
    """What is wrong with a value, described; and what was done."""

    kind: str
    found: str
    done: Done


@dataclass(frozen=True)
class Coded:
    """A column as its distinct values, for each row which of them it has, and for each value
    whether it is blank."""

    codes: Integers
    values: Objects
    blanks: Flags

    @classmethod
    def of(cls, cells: Objects) -> Coded:
        """The column with None, NaN and empty text as one distinct value."""
        codes, found = pd.factorize(cells, use_na_sentinel=False)
        values = np.asarray(found, dtype=object)
        blanks = np.fromiter(map(is_blank, values), bool, len(values))
        return cls(codes.astype(np.int64, copy=False), values, blanks)

    @property
    def blank(self) -> Flags:
        """For each row whether nothing stands there."""
        return self.blanks[self.codes]

    def taken(self, rows: Flags) -> Coded:
        """Only these rows."""
        return Coded(self.codes[rows], self.values, self.blanks)


@dataclass(frozen=True)
class Cleaned:
    """For each distinct value what it is, and what is wrong with it."""

    values: npt.NDArray[Any]
    issues: tuple[Issue | None, ...]


def clean_each(
    coded: Coded, clean: Callable[[Any], tuple[Any, Issue | None]], dtype: Any = object
) -> Cleaned:
    """Every distinct value cleaned once."""
    done = [clean(value) for value in coded.values]
    values = np.empty(len(done), dtype=dtype)
    values[:] = [value for value, _ in done]
    return Cleaned(values, tuple(issue for _, issue in done))


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing that a person could see."""
    if value is None or value is pd.NaT:
        return True
    if isinstance(value, str):
        return not value or not (value[0].isalnum() or tidy(value))
    return isinstance(value, float) and value != value


def tidy(text: str) -> str:
    """The text without control characters, every kind of space made one, none at the ends."""
    # Most texts are plain; the expression is for the others.
    plain = text if text.isascii() and text.isprintable() else _CONTROL.sub("", text)
    return " ".join(plain.split())


def text_of(value: Any) -> str:
    """A cell as a person reads it: 123 for 123.0, a date day first."""
    if is_blank(value):
        return ""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (float, np.floating)):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    if isinstance(value, Decimal):
        return text_of(float(value)) if value != value.to_integral_value() else str(int(value))
    if isinstance(value, (dt.datetime, dt.date)):
        return f"{value:%d/%m/%Y}"
    return tidy(str(value))


def is_error(text: str) -> bool:
    """Whether a text is what Excel shows for an error."""
    return ERRORS.fullmatch(text) is not None


def column_letter(column: int) -> str:
    """Excel's name of a column: 0 is A, 26 is AA."""
    letters, column = "", column + 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
