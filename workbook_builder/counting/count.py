"""Counts every measure of a library from lists, for every period and breakdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.counter import Counter, Population
from workbook_builder.counting.days import Calendar
from workbook_builder.counting.model import Library
from workbook_builder.counting.result import Block, as_frame
from workbook_builder.counting.spells import Window
from workbook_builder.counting.tables import Data
from workbook_builder.counting.unjudged import Unjudged
from workbook_builder.periods import FinancialYear

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class NotCounted:
    """A measure without a figure, and what it lacks; earlier: earlier extracts may have it."""

    code: str
    lacks: str
    earlier: bool = False


@dataclass(frozen=True)
class Counts:
    """The figures, and the measures that have none.

    frame: indicator, breakdown (blank: the headline; else team=North), kind, period and end as
    periods write them, numerator, denominator, value never rounded, symbol where there is no value.
    unjudged: by measure the rows left out because nobody can judge them as at the extract's day.
    """

    frame: pd.DataFrame
    not_counted: tuple[NotCounted, ...]
    unjudged: Mapping[str, Unjudged] = field(default_factory=dict)


def count(
    library: Library,
    frames: Mapping[str, pd.DataFrame],
    window: Window,
    *,
    years: FinancialYear | None = None,
    breakdowns: Collection[str] | None = None,
    areas: Mapping[str, str] | None = None,
    missing_columns: Mapping[str, Collection[str]] | None = None,
    holidays: Iterable[dt.date] = (),
    population: Population | None = None,
    populations: Mapping[str, Population] = MappingProxyType({}),
) -> Counts:
    """Every figure that the lists can give for the months of the window.

    breakdowns: only these; areas: the area of each team; missing_columns: columns that stand in a
    frame but were in no file, by list; holidays: days of one's own beside the bank holidays;
    population: the children that a rate of a period is about; populations: those of the rates
    that have one of their own, by measure.
    """
    names = vocabulary()
    data = Data(frames, names, window.as_at, Calendar(holidays), areas or {}, missing_columns or {})
    counter = Counter(
        data, names, window, years or FinancialYear(), breakdowns, population, populations
    )
    blocks: list[Block] = []
    lacking: list[NotCounted] = []
    left_out: dict[str, Unjudged] = {}
    for measure in library.measures:
        if (found := counter.unjudged(measure)).rows:
            left_out[measure.code] = found
        if lacks := counter.lacks(measure):
            lacking.append(NotCounted(measure.code, lacks, counter.begins_too_late(measure)))
        else:
            blocks += counter.blocks(measure)
    return Counts(as_frame(blocks), tuple(lacking), left_out)
