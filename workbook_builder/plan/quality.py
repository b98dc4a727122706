"""The Data quality sheet: what the lists were like that the figures were counted from.

A refresh writes it whole, so its rows flow: how many problems there are is no part of the layout.
"""

from __future__ import annotations

from dataclasses import replace

from workbook_builder.extracts.quality import Quality
from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import DefinedName, Print, Sheet, join
from workbook_builder.plan.pages import PAGE_HEIGHT, page_scale
from workbook_builder.plan.quality_problems import problem_rows
from workbook_builder.plan.quality_rows import overview
from workbook_builder.plan.quality_said import Said
from workbook_builder.plan.written_pages import Pages
from workbook_builder.plan.written_rows import (
    TOP,
    Looks,
    row_height,
    written_rows,
)

NAME = "Data quality"
KEY = "quality"
# Where links to the sheet lead.
AT = "data_quality"
WIDTHS = (0.8, 34.0, 10.5, 9.0, 9.0, 10.0, 42.0, 46.0, 16.0, 4.0)
WORDS, BESIDE = ("written", ""), ("written beside", "")
NUMBER, PLACE = ("written number", "#,##0"), ("written number", "0")
LOOKS = Looks((WORDS, NUMBER, NUMBER, NUMBER, PLACE, BESIDE, BESIDE, BESIDE), lead=0)
# Rows kept free, so that a refresh has room for what the next extract brings.
LEAST_ROWS, SPARE_ROWS = 700, 300
# A refresh writes other words and leaves the page ends where they are: room for a few lines more.
SLACK = 40.0
BAND_HEIGHT = 62.0


def quality_sheet(layout: Layout, quality: Quality, capacity: int | None = None) -> Sheet:
    """Plan the sheet, with room for `capacity` rows where it stands in a workbook already."""
    scorecard = layout.scorecard
    said = Said(scorecard, quality, sum(WIDTHS[:-1]))
    page = PAGE_HEIGHT * 100 / page_scale(WIDTHS[:-1]) - BAND_HEIGHT - SLACK
    pages = Pages(page, lambda row: row_height(row, WIDTHS[1:-1], LOOKS))
    pages.add([*overview(said), *problem_rows(said)])
    room = capacity or max(LEAST_ROWS, len(pages.rows) + SPARE_ROWS)
    subtitle = f"{scorecard.catalogue.settings.authority}, {scorecard.month.long_label}: "
    band = title_band(NAME, f"{subtitle}the lists that figures are counted from", len(WIDTHS) - 1)
    table = written_rows(TOP, 1, pages.rows, WIDTHS[1:-1], room, LOOKS)
    whole = join([band, table])
    return Sheet(
        key=KEY,
        name=NAME,
        title=NAME,
        part=replace(whole, names=(DefinedName.of_cell(AT, 0, 0),)),
        widths=WIDTHS,
        print=Print(None, len(WIDTHS) - 2, page_scale(WIDTHS[:-1]), repeat=(0, 2)),
        breaks=tuple(TOP + row for row in pages.breaks if row < room),
        freeze_row=2,
        protected=True,
        owned=True,
        key_col=len(WIDTHS) - 1,
    )
