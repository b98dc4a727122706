"""What of one month's typing is in the next month's workbook: a table of small cases."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.forward import (
    Boxes,
    Forward,
    last_said,
    left_behind,
    open_actions,
    roll_forward,
)
from workbook_builder.plan.model import InputBox
from workbook_builder.plan.notes_left import left_rows
from workbook_builder.plan.structure import Inventory, SheetInventory

BOXES = Boxes(frozenset({"log"}), {("board", "2"): ("board", "1")})
NAME = 'HYPERLINK("#row_a",INDEX(judge_name,$S7))'
FORMULAS = {
    ("a", "name"): NAME,
    ("a", "period_0"): "INDEX(fig_value,$T7,at_month_0)",
    ("a", "ytd"): "IF(1,INDEX(judge_ytd,$S7))",
    ("a", "status"): "INDEX(judge_status,$S7)",
    ("row 6", "period_0"): "label_month_0",
    ("~a|1", "period_0"): "INDEX(fig_value,$T9,at_fy0_m1)",
}
TEXTS = {
    ("title", "column 1"): "Front door",
    ("subtitle", "column 1"): "Council | February 2014",
    ("row 6", "last year"): "2012/13",
    ("board question 1", "name"): "What moved?",
    ("~log|head", "name"): "Action",
}
NEXT_TEXTS = TEXTS | {
    ("subtitle", "column 1"): "Council | March 2014",
    ("row 6", "last year"): "2013/14",
}


def sheet(key: str, name: str, texts: dict[tuple[str, str], str]) -> SheetInventory:
    inputs = tuple(InputBox("board", str(number), f"box_{number}") for number in (1, 2, 3))
    return SheetInventory(key, name, FORMULAS, texts, {}, {}, {}, inputs)


def book(texts: dict[tuple[str, str], str]) -> Inventory:
    return Inventory(
        {1: sheet("tab A", "Front door", texts), 2: sheet("manual", "Manual figures", {})}
    )


def record(kind: str, key: str, slot: str, content: str = "words") -> TypedRecord:
    return TypedRecord(key, slot, "2014-02", kind, content, sheet="Front door", cell="F7")


def entry(key: str, slot: str, content: str = "words") -> TypedRecord:
    return record("entry", key, slot, content)


def forward(*typed: TypedRecord) -> Forward:
    return roll_forward(typed, book(TEXTS), book(NEXT_TEXTS), BOXES, "2014-03")


def places(records: Iterable[TypedRecord]) -> list[tuple[str, str, str]]:
    return [(one.key, one.slot, one.month) for one in records]


STAYS = (
    ("note", "a", "month 2014-02, Front door", "a month's figure"),
    ("note", "a", "month 2013-11, Front door", "an earlier month's"),
    ("note", "a", "quarter 2013/14-Q3, Front door", "a quarter's"),
    ("comment", "a", "month 2014-02, Front door, comment 2", "a reply in a thread"),
    ("note", "a", "month 2014-02, Front door #2", "in a row that was copied"),
    ("note", "row 6", "month 2014-02, Front door", "the head of a month"),
    ("note", "a", "ytd, Front door", "the year to date"),
    ("note", "a", "status, Front door", "the light"),
    ("comment", "a", "status, Front door, comment 1", "a thread on the light"),
    ("note", "a", "status by hand, Front door", "a status that lapses"),
    ("note", "subtitle", "column 1, Front door", "the month in words"),
    ("note", "row 6", "last year, Front door", "a head that names a year"),
    ("note", "~a|1", "column 0, Front door", "a cell of a panel"),
    ("note", "~a|1", "column 3, Front door", "an empty cell of a panel"),
    ("note", "board 1", "name, Front door", "a comment's box"),
    ("note", "board 1 last month", "name, Front door", "what was said last month"),
    ("note", "a|value", "column 9, Manual figures", "a manual figure's cell"),
    ("typed over", "a", "month 2014-02, Front door", "a figure typed over"),
    ("typed over", "a", "status, Front door", "a light typed over"),
    ("typed over", "subtitle", "column 1, Front door", "the month typed over"),
    ("typed beside", "a", "month 2013-10, Front door", "in a month's empty cell"),
    ("row height", "board 1 last month", "row, Front door", "of last month's text"),
)
GOES = (
    ("note", "a", "name, Front door", "an indicator's name"),
    ("comment", "a", "name, Front door, comment 1", "a thread on the name"),
    ("note", "title", "column 1, Front door", "the title"),
    ("note", "board question 1", "name, Front door", "a question"),
    ("note", "~log|head", "name, Front door", "the head of the log"),
    ("note", "Front door", "cell X9, Front door", "a cell in nobody's row and column"),
    ("note", "a", "month 2014-02, value, Figures", "Figures, whose columns stay"),
    ("note", "notes", "cell B5", "a sheet of the program's own"),
    ("comment", "My workings", "B3, comment 1", "a sheet of a person's own"),
    ("typed over", "title", "column 1, Front door", "a title typed over"),
    ("typed over", "a", "name, Front door", "a name typed over"),
    ("typed beside", "Front door", "cell X9, Front door", "beside the table"),
    ("row height", "a", "row, Front door", "a row"),
    ("row height", "board 1", "row, Front door", "a box"),
    ("sheet", "My workings", "sheet", "a sheet of a person's own"),
    ("drawings", "Front door", "drawings", "a picture"),
)


@pytest.mark.parametrize(("kind", "key", "slot"), [one[:3] for one in STAYS], ids=lambda one: one)
def test_what_is_about_the_month_stays_with_it(kind: str, key: str, slot: str) -> None:
    one = record(kind, key, slot)
    assert forward(one) == Forward((), (), (one,))


@pytest.mark.parametrize(("kind", "key", "slot"), [one[:3] for one in GOES], ids=lambda one: one)
def test_what_is_about_something_lasting_goes_along(kind: str, key: str, slot: str) -> None:
    found = forward(record(kind, key, slot))
    assert places(found.carried) == [(key, slot, "2014-03")]
    assert found.said == found.stays == ()


def test_boxes() -> None:
    comment, agreed, review = entry("board", "3"), entry("board", "2", "Do it"), entry("board", "1")
    status, reason = entry("a", "status", "Red"), entry("a", "reason")
    manual = record("manual figure", "a|value", "value, month 2014-02", "5")
    found = forward(comment, agreed, review, status, reason, manual)
    assert [(one.key, one.slot, one.content) for one in found.carried] == [("board", "1", "Do it")]
    assert found.said == (comment,)
    assert found.stays == (review, status, reason)
    assert last_said([comment, agreed, review, entry("board", "4", "  ")], BOXES) == {
        ("board", "3"): "words"
    }


@pytest.mark.parametrize(
    ("states", "rows"),
    [
        ({1: "Open"}, {1: 1}),
        ({1: "Closed"}, {}),
        ({1: " closed "}, {}),
        ({1: "Done", 2: "Delayed"}, {1: 1, 2: 2}),
        ({1: "Closed", 2: "Open", 4: "", 5: "On track"}, {2: 1, 4: 2, 5: 3}),
        ({2: "Open", 10: "Open"}, {2: 1, 10: 2}),
        ({}, {}),
    ],
)
def test_open_actions_move_up(states: dict[int, str], rows: dict[int, int]) -> None:
    typed = [entry("log", f"action {number} action", f"do {number}") for number in states]
    typed += [entry("log", f"action {n} status", said) for n, said in states.items() if said]
    typed += [entry("other", "action 1 status", "Closed")]
    assert open_actions(typed, BOXES) == {("log", n): to for n, to in rows.items()}
    found = forward(*typed)
    texts = {(one.slot, one.content) for one in found.carried if one.slot.endswith(" action")}
    assert texts == {(f"action {to} action", f"do {n}") for n, to in rows.items()}
    closed = {one.slot for one in found.stays if one.slot.endswith(" action")}
    assert closed == {f"action {n} action" for n in states if n not in rows}


def test_what_is_stuck_on_an_action_goes_along_where_it_keeps_its_row() -> None:
    typed = [entry("log", "action 1 action"), entry("log", "action 2 status", "Closed")]
    typed += [entry("log", "action 3 action")]
    notes = [record("note", f"~log|action {n}", "name, Front door") for n in (1, 2, 3, 4)]
    found = forward(*typed, *notes)
    assert [one.key for one in found.carried if one.kind == "note"] == ["~log|action 1"]
    assert [one for one in found.stays if one.kind == "note"] == notes[1:]


def test_what_is_listed_is_what_the_next_workbook_never_had() -> None:
    here = (
        TypedRecord("a", "name, Front door", "2014-03", "note", "words"),
        TypedRecord("a", "name, Front door", "2014-03", "note", "changed since"),
        TypedRecord("board", "1", "2014-03", "entry", "words"),
        TypedRecord("board", "1", "2014-03", "entry", "reviewed"),
        TypedRecord("log", "action 1 action", "2014-03", "entry", "Second"),
    )
    typed = (
        record("note", "a", "name, Front door"),
        record("note", "a", "month 2014-02, Front door"),
        entry("board", "2"),
        entry("board", "3"),
        entry("a", "status", "Red"),
        entry("log", "action 1 action", "First"),
        entry("log", "action 1 due", "May"),
        entry("log", "action 1 status", "Closed"),
        entry("log", "action 2 action", "Second"),
        record("manual figure", "a|value", "value, month 2014-02"),
        record("row height", "a", "row, Front door"),
    )
    left = left_behind(typed, here, BOXES)
    assert left_rows(left, {"a": "Contacts"}) == (
        ("Contacts", "words", "note, Feb-14", "", "Front door F7"),
        ("Contacts", "Red", "status by hand", "", "Front door F7"),
        ("log", "First; May; Closed", "action 1, closed", "", "Front door F7"),
    )


def test_what_comes_late_to_a_month_whose_next_one_is_started_is_listed() -> None:
    here = (
        TypedRecord("log", "action 1 action", "2014-03", "entry", "Second"),
        TypedRecord("log", "action 1 due", "2014-03", "entry", "May"),
        TypedRecord("log", "action 2 action", "2014-03", "entry", "March's own"),
        TypedRecord("a", "name, Front door", "2014-03", "note", "words"),
    )
    typed = (
        entry("log", "action 1 status", "Closed"),
        entry("log", "action 2 action", "Second"),
        entry("log", "action 2 due", "June"),
        entry("log", "action 3 action", "Late"),
        record("note", "a", "name, Front door", "other words"),
    )
    left = left_behind(typed, here, BOXES)
    assert left_rows(left, {"a": "Contacts"}) == (
        ("Contacts", "other words", "note, name", "", "Front door F7"),
        ("log", "Closed", "action 1, closed", "", "Front door F7"),
        ("log", "June", "action 2", "", "Front door F7"),
        ("log", "Late", "action 3", "", "Front door F7"),
    )
