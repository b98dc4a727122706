"""Refreshing the workbook that is open in Excel, and undoing the last refresh."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import refusals
from workbook_builder.app.folders import read_scorecard
from workbook_builder.errors import UserError
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.annotations.book import BookRead
    from workbook_builder.app.preparing import Prepared, Typing
    from workbook_builder.catalogue.model import Catalogue
    from workbook_builder.history import History
    from workbook_builder.history.model import Event, Stamp
    from workbook_builder.plan.blocks import Block
    from workbook_builder.plan.model import Workbook
    from workbook_builder.writers.live import OpenBook

STEPS = 6
FIGURES, NOTES, LOG = "figures", "notes", "log"


@dataclass(frozen=True)
class Refreshed:
    """What a refresh or its undoing did; cells is 0 where nothing had changed.

    typed counts what people typed that the history did not have yet.
    """

    workbook: str
    sentence: str
    cells: int
    typed: int


def refresh(
    folder: Path | None = None,
    arguments: Sequence[str] = (),
    progress: Progress | None = None,
    stamp: Stamp | None = None,
) -> Refreshed:
    """Bring the open workbook up to date with its folder's extracts and definitions.

    The folder is found by the scorecard's id unless it is given. What people typed is saved to the
    history before anything is written. Raises UserError, in which case no cell was changed.
    """
    with _open(folder, arguments, progress, stamp) as (work, history):
        return work.refresh(history)


def undo(
    folder: Path | None = None,
    arguments: Sequence[str] = (),
    progress: Progress | None = None,
    stamp: Stamp | None = None,
) -> Refreshed:
    """Put back the figures from before the last refresh and keep what was typed since.

    Raises UserError where there is nothing to undo.
    """
    with _open(folder, arguments, progress, stamp) as (work, history):
        return work.undo(history)


def open_log(arguments: Sequence[str] = ()) -> str:
    """Bring the Log sheet of the open workbook to the front; its name."""
    from workbook_builder.writers.live import find_open_book, show_sheet

    opened = find_open_book(arguments)
    show_sheet(opened, LOG)
    return opened.name


class _StatusBar:
    """Tells the steps in the program's status bar as well."""

    def __init__(self, opened: OpenBook, listener: Progress) -> None:
        self._opened, self._listener = opened, listener

    def step(self, number: int, of: int, what: str) -> None:
        from workbook_builder.writers.live import say_status

        say_status(self._opened, f"Workbook Builder {number}/{of}: {what}")
        self._listener.step(number, of, what)


@contextmanager
def _open(
    folder: Path | None,
    arguments: Sequence[str],
    progress: Progress | None,
    stamp: Stamp | None,
) -> Iterator[tuple[_Refreshing, History]]:
    """The open workbook with its folder and history, what people typed already saved."""
    from workbook_builder.app.preparing import stamp_now
    from workbook_builder.catalogue.load import load_catalogue
    from workbook_builder.history import open_history
    from workbook_builder.periods import Month
    from workbook_builder.plan.workbook import LAYOUT_VERSION
    from workbook_builder.writers.live import find_open_book, say_status

    opened = find_open_book(arguments)
    bar = _StatusBar(opened, progress or Silent())
    try:
        bar.step(1, STEPS, "Finding the scorecard's folder")
        where = folder or _folder_of(opened)
        if opened.layout != LAYOUT_VERSION:
            raise UserError(
                [refusals.rebuild(opened, "was built by another version of the program")]
            )
        catalogue = load_catalogue(where, Month.parse(opened.month))
        if catalogue.settings.id != opened.scorecard:
            raise UserError([refusals.another(opened, where, catalogue)])
        who = stamp or stamp_now()
        with open_history(where, opened.scorecard, who, catalogue.settings.history) as history:
            bar.step(2, STEPS, "Saving what people typed")
            book, typing, saved = _typed(opened, where, catalogue, history)
            work = _Refreshing(opened, where, bar, book, typing, saved)
            yield work, history
    finally:
        say_status(opened, None)


def _typed(
    opened: OpenBook, folder: Path, catalogue: Catalogue, history: History
) -> tuple[BookRead, Typing, int]:
    """Read a copy that the program saves, and keep what people typed."""
    from workbook_builder.annotations import read_book
    from workbook_builder.app.preparing import inventory_of, slots_of, typing_of
    from workbook_builder.writers.live import save_copy

    with tempfile.TemporaryDirectory(prefix="workbook-builder-") as scratch:
        suffix = Path(opened.name).suffix or ".xlsx"
        copy = Path(scratch) / f"copy{suffix}"
        save_copy(opened, copy)
        book = read_book(
            copy, lambda identity: inventory_of(identity, history, folder), slots_of(catalogue)
        )
    saved = history.save_typed(opened.month, opened.name, book.typed)
    return book, typing_of(book, history), saved


@dataclass(frozen=True)
class _Refreshing:
    """One refresh: the open workbook, its folder, and what was found in it."""

    opened: OpenBook
    folder: Path
    bar: Progress
    book: BookRead
    typing: Typing
    saved: int

    def refresh(self, history: History) -> Refreshed:
        from workbook_builder.app.preparing import prepare, work_of
        from workbook_builder.plan.slots import MANUAL

        self.bar.step(3, STEPS, "Reading the extracts")
        catalogue, extracts = read_scorecard(self.folder, self.opened.month)
        remembered = [r for r in history.typed() if r.kind == MANUAL]
        self.bar.step(4, STEPS, "Computing figures, statuses and arrows")
        prepared = prepare(catalogue, extracts, self.typing, remembered, self.opened.name)
        plan = self._plan(prepared, history)
        blocks = self._blocks(plan)
        cells = self._changed(blocks)
        work = work_of(
            prepared,
            "refresh",
            self.opened.name,
            self.book.identity.inventory,
            self.typing.records,
            self._previous() if cells else {},
            self.saved,
        )
        event = history.begin(work)
        self._write(history, event, blocks, cells)
        self._results(prepared)
        return self._told(event, cells)

    def undo(self, history: History) -> Refreshed:
        from workbook_builder.history.model import Work

        last = history.to_undo(self.opened.month)
        previous = history.previous(last) if last is not None else {}
        if last is None or not previous or self._built_since(history, last):
            raise UserError([refusals.nothing_to_undo(self.opened)])
        blocks = {key: _block(text) for key, text in previous.items()}
        cells = self._changed(blocks)
        work = Work(
            kind="undo",
            month=self.opened.month,
            workbook=self.opened.name,
            catalogue=history.catalogue(last),
            structure=self.book.identity.inventory,
            files=(),
            figures=history.figures_before(last),
            typed=self.typing.records,
            previous=self._previous(),
            undoes=last.number,
            typed_before=self.saved,
        )
        event = history.begin(work)
        self._write(history, event, blocks, cells)
        return self._told(event, cells)

    def _built_since(self, history: History, last: Event) -> bool:
        """A workbook that was built again has other figures than the refresh before it left."""
        return any(
            e.kind == "build" and e.number > last.number
            for e in history.events(month=self.opened.month)
        )

    def _plan(self, prepared: Prepared, history: History) -> Workbook:
        """The plan around the workbook as it stands. Raises UserError where they do not fit."""
        from workbook_builder.app.saying import no_longer_there, typed_over
        from workbook_builder.plan.layout import NoRoom
        from workbook_builder.plan.notes import NotesSaid
        from workbook_builder.plan.workbook import Surroundings, plan_workbook

        self._check_figures()
        notes = self.book.owned.get(NOTES, ())
        around = Surroundings(
            notes=NotesSaid(
                typed_over(self.typing.records),
                no_longer_there(self.typing.records, history.typed(self.opened.month, gone=True)),
            ),
            standing=self.book.standing,
            notes_rows=len(notes) - _notes_top() if notes else None,
        )
        try:
            plan = plan_workbook(prepared.scorecard, around)
        except NoRoom as error:
            fault = refusals.rebuild(self.opened, "has no room for the new series or periods")
            raise UserError([fault]) from error
        self._check(plan, history)
        return plan

    def _check_figures(self) -> None:
        """Rows inserted into Figures would put figures into wrong rows. Raises UserError."""
        from workbook_builder.plan.figures import sheet_rows
        from workbook_builder.writers.live import moved

        standing, figures = self.book.standing, self.book.owned.get(FIGURES, ())
        if standing is not None and len(figures) != sheet_rows(standing.height):
            raise UserError([moved(self.opened, FIGURES)])

    def _check(self, plan: Workbook, history: History) -> None:
        from workbook_builder.plan.structure import (
            read_digests,
            sheet_digests,
            structure_digest,
        )

        planned = {name.name for sheet in plan.sheets for name in sheet.part.names}
        if structure_digest(plan) != self.book.identity.structure:
            stored = history.structure(self.book.identity.inventory)
            before = read_digests(stored) if stored else {}
            now = sheet_digests(plan)
            differ = sorted(n for n in {*now, *before} if now.get(n) != before.get(n))
            said = f" (sheets {', '.join(differ)})" if before and differ else ""
            what = f"was built from other definitions or series than the folder has now{said}"
            raise UserError([refusals.rebuild(self.opened, what)])
        lost = sorted((planned - self.book.names) | (planned & self.book.dead))
        if lost:
            raise UserError([refusals.lost(self.opened, lost)])

    def _blocks(self, plan: Workbook) -> dict[str, Block]:
        from workbook_builder.plan.blocks import owned_blocks

        blocks = owned_blocks(plan)
        return {FIGURES: blocks[FIGURES], NOTES: blocks[NOTES]}

    def _changed(self, blocks: Mapping[str, Block]) -> int:
        """How many cells the blocks would change. Raises UserError where they do not fit."""
        from workbook_builder.plan.blocks import changed_cells
        from workbook_builder.writers.live import check_sizes

        check_sizes(self.opened, self.book.owned, blocks)
        return sum(changed_cells(self.book.owned[key], block) for key, block in blocks.items())

    def _previous(self) -> dict[str, str]:
        """What stands on the sheets before they are written."""
        return {key: json.dumps(self.book.owned[key]) for key in (FIGURES, NOTES)}

    def _write(self, history: History, event: Event, blocks: dict[str, Block], cells: int) -> None:
        """Write the blocks and the log; nothing at all where nothing changes."""
        from workbook_builder.app.saying import last_refresh, log_lines
        from workbook_builder.history.model import with_cells
        from workbook_builder.plan.blocks import block_of_sheet
        from workbook_builder.plan.log import log_sheet
        from workbook_builder.writers.live import write_blocks

        if cells:
            told = with_cells(event, cells)
            lines = log_lines((told, *history.events()))
            log = block_of_sheet(log_sheet(lines, last_refresh(told)))
            self.bar.step(5, STEPS, "Writing the figures")
            write_blocks(
                self.opened,
                {**blocks, LOG: log},
                lambda what: self.bar.step(5, STEPS, what),
            )
        history.finish(event, cells)
        self.bar.step(6, STEPS, "Done")

    def _results(self, prepared: Prepared) -> None:
        """Bring results.csv up to date where the last build put it."""
        from workbook_builder.register import find
        from workbook_builder.results import results_table
        from workbook_builder.writers.results_csv import write_results
        from workbook_builder.writers.safe import write_safely

        try:
            known = find(self.opened.scorecard)
        except UserError:
            return
        workbook = Path(known.workbook) if known.workbook else None
        if workbook is None or workbook.stem != Path(self.opened.name).stem:
            return
        results = workbook.with_name("results.csv")
        if results.exists():
            table = results_table(prepared.scorecard)
            write_safely([(results, lambda path: write_results(table, path))])

    def _told(self, event: Event, cells: int) -> Refreshed:
        from workbook_builder.app.saying import last_refresh

        sentence = last_refresh(event) if cells else "Nothing has changed since the last refresh"
        return Refreshed(self.opened.name, sentence, cells, self.saved)


def _folder_of(opened: OpenBook) -> Path:
    from workbook_builder.register import find

    return Path(find(opened.scorecard).folder)


def _notes_top() -> int:
    from workbook_builder.plan.written_rows import TOP

    return TOP


def _block(text: str) -> Block:
    return tuple(tuple(row) for row in json.loads(text))
