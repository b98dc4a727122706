"""Scorecard folders: starting one, checking one, registering one."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import CommandError, UserError, did_you_mean
from workbook_builder.periods import Month
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.catalogue.model import Catalogue
    from workbook_builder.extracts.model import Extracts
    from workbook_builder.register import Registered

EXTRACTS = "extracts"
HISTORY = "history"
SCORECARD_FILE = "scorecard.toml"


@dataclass(frozen=True)
class Checked:
    """What a check found in a folder without faults."""

    title: str
    month: str
    indicators: int
    figures: int
    rows_left_out: int
    problem_count: int
    remarks: int


def templates() -> dict[str, Path]:
    """The ready scorecards that come with the program, by name."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "_templates", here.parent / "templates"):
        if folder.is_dir():
            return {
                path.name: path
                for path in sorted(folder.iterdir())
                if (path / SCORECARD_FILE).is_file()
            }
    return {}


def new(folder: Path, template: str) -> Path:
    """Start a scorecard folder as a copy of a template, and register it. Raises CommandError."""
    known = templates()
    if template not in known:
        names = ", ".join(known)
        question = did_you_mean(template, known)
        raise CommandError(f'There is no template "{template}". Templates: {names}. {question}')
    if folder.exists():
        raise CommandError(f"{folder} exists already; nothing was changed. Choose another name.")
    shutil.copytree(known[template], folder, ignore=shutil.ignore_patterns(HISTORY))
    register_folder(folder)
    return folder


def register_folder(folder: Path) -> Registered:
    """Tell the register where the scorecard of a folder is. Raises UserError."""
    from workbook_builder.listed import load_scorecard
    from workbook_builder.register import register

    catalogue = load_scorecard(folder, None)
    return register(catalogue.settings.id, folder.resolve())


def check(folder: Path, month: str = "", progress: Progress | None = None) -> Checked:
    """Read everything in a scorecard folder. Raises UserError with every fault."""
    listener = progress or Silent()
    listener.step(1, 1, "Reading the catalogue and the extracts")
    catalogue, extracts = read_scorecard(folder, month)
    return Checked(
        title=catalogue.settings.title,
        month=catalogue.settings.report_month.long_label,
        indicators=len(catalogue.indicators),
        figures=len(extracts.figures),
        rows_left_out=extracts.rows_left_out,
        problem_count=extracts.problem_count,
        remarks=len(extracts.remarks),
    )


def check_open(arguments: Sequence[str] = ()) -> Checked:
    """Check the folder of the workbook that is open. Raises UserError with every fault."""
    from workbook_builder.register import find
    from workbook_builder.writers.live import find_open_book

    opened = find_open_book(arguments)
    return check(find(opened.scorecard).folder, opened.month)


def read_scorecard(folder: Path, month: str) -> tuple[Catalogue, Extracts]:
    """The catalogue, then the extracts by it. Raises UserError with the faults of both."""
    from workbook_builder.listed import FOLDER, check_extracts, load_scorecard
    from workbook_builder.measures.series import check_breakdowns
    from workbook_builder.plan.registry import check_blocks

    wanted = month_of(month) if month else None
    try:
        catalogue = load_scorecard(folder, wanted)
    except UserError as error:
        lists = folder / EXTRACTS / FOLDER
        found = check_extracts(lists, wanted) if lists.is_dir() else []
        raise UserError([*error.faults, *found]) from error
    faults = check_blocks(catalogue)
    try:
        extracts = _extracts(folder, catalogue)
    except UserError as error:
        raise UserError([*faults, *error.faults]) from error
    faults += check_breakdowns(extracts)
    if faults:
        raise UserError(faults)
    return catalogue, extracts


def _extracts(scorecard: Path, catalogue: Catalogue) -> Extracts:
    """What the month's files give: counted figures, and those counted here from lists."""
    from workbook_builder.extracts.folder import read_folder

    folder = scorecard / EXTRACTS
    if not any(one.measure for one in catalogue.indicators):
        return read_folder(folder, catalogue)
    from workbook_builder.extracts.model import join
    from workbook_builder.listed import FOLDER, load_measures, read_listed

    library = load_measures(scorecard, catalogue.settings.lists)
    listed = read_listed(folder / FOLDER, catalogue, library)
    if not any(path.is_file() and path.suffix != ".md" for path in folder.iterdir()):
        return listed
    return join(read_folder(folder, catalogue), listed)


def month_of(text: str) -> Month:
    """The month that a command names. Raises CommandError."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise CommandError(f"--month: {error}") from error
