"""Building a workbook: afresh, or in the place of one that people have worked in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app.folders import read_scorecard
from workbook_builder.app.open_scorecard import PROBLEMS
from workbook_builder.errors import UserError
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    import pandas as pd

    from workbook_builder.app.preparing import Prepared, Typing
    from workbook_builder.catalogue.model import Catalogue
    from workbook_builder.extracts.model import Extracts
    from workbook_builder.history import History
    from workbook_builder.history.model import Event, Stamp, TypedRecord
    from workbook_builder.plan.model import Workbook
    from workbook_builder.plan.workbook import Draft

BUILD_STEPS = 6


@dataclass(frozen=True)
class Built:
    """What a build wrote. carried counts what was typed before and stands again; left could not.

    problems is the file of the problem_count problems found in lists; None without lists.
    """

    workbook: Path
    results: Path
    problems: Path | None
    backup: Path | None
    title: str
    month: str
    indicators: int
    figures: int
    rows_left_out: int
    problem_count: int
    remarks: int
    contradictions: tuple[str, ...]
    disagreements: int
    carried: int
    left: tuple[str, ...]
    replaced_folder: Path | None


def build(
    folder: Path,
    month: str = "",
    out: Path | None = None,
    progress: Progress | None = None,
    *,
    macros: bool = False,
    source: Path | None = None,
    stamp: Stamp | None = None,
) -> Built:
    """Build the workbook and results.csv of a scorecard folder and remember them in its history.

    They go to `out`, or else to output/<id of the scorecard> below the current folder. What people
    typed in a workbook that stands there, or in the one that `source` names, is saved to the
    history first and carried into the new one. Raises UserError, and no workbook was written then.
    """
    from workbook_builder.app.preparing import stamp_now
    from workbook_builder.app.standing import Standing, check_places
    from workbook_builder.history import open_history

    listener = progress or Silent()
    listener.step(1, BUILD_STEPS, "Reading the catalogue and the extracts")
    catalogue, extracts = read_scorecard(folder, month)
    settings = catalogue.settings
    suffix = ".xlsm" if macros else ".xlsx"
    target = (out or Path("output") / settings.id) / f"Scorecard {settings.report_month}{suffix}"
    results = target.with_name("results.csv")
    faults = check_places(target, source)
    if faults:
        raise UserError(faults)
    who = stamp or stamp_now()
    with open_history(folder, settings.id, who, settings.history) as history:
        listener.step(2, BUILD_STEPS, "Saving what people typed in the workbook before")
        typing = Standing(folder, target, source, catalogue, history).typing()
        return _Building(
            folder, catalogue, history, listener, target, results, macros, typing
        ).build(extracts)


@dataclass(frozen=True)
class _Building:
    """One build, once it is clear what stands in its place."""

    folder: Path
    catalogue: Catalogue
    history: History
    listener: Progress
    target: Path
    results: Path
    macros: bool
    typing: Typing

    def build(self, extracts: Extracts) -> Built:
        from workbook_builder.app.preparing import prepare, with_history, work_of
        from workbook_builder.plan.slots import MANUAL
        from workbook_builder.plan.structure import inventory_digest, inventory_text
        from workbook_builder.plan.workbook import draft_workbook

        self.listener.step(3, BUILD_STEPS, "Computing figures, statuses and arrows")
        extracts = with_history(extracts, self.catalogue, self.history)
        remembered = list(self.history.latest(MANUAL))
        prepared = prepare(
            self.catalogue,
            extracts,
            self.typing,
            remembered,
            self.target.name,
        )
        draft = draft_workbook(prepared.scorecard)
        structure = inventory_text(draft.within())
        digest = inventory_digest(structure)
        self.history.keep_structure(digest, structure)
        work = work_of(prepared, "build", self.target.name, digest, self.typing.records, {})
        event = self.history.begin(work)
        self.listener.step(4, BUILD_STEPS, "Planning the workbook")
        workbook, left = self._plan(draft, event, remembered)
        backup = self._write(prepared, workbook)
        self.history.finish(event, 0)
        replaced = self._register()
        return _built(self, prepared, backup, left, replaced)

    def _plan(
        self, draft: Draft, event: Event, remembered: list[TypedRecord]
    ) -> tuple[Workbook, tuple[TypedRecord, ...]]:
        """The plan with the log and with everything typed in its place."""
        from workbook_builder.app.preparing import slots_of
        from workbook_builder.app.saying import (
            changed,
            last_refresh,
            log_lines,
            no_longer_there,
            told,
        )
        from workbook_builder.plan.carried import carry
        from workbook_builder.plan.notes import NotesSaid
        from workbook_builder.plan.workbook import Surroundings

        events = (event, *self.history.events())
        shown = next((one for one in events if changed(one)), event)
        month = str(self.catalogue.settings.report_month)
        gone = no_longer_there(self.typing.records, self.history.typed(month, gone=True))
        around = Surroundings(
            log_lines(events),
            last_refresh(shown),
            NotesSaid(not_carried=gone),
            buttons=self.macros,
        )
        typed = (*_still(remembered, self.typing, month), *self.typing.records)
        slots = slots_of(self.catalogue)
        carried = carry(draft.within(around), typed, slots)
        if not carried.left:
            return carried.workbook, ()
        noted = replace(
            around, notes=replace(around.notes, not_carried=(*gone, *map(told, carried.left)))
        )
        again = carry(draft.within(noted), typed, slots)
        return again.workbook, again.left

    def _write(self, prepared: Prepared, workbook: Workbook) -> Path | None:
        from workbook_builder.app.tables import tables_of
        from workbook_builder.writers.results_csv import write_results
        from workbook_builder.writers.safe import write_safely
        from workbook_builder.writers.xlsx import write_xlsx

        self.listener.step(5, BUILD_STEPS, "Tabulating the results")
        tables = tables_of(prepared.scorecard)
        self.listener.step(6, BUILD_STEPS, f"Writing the workbook, {', '.join(tables)}")

        def write(path: Path) -> None:
            write_xlsx(workbook, path)
            if self.macros:
                from workbook_builder.writers.macros import add_macros

                add_macros(path)

        def table_writer(table: pd.DataFrame) -> Callable[[Path], None]:
            return lambda path: write_results(table, path)

        beside = [
            (self.results.with_name(name), table_writer(table)) for name, table in tables.items()
        ]
        backups = write_safely([(self.target, write), *beside])
        return backups[0]

    def _register(self) -> Path | None:
        from workbook_builder.register import register

        settings = self.catalogue.settings
        done = register(settings.id, self.folder.resolve(), self.target.resolve())
        return Path(done.replaced) if done.replaced else None


def _still(remembered: list[TypedRecord], typing: Typing, month: str) -> tuple[TypedRecord, ...]:
    """Manual figures of earlier months that the workbook before did not show."""
    shown = typing.cells()
    latest: dict[tuple[str, str], TypedRecord] = {}
    for record in sorted(remembered, key=lambda one: one.month):
        if (record.key, record.slot) not in shown or record.month != month:
            latest[record.key, record.slot] = record
    return tuple(record for at, record in latest.items() if at not in shown)


def _built(
    building: _Building,
    prepared: Prepared,
    backup: Path | None,
    left: tuple[TypedRecord, ...],
    replaced: Path | None,
) -> Built:
    settings, scorecard = prepared.catalogue.settings, prepared.scorecard
    extracts = prepared.extracts
    return Built(
        workbook=building.target,
        results=building.results,
        problems=building.results.with_name(PROBLEMS) if extracts.quality else None,
        backup=backup,
        title=settings.title,
        month=settings.report_month.long_label,
        indicators=len(prepared.catalogue.indicators),
        figures=len(extracts.figures),
        rows_left_out=extracts.rows_left_out,
        problem_count=extracts.problem_count,
        remarks=len(extracts.remarks),
        contradictions=tuple(
            f"{line.indicator.name}: {line.verdict.by_hand.value} by hand, "
            f"{line.verdict.rule.light} by rule"
            for line in scorecard.contradictions
            if line.verdict.by_hand is not None
        ),
        disagreements=len(scorecard.table.disagreements),
        carried=len(building.typing.records) - len(left),
        left=tuple(f"{r.kind} on {r.sheet} {r.cell} ({r.key})" for r in left),
        replaced_folder=replaced,
    )
