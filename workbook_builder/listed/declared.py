"""The measures of a scorecard: the packaged ones and the authority's own, with its own settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbook_builder.catalogue.listed import DeclaredMeasure, ListSettings
from workbook_builder.catalogue.load import MEASURES, load_catalogue
from workbook_builder.catalogue.measured import MeasureSaid, MeasuresRead
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.catalogue.words import PeriodType, Unit, YearToDate
from workbook_builder.counting.columns import AREA, vocabulary
from workbook_builder.counting.load import LibraryRead, load_library, read_library
from workbook_builder.counting.model import Counted, Each, Library, Measure
from workbook_builder.counting.wording import settings_of, wording
from workbook_builder.periods import Month

TEAM = "team"
_ADDED_UP = {
    Unit.COUNT: YearToDate.SUM,
    Unit.PERCENT: YearToDate.WEIGHTED,
    Unit.DAYS: YearToDate.WEIGHTED,
    Unit.AVERAGE: YearToDate.WEIGHTED,
    Unit.RATE: YearToDate.WEIGHTED,
}


def load_scorecard(folder: Path, month: Month | None = None) -> Catalogue:
    """The catalogue of a scorecard folder, its indicators completed by the measures they name.

    Raises UserError with every fault of every file, those of the authority's own measures included.
    """
    return load_catalogue(folder, month, read_measures)


def load_measures(folder: Path, lists: ListSettings) -> Library:
    """The library that a scorecard folder counts by. Raises UserError."""
    return load_library(_own(folder), lists.settings)


def read_measures(folder: Path, lists: ListSettings) -> MeasuresRead:
    """What the measures say of indicators, with all faults of the authority's own ones."""
    read = read_library(_own(folder), lists.settings)
    said = {one.code: _said(one, read, lists) for one in read.library.measures}
    return MeasuresRead(said, read.seen, read.whole, read.faults)


def _own(folder: Path) -> Path | None:
    path = folder / MEASURES
    return path if path.is_dir() else None


def _said(measure: Measure, read: LibraryRead, lists: ListSettings) -> MeasureSaid:
    settings = read.library.settings
    words = wording(measure, settings, lists.settings)
    fields: dict[str, Any] = {
        "code": measure.code,
        "name": measure.name,
        "theme": measure.theme,
        "unit": measure.unit.value,
        "polarity": measure.polarity.value,
        "description": words.description,
        "numerator": words.numerator,
        "denominator": words.denominator,
    }
    if "decimals" in measure.declared:
        fields["decimals"] = measure.decimals
    used = {name: str(settings[name].span) for name in settings_of(measure)}
    declared = DeclaredMeasure(code=measure.code, declared=measure.declared, settings=used)
    return MeasureSaid(
        measure.unit, fields, _years_to_date(measure), _breakdowns(measure), declared
    )


def _years_to_date(measure: Measure) -> dict[PeriodType, YearToDate | None]:
    """The kinds of period that can be counted, and how the year to date comes about.

    A child that counts once in each month may count twice in a year, so months cannot be added up
    and what to do has to be said.
    """
    latest = YearToDate.LATEST
    if measure.counted is not Counted.IN_MONTH:
        return {PeriodType.SNAPSHOT: latest, PeriodType.QUARTERLY: latest}
    added = None if measure.each is Each.CHILD else _ADDED_UP[measure.unit]
    return {
        PeriodType.IN_MONTH: added,
        PeriodType.QUARTERLY: added,
        PeriodType.ROLLING: latest,
        PeriodType.CUMULATIVE: latest,
    }


def _breakdowns(measure: Measure) -> tuple[str, ...]:
    """What it can be broken down by; the area is that of the team, so the list has to have one."""
    if measure.unit is Unit.RATE:
        return ()
    has_team = TEAM in vocabulary().lists[measure.list].columns
    return tuple(name for name in measure.breakdowns if name != AREA or has_team)
