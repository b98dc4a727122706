"""The Sentences sheet: what a highlight report says, one row for each place of it.

A refresh writes it whole; the tabs look up their sentences here.
"""

from __future__ import annotations

from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.model import Cell, DefinedName, Part, Print, Sheet, join
from workbook_builder.plan.pages import page_scale
from workbook_builder.plan.said import Said
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.plan.written_rows import LEAST, SIZE, SPARE, TOP

NAME = "Sentences"
HEADS = ("Place", "Indicator", "Heading", "Highlight", "Filed because")
WIDTHS = (24.0, 18.0, 50.0, 90.0, 40.0)
KEYS, HEADINGS, TEXTS = "say_place", "say_heading", "say_text"


def sentences_sheet(said: Said) -> Sheet:
    """Plan the sheet: a head, then a row for each place, empty ones included."""
    band = title_band(NAME, "Written by a build or a refresh; the tabs look it up.", len(WIDTHS))
    cells = [Cell(TOP, col, head, "head") for col, head in enumerate(HEADS)]
    heights = [(TOP, 24.0)]
    for at, place in enumerate(said.places):
        one = place.highlight
        told = (
            place.key,
            one.indicator.code if one else None,
            place.heading or None,
            place.text or None,
            one.reason if one else None,
        )
        row = TOP + 1 + at
        cells += [Cell(row, col, text, "written") for col, text in enumerate(told)]
        lines = [
            lines_needed(text, width - SPARE, SIZE)
            for text, width in zip(told, WIDTHS, strict=True)
            if text
        ]
        heights.append((row, height_for(max(lines), SIZE, LEAST)))
    first, last = TOP + 1, TOP + len(said.places)
    names = tuple(
        DefinedName(name, first, col, last, col)
        for name, col in ((KEYS, 0), (HEADINGS, 2), (TEXTS, 3))
    )
    return Sheet(
        key="sentences",
        name=NAME,
        title=NAME,
        part=join([band, Part(last + 1, tuple(cells), tuple(heights), names=names)]),
        widths=WIDTHS,
        print=Print(None, len(WIDTHS) - 1, page_scale(WIDTHS), repeat=(0, TOP)),
        freeze_row=TOP + 1,
        protected=True,
        owned=True,
    )
