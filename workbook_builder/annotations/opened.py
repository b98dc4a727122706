"""A closed workbook opened for reading, and the places that its defined names lead to."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from workbook_builder.errors import Fault, Place, UserError

ENCRYPTED = b"\xd0\xcf\x11\xe0"
REFERENCE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!"
    r"\$?(?P<col>[A-Z]{1,3})\$?(?P<row>\d+)(?::\$?(?P<last_col>[A-Z]{1,3})\$?(?P<last_row>\d+))?"
)


@dataclass(frozen=True)
class Area:
    """A range of a sheet; rows and columns count from 1, as openpyxl does."""

    sheet: str
    row: int
    col: int
    last_row: int
    last_col: int

    @property
    def height(self) -> int:
        return self.last_row - self.row + 1

    @property
    def width(self) -> int:
        return self.last_col - self.col + 1


@dataclass(frozen=True)
class Opened:
    """A workbook as openpyxl reads it; rich text is kept. Never saved."""

    path: Path
    book: Any

    @cached_property
    def names(self) -> dict[str, str]:
        """What every name of the workbook refers to."""
        return {name: str(one.attr_text) for name, one in self.book.defined_names.items()}

    def constant(self, name: str) -> str:
        """The text of a name that is a text; empty where there is none."""
        found = re.fullmatch(r'="?(.*?)"?|"(.*?)"', self.names.get(name, ""))
        return next((text for text in found.groups() if text), "") if found else ""

    def area(self, name: str) -> Area | None:
        """The range that a name leads to; None where it leads nowhere any more."""
        return area_of(self.names.get(name, ""))

    @property
    def saved(self) -> tuple[str, dt.datetime | None]:
        """Who saved it last and when, as it says itself."""
        properties = self.book.properties
        return str(properties.lastModifiedBy or ""), properties.modified

    def sheet(self, title: str) -> Any:
        """The sheet with a title."""
        return self.book[title]


def area_of(refers_to: str) -> Area | None:
    """The range in the text of a name, such as 'A tab'!$B$2:$C$9."""
    found = REFERENCE.fullmatch(refers_to.lstrip("="))
    if not found:
        return None
    quoted = found["quoted"]
    sheet = quoted.replace("''", "'") if quoted else found["plain"]
    row, col = int(found["row"]), column_number(found["col"])
    last_row = int(found["last_row"]) if found["last_row"] else row
    last_col = column_number(found["last_col"]) if found["last_col"] else col
    return Area(sheet, row, col, last_row, last_col)


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def open_book(path: Path) -> Opened:
    """Open a workbook for reading. Raises UserError where it cannot be read."""
    import openpyxl

    try:
        head = path.read_bytes()[:4]
        if head == ENCRYPTED:
            raise UserError([_encrypted(path)])
        with warnings.catch_warnings():
            # openpyxl says of many harmless parts that it would not write them; it never writes.
            warnings.simplefilter("ignore")
            return Opened(path, openpyxl.load_workbook(path, rich_text=True))
    except UserError:
        raise
    except OSError as error:
        what = f"The workbook cannot be opened: {error.strerror or error}."
        raise UserError([Fault("WB602", what, Place(str(path)))]) from error
    # openpyxl has no error of its own for a damaged part: whatever it stumbles over comes out.
    except Exception as error:
        what = "The file is not a workbook that can be read, or it is damaged."
        fix = "Open it in Excel, save it as .xlsx under another name, and try again."
        raise UserError([Fault("WB603", what, Place(str(path)), fix=fix)]) from error


def _encrypted(path: Path) -> Fault:
    return Fault(
        "WB601",
        "The workbook is encrypted (a password or a sensitivity label), so what people typed "
        "cannot be read and kept safe. Nothing was written.",
        Place(path.name),
        fix="Take the password or the encrypting label off, or ask IT for a label without "
        "encryption.",
    )
