"""The extracts folder of a scorecard: every file in it, read and accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.extracts.as_at import years_to_date_placed
from workbook_builder.extracts.checks import remarks_on
from workbook_builder.extracts.codes import Codes
from workbook_builder.extracts.figures import read_file
from workbook_builder.extracts.gather import Gathering
from workbook_builder.extracts.model import Extracts, FileRead, Remark
from workbook_builder.progress import Progress, Silent

_LEFT_ALONE = frozenset({"thumbs.db", "desktop.ini"})
_FILL_IT = "Put this month's extracts there, as .xlsx or .csv files."
_ROWS_NAMED = 8
_SILENT = Silent()


def read_folder(folder: Path, catalogue: Catalogue, progress: Progress = _SILENT) -> Extracts:
    """All figures of the extracts folder, with what was left out and what to look at.

    Reads every .csv, .xlsx and .xlsm directly in the folder, in the order of their names. Raises
    UserError with all faults of all files together.
    """
    paths = _files(folder)
    reading = _Reading(catalogue, Codes.of(catalogue))
    for number, path in enumerate(paths, start=1):
        progress.step(number, len(paths), f"Reading {path.name}")
        reading.add(path, f"{_name(folder)}/{path.name}")
    return reading.result(_folders(folder))


@dataclass
class _Reading:
    """The files read so far."""

    catalogue: Catalogue
    codes: Codes
    gathering: Gathering = field(default_factory=Gathering)
    files: list[FileRead] = field(default_factory=list)

    def add(self, path: Path, name: str) -> None:
        """Read one file; a file that cannot be read adds its faults and nothing else."""
        gathering = self.gathering
        try:
            content = path.read_bytes()
            found = read_file(content, name, self.codes, self.catalogue.settings.years)
        except OSError as error:
            gathering.faults.append(_closed(name, error))
            return
        except UserError as error:
            gathering.faults.extend(error.faults)
            return
        gathering.faults.extend(found.faults)
        gathering.remarks.extend(found.remarks)
        before = len(gathering.left_out)
        rows = years_to_date_placed(found.rows, self.catalogue.settings)
        used = sum(gathering.take(row) for row in rows)
        left_out = len(gathering.left_out) - before
        digest = hashlib.sha256(content).hexdigest()
        self.files.append(FileRead(name, digest, len(found.rows), used, left_out))

    def result(self, folders: Iterable[Remark]) -> Extracts:
        """Everything together. Raises UserError if there was a fault in any file."""
        if self.gathering.faults:
            raise UserError(together(self.gathering.faults))
        figures = self.gathering.figures()
        remarks = [*folders, *self.gathering.remarks, *remarks_on(figures, self.catalogue)]
        left_out = tuple(self.gathering.left_out)
        return Extracts(figures, left_out, tuple(remarks), tuple(self.files))


def together(faults: Iterable[Fault]) -> list[Fault]:
    """One fault for what is wrong alike in many rows of a sheet, with the other rows named."""
    alike: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in faults:
        key = (fault.code, fault.what, fault.place.file, fault.place.sheet)
        alike.setdefault(key, []).append(fault)
    return [_as_one(group) for group in alike.values()]


def _as_one(group: list[Fault]) -> Fault:
    first = group[0]
    rows = list(dict.fromkeys(f.place.row for f in group[1:] if f.place.row != first.place.row))
    if not rows:
        return first
    named = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
    more = f" and {len(rows) - _ROWS_NAMED} more" if len(rows) > _ROWS_NAMED else ""
    return replace(first, what=f"{first.what} The same in row {named}{more}.")


def _files(folder: Path) -> list[Path]:
    """The files to read. Raises UserError if there is no folder or nothing in it."""
    place = Place(f"{_name(folder)}/")
    if not folder.is_dir():
        what = f"There is no folder {folder}."
        raise UserError([Fault("WB201", what, place, fix=f"Make it. {_FILL_IT}")])
    found = (path for path in folder.iterdir() if not path.is_dir() and not _is_aside(path.name))
    files = sorted(found, key=lambda path: (path.name.casefold(), path.name))
    if not files:
        what = f"There is no extract in the folder {folder}."
        raise UserError([Fault("WB201", what, place, fix=_FILL_IT)])
    return files


def _folders(folder: Path) -> list[Remark]:
    inner = sorted(path.name for path in folder.iterdir() if path.is_dir())
    what = "the folder was not looked into: extracts are read from the folder above it"
    return [
        Remark(Place(f"{_name(folder)}/{name}/"), what) for name in inner if not _is_aside(name)
    ]


def _is_aside(name: str) -> bool:
    """Files that systems and Excel leave behind, and notes to the reader."""
    folded = name.casefold()
    return (
        folded.startswith((".", "~$", "readme")) or folded.endswith(".md") or folded in _LEFT_ALONE
    )


def _name(folder: Path) -> str:
    return folder.name or folder.resolve().name


def _closed(name: str, error: OSError) -> Fault:
    what = f"The file cannot be opened: {error.strerror or error}."
    fix = "Close it if it is open in Excel, and see that you may read it."
    return Fault("WB202", what, Place(name), fix=fix)
