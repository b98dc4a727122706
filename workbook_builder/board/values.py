"""What the cells of a planned workbook show, and what its names stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook_builder.plan.model import Formula, Workbook, all_cells

Value = float | str | bool | None
At = tuple[int, int]


class NoValue(Exception):
    """What Excel shows as #N/A: nothing was found, or the place is outside."""


@dataclass(frozen=True)
class Area:
    """Cells of a sheet by the key of the sheet, first and last row and column."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Values:
    """What every cell of a planned workbook shows, and what its names stand for."""

    workbook: Workbook

    @cached_property
    def cells(self) -> Mapping[str, Mapping[At, Value]]:
        """The values by the key of the sheet, row and column."""
        return {
            sheet.key: {(one.row, one.col): shown(one.content) for one in all_cells(sheet.part)}
            for sheet in self.workbook.sheets
        }

    @cached_property
    def names(self) -> Mapping[str, Area]:
        """The area of each defined name."""
        return {
            name.name: Area(sheet.key, name.row, name.col, name.last_row, name.last_col)
            for sheet in self.workbook.sheets
            for name in sheet.part.names
        }

    @cached_property
    def _places(self) -> dict[Area, dict[Value, int]]:
        return {}

    def at(self, sheet: str, row: int, col: int) -> Value:
        """What a cell shows; None where nothing stands."""
        return self.cells[sheet].get((row, col))

    def place(self, wanted: Value, area: Area) -> int:
        """Where a value stands first in an area, from 1. Raises NoValue."""
        if area not in self._places:
            found: dict[Value, int] = {}
            for number, value in enumerate(self.listed(area), start=1):
                found.setdefault(folded(value), number)
            self._places[area] = found
        try:
            return self._places[area][folded(wanted)]
        except KeyError:
            raise NoValue from None

    def listed(self, area: Area) -> list[Value]:
        """The values of an area, row by row."""
        rows, cols = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        return [self.at(area.sheet, row, col) for row in rows for col in cols]


def shown(content: object) -> Value:
    """A planned content as the value that a cell shows."""
    if isinstance(content, Formula):
        return content.value
    if content is None or isinstance(content, (bool, float, str)):
        return content
    return float(content) if isinstance(content, int) else str(content)


def folded(value: Value) -> Value:
    """Texts are compared without case; an empty text and nothing are the same."""
    return value.casefold() if isinstance(value, str) else "" if value is None else value
