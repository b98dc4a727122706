"""What stands under a box as last month's: whose words, from when, and what it must not hinder."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.building import STAMP
from tests.forward.desk import COMMENT, MONTH, NEXT, below, month_end, text
from tests.publishing.desk import BOX, Desk, cells
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.history import read_history

pytestmark = pytest.mark.in_ci


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return month_end(tmp_path)


def begin(desk: Desk) -> None:
    app.next_month(desk.book(MONTH), desk.folder, stamp=STAMP)


def test_a_first_month_has_the_same_rows_and_no_text(desk: Desk) -> None:
    assert below(desk.book(MONTH), BOX) is None


def test_a_refresh_leaves_it_as_it_was_and_a_build_takes_what_is_said_now(desk: Desk) -> None:
    begin(desk)
    desk.type(MONTH, {BOX: "Said again"})
    app.refresh(stamp=STAMP, book=desk.book(MONTH))
    desk.add("contacts,,Jul-24,,,500")
    assert app.refresh(stamp=STAMP, book=desk.book(NEXT)).cells > 0
    assert below(desk.book(NEXT), BOX) == f"Last month (June 2024): {COMMENT}"
    desk.build(NEXT)
    assert below(desk.book(NEXT), BOX) == "Last month (June 2024): Said again"


def test_what_was_published_counts(desk: Desk) -> None:
    desk.publish(MONTH)
    desk.type(MONTH, {BOX: "Thought of later"})
    begin(desk)
    assert below(desk.book(NEXT), BOX) == f"Last month (June 2024): {COMMENT}"


def test_a_published_month_shows_what_it_showed_then(desk: Desk) -> None:
    begin(desk)
    desk.publish(NEXT, 1)
    desk.type(MONTH, {BOX: "Changed since"})
    app.refresh(stamp=STAMP, book=desk.book(MONTH))
    desk.build(NEXT)
    first = cells(desk.book(NEXT), ("Log", "Notes"))
    assert below(desk.book(NEXT), BOX) == f"Last month (June 2024): {COMMENT}"
    copied = app.copy_publication(desk.folder, NEXT, 1, desk.out)
    assert cells(copied.workbook, ("Log", "Notes")) == first


def test_a_text_over_last_months_is_told_and_stays_with_its_month(desk: Desk) -> None:
    begin(desk)
    book = openpyxl.load_workbook(desk.book(NEXT))
    sheet = book["Front door"]
    at = next(c for row in sheet for c in row if str(c.value).startswith("Last month ("))
    at.value = "mine"
    book.save(desk.book(NEXT))
    app.refresh(stamp=STAMP, book=desk.book(NEXT))
    with read_history(desk.folder, "small") as history:
        found = [one for one in history.typed(NEXT) if one.kind == "typed over"]
    assert [(one.key, one.content) for one in found] == [("front-door 1 last month", "mine")]
    assert json.loads(found[0].detail)["instead of"] == f"Last month (June 2024): {COMMENT}"
    done = app.next_month(desk.book(NEXT), desk.folder, stamp=STAMP, rebuild=True)
    assert below(done.workbook, BOX) is None
    assert ["front-door 1 last month", "mine"] in [
        row[:2] for row in desk.notes("2024-08")[_left("July")]
    ]


def test_a_plain_build_shows_it_too_and_carries_no_action(desk: Desk) -> None:
    app.refresh(stamp=STAMP, book=desk.book(MONTH))
    desk.build(NEXT)
    assert below(desk.book(NEXT), BOX) == f"Last month (June 2024): {COMMENT}"
    assert text(desk.book(NEXT), BOX) is None
    listed = [row[1:3] for row in desk.notes(NEXT)[_left("June")]]
    assert ["Second; in May; Delayed", "action 2"] in listed
    assert ["First; Closed", "action 1, closed"] in listed
    assert ["Write to every school", "comment"] in listed


def test_becomes_names_questions_that_there_are(desk: Desk) -> None:
    desk.change("scorecard.toml", "becomes = { 2 = 1 }", "becomes = { 2 = 4 }")
    with pytest.raises(UserError, match=r'(?s)WB154.*"becomes"'):
        app.check(desk.folder)


def _left(month: str) -> str:
    return f"Typed in the workbook of {month} 2024, and left with that month"
