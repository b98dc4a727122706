"""What the ribbon's buttons start, with the workbook open: publishing, next month, a copy."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.building import ROOT, STAMP
from tests.importing.test_import import type_into
from tests.live import engine
from tests.live.office import OwnOffice
from tests.live.person import Person
from tests.live.test_refresh import MONTH
from workbook_builder import app, buttons
from workbook_builder.history import read_history
from workbook_builder.plan.addresses import name_for
from workbook_builder.register import register

BOX = name_for("comment", "front-door/1")


@dataclass(frozen=True)
class Table:
    """The workbook on the screen, and what a message box would have said."""

    folder: Path
    workbook: Path
    person: Person
    messages: Path
    patch: pytest.MonkeyPatch

    def press(self, verb: str, *more: str) -> str:
        """What the macro of a button starts; the text of its message."""
        given = [verb, f"--wb={self.workbook.name}", "--from_xl=1", *more]
        # xlwings looks for the workbook's name in the command line of its process.
        self.patch.setattr(sys, "argv", ["workbook-builder-button", *given])
        assert buttons.main(given) == 0, self.messages.read_text(encoding="utf-8")
        return str(json.loads(self.messages.read_text(encoding="utf-8").splitlines()[-1])["text"])


@pytest.fixture
def table(office: OwnOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    folder = tmp_path / "scorecard"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    workbook = app.build(folder, MONTH, tmp_path / "out", stamp=STAMP).workbook
    register("small", folder, workbook)
    messages = tmp_path / "messages.txt"
    monkeypatch.setenv("WORKBOOK_BUILDER_MESSAGES", str(messages))
    office.close_all()
    engine.register(office)
    yield Table(folder, workbook, Person(office.open(workbook)), messages, monkeypatch)
    office.close_all()


def test_a_month_is_published_with_what_is_not_saved_yet(table: Table) -> None:
    table.person.type(table.person.named(BOX), "Not saved yet.")
    assert "June 2024: Published on " in table.press("publish")
    with read_history(table.folder, "small") as history:
        (publication,) = history.publications(MONTH)
        assert "Not saved yet." in history.text(publication.typed)
    table.press("refresh")
    assert "Published on " in "".join(table.person.shown("Summary").values())


def test_the_next_month_stands_beside_the_open_workbook(table: Table) -> None:
    table.person.type(table.person.named(BOX), "Not saved yet.")
    said = table.press("next-month")
    new = table.workbook.with_name("Scorecard 2024-07.xlsx")
    assert str(new) in said
    texts = {str(one.value) for row in openpyxl.load_workbook(new)["Front door"] for one in row}
    assert "Last month (June 2024): Not saved yet." in texts


@pytest.mark.in_ci
def test_a_copy_is_taken_into_the_open_workbook(table: Table, tmp_path: Path) -> None:
    copy = tmp_path / "with comments.xlsx"
    shutil.copy(table.workbook, copy)
    type_into(copy, **{BOX: "=From the copy"}, note_on_B7="A note of the copy.")
    said = table.press("import", f"--copy={copy}")
    assert "Taken over: 2" in said
    person = table.person
    assert person.cell(person.named(BOX)).String == "=From the copy"
    tab = openpyxl.load_workbook(copy).sheetnames[1]
    assert "A note of the copy." in person.notes(tab).values()
    assert "Taken over: 0" in table.press("import", f"--copy={copy}")
