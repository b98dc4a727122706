"""A copy of a month's workbook held against the workbook itself: what of it is to be taken over.

Pure rules, one entry at a time. An entry of the copy is news only if it is not what the workbook
said when the copy was made; where the workbook's own entry has changed too since then, both stay.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbook_builder.history.model import Stamp, TypedRecord
from workbook_builder.plan.slots import DRAWN, HEIGHT, INPUT, SHEET, STATUS

# One version of an entry that the history has: who saved it when, and None where it was taken out.
Version = tuple[Stamp, TypedRecord | None]
Versions = Callable[[TypedRecord], Sequence[Version]]
# What a copy has of these is not typing about an indicator, and stays in the copy.
LEFT_ALONE = frozenset({HEIGHT, SHEET, DRAWN})
# Boxes that hold one word, name or date, so that two cannot stand in them.
ONE_THING = re.compile(rf"{STATUS}|action \d+ (?:status|due|lead role)")


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
    older: tuple[TypedRecord, ...] = ()
    sheets: tuple[str, ...] = field(default=())


def merge(
    ours: Iterable[TypedRecord],
    theirs: Iterable[TypedRecord],
    versions: Versions,
    made: dt.datetime | None,
    copy: str = "",
) -> Merge:
    """Hold every entry of a copy, a file of a name, against the workbook's.

    made is when the copy was made, as far as is known: the last event that its log has.
    """
    standing = {one.identity: one for one in ours}
    held = list(theirs)
    answers = [
        (one, answer(standing.get(one.identity), one, versions(one), made, copy))
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
        older=tuple(one for one, said in answers if said is Answer.OLDER),
        sheets=tuple(dict.fromkeys(one.sheet for one in held if one.kind == SHEET)),
    )


def answer(
    ours: TypedRecord | None,
    theirs: TypedRecord,
    versions: Sequence[Version],
    made: dt.datetime | None,
    copy: str = "",
) -> Answer:
    """What becomes of one entry of the copy.

    What the copy lacks is never asked: nothing is taken out of a workbook because a copy does not
    have it.
    """
    said = theirs.content.strip()
    here = ours.content.strip() if ours is not None else ""
    if said == here or (copy and copy in here and said in here):
        # The second: both texts stand there already, from the same copy an earlier time.
        return Answer.SAME
    if made is None:
        if any(one is not None and one.content.strip() == said for _, one in versions):
            return Answer.OLDER
        changed_here = bool(here)
    else:
        base = _base(versions, made)
        if said == base:
            return Answer.OLDER
        changed_here = bool(here) and here != base
    if not changed_here:
        return Answer.TAKEN
    return _of_two(theirs, here, said)


def _of_two(theirs: TypedRecord, here: str, said: str) -> Answer:
    """Of two texts the one that goes on where the other ends is the newer; only words go on."""
    if theirs.kind == INPUT and not ONE_THING.fullmatch(theirs.slot):
        if said.startswith(f"{here} ") or said.startswith(f"{here}\n"):
            return Answer.TAKEN
        if here.startswith(f"{said} ") or here.startswith(f"{said}\n"):
            return Answer.SAME
    return Answer.BOTH


def _base(versions: Sequence[Version], made: dt.datetime) -> str:
    """What the workbook said when the copy was made; nothing where it said nothing."""
    known = [one for stamp, one in versions if stamp.at <= made]
    last = known[-1] if known else None
    return last.content.strip() if last is not None else ""
