"""A planned tab as plain values: what its formulas give, and the looks its cells have taken on.

What people need for their work goes: keys, helper columns, boxes to type in, notes, buttons, links
back. What they typed stays, as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbook_builder.board.formulas import Parsed, parsed
from workbook_builder.board.values import Values
from workbook_builder.plan.model import (
    Cell,
    Condition,
    Content,
    Formula,
    Merge,
    Part,
    Sheet,
    all_cells,
)
from workbook_builder.plan.styles import OVER

NOTHING_SAID, LEFT_OUT_SAID = "No comment was given.", "Comments are left out of a public copy."
# What is only for the officer; a link back has nothing to lead to on paper.
LEFT_OUT = frozenset(("helper", "helper head", "back"))
# A box to type in as a reader sees it.
BOXES = {"box": "board box", "hand": "board word", "reason": "board word", "typed figure": "number"}


@dataclass(frozen=True)
class Look:
    """A condition read once."""

    condition: Condition
    formula: Parsed

    def is_on(self, row: int, col: int) -> bool:
        one = self.condition
        return one.row <= row <= one.last_row and one.col <= col <= one.last_col


def static_sheet(sheet: Sheet, values: Values, nothing: str = NOTHING_SAID) -> Sheet:
    """The sheet as readers get it; `values` are those of the whole planned workbook.

    nothing is what stands in a box that nobody typed in.
    """
    last_row = sheet.print.last_row if sheet.print.last_row is not None else _last_row(sheet)
    last_col = sheet.print.last_col
    looks = [Look(one, parsed(one.formula, one.row, one.col)) for one in sheet.part.conditions]
    making = _Making(sheet, values, looks, last_row, last_col, nothing)
    part = Part(
        last_row + 1,
        cells=tuple(making.cells()),
        heights=tuple(one for one in sheet.part.heights if one[0] <= last_row),
        merges=tuple(making.merges()),
        charts=sheet.part.charts,
    )
    return replace(
        sheet,
        part=part,
        widths=sheet.widths[: last_col + 1],
        print=replace(sheet.print, last_row=last_row, last_col=last_col),
        protected=False,
        owned=False,
        col_keys=(),
        key_row=None,
        key_col=None,
    )


def _last_row(sheet: Sheet) -> int:
    return max(
        (one.row for one in all_cells(sheet.part) if one.content not in (None, "")), default=0
    )


@dataclass(frozen=True)
class _Making:
    sheet: Sheet
    values: Values
    looks: Sequence[Look]
    last_row: int
    last_col: int
    nothing: str

    @cached_property
    def boxes(self) -> Counter[int]:
        """How many boxes to type in stand in each row; a log of actions has several."""
        return Counter(one.row for one in all_cells(self.sheet.part) if one.style == "box")

    def cells(self) -> Iterator[Cell]:
        for cell in self.sheet.part.cells:
            if cell.row <= self.last_row and cell.col <= self.last_col:
                yield self._read(cell)

    def merges(self) -> Iterator[Merge]:
        for merge in self.sheet.part.merges:
            if merge.cell.row <= self.last_row and merge.cell.col <= self.last_col:
                last = min(merge.last_row, self.last_row), min(merge.last_col, self.last_col)
                yield Merge(self._read(merge.cell), *last)

    def _read(self, cell: Cell) -> Cell:
        if cell.style in LEFT_OUT:
            return Cell(cell.row, cell.col, None, "band" if cell.style == "back" else "plain")
        content: Content = cell.content
        if isinstance(content, Formula):
            content = content.value
        style = BOXES.get(cell.style, cell.style)
        if cell.style == "box" and content in (None, "") and self.boxes[cell.row] == 1:
            content, style = self.nothing, "board box empty"
        number_format = cell.number_format
        marked = False
        for look in self.looks:
            if look.is_on(cell.row, cell.col) and self._holds(look, cell):
                if look.condition.style:
                    style = f"{style}{OVER}{look.condition.style}"
                if look.condition.number_format and not marked:
                    number_format, marked = look.condition.number_format, True
        return Cell(cell.row, cell.col, content, style, number_format)

    def _holds(self, look: Look, cell: Cell) -> bool:
        return look.formula.holds(self.values, self.sheet.key, cell.row, cell.col)
