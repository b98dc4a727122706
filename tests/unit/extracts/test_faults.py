"""Every bad input is told in plain words: what, where, what is allowed, how to mend it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.unit.extracts.conftest import Desk
from workbook_builder.errors import UserError
from workbook_builder.extracts import package
from workbook_builder.extracts.folder import read_folder

LONG = "indicator,breakdown,period,numerator,denominator,value"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
GOOD = "indicator,period,value\ncontacts,2014-02,1\n"


def zipped(**parts: bytes) -> bytes:
    """A zip file of these parts; xl__workbook_xml stands for xl/workbook.xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code", "what"),
    [
        ("a.csv", b"", "WB203", "The file is empty (0 bytes)."),
        ("a.xlsx", b"", "WB203", "The file is empty (0 bytes)."),
        (
            "a.xlsx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "WB204",
            "The workbook is protected with a password.",
        ),
        ("a.xls", OLE, "WB205", "The file is in the old Excel format (.xls)"),
        ("a.xlsx", OLE, "WB205", "The file is in the old Excel format (.xls)"),
        ("a.csv", OLE, "WB205", "The file is in the old Excel format (.xls)"),
        ("a.xlsx", b"PK\x03\x04 cut short", "WB202", "The workbook is damaged"),
        ("a.xlsx", GOOD.encode(), "WB206", "has the ending of an Excel workbook but is not one"),
        ("a.xlsx", b"%PDF-1.4", "WB206", "The file is a PDF document, not a spreadsheet."),
        ("a.csv", b"%PDF-1.4", "WB206", "The file is a PDF document, not a spreadsheet."),
        ("a.csv", b"<html><table>", "WB206", "The file is a web page or XML"),
        ("a.xlsx", b"<?xml version='1.0'?><Workbook/>", "WB206", "The file is a web page or XML"),
        (
            "a.xls",
            zipped(xl__workbook_xml=b"<x/>"),
            "WB206",
            "The file is named .xls but is an .xlsx workbook.",
        ),
        (
            "a.xlsx",
            zipped(xl__workbook_bin=b""),
            "WB206",
            "The file is a binary workbook, not an .xlsx workbook.",
        ),
        ("a.csv", zipped(), "WB206", "named .csv but is an Excel workbook or another zip file"),
        ("a.csv", b"a,b\0c", "WB206", "named .csv but is not text"),
        ("a.xlsx", zipped(word__document_xml=b"<w/>"), "WB206", "The file is a Word document"),
        ("a.xlsx", zipped(a=b""), "WB206", "another kind of zip file"),
        ("a.pdf", b"%PDF-1.4", "WB206", 'A file that ends in ".pdf" is not an extract.'),
        ("a.docx", zipped(), "WB206", 'A file that ends in ".docx" is not an extract.'),
        (
            "a.xlsx",
            zipped(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
            "WB207",
            "declares a document type",
        ),
        (
            "a.xlsx",
            zipped(xl__workbook_xml=b"<x/>", big=b"0" * 30_000_000),
            "WB207",
            "is not opened for safety",
        ),
        ("a.xlsx", zipped(xl__workbook_xml=b"<x/>"), "WB202", "The workbook is damaged"),
        ("a.csv", b"indicator,\x81\x8d", "WB208", "neither UTF-8 nor Windows-1252"),
        (
            "a.csv",
            b'indicator,period,value\ncontacts,"2014-02,1\ncontacts,2014-01,1\n',
            "WB208",
            "The row that starts here cannot be read",
        ),
        ("a.csv", b"\n\n,,\n", "WB210", "There is nothing in the file."),
    ],
)
def test_a_file_that_cannot_be_read(
    desk: Desk, name: str, content: bytes, code: str, what: str
) -> None:
    desk.put(name, content)
    fault = desk.fault()
    assert (fault.code, fault.place.file) == (code, f"extracts/{name}")
    assert what in fault.what
    assert fault.fix or fault.allowed


def test_a_workbook_cut_short(desk: Desk) -> None:
    path = desk.book(A=[["indicator", "period", "value"], ["contacts", "2014-02", 1]])
    path.write_bytes(path.read_bytes()[:-300])
    assert desk.fault().what.startswith("The workbook is damaged")


def test_a_file_too_large_to_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_builder.extracts.sheets.MAX_BYTES", 10)
    desk.put("a.csv", GOOD)
    assert desk.fault().code == "WB207"


def test_a_workbook_with_too_many_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    desk.book(A=[["indicator", "period", "value"], ["contacts", "2014-02", 1]])
    assert desk.fault().code == "WB207"


def test_a_missing_folder(desk: Desk) -> None:
    with pytest.raises(UserError, match=r"WB201  There is no folder .*extracts"):
        read_folder(desk.folder.parent / "nowhere" / "extracts", desk.catalogue)


@pytest.mark.parametrize(
    "left", ["", ".hidden", "~$figures.xlsx", "Thumbs.db", "desktop.ini", "README.txt", "notes.md"]
)
def test_a_folder_without_extracts(desk: Desk, left: str) -> None:
    if left:
        desk.put(left, "not read")
    fault = desk.fault()
    assert fault.code == "WB201"
    assert "Put this month's extracts there" in fault.fix


@pytest.mark.parametrize(
    ("lines", "code", "place", "message"),
    [
        (
            ["Title", "", "indicator,period,figure", "contacts,2014-02,5"],
            "WB210",
            "extracts/figures.csv, row 3",
            'No header row was found in the first 30 rows. The nearest, row 3, holds "indicator", '
            '"period", "figure".',
        ),
        (
            ["Title", "contacts,2014-02,5"],
            "WB210",
            "extracts/figures.csv, row 1",
            'The first row that is not blank, row 1, holds "Title".',
        ),
        (
            ["indicator,2013-12,2013-13", "contacts,1,2"],
            "WB211",
            "extracts/figures.csv, row 1, column C",
            '"2013-13" is not a month: there is no month 13.',
        ),
        (
            ["indicator,Febuary 2014,2014-01", "contacts,1,2"],
            "WB211",
            "extracts/figures.csv, row 1, column B",
            'Did you mean "Feb-14"?',
        ),
        (
            ["indicator,brekdown,2014-01", "contacts,a=b,2"],
            "WB211",
            "extracts/figures.csv, row 1, column B",
            'Did you mean "breakdown"?',
        ),
        (
            ["indicator,period,value,value", "contacts,2014-02,1,1"],
            "WB212",
            "extracts/figures.csv, row 1",
            'Columns C and D are both called "value".',
        ),
        (
            ["indicator,measure,2014-02", "timely,numerater,2"],
            "WB213",
            "extracts/figures.csv, row 2, column B",
            'Did you mean "numerator"?',
        ),
        (
            [LONG, "contact,,2014-02,,,5"],
            "WB220",
            "extracts/figures.csv, row 2, column A",
            'Did you mean "contacts"?',
        ),
        (
            [LONG, "Name of contacts,,2014-02,,,5"],
            "WB220",
            "extracts/figures.csv, row 2, column A",
            'That is the name of an indicator: write its code, "contacts".',
        ),
        (
            [LONG, "contacts,,2013-13,,,5"],
            "WB221",
            "extracts/figures.csv, row 2, column C",
            "there is no month 13",
        ),
        (
            [LONG, ",,2014-02,,,5"],
            "WB222",
            "extracts/figures.csv, row 2, column A",
            "The row has figures but no indicator code.",
        ),
        (
            [LONG, "contacts,,,,,5"],
            "WB222",
            "extracts/figures.csv, row 2, column C",
            "The row has a figure but no period.",
        ),
        (
            [LONG, "timely,,2014-02,some,50,"],
            "WB223",
            "extracts/figures.csv, row 2, column D, indicator timely",
            'The numerator "some" is not a number.',
        ),
        (
            [LONG, "timely,,2014-02,5,-50,"],
            "WB224",
            "extracts/figures.csv, row 2, column E, indicator timely",
            "The denominator is negative: -50.",
        ),
        (
            [LONG, "contacts,area=North,2014-02,,,5", "contacts,area=North,Feb-14,,,c"],
            "WB225",
            "extracts/figures.csv, row 3, column F, indicator contacts",
            "Two different values for contacts (area=North), Feb-14: 5 in "
            'extracts/figures.csv, row 2, column F, and "[c]" here.',
        ),
        (
            [LONG, "timely,,2014-02,1,50,", "timely,,2014-02,1,60,"],
            "WB225",
            "extracts/figures.csv, row 3, column E, indicator timely",
            "Two different denominators for timely, Feb-14: 50 in extracts/figures.csv, row 2, "
            "column E, and 60 here.",
        ),
    ],
)
def test_a_fault_in_a_file(
    desk: Desk, lines: list[str], code: str, place: str, message: str
) -> None:
    desk.put("figures.csv", "\n".join(lines))
    fault = desk.fault()
    assert (fault.code, str(fault.place)) == (code, place)
    assert message in str(fault)


def test_a_date_heading_that_excel_guessed(desk: Desk) -> None:
    import datetime as dt

    desk.book(A=[["indicator", (dt.date(2014, 9, 13), "d-mmm"), "2013-10"], ["contacts", 1, 2]])
    assert "If September 2013 was meant, type '2013-09" in desk.fault().what


def test_a_workbook_without_any_header(desk: Desk) -> None:
    desk.book(Notes=[["Definitions"]], More=[["indicator", "what it means"]])
    fault = desk.fault()
    assert str(fault.place) == 'extracts/figures.xlsx, sheet "More", row 1'
    assert "columns indicator (or code), period and value" in fault.allowed


def test_a_header_below_row_30_is_not_found(desk: Desk) -> None:
    desk.put("figures.csv", "\n" * 30 + GOOD)
    assert desk.fault().code == "WB210"


def test_all_faults_of_all_files_are_told_at_once(desk: Desk) -> None:
    desk.put("a.csv", "indicator,period,value\nwrong,2014-02,1\ncontacts,2013-13,1\n")
    desk.put("b.csv", b"")
    desk.put("c.pdf", b"%PDF")
    desk.put("d.csv", "indicator,2013-13,2014-14\nelse,1,2\n")
    codes = [fault.code for fault in desk.faults()]
    assert codes == ["WB220", "WB221", "WB203", "WB206", "WB211", "WB211"]


def test_what_is_wrong_alike_in_many_rows_is_told_once(desk: Desk) -> None:
    desk.put("a.csv", "indicator,period,value\n" + "wrong,2014-02,1\n" * 12)
    fault = desk.fault()
    assert fault.place.row == 2
    assert fault.what.endswith("The same in row 3, 4, 5, 6, 7, 8, 9, 10 and 3 more.")


def test_conflicts_between_two_files_name_both(desk: Desk) -> None:
    desk.put("1.csv", GOOD)
    desk.book("2.xlsx", A=[["indicator", "Feb-14"], ["contacts", 2]])
    assert str(desk.fault()).splitlines() == [
        'extracts/2.xlsx, sheet "A", row 2, column B, indicator contacts',
        "  WB225  Two different values for contacts, Feb-14: 1 in extracts/1.csv, row 2, column C, "
        "and 2 here.",
        "  Take the wrong one out, so that each figure is given once.",
    ]


def test_a_workbook_whose_sheet_is_missing(desk: Desk) -> None:
    header = ["indicator", "period", "value"]
    path = desk.book(A=[header, ["contacts", "2014-01", 1]], B=[header, ["contacts", "2014-02", 2]])
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    del parts["xl/worksheets/sheet2.xml"]
    path.write_bytes(zipped(**parts))
    assert desk.fault().code == "WB202"


def test_a_file_that_may_not_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    desk.put("a.csv", GOOD)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    fault = desk.fault()
    assert (fault.code, fault.what) == (
        "WB202",
        "The file cannot be opened: Permission denied.",
    )
    assert fault.fix.startswith("Close it if it is open in Excel")
