"""What an authority sets for itself: lengths of time, closed days, areas, measures, mapping."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.building import STAMP
from tests.listed.small import changed, read, values, write_folder, write_lists
from tests.lists.making import csv_file, good_row, headings
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.history import read_history
from workbook_builder.listed import load_scorecard

S, I = "scorecard.toml", "indicators/all.toml"  # noqa: E741
LISTS = "extracts/lists"
OURS = "measures/ours.toml"

OWN_MEASURE = """\
[[measure]]
code = "police_referrals"
name = "Referrals from the police"
theme = "Front door"
list = "referrals"
counted = "in the month"
date = "referral_date"
numerator = ["source is one of 6"]
unit = "percent"
polarity = "neither"
decimals = 1
class = "A"
rule = "local standard of the partnership"
"""


# --- what an indicator may leave out


def test_an_indicator_says_nothing_but_its_measure(tmp_path: Path) -> None:
    catalogue = load_scorecard(write_folder(tmp_path))
    referrals, visited = catalogue.indicators
    assert (referrals.code, referrals.name, referrals.theme) == (
        "referrals",
        "Referrals",
        "Front door",
    )
    assert (referrals.unit, referrals.polarity) == ("count", "neither")
    assert (referrals.period_type, referrals.year_to_date) == ("in month", "sum")
    assert referrals.description == (
        "Counts rows of list 3 of Annex A, Referrals, in the period by referral date. "
        "Source of the rule: DfE, children in need census."
    )
    assert (visited.unit, visited.polarity, visited.decimals) == ("percent", "high", 1)
    assert (visited.period_type, visited.year_to_date) == ("month-end snapshot", "latest")
    assert visited.numerator == (
        "Those where last visit is within 10 working days before the day of the extract."
    )
    assert visited.denominator == (
        "Rows of list 7 of Annex A, Child protection, open on the day of the extract (from plan "
        "start, until plan end), where the day of the extract is at least 10 working days after "
        "plan start."
    )


WINS: list[tuple[str, str, str]] = [
    ("code", "code = 'CON'", "CON"),
    ("name", "name = 'All referrals'", "All referrals"),
    ("theme", "theme = 'Demand'", "Demand"),
    ("polarity", "polarity = 'low'", "low"),
    ("description", "description = 'As agreed.'", "As agreed."),
    ("period_type", "period_type = 'rolling 12 months'", "rolling 12 months"),
    ("year_to_date", "year_to_date = 'published'", "published"),
    ("decimals", "decimals = 2", "2"),
]


@pytest.mark.parametrize(("field", "line", "wanted"), WINS, ids=[case[0] for case in WINS])
def test_what_an_indicator_says_itself_wins(
    tmp_path: Path, field: str, line: str, wanted: str
) -> None:
    files = changed(I, ('measure = "referrals"', f'measure = "referrals"\n{line}'))
    if field == "code":
        files |= changed(S, ('"referrals"', '"CON"'))
    catalogue = load_scorecard(write_folder(tmp_path, files))
    assert str(getattr(catalogue.indicators[0], field)) == wanted


def test_another_kind_of_period_has_its_own_year_to_date(tmp_path: Path) -> None:
    line = 'measure = "referrals"\nperiod_type = "cumulative year to date"'
    files = changed(I, ('measure = "referrals"', line))
    assert load_scorecard(write_folder(tmp_path, files)).indicators[0].year_to_date == "latest"


# --- settings change figures


VISITED: list[tuple[str, str, float]] = [
    # lines under [lists], and the share of the four plans visited in time
    ("as it comes", "", 25.0),
    ("eleven weekdays", '[lists.settings]\ncp_visit_standard = "11 weekdays"', 50.0),
    ("fourteen working days", '[lists.settings]\ncp_visit_standard = "14 working days"', 75.0),
    ("fifteen working days", '[lists.settings]\ncp_visit_standard = "15 working days"', 100.0),
    ("days", '[lists.settings]\ncp_visit_standard = "20 days"', 75.0),
    ("weeks", '[lists.settings]\ncp_visit_standard = "4 weeks"', 100.0),
    ("a closed day", "holidays = [2024-06-27]", 50.0),
    ("a closed Sunday", "holidays = [2024-06-30]", 25.0),
    (
        "both",
        'holidays = [2024-06-27]\n[lists.settings]\ncp_visit_standard = "13 working days"',
        75.0,
    ),
]


@pytest.mark.parametrize(("_name", "lines", "share"), VISITED, ids=[case[0] for case in VISITED])
def test_lengths_of_time_and_closed_days_change_figures(
    tmp_path: Path, _name: str, lines: str, share: float
) -> None:
    folder = write_folder(tmp_path, changed(S, ("window = 3\n", f"window = 3\n{lines}\n")))
    assert values(folder, "cp_visited") == {"2024-06": share}


@pytest.mark.parametrize(
    ("window", "months"), [(1, ["2024-06"]), (3, ["2024-04", "2024-05", "2024-06"])]
)
def test_the_window_says_which_months_an_extract_gives(
    tmp_path: Path, window: int, months: list[str]
) -> None:
    folder = write_folder(tmp_path, changed(S, ("window = 3", f"window = {window}")))
    assert list(values(folder, "referrals")) == months


def test_areas_come_from_teams(tmp_path: Path) -> None:
    files = changed(I, ('["team"]', '["area"]'))
    files["areas.csv"] = "team,area\nBLUE,North\nRed,North\n"
    folder = write_folder(tmp_path, files)
    by_area = {
        area: values(folder, "referrals", f"area={area}") for area in ("North", "Not recorded")
    }
    assert by_area == {
        "North": {"2024-04": 1, "2024-05": 1, "2024-06": 1},
        "Not recorded": {"2024-04": 0, "2024-05": 0, "2024-06": 1},
    }


# --- own measures


def test_an_analyst_adds_a_measure_and_an_indicator_without_a_program(tmp_path: Path) -> None:
    files = changed(S, ('["referrals",', '["referrals", "police_referrals",'))
    files |= changed(
        I, ("[[indicator]]", '[[indicator]]\nmeasure = "police_referrals"\n\n[[indicator]]')
    )
    folder = write_folder(tmp_path / "folder", files | {OURS: OWN_MEASURE})
    rows = [good_row("referrals", n, referral_date="05/06/2024", referral_source=source)
            for n, source in enumerate(("6", "2A", "6"), 1)]  # fmt: skip
    write_lists(folder / LISTS / "annex_a_2024-06.xlsx", {"List_3": [headings("referrals"), *rows]})
    built = app.build(folder, out=tmp_path / "out", stamp=STAMP)
    book = openpyxl.load_workbook(built.workbook, data_only=True)
    on_tab = [
        row for row in book["All"].iter_rows(values_only=True) if "Referrals from the police" in row
    ]
    assert len(on_tab) == 1
    assert any(isinstance(cell, float) and round(cell, 1) == 66.7 for cell in on_tab[0]), on_tab
    told = " ".join(
        str(cell)
        for row in book["Definitions"].iter_rows(values_only=True)
        if row[1] == "Referrals from the police (police_referrals)"
        for cell in row
    )
    assert "Those where source is Police (6)." in told
    assert "Source of the rule: local standard of the partnership." in told


# --- what history keeps


def kept(folder: Path) -> list[dict[str, object]]:
    """The catalogues that the history has, the latest build first."""
    with read_history(folder, "own") as history:
        return [json.loads(history.catalogue(event)) for event in history.events()]


def test_history_keeps_the_definitions_that_figures_were_counted_by(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "folder", {"areas.csv": "team,area\nBlue,North\n"})
    app.build(folder, out=tmp_path / "out", stamp=STAMP)
    lines = 'window = 3\nholidays = [2024-06-27]\n[lists.settings]\ncp_visit_standard = "4 weeks"'
    write_folder(
        folder, changed(S, ("window = 3", lines)) | {"areas.csv": "team,area\nBlue,South\n"}
    )
    app.build(folder, out=tmp_path / "out", stamp=STAMP)
    now, before = kept(folder)
    assert before["settings"]["lists"] == {  # type: ignore[index]
        "window": 3,
        "settings": {},
        "holidays": [],
        "may_be_empty": [],
    }
    assert now["settings"]["lists"] == {  # type: ignore[index]
        "window": 3,
        "settings": {"cp_visit_standard": "4 weeks"},
        "holidays": ["2024-06-27"],
        "may_be_empty": [],
    }
    assert [one["areas"] for one in (before, now)] == [
        [{"team": "Blue", "area": "North"}],
        [{"team": "Blue", "area": "South"}],
    ]
    visited = [one["measures"][0] for one in (before, now)]  # type: ignore[index]
    assert [one["code"] for one in visited] == ["cp_visited", "cp_visited"]
    assert [one["settings"] for one in visited] == [
        {"cp_visit_standard": "10 working days"},
        {"cp_visit_standard": "4 weeks"},
    ]
    assert visited[0]["declared"]["numerator"] == [
        "last_visit is within {cp_visit_standard} before the day"
    ]


def test_the_workbook_says_the_settings_in_force(tmp_path: Path) -> None:
    lines = "window = 3\nholidays = [2024-06-27, 2024-06-28]\n[lists.settings]\n"
    lines += 'cp_visit_standard = "15 working days"'
    folder = write_folder(tmp_path / "folder", changed(S, ("window = 3", lines)))
    book = openpyxl.load_workbook(app.build(folder, out=tmp_path / "out", stamp=STAMP).workbook)
    told = [str(cell.value) for row in book["Definitions"].iter_rows() for cell in row]
    whole = "\n".join(told)
    assert "within 15 working days before the day of the extract" in whole
    assert "Set by the authority: how often a child with a child protection plan is visited, " \
        "15 working days." in whole  # fmt: skip
    notes = {row[1]: row[2] for row in book["Notes"].iter_rows(values_only=True)}
    assert notes["Set by the authority: cp visit standard"] == "15 working days"
    assert notes["An extract of lists covers"] == "3 months up to its own"
    assert str(notes["Working days"]).endswith("nor 2 days set by the authority")


# --- faults

Fault = tuple[str, dict[str, str], list[str]]
MEASURE = 'measure = "referrals"'


def scorecard(*pairs: tuple[str, str]) -> dict[str, str]:
    return changed(S, *pairs)


def indicators(*pairs: tuple[str, str]) -> dict[str, str]:
    return changed(I, *pairs)


FAULTS: list[Fault] = [
    # name, files, fragments of what is said
    ("old name", scorecard(("[lists]\nwindow = 3", "list_window = 3")), ["WB104", '"list_window"']),
    ("unknown field", scorecard(("window", "widow")), ["row 7", "lists: widow", '"window"?']),
    ("window", scorecard(("window = 3", "window = 0")), ["lists: window", "0 is too small", "60"]),
    (
        "no list",
        scorecard(("window = 3", 'window = 3\nmay_be_empty = ["adoptions"]')),
        ["lists: may_be_empty 1", "adoptions", "adoption"],
    ),
    (
        "no date",
        scorecard(("window = 3", 'holidays = ["27 June"]')),
        ["lists: holidays 1", "27 June"],
    ),
    (
        "no table",
        scorecard(("[lists]\nwindow = 3", "lists = 3")),
        ["row 6", "3 cannot be used for lists", "a table"],
    ),
    (
        "unknown setting",
        scorecard(("window = 3", 'window = 3\n[lists.settings]\ncp_visit_standart = "4 weeks"')),
        [S, "row 9", "WB338", '"cp_visit_standart"', '"cp_visit_standard"?'],
    ),
    (
        "no length of time",
        scorecard(("window = 3", 'window = 3\n[lists.settings]\ncp_visit_standard = "a while"')),
        [S, "row 9", "lists: settings: cp_visit_standard", '"a while" is not a length of time'],
    ),
    (
        "a number for a length of time",
        scorecard(("window = 3", "window = 3\n[lists.settings]\ncp_visit_standard = 15")),
        [S, "row 9", "15 cannot be used for cp_visit_standard", "quotes"],
    ),
    (
        "unknown measure",
        indicators(('"referrals"', '"referral"')),
        [I, "row 2", "WB160", '"referrals"?'],
    ),
    (
        "unit",
        indicators((MEASURE, f'{MEASURE}\nunit = "percent"')),
        ["WB161", '"percent"', '"count"'],
    ),
    (
        "period type",
        indicators((MEASURE, f'{MEASURE}\nperiod_type = "month-end snapshot"')),
        ["WB161", '"month-end snapshot"', "in month, quarterly, rolling 12 months"],
    ),
    (
        "position as a rolling year",
        indicators(('"cp_visited"', '"cp_visited"\nperiod_type = "rolling 12 months"')),
        ["WB161", "month-end snapshot, quarterly"],
    ),
    ("computed", indicators((MEASURE, f'{MEASURE}\nplus = ["cp_visited"]')), ["WB161", '"plus"']),
    (
        "typed",
        indicators((MEASURE, f'{MEASURE}\nfed_from = "manual figures"')),
        ["WB161", '"fed_from" gives its figures another way'],
    ),
    ("breakdown", indicators(('"team"', '"teem"')), ["WB161", '"teem"', '"team"?']),
    ("area without areas", indicators(('"team"', '"area"')), ["WB161", "areas.csv is not there"]),
    (
        "team twice",
        {"areas.csv": "team,area\nBlue,North\nRed,South\nBLUE,South\n"},
        ["areas.csv, row 4, column A", "WB126", '"BLUE"', "row 2"],
    ),
    ("area blank", {"areas.csv": "team,area\nBlue,\n"}, ["areas.csv", "row 2", '"area"']),
    ("area that divides", {"areas.csv": "team,area\nBlue,a=b\n"}, ["row 2", "column B", "; or ="]),
    ("areas column", {"areas.csv": "team,aera\nBlue,x\n"}, ["areas.csv", '"aera"', '"area"?']),
    (
        "no year to date",
        indicators(('"cp_visited"', '"rereferred_children"')),
        ["rereferred_children", '"year_to_date" is missing', "latest, sum"],
    ),
    (
        "a packaged code",
        {OURS: OWN_MEASURE.replace("police_referrals", "Referrals")},
        [
            OURS,
            "row 2",
            "WB334",
            "a measure of the program has it",
            '"Referrals_own"',
            "[lists.settings]",
        ],
    ),
    (
        "own measure",
        {OURS: OWN_MEASURE.replace("source is", "sauce is")},
        [OURS, "row 8", "sauce", '"source"?'],
    ),
    ("own file", {OURS: "[[measure]]\ncode = x"}, [OURS, "row 2", "WB103"]),
    (
        "mapping",
        {f"{LISTS}/mapping.toml": '[sheets]\n"Front door" = "referral"'},
        ["lists/mapping.toml", "WB236", '"referrals"?'],
    ),
    (
        "mapping of lists",
        {
            f"{LISTS}/mapping.toml": '[sheets]\n"A" = ["referrals"]\n'
            '[codes.gender]\n"1" = ["Male"]\n'
            '[headings.referrals]\n"Ref date" = ["referral_date"]'
        },
        ["sheets.A", "codes.gender.1", "headings.referrals.Ref date"],
    ),
    (
        "two of a month",
        {f"{LISTS}/a_2025-03.csv": "x", f"{LISTS}/a_2025-03 (1).csv": "x"},
        ["WB340", "2 extracts of March 2025", "a_2025-03 (1).csv"],
    ),
    (
        "two months in a name",
        {f"{LISTS}/a_2024-10_to_2025-03.csv": "x"},
        ["WB341", "2024-10 and 2025-03", "its last month"],
    ),
    ("odd toml", {f"{LISTS}/querys.toml": ""}, ["lists/querys.toml", "WB344", '"queries.toml"?']),
]


@pytest.mark.parametrize(("_name", "files", "said"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_says_where_and_how_to_mend_it(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    _name: str,
    files: dict[str, str],
    said: list[str],
) -> None:
    assert main(["check", str(write_folder(tmp_path, files))]) == 1
    told = capsys.readouterr().err
    assert [part for part in said if part not in told] == [], told
    assert "Traceback" not in told


def test_what_only_a_faulty_measure_would_give_is_not_called_missing(tmp_path: Path) -> None:
    files = changed(I, (MEASURE, 'measure = "police_referrals"'))
    files |= changed(S, ('"referrals"', '"police_referrals"'))
    files[OURS] = OWN_MEASURE.replace("source is", "sauce is")
    with pytest.raises(UserError) as caught:
        load_scorecard(
            write_folder(tmp_path, files | changed(S, ('"referrals"', '"police_referrals"')))
        )
    assert [fault.code for fault in caught.value.faults] == ["WB335"]


def test_check_tells_everything_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = '[lists.settings]\ncp_visit = "x"\n'
    files = changed(S, ("window = 3\n", f"window = 99\n{lines}"))
    files |= changed(I, ('"cp_visited"', '"cp_visitd"'), ('"team"', '"teem"'))
    files["areas.csv"] = "team,area\nBlue,North\nBlue,South\n"
    files[OURS] = OWN_MEASURE.replace("percent", "percents")
    files[f"{LISTS}/mapping.toml"] = '[codes.ethnicity]\n"x" = "WBR"'
    files[f"{LISTS}/queries.toml"] = '[queries]\nkontakte = "select 1"'
    folder = write_folder(tmp_path, files)
    (folder / LISTS / "annex_a_2024-06.xlsx").rename(folder / LISTS / "latest.xlsx")
    assert main(["check", str(folder)]) == 1
    told = capsys.readouterr().err
    wanted = {
        "lists: window": "WB109",
        "areas.csv": "WB126",
        OURS: "WB333",
        '"cp_visitd"': "WB160",
        '"teem"': "WB161",
        "lists/mapping.toml": "WB236",
        "lists/queries.toml": "WB237",
        "latest.xlsx": "WB341",
    }
    assert {
        place: code for place, code in wanted.items() if code not in told or place not in told
    } == {}


# --- the mapping file


def csv_folder(folder: Path) -> Path:
    """The extract of May as a folder with one list whose heading only a mapping knows."""
    names = ["Person", *headings("referrals")[1:]]
    rows = [names, good_row("referrals", 9, referral_date="08/05/2024", referral_source="Bobby")]
    path = folder / LISTS / "2024-05"
    path.mkdir()
    csv_file(path / "List_3.csv", rows)
    return path


@pytest.mark.parametrize("own", [False, True], ids=["of all", "its own"])
def test_the_mapping_of_all_extracts_and_an_extracts_own(tmp_path: Path, own: bool) -> None:
    shared = '[headings.all]\nPerson = "child_id"\n[codes.source]\nBobby = "6"\n'
    files = changed(I, ('["team"]', '["source"]')) | {f"{LISTS}/mapping.toml": shared}
    folder = write_folder(tmp_path, files)
    path = csv_folder(folder)
    (folder / LISTS / "annex_a_2024-06.xlsx").unlink()
    if own:
        mine = '[headings.referrals]\nPerson = "child_id"\n[codes.source]\nBobby = "2A"\n'
        (path / "mapping.toml").write_text(mine, encoding="utf-8")
    found = values(folder, "referrals", "source=Schools" if own else "source=Police")
    assert found["2024-05"] == 1
    used = "lists/2024-05/mapping.toml" if own else "lists/mapping.toml"
    assert used in [file.name for file in read(folder)[1].files]


def test_a_mapping_holds_for_workbooks_too(tmp_path: Path) -> None:
    shared = '[headings.all]\nPerson = "child_id"\n'
    folder = write_folder(tmp_path, {f"{LISTS}/mapping.toml": shared})
    names = ["Person", *headings("referrals")[1:]]
    rows = [names, good_row("referrals", 9, referral_date="08/06/2024")]
    write_lists(folder / LISTS / "annex_a_2024-06.xlsx", {"List_3": rows})
    assert values(folder, "referrals")["2024-06"] == 1


def test_faults_of_all_extracts_are_told_together(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    csv_folder(folder)
    (folder / LISTS / "annex_a_2024-04.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UserError) as caught:
        read(folder)
    assert [(fault.code, fault.place.file) for fault in caught.value.faults] == [
        ("WB231", "lists/annex_a_2024-04.xlsx"),
        ("WB233", "lists/2024-05/List_3.csv"),
    ]
