"""drill: the file holds the records that make the figure, and nothing of them goes elsewhere."""

from __future__ import annotations

import functools
import random
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.amount import amount, amount_in_ci
from tests.building import figures_of_lists
from tests.drill.conftest import PERIODS, Authority
from tests.drill.own_list import HEADS, MARKUP, REFERRALS, asked, one_list
from tests.drill.written import Written, from_csv, read
from tests.oracles.reading import reading
from workbook_builder import app
from workbook_builder.catalogue.words import Unit
from workbook_builder.errors import UserError
from workbook_builder.extracts.model import Figure
from workbook_builder.history import read_history
from workbook_builder.history.model import FigureRecord
from workbook_builder.listed import declared, extract, load_scorecard
from workbook_builder.lists.model import Lists
from workbook_builder.lists.read import read_lists

ID = "annex-a"
PRIVATE = re.compile(r"\b(100\d{4}|SW\d{4})\b")


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read everything once, though many figures are asked for."""
    held: dict[Path, Lists] = {}

    def kept(path: Path, **options: Any) -> Lists:
        if path not in held:
            held[path] = read_lists(path, **options)
        return held[path]

    monkeypatch.setattr(declared, "load_scorecard", functools.cache(declared.load_scorecard))
    monkeypatch.setattr(extract, "read_lists", kept)


def reported(authority: Authority) -> list[FigureRecord]:
    """Every figure of the build that was counted from lists."""
    with read_history(authority.folder, ID) as history:
        return [one for one in history.figures() if one.file.startswith("lists/")]


def month_in(period: str) -> str:
    """A month of a period's key: quarter 2024/25-Q2, month 2025-03."""
    if quarter := re.fullmatch(r"quarter (\d{4})/\d\d-Q(\d)", period):
        year, number = int(quarter[1]), int(quarter[2])
        return {1: f"{year}-05", 2: f"{year}-07", 3: f"{year}-12", 4: f"{year + 1}-02"}[number]
    return period[-7:]


def drilled(authority: Authority, out: Path, code: str, month: str, breakdown: str = "") -> Written:
    done = app.drill(authority.folder, code, month, breakdown, out)
    assert isinstance(done, app.Drilled)
    assert done.file == out
    return read(out)


def chosen(authority: Authority, how_many: int) -> list[FigureRecord]:
    """One figure of each indicator, some of groups, and some more."""
    chance, found = random.Random(7), reported(authority)
    by_kind: dict[tuple[str, str], list[FigureRecord]] = {}
    for one in found:
        by_kind.setdefault((one.indicator, one.breakdown.partition("=")[0]), []).append(one)
    headlines = [chance.choice(group) for (_, key), group in by_kind.items() if not key]
    groups = [chance.choice(group) for (_, key), group in by_kind.items() if key]
    return [*headlines, *chance.sample(groups, 24), *chance.choices(found, k=how_many)]


def wanted(one: Figure | FigureRecord, rates: set[str]) -> tuple[object, object]:
    """What the records have to give; those of a rate are its numerator, nobody of a population."""
    if one.denominator is None:
        return one.value, None
    return one.numerator, None if one.indicator in rates else one.denominator


@pytest.mark.in_ci
@pytest.mark.usefixtures("read_once")
def test_the_records_make_the_figure(
    authority: Authority, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    catalogue = load_scorecard(authority.folder)
    asked = chosen(authority, amount(request.config, 10, 10, 5000))
    counted = {one.code for one in catalogue.indicators if one.measure}
    rates = {one.code for one in catalogue.indicators if one.unit is Unit.RATE}
    assert len({one.indicator for one in asked}) > 0.9 * len(counted)
    assert any(one.breakdown.startswith("team=") for one in asked)
    assert any(one.breakdown.startswith("age_band=") for one in asked)
    assert {one.period.split()[0] for one in asked} == {"month", "quarter"}
    assert {f"{code} {period}" for code, period in PERIODS} <= {one.indicator for one in asked}
    records = 0
    for number, one in enumerate(asked):
        out = tmp_path / f"{number}.csv"
        done = app.drill(authority.folder, one.indicator, month_in(one.period), one.breakdown, out)
        assert isinstance(done, app.Drilled)
        assert done.agrees, (one, done.comparison)
        assert done.extract == one.file
        written = read(out)
        assert written.figure == wanted(one, rates), one
        records += len(written.records)
        assert all(row["Source file"] and row["Excel row"] for row in written.records)
    assert records > 150


@pytest.mark.usefixtures("read_once")
def test_figures_that_rest_on_earlier_extracts(
    consecutive: Authority, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Earlier referrals, years to date and twelve months, from extracts of six months each."""
    catalogue = load_scorecard(consecutive.folder)
    rates = {one.code for one in catalogue.indicators if one.unit is Unit.RATE}
    chance, records, files = random.Random(3), 0, set()
    by_code: dict[str, list[Figure]] = {}
    for one in figures_of_lists(consecutive.folder).figures:
        by_code.setdefault(one.indicator, []).append(one)
    how_many = amount_in_ci(request.config, 1, 50)
    always = ("rereferrals", "cp_repeat_in_2_years", *(f"{a} {b}" for a, b in PERIODS))
    some = [code for code in by_code if code not in always]
    asked = [
        one
        for code in always
        if code in by_code
        for one in chance.choices(by_code[code], k=3 * how_many)
    ]
    asked += [chance.choice(by_code[code]) for code in chance.choices(some, k=10 * how_many)]
    for number, one in enumerate(asked):
        out = tmp_path / f"{number}.csv"
        done = app.drill(consecutive.folder, one.indicator, str(one.period.end), one.breakdown, out)
        assert isinstance(done, app.Drilled)
        assert done.extract == one.place.file
        written = read(out)
        assert written.figure == wanted(one, rates), one
        records += len(written.records)
        files |= {
            row["Source file"] for row in written.records if one.period.start < one.period.end
        }
    assert records > 80
    assert len({file.partition("/")[0] for file in files}) > 3
    assert all((consecutive.lists / file).is_file() for file in files)


def test_every_record_is_found_at_its_row_of_the_extract(
    authority: Authority, tmp_path: Path
) -> None:
    """The officer who opens the extract at that row finds that child."""
    written = drilled(authority, tmp_path / "a.xlsx", "assessments_in_45_days quarterly", "2024-08")
    assert written.records
    for record in written.records:
        path = authority.lists / record["Source file"]
        sheet = reading(path, values=True)[record["Sheet"]]
        row = [cell.value for cell in sheet[record["Excel row"]]]
        ids = {re.sub(r"\.0$", "", str(cell).strip()) for cell in row if cell is not None}
        assert record["Child Unique ID"] in ids


def test_what_fails_comes_first(authority: Authority, tmp_path: Path) -> None:
    moved = 0
    for month in ("2024-05", "2024-08", "2024-11", "2025-02"):
        out = tmp_path / f"{month}.csv"
        written = drilled(authority, out, "assessments_in_45_days quarterly", month)
        told = [(row["In numerator"], int(row["Excel row"])) for row in written.records]
        assert told == sorted(told)
        moved += [row for _, row in told] != sorted(row for _, row in told)
    assert moved


def test_an_xlsx_is_ready_to_work_with(authority: Authority, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    done = app.drill(authority.folder, "lac_open", "2024-10", "", out)
    assert isinstance(done, app.Drilled)
    sheet = openpyxl.load_workbook(out)["Records"]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref.startswith("A2:")
    assert sheet["A1"].value.startswith("OFFICIAL-SENSITIVE: personal data about children")
    heads = {cell.value: cell.column for cell in sheet[2]}
    born = [sheet.cell(row, heads["Date of Birth"]) for row in range(3, sheet.max_row + 1)]
    assert sum(cell.is_date for cell in born) > len(born) / 2
    assert all(sheet.cell(row, heads["Child Unique ID"]).data_type == "s" for row in range(3, 6))
    assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text


def test_the_warning_says_what_the_file_is(authority: Authority, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    done = app.drill(authority.folder, "assessments_in_45_days", "2024-10", "", out)
    assert isinstance(done, app.Drilled)
    warning = read(out).warning
    for said in (
        "personal data about children",
        "delete it",
        "(assessments_in_45_days)",
        "October 2024",
        done.figure,
        done.counts,
        "lists/annex_a_2025-03.xlsx",
        "Proxy: ",
        "This is the figure in the scorecard as last built",
    ):
        assert said in warning


def test_the_earlier_referral_is_told(tmp_path: Path) -> None:
    """Which date made a referral a second one; of a child that counts once, one row counts."""
    folder = one_list(tmp_path, REFERRALS)
    written = read(asked(folder, "rereferrals", tmp_path / "a.csv"))
    told = [
        (row["Excel row"], row["In numerator"], row["The child's previous: Date of referral"])
        for row in written.records
    ]
    assert told == [("3", "yes", "2024-05-06"), ("6", "yes", "2024-05-06"), ("4", "no", "")]
    written = read(asked(folder, "rereferred_children", tmp_path / "b.csv"))
    assert written.figure == (1, 2)
    marks = [(row["In denominator"], row["In numerator"]) for row in written.records]
    assert sorted(marks) == [("same child again",) * 2, ("yes", "no"), ("yes", "yes")]
    with pytest.raises(UserError, match='no group "North"'):
        app.drill(folder, "rereferrals", "2025-03", "team=North", tmp_path / "c.csv")


def test_an_earlier_date_may_stand_in_an_earlier_extract(tmp_path: Path) -> None:
    """Also where the later extract alone could tell the figure."""
    folder = one_list(tmp_path, REFERRALS)
    before = folder / "extracts" / "lists" / "2021-03"
    before.mkdir()
    row = "B1,Female,WBRI,01/02/2015,10,05/01/2021,1A,No,0,North,W"
    (before / "referrals.csv").write_text(f"{HEADS}\n{row}\n", encoding="utf-8")
    written = read(asked(folder, "rereferrals", tmp_path / "a.csv"))
    assert written.figure == (2, 3)
    told = {
        row["Excel row"]: row["The child's previous: Date of referral"] for row in written.records
    }
    assert told == {"3": "2024-05-06", "6": "2024-05-06", "4": "2021-01-05"}
    assert {row["Source file"] for row in written.records} == {"2025-03/referrals.csv"}


def test_texts_stay_texts(tmp_path: Path) -> None:
    folder = one_list(tmp_path, REFERRALS)
    teams = {
        row["Allocated Team"]
        for row in read(asked(folder, "referrals", tmp_path / "a.csv")).records
    }
    assert teams == {'\'=HYPERLINK("http://example.org")', MARKUP}
    workers = {row[-4] for row in from_csv(tmp_path / "a.csv")[2:]}
    assert workers == {"W", "'-2+3"}
    asked(folder, "referrals", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Records"]
    cells = [cell for row in sheet.iter_rows(min_row=3) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    found = {str(cell.value).strip() for cell in cells}
    assert {'=HYPERLINK("http://example.org")', MARKUP, "-2+3"} <= found
