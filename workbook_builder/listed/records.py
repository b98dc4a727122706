"""The rows behind a figure as a table for an officer: what counts, and where each record stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook_builder.catalogue.words import Polarity, Unit
from workbook_builder.counting import Behind, Measure
from workbook_builder.counting.behind import LookedUp
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.model import Each
from workbook_builder.counting.operands import Previous
from workbook_builder.listed.behind import Found
from workbook_builder.lists.definitions import Kind, lists
from workbook_builder.lists.model import FILE, ROW, SHEET
from workbook_builder.periods import Kind as PeriodKind
from workbook_builder.periods import Period
from workbook_builder.values import number_text

DENOMINATOR, NUMERATOR, COUNTED = "In denominator", "In numerator", "Counted"
YES, NO, AGAIN = "yes", "no", "same child again"
SOURCE = {FILE: "Source file", SHEET: "Sheet", ROW: "Excel row"}


@dataclass(frozen=True)
class Column:
    """A column: texts (blank for nothing), dates (NaT) or numbers (NaN), as `kind` says."""

    heading: str
    kind: Kind
    values: np.ndarray[Any, Any]


@dataclass(frozen=True)
class Records:
    """A table about children. The warning goes before everything else wherever it is written."""

    warning: str
    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0].values)


def records_of(found: Found, comparison: str) -> Records:
    """The table, what needs looking at first; `comparison` says whether the figure is reported."""
    behind, measure = found.behind, found.measure
    order = _order(behind, measure)
    columns = [
        *_marks(behind, measure),
        *_dates(behind, measure),
        *_cells(found),
    ]
    taken = (Column(one.heading, one.kind, one.values[order]) for one in columns)
    return Records(_warning(found, comparison), tuple(taken))


def period_text(period: Period) -> str:
    """The period as a sentence has it."""
    return period.end.long_label if period.kind is PeriodKind.MONTH else period.label


def figure_text(found: Found) -> str:
    """The figure as a person says it: 12 of 60, 20.0%."""
    behind, unit, own = found.behind, found.measure.unit, found.question.indicator.decimals
    decimals = found.measure.decimals if own is None else own
    top, below = _amount(behind.numerator), _amount(behind.denominator or 0.0)
    if unit is Unit.COUNT:
        return top
    value = "none of none"
    if behind.value is not None:
        value = number_text(behind.value, decimals, unit.suffix)
    said = {
        Unit.PERCENT: f"{top} of {below}, {value}",
        Unit.RATE: f"{top}, {value} per 10,000",
        Unit.DAYS: f"{top} days over {below}, {value} days on average",
    }
    return said.get(unit, f"{top} over {below}, {value} on average")


def counts_text(found: Found) -> str:
    """How many records there are, and how many of them make up each part of the figure."""
    behind, measure = found.behind, found.measure
    told = [f"Records: {len(behind.rows)}"]
    if measure.each is Each.CHILD:
        told.append(f"different children: {int(behind.counts.sum())}")
    if measure.unit is Unit.PERCENT:
        top = int((behind.counts & behind.in_numerator).sum())
        told.append(f"in the numerator: {top}")
        told.append(f"not in it: {int(behind.counts.sum()) - top}")
    return ", ".join(told)


def _warning(found: Found, comparison: str) -> str:
    question, measure = found.question, found.measure
    indicator = question.indicator
    about = [f"{indicator.name} ({indicator.code})", period_text(found.period)]
    if question.breakdown:
        about.append(question.breakdown)
    proxy = f" Proxy: {measure.proxy}" if measure.proxy else ""
    return (
        "OFFICIAL-SENSITIVE: personal data about children. Keep this file where only you can open "
        "it, do not attach it to a report, and delete it when you are done. "
        f"{', '.join(about)}: {figure_text(found)}. {counts_text(found)}. "
        f"Counted from {found.extract.name}. {comparison}{proxy}"
    )


def _amount(value: float) -> str:
    return f"{value:.15g}"


def _order(behind: Behind, measure: Measure) -> np.ndarray[Any, Any]:
    """First what fails, where a high share is good; else what is in the numerator.

    Of a mean the worst come first. Beyond that the rows stay as they stand in the list.
    """
    good_is_high = measure.polarity is Polarity.HIGH
    if behind.amounts is not None:
        weight = behind.amounts if good_is_high else -behind.amounts
    else:
        weight = (behind.in_numerator == good_is_high).astype(np.float64)
    return np.argsort(weight, kind="stable")


def _marks(behind: Behind, measure: Measure) -> list[Column]:
    """What each row counts for."""
    one = behind.counts
    if measure.unit is not Unit.PERCENT:
        marks = [_text(COUNTED, np.where(one, YES, AGAIN))]
    else:
        top = np.where(behind.in_numerator, YES, NO)
        marks = [
            _text(DENOMINATOR, np.where(one, YES, AGAIN)),
            _text(NUMERATOR, np.where(one, top, AGAIN)),
        ]
    if behind.amounts is not None:
        heading = "Days counted" if measure.unit is Unit.DAYS else "Number counted"
        marks.append(Column(heading, Kind.NUMBER, behind.amounts))
    return marks


def _text(heading: str, values: Any) -> Column:
    return Column(heading, Kind.TEXT, np.asarray(values, dtype=object))


def _dates(behind: Behind, measure: Measure) -> list[Column]:
    """The dates that were looked up in other rows of the child."""
    return [
        Column(_said(operand, measure.list), Kind.DATE, dates)
        for operand, dates in behind.looked_up.items()
    ]


def _said(operand: LookedUp, own: str) -> str:
    """A looked-up date by Ofsted's headings."""
    if isinstance(operand, Previous):
        return f"The child's previous: {_heading(own, operand.name)}"
    which, when = ("latest", "before") if operand.before else ("first", "after")
    listed = lists()[operand.list]
    return (
        f"The child's {which} in list {listed.number} on or {when} "
        f"{_heading(own, operand.reference)}: {_heading(operand.list, operand.name)}"
    )


def _heading(name: str, own: str) -> str:
    """Ofsted's heading of a column that declarations call by a name of ours."""
    key = vocabulary().lists[name].columns[own].key
    column = lists()[name].column(key)
    return column.heading if column else own


def _cells(found: Found) -> list[Column]:
    """The list's own columns, then the file, sheet and row of each record."""
    rows = found.behind.rows
    columns = [
        Column(column.heading, column.kind, rows[column.key].to_numpy(dtype=_TYPES[column.kind]))
        for column in lists()[found.measure.list].columns
        if column.key not in found.missing_columns
    ]
    columns += [
        _text(heading, rows[key].astype(str).to_numpy(dtype=object))
        for key, heading in SOURCE.items()
        if key != ROW
    ]
    place = rows[ROW].to_numpy(dtype=np.float64)
    return [*columns, Column(SOURCE[ROW], Kind.NUMBER, place)]


_TYPES: dict[Kind, Any] = dict.fromkeys(Kind, object) | {
    Kind.DATE: "datetime64[ns]",
    Kind.NUMBER: np.float64,
}
