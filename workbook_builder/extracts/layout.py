"""The header row of a sheet, found by its names, and what each column below it gives.

Long: columns indicator (or code), period and at least one of value, numerator, denominator.
Wide: a column indicator (or code) and a column for each period; a column measure (or what) may say
which part of the figure a row gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from workbook_builder.errors import Fault, Place, did_you_mean
from workbook_builder.extracts import names
from workbook_builder.extracts.cells import Cell, Row, Sheet, column_letter
from workbook_builder.extracts.headings import WAYS_TO_WRITE, period_of_date, read_period
from workbook_builder.extracts.model import Remark
from workbook_builder.extracts.names import HEADER_WITHIN, What, heading_name
from workbook_builder.periods import FinancialYear, Period

LOOKED_FOR = (
    "a row with the columns indicator (or code), period and value (or numerator and denominator), "
    "or with indicator (or code) and a column for each period"
)
_WIDE_COLUMNS = "indicator, code, breakdown, measure, note, source, name"


@dataclass(frozen=True)
class Layout:
    """Columns by what they give: a long sheet has `period` and `parts`, a wide one `periods`."""

    header: int
    indicator: int
    breakdown: int | None = None
    measure: int | None = None
    period: int | None = None
    period_kind: int | None = None
    parts: Mapping[int, What] | None = None
    periods: Mapping[int, Period] | None = None

    @property
    def is_wide(self) -> bool:
        """Whether each period has a column of its own."""
        return self.periods is not None


@dataclass(frozen=True)
class Found:
    """The layout of a sheet, if it has a header, with what is wrong or doubtful about it."""

    layout: Layout | None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Remark, ...] = ()


def find_layout(sheet: Sheet, file: str, years: FinancialYear) -> Found:
    """The layout that the first header row within the first 30 rows gives."""
    for row in sheet.rows:
        if row.number > HEADER_WITHIN:
            break
        headings = {column: heading_name(cell.text) for column, cell in row.cells.items()}
        place = Place(file, sheet.name, row.number)
        if _is_long(headings):
            return _long(sheet, row, headings, place)
        if _is_wide(row, headings, years):
            return _wide(sheet, row, headings, place, years)
    return Found(None)


def _is_long(headings: Mapping[int, str]) -> bool:
    found = set(headings.values())
    return bool(found & names.INDICATOR and found & names.PERIOD and found & set(names.PARTS))


def _is_wide(row: Row, headings: Mapping[int, str], years: FinancialYear) -> bool:
    found = set(headings.values())
    if not found & names.INDICATOR or found & names.PERIOD:
        return False
    return any(_could_be_period(row.cells[column], years) for column in headings)


def _could_be_period(cell: Cell, years: FinancialYear) -> bool:
    """A period or what begins with a digit, as 2013-13: no heading of a page of notes does."""
    if isinstance(cell.content, dt.datetime) or cell.text[:1].isdigit():
        return True
    try:
        return bool(read_period(cell.text, years))
    except ValueError:
        return False


def _long(sheet: Sheet, row: Row, headings: Mapping[int, str], place: Place) -> Found:
    indicator, breakdown = _indicator(headings), _column(headings, names.BREAKDOWN)
    parts = {column: names.PARTS[name] for column, name in headings.items() if name in names.PARTS}
    period = _column(headings, names.PERIOD)
    kind = _column(headings, names.PERIOD_KIND)
    layout = Layout(row.number, indicator, breakdown, period=period, period_kind=kind, parts=parts)
    read: set[int | None] = {indicator, breakdown, period, kind, *parts}
    twice = names.INDICATOR | names.BREAKDOWN | names.PERIOD | set(names.PARTS)
    return Found(
        layout, _twice(headings, twice, place), _not_read(sheet, row, headings, read, place)
    )


def _wide(
    sheet: Sheet, row: Row, headings: Mapping[int, str], place: Place, years: FinancialYear
) -> Found:
    indicator, breakdown = _indicator(headings), _column(headings, names.BREAKDOWN)
    measure = _column(headings, names.MEASURE)
    faults = list(_twice(headings, names.INDICATOR | names.BREAKDOWN | names.MEASURE, place))
    periods: dict[int, Period] = {}
    others = names.INDICATOR | names.BREAKDOWN | names.MEASURE | names.NOT_READ
    for column, cell in row.cells.items():
        if headings[column] in others:
            continue
        try:
            periods[column] = period_of_cell(cell, years)
        except ValueError as error:
            faults.append(_no_period(str(error), headings[column], _at(place, column)))
    layout = Layout(row.number, indicator, breakdown, measure, periods=periods)
    read: set[int | None] = set(row.cells)
    return Found(layout, tuple(faults), _not_read(sheet, row, headings, read, place))


def period_of_cell(cell: Cell, years: FinancialYear, kind: str = "") -> Period:
    """The period that a cell names. Raises ValueError with a message for people."""
    if isinstance(cell.content, dt.datetime):
        return period_of_date(cell.content.date(), cell.number_format, years)
    return read_period(f"{kind} {cell.text}".strip(), years)


def _no_period(message: str, heading: str, place: Place) -> Fault:
    fix = did_you_mean(heading, [*names.INDICATOR, *names.BREAKDOWN, *names.MEASURE, "note"])
    return Fault(
        "WB211",
        f"The heading is neither a period nor a known column: {message}",
        place,
        f"{_WIDE_COLUMNS}, or a period such as {WAYS_TO_WRITE}",
        fix or "Mend the heading, or call the column note if it holds no figures.",
    )


def _indicator(headings: Mapping[int, str]) -> int:
    """The column of the codes; a header row has one, or it would not have been taken for one."""
    return _column(headings, names.CODE) or _column(headings, names.INDICATOR) or 0


def _column(headings: Mapping[int, str], allowed: frozenset[str]) -> int | None:
    return next((column for column, name in sorted(headings.items()) if name in allowed), None)


def _twice(
    headings: Mapping[int, str], single: frozenset[str] | set[str], place: Place
) -> tuple[Fault, ...]:
    """A fault for each name that heads two columns, since nobody can tell which one is meant."""
    faults = []
    for name in sorted(single):
        columns = [column for column, heading in sorted(headings.items()) if heading == name]
        if len(columns) > 1:
            letters = " and ".join(column_letter(column) for column in columns)
            what = f'Columns {letters} are both called "{name}".'
            faults.append(Fault("WB212", what, place, fix="Rename the one that is not meant."))
    return tuple(faults)


def _not_read(
    sheet: Sheet, row: Row, headings: Mapping[int, str], read: set[int | None], place: Place
) -> tuple[Remark, ...]:
    """A remark for each column with content that is passed over and that people may have meant."""
    used = {column for each in sheet.rows if each.number > row.number for column in each.cells}
    remarks = []
    for column in sorted(used - read):
        heading = headings.get(column, "")
        if heading in names.NOT_READ or heading in names.INDICATOR:
            continue
        name = f'called "{row.text(column)}"' if heading else "without a heading"
        remarks.append(Remark(_at(place, column), f"the column {name} is not read"))
    return tuple(remarks)


def _at(place: Place, column: int) -> Place:
    return Place(place.file, place.sheet, place.row, column_letter(column))
