"""The shell: help, version, what a build says, and how little it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import copy_template
from workbook_builder import __version__, app
from workbook_builder.cli import main

HEAVY = ("pandas", "numpy", "xlsxwriter", "openpyxl", "xlwings", "pydantic")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for command in ("new", "check", "build"):
        assert f"    {command} " in said
    assert "exit codes" in said


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_a_plain_question_loads_nothing_heavy(argument: str) -> None:
    code = (
        "import sys; from workbook_builder.cli import main; main([sys.argv[1]]);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, argument], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_a_build_says_where_everything_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_template("haringey", tmp_path / "folder")
    assert main(["build", str(folder), "--out", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert str(tmp_path / "Scorecard 2014-02.xlsx") in said.out
    assert str(tmp_path / "results.csv") in said.out
    assert "Indicators: 56" in said.out
    assert "Rows left out: 0" in said.out
    assert "contradict the rule: 3" in said.out
    assert "[1/6]" in said.err
    assert "[1/6]" not in said.out


def test_building_adds_nothing_to_the_folder_but_its_history(tmp_path: Path) -> None:
    folder = copy_template("haringey", tmp_path / "folder")

    def state() -> dict[Path, tuple[int, bytes]]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes())
            for path in files
            if path.parent.name != app.HISTORY
        }

    before = state()
    assert main(["build", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert (folder / "history" / "history.sqlite").exists()
    assert state() == before
