"""Child-level lists from a workbook, a folder or a database, cleaned, all faults at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.lists.cells import Coded
from workbook_builder.lists.definitions import lists
from workbook_builder.lists.mapping import Own, read_mapping
from workbook_builder.lists.match import OFSTEDS, match
from workbook_builder.lists.model import Done, Lists, Problem
from workbook_builder.lists.private import Gathering
from workbook_builder.lists.sheets import ENDINGS, RawSheet, sheets_of
from workbook_builder.lists.sql import DaysOf, sheets_of_queries
from workbook_builder.lists.table import Draft, Table, make_draft
from workbook_builder.lists.zeros import joined
from workbook_builder.progress import Progress, Silent

MAPPING = "mapping.toml"
MOST_LISTED = 1000
_SILENT = Silent()


def read_lists(
    path: Path | str,
    *,
    mapping: Path | str | None = None,
    as_at: dt.date | None = None,
    most_listed: int = MOST_LISTED,
    days: DaysOf | None = None,
    teams: Mapping[str, str] = MappingProxyType({}),
    progress: Progress = _SILENT,
) -> Lists:
    """The lists in a workbook, a folder of workbooks and CSV files, or a TOML file of queries.

    mapping is the user's own headings and codes; left out, mapping.toml beside the lists is used
    if there is one. as_at is the day of the extract, today where it is not said: dates after it
    are in the future. most_listed: how many problems of one kind in one column are told one by
    one. days gives what the query of a list may ask for: :first_day, :last_day and :as_at. teams:
    new names of teams by their old ones in small letters, beside those of the mapping.
    Raises UserError with the faults of all files together.
    """
    place = Path(path)
    faults: list[Fault] = []
    own = _own(place, mapping, faults)
    own = replace(own, teams={**own.teams, **teams})
    reading = _Reading(own, as_at or dt.date.today(), most_listed, faults)
    sources = files_of(place)
    for number, source in enumerate(sources, start=1):
        progress.step(number, len(sources), f"Reading {source.name}")
        try:
            for raw in _sheets(source, days or (lambda _key: {})):
                reading.add(raw)
                del raw  # the next sheet is read without this one beside it
        except UserError as error:
            faults.extend(error.faults)
    return reading.result()


def gather_private(path: Path, mapping: Path | None, days: DaysOf, into: Gathering) -> None:
    """Add the ids, dates of birth and names of lists in a workbook, folder or file of queries.

    One sheet is held at a time, so extract after extract may be gathered. Raises UserError with the
    faults of all files together: lists that cannot be read say nothing about who is in them.
    """
    faults: list[Fault] = []
    own = _own(path, mapping, faults)
    for source in files_of(path):
        try:
            for raw in _sheets(source, days):
                found = match(raw, own)
                if found is not None:
                    make_draft(found, dt.date.today(), 0).gather(into)
                del raw, found
        except UserError as error:
            faults.extend(error.faults)
    if faults:
        raise UserError(faults)


@dataclass
class _Reading:
    """The lists found so far."""

    own: Own
    as_at: dt.date
    most_listed: int
    faults: list[Fault]
    drafts: dict[str, Draft] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    def add(self, raw: RawSheet) -> None:
        """Clean one sheet; one that is no list, or that cannot be used, is told."""
        if raw.digest:
            self.digests.append(raw.digest)
        try:
            found = match(raw, self.own)
            if found is None:
                self._not_a_list(raw)
                return
            draft = make_draft(found, self.as_at, self.most_listed)
        except UserError as error:
            self.faults.extend(error.faults)
            return
        key, place = found.definition.key, Place(raw.file, raw.sheet)
        before = self.drafts.get(key)
        if before is None or not before.read:
            if before is not None:
                self._twice(key, self.places[key])
            self.drafts[key], self.places[key] = draft, place
        elif not draft.read:
            self._twice(key, place)
        else:
            number = found.definition.number
            what = f"List {number}, {found.definition.name}, is here and also in "
            what += f"{self.places[key]}."
            fix = "Keep one of them, or put them into one sheet."
            self.faults.append(Fault("WB232", what, place, fix=fix))

    def _twice(self, key: str, place: Place) -> None:
        self.problems.append(
            Problem(
                "list twice",
                key,
                place.file,
                place.sheet,
                None,
                "",
                "",
                "a second sheet of the list, without rows",
                Done.SHEET_LEFT_OUT,
            )
        )

    def _not_a_list(self, raw: RawSheet) -> None:
        if raw.sheet.casefold() in OFSTEDS or not raw.cells.size:
            return
        if all(Coded.of(column).blank.all() for column in raw.cells.T):
            return
        found = "a sheet whose name and headings are those of no list"
        self.problems.append(
            Problem(
                "sheet not used",
                "",
                raw.file,
                raw.sheet,
                None,
                "",
                "",
                found,
                Done.SHEET_LEFT_OUT,
            )
        )

    def result(self) -> Lists:
        """Everything together. Raises UserError if there was a fault in any file."""
        if not self.faults and not self.drafts:
            what = "None of the files holds one of the lists."
            self.faults.append(Fault("WB230", what, allowed=_names()))
        if self.faults:
            raise UserError(self.faults)
        ordered = self._tables()
        problems = [*self.problems]
        for table in ordered.values():
            problems.extend(sorted(table.problems, key=_place_of))
        return Lists(
            MappingProxyType({key: table.frame for key, table in ordered.items()}),
            tuple(problems),
            MappingProxyType({key: table.count for key, table in ordered.items()}),
            tuple(key for key in lists() if key not in ordered),
            MappingProxyType({key: table.missing for key, table in ordered.items()}),
            hashlib.sha256("".join(self.digests).encode()).hexdigest() if self.digests else "",
        )

    def _tables(self) -> dict[str, Table]:
        """The clean tables, in Ofsted's order, by the private values of all of them."""
        self.drafts = joined(self.drafts)
        gathering = Gathering()
        for draft in self.drafts.values():
            draft.gather(gathering)
        private = gathering.result()
        # Each draft is let go once it is a table.
        return {
            key: self.drafts.pop(key).table(self.own, self.as_at, private)
            for key in lists()
            if key in self.drafts
        }


def _place_of(problem: Problem) -> tuple[int, int, str]:
    return (problem.row or 0, len(problem.column), problem.column)


def _names() -> str:
    return ", ".join(f"List {each.number} ({each.name})" for each in lists().values())


def _own(place: Path, mapping: Path | str | None, faults: list[Fault]) -> Own:
    beside = (place if place.is_dir() else place.parent) / MAPPING
    path = Path(mapping) if mapping is not None else beside
    if mapping is None and not path.is_file():
        return Own()
    try:
        return read_mapping(path)
    except UserError as error:
        faults.extend(error.faults)
        return Own()


def files_of(place: Path) -> list[Path]:
    """The files that are read of a place, in the order of their names: not those beside them that
    Excel and the system keep for themselves. Raises UserError if there are none."""
    if place.is_file():
        if place.suffix.casefold() not in (*ENDINGS, ".toml"):
            what = "The file is no workbook, CSV file or file of queries."
            allowed = ", ".join((*ENDINGS, ".toml"))
            raise UserError([Fault("WB231", what, Place(place.name), allowed)])
        return [place]
    if not place.is_dir():
        what = "There is no such file or folder."
        raise UserError([Fault("WB230", what, Place(place.name))])
    files = (
        path
        for path in place.iterdir()
        if path.is_file()
        and path.suffix.casefold() in ENDINGS
        and not path.name.startswith(("~$", "."))
    )
    found = sorted(files, key=lambda path: (path.name.casefold(), path.name))
    if not found:
        what = "The folder holds no workbook and no CSV file."
        raise UserError([Fault("WB230", what, Place(place.name), ", ".join(ENDINGS))])
    return found


def _sheets(source: Path, days: DaysOf) -> Iterator[RawSheet]:
    if source.suffix.casefold() == ".toml":
        return sheets_of_queries(source, days)
    return sheets_of(source)
