"""Refreshing a workbook, open in Excel or closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import refusals
from workbook_builder.app.folders import read_scorecard
from workbook_builder.app.open_scorecard import (
    FIGURES,
    LOG,
    NOTES,
    QUALITY,
    SENTENCES,
    STEPS,
    OpenScorecard,
    Refreshed,
    open_scorecard,
)
from workbook_builder.errors import UserError
from workbook_builder.progress import Progress

if TYPE_CHECKING:
    from workbook_builder.app.doors import Door
    from workbook_builder.app.preparing import Prepared
    from workbook_builder.app.published import Since
    from workbook_builder.history.model import Stamp
    from workbook_builder.plan.model import Workbook
    from workbook_builder.plan.workbook import Surroundings


def refresh(
    folder: Path | None = None,
    arguments: Sequence[str] = (),
    progress: Progress | None = None,
    stamp: Stamp | None = None,
    *,
    book: Path | None = None,
    synced: bool = False,
) -> Refreshed:
    """Bring a workbook up to date with its folder's extracts and definitions.

    It is the one of the file `book`, open or closed, else the one that is open in front. The folder
    is found by the scorecard's id unless it is given. What people typed is saved to the history
    before anything is written. A closed file in a folder of a sync program is left alone unless
    `synced`. Raises UserError; only one that is `interrupted` leaves cells changed, and the next
    refresh completes those.
    """
    from workbook_builder.app.doors import door_of, live_door

    door = live_door(arguments) if book is None else door_of(book, synced)
    return refresh_through(door, folder, progress, stamp)


def refresh_through(
    door: Door, folder: Path | None, progress: Progress | None, stamp: Stamp | None
) -> Refreshed:
    """Refresh the workbook that a door leads to. Raises UserError."""
    with open_scorecard(door, folder, progress, stamp) as work:
        return _refresh(work)


def open_log(arguments: Sequence[str] = ()) -> str:
    """Bring the Log sheet of the open workbook to the front; its name."""
    from workbook_builder.writers.live import find_open_book, show_sheet

    opened = find_open_book(arguments)
    show_sheet(opened, LOG)
    return opened.name


def _refresh(work: OpenScorecard) -> Refreshed:
    from workbook_builder.app.recording import work_of
    from workbook_builder.app.tables import files_of
    from workbook_builder.plan.blocks import owned_blocks
    from workbook_builder.plan.workbook import plan_workbook

    prepared, later = _as_published(work) if work.frozen else (_from_files(work), None)
    _check_statuses(work, prepared)
    around = _around(work, prepared, later)
    planned = owned_blocks(_plan(work, prepared, around))
    blocks = {key: planned[key] for key in (FIGURES, NOTES, SENTENCES, QUALITY) if key in planned}
    cells = work.changed(blocks) or int(work.interrupted() is not None)
    event = work.history.begin(
        work_of(
            prepared,
            "refresh",
            work.opened.name,
            work.book.identity.inventory,
            work.typing.records,
            work.previous(blocks) if cells else {},
            work.saved,
            len(later.held_back) if later else 0,
        )
    )
    written = work.write(
        event,
        blocks,
        cells,
        lambda log, said: plan_workbook(
            prepared.scorecard, replace(around, log=log, last_refresh=said)
        ),
    )
    files = files_of(prepared.scorecard, work.frozen.results if work.frozen else "")
    remark = _remark(work, later, work.bring_beside(files))
    return work.told(event, cells, written, remark)


def _from_files(work: OpenScorecard) -> Prepared:
    """The scorecard as the folder's definitions and extracts have it now."""
    from workbook_builder.app.preparing import prepare, with_history
    from workbook_builder.app.published import reported_in
    from workbook_builder.app.recoding import manual_figures, recoding

    work.bar.step(3, STEPS, "Reading the extracts")
    catalogue, extracts = read_scorecard(work.folder, work.opened.month)
    work.bar.step(4, STEPS, "Computing figures, statuses and arrows")
    extracts = with_history(extracts, catalogue, work.history)
    remembered = manual_figures(work.history, catalogue)
    codes = recoding(work.history, catalogue)
    reported = reported_in(work.history, work.opened.month, codes)
    return prepare(catalogue, extracts, work.typing, remembered, work.opened.name, reported)


def _as_published(work: OpenScorecard) -> tuple[Prepared, Since]:
    """The scorecard as it was published, and what the folder would change in it now."""
    from workbook_builder.app.published import read_present, since

    assert work.frozen is not None
    work.bar.step(3, STEPS, "Reading the extracts")
    present = read_present(work.folder, work.opened.month)
    work.bar.step(4, STEPS, "Holding them against what was published")
    later = since(work.frozen, present, work.typing, work.history, work.opened.name)
    return work.frozen.prepared, later


def _remark(work: OpenScorecard, later: Since | None, beside: str) -> str:
    from workbook_builder.app.saying_published import published_remark

    if work.frozen is None or later is None:
        return beside
    return " ".join(filter(None, [published_remark(work.frozen, later), beside]))


def _check_statuses(work: OpenScorecard, prepared: Prepared) -> None:
    """Raise UserError where overrides.csv and the workbook's cells differ.

    A refresh may not write where people type, and a light must not differ from results.csv.
    """
    from workbook_builder.app.preparing import statuses_to_type

    differing = statuses_to_type(prepared, work.typing)
    refusal = refusals.status_published if work.frozen else refusals.status_to_type
    if differing:
        raise UserError([refusal(work.opened, *one) for one in differing])


def _around(work: OpenScorecard, prepared: Prepared, later: Since | None) -> Surroundings:
    """What the plan has to fit around in the workbook as it stands. Raises UserError."""
    from workbook_builder.app.last_month import last_month
    from workbook_builder.app.recoding import typed_in
    from workbook_builder.app.room import room_in
    from workbook_builder.app.saying import no_longer_there, typed_over
    from workbook_builder.app.saying_published import published_said
    from workbook_builder.plan.notes import NotesSaid

    _check_figures(work)
    typed = work.typing.records
    publication = work.frozen.publication if work.frozen else None
    ever = typed_in(work.history, work.catalogue)
    return replace(
        room_in(work.book),
        notes=NotesSaid(
            typed_over(typed),
            no_longer_there(typed, ever),
            published_said(work.frozen, later) if work.frozen else None,
        ),
        last_month=last_month(work.history, prepared.catalogue, typed, publication),
    )


def _plan(work: OpenScorecard, prepared: Prepared, around: Surroundings) -> Workbook:
    """The plan around the workbook. Raises UserError where they do not fit."""
    from workbook_builder.plan.layout import NoRoom
    from workbook_builder.plan.workbook import plan_workbook

    try:
        plan = plan_workbook(prepared.scorecard, around)
    except NoRoom as error:
        fault = refusals.rebuild(
            work.opened, "has no room for the new series, periods or sentences"
        )
        raise UserError([fault]) from error
    _check(work, plan)
    return plan


def _check_figures(work: OpenScorecard) -> None:
    """Rows inserted into Figures would put figures into wrong rows. Raises UserError."""
    from workbook_builder.plan.figures import sheet_rows
    from workbook_builder.writers.owned import moved

    standing, figures = work.book.standing, work.book.owned.get(FIGURES, ())
    if standing is not None and len(figures) != sheet_rows(standing.height):
        raise UserError([moved(work.opened.name, FIGURES)])


def _check(work: OpenScorecard, plan: Workbook) -> None:
    """Raise UserError where the workbook was made from something else, or has lost a part."""
    from workbook_builder.plan.structure import read_digests, sheet_digests, structure_digest

    book = work.book
    planned = {name.name for sheet in plan.sheets for name in sheet.part.names}
    if structure_digest(plan) != book.identity.structure:
        stored = work.history.structure(book.identity.inventory)
        before = read_digests(stored) if stored else {}
        now = sheet_digests(plan)
        differ = sorted(n for n in {*now, *before} if now.get(n) != before.get(n))
        said = f" (sheets {', '.join(differ)})" if before and differ else ""
        what = f"was built from other definitions or series than the folder has now{said}"
        raise UserError([refusals.rebuild(work.opened, what)])
    lost = sorted((planned - book.names) | (planned & book.dead))
    if lost:
        raise UserError([refusals.lost(work.opened, lost)])
