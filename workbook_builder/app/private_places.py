"""Where records about children may be put: in no place from which things are passed on.

WB403  a file is there already
WB404  the folder is a scorecard's, or one with its workbooks
WB405  more records than a sheet of Excel can hold
WB406  the folder is not there
"""

from __future__ import annotations

import re
from pathlib import Path

from workbook_builder.app.folders import SCORECARD_FILE
from workbook_builder.catalogue.model import Settings
from workbook_builder.errors import CommandError, Fault, Place, UserError
from workbook_builder.register import registered
from workbook_builder.writers.private import taken
from workbook_builder.writers.records import ENDINGS
from workbook_builder.writers.safe import BACKUPS

OWN_FOLDER = "Workbook Builder records"
WORKBOOKS = "Scorecard *.xls[xm]"
OUTPUT = "output"
_ODD = re.compile(r"[^A-Za-z0-9_-]+")


def target_of(out: Path | None, name: str) -> Path:
    """The file to write: the one named, or one in the folder named, or one in a folder at home.

    Not the current folder: that is often the one above a scorecard's workbooks, on a drive that
    others see. Raises CommandError for an ending that cannot be written.
    """
    file = f"Records {_ODD.sub('-', name).strip('-')}{ENDINGS[0]}"
    if out is None:
        return _at_home() / file
    if out.is_dir():
        return out / file
    if out.suffix.casefold() not in ENDINGS:
        raise CommandError(f'--out: "{out.name}" does not end in {" or ".join(ENDINGS)}.')
    return out


def make_own_folder(target: Path) -> None:
    """Make the folder at home, readable by its owner alone, where the records go there."""
    if target.parent == _at_home():
        target.parent.mkdir(mode=0o700, exist_ok=True)


def check_target(target: Path, folder: Path, settings: Settings) -> None:
    """Look before anything is read. Raises UserError where records may not go."""
    parent = target.parent.resolve()
    place, fix = Place(str(target)), "Name a file in a folder of your own with --out."
    if _is_scorecards(parent, folder):
        what = "Records about children may not be put into the folder of a scorecard."
        raise UserError([Fault("WB404", what, place, fix=fix)])
    if _has_workbooks(parent, settings):
        what = (
            "Records about children may not be put beside the workbooks of a scorecard, from where "
            "files are attached to reports."
        )
        raise UserError([Fault("WB404", what, place, fix=fix)])
    if target.exists() or target.is_symlink():
        raise UserError([taken(target)])
    if not parent.is_dir() and target.parent != _at_home():
        fix = "Make it, or name another with --out."
        what = "There is no such folder."
        raise UserError([Fault("WB406", what, Place(str(target.parent)), fix=fix)])


def _at_home() -> Path:
    try:
        return Path.home() / OWN_FOLDER
    except RuntimeError as error:
        raise CommandError("No home folder is known here. Name a file with --out.") from error


def _is_scorecards(parent: Path, folder: Path) -> bool:
    """Whether a place is in this scorecard's folder or in any other's."""
    if parent.is_relative_to(folder.resolve()):
        return True
    return any((above / SCORECARD_FILE).is_file() for above in (parent, *parent.parents))


def _has_workbooks(parent: Path, settings: Settings) -> bool:
    """Whether workbooks are built there, now or by default, or lie there."""
    if parent.is_relative_to((Path(OUTPUT) / settings.id).resolve()):
        return True
    here = parent.parent if parent.name == BACKUPS else parent
    of_register = (one.workbook for one in registered() if one.workbook is not None)
    if any(workbook.parent.resolve() == here for workbook in of_register):
        return True
    return here.is_dir() and any(here.glob(WORKBOOKS))
