"""What people put into a workbook that no build makes: as Excel keeps it, part by part.

A donor made by XlsxWriter has a picture, a text box, charts of a person's own, sparklines and a
note; its parts are put into a built scorecard, on the front sheet and on a sheet of their own.
Threaded comments are written here, in the form that Excel gives them.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import xlsxwriter

from tests.oracles.planting import read_parts, write_parts
from tests.package.samples import _dot

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
THREAD_LINK = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
PERSON_LINK = "http://schemas.microsoft.com/office/2017/10/relationships/person"
PERSONS = (
    f'<personList xmlns="{THREADS}"><person displayName="officer1" '
    'id="{10000000-0000-4000-8000-000000000001}" userId="officer1" providerId="None"/></personList>'
)
THREAD = (
    f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B3" dT="2024-07-02T10:15:00.00" '
    'personId="{10000000-0000-4000-8000-000000000001}" '
    'id="{20000000-0000-4000-8000-000000000001}"><text>Is this right?</text></threadedComment>'
    "</ThreadedComments>"
)
# What their own chart draws: the report month's figure on the front sheet, and figures of theirs.
DRAWN = "'Summary'!$D$6:$D$9"
OWN_SHEET, OWN_FORMULAS = "My workings", 3


def plant(path: Path) -> None:
    """Put everything into the workbook."""
    parts = read_parts(path)
    donor = _donor()
    _on_summary(parts, donor)
    _own_sheet(parts, donor)
    for name, data in donor.items():
        if re.match(r"xl/(drawings|charts|media|comments)", name):
            parts[_renamed(name)] = _renamed_in(name, data)
    _declare(parts, donor)
    write_parts(path, parts)


def _donor() -> dict[str, bytes]:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        for name in ("Summary", OWN_SHEET):
            sheet = book.add_worksheet(name)
            for row, text in enumerate(("=Summary!D6*2", "=SUM(Summary!D6:D9)", '="a"&"b"')):
                if name == OWN_SHEET:
                    sheet.write_formula(row, 0, text, None, 77)
            sheet.write_comment("B3", "[Threaded comment] Is this right?", {"author": "tc={2}"})
            picture = {"image_data": BytesIO(_dot()), "description": "A dot"}
            sheet.insert_image("R2", "dot.png", picture)
            sheet.insert_textbox("R8", "Words of their own", {"description": "A box"})
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": f"={DRAWN}", "values_data": [1, 2, 3, 4]})
            chart.add_series({"values": f"='{OWN_SHEET}'!$A$1:$A$2", "values_data": [77, 77]})
            sheet.insert_chart("R14", chart, {"description": "Their own chart"})
            sheet.add_sparkline("Q6", {"range": "Summary!$D$6:$G$6"})
            rule = {"type": "cell", "criteria": ">", "value": 5, "multi_range": "D6:D9"}
            sheet.conditional_format("D6:D9", rule)
    file.seek(0)
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def _renamed(name: str) -> str:
    """Parts of the donor keep out of the way of ours."""
    return re.sub(r"(\d+)(\.\w+(\.rels)?)$", lambda f: f"9{f[1]}{f[2]}", name)


def _renamed_in(name: str, data: bytes) -> bytes:
    if not name.endswith(".rels"):
        return data
    return re.sub(rb'(Target="[^"]*?)(\d+\.\w+")', rb"\g<1>9\2", data)


def _on_summary(parts: dict[str, bytes], donor: dict[str, bytes]) -> None:
    """The donor's first sheet's drawing, notes, rules and sparklines on the front sheet."""
    name, rels = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    assert rels not in parts
    theirs, ours = donor[name].decode(), parts[name].decode()
    tail = "".join(
        re.findall(r"<drawing [^>]*/>|<legacyDrawing [^>]*/>|<extLst>.*?</extLst>", theirs)
    )
    rule = re.findall(r"<conditionalFormatting .*?</conditionalFormatting>", theirs)[0]
    rule = rule.replace('priority="1"', 'priority="99"')
    ours = ours.replace("<printOptions", f"{rule}<printOptions", 1)
    parts[name] = ours.replace("</worksheet>", f"{tail}</worksheet>").encode()
    parts[rels] = _with_thread(_renamed_in(rels, donor[rels]))
    parts["xl/threadedComments/threadedComment1.xml"] = THREAD.encode()
    parts["xl/persons/person.xml"] = PERSONS.encode()


def _with_thread(rels: bytes) -> bytes:
    target = "../threadedComments/threadedComment1.xml"
    link = f'<Relationship Id="rIdT" Type="{THREAD_LINK}" Target="{target}"/></Relationships>'
    return rels.replace(b"</Relationships>", link.encode())


def _own_sheet(parts: dict[str, bytes], donor: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet92.xml"] = donor["xl/worksheets/sheet2.xml"]
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    parts["xl/worksheets/_rels/sheet92.xml.rels"] = _renamed_in(rels, donor[rels])
    text = parts["xl/workbook.xml"].decode()
    sheet = f'<sheet name="{OWN_SHEET}" sheetId="92" r:id="rIdOwn"/></sheets>'
    parts["xl/workbook.xml"] = text.replace("</sheets>", sheet).encode()
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    own = (
        f'<Relationship Id="rIdOwn" Type="{RELATIONS}/worksheet" Target="worksheets/sheet92.xml"/>'
    )
    person = f'<Relationship Id="rIdP" Type="{PERSON_LINK}" Target="persons/person.xml"/>'
    links = links.replace("</Relationships>", f"{own}{person}</Relationships>")
    parts["xl/_rels/workbook.xml.rels"] = links.encode()


def _declare(parts: dict[str, bytes], donor: dict[str, bytes]) -> None:
    """The content types of everything that was added."""
    theirs = donor["[Content_Types].xml"].decode()
    text = parts["[Content_Types].xml"].decode()
    added = []
    for kind in re.findall(r'<Default Extension="(?:png|vml)"[^>]*/>', theirs):
        if kind not in text:
            added.append(kind)
    for part, kind in re.findall(r'<Override PartName="/(xl/[^"]+)" ContentType="([^"]+)"', theirs):
        if re.match(r"xl/(drawings|charts|comments)", part):
            added.append(f'<Override PartName="/{_renamed(part)}" ContentType="{kind}"/>')
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    added.append(f'<Override PartName="/xl/worksheets/sheet92.xml" ContentType="{sheet}"/>')
    for part, kind in (
        ("threadedComments/threadedComment1", "threadedcomments"),
        ("persons/person", "person"),
    ):
        said = f"application/vnd.ms-excel.{kind}+xml"
        added.append(f'<Override PartName="/xl/{part}.xml" ContentType="{said}"/>')
    parts["[Content_Types].xml"] = text.replace("</Types>", f"{''.join(added)}</Types>").encode()
