"""What a workbook that is built is made of: a scorecard, and what people typed in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbook_builder.app.last_month import last_month
from workbook_builder.app.preparing import Prepared, Typing, prepare, slots_of, with_history
from workbook_builder.app.published import Frozen, Present, Since, reported_in, since
from workbook_builder.app.recoding import manual_figures, recoding, typed_in
from workbook_builder.app.saying import changed, last_refresh, log_lines, no_longer_there, told
from workbook_builder.app.saying_published import published_said, published_sentence
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.extracts.model import Extracts
from workbook_builder.history.model import Event, TypedRecord
from workbook_builder.plan.carried import carry
from workbook_builder.plan.last_month import NO_MONTH, LastMonth
from workbook_builder.plan.model import Workbook
from workbook_builder.plan.notes import NotesSaid
from workbook_builder.plan.structure import inventory_text
from workbook_builder.plan.workbook import NOTHING, Draft, Surroundings, draft_workbook

if TYPE_CHECKING:
    from workbook_builder.history.reading import Reading


@dataclass(frozen=True)
class Content:
    """A scorecard, what was typed in its workbook, and manual figures of earlier months.

    gone is what workbooks of the month had and this one has not, as rows of Notes. frozen and
    later are of a month that is published; a copy of a publication has no later.
    """

    prepared: Prepared
    records: tuple[TypedRecord, ...]
    remembered: tuple[TypedRecord, ...]
    gone: tuple[tuple[str, ...], ...]
    frozen: Frozen | None = None
    later: Since | None = None
    last_month: LastMonth = NO_MONTH

    @property
    def results(self) -> str:
        """results.csv where it is to be as it was published; else empty."""
        return self.frozen.results if self.frozen else ""


def content_now(
    catalogue: Catalogue, extracts: Extracts, typing: Typing, history: Reading, book: str
) -> Content:
    """The content as the folder's files and the workbook before have it. Raises UserError."""
    month = str(catalogue.settings.report_month)
    remembered = manual_figures(history, catalogue)
    whole = with_history(extracts, catalogue, history)
    reported = reported_in(history, month, recoding(history, catalogue))
    prepared = prepare(catalogue, whole, typing, remembered, book, reported)
    gone = no_longer_there(typing.records, typed_in(history, catalogue))
    before = last_month(history, catalogue, typing.records)
    kept = still(remembered, typing, month)
    return Content(prepared, typing.records, kept, gone, last_month=before)


def content_then(frozen: Frozen, history: Reading, later: Since | None = None) -> Content:
    """The content of a month as it was published."""
    typed, publication = frozen.typed, frozen.publication
    known = typed_in(history, frozen.prepared.defined, publication.typed_until)
    gone = no_longer_there(typed.records, known)
    catalogue = frozen.prepared.catalogue
    before = last_month(history, catalogue, typed.records, publication)
    records, kept = typed.records, typed.remembered
    return Content(frozen.prepared, records, kept, gone, frozen, later, before)


def content_published(
    frozen: Frozen, present: Present, typing: Typing, history: Reading, book: str
) -> Content:
    """The same with what came after: what the present files would change, what was typed."""
    return content_then(frozen, history, since(frozen, present, typing, history, book))


@dataclass(frozen=True)
class Planned:
    """A workbook with everything typed in its place, and left, which has no place in it.

    structure is the text of its inventory, which the history has to keep.
    """

    workbook: Workbook
    left: tuple[TypedRecord, ...]
    structure: str


def plan_content(
    content: Content,
    events: Iterable[Event],
    macros: bool,
    room: Surroundings = NOTHING,
    draft: Draft | None = None,
) -> Planned:
    """The plan with the log, newest event first; room is that in a workbook to be patched.

    draft is the plan without log and notes, where somebody has it already.
    """
    held = tuple(events)
    shown = next((one for one in held if changed(one)), next(iter(held), None))
    frozen = content.frozen
    sentence = last_refresh(shown) if shown else ""
    if frozen:
        sentence = published_sentence(frozen)
    around = replace(
        room,
        log=log_lines(held),
        last_refresh=sentence,
        notes=NotesSaid(
            not_carried=content.gone,
            published=published_said(frozen, content.later) if frozen else None,
        ),
        buttons=macros,
        last_month=content.last_month,
    )
    scorecard = content.prepared.scorecard
    typed, slots = (*content.remembered, *content.records), slots_of(scorecard.catalogue)
    drafted = draft or draft_workbook(scorecard, around)
    plan = drafted.within(around)
    carried = carry(plan, typed, slots)
    if not carried.left:
        return Planned(carried.workbook, (), inventory_text(plan))
    not_carried = (*content.gone, *map(told, carried.left))
    noted = replace(around, notes=replace(around.notes, not_carried=not_carried))
    plan = drafted.within(noted)
    again = carry(plan, typed, slots)
    return Planned(again.workbook, again.left, inventory_text(plan))


def still(remembered: Iterable[TypedRecord], typing: Typing, month: str) -> tuple[TypedRecord, ...]:
    """Manual figures of earlier months that the workbook before did not show."""
    shown = typing.cells()
    latest: dict[tuple[str, str], TypedRecord] = {}
    for record in sorted(remembered, key=lambda one: one.month):
        if (record.key, record.slot) not in shown or record.month != month:
            latest[record.key, record.slot] = record
    return tuple(record for at, record in latest.items() if at not in shown)
