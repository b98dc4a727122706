"""Building a workbook: afresh, or in the place of one that people have worked in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app.folders import read_scorecard
from workbook_builder.app.open_scorecard import PROBLEMS
from workbook_builder.errors import UserError
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.app.content import Content
    from workbook_builder.app.preparing import Typing
    from workbook_builder.app.published import Frozen, Present
    from workbook_builder.catalogue.model import Catalogue, Settings
    from workbook_builder.history import History
    from workbook_builder.history.model import Stamp, TypedRecord
    from workbook_builder.plan.model import Workbook

BUILD_STEPS = 6


@dataclass(frozen=True)
class Built:
    """What a build wrote. carried counts what was typed before and stands again; left could not.

    published says of a published month when and by whom, and what came after.
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
    published: str = ""


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
    history first and carried into the new one. A month that is published is built as it was
    published, whatever the folder has now. Raises UserError, and no workbook was written then.
    """
    from workbook_builder.app.preparing import stamp_now
    from workbook_builder.app.published import frozen_month
    from workbook_builder.app.standing import Standing, check_places
    from workbook_builder.history import open_history

    listener = progress or Silent()
    listener.step(1, BUILD_STEPS, "Reading the catalogue and the extracts")
    settings, present = present_month(folder, month)
    target = place_of(settings, out, ".xlsm" if macros else ".xlsx")
    results = target.with_name("results.csv")
    faults = check_places(target, source)
    if faults:
        raise UserError(faults)
    who = stamp or stamp_now()
    with open_history(folder, settings.id, who, settings.history) as history:
        frozen = frozen_month(history, str(settings.report_month))
        catalogue = frozen.prepared.defined if frozen else present.definitions
        listener.step(2, BUILD_STEPS, "Saving what people typed in the workbook before")
        typing = Standing(folder, target, source, catalogue, history).typing()
        building = _Building(folder, catalogue, history, listener, target, results, macros)
        return building.build(typing, present, frozen)


def place_of(settings: Settings, out: Path | None, suffix: str = ".xlsx") -> Path:
    """Where the workbook of a month is written: in `out`, else below the current folder."""
    return (out or Path("output") / settings.id) / f"Scorecard {settings.report_month}{suffix}"


def present_month(folder: Path, month: str) -> tuple[Settings, Present]:
    """The settings with the month that is asked for, and what the folder has for it.

    Raises UserError with every fault of the folder, but not where the month is published: it can
    be built whatever became of the files since.
    """
    from workbook_builder.app.published import Present, published_settings, read_present

    published = published_settings(folder, month)
    if published is not None:
        return published, read_present(folder, str(published.report_month))
    catalogue, extracts = read_scorecard(folder, month)
    return catalogue.settings, Present(catalogue, extracts)


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

    def build(self, typing: Typing, present: Present, frozen: Frozen | None) -> Built:
        from workbook_builder.app.content import plan_content
        from workbook_builder.app.recording import work_of
        from workbook_builder.plan.structure import inventory_digest, inventory_text
        from workbook_builder.plan.workbook import Surroundings, draft_workbook

        self.listener.step(3, BUILD_STEPS, "Computing figures, statuses and arrows")
        content = self._content(typing, present, frozen)
        prepared = content.prepared
        before = Surroundings(last_month=content.last_month)
        draft = draft_workbook(prepared.scorecard, before)
        structure = inventory_text(draft.within(before))
        digest = inventory_digest(structure)
        self.history.keep_structure(digest, structure)
        held_back = len(content.later.held_back) if content.later else 0
        work = work_of(
            prepared, "build", self.target.name, digest, content.records, {}, 0, held_back
        )
        event = self.history.begin(work)
        self.listener.step(4, BUILD_STEPS, "Planning the workbook")
        events = (event, *self.history.events())
        planned = plan_content(content, events, self.macros, draft=draft)
        # A sheet of words with many rows is larger than in the plan without them.
        self.history.keep_structure(inventory_digest(planned.structure), planned.structure)
        backup = self._write(content, planned.workbook)
        self.history.finish(event, 0)
        replaced = self._register()
        return _built(self, content, backup, planned.left, replaced)

    def _content(self, typing: Typing, present: Present, frozen: Frozen | None) -> Content:
        from workbook_builder.app.content import content_now, content_published

        name = self.target.name
        if frozen is not None:
            return content_published(frozen, present, typing, self.history, name)
        return content_now(self.catalogue, present.extracts, typing, self.history, name)

    def _write(self, content: Content, workbook: Workbook) -> Path | None:
        from workbook_builder.app.tables import files_of
        from workbook_builder.writers.safe import write_safely

        self.listener.step(5, BUILD_STEPS, "Tabulating the results")
        files = files_of(content.prepared.scorecard, content.results)
        self.listener.step(6, BUILD_STEPS, f"Writing the workbook, {', '.join(files)}")

        beside = [(self.results.with_name(name), writing) for name, writing in files.items()]
        backups = write_safely([(self.target, write_book(workbook, self.macros)), *beside])
        return backups[0]

    def _register(self) -> Path | None:
        from workbook_builder.register import register

        settings = self.catalogue.settings
        done = register(settings.id, self.folder.resolve(), self.target.resolve())
        return Path(done.replaced) if done.replaced else None


def write_book(workbook: Workbook, macros: bool) -> Callable[[Path], None]:
    """What writes the file of a plan."""

    def write(path: Path) -> None:
        from workbook_builder.writers.xlsx import write_xlsx

        write_xlsx(workbook, path)
        if macros:
            from workbook_builder.writers.macros import add_macros

            add_macros(path)

    return write


def _built(
    building: _Building,
    content: Content,
    backup: Path | None,
    left: tuple[TypedRecord, ...],
    replaced: Path | None,
) -> Built:
    from workbook_builder.app.saying import not_placed
    from workbook_builder.app.saying_published import published_remark

    prepared, frozen, later = content.prepared, content.frozen, content.later
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
        carried=len(content.records) - len(left),
        left=tuple(not_placed(one) for one in left),
        replaced_folder=replaced,
        published=published_remark(frozen, later) if frozen and later else "",
    )
