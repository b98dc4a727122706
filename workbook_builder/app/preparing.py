"""From a scorecard folder and what people typed to the computed scorecard."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_builder import __version__
from workbook_builder.annotations.book import Identity
from workbook_builder.app.folders import read_scorecard
from workbook_builder.app.recoding import recoding, unknown_codes
from workbook_builder.catalogue.model import Catalogue, Override
from workbook_builder.catalogue.words import OverrideOf, PeriodType
from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.extracts.manual import Entry, with_entries
from workbook_builder.extracts.model import Extracts
from workbook_builder.extracts.names import What
from workbook_builder.history.model import MAKING, Stamp, TypedRecord
from workbook_builder.history.recoded import Recoded
from workbook_builder.history.restated import NOTHING_REPORTED, Reported
from workbook_builder.judgement.status import parse_status
from workbook_builder.plan.slots import INPUT, MANUAL, Slots
from workbook_builder.plan.structure import (
    Inventory,
    inputs_only,
    inventory_text,
    read_inventory,
    structure_digest,
)
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.scorecard import Scorecard, build_scorecard

if TYPE_CHECKING:
    from workbook_builder.history.reading import Reading

NO_REASON = "no reason given"


@dataclass(frozen=True)
class Prepared:
    """A scorecard computed with what people typed, and the catalogue as the folder has it."""

    defined: Catalogue
    scorecard: Scorecard

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue with the statuses that stand in the workbook."""
        return self.scorecard.catalogue

    @property
    def extracts(self) -> Extracts:
        return self.scorecard.extracts


@dataclass(frozen=True)
class Typing:
    """What a workbook that stands already brings along; empty before the first build."""

    records: tuple[TypedRecord, ...] = ()
    inventory: Inventory | None = None
    given: tuple[Override, ...] | None = None

    def slots(self, slot: str) -> set[str]:
        """The keys of the workbook's cells for a slot, whether filled or not."""
        sheets = self.inventory.sheets.values() if self.inventory else ()
        return {box.key for sheet in sheets for box in sheet.inputs if box.slot == slot}

    def cells(self) -> set[tuple[str, str]]:
        """Key and slot of every cell made for typing."""
        sheets = self.inventory.sheets.values() if self.inventory else ()
        return {(box.key, box.slot) for sheet in sheets for box in sheet.inputs}


def stamp_now() -> Stamp:
    """Who is at work, where and when."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = "unknown"
    return Stamp(dt.datetime.now(dt.UTC).replace(microsecond=0), who, platform.node(), __version__)


def slots_of(catalogue: Catalogue) -> Slots:
    """What annotations need to know of a catalogue to say which month a cell is about."""
    quarterly = {
        code
        for one in catalogue.indicators
        if one.period_type is PeriodType.QUARTERLY
        for code in (one.code, *one.replaces)
    }
    settings = catalogue.settings
    return Slots(settings.report_month, settings.years, frozenset(quarterly))


def prepare(
    catalogue: Catalogue,
    extracts: Extracts,
    typing: Typing,
    remembered: Iterable[TypedRecord],
    book: str,
    reported: Reported = NOTHING_REPORTED,
) -> Prepared:
    """Compute the scorecard. Raises UserError with every typed entry that cannot be used.

    remembered are manual figures of earlier workbooks; `book` names the one that stands now;
    reported is what publications have said.
    """
    faults: list[Fault] = []
    statuses = _statuses(catalogue, typing, book, faults)
    entries = [*_entries(typing.records, book), *_remembered(typing, remembered)]
    try:
        whole = with_entries(extracts, entries, catalogue)
    except UserError as error:
        raise UserError([*faults, *error.faults]) from error
    if faults:
        raise UserError(faults)
    judged = catalogue.model_copy(update={"overrides": statuses})
    return Prepared(catalogue, build_scorecard(judged, whole, reported))


def prepare_again(
    catalogue: Catalogue, extracts: Extracts, typing: Typing, book: str, reported: Reported
) -> Prepared:
    """Compute what a workbook shows already: its figures as they are, its statuses as typed now.

    extracts hold the manual figures that have reached the workbook. Raises UserError.
    """
    faults: list[Fault] = []
    statuses = _statuses(catalogue, typing, book, faults)
    if faults:
        raise UserError(faults)
    judged = catalogue.model_copy(update={"overrides": statuses})
    return Prepared(catalogue, build_scorecard(judged, extracts, reported))


def with_history(extracts: Extracts, catalogue: Catalogue, history: Reading) -> Extracts:
    """The extracts, and for indicators counted from lists the months that none of them covers.

    With remarks on what the history should know and does not.
    """
    from workbook_builder.history.earlier import with_earlier_months

    extracts = replace(extracts, remarks=(*extracts.remarks, *unknown_codes(history, catalogue)))
    if not any(one.measure for one in catalogue.indicators):
        return extracts
    known = history.figures(until=str(catalogue.settings.report_month))
    codes = recoding(history, catalogue)
    return with_earlier_months(
        extracts,
        codes.figures(known),
        catalogue,
        lambda month: codes.figures(history.figures(until=str(month.plus(-1)))),
    )


def _statuses(
    catalogue: Catalogue, typing: Typing, book: str, faults: list[Fault]
) -> tuple[Override, ...]:
    """The overrides as the workbook has them: what a person changed there wins for its month."""
    month = catalogue.settings.report_month
    kept = [o for o in catalogue.overrides if o.what is not OverrideOf.STATUS or o.period != month]
    now = {o.indicator: o for o in catalogue.overrides if o not in kept}
    before = now if typing.given is None else {o.indicator: o for o in typing.given}
    typed = {(r.key, r.slot): r for r in typing.records if r.kind == INPUT}
    in_book = typing.slots("status")
    for code in [c for c in (one.code for one in catalogue.indicators) if c in in_book]:
        word, reason = _said(typed.get((code, "status"))), _said(typed.get((code, "reason")))
        given = before.get(code)
        unchanged = _alike(word.content if word else "", given.value if given else "") and (
            reason.content if reason else ""
        ) == (given.reason if given else "")
        if unchanged:
            continue
        now.pop(code, None)
        if word is not None:
            words = catalogue.settings.status_words
            if parse_status(word.content, words) is None:
                faults.append(_no_status(word, catalogue, book))
            said = reason.content if reason else NO_REASON
            now[code] = Override(
                indicator=code,
                period=month,
                what=OverrideOf.STATUS,
                value=word.content,
                reason=said,
                role="",
            )
    return (*kept, *now.values())


def _said(record: TypedRecord | None) -> TypedRecord | None:
    """A typed cell without the blanks around its text; none where there is nothing else."""
    text = record.content.strip() if record is not None else ""
    return replace(record, content=text) if record is not None and text else None


def statuses_to_type(prepared: Prepared, typing: Typing) -> list[tuple[str, str, str]]:
    """Indicator, status wanted and status typed where the workbook's cell says otherwise."""
    month = prepared.catalogue.settings.report_month
    wanted = {
        one.indicator: one.value
        for one in prepared.catalogue.overrides
        if one.what is OverrideOf.STATUS and one.period == month
    }
    typed = {r.key: r.content for r in typing.records if r.kind == INPUT and r.slot == "status"}
    return [
        (code, wanted.get(code, ""), typed.get(code, ""))
        for code in sorted(typing.slots("status"))
        if not _alike(wanted.get(code, ""), typed.get(code, ""))
    ]


def _alike(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _no_status(word: TypedRecord, catalogue: Catalogue, book: str) -> Fault:
    words = catalogue.settings.status_words
    return Fault(
        "WB605",
        f'"{word.content}" is not a status.',
        _place(word, book),
        allowed=", ".join((words.red, words.amber, words.green, words.unknown)),
        fix="Choose one from the list of the cell, or empty it.",
    )


def _place(record: TypedRecord, book: str) -> Place:
    letters = "".join(char for char in record.cell if char.isalpha())
    digits = "".join(char for char in record.cell if char.isdigit())
    code = record.key.partition("|")[0]
    return Place(book, record.sheet, int(digits) if digits else None, letters, code)


def _entries(records: Iterable[TypedRecord], book: str) -> list[Entry]:
    found = []
    for record in records:
        if record.kind != MANUAL:
            continue
        part, _, period = record.slot.partition(", ")
        percent = bool(record.detail and json.loads(record.detail).get("percent"))
        code = record.key.partition("|")[0]
        place = replace(_place(record, book), indicator="")
        found.append(Entry(code, What(part), period, record.content, place, percent))
    return found


def _remembered(typing: Typing, remembered: Iterable[TypedRecord]) -> list[Entry]:
    """Manual figures of earlier months; a cell that this workbook has counts as it is now."""
    shown = typing.cells()
    latest: dict[tuple[str, str], TypedRecord] = {}
    for record in remembered:
        at = (record.key, record.slot)
        if at in shown:
            continue
        if at not in latest or latest[at].month <= record.month:
            latest[at] = record
    return [
        entry
        for record in latest.values()
        for entry in _entries([record], f"Scorecard {record.month}")
    ]


def typing_of(
    typed: tuple[TypedRecord, ...],
    inventory: Inventory | None,
    catalogue: Catalogue,
    history: Reading,
) -> Typing:
    """What a month's workbook brings along, with the statuses that its last build put there.

    All of it under the codes that the catalogue's indicators have now.
    """
    month = str(catalogue.settings.report_month)
    last = next((e for e in history.events(month=month) if e.kind in MAKING), None)
    given = None
    if last is not None:
        given = _given(json.loads(history.catalogue(last)), month)
    return with_codes(Typing(typed, inventory, given), recoding(history, catalogue))


def with_codes(typing: Typing, codes: Recoded) -> Typing:
    """The same under the codes that the indicators have now."""
    if not codes.now:
        return typing
    inventory, given = typing.inventory, typing.given
    if inventory is not None:
        sheets = {
            number: replace(
                sheet, inputs=tuple(replace(box, key=codes.key(box.key)) for box in sheet.inputs)
            )
            for number, sheet in inventory.sheets.items()
        }
        inventory = Inventory(sheets)
    if given is not None:
        given = tuple(
            one.model_copy(update={"indicator": codes.code(one.indicator)}) for one in given
        )
    return Typing(codes.typed(typing.records), inventory, given)


def _given(catalogue: Mapping[str, Any], month: str) -> tuple[Override, ...]:
    found = [Override(**one) for one in catalogue.get("overrides", ())]
    return tuple(one for one in found if one.what is OverrideOf.STATUS and str(one.period) == month)


def inventory_of(identity: Identity, history: Reading, folder: Path) -> Inventory:
    """What a workbook was made of, as its build remembered it.

    Where the history does not know it, as after it was lost, the folder's definitions say which
    cells were made for typing; formulas typed over can be told only where they are the same still.
    """
    text = history.structure(identity.inventory) if identity.inventory else None
    if text is not None:
        return read_inventory(text)
    catalogue, extracts = read_scorecard(folder, identity.month)
    plan = plan_workbook(build_scorecard(catalogue, extracts))
    inventory = read_inventory(inventory_text(plan))
    return inventory if structure_digest(plan) == identity.structure else inputs_only(inventory)
