"""Which months an extract covers, and so which of its figures have rows that can be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from workbook_builder.catalogue.model import Settings
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.model import Counted, Measure
from workbook_builder.counting.spells import Window
from workbook_builder.extracts.quality import MOST_UNJUDGED
from workbook_builder.listed.memory import Memory
from workbook_builder.listed.places import ExtractPlace
from workbook_builder.periods import Month

if TYPE_CHECKING:
    import pandas as pd


def window_of(extract: ExtractPlace, frames: Mapping[str, pd.DataFrame], memory: Memory) -> Window:
    """The months of an extract, its own the last, and from when on its lists are whole together
    with what the extracts before it left."""
    month = extract.month
    first = month.plus(1 - memory.window)
    whole, columns = memory.whole_from(frames, month), memory.columns_from(frames, month)
    return Window(first, month, extract.as_at, whole, columns, MOST_UNJUDGED)


def covering(
    extracts: Iterable[ExtractPlace], measure: Measure, month: Month, settings: Settings
) -> list[ExtractPlace]:
    """The extracts that may tell a measure's figure up to a month, in the order in which they
    count.

    Where two tell a month the later one does, but for positions that the nearest one tells.
    """
    found = [one for one in extracts if month in _months(one, measure, settings)]
    return found if nearest_counts(measure) else found[::-1]


def nearest_counts(measure: Measure) -> bool:
    """Whether a month is as the first extract that covers it has it, and not as the last one.

    A list of the latest loses the plan that was open at a month's end once the child has another,
    so every later extract has fewer of that month.
    """
    at_month_end = measure.counted is Counted.AT_MONTH_END
    return at_month_end and vocabulary().lists[measure.list].of_the_latest


def months_told(
    extracts: Iterable[ExtractPlace], measure: Measure, settings: Settings
) -> tuple[Month, ...]:
    """Every month that some extract covers, for this measure."""
    return tuple(sorted({month for one in extracts for month in _months(one, measure, settings)}))


def _months(extract: ExtractPlace, measure: Measure, settings: Settings) -> list[Month]:
    if measure.counted is Counted.AT_EXTRACT:
        return [extract.month]
    return [extract.month.plus(-back) for back in range(settings.lists.window)]


def spoken(months: Sequence[Month]) -> str:
    """Months as a person says them: October 2024 to March 2025, May 2025."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month == runs[-1][-1].plus(1):
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(
        run[0].long_label if len(run) == 1 else f"{run[0].long_label} to {run[-1].long_label}"
        for run in runs
    )
