"""Only what the list states may differ after a closed refresh; all else is the same bytes."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.building import STAMP
from tests.closed import dialects
from tests.closed.desk import CONTACTS, MONTH, Desk, desk, differing, parts
from tests.closed.planted import DRAWN, OWN_FORMULAS, OWN_SHEET, plant
from tests.oracles.cached import worksheet_parts, written_formulas
from tests.oracles.package import audit
from workbook_builder import app
from workbook_builder.annotations.comments import threaded_comments
from workbook_builder.register import register

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OWNED = {"Figures", "Notes", "Log"}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk, app.Refreshed]:
    """A workbook with everything that people add, as Excel saves it: before and after."""
    place = tmp_path_factory.mktemp("planted")

    def change(path: Path) -> None:
        plant(path)
        dialects.as_excel_saves(path)

    held = desk(place, change)
    shutil.copyfile(held.workbook, place / "before.xlsx")
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    return place / "before.xlsx", held, held.refresh()


def sheets_of(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return worksheet_parts(package)


def test_the_parts_that_differ_are_those_that_the_list_names(
    planted: tuple[Path, Desk, app.Refreshed],
) -> None:
    before, held, done = planted
    titles = {part: title for title, part in sheets_of(before).items()}
    changed = differing(before, held.workbook)
    assert done.cells > 0
    assert {titles.get(name, name) for name in changed} == {
        "Summary",
        "Front door",
        "Judgement",
        "Chart data",
        *OWNED,
        "xl/charts/chart1.xml",
        "xl/charts/chart91.xml",
        "xl/charts/chart92.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/calcChain.xml",
    }
    kept = set(parts(before)) - changed
    for kind in ("media/", "threadedComments/", "persons/", "comments", "drawings/", "styles.xml"):
        assert any(f"xl/{kind}" in name for name in kept), kind
    assert "xl/sharedStrings.xml" in kept
    assert sheets_of(before)[OWN_SHEET] in kept


def test_in_other_sheets_only_the_values_of_our_formulas_differ(
    planted: tuple[Path, Desk, app.Refreshed],
) -> None:
    before, held, _ = planted
    old, new = parts(before), parts(held.workbook)
    for title, part in sheets_of(before).items():
        if title not in OWNED:
            assert without_values(old[part]) == without_values(new[part]), title


def without_values(data: bytes) -> bytes:
    """A sheet's bytes without the values that stand beside formulas, and without their type."""
    without = re.sub(rb"(</f>|<f[^>]*/>)<v(/>|>[^<]*</v>)", rb"\1", data)
    return re.sub(rb'(<c r="[A-Z]+\d+"[^>]*?) t="(?:str|e)"([^>]*>)(?=<f)', rb"\1\2", without)


def test_owned_sheets_keep_everything_around_their_cells(
    planted: tuple[Path, Desk, app.Refreshed],
) -> None:
    before, held, _ = planted
    for title in OWNED:
        part = sheets_of(before)[title]
        old, new = (parts(one)[part] for one in (before, held.workbook))
        for data in (old, new):
            assert data.count(b"<sheetData>") == 1
        assert old[: old.index(b"<sheetData>")] == new[: new.index(b"<sheetData>")]
        assert old[old.index(b"</sheetData>") :] == new[new.index(b"</sheetData>") :]
        styles = [
            {one.get("r"): one.get("s") for one in etree.fromstring(data).iter(f"{MAIN}c")}
            for data in (old, new)
        ]
        assert styles[0].items() <= styles[1].items()


def test_what_people_added_is_there_and_sound(planted: tuple[Path, Desk, app.Refreshed]) -> None:
    before, held, done = planted
    assert audit(before) == audit(held.workbook) == []
    assert [one.text for one in threaded_comments(held.workbook)] == ["Is this right?"]
    assert done.own_formulas == OWN_FORMULAS
    own = written_formulas(held.workbook)[OWN_SHEET]
    assert own == written_formulas(before)[OWN_SHEET], "nobody knows the values of their formulas"
    assert b"calcChain" not in b"".join(parts(held.workbook).values())


def test_their_chart_draws_what_the_cells_show(planted: tuple[Path, Desk, app.Refreshed]) -> None:
    _, held, _ = planted
    sheet = openpyxl.load_workbook(held.workbook, data_only=True)["Summary"]
    cells = [one.value for (one,) in sheet["D6:D9"]]
    assert any(isinstance(one, (int, float)) for one in cells)
    for name in ("xl/charts/chart91.xml", "xl/charts/chart92.xml"):
        drawn = points(parts(held.workbook)[name])
        shown = {at: one for at, one in enumerate(cells) if isinstance(one, (int, float))}
        assert drawn[DRAWN] == shown
        assert drawn[f"'{OWN_SHEET}'!$A$1:$A$2"] == {0: 77, 1: 77}


def test_our_chart_draws_what_a_build_gives(planted: tuple[Path, Desk, app.Refreshed]) -> None:
    _, held, _ = planted
    place = held.folder.parent
    folder = place / "again"
    shutil.copytree(held.folder, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    anew = app.build(folder, MONTH, place / "anew", stamp=STAMP).workbook
    charts = [name for name in parts(anew) if name.startswith("xl/charts/chart")]
    assert len(charts) == 4
    for name in charts:
        assert points(parts(held.workbook)[name]) == points(parts(anew)[name]), name
    drawn = points(parts(anew)["xl/charts/chart1.xml"]).values()
    assert 999 in [one for kept in drawn for one in kept.values()]


def points(chart: bytes) -> dict[str, dict[int, float]]:
    """The numbers that a chart keeps of each range that it draws."""
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    found = {}
    for one in etree.fromstring(chart).iter(f"{space}numRef"):
        kept = {
            int(point.get("idx", "")): float(point.findtext(f"{space}v") or "")
            for point in one.iter(f"{space}pt")
        }
        found[str(one.findtext(f"{space}f"))] = kept
    return found


def test_macros_and_buttons_stay(tmp_path: Path) -> None:
    held = desk(tmp_path)
    built = app.build(held.folder, MONTH, tmp_path / "macros", macros=True, stamp=STAMP).workbook
    register("small", held.folder, built)
    held.workbook = built
    shutil.copyfile(built, tmp_path / "before.xlsm")
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    held.refresh()
    changed = differing(tmp_path / "before.xlsm", built)
    assert all(re.match(r"xl/(worksheets/sheet\d+|charts/chart1)\.xml", name) for name in changed)
    assert audit(built) == audit(tmp_path / "before.xlsm")
