"""What a board copy holds, read back by another library and held against its workbook."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from lxml import etree

from tests.amount import amount
from tests.board.making import SCORECARDS, Copy, copy_of
from tests.oracles.calc import Calc
from tests.oracles.colour import contrast
from tests.oracles.package import audit
from workbook_builder.board.chart_tables import NOT_DRAWN
from workbook_builder.board.checklist import ITEMS, YES
from workbook_builder.board.static import NOTHING_SAID
from workbook_builder.plan.styles import AMBER, GREEN, RED

EVERYDAY = 2
# What a copy says where there is nothing to show.
INSTEAD = (NOTHING_SAID, NOT_DRAWN)
FILLS = {"red": RED, "amber": AMBER, "green": GREEN}
AROUND = {"Cover", "Contents", "Notes", "Chart data", "Accessibility", "Contents of this copy"}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(params=SCORECARDS)
def copy(request: pytest.FixtureRequest) -> Copy:
    if request.param not in SCORECARDS[: amount(request.config, EVERYDAY, 7, 7)]:
        pytest.skip("the other scorecards run in CI and with --long")
    return copy_of(request.param)


@pytest.fixture
def book(copy: Copy) -> Any:
    return openpyxl.load_workbook(copy.board)


def cells(sheet: Any) -> Iterator[Any]:
    return (one for row in sheet.iter_rows() for one in row if one.value is not None)


def test_nothing_is_worked_out_hidden_or_carried_along(copy: Copy, book: Any) -> None:
    assert audit(copy.board) == []
    assert list(book.defined_names) == []
    for sheet in book.worksheets:
        assert [one.coordinate for one in cells(sheet) if one.data_type == "f"] == []
        assert sheet.sheet_state == "visible"
        assert not [key for key, one in sheet.column_dimensions.items() if one.hidden]
        assert not [key for key, one in sheet.row_dimensions.items() if one.hidden]
        assert not list(sheet.conditional_formatting)
        assert not sheet.data_validations.dataValidation
        assert not [one for one in cells(sheet) if one.comment]
        assert not sheet.protection.sheet
    with zipfile.ZipFile(copy.board) as package:
        parts = package.namelist()
    assert not [one for one in parts if "vba" in one or "comments" in one or "external" in one]


def test_each_sheet_has_a_name_and_its_title_in_a1(book: Any) -> None:
    names = [sheet.title.casefold() for sheet in book.worksheets]
    assert len(set(names)) == len(names)
    assert book.sheetnames[0] == "Cover"
    assert book.active.title == "Cover"
    for sheet in book.worksheets:
        assert isinstance(sheet["A1"].value, str), sheet.title
        assert sheet["A1"].value.strip()
        assert sheet.sheet_view.selection[0].activeCell == "A1"
    contents = next(sheet for sheet in book.worksheets if sheet["A1"].value == "Contents")
    links = {one.value: one.hyperlink.location for one in cells(contents) if one.hyperlink}
    assert set(links) == set(book.sheetnames[2:])
    assert all(place in (f"'{name}'!A1", f"{name}!A1") for name, place in links.items())


def test_tables_have_one_row_of_heads_and_nothing_merged(book: Any) -> None:
    names = []
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            names.append(table.displayName)
            area = sheet[table.ref]
            heads = [one.value for one in area[0]]
            assert all(isinstance(head, str) and head for head in heads), (sheet.title, heads)
            assert len({head.casefold() for head in heads}) == len(heads), (sheet.title, heads)
            assert heads == [one.name for one in table.tableColumns]
            taken = {(one.row, one.column) for row in area for one in row}
            for merged in sheet.merged_cells.ranges:
                assert not taken & set(merged.cells), (sheet.title, table.ref)
    assert len(set(names)) == len(names) > 3


def test_every_number_of_a_tab_stands_in_a_table(book: Any) -> None:
    """But for facts of a card, which stand beside their name and merged."""
    for sheet in book.worksheets:
        held = {
            (one.row, one.column)
            for table in sheet.tables.values()
            for row in sheet[table.ref]
            for one in row
        }
        merged = {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
        beside = [
            one.coordinate
            for one in cells(sheet)
            if isinstance(one.value, (int, float)) and (one.row, one.column) not in held | merged
        ]
        assert beside == [], sheet.title


def test_every_cell_shows_what_the_workbook_shows(copy: Copy, book: Any, calc: Calc) -> None:
    """LibreOffice works the workbook out again; its tabs and the copy's say the same everywhere."""
    compared = 0
    with calc.open(copy.workbook) as opened:
        known = opened.sheet_names()
        for sheet in book.worksheets:
            if sheet.title not in known or sheet.title in AROUND:
                continue
            shown = opened.values(sheet.title)
            heads = {
                (one.row, one.column)
                for table in sheet.tables.values()
                for one in sheet[table.ref][0]
            }
            for one in cells(sheet):
                at = (one.row, one.column)
                if at in heads or one.row == 2 or one.value in INSTEAD:
                    continue
                there = shown.get((one.row - 1, one.column - 1))
                if isinstance(one.value, (int, float)):
                    assert there == pytest.approx(one.value, rel=1e-9, abs=1e-9), one.coordinate
                else:
                    assert str(there) == str(one.value), (sheet.title, one.coordinate)
                compared += 1
    assert compared > 150


def test_a_status_is_a_word_with_its_fill(copy: Copy, book: Any) -> None:
    """Wherever the word of a light stands alone it has the light's fill, and nothing else has."""
    words, seen = _status_words(copy), set()
    for sheet in (one for one in book.worksheets if one.title not in {*AROUND, "Definitions"}):
        heads = {one.coordinate for table in sheet.tables.values() for one in sheet[table.ref][0]}
        for one in cells(sheet):
            light = words.get(str(one.value).casefold())
            fill = one.fill.fgColor.rgb[-6:] if one.fill.patternType else ""
            if one.coordinate in heads or isinstance(one.value, (int, float)):
                continue
            assert (fill in FILLS.values()) == (light is not None), one.coordinate
            if light:
                assert fill == FILLS[light], one.coordinate
                seen.add(light)
    results = copy.workbook.with_name("results.csv").read_text(encoding="utf-8-sig")
    lights = {row["rag"] for row in csv.DictReader(results.splitlines())} & set(FILLS)
    assert seen == lights


def _status_words(copy: Copy) -> dict[str, str]:
    from workbook_builder.listed import load_scorecard

    words = load_scorecard(copy.folder).settings.status_words
    return {
        words.red.casefold(): "red",
        words.amber.casefold(): "amber",
        words.green.casefold(): "green",
    }


def test_text_stands_out_from_the_fill_of_its_cell(book: Any) -> None:
    """WCAG 2.2 AA: 4.5 to 1, whatever lies over one another in a cell."""
    seen = set()
    for sheet in book.worksheets:
        for one in cells(sheet):
            fill = one.fill.fgColor.rgb[-6:] if one.fill.patternType else "FFFFFF"
            ink = one.font.color.rgb[-6:]
            seen.add((ink, fill))
            assert contrast(ink, fill) >= 4.5, (sheet.title, one.coordinate, ink, fill)
    assert len(seen) > 5


def test_charts_have_alternative_text_and_their_figures(copy: Copy, book: Any) -> None:
    with zipfile.ZipFile(copy.board) as package:
        drawings = [
            one for one in package.namelist() if re.fullmatch(r"xl/drawings/drawing\d+.xml", one)
        ]
        for part in drawings:
            for frame in etree.fromstring(package.read(part)).iter(f"{DRAWING}cNvPr"):
                assert len(frame.get("descr", "")) > 20
        charts = [one for one in package.namelist() if re.fullmatch(r"xl/charts/chart\d+.xml", one)]
        for part in charts:
            ranges = re.findall(r"<c:f>([^<]+)</c:f>", package.read(part).decode())
            assert ranges
            assert {one.partition("!")[0].strip("'") for one in ranges} == {"Chart data"}
    assert bool(charts) == ("Chart data" in book.sheetnames)


def test_nobody_is_named_and_title_and_language_are_set(copy: Copy, book: Any) -> None:
    properties = book.properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.title
    assert properties.language == "en-GB"
    with zipfile.ZipFile(copy.board) as package:
        texts = b"".join(package.read(one) for one in package.namelist())
    assert b"officer1" not in texts
    assert b"machine1" not in texts


def test_the_checklist_says_what_is_so(book: Any) -> None:
    """Each thing that is said to be met is held against the copy by a test of this file."""
    assert len([one for one in ITEMS if one.state == YES]) == 12
    sheet = book["Accessibility"]
    said = [row[1].value for row in sheet.iter_rows(min_row=5) if row[1].value]
    assert said == [one.asks for one in ITEMS]
