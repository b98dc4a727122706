"""Somebody who works in the open workbook: types, annotates, sorts, inserts, renames.

Everything goes straight to LibreOffice and nothing through the program or its engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.live.coercion import FormulaTyped, NumberTyped, coerce
from tests.live.office import load_uno, options
from tests.live.ranges import to_calc
from tests.measuring import unmeasured

HUNDREDTHS_OF_MM = 2540 / 72
Cells = dict[tuple[int, int], str]


@dataclass(frozen=True)
class At:
    """A cell; rows and columns count from 0."""

    sheet: str
    row: int
    col: int


class Person:
    """Works in one open workbook."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def sheet(self, name: str) -> Any:
        return self.document.Sheets.getByName(name)

    def cell(self, at: At) -> Any:
        return self.sheet(at.sheet).getCellByPosition(at.col, at.row)

    def named(self, name: str) -> At:
        """The first cell of a named range."""
        cells = self.document.NamedRanges.getByName(name).getReferredCells()
        address = cells.RangeAddress
        return At(str(cells.Spreadsheet.Name), address.StartRow, address.StartColumn)

    @unmeasured()
    def find(self, sheet: str, text: str, col: int | None = None) -> At:
        """The first cell of a sheet that shows a text."""
        for (row, at), shown in self.shown(sheet).items():
            if shown == text and col in (None, at):
                return At(sheet, row, at)
        raise LookupError(f"{text} is not on {sheet}")

    @unmeasured()
    def shown(self, sheet: str) -> Cells:
        """What each cell of a sheet holds as text."""
        rows = self._used(sheet).getDataArray()
        return {
            (row, col): _plain(value)
            for row, line in enumerate(rows)
            for col, value in enumerate(line)
            if value != ""
        }

    def type(self, at: At, text: str) -> None:
        """Type into a cell, as Excel takes it."""
        meant, cell = coerce(text), self.cell(at)
        if isinstance(meant, FormulaTyped):
            cell.setFormula(to_calc(meant.text))
        elif isinstance(meant, NumberTyped):
            cell.setValue(meant.value)
        else:
            cell.setString(meant.text)

    def type_rich(self, at: At, runs: list[tuple[str, bool, bool]]) -> None:
        """Type a text of several looks: text, bold, italic."""
        uno = load_uno()
        cell = self.cell(at)
        cell.setString("")
        cursor = cell.createTextCursor()
        for text, bold, italic in runs:
            cursor.gotoEnd(False)
            cursor.CharWeight = 150.0 if bold else 100.0
            slant = "ITALIC" if italic else "NONE"
            cursor.CharPosture = uno.Enum("com.sun.star.awt.FontSlant", slant)
            cell.insertString(cursor, text, False)

    def note(self, at: At, text: str) -> None:
        """Stick a note on a cell."""
        sheet = self.sheet(at.sheet)
        sheet.Annotations.insertNew(self.cell(at).CellAddress, text)

    def height(self, sheet: str, row: int, points: float) -> None:
        """Drag a row to a height."""
        self.sheet(sheet).Rows.getByIndex(row).Height = round(points * HUNDREDTHS_OF_MM)

    def rename(self, sheet: str, name: str) -> None:
        self.sheet(sheet).Name = name

    def move(self, sheet: str, position: int) -> None:
        self.document.Sheets.moveByName(sheet, position)

    def add_sheet(self, name: str, cells: dict[tuple[int, int], str]) -> None:
        self.document.Sheets.insertNewByName(name, self.document.Sheets.Count)
        for (row, col), text in cells.items():
            self.type(At(name, row, col), text)

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        self.sheet(sheet).Rows.insertByIndex(row, count)

    def insert_columns(self, sheet: str, col: int, count: int = 1) -> None:
        self.sheet(sheet).Columns.insertByIndex(col, count)

    def delete_rows(self, sheet: str, row: int, count: int = 1) -> None:
        self.sheet(sheet).Rows.removeByIndex(row, count)

    def sort(self, sheet: str, rows: tuple[int, int], cols: tuple[int, int], by: int) -> None:
        """Sort rows, first and last included, by the values of a column, largest first."""
        uno = load_uno()
        area = self.sheet(sheet).getCellRangeByPosition(cols[0], rows[0], cols[1], rows[1])
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = by - cols[0], False
        area.sort(
            options(
                SortFields=uno.Any("[]com.sun.star.table.TableSortField", (field,)),
                ContainsHeader=False,
                BindFormatsToContent=True,
            )
        )

    def _used(self, sheet: str) -> Any:
        source = self.sheet(sheet)
        cursor = source.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return source.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)

    # What there is, for holding before against after.

    def sheets(self) -> list[str]:
        return list(self.document.Sheets.ElementNames)

    @unmeasured()
    def contents(self, sheet: str) -> Cells:
        """What was typed or written into each cell: a formula as such, else its content."""
        rows = self._used(sheet).getFormulaArray()
        return {
            (row, col): str(value)
            for row, line in enumerate(rows)
            for col, value in enumerate(line)
            if value != ""
        }

    @unmeasured()
    def notes(self, sheet: str) -> Cells:
        found = self.sheet(sheet).Annotations
        notes = [found.getByIndex(at) for at in range(found.Count)]
        return {(one.Position.Row, one.Position.Column): str(one.String) for one in notes}

    @unmeasured()
    def heights(self, sheet: str) -> dict[int, int]:
        rows = self._used(sheet).Rows
        return {at: int(rows.getByIndex(at).Height) for at in range(rows.Count)}

    def runs(self, at: At) -> list[tuple[str, float, str]]:
        """The stretches of a cell's text: text, weight, slant."""
        found = []
        paragraphs = self.cell(at).createEnumeration()
        while paragraphs.hasMoreElements():
            portions = paragraphs.nextElement().createEnumeration()
            while portions.hasMoreElements():
                one = portions.nextElement()
                found.append((str(one.String), float(one.CharWeight), str(one.CharPosture.value)))
        return found


def _plain(value: float | str) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
