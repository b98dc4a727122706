"""indicators/*.toml: one file for each theme, with defaults that save repeating oneself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Located
from workbook_builder.catalogue.faults import (
    Loc,
    field_names,
    field_text,
    shown,
    translate,
    unknown,
)
from workbook_builder.catalogue.files import TomlFile, read_toml
from workbook_builder.catalogue.measured import GIVEN, MeasureSaid, MeasuresRead
from workbook_builder.catalogue.model import Indicator
from workbook_builder.errors import Fault, Place, did_you_mean

FOLDER = "indicators"
_TOP = ["theme", "defaults", "indicator"]


@dataclass(frozen=True)
class IndicatorsRead:
    """The good indicators in order, and every code that was seen."""

    indicators: tuple[Located[Indicator], ...]
    codes: tuple[Located[str], ...]
    all_codes_seen: bool


def read_indicators(
    folder: Path, faults: list[Fault], measures: Callable[[], MeasuresRead] | None = None
) -> IndicatorsRead:
    """Read every indicators file, in order of name; faults are added.

    measures gives what an indicator with a measure may leave out; it is asked only if there is one.
    """
    paths = sorted(
        path for path in folder.joinpath(FOLDER).glob("*.toml") if path.name[0] not in "._~"
    )
    indicators: list[Located[Indicator]] = []
    codes: list[Located[str]] = []
    whole = True
    for path in paths:
        file = read_toml(path, f"{FOLDER}/{path.name}", faults)
        tables = _tables(file, faults) if file else None
        if file is None or tables is None:
            whole = False
            continue
        reader = _Reader(file, *_shared(file, faults), faults, measures)
        for number, table in enumerate(tables):
            if code := _code(table):
                codes.append(Located(code, reader.place(number, "code")))
            else:
                whole = False
            indicator = reader.read(number, table)
            if indicator is not None:
                indicators.append(indicator)
    if not codes and whole:
        faults.append(_none(folder, bool(paths)))
        whole = False
    return IndicatorsRead(tuple(indicators), tuple(codes), whole)


@dataclass(frozen=True)
class _Reader:
    """Reads the indicators of one file, with what the file says for all of them."""

    file: TomlFile
    theme: dict[str, Any]
    defaults: dict[str, Any]
    faults: list[Fault]
    measures: Callable[[], MeasuresRead] | None

    def place(self, number: int, field: str = "") -> Place:
        """Where a field of the so-manieth indicator stands."""
        tables = self.file.data["indicator"]
        name = _code(tables[number]) or f"number {number + 1}"
        row = self.file.line_of("indicator", number, field)
        return Place(self.file.name, "", row, "", name[:60], field)

    def read(self, number: int, table: dict[str, Any]) -> Located[Indicator] | None:
        """The indicator, or None and faults; a fault of the defaults is said once only."""

        def where(loc: Loc) -> Place:
            field = str(loc[0]) if loc else ""
            if field == "theme" and "theme" not in table | self.defaults:
                row = self.file.line_of("", 0, "theme")
                return Place(self.file.name, row=row, field="theme")
            if field in self.defaults and field not in table:
                row = self.file.line_of("defaults", 0, field)
                return Place(self.file.name, row=row, field=f"defaults: {field}")
            return replace(self.place(number, field), field=field_text(loc))

        whole = self.theme | self.defaults | table
        measure = str(whole.get("measure", "")).strip() if self.measures is not None else ""
        said = self._said(measure, self.place(number, "measure"))
        try:
            indicator = Indicator.model_validate(said.completed(whole) if said else whole)
        except ValidationError as error:
            for fault in translate(Indicator, error, where):
                # What cannot be read of a measure would give these: they are not missing.
                given = measure and not said and fault.code == Code.MISSING
                if fault not in self.faults and not (given and fault.place.field in GIVEN):
                    self.faults.append(fault)
            return None
        return Located(indicator, self.place(number)) if said or not measure else None

    def _said(self, measure: str, place: Place) -> MeasureSaid | None:
        """What the measure gives; None, and a fault, where there is no such measure."""
        if not measure or self.measures is None:
            return None
        read = self.measures()
        if measure not in read.measures and measure not in read.seen and read.whole:
            what = f'There is no measure "{measure}".'
            fix = did_you_mean(measure, read.seen)
            self.faults.append(Fault(Code.UNKNOWN_MEASURE, what, place, fix=fix))
        return read.measures.get(measure)


def _code(table: dict[str, Any]) -> str:
    """An indicator's code, which is that of its measure where it has none; blank where neither."""
    for name in ("code", "measure"):
        value = table.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _tables(file: TomlFile, faults: list[Fault]) -> list[dict[str, Any]] | None:
    """The indicator tables of a file, or None where they are not written as such."""
    for name in file.data:
        if name not in _TOP:
            row = file.line_of("", 0, name) or file.line_of(name, 0)
            place = Place(file.name, row=row, field=name)
            faults.append(unknown(name, _TOP, "a field of an indicators file", place))
    tables = file.data.get("indicator", [])
    if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
        return tables
    faults.append(
        Fault(
            Code.WRONG_KIND,
            f'"indicator" is {shown(tables)}, not a series of tables.',
            Place(file.name, row=file.line_of("indicator", 0), field="indicator"),
            fix="Head each indicator with [[indicator]], in double square brackets.",
        )
    )
    return None


def _shared(file: TomlFile, faults: list[Fault]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The theme and the defaults of a file, without the defaults that no indicator has."""
    theme = {"theme": file.data["theme"]} if "theme" in file.data else {}
    defaults = file.data.get("defaults", {})
    place = Place(file.name, row=file.line_of("defaults", 0), field="defaults")
    if not isinstance(defaults, dict):
        faults.append(
            Fault(Code.WRONG_KIND, f'"defaults" is {shown(defaults)}, not a table.', place)
        )
        return theme, {}
    known = [name for name in field_names(Indicator) if name != "code"]
    for name in defaults:
        if name not in known:
            row = file.line_of("defaults", 0, name)
            at = Place(file.name, row=row, field=f"defaults: {name}")
            faults.append(unknown(name, known, "a field that indicators can share", at))
    return theme, {name: value for name, value in defaults.items() if name in known}


def _none(folder: Path, has_files: bool) -> Fault:
    if has_files:
        return Fault(Code.NOT_A_SCORECARD, "There is no indicator in any file.", Place(file=FOLDER))
    wrong = sorted(path.name for path in folder.joinpath(FOLDER).glob("*.toml.*"))
    fix = f'Rename "{wrong[0]}" so that it ends in .toml.' if wrong else ""
    what = f'The folder "{FOLDER}" has no files that end in .toml, so there is nothing to report.'
    return Fault(Code.NOT_A_SCORECARD, what, Place(file=FOLDER), fix=fix)
