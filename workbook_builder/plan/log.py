"""The Log sheet: what was built, refreshed and undone, when and by whom, newest first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.model import DefinedName, Print, Sheet, join
from workbook_builder.plan.pages import page_scale
from workbook_builder.plan.written_rows import TOP, RowKind, WrittenRow, written_rows

NAME = "Log"
LAST_REFRESH = "last_refresh"
HEADS = (
    "When",
    "Who",
    "What",
    "Figures added",
    "Figures changed",
    "Figures taken out",
    "Cells that changed",
    "Typed entries saved",
    "Rows read",
    "Rows left out",
    "Files",
    "Version",
)
WIDTHS = (1.5, 24.0, 20.0, 16.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 62.0, 10.0, 4.0)
# What has no room here is in the history, which keeps everything.
CAPACITY = 300


@dataclass(frozen=True)
class LogLine:
    """One line of the log: a text for each of HEADS."""

    texts: tuple[str, ...]


def log_sheet(lines: tuple[LogLine, ...], last_refresh: str) -> Sheet:
    """Plan the sheet; last_refresh is the sentence that the front sheet shows too."""
    band = title_band(NAME, last_refresh, len(WIDTHS) - 1)
    rows = [WrittenRow(RowKind.HEAD, HEADS)]
    rows += [WrittenRow(RowKind.ROW, line.texts) for line in lines[: CAPACITY - 1]]
    table = written_rows(TOP, 1, rows, WIDTHS[1:-1], CAPACITY)
    name = DefinedName.of_cell(LAST_REFRESH, 1, 0)
    return Sheet(
        key="log",
        name=NAME,
        title=NAME,
        part=join([band, replace(table, names=(name,))]),
        widths=WIDTHS,
        print=Print(None, len(WIDTHS) - 2, page_scale(WIDTHS[:-1]), repeat=(0, TOP)),
        freeze_row=TOP + 1,
        protected=True,
        owned=True,
        key_col=len(WIDTHS) - 1,
    )
