"""One extract on its way to figures: read, and with what it is counted.

Figures and the records behind them are counted from the same, so both ask here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.catalogue.populations import population_for
from workbook_builder.counting.counter import Population
from workbook_builder.counting.spells import Window
from workbook_builder.listed.memory import Memory
from workbook_builder.listed.places import ExtractPlace
from workbook_builder.lists.model import Lists
from workbook_builder.lists.read import read_lists
from workbook_builder.periods import FinancialYear

if TYPE_CHECKING:
    import pandas as pd


def read_extract(extract: ExtractPlace, memory: Memory) -> Lists:
    """The lists of an extract. Raises UserError with the faults of all its files."""
    last = extract.month.last_day

    def days(name: str) -> dict[str, dt.date]:
        """What the query of a list may ask for."""
        first = memory.first(name, extract.month).first_day
        return {"first_day": first, "last_day": last, "as_at": last}

    return read_lists(extract.path, mapping=extract.mapping, as_at=last, days=days)


def window_of(extract: ExtractPlace, frames: Mapping[str, pd.DataFrame], memory: Memory) -> Window:
    """The months of an extract, its own the last, and from when on its lists are whole together
    with what the extracts before it left."""
    month = extract.month
    first = month.plus(1 - memory.window)
    return Window(first, month, month.last_day, memory.whole_from(frames, month))


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
