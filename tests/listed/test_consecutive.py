"""Consecutive extracts as files: what one lacks, what failed, when it was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.building import STAMP
from tests.listed.quality_sheet import NAME, of_workbook
from tests.listed.small import changed, plan, read, values, write_folder, write_lists
from tests.lists.making import good_row, headings
from workbook_builder import app
from workbook_builder.catalogue.listed import ListName
from workbook_builder.extracts.quality import ExtractQuality
from workbook_builder.history import read_history
from workbook_builder.listed import load_measures, load_scorecard
from workbook_builder.listed.behind import Question, find_rows
from workbook_builder.listed.places import when
from workbook_builder.lists.definitions import lists
from workbook_builder.periods import Month

INDICATORS, SETTINGS = "indicators/all.toml", "scorecard.toml"
LISTS = "extracts/lists"
Rows = list[list[Any]]


def referrals(*days: str, without: str = "") -> Rows:
    """A sheet of referrals, a column of it taken out by its key."""
    rows = [good_row("referrals", n, referral_date=day) for n, day in enumerate(days, 1)]
    return _without([headings("referrals"), *rows], without)


def _without(rows: Rows, key: str) -> Rows:
    if not key:
        return rows
    at = next(n for n, name in enumerate(rows[0]) if key in name.casefold())
    return [row[:at] + row[at + 1 :] for row in rows]


def extract(folder: Path, name: str, **sheets: Rows) -> None:
    """An extract by the end of its name, some of its sheets other than small's."""
    write_lists(folder / LISTS / f"annex_a_{name}.xlsx", sheets)


def without_extracts(folder: Path, files: Mapping[str, str]) -> None:
    """The scorecard with nothing to count yet."""
    write_folder(folder, files)
    for path in (folder / LISTS).iterdir():
        path.unlink()


def quality(folder: Path) -> Sequence[ExtractQuality]:
    """What is said of each extract."""
    found = read(folder)[1].quality
    assert found is not None
    return found.extracts


# --- a column that an earlier extract lacks

ACTION = """\
[[indicator]]
measure = "referrals_no_action"
code = "referrals"
period_type = "{kind}"
"""


@pytest.mark.parametrize(
    ("kind", "without", "wanted"),
    [
        ("in month", "", ["2024-04", "2024-05", "2024-06"]),
        ("in month", "nfa", ["2024-05", "2024-06"]),
        ("cumulative year to date", "", ["2024/25"]),
        ("cumulative year to date", "nfa", []),
        ("quarterly", "", ["2024/25-Q1"]),
        ("quarterly", "nfa", []),
    ],
)
def test_no_period_is_told_over_an_extract_without_the_column(
    tmp_path: Path, kind: str, without: str, wanted: list[str]
) -> None:
    files = changed(
        INDICATORS, ('measure = "referrals"\nbreakdowns = ["team"]', ""), ("[[indicator]]", "")
    )
    files[INDICATORS] += ACTION.format(kind=kind)
    folder = write_folder(tmp_path, files | changed(SETTINGS, ("window = 3", "window = 1")))
    extract(folder, "2024-04", List_3=referrals("05/04/2024", "08/04/2024", without=without))
    extract(folder, "2024-05", List_3=referrals("07/05/2024", "08/05/2024"))
    extract(folder, "2024-06", List_3=referrals("05/06/2024", "06/06/2024"))
    found = values(folder, "referrals")
    assert found == dict.fromkeys(wanted, 100.0)


# --- a list with headings and no rows

EMPTY = [headings("child_protection")]
SAID = "headings and nothing below them"


def one_a_month(folder: Path, april: Rows | None = None) -> Path:
    """Extracts of April to June, each of three months, the last without a plan."""
    for month in ("2024-04", "2024-05"):
        extract(folder, month)
    if april is not None:
        extract(folder, "2024-04", List_7=april)
    extract(folder, "2024-06", List_7=EMPTY)
    return folder


OPEN = changed(INDICATORS, ('measure = "cp_visited"', 'measure = "cp_open"\ncode = "cp_visited"'))


def test_an_export_that_failed_puts_no_noughts_over_good_figures(tmp_path: Path) -> None:
    folder = one_a_month(write_folder(tmp_path, OPEN))
    found = values(folder, "cp_visited")
    assert {month: found[month] for month in ("2024-04", "2024-05")} == {
        "2024-04": 4,
        "2024-05": 4,
    }
    assert "2024-06" not in found
    june = quality(folder)[-1]
    (problem,) = (one for one in june.problems if one.kind == "no rows")
    assert (problem.file, problem.sheet) == ("annex_a_2024-06.xlsx", "List_7")
    assert problem.found == f"{SAID}; the last extract that has the list has 4 rows"
    assert problem.done == "sheet left out"
    (lack,) = june.not_counted
    assert (lack.indicator, lack.needs) == ("cp_visited", "List 7: Child protection")
    assert june.without_rows == ("List 7: Child protection",)


def test_a_list_that_may_be_empty_is_believed(tmp_path: Path) -> None:
    files = OPEN | changed(
        SETTINGS, ("window = 3", 'window = 3\nmay_be_empty = ["child_protection"]')
    )
    folder = one_a_month(write_folder(tmp_path, files))
    assert values(folder, "cp_visited")["2024-06"] == 0
    june = quality(folder)[-1]
    (problem,) = (one for one in june.problems if one.kind == "no rows")
    assert (problem.found, problem.done) == (SAID, "kept")
    assert june.without_rows == ()


def test_a_first_extract_without_rows_gives_no_figure_either(tmp_path: Path) -> None:
    folder = one_a_month(write_folder(tmp_path, OPEN), april=EMPTY)
    april = quality(folder)[0]
    assert [one.found for one in april.problems if one.kind == "no rows"] == [SAID]
    assert [one.indicator for one in april.not_counted] == ["cp_visited"]


def test_rows_that_are_all_left_out_are_no_rows(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, OPEN)
    extract(folder, "2024-06", List_7=[EMPTY[0], [None, *plan(1, "24/06/2024")[1:]]])
    assert values(folder, "cp_visited") == {}
    (problem,) = (one for one in quality(folder)[0].problems if one.kind == "no rows")
    assert (problem.sheet, problem.found) == ("List_7", "no row that can be used")


def test_the_sheet_says_first_that_a_list_has_no_rows(tmp_path: Path) -> None:
    folder = one_a_month(write_folder(tmp_path / "folder", OPEN))
    built = app.build(folder, out=tmp_path / "out", stamp=STAMP)
    sheet = of_workbook(openpyxl.load_workbook(built.workbook)[NAME])
    words = " ".join(sheet.words)
    assert "It has no rows in List 7: Child protection." in words
    assert "may_be_empty" in words
    absent = sheet.tables["Lists and columns that are not there"]
    assert ("List 7: Child protection", "June 2024") in {(row[0], row[5]) for row in absent}


# --- the day that the lists were taken

# Ten plans, all visited in April; six of them again on 1 or 2 May, before the lists were taken.
VISITED = ["01/05/2024"] * 3 + ["02/05/2024"] * 3 + ["24/04/2024"] * 4
APRIL = changed(SETTINGS, ("2024-06", "2024-04"))


def taken(folder: Path, name: str, visits: Sequence[str] = VISITED) -> Path:
    """A scorecard of April with one extract, its name as given."""
    without_extracts(folder, APRIL)
    plans = [plan(child, day) for child, day in enumerate(visits, 1)]
    extract(folder, name, List_7=[*EMPTY, *plans], List_3=referrals("05/04/2024", "02/05/2024"))
    return folder


def test_lists_taken_in_the_next_month_are_read_as_at_that_day(tmp_path: Path) -> None:
    folder = taken(tmp_path, "2024-05-03")
    assert values(folder, "cp_visited") == {"2024-04": 100.0}
    assert values(folder, "referrals")["2024-04"] == 1
    (one,) = quality(folder)
    assert (one.month.long_label, one.not_judged) == ("April 2024", ())
    future = {problem.heading for problem in one.problems if problem.kind == "future date"}
    assert not {heading for heading in future if "visit" in heading.casefold()}


def test_whether_a_visit_is_late_is_judged_on_the_day_that_the_lists_were_taken(
    tmp_path: Path,
) -> None:
    # To Friday 3 May 18 April is 11 working days, to 30 April 8.
    folder = taken(tmp_path, "2024-05-03", ["18/04/2024", "19/04/2024"])
    assert values(folder, "cp_visited") == {"2024-04": 50.0}


def test_nobody_is_called_not_visited_for_a_visit_after_the_day(tmp_path: Path) -> None:
    folder = taken(tmp_path / "folder", "2024-04")
    assert values(folder, "cp_visited") == {}
    (one,) = quality(folder)
    (left_out,) = one.not_judged
    assert (left_out.indicator, left_out.rows, left_out.of) == ("cp_visited", 6, 10)
    (lack,) = one.not_counted
    assert lack.needs == (
        "lists as at 30 April 2024: 6 of 10 rows have a later date and cannot be judged"
    )
    built = app.build(folder, out=tmp_path / "out", stamp=STAMP)
    sheet = of_workbook(openpyxl.load_workbook(built.workbook)[NAME])
    assert "annex_a_2024-05-03.xlsx" in " ".join(sheet.words)
    (row,) = sheet.tables["Rows that cannot be judged on the day of the latest extract"]
    assert (row[1], row[2], row[5]) == (6, 10, "30 April 2024")


FEW = [
    ("a date mistyped among twenty leaves its row out", 1, 19, {"2024-04": 100.0}),
    ("more than one in twenty leave no figure", 2, 18, {}),
]


@pytest.mark.parametrize(
    ("later", "others", "wanted"), [c[1:] for c in FEW], ids=[c[0] for c in FEW]
)
def test_a_few_rows_that_cannot_be_judged_are_left_out(
    tmp_path: Path, later: int, others: int, wanted: dict[str, float]
) -> None:
    folder = taken(tmp_path, "2024-05-03", ["01/07/2024"] * later + ["24/04/2024"] * others)
    assert values(folder, "cp_visited") == wanted
    assert quality(folder)[0].not_judged[0].rows == later


WHEN = [
    ("annex_a_2025-04.xlsx", "2025-04", None),
    ("annex_a_2025-05-03.xlsx", "2025-04", "2025-05-03"),
    ("annex_a_2025-05-15.xlsx", "2025-04", "2025-05-15"),
    ("annex_a_2025-05-16.xlsx", "2025-05", "2025-05-16"),
    ("2025-04-30", "2025-04", "2025-04-30"),
    ("2025-01-02", "2024-12", "2025-01-02"),
    ("lists of 2025-04, taken 2025-05-20", "2025-04", "2025-05-20"),
    ("lists of 2025-04, taken 2025-04-28", "2025-04", "2025-04-28"),
]


@pytest.mark.parametrize(("name", "month", "day"), WHEN, ids=[case[0] for case in WHEN])
def test_a_name_says_the_month_and_the_day(name: str, month: str, day: str | None) -> None:
    found, taken_on = when(name)
    assert (str(found), taken_on and taken_on.isoformat()) == (month, day)


NOT_SAID = [
    ("annex_a.xlsx", "does not say which month"),
    ("2024-10 to 2025-03", "2024-10 and 2025-03"),
    ("2025-04-03 or 2025-05-03", "2025-04-03 and 2025-05-03"),
    ("2025-02-30", "2025-02-30 in it, which is no day"),
    ("2025-04 taken 2025-06-02", "taken on 2 June 2025, which is neither in that month nor"),
    ("2025-04 taken 2025-03-31", "taken on 31 March 2025"),
]


@pytest.mark.parametrize(("name", "said"), NOT_SAID, ids=[case[0] for case in NOT_SAID])
def test_a_name_that_does_not_say_it_is_a_fault(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        when(name)


def test_settings_name_the_lists_that_there_are() -> None:
    assert [str(one) for one in ListName] == list(lists())


# --- positions of a list that has a child's latest plan only


def restarted(folder: Path) -> Path:
    """Four plans in April; in the extract of May one of the children has another since."""
    files = OPEN | changed(SETTINGS, ("2024-06", "2024-05"))
    without_extracts(folder, files)
    extract(folder, "2024-04")
    may_extract(folder)
    return folder


def may_extract(folder: Path) -> None:
    again = plan(1, "24/05/2024")
    again[EMPTY[0].index("Child Protection Plan Start Date")] = "10/05/2024"
    rows = [again, *(plan(child, "24/05/2024") for child in (2, 3, 4))]
    extract(folder, "2024-05", List_7=[*EMPTY, *rows])


def test_who_has_a_new_plan_is_still_counted_for_the_month_before(tmp_path: Path) -> None:
    folder = restarted(tmp_path)
    found = values(folder, "cp_visited")
    assert (found["2024-04"], found["2024-05"]) == (4, 4)
    (folder / LISTS / "annex_a_2024-04.xlsx").unlink()
    assert values(folder, "cp_visited")["2024-04"] == 3


def test_the_records_behind_a_position_are_those_of_the_nearest_extract(tmp_path: Path) -> None:
    folder = restarted(tmp_path)
    catalogue = load_scorecard(folder)
    library = load_measures(folder, catalogue.settings.lists)
    indicator = next(one for one in catalogue.indicators if one.code == "cp_visited")
    question = Question(indicator, Month(2024, 4))
    found = find_rows(folder / LISTS, catalogue, library, question)
    assert (found.extract.name, len(found.behind.rows)) == ("lists/annex_a_2024-04.xlsx", 4)


def test_a_position_stands_after_its_extract_is_gone_and_is_told_anew_if_it_is_sent_again(
    tmp_path: Path,
) -> None:
    folder = restarted(tmp_path / "folder")
    place, out = folder / LISTS, tmp_path / "out"
    (place / "annex_a_2024-05.xlsx").unlink()
    app.build(folder, "2024-04", out=out, stamp=STAMP)
    (place / "annex_a_2024-04.xlsx").unlink()
    may_extract(folder)
    app.build(folder, out=out, stamp=STAMP)
    assert reported(folder) == [4]
    extract(folder, "2024-04", List_7=[*EMPTY, *(plan(n, "24/04/2024") for n in range(1, 6))])
    app.build(folder, out=out, stamp=STAMP)
    assert reported(folder) == [4, 5]


def reported(folder: Path) -> list[float | str | None]:
    """Every figure reported for the plans of April."""
    with read_history(folder, "own") as history:
        versions = history.figure_versions("cp_visited", "", "month 2024-04")
    return [record.value if record else None for _, record in versions]
