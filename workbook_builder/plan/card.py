"""The card block: one indicator on a strip of facts, charts and comments.

Top: code, name, owner; description; which way is good and what good looks like. Then the facts of
the report month (value, rate beside it, assessment, target) with a chart of the months, and those
of the trend (direction against the same month last year, two previous years, comparators each with
its own period, what a figure covers) with a chart of the years.

Options: months = how many months the first chart shows; comments = the key of a box for comments,
which ties what people type to the card.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import JudgedAs, PeriodType, Unit
from workbook_builder.plan.addresses import cell, name_for, text
from workbook_builder.plan.card_strip import card_strip
from workbook_builder.plan.chart_data import Feed, FeedRow
from workbook_builder.plan.comparator_cells import ComparatorCells
from workbook_builder.plan.comparisons import comparator_key
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.last_month_row import last_month_row
from workbook_builder.plan.layout import (
    Layout,
    limit_key,
    limit_sides,
    series_key_text,
)
from workbook_builder.plan.line_cells import shown_target, target_format
from workbook_builder.plan.lookup import Lookup, given_or_withheld, is_given_or_withheld
from workbook_builder.plan.model import (
    Cell,
    Chart,
    ChartSeries,
    Condition,
    Content,
    DefinedName,
    Formula,
    InputBox,
    Merge,
    Part,
    join,
)
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.status_row import StatusRow
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import is_number

COLUMNS_NEEDED, LABEL_WIDTH = 12, 34.0
ROW_HEIGHT, CHART_ROWS = 19.0, 7
BOX_HEIGHT = 54.0
NONE = "N/A"
COMPARED = (
    ("england", "England"),
    ("neighbours", "Statistical neighbours"),
    ("region", "Region"),
)


class CardOptions(Definition):
    """What a card may set beyond its indicator."""

    months: int = Field(default=13, ge=2, le=24)
    comments: str = Field(default="", pattern="^([a-z0-9][a-z0-9-]*)?$", max_length=40)
    region: str = "Region"


def card_roles(block: Block, _scorecard: Scorecard) -> Iterable[str]:
    """The periods that a card looks up."""
    options = CardOptions(**block.options)
    yield from (f"month_{back}" for back in (*range(options.months), 12, 24))
    yield from ("quarter_4", "quarter_8")


def card_charted(block: Block, scorecard: Scorecard) -> Iterable[FeedRow]:
    """What the two charts draw: the months, and the same month of three years."""
    options, line = CardOptions(**block.options), scorecard.line(block.indicators[0])
    key = series_key_text(line.code)
    yield FeedRow.whole(key, _months(options))
    yield FeedRow.whole(key, _years(line))
    if line.indicator.judged_as is JudgedAs.VALUE:
        for side in limit_sides(line.indicator):
            yield FeedRow.whole(limit_key(line.code, side), _months(options))


def _months(options: CardOptions) -> tuple[str, ...]:
    return tuple(f"month_{back}" for back in range(options.months - 1, -1, -1))


def _years(line: Line) -> tuple[str, ...]:
    if line.indicator.period_type is PeriodType.QUARTERLY:
        return ("quarter_8", "quarter_4", "quarter_0")
    return ("month_24", "month_12", "month_0")


def plan_card(place: BlockPlace, block: Block, feed: Feed) -> Part:
    """Plan the card of the indicator that the block names."""
    return _Card(place, block, CardOptions(**block.options), feed).part()


@dataclass(frozen=True)
class _Card:
    place: BlockPlace
    block: Block
    options: CardOptions
    feed: Feed

    @property
    def line(self) -> Line:
        return self.place.lines(self.block)[0]

    @property
    def layout(self) -> Layout:
        return self.place.layout

    @property
    def facts_top(self) -> int:
        return self.place.top + 4

    @property
    def status_row(self) -> StatusRow:
        """The assessment stands in the fourth row of the facts."""
        return StatusRow(self.place, self.line, self.facts_top + 4, self.facts_top)

    def part(self) -> Part:
        strip, now = card_strip(self.place, self.line), self._now(self.facts_top)
        trend = self._trend(now.next_row + 1)
        parts = [strip, self.status_row.officer(), now, trend]
        if self.options.comments:
            parts.append(self._comments(trend.next_row + 1))
        return join(parts)

    def _key(self, what: str) -> str:
        return f"{ELSEWHERE}{self.line.code}|{what}"

    # Two tables of facts, each with a chart beside it.

    def _now(self, top: int) -> Part:
        settings, judged = self.line.conventions, self.status_row.judged
        rate = Lookup(
            self.layout,
            self.place.columns,
            top + 3,
            series_key_text(self.line.code, self.line.indicator.rate_breakdown or "rate"),
        )
        shown = number_format(settings.decimals, settings.suffix)
        value = self._current(top + 2)
        target = judged("target", shown_target(self.line))
        target_style = target_format(self.line)
        found = (
            ("Last update", self._label(f"{self._role}_0"), ""),
            ("Current value", value, shown),
            ("Rate per 10,000", self._rate(rate), number_format(settings.decimals_rate, "")),
            ("Overall assessment", self.status_row.status(0).content, ""),
            ("Target", self._or_none(target), target_style),
        )
        roles = _months(self.options)
        series = self.feed.series(series_key_text(self.line.code), "Figure", roles=roles)
        if self.line.indicator.target_is_of_figure:
            for side in limit_sides(self.line.indicator):
                series += self._target_series(side, roles)
        lookups = [self._value_lookup(top + 2), rate]
        what = f"{self.line.indicator.name}, last {self.options.months} months"
        return self._facts(top, "Now", list(found), lookups, series, what)

    def _target_series(self, side: str, roles: tuple[str, ...]) -> list[ChartSeries]:
        key = limit_key(self.line.code, side)
        known = any(is_number(self.layout.value(key, role)) for role in roles)
        return self.feed.series(key, "Target", True, roles) if known else []

    def _trend(self, top: int) -> Part:
        settings = self.line.conventions
        shown = number_format(settings.decimals, settings.suffix)
        judged, movement = self.status_row.judged, self.line.movement
        lookup = self._value_lookup(top + 2)
        before = [
            f"{self._role}_{step}" for step in ((4, 8) if self._role == "quarter" else (12, 24))
        ]
        arrow = Formula(
            f'{judged("glyph", "").text}&" "&{judged("words", "").text}',
            f"{movement.glyph} {movement.words}",
        )
        found: list[tuple[Content, Content, str]] = [("Direction of travel", arrow, "")]
        for role in before:
            found.append((self._label(role), self._previous(lookup, role), shown))
        lookups = [lookup, Lookup(self.layout, lookup.columns, top + 3, lookup.key)]
        for at, (comparator, said) in enumerate(COMPARED):
            row = top + 4 + at
            one = Lookup(
                self.layout, lookup.columns, row, comparator_key(self.line.code, comparator)
            )
            name = self.options.region if comparator == "region" else said
            cells = ComparatorCells(one)
            found.append((cells.label(name), cells.value(NONE), self._rate_format))
            lookups.append(one)
        found.append(("What a figure covers", self.line.indicator.period_type.value, ""))
        series = self.feed.series(
            series_key_text(self.line.code), "Figure", roles=_years(self.line)
        )
        what = f"{self.line.indicator.name}, the same period of three years"
        part = self._facts(top, "Trend", found, lookups, series, what, kind="column")
        said_at = cell(top + 1, self.place.columns.YEAR)
        worse_better = tuple(
            Condition(
                top + 1,
                self.place.columns.YEAR,
                top + 1,
                self.place.columns.YEAR,
                f'ISNUMBER(SEARCH("{word}",{said_at}))',
                word,
            )
            for word in ("better", "worse")
        )
        return join([Part(top, conditions=worse_better), part])

    def _facts(
        self,
        top: int,
        heading: str,
        found: list[tuple[Content, Content, str]],
        lookups: list[Lookup],
        series: list[ChartSeries],
        drawn: str,
        kind: str = "line",
    ) -> Part:
        columns = self.place.columns
        cells = [Cell(top, columns.LABEL, heading, "heading")]
        merges, conditions = [], []
        keys, heights = [(top, self._key(heading))], [(top, 22.0)]
        for at, (label, content, shown) in enumerate(found, start=1):
            row = top + at
            cells.append(Cell(row, columns.LABEL, label, "label"))
            style = "fact"
            if row == self.status_row.row and heading == "Now":
                style = "status"
                conditions += self.status_row.conditions(columns.YEAR)
            fact = Cell(row, columns.YEAR, content, style, shown)
            merges.append(Merge(fact, row, columns.YEAR + 2))
            heights.append((row, ROW_HEIGHT))
            own = row == self.status_row.row and heading == "Now"
            keys.append((row, self.line.code if own else self._key(f"{heading} {at}")))
        for lookup in lookups:
            cells += lookup.helpers()
        last = top + max(len(found), CHART_ROWS)
        heights += [(row, ROW_HEIGHT) for row in range(top + len(found) + 1, last + 1)]
        settings = self.line.conventions
        left = columns.left(columns.YEAR + 3) + 12
        chart = Chart(
            kind=kind,
            title=drawn,
            description=f"{kind.capitalize()} chart of {drawn}. The figures are beside it.",
            row=top,
            left=left,
            width=columns.left(columns.last_printed + 1) - left,
            height=int((last + 1 - top) * ROW_HEIGHT / 0.75),
            series=tuple(series),
            number_format=number_format(settings.decimals, settings.suffix),
            title_lines=2,
            highest=100 if self.line.indicator.unit is Unit.PERCENT else None,
        )
        return Part(
            last + 1,
            tuple(cells),
            tuple(heights),
            merges=tuple(merges),
            conditions=tuple(conditions),
            charts=(chart,) if series else (),
            row_keys=tuple(keys),
        )

    @property
    def _role(self) -> str:
        quarterly = self.line.indicator.period_type is PeriodType.QUARTERLY
        return "quarter" if quarterly else "month"

    @property
    def _rate_format(self) -> str:
        settings = self.line.conventions
        if self._compares_rates:
            return number_format(settings.decimals_rate, "")
        return number_format(settings.decimals, settings.suffix)

    @property
    def _compares_rates(self) -> bool:
        """Target and comparators are about the rate of a count, where it has one."""
        return self.line.indicator.judged_as is JudgedAs.RATE

    def _label(self, role: str) -> Formula:
        return Formula(f"head_{role}", self.layout.head(role))

    def _value_lookup(self, row: int) -> Lookup:
        return Lookup(self.layout, self.place.columns, row, series_key_text(self.line.code))

    def _current(self, row: int) -> Content:
        lookup = self._value_lookup(row)
        return lookup.content(f"{self._role}_0")

    def _previous(self, lookup: Lookup, role: str) -> Content:
        """A figure of an earlier year by the key of the first row, whatever row it stands in."""
        key = text(lookup.key)
        found = f"INDEX(fig_value,MATCH({key},fig_key,0),at_{role})"
        return Formula(f'IF({found}="","",{found})', lookup.held(role))

    def _rate(self, lookup: Lookup) -> Content:
        if not lookup.there:
            return NONE
        found, value = lookup.found(f"{self._role}_0"), lookup.held(f"{self._role}_0")
        shown = value if given_or_withheld(value) else NONE
        return Formula(f'IF({is_given_or_withheld(found)},{found},"{NONE}")', shown)

    def _or_none(self, target: Formula) -> Formula:
        shown = NONE if target.value == "-" else target.value
        return Formula(f'IF({target.text}="-","{NONE}",{target.text})', shown)

    def _comments(self, top: int) -> Part:
        columns, last = self.place.columns, self.place.columns.last_printed
        name = name_for("comment", f"{self.options.comments}/1")
        box = Merge(Cell(top + 1, columns.LABEL, None, "box"), top + 1, last)
        key = self.options.comments
        box_part = Part(
            top + 2,
            (Cell(top, columns.LABEL, "Comments", "heading"),),
            ((top, 20.0), (top + 1, BOX_HEIGHT)),
            merges=(box,),
            names=(DefinedName(name, top + 1, columns.LABEL, top + 1, last),),
            inputs=(InputBox(key, "1", name),),
            row_keys=(
                (top, self._key("comments heading")),
                (top + 1, f"{key} 1"),
            ),
        )
        return join([box_part, last_month_row(self.place, key, "1", top + 2, f"{key} 1")])
