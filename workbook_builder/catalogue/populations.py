"""The population that a rate of a period is about."""

from __future__ import annotations

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.periods import Period


def population_for(catalogue: Catalogue, name: str, period: Period) -> float | None:
    """The population of the year that the period lies in, or the latest one before it.

    Mid-year estimates come out a year late, so the last one known is carried forward.
    """
    year = catalogue.settings.years.start_of(period.end).year
    known = {row.year: row.value for row in catalogue.populations if row.population == name}
    usable = [known_year for known_year in known if known_year <= year]
    return known[max(usable)] if usable else None
