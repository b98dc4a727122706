"""The strip at the top of a card: code, name, owner, description, and what good looks like."""

from __future__ import annotations

from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.definitions import what_is_good
from workbook_builder.plan.model import Cell, DefinedName, Merge, Part
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.text_size import column_pixels, height_for, lines_needed
from workbook_builder.scorecard import Line


def card_strip(place: BlockPlace, line: Line) -> Part:
    """Plan the strip across the top of a card: three rows, and a fourth one free."""
    top, columns, indicator = place.top, place.columns, line.indicator
    last = columns.last_printed
    # Pixels of a column to characters of a line.
    owner_width = (columns.left(last + 1) - columns.left(last - 2)) / column_pixels(1.0)
    owner = height_for(lines_needed(indicator.owner, owner_width, 9), 9, 26.0)
    said = (
        (f"{indicator.reference or indicator.code}   {indicator.name}", "group", owner),
        (indicator.description or " ", "text plain", 0.0),
        (what_is_good(indicator), "text plain", 0.0),
    )
    merges, heights = [], []
    width = (columns.left(last + 1) - columns.left(columns.LABEL)) / column_pixels(1.0)
    for at, (words, style, height) in enumerate(said):
        merges.append(Merge(Cell(top + at, columns.LABEL, words, style), top + at, last - 3))
        lines = lines_needed(words, width * 0.72, 9)
        heights.append((top + at, max(height, height_for(lines, 9, 15.0))))
    merges.append(Merge(Cell(top, last - 2, indicator.owner or " ", "role wrapped"), top, last))
    keys = tuple((top + at, f"{ELSEWHERE}{line.code}|strip {at + 1}") for at in range(len(said)))
    return Part(
        top + 3,
        heights=tuple(heights),
        merges=tuple(merges),
        names=(DefinedName.of_cell(place.row_name(line), top, columns.LABEL),),
        row_keys=keys,
    )
