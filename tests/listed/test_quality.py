"""The Data quality sheet and problems.csv against a plain recount of what reading the lists tells.

An authority with the faults of real files, its latest extract spoilt further: a list and a column
are not there, a sheet is no list, rows have no id, a code is unknown many times.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.building import ROOT, STAMP, TEMPLATES
from tests.listed.quality_sheet import NAME, TOP, Taken, of_plan, of_workbook
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from workbook_builder import app, sample
from workbook_builder.app.folders import read_scorecard
from workbook_builder.extracts.quality import (
    PROBLEM_HEADINGS,
    ExtractQuality,
    ListProblem,
    Quality,
    problems_table,
)
from workbook_builder.lists.model import Lists
from workbook_builder.lists.read import read_lists
from workbook_builder.periods import Month
from workbook_builder.plan.blocks import block_of_sheet
from workbook_builder.plan.model import Workbook
from workbook_builder.plan.quality_problems import MOST_SHOWN
from workbook_builder.plan.structure import structure_digest
from workbook_builder.plan.workbook import Surroundings, plan_workbook
from workbook_builder.scorecard import Scorecard, build_scorecard

pytestmark = pytest.mark.in_ci

CHILDREN, MONTHS, SEED = 800, 3, 23
BY_LIST, BY_KIND = "Rows of the latest extract, by list", "Problems of the latest extract, by kind"
WITHOUT, ABSENT = "Indicators without a figure", "Lists and columns that are not there"
EARLIER = "Earlier extracts"
SOURCE = "Contact Source"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("quality") / "annex_a"
    shutil.copytree(TEMPLATES / "annex_a", place, ignore=shutil.ignore_patterns(app.HISTORY))
    lists = place / "extracts" / "lists"
    shutil.rmtree(lists)
    sample.generate(lists, CHILDREN, MONTHS, SEED, mess=True)
    _spoil(extracts_of(place)[-1])
    return place


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> app.Built:
    return app.build(folder, out=tmp_path_factory.mktemp("quality out"), stamp=STAMP)


@pytest.fixture(scope="module")
def sheet(built: app.Built) -> Taken:
    return of_workbook(openpyxl.load_workbook(built.workbook)[NAME])


@pytest.fixture(scope="module")
def scorecard(folder: Path) -> Scorecard:
    return build_scorecard(*read_scorecard(folder, ""))


@pytest.fixture(scope="module")
def plainly(folder: Path) -> dict[str, Lists]:
    """What reading each extract tells, by the name of its file."""
    days = {"2025-01": 31, "2025-02": 28, "2025-03": 31}
    return {
        path.name: read_lists(path, as_at=dt.date(2025, int(path.stem[-2:]), days[path.stem[-7:]]))
        for path in extracts_of(folder)
    }


def extracts_of(folder: Path) -> list[Path]:
    return sorted((folder / "extracts" / "lists").glob("*.xlsx"))


def _spoil(path: Path) -> None:
    """Take list 7 and a column of list 8 away, add a sheet, and damage rows of list 1."""
    book = openpyxl.load_workbook(path)
    numbered = {int(re.sub(r"\D", "", name)): book[name] for name in book.sheetnames}
    del book[numbered[7].title]
    heads = list(numbered[8].iter_rows(min_row=1, max_row=3, values_only=True))
    at = next(row.index(name) for row in heads for name in row if "Legal Status" in str(name))
    numbered[8].delete_cols(at + 1)
    book.create_sheet("Own figures")["A1"] = "Total"
    contacts = numbered[1]
    head = next(r for r in contacts.iter_rows(max_row=3) if any(c.value == SOURCE for c in r))
    source = next(cell.column for cell in head if cell.value == SOURCE)
    for row in range(head[0].row + 1, contacts.max_row + 1):
        contacts.cell(row, source).value = "=zz" if row % 2 else "Unheard"
    for row in range(head[0].row + 1, head[0].row + 4):
        contacts.cell(row, 1).value = None
    book.save(path)


def titles() -> dict[str, str]:
    """The lists as the sheet names them, written here from the page for the analyst."""
    page = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| (\d+) \| ([^|]+) \| `(\w+)` \|", page, flags=re.MULTILINE)
    assert len(named) == 11
    return {key: f"List {number}: {name}" for number, name, key in named} | {"": ""}


def test_rows_read_are_used_and_left_out_by_list(sheet: Taken, plainly: dict[str, Lists]) -> None:
    found = [*plainly.values()][-1]
    problems = Counter[str]()
    for one in found.problems:
        problems[one.list] += one.count
    expected = [
        (title, count.read, count.used, count.left_out, problems[key])
        if (count := found.counts.get(key))
        else (title, None, None, None, None)
        for key, title in titles().items()
        if key
    ]
    *lists, no_list, whole = sheet.tables[BY_LIST]
    assert [row[:5] for row in lists] == expected
    assert no_list[4] == problems[""] == 1
    assert whole[1] == whole[2] + whole[3]
    for at in (1, 2, 3):
        assert whole[at] == sum(row[at] or 0 for row in lists)
    assert whole[3] >= 3
    assert whole[4] == sum(problems.values())


def test_rows_read_are_the_rows_that_stand_in_the_file(folder: Path, sheet: Taken) -> None:
    """Counted in the workbook itself: rows with anything in them, below the row of headings."""
    book = openpyxl.load_workbook(extracts_of(folder)[-1])
    said = {
        int(re.sub(r"\D", "", row[0].partition(":")[0])): row
        for row in sheet.tables[BY_LIST]
        if row[0].startswith("List ")
    }
    for number, row in said.items():
        names = [name for name in book.sheetnames if re.sub(r"\D", "", name) == str(number)]
        if not names:
            assert row[1] is None
            assert row[5] == "The list is not there."
            continue
        rows = [[c for c in line if c not in (None, "")] for line in book[names[0]].values]
        head = max(range(min(3, len(rows))), key=lambda at: len(rows[at]))
        filled = [line for line in rows[head + 1 :] if any(str(c).strip() for c in line)]
        assert row[1] == len(filled), names


def test_kinds_are_counted_over_all_lists(sheet: Taken, plainly: dict[str, Lists]) -> None:
    found = [*plainly.values()][-1]
    kinds = Counter[tuple[str, str]]()
    for one in found.problems:
        kinds[one.kind, titles()[one.list].partition(":")[0] or "no list"] += one.count
    said = {
        (row[0], name): int(count.replace(",", ""))
        for row in sheet.tables[BY_KIND]
        for name, _, count in (part.rpartition(": ") for part in row[5].split(", "))
    }
    assert said == kinds
    for row in sheet.tables[BY_KIND]:
        assert row[1] == sum(count for (kind, _), count in kinds.items() if kind == row[0])


def test_the_csv_has_every_problem_of_every_extract(
    built: app.Built, plainly: dict[str, Lists]
) -> None:
    assert built.problems is not None
    assert built.problems.parent == built.workbook.parent
    with built.problems.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert tuple(rows[0]) == PROBLEM_HEADINGS
    expected = [
        (
            f"lists/{name}",
            name[-12:-5],
            titles()[one.list],
            one.file,
            one.sheet,
            "" if one.row is None else str(one.row),
            one.column,
            one.heading,
            one.kind,
            one.found,
            one.done.value,
            str(one.count),
        )
        for name, found in reversed(plainly.items())
        for one in found.problems
    ]
    assert [tuple(row) for row in rows[1:]] == expected
    assert len(expected) > 100
    assert built.problem_count == sum(int(row[-1]) for row in expected)
    left_out = [row for row in expected if row[-2] == "row left out"]
    assert built.rows_left_out == sum(int(row[-1]) for row in left_out) >= 3


def test_the_problems_one_by_one_are_of_the_latest_extract(
    sheet: Taken, plainly: dict[str, Lists]
) -> None:
    found = [*plainly.values()][-1]
    known = Counter(
        (
            titles()[one.list] or "Sheets that are no list",
            one.kind,
            one.count,
            one.sheet or None,
            one.column or None,
            one.row,
            one.heading or None,
            one.found,
            one.done.value,
        )
        for one in found.problems
    )
    said = Counter((group, *row) for group, rows in sheet.groups.items() for row in rows)
    assert said <= known
    assert len(sheet.problems) < len(found.problems)
    assert len(sheet.problems) <= MOST_SHOWN
    told = {(row[1], row[0], row[4]) for row in said}
    assert told == {(kind, name, column) for name, kind, _, _, column, *_ in known}, "some of each"
    words = " ".join(sheet.plain["Problems of the latest extract, one by one"])
    assert f"{len(sheet.problems)} of {len(found.problems)} lines" in words
    assert "problems.csv" in words


def test_each_earlier_extract_has_a_line_and_no_more(
    sheet: Taken, plainly: dict[str, Lists]
) -> None:
    earlier = list(plainly.items())[:-1]
    expected = [
        (
            name,
            sum(one.read for one in found.counts.values()),
            sum(one.used for one in found.counts.values()),
            sum(one.left_out for one in found.counts.values()),
            sum(one.count for one in found.problems),
        )
        for name, found in reversed(earlier)
    ]
    said = [(row[0].partition("(")[2].rstrip(")"), *row[1:5]) for row in sheet.tables[EARLIER]]
    assert said == expected


def test_indicators_without_a_figure_are_those_that_results_have_none_for(
    built: app.Built, sheet: Taken, scorecard: Scorecard
) -> None:
    with built.results.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    now = {
        row["indicator"]
        for row in rows
        if (row["period_kind"], row["period"]) == ("month", "2025-03")
        and not row["breakdown"]
        and (row["value"] or row["shown"] == "[z]")
    }
    counted = {one.code for one in scorecard.catalogue.indicators if one.measure}
    without = counted - now
    said = {
        code: row
        for row in sheet.tables[WITHOUT]
        if row[5].endswith("March 2025")
        for code in re.findall(r"\((\w+)\)", row[6])
    }
    assert set(said) == without
    assert len(without) > 20
    assert said["cp_open"][0] == "List 7: Child protection"
    assert said["lac_open"][0] == 'Column "Child\'s Legal Status" of List 8'
    assert said["cp_open"][5] == "March 2025"
    assert said["rereferrals"][0].endswith("; put the earlier extracts into the folder")
    assert f"{len(without)} of the {len(counted)} indicators" in " ".join(sheet.words)
    absent = {row[0]: row for row in sheet.tables[ABSENT]}
    assert set(absent) == {"List 7: Child protection", 'List 8, column "Child\'s Legal Status"'}
    assert "(cp_open)" in absent["List 7: Child protection"][6]
    assert "It does not have List 7: Child protection." in sheet.words


def test_what_lists_cannot_say_is_said(sheet: Taken) -> None:
    day = " ".join(sheet.plain["Indicators whose figures hold only on the day of an extract"])
    assert "come from history" in day
    assert "Pathway plans reviewed in the last six months" in day
    proxies = {row[0]: row[5] for row in sheet.tables["Indicators that are proxies"]}
    assert "Children who became in need (cin_started)" in proxies
    cannot = {row[0]: row[5] for row in sheet.tables["Indicators that lists cannot give"]}
    assert cannot["Average strengths and difficulties score"] == "the scores, which SSDA903 holds"


def test_notes_has_one_line_about_all_of_it(built: app.Built, plainly: dict[str, Lists]) -> None:
    notes = openpyxl.load_workbook(built.workbook)["Notes"]
    texts = [str(cell) for row in notes.values for cell in row if cell is not None]
    assert [text for text in texts if "Data quality" in text] == [
        "None of figures; of the lists see the sheet Data quality.",
        f"The sheet Data quality has them: {built.problem_count:,}.",
    ]
    kinds = {one.kind for found in plainly.values() for one in found.problems}
    assert {kind for kind in kinds for text in texts if kind in text} == set()


def test_nobody_is_on_the_sheet_or_in_the_file(
    folder: Path, built: app.Built, sheet: Taken
) -> None:
    """Every id, worker and date of birth of the lists, in every way of writing a date."""
    assert built.problems is not None
    said = sheet.everything() + built.problems.read_text(encoding="utf-8-sig")
    words = set(re.findall(r"[\w/-]+", said))
    secrets = {text for path in extracts_of(folder) for text in _secrets_of(path)}
    assert len(secrets) > 500
    assert secrets & words == set()
    names = {word for word in secrets if " " in word}
    assert {name for name in names if name in said} == set()


def _secrets_of(path: Path) -> set[str]:
    found: set[str] = set()
    for worksheet in openpyxl.load_workbook(path, data_only=True):
        rows = [*worksheet.iter_rows(values_only=True), (), (), ()]
        first = max(range(3), key=lambda at: sum(isinstance(one, str) for one in rows[at]))
        heads, rows = rows[first], rows[first + 1 :]
        for at, head in enumerate(str(name).casefold() for name in heads):
            values = [row[at] for row in rows if row and row[at] is not None]
            if "unique id" in head or "worker" in head or "advisor" in head:
                found |= {str(value).strip().removesuffix(".0") for value in values}
            elif "date of birth" in head:
                found |= {text for value in values for text in _ways(value)}
    return {one for one in found if len(one) >= 5 and any(c.isdigit() for c in one)}


def _ways(value: Any) -> set[str]:
    """A date as people and programs write it."""
    if not isinstance(value, dt.datetime):
        return {str(value)}
    serial = (value - dt.datetime(1899, 12, 30)).days
    return {f"{value:%d/%m/%Y}", f"{value:%Y-%m-%d}", f"{value:%d-%b-%y}", str(serial)}


@pytest.mark.in_ci
def test_the_workbook_is_sound(built: app.Built, calc: Calc) -> None:
    result = compare(built.workbook, calc)
    assert [str(difference) for difference in result.differences] == []
    assert audit(built.workbook) == []


def test_the_contents_lead_to_the_sheet(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "annex_a"
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns(app.HISTORY))
    plan = plan_workbook(build_scorecard(*read_scorecard(place, "")))
    tab = next(one for one in plan.sheets if one.name == "Contents")
    links = {cell.content: cell.link for cell in tab.part.cells if cell.link}
    name = next(one for one in plan.sheet("quality").part.names if one.name == links[NAME])
    assert (name.row, name.col) == (0, 0)


def with_quality(scorecard: Scorecard, **changed: Any) -> Scorecard:
    assert scorecard.extracts.quality is not None
    quality = replace(scorecard.extracts.quality, **changed)
    return replace(scorecard, extracts=replace(scorecard.extracts, quality=quality))


def planned(scorecard: Scorecard, rows: int | None = None) -> Workbook:
    return plan_workbook(scorecard, Surroundings(quality_rows=rows))


@pytest.mark.in_ci
def test_any_number_of_problems_fits_the_sheet_that_stands(scorecard: Scorecard) -> None:
    quality = scorecard.extracts.quality
    assert quality is not None
    before = planned(scorecard)
    size = len(block_of_sheet(before.sheet("quality")))
    rows = size - TOP
    many = tuple(
        ListProblem(
            "unknown code",
            f"List {1 + at % 11}: Any",
            "a.xlsx",
            f"List_{1 + at % 11}",
            at,
            "CDEFG"[at % 5],
            "Any",
            "a word",
            "kept",
        )
        for at in range(9000)
    )
    extracts = (*quality.extracts[:-1], replace(quality.latest, problems=many))
    more = with_quality(scorecard, extracts=extracts)
    after = planned(more, rows)
    assert len(block_of_sheet(after.sheet("quality"))) == size
    assert structure_digest(after) == structure_digest(before)
    taken = of_plan(after.sheet("quality"))
    assert len(taken.problems) == MOST_SHOWN
    assert len({(name, row[3]) for name, rows in taken.groups.items() for row in rows}) == 55
    assert "have no room" not in taken.everything()
    fewer = with_quality(scorecard, extracts=(replace(quality.latest, problems=()),))
    assert "No problem was found in it." in of_plan(planned(fewer, rows).sheet("quality")).words


def test_without_an_extract_up_to_the_month_the_sheet_says_so(scorecard: Scorecard) -> None:
    taken = of_plan(planned(with_quality(scorecard, extracts=())).sheet("quality"))
    assert taken.words == ["There is no extract of March 2025 or of a month before it."]
    assert taken.tables == {}


def test_a_page_holds_whole_blocks_and_a_long_table_goes_on_with_its_head(
    scorecard: Scorecard,
) -> None:
    sheet = planned(scorecard).sheet("quality")
    kinds = {cell.row: cell.content for cell in sheet.part.cells if cell.col == 9}
    assert len(sheet.breaks) >= 3
    heights = dict(sheet.part.heights)
    ends = [*sheet.breaks, max(heights) + 1]
    for start, end in zip([3, *sheet.breaks], ends, strict=True):
        assert sum(heights[row] for row in range(start, end)) < 700
        assert start == 3 or kinds[start] in ("heading", "subheading")
        assert kinds[end - 1] == "plain", "the row before a page's end is an empty one"
        table = [row for row in range(start, end) if kinds[row] == "row"]
        heads = [row for row in range(start, end) if kinds[row] == "head"]
        assert not table or heads[0] < table[0]


def test_texts_from_files_are_no_formulas() -> None:
    risky = ["=1+1", "+44", "-x", "@SUM(A1)", "\t=1", "\r=1"]
    problems = tuple(ListProblem("k", "", one, one, 1, "A", one, one, "kept") for one in risky)
    month = Month(2025, 3)
    quality = Quality((ExtractQuality("=x.xlsx", month, month, (), problems),))
    cells = [str(cell) for row in problems_table(quality).to_numpy() for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert cells.count("'=1+1") == 4


def test_a_scorecard_without_lists_has_neither(tmp_path: Path) -> None:
    place = tmp_path / "small"
    shutil.copytree(ROOT / "tests" / "data" / "small", place)
    built = app.build(place, out=tmp_path / "out", stamp=STAMP)
    assert built.problems is None
    assert not (tmp_path / "out" / "problems.csv").exists()
    assert NAME not in openpyxl.load_workbook(built.workbook).sheetnames
