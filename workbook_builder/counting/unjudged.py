"""Rows that nobody can judge as at a day: the latest date that the list holds lies after it.

A list has the latest visit, review or placement of a child and no earlier one. Where that one lies
after the day, the one before it, by which the row would be judged, is not there any more. The row
then neither meets the rule nor fails it. Most often the lists were taken after the day.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from workbook_builder.counting.conditions import Apart, Ordered
from workbook_builder.counting.days import BLANK, Flags
from workbook_builder.counting.model import Counted, Measure
from workbook_builder.counting.operands import DateColumn, ExtractDate, TheDay
from workbook_builder.counting.tables import Table


class Unjudged(NamedTuple):
    """How many rows of a cohort are left out, and how many rows it would have with them."""

    rows: int
    of: int

    @property
    def share(self) -> float:
        return self.rows / self.of if self.of else 0.0


def latest_dates(measure: Measure) -> tuple[str, ...]:
    """The columns of its list that the numerator of a measure compares with the extract's day."""
    if measure.counted is not Counted.AT_EXTRACT:
        return ()
    found: dict[str, None] = {}
    for group in measure.numerator:
        for condition in group:
            match condition:
                case Apart():
                    pair = condition.later, condition.earlier
                case Ordered():
                    pair = condition.one, condition.other
                case _:
                    continue
            if any(isinstance(one, TheDay | ExtractDate) for one in pair):
                found |= {one.name: None for one in pair if isinstance(one, DateColumn)}
    open_by = measure.start, measure.end
    return tuple(name for name in found if DateColumn(name) not in open_by)


def unjudged(measure: Measure, table: Table, met: Flags) -> Flags:
    """Rows that do not meet the numerator and have such a date after the extract's day.

    met: the rows that meet it; what they meet it by lies on or before the day.
    """
    after = np.zeros(table.rows, dtype=bool)
    for name in latest_dates(measure):
        days = table.days(name)
        after |= (days != BLANK) & (days > table.data.as_at)
    return after & ~met
