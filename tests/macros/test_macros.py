"""The macros: the project is the source, nothing else changes, no cell says what is started."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import pytest
from oletools.olevba import VBA_Parser

from tests.building import ROOT, STAMP, copy_template
from tests.oracles.package import audit
from workbook_builder import app
from workbook_builder.writers.macros import IN_WORKBOOK, macro_sources

EVERY = sorted((ROOT / "macros").glob("*.bas"))
SOURCES = [path for path in EVERY if path.stem in IN_WORKBOOK]
MAY_CHANGE = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/vbaProject.bin",
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("macros")
    folder = copy_template("haringey", place / "folder")
    return app.build(folder, out=place / "out", macros=True, stamp=STAMP).workbook


def modules(path: Path) -> dict[str, str]:
    """The text of every module that has any, as olevba finds it in the package."""
    parser = VBA_Parser(str(path))
    try:
        found = {name: code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()
    return {name: code for name, code in found.items() if "Sub " in code or "Function " in code}


def test_the_project_holds_the_source(workbook: Path) -> None:
    """olevba leaves line ends as they are in the project: those that VBA wants."""
    found = modules(workbook)
    assert set(found) == {f"{path.stem}.bas" for path in SOURCES}
    for path in SOURCES:
        code = found[f"{path.stem}.bas"]
        assert code.splitlines() == path.read_text(encoding="utf-8").splitlines()
        assert all(text.endswith("\r\n") for text in macro_sources(IN_WORKBOOK).values())


def test_the_package_is_sound(workbook: Path) -> None:
    assert workbook.suffix == ".xlsm"
    assert audit(workbook) == []


@pytest.mark.in_ci
def test_builds_at_different_times_are_the_same_bytes(workbook: Path, tmp_path: Path) -> None:
    folder = copy_template("haringey", tmp_path / "folder")
    time.sleep(2.1)
    again = app.build(folder, out=tmp_path / "out", macros=True, stamp=STAMP).workbook
    assert again.read_bytes() == workbook.read_bytes()


def test_all_else_in_the_package_stays_byte_for_byte(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbook_builder.writers import macros

    monkeypatch.setattr(macros, "add_macros", lambda _: None)
    folder = copy_template("haringey", tmp_path / "folder")
    plain = app.build(folder, out=tmp_path / "out", macros=True, stamp=STAMP).workbook
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(workbook) as after:
        assert set(after.namelist()) - set(before.namelist()) == {"xl/vbaProject.bin"}
        for name in before.namelist():
            if name in MAY_CHANGE:
                continue
            old, new = before.read(name), after.read(name)
            if name.startswith("xl/worksheets/sheet"):
                new = re.sub(rb"<sheetPr codeName=\"\w+\"/>", b"", new)
                new = re.sub(rb" codeName=\"\w+\"", b"", new)
                assert new.replace(b"<sheetPr/>", b"") == old.replace(b"<sheetPr/>", b""), name
            else:
                assert new == old, name


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_what_is_started_never_comes_from_the_workbook(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.strip().startswith("'"))
    for word in ("Range", "Cells", "Names", "Evaluate", "Properties", "Sheets", "ActiveCell"):
        assert not re.search(rf"\b{word}\b", code), word
    # LibreOffice drops a whole project that has a conditional compilation in it.
    assert "#If" not in code


@pytest.mark.parametrize(
    ("name", "verb"),
    [("Refresh scorecard.cmd", "refresh"), ("Undo last refresh.cmd", "undo")],
)
def test_the_double_click_scripts_start_one_fixed_command(name: str, verb: str) -> None:
    raw = (ROOT / "macros" / name).read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n"), "Windows' command processor wants CRLF"
    lines = [line.strip() for line in raw.decode("ascii").splitlines()]
    started = [line for line in lines if line.startswith("workbook-builder")]
    assert started == [f"workbook-builder {verb}"]
    assert "%" not in raw.decode("ascii"), "nothing from outside takes part in the command"
