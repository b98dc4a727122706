"""Consecutive extracts as files: what one lacks, what failed, when it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.building import STAMP
from tests.listed.quality_sheet import NAME, of_workbook
from tests.listed.small import changed, plan, read, values, write_folder, write_lists
from tests.lists.making import good_row, headings
from workbook_builder import app
from workbook_builder.extracts.quality import ExtractQuality

I, S = "indicators/all.toml", "scorecard.toml"  # noqa: E741
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
    files = changed(I, ('measure = "referrals"\nbreakdowns = ["team"]', ""), ("[[indicator]]", ""))
    files[I] += ACTION.format(kind=kind)
    folder = write_folder(tmp_path, files | changed(S, ("window = 3", "window = 1")))
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


OPEN = changed(I, ('measure = "cp_visited"', 'measure = "cp_open"\ncode = "cp_visited"'))


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
    files = OPEN | changed(S, ("window = 3", 'window = 3\nmay_be_empty = ["child_protection"]'))
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
