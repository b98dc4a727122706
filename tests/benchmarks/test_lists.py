"""That the benchmark runs, tells every step, and that its steps go through the same rows.

No time decides anything here.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.benchmarks.authority import Authority, extract_in
from tests.benchmarks.lists import FLOORS, HEADINGS, STEPS, machine, measured, ratios, table

pytestmark = pytest.mark.in_ci


@pytest.mark.parametrize("as_csv", [True, False], ids=["csv", "xlsx"])
def test_every_step_is_measured_on_all_rows(
    as_csv: bool, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    everyday = not (os.environ.get("CI") or pytestconfig.getoption("--long"))
    if everyday and not as_csv:
        pytest.skip("in CI and with --long")
    authority = Authority(amount_in_ci(pytestconfig, 8_000, 200_000), 1, as_csv)
    folder = authority.folder(tmp_path)
    took = measured(authority, folder)

    assert set(took) == set(STEPS)
    rows = {step: took[step].rows for step in ("clean", "whole_reading", "counting", "build")}
    assert len(set(rows.values())) == 1, rows
    assert 0.8 * authority.rows < rows["build"] < 1.2 * authority.rows
    # Title rows, headings and empty rows are read, and are no rows of a list.
    assert took["cells"].rows > rows["build"]
    if as_csv:
        assert took["cells"].rows == sum(map(lines_of, extract_in(folder).iterdir()))
    assert all(one.wall > 0 and one.peak > 0 for one in took.values())

    lines = list(table(took))
    assert all(line.count("|") == len(HEADINGS) + 1 for line in lines)
    assert [name for name in STEPS.values() if sum(name in line for line in lines) != 1] == []
    parts = [line for line in lines if "of which" in line]
    assert len(parts) == len(took["build"].parts) + 1
    if not everyday:
        told = list(ratios(extract_in(folder), 1, None))
        assert len(told) == len(FLOORS) + 2


def test_the_extracts_are_made_once(tmp_path: Path) -> None:
    authority = Authority(200, 2, csv=True)
    first = authority.folder(tmp_path)
    made = {path: path.stat().st_mtime_ns for path in first.rglob("*")}
    assert authority.folder(tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in first.rglob("*")} == made
    assert list(tmp_path.iterdir()) == [first]


def test_the_machine_is_named() -> None:
    assert "Python 3" in machine()


def lines_of(path: Path) -> int:
    """The rows of a CSV file, counted plainly."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for _ in csv.reader(stream))
