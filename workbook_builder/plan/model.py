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


Content = float | str | dt.date | Formula | None


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
    """A style that cells take on while a formula, written for the top left cell, is true."""

    row: int
    col: int
    last_row: int
    last_col: int
    formula: str
    style: str


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

    next_row is the first row below it; may_break are rows before which a page may end.
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
    )


@dataclass(frozen=True)
class Print:
    """A4 landscape at a scale in percent; last_row and last_col end what prints.

    The `repeat` rows stand on every page, and with repeat_key the first column does.
    """

    last_row: int
    last_col: int
    scale: int
    repeat: tuple[int, int] | None = None
    repeat_key: bool = False


@dataclass(frozen=True)
class Sheet:
    """A whole sheet. Frozen panes hold the rows above freeze_row and columns left of freeze_col."""

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


@dataclass(frozen=True)
class Workbook:
    """A whole workbook with its properties; made is a fixed moment so that builds repeat."""

    title: str
    subject: str
    company: str
    language: str
    made: dt.datetime
    brand: str
    sheets: tuple[Sheet, ...]
    constants: tuple[Constant, ...] = field(default=())

    def sheet(self, key: str) -> Sheet:
        """The sheet with this key. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)
