"""Six monthly extracts, each of six months: eleven months of history, first and latest figures.

Either every extract stays in the folder, or each takes the place of the one before. The figures are
counted again here from the workbooks themselves, row by row.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.building import STAMP
from workbook_builder import app, sample
from workbook_builder.history import read_history

pytestmark = pytest.mark.in_ci

CHILDREN, SEED, EXTRACTS, WINDOW = 400, 5, 6, 6
SHEETS = ("List_1", "List_3", "List_7")

SCORECARD = """
id = "six-extracts"
title = "Six extracts"
authority = "Exampleshire"
report_month = "{month}"

[[tab]]
name = "All"
title = "All"
[[tab.block]]
type = "months"
indicators = ["contacts", "no_action", "plans", "seen_alone"]
"""
INDICATORS = """
theme = "All"
[[indicator]]
code = "contacts"
measure = "contacts"
name = "Contacts"
unit = "count"
polarity = "neither"
period_type = "in month"
year_to_date = "sum"
breakdowns = ["source"]
[[indicator]]
code = "no_action"
measure = "referrals_no_action"
name = "Referrals without further action"
unit = "percent"
polarity = "neither"
period_type = "in month"
year_to_date = "weighted"
numerator = "No further action"
denominator = "Referrals"
[[indicator]]
code = "plans"
measure = "cp_open"
name = "Plans"
unit = "count"
polarity = "neither"
period_type = "month-end snapshot"
year_to_date = "latest"
[[indicator]]
code = "seen_alone"
measure = "cp_seen_alone"
name = "Seen alone"
unit = "percent"
polarity = "high"
period_type = "month-end snapshot"
year_to_date = "latest"
numerator = "Seen alone"
denominator = "Plans with a visit"
"""
Row = dict[str, object]
Extract = dict[str, list[Row]]


def months_to(month: str, count: int) -> list[str]:
    year, number = int(month[:4]), int(month[5:])
    found = []
    for back in range(count - 1, -1, -1):
        at = year * 12 + number - 1 - back
        found.append(f"{at // 12}-{at % 12 + 1:02d}")
    return found


def last_day(month: str) -> dt.date:
    year, number = int(month[:4]), int(month[5:])
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def sheets_of(path: Path) -> Extract:
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    found = {}
    for name in SHEETS:
        heads, *rows = book[name].iter_rows(values_only=True)
        named = [str(head).strip() for head in heads]
        found[name] = [dict(zip(named, row, strict=True)) for row in rows]
    return found


def on(row: Row, name: str) -> dt.date | None:
    value = row[name]
    return value.date() if isinstance(value, dt.datetime) else None


def contacts(extract: Extract, month: str) -> object:
    days = [on(row, "Date of Contact") for row in extract["List_1"]]
    return float(sum(day is not None and f"{day:%Y-%m}" == month for day in days))


def no_action(extract: Extract, month: str) -> object:
    name = next(one for one in extract["List_3"][0] if one.casefold() == "date of referral")
    rows = [row for row in extract["List_3"] if (day := on(row, name)) and f"{day:%Y-%m}" == month]
    nfa = next(one for one in extract["List_3"][0] if one.casefold().startswith("referral nfa"))
    if not rows:
        return "[z]"  # none of none
    ended = sum("yes" in str(row[nfa]).casefold() for row in rows)
    return (float(ended), float(len(rows)))


def plans(extract: Extract, month: str) -> object:
    start, end = "Child Protection Plan Start Date", "Child Protection Plan End Date"
    day = last_day(month)
    return float(
        sum(
            on(row, start) is not None
            and on(row, start) <= day  # type: ignore[operator]
            and (on(row, end) is None or on(row, end) > day)  # type: ignore[operator]
            for row in extract["List_7"]
        )
    )


Recount = Callable[[Extract, str], object]
# Who had a plan at a month's end is as the extract nearest to it has it: later ones have only the
# latest plan of a child.
NEAREST = "plans"
RECOUNTS: dict[str, Recount] = {"contacts": contacts, "no_action": no_action, "plans": plans}


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Six extracts by month. From each the rows of other children are gone."""
    folder = tmp_path_factory.mktemp("six") / "lists"
    sample.generate(folder, CHILDREN, EXTRACTS, SEED)
    found = {path.stem[-7:]: path for path in sorted(folder.glob("*.xlsx"))}
    for number, path in enumerate(found.values()):
        without_some(path, number)
    return found


def without_some(path: Path, number: int) -> None:
    book = openpyxl.load_workbook(path)
    for name in SHEETS:
        sheet = book[name]
        for row in range(sheet.max_row, 1, -1):
            if int(str(sheet.cell(row, 1).value)) % 7 == number:
                sheet.delete_rows(row)
    book.save(path)


@pytest.fixture(scope="module", params=["all stay", "only the latest"])
def kept(
    request: pytest.FixtureRequest,
    extracts: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A scorecard folder after six months, built each month."""
    folder = tmp_path_factory.mktemp("kept") / "card"
    lists = folder / "extracts" / "lists"
    lists.mkdir(parents=True)
    (folder / "indicators").mkdir()
    (folder / "indicators" / "all.toml").write_text(INDICATORS, encoding="utf-8")
    for month, path in extracts.items():
        if request.param == "only the latest":
            for before in lists.iterdir():
                before.unlink()
        shutil.copy(path, lists)
        (folder / "scorecard.toml").write_text(SCORECARD.format(month=month), encoding="utf-8")
        app.build(folder, out=folder.parent / "out", stamp=STAMP)
    return folder


def versions(folder: Path, code: str, month: str) -> list[object]:
    """Every figure reported for a month, oldest first."""
    with read_history(folder, "six-extracts") as history:
        found = history.figure_versions(code, "", f"month {month}")
    said: list[object] = []
    for _, record in found:
        assert record is not None, f"{code} of {month} was taken out"
        parts = (record.numerator, record.denominator)
        nothing = record.value is None or isinstance(record.value, str) or None in parts
        said.append(record.value if nothing else parts)
    return said


@pytest.mark.parametrize("code", sorted(RECOUNTS))
def test_first_and_latest_figures_of_eleven_months(
    kept: Path, extracts: dict[str, Path], code: str
) -> None:
    plain = {month: sheets_of(path) for month, path in extracts.items()}
    covering: dict[str, list[str]] = {}
    for own in plain:
        for month in months_to(own, WINDOW):
            covering.setdefault(month, []).append(own)
    assert len(covering) == EXTRACTS + WINDOW - 1 == 11
    restated = 0
    for month, owners in covering.items():
        wanted = [RECOUNTS[code](plain[own], month) for own in owners]
        told = versions(kept, code, month)
        if code == NEAREST:
            restated += len(set(wanted)) > 1
            wanted = wanted[:1]
        assert told[0] == wanted[0], month
        assert told[-1] == wanted[-1], month
        changes = [a for a, b in zip(wanted, [None, *wanted], strict=False) if a != b]
        assert told == changes, month
        restated += len(told) > 1
    assert restated, "no month was restated: the sample proves nothing"


def test_what_holds_on_the_extracts_day_only_is_kept_from_each(
    kept: Path, extracts: dict[str, Path]
) -> None:
    for month in extracts:
        assert len(versions(kept, "seen_alone", month)) == 1
    first = next(iter(extracts))
    assert versions(kept, "seen_alone", months_to(first, 2)[0]) == []


def test_the_last_workbook_shows_all_eleven_months(kept: Path, extracts: dict[str, Path]) -> None:
    with (kept.parent / "out" / "results.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["indicator"] == "contacts"]
    shown = {row["period"] for row in rows if row["value"] and row["period_kind"] == "month"}
    assert set(months_to(max(extracts), 11)) <= shown


def test_an_earlier_month_built_again_takes_nothing_away(
    kept: Path, extracts: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "card"
    shutil.copytree(kept, folder)
    months = list(extracts)
    for path in (folder / "extracts" / "lists").iterdir():
        path.unlink()
    for month in (months[1], months[-1]):
        lists = folder / "extracts" / "lists"
        for path in lists.iterdir():
            path.unlink()
        shutil.copy(extracts[month], lists)
        app.build(folder, month, out=tmp_path / month, stamp=STAMP)
    for month in months_to(months[-1], 11):
        assert versions(folder, "contacts", month)
