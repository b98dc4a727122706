"""What the doctor says of computers: those of tables, and this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import copy_template
from workbook_builder import app, doctor, register
from workbook_builder.cli import main

MACROS, STARTED = "Macros in workbooks", "Programs started by Excel"


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(register.VARIABLE, str(tmp_path / "register.json"))
    monkeypatch.setattr(doctor, "user_folder", lambda: tmp_path / "user")
    monkeypatch.setattr(doctor, "machine_folder", lambda: tmp_path / "machine")


@pytest.mark.parametrize(
    ("values", "macros", "started"),
    [
        ({}, True, True),
        ({(doctor.OFFICE, "VBAWarnings"): 1}, True, True),
        ({(doctor.POLICY, "VBAWarnings"): 4}, False, True),
        ({(doctor.POLICY, "VBAWarnings"): 3, (doctor.OFFICE, "VBAWarnings"): 1}, False, True),
        ({(doctor.DEFENDER, doctor.CHILD_PROCESSES): "1"}, True, False),
        ({(doctor.DEFENDER, doctor.CHILD_PROCESSES): 2}, True, True),
    ],
)
def test_what_policies_mean_for_buttons(
    values: dict[tuple[str, str], object], macros: bool, started: bool
) -> None:
    found = {
        one.what: one
        for one in doctor.diagnose(registry=lambda _, path, name: values.get((path, name)))
    }
    assert (found[MACROS].ok, found[STARTED].ok) == (macros, started)
    for one in (found[MACROS], found[STARTED]):
        assert "workbook-builder refresh" in one.to_do


def test_a_blocked_source_is_told_and_no_fault() -> None:
    found = doctor.diagnose(registry=lambda _, __, name: int(name.startswith("Block")))
    one = next(one for one in found if one.what == "Macros in files from the internet")
    assert (one.ok, one.found) == (None, "blocked by policy")


def test_this_computer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_template("haringey", tmp_path / "folder")
    app.build(folder, out=tmp_path / "out")
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "launcher.txt").write_text("C:\\tools\\button.exe\n", encoding="utf-8")
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "C:\\tools\\button.exe" in said
    assert f'ok   Scorecard "haringey"' in said  # noqa: F541
    assert "1 entries, the last by" in said


def test_what_is_wrong_is_said_with_what_to_do(tmp_path: Path) -> None:
    folder = copy_template("haringey", tmp_path / "folder")
    register.register("haringey", folder)
    (folder / "history").mkdir()
    (folder / "history" / "history.sqlite").write_bytes(b"no database at all" * 100)
    said = doctor.report(doctor.diagnose())
    assert "MEND" in said
    assert "The history is damaged" in said
    folder.rename(tmp_path / "moved")
    said = doctor.report(doctor.diagnose())
    assert "workbook-builder register FOLDER" in said
