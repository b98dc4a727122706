"""Killed at any moment, a build or refresh leaves whole files, and nothing typed is lost.

A process of its own is killed with SIGKILL after a random time. Then the workbook opens, the
history is whole, the next run completes and gives the right figures, and every typed text is where
it was.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.amount import amount_in_ci
from tests.building import ROOT, STAMP
from tests.live import engine
from tests.live.com import FILTERS
from tests.live.office import VARIABLE, OwnOffice, options, url
from tests.live.person import At, Person
from workbook_builder import app
from workbook_builder.history import open_history, read_history
from workbook_builder.plan.addresses import name_for
from workbook_builder.register import register

pytestmark = pytest.mark.in_ci

MONTH = "2024-06"
SHORT, LONG = 3, 100
TYPED = ("Half term explains it.", "The partnership agreed.", "A note for the board")


@pytest.fixture
def desk(office: OwnOffice, tmp_path: Path) -> Path:
    """A built workbook in which people have typed, saved where the build put it."""
    shutil.copytree(ROOT / "tests" / "data" / "small", tmp_path / "folder")
    workbook = app.build(tmp_path / "folder", MONTH, tmp_path / "out", stamp=STAMP).workbook
    office.close_all()
    document = office.open(workbook)
    person = Person(document)
    person.type(person.named(name_for("comment", "front-door/1")), TYPED[0])
    row = person.find("Front door", "contacts", person.named("codes_1_1").col).row
    person.type(At("Front door", row, person.named("hand_1_1").col), "Green")
    person.type(At("Front door", row, person.named("reasons_1_1").col), TYPED[1])
    person.note(At("Front door", 0, 0), TYPED[2])
    document.storeToURL(url(tmp_path / "typed.xlsx"), options(FilterName=FILTERS[".xlsx"]))
    document.close(True)
    shutil.copyfile(tmp_path / "typed.xlsx", workbook)
    register("small", tmp_path / "folder")
    return tmp_path


def rounds(request: pytest.FixtureRequest) -> int:
    return amount_in_ci(request.config, SHORT, LONG)


def give(desk: Path, number: int) -> None:
    """Another figure each time, so that there is something to write."""
    file = desk / "folder" / "extracts" / "months.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    changed = [f"contacts,,Jun-24,,,{number}" if "contacts,,Jun-24" in x else x for x in lines]
    file.write_text("\n".join(changed) + "\n", encoding="utf-8")


def seconds(what: str, desk: Path, office: OwnOffice) -> float:
    """How long it takes here and now, so that it is killed while it is at work."""
    with started(what, desk, office) as process:
        began = time.monotonic()
        said, _ = process.communicate()
    assert "done" in said
    return time.monotonic() - began


def killed(what: str, desk: Path, office: OwnOffice, after: float) -> bool:
    """Run it and kill it after so many seconds; whether it was still at work."""
    with started(what, desk, office) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
    return "done" not in said


def started(what: str, desk: Path, office: OwnOffice) -> subprocess.Popen[str]:
    """The process, about to begin its work."""
    command = [sys.executable, "-m", "tests.live.worker", what]
    command += [str(desk / "folder"), str(desk / "out"), MONTH]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, VARIABLE: office.address},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process


def known(desk: Path) -> set[str]:
    with read_history(desk / "folder", "small") as history:
        for event in history.events():
            assert event.kind in ("build", "refresh")
        return {record.content for record in history.typed(gone=True)}


def whole(desk: Path) -> None:
    """The history takes work, and its figures are those of one event."""
    with open_history(desk / "folder", "small", STAMP, wait=10) as history:
        values = {one.identity: one.value for one in history.figures()}
        assert ("contacts", "", "month 2024-06") in values


def test_a_build_killed_at_random_moments(
    office: OwnOffice, desk: Path, request: pytest.FixtureRequest
) -> None:
    chance, at_work = random.Random(3), 0
    workbook = desk / "out" / f"Scorecard {MONTH}.xlsx"
    lasts = seconds("build", desk, office)
    for number in range(rounds(request)):
        give(desk, 500 + number)
        after = chance.uniform(0.0, lasts)
        still = killed("build", desk, office, after)
        at_work, lasts = at_work + still, lasts if still else after
        assert zipfile.ZipFile(workbook).testzip() is None
        whole(desk)
    give(desk, 777)
    app.build(desk / "folder", MONTH, desk / "out", stamp=STAMP)
    book = openpyxl.load_workbook(workbook)
    texts = {str(one.value) for sheet in book for row in sheet.iter_rows() for one in row}
    notes = {
        one.comment.text for row in book["Front door"].iter_rows() for one in row if one.comment
    }
    assert {*TYPED[:2]} <= texts
    assert TYPED[2] in notes
    assert set(TYPED) <= known(desk)
    assert "777" in {text.removesuffix(".0") for text in texts}
    leftovers = [
        path.name for path in (desk / "out").iterdir() if path.name.startswith(".writing-")
    ]
    print(
        f"\nbuilds killed {rounds(request)}, at work then {at_work}, left beside {len(leftovers)}"
    )
    assert at_work >= rounds(request) // 3


def test_a_refresh_killed_at_random_moments(
    office: OwnOffice, desk: Path, request: pytest.FixtureRequest
) -> None:
    engine.register(office)
    document = office.open(desk / "out" / f"Scorecard {MONTH}.xlsx")
    person, chance, at_work = Person(document), random.Random(4), 0
    box = person.named(name_for("comment", "front-door/1"))
    give(desk, 499)
    lasts = seconds("refresh", desk, office)
    for number in range(rounds(request)):
        text = f"Typed before round {number}"
        person.type(box, text)
        give(desk, 500 + number)
        after = chance.uniform(0.0, lasts)
        still = killed("refresh", desk, office, after)
        at_work, lasts = at_work + still, lasts if still else after
        assert person.cell(box).String == text
        whole(desk)
        if number % 4 == 3:
            app.refresh(stamp=STAMP)
            at = person.find("Summary", "contacts")
            assert person.cell(At("Summary", at.row, 3)).String == str(500 + number)
            assert text in known(desk)
    app.refresh(stamp=STAMP)
    assert all(person.sheet(name).isProtected() for name in ("Figures", "Notes", "Log"))
    copy = desk / "copy.xlsx"
    document.storeToURL(url(copy), options(FilterName=FILTERS[".xlsx"]))
    assert openpyxl.load_workbook(copy).sheetnames
    assert person.notes("Front door") == {(0, 0): TYPED[2]}
    print(f"\nrefreshes killed {rounds(request)}, at work then {at_work}")
    assert at_work >= rounds(request) // 3
    document.close(True)
