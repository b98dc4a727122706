"""Reads a scorecard folder into a catalogue, or lists everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbook_builder.catalogue.check import check
from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Draft, Located
from workbook_builder.catalogue.faults import Loc, field_text, translate
from workbook_builder.catalogue.files import TomlFile, read_toml
from workbook_builder.catalogue.indicator_files import read_indicators
from workbook_builder.catalogue.lifecycle import with_breaks_of_parts
from workbook_builder.catalogue.listed import DeclaredMeasure, ListSettings
from workbook_builder.catalogue.measured import MeasuresRead, ReadMeasures
from workbook_builder.catalogue.model import Catalogue, Settings
from workbook_builder.catalogue.tables import (
    AREAS,
    COMPARATORS,
    OVERRIDES,
    POPULATIONS,
    TARGETS,
    read_table,
)
from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.periods import Month

SETTINGS = "scorecard.toml"
# An authority's own measures, and the table of its own settings for all of them.
MEASURES, OWN_SETTINGS = "measures", ("lists", "settings")


def load_catalogue(
    folder: Path, month: Month | None = None, read_measures: ReadMeasures | None = None
) -> Catalogue:
    """The catalogue of a scorecard folder. Raises UserError with every fault of every file.

    `month` stands in for the report month that the folder sets; the day on which its data were
    taken is not that of another month. `read_measures` reads the measures
    behind indicators that are counted from lists; without it those are taken as they stand.
    """
    if not folder.joinpath(SETTINGS).exists():
        raise UserError([_not_a_scorecard(folder)])
    faults: list[Fault] = []
    draft = _read(folder, faults, read_measures)
    if draft.settings is not None:
        draft = replace(draft, settings=_of_month(draft.settings, month))
    faults.extend(check(draft))
    if faults or draft.settings is None:
        raise UserError(faults)
    return Catalogue(
        settings=draft.settings,
        indicators=with_breaks_of_parts(_items(draft.indicators)),
        targets=_items(draft.targets),
        comparators=_items(draft.comparators),
        populations=_items(draft.populations),
        overrides=_items(draft.overrides),
        areas=_items(draft.areas),
        measures=tuple(_declared(draft)),
    )


def _of_month(settings: Settings, month: Month | None) -> Settings:
    """The settings of a report month; a day before it was left there from an earlier month."""
    day, wanted = settings.data_as_at, month or settings.report_month
    if wanted != settings.report_month or (day is not None and day < wanted.first_day):
        day = None
    return settings.model_copy(update={"report_month": wanted, "data_as_at": day})


def load_settings(folder: Path) -> Settings:
    """The settings alone, whatever the other files are like. Raises UserError."""
    if not folder.joinpath(SETTINGS).exists():
        raise UserError([_not_a_scorecard(folder)])
    faults: list[Fault] = []
    file = read_toml(folder / SETTINGS, SETTINGS, faults)
    settings, _ = _settings(file, faults) if file else (None, frozenset())
    if faults or settings is None:
        raise UserError(faults)
    return settings


def _items(located: tuple[Located[Any], ...]) -> tuple[Any, ...]:
    return tuple(entry.item for entry in located)


def _not_a_scorecard(folder: Path) -> Fault:
    what = f'This folder is not a scorecard: it has no file "{SETTINGS}".'
    if not folder.is_dir():
        what = "There is no such folder."
    fix = "Name the folder that holds scorecard.toml and the folder indicators."
    return Fault(Code.NOT_A_SCORECARD, what, Place(file=str(folder)), fix=fix)


def _declared(draft: Draft) -> Iterator[DeclaredMeasure]:
    """The measures that indicators are counted by, in the order of their codes."""
    for code in sorted({entry.item.measure for entry in draft.indicators}):
        if code in draft.measures:
            yield draft.measures[code].declared


def _read(folder: Path, faults: list[Fault], read_measures: ReadMeasures | None) -> Draft:
    """Everything that can be read; faults are added."""
    file = read_toml(folder / SETTINGS, SETTINGS, faults)
    settings, unreadable = _settings(file, faults) if file else (None, frozenset())
    lists = settings.lists if settings is not None else ListSettings()

    @cache
    def measures() -> MeasuresRead:
        if read_measures is None:
            return MeasuresRead()
        found = read_measures(folder, lists)
        faults.extend(_placed(fault, file) for fault in found.faults)
        return found

    read = read_indicators(folder, faults, measures if read_measures is not None else None)
    own = folder.joinpath(MEASURES).is_dir() or bool(lists.settings)
    counted = own or any(entry.item.measure for entry in read.indicators)
    targets = read_table(folder, TARGETS, faults)
    comparators = read_table(folder, COMPARATORS, faults)
    before = len(faults)
    populations = read_table(folder, POPULATIONS, faults)
    populations_whole = len(faults) == before
    return Draft(
        settings=settings,
        unreadable=unreadable,
        indicators=read.indicators,
        codes=read.codes,
        all_codes_seen=read.all_codes_seen,
        targets=targets,
        comparators=comparators,
        populations=populations,
        overrides=read_table(folder, OVERRIDES, faults),
        populations_whole=populations_whole,
        areas=read_table(folder, AREAS, faults),
        measures=measures().measures if counted else {},
    )


def _placed(fault: Fault, file: TomlFile | None) -> Fault:
    """A fault of one of the authority's own settings, with its place in scorecard.toml."""
    if fault.place.file or file is None:
        return fault
    place = _place(file, (*OWN_SETTINGS, fault.place.field))
    return replace(fault, place=place)


def _settings(file: TomlFile, faults: list[Fault]) -> tuple[Settings | None, frozenset[str]]:
    """The settings and the top-level fields of it that cannot be relied on."""
    try:
        return Settings.model_validate(file.data), frozenset()
    except ValidationError as error:
        faults.extend(translate(Settings, error, lambda loc: _place(file, loc)))
        return _salvage(file.data, [detail["loc"] for detail in error.errors()])


def _salvage(data: dict[str, Any], wrong: list[Loc]) -> tuple[Settings | None, frozenset[str]]:
    """The settings with made-up values for what is wrong, so that the rest can be checked."""
    unreadable = frozenset(str(loc[0]) for loc in wrong)
    wrong_tabs = {loc[1] for loc in wrong if loc[0] == "tab" and len(loc) > 1}
    good = {name: value for name, value in data.items() if name not in unreadable}
    if wrong_tabs:
        good["tab"] = [tab for n, tab in enumerate(_tabs(data)) if n not in wrong_tabs]
    made_up = {"id": "none", "title": "none", "authority": "none", "report_month": "2000-01"}
    if not good.get("tab"):
        good["tab"] = [{"name": "none"}]
    try:
        return Settings.model_validate(made_up | good), unreadable
    except ValidationError:
        return None, unreadable


def _tabs(data: dict[str, Any]) -> list[Any]:
    """The tabs as written: [[tab]], or [[tabs]], which is taken as the same."""
    return list(data.get("tab", data.get("tabs", [])))


def _place(file: TomlFile, loc: Loc) -> Place:
    """Where a field of scorecard.toml stands: its tab, line and name."""
    parts = list(loc)
    if len(parts) > 1 and parts[0] == "tab" and isinstance(parts[1], int):
        number = parts[1]
        tab = _tabs(file.data)[number]
        name = tab.get("name") if isinstance(tab, dict) else None
        sheet = name if isinstance(name, str) and name.strip() else f"tab {number + 1}"
        row = file.line_of("tab", number, str(parts[2]) if len(parts) > 2 else "")
        return Place(SETTINGS, sheet[:60], row, "", "", field_text(parts[2:]))
    names = [str(part) for part in parts if not isinstance(part, int)]
    row = None
    if names and (len(parts) < 3 or parts[0] == OWN_SETTINGS[0]):
        row = file.line_of(".".join(names[:-1]), 0, names[-1])
    return Place(SETTINGS, row=row, field=field_text(parts))
