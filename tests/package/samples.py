"""A sound workbook with one of everything that the package checks look at."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import xlsxwriter

GREEN = {"bg_color": "#62B284", "font_color": "#000000"}


def good_workbook(path: Path) -> Path:
    """Write the workbook; `audit` has nothing to say about it."""
    book = xlsxwriter.Workbook(path)
    front = book.add_worksheet("Front sheet")
    figures = book.add_worksheet("Figures")
    book.define_name("figures", "=Figures!$B$2:$D$4")
    book.define_name("report_column", "='Front sheet'!$B$1")
    book.define_name("Figures!local_total", "=SUM(figures)")
    _write_front(book, front)
    _write_figures(figures)
    _draw_chart(book, front)
    book.close()
    return path


def _write_front(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    bold, green = book.add_format({"bold": True}), book.add_format(GREEN)
    sheet.write_string("A1", "Scores", bold)
    sheet.write_number("B1", 2)
    sheet.write_formula("A2", "=INDEX(figures,1,report_column)", None, 2)
    sheet.write_url("A3", "internal:Figures!A1", string="To the figures")
    sheet.write_url("A4", "internal:figures", string="To the name")
    sheet.write_url("A5", "https://www.gov.uk/", string="GOV.UK")
    sheet.write_formula("A6", '=HYPERLINK("#report_column","Go")', None, "Go")
    sheet.merge_range("C1:E1", "Merged", bold)
    sheet.merge_range("C2:E2", "Merged too", bold)
    rule = {"type": "formula", "criteria": "=$A$2>report_column", "format": green}
    sheet.conditional_format("A2", rule)
    sheet.data_validation("B1", {"validate": "list", "source": "=figures"})
    sheet.data_validation("B2", {"validate": "list", "source": ["Red", "Amber", "Green"]})
    picture = {"image_data": BytesIO(_dot()), "description": "A dot"}
    sheet.insert_image("H1", "dot.png", picture)
    sheet.repeat_rows(0)
    sheet.print_area("A1:H20")


def _write_figures(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    headers = [{"header": text} for text in ("Key", "2014-01", "2014-02", "2014-03")]
    sheet.add_table("A1:D4", {"columns": headers, "name": "tab_figures"})
    for row, key in enumerate(("a", "b", "c"), start=1):
        sheet.write_row(row, 0, [key, row, row * 2, row * 3])


def _draw_chart(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"categories": "=Figures!$B$1:$D$1", "values": "=Figures!$B$2:$D$2"})
    chart.show_na_as_empty_cell()
    sheet.insert_chart("A8", chart, {"description": "A line that rises from 1 to 3"})


def _dot() -> bytes:
    """A picture of one black dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
