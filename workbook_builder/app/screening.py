"""Screening a finished file before it leaves, with the lists of its scorecard where they are known.

WB804  the folder to compare with has no lists
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app.folders import EXTRACTS, SCORECARD_FILE
from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.lists.private import Private
    from workbook_builder.screen import Leak


@dataclass(frozen=True)
class Screened:
    """What the screen found in a file; compared says whether lists were at hand, and where."""

    file: Path
    leaks: tuple[Leak, ...]
    compared: Path | None


def screen(file: Path, against: Path | None = None, progress: Progress | None = None) -> Screened:
    """Every leak of a file.

    against: a scorecard's folder, or a folder or workbook of lists, whose ids, dates of birth and
    names are looked for. Left out, it is the scorecard's folder that the file lies in, or the
    registered one of the scorecard that the workbook says it is. Raises UserError for a file that
    cannot be looked into and for lists that cannot be read.
    """
    from workbook_builder.screen import leaks

    listening = progress or Silent()
    place = against if against is not None else _known_folder(file)
    private = _private_of(place, against is not None, listening) if place is not None else None
    return Screened(file, leaks(file, private), place if private is not None else None)


def private_of(folder: Path, progress: Progress) -> Private | None:
    """What the lists of a scorecard's folder say about people; None where it has none."""
    return _private_of(folder, asked=False, progress=progress)


def _private_of(place: Path, asked: bool, progress: Progress) -> Private | None:
    """What the lists of a place say about people; None where a scorecard has no lists."""
    from workbook_builder.listed import FOLDER
    from workbook_builder.listed.declared import load_scorecard
    from workbook_builder.listed.people import private_of_extracts, private_of_files

    if not (place / SCORECARD_FILE).is_file():
        return private_of_files(place, progress)
    lists = place / EXTRACTS / FOLDER
    if not lists.is_dir():
        if not asked:
            return None
        what = "The scorecard has no lists, so there are no ids or names to compare with."
        fix = "Leave --against out, or name the folder that the lists are in."
        raise UserError([Fault("WB804", what, Place(str(place)), fix=fix)])
    month = load_scorecard(place).settings.report_month
    return private_of_extracts(lists, month, progress)


def _known_folder(file: Path) -> Path | None:
    """The scorecard's folder that a file lies in, or that its workbook belongs to."""
    for folder in file.resolve().parents:
        if (folder / SCORECARD_FILE).is_file():
            return folder
    from workbook_builder.register import registered
    from workbook_builder.screen.marker import scorecard_of

    marked = scorecard_of(file)
    folders = (one.folder for one in registered() if marked and one.id == marked)
    return next((one for one in folders if (one / SCORECARD_FILE).is_file()), None)
