"""What is put in the place of what, in small parts, whoever wrote them and however."""

from __future__ import annotations

import io
import zipfile

import pytest

from workbook_builder.plan.model import Formula
from workbook_builder.writers.closed.calculation import with_calculation, without_chain
from workbook_builder.writers.closed.cells import Content
from workbook_builder.writers.closed.charts import with_points
from workbook_builder.writers.closed.markup import CannotPatch, parse
from workbook_builder.writers.closed.package import Package
from workbook_builder.writers.closed.sheet import SheetPatch, patched_sheet

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TEXTS = ("one", "two ", "three")


def sheet(rows: str, head: str = "", tail: str = "") -> bytes:
    return f"<worksheet {SPACE}>{head}<sheetData>{rows}</sheetData>{tail}</worksheet>".encode()


def rows_of(data: bytes) -> str:
    return data.decode().partition("<sheetData>")[2].partition("</sheetData>")[0]


# A cell with a formula, the value that it must give, and the cell then.
VALUES: tuple[tuple[str, float | str, str], ...] = (
    ('<c r="A1"><f>B1</f><v>1</v></c>', 2.5, '<c r="A1"><f>B1</f><v>2.5</v></c>'),
    ('<c r="A1" s="7"><f>B1</f><v>1.0</v></c>', 1, '<c r="A1" s="7"><f>B1</f><v>1.0</v></c>'),
    (
        '<c r="A1"><f>B1</f><v>0.30000000000000004</v></c>',
        0.3,
        '<c r="A1"><f>B1</f><v>0.30000000000000004</v></c>',
    ),
    ('<c r="A1"><f>B1</f><v>1</v></c>', "x", '<c r="A1" t="str"><f>B1</f><v>x</v></c>'),
    ('<c r="A1" t="str"><f>B1</f><v>x</v></c>', 3, '<c r="A1"><f>B1</f><v>3</v></c>'),
    ("<c t='str' r='A1'><f>B1</f><v>x</v></c>", "y", "<c t=\"str\" r='A1'><f>B1</f><v>y</v></c>"),
    ('<c r="A1"><f>B1</f></c>', "#N/A", '<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>'),
    ('<c r="A1" t="e" vm="1"><f>B1</f><v>#N/A</v></c>', 4, '<c r="A1"><f>B1</f><v>4</v></c>'),
    ('<c r="A1" cm="1"><f>B1</f><v/></c>', 4, '<c r="A1" cm="1"><f>B1</f><v>4</v></c>'),
    (
        '<c r="A1"><f t="shared" si="2"/><v>1</v><extLst><ext uri="u"/></extLst></c>',
        2,
        '<c r="A1"><f t="shared" si="2"/><v>2</v><extLst><ext uri="u"/></extLst></c>',
    ),
    (
        '<c r="A1"><f>B1&amp;"&lt;"</f><v>1</v></c>',
        "<&>",
        '<c r="A1" t="str"><f>B1&amp;"&lt;"</f><v>&lt;&amp;&gt;</v></c>',
    ),
    ('<c r="A1" t="str"><f>B1</f><v></v></c>', "", '<c r="A1" t="str"><f>B1</f><v></v></c>'),
    ('<c r="A1"><f>B1</f><v>1</v></c>', "", '<c r="A1" t="str"><f>B1</f><v></v></c>'),
    # A person typed over the formula: there is no value of ours to give.
    ('<c r="A1"><v>12</v></c>', 5, '<c r="A1"><v>12</v></c>'),
)


@pytest.mark.parametrize(("before", "value", "after"), VALUES)
def test_the_value_beside_a_formula(before: str, value: float | str, after: str) -> None:
    row = '<row r="1" spans="1:2"  ht="12">{}<c r="B1"><v>9</v></c></row>'
    done = patched_sheet(sheet(row.format(before)), SheetPatch({(0, 0): value}), TEXTS)
    assert rows_of(done.data) == row.format(after)


# An owned cell, what is to stand in it, and the cell then.
CONTENTS: tuple[tuple[str, Content, str], ...] = (
    ('<c r="A1" s="4" t="s"><v>0</v></c>', "one", '<c r="A1" s="4" t="s"><v>0</v></c>'),
    ('<c r="A1" s="4" t="s"><v>1</v></c>', "two ", '<c r="A1" s="4" t="s"><v>1</v></c>'),
    (
        '<c r="A1" s="4" t="s"><v>0</v></c>',
        " =1+1\nx",
        '<c r="A1" s="4" t="inlineStr"><is><t xml:space="preserve"> =1+1\nx</t></is></c>',
    ),
    (
        '<c r="A1"/>',
        "a\x01_x0041_\r",
        '<c r="A1" t="inlineStr"><is><t xml:space="preserve">a_x0001__x005F_x0041__x000D_</t></is>'
        "</c>",
    ),
    ('<c r="A1" s="4" t="s"><v>0</v></c>', None, '<c r="A1" s="4"/>'),
    ('<c r="A1" s="4"/>', None, '<c r="A1" s="4"/>'),
    ('<c r="A1" s="4"/>', 1e-7, '<c r="A1" s="4"><v>1e-07</v></c>'),
    ('<c r="A1"><v>5</v></c>', 5.0, '<c r="A1"><v>5</v></c>'),
    (
        '<c r="A1"><v>5</v></c>',
        Formula("SUM(B1,C1)", 5),
        '<c r="A1"><f>SUM(B1,C1)</f><v>5</v></c>',
    ),
    (
        '<c r="A1"><f>SUM( B1, C1 )</f><v>5</v></c>',
        Formula("SUM(B1,C1)", 5),
        '<c r="A1"><f>SUM( B1, C1 )</f><v>5</v></c>',
    ),
    (
        '<c r="A1"><f t="shared" si="0"/><v>5</v></c>',
        Formula("SUM(B1,C1)", 5),
        '<c r="A1"><f>SUM(B1,C1)</f><v>5</v></c>',
    ),
    ('<c r="A1"><f>B1</f><v>5</v></c>', 5.0, '<c r="A1"><v>5</v></c>'),
    (
        '<c r="A1" t="inlineStr"><is><r><t>on</t></r><r><rPr><b/></rPr><t>e</t></r></is></c>',
        "one",
        '<c r="A1" t="inlineStr"><is><r><t>on</t></r><r><rPr><b/></rPr><t>e</t></r></is></c>',
    ),
)


@pytest.mark.parametrize(("before", "content", "after"), CONTENTS)
def test_an_owned_cell(before: str, content: Content, after: str) -> None:
    row = '<row r="1">{}</row>'
    contents = {} if content is None else {(0, 0): content}
    patch = SheetPatch(contents=contents, roles={(0, 0): ("text", "")}, last_row=0, last_col=0)
    done = patched_sheet(sheet(row.format(before)), patch, TEXTS)
    assert rows_of(done.data) == row.format(after)


def owned(contents: dict[tuple[int, int], Content], **more: object) -> SheetPatch:
    roles = {
        at: ("number" if isinstance(one, float) else "text", "") for at, one in contents.items()
    }
    roles |= {(0, 0): ("text", ""), (0, 1): ("number", "")}
    return SheetPatch(contents=contents, roles=roles, last_row=9, last_col=9, **more)  # type: ignore[arg-type]


FIRST = '<c r="A1" s="3" t="s"><v>0</v></c>'
MISSING: tuple[tuple[str, dict[tuple[int, int], Content], str], ...] = (
    (
        f'<row r="1" spans="1:1">{FIRST}<c r="B1" s="8"/><c r="D1"/></row>',
        {(0, 0): "one", (0, 2): 4.0},
        f'<row r="1">{FIRST}<c r="B1" s="8"/><c r="C1" s="8"><v>4</v></c><c r="D1"/></row>',
    ),
    (
        f'<row r="1">{FIRST}</row><row r="4"/>',
        {(0, 0): "one", (1, 0): "b", (3, 1): 2.0, (5, 0): "c"},
        f'<row r="1">{FIRST}</row>'
        '<row r="2"><c r="A2" s="3" t="inlineStr"><is><t>b</t></is></c></row>'
        '<row r="4"><c r="B4"><v>2</v></c></row>'
        '<row r="6"><c r="A6" s="3" t="inlineStr"><is><t>c</t></is></c></row>',
    ),
    (
        f"<row>{FIRST}</row>\n <row><c><v>1</v></c><c s='8'><v>2</v></c></row>",
        {(0, 0): "one", (1, 0): 1.0, (1, 1): 3.0},
        f'<row>{FIRST}</row>\n <row><c><v>1</v></c><c r="B2" s="8"><v>3</v></c></row>',
    ),
)


@pytest.mark.parametrize(("before", "contents", "after"), MISSING)
def test_cells_and_rows_that_are_not_there_yet(
    before: str, contents: dict[tuple[int, int], Content], after: str
) -> None:
    assert rows_of(patched_sheet(sheet(before), owned(contents), TEXTS).data) == after


def test_an_empty_table_and_the_stated_range() -> None:
    data = f'<worksheet {SPACE}><dimension ref="B2"/><sheetData /><a/></worksheet>'.encode()
    done = patched_sheet(data, owned({(4, 3): 1.0}), TEXTS)
    assert rows_of(done.data) == '<row r="5"><c r="D5"><v>1</v></c></row>'
    assert b'<dimension ref="B2:D5"/><sheetData><row' in done.data
    assert done.data.endswith(b"</sheetData><a/></worksheet>")
    assert done.values == {(4, 3): 1.0}


def test_heights_of_rows_of_words() -> None:
    rows = (
        '<row r="1" ht="20" customHeight="1"/><row r="4" ht="28.4" customHeight="1"/>'
        '<row r="5" ht="30" customHeight="1" hidden="1"/><row r="6"/>'
    )
    patch = owned({}, heights={0: 12.0, 3: 28.0, 5: 42.5})
    assert rows_of(patched_sheet(sheet(rows), patch, TEXTS).data) == (
        '<row r="1" ht="20" customHeight="1"/><row r="4" ht="28.4" customHeight="1"/>'
        '<row r="5" hidden="1"/><row r="6" ht="42.5" customHeight="1"/>'
    )


def test_what_already_is_as_it_is_to_be_keeps_every_byte() -> None:
    odd = (
        f'\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- c --><x:worksheet {SPACE[:5]}:x'
        f'{SPACE[5:]}><x:sheetData>\n<x:row  r="1" ><x:c r="A1" t="s"><x:v>0</x:v></x:c>\n</x:row>'
        "</x:sheetData><x:extLst><!-- kept --></x:extLst></x:worksheet >"
    ).encode()
    done = patched_sheet(odd, owned({(0, 0): "one"}), TEXTS)
    assert done.data == odd
    changed = patched_sheet(odd, owned({(0, 0): "é"}), TEXTS).data
    old = '<x:c r="A1" t="s"><x:v>0</x:v></x:c>'
    new = '<x:c r="A1" t="inlineStr"><x:is><x:t>é</x:t></x:is></x:c>'
    assert changed == odd.replace(old.encode(), new.encode())


BROKEN = (
    (sheet('<row r="2"/><row r="1"/>'), "order"),
    (sheet('<row r="1"><c r="B1"/><c r="A1"/></row>'), "order"),
    (sheet('<row r="1"><c r="1B"/></row>'), "address"),
    (sheet('<row r="1"><c r="B1" t="s"><v>3</v></c></row>'), "no cell can hold"),
    (sheet('<row r="1"><c r="B1"><v>1,5</v></c></row>'), "no cell can hold"),
    (sheet("").decode().encode("utf-16"), "UTF-8"),
    (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet(""), "UTF-8"),
    (b'<!DOCTYPE w [<!ENTITY a "b">]>' + sheet("<row>&a;</row>"), "entities"),
    (sheet("")[:-4], "damaged"),
    (f"<worksheet {SPACE}/>".encode(), "table"),
)


@pytest.mark.parametrize(("data", "says"), BROKEN)
def test_parts_that_nobody_patches(data: bytes, says: str) -> None:
    with pytest.raises(CannotPatch, match=says):
        patched_sheet(data, owned({(0, 0): "one"}), TEXTS)


CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


def chart(reference: str, points: str, kind: str = "num", count: int = 3) -> bytes:
    cache = f'<c:formatCode>0</c:formatCode><c:ptCount val="{count}"/>{points}'
    said = f"<c:f>{reference}</c:f><c:{kind}Cache>{cache}</c:{kind}Cache>"
    return f"<c:chartSpace {CHART}><c:{kind}Ref>{said}</c:{kind}Ref></c:chartSpace>".encode()


def point(at: int, said: str, more: str = "") -> str:
    return f'<c:pt idx="{at}"{more}><c:v>{said}</c:v></c:pt>'


VALUES_OF = {"My tab": {(0, 0): 1.0, (0, 1): "#N/A", (0, 2): 0.5, (1, 0): "North", (1, 2): "[c]"}}
BEFORE = {"My tab": {(1, 0): "South", (1, 2): 0.0}}
RED = ' formatCode="0%"'
CHARTS = (
    # A number that changed, a point that is a gap now, one with a format of its own.
    (
        "'My tab'!$A$1:$C$1",
        point(0, "7") + point(1, "8") + point(2, "0.25", RED),
        point(0, "1") + point(2, "0.5", RED),
    ),
    # Alike but for how programs write it: nothing is touched.
    ("'My tab'!$A$1:$C$1", point(0, "1.0") + point(1, "#N/A") + point(2, "0.50"), ""),
    ("'Other tab'!$A$1:$C$1", point(0, "7"), ""),
    ("'My tab'!$A$1:$D$1", point(0, "7"), ""),
    ("Book!some_name", point(0, "7"), ""),
    ("('My tab'!$A$1,'My tab'!$C$1)", point(0, "7"), ""),
    # Excel draws a text as 0; where it did not say so, it is a gap.
    ("'My tab'!A2:C2", point(0, "0") + point(1, "4") + point(2, "5"), point(0, "0")),
    # A nought that was a number, and is a text now, is a gap.
    ("'My tab'!A2:C2", point(0, "0") + point(2, "0"), point(0, "0")),
)


@pytest.mark.parametrize(("reference", "before", "after"), CHARTS)
def test_the_points_of_a_chart(reference: str, before: str, after: str) -> None:
    done = with_points(chart(reference, before), VALUES_OF.get, BEFORE.get)
    assert done == chart(reference, after or before)


def test_the_texts_of_a_chart() -> None:
    before = chart("'My tab'!$A$2:$C$2", point(0, "South"), "str")
    after = chart("'My tab'!$A$2:$C$2", point(0, "North") + point(2, "[c]"), "str")
    assert with_points(before, VALUES_OF.get, BEFORE.get) == after


CALCULATION = (
    ('<sheets/><calcPr calcId="191029"/>', '<sheets/><calcPr calcId="191029" fullCalcOnLoad="1"/>'),
    (
        "<sheets/><calcPr calcMode='manual' />",
        "<sheets/><calcPr calcMode='manual' fullCalcOnLoad=\"1\"/>",
    ),
    ('<sheets/><calcPr fullCalcOnLoad="0"/>', '<sheets/><calcPr fullCalcOnLoad="1"/>'),
    ('<sheets/><calcPr fullCalcOnLoad="true"/>', '<sheets/><calcPr fullCalcOnLoad="true"/>'),
    (
        "<sheets/><definedNames></definedNames><oleSize/>",
        '<sheets/><definedNames></definedNames><calcPr fullCalcOnLoad="1"/><oleSize/>',
    ),
    ("<sheets/><pivotCaches/>", '<sheets/><calcPr fullCalcOnLoad="1"/><pivotCaches/>'),
)


@pytest.mark.parametrize(("before", "after"), CALCULATION)
def test_everything_is_worked_out_on_opening(before: str, after: str) -> None:
    whole = f"<workbook {SPACE}>{{}}</workbook>"
    assert with_calculation(whole.format(before).encode()) == whole.format(after).encode()


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def test_the_chain_goes_wherever_it_is() -> None:
    links = (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}/calcChain" Target="/XL/chains/Chain%201.xml"/>'
        f'<Relationship Id="b" Type="{OFFICE}/styles" Target="styles.xml"></Relationship>'
        "</Relationships>"
    )
    kept = '<Override PartName="/xl/styles.xml" ContentType="s"/>'
    types = (
        f'<Types xmlns="{PACKAGE}/content-types">{kept}'
        '<Override ContentType="c" PartName="/xl/chains/Chain 1.xml"/></Types>'
    )
    top = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": top,
        "xl/workbook.xml": f"<workbook {SPACE}/>",
        "xl/_rels/workbook.xml.rels": links,
        "xl/styles.xml": "<s/>",
        "xl/chains/Chain 1.xml": "<calcChain/>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    package = Package(file.getvalue())
    changed, gone = without_chain(package)
    assert gone == {"xl/chains/Chain 1.xml"}
    assert (
        changed["[Content_Types].xml"].decode()
        == f'<Types xmlns="{PACKAGE}/content-types">{kept}</Types>'
    )
    left = changed["xl/_rels/workbook.xml.rels"]
    assert [one.attributes["Id"] for one in parse(left).children] == ["b"]
    with zipfile.ZipFile(io.BytesIO(package.with_parts(changed, gone))) as new:
        assert new.namelist() == [name for name in parts if "Chain" not in name]
