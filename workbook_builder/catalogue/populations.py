"""The population that a rate of a period is about."""

from __future__ import annotations

import datetime as dt

from workbook_builder.catalogue.model import Catalogue, Population
from workbook_builder.periods import Period


def population_for(catalogue: Catalogue, name: str, period: Period) -> float | None:
    """How many there are by the estimate for a period."""
    found = estimate_for(catalogue, name, period)
    return found.value if found else None


def estimate_for(catalogue: Catalogue, name: str, period: Period) -> Population | None:
    """The estimate for the year that the period lies in, or the latest one before it.

    Mid-year estimates come out a year late, so the last one known is carried forward. A revised
    estimate takes the place of the one for the same year.
    """
    year = catalogue.settings.years.start_of(period.end).year
    usable = [row for row in catalogue.populations if row.population == name and row.year <= year]
    return max(usable, key=_newest, default=None)


def versions_of(catalogue: Catalogue, estimate: Population) -> list[Population]:
    """The estimates for the same year, the one that counts first."""
    same = (estimate.population, estimate.year)
    found = [row for row in catalogue.populations if (row.population, row.year) == same]
    return sorted(found, key=_newest, reverse=True)


def _newest(row: Population) -> tuple[int, dt.date]:
    return row.year, row.published_on or dt.date.min
