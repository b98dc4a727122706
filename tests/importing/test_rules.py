"""What becomes of an entry of a copy that came back, case by case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from workbook_builder.annotations.merging import Answer, Version, answer
from workbook_builder.history.model import Stamp, TypedRecord
from workbook_builder.plan.slots import INPUT, MANUAL

MADE = dt.datetime(2024, 7, 3, 9, tzinfo=dt.UTC)


def entry(text: str) -> TypedRecord:
    return TypedRecord("front-door", "1", "2024-06", "entry", text)


def saved(hours: int, text: str | None) -> Version:
    """A version that the history has, so many hours after the copy was made."""
    stamp = Stamp(MADE + dt.timedelta(hours=hours), "officer1", "machine1", "1")
    return stamp, None if text is None else entry(text)


SAME, OLDER, TAKEN, BOTH = Answer.SAME, Answer.OLDER, Answer.TAKEN, Answer.BOTH

# A was there once, C when the copy was made.
BACK = [saved(-3, "A"), saved(-1, "C")]

# workbook now, copy, what the history has, whether the copy's log says when it was made -> answer
CASES = [
    ("both say the same", "A", "A", [saved(-1, "A")], True, SAME),
    ("the copy is new where the workbook has nothing", None, "B", [], True, TAKEN),
    ("the copy changed what stood there", "A", "B", [saved(-1, "A")], True, TAKEN),
    ("only the workbook changed", "C", "A", [saved(-1, "A"), saved(1, "C")], True, OLDER),
    ("both changed", "C", "B", [saved(-1, "A"), saved(1, "C")], True, BOTH),
    ("both are new", "C", "B", [saved(1, "C")], True, BOTH),
    ("nobody knows when the copy was made", "A", "B", [saved(-1, "A")], False, BOTH),
    ("the copy goes on where the workbook's ends", "A", "A B", [saved(1, "A")], True, TAKEN),
    ("the workbook's goes on where the copy's ends", "A B", "A", [saved(1, "A B")], True, SAME),
    ("a part of a word is no beginning", "12", "120", [saved(1, "12")], True, BOTH),
    ("the copy took words out", "A wrong B", "A", [saved(-1, "A wrong B")], True, TAKEN),
    ("the copy put an earlier text back", "C", "A", BACK, True, TAKEN),
    ("the workbook took it out", None, "A", [saved(-1, "A"), saved(1, None)], True, OLDER),
    ("taken out, and new in the copy", None, "B", [saved(-1, "A"), saved(1, None)], True, TAKEN),
    ("blanks around a text are nothing", "A", " A\n", [saved(-1, "A")], True, SAME),
]


# slot and kind of an entry that cannot hold two texts, nor one that goes on in the other
ONE_THING = [("status", INPUT), ("action 2 due", INPUT), ("action 1 status", INPUT), ("x", MANUAL)]


@pytest.mark.parametrize(("slot", "kind"), ONE_THING)
def test_of_words_names_and_figures_none_goes_on_in_another(slot: str, kind: str) -> None:
    ours = replace(entry("1 July"), slot=slot, kind=kind)
    theirs = replace(ours, content="1 July 2024")
    assert answer(ours, theirs, [saved(1, "1 July")], MADE) is BOTH
    assert answer(theirs, ours, [saved(1, "1 July 2024")], MADE) is BOTH


def test_what_the_same_copy_brought_before_stands_there() -> None:
    both = entry("[officer1]\nOurs\n\n[Head1 (copy.xlsx)]\nTheirs")
    versions = [saved(1, "Ours"), saved(2, both.content)]
    assert answer(both, entry("Theirs"), versions, MADE, "copy.xlsx") is SAME
    assert answer(both, entry("Theirs"), versions, MADE, "another.xlsx") is BOTH


@pytest.mark.parametrize(
    ("ours", "theirs", "versions", "known", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_an_entry_of_a_copy(
    ours: str | None, theirs: str, versions: list[Version], known: bool, expected: Answer
) -> None:
    standing = None if ours is None else entry(ours)
    assert answer(standing, entry(theirs), versions, MADE if known else None) is expected
