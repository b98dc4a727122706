"""Where the buttons of a workbook with macros stand."""

from __future__ import annotations

import datetime as dt

import pytest

from workbook_builder.plan.buttons import with_buttons
from workbook_builder.plan.model import Cell, Part, Print, Sheet, Workbook

WIDTHS = (20.0,) * 8
SHORT, LONG = "Performance scorecard", "Children's Social Care Improvement Board performance report"


def buttons_of(key: str, title: str) -> dict[str, tuple[int, int]]:
    """Row and left edge of each button, by its caption."""
    part = Part(3, cells=(Cell(0, 0, title, "title"),))
    sheet = Sheet(key, "Front", title, part, WIDTHS, Print(None, len(WIDTHS) - 1, 100))
    book = Workbook("", "", "", "en-GB", dt.datetime(2024, 6, 30), "12436D", (sheet,))
    found = with_buttons(book).sheets[0].part.buttons
    return {one.caption: (one.row, one.left) for one in found}


@pytest.mark.parametrize(("title", "row"), [(SHORT, 0), (LONG, 1)])
def test_buttons_stand_beside_a_title_that_leaves_room_and_else_below_it(
    title: str, row: int
) -> None:
    found = buttons_of("front", title)
    assert list(found) == [
        "Open log",
        "Start next month",
        "Check",
        "Undo last refresh",
        "Refresh",
    ]
    assert {one for one, _ in found.values()} == {row}


def test_only_refresh_stands_on_a_tab_and_none_on_a_sheet_behind() -> None:
    assert list(buttons_of("tab 1", SHORT)) == ["Refresh"]
    assert buttons_of("figures", SHORT) == {}
