"""A workbook with its folder and history: what refreshing and undoing have in common."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import refusals
from workbook_builder.errors import UserError
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.annotations.book import BookRead
    from workbook_builder.app.doors import Door, Written
    from workbook_builder.app.preparing import Typing
    from workbook_builder.app.published import Frozen
    from workbook_builder.catalogue.model import Catalogue
    from workbook_builder.history import History
    from workbook_builder.history.model import Event, Stamp
    from workbook_builder.plan.blocks import Block
    from workbook_builder.plan.log import LogLine
    from workbook_builder.plan.model import Workbook

STEPS = 6
FIGURES, NOTES, LOG, SENTENCES = "figures", "notes", "log", "sentences"
QUALITY = "quality"
# Kept with what stood before a refresh: the files beside the workbook, and a digest of the figures
# that it then wrote.
RESULTS, HIGHLIGHTS, PROBLEMS = "results.csv", "highlights.csv", "problems.csv"
BESIDE = (RESULTS, HIGHLIGHTS, PROBLEMS)
WRITTEN = "figures written"


@dataclass(frozen=True)
class Refreshed:
    """What a refresh or its undoing did; cells is 0 where nothing had changed.

    typed counts what people typed that the history did not have yet; remark is what else there is
    to know, such as results.csv being locked. Of a closed workbook: its backup, and how many
    formulas are people's own, to be worked out when it is opened.
    """

    workbook: str
    sentence: str
    cells: int
    typed: int
    remark: str = ""
    backup: Path | None = None
    own_formulas: int = 0


class _StatusBar:
    """Tells the steps in the program's status bar as well."""

    def __init__(self, opened: Door, listener: Progress) -> None:
        self._opened, self._listener = opened, listener

    def step(self, number: int, of: int, what: str) -> None:
        self._opened.say(f"{number}/{of}: {what}")
        self._listener.step(number, of, what)


@contextmanager
def open_scorecard(
    opened: Door,
    folder: Path | None,
    progress: Progress | None,
    stamp: Stamp | None,
    *,
    any_layout: bool = False,
) -> Iterator[OpenScorecard]:
    """A workbook with its folder and history, what people typed already saved.

    any_layout lets in what another version of the program built. Raises UserError.
    """
    from workbook_builder.app.preparing import stamp_now
    from workbook_builder.app.published import frozen_month
    from workbook_builder.catalogue.load import load_settings
    from workbook_builder.history import open_history
    from workbook_builder.listed import load_scorecard
    from workbook_builder.periods import Month
    from workbook_builder.plan.workbook import LAYOUT_VERSION
    from workbook_builder.register import find

    bar = _StatusBar(opened, progress or Silent())
    try:
        bar.step(1, STEPS, "Finding the scorecard's folder")
        where = folder or Path(find(opened.scorecard).folder)
        if opened.layout != LAYOUT_VERSION and not any_layout:
            raise UserError(
                [refusals.rebuild(opened, "was built by another version of the program")]
            )
        settings = load_settings(where)
        if settings.id != opened.scorecard:
            raise UserError([refusals.another(opened, where, settings.id)])
        who = stamp or stamp_now()
        with open_history(where, opened.scorecard, who, settings.history) as history:
            frozen = frozen_month(history, opened.month)
            catalogue = (
                frozen.prepared.defined
                if frozen
                else load_scorecard(where, Month.parse(opened.month))
            )
            bar.step(2, STEPS, "Saving what people typed")
            book, typing, saved = _typed(opened, where, catalogue, history)
            yield OpenScorecard(opened, where, bar, history, book, typing, saved, catalogue, frozen)
    finally:
        opened.say(None)


def _typed(
    opened: Door, folder: Path, catalogue: Catalogue, history: History
) -> tuple[BookRead, Typing, int]:
    """Read a copy of the workbook, and keep what people typed."""
    from workbook_builder.annotations import read_book
    from workbook_builder.app.preparing import inventory_of, slots_of, typing_of

    with tempfile.TemporaryDirectory(prefix="workbook-builder-") as scratch:
        suffix = Path(opened.name).suffix or ".xlsx"
        copy = Path(scratch) / f"copy{suffix}"
        opened.copy_to(copy)
        book = read_book(
            copy, lambda identity: inventory_of(identity, history, folder), slots_of(catalogue)
        )
    saved = history.save_typed(opened.month, opened.name, book.typed)
    typing = typing_of(book.typed, book.inventory, catalogue, history)
    return book, typing, saved


@dataclass(frozen=True)
class OpenScorecard:
    """The workbook, its folder and history, and what was found in it.

    catalogue are the folder's definitions, of a published month those that it was published with;
    frozen is that month as it was published.
    """

    opened: Door
    folder: Path
    bar: Progress
    history: History
    book: BookRead
    typing: Typing
    saved: int
    catalogue: Catalogue
    frozen: Frozen | None = None

    def changed(self, blocks: Mapping[str, Block]) -> int:
        """How many cells the blocks would change. Raises UserError where they do not fit."""
        from workbook_builder.plan.blocks import changed_cells
        from workbook_builder.writers.owned import check_sizes

        check_sizes(self.opened.name, self.book.owned, blocks)
        return sum(changed_cells(self.book.owned[key], block) for key, block in blocks.items())

    def interrupted(self) -> Event | None:
        """The refresh or undo of this month that began last and never ended."""
        from workbook_builder.history.model import MAKING

        begun = [e for e in self.history.unfinished() if e.month == self.opened.month]
        last = self.history.last_change(self.opened.month)
        writing = [e for e in begun if e.kind not in MAKING]
        newest = next(iter(writing), None)
        return newest if newest and (last is None or newest.number > last.number) else None

    def previous(self, blocks: Mapping[str, Block]) -> dict[str, str]:
        """What stands in the workbook before `blocks` are written, for an undo.

        After an interrupted refresh that is what stood there before it.
        """
        torn = self.interrupted()
        before = dict(self.history.previous(torn)) if torn is not None else {}
        if not before:
            before = {key: json.dumps(self.book.owned[key]) for key in blocks}
            for name in BESIDE:
                beside = self.beside(name)
                if beside is not None:
                    before[name] = beside.read_text(encoding="utf-8")
        return {**before, WRITTEN: digest_of(blocks[FIGURES])}

    def write(
        self,
        event: Event,
        blocks: Mapping[str, Block],
        cells: int,
        plan: Callable[[tuple[LogLine, ...], str], Workbook],
    ) -> Written:
        """Write the blocks and the log; nothing at all where nothing changes.

        plan gives the whole workbook with a log and the sentence of the last refresh.
        """
        from workbook_builder.app.doors import Written
        from workbook_builder.app.saying import log_lines
        from workbook_builder.history.model import with_cells
        from workbook_builder.plan.blocks import block_of_sheet
        from workbook_builder.plan.log import log_sheet

        written = Written()
        if cells:
            told = with_cells(event, cells)
            lines = log_lines((told, *self.history.events()))
            log = block_of_sheet(log_sheet(lines, self.sentence(told)))
            self.bar.step(5, STEPS, "Writing the figures")
            written = self.opened.write(
                self.book,
                {**blocks, LOG: log},
                lambda: plan(lines, self.sentence(told)),
                lambda what: self.bar.step(5, STEPS, what),
            )
        self.history.finish(event, cells)
        self.bar.step(6, STEPS, "Done")
        return written

    def beside(self, name: str) -> Path | None:
        """A file beside the workbook that the last build wrote."""
        folder = self.opened.folder or self._built_in()
        beside = folder / name if folder is not None else None
        return beside if beside is not None and beside.exists() else None

    def bring_beside(self, writes: Mapping[str, Callable[[Path], None]]) -> str:
        """Bring the files beside the workbook up to date, those that the last build put there.

        What hindered it, in words; nothing where nothing did.
        """
        from workbook_builder.writers.safe import write_safely

        found = [(self.beside(name), write) for name, write in writes.items()]
        held = [(path, write) for path, write in found if path is not None]
        try:
            if held:
                write_safely(held)
        except UserError:
            names = " and ".join(path.name for path, _ in held)
            verb, they = ("is", "it is") if len(held) == 1 else ("are", "one is")
            return (
                f"The workbook is up to date, but {names} beside it {verb} not: {they} open or "
                "locked. Close it and refresh again."
            )
        return ""

    def _built_in(self) -> Path | None:
        """Where the last build put the workbook, where it is this one."""
        from workbook_builder.register import find

        try:
            workbook = find(self.opened.scorecard).workbook
        except UserError:
            return None
        same = workbook is not None and workbook.stem == Path(self.opened.name).stem
        return workbook.parent if workbook is not None and same else None

    def sentence(self, event: Event) -> str:
        """The line on the front sheet: who did what when, or who published the month."""
        from workbook_builder.app.saying import last_refresh
        from workbook_builder.app.saying_published import published_sentence

        return published_sentence(self.frozen) if self.frozen else last_refresh(event)

    def told(self, event: Event, cells: int, written: Written, remark: str) -> Refreshed:
        from workbook_builder.app.saying import last_refresh

        sentence = last_refresh(event) if cells else "Nothing has changed since the last refresh"
        return Refreshed(
            self.opened.name,
            sentence,
            cells,
            self.saved,
            remark,
            written.backup,
            written.others,
        )


def digest_of(block: Block) -> str:
    """A short digest of a block's contents, formulas without what programs write differently."""
    from workbook_builder.plan.blocks import plain_cell

    rows = [[plain_cell(cell) for cell in row] for row in block]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
