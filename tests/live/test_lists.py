"""A refresh of a scorecard counted from lists: the Data quality sheet is written anew in its place.

The latest extract is replaced by one with faults, without list 10. What people typed stays, the
sheet then says what a new build would say, and an undo brings the sheet and problems.csv back.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.building import STAMP
from tests.listed.quality_sheet import KINDS, NAME, TOP, Taken, of_workbook, take_apart
from tests.live import engine
from tests.live.office import OwnOffice
from tests.live.person import At, Person
from workbook_builder import app, sample
from workbook_builder.plan.addresses import name_for

CHILDREN, MONTHS, SEED = 400, 2, 31
LATEST = "annex_a_2025-03.xlsx"
SCORECARD = """
id = "lists"
title = "Counted from lists"
authority = "Exampleshire"
report_month = "2025-03"

[[tab]]
name = "All"
title = "All"
[[tab.block]]
type = "months"
indicators = ["contacts", "plans", "no_action"]
[[tab.block]]
type = "commentary"
key = "all"
[[tab.block]]
type = "contents"
"""
INDICATOR = """
[[indicator]]
code = "{code}"
measure = "{measure}"
name = "{name}"
unit = "count"
polarity = "neither"
period_type = "{kind}"
year_to_date = "{year}"
"""
INDICATORS = 'theme = "All"\n' + "".join(
    INDICATOR.format(code=code, measure=measure, name=name, kind=kind, year=year)
    for code, measure, name, kind, year in (
        ("contacts", "contacts", "Contacts", "in month", "sum"),
        ("plans", "cp_open", "Children with a plan", "month-end snapshot", "latest"),
        ("no_action", "assessments", "Assessments", "in month", "sum"),
    )
)
BOX = name_for("comment", "all/1")


@dataclass
class Open:
    """The scorecard, open in Calc."""

    folder: Path
    person: Person
    calc: engine.Engine
    workbook: Path
    faulty: Path

    @property
    def csv(self) -> str:
        return self.workbook.with_name("problems.csv").read_text(encoding="utf-8-sig")

    def sheet(self) -> Taken:
        """What the open workbook's sheet says now."""
        shown = self.person.contents(NAME)
        last = max(row for row, _ in shown)
        return take_apart(
            tuple(_plain(shown.get((row, col))) for col in range(KINDS + 1))
            for row in range(TOP, last + 1)
        )

    def refresh(self) -> app.Refreshed:
        self.calc.writes.clear()
        return app.refresh(stamp=STAMP)

    def replace_latest(self) -> None:
        shutil.copyfile(self.faulty, self.folder / "extracts" / "lists" / LATEST)


def _plain(said: object) -> object:
    text = str(said if said is not None else "").removeprefix("'")
    return int(float(text)) if re.fullmatch(r"\d+(\.0)?", text) else text or None


@pytest.fixture
def opened(office: OwnOffice, tmp_path: Path) -> Iterator[Open]:
    folder = tmp_path / "scorecard"
    (folder / "indicators").mkdir(parents=True)
    (folder / "scorecard.toml").write_text(SCORECARD, encoding="utf-8")
    (folder / "indicators" / "all.toml").write_text(INDICATORS, encoding="utf-8")
    sample.generate(folder / "extracts" / "lists", CHILDREN, MONTHS, SEED)
    sample.generate(tmp_path / "faulty", CHILDREN, MONTHS, SEED, mess=True)
    faulty = tmp_path / "faulty" / LATEST
    book = openpyxl.load_workbook(faulty)
    del book[next(name for name in book.sheetnames if re.sub(r"\D", "", name) == "10")]
    book.save(faulty)
    workbook = app.build(folder, out=tmp_path / "out", stamp=STAMP).workbook
    office.close_all()
    calc = engine.register(office)
    yield Open(folder, Person(office.open(workbook)), calc, workbook, faulty)
    office.close_all()


def test_a_new_extract_rewrites_the_sheet_and_moves_nothing_of_a_person(
    opened: Open, tmp_path: Path
) -> None:
    person = opened.person
    assert opened.sheet() == of_workbook(openpyxl.load_workbook(opened.workbook)[NAME])
    person.type(person.named(BOX), "What we say to this.")
    at = person.find("All", "Contacts")
    person.note(At("All", at.row, at.col), "Ask the front door")
    person.height("All", at.row, 44.0)
    person.insert_rows("All", at.row, 2)
    person.rename("All", "Everything")
    typed = person.contents("Everything")
    before, csv_before = opened.sheet(), opened.csv
    opened.replace_latest()
    opened.refresh()
    assert [s for s, _ in opened.calc.writes] == ["Figures", "Notes", NAME, "Log"]
    assert person.contents("Everything") == typed
    assert person.notes("Everything")
    after = opened.sheet()
    assert after != before
    assert "It does not have List 10: Adoption." in after.words
    assert after.problems != before.problems
    assert opened.csv != csv_before
    assert after == _built_afresh(opened.folder, tmp_path)
    assert opened.refresh().cells == 0
    assert opened.calc.writes == []


def test_an_undo_brings_the_sheet_and_the_file_back(opened: Open) -> None:
    before, csv_before = opened.sheet(), opened.csv
    opened.replace_latest()
    opened.refresh()
    assert opened.csv != csv_before
    app.undo(stamp=STAMP)
    assert opened.sheet() == before
    assert opened.csv == csv_before


def test_the_sheet_stays_protected(opened: Open) -> None:
    opened.replace_latest()
    opened.refresh()
    assert opened.person.sheet(NAME).isProtected()


def _built_afresh(folder: Path, place: Path) -> Taken:
    copy = place / "again"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(app.HISTORY))
    built = app.build(copy, out=place / "other", stamp=STAMP)
    return of_workbook(openpyxl.load_workbook(built.workbook)[NAME])
