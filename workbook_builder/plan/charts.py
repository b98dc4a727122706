"""The charts block: a line chart for each indicator, as wide as the table together.

Options: per_row = how many stand side by side (3); months = how many months each chart shows, where
that is not as many as the scorecard shows.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import PeriodType, Unit
from workbook_builder.plan.chart_data import Feed, FeedRow, line_rows, shown_roles
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.layout import LOWER, UPPER, limit_key, series_key_text
from workbook_builder.plan.model import Cell, Chart, ChartSeries, Part
from workbook_builder.plan.text_size import lines_needed
from workbook_builder.scorecard import Line, Scorecard

PER_ROW = 3
GAP = 12
HEIGHT = 184
ROW_POINTS = 15.0
ROWS = 10
TITLE_SIZE = 10


class ChartsOptions(Definition):
    """What a charts block may set beyond heading and indicators."""

    per_row: int = Field(default=PER_ROW, ge=1, le=4)
    months: int = Field(default=0, ge=0, le=60)


def charts_roles(block: Block, _scorecard: Scorecard) -> Iterable[str]:
    """The months that charts of a length of their own look up."""
    count = ChartsOptions(**block.options).months
    return (f"month_{back}" for back in range(count))


def charts_charted(block: Block, scorecard: Scorecard) -> Iterable[FeedRow]:
    """What charts of a length of their own draw; the feed knows of all others."""
    if not ChartsOptions(**block.options).months:
        return
    for line in (scorecard.line(code) for code in block.indicators):
        yield from line_rows(scorecard, line, _drawn(block, scorecard, line))


def _drawn(block: Block, scorecard: Scorecard, line: Line) -> tuple[str, ...]:
    """The periods that a chart of the block draws, earliest first."""
    count = ChartsOptions(**block.options).months
    if not count or line.indicator.period_type is PeriodType.QUARTERLY:
        return shown_roles(scorecard, line)
    return tuple(f"month_{back}" for back in range(count - 1, -1, -1))


def plan_charts(place: BlockPlace, block: Block, feed: Feed) -> Part:
    """Plan the charts of a block in rows."""
    top, per_row = place.top, ChartsOptions(**block.options).per_row
    cells: list[Cell] = []
    heights: list[tuple[int, float]] = []
    if block.heading:
        cells.append(Cell(top, place.columns.LABEL, block.heading, "heading"))
        heights.append((top, 24.0))
        top += 1
    width = (place.columns.table_pixels - GAP * (per_row - 1)) // per_row
    start = place.columns.left(place.columns.LABEL)
    charts = []
    for at, line in enumerate(place.lines(block)):
        row, position = divmod(at, per_row)
        left = start + position * (width + GAP)
        roles = _drawn(block, place.scorecard, line)
        charts.append(_chart(line, feed, roles, (top + row * ROWS, left, width), place))
    rows = -(-len(charts) // per_row) * ROWS
    heights += [(top + at, ROW_POINTS) for at in range(rows)]
    breaks = tuple(top + row for row in range(0, rows, ROWS))
    return Part(
        top + rows, tuple(cells), tuple(heights), charts=tuple(charts), may_break=breaks[1:]
    )


def _chart(
    line: Line, feed: Feed, roles: tuple[str, ...], at: tuple[int, int, int], place: BlockPlace
) -> Chart:
    """A line's chart; `at` is its row, its left edge and its width."""
    row, left, width = at
    series = feed.series(series_key_text(line.code), line.indicator.name, roles=roles)
    for side in (LOWER, UPPER) if line.indicator.target_is_of_figure else ():
        series += feed.series(limit_key(line.code, side), "Target", target=True, roles=roles)
    drawn = _distinct(series)
    settings = line.conventions
    title = _title(line, width)
    return Chart(
        kind="line",
        title=title,
        description=_description(line, place, roles, any(one.target for one in drawn)),
        row=row,
        left=left,
        width=width,
        height=HEIGHT,
        series=drawn,
        number_format=number_format(settings.decimals, settings.suffix),
        title_lines=_title_lines(title, width),
        highest=100 if line.indicator.unit is Unit.PERCENT else None,
    )


def _distinct(series: list[ChartSeries]) -> tuple[ChartSeries, ...]:
    """A point target of an indicator that should be in range is one line, not two."""
    targets = [one for one in series if one.target]
    if len(targets) == 2:
        return tuple(one for one in series if one is not targets[1])
    return tuple(series)


def _title(line: Line, width: int) -> str:
    """The indicator's name where it fits on two lines, else its short name."""
    name, short = line.indicator.name, line.indicator.short_name
    return short if short and _title_lines(name, width) > 2 else name


def _title_lines(title: str, width: int) -> int:
    """How many lines a title takes: charts wrap theirs at about four fifths of their width."""
    return lines_needed(title, (0.8 * width - 5) / 7, TITLE_SIZE, bold=True)


def _description(line: Line, place: BlockPlace, roles: tuple[str, ...], has_target: bool) -> str:
    """Alternative text: what is drawn over which months, without figures that would go stale."""
    first, last = place.layout.label(roles[0]), place.layout.label(roles[-1])
    target = ", with the target as a dashed line" if has_target else ""
    return (
        f"Line chart of {line.indicator.name}, {first} to {last}{target}. "
        "The figures are in the table above."
    )
