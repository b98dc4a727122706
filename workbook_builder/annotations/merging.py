"""A copy of a month's workbook held against the workbook itself: what of it is to be taken over.

Pure rules, one entry at a time. An entry of the copy is news only if the history has never seen it
there; where the workbook's own entry has changed too since the copy was made, both stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbook_builder.history.model import Stamp, TypedRecord
from workbook_builder.plan.slots import DRAWN, HEIGHT, SHEET

# One version of an entry that the history has: who saved it when, and None where it was taken out.
Version = tuple[Stamp, TypedRecord | None]
Versions = Callable[[TypedRecord], Sequence[Version]]
# What a copy has of these is not typing about an indicator, and stays in the copy.
LEFT_ALONE = frozenset({HEIGHT, SHEET, DRAWN})


class Answer(StrEnum):
    """What becomes of an entry of the copy."""

    SAME = "stands in the workbook already"
    OLDER = "stood in the workbook before and was changed there since"
    TAKEN = "taken over"
    BOTH = "changed in the copy and in the workbook"


@dataclass(frozen=True)
class Pair:
    """An entry that the copy and the workbook have each changed."""

    ours: TypedRecord
    theirs: TypedRecord


@dataclass(frozen=True)
class Merge:
    """The entries of a copy by what becomes of them; sheets are those that somebody added there."""

    taken: tuple[TypedRecord, ...] = ()
    both: tuple[Pair, ...] = ()
    same: int = 0
    older: int = 0
    sheets: tuple[str, ...] = field(default=())


def merge(
    ours: Iterable[TypedRecord],
    theirs: Iterable[TypedRecord],
    versions: Versions,
    made: dt.datetime | None,
) -> Merge:
    """Hold every entry of a copy against the workbook's.

    made is when the copy was made, as far as is known: the last event that its log has.
    """
    standing = {one.identity: one for one in ours}
    held = list(theirs)
    answers = [
        (one, answer(standing.get(one.identity), one, versions(one), made))
        for one in held
        if one.kind not in LEFT_ALONE
    ]
    found = [said for _, said in answers]
    return Merge(
        taken=tuple(one for one, said in answers if said is Answer.TAKEN),
        both=tuple(
            Pair(standing[one.identity], one) for one, said in answers if said is Answer.BOTH
        ),
        same=found.count(Answer.SAME),
        older=found.count(Answer.OLDER),
        sheets=tuple(dict.fromkeys(one.sheet for one in held if one.kind == SHEET)),
    )


def answer(
    ours: TypedRecord | None,
    theirs: TypedRecord,
    versions: Sequence[Version],
    made: dt.datetime | None,
) -> Answer:
    """What becomes of one entry of the copy.

    One that adds to the other's words is taken for the newer of the two. What the copy lacks is
    never asked: nothing is taken out of a workbook because a copy does not have it.
    """
    said = theirs.content.strip()
    if ours is not None and said in ours.content:
        return Answer.SAME
    if any(one is not None and one.content.strip() == said for _, one in versions):
        return Answer.OLDER
    if ours is None or ours.content.strip() in said or _stands_since(ours, versions, made):
        return Answer.TAKEN
    return Answer.BOTH


def _stands_since(ours: TypedRecord, versions: Sequence[Version], made: dt.datetime | None) -> bool:
    """Whether the workbook's entry is still what the copy was made with."""
    known = [one for stamp, one in versions if made is not None and stamp.at <= made]
    return bool(known) and known[-1] is not None and known[-1].content == ours.content
