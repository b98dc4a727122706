"""Killed at any moment, a closed refresh leaves the old file or the new one, never a torn one.

A process of its own is killed with SIGKILL, at certain points and after random times. The file
then opens and is one of the two, everything typed is in it and in the history, and the next run
completes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from tests.amount import amount_in_ci
from tests.building import ROOT
from tests.closed.desk import Desk, desk, parts
from tests.closed.worker import POINTS
from tests.oracles.planting import rewrite_part, swap
from workbook_builder.history import read_history
from workbook_builder.writers.safe import UNFINISHED

SHORT, LONG = 3, 100
# The lines that a refresh tells its steps in, and the longest time waited after one, in seconds.
STEPS, MOMENT = 7, 0.3
# The reason of the status by hand in the small scorecard, as somebody changes it.
TYPED = "Board asked for it, twice"


def started(held: Desk, *point: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.closed.worker", str(held.workbook), *point],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process


def give(held: Desk, number: int) -> None:
    """Another figure each time, so that there is something to write."""
    lines = held.extract.read_text(encoding="utf-8").splitlines()
    changed = [f"contacts,,Jun-24,,,{number}" if "contacts,,Jun-24" in x else x for x in lines]
    held.extract.write_text("\n".join(changed) + "\n", encoding="utf-8")


def typed_in(place: Path) -> Desk:
    return desk(
        place,
        lambda path: rewrite_part(path, "xl/sharedStrings.xml", swap("=Board asked for it", TYPED)),
    )


def completed(held: Desk, number: int) -> None:
    """The next run completes, another one has nothing to do, and nothing typed is lost."""
    give(held, number)
    held.refresh()
    assert held.front("contacts") == number
    results = held.workbook.with_name("results.csv").read_text(encoding="utf-8-sig")
    assert f",{number}," in results
    assert held.refresh().cells == 0
    book = openpyxl.load_workbook(held.workbook)
    assert TYPED in {str(one.value) for sheet in book for row in sheet.iter_rows() for one in row}
    with read_history(held.folder, "small") as history:
        assert TYPED in [one.content for one in history.typed()]
        values = {one.identity: one.value for one in history.figures()}
    assert values["contacts", "", "month 2024-06"] == number


@pytest.mark.in_ci
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_certain_point(tmp_path: Path, point: str) -> None:
    held = typed_in(tmp_path)
    give(held, 500)
    before = held.workbook.read_bytes()
    process = started(held, point)
    said, _ = process.communicate()
    assert (process.returncode, "done" in said) == (-signal.SIGKILL, False)
    new = POINTS[point][3]
    assert (held.workbook.read_bytes() != before) == new
    assert held.front("contacts") == (500 if new else 430)
    completed(held, 500)


@pytest.mark.in_ci
def test_killed_at_random_moments(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """So many steps are waited for and then a moment, however busy the machine is."""
    rounds, chance = amount_in_ci(request.config, SHORT, LONG), random.Random(5)
    held = typed_in(tmp_path)
    last, at_work, old = 430, 0, 0
    for number in range(500, 500 + rounds):
        give(held, number)
        before = held.workbook.read_bytes()
        process = started(held)
        assert process.stdout is not None
        for _ in range(chance.randint(0, STEPS)):
            process.stdout.readline()
        time.sleep(chance.uniform(0.0, MOMENT))
        process.send_signal(signal.SIGKILL)
        said, complaints = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), complaints
        at_work += "done" not in said
        assert parts(held.workbook)
        stands = held.workbook.read_bytes() == before
        old, last = old + stands, last if stands else number
        assert held.front("contacts") == last
    completed(held, 777)
    beside = [one.name for one in held.workbook.parent.iterdir() if one.name.startswith(UNFINISHED)]
    print(f"\nkilled {rounds}, at work then {at_work}, old file {old}, left beside {len(beside)}")
    assert at_work
