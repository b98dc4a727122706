"""The extracts of lists in a folder, and the month that each is of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.periods import Month

FOLDER = "lists"
# The sample generator's own record of the faults it put in.
RECORD_OF_FAULTS = "mess.csv"
NOT_LISTS = (".md", ".toml")
MONTH_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2})(?!\d)")


@dataclass(frozen=True)
class ExtractPlace:
    """One extract: a workbook, or a folder of workbooks and CSV files, and its month."""

    month: Month
    path: Path

    @property
    def name(self) -> str:
        """How the extract is called wherever it is named."""
        return f"{FOLDER}/{self.path.name}"

    def digest(self) -> str:
        """The hash of the file, or of all files of the folder in the order of their names."""
        found = hashlib.sha256()
        for one in sorted(self.path.rglob("*")) if self.path.is_dir() else [self.path]:
            if one.is_file():
                found.update(one.name.encode())
                found.update(one.read_bytes())
        return found.hexdigest()


def extract_places(folder: Path) -> Sequence[ExtractPlace]:
    """The extracts below a folder in the order of their months.

    Raises UserError with every name that does not say its month, or where there is no extract.
    """
    found, faults = [], []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if _is_no_extract(path):
            continue
        month = _month_of(path.name)
        if month is None:
            what = f'The name "{path.name}" does not say which month the extract is of.'
            fix = "Put the month into the name: annex_a_2025-03.xlsx, or a folder 2025-03."
            faults.append(Fault("WB341", what, Place(f"{FOLDER}/{path.name}"), fix=fix))
        else:
            found.append(ExtractPlace(month, path))
    if not found and not faults:
        what = f"There are no lists in {folder}, and indicators are counted from them."
        fix = "Put the extracts there: annex_a_2025-03.xlsx, or a folder for each month."
        faults.append(Fault("WB342", what, Place(f"{FOLDER}/"), fix=fix))
    if faults:
        raise UserError(faults)
    return sorted(found, key=lambda one: (one.month.year, one.month.month, one.path.name))


def _is_no_extract(path: Path) -> bool:
    if path.name.startswith((".", "~$")) or path.suffix.casefold() in NOT_LISTS:
        return True
    return path.name == RECORD_OF_FAULTS


def _month_of(name: str) -> Month | None:
    named = MONTH_IN_NAME.search(name)
    try:
        return Month.parse(named[1]) if named else None
    except ValueError:
        return None
