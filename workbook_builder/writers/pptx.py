"""The board pack as slides: a title, the summary, and for each theme its table and native charts.

Every chart is PowerPoint's own and carries a workbook with its own figures and nothing else. Tables
that are too long for a slide go on on the next one. The same pack gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from workbook_builder.board.pack_model import Pack, PackChart, PackTable, PackTheme, Remark
from workbook_builder.plan.text_size import text_pixels
from workbook_builder.writers import pptx_parts as parts
from workbook_builder.writers.chart_looks import has_figures
from workbook_builder.writers.office_file import plain, set_properties, with_fixed_dates
from workbook_builder.writers.pptx_charts import add_chart
from workbook_builder.writers.table_fit import Fitted, fitted

TABLE_SIZE, TEXT_SIZE = 12.0, 14.0
# Lines of a table and of text that a slide has room for, in points.
TABLE_ROOM, TEXT_ROOM = 395.0, 380.0
# A table that leaves room for charts below it.
SMALL_TABLE = 120.0
CHARTS_A_SLIDE = 4
LINE = 1.25


def write_pptx(pack: Pack, path: Path) -> None:
    """Write the slides."""
    _Writing(pack).write(path)


class _Writing:
    """One presentation on its way."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.presentation = parts.empty()
        self.titles: dict[str, int] = {}

    def write(self, path: Path) -> None:
        self._title()
        self._tables("Summary: statuses", self.pack.counts)
        self._tables("Summary: red and amber", self.pack.attention)
        if self.pack.attention is None:
            for heading, table in self.pack.summary:
                self._tables(f"Summary: {heading}", table)
        for one in self.pack.highlights:
            self._remarks(f"Highlights: {one.theme}", one.remarks)
        for theme in self.pack.themes:
            self._theme(theme)
        self._notes()
        set_properties(self.presentation.core_properties, self.pack)
        self.presentation.save(str(path))
        with_fixed_dates(path)

    def _slide(self, title: str) -> Any:
        """A slide with a title that no other has."""
        said = plain(title)
        self.titles[said.casefold()] = again = self.titles.get(said.casefold(), 0) + 1
        shown = said if again == 1 else f"{said} (continued {again - 1})"
        return parts.slide(self.presentation, shown, self.pack)

    def _title(self) -> None:
        facts = dict(self.pack.facts)
        lines = [f"{self.pack.authority}, {self.pack.month}", facts["Status"], self.pack.marking]
        parts.title_slide(self.presentation, self.pack.title, lines)
        self.titles[self.pack.title.casefold()] = 1

    def _theme(self, theme: PackTheme) -> None:
        """The theme's indicators, its charts, what was typed, and its tables without charts."""
        charts = [chart for chart in theme.charts if has_figures(chart)]
        if not self._on_one_slide(theme, charts):
            self._tables(theme.title, theme.overview)
            self._chart_slides(theme, charts)
        for piece in theme.pieces:
            said = [one for one in piece.comments if one.text]
            if said:
                remarks = [Remark(one.question, (one.text,)) for one in said]
                self._remarks(f"{theme.title}: {piece.heading}", remarks)
            if theme.overview is None and not piece.charts:
                for table in piece.tables:
                    self._tables(f"{theme.title}: {piece.heading}", table)

    def _on_one_slide(self, theme: PackTheme, charts: Sequence[PackChart]) -> bool:
        """A small theme whole: its table, and one or two charts below it."""
        if theme.overview is None or not 1 <= len(charts) <= 2:
            return False
        held = fitted(theme.overview, parts.ROOM, TABLE_SIZE)
        used = _height(list(held[0].table.heads), held[0].widths)
        used += sum(_height([e.text for e in row], held[0].widths) for row in held[0].table.rows)
        if len(held) > 1 or used > SMALL_TABLE:
            return False
        slide = self._slide(theme.title)
        parts.add_table(slide, held[0], range(len(theme.overview.rows)), TABLE_SIZE)
        top = parts.TOP + used * 2.54 / 72 + parts.GAP
        for place, chart in zip(parts.places(len(charts), top), charts, strict=True):
            add_chart(slide, chart, self.pack.brand, place)
        return True

    def _chart_slides(self, theme: PackTheme, charts: Sequence[PackChart]) -> None:
        for first in range(0, len(charts), CHARTS_A_SLIDE):
            self._charts(f"{theme.title}: charts", charts[first : first + CHARTS_A_SLIDE])

    def _charts(self, title: str, charts: Sequence[PackChart]) -> None:
        slide = self._slide(title)
        for place, chart in zip(parts.places(len(charts)), charts, strict=True):
            add_chart(slide, chart, self.pack.brand, place)

    def _tables(self, title: str, table: PackTable | None) -> None:
        if table is None or not table.rows:
            return
        for part in fitted(table, parts.ROOM, TABLE_SIZE):
            for rows in _slides_of(part):
                parts.add_table(self._slide(title), part, rows, TABLE_SIZE)

    def _remarks(self, title: str, remarks: Sequence[Remark]) -> None:
        """Headings and lines below them, as many on a slide as it has room for."""
        lines = [
            (text, bold)
            for remark in remarks
            for text, bold in [(remark.heading, True), *((item, False) for item in remark.items)]
        ]
        for some in _text_slides(lines):
            parts.add_text(self._slide(title), some, TEXT_SIZE)

    def _notes(self) -> None:
        for section in self.pack.notes:
            self._tables(f"Notes: {section.heading}", section.table)


def _slides_of(part: Fitted) -> Iterator[list[int]]:
    """The rows of each slide by their number; the head stands on every one."""
    heights = [_height([entry.text for entry in row], part.widths) for row in part.table.rows]
    head = _height(list(part.table.heads), part.widths)
    rows: list[int] = []
    used = head
    for at, height in enumerate(heights):
        if rows and used + height > TABLE_ROOM:
            yield rows
            rows, used = [], head
        rows.append(at)
        used += height
    yield rows


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row of a table in points."""
    lines = max(
        lines_in(text, width - parts.CELL_SIDES, TABLE_SIZE)
        for text, width in zip(texts, widths, strict=True)
    )
    return lines * TABLE_SIZE * LINE + parts.CELL_TOPS


def lines_in(text: str, width: float, size: float) -> int:
    """How many lines a text takes in so many centimetres."""
    room = max(width * 96 / 2.54, 10.0)
    found = 0
    for line in text.split("\n"):
        used, count = 0.0, 1
        for word in line.split(" "):
            wide = text_pixels(f"{word} ", size, bold=True)
            if used and used + wide > room:
                count, used = count + 1, 0.0
            count += int(wide // room)
            used += wide % room if wide > room else wide
        found += count
    return found


def _text_slides(lines: Sequence[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """Lines in parts that fit a slide; a heading is not the last of one."""
    some: list[tuple[str, bool]] = []
    used = 0.0
    for at, (text, bold) in enumerate(lines):
        height = lines_in(text, parts.ROOM - 1.5, TEXT_SIZE) * TEXT_SIZE * LINE + 6
        ahead = height
        if bold and at + 1 < len(lines):
            ahead += lines_in(lines[at + 1][0], parts.ROOM - 1.5, TEXT_SIZE) * TEXT_SIZE * LINE
        if some and used + ahead > TEXT_ROOM:
            yield some
            some, used = [], 0.0
        some.append((text, bold))
        used += height
    if some:
        yield some
