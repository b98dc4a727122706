"""Which months a count covers, and the periods that can be told from them.

A period is told only where every month of it is known: a year to date that would leave a month out
is not given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from workbook_builder.counting.days import Days, day_number
from workbook_builder.periods import FinancialYear, Kind, Month, Period


@dataclass(frozen=True)
class Window:
    """The months to count, the day that the lists were taken, and from when their rows are whole.

    `rows_from` names the first month that a list holds all rows of; a list not named there is
    whole from `first`. Months before it are left out; what looks back needs so many months more.
    `columns_from` names the first month from which on the rows of a list have a column, by list and
    column, where rows of earlier months come from files without it. `most_unjudged` is the share
    of a cohort that may be left out because nobody can judge it as at that day; beyond it a measure
    has no figure.
    """

    first: Month
    last: Month
    as_at: dt.date
    rows_from: Mapping[str, Month] = field(default_factory=dict)
    columns_from: Mapping[tuple[str, str], Month] = field(default_factory=dict)
    most_unjudged: float = 1.0

    def rows_whole_from(self, name: str) -> Month:
        """The first month that a list holds all rows of."""
        return self.rows_from.get(name, self.first)

    def whole_from(self, name: str, column: str) -> Month:
        """The first month from which on a list holds all rows, with a column of it."""
        rows = self.rows_whole_from(name)
        return max(rows, self.columns_from.get((name, column), rows))

    def month_ends(self, first: Month) -> Days:
        """The last day of each month from `first` on, the extract's own day at the latest."""
        count = self.last.minus(first) + 1
        ends = (first.plus(step).last_day for step in range(count))
        return np.array([day_number(min(end, self.as_at)) for end in ends], dtype=np.int64)


@dataclass(frozen=True)
class Run:
    """The periods of one kind, and their first and last months counted from a base month."""

    kind: Kind
    periods: tuple[Period, ...]
    firsts: Days
    lasts: Days

    @property
    def lengths(self) -> Days:
        """How many months each period has."""
        return self.lasts - self.firsts + 1

    def since(self, offset: int) -> Run:
        """Only the periods that begin so many months after the base month or later."""
        told = self.firsts >= offset
        periods = tuple(one for one, kept in zip(self.periods, told, strict=True) if kept)
        return Run(self.kind, periods, self.firsts[told], self.lasts[told])


def runs(window: Window, base: Month, years: FinancialYear, positions: bool) -> list[Run]:
    """The periods that months from `base` on can give and that end in the window.

    A position is that of its last month, so it needs no month before, and has no rolling year.
    """
    begin = max(base, window.first)
    ends = [begin.plus(step) for step in range(window.last.minus(begin) + 1)]
    by_kind = {
        Kind.MONTH: [Period.month(end) for end in ends],
        Kind.QUARTER: [quarter for end in ends if (quarter := years.quarter(end)).end == end],
        Kind.YTD: [years.ytd(end) for end in ends],
        Kind.ROLLING: [] if positions else [Period.rolling(end) for end in ends],
    }
    return [
        _run(kind, [period for period in periods if positions or period.start >= base], base)
        for kind, periods in by_kind.items()
    ]


def _run(kind: Kind, periods: list[Period], base: Month) -> Run:
    firsts = np.array([period.start.minus(base) for period in periods], dtype=np.int64)
    lasts = np.array([period.end.minus(base) for period in periods], dtype=np.int64)
    return Run(kind, tuple(periods), firsts, lasts)
