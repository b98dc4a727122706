"""The verbs of Workbook Builder. The only module that knows all the others.

Each verb takes paths and a progress listener, and returns what it did; it prints nothing.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import CommandError, UserError, did_you_mean
from workbook_builder.periods import Month
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.catalogue.model import Catalogue
    from workbook_builder.extracts.model import Extracts

EXTRACTS = "extracts"
SCORECARD_FILE = "scorecard.toml"
BUILD_STEPS = 5


@dataclass(frozen=True)
class Checked:
    """What a check found in a folder without faults."""

    title: str
    month: str
    indicators: int
    figures: int
    rows_left_out: int
    remarks: int


@dataclass(frozen=True)
class Built:
    """What a build wrote."""

    workbook: Path
    results: Path
    backup: Path | None
    title: str
    month: str
    indicators: int
    figures: int
    rows_left_out: int
    remarks: int
    contradictions: tuple[str, ...]
    disagreements: int


def templates() -> dict[str, Path]:
    """The ready scorecards that come with the program, by name."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_templates", here.parent / "templates"):
        if folder.is_dir():
            return {
                path.name: path
                for path in sorted(folder.iterdir())
                if (path / SCORECARD_FILE).is_file()
            }
    return {}


def new(folder: Path, template: str) -> Path:
    """Start a scorecard folder as a copy of a template. Raises CommandError."""
    known = templates()
    if template not in known:
        names = ", ".join(known)
        question = did_you_mean(template, known)
        raise CommandError(f'There is no template "{template}". Templates: {names}. {question}')
    if folder.exists():
        raise CommandError(f"{folder} exists already; nothing was changed. Choose another name.")
    shutil.copytree(known[template], folder)
    return folder


def check(folder: Path, month: str = "", progress: Progress | None = None) -> Checked:
    """Read everything in a scorecard folder. Raises UserError with every fault."""
    listener = progress or Silent()
    listener.step(1, 1, "Reading the catalogue and the extracts")
    catalogue, extracts = _read(folder, month)
    return Checked(
        title=catalogue.settings.title,
        month=catalogue.settings.report_month.long_label,
        indicators=len(catalogue.indicators),
        figures=len(extracts.figures),
        rows_left_out=len(extracts.left_out),
        remarks=len(extracts.remarks),
    )


def build(
    folder: Path, month: str = "", out: Path | None = None, progress: Progress | None = None
) -> Built:
    """Build the workbook and results.csv of a scorecard folder, which stays as it was.

    They go to `out`, or else to output/<id of the scorecard> below the current folder. Raises
    UserError, in which case nothing was written and a workbook from before is untouched.
    """
    from workbook_builder.plan.workbook import plan_workbook
    from workbook_builder.results import results_table
    from workbook_builder.scorecard import build_scorecard
    from workbook_builder.writers.results_csv import write_results
    from workbook_builder.writers.safe import check_free, write_safely
    from workbook_builder.writers.xlsx import write_xlsx

    listener = progress or Silent()
    listener.step(1, BUILD_STEPS, "Reading the catalogue and the extracts")
    catalogue, extracts = _read(folder, month)
    settings = catalogue.settings
    target = (out or Path("output") / settings.id) / f"Scorecard {settings.report_month}.xlsx"
    results = target.with_name("results.csv")
    faults = [*check_free(target), *check_free(results)]
    if faults:
        raise UserError(faults)
    listener.step(2, BUILD_STEPS, "Computing figures, statuses and arrows")
    scorecard = build_scorecard(catalogue, extracts)
    listener.step(3, BUILD_STEPS, "Planning the workbook")
    plan = plan_workbook(scorecard)
    listener.step(4, BUILD_STEPS, "Tabulating the results")
    table = results_table(scorecard)
    listener.step(5, BUILD_STEPS, "Writing the workbook and results.csv")
    backup, _ = write_safely(
        [
            (target, lambda path: write_xlsx(plan, path)),
            (results, lambda path: write_results(table, path)),
        ]
    )
    return Built(
        workbook=target,
        results=results,
        backup=backup,
        title=settings.title,
        month=settings.report_month.long_label,
        indicators=len(catalogue.indicators),
        figures=len(extracts.figures),
        rows_left_out=len(extracts.left_out),
        remarks=len(extracts.remarks),
        contradictions=tuple(
            f"{line.indicator.name}: {line.verdict.by_hand.value} by hand, "
            f"{line.verdict.rule.light} by rule"
            for line in scorecard.contradictions
            if line.verdict.by_hand is not None
        ),
        disagreements=len(scorecard.table.disagreements),
    )


def _read(folder: Path, month: str) -> tuple[Catalogue, Extracts]:
    """The catalogue, then the extracts by it."""
    from workbook_builder.catalogue.load import load_catalogue
    from workbook_builder.extracts.folder import read_folder
    from workbook_builder.measures.series import check_breakdowns
    from workbook_builder.plan.registry import check_blocks

    catalogue = load_catalogue(folder, _month(month) if month else None)
    faults = check_blocks(catalogue)
    try:
        extracts = read_folder(folder / EXTRACTS, catalogue)
    except UserError as error:
        raise UserError([*faults, *error.faults]) from error
    faults += check_breakdowns(extracts)
    if faults:
        raise UserError(faults)
    return catalogue, extracts


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise CommandError(f"--month: {error}") from error
