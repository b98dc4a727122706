"""The panel block: everything about one indicator, as a board report gives it a page.

Theme and focus, name, status, the years side by side with target and comparators, the months or
quarters of several years one under another, and a chart. Commentary and actions are blocks of their
own below it.

Options: years = how many earlier financial years; calendar_years = how many years back each earlier
calendar year is, for indicators that were once reported so; annual = false leaves the years out;
periods = "months", "quarters" or "none"; period_years = how many years those show; newest_first;
target_row; chart.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import Unit
from workbook_builder.plan.annual import Annual
from workbook_builder.plan.chart_data import Feed, FeedRow, has_target
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import as_written, number_format
from workbook_builder.plan.layout import (
    limit_key,
    limit_sides,
    series_key_text,
)
from workbook_builder.plan.lookup import Lookup
from workbook_builder.plan.model import (
    Cell,
    Chart,
    ChartSeries,
    Content,
    DefinedName,
    Formula,
    Merge,
    Part,
    join,
)
from workbook_builder.plan.roles import of_year, quarter_of_year
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.status_row import StatusRow
from workbook_builder.scorecard import Line, Scorecard

ROW_HEIGHT, HEAD_HEIGHT = 17.0, 20.0
CHART_HEIGHT, CHART_ROWS, CHART_ROW = 210, 11, 15.0
COLUMNS_NEEDED = 12


class PanelOptions(Definition):
    """What a panel may set beyond heading and indicators."""

    years: int = Field(default=0, ge=0, le=6)
    calendar_years: tuple[int, ...] = ()
    annual: bool = True
    periods: Literal["months", "quarters", "none"] = "months"
    period_years: int = Field(default=1, ge=1, le=5)
    newest_first: bool = False
    target_row: bool = False
    chart: bool = True


def panel_roles(block: Block, _scorecard: Scorecard) -> Iterable[str]:
    """The periods that a panel looks up."""
    options = PanelOptions(**block.options)
    yield from (f"year_{back}" for back in range(1, options.years + 1))
    yield from (f"calendar_{back}" for back in options.calendar_years)
    for back in range(max(options.period_years, options.years + 1)):
        yield of_year(back, 12)
        yield from roles_of_year(options.periods, back)
        if options.annual:
            yield from roles_of_year("months", back)


def panel_charted(block: Block, scorecard: Scorecard) -> Iterable[FeedRow]:
    """What a panel's chart draws."""
    options, line = PanelOptions(**block.options), scorecard.line(block.indicators[0])
    if not options.chart or options.periods == "none":
        return
    for back in range(options.period_years):
        yield FeedRow.whole(series_key_text(line.code), roles_of_year(options.periods, back))
    for side in limit_sides(line.indicator):
        yield FeedRow.whole(limit_key(line.code, side), roles_of_year(options.periods, 0))


def roles_of_year(periods: str, back: int) -> tuple[str, ...]:
    """The months or quarters of a financial year, in their roles."""
    if periods == "quarters":
        return tuple(quarter_of_year(back, quarter) for quarter in range(1, 5))
    return tuple(of_year(back, month) for month in range(1, 13))


def plan_panel(place: BlockPlace, block: Block, feed: Feed) -> Part:
    """Plan the panel of the first indicator that the block names."""
    return _Panel(place, block, PanelOptions(**block.options), feed).part()


@dataclass(frozen=True)
class _Panel:
    place: BlockPlace
    block: Block
    options: PanelOptions
    feed: Feed

    @property
    def line(self) -> Line:
        return self.place.lines(self.block)[0]

    def part(self) -> Part:
        parts = [self._heading()]
        if self.options.annual:
            status = self._status_row
            parts.append(
                Annual(self.place, self.line, self.options, status).part(self._next(parts))
            )
        if self.options.periods != "none":
            parts.append(self._periods(self._next(parts)))
        if self.options.chart and self.options.periods != "none":
            parts.append(self._chart(self._next(parts)))
        return join(parts)

    def _next(self, parts: list[Part]) -> int:
        return parts[-1].next_row + 1

    @property
    def _status_row(self) -> StatusRow:
        top = self.place.top
        return StatusRow(self.place, self.line, top + 2, top + 1)

    def _heading(self) -> Part:
        top, columns, indicator = self.place.top, self.place.columns, self.line.indicator
        lead = [indicator.theme, indicator.subtheme, indicator.focus or ""]
        name = self.block.heading or f"{indicator.reference}  {indicator.name}".strip()
        status = self._status_row
        judged_on = self.line.conventions.judged_on.value
        said = "" if judged_on == "nothing" else f"judged on the {judged_on}"
        cells = [
            Cell(top, columns.LABEL, "   |   ".join(filter(None, map(str, lead))), "note"),
            Cell(top + 1, columns.LABEL, name, "heading"),
            Cell(
                top + 2,
                columns.LABEL,
                f"Current status ({said})" if said else "Current status",
                "label bold",
            ),
        ]
        if self.block.heading or indicator.owner:
            cells.append(Cell(top, columns.last_printed, indicator.owner, "role"))
        part = Part(
            top + 3,
            tuple(cells),
            ((top, 14.0), (top + 1, 24.0), (top + 2, 22.0)),
            names=(DefinedName.of_cell(self.place.row_name(self.line), top + 1, columns.LABEL),),
            merges=(Merge(status.status(columns.YEAR), top + 2, columns.YEAR + 1),),
            conditions=tuple(status.conditions(columns.YEAR)),
            row_keys=(
                (top, f"{ELSEWHERE}{self.line.code}|lead"),
                (top + 1, f"{ELSEWHERE}{self.line.code}|name"),
                (top + 2, self.line.code),
            ),
        )
        officer = status.officer()
        return join([officer, part])

    def _periods(self, top: int) -> Part:
        columns, options = self.place.columns, self.options
        cells = [Cell(top, columns.LABEL, "", "head")]
        for at, role in enumerate(roles_of_year(options.periods, 0)):
            cells.append(Cell(top, columns.YEAR + at, self._period_head(role, at), "head right"))
        heights, keys = [(top, HEAD_HEIGHT)], [(top, self._key("periods head"))]
        order = range(options.period_years)
        row = top + 1
        for back in order if options.newest_first else reversed(order):
            cells += self._year(row, back)
            heights.append((row, ROW_HEIGHT))
            keys.append((row, self._key(f"year {self._start(back)}")))
            row += 1
        if options.target_row:
            for side in limit_sides(self.line.indicator):
                cells += self._targets(row, side)
                heights.append((row, ROW_HEIGHT))
                keys.append((row, self._key(f"target {side}")))
                row += 1
        return Part(row, tuple(cells), tuple(heights), row_keys=tuple(keys), may_break=(top,))

    def _start(self, back: int) -> str:
        """The financial year of a row, which stays its own when the next one begins."""
        return self.place.layout.roles[of_year(back, 12)].end.plus(-11).label

    def _period_head(self, role: str, at: int) -> str:
        if self.options.periods == "quarters":
            return f"Q{at + 1}"
        return calendar.month_abbr[self.place.layout.roles[role].end.month]

    def _key(self, what: str) -> str:
        return f"{ELSEWHERE}{self.line.code}|{what}"

    def _year(self, row: int, back: int) -> list[Cell]:
        columns, settings = self.place.columns, self.line.conventions
        lookup = Lookup(self.place.layout, columns, row, series_key_text(self.line.code))
        role = f"year_{back}"
        label: Content = self.place.layout.head(role) if role in self.place.layout.roles else ""
        if label:
            label = Formula(f"head_{role}", str(label))
        shown = number_format(settings.decimals, settings.suffix)
        style = "number now" if back == 0 else "number"
        cells = [Cell(row, columns.LABEL, label, "label"), *lookup.helpers()]
        for at, month in enumerate(roles_of_year(self.options.periods, back)):
            cells.append(lookup.cell(columns.YEAR + at, month, style, shown, blank=True))
        return cells

    def _targets(self, row: int, side: str) -> list[Cell]:
        columns = self.place.columns
        lookup = Lookup(self.place.layout, columns, row, limit_key(self.line.code, side))
        cells = [Cell(row, columns.LABEL, "Target", "target label"), *lookup.helpers()]
        written = as_written(self.line.conventions.target_suffix)
        for at, month in enumerate(roles_of_year(self.options.periods, 0)):
            content = lookup.content(month)
            if isinstance(content, Formula):
                found = lookup.found(month)
                shown = content.value if isinstance(content.value, float) else ""
                content = Formula(f'IF(ISNUMBER({found}),{found},"")', shown)
            cells.append(Cell(row, columns.YEAR + at, content, "number muted", written))
        return cells

    def _chart(self, top: int) -> Part:
        columns, settings = self.place.columns, self.line.conventions
        series: list[ChartSeries] = []
        key = series_key_text(self.line.code)
        years = self.place.scorecard.catalogue.settings.years
        month = self.place.scorecard.month
        for back in reversed(range(self.options.period_years)):
            roles = roles_of_year(self.options.periods, back)
            series += self.feed.series(key, years.label(month.plus(-12 * back)), roles=roles)
        for side in limit_sides(self.line.indicator):
            roles = roles_of_year(self.options.periods, 0)
            found = self.feed.series(limit_key(self.line.code, side), "Target", True, roles)
            series += found if self._has_target(side) else []
        heights = tuple((top + at, CHART_ROW) for at in range(CHART_ROWS))
        return Part(
            top + CHART_ROWS,
            heights=heights,
            may_break=(top,),
            charts=(
                Chart(
                    kind="line",
                    title=self.line.indicator.short_name or self.line.indicator.name,
                    description=(
                        f"Line chart of {self.line.indicator.name}, by {self.options.periods[:-1]} "
                        f"of {self.options.period_years} financial years. The figures are in the "
                        "table above."
                    ),
                    row=top,
                    left=columns.left(columns.LABEL),
                    width=columns.table_pixels,
                    height=CHART_HEIGHT,
                    series=tuple(series),
                    number_format=number_format(settings.decimals, settings.suffix),
                    highest=100 if self.line.indicator.unit is Unit.PERCENT else None,
                ),
            ),
        )

    def _has_target(self, side: str) -> bool:
        """Also where it has one in other years only, so that a new year needs no other chart."""
        if not self.line.indicator.target_is_of_figure:
            return False
        if has_target(self.place.scorecard, self.line):
            return True
        layout, key = self.place.layout, limit_key(self.line.code, side)
        roles = roles_of_year(self.options.periods, 0)
        return any(isinstance(layout.value(key, role), float) for role in roles)
