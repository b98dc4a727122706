"""Pieces of the way to next month's file: formulas where rows moved, looks, feet, geometry."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from lxml import etree

from tests.closed.test_patch import SPACE, TEXTS, rows_of, sheet
from workbook_builder.plan.geometry import geometry_digest
from workbook_builder.plan.model import (
    Cell,
    Chart,
    ChartSeries,
    Formula,
    Part,
    Print,
    RichText,
    Run,
    Sheet,
)
from workbook_builder.plan.structure import SheetInventory
from workbook_builder.plan.styles import Style
from workbook_builder.writers.closed.added_styles import with_styles
from workbook_builder.writers.closed.cells import StyledText, new_cell
from workbook_builder.writers.closed.next_words import with_breaks, with_footer
from workbook_builder.writers.closed.places import Moved, Places
from workbook_builder.writers.closed.sheet import FilledOver, SheetPatch, patched_sheet


@dataclass
class Found:
    """A sheet in which rows 1 to 3 and columns A to C were planned."""

    rows_of: dict[str, list[int]]
    columns_of: dict[str, list[int]] = field(default_factory=lambda: {"a": [1], "b": [2], "c": [3]})
    title: str = "Tab"
    key_col: int = 9


def places(rows: dict[str, list[int]], **columns: list[int]) -> Places:
    planned = SheetInventory(
        key="tab",
        name="Tab",
        formulas={},
        texts={},
        heights={},
        rows={"one": 0, "two": 1, "three": 2},
        columns={"a": 0, "b": 1, "c": 2},
        inputs=(),
    )
    found = Found(rows, columns) if columns else Found(rows)
    return Places(planned, found)  # type: ignore[arg-type]


STILL = {"one": [1], "two": [2], "three": [3]}
LOWER = {"one": [1], "two": [4], "three": [5]}
SORTED = {"one": [3], "two": [2], "three": [1]}
COPIED = {"one": [1], "two": [2, 6], "three": [3]}
# The formula planned for C2, where rows stand now, where its cell stands, and how it must read.
FORMULAS = (
    ("SUM(A1:B3)", STILL, (1, 2), "SUM(A1:B3)"),
    ("$A2*at_fy0_m4", STILL, (1, 2), "$A2*at_fy0_m4"),
    ("$A2+A$3+$B$1", LOWER, (3, 2), "$A4+A$5+$B$1"),
    ("INDEX(fig_value,$A2,at_month_0)", LOWER, (3, 2), "INDEX(fig_value,$A4,at_month_0)"),
    ('IF(A2="A3",LOG10(B2),"B1")', LOWER, (3, 2), 'IF(A4="A3",LOG10(B4),"B1")'),
    ("A1+A3", SORTED, (1, 2), "A3+A1"),
    ("A2", COPIED, (1, 2), "A2"),
    ("A2", COPIED, (5, 2), "A6"),
    ("A1", {"one": [2], "two": [3], "three": [4]}, (2, 2), "A2"),
)


@pytest.mark.parametrize(("text", "rows", "now", "wanted"), FORMULAS)
def test_a_formula_reads_the_same_cells_where_they_stand_now(
    text: str, rows: dict[str, list[int]], now: tuple[int, int], wanted: str
) -> None:
    assert places(rows).formula(text, (1, 2), now) == wanted


def test_a_formula_follows_its_columns() -> None:
    assert places(STILL, a=[1], b=[4], c=[5]).formula("A2+B2", (1, 2), (1, 4)) == "A2+D2"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("A3", {"one": [1], "two": [2]}),
        ("A2+A3", {"one": [1], "two": [2], "three": [3, 4]}),
        ("A9", STILL),
        ("Other!A2", STILL),
    ],
)
def test_a_formula_of_a_cell_that_is_gone(text: str, rows: dict[str, list[int]]) -> None:
    with pytest.raises(Moved):
        places(rows).formula(text, (1, 2), (1, 2))


FILLED = '<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c>'
CHILD = '<c r="A1"><f t="shared" si="0"/><v>1</v></c>'


def test_the_first_of_filled_formulas_is_not_taken_from_the_others() -> None:
    patch = SheetPatch(contents={(0, 0): Formula("C1", 2)})
    with pytest.raises(FilledOver):
        patched_sheet(sheet(f'<row r="1">{FILLED}</row>'), patch, TEXTS)
    done = patched_sheet(sheet(f'<row r="1">{CHILD}</row>'), patch, TEXTS)
    assert rows_of(done.data) == '<row r="1"><c r="A1"><f>C1</f><v>2</v></c></row>'
    same = SheetPatch({(0, 0): 2.0})
    done = patched_sheet(sheet(f'<row r="1">{FILLED}</row>'), same, TEXTS)
    assert rows_of(done.data) == f'<row r="1">{FILLED}</row>'.replace("<v>1", "<v>2")


# A row, the patch of its one cell, and the row then.
CELLS: tuple[tuple[str, SheetPatch, str], ...] = (
    (
        '<c r="A1" s="4" t="s"><v>0</v></c>',
        SheetPatch(contents={(0, 0): None}),
        '<c r="A1" s="4"/>',
    ),
    (
        '<c r="A1" s="4"><f>B1</f><v>1</v></c>',
        SheetPatch({(0, 0): 2.0}, dressed={(0, 0): "9"}),
        '<c r="A1" s="9"><f>B1</f><v>2</v></c>',
    ),
    (
        '<c r="A1" s="4"><f>B1</f><v>1</v></c>',
        SheetPatch(dressed={(0, 0): "9"}),
        '<c r="A1" s="9"><f>B1</f><v>1</v></c>',
    ),
    (
        '<c r="B1"><v>1</v></c>',
        SheetPatch(contents={(0, 0): "new"}, dressed={(0, 0): "9"}),
        '<c r="A1" s="9" t="inlineStr"><is><t>new</t></is></c><c r="B1"><v>1</v></c>',
    ),
)


@pytest.mark.parametrize(("before", "patch", "after"), CELLS)
def test_a_cell_of_a_sheet_in_which_people_work(before: str, patch: SheetPatch, after: str) -> None:
    done = patched_sheet(sheet(f'<row r="1">{before}</row>'), patch, TEXTS)
    assert rows_of(done.data) == f'<row r="1">{after}</row>'


@pytest.mark.parametrize(
    ("height", "after"),
    [("30.75", "18"), ("31", "18"), ("60", "60"), ("18", "18")],
)
def test_a_height_changes_where_it_was_ours(height: str, after: str) -> None:
    patch = SheetPatch(fitted={0: (31.0, 18.0)})
    done = patched_sheet(sheet(f'<row r="1" ht="{height}"></row>'), patch, TEXTS)
    assert f'ht="{after}"' in rows_of(done.data)


def test_a_text_of_several_looks() -> None:
    runs = (
        Run("so ", bold=True),
        Run("", italic=True),
        Run("on\n", underline=True, colour="C00000"),
    )
    made = new_cell("x", (2, 1), "7", StyledText(RichText(runs), Style(size=9, colour="111111")))
    face = '<x:rFont val="Arial"/><x:family val="2"/>'
    assert made.decode() == (
        '<x:c r="B3" s="7" t="inlineStr"><x:is>'
        f'<x:r><x:rPr><x:b/><x:sz val="9"/><x:color rgb="FF111111"/>{face}</x:rPr>'
        '<x:t xml:space="preserve">so </x:t></x:r>'
        f'<x:r><x:rPr><x:u/><x:sz val="9"/><x:color rgb="FFC00000"/>{face}</x:rPr>'
        '<x:t xml:space="preserve">on\n</x:t></x:r></x:is></x:c>'
    )


SAID = "&amp;LA &amp;&amp; B, June 2024: Tab&amp;R3"
FOOT = f"<headerFooter><oddFooter>{SAID}</oddFooter></headerFooter>"
ENDS = '<rowBreaks count="1" manualBreakCount="1"><brk id="7" max="16383" man="1"/></rowBreaks>'


def test_the_month_at_the_foot_of_a_page() -> None:
    data = sheet("", tail=FOOT)
    done = with_footer(data, "A & B, June 2024: Tab", "A & B, July 2024: Tab")
    assert done == data.replace(b"June", b"July")
    assert with_footer(data, "Something else: Tab", "A & B, July 2024: Tab") == data


@pytest.mark.parametrize(
    ("tail", "before", "after", "wanted"),
    [
        (FOOT + ENDS, [7], [7], FOOT + ENDS),
        (FOOT + ENDS, [7], [9], FOOT + ENDS.replace("7", "9")),
        (FOOT + ENDS, [7], [], FOOT),
        (FOOT + ENDS, [8], [9], FOOT + ENDS),
        (FOOT + ENDS, None, [9], FOOT + ENDS.replace("7", "9")),
        (FOOT, [], [7], FOOT + ENDS),
        (FOOT, [7], [9], FOOT),
    ],
)
def test_page_ends_change_where_they_were_ours(
    tail: str, before: list[int] | None, after: list[int], wanted: str
) -> None:
    assert with_breaks(sheet("", tail=tail), before, after) == sheet("", tail=wanted)


def planned(key: str = "~x|year Apr-13", name: str = "2013/14", **more: object) -> Sheet:
    series = ChartSeries(name, "Chart data", (0, 0, 0, 3), (1, 0, 1, 3))
    chart = Chart("line", "Title", f"To {name}", 5, 0, 100, 80, (series,), "0")
    part = Part(
        next_row=2,
        cells=(Cell(0, 0, f"text {name}", "label"), Cell(1, 0, None, "label")),
        row_keys=((1, key),),
        charts=(chart,),
    )
    values: dict[str, object] = {"key": "tab", "name": "Tab", "title": "Tab", "widths": (9.0,)}
    return Sheet(**(values | {"part": part, "print": Print(1, 0, 80)} | more))  # type: ignore[arg-type]


def test_a_month_changes_no_geometry_and_a_row_does() -> None:
    digest = geometry_digest(planned())
    assert geometry_digest(planned("~x|year Apr-14", "2014/15")) == digest
    assert geometry_digest(planned("~y|year Apr-13")) != digest
    assert geometry_digest(planned("~x|month 2014-02", "x")) != digest
    assert geometry_digest(planned(col_keys=((0, "other"),))) != digest


STYLES = f"""<x:styleSheet {SPACE.replace("xmlns", "xmlns:x")}>
<x:fonts count="1"><x:font/></x:fonts>
<x:fills count="1"><x:fill/></x:fills><x:borders count="1"><x:border/></x:borders>
<x:cellXfs count="2"><x:xf/><x:xf numFmtId="9"/></x:cellXfs></x:styleSheet>"""


def test_styles_that_no_cell_had_come_behind_the_others() -> None:
    looks = {"a": Style(bold=True), "b": Style(bold=True), "c": Style(fill="EEF3F7", locked=False)}
    roles = [("a", '0.0"%"'), ("b", '0.0"%"'), ("c", "0"), ("c", '0.0"%"')]
    data, numbers = with_styles(STYLES.encode(), roles, looks)
    assert numbers == {role: str(number) for number, role in enumerate(roles, start=2)}
    root = etree.fromstring(data)
    space = {"x": root.nsmap["x"]}
    for name in ("numFmts", "fonts", "fills", "borders", "cellXfs"):
        (held,) = root.findall(f"x:{name}", space)
        assert held.get("count") == str(len(held)), name
    assert [one.get("formatCode") for one in root.iter("{*}numFmt")] == ['0.0"%"']
    cells = root.findall("x:cellXfs/x:xf", space)
    assert [one.get("numFmtId") for one in cells] == [None, "9", "164", "164", "1", "164"]
    bold, filled = cells[2], cells[4]
    fonts, fills = root.findall("x:fonts/x:font", space), root.findall("x:fills/x:fill", space)
    assert fonts[int(bold.get("fontId", ""))].find("x:b", space) is not None
    colour = fills[int(filled.get("fillId", ""))].find("x:patternFill/x:fgColor", space)
    assert colour is not None
    assert colour.get("rgb") == "FFEEF3F7"
    assert filled.find("x:protection", space) is not None
