"""What a measure gives to the indicators that are counted by it.

Measures are declared and read to the right of this room, so a catalogue is handed a function that
reads them; here is only what it gives back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbook_builder.catalogue.listed import DeclaredMeasure, ListSettings
from workbook_builder.catalogue.words import PeriodType, Unit, YearToDate
from workbook_builder.errors import Fault

# The fields of an indicator that its measure may give, in the order of the model.
GIVEN = (
    "code",
    "name",
    "description",
    "theme",
    "unit",
    "polarity",
    "period_type",
    "year_to_date",
    "numerator",
    "denominator",
    "decimals",
)


@dataclass(frozen=True)
class MeasureSaid:
    """What a measure says of an indicator.

    `fields` holds those of GIVEN that do not depend on the kind of period. `years_to_date` has the
    kinds of period that can be counted, the usual one first, each with its year to date; None
    where that has to be chosen.
    """

    unit: Unit
    fields: Mapping[str, Any]
    years_to_date: Mapping[PeriodType, YearToDate | None]
    breakdowns: tuple[str, ...]
    declared: DeclaredMeasure

    def completed(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """The table of an indicator with what it leaves out; what it says itself stays."""
        usual = next(iter(self.years_to_date))
        given = {**self.fields, "period_type": usual.value}
        years: dict[str, YearToDate | None] = {k.value: y for k, y in self.years_to_date.items()}
        chosen = str(_given(table, "period_type") or usual.value)
        # A kind of period that cannot be counted is told for itself, and nothing else of it.
        year = years.get(chosen, YearToDate.LATEST)
        if year is not None:
            given["year_to_date"] = year.value
        left_out = {name: value for name, value in given.items() if _given(table, name) is None}
        return {**table, **left_out}


def _given(table: Mapping[str, Any], name: str) -> Any:
    """A field's value; None where it is left out or blank."""
    value = table.get(name)
    return None if isinstance(value, str) and not value.strip() else value


@dataclass(frozen=True)
class MeasuresRead:
    """The measures that could be read, and what is wrong with the others.

    `seen` has the codes of those with faults too; `whole` is false where there may be still more.
    """

    measures: Mapping[str, MeasureSaid] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    whole: bool = True
    faults: tuple[Fault, ...] = ()


# Reads the measures that a scorecard folder can use, with the authority's own settings. A fault of
# a setting has no file, only the setting's name as its field.
ReadMeasures = Callable[[Path, ListSettings], MeasuresRead]
