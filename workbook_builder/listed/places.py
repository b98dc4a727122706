"""The extracts of lists in a folder, and the month that each is of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.lists.mapping import read_mapping
from workbook_builder.lists.read import MAPPING, files_of
from workbook_builder.lists.sql import check_queries
from workbook_builder.periods import Month

FOLDER = "lists"
# The queries of a database, which is the extract of the report month.
QUERIES = "queries.toml"
# The sample generator's own record of the faults it put in.
RECORD_OF_FAULTS = "mess.csv"
NOT_LISTS = (".md", ".sql")
MONTH_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2})(?!\d)")


@dataclass(frozen=True)
class ExtractPlace:
    """One extract and its month: a workbook, a folder of workbooks and CSV files, or queries.

    mapping is the mapping file that holds for it, if there is one.
    """

    month: Month
    path: Path
    mapping: Path | None = None

    @property
    def name(self) -> str:
        """How the extract is called wherever it is named."""
        return path_name(self.path)

    def placed(self, fault: Fault) -> Fault:
        """A fault of its lists, with the folder that the file lies in."""
        file = f"{self.name}/{fault.place.file}" if self.path.is_dir() else self.name
        return replace(fault, place=replace(fault.place, file=file))

    def digest(self) -> str:
        """The hash of the files that are read, and of a mapping file among them.

        Raises UserError where one cannot be opened.
        """
        found = hashlib.sha256()
        files = files_of(self.path)
        if self.mapping is not None and self.mapping.parent == self.path:
            files.append(self.mapping)
        for one in files:
            found.update(one.name.encode())
            found.update(content_of(one))
        return found.hexdigest()


def extract_places(folder: Path, report_month: Month | None) -> Sequence[ExtractPlace]:
    """The extracts below a folder in the order of their months.

    A database is asked for the report month, unless an extract of that month is kept as a file.
    Raises UserError with every name that does not say its month, every fault of mapping files and
    queries, or where there is no extract. No list is read. Without a month all of this is checked.
    """
    found, faults = [], []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if _is_no_extract(path):
            continue
        months = _months_of(path.name)
        month = months[0] if len(months) == 1 else None
        if path.suffix.casefold() == ".toml":
            faults += _not_used(path)
        elif month is None:
            what = f'The name "{path.name}" does not say which month the extract is of.'
            if months:
                named = " and ".join(str(one) for one in months)
                what = f'The name "{path.name}" has {named} in it: which one is the extract of?'
            fix = (
                "Put its last month alone into the name: annex_a_2025-03.xlsx, or a folder 2025-03."
            )
            faults.append(Fault("WB341", what, Place(path_name(path)), fix=fix))
        else:
            found.append(ExtractPlace(month, path, _mapping_of(path)))
    queries = folder / QUERIES
    if queries.is_file() and report_month not in [one.month for one in found]:
        faults += [_at(queries, fault) for fault in check_queries(queries)]
        if report_month is not None:
            found.append(ExtractPlace(report_month, queries, _mapping_of(queries)))
    elif not found and not faults:
        what = f"There are no lists in {folder}, and indicators are counted from them."
        fix = "Put the extracts there: annex_a_2025-03.xlsx, or a folder for each month; or the "
        fix += f"queries of a database as {QUERIES}."
        faults.append(Fault("WB342", what, Place(f"{FOLDER}/"), fix=fix))
    faults += _twice(found)
    faults += _mapping_faults(folder, found)
    if faults:
        raise UserError(faults)
    return sorted(found, key=lambda one: (one.month.year, one.month.month, one.path.name))


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises UserError where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"The file cannot be opened: {error.strerror or 'it is not readable'}."
        fix = "Close it if it is open elsewhere, and look whether you may read it."
        raise UserError([Fault("WB231", what, Place(path.name), fix=fix)]) from None


def path_name(path: Path) -> str:
    """How a file is called wherever it is named: lists/a.xlsx, or lists/2025-03/mapping.toml."""
    folder = path.parent.name
    return f"{FOLDER}/{path.name}" if folder == FOLDER else f"{FOLDER}/{folder}/{path.name}"


def _mapping_faults(folder: Path, extracts: Sequence[ExtractPlace]) -> list[Fault]:
    paths = [folder / MAPPING, *(one.mapping for one in extracts if one.mapping is not None)]
    faults: list[Fault] = []
    for path in dict.fromkeys(path for path in paths if path.is_file()):
        try:
            read_mapping(path)
        except UserError as error:
            faults += [_at(path, fault) for fault in error.faults]
    return faults


def _at(path: Path, fault: Fault) -> Fault:
    """A fault of a file by the name that says which folder it lies in."""
    return replace(fault, place=replace(fault.place, file=path_name(path)))


def _mapping_of(path: Path) -> Path | None:
    """An extract's own mapping file, or the one that holds for all of them."""
    for folder in (path, path.parent):
        if (folder / MAPPING).is_file():
            return folder / MAPPING
    return None


def _not_used(path: Path) -> list[Fault]:
    """A TOML file of which nobody would take notice."""
    known = (MAPPING, QUERIES)
    if path.name in known:
        return []
    what = f'"{path.name}" is neither the mapping file nor the file of queries.'
    fix = did_you_mean(path.name, known)
    return [Fault("WB344", what, Place(path_name(path)), ", ".join(known), fix)]


def _is_no_extract(path: Path) -> bool:
    if path.name.startswith((".", "~$")) or path.suffix.casefold() in NOT_LISTS:
        return True
    return path.name == RECORD_OF_FAULTS


def _twice(extracts: Sequence[ExtractPlace]) -> Iterator[Fault]:
    """Months with several extracts: no name says which of them is the one to count."""
    by_month: dict[Month, list[str]] = {}
    for one in extracts:
        by_month.setdefault(one.month, []).append(one.path.name)
    for month, names in by_month.items():
        if len(names) > 1:
            what = f"There are {len(names)} extracts of {month.long_label}: {', '.join(names)}."
            fix = "Keep the one that counts and move the others out of the folder."
            yield Fault("WB340", what, Place(f"{FOLDER}/"), fix=fix)


def _months_of(name: str) -> list[Month]:
    """The months that a name has in it, each once."""
    found = []
    for text in MONTH_IN_NAME.findall(name):
        try:
            found.append(Month.parse(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
