"""What the screen says: a leak, the kinds of leaks, and pieces of a file with their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# So many places of one kind in one sheet are named; the others are counted.
MOST_PLACES = 12


@dataclass(frozen=True, order=True)
class Leak:
    """One thing that may not leave with a file.

    where is the place as a person would look for it; nothing here holds what was found there.
    """

    where: str
    code: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}\n  {self.code}  {self.what}\n  {self.fix}"


@dataclass(frozen=True)
class Kind:
    """A kind of leak: its code, what is told of it and how it is mended."""

    code: str
    what: str
    fix: str

    def at(self, where: str, what: str = "") -> Leak:
        """A leak of this kind at a place."""
        return Leak(where, self.code, what or self.what, self.fix)


@dataclass(frozen=True)
class Piece:
    """A text that stands somewhere in the file, whether it is shown or not."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it; row and column are counted from 1.

    number is None for a text. dated: the number is shown as a date; plain: it is shown as it is,
    without a separator of thousands, decimals or a sign of per cent.
    """

    row: int
    column: int
    text: str
    number: float | None = None
    dated: bool = False
    plain: bool = True
    style: int = 0
    formula: str = ""
    error: bool = False
    string: int = -1

    @property
    def address(self) -> str:
        """Such as B7."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Grid:
    """Cells in rows and columns: a worksheet, or a table of a document.

    label is how the place is named; addressed by letters in a workbook, by row and column else.
    """

    label: str
    cells: Sequence[Cell]
    lettered: bool = True

    def where(self, cells: Iterable[Cell]) -> str:
        """The place of some of its cells."""
        found = sorted({(cell.column, cell.row) for cell in cells})
        if self.lettered:
            return f"{self.label}, {cells_said(found)}"
        named = [f"row {row} column {column}" for column, row in found]
        return f"{self.label}, {_some(named)}"


def cells_said(found: Sequence[tuple[int, int]]) -> str:
    """Cells by column and row, those that touch as a block: cells B3 to C9, E4."""
    runs: list[tuple[int, int, int]] = []
    for column, row in found:
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1] = (column, runs[-1][1], row)
        else:
            runs.append((column, row, row))
    blocks: list[tuple[int, int, int, int]] = []
    for first, last, column in sorted((first, last, column) for column, first, last in runs):
        if blocks and blocks[-1][:2] == (first, last) and blocks[-1][3] == column - 1:
            blocks[-1] = (first, last, blocks[-1][2], column)
        else:
            blocks.append((first, last, column, column))
    named = []
    for top, bottom, left, right in blocks:
        one, other = f"{letters(left)}{top}", f"{letters(right)}{bottom}"
        named.append(one if one == other else f"{one} to {other}")
    return f"{'cell' if len(found) == 1 else 'cells'} {_some(named)}"


def spans_said(word: str, numbers: Iterable[int]) -> str:
    """Rows by their number, or columns by their letters, as ranges."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = letters if word == "column" else str
    named = [said(a) if a == b else f"{said(a)} to {said(b)}" for a, b in runs]
    one = len(runs) == 1 and runs[0][0] == runs[0][1]
    return f"{word if one else word + 's'} {_some(named)}"


def _some(named: Sequence[str]) -> str:
    if len(named) <= MOST_PLACES:
        return ", ".join(named)
    return f"{', '.join(named[:MOST_PLACES])} and {len(named) - MOST_PLACES} more places"


def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def number_of(said: str) -> int:
    """The number of a column from its letters."""
    column = 0
    for letter in said.upper():
        column = column * 26 + ord(letter) - 64
    return column
