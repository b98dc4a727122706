"""Excel workbooks as sheets: saved values, number formats, and the row numbers a person sees."""

from __future__ import annotations

import datetime as dt
import io
import math
import warnings
from typing import TYPE_CHECKING, Any

from workbook_builder.extracts.cells import Cell, Row, Sheet, Unusable, excel_error, text_cell
from workbook_builder.extracts.package import count_sheets, damaged, has_formulas

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_UNSAVED = Unusable(
    "the formula has no saved value: open the file in Excel, let it calculate, and save it"
)
Address = tuple[int, int]


def read_xlsx(content: bytes, file: str) -> tuple[Sheet, ...]:
    """All sheets of a workbook that package.check_workbook has passed.

    Raises UserError where the parts of the workbook do not fit together.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it would lose on saving; nothing is saved here.
            warnings.simplefilter("ignore")
            formulas = _formulas(content) if has_formulas(content) else {}
            workbook = _open(content, data_only=True)
            if len(workbook.sheetnames) < count_sheets(content):
                raise damaged(file)
            return tuple(_sheet(each, formulas.get(each.title, set())) for each in _each(workbook))
    except Exception:
        # On a broken workbook openpyxl raises whatever the first missing part leads to.
        raise damaged(file) from None


def _open(content: bytes, data_only: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _each(workbook: Workbook) -> list[Any]:
    """The worksheets, none of which is trusted to know its own size."""
    sheets: list[Any] = list(workbook.worksheets)
    for sheet in sheets:
        sheet.reset_dimensions()
    return sheets


def _formulas(content: bytes) -> dict[str, set[Address]]:
    """Where formulas stand. Reading saved values shows a formula without one as a blank cell."""
    workbook = _open(content, data_only=False)
    return {
        sheet.title: {
            (cell.row, cell.column)
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        for sheet in _each(workbook)
    }


def _sheet(sheet: Any, formulas: set[Address]) -> Sheet:
    rows = []
    for found in sheet.iter_rows():
        cells: dict[int, Cell] = {}
        number = 0
        for each in found:
            cell = _cell(each, formulas)
            if cell is not None:
                # Rows that the file leaves out make positions unreliable; a cell knows its own.
                cells[each.column], number = cell, each.row
        if cells:
            rows.append(Row(number, cells))
    return Sheet(sheet.title, tuple(rows), hidden=sheet.sheet_state != "visible")


def _cell(cell: Any, formulas: set[Address]) -> Cell | None:
    value = cell.value
    if value is None:
        # A formula that gives an empty text has one saved, and its type is str.
        if formulas and cell.data_type != "str" and _address(cell) in formulas:
            return Cell(_UNSAVED)
        return None
    if cell.data_type == "e":
        return Cell(excel_error(str(value)))
    shown = str(cell.number_format or "")
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return Cell(Unusable("the number is too large for Excel"))
        return Cell(float(value), "" if shown == "General" else shown)
    if isinstance(value, dt.datetime):
        return Cell(value, shown)
    if isinstance(value, dt.date):
        return Cell(dt.datetime.combine(value, dt.time()), shown)
    if isinstance(value, (dt.time, dt.timedelta)):
        return Cell(Unusable(f"a time of day ({value}) stands where a figure should"))
    return _text(str(value))


def _text(value: str) -> Cell | None:
    from openpyxl.utils.escape import unescape

    return text_cell(unescape(value))


def _address(cell: Any) -> Address:
    return (getattr(cell, "row", 0), getattr(cell, "column", 0))
