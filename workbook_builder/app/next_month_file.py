"""The file of next month's workbook: a copy of this month's with pieces exchanged, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import next_month_refusals as refusals
from workbook_builder.errors import UserError
from workbook_builder.plan.slots import INPUT

if TYPE_CHECKING:
    from workbook_builder.app.content import Content, Planned
    from workbook_builder.app.open_scorecard import OpenScorecard
    from workbook_builder.history.model import Event
    from workbook_builder.periods import Month
    from workbook_builder.plan.forward import Forward
    from workbook_builder.writers.closed import ClosedFile


@dataclass(frozen=True)
class Making:
    """The making of a month's workbook; file is the one of the month before, read from `before`."""

    work: OpenScorecard
    file: ClosedFile
    before: Path
    target: Path
    month: Month

    def make(self, content: Content, forward: Forward, anew: bool) -> tuple[Event, Planned]:
        """Make the file and what stands beside it, all but finish the event.

        Raises UserError; nothing was written then.
        """
        from workbook_builder.app.recording import work_of
        from workbook_builder.app.tables import files_of
        from workbook_builder.plan.structure import inventory_digest
        from workbook_builder.writers.safe import write_new, write_safely

        history = self.work.history
        make = self._anew if anew else self._copied
        trial, _ = make(content, forward, history.events())
        digest = inventory_digest(trial.structure)
        history.keep_structure(digest, trial.structure)
        event = history.begin(
            work_of(content.prepared, "next month", self.target.name, digest, content.records, {})
        )
        planned, write = make(content, forward, (event, *history.events()))
        history.keep_structure(inventory_digest(planned.structure), planned.structure)
        files = files_of(content.prepared.scorecard)
        # The workbook last: once it stands there, no file is missing.
        write_safely([(self.target.with_name(name), one) for name, one in files.items()])
        write_new(self.target, write)
        return event, planned

    @property
    def _macros(self) -> bool:
        return self.target.suffix == ".xlsm"

    def _anew(
        self, content: Content, forward: Forward, events: tuple[Event, ...]
    ) -> tuple[Planned, Callable[[Path], None]]:
        """A new workbook with everything typed put in its place."""
        from workbook_builder.app.building import write_book
        from workbook_builder.app.content import plan_content

        del forward
        planned = plan_content(content, events, self._macros)
        return planned, write_book(planned.workbook, self._macros)

    def _copied(
        self, content: Content, forward: Forward, events: tuple[Event, ...]
    ) -> tuple[Planned, Callable[[Path], None]]:
        """A copy, in which only boxes are filled: all else that was typed is in it.

        Raises UserError where the next month is laid out in another way.
        """
        from workbook_builder.writers.closed.rolled import ChangedLayout, rolled

        before = self.work.book.inventory
        assert before is not None
        planned = self._planned_around(content, events)
        gone = [one for one in forward.stays if one.kind != INPUT]
        try:
            data = rolled(self.file, self.work.book, before, planned.workbook, gone)
        except ChangedLayout as error:
            label = self.month.long_label
            raise UserError([refusals.changed_layout(self.before, error.sheets, label)]) from error
        return planned, lambda path: _put(path, data)

    def _planned_around(self, content: Content, events: tuple[Event, ...]) -> Planned:
        """The plan in which Figures stand as they do in this month's workbook, if they can."""
        from workbook_builder.app.content import plan_content
        from workbook_builder.app.room import room_in
        from workbook_builder.plan.layout import NoRoom
        from workbook_builder.plan.workbook import NOTHING

        in_boxes = tuple(one for one in content.records if one.kind == INPUT)
        filled = replace(content, records=in_boxes)
        room = replace(room_in(self.work.book), notes_rows=None, quality_rows=None)
        try:
            return plan_content(filled, events, self._macros, room)
        except NoRoom:
            return plan_content(filled, events, self._macros, NOTHING)


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
