"""A theme tab: title band, then its blocks one under another."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_builder.catalogue.model import Tab
from workbook_builder.catalogue.words import HOMES, Polarity
from workbook_builder.judgement.travel import Glyph
from workbook_builder.plan.chart_data import Feed
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import Cell, Part, Print, Sheet, join
from workbook_builder.plan.pages import page_breaks, page_scale
from workbook_builder.plan.registry import BLOCKS, BlockType
from workbook_builder.plan.tab_columns import (
    GRID_COLUMNS,
    LABEL_WIDTH,
    PERIOD_WIDTH,
    TabColumns,
)
from workbook_builder.scorecard import Line, Scorecard

FIRST_BLOCK = 4
BAND_ROWS = 2
BAND_HEIGHTS = ((0, 34.0), (1, 20.0), (2, 8.0), (3, 14.0))
BAND_KEYS = ((0, "title"), (1, "subtitle"))
SUMMARY_NAME = "wb_front"
GAP = 2


def tab_sheet(layout: Layout, tab: Tab, tab_number: int, feed: Feed) -> Sheet:
    """Plan one tab."""
    settings = layout.scorecard.catalogue.settings
    columns = columns_of(tab, layout.scorecard)
    parts = [_band(layout, tab, columns)]
    top, starts = FIRST_BLOCK, []
    for number, block in enumerate(tab.blocks, start=1):
        place = BlockPlace(layout, tab, tab_number, number, top, columns)
        part = BLOCKS[block.type].plan(place, block, feed)
        starts.append(top)
        parts.append(part)
        top = part.next_row + GAP
    whole = join(parts)
    last_row = whole.next_row - 1
    printed = columns.widths[: columns.last_printed + 1]
    band = sum(height for _, height in BAND_HEIGHTS[: BAND_ROWS + 1])
    breaks = page_breaks(
        [*starts[1:], *whole.may_break], dict(whole.heights), last_row, printed, band
    )
    return Sheet(
        key=f"tab {tab.name}",
        name=tab.name,
        title=tab.title or tab.name,
        part=whole,
        widths=columns.widths,
        print=Print(last_row, columns.last_printed, page_scale(printed), repeat=(0, BAND_ROWS)),
        breaks=breaks,
        freeze_row=_frozen(tab),
        tab_colour=settings.brand,
        col_keys=columns.keys,
    )


def columns_of(tab: Tab, scorecard: Scorecard) -> TabColumns:
    """The columns of a tab: as many as the block that needs most."""
    kinds = [(BLOCKS[block.type], block) for block in tab.blocks]
    needed = [kind.columns(block, scorecard) for kind, block in kinds]
    judged = frozenset(key for kind, block in kinds for key in kind.judged(block))
    shown = scorecard.catalogue.settings.defaults.months_shown
    free = not any(needed)
    return TabColumns(
        periods=max([*needed, shown if free else 0]),
        judged_keys=judged or frozenset(GRID_COLUMNS if free else ()),
        label_width=_label_width([kind for kind, _ in kinds]),
        target_width=max((kind.target_width for kind, _ in kinds), default=11.0),
        period_width=min((kind.period_width for kind, _ in kinds), default=PERIOD_WIDTH),
    )


def _label_width(kinds: list[BlockType]) -> float:
    """As wide as all blocks of a tab like it that mind; else as everywhere."""
    widths = {kind.label_width for kind in kinds if kind.label_width is not None}
    return widths.pop() if len(widths) == 1 else LABEL_WIDTH


def _frozen(tab: Tab) -> int:
    """Hold the title and the head of the first table, where the tab opens with one."""
    if not tab.blocks or tab.blocks[0].type != "grid":
        return BAND_ROWS
    return FIRST_BLOCK + (2 if tab.blocks[0].heading else 1)


def _band(layout: Layout, tab: Tab, columns: TabColumns) -> Part:
    settings = layout.scorecard.catalogue.settings
    across = range(1, columns.last_printed + 1)
    month = layout.scorecard.month.long_label
    codes = {code for block in tab.blocks if block.type in HOMES for code in block.indicators}
    lines = [line for line in layout.scorecard.lines if line.code in codes]
    cells = [
        Cell(0, 0, tab.title or tab.name, "title"),
        *(Cell(0, col, None, "band") for col in across),
        Cell(1, 0, f"{settings.authority}   |   {month}", "subtitle"),
        *(Cell(1, col, None, "band") for col in range(1, columns.last_printed)),
        Cell(1, columns.last_printed, f"Back to {settings.front.name}", "back", link=SUMMARY_NAME),
    ]
    if columns.judges_rows and lines:
        cells.append(Cell(3, columns.LABEL, arrow_note(lines), "note"))
    return Part(FIRST_BLOCK, tuple(cells), BAND_HEIGHTS, row_keys=BAND_KEYS)


def arrow_note(lines: Sequence[Line]) -> str:
    """What an arrow means among these lines, those that depart from the rest included."""
    glyphs = {
        Glyph(line.conventions.arrow, line.conventions.polarity).follows_performance
        for line in lines
        if line.conventions.polarity is not Polarity.NEITHER
    }
    if glyphs == {True, False}:
        return (
            "Where the words begin with better or worse the arrow follows performance, up being "
            "better; elsewhere it follows the value."
        )
    if glyphs == {True}:
        return "Arrows follow performance: up is better, whichever way the value went."
    return "Arrows follow the value; the words say whether that is better or worse."
