"""Reads measures, settings and what is out of reach. All faults are found and raised together.

Faults of this room:

WB331  a field that does not exist, or that does not suit the measure
WB332  a field that is missing
WB333  a word or value that is not allowed
WB334  two measures with one code
WB335  a list or a name of a list that does not exist
WB336  a condition, date or length of time that is not in the vocabulary
WB337  a condition that does not suit the column or the measure
WB338  a setting that does not exist, or whose value cannot be read
WB339  a code that the column does not know
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbook_builder.catalogue.files import TomlFile, read_toml
from workbook_builder.counting.columns import Vocabulary, vocabulary
from workbook_builder.counting.declaration import Declaration
from workbook_builder.counting.model import Library, Measure, OutOfReach, Setting
from workbook_builder.counting.spans import Span
from workbook_builder.errors import Fault, Place, UserError, did_you_mean

LIBRARY = Path(__file__).parent / "library"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/ -]{0,59}")
_TOP = ("measure",)


@dataclass(frozen=True)
class LibraryRead:
    """What could be read of a library, and what is wrong with the rest.

    `seen` has the codes of the measures with faults too; `whole` is false where a file could not be
    read, so that there may be more.
    """

    library: Library
    seen: frozenset[str]
    whole: bool
    faults: tuple[Fault, ...]


def load_library(own: Path | None = None, settings: Mapping[str, str] | None = None) -> Library:
    """The packaged measures, and those of a folder or file of one's own.

    `settings` gives an authority's own lengths of time by name: {"cp_visit_standard": "10 working
    days"}. Raises UserError with every fault.
    """
    read = read_library(own, settings)
    if read.faults:
        raise UserError(read.faults)
    return read.library


def read_library(own: Path | None = None, settings: Mapping[str, str] | None = None) -> LibraryRead:
    """The same with its faults; a measure with a fault is left out."""
    faults: list[Fault] = []
    known = _settings(settings or {}, faults)
    files = {path: path.name for path in sorted((LIBRARY / "measures").glob("*.toml"))}
    if own is not None and own.is_dir():
        paths = sorted(path for path in own.glob("*.toml") if path.name[0] not in "._~")
        files |= {path: f"{own.name}/{path.name}" for path in paths}
    elif own is not None:
        files[own] = own.name
    seen: dict[str, Place] = {}
    measures, whole = _measures(files, vocabulary(), known, seen, faults)
    library = Library(tuple(measures), known, _out_of_reach())
    return LibraryRead(
        library, frozenset(at.indicator for at in seen.values()), whole, tuple(faults)
    )


def _settings(given: Mapping[str, str], faults: list[Fault]) -> dict[str, Setting]:
    file = read_toml(LIBRARY / "settings.toml", "settings.toml", faults)
    tables = file.data["setting"] if file else {}
    known = {
        name: Setting(name, Span.parse(table["value"]), table["meaning"], table["rule"])
        for name, table in tables.items()
    }
    for name, value in given.items():
        place = Place(field=name)
        if name not in known:
            what = f'"{name}" is not a setting of the measures.'
            allowed, fix = ", ".join(known), did_you_mean(name, known)
            faults.append(Fault("WB338", what, place, allowed, fix))
            continue
        try:
            known[name] = replace(known[name], span=Span.parse(value))
        except ValueError:
            what = f'"{value}" is not a length of time.'
            allowed = "a number of days, weekdays, working days, weeks, months or years"
            faults.append(Fault("WB338", what, place, allowed))
    return known


def _measures(
    files: Mapping[Path, str],
    names: Vocabulary,
    settings: Mapping[str, Setting],
    seen: dict[str, Place],
    faults: list[Fault],
) -> tuple[list[Measure], bool]:
    """The measures of some files, and whether all of the files could be read.

    One whose declaration has a fault is left out; `seen` gets the place of each code.
    """
    found: list[Measure] = []
    whole = True
    for path, name in files.items():
        file = read_toml(path, name, faults)
        if file is None:
            whole = False
            continue
        faults += _unknown_top(file)
        tables = file.data.get("measure", [])
        for number, table in enumerate(tables if isinstance(tables, list) else []):
            place = Place(file.name, row=file.line_of("measure", number))
            code = _code(table, file, number, place, seen, faults)
            spans = {name: setting.span for name, setting in settings.items()}
            at = replace(place, indicator=code)
            declared = Declaration(table, names, spans, at, _Lines(file, number))
            measure = declared.measure(code)
            faults += declared.faults
            if measure is not None and not declared.faults:
                found.append(measure)
    return found, whole


class _Lines:
    """The line of each field of one table."""

    def __init__(self, file: TomlFile, number: int) -> None:
        self._file, self._number = file, number

    def __call__(self, field: str) -> int | None:
        return self._file.line_of("measure", self._number, field)


def _unknown_top(file: TomlFile) -> list[Fault]:
    faults = []
    for name, value in file.data.items():
        if name not in _TOP:
            what = f'"{name}" is not a table of a file of measures.'
            row = file.line_of("", 0, name) or file.line_of(name, 0)
            fix = did_you_mean(name, _TOP)
            faults.append(Fault("WB331", what, Place(file.name, row=row), "[[measure]]", fix))
        elif not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            what = "The measures are not written as tables."
            faults.append(Fault("WB333", what, Place(file.name), "[[measure]]"))
    return faults


def _code(
    table: dict[str, Any],
    file: TomlFile,
    number: int,
    place: Place,
    seen: dict[str, Place],
    faults: list[Fault],
) -> str:
    """The code of a measure, or its number where it has none that can be used."""
    code = table.get("code") if isinstance(table, dict) else None
    at = replace(place, row=file.line_of("measure", number, "code") or place.row, field="code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        kind = "WB332" if code is None else "WB333"
        what = '"code" is missing.' if code is None else f'"{code}" cannot be used for code.'
        allowed = (
            "it starts with a letter or digit and may hold letters, digits, . _ / - and spaces"
        )
        faults.append(Fault(kind, what, at, allowed))
        return f"number {number + 1}"
    if code.casefold() in seen:
        faults.append(_taken(code, seen[code.casefold()], at))
    seen.setdefault(code.casefold(), replace(at, indicator=code))
    return code


def _taken(code: str, first: Place, at: Place) -> Fault:
    """A code that a measure before has, in one's own files or in the packaged ones."""
    what = f'The code "{code}" is taken: {first.file}, row {first.row} has it too.'
    fix = "Give one of them another code."
    if (LIBRARY / "measures" / first.file).is_file() and first.file != at.file:
        what = f'The code "{code}" is taken: a measure of the program has it.'
        fix = f'Give yours another code, such as "{code}_own", and name that in the indicator; or '
        fix += "where only a length of time differs, set it under [lists.settings]."
    return Fault("WB334", what, at, fix=fix)


def _out_of_reach() -> tuple[OutOfReach, ...]:
    faults: list[Fault] = []
    file = read_toml(LIBRARY / "out_of_reach.toml", "out_of_reach.toml", faults)
    rows = file.data["indicator"] if file else []
    return tuple(OutOfReach(row["code"], row["name"], row["needs"]) for row in rows)
