"""The months block: a compendium's table of the last months, with marks and comparators.

A row for each indicator: which sets it belongs to, its last months, arrow, three-year average,
England, target and status. What a month's cell says in place of a figure is shown as it is said; a
measure that counts on within the year and has no figure for a month shows nothing there.

Options: periods = how many months (13), subheadings = {code = "text above that row"}, average =
false to leave out the column of the three-year average.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import Marker
from workbook_builder.plan.compared_cells import comparison_head, latest_comparison
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.judged_rows import JudgedRows, text_style
from workbook_builder.plan.model import Cell, Formula, Part
from workbook_builder.plan.tab_columns import MONTHS_COLUMNS
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line, Scorecard

# Letters, for signs that a screen reader does not say and a printer may not have.
MARKS = {Marker.KEY_INDICATOR: "KI", Marker.KEY_FOCUS: "KF", Marker.ANNEX_A: "A"}
MEANINGS = {
    Marker.KEY_INDICATOR: "key indicator",
    Marker.KEY_FOCUS: "key focus",
    Marker.ANNEX_A: "in Annex A",
}
AVERAGE = "three-year average"
PERIODS = 13


class MonthsOptions(Definition):
    """What a months block may set beyond heading and indicators."""

    periods: int = Field(default=PERIODS, ge=2, le=36)
    subheadings: dict[str, str] = Field(default_factory=dict)
    average: bool = True


def months_judged(block: Block) -> tuple[str, ...]:
    """The columns that the table needs after its months."""
    average = MonthsOptions(**block.options).average
    return tuple(one for one in MONTHS_COLUMNS if average or one != AVERAGE)


def months_columns(block: Block, _scorecard: Scorecard) -> int:
    """How many columns the months take."""
    return MonthsOptions(**block.options).periods


def months_roles(block: Block, _scorecard: Scorecard) -> Iterable[str]:
    """The months that the table looks up."""
    return (f"month_{back}" for back in range(MonthsOptions(**block.options).periods))


def plan_months(place: BlockPlace, block: Block) -> Part:
    """Plan one table."""
    return _Months(place, block, MonthsOptions(**block.options)).part()


def marks(markers: Iterable[Marker]) -> str:
    """The letters of the sets that an indicator belongs to, in one order."""
    held = set(markers)
    return " ".join(letters for marker, letters in MARKS.items() if marker in held)


def legend(markers: Iterable[Marker]) -> str:
    """What the letters mean, as far as they are used."""
    held = set(markers)
    return "    ".join(f"{MARKS[one]} {MEANINGS[one]}" for one in MARKS if one in held)


@dataclass(frozen=True)
class _Months(JudgedRows):
    options: MonthsOptions

    @property
    def subheadings(self) -> Mapping[str, str]:
        return self.options.subheadings

    @property
    def _steps(self) -> range:
        return range(self.options.periods - 1, -1, -1)

    def notes(self) -> list[str]:
        """The legend, once on a tab: under the heading of its first table."""
        every = {one for block in self.kind_on_tab() for one in self._markers(block)}
        return [legend(every)] if every else []

    def _markers(self, block: Block) -> Iterable[Marker]:
        for line in self.place.lines(block):
            yield from line.indicator.markers

    def head(self, row: int) -> list[Cell]:
        columns = self.columns
        marked = "Marks" if any(self._markers(self.block)) else ""
        heads = [
            Cell(row, columns.LABEL, "Indicator", "head"),
            Cell(row, columns.YEAR, marked, "head centre"),
        ]
        first = columns.period(self.options.periods - 1)
        heads += [Cell(row, col, "", "head") for col in range(columns.FIRST_PERIOD, first)]
        for back in self._steps:
            style = "head right" if back else "head now"
            heads.append(self.label_cell(row, columns.period(back), f"month_{back}", style))
        for comparator, said, col in self._comparators():
            head = comparison_head(self.place.layout, self.block.indicators, comparator, said)
            heads.append(Cell(row, col, head, "head right"))
        return [*heads, *self.judged_head(row)]

    def head_height(self) -> float:
        widths = self.columns.widths
        heads = [
            (comparison_head(self.place.layout, self.block.indicators, comparator, said), col)
            for comparator, said, col in self._comparators()
        ]
        lines = [
            lines_needed(str(one.value if isinstance(one, Formula) else one), widths[col], 9, True)
            for one, col in heads
        ]
        return height_for(max(lines), 9, super().head_height())

    def _comparators(self) -> list[tuple[str, str, int]]:
        columns = self.columns
        england = ("england", "National", columns.england)
        if not self.options.average:
            return [england]
        return [(AVERAGE, "3-year average", columns.three_year_average), england]

    def figures(self, row: int, line: Line) -> list[Cell]:
        columns, settings = self.columns, line.conventions
        cells = self.line_cells(row, line)
        written = number_format(settings.decimals, settings.suffix)
        style, now = ("number retired",) * 2 if line.retired else ("number", "number now")
        found = [Cell(row, columns.YEAR, marks(line.indicator.markers) or None, "count")]
        for back in self._steps:
            content = self.supplied(row, line, back)
            shown = text_style(content, now if back == 0 else style)
            found.append(Cell(row, columns.period(back), content, shown, written))
        for comparator, _, col in self._comparators():
            compared = latest_comparison(
                self.place.layout, line.code, comparator, row, columns.code
            )
            found.append(Cell(row, col, compared, "number muted", written))
        return [*found, *cells.arrow(), *cells.outcome()]

    def text_lines(self, line: Line) -> Iterable[int]:
        return [self.figure_lines(self.supplied(0, line, back)) for back in self._steps]
