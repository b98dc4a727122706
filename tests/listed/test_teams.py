"""A team that was renamed is one team, in lists and in history; a team without an area is told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.building import STAMP
from tests.listed.small import FILES, changed, read, values, write_folder, write_lists
from tests.lists.making import good_row, headings
from workbook_builder import app
from workbook_builder.errors import Place
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.history.earlier import with_earlier_months
from workbook_builder.history.model import FigureRecord
from workbook_builder.listed import load_scorecard
from workbook_builder.listed.places import ExtractPlace
from workbook_builder.listed.teams import new_names, renamed, renamed_text
from workbook_builder.periods import Month, Period

INDICATORS = "indicators/all.toml"
LISTS = "extracts/lists"
NAMES = {"blue": "Azure", "navy": "Azure", "red": "Scarlet"}
JUNE = Period.month(Month(2024, 6))


def figure(breakdown: str, code: str = "referrals", period: Period = JUNE) -> Figure:
    return Figure(code, breakdown, period, 1.0, None, None, Place("lists/a_2024-06.xlsx"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("team=Blue", "team=Azure"),
        ("team=BLUE ", "team=Azure"),
        ("team=Green", "team=Green"),
        ("source=Blue", "source=Blue"),
        ("team", "team"),
        ("area=Blue;team=Red", "area=Blue;team=Scarlet"),
    ],
)
def test_the_team_of_a_breakdown_by_its_name_now(before: str, after: str) -> None:
    assert renamed_text(before, NAMES) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["team=Blue", "team=Red", ""], ["team=Azure", "team=Scarlet", ""]),
        # Both have figures in the month: they cannot be added up, so each keeps its name.
        (["team=Blue", "team=Azure"], ["team=Blue", "team=Azure"]),
        (["team=Blue", "team=azure"], ["team=Blue", "team=azure"]),
        (["team=Blue", "team=Navy", "team=Red"], ["team=Blue", "team=Navy", "team=Scarlet"]),
    ],
)
def test_teams_that_become_one_in_a_month_stay_apart(before: list[str], after: list[str]) -> None:
    assert [one.breakdown for one in renamed(map(figure, before), NAMES)] == after


def test_another_month_or_indicator_does_not_keep_a_name() -> None:
    may = Period.month(Month(2024, 5))
    given = [figure("team=Azure"), figure("team=Blue", "cp"), figure("team=Blue", period=may)]
    assert {one.breakdown for one in renamed(given, NAMES)} == {"team=Azure"}


def test_months_of_the_history_have_the_names_of_now(tmp_path: Path) -> None:
    catalogue = load_scorecard(write_folder(tmp_path))
    record = FigureRecord(
        "referrals", "team=BLUE", "month 2023-09", 3.0, None, None, "lists/a.xlsx", "x"
    )
    extracts = Extracts((figure("team=Azure"),), teams=NAMES)
    got = with_earlier_months(extracts, [record], catalogue)
    assert [(one.period.text, one.breakdown) for one in got.figures] == [
        ("2024-06", "team=Azure"),
        ("2023-09", "team=Azure"),
    ]


MAPPING = '[teams]\nBlue = "Azure"\n'


@pytest.mark.parametrize("own", [False, True], ids=["of all", "its own"])
def test_a_renamed_team_is_one_over_the_extracts(tmp_path: Path, own: bool) -> None:
    """April to June by the old name, July and on by the new one."""
    files = {"scorecard.toml": FILES["scorecard.toml"].replace("2024-06", "2024-09")}
    folder = write_folder(tmp_path, files)
    rows = [
        good_row("referrals", 6, referral_date="05/07/2024", team="Azure"),
        good_row("referrals", 7, referral_date="05/09/2024", team="azure"),
    ]
    place = folder / LISTS / ("2024-09" if own else ".")
    write_lists(place / "annex_a_2024-09.xlsx", {"List_3": [headings("referrals"), *rows]})
    assert "2024-04" not in values(folder, "referrals", "team=Azure")
    (place / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    assert values(folder, "referrals", "team=Blue") == {}
    found = values(folder, "referrals", "team=Azure")
    assert {month: found[month] for month in ("2024-04", "2024-05", "2024-07", "2024-09")} == {
        "2024-04": 1,
        "2024-05": 1,
        "2024-07": 1,
        "2024-09": 1,
    }


@pytest.mark.parametrize(
    ("first", "later", "blue", "sky"),
    [
        ('"Blue" = "Sky"', '"Sky" = "Azure"', "Azure", "Azure"),
        ('"Blue" = "Sky"', '"Blue" = "Azure"', "Azure", "Sky"),
        # Back to the name that it had.
        ('"Blue" = "Sky"', '"Sky" = "Blue"', "Blue", "Blue"),
    ],
)
def test_a_team_renamed_in_one_file_after_another(
    tmp_path: Path, first: str, later: str, blue: str, sky: str
) -> None:
    folder = write_folder(tmp_path)
    (folder / LISTS / "2024-06").mkdir()
    (folder / LISTS / "mapping.toml").write_text(f"[teams]\n{first}\n", encoding="utf-8")
    own = folder / LISTS / "2024-06" / "mapping.toml"
    own.write_text(f"[teams]\n{later}\n", encoding="utf-8")
    extract = ExtractPlace(Month(2024, 6), own.parent, own)
    names = new_names(folder / LISTS, [extract])
    assert renamed_text("team=Blue", names) == f"team={blue}"
    assert renamed_text("team=Sky", names) == f"team={sky}"


def test_a_renamed_team_is_one_in_a_workbook_with_its_history(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "folder")
    app.build(folder, out=tmp_path / "out", stamp=STAMP)
    (folder / LISTS / "annex_a_2024-06.xlsx").unlink()
    files = {"scorecard.toml": FILES["scorecard.toml"].replace("2024-06", "2024-09")}
    files |= {f"{LISTS}/mapping.toml": MAPPING}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    rows = [good_row("referrals", 6, referral_date="05/09/2024", team="Azure")]
    write_lists(folder / LISTS / "annex_a_2024-09.xlsx", {"List_3": [headings("referrals"), *rows]})
    built = app.build(folder, out=tmp_path / "out", stamp=STAMP)
    with (built.workbook.parent / "results.csv").open(encoding="utf-8-sig", newline="") as stream:
        text = stream.read()
    assert "team=Blue" not in text
    rows_of = [row for row in csv.reader(text.splitlines()) if "team=Azure" in row]
    assert len(rows_of) >= 5


def problems(folder: Path) -> list[tuple[str, str, int]]:
    quality = read(folder)[1].quality
    assert quality is not None
    return [
        (one.list, one.found, one.count)
        for one in quality.latest.problems
        if one.kind == "team without area"
    ]


def test_without_areas_no_team_lacks_one(tmp_path: Path) -> None:
    assert problems(write_folder(tmp_path)) == []


def test_a_team_without_an_area_is_told(tmp_path: Path) -> None:
    files = changed(INDICATORS, ('["team"]', '["area"]'))
    files["areas.csv"] = "team,area\nBLUE,North\nTeam 1,South\n"
    folder = write_folder(tmp_path, files)
    title = "List 3: Referral"
    assert problems(folder) == [
        (title, 'the team "Green" has no row in areas.csv', 1),
        (title, 'the team "Red" has no row in areas.csv', 1),
    ]
    (folder / "areas.csv").write_text("team,area\nBlue,N\nRed,S\nGreen,S\nTeam 1,S\n")
    assert problems(folder) == []
