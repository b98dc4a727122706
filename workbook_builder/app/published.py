"""A published month as the history has it, and what came after it and changes nothing there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from workbook_builder import __version__
from workbook_builder.app.differing import Differing, differing, rows_of
from workbook_builder.app.folders import month_of, read_scorecard
from workbook_builder.app.preparing import (
    Prepared,
    Typing,
    prepare,
    prepare_again,
    with_codes,
    with_history,
)
from workbook_builder.app.recoding import manual_figures, recoding
from workbook_builder.catalogue.load import load_settings
from workbook_builder.catalogue.model import Catalogue, Settings
from workbook_builder.errors import Fault, InternalError, UserError
from workbook_builder.extracts.model import Extracts
from workbook_builder.history import read_history
from workbook_builder.history.frozen import TypedThen, read_extracts, read_reported, read_typed
from workbook_builder.history.model import Event, Publication, Stamp, TypedRecord
from workbook_builder.history.recoded import Recoded
from workbook_builder.history.restated import Reported, first_reports
from workbook_builder.plan.slots import HEIGHT
from workbook_builder.results import results_table, rows
from workbook_builder.scorecard import build_scorecard
from workbook_builder.writers.results_csv import results_text

if TYPE_CHECKING:
    from workbook_builder.history.reading import Reading


@dataclass(frozen=True)
class Frozen:
    """A month as it was published.

    publications are all of its month up to this one, oldest first. results is results.csv as it
    was; otherwise lists the lines that this version of the program would judge another way.
    """

    publication: Publication
    publications: tuple[Publication, ...]
    prepared: Prepared
    typed: TypedThen
    results: str
    otherwise: tuple[Differing, ...]


@dataclass(frozen=True)
class Present:
    """What the folder has now: definitions and extracts, or how many faults they have."""

    catalogue: Catalogue | None
    extracts: Extracts
    faults: int = 0

    @property
    def definitions(self) -> Catalogue:
        """The definitions of a month that is not published, which was read without faults."""
        if self.catalogue is None:
            raise InternalError("a month lost its publication while it was built")
        return self.catalogue


@dataclass(frozen=True)
class Since:
    """What came after a publication.

    held_back are the lines that the present files would change; faults counts what hinders them
    from being read. later is what was typed since, with who saved it and when.
    """

    held_back: tuple[Differing, ...] = ()
    faults: int = 0
    later: tuple[tuple[Stamp, TypedRecord], ...] = ()


def frozen_month(history: Reading, month: str, edition: int | None = None) -> Frozen | None:
    """A month as it was published last, or in an edition; None where it was not.

    Raises UserError where this version of the program cannot read what an older one kept.
    """
    editions = history.publications(month)
    wanted = [one for one in editions if edition in (None, one.edition)]
    if not wanted:
        return None
    publication = wanted[-1]
    try:
        judged = Catalogue.model_validate_json(history.text(publication.catalogue))
        event = next(one for one in history.events() if one.number == publication.event)
        defined = definitions_of(history, event)
        extracts = read_extracts(history.text(publication.extracts))
        typed = read_typed(history.text(publication.typed))
    except ValidationError as error:
        raise UserError([_unreadable(month, publication.stamp)]) from error
    codes = recoding(history, defined, publication.event)
    reported = reported_in(history, month, codes, publication.number)
    prepared = Prepared(defined, build_scorecard(judged, extracts, reported))
    results = history.text(publication.results)
    now = results_text(results_table(prepared.scorecard))
    otherwise = () if now == results else differing(rows_of(results), rows_of(now))
    upto = tuple(one for one in editions if one.edition <= publication.edition)
    return Frozen(publication, upto, prepared, typed, results, otherwise)


def definitions_of(history: Reading, event: Event) -> Catalogue:
    """The definitions by which an event's figures were judged. Raises UserError."""
    try:
        return Catalogue.model_validate_json(history.catalogue(event))
    except ValidationError as error:
        raise UserError([_unreadable(event.month, event.stamp)]) from error


def shown_by(
    history: Reading, event: Event, typing: Typing, book: str, reported: Reported
) -> Prepared | None:
    """What the workbook of an event shows, with the statuses typed in it now.

    None where an older version of the program did not keep what it read. Raises UserError.
    """
    text = history.extracts_of(event)
    if not text:
        return None
    try:
        extracts = read_extracts(text)
    except ValidationError:
        return None
    return prepare_again(definitions_of(history, event), extracts, typing, book, reported)


def results_from(catalogue: str, extracts: str, reported: Reported) -> str:
    """results.csv computed from the texts of a publication."""
    judged = Catalogue.model_validate_json(catalogue)
    scorecard = build_scorecard(judged, read_extracts(extracts), reported)
    return results_text(results_table(scorecard))


def reported_in(history: Reading, month: str, codes: Recoded, until: int | None = None) -> Reported:
    """What was reported first, as the workbook of a month knows it: nothing of later months.

    What was reported under a code that the indicator had before is its own. until is the number of
    the last publication that counts.
    """
    known = [
        one for one in history.publications(until=month) if until is None or one.number <= until
    ]
    return first_reports(
        (
            one.month,
            [
                ((codes.code(key[0]), *key[1:]), value)
                for key, value in read_reported(history.text(one.reported))
            ],
        )
        for one in known
    )


def published_settings(folder: Path, month: str) -> Settings | None:
    """The settings with a month, or with the folder's own, where that month is published."""
    wanted = month_of(month) if month else None
    try:
        settings = load_settings(folder)
    except UserError:
        # Whoever reads the whole folder lists these faults with all others.
        return None
    chosen = wanted or settings.report_month
    with read_history(folder, settings.id, settings.history) as history:
        if not history.publications(str(chosen)):
            return None
    return settings.model_copy(update={"report_month": chosen})


def read_present(folder: Path, month: str) -> Present:
    """What the folder has for a month that is published, faults or not."""
    try:
        return Present(*read_scorecard(folder, month))
    except UserError as error:
        return Present(None, Extracts(), len(error.faults))


def since(frozen: Frozen, present: Present, typing: Typing, history: Reading, book: str) -> Since:
    """What came after a publication: what is held back, and what was typed."""
    later = tuple(one for one in history.typed_since(frozen.publication) if one[1].kind != HEIGHT)
    if present.catalogue is None:
        return Since((), present.faults, later)
    codes = recoding(history, present.catalogue)
    extracts = with_history(present.extracts, present.catalogue, history)
    remembered = manual_figures(history, present.catalogue)
    reported = frozen.prepared.scorecard.reported
    try:
        now = prepare(
            present.catalogue, extracts, with_codes(typing, codes), remembered, book, reported
        )
    except UserError as error:
        return Since((), len(error.faults), later)
    then = [{**row, "indicator": codes.code(row["indicator"])} for row in rows_of(frozen.results)]
    return Since(differing(then, rows(now.scorecard)), 0, later)


def _unreadable(month: str, stamp: Stamp) -> Fault:
    what = (
        f"What the history has of {month} was written by version {stamp.version} of the program, "
        f"in a form that version {__version__} cannot read. Nothing was written."
    )
    return Fault("WB510", what, fix="Do this with the older version.")
