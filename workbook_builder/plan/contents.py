"""The contents block: themes, themes within them and indicators, each a link to where it stands.

Numbers come from the references of the indicators: 1.3.2 is the second indicator of sub-theme 1.3
of theme 1. Without such references the lines have no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.plan.context import BlockPlace, row_name
from workbook_builder.plan.model import Cell, Part
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line

NUMBERED = re.compile(r"\d+(\.\d+){2,}")
HEIGHTS = {1: 26.0, 2: 22.0, 3: 17.0}
STYLES = {1: "group", 2: "subgroup", 3: "label"}


class ContentsOptions(Definition):
    """A contents block has a heading only."""


@dataclass(frozen=True)
class Entry:
    """One line: how deep it lies, what it says, and the indicator it leads to."""

    level: int
    text: str
    line: Line | None = None


def entries(lines: tuple[Line, ...]) -> Iterator[Entry]:
    """The lines of a contents page: themes and sub-themes in the order in which they first come."""
    theme = subtheme = ""
    for line in _together(lines):
        indicator = line.indicator
        numbers = indicator.reference.split(".") if NUMBERED.fullmatch(indicator.reference) else []
        if indicator.theme != theme:
            theme, subtheme = indicator.theme, ""
            yield Entry(1, _numbered(numbers[:1], theme))
        if indicator.subtheme != subtheme:
            subtheme = indicator.subtheme
            if subtheme:
                yield Entry(2, _numbered(numbers[:2], subtheme))
        yield Entry(3, _numbered(numbers, indicator.name), line)


def _together(lines: tuple[Line, ...]) -> list[Line]:
    themes = list(dict.fromkeys(line.indicator.theme for line in lines))
    subthemes = list(dict.fromkeys(line.indicator.subtheme for line in lines))
    return sorted(
        lines,
        key=lambda line: (
            themes.index(line.indicator.theme),
            subthemes.index(line.indicator.subtheme),
        ),
    )


def _numbered(numbers: list[str], text: str) -> str:
    return f"{'.'.join(numbers)}   {text}" if numbers else text


def plan_contents(place: BlockPlace, block: Block) -> Part:
    """Plan the lines; those of indicators are links."""
    columns, catalogue = place.columns, place.scorecard.catalogue
    row, cells, heights = place.top, list[Cell](), list[tuple[int, float]]()
    keys: list[tuple[int, str]] = []
    if block.heading:
        cells.append(Cell(row, columns.LABEL, block.heading, "heading"))
        heights.append((row, 26.0))
        row += 1
    breaks = []
    for entry in entries(place.scorecard.lines):
        link = row_name(entry.line.code) if entry.line is not None else ""
        cells.append(Cell(row, columns.LABEL, entry.text, STYLES[entry.level], link=link))
        if entry.line is not None:
            tab = catalogue.tab_of(entry.line.code).name
            cells.append(Cell(row, columns.YEAR, f"sheet {tab}", "note"))
        lines = lines_needed(entry.text, columns.label_width, 10, bold=entry.level < 3)
        heights.append((row, height_for(lines, 10, HEIGHTS[entry.level])))
        what = entry.line.code if entry.line is not None else entry.text
        keys.append((row, f"{ELSEWHERE}contents|{what}"))
        if entry.level == 1:
            breaks.append(row)
        row += 1
    return Part(
        row, tuple(cells), tuple(heights), row_keys=tuple(keys), may_break=tuple(breaks[1:])
    )
