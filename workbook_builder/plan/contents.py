"""The contents block: themes, themes within them and indicators, each a link to where it stands.

After them the sheet Data quality, where figures are counted from lists.

Numbers come from the references of the indicators: 1.3.2 is the second indicator of sub-theme 1.3
of theme 1. Without such references the lines have no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block, Catalogue
from workbook_builder.plan.context import BlockPlace, home_of, row_name
from workbook_builder.plan.model import Cell, Part
from workbook_builder.plan.quality import AT, NAME
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line, Scorecard

NUMBERED = re.compile(r"\d+(\.\d+){2,}")
HEIGHTS = {1: 26.0, 2: 22.0, 3: 17.0}
STYLES = {1: "group", 2: "subgroup", 3: "label"}


class ContentsOptions(Definition):
    """What a contents block may set beyond its heading: whether it names indicators."""

    depth: Literal["sub-themes", "indicators"] = "indicators"


@dataclass(frozen=True)
class Entry:
    """One line: how deep it lies, what it says, and the indicator or the place it leads to.

    first is the first indicator below a theme or a sub-theme.
    """

    level: int
    text: str
    line: Line | None = None
    place: str = ""
    first: Line | None = None


def entries(lines: tuple[Line, ...]) -> Iterator[Entry]:
    """The lines of a contents page: themes and sub-themes in the order in which they first come."""
    theme = subtheme = ""
    for line in _together(lines):
        indicator = line.indicator
        numbers = indicator.reference.split(".") if NUMBERED.fullmatch(indicator.reference) else []
        if indicator.theme != theme:
            theme, subtheme = indicator.theme, ""
            yield Entry(1, _numbered(numbers[:1], theme), first=line)
        if indicator.subtheme != subtheme:
            subtheme = indicator.subtheme
            if subtheme:
                yield Entry(2, _numbered(numbers[:2], subtheme), first=line)
        yield Entry(3, _numbered(numbers, indicator.name), line)


def sheet_entries(scorecard: Scorecard) -> tuple[Entry, ...]:
    """The sheets that are about the whole scorecard."""
    if scorecard.extracts.quality is None:
        return ()
    return Entry(1, "About the figures"), Entry(3, NAME, place=AT)


def _tab(catalogue: Catalogue, code: str) -> str:
    """The name of the tab that an indicator's link leads to."""
    home = home_of(catalogue, code)
    return catalogue.settings.tabs[home[0] - 1].name if home else catalogue.tab_of(code).name


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
    """Plan the lines; the deepest are links."""
    whole = ContentsOptions(**block.options).depth == "indicators"
    columns, catalogue = place.columns, place.scorecard.catalogue
    row, cells, heights = place.top, list[Cell](), list[tuple[int, float]]()
    keys: list[tuple[int, str]] = []
    if block.heading:
        cells.append(Cell(row, columns.LABEL, block.heading, "heading"))
        heights.append((row, 26.0))
        row += 1
    breaks = []
    sheets = sheet_entries(place.scorecard)
    for entry in (*entries(place.scorecard.lines), *sheets):
        if entry.line is not None and not whole:
            continue
        leads_to = entry.line if whole else entry.first
        link = row_name(leads_to.code) if leads_to is not None else entry.place
        cells.append(Cell(row, columns.LABEL, entry.text, STYLES[entry.level], link=link))
        if leads_to is not None:
            tab = _tab(catalogue, leads_to.code)
            style = "note" if whole else "note ruled"
            cells.append(Cell(row, columns.YEAR, f"sheet {tab}", style))
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
