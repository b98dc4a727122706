"""The parts of a planned workbook. Rows and columns count from 0; sizes are Excel's.

Row heights are in points, column widths in characters of the default font, charts in pixels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Formula:
    """A formula without its equals sign, and the value that it must give."""

    text: str
    value: float | str


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look; an empty colour is the cell's own."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: str = ""


@dataclass(frozen=True)
class RichText:
    """A text of several looks, as people type it."""

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


Content = float | str | dt.date | Formula | RichText | None


@dataclass(frozen=True)
class Cell:
    """One cell. `link` is the defined name that a click leads to."""

    row: int
    col: int
    content: Content
    style: str
    number_format: str = ""
    link: str = ""


@dataclass(frozen=True)
class Merge:
    """One box over several cells, outside tables only."""

    cell: Cell
    last_row: int
    last_col: int


@dataclass(frozen=True)
class DefinedName:
    """A name for a range of the sheet that carries it."""

    name: str
    row: int
    col: int
    last_row: int
    last_col: int

    @classmethod
    def of_cell(cls, name: str, row: int, col: int) -> DefinedName:
        return cls(name, row, col, row, col)


@dataclass(frozen=True)
class Constant:
    """A name of the workbook for a text that is in no cell."""

    name: str
    value: str


@dataclass(frozen=True)
class Condition:
    """A style, a number format or both that cells take on while a formula is true.

    The formula is written for the top left cell.
    """

    row: int
    col: int
    last_row: int
    last_col: int
    formula: str
    style: str
    number_format: str = ""


@dataclass(frozen=True)
class Choice:
    """Data validation: one of a few words, or nothing."""

    row: int
    col: int
    words: tuple[str, ...]
    title: str
    message: str


@dataclass(frozen=True)
class InputBox:
    """A cell or box that people type in, known by its key and slot, not by its position.

    `name` is the box, or a range in which the box stands in the row whose cell of the range `codes`
    holds the key: such rows may be sorted.
    """

    key: str
    slot: str
    name: str
    codes: str = ""


@dataclass(frozen=True)
class Button:
    """A button that starts a macro, at a place on its sheet in pixels from the left edge."""

    macro: str
    caption: str
    row: int
    left: int
    width: int
    height: int


@dataclass(frozen=True)
class Note:
    """A note that somebody stuck on a cell."""

    row: int
    col: int
    text: str
    author: str


@dataclass(frozen=True)
class ChartSeries:
    """One line or set of columns, drawn from a feed range of numbers or #N/A."""

    name: str
    sheet: str
    categories: tuple[int, int, int, int]
    values: tuple[int, int, int, int]
    target: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart at a place on its sheet. `description` is its alternative text.

    `highest` is what no value can exceed: an axis that comes near it stops there.
    """

    kind: str
    title: str
    description: str
    row: int
    left: int
    width: int
    height: int
    series: tuple[ChartSeries, ...]
    number_format: str
    title_lines: int = 1
    highest: float | None = None


@dataclass(frozen=True)
class Part:
    """What a block puts on a sheet.

    next_row is the first row below it; may_break are rows before which a page may end. row_keys say
    what a row is about, so that it is known again after rows were sorted or inserted.
    """

    next_row: int
    cells: tuple[Cell, ...] = ()
    heights: tuple[tuple[int, float], ...] = ()
    merges: tuple[Merge, ...] = ()
    names: tuple[DefinedName, ...] = ()
    conditions: tuple[Condition, ...] = ()
    choices: tuple[Choice, ...] = ()
    inputs: tuple[InputBox, ...] = ()
    charts: tuple[Chart, ...] = ()
    may_break: tuple[int, ...] = ()
    row_keys: tuple[tuple[int, str], ...] = ()
    notes: tuple[Note, ...] = ()
    buttons: tuple[Button, ...] = ()


def all_cells(part: Part) -> tuple[Cell, ...]:
    """The cells of a part, those that are merged over several included."""
    return (*part.cells, *(merge.cell for merge in part.merges))


def join(parts: Iterable[Part]) -> Part:
    """Several parts of one sheet as one; the last says where the next block may begin."""
    held = list(parts)
    return Part(
        next_row=held[-1].next_row if held else 0,
        cells=tuple(cell for part in held for cell in part.cells),
        heights=tuple(height for part in held for height in part.heights),
        merges=tuple(merge for part in held for merge in part.merges),
        names=tuple(name for part in held for name in part.names),
        conditions=tuple(condition for part in held for condition in part.conditions),
        choices=tuple(choice for part in held for choice in part.choices),
        inputs=tuple(box for part in held for box in part.inputs),
        charts=tuple(chart for part in held for chart in part.charts),
        may_break=tuple(row for part in held for row in part.may_break),
        row_keys=tuple(key for part in held for key in part.row_keys),
        notes=tuple(note for part in held for note in part.notes),
        buttons=tuple(button for part in held for button in part.buttons),
    )


@dataclass(frozen=True)
class Table:
    """Cells that Excel and screen readers know as a table: one row of heads, then the rows.

    heads are those of the columns from left to right, no two alike and none empty.
    """

    name: str
    row: int
    col: int
    last_row: int
    heads: tuple[str, ...]

    @property
    def last_col(self) -> int:
        return self.col + len(self.heads) - 1


@dataclass(frozen=True)
class SheetLink:
    """A cell whose text leads to the top of another sheet."""

    row: int
    col: int
    sheet: str


@dataclass(frozen=True)
class Print:
    """A4 landscape at a scale in percent; last_row and last_col end what prints.

    Without a last row it prints as far as there is something. The `repeat` rows stand on every
    page, and with repeat_key the first column does.
    """

    last_row: int | None
    last_col: int
    scale: int
    repeat: tuple[int, int] | None = None
    repeat_key: bool = False


@dataclass(frozen=True)
class Sheet:
    """A whole sheet. Frozen panes hold the rows above freeze_row and columns left of freeze_col.

    An owned sheet is written whole by every refresh; on all others a refresh writes nothing.
    col_keys say what a column is about. key_row and key_col are the hidden row and column that
    hold the keys of columns and rows. tables and links are those of a board copy.
    """

    key: str
    name: str
    title: str
    part: Part
    widths: tuple[float, ...]
    print: Print
    breaks: tuple[int, ...] = ()
    freeze_row: int = 0
    freeze_col: int = 0
    gridlines: bool = False
    protected: bool = False
    tab_colour: str = ""
    owned: bool = False
    col_keys: tuple[tuple[int, str], ...] = ()
    key_row: int | None = None
    key_col: int | None = None
    tables: tuple[Table, ...] = ()
    links: tuple[SheetLink, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """A whole workbook with its properties; made is a fixed moment so that builds repeat.

    marking is what stands before all else at the foot of every printed page.
    """

    title: str
    subject: str
    company: str
    language: str
    made: dt.datetime
    brand: str
    sheets: tuple[Sheet, ...]
    constants: tuple[Constant, ...] = field(default=())
    marking: str = ""

    def sheet(self, key: str) -> Sheet:
        """The sheet with this key. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)
