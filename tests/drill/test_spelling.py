"""A group is drilled by any of its spellings, and by a team's old name, and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import STAMP
from tests.drill.own_list import one_list
from tests.drill.written import read
from workbook_builder import app

ROW = "A{0},Male,WBRI,01/02/2015,10,0{0}/03/2025,1A,No,0,{1},W"
TEAMS = ("Blue", "BLUE", "Blue", "Red")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = tuple(ROW.format(number, team) for number, team in enumerate(TEAMS, start=1))
    place = one_list(tmp_path, rows)
    file = place / "indicators" / "1-front-door.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace('name = "Referrals"', 'breakdowns = ["team"]\nname = "Referrals"', 1)
    file.write_text(text, encoding="utf-8")
    app.build(place, out=tmp_path / "out", stamp=STAMP)
    return place


def drilled(folder: Path, breakdown: str, out: Path) -> app.Drilled:
    done = app.drill(folder, "referrals", "2025-03", breakdown, out)
    assert isinstance(done, app.Drilled)
    return done


@pytest.mark.parametrize("asked", ["team=Blue", "team=BLUE", "team=blue", "team=Blue "])
def test_a_team_in_any_spelling_is_compared(folder: Path, tmp_path: Path, asked: str) -> None:
    done = drilled(folder, asked, tmp_path / "a.csv")
    assert len(read(tmp_path / "a.csv").records) == 3
    assert done.agrees, done.comparison


@pytest.mark.parametrize("asked", ["team=Blue", "team=Azure", "team=azure"])
def test_a_team_renamed_since_the_build_is_compared(
    folder: Path, tmp_path: Path, asked: str
) -> None:
    """The history has it by its old name."""
    mapping = folder / "extracts" / "lists" / "mapping.toml"
    mapping.write_text('[teams]\nBlue = "Azure"\n', encoding="utf-8")
    done = drilled(folder, asked, tmp_path / "a.csv")
    assert len(read(tmp_path / "a.csv").records) == 3
    assert done.agrees, done.comparison


def test_another_team_is_another_figure(folder: Path, tmp_path: Path) -> None:
    rows = (folder / "extracts" / "lists" / "2025-03" / "referrals.csv").read_text("utf-8")
    rows = rows.replace("Red", "Green")
    (folder / "extracts" / "lists" / "2025-03" / "referrals.csv").write_text(rows, "utf-8")
    done = drilled(folder, "team=Green", tmp_path / "a.csv")
    assert done.agrees is None
    assert "There is no such figure" in done.comparison
