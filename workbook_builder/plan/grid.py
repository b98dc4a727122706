"""The grid block: last year, the latest periods, arrow, year to date, target and status by row.

A grid of quarterly indicators shows quarters. Options: target_row = codes whose monthly target
stands in a row of its own below, subheadings = {code = "text above that row"}, england = true for a
column of England's latest figures, year_from_months = true to work out a last year that no extract
gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.compared_cells import comparison_head, latest_comparison
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import as_written, number_format
from workbook_builder.plan.judged_rows import JudgedRows, text_style
from workbook_builder.plan.layout import LOWER, UPPER, limit_key, limit_sides
from workbook_builder.plan.model import Cell, Formula, Part
from workbook_builder.plan.tab_columns import GRID_COLUMNS
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.plan.year_of_months import YEAR_MONTHS, YearOfMonths
from workbook_builder.scorecard import Line, Scorecard


class GridOptions(Definition):
    """What a grid block may set beyond heading and indicators."""

    target_row: tuple[str, ...] = ()
    subheadings: dict[str, str] = Field(default_factory=dict)
    england: bool = False
    year_from_months: bool = False


def grid_judged(block: Block) -> tuple[str, ...]:
    """The columns that a grid needs after its periods."""
    return (*GRID_COLUMNS, *(("england",) if GridOptions(**block.options).england else ()))


def grid_roles(block: Block, _scorecard: Scorecard) -> Iterable[str]:
    """The periods that a grid looks up besides those of every scorecard."""
    return YEAR_MONTHS if GridOptions(**block.options).year_from_months else ()


def plan_grid(place: BlockPlace, block: Block) -> Part:
    """Plan one grid."""
    return _Grid(place, block, GridOptions(**block.options)).part()


@dataclass(frozen=True)
class _Grid(JudgedRows):
    options: GridOptions

    @property
    def subheadings(self) -> Mapping[str, str]:
        return self.options.subheadings

    @property
    def role(self) -> str:
        """Months or quarters: all indicators of a grid are alike."""
        first = self.place.lines(self.block)[0].indicator
        return "quarter" if first.period_type is PeriodType.QUARTERLY else "month"

    @property
    def steps(self) -> int:
        """How many periods this grid shows."""
        if self.role == "month":
            shown = self.place.scorecard.catalogue.settings.defaults.months_shown
            return min(shown, self.columns.periods)
        shown = self.place.scorecard.catalogue.settings.defaults.quarters_shown
        return min(shown, self.columns.periods)

    @property
    def year_column(self) -> int:
        """The column before the earliest period shown."""
        return self.columns.period(self.steps)

    def head(self, row: int) -> list[Cell]:
        columns, layout = self.columns, self.place.layout
        heads = [Cell(row, columns.LABEL, "Indicator", "head")]
        for col in range(columns.YEAR, self.year_column):
            heads.append(Cell(row, col, "", "head"))
        heads.append(self.label_cell(row, self.year_column, "year_1", "head right"))
        for back in range(self.steps - 1, -1, -1):
            style = "head right" if back else "head now"
            heads.append(self.label_cell(row, columns.period(back), f"{self.role}_{back}", style))
        ytd = Cell(row, columns.ytd, f"{layout.roles['ytd'].text} YTD", "head right")
        heads += [*self.judged_head(row), ytd, Cell(row, columns.ytd_note, "", "head")]
        if self.options.england:
            heads.append(Cell(row, columns.england, self._england_head(), "head right"))
        return heads

    def _england_head(self) -> Formula | str:
        return comparison_head(self.place.layout, self.block.indicators, "england", "England")

    def head_height(self) -> float:
        if not self.options.england:
            return super().head_height()
        said = self._england_head()
        shown = str(said.value if isinstance(said, Formula) else said)
        lines = lines_needed(shown, self.columns.widths[self.columns.england], 9, True)
        return height_for(lines, 9, super().head_height())

    def figures(self, row: int, line: Line) -> list[Cell]:
        columns, settings = self.columns, line.conventions
        cells = self.line_cells(row, line)
        monthly = number_format(settings.decimals, settings.suffix)
        style, now = ("number retired",) * 2 if line.retired else ("number", "number now")
        year = self._last_year(row, line)
        found = [Cell(row, self.year_column, year, style, monthly)]
        for back in range(self.steps - 1, -1, -1):
            content = self.figure(row, line, f"{self.role}_{back}")
            shown = text_style(content, style if back else now)
            found.append(Cell(row, columns.period(back), content, shown, monthly))
        written = number_format(settings.decimals_ytd, settings.suffix)
        return [
            *found,
            *cells.arrow(),
            *cells.year_to_date(columns.ytd, columns.ytd_note, written),
            *self._england(row, line, monthly),
            *cells.outcome(),
        ]

    def _last_year(self, row: int, line: Line) -> Formula:
        fed = self.figure(row, line, "year_1")
        if not self.options.year_from_months or self.role == "quarter":
            return fed
        return YearOfMonths(self.place.layout, line, self.columns.figure_row, row).instead_of(fed)

    def _england(self, row: int, line: Line, written: str) -> list[Cell]:
        if not self.options.england:
            return []
        columns = self.columns
        found = latest_comparison(self.place.layout, line.code, "england", row, columns.code)
        return [Cell(row, columns.england, found, "number muted", written)]

    def text_lines(self, line: Line) -> Iterable[int]:
        roles = ["year_1", *(f"{self.role}_{back}" for back in range(self.steps))]
        return [self.figure_lines(self.figure(0, line, role)) for role in roles]

    def below(self, row: int, line: Line) -> list[Cell]:
        """The target month by month, in the row under the figures that it is for."""
        if line.code not in self.options.target_row:
            return []
        layout, columns, code = self.place.layout, self.columns, line.code
        side = UPPER if UPPER in limit_sides(line.indicator) else LOWER
        key = limit_key(code, side)
        cells = [Cell(row, col, None, "number") for col in range(columns.LABEL, columns.target + 1)]
        cells = [one for one in cells if one.col not in self._period_columns()]
        cells[0] = Cell(row, columns.LABEL, "Target for the month", "target label")
        figure_row = cell(row, columns.figure_row, fixed_col=True)
        for back in range(self.steps):
            role = f"{self.role}_{back}"
            found = Formula(f"INDEX(fig_value,{figure_row},at_{role})", layout.value(key, role))
            written = as_written(line.conventions.suffix)
            cells.append(Cell(row, columns.period(back), found, "number muted", written))
        match = Formula(
            f"MATCH({cell(row, columns.code, fixed_col=True)},fig_key,0)", layout.row_number(key)
        )
        cells.append(Cell(row, columns.code, key, "helper"))
        cells.append(Cell(row, columns.figure_row, match, "helper"))
        return cells

    def _period_columns(self) -> set[int]:
        return {self.columns.period(back) for back in range(self.steps)}
