"""One extract read as its scorecard says: by its mapping file, and by queries with their days.

Figures and the records behind them are counted with the same, so both ask here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from workbook_builder.catalogue.listed import ListSettings
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.catalogue.populations import population_for
from workbook_builder.counting.counter import Population
from workbook_builder.listed.empty import without_empty
from workbook_builder.listed.memory import Memory
from workbook_builder.listed.places import ExtractPlace
from workbook_builder.lists.read import read_lists
from workbook_builder.periods import FinancialYear, Month

if TYPE_CHECKING:
    from workbook_builder.lists.model import Lists


def read_extract(
    extract: ExtractPlace,
    memory: Memory,
    settings: ListSettings,
    teams: Mapping[str, str],
    before: Mapping[str, int] | None = None,
) -> Lists:
    """The clean lists of an extract, with teams by the names that they have now.

    before: the rows of each list in the extracts before, to be told where a list has none now.
    Raises UserError with every fault of its files.
    """
    found = read_lists(
        extract.path,
        mapping=extract.mapping,
        as_at=extract.as_at,
        days=partial(_days, memory, extract.month),
        teams=teams,
    )
    return without_empty(found, settings.may_be_empty, before)


class CountedWith(TypedDict):
    """What a count is given beside the rows, the window and the breakdowns."""

    years: FinancialYear
    areas: Mapping[str, str]
    missing_columns: Mapping[str, Collection[str]]
    holidays: Iterable[dt.date]
    populations: Mapping[str, Population]


def counted_with(catalogue: Catalogue, found: Lists) -> CountedWith:
    """The authority's own year, areas, holidays and populations, and what no file had."""
    return CountedWith(
        years=catalogue.settings.years,
        areas={row.team: row.area for row in catalogue.areas},
        missing_columns=found.missing_columns,
        holidays=catalogue.settings.lists.holidays,
        populations={
            one.measure: partial(population_for, catalogue, one.population)
            for one in catalogue.indicators
            if one.measure and one.population
        },
    )


def _days(memory: Memory, month: Month, name: str) -> dict[str, dt.date]:
    """What the query of a list may ask for."""
    first, last = memory.first(name, month).first_day, month.last_day
    return {"first_day": first, "last_day": last, "as_at": last}
