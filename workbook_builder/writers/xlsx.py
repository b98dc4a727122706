"""A planned workbook as a new .xlsx file, through XlsxWriter.

Every string is written as a string and every formula with its value. What XlsxWriter refuses or
warns about is an error of ours: the file would not be what the plan says.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook_builder.errors import InternalError
from workbook_builder.plan.addresses import on_sheet, span
from workbook_builder.plan.links import written_formula
from workbook_builder.plan.model import (
    Button,
    Cell,
    Condition,
    Formula,
    Merge,
    RichText,
    Run,
    Sheet,
    Workbook,
)
from workbook_builder.plan.styles import Style, style_of, styles
from workbook_builder.writers.footer import footer_text
from workbook_builder.writers.language import set_language
from workbook_builder.writers.xlsx_charts import add_charts
from workbook_builder.writers.xlsx_formats import cell_format, condition_format, run_format

MARGIN_INCHES = 1 / 2.54
A4 = 9
EXCEL_TEXT_LIMIT = 32_767
# People may widen columns and put notes on protected sheets; "objects" is what Excel calls notes.
PROTECTION = {"format_columns": True, "format_rows": True, "objects": True}


def write_xlsx(workbook: Workbook, path: Path) -> None:
    """Write the planned workbook. Raises InternalError where it cannot be written as planned."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            _Writer(workbook, path).write()
        except (UserWarning, xlsxwriter.exceptions.XlsxWriterException) as error:
            raise InternalError(f"the workbook cannot be written as planned: {error}") from error


class _Sheet(Worksheet):  # type: ignore[misc]
    """Takes formulas as they are.

    XlsxWriter looks in each of thousands for the names of thirty functions of newer Excels, to put
    a prefix before them. The plan's formulas have none: they work in Excel 2010.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


class _Writer:
    """One file being written; the formats are made once and kept."""

    def __init__(self, workbook: Workbook, path: Path) -> None:
        self._plan = workbook
        self._path = path
        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._styles: dict[str, Style] = styles(workbook.brand)
        self._formats: dict[tuple[str, str], Format] = {}

    def write(self) -> None:
        plan = self._plan
        self._book.set_properties(
            {
                "title": plan.title,
                "subject": plan.subject,
                "company": plan.company,
                "created": plan.made,
            }
        )
        self._book.set_calc_mode("auto")
        self._book.set_size(28_000, 16_000)
        sheets = {one.key: self._book.add_worksheet(one.name, _Sheet) for one in plan.sheets}
        self._each_name_once()
        for sheet in plan.sheets:
            self._names(sheet)
        for constant in plan.constants:
            self._checked(self._book.define_name(constant.name, f'="{constant.value}"'), constant)
        for sheet in plan.sheets:
            self._sheet(sheet, sheets[sheet.key])
        self._book.close()
        set_language(self._path, plan.language)

    def _checked(self, result: int | None, what: object) -> None:
        """XlsxWriter answers some mistakes with a negative number."""
        if result is not None and result < 0:
            raise InternalError(f"the workbook cannot hold {what}")

    def _each_name_once(self) -> None:
        """Excel takes names that differ only in case for one, and repairs a file that has both."""
        names = [name.name for sheet in self._plan.sheets for name in sheet.part.names]
        names += [constant.name for constant in self._plan.constants]
        counted = Counter(name.casefold() for name in names)
        repeated = sorted(name for name, count in counted.items() if count > 1)
        if repeated:
            raise InternalError(f"the plan defines names twice: {', '.join(repeated)}")

    def _names(self, sheet: Sheet) -> None:
        for name in sheet.part.names:
            where = span(name.row, name.col, name.last_row, name.last_col)
            self._checked(
                self._book.define_name(name.name, f"={on_sheet(sheet.name, where)}"), name
            )

    def _sheet(self, sheet: Sheet, worksheet: Any) -> None:
        part = sheet.part
        for col, width in enumerate(sheet.widths):
            worksheet.set_column(col, col, width)
        for row, height in part.heights:
            worksheet.set_row(row, height)
        for cell in part.cells:
            self._cell(worksheet, cell)
        for merge in part.merges:
            self._merge(worksheet, merge)
        for button in part.buttons:
            self._checked(self._button(worksheet, button), button)
        for note in part.notes:
            options = {"author": note.author, "x_scale": 2, "y_scale": 1.5}
            self._checked(worksheet.write_comment(note.row, note.col, note.text, options), note)
        for condition in part.conditions:
            area = (condition.row, condition.col, condition.last_row, condition.last_col)
            options = {
                "type": "formula",
                "criteria": f"={condition.formula}",
                "format": self._condition_format(condition),
            }
            self._checked(worksheet.conditional_format(*area, options), condition)
        for choice in part.choices:
            options = {
                "validate": "list",
                "source": list(choice.words),
                "input_title": choice.title,
                "input_message": choice.message,
                "error_title": choice.title,
                "error_message": f"Choose one of: {', '.join(choice.words)}; or leave it empty.",
            }
            self._checked(
                worksheet.data_validation(choice.row, choice.col, choice.row, choice.col, options),
                choice,
            )
        self._tables(sheet, worksheet)
        add_charts(self._book, worksheet, sheet, self._plan)
        self._hide_keys(sheet, worksheet)
        self._view(sheet, worksheet)
        self._print(sheet, worksheet)

    def _tables(self, sheet: Sheet, worksheet: Any) -> None:
        """Tables without a look of their own, and links to other sheets, over the cells."""
        cells = {(one.row, one.col): one for one in sheet.part.cells} if sheet.tables else {}
        for table in sheet.tables:
            dressed = (cells[table.row, col] for col in range(table.col, table.last_col + 1))
            columns = [
                {"header": head, "header_format": self._format(cell.style, "")}
                for head, cell in zip(table.heads, dressed, strict=True)
            ]
            area = (table.row, table.col, table.last_row, table.last_col)
            options = {"name": table.name, "columns": columns, "style": None, "autofilter": False}
            self._checked(worksheet.add_table(*area, options), table)
        for link in sheet.links:
            cell = next(
                one for one in sheet.part.cells if (one.row, one.col) == (link.row, link.col)
            )
            said, target = str(cell.content), link.sheet.replace("'", "''")
            style = self._format(cell.style, cell.number_format)
            where = f"internal:'{target}'!A1"
            self._checked(worksheet.write_url(link.row, link.col, where, style, said), link)

    def _hide_keys(self, sheet: Sheet, worksheet: Any) -> None:
        if sheet.key_row is not None:
            worksheet.set_row(sheet.key_row, None, None, {"hidden": True})
        if sheet.key_col is not None:
            worksheet.set_column(sheet.key_col, sheet.key_col, 4.0, None, {"hidden": True})

    def _cell(self, worksheet: Any, cell: Cell) -> None:
        style = self._format(cell.style, cell.number_format)
        content = cell.content
        if content is None or content == "":
            result = worksheet.write_blank(cell.row, cell.col, None, style)
        elif isinstance(content, Formula):
            said = written_formula(cell)
            result = worksheet.write_formula(cell.row, cell.col, f"={said}", style, content.value)
        elif isinstance(content, RichText):
            result = self._rich(worksheet, cell, content, style)
        elif isinstance(content, dt.date):
            result = worksheet.write_datetime(cell.row, cell.col, content, style)
        elif isinstance(content, str):
            result = self._text(worksheet, cell, content, style)
        else:
            result = worksheet.write_number(cell.row, cell.col, content, style)
        self._checked(result, cell)

    def _button(self, worksheet: Any, button: Button) -> int | None:
        options = {
            "macro": button.macro,
            "caption": button.caption,
            "description": button.caption,
            "width": button.width,
            "height": button.height,
            "x_offset": button.left,
            "y_offset": 3,
        }
        result: int | None = worksheet.insert_button(button.row, 0, options)
        return result

    def _rich(self, worksheet: Any, cell: Cell, content: RichText, style: Format) -> int:
        """A text of several looks; XlsxWriter wants at least two pieces of it."""
        runs = [run for run in content.runs if run.text]
        if len(runs) == 1 and len(runs[0].text) > 1:
            one = runs[0]
            runs = [replace(one, text=one.text[:1]), replace(one, text=one.text[1:])]
        if len(runs) < 2:
            return int(worksheet.write_string(cell.row, cell.col, str(content), style))
        pieces: list[Any] = []
        for run in runs:
            pieces += [self._run_format(run, cell.style), run.text]
        return int(worksheet.write_rich_string(cell.row, cell.col, *pieces, style))

    def _run_format(self, run: Run, style: str) -> Format:
        key = (style, repr(replace(run, text="")))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(
                run_format(run, style_of(self._styles, style))
            )
        return self._formats[key]

    def _text(self, worksheet: Any, cell: Cell, content: str, style: Format) -> int:
        if len(content) > EXCEL_TEXT_LIMIT:
            raise InternalError(f"a text of {len(content)} characters does not fit into a cell")
        if content.startswith("<r>") and content.endswith("</r>"):
            # XlsxWriter takes such a text for mark-up of its own and would not escape it.
            return self._rich(worksheet, cell, RichText((Run(content),)), style)
        if not cell.link:
            return int(worksheet.write_string(cell.row, cell.col, content, style))
        return int(
            worksheet.write_formula(cell.row, cell.col, f"={written_formula(cell)}", style, content)
        )

    def _merge(self, worksheet: Any, merge: Merge) -> None:
        cell = merge.cell
        style = self._format(cell.style, cell.number_format)
        result = worksheet.merge_range(
            cell.row, cell.col, merge.last_row, merge.last_col, "", style
        )
        self._checked(result, merge)
        if cell.content is not None:
            self._cell(worksheet, cell)

    def _format(self, style: str, number: str) -> Format:
        if (style, number) not in self._formats:
            options = cell_format(style_of(self._styles, style), number)
            self._formats[style, number] = self._book.add_format(options)
        return self._formats[style, number]

    def _condition_format(self, condition: Condition) -> Format:
        key = (condition.style, f"condition {condition.number_format}")
        if key not in self._formats:
            options: dict[str, object] = {}
            if condition.style:
                options = condition_format(self._styles[condition.style])
            if condition.number_format:
                options["num_format"] = condition.number_format
            self._formats[key] = self._book.add_format(options)
        return self._formats[key]

    def _view(self, sheet: Sheet, worksheet: Any) -> None:
        if not sheet.gridlines:
            worksheet.hide_gridlines(2)
        if sheet.freeze_row or sheet.freeze_col:
            worksheet.freeze_panes(sheet.freeze_row, sheet.freeze_col)
        if sheet.tab_colour:
            worksheet.set_tab_color(f"#{sheet.tab_colour}")
        if sheet.protected:
            worksheet.protect("", PROTECTION)
        worksheet.set_selection(0, 0, 0, 0)

    def _print(self, sheet: Sheet, worksheet: Any) -> None:
        layout = sheet.print
        worksheet.set_landscape()
        worksheet.set_paper(A4)
        worksheet.center_horizontally()
        worksheet.set_margins(*(MARGIN_INCHES,) * 3, MARGIN_INCHES * 1.6)
        # Not "fit to one page wide": with that, Excel ignores the page breaks.
        worksheet.set_print_scale(layout.scale)
        if layout.repeat_key:
            worksheet.repeat_columns(0, 0)
        if layout.last_row is not None:
            worksheet.print_area(0, 0, layout.last_row, layout.last_col)
        if layout.repeat is not None:
            worksheet.repeat_rows(*layout.repeat)
        if sheet.breaks:
            worksheet.set_h_pagebreaks(list(sheet.breaks))
        marking = f"{self._plan.marking}   |   " if self._plan.marking else ""
        said = footer_text(f"{marking}{self._plan.title}: {sheet.title}")
        worksheet.set_footer(f'&L&"Arial,Regular"&8{said}&R&"Arial,Regular"&8Page &P of &N')
