"""The breakdown block: an indicator's groups down, months or several indicators across.

Across the months it shows one indicator for its groups, with the indicator itself below and, in the
report month, each group's share or, of a percentage, out of how many. Across indicators it shows
them all for the report month, so that teams can be read side by side.

Options: by = the key of the breakdown ("team"); across = "months" or "indicators"; periods = how
many months (as many as the scorecard shows); groups = which groups, in this order, with what is in
none of them in a row of its own; labels = {group = "what is printed"}; chart = "stacked".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import Unit
from workbook_builder.plan.breakdown_cells import Group, GroupCells
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.model import (
    Cell,
    Chart,
    ChartSeries,
    DefinedName,
    Part,
    join,
)
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import is_number

ROW_HEIGHT, HEAD_HEIGHT, HEADING_HEIGHT = 16.0, 18.0, 24.0
CHART_HEIGHT, CHART_ROW = 200, 15.0
ALL, ALL_OTHERS = "All", "All others"
# Groups that say that nothing is known stand after all others.
UNKNOWN = ("Unknown", "Not recorded", "Not a known code")


class BreakdownOptions(Definition):
    """What a breakdown block may set beyond heading and indicators."""

    by: str = Field(min_length=1)
    across: Literal["months", "indicators"] = "months"
    periods: int = Field(default=0, ge=0, le=36)
    groups: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    chart: Literal["", "stacked"] = ""


def periods_shown(options: BreakdownOptions, scorecard: Scorecard) -> int:
    """How many months a table across months has."""
    return options.periods or scorecard.catalogue.settings.defaults.months_shown


def breakdown_columns(block: Block, scorecard: Scorecard) -> int:
    """How many columns the table takes after the label and the one beside it."""
    options = BreakdownOptions(**block.options)
    if options.across == "indicators":
        return len(block.indicators) - 1
    return periods_shown(options, scorecard)


def breakdown_roles(block: Block, scorecard: Scorecard) -> Iterable[str]:
    """The months that the table looks up."""
    options = BreakdownOptions(**block.options)
    count = periods_shown(options, scorecard) if options.across == "months" else 1
    return (f"month_{back}" for back in range(count))


def plan_breakdown(place: BlockPlace, block: Block) -> Part:
    """Plan the block: one table across indicators, or one for each indicator across months."""
    options, lines = BreakdownOptions(**block.options), place.lines(block)
    if options.across == "indicators":
        return _Table(place, block, options, lines, place.top).part()
    parts: list[Part] = []
    for line in lines:
        top = parts[-1].next_row + 1 if parts else place.top
        parts.append(_Table(place, block, options, (line,), top).part())
    return join(parts)


def groups_of(scorecard: Scorecard, codes: Iterable[str], by: str) -> list[str]:
    """The groups that have ever had a figure other than nought, in the order of their names.

    A group stays once it is there, so that a refresh meets a new row only with a new group.
    """
    found: set[str] = set()
    for key, points in scorecard.table.series.items():
        if key.indicator in codes and key.breakdown.partition("=")[0] == by:
            counted = any(is_number(one.value) and one.value != 0 for one in points.values())
            if counted and ";" not in key.breakdown:
                found.add(key.breakdown.partition("=")[2])
    return sorted(found, key=_by_name)


def _by_name(group: str) -> tuple[bool, list[tuple[int, str]]]:
    """5 to 9 before 10 to 15; what is not known last."""
    pieces = re.split(r"(\d+)", group.casefold())
    return group in UNKNOWN, [(int(one), "") if one.isdigit() else (0, one) for one in pieces]


@dataclass(frozen=True)
class _Table:
    """One table: of one line across months, or of several lines across."""

    place: BlockPlace
    block: Block
    options: BreakdownOptions
    lines: tuple[Line, ...]
    top: int

    def part(self) -> Part:
        label, rows = self.place.columns.LABEL, self._rows()
        cells = [Cell(self.top, label, self._heading, "heading")]
        cells += [Cell(self._head_row, label, self._by.capitalize(), "head")]
        cells += self._cells.head(self._head_row)
        cells += [one for _, found, _ in rows for one in found]
        heights = [(self.top, HEADING_HEIGHT), (self._head_row, self._head_height())]
        heights += [(row, self._height(said)) for row, _, said in rows]
        keys = [(self.top, self._key("heading")), (self._head_row, self._key("head"))]
        keys += [(row, self._key(said)) for row, _, said in rows]
        names = [
            DefinedName.of_cell(self.place.row_name(line), self.top, label) for line in self.lines
        ]
        table = Part(
            self._whole + 1,
            tuple(cells),
            tuple(heights),
            names=tuple(names),
            row_keys=tuple(keys),
            may_break=(self.top,),
        )
        return join([table, self._chart()]) if self.options.chart and self._by_months else table

    def _rows(self) -> list[tuple[int, list[Cell], str]]:
        """Each row: where it stands, its cells, and what it says."""
        found = [(one.row, self._cells.row(one), one.label) for one in self._groups]
        if self._has_others:
            row = self._whole - 1
            found.append((row, self._cells.others(row, ALL_OTHERS), ALL_OTHERS))
        return [*found, (self._whole, self._cells.row(Group(self._whole, ALL)), ALL)]

    @property
    def _by(self) -> str:
        return self.options.by.replace("_", " ")

    @property
    def _by_months(self) -> bool:
        return self.options.across == "months"

    @property
    def _head_row(self) -> int:
        return self.top + 1

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        codes = {line.code for line in self.lines}
        by, first = self.options.by, self.top + 2
        shown = self.options.groups or groups_of(self.place.scorecard, codes, by)
        labels = self.options.labels
        return tuple(
            Group(first + at, labels.get(one, one), f"{by}={one}") for at, one in enumerate(shown)
        )

    @property
    def _has_others(self) -> bool:
        """Whether what is in none of the groups stands in a row: where counts can be taken off."""
        counts = any(line.indicator.unit is Unit.COUNT for line in self.lines)
        return bool(self.options.groups) and counts

    @property
    def _whole(self) -> int:
        """The row of the indicators as a whole."""
        return self.top + 2 + len(self._groups) + self._has_others

    @cached_property
    def _cells(self) -> GroupCells:
        count = periods_shown(self.options, self.place.scorecard) if self._by_months else 0
        roles = tuple(f"month_{back}" for back in range(count - 1, -1, -1))
        return GroupCells(self.place, self.lines, roles, self._groups, self._whole)

    def _key(self, what: str) -> str:
        return f"{ELSEWHERE}{self.lines[0].code}|breakdown {self.place.number}|{what}"

    @property
    def _heading(self) -> str:
        named = f"{self.lines[0].indicator.name} by {self._by}"
        alone = len(self.block.indicators) == 1 or not self._by_months
        return self.block.heading or named if alone else named

    def _head_height(self) -> float:
        width = self.place.columns.period_width - 0.5
        lines = [lines_needed(one, width, 9, True) for one in self._cells.head_texts()]
        return height_for(max(lines), 9, HEAD_HEIGHT)

    def _height(self, label: str) -> float:
        lines = lines_needed(label, self.place.columns.label_width, 10)
        return height_for(lines, 10, ROW_HEIGHT)

    def _chart(self) -> Part:
        columns, sheet, top = self.place.columns, self.place.tab.name, self._whole + 2
        first_col, last_col = self._cells.first_column, self._cells.last_column
        heads = (self._head_row, first_col, self._head_row, last_col)
        drawn = [(one.row, one.label) for one in self._groups]
        drawn += [(self._whole - 1, ALL_OTHERS)] if self._has_others else []
        settings = self.lines[0].conventions
        chart = Chart(
            kind="column stacked",
            title=self._heading,
            description=(
                f"Stacked columns of {self._heading}, a column for each month, parted into "
                f"{', '.join(said for _, said in drawn)}. The figures are in the table above."
            ),
            row=top,
            left=columns.left(columns.LABEL),
            width=columns.table_pixels,
            height=CHART_HEIGHT,
            series=tuple(
                ChartSeries(said, sheet, heads, (row, first_col, row, last_col))
                for row, said in drawn
            ),
            number_format=number_format(settings.decimals, settings.suffix),
        )
        rows = int(CHART_HEIGHT * 0.75 / CHART_ROW) + 1
        heights = tuple((top + at, CHART_ROW) for at in range(rows))
        return Part(top + rows, heights=heights, charts=(chart,))
