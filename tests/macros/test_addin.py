"""The add-in: its project is the source, and every button of its ribbon leads to a procedure."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from oletools.olevba import VBA_Parser

from tests.building import ROOT
from tests.oracles.package import audit
from workbook_builder import app
from workbook_builder.buttons import VERBS
from workbook_builder.cli import main

RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
MODULES = ("ScorecardStart", "ScorecardRibbon")


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return app.build_addin(tmp_path_factory.mktemp("addin"))


def project(path: Path) -> dict[str, str]:
    parser = VBA_Parser(str(path))
    try:
        return {name.removesuffix(".bas"): code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()


def buttons(path: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("customUI/customUI14.xml"))
    return [dict(one.attrib) for one in root.iter(f"{RIBBON}button")]


def test_the_project_holds_the_source_and_nothing_else(addin: Path) -> None:
    found = {name: code for name, code in project(addin).items() if "Sub " in code}
    assert set(found) == set(MODULES)
    for name in MODULES:
        source = (ROOT / "macros" / f"{name}.bas").read_text(encoding="utf-8")
        assert found[name].splitlines() == source.splitlines()


def test_every_button_leads_to_a_procedure_that_starts_a_verb(addin: Path) -> None:
    code = project(addin)["ScorecardRibbon"]
    captions = []
    for one in buttons(addin):
        head = f"Public Sub {one['onAction']}(control As IRibbonControl)"
        body = code.partition(head)[2].partition("End Sub")[0]
        verbs = set(re.findall(r'StartInFront "([a-z-]+)"', body))
        assert len(verbs) == 1, one
        assert verbs <= set(VERBS), one
        captions.append(one["label"])
    assert captions == [
        "Refresh",
        "Undo last refresh",
        "Check",
        "Open log",
        "Next month",
        "Publish",
        "Import a copy",
    ]


def test_no_procedure_of_the_ribbon_is_left_without_a_button(addin: Path) -> None:
    code = project(addin)["ScorecardRibbon"]
    callbacks = set(re.findall(r"Public Sub (\w+)\(", code))
    assert callbacks == {one["onAction"] for one in buttons(addin)}


def test_ids_are_told_apart_and_every_button_says_what_it_does(addin: Path) -> None:
    found = buttons(addin)
    assert len({one["id"] for one in found}) == len(found) == 7
    assert all(one["supertip"].endswith(".") and one["imageMso"] for one in found)


def test_the_package_is_sound_and_names_nobody(addin: Path) -> None:
    assert audit(addin) == []
    with zipfile.ZipFile(addin) as package:
        core = package.read("docProps/core.xml").decode()
        assert "creator" not in core
        assert "lastModifiedBy" not in core


def test_the_same_version_gives_the_same_bytes(addin: Path, tmp_path: Path) -> None:
    assert app.build_addin(tmp_path).read_bytes() == addin.read_bytes()


def test_the_command_says_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["addin", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"Add-in: {tmp_path / 'workbook-builder.xlam'}\n"


def test_questions_are_asked_before_what_cannot_be_taken_back(addin: Path) -> None:
    code = project(addin)["ScorecardRibbon"]
    for name in ("OnPublish", "OnNextMonth"):
        body = code.partition(f"Public Sub {name}(")[2].partition("End Sub")[0]
        assert re.search(r'If Agreed\("[^"]+\?[^"]*"\) Then StartInFront', body), name
