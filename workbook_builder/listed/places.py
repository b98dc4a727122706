"""The extracts of lists in a folder, and the month that each is of."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.lists.mapping import read_mapping
from workbook_builder.lists.read import MAPPING, files_of
from workbook_builder.lists.sql import check_queries
from workbook_builder.periods import Month, day_label

FOLDER = "lists"
# The queries of a database, which is the extract of the report month.
QUERIES = "queries.toml"
# The sample generator's own record of the faults it put in.
RECORD_OF_FAULTS = "mess.csv"
NOT_LISTS = (".md", ".sql")
NAME_FIX = (
    "Put its last month alone into the name: annex_a_2025-03.xlsx, or a folder 2025-03; or the day "
    "that the lists were taken: annex_a_2025-04-03.xlsx."
)
MONTH_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2})(?!\d)")
DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
# Lists taken up to this day of a month report on the month before.
LAST_DAY_FOR_MONTH_BEFORE = 15


@dataclass(frozen=True)
class ExtractPlace:
    """One extract and its month: a workbook, a folder of workbooks and CSV files, or queries.

    mapping is the mapping file that holds for it, if there is one; taken the day that the lists
    were taken, where its name says so.
    """

    month: Month
    path: Path
    mapping: Path | None = None
    taken: dt.date | None = None

    @property
    def as_at(self) -> dt.date:
        """The day as at which the lists are read: the month's last where nothing is said."""
        return self.taken or self.month.last_day

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
        if path.suffix.casefold() == ".toml":
            faults += _not_used(path)
            continue
        try:
            month, taken = when(path.name)
            found.append(ExtractPlace(month, path, _mapping_of(path), taken))
        except ValueError as error:
            faults.append(Fault("WB341", str(error), Place(path_name(path)), fix=NAME_FIX))
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


def when(name: str) -> tuple[Month, dt.date | None]:
    """The month that an extract is of by its name, and the day that its lists were taken.

    A day without a month is of the month that it ends or has just ended: up to the 15th that is the
    month before. Raises ValueError with what is wrong, in plain words.
    """
    days = list(dict.fromkeys(DAY_IN_NAME.findall(name)))
    months = _months_of(DAY_IN_NAME.sub(" ", name))
    if not days and not months:
        raise ValueError(f'The name "{name}" does not say which month the extract is of.')
    for found in (days, months):
        if len(found) > 1:
            named = " and ".join(str(one) for one in found)
            raise ValueError(f'The name "{name}" has {named} in it: which one is the extract of?')
    if not days:
        return months[0], None
    try:
        taken = dt.date.fromisoformat(days[0])
    except ValueError:
        raise ValueError(f'The name "{name}" has {days[0]} in it, which is no day.') from None
    own = Month(taken.year, taken.month)
    if not months:
        return own.plus(-1) if taken.day <= LAST_DAY_FOR_MONTH_BEFORE else own, taken
    if own not in (months[0], months[0].plus(1)):
        what = f"was taken on {day_label(taken)}, which is neither in that month nor in the next"
        raise ValueError(
            f'The name "{name}" says that an extract of {months[0].long_label} {what}.'
        )
    return months[0], taken


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
