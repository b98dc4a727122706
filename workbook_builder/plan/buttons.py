"""The buttons of a workbook with macros: in the title band, right of the title or below it."""

from __future__ import annotations

from dataclasses import replace

from workbook_builder.plan.model import Button, Sheet, Workbook
from workbook_builder.plan.styles import BRAND, styles
from workbook_builder.plan.text_size import column_pixels, text_pixels

# Macro, caption and width in pixels, from right to left; the procedures are in macros/*.bas.
Planned = tuple[tuple[str, str, int], ...]
ON_FRONT: Planned = (
    ("OpenLog", "Open log", 76),
    ("StartNextMonth", "Start next month", 116),
    ("CheckScorecard", "Check", 66),
    ("UndoLastRefresh", "Undo last refresh", 116),
    ("RefreshScorecard", "Refresh", 76),
)
ON_TABS: Planned = (("RefreshScorecard", "Refresh", 76),)
HEIGHT, GAP = 26, 6


def with_buttons(workbook: Workbook) -> Workbook:
    """The same workbook with its buttons."""
    return replace(workbook, sheets=tuple(_with(sheet) for sheet in workbook.sheets))


def _with(sheet: Sheet) -> Sheet:
    if sheet.key == "front":
        wanted = ON_FRONT
    elif sheet.key.startswith("tab ") or sheet.key == "manual":
        wanted = ON_TABS
    else:
        return sheet
    right = sum(column_pixels(width) for width in sheet.widths[: sheet.print.last_col + 1])
    row = 0 if _title_fits(sheet, right - sum(width + GAP for _, _, width in wanted)) else 1
    buttons = []
    for macro, caption, width in wanted:
        right -= width + GAP
        buttons.append(Button(macro, caption, row, right, width, HEIGHT))
    return replace(sheet, part=replace(sheet.part, buttons=tuple(buttons)))


def _title_fits(sheet: Sheet, pixels: int) -> bool:
    """Whether a title leaves room for the buttons beside it; the line below it is shorter."""
    style = styles(BRAND)["title"]
    titles = [one for one in sheet.part.cells if one.style == "title"]
    return all(text_pixels(str(one.content), style.size, style.bold) < pixels for one in titles)
