"""Writing a block of cells into Calc as Excel would, and formulas in Excel's spelling."""

from __future__ import annotations

import re
from typing import Any

from tests.live.coercion import FormulaTyped, NumberTyped, coerce
from tests.live.com import ComError

# Texts and quoted sheet names, which are no part of a formula's grammar.
PIECES = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
SHEET_OF_CALC = re.compile(r"\$?('(?:[^']|'')+'|[A-Za-z_]\w*)\.(?=\$?[A-Z]{1,3}\$?\d)")
FAILED = -2146827284


def write(sheet: Any, area: Any, values: Any) -> None:
    """Write rows of values into a range of the same size."""
    rows = [[_meant(one) for one in row] for row in values]
    at = area.RangeAddress
    height, width = at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1
    assert len(rows) == height, (len(rows), height)
    assert all(len(row) == width for row in rows)
    _refuse_locked(sheet, area)
    plain = tuple(tuple("" if _is_formula(one) else _plain(one) for one in row) for row in rows)
    noted = sorted(_rows_with_notes(sheet, at))
    start = 0
    for stop in [*noted, height]:
        if stop > start:
            area.getCellRangeByPosition(0, start, width - 1, stop - 1).setDataArray(
                plain[start:stop]
            )
        start = stop + 1
    for row, line in enumerate(rows):
        if row in noted:
            # Setting a whole array takes notes away, which Excel does not do.
            _cell_by_cell(area, row, plain[row], line)
        else:
            _formulas(area, row, line)


def _formulas(area: Any, row: int, line: list[Any]) -> None:
    """Set the formulas of a row, those beside each other in one call."""
    col = 0
    while col < len(line):
        end = col
        while end < len(line) and isinstance(line[end], FormulaTyped):
            end += 1
        if end > col:
            run = tuple(to_calc(one.text) for one in line[col:end])
            area.getCellRangeByPosition(col, row, end - 1, row).setFormulaArray((run,))
        col = end + 1


def _meant(value: Any) -> Any:
    return coerce(value) if isinstance(value, str) else value


def _is_formula(value: Any) -> bool:
    return isinstance(value, FormulaTyped)


def _plain(value: Any) -> float | str:
    if value is None:
        return ""
    if isinstance(value, NumberTyped):
        return value.value
    if isinstance(value, (int, float)):
        return float(value)
    text: str = value.text
    return text


def _rows_with_notes(sheet: Any, at: Any) -> set[int]:
    """The rows of a range that hold a note, counted from its first."""
    notes = sheet.Annotations
    places = [notes.getByIndex(number).Position for number in range(notes.Count)]
    return {
        place.Row - at.StartRow
        for place in places
        if at.StartRow <= place.Row <= at.EndRow and at.StartColumn <= place.Column <= at.EndColumn
    }


def _cell_by_cell(area: Any, row: int, line: tuple[float | str, ...], meant: list[Any]) -> None:
    for col, one in enumerate(line):
        cell = area.getCellByPosition(col, row)
        if isinstance(meant[col], FormulaTyped):
            cell.setFormula(to_calc(meant[col].text))
        elif isinstance(one, str):
            cell.setString(one)
        else:
            cell.setValue(one)


def _refuse_locked(sheet: Any, area: Any) -> None:
    """Excel refuses the whole assignment where one cell is locked."""
    if not sheet.isProtected():
        return
    if area.CellProtection is None or area.CellProtection.IsLocked:
        text = "The cell or chart you're trying to change is on a protected sheet."
        raise ComError(FAILED, text)


def to_calc(formula: str) -> str:
    """A formula in Excel's spelling, as Calc takes it: English names, ; and a point after sheets.

    Calc's own parser can translate too, but adds an argument to every IF.
    """
    pieces = PIECES.split(formula)
    return "".join(_calc_piece(at, piece) for at, piece in enumerate(pieces))


def to_excel(formula: str) -> str:
    """A formula in Calc's spelling, as Excel shows it."""
    pieces = PIECES.split(SHEET_OF_CALC.sub(r"\1!", formula))
    return "".join(
        piece.replace(";", ",") if at % 2 == 0 else piece for at, piece in enumerate(pieces)
    )


def _calc_piece(at: int, piece: str) -> str:
    if at % 2:
        return piece if piece.startswith('"') else f"${piece}"
    return re.sub(r"(\w+)!", r"$\1.", piece.replace(",", ";")).replace("!", ".")
