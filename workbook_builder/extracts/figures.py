"""One file to its rows: which sheets hold figures, and what each row below a header gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_builder.errors import Fault, Place
from workbook_builder.extracts import names
from workbook_builder.extracts.cells import Row, Sheet
from workbook_builder.extracts.codes import Codes
from workbook_builder.extracts.layout import LOOKED_FOR, Found, Layout, find_layout
from workbook_builder.extracts.model import Remark
from workbook_builder.extracts.names import HEADER_WITHIN, heading_name
from workbook_builder.extracts.rows import RowRead, Source, read_row
from workbook_builder.extracts.sheets import read_sheets
from workbook_builder.extracts.spelling import could_be_financial_year, is_hyphened_year
from workbook_builder.periods import FinancialYear


@dataclass(frozen=True)
class FileRows:
    """Every row of a file that is not blank and stands below a header, in order."""

    rows: tuple[RowRead, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_file(content: bytes, file: str, codes: Codes, years: FinancialYear) -> FileRows:
    """The rows of a file. Raises UserError where it cannot be read at all.

    Every sheet with a header is read, hidden ones too; a workbook may have sheets of notes
    besides, but a file without any header is a fault.
    """
    sheets = [sheet for sheet in read_sheets(content, file) if sheet.rows]
    found = [(sheet, find_layout(sheet, file, years)) for sheet in sheets]
    if not any(each.layout for _, each in found):
        return FileRows(faults=(_no_header(sheets, file),))
    return _joined([_read_sheet(sheet, each, file, codes, years) for sheet, each in found])


def _joined(files: list[FileRows]) -> FileRows:
    return FileRows(
        rows=tuple(row for each in files for row in each.rows),
        faults=tuple(fault for each in files for fault in each.faults),
        remarks=tuple(remark for each in files for remark in each.remarks),
    )


def _read_sheet(
    sheet: Sheet, found: Found, file: str, codes: Codes, years: FinancialYear
) -> FileRows:
    layout = found.layout
    place = Place(file, sheet.name)
    if layout is None:
        what = "the sheet was not read: it has no header row with indicator and period"
        return FileRows(remarks=(Remark(place, what),))
    source = Source(file, sheet.name, layout, codes, years)
    data = [row for row in sheet.rows if row.number > layout.header]
    remarks = [*found.remarks, *_on_sheet(sheet, layout, data, place)]
    return FileRows(tuple(read_row(row, source) for row in data), found.faults, tuple(remarks))


def _on_sheet(sheet: Sheet, layout: Layout, data: list[Row], place: Place) -> Iterator[Remark]:
    if sheet.hidden:
        yield Remark(place, "the sheet is hidden and was read like any other")
    if not data:
        yield Remark(place, "there are no rows below the header")
    header = next(row for row in sheet.rows if row.number == layout.header)
    written = [header.text(column) for column in layout.periods or ()]
    written += [row.text(layout.period) for row in data if layout.period]
    years = [text for text in written if is_hyphened_year(text)]
    months = [text for text in written if could_be_financial_year(text)]
    if years and months:
        what = (
            f'"{months[0]}" was read as a month and "{years[0]}" as a financial year: '
            "write years with a slash, 2012/13, to be sure"
        )
        yield Remark(Place(place.file, place.sheet, layout.header), what)


def _no_header(sheets: list[Sheet], file: str) -> Fault:
    """What was looked for, and the row that comes nearest."""
    if not sheets:
        return Fault("WB210", "There is nothing in the file.", Place(file), LOOKED_FOR)
    rows = [(sheet, row) for sheet in sheets for row in sheet.rows if row.number <= HEADER_WITHIN]
    near = [each for each in rows if _names_indicator(each[1])] or rows
    what = f"No header row was found in the first {HEADER_WITHIN} rows."
    fix = "Name the columns as above; titles may stand over them."
    if not near:
        return Fault("WB210", what, Place(file), LOOKED_FOR, fix)
    sheet, row = near[0]
    held = ", ".join(f'"{row.text(column)}"' for column in sorted(row.cells)[:8])
    which = "The nearest" if _names_indicator(row) else "The first row that is not blank"
    what += f" {which}, row {row.number}, holds {held}."
    return Fault("WB210", what, Place(file, sheet.name, row.number), LOOKED_FOR, fix)


def _names_indicator(row: Row) -> bool:
    return any(heading_name(cell.text) in names.INDICATOR for cell in row.cells.values())
