"""The figures behind the charts, where a reader of the board copy sees them.

In the working book charts draw from a sheet for machines. Here each has a small table of its own,
periods down and series across. A period without a figure is an empty cell: a gap and never nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from workbook_builder.board.values import Values
from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.model import Cell, Chart, ChartSeries, Part, Print, Sheet, Table, join
from workbook_builder.plan.pages import page_breaks, page_scale
from workbook_builder.plan.text_size import column_pixels, height_for, lines_needed
from workbook_builder.plan.written_table import INDENT, SIZE

PREFIX = "Chart"
TOP, LEFT = 3, 1
NARROW, PERIOD, FIGURE = 1.5, 24.0, 16.0
LEAST_FIGURES, PERIOD_HEAD = 6, "Period"
NOT_DRAWN = "No chart: all missing or withheld."
EMPTY_SAID = "An empty cell: nothing is drawn there, as a figure is missing or withheld"
ROW_HEIGHT, HEAD_HEIGHT, HEADING_HEIGHT = 15.0, 30.0, 22.0

Span = tuple[int, int, int, int]


@dataclass(frozen=True)
class Drawn:
    """A chart, the name of its tab and the points of its series; None is a gap."""

    tab: str
    chart: Chart
    periods: tuple[str, ...]
    figures: tuple[tuple[float | None, ...], ...]

    @property
    def anything(self) -> bool:
        """Whether it draws more than a target."""
        pairs = zip(self.chart.series, self.figures, strict=True)
        return any(one is not None for series, held in pairs if not series.target for one in held)


def with_chart_data(
    sheets: Sequence[Sheet], values: Values, name: str, subtitle: str
) -> tuple[tuple[Sheet, ...], Sheet | None]:
    """The sheets with their charts drawn from a new sheet of that name; None without charts."""
    blocks, moved, top = list[Part](), dict[tuple[str, int], Chart](), TOP
    tables: list[Table] = []
    for sheet in sheets:
        for number, chart in enumerate(sheet.part.charts):
            drawn = drawn_chart(sheet.name, chart, values)
            if not drawn.anything:
                continue
            part, table = _block(drawn, top, len(tables) + 1)
            blocks.append(part)
            tables.append(table)
            moved[sheet.key, number] = replace(chart, series=_series(chart, table, name))
            top = part.next_row + 1
    shown = tuple(_with_charts(one, moved) for one in sheets)
    return shown, _sheet(blocks, tables, name, subtitle) if blocks else None


def drawn_chart(tab: str, chart: Chart, values: Values) -> Drawn:
    """A planned chart with the figures that it draws."""
    by_name = {sheet.name: sheet.key for sheet in values.workbook.sheets}
    series = chart.series
    periods = max((_texts(values, by_name, one) for one in series), key=len)
    return Drawn(tab, chart, periods, tuple(_numbers(values, by_name, one) for one in series))


def _texts(values: Values, by_name: Mapping[str, str], one: ChartSeries) -> tuple[str, ...]:
    found = (values.at(by_name[one.sheet], *at) for at in _cells(one.categories))
    return tuple("" if text is None else str(text) for text in found)


def _numbers(
    values: Values, by_name: Mapping[str, str], one: ChartSeries
) -> tuple[float | None, ...]:
    found = (values.at(by_name[one.sheet], *at) for at in _cells(one.values))
    return tuple(one if isinstance(one, float) else None for one in found)


def _cells(span: Span) -> Iterable[tuple[int, int]]:
    top, left, bottom, right = span
    return [(row, col) for row in range(top, bottom + 1) for col in range(left, right + 1)]


def _block(drawn: Drawn, top: int, number: int) -> tuple[Part, Table]:
    """A heading, and below it a row for each period with the figure of each series."""
    chart = drawn.chart
    heading = f"{drawn.tab}: {chart.title}" if chart.title else drawn.tab
    heads = _heads([one.name for one in chart.series])
    cells = [Cell(top, LEFT, heading, "heading")]
    cells += [
        Cell(top + 1, LEFT + at, head, "head right" if at else "head")
        for at, head in enumerate(heads)
    ]
    for at, period in enumerate(drawn.periods):
        row = top + 2 + at
        cells.append(Cell(row, LEFT, period, "label"))
        for col, figures in enumerate(drawn.figures, start=LEFT + 1):
            figure = figures[at] if at < len(figures) else None
            cells.append(Cell(row, col, figure, "number", chart.number_format))
    last = top + 1 + len(drawn.periods)
    deepest = max(lines_needed(head, FIGURE - INDENT, SIZE, bold=True) for head in heads)
    heights = [(top, HEADING_HEIGHT), (top + 1, max(HEAD_HEIGHT, height_for(deepest, SIZE, 0.0)))]
    heights += [
        (top + 2 + at, height_for(lines_needed(period, PERIOD - INDENT, SIZE), SIZE, ROW_HEIGHT))
        for at, period in enumerate(drawn.periods)
    ]
    part = Part(last + 1, tuple(cells), tuple(heights), may_break=(top,))
    return part, Table(f"{PREFIX}_{number}", top + 1, LEFT, last, heads)


def _heads(names: Iterable[str]) -> tuple[str, ...]:
    """Heads of which no two are alike; a series that broke is drawn in stretches of one name."""
    found = [PERIOD_HEAD]
    for name in names:
        head, number = name or "Figure", 1
        while head.casefold() in (one.casefold() for one in found):
            number += 1
            head = f"{name or 'Figure'} ({number})"
        found.append(head)
    return tuple(found)


def _series(chart: Chart, table: Table, name: str) -> tuple[ChartSeries, ...]:
    first, last = table.row + 1, table.last_row
    periods = (first, LEFT, last, LEFT)
    return tuple(
        replace(one, sheet=name, categories=periods, values=(first, LEFT + at, last, LEFT + at))
        for at, one in enumerate(chart.series, start=1)
    )


def _with_charts(sheet: Sheet, moved: Mapping[tuple[str, int], Chart]) -> Sheet:
    """The charts that draw something; where others stood, a sentence."""
    charts = [moved.get((sheet.key, at)) for at in range(len(sheet.part.charts))]
    pairs = zip(sheet.part.charts, charts, strict=True)
    places = {
        (one.row, _column_at(sheet.widths, one.left)) for one, chart in pairs if chart is None
    }
    free = sorted(places - {(one.row, one.col) for one in sheet.part.cells})
    said = (Cell(row, col, NOT_DRAWN, "note") for row, col in free)
    part = replace(
        sheet.part,
        charts=tuple(one for one in charts if one is not None),
        cells=(*sheet.part.cells, *said),
    )
    return replace(sheet, part=part)


def _column_at(widths: Sequence[float], left: int) -> int:
    """The column that begins so many pixels from the edge, or the next one."""
    edges = accumulate(map(column_pixels, widths), initial=0)
    return next((col for col, edge in enumerate(edges) if edge >= left), LEFT)


def _sheet(blocks: Sequence[Part], tables: Sequence[Table], name: str, subtitle: str) -> Sheet:
    most = max(max(len(one.heads) for one in tables) - 1, LEAST_FIGURES)
    widths = (NARROW, PERIOD, *(FIGURE,) * most)
    whole = join([title_band(name, f"{subtitle}   |   {EMPTY_SAID}", len(widths)), *blocks])
    last_row = whole.next_row - 1
    return Sheet(
        key="board charts",
        name=name,
        title=name,
        part=replace(whole, row_keys=()),
        widths=widths,
        print=Print(last_row, len(widths) - 1, page_scale(widths), repeat=(0, 1)),
        breaks=page_breaks(whole.may_break, dict(whole.heights), last_row, widths, 54.0),
        freeze_row=2,
        tables=tuple(tables),
    )
