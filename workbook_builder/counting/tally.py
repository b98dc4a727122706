"""Counting without a loop over months or rows: marks, and sums of marks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from workbook_builder.counting.conditions import Interval
from workbook_builder.counting.days import Days
from workbook_builder.counting.spells import Run
from workbook_builder.counting.tables import Codes

Amounts = npt.NDArray[np.float64]


def in_months(
    months: Codes, groups: Codes, shape: tuple[int, int], weights: Amounts | None
) -> Amounts:
    """How many rows each group has before each month; a column more than there are months.

    The difference of two columns is the number in the months between.
    """
    count, width = shape
    counted = np.bincount(groups * width + months, weights, minlength=count * width)
    sums = np.zeros((count, width + 1))
    np.cumsum(counted.reshape(count, width), axis=1, out=sums[:, 1:])
    return sums


def over(sums: Amounts, run: Run) -> Amounts:
    """The number in each period, from sums up to each month."""
    return sums[:, run.lasts + 1] - sums[:, run.firsts]


def once_each(
    children: Codes, months: Codes, groups: Codes, shape: tuple[int, int], run: Run
) -> Amounts:
    """How many different children each group has in each period.

    Of a child's months only the last within a period counts. A month is that from the first period
    that ends in it or later, until a period ends in the child's next month or later, or begins
    after it. So each row is two marks again, after one sort; of rows in one month the last counts.
    """
    count, width = shape
    wide = len(run.periods) + 1
    if not len(children):
        return np.zeros((count, wide - 1))
    people = int(children.max()) + 1
    keys = np.sort((groups * people + children) * width + months)
    who, month = np.divmod(keys, width)
    follows = np.full(len(keys), width, dtype=np.int64)
    same = who[1:] == who[:-1]
    follows[:-1][same] = month[1:][same]
    first: Codes = np.asarray(np.searchsorted(run.lasts, month, side="left"), dtype=np.int64)
    until = np.minimum(
        np.searchsorted(run.lasts, follows, side="left"),
        np.searchsorted(run.firsts, month, side="right"),
    )
    return _marks(first, np.maximum(first, until), who // people, count, wide, None)


def at_days(
    interval: Interval, groups: Codes, count: int, days: Days, weights: Amounts | None
) -> Amounts:
    """How many rows of each group hold on each of some days, which are in order."""
    low, high = int(days[0]), int(days[-1]) + 1
    place: Codes = np.searchsorted(days, np.arange(low, high + 1)).astype(np.int64)
    first: Codes = place[np.clip(interval.start, low, high) - low]
    until: Codes = place[np.clip(interval.until, low, high) - low]
    return _marks(first, np.maximum(first, until), groups, count, len(days) + 1, weights)


def _marks(
    first: Codes, until: Codes, groups: Codes, count: int, wide: int, weights: Amounts | None
) -> Amounts:
    """One more from a place on, one less from another on, summed along each group."""
    size = count * wide
    marks = np.bincount(groups * wide + first, weights, minlength=size).astype(np.float64)
    marks -= np.bincount(groups * wide + until, weights, minlength=size)
    summed: Amounts = np.cumsum(marks.reshape(count, wide), axis=1)[:, :-1]
    return summed
