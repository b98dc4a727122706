"""One row below the header to the parts of figures it gives, or the reason why it gives none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbook_builder.catalogue.model import Indicator
from workbook_builder.errors import Fault, Place, did_you_mean
from workbook_builder.extracts import names
from workbook_builder.extracts.amounts import read_part, read_value
from workbook_builder.extracts.cells import Cell, Row, Unusable, column_letter
from workbook_builder.extracts.codes import Codes, is_normal, normal_breakdown
from workbook_builder.extracts.headings import WAYS_TO_WRITE
from workbook_builder.extracts.layout import Layout, period_of_cell
from workbook_builder.extracts.model import Remark
from workbook_builder.extracts.names import What
from workbook_builder.periods import FinancialYear, Period
from workbook_builder.values import Value

NO_VALUE = "no value"


@dataclass(frozen=True)
class Part:
    """The value, numerator or denominator of one figure."""

    indicator: Indicator
    breakdown: str
    period: Period
    what: What
    content: Value
    place: Place


@dataclass(frozen=True)
class RowRead:
    """What a row gave. Without parts and faults, `reasons` say why there is nothing."""

    place: Place
    is_wide: bool
    parts: tuple[Part, ...] = ()
    reasons: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Source:
    """The sheet that rows come from, and what they are read by."""

    file: str
    sheet: str
    layout: Layout
    codes: Codes
    years: FinancialYear

    def place(self, row: Row, column: int | None = None, indicator: str = "") -> Place:
        """Where a row or one of its cells is."""
        letter = column_letter(column) if column else ""
        return Place(self.file, self.sheet, row.number, letter, indicator)


def read_row(row: Row, source: Source) -> RowRead:
    """The parts of figures in a row. Every fault of the row is reported, not the first only."""
    layout = source.layout
    place = source.place(row)
    given = [column for column in _figure_columns(layout) if column in row.cells]
    if not given:
        return RowRead(place, layout.is_wide, reasons=(Remark(place, NO_VALUE),))
    unusable = list(_unusable_names(row, source))
    if unusable:
        return RowRead(place, layout.is_wide, reasons=tuple(unusable))
    faults: list[Fault] = []
    indicator = _indicator(row, source, faults)
    what = _measure(row, source, faults)
    period = None if layout.is_wide else _period(row, source, faults)
    if indicator is None or what is None or (period is None and not layout.is_wide):
        return RowRead(place, layout.is_wide, faults=tuple(faults))
    cells = list(_cells(row, source, indicator, what, period, given))
    return RowRead(
        source.place(row, indicator=indicator.code),
        layout.is_wide,
        parts=tuple(each for each in cells if isinstance(each, Part)),
        reasons=tuple(each for each in cells if isinstance(each, Remark)),
        remarks=tuple(_row_remarks(row, source, indicator, cells)),
        faults=tuple(each for each in cells if isinstance(each, Fault)),
    )


@dataclass(frozen=True)
class _Aside:
    """A remark about a part that is used."""

    remark: Remark


def _figure_columns(layout: Layout) -> list[int]:
    columns = layout.periods if layout.periods is not None else layout.parts or {}
    return sorted(columns)


def _cells(
    row: Row,
    source: Source,
    indicator: Indicator,
    measure: What,
    period: Period | None,
    given: list[int],
) -> Iterator[Part | Remark | Fault | _Aside]:
    """What each figure cell gives: a part, or a Remark why not, or a fault; asides besides."""
    layout = source.layout
    breakdown = normal_breakdown(row.text(layout.breakdown))
    for column in given:
        place = source.place(row, column, indicator.code)
        what = layout.parts[column] if layout.parts else measure
        covered = layout.periods[column] if layout.periods else period
        if covered is None:
            continue
        outside = _outside(indicator, covered)
        if outside:
            yield Remark(place, outside)
            continue
        empty = Part(indicator, breakdown, covered, what, 0.0, place)
        yield from _cell(row.cells[column], empty)


def _cell(cell: Cell, part: Part) -> Iterator[Part | Remark | Fault | _Aside]:
    if part.what is What.VALUE:
        amount = read_value(cell, part.indicator.unit)
        if isinstance(amount, Unusable):
            yield Remark(part.place, amount.reason)
            return
        yield replace(part, content=amount.value)
        for remark in amount.remarks:
            yield _Aside(Remark(part.place, remark))
        return
    try:
        number = read_part(cell)
    except ValueError as error:
        allowed = "a number, or a symbol such as c for a figure that is withheld"
        yield Fault("WB223", f"The {part.what} {error}.", part.place, allowed)
        return
    if isinstance(number, Unusable):
        yield Remark(part.place, number.reason)
    elif part.what is What.DENOMINATOR and isinstance(number, float) and number < 0:
        what = f"The denominator is negative: {number:.15g}."
        yield Fault("WB224", what, part.place, "0 or more", "Mend it in the source.")
    else:
        yield replace(part, content=number)


def _unusable_names(row: Row, source: Source) -> Iterator[Remark]:
    """What keeps the row from saying which figure it gives: an Excel error in place of a name."""
    layout = source.layout
    columns = (
        layout.indicator,
        layout.breakdown,
        layout.measure,
        layout.period,
        layout.period_kind,
    )
    for column in columns:
        cell = row.cells.get(column) if column else None
        if cell and isinstance(cell.content, Unusable):
            yield Remark(source.place(row, column), cell.content.reason)


def _indicator(row: Row, source: Source, faults: list[Fault]) -> Indicator | None:
    column = source.layout.indicator
    written = row.text(column)
    if not written:
        what = "The row has figures but no indicator code."
        fix = "Write the code in every row; merged cells count as blank below the first."
        faults.append(Fault("WB222", what, source.place(row, column), fix=fix))
        return None
    indicator = source.codes.find(written)
    if indicator is None:
        what = f'There is no indicator "{written}" in the catalogue.'
        place = source.place(row, column)
        faults.append(Fault("WB220", what, place, fix=source.codes.advice(written)))
    return indicator


def _measure(row: Row, source: Source, faults: list[Fault]) -> What | None:
    column = source.layout.measure
    written = row.text(column)
    if not written:
        return What.VALUE
    what = names.PARTS.get(names.heading_name(written))
    if what is None:
        fault = f'"{written}" does not say which part of the figure the row gives.'
        allowed = "value, numerator, denominator, or blank for value"
        fix = did_you_mean(written, names.PARTS)
        faults.append(Fault("WB213", fault, source.place(row, column), allowed, fix))
    return what


def _period(row: Row, source: Source, faults: list[Fault]) -> Period | None:
    column = source.layout.period
    cell = row.cells.get(column) if column else None
    place = source.place(row, column)
    if cell is None:
        what = "The row has a figure but no period."
        faults.append(Fault("WB222", what, place, fix=f"Write the period: {WAYS_TO_WRITE}."))
        return None
    try:
        return period_of_cell(cell, source.years, row.text(source.layout.period_kind))
    except ValueError as error:
        faults.append(Fault("WB221", str(error), place, WAYS_TO_WRITE))
        return None


def _outside(indicator: Indicator, period: Period) -> str:
    """Why a period lies wholly before or after the months that an indicator is for; else blank."""
    if indicator.from_ and period.end < indicator.from_:
        return f"{period.label} is before the indicator's first month, {indicator.from_.label}"
    if indicator.to and period.start > indicator.to:
        return f"{period.label} is after the indicator's last month, {indicator.to.label}"
    return ""


def _row_remarks(
    row: Row, source: Source, indicator: Indicator, cells: list[Part | Remark | Fault | _Aside]
) -> Iterator[Remark]:
    yield from (each.remark for each in cells if isinstance(each, _Aside))
    layout = source.layout
    for column, cell in row.cells.items():
        named = (layout.indicator, layout.breakdown, layout.measure, layout.period)
        if cell.cleaned and (column in named or column in _figure_columns(layout)):
            place = source.place(row, column, indicator.code)
            yield Remark(place, "invisible control characters were taken out")
    breakdown = normal_breakdown(row.text(layout.breakdown))
    if not is_normal(breakdown):
        place = source.place(row, layout.breakdown, indicator.code)
        yield Remark(place, f'the breakdown "{breakdown}" is not written as key=value')
