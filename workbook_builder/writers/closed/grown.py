"""A sheet of the program's own that has more rows or columns than the month before."""

from __future__ import annotations

import re

from workbook_builder.writers.closed.cells import At
from workbook_builder.writers.closed.markup import (
    Element,
    Piece,
    exchanged,
    parse,
    start_tag,
    with_attributes,
)
from workbook_builder.writers.closed.next_names import Area


def grown(data: bytes, area: Area, end: At) -> bytes:
    """The part with widths and conditions as far as the new end, where it lies further on."""
    (_, _, (last_row, last_col)), (row, col) = area, end
    root = parse(data, "row")
    pieces: list[Piece] = []
    columns = root.child("cols")
    if col > last_col and columns is not None and columns.children:
        last = columns.children[-1]
        if int(last.attributes.get("max", 0)) == last_col + 1:
            more = {"min": str(last_col + 2), "max": str(col + 1)}
            tag = with_attributes(start_tag(data, last), more)
            pieces.append((last.end, last.end, tag if tag.endswith(b"/>") else tag[:-1] + b"/>"))
    if row > last_row:
        ends = re.compile(rf"(?<=[A-Z]){last_row + 1}$")
        rules = (one for one in root.children if one.name == "conditionalFormatting")
        pieces += [_further(data, one, ends, str(row + 1)) for one in rules]
    return exchanged(data, pieces) if pieces else data


def _further(data: bytes, rule: Element, ends: re.Pattern[str], row: str) -> Piece:
    """A rule for all rows of words holds for the new ones too."""
    areas = rule.attributes.get("sqref", "").split()
    tag = start_tag(data, rule)
    reaching = " ".join(ends.sub(row, area) if ":" in area else area for area in areas)
    return rule.start, rule.start + len(tag), with_attributes(tag, {"sqref": reaching})
