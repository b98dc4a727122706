"""A tab as pieces of a board pack, in the order of its blocks.

Indicators that have a row or page of their own on the tab get a heading with their report month,
definition, figures and charts. Panels and all other tables are taken from the static tab, so that
they say what the tab says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from workbook_builder.board.chart_tables import drawn_chart
from workbook_builder.board.pack_lines import Lines
from workbook_builder.board.pack_model import (
    Comment,
    Entry,
    PackChart,
    PackSeries,
    PackTable,
    PackTheme,
    Piece,
)
from workbook_builder.board.pack_rows import Owned, blocks_of_rows, static_tables
from workbook_builder.board.values import Values
from workbook_builder.catalogue.model import Block, Tab
from workbook_builder.catalogue.words import HOMES, PeriodType
from workbook_builder.periods import Period
from workbook_builder.plan.actions import ActionsOptions
from workbook_builder.plan.card import CardOptions
from workbook_builder.plan.chart_data import FIRST_COLUMN, KEY
from workbook_builder.plan.commentary import CommentaryOptions
from workbook_builder.plan.key_measures import KeyMeasuresOptions
from workbook_builder.plan.line_cells import shown_name
from workbook_builder.plan.model import Chart, Sheet
from workbook_builder.plan.months import MonthsOptions
from workbook_builder.plan.roles import role_period
from workbook_builder.scorecard import Line, Scorecard

COMMENTARY, ACTIONS, CHARTS = "commentary", "actions", "charts"
# What the tab has for the eye or in another place of the pack.
LEFT_OUT = ("contents", "highlights")
HEADINGS = {COMMENTARY: "Commentary", ACTIONS: "Actions", CHARTS: "Charts"}
POINTER = " The figures are "
NO_ACTION = "No action was entered."
ACTION_PARTS = ("Action", "Lead role", "Due", "Status", "What was said and done")


@dataclass(frozen=True)
class TabPieces:
    """Makes the pieces of one tab; without comments nothing that was typed is in them."""

    scorecard: Scorecard
    values: Values
    lines: Lines
    tab: Tab
    sheet: Sheet
    comments: bool

    def theme(self) -> PackTheme:
        """The tab as a theme of the pack."""
        homes = [code for one in self._homes for code in one.indicators]
        held = [self.scorecard.line(code) for code in homes]
        title = self.title
        overview = self.lines.table(f"{title}: indicators", held) if held else None
        return PackTheme(self.tab.name, title, overview, tuple(self._pieces()))

    @property
    def title(self) -> str:
        """The tab's title; on a contents page what is there beside the contents."""
        other = [one for one in self.tab.blocks if one.type not in LEFT_OUT]
        if (
            other
            and len(other) < len(self.tab.blocks)
            and all(one.type in HEADINGS for one in other)
        ):
            return other[0].heading or HEADINGS[other[0].type]
        return self.tab.title or self.tab.name

    @property
    def _homes(self) -> list[Block]:
        return [one for one in self.tab.blocks if one.type in HOMES]

    def _pieces(self) -> Iterator[Piece]:
        for number, block in enumerate(self.tab.blocks):
            if block.type in HOMES:
                yield from self._home(number, block)
            elif block.type == COMMENTARY and self.comments:
                yield self._commentary(block)
            elif block.type == ACTIONS and self.comments:
                yield self._actions(block)
            elif block.type not in (*LEFT_OUT, COMMENTARY, ACTIONS):
                yield from self._tables(number, block)

    def _home(self, number: int, block: Block) -> Iterator[Piece]:
        """The heading of the block where it has one, then each of its indicators."""
        own = block.heading and block.type != "panel"
        if own:
            yield Piece(2, block.heading)
        for code in block.indicators:
            yield self._indicator(number, block, self.scorecard.line(code), 3 if own else 2)

    def _indicator(self, number: int, block: Block, line: Line, level: int) -> Piece:
        indicator = line.indicator
        heading = f"{indicator.reference} {shown_name(line)}".strip()
        tables = [self.lines.facts(line)]
        if block.type == "panel":
            tables += self._static(number, indicator.name)
        else:
            second = block.options.get("second", {}).get(line.code, "")
            targets = line.code in block.options.get("target_row", ())
            periods = periods_shown(self.scorecard, block, line)
            tables.append(self.lines.periods(line, periods, second, targets))
        return Piece(
            level,
            heading,
            tuple(self.lines.defined(line)),
            tuple(tables),
            tuple(self._charts_of(line.code)),
            tuple(self._card_comments(block)),
        )

    def _card_comments(self, block: Block) -> Iterator[Comment]:
        key = CardOptions(**block.options).comments if block.type == "card" else ""
        if key and self.comments:
            yield Comment("Comments", "", self.typed.get((key, "1"), ""))

    def _commentary(self, block: Block) -> Piece:
        options = CommentaryOptions(**block.options)
        said = tuple(
            Comment(question, options.role, self.typed.get((options.key, str(number)), ""))
            for number, question in enumerate(options.questions, start=1)
        )
        return Piece(2, block.heading or HEADINGS[COMMENTARY], comments=said)

    def _actions(self, block: Block) -> Piece:
        """The actions in which something was typed."""
        options, heading = ActionsOptions(**block.options), block.heading or HEADINGS[ACTIONS]
        rows = []
        for number in range(1, options.rows + 1):
            slots = [f"action {number} {part.lower()}" for part in ACTION_PARTS]
            said = [self.typed.get((options.key, slot), "") for slot in slots]
            if any(said):
                rows.append((Entry(str(number)), *(Entry(one) for one in said)))
        if not rows:
            return Piece(2, heading, (NO_ACTION,))
        return Piece(2, heading, tables=(PackTable(heading, ("No.", *ACTION_PARTS), tuple(rows)),))

    def _tables(self, number: int, block: Block) -> Iterator[Piece]:
        """A block of tables, or charts of indicators that have no home on this tab."""
        charts = [
            self._chart(chart)
            for chart, owner in self._charts.items()
            if owner.block == number or (block.type == CHARTS and self._is_alone(owner, block))
        ]
        first = self.scorecard.catalogue.indicator(block.indicators[0]).name
        heading = block.heading or HEADINGS.get(block.type, first)
        tables = self._static(number, heading)
        if tables or charts:
            yield Piece(2, heading, tables=tuple(tables), charts=tuple(charts))

    def _is_alone(self, owner: Owned, block: Block) -> bool:
        """Whether a chart's indicator has no heading of its own on this tab."""
        home = {code for one in self._homes for code in one.indicators}
        return owner.code in block.indicators and owner.code not in home

    def _static(self, number: int, caption: str) -> list[PackTable]:
        """The tables that a block has on the static tab."""
        found = [table for table, block in self._tables_of if block == number]
        several = len(found) > 1
        return [
            replace(one, caption=f"{caption} ({at} of {len(found)})" if several else caption)
            for at, one in enumerate(found, start=1)
        ]

    @cached_property
    def _rows(self) -> Mapping[int, int]:
        return blocks_of_rows(self.tab, self.sheet)

    @cached_property
    def _tables_of(self) -> tuple[tuple[PackTable, int | None], ...]:
        return tuple(static_tables(self.sheet, self.values, self._rows))

    def _charts_of(self, code: str) -> Iterator[PackChart]:
        for chart, owner in self._charts.items():
            if owner.code == code and owner.block is None:
                yield self._chart(chart)

    def _chart(self, chart: Chart) -> PackChart:
        drawn = drawn_chart(self.tab.name, chart, self.values)
        series = tuple(
            PackSeries(one.name or chart.title, figures, one.target)
            for one, figures in zip(chart.series, drawn.figures, strict=True)
        )
        return PackChart(
            chart.kind,
            chart.title,
            chart.description.partition(POINTER)[0],
            drawn.periods,
            series,
            chart.number_format,
            chart.highest,
        )

    @cached_property
    def _charts(self) -> Mapping[Chart, Owned]:
        """Whose each chart is: its indicator's where it draws the feed, else its block's."""
        charts = (one for one in self.sheet.part.charts if one.series)
        return {chart: self._owner(chart) for chart in charts}

    def _owner(self, chart: Chart) -> Owned:
        first = chart.series[0]
        row, col = first.values[:2]
        feed = next(one for one in self.values.workbook.sheets if one.key == "chart data")
        if first.sheet == feed.name and col == FIRST_COLUMN:
            key = str(self.values.at(feed.key, row, KEY))
            return Owned(key.partition("|")[0])
        return Owned("", self._rows.get(row))

    @cached_property
    def typed(self) -> Mapping[tuple[str, str], str]:
        """What stands in each box of the tab."""
        found = {}
        for box in self.sheet.part.inputs:
            if not box.codes and box.name in self.values.names:
                at = self.values.names[box.name]
                content = self.values.at(at.sheet, at.top, at.left)
                found[box.key, box.slot] = "" if content is None else str(content).strip()
        return found


def periods_shown(scorecard: Scorecard, block: Block, line: Line) -> list[Period]:
    """The periods of an indicator that its block shows, earliest first."""
    quarterly = line.indicator.period_type is PeriodType.QUARTERLY
    defaults = scorecard.catalogue.settings.defaults
    count = defaults.quarters_shown if quarterly else defaults.months_shown
    if block.type == "months":
        count = MonthsOptions(**block.options).periods
    elif block.type == "key measures":
        count = KeyMeasuresOptions(**block.options).periods
    elif block.type == "card" and not quarterly:
        count = CardOptions(**block.options).months
    role = "quarter" if quarterly else "month"
    roles = [f"{role}_{back}" for back in range(count - 1, -1, -1)]
    if block.type == "grid":
        roles.insert(0, "year_1")
    if block.type == "card":
        earlier = (8, 4) if quarterly else (24, 12)
        roles = [f"{role}_{back}" for back in earlier if back >= count] + roles
    found = [role_period(one, scorecard) for one in roles]
    return [one for one in found if one is not None]
