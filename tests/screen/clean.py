"""Clean files of each kind, as the usual programs write them, and how to plant something."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from tests.oracles.planting import read_parts, write_parts

AS_AT = dt.date(2025, 6, 30)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"

# Invented values that stand for what must never be said. The UPN and the NHS number are sound by
# the published rules, worked out by hand; nobody has them.
UPN = "Q999000000009"
NHS = "9434765919"
DOB = "12/03/2011"
CHILD = "7654321"
WORKER = "Quillon Ashgrove"
SECRETS = (
    UPN,
    NHS,
    "943 476 5919",
    DOB,
    CHILD,
    "Quillon",
    "Ashgrove",
    "12 March 2011",
    "2011-03-12",
)

More = Callable[[xlsxwriter.Workbook, Any], None]


def workbook(path: Path, more: More | None = None) -> Path:
    """A board table with a chart, as XlsxWriter writes it; more is done before it is closed."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": "Scorecard", "company": "Exampleshire Council"})
    head = book.add_format({"bold": True, "font_color": "white", "bg_color": "#1F3864"})
    number = book.add_format({"num_format": "#,##0"})
    month = book.add_format({"num_format": "mmm yyyy"})
    sheet = book.add_worksheet("Front page")
    sheet.write_string("A1", "Contacts and referrals")
    for column, text in enumerate(("Indicator", "This month", "Year to date")):
        sheet.write_string(2, column, text, head)
    for row, (name, one, two) in enumerate(
        (("Contacts", 1234567, 7654320), ("Referrals", 312, 2405), ("Ten digits", NHS_LIKE, 2))
    ):
        sheet.write_string(3 + row, 0, name)
        sheet.write_number(3 + row, 1, one, number)
        sheet.write_number(3 + row, 2, two, number)
    sheet.write_string("A8", "Month")
    sheet.write_datetime("B8", dt.datetime(2025, 4, 1), month)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": "='Front page'!$A$4:$A$5",
            "values": "='Front page'!$B$4:$B$5",
            "categories_data": ["Contacts", "Referrals"],
            "values_data": [1234567, 312],
        }
    )
    sheet.insert_chart("E3", chart, {"description": "Contacts and referrals this month"})
    sheet.set_footer("&LScorecard&RPage &P of &N")
    sheet.print_area("A1:N20")
    if more is not None:
        more(book, sheet)
    book.close()
    return path


# A figure with ten digits that happens to have the check digit of an NHS number.
NHS_LIKE = 9434765919


def document(path: Path, more: Callable[[Any], None] | None = None) -> Path:
    """A report with a heading, a paragraph and a table."""
    made = docx.Document()
    made.core_properties.author = ""
    made.core_properties.title = "Board paper"
    made.add_heading("Contacts and referrals", level=1)
    made.add_paragraph("Contacts rose to 1,234 in June 2025 from 987 on 31/05/2025.")
    table = made.add_table(rows=2, cols=2)
    for at, text in enumerate(("Indicator", "June", "Contacts", "1,234")):
        table.cell(at // 2, at % 2).text = text
    if more is not None:
        more(made)
    made.save(str(path))
    return path


def slides(path: Path, more: Callable[[Any], None] | None = None) -> Path:
    """A slide with a title and a native chart, whose figures are in a workbook inside it."""
    made = Presentation()
    made.core_properties.author = made.core_properties.last_modified_by = ""
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Contacts and referrals"
    data = CategoryChartData()
    data.categories = ["April", "May", "June"]
    data.add_series("Contacts", (410, 395, 402))
    place = (Inches(1), Inches(2), Inches(6), Inches(4))
    slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, data)
    if more is not None:
        more(made)
    made.save(str(path))
    return path


def pdf(path: Path, more: Callable[[PdfWriter], None] | None = None, text: str = "") -> Path:
    """A page with a line of text."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    drawn = DecodedStreamObject()
    said = text or "Contacts rose to 1,234 in June 2025"
    drawn.set_data(f"BT /F1 12 Tf 50 700 Td ({said}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    if more is not None:
        more(writer)
    writer.write(path)
    return path


def add_part(
    path: Path,
    part: str,
    content: str | bytes,
    kind: str,
    source: str = "xl/workbook.xml",
    type_: str = "application/xml",
    target: str = "",
) -> None:
    """Add a part, or with a target a link to somewhere outside, led to from another part."""
    parts = read_parts(path)
    folder, _, name = source.rpartition("/")
    table = f"{folder}/_rels/{name}.rels" if folder else "_rels/.rels"
    root = (
        etree.fromstring(parts[table])
        if table in parts
        else etree.Element(f"{{{RELATIONS}}}Relationships")
    )
    said = kind if "://" in kind else f"{OFFICE}/{kind}"
    new = etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=f"rIdNew{len(root)}", Type=said)
    if target:
        new.set("Target", target)
        new.set("TargetMode", "External")
    else:
        new.set("Target", f"/{part}")
        parts[part] = content.encode() if isinstance(content, str) else content
        types = etree.fromstring(parts[TYPES])
        space = types.nsmap[None]
        etree.SubElement(types, f"{{{space}}}Override", PartName=f"/{part}", ContentType=type_)
        parts[TYPES] = etree.tostring(types)
    parts[table] = etree.tostring(root)
    write_parts(path, parts)


def package_of(**parts: bytes) -> bytes:
    """A zip of parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return held.getvalue()
