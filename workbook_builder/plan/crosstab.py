"""The cross-tab block: one indicator's breakdowns down and across, with totals and charts.

Rows and columns are each a breakdown key, or a run of periods: "months of the year" (April to
March), "quarters of the year", or so many "months", "weeks" or "ranges" of months. With
"indicator" as rows the block's indicators stand one under another. A cell without a figure is
empty: in such a table none is not printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import Unit
from workbook_builder.measures.breakdowns import breakdowns_of, values_of
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.crosstab_totals import Totals
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.layout import series_key_text
from workbook_builder.plan.lookup import Lookup, key_lookup
from workbook_builder.plan.model import (
    Cell,
    Chart,
    ChartSeries,
    Content,
    DefinedName,
    Formula,
    Part,
)
from workbook_builder.plan.roles import of_year, quarter_of_year
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line, Scorecard

ROW_HEIGHT, HEADING_HEIGHT = 16.0, 24.0
CHART_HEIGHT, CHART_ROW = 250, 15.0
PERIODS = ("months of the year", "quarters of the year", "months", "weeks", "ranges")


class TotalsOf(StrEnum):
    """Which totals a cross-tab has."""

    NONE = "none"
    ROWS = "rows"
    COLUMNS = "columns"
    BOTH = "both"


class CrosstabOptions(Definition):
    """What a cross-tab may set beyond heading and indicators."""

    rows: tuple[str, ...] = Field(min_length=1, max_length=2)
    columns: str
    where: dict[str, str] = Field(default_factory=dict)
    also: tuple[str, ...] = ()
    at: str = "month_0"
    first: int = Field(default=1, ge=1, le=12)
    last: int = Field(default=12, ge=1, le=12)
    periods: int = Field(default=13, ge=1, le=60)
    top: int = Field(default=0, ge=0, le=30)
    totals: TotalsOf = TotalsOf.NONE
    weighted: bool = False
    share: str = ""
    changes: bool = False
    chart: str = Field(default="", pattern="^(|line|stacked|clustered)$")
    decimals: int | None = None
    suffix: str | None = None


@dataclass(frozen=True)
class Item:
    """One row or column: what its head says, and what it fixes of a figure."""

    label: str
    parts: tuple[tuple[str, str], ...] = ()
    role: str = ""
    code: str = ""


def plan_crosstab(place: BlockPlace, block: Block) -> Part:
    """Plan the table and its chart."""
    return Crosstab(place, block, CrosstabOptions(**block.options)).part()


def crosstab_columns(block: Block, scorecard: Scorecard) -> int:
    """How many columns the table needs after the label and the one beside it."""
    options = CrosstabOptions(**block.options)
    extra = options.totals in (TotalsOf.ROWS, TotalsOf.BOTH)
    count = len(_axis((options.columns,), options, block, scorecard))
    return max(count + extra + bool(options.share) - 1, 1)


def crosstab_roles(block: Block, scorecard: Scorecard) -> Iterable[str]:
    """The periods that the table looks up."""
    options = CrosstabOptions(**block.options)
    for axis in (options.rows, (options.columns,)):
        yield from (item.role for item in _axis(axis, options, block, scorecard) if item.role)
    yield options.at
    if options.changes:
        yield from (of_year(1, month) for month in range(options.first, options.last + 1))


def _axis(
    keys: tuple[str, ...], options: CrosstabOptions, block: Block, scorecard: Scorecard
) -> list[Item]:
    """The rows or columns in order."""
    steps = range(options.periods - 1, -1, -1)
    match keys[0]:
        case "months of the year":
            return [Item("", role=of_year(0, m)) for m in range(options.first, options.last + 1)]
        case "quarters of the year":
            return [Item("", role=quarter_of_year(0, quarter)) for quarter in range(1, 5)]
        case "months":
            return [Item("", role=f"month_{back}") for back in steps]
        case "weeks":
            return [Item("", role=f"week_{back}") for back in steps]
        case "ranges":
            return [Item("", role=f"range_{back}") for back in steps]
        case "indicator":
            lines = [scorecard.line(code) for code in block.indicators]
            return [Item(line.indicator.name, code=line.code) for line in lines]
    found = values_of(scorecard.table, block.indicators[0], keys, options.where)
    if keys == options.rows and len(keys) == 1:
        found += [(value,) for value in options.also if (value,) not in found]
    return [Item(": ".join(values), tuple(zip(keys, values, strict=True))) for values in found]


@dataclass(frozen=True)
class Crosstab:
    """One cross-tab on its tab."""

    place: BlockPlace
    block: Block
    options: CrosstabOptions

    @cached_property
    def line(self) -> Line:
        return self.place.lines(self.block)[0]

    @cached_property
    def rows(self) -> list[Item]:
        found = _axis(self.options.rows, self.options, self.block, self.place.scorecard)
        if not self.options.top:
            return found
        return sorted(found, key=self._size, reverse=True)[: self.options.top]

    def _size(self, item: Item) -> float:
        """How large a row is at its last period that has a figure; the largest come first."""
        for across in reversed(self.across):
            key, role = self.key_of(item, across), self.role_of(item, across)
            if key is None or role not in self.place.layout.roles:
                continue
            value = self.place.layout.part(key, role, "value")
            if isinstance(value, float):
                return value
        return 0.0

    @cached_property
    def across(self) -> list[Item]:
        return _axis((self.options.columns,), self.options, self.block, self.place.scorecard)

    @property
    def first_col(self) -> int:
        return self.place.columns.YEAR

    @property
    def total_col(self) -> int:
        return self.first_col + len(self.across)

    @property
    def head_row(self) -> int:
        return self.place.top + 1

    @property
    def number_format(self) -> str:
        settings, options = self.line.conventions, self.options
        decimals = settings.decimals if options.decimals is None else options.decimals
        return number_format(
            decimals, settings.suffix if options.suffix is None else options.suffix
        )

    @cached_property
    def _breakdowns(self) -> dict[str, dict[frozenset[tuple[str, str]], str]]:
        table = self.place.scorecard.table
        return {line.code: breakdowns_of(table, line.code) for line in self.place.lines(self.block)}

    def key_of(self, row: Item, across: Item) -> str | None:
        """The key of the series that a cell is about; None where there is no such series."""
        code = row.code or across.code or self.line.code
        parts = frozenset([*row.parts, *across.parts, *self.options.where.items()])
        if not parts:
            return series_key_text(code)
        breakdown = self._breakdowns[code].get(parts)
        return series_key_text(code, breakdown) if breakdown is not None else None

    def role_of(self, row: Item, across: Item) -> str:
        return row.role or across.role or self.options.at

    @property
    def rows_are_series(self) -> bool:
        """Whether all cells of a row are about one series, at several periods."""
        return self.options.columns in PERIODS

    def part(self) -> Part:
        top = self.place.top
        cells = [Cell(top, self.place.columns.LABEL, self._heading(), "heading"), *self._head()]
        heights = [(top, HEADING_HEIGHT), (self.head_row, self._head_height())]
        keys, row = [(top, f"~{self.line.code}|{self._name}")], self.head_row + 1
        first = row
        for item in self.rows:
            cells += self._row(row, item)
            heights.append((row, self._row_height(item)))
            keys.append((row, f"~{self.line.code}|{self._name}|{item.label or item.role}"))
            row += 1
        totals = Totals(self, first, row - 1)
        for extra in totals.rows():
            cells += extra.cells
            heights.append((row, ROW_HEIGHT))
            keys.append((row, f"~{self.line.code}|{self._name}|{extra.key}"))
            row += 1
        cells += totals.columns()
        charts: tuple[Chart, ...] = ()
        if self.options.chart:
            charts = (self._chart(row + 1, first, first + len(self.rows) - 1),)
            rows = int(CHART_HEIGHT * 0.75 / CHART_ROW) + 2
            heights += [(row + at, CHART_ROW) for at in range(rows)]
            row += rows
        return Part(
            row,
            tuple(cells),
            tuple(heights),
            names=(DefinedName.of_cell(self.place.row_name(self.line), top, 1),),
            charts=charts,
            row_keys=tuple(keys),
            may_break=(self.head_row + len(self.rows) + 2,) if charts else (),
        )

    @property
    def _name(self) -> str:
        return f"table {self.place.number}"

    def _heading(self) -> str:
        return self.block.heading or self.line.indicator.name

    def _label(self, item: Item) -> Content:
        if not item.role:
            return item.label
        if item.role not in self.place.layout.roles:
            # Fewer weeks, days or ranges have figures than the table has room for.
            return ""
        return Formula(f"head_{item.role}", self.place.layout.head(item.role))

    def _head(self) -> list[Cell]:
        columns = self.place.columns
        named = " and ".join(key.replace("_", " ") for key in self.options.rows)
        said = "" if self.options.rows[0] in (*PERIODS, "indicator") else named.capitalize()
        cells = [Cell(self.head_row, columns.LABEL, said, "head")]
        for at, item in enumerate(self.across):
            label = self._label(item)
            cells.append(Cell(self.head_row, self.first_col + at, label, "head right"))
        if self.rows_are_series:
            cells.append(Cell(self.head_row, columns.code, "Series", "helper head"))
            cells.append(Cell(self.head_row, columns.figure_row, "Row on Figures", "helper head"))
        return cells

    def _head_height(self) -> float:
        heads = [item.label or "Mar-14" for item in self.across] + [self.options.share]
        heads.append("2013/14 YTD" if self.options.totals is not TotalsOf.NONE else "")
        return height_for(max(lines_needed(head, 8.0, 9, True) for head in heads), 9, 18.0)

    def _row_height(self, item: Item) -> float:
        lines = lines_needed(item.label, self.place.columns.label_width, 10)
        return height_for(lines, 10, ROW_HEIGHT)

    def _row(self, row: int, item: Item) -> list[Cell]:
        columns, layout = self.place.columns, self.place.layout
        cells = [Cell(row, columns.LABEL, self._label(item), "label")]
        lookup = None
        if self.rows_are_series:
            key = self.key_of(item, self.across[0])
            lookup = Lookup(layout, columns, row, key or "")
            cells += lookup.helpers()
        for at, across in enumerate(self.across):
            role, key = self.role_of(item, across), self.key_of(item, across)
            content: Content = None
            if lookup is not None:
                content = lookup.content(role, blank=True)
            elif key is not None:
                content = key_lookup(layout, key, role)
            cells.append(Cell(row, self.first_col + at, content, "number", self.number_format))
        return cells

    def _chart(self, top: int, first: int, last: int) -> Chart:
        columns, sheet = self.place.columns, self.place.tab.name
        last_col = self.first_col + len(self.across) - 1
        by_rows = self.rows_are_series
        series = []
        if by_rows:
            heads = (self.head_row, self.first_col, self.head_row, last_col)
            for at, item in enumerate(self.rows):
                area = (first + at, self.first_col, first + at, last_col)
                series.append(ChartSeries(item.label, sheet, heads, area))
        else:
            heads = (first, columns.LABEL, last, columns.LABEL)
            for at, item in enumerate(self.across):
                col = self.first_col + at
                series.append(ChartSeries(item.label, sheet, heads, (first, col, last, col)))
        kinds = {"line": "line", "stacked": "column stacked", "clustered": "column clustered"}
        return Chart(
            kind=kinds[self.options.chart],
            title=self._heading(),
            description=(
                f"{self.options.chart.capitalize()} chart of {self._heading()}, one series for "
                f"each of {', '.join(one.name for one in series)}. The figures are in the table "
                "above."
            ),
            row=top,
            left=columns.left(columns.LABEL),
            width=columns.table_pixels,
            height=CHART_HEIGHT,
            series=tuple(series),
            number_format=self.number_format,
            highest=100 if self.line.indicator.unit is Unit.PERCENT else None,
        )
