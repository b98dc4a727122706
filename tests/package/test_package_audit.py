"""The package audit is silent about a sound workbook and names every planted fault, only it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.oracles.package import audit
from tests.oracles.planting import read_parts, rewrite_part, swap, write_parts
from tests.package.samples import good_workbook

FRONT = "xl/worksheets/sheet1.xml"
FIGURES = "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"
BOOK_LINKS = "xl/_rels/workbook.xml.rels"
FRONT_LINKS = "xl/worksheets/_rels/sheet1.xml.rels"
TYPES = "[Content_Types].xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Which part, what is put for what in it, and what the audit must then say.
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "cell twice": (
        FRONT,
        '<c r="B1"><v>2</v></c>',
        '<c r="B1"><v>2</v></c><c r="B1"><v>2</v></c>',
        f"{FRONT}: cell B1 is there twice",
    ),
    "cells out of order": (
        FIGURES,
        '<c r="C2"><v>2</v></c><c r="D2"><v>3</v></c>',
        '<c r="D2"><v>3</v></c><c r="C2"><v>2</v></c>',
        f"{FIGURES}: cell C2 comes after D2",
    ),
    "cell in the wrong row": (
        FIGURES,
        '<c r="C2">',
        '<c r="C3">',
        f"{FIGURES}: cell C3 is in row 2",
    ),
    "row twice": (
        FRONT,
        '<row r="6" spans="1:5"><c r="A6"',
        '<row r="5" spans="1:5"><c r="A5"',
        f"{FRONT}: row 5 comes after row 5",
    ),
    "style out of range": (
        FRONT,
        '<c r="A1" s="1"',
        '<c r="A1" s="99"',
        f"{FRONT}: c A1 has style 99 of 3",
    ),
    "row style out of range": (
        FRONT,
        '<row r="5" ',
        '<row r="5" s="7" customFormat="1" ',
        f"{FRONT}: row 5 has style 7 of 3",
    ),
    "conditional format out of range": (
        FRONT,
        'dxfId="0"',
        'dxfId="1"',
        f"{FRONT}: cfRule has dxfId 1 of 1",
    ),
    "table format out of range": (
        "xl/tables/table1.xml",
        'totalsRowShown="0"',
        'totalsRowShown="0" headerRowDxfId="4"',
        "xl/tables/table1.xml: table has headerRowDxfId 4 of 1",
    ),
    "shared text out of range": (
        FIGURES,
        '<c r="A2" t="s"><v>10</v></c>',
        '<c r="A2" t="s"><v>1000</v></c>',
        f"{FIGURES}: cell A2 has shared text 1000 of 13",
    ),
    "merges overlap": (
        FRONT,
        '<mergeCell ref="C2:E2"/>',
        '<mergeCell ref="E1:F2"/>',
        f"{FRONT}: merged C1:E1 overlaps merged E1:F2",
    ),
    "table header unlike its cell": (
        "xl/tables/table1.xml",
        'name="2014-02"',
        'name="2014-2"',
        f"{FIGURES}: cell C1 is '2014-02', its table's header '2014-2'",
    ),
    "name to a sheet that is not there": (
        BOOK,
        ">Figures!$B$2:$D$4<",
        ">Figgures!$B$2:$D$4<",
        f"{BOOK}: the name figures refers to the sheet Figgures, which is not there",
    ),
    "name to nowhere": (
        BOOK,
        ">'Front sheet'!$B$1<",
        ">'Front sheet'!#REF!<",
        f"{BOOK}: the name report_column refers to #REF!",
    ),
    "name that does not parse": (
        BOOK,
        ">SUM(figures)<",
        ">SUM(figures<",
        f"{BOOK}: the name local_total does not parse (a bracket is not closed)",
    ),
    "name of another workbook": (
        BOOK,
        ">Figures!$B$2:$D$4<",
        ">[1]Figures!$B$2:$D$4<",
        f"{BOOK}: the name figures refers to another workbook or a table ([1]Figures!$B$2:$D$4)",
    ),
    "name that looks like a cell": (
        BOOK,
        '<definedName name="local_total"',
        '<definedName name="total2"',
        "",
    ),
    "name that is a cell": (
        BOOK,
        '<definedName name="local_total"',
        '<definedName name="LT2"',
        f"{BOOK}: 'LT2' is not a name",
    ),
    "validation of a name that is not there": (
        FRONT,
        "<formula1>figures</formula1>",
        "<formula1>figure</formula1>",
        f"{FRONT}: the validation formula figure refers to figure, which is not a cell or a name",
    ),
    "conditional format of a name that is not there": (
        FRONT,
        "$A$2&gt;report_column",
        "$A$2&gt;local_total",
        f"{FRONT}: the conditional format formula $A$2>local_total refers to local_total, "
        "which is not a cell or a name",
    ),
    "link to a sheet that is not there": (
        FRONT,
        'location="Figures!A1"',
        'location="Figs!A1"',
        f"{FRONT}: the link at A3 to Figs!A1 refers to the sheet Figs, which is not there",
    ),
    "link to a name that is not there": (
        FRONT,
        'location="figures"',
        'location="fig"',
        f"{FRONT}: the link at A4 to fig refers to fig, which is not a cell or a name",
    ),
    "formula link to a name that is not there": (
        FRONT,
        'HYPERLINK("#report_column"',
        'HYPERLINK("#report_row"',
        f"{FRONT}: the link at A6 to report_row refers to report_row, "
        "which is not a cell or a name",
    ),
    "person in the properties": (
        "docProps/core.xml",
        "<dc:creator></dc:creator>",
        "<dc:creator>A Person</dc:creator>",
        "docProps/core.xml: creator names a person (A Person)",
    ),
    "chart without words": (
        "xl/drawings/drawing1.xml",
        ' descr="A line that rises from 1 to 3"',
        "",
        "xl/drawings/drawing1.xml: Chart 2 has no alternative text",
    ),
    "picture without words": (
        "xl/drawings/drawing1.xml",
        ' descr="A dot"',
        ' descr=" "',
        "xl/drawings/drawing1.xml: Picture 1 has no alternative text",
    ),
    "part without a content type": (
        TYPES,
        '<Default Extension="png" ContentType="image/png"/>',
        "",
        "xl/media/image1.png: has no content type",
    ),
    "content type of a part that is not there": (
        TYPES,
        "</Types>",
        '<Override PartName="/xl/gone.xml" ContentType="application/x"/></Types>',
        f"{TYPES}: names xl/gone.xml, which is not in the file",
    ),
    "relationship that is not defined": (
        FRONT,
        '<hyperlink ref="A5" r:id="rId1"/>',
        '<hyperlink ref="A5" r:id="rId9"/>',
        f"{FRONT}: uses relationship rId9, which is not defined",
    ),
    "relationship to a part that is not there": (
        BOOK_LINKS,
        'Target="theme/theme1.xml"',
        'Target="theme/theme2.xml"',
        f"{BOOK}: relationship rId3 leads to xl/theme/theme2.xml, which is not there",
    ),
    "picture out on the web": (
        FRONT_LINKS,
        "</Relationships>",
        f'<Relationship Id="rId8" Type="{KIND}/image" Target="https://example.org/a.png" '
        'TargetMode="External"/></Relationships>',
        f"{FRONT}: image rId8 leads out of the file to https://example.org/a.png",
    ),
}
# Where Microsoft's own rules see the same fault (or a consequence of it), they say so as well.
SEEN_BY_BOTH = {
    "shared text out of range",
    "relationship that is not defined",
    "relationship to a part that is not there",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A sound workbook, to be spoilt."""
    return good_workbook(tmp_path / "sample.xlsx")


def test_a_sound_workbook_has_no_findings(workbook: Path) -> None:
    """Nothing at all: not one false alarm."""
    assert audit(workbook) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_the_one_finding(workbook: Path, fault: str) -> None:
    """What is planted is found, and nothing else is."""
    part, old, new, expected = FAULTS[fault]
    rewrite_part(workbook, part, swap(old, new))
    findings = audit(workbook)
    theirs = [finding for finding in findings if finding.startswith("openxml-audit: ")]
    assert [finding for finding in findings if finding not in theirs] == [expected] * bool(expected)
    assert bool(theirs) == (fault in SEEN_BY_BOTH), theirs


def test_two_sheets_of_one_name_are_found(workbook: Path) -> None:
    """Capitals do not make a name another name."""
    rewrite_part(workbook, BOOK, swap('name="Front sheet"', 'name="FIGURES"'))
    findings = audit(workbook)
    assert "xl/workbook.xml: 2 sheets are named 'figures'" in findings


def test_a_link_to_another_workbook_is_found(workbook: Path) -> None:
    """The relationship of the workbook, the part itself and its own way out."""
    parts = read_parts(workbook)
    rels = parts[BOOK_LINKS].decode()
    link = f'<Relationship Id="rId20" Type="{KIND}/externalLink" Target="externalLinks/e1.xml"/>'
    parts[BOOK_LINKS] = rels.replace("</Relationships>", link + "</Relationships>").encode()
    parts["xl/externalLinks/e1.xml"] = b"<externalLink/>"
    write_parts(workbook, parts)
    findings = audit(workbook)
    assert f"{BOOK}: externalLink rId20 leads to xl/externalLinks/e1.xml: not allowed" in findings
    assert "xl/externalLinks/e1.xml: has no content type" in findings


def test_data_connections_are_found(workbook: Path) -> None:
    """A connection would ask a database when somebody opens the book."""
    parts = read_parts(workbook)
    rels = parts[BOOK_LINKS].decode()
    link = f'<Relationship Id="rId20" Type="{KIND}/connections" Target="connections.xml"/>'
    parts[BOOK_LINKS] = rels.replace("</Relationships>", link + "</Relationships>").encode()
    parts["xl/connections.xml"] = b"<connections/>"
    write_parts(workbook, parts)
    assert f"{BOOK}: connections rId20 leads to xl/connections.xml: not allowed" in audit(workbook)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_found(workbook: Path) -> None:
    """Which of the two Excel reads is anybody's guess."""
    theme = read_parts(workbook)["xl/theme/theme1.xml"]
    with zipfile.ZipFile(workbook, "a") as package:
        package.writestr("xl/theme/theme1.xml", theme)
    assert "xl/theme/theme1.xml: is in the file 2 times" in audit(workbook)


def test_a_name_defined_twice_is_found(workbook: Path) -> None:
    """Excel would repair the file by dropping one of them."""
    again = '<definedName name="FIGURES">Figures!$B$2</definedName></definedNames>'
    rewrite_part(workbook, BOOK, swap("</definedNames>", again))
    assert f"{BOOK}: the name FIGURES is defined twice" in audit(workbook)
