"""Only what the list of the writer states may differ in the next month's file; all else stays.

The file is as Excel saves it, with everything that people add: pictures, text boxes, charts and
sparklines of their own, formats, sheets, threaded comments.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from tests.closed import dialects
from tests.closed.desk import differing, parts
from tests.closed.next_desk import NextDesk, next_desk
from tests.closed.planted import OWN_FORMULAS, OWN_SHEET, plant
from tests.closed.test_next_month import differing_cells
from tests.closed.test_stated_parts import sheets_of
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from workbook_builder.annotations.comments import threaded_comments
from workbook_builder.plan.slots import COMMENT

pytestmark = pytest.mark.in_ci

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MONTH, FOLLOWING = "2024-06", "2024-07"
OURS = {"Summary", "Front door", "Plans", "Definitions", "Judgement", "Chart data"}
OWNED = {"Figures", "Notes", "Log"}
STATED = {
    *OURS,
    *OWNED,
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
    "xl/calcChain.xml",
    "docProps/core.xml",
}
OF_CHARTS = re.compile(r"xl/(charts/chart|drawings/drawing)\d+\.xml")
OF_THREADS = {
    "xl/comments91.xml",
    "xl/drawings/vmlDrawing91.vml",
    "xl/threadedComments/threadedComment1.xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
}


@dataclass(frozen=True)
class Rolled:
    before: Path
    kept: Path
    cleared: Path


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Rolled:
    """The file, the next month's of it, and the same with the thread taken out."""
    place = tmp_path_factory.mktemp("planted")

    def change(path: Path) -> None:
        plant(path)
        dialects.as_excel_saves(path)

    held = next_desk(place, "small", MONTH, change)
    cleared = place / "cleared.xlsx"
    shutil.copyfile(held.roll(FOLLOWING, gone=lambda one: one.kind == COMMENT), cleared)
    return Rolled(held.workbook, held.roll(FOLLOWING), cleared)


def named(before: Path, changed: set[str]) -> set[str]:
    titles = {part: title for title, part in sheets_of(before).items()}
    return {titles.get(name, name) for name in changed}


def test_the_parts_that_differ_are_those_that_the_list_names(planted: Rolled) -> None:
    changed = named(planted.before, differing(planted.before, planted.kept))
    drawn = {name for name in changed if OF_CHARTS.fullmatch(name)}
    assert changed - drawn == STATED
    assert {"xl/charts/chart1.xml", "xl/charts/chart91.xml", "xl/drawings/drawing1.xml"} <= drawn
    kept = set(parts(planted.before)) - differing(planted.before, planted.kept)
    for kind in ("media/", "threadedComments/", "persons/", "comments", "vmlDrawing", "styles.xml"):
        assert any(kind in name for name in kept), kind
    assert "xl/sharedStrings.xml" in kept
    assert sheets_of(planted.before)[OWN_SHEET] in kept
    assert "xl/drawings/drawing91.xml" in kept, "the drawing of their picture, box and chart"


def test_a_thread_goes_with_every_part_that_speaks_of_it(planted: Rolled) -> None:
    changed = named(planted.kept, differing(planted.kept, planted.cleared))
    assert changed == {"Summary", "[Content_Types].xml", *OF_THREADS}
    left = parts(planted.cleared)
    assert OF_THREADS & set(left) == {"xl/worksheets/_rels/sheet1.xml.rels"}
    assert [one.text for one in threaded_comments(planted.kept)] == ["Is this right?"]
    assert threaded_comments(planted.cleared) == ()
    assert b"<legacyDrawing" not in left["xl/worksheets/sheet1.xml"]
    assert b"<drawing " in left["xl/worksheets/sheet1.xml"]


def test_around_the_cells_only_footers_and_page_ends_differ(planted: Rolled) -> None:
    old, new = parts(planted.before), parts(planted.kept)
    for title, part in sheets_of(planted.before).items():
        if title != "Figures":
            assert around(old[part]) == around(new[part]), title


def around(data: bytes) -> bytes:
    """A sheet's bytes without its cells, the month at its foot and its page ends."""
    outside = re.sub(rb"<sheetData>.*</sheetData>", b"", data, flags=re.DOTALL)
    outside = re.sub(rb"(June|July) 2024", b"", outside)
    return re.sub(rb"<rowBreaks.*?</rowBreaks>|<dimension [^>]*>", b"", outside)


def test_cells_that_say_the_same_are_the_same_bytes(planted: Rolled) -> None:
    """Of other sheets: a cell differs only in its value, or where the month makes it another."""
    for title in OURS:
        old, new = (cells(one, title) for one in (planted.before, planted.kept))
        assert old.keys() <= new.keys()
        other = [at for at, one in old.items() if without_value(one) != without_value(new[at])]
        assert len(other) <= len(old) / 20, (title, len(other), len(old))
        for at in other:
            assert style(old[at]) == style(new[at]) or title in ("Summary", "Front door"), at


def cells(path: Path, title: str) -> dict[str, bytes]:
    root = etree.fromstring(parts(path)[sheets_of(path)[title]])
    return {str(one.get("r")): etree.tostring(one) for one in root.iter(f"{MAIN}c")}


def style(cell: bytes) -> str | None:
    return etree.fromstring(cell).get("s")


def without_value(cell: bytes) -> bytes:
    if b"<f" not in cell:
        return cell
    return re.sub(rb"<v(/>|>[^<]*</v>)| t=\"(?:str|e)\"", b"", cell)


def test_what_people_added_is_sound(planted: Rolled, calc: Calc) -> None:
    for path in (planted.kept, planted.cleared):
        assert audit(path) == []
        compared = compare(path, calc)
        # Nobody knows the values of formulas of their own until the file is opened.
        theirs = [one for one in compared.differences if one.sheet == OWN_SHEET]
        assert compared.differences == theirs
        assert len(theirs) <= OWN_FORMULAS


DIALECTS = (
    dialects.with_prefixes,
    dialects.streamed,
    dialects.without_addresses,
    dialects.filled_down,
    dialects.no_calculation_setting,
)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.__name__)
def test_files_of_other_programs(
    dialect: Callable[[Path], None], tmp_path: Path, calc: Calc
) -> None:
    held: NextDesk = next_desk(tmp_path, "small", MONTH, dialect)
    new = held.roll(FOLLOWING)
    assert differing_cells(new, held.anew(FOLLOWING)) == []
    if dialect is not dialects.without_addresses:
        # The oracle knows cells by their addresses.
        assert compare(new, calc).differences == []
