"""What a workbook that is built is made of: a scorecard, and what people typed in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbook_builder.app.preparing import Prepared, Typing, prepare, slots_of, with_history
from workbook_builder.app.published import Frozen, Present, Since, reported_in, since
from workbook_builder.app.recoding import manual_figures, recoding, typed_in
from workbook_builder.app.saying import changed, last_refresh, log_lines, no_longer_there, told
from workbook_builder.app.saying_published import published_said, published_sentence
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.extracts.model import Extracts
from workbook_builder.history.model import Event, TypedRecord
from workbook_builder.plan.carried import carry
from workbook_builder.plan.model import Workbook
from workbook_builder.plan.notes import NotesSaid
from workbook_builder.plan.workbook import Surroundings, plan_workbook

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
    return Content(prepared, typing.records, still(remembered, typing, month), gone)


def content_then(frozen: Frozen, history: Reading, later: Since | None = None) -> Content:
    """The content of a month as it was published."""
    typed, publication = frozen.typed, frozen.publication
    known = typed_in(history, frozen.prepared.defined, publication.typed_until)
    gone = no_longer_there(typed.records, known)
    return Content(frozen.prepared, typed.records, typed.remembered, gone, frozen, later)


def content_published(
    frozen: Frozen, present: Present, typing: Typing, history: Reading, book: str
) -> Content:
    """The same with what came after: what the present files would change, what was typed."""
    return content_then(frozen, history, since(frozen, present, typing, history, book))


def plan_content(
    content: Content, events: Iterable[Event], macros: bool
) -> tuple[Workbook, tuple[TypedRecord, ...]]:
    """The plan with the log, newest event first, and everything typed in its place.

    The second part is what has no place in it.
    """
    held = tuple(events)
    shown = next((one for one in held if changed(one)), held[0])
    frozen = content.frozen
    around = Surroundings(
        log_lines(held),
        published_sentence(frozen) if frozen else last_refresh(shown),
        NotesSaid(
            not_carried=content.gone,
            published=published_said(frozen, content.later) if frozen else None,
        ),
        buttons=macros,
    )
    scorecard = content.prepared.scorecard
    typed, slots = (*content.remembered, *content.records), slots_of(scorecard.catalogue)
    carried = carry(plan_workbook(scorecard, around), typed, slots)
    if not carried.left:
        return carried.workbook, ()
    not_carried = (*content.gone, *map(told, carried.left))
    noted = replace(around, notes=replace(around.notes, not_carried=not_carried))
    again = carry(plan_workbook(scorecard, noted), typed, slots)
    return again.workbook, again.left


def still(remembered: Iterable[TypedRecord], typing: Typing, month: str) -> tuple[TypedRecord, ...]:
    """Manual figures of earlier months that the workbook before did not show."""
    shown = typing.cells()
    latest: dict[tuple[str, str], TypedRecord] = {}
    for record in sorted(remembered, key=lambda one: one.month):
        if (record.key, record.slot) not in shown or record.month != month:
            latest[record.key, record.slot] = record
    return tuple(record for at, record in latest.items() if at not in shown)
