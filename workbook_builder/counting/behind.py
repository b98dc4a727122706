"""The rows behind one figure: which rows are counted, and which of them are in the numerator.

The same code that counts a figure says which rows it counts, and the rows are held to the figure:
rows that do not make it are never given away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from workbook_builder.catalogue.words import Unit
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.conditions import Aged, Apart, Blank, Condition, Ordered
from workbook_builder.counting.counter import Counter, Population, amounts_of
from workbook_builder.counting.days import BLANK, Calendar, Days, Flags
from workbook_builder.counting.model import Each, Measure
from workbook_builder.counting.operands import Linked, Operand, Previous
from workbook_builder.counting.result import as_frame
from workbook_builder.counting.spelling import folded
from workbook_builder.counting.spells import Window
from workbook_builder.counting.tables import Codes, Data, Table
from workbook_builder.counting.tally import Amounts
from workbook_builder.errors import InternalError
from workbook_builder.periods import FinancialYear, Period

if TYPE_CHECKING:
    import pandas as pd

LookedUp = Previous | Linked
Dates = npt.NDArray[np.datetime64]


class Why(StrEnum):
    """Why there is no figure, and so no rows behind it."""

    LACKS = "a list or column is missing"
    PERIOD = "the extract does not tell the period"
    BREAKDOWN = "the measure is not given by that breakdown"
    GROUP = "the breakdown has no such group"


@dataclass(frozen=True)
class NoFigure:
    """What stands in the way: what is missing, or the breakdowns or groups that there are."""

    why: Why
    lacks: str = ""
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Behind:
    """A figure and its rows, which have the columns and the index of their list.

    Where a list has rows of earlier extracts with it, these are among them.

    counts, in_numerator, amounts and looked_up have one entry for each row. counts is True
    everywhere, unless a child counts once: then for one row of each child, one in the numerator if
    the child has any. amounts is what each row adds to a mean, None for other measures. looked_up
    has the dates, NaT where there is none, that a condition found in other rows of the child.
    denominator and value are None where the figure has none.
    """

    rows: pd.DataFrame
    counts: Flags
    in_numerator: Flags
    amounts: Amounts | None
    looked_up: Mapping[LookedUp, Dates]
    numerator: float
    denominator: float | None
    value: float | None


def rows_behind(
    measure: Measure,
    frames: Mapping[str, pd.DataFrame],
    window: Window,
    period: Period,
    breakdown: str = "",
    *,
    years: FinancialYear | None = None,
    areas: Mapping[str, str] | None = None,
    missing_columns: Mapping[str, Collection[str]] | None = None,
    holidays: Iterable[dt.date] = (),
    population: Population | None = None,
    populations: Mapping[str, Population] = MappingProxyType({}),
) -> Behind | NoFigure:
    """The rows behind a measure's figure for a period and a breakdown, such as team=North.

    Everything else is as for `count`. Raises InternalError where the rows do not make the figure.
    """
    names, key = vocabulary(), breakdown.partition("=")[0]
    data = Data(frames, names, window.as_at, Calendar(holidays), areas or {}, missing_columns or {})
    counter = Counter(data, names, window, years or FinancialYear(), {key}, population, populations)
    if lacks := counter.lacks(measure):
        return NoFigure(Why.LACKS, lacks)
    figures = as_frame(list(counter.blocks(measure)))
    same = (figures["kind"] == str(period.kind)) & (figures["period"] == period.text)
    figures = figures[same & (figures["end"] == str(period.end))]
    alike = (one for one in figures["breakdown"] if folded(one) == folded(breakdown))
    breakdown = next(alike, breakdown)
    found = figures[figures["breakdown"] == breakdown]
    if len(found):
        behind = _behind(counter, measure, data.table(measure.list), period, breakdown)
        return _held(measure, behind, frames[measure.list], found.iloc[0])
    if figures.empty:
        return NoFigure(Why.PERIOD)
    if key not in counter.breakdowns(measure):
        return NoFigure(Why.BREAKDOWN, known=tuple(counter.breakdowns(measure)))
    groups = [str(text) for text in figures["breakdown"] if text]
    return NoFigure(Why.GROUP, known=tuple(groups))


@dataclass(frozen=True)
class _Marked:
    """The places of the rows in their list, and what `Behind` says of each."""

    places: Codes
    counts: Flags
    in_numerator: Flags
    amounts: Amounts | None
    looked_up: Mapping[LookedUp, Dates]


def _behind(
    counter: Counter, measure: Measure, table: Table, period: Period, breakdown: str
) -> _Marked:
    inside, top = counter.flags(measure, period, breakdown)
    counts = inside
    if measure.each is Each.CHILD:
        counts = _one_row_each(table.children, inside, top)
    places = np.flatnonzero(inside).astype(np.int64)
    amounts = amounts_of(measure, table)[places] if measure.total else None
    looked_up = {operand: _dates(operand.days(table)[places]) for operand in looks_up(measure)}
    return _Marked(places, counts[places], top[places], amounts, looked_up)


def _one_row_each(children: Codes, inside: Flags, top: Flags) -> Flags:
    """One row of each child: the first in the numerator, or else the first."""
    rows = np.flatnonzero(inside)
    ordered = rows[np.argsort(~top[rows], kind="stable")]
    _, first = np.unique(children[ordered], return_index=True)
    flags = np.zeros(len(inside), dtype=bool)
    flags[ordered[first]] = True
    return flags


def _dates(days: Days) -> Dates:
    dates = days.astype("datetime64[D]")
    dates[days == BLANK] = np.datetime64("NaT")
    return dates


def looks_up(measure: Measure) -> list[LookedUp]:
    """The dates that a measure takes from other rows of the child."""
    found = dict.fromkeys(_operands(measure))
    return [operand for operand in found if isinstance(operand, Previous | Linked)]


def _operands(measure: Measure) -> Iterator[Operand | None]:
    """Every date that the measure's declaration names, in its order."""
    yield from (measure.date, measure.start, measure.end)
    for group in (*measure.cohort, *measure.numerator):
        for condition in group:
            yield from _of_condition(condition)
    if measure.total is not None:
        yield from (measure.total.start, measure.total.end)


def _of_condition(condition: Condition) -> tuple[Operand, ...]:
    match condition:
        case Apart():
            return (condition.later, condition.earlier)
        case Ordered():
            return (condition.one, condition.other)
        case Aged():
            return (condition.at,)
        case Blank():
            return () if isinstance(condition.what, str) else (condition.what,)
        case _:
            return ()


def _held(measure: Measure, marked: _Marked, frame: pd.DataFrame, figure: pd.Series) -> Behind:
    """The rows with the figure that they make. Raises InternalError where they make another."""
    rows, top = int(marked.counts.sum()), int((marked.counts & marked.in_numerator).sum())
    total = None if marked.amounts is None else float(marked.amounts.sum())
    numerator = float(figure["numerator"])
    known = figure["denominator"] == figure["denominator"]
    denominator = float(figure["denominator"]) if known else None
    alone = measure.unit in (Unit.COUNT, Unit.RATE)
    made = rows if alone else total if total is not None else top
    same = np.isclose(made, numerator, rtol=1e-9, atol=1e-6) and (alone or rows == denominator)
    if not same:
        raise InternalError(f"the rows behind {measure.code} do not make its figure")
    value = None if figure["value"] != figure["value"] else float(figure["value"])
    return Behind(
        frame.iloc[marked.places],
        marked.counts,
        marked.in_numerator,
        marked.amounts,
        marked.looked_up,
        numerator,
        denominator,
        value,
    )
