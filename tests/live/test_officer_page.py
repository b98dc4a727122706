"""docs/month.md followed step by step: every command on it, with the workbook open in Calc."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.building import ROOT
from tests.live import books, engine
from tests.live.office import OwnOffice
from tests.live.person import At, Person
from tests.live.press import press
from tests.live.test_button import Table, judged, launcher, wait_for
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.plan.addresses import name_for

pytestmark = pytest.mark.in_ci

PAGE = ROOT / "docs" / "month.md"


def commands() -> list[list[str]]:
    """The commands of the page's sh blocks, in order, without the program's name."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line]
    assert all(line.startswith("workbook-builder ") for line in lines)
    return [shlex.split(line)[1:] for line in lines]


def test_from_files_to_a_refreshed_workbook(
    office: OwnOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    launcher(office, tmp_path, tmp_path / "messages.txt")
    new, check, build, *rest = commands()
    assert (new[0], check[0], build[0]) == ("new", "check", "build")
    assert main(new) == 0
    figures = Path("my-scorecard/extracts/figures.csv")
    whole = figures.read_text(encoding="utf-8")
    old = "contacts-p4,,2014-02,,,479"
    figures.write_text(whole.replace(old, "contacts-p4,,2014-02,,,400"), encoding="utf-8")
    assert main(check) == 0
    assert main(build) == 0
    office.close_all()
    engine.register(office)
    document = office.open(Path("scorecards/Scorecard 2014-02.xlsm"))
    person = Person(document)
    box = person.named(name_for("comment", "contacts/1"))
    person.type(box, "Typed as the page says.")
    figures.write_text(whole, encoding="utf-8")
    table = Table(books.Desk(Path("my-scorecard"), Path("scorecards")), person, Path("none"))
    press(document, "Summary", "Refresh")
    assert "1 changed" in wait_for(table, "Refreshed")
    contacts = person.find("Summary", "contacts-p4").row
    assert person.cell(At("Summary", contacts, 3)).String == "479"
    lights = judged(person)
    assert app.refresh().cells == 0
    assert judged(person) == lights
    capsys.readouterr()
    for command in rest:
        assert main(command) == 0, command
    said = capsys.readouterr().out
    assert "    Typed as the page says." in said
    assert Path("typed.csv").exists()
    assert "479 from extracts/figures.csv, row" in said
    assert [command[0] for command in rest] == [
        "annotations",
        "annotations",
        "drill",
        "register",
        "doctor",
    ]
    office.close_all()


def test_every_picture_of_the_page_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert len(pictures) == 7
    assert all((PAGE.parent / picture).is_file() for picture in pictures)
