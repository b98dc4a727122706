"""What becomes of an entry of a copy that came back, case by case."""

from __future__ import annotations

import datetime as dt

import pytest

from workbook_builder.annotations.merging import Answer, Version, answer
from workbook_builder.history.model import Stamp, TypedRecord

MADE = dt.datetime(2024, 7, 3, 9, tzinfo=dt.UTC)


def entry(text: str) -> TypedRecord:
    return TypedRecord("front-door", "1", "2024-06", "entry", text)


def saved(hours: int, text: str | None) -> Version:
    """A version that the history has, so many hours after the copy was made."""
    stamp = Stamp(MADE + dt.timedelta(hours=hours), "officer1", "machine1", "1")
    return stamp, None if text is None else entry(text)


SAME, OLDER, TAKEN, BOTH = Answer.SAME, Answer.OLDER, Answer.TAKEN, Answer.BOTH

# workbook now, copy, what the history has, whether the copy's log says when it was made -> answer
CASES = [
    ("both say the same", "A", "A", [saved(-1, "A")], True, SAME),
    ("the copy is new where the workbook has nothing", None, "B", [], True, TAKEN),
    ("the copy changed what stood there", "A", "B", [saved(-1, "A")], True, TAKEN),
    ("only the workbook changed", "C", "A", [saved(-1, "A"), saved(1, "C")], True, OLDER),
    ("both changed", "C", "B", [saved(-1, "A"), saved(1, "C")], True, BOTH),
    ("both are new", "C", "B", [saved(1, "C")], True, BOTH),
    ("nobody knows when the copy was made", "A", "B", [saved(-1, "A")], False, BOTH),
    ("the copy adds to the workbook's", "A", "A. B", [saved(1, "A")], True, TAKEN),
    ("the workbook adds to the copy's", "A. B", "A", [saved(1, "A. B")], True, SAME),
    ("the workbook took it out", None, "A", [saved(-1, "A"), saved(1, None)], True, OLDER),
    ("taken out, and new in the copy", None, "B", [saved(-1, "A"), saved(1, None)], True, TAKEN),
    ("blanks around a text are nothing", "A", " A\n", [saved(-1, "A")], True, SAME),
]


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
