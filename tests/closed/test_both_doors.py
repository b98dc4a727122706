"""The closed and the open workbook, refreshed with the same files, are the same in every sheet.

Somebody types in every box of a workbook and Calc saves it. One copy is refreshed open, in live
Calc, and one closed. What Calc then shows of either is the same: figures, lights, arrows, texts,
what was typed. Before any recalculation the closed file keeps those very values already.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.building import ROOT, STAMP, TEMPLATES
from tests.live import engine
from tests.live.com import FILTERS
from tests.live.office import OwnOffice, options, url
from tests.live.person import At, Cells, Person
from tests.oracles.calc import Calc, compare
from workbook_builder import app
from workbook_builder.app.folders import read_scorecard
from workbook_builder.history import read_history
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.register import register, scorecard_id
from workbook_builder.scorecard import build_scorecard

pytestmark = pytest.mark.in_ci

SCORECARDS = ("small", "annex_a", "calderdale", "kirklees", "surrey", "herefordshire", "haringey")
IN_CI = 3
LATE = "lists/annex_a_2024-10.xlsx"
WORDS = "Typed for "
# A status is typed for one in so many indicators.
EVERY = 7


@dataclass(frozen=True)
class Copy:
    """A scorecard folder with its workbook, both in a place of their own."""

    place: Path

    @property
    def id(self) -> str:
        return scorecard_id(self.folder)

    @property
    def folder(self) -> Path:
        return self.place / "folder"

    @property
    def workbook(self) -> Path:
        return next((self.place / "out").glob("Scorecard *.xlsx"))

    def copied(self, to: Path) -> Copy:
        shutil.copytree(self.place, to)
        return Copy(to)

    def register(self) -> None:
        register(self.id, self.folder, self.workbook)

    def said(self) -> dict[tuple[str, str, str, str], tuple[str, ...]]:
        with read_history(self.folder, self.id) as history:
            return {one.identity: one.said for one in history.typed()}


@pytest.mark.parametrize("name", SCORECARDS)
def test_closed_and_open_are_the_same(
    name: str, office: OwnOffice, calc: Calc, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name not in SCORECARDS[: amount_in_ci(request.config, IN_CI, len(SCORECARDS))]:
        pytest.skip("the other scorecards run in CI and with --long")
    worked_in, boxes = _worked_in(office, tmp_path, name)
    changed = _new_files(worked_in.folder)
    closed, opened = worked_in.copied(tmp_path / "closed"), worked_in.copied(tmp_path / "opened")

    opened.register()
    engine.register(office)
    document = office.open(opened.workbook)
    live = app.refresh(stamp=STAMP)
    wanted = _everything(Person(document))
    document.close(True)

    closed.register()
    done = app.refresh(stamp=STAMP, book=closed.workbook)
    assert (done.cells, done.sentence, done.typed) == (live.cells, live.sentence, live.typed)
    assert done.cells > 0, changed
    assert done.own_formulas == 0
    compared = compare(closed.workbook, calc)
    assert compared.differences == []
    document = office.open(closed.workbook)
    found = _everything(Person(document))
    document.close(True)
    differ = {at: (one, found.get(at)) for at, one in wanted.items() if one != found.get(at)}
    assert differ == {}, list(differ.items())[:5]
    assert found.keys() == wanted.keys()
    assert sum(WORDS in one for one in found.values()) >= boxes
    assert closed.said() == opened.said()
    print(f"\n{name}: {len(found)} cells, {compared.count} formulas, {boxes} boxes; {changed}")


def test_the_open_workbook_undoes_a_closed_refresh(office: OwnOffice, tmp_path: Path) -> None:
    worked_in, _ = _worked_in(office, tmp_path, "small")
    worked_in.register()
    document = office.open(worked_in.workbook)
    before = Person(document).shown("Figures")
    document.close(True)
    _new_files(worked_in.folder)
    assert app.refresh(stamp=STAMP, book=worked_in.workbook).cells > 0
    engine.register(office)
    document = office.open(worked_in.workbook)
    assert Person(document).shown("Figures") != before
    app.undo(stamp=STAMP)
    assert Person(document).shown("Figures") == before
    document.close(True)


def test_a_file_that_is_open_in_the_program_is_refreshed_there(
    office: OwnOffice, tmp_path: Path
) -> None:
    worked_in, _ = _worked_in(office, tmp_path, "small")
    worked_in.register()
    other = worked_in.copied(tmp_path / "other")
    calc = engine.register(office)
    document = office.open(worked_in.workbook)
    in_front = office.open(other.workbook)
    file = worked_in.workbook.read_bytes()
    _new_files(worked_in.folder)
    calc.writes.clear()
    done = app.refresh(stamp=STAMP, book=worked_in.workbook)
    assert done.cells > 0
    assert done.backup is None
    assert [sheet for sheet, _ in calc.writes] == ["Figures", "Notes", "Log"]
    assert worked_in.workbook.read_bytes() == file, "only the person saves an open workbook"
    shown = [
        Person(one).document.NamedRanges.getByName("last_refresh").getReferredCells().String
        for one in (document, in_front)
    ]
    assert [said.partition(" ")[0] for said in shown] == ["Refreshed", "Built"]
    for one in (document, in_front):
        one.close(True)


def _worked_in(office: OwnOffice, place: Path, name: str) -> tuple[Copy, int]:
    """A built scorecard in which somebody typed in every box, saved by Calc."""
    held = Copy(place / "worked in")
    source = ROOT / "tests" / "data" / "small" if name == "small" else TEMPLATES / name
    shutil.copytree(source, held.folder, ignore=shutil.ignore_patterns(app.HISTORY))
    late = held.folder / "extracts" / LATE
    if late.exists():
        late.rename(place / "late.xlsx")
    app.build(held.folder, out=held.place / "out", stamp=STAMP)
    office.close_all()
    document = office.open(held.workbook)
    boxes = _type_everywhere(Person(document), held.folder)
    typed = place / "typed.xlsx"
    document.storeToURL(url(typed), options(FilterName=FILTERS[".xlsx"]))
    document.close(True)
    shutil.copyfile(typed, held.workbook)
    if (place / "late.xlsx").exists():
        (place / "late.xlsx").rename(late)
    return held, boxes


def _type_everywhere(person: Person, folder: Path) -> int:
    """Type into every box, the sheet for figures by hand left out; how many texts there are.

    Of statuses some only: a highlight report has not room for every indicator as an issue.
    """
    plan = plan_workbook(build_scorecard(*read_scorecard(folder, "")))
    texts = statuses = 0
    for box in (box for sheet in plan.sheets if sheet.key != "manual" for box in sheet.part.inputs):
        at = person.named(box.name)
        if box.codes:
            codes = person.named(box.codes)
            at = At(at.sheet, person.find(codes.sheet, box.key, codes.col).row, at.col)
        if box.slot == "status":
            statuses += 1
            if statuses % EVERY == 1:
                person.type(at, "Red")
            continue
        person.type(at, f"{WORDS}{box.key}, {box.slot}")
        texts += 1
    person.note(At(person.sheets()[1], 0, 0), "On the title")
    return texts


def _new_files(folder: Path) -> str:
    """Make a figure of the month another one, unless a file came late; what was done."""
    if (folder / "extracts" / LATE).exists():
        return "a file that came late"
    path = max((folder / "extracts").glob("*.csv"), key=lambda one: one.stat().st_size)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    value = rows[0].index("value") if "value" in rows[0] else len(rows[0]) - 1
    row = next(
        row for row in reversed(rows[1:]) if row[value].isdigit() and 1 < int(row[value]) < 90
    )
    row[value] = str(int(row[value]) + 1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return f"{row[0]} {row[1]} is {row[value]}"


def _everything(person: Person) -> Cells:
    """What every cell of every sheet shows, and its notes, by sheet and place."""
    found = {}
    for sheet in person.sheets():
        found |= {(sheet, *at): said for at, said in person.shown(sheet).items()}
        found |= {(sheet, "note", *at): said for at, said in person.notes(sheet).items()}
    return found
