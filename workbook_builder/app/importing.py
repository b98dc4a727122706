"""What people typed in a copy of a workbook, put into the workbook itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import importing_refusals as refusals
from workbook_builder.app.open_scorecard import LOG, OpenScorecard, Refreshed, open_scorecard
from workbook_builder.errors import UserError
from workbook_builder.progress import Progress

if TYPE_CHECKING:
    from workbook_builder.annotations.book import BookRead, Identity
    from workbook_builder.annotations.merging import Version
    from workbook_builder.app.doors import Door
    from workbook_builder.history.model import Stamp, TypedRecord
    from workbook_builder.plan.structure import Inventory


@dataclass(frozen=True)
class Imported:
    """What became of the entries of a copy.

    taken, both and kept are lines: what stands in the workbook now, where both texts stand, and
    what is kept in the history and listed on Notes because the workbook has no place for it beside
    its own. refreshed is the refresh that follows, hindered the faults that it met instead.
    """

    copy: Path
    workbook: str
    taken: tuple[str, ...]
    both: tuple[str, ...]
    kept: tuple[str, ...]
    same: int
    older: int
    sheets: tuple[str, ...]
    backup: Path | None
    refreshed: Refreshed | None = None
    hindered: UserError | None = None


def import_copy(
    copy: Path,
    book: Path | None = None,
    folder: Path | None = None,
    arguments: Sequence[str] = (),
    progress: Progress | None = None,
    stamp: Stamp | None = None,
    *,
    synced: bool = False,
) -> Imported:
    """Take over what people typed in a copy of a workbook that came back.

    Entries are matched by key. Where one changed in both, both texts stand in its cell with who and
    when; where a cell can hold one thing only, the workbook's stays and the copy's is listed on
    Notes. Nothing is taken out. The workbook is the one of the file `book`, else that whose button
    was pressed, else the one that was built last; it is refreshed afterwards. Raises UserError, and
    nothing was changed then.
    """
    from workbook_builder.app.refreshing import refresh_through

    door = _door(copy, book, arguments, synced)
    with open_scorecard(door, folder, progress, stamp) as work:
        done = _import(work, copy)
    # Also where nothing was new: an import before may have been stopped before its refresh.
    again = _door(copy, book, arguments, synced)
    try:
        refreshed = refresh_through(again, folder, progress, stamp)
    except UserError as error:
        return replace(done, hindered=error)
    return replace(done, refreshed=refreshed)


def _door(copy: Path, book: Path | None, arguments: Sequence[str], synced: bool) -> Door:
    from workbook_builder.app.doors import door_of, live_door
    from workbook_builder.register import find
    from workbook_builder.writers.closed import read_closed

    if not copy.is_file():
        raise UserError([refusals.no_copy(copy)])
    if book is None and "--from_xl=1" in arguments:
        return live_door(arguments)
    if book is None:
        theirs = read_closed(copy)
        known = find(theirs.scorecard).workbook
        book = known.with_name(f"Scorecard {theirs.month}{known.suffix}") if known else None
    if book is None or not book.is_file():
        raise UserError([refusals.which_workbook(copy)])
    if book.resolve() == copy.resolve():
        raise UserError([refusals.itself(copy)])
    return door_of(book, synced)


def _import(work: OpenScorecard, copy: Path) -> Imported:
    from workbook_builder.annotations.merging import merge
    from workbook_builder.annotations.putting import IN_A_COPY, put

    theirs, history = _read(work, copy), work.history

    def versions(one: TypedRecord) -> tuple[Version, ...]:
        return history.typed_versions(one.key, one.slot, one.month, one.kind)

    def ours(one: TypedRecord) -> str:
        stamp = versions(one)[-1][0]
        return f"{stamp.who}, {_when(stamp.at)}"

    found = merge(work.book.typed, theirs.typed, versions, _made(work, theirs), copy.name)
    known = {
        (one.key, one.slot, one.content)
        for one in history.typed(work.opened.month, gone=True)
        if one.kind == IN_A_COPY
    }
    frozen = work.frozen is not None
    placed = put(found, work.book, _whose(copy, theirs), ours, known, frozen)
    backup = work.opened.fill(placed) if placed.cells or placed.notes else None
    # Under a name that is no workbook's: what the copy lacks must not count as taken out.
    history.save_typed(work.opened.month, f"copy {copy.name}", placed.aside)
    return Imported(
        copy=copy,
        workbook=work.opened.name,
        taken=placed.taken,
        both=placed.both,
        kept=placed.kept,
        same=found.same,
        older=len(found.older),
        sheets=found.sheets,
        backup=backup,
    )


def _read(work: OpenScorecard, copy: Path) -> BookRead:
    """The copy as a workbook of this scorecard and month. Raises UserError."""
    from workbook_builder.annotations import read_book
    from workbook_builder.app.preparing import inventory_of, slots_of

    ours = (work.opened.scorecard, work.opened.month)

    def inventory(identity: Identity) -> Inventory | None:
        if (identity.scorecard, identity.month) != ours:
            raise UserError(
                [refusals.another_book(copy, (identity.scorecard, identity.month), ours)]
            )
        return inventory_of(identity, work.history, work.folder)

    return read_book(copy, inventory, slots_of(work.catalogue))


def _made(work: OpenScorecard, theirs: BookRead) -> dt.datetime | None:
    """When the copy was made, as far as its log says: its newest line that the history knows."""
    from workbook_builder.app.saying import log_lines

    lines = {
        tuple(str(one or "").removeprefix("'") for one in row) for row in theirs.owned.get(LOG, ())
    }
    for event in work.history.events(month=work.opened.month):
        texts = log_lines((event,))[0].texts
        if any(_begins(line, texts) for line in lines):
            return event.stamp.at
    return None


def _begins(line: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    """Whether a row of the sheet Log says when, who and what an event says."""
    return line[1:4] == texts[:3]


def _whose(copy: Path, theirs: BookRead) -> str:
    """Who saved a copy last and when, as the file says."""
    assert theirs.opened is not None
    who, when = theirs.opened.saved
    said = ", ".join(filter(None, [who, _when(when) if when else ""]))
    return f"{said} ({copy.name})" if said else copy.name


def _when(moment: dt.datetime) -> str:
    whole = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return f"{whole.astimezone():%d %B %Y}".lstrip("0")
