"""A published month in words: on the front sheet, on Notes, in messages."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_builder.app.differing import Differing
from workbook_builder.app.published import Frozen, Since
from workbook_builder.app.saying import when
from workbook_builder.history.model import Publication
from workbook_builder.plan.notes_published import PublishedSaid

SHOWN = 5


def published_sentence(frozen: Frozen) -> str:
    """The line on the front sheet and above the Log: who published the month, and when."""
    last = frozen.publication
    if last.edition == 1:
        return f"Published on {when(last.stamp)} by {last.stamp.who}"
    first = frozen.publications[0]
    return (
        f"Published again on {when(last.stamp)} by {last.stamp.who}, first on {when(first.stamp)}"
    )


def published_said(frozen: Frozen, later: Since | None) -> PublishedSaid:
    """What Notes says; without `later`, as in a copy, nothing of what came after."""
    rows = [_publication(one) for one in frozen.publications]
    rows.append(
        (
            "What that means",
            "Figures, statuses, arrows, targets and comments are those of the publication. New "
            "extracts and definitions do not change them; they are listed here.",
        )
    )
    return PublishedSaid(
        rows=tuple(rows),
        held_back=_rows(later.held_back) if later else None,
        faults=_faults(later) if later else "",
        later=tuple(
            (one.key, one.content or "emptied", one.kind, when(stamp), one.author or stamp.who)
            for stamp, one in (later.later if later else ())
        ),
        otherwise=_rows(frozen.otherwise),
    )


def published_remark(frozen: Frozen, later: Since) -> str:
    """What to say to whoever refreshed or built the month again."""
    said = [f"{published_sentence(frozen)}. Its figures, statuses and targets stay as they were."]
    if later.held_back:
        said.append(
            f"The present files would change {lines(later.held_back)}; they are listed on the sheet"
            " Notes. To correct the month: publish it again with --again."
        )
    if later.faults:
        said.append(f"{_faults(later)}")
    if later.later:
        said.append(f"Typed after it was published, listed on Notes: {len(later.later)}.")
    if frozen.otherwise:
        said.append(
            f"This version of the program would judge {lines(frozen.otherwise)} another way; "
            "results.csv is as published, and Notes lists them."
        )
    return " ".join(said)


def lines(found: tuple[Differing, ...]) -> str:
    """How many lines of results.csv differ."""
    return "1 line" if len(found) == 1 else f"{len(found)} lines"


def handful(found: tuple[Differing, ...]) -> str:
    """The first few, with what was and what is."""
    shown = "; ".join(str(one) for one in found[:SHOWN])
    more = len(found) - SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def _publication(one: Publication) -> tuple[str, str]:
    what = "Published" if one.edition == 1 else f"Published again ({one.edition})"
    why = f": {one.reason}" if one.reason else ""
    return what, f"{when(one.stamp)} by {one.stamp.who}{why}"


def _rows(found: Iterable[Differing]) -> tuple[tuple[str, ...], ...]:
    return tuple((one.indicator, one.breakdown, one.period, one.before, one.after) for one in found)


def _faults(later: Since) -> str:
    if not later.faults:
        return ""
    faults = "1 fault" if later.faults == 1 else f"{later.faults} faults"
    return f"The present files were not held against it: they have {faults}. Run check to see them."
