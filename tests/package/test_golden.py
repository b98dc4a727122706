"""The golden comparison sees every change to a workbook, and only those."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.oracles.golden import compare_with, parts
from tests.oracles.planting import read_parts, rewrite_part, swap, write_parts

SHEET = "xl/worksheets/sheet1.xml"


def build(path: Path, day: int = 1, value: float = 12.5) -> Path:
    """A small workbook made on a given day."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime.datetime(2014, 3, day)})
    sheet = book.add_worksheet("Scores")
    sheet.write_string("A1", "two\nlines & <more>  ")
    sheet.write_formula("A2", "=1+1", None, value)
    book.close()
    return path


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A golden folder of the sample."""
    folder = tmp_path / "golden"
    assert compare_with(folder, build(tmp_path / "first.xlsx"), update=True) == []
    return folder


def test_parts_are_lines_with_one_element_each(tmp_path: Path) -> None:
    """A cell's formula and value are lines of their own; a line break in a text is not."""
    found = parts(build(tmp_path / "sample.xlsx"))
    [row] = [at for at, line in enumerate(found[SHEET]) if '<row r="2"' in line]
    assert found[SHEET][row + 1 : row + 4] == [
        '      <c r="A2">',
        "        <f>1+1",
        "        <v>12.5",
    ]
    assert '    <t xml:space="preserve">two\\nlines & <more>  ' in found["xl/sharedStrings.xml"]


def test_the_day_of_the_build_is_left_out(tmp_path: Path, golden: Path) -> None:
    """The same workbook built on another day is the same."""
    assert compare_with(golden, build(tmp_path / "second.xlsx", day=2)) == []


def test_a_changed_value_is_shown_with_its_part(tmp_path: Path, golden: Path) -> None:
    """One changed cell is one line out and one line in."""
    [difference] = compare_with(golden, build(tmp_path / "second.xlsx", value=13))
    lines = difference.splitlines()
    assert lines[0] == f"{SHEET}:"
    assert [line for line in lines[3:] if line[0] in "+-"] == [
        "-        <v>12.5",
        "+        <v>13",
    ]


def test_a_changed_creator_is_a_difference(tmp_path: Path, golden: Path) -> None:
    """Only the dates are left out of the properties."""
    path = build(tmp_path / "second.xlsx")
    creator = swap("<dc:creator></dc:creator>", "<dc:creator>A Person</dc:creator>")
    rewrite_part(path, "docProps/core.xml", creator)
    [difference] = compare_with(golden, path)
    assert "A Person" in difference


def test_parts_that_come_and_go_are_differences(tmp_path: Path, golden: Path) -> None:
    """A part more, a part fewer, and a part that is not XML."""
    path = build(tmp_path / "second.xlsx")
    held = read_parts(path)
    del held["xl/theme/theme1.xml"]
    held["xl/vbaProject.bin"] = b"\x00\x01"
    write_parts(path, held)
    assert compare_with(golden, path) == [
        "xl/theme/theme1.xml: is not in the workbook",
        "xl/vbaProject.bin: is not in the golden folder",
    ]
    assert compare_with(golden, path, update=True) == []
    held["xl/vbaProject.bin"] = b"\x00\x02"
    write_parts(path, held)
    [difference] = compare_with(golden, path)
    assert difference.startswith("xl/vbaProject.bin:")


def test_no_golden_folder_is_a_difference(tmp_path: Path) -> None:
    """A golden test without its folder must not pass."""
    [difference] = compare_with(tmp_path / "none", build(tmp_path / "sample.xlsx"))
    assert "--update-golden" in difference
