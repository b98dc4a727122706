"""Publishing a month: what its workbook shows is frozen in the history, with who and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import publishing_refusals as refusals
from workbook_builder.app.differing import Differing, differing
from workbook_builder.errors import CommandError, InternalError, UserError
from workbook_builder.periods import Month
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.app.preparing import Prepared, Typing
    from workbook_builder.app.published import Present
    from workbook_builder.catalogue.model import Settings
    from workbook_builder.history import History
    from workbook_builder.history.model import Event, Freeze, Publication, Stamp
    from workbook_builder.history.restated import Reported

STEPS = 4


@dataclass(frozen=True)
class Published:
    """What was published, and how often before.

    new counts the figures that nobody had published before, restated those that are other ones
    than were first reported. changed are the lines that a correction changes in the publication
    before it. typed_over counts formulas that somebody typed over: the publication has ours.
    """

    month: str
    sentence: str
    edition: int
    workbook: Path | None
    figures: int
    new: int
    restated: int
    typed: int
    typed_over: int
    changed: tuple[Differing, ...] = ()


def publish(
    folder: Path,
    month: str = "",
    progress: Progress | None = None,
    *,
    out: Path | None = None,
    source: Path | None = None,
    again: str | None = None,
    as_shown: bool = False,
    stamp: Stamp | None = None,
) -> Published:
    """Freeze the figures, judgements, targets and comments of a month.

    It is the folder's own report month unless given. What people typed is read first, from the
    workbook that `source` names, that `out` holds, or that the last build made. A month is
    published once; `again` is the reason for a correction, which takes the folder's present files.
    as_shown keeps what the workbook shows where the present files would give something else. No
    workbook is changed: its next refresh or build marks it. Raises UserError and CommandError, and
    nothing was published then.
    """
    from workbook_builder.app.folders import month_of
    from workbook_builder.app.preparing import stamp_now
    from workbook_builder.app.standing import workbook_of
    from workbook_builder.catalogue.load import load_settings
    from workbook_builder.history import open_history

    if again is not None and not again.strip():
        raise CommandError("--again needs the reason why the month is published again.")
    listener = progress or Silent()
    listener.step(1, STEPS, "Reading the catalogue and the extracts")
    settings = load_settings(folder)
    chosen = month_of(month) if month else settings.report_month
    settings = settings.model_copy(update={"report_month": chosen})
    present = _present(folder, str(chosen), as_shown)
    book = workbook_of(settings, folder, out, source)
    with open_history(folder, settings.id, stamp or stamp_now(), settings.history) as history:
        work = _Publishing(folder, settings, history, listener, book, source, (again or "").strip())
        return work.publish(present)


def _present(folder: Path, month: str, as_shown: bool) -> Present | None:
    """What the folder has now. Raises UserError, where the workbook alone is not to count."""
    from workbook_builder.app.folders import read_scorecard
    from workbook_builder.app.published import Present

    return None if as_shown else Present(*read_scorecard(folder, month))


@dataclass(frozen=True)
class _Publishing:
    """One publication, once it is clear which workbook it is about."""

    folder: Path
    settings: Settings
    history: History
    listener: Progress
    book: Path
    source: Path | None
    reason: str

    @property
    def month(self) -> str:
        return str(self.settings.report_month)

    def publish(self, present: Present | None) -> Published:
        from workbook_builder.app.published import definitions_of, reported_in
        from workbook_builder.app.recoding import recoding

        event, before = self._checked()
        self.listener.step(2, STEPS, "Reading what people typed")
        typing = self._typing(event)
        catalogue = present.definitions if present else definitions_of(self.history, event)
        reported = reported_in(self.history, self.month, recoding(self.history, catalogue))
        self.listener.step(3, STEPS, "Holding the workbook against the present files")
        prepared = self._prepared(event, typing, present, reported)
        self.listener.step(4, STEPS, "Publishing")
        return self._freeze(prepared, typing, event, before)

    def _checked(self) -> tuple[Event, Publication | None]:
        """The event that made the workbook as it is, and the last publication. Raises UserError."""
        event = self.history.last_change(self.month)
        if event is None:
            raise UserError([refusals.no_workbook(self.folder, self.month)])
        torn = [e for e in self.history.unfinished() if e.month == self.month]
        if any(e.kind in ("refresh", "undo") and e.number > event.number for e in torn):
            raise UserError([refusals.interrupted(self.book)])
        before = next(iter(reversed(self.history.publications(self.month))), None)
        if before is not None and not self.reason:
            raise UserError([refusals.published_already(before)])
        if before is None and self.reason:
            raise UserError([refusals.not_published(self.month)])
        return event, before

    def _typing(self, event: Event) -> Typing:
        """What people typed, the latest of it saved to the history. Raises UserError."""
        from workbook_builder.app.published import definitions_of
        from workbook_builder.app.standing import Standing, missing_source

        faults = missing_source(self.source)
        if faults:
            raise UserError(faults)
        catalogue = definitions_of(self.history, event)
        return Standing(self.folder, self.book, self.source, catalogue, self.history).typing()

    def _prepared(
        self, event: Event, typing: Typing, present: Present | None, reported: Reported
    ) -> Prepared:
        """What is published: what the workbook shows, or for a correction the present files.

        Raises UserError where the present files would give something else than it shows.
        """
        from workbook_builder.app.published import shown_by
        from workbook_builder.results import rows

        shown = shown_by(self.history, event, typing, self.book.name, reported)
        now = self._now(present, typing, reported) if present else None
        if now is not None and self.reason:
            return now
        if shown is None:
            if now is None or self._is_other(now, event):
                raise UserError([refusals.older_program(self.book)])
            return now
        differ = differing(rows(shown.scorecard), rows(now.scorecard)) if now else ()
        if differ:
            raise UserError([refusals.shows_other(self.book, differ)])
        return shown

    def _now(self, present: Present, typing: Typing, reported: Reported) -> Prepared:
        from workbook_builder.app.preparing import prepare, with_codes, with_history
        from workbook_builder.app.recoding import manual_figures, recoding

        typing = with_codes(typing, recoding(self.history, present.definitions))
        extracts = with_history(present.extracts, present.definitions, self.history)
        remembered = manual_figures(self.history, present.definitions)
        name = self.book.name
        return prepare(present.definitions, extracts, typing, remembered, name, reported)

    def _is_other(self, now: Prepared, event: Event) -> bool:
        """Whether the files give other figures or definitions than the workbook's event had."""
        from workbook_builder.app.recoding import recoding
        from workbook_builder.app.recording import catalogue_text, figures_of
        from workbook_builder.history.rows import difference

        codes = recoding(self.history, now.defined)
        before = codes.figures(self.history.figures(until=self.month))
        known = {one.identity: one for one in before}
        found = difference(known, figures_of(now))
        if found.added or found.changed or found.removed:
            return True
        return catalogue_text(now.defined) != self.history.catalogue(event)

    def _freeze(
        self, prepared: Prepared, typing: Typing, event: Event, before: Publication | None
    ) -> Published:
        from workbook_builder.app.content import still
        from workbook_builder.app.differing import rows_of
        from workbook_builder.app.preparing import with_codes
        from workbook_builder.app.published import frozen_month
        from workbook_builder.app.recoding import manual_figures, recoding
        from workbook_builder.app.recording import catalogue_text, work_of
        from workbook_builder.app.saying_published import published_sentence
        from workbook_builder.history.frozen import TypedThen, reported_text, typed_text
        from workbook_builder.history.model import Freeze
        from workbook_builder.history.restated import Mark, newly_reported, reports
        from workbook_builder.plan.slots import OVER
        from workbook_builder.results import results_table
        from workbook_builder.writers.results_csv import results_text

        scorecard = prepared.scorecard
        figures = {
            one.key: one.point.value
            for one in scorecard.figures()
            # Newer extracts may hold months that this month's workbook does not show.
            if one.period.start <= scorecard.month
        }
        new = newly_reported(figures.items(), scorecard.reported)
        scorecard = replace(scorecard, reported=_with(scorecard.reported, new, self.month))
        results = results_text(results_table(scorecard))
        structure = self.history.structure_of(event)
        codes = recoding(self.history, prepared.defined)
        typing = with_codes(typing, codes)
        manual = manual_figures(self.history, prepared.defined)
        remembered = still(manual, typing, self.month)
        freeze = Freeze(
            work=work_of(prepared, "publish", event.workbook, structure, typing.records, {}),
            catalogue=catalogue_text(scorecard.catalogue),
            typed=typed_text(TypedThen(typing.records, remembered)),
            results=results,
            reported=reported_text(new),
            reason=self.reason,
        )
        _check_rebuilds(freeze, scorecard.reported)
        self.history.publish(freeze)
        frozen = frozen_month(self.history, self.month)
        assert frozen is not None
        was = rows_of(self.history.text(before.results)) if before else []
        return Published(
            month=Month.parse(self.month).long_label,
            sentence=published_sentence(frozen),
            edition=frozen.publication.edition,
            workbook=self.book if self.book.is_file() else None,
            figures=sum(1 for value in figures.values() if reports(value)),
            new=len(new),
            restated=sum(1 for mark in scorecard.marks.values() if mark is Mark.RESTATED),
            typed=len(typing.records),
            typed_over=sum(1 for one in typing.records if one.kind == OVER),
            changed=differing(was, rows_of(results)) if before else (),
        )


def _check_rebuilds(freeze: Freeze, reported: Reported) -> None:
    """Raise InternalError where the texts would not give the same results again."""
    from workbook_builder.app.published import results_from

    if results_from(freeze.catalogue, freeze.work.extracts, reported) != freeze.results:
        raise InternalError("a publication would not be rebuilt as it is")


def _with(
    before: Reported, new: Mapping[tuple[str, str, str], float | str], month: str
) -> Reported:
    from workbook_builder.history.restated import FirstReport, Reported

    added = {key: FirstReport(value, month) for key, value in new.items()}
    return Reported({**before.first, **added}, published=True)
