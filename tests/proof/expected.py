"""What consecutive extracts should come to: the definitions, over the raw files, month by month.

For a month the last extract that covers it counts, whole: a group that it does not have any more is
not taken from an earlier one. What holds at the extract date is told for the extract's own month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from tests.counting.recount import DEFINITIONS, Figures, World, recount
from tests.proof import plain

Month = tuple[int, int]
Extract = tuple[Month, dt.date, World]


def worlds(extracts: Sequence[tuple[Month, Path]], as_at: dict[Month, dt.date]) -> list[Extract]:
    """Every extract, read plainly."""
    return [
        (month, as_at[month], World(plain.read(path, as_at[month]), as_at[month]))
        for month, path in extracts
    ]


def earlier(month: Month, months: int) -> Month:
    year, number = divmod(month[0] * 12 + month[1] - 1 - months, 12)
    return year, number + 1


def expected(code: str, extracts: Sequence[Extract], window: int, population: float) -> Figures:
    """Every figure of a measure from all extracts in their order."""
    found: Figures = {}
    for month, _, world in extracts:
        first = earlier(month, window - 1)
        given = recount(code, world, first, month, first, population)
        periods = {(kind, end) for _, _, kind, end in given}
        found = {key: one for key, one in found.items() if key[2:] not in periods}
        found |= given
    return found


def codes_that_look_back() -> set[str]:
    """The measures that need rows from before the months of an extract."""
    return {code for code, one in DEFINITIONS.items() if one.looks_back}
