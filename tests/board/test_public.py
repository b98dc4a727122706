"""The public copy: what is withheld stands nowhere in it, nor do its light, arrow or sentence."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.board.making import folder_of
from tests.publishing.desk import BOX, Desk, small_desk
from workbook_builder import app
from workbook_builder.board.chart_tables import NOT_DRAWN
from workbook_builder.cli import main
from workbook_builder.listed import load_scorecard

MONTH = "2024-06"
SAID = "There were four of them."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """June has few referrals, and few contacts, which a chart draws."""
    made = small_desk(tmp_path)
    made.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,4")
    made.change("overrides.csv", '"1,210"', "4")
    made.build(MONTH)
    made.type(MONTH, {BOX: SAID})
    return made


def public(desk: Desk, **wanted: Any) -> app.Boarded:
    return app.board(desk.folder, MONTH, desk.out, wanted=app.Wanted(public=True, **wanted))


def row_of(sheet: Any, name: str) -> list[Any]:
    return next(
        [one.value for one in row if one.value is not None]
        for row in sheet.iter_rows()
        if any(str(one.value).startswith(name) for one in row[:3])
    )


def test_a_small_count_its_light_and_its_arrow_are_withheld(desk: Desk) -> None:
    full = openpyxl.load_workbook(app.board(desk.folder, MONTH, desk.out).files[0])
    copy = openpyxl.load_workbook(public(desk).files[0])
    before, after = (row_of(book["Front door"], "Referrals") for book in (full, copy))
    assert 4 in before
    assert {"▲", "▼", "►"} & set(before)
    assert "[c]" in after
    assert 4 not in after
    assert not {"▲", "▼", "►"} & set(after)


def test_what_people_wrote_is_left_out(desk: Desk) -> None:
    done = public(desk)
    assert done.typed_in is None
    with zipfile.ZipFile(done.files[0]) as package:
        whole = b"".join(package.read(one) for one in package.namelist()).decode("utf-8", "replace")
    assert SAID not in whole
    assert "backlog" not in whole
    assert "Board asked for it" not in whole
    assert "Comments are left out of a public copy." in whole
    assert "No comment was given" not in whole


def test_charts_draw_nothing_where_a_figure_is_withheld(desk: Desk) -> None:
    path = public(desk).files[0]
    sheet = openpyxl.load_workbook(path)["Chart data"]
    rows = [row for row in sheet.iter_rows(values_only=True) if "Jun-24" in row]
    assert rows
    assert not [one for row in rows for one in row if one == 4]
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if re.fullmatch(r"xl/charts/chart\d+.xml", part):
                assert 4.0 not in points(package.read(part).decode())
            if re.fullmatch(r"xl/drawings/drawing\d+.xml", part):
                assert not re.search(r"Jun-24[^\"]{0,20}\b4\b", package.read(part).decode())


def points(chart: str) -> list[float]:
    """The numbers that a chart keeps."""
    found = re.findall(r"<c:v>(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)</c:v>", chart)
    return [float(one) for one in found]


def test_the_full_copy_draws_what_the_public_one_leaves_out(desk: Desk) -> None:
    path = app.board(desk.folder, MONTH, desk.out).files[0]
    with zipfile.ZipFile(path) as package:
        charts = [one for one in package.namelist() if re.fullmatch(r"xl/charts/chart\d+.xml", one)]
        drawn = [one for part in charts for one in points(package.read(part).decode())]
    assert 4.0 in drawn


def test_the_copy_says_what_it_withholds(desk: Desk) -> None:
    done = public(desk)
    assert done.files[0].name == f"Public {MONTH}.xlsx"
    assert done.withheld > 0
    said = cells_of(done.files[0], "Cover")
    assert "counts from 1 to 5" in said
    assert "OFFICIAL-SENSITIVE" not in said


def test_the_limits_are_those_of_the_scorecard(desk: Desk) -> None:
    settings = desk.folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[disclosure]\nlargest = 3\n", encoding="utf-8")
    copy = openpyxl.load_workbook(public(desk).files[0])
    assert 4 in row_of(copy["Front door"], "Referrals")


def test_what_nobody_could_judge_is_said_where_it_is_shown(desk: Desk) -> None:
    """The cover says so, and the notes name the indicators with how many figures."""
    told = "came without counts to judge them by"
    assert told not in cells_of(public(desk).files[0], "Cover")
    settings = desk.folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[disclosure]\nshow_unjudged = true\n", encoding="utf-8")
    done = public(desk)
    assert done.unjudged > 0
    assert told in cells_of(done.files[0], "Cover")
    sheet = openpyxl.load_workbook(done.files[0])["Notes"]
    rows = [[one for one in row if one is not None] for row in sheet.iter_rows(values_only=True)]
    listed = rows[rows.index(["Indicator", "Why", "How many are shown"]) + 1 :]
    many = [int(row[2]) for row in listed if len(row) == 3 and str(row[2]).isdigit()]
    assert sum(many) == done.unjudged


def cells_of(path: Path, sheet: str) -> str:
    """All that a sheet says, as one text."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return " ".join(str(one) for row in rows for one in row if one is not None)


def test_each_page_says_who_may_have_it(desk: Desk) -> None:
    """On paper a page goes about without its cover."""
    for done, marking in ((public(desk), "For publication"), (full(desk), "OFFICIAL-SENSITIVE")):
        for sheet in openpyxl.load_workbook(done.files[0]).worksheets:
            assert str(sheet.oddFooter.left.text).startswith(f"{marking}   |   ")


def test_every_tab_says_what_is_withheld_with_a_figure(desk: Desk) -> None:
    said = "[c] withheld, with its status, arrow and place in charts"
    assert said in cells_of(public(desk).files[0], "Front door")
    assert said not in cells_of(full(desk).files[0], "Front door")


def test_no_chart_stands_where_it_would_draw_nothing(desk: Desk) -> None:
    """Charts of contacts, of which every month is few, are left out, and it is said so."""
    extract = desk.folder / "extracts" / "months.csv"
    lines = extract.read_text(encoding="utf-8").splitlines()
    few = [
        f"{line.rpartition(',')[0]},4" if line.startswith("contacts,,") else line for line in lines
    ]
    assert few != lines
    extract.write_text("\n".join(few) + "\n", encoding="utf-8")
    drawn, left = (charts(one.files[0]) for one in (full(desk), public(desk)))
    assert left < drawn
    copy = openpyxl.load_workbook(public(desk).files[0])
    texts = {one.value for sheet in copy.worksheets for row in sheet.iter_rows() for one in row}
    assert NOT_DRAWN in texts


def charts(path: Path) -> int:
    """How many charts a workbook has."""
    with zipfile.ZipFile(path) as package:
        return sum(bool(re.fullmatch(r"xl/charts/chart\d+.xml", one)) for one in package.namelist())


def full(desk: Desk) -> app.Boarded:
    return app.board(desk.folder, MONTH, desk.out)


def test_from_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--public", "--out", str(desk.out), "--month", MONTH]
    assert main(["board", str(desk.folder), *options]) == 0
    said = capsys.readouterr().out
    assert f"Public {MONTH}.xlsx" in said
    assert re.search(r"Figures withheld: \d+ ", said)


@pytest.mark.in_ci
@pytest.mark.parametrize(
    "name", ["haringey", "calderdale", pytest.param("annex_a", marks=pytest.mark.slow)]
)
def test_nothing_differs_but_by_being_withheld(name: str, tmp_path: Path) -> None:
    """Cell by cell: as in the full copy, or withheld; no light is another one, no number is."""
    folder = folder_of(name, tmp_path / "folder")
    full, copy = (
        openpyxl.load_workbook(
            app.board(folder, out=tmp_path / "out", wanted=app.Wanted(public=public)).files[0]
        )
        for public in (False, True)
    )
    words = load_scorecard(folder).settings.status_words
    lights = {words.red, words.amber, words.green}
    differ, withheld = [], 0
    for sheet in (one for one in full.worksheets if one.title in copy.sheetnames):
        if sheet.title in ("Cover", "Notes", "Contents", "Chart data", "Accessibility"):
            continue
        counts = counted(copy[sheet.title])
        for row in sheet.iter_rows():
            for one in row:
                other = copy[sheet.title][one.coordinate].value
                if one.value == other or one.coordinate in counts:
                    continue
                withheld += other == "[c]"
                if isinstance(other, (int, float)) or other in lights:
                    differ.append((sheet.title, one.coordinate, one.value, other))
    assert differ == []
    assert withheld > 20


def counted(sheet: Any) -> set[str]:
    """The cells of the table that counts lights, which are fewer."""
    return {
        one.coordinate
        for table in sheet.tables.values()
        if str(sheet[table.ref][0][0].value).startswith("Lights by")
        for row in sheet[table.ref]
        for one in row
    }
