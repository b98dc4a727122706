"""Next month's workbook, made of this month's: copied and brought forward, or built anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import next_month_refusals as refusals
from workbook_builder.app.next_month_file import Making
from workbook_builder.app.open_scorecard import RESULTS, OpenScorecard, open_scorecard
from workbook_builder.errors import UserError
from workbook_builder.periods import Month
from workbook_builder.progress import Progress

if TYPE_CHECKING:
    from workbook_builder.app.content import Content
    from workbook_builder.app.doors import ClosedDoor
    from workbook_builder.app.preparing import Typing
    from workbook_builder.catalogue.model import Settings
    from workbook_builder.history.model import Event, Stamp, TypedRecord
    from workbook_builder.plan.forward import Forward

STEPS = 6


@dataclass(frozen=True)
class NextMonth:
    """A new month's workbook, and the one that it was made of, which is as it was.

    carried counts what was typed before and stands in it, said the comments shown as last month's,
    stays what Notes lists as left with the month before. left is what a new build had no place for.
    settings_month is what scorecard.toml says, where that is another month. completed: the file
    stood there whole, of a run that was interrupted.
    """

    workbook: Path
    before: Path
    results: Path
    title: str
    month: str
    month_before: str
    report_month: str
    settings_month: str = ""
    carried: int = 0
    said: int = 0
    stays: int = 0
    left: tuple[str, ...] = ()
    rebuilt: bool = False
    completed: bool = False


def next_month(
    place: Path,
    folder: Path | None = None,
    progress: Progress | None = None,
    stamp: Stamp | None = None,
    *,
    out: Path | None = None,
    rebuild: bool = False,
) -> NextMonth:
    """Start the month after a workbook's; `place` is the workbook, or the scorecard's folder.

    The new workbook is a copy with everything that people put into it, rolled forward, beside the
    old one or in `out`, and never over a file. Where the next month is laid out in another way, it
    can only be built anew, which `rebuild` asks for. Raises UserError; nothing was written then.
    """
    path, where = (_last_workbook(place), place) if place.is_dir() else (place, folder)
    with (
        _closed(path) as door,
        open_scorecard(door, where, progress, stamp, any_layout=rebuild) as work,
    ):
        target = (out or path.parent) / f"Scorecard {_after(door.month)}{path.suffix.lower()}"
        return _Starting(work, door, path, target, rebuild).start()


def _last_workbook(folder: Path) -> Path:
    """The workbook that was built or started last. Raises UserError where that is not known."""
    from workbook_builder.catalogue.load import load_settings
    from workbook_builder.register import registered

    settings = load_settings(folder)
    known = next((one for one in registered() if one.id == settings.id), None)
    book = known.workbook if known and known.folder.resolve() == folder.resolve() else None
    if book is not None and book.is_file():
        return book
    raise UserError([refusals.which_workbook(folder)])


@contextmanager
def _closed(path: Path) -> Iterator[ClosedDoor]:
    """The workbook as a closed file; where it is open, a copy that the host saves."""
    from workbook_builder.app.doors import ClosedDoor, door_of
    from workbook_builder.writers.closed import read_closed

    door = door_of(path, synced=True)
    if isinstance(door, ClosedDoor):
        yield door
        return
    with tempfile.TemporaryDirectory(prefix="workbook-builder-") as scratch:
        copy = Path(scratch) / path.name
        door.copy_to(copy)
        yield ClosedDoor(read_closed(copy))


def _after(month: str) -> Month:
    return Month.parse(month).plus(1)


@dataclass(frozen=True)
class _Starting:
    """One start of a month, once this month's workbook was read."""

    work: OpenScorecard
    door: ClosedDoor
    before: Path
    target: Path
    rebuild: bool

    @property
    def month(self) -> Month:
        return _after(self.door.month)

    def start(self) -> NextMonth:
        from workbook_builder.app.content import content_now
        from workbook_builder.app.folders import read_scorecard
        from workbook_builder.app.saying import not_placed

        history, bar = self.work.history, self.work.bar
        begun = self._check_place()
        bar.step(3, STEPS, "Reading the extracts")
        catalogue, extracts = read_scorecard(self.work.folder, str(self.month))
        if begun is not None:
            self._register()
            history.finish(begun, 0)
            return self._told(catalogue.settings, completed=True)
        bar.step(4, STEPS, "Computing figures, statuses and arrows")
        typing = self._typing_before()
        content = content_now(catalogue, extracts, typing, history, self.target.name)
        forward = self._forward(content)
        if not typing.records:
            content = _with_typing(content, forward.carried, self.work)
        bar.step(5, STEPS, "Making the workbook")
        making = Making(self.work, self.door.file, self.before, self.target, self.month)
        event, planned = making.make(content, forward, self.rebuild)
        self._register()
        # Last of all: a run that is killed before it is completed by the next one.
        history.finish(event, 0)
        bar.step(6, STEPS, "Done")
        return replace(
            self._told(catalogue.settings),
            carried=len(content.records) - len(planned.left),
            said=len(content.last_month.said),
            stays=len(content.last_month.left),
            left=tuple(not_placed(one) for one in planned.left),
            rebuilt=self.rebuild,
        )

    def _check_place(self) -> Event | None:
        """What a run began that was killed after the file stood in its place, to be completed.

        Raises UserError where the new workbook's place is taken, or its month published.
        """
        from workbook_builder.app.standing import other_form
        from workbook_builder.writers.safe import check_free, there_already

        history = self.work.history
        if history.publications(str(self.month)):
            raise UserError([refusals.published(self.target, self.work.folder, str(self.month))])
        taken = [one for one in (self.target, other_form(self.target)) if one.exists()]
        if not taken:
            if faults := check_free(self.target.with_name(RESULTS)):
                raise UserError(faults)
            return None
        begun = [
            e
            for e in history.unfinished()
            if (e.kind, e.month, e.workbook) == ("next month", str(self.month), self.target.name)
        ]
        if history.last_change(str(self.month)) is None and begun and taken == [self.target]:
            return begun[0]
        raise UserError([there_already(one) for one in taken])

    def _typing_before(self) -> Typing:
        """What was typed in a workbook of the new month that is no longer in its place."""
        from workbook_builder.app.preparing import Typing
        from workbook_builder.app.standing import Standing
        from workbook_builder.listed import load_scorecard

        history = self.work.history
        if history.last_change(str(self.month)) is None:
            return Typing()
        catalogue = load_scorecard(self.work.folder, self.month)
        return Standing(self.work.folder, self.target, None, catalogue, history).remembered()

    def _forward(self, content: Content) -> Forward:
        """What was typed in this month's workbook, sorted by what next month's has of it."""
        from workbook_builder.plan.forward import boxes_of, roll_forward
        from workbook_builder.plan.structure import inventory_text, read_inventory
        from workbook_builder.plan.workbook import Surroundings, plan_workbook

        scorecard = content.prepared.scorecard
        plan = plan_workbook(scorecard, Surroundings(last_month=content.last_month))
        after = read_inventory(inventory_text(plan))
        before = self.work.book.inventory
        assert before is not None
        typed = self.work.typing.records
        return roll_forward(typed, before, after, boxes_of(scorecard.catalogue), str(self.month))

    def _register(self) -> None:
        from workbook_builder.register import register

        register(self.door.scorecard, self.work.folder.resolve(), self.target.resolve())

    def _told(self, settings: Settings, completed: bool = False) -> NextMonth:
        from workbook_builder.catalogue.load import load_settings

        said = load_settings(self.work.folder).report_month
        return NextMonth(
            workbook=self.target,
            before=self.before,
            results=self.target.with_name(RESULTS),
            title=settings.title,
            month=self.month.long_label,
            month_before=Month.parse(self.door.month).long_label,
            report_month=str(self.month),
            settings_month="" if said == self.month else str(said),
            completed=completed,
        )


def _with_typing(
    content: Content, carried: tuple[TypedRecord, ...], work: OpenScorecard
) -> Content:
    """The content with what was carried, and Notes without it.

    The history knows it already where a run was killed before this one.
    """
    from workbook_builder.app.last_month import last_month
    from workbook_builder.app.recoding import typed_in
    from workbook_builder.app.saying import no_longer_there

    catalogue = content.prepared.catalogue
    gone = no_longer_there(carried, typed_in(work.history, catalogue))
    before = last_month(work.history, catalogue, carried)
    return replace(content, records=carried, gone=gone, last_month=before)
