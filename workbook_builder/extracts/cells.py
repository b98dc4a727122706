"""What every reader of a file hands on: sheets of rows of cells, blank ones left out.

Rows carry the number that Excel or a text editor shows, columns count from 1. Text is cleaned of
control characters here, once, and stays text: nothing is interpreted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

# Control characters but tab and newline, and the invisible marks that turn or hide text.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# Extracts say the same few things in many cells, so cells are read once for each text.
_REPEATED = 50_000
_ZEROS = re.compile(r"(0+)(?:\.(0+))?")
_ERRORS = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)")
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True)
class Unusable:
    """A cell that holds no figure though something stands in it, and why."""

    reason: str


Content = str | float | dt.datetime | Unusable


@dataclass(frozen=True)
class Cell:
    """A cell that is not blank. number_format is Excel's; blank where the file has none."""

    content: Content
    number_format: str = ""
    cleaned: bool = False

    @property
    def text(self) -> str:
        """The content as a person reads it in a code or a heading: 4, 1.10, Sep-13."""
        if isinstance(self.content, Unusable):
            return ""
        if isinstance(self.content, dt.datetime):
            return self.content.date().isoformat()
        if isinstance(self.content, str):
            return tidy(self.content)
        return _number_as_text(self.content, self.number_format)

    @property
    def is_percent(self) -> bool:
        """Whether Excel shows the number a hundred times larger, with a percent sign."""
        return "%" in _NOT_SHOWN.sub("", self.number_format)


@dataclass(frozen=True)
class Row:
    """A row that is not entirely blank: its number and its cells by column."""

    number: int
    cells: Mapping[int, Cell]

    def text(self, column: int | None) -> str:
        """The text in a column; blank where there is no such column or nothing in it."""
        cell = self.cells.get(column) if column is not None else None
        return cell.text if cell else ""


@dataclass(frozen=True)
class Sheet:
    """The rows of a CSV file (its sheet has no name) or of one sheet of a workbook."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


@lru_cache(maxsize=_REPEATED)
def text_cell(text: str) -> Cell | None:
    """A cell for text from outside, control characters taken out; None if nothing is left.

    The text of an Excel error, as Excel saves it in a CSV file, is the error and no text.
    """
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = _CONTROL.sub("", unbroken)
    if not tidy(clean):
        return None
    if _ERRORS.fullmatch(tidy(clean)):
        return Cell(excel_error(tidy(clean)))
    return Cell(clean, cleaned=clean != unbroken)


def excel_error(shown: str) -> Unusable:
    """What to say of a cell that shows #N/A, #REF! or the like."""
    return Unusable(f"the cell shows {shown}: mend it in the source")


def tidy(text: str) -> str:
    """The text with every kind of space made one plain space, none at the ends."""
    return " ".join(_SPACES.sub(" ", text).split())


@lru_cache(maxsize=1024)
def column_letter(column: int) -> str:
    """Excel's name of a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _number_as_text(number: float, number_format: str) -> str:
    """Codes such as 1.10 and 007 may be numbers that only their format shows in full."""
    zeros = _ZEROS.fullmatch(number_format)
    if zeros and number_format != "0":
        decimals = len(zeros[2] or "")
        width = len(zeros[1]) + (decimals + 1 if decimals else 0)
        return f"{number:0{width}.{decimals}f}"
    return f"{number:.15g}"
