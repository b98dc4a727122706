"""Starting the next month while this month's workbook is open: what is not saved yet counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.building import ROOT, STAMP
from tests.live import engine
from tests.live.office import OwnOffice
from tests.live.person import Person
from tests.live.test_refresh import MONTH
from workbook_builder import app
from workbook_builder.plan.addresses import name_for

BOX = name_for("comment", "front-door/1")


@pytest.mark.parametrize("rebuild", [False, True], ids=["copied", "rebuilt"])
def test_an_open_workbook_is_read_as_it_is_and_left_alone(
    office: OwnOffice, tmp_path: Path, rebuild: bool
) -> None:
    folder = tmp_path / "scorecard"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    workbook = app.build(folder, MONTH, tmp_path / "out", stamp=STAMP).workbook
    before = workbook.read_bytes()
    office.close_all()
    engine.register(office)
    person = Person(office.open(workbook))
    person.type(person.named(BOX), "Not saved yet.")
    done = app.next_month(workbook, folder, stamp=STAMP, rebuild=rebuild)
    assert workbook.read_bytes() == before
    sheet = openpyxl.load_workbook(done.workbook)["Front door"]
    texts = {str(one.value) for row in sheet for one in row}
    assert "Last month (June 2024): Not saved yet." in texts
    assert person.shown("Front door")
    office.close_all()
