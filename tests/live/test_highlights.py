"""A refresh of a highlight report: new sentences in old places, what people typed left alone."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import STAMP, copy_template
from tests.live import engine
from tests.live.com import FILTERS
from tests.live.office import OwnOffice, options, url
from tests.live.person import At, Person
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.plan.addresses import name_for
from workbook_builder.register import register

pytestmark = pytest.mark.in_ci

MONTH = "2017-06"
TAB = "Highlights"
BOX = name_for("comment", "highlights/Children in Care")


@dataclass
class Open:
    """The Kirklees report, open in Calc."""

    folder: Path
    person: Person
    calc: engine.Engine
    workbook: Path

    def give(self, old: str, new: str) -> None:
        file = self.folder / "extracts" / "figures.csv"
        text = file.read_text(encoding="utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new), encoding="utf-8")

    def refresh(self) -> app.Refreshed:
        self.calc.writes.clear()
        return app.refresh(stamp=STAMP)

    def headed(self, code: str) -> list[str]:
        """The sentences beside the rows of the tab whose heading begins with a code."""
        shown = self.person.shown(TAB)
        rows = [row for (row, col), text in shown.items() if col == 1 and text.startswith(code)]
        return [shown[row, 2] for row in rows]

    def rows(self) -> list[dict[str, str]]:
        path = self.workbook.with_name("highlights.csv")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report's folder and, in out, its workbook, to be copied for every test."""
    place = tmp_path_factory.mktemp("highlights")
    app.build(copy_template("kirklees", place / "scorecard"), MONTH, place / "out", stamp=STAMP)
    return place


@pytest.fixture
def opened(office: OwnOffice, built: Path, tmp_path: Path) -> Iterator[Open]:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "scorecard"
    workbook = tmp_path / "out" / f"Scorecard {MONTH}.xlsx"
    register("kirklees", folder, workbook)
    office.close_all()
    calc = engine.register(office)
    document = office.open(workbook)
    yield Open(folder, Person(document), calc, workbook)
    office.close_all()


def test_a_refresh_writes_the_sentences_and_no_tab(opened: Open) -> None:
    person = opened.person
    person.type(person.named(BOX), "We are looking at every child at home.")
    at = person.find(TAB, "Improvement")
    person.type(At(TAB, at.row, at.col), "What is better")
    before = opened.headed("4.02.03")
    opened.give("4.02.03,,2017-06,17,,2.6", "4.02.03,,2017-06,30,,4.5")
    opened.refresh()
    assert [s for s, _ in opened.calc.writes] == ["Figures", "Notes", "Sentences", "Log"]
    assert before == ["2.6% (17) in June 2017, down 0.4 points from 3.0% (21) in April 2017."]
    assert opened.headed("4.02.03") == [
        "4.5% (30) in June 2017, up 1.5 points from 3.0% (21) in April 2017."
    ]
    assert person.cell(person.named(BOX)).String == "We are looking at every child at home."
    assert person.cell(at).String == "What is better"
    filed = {row["indicator"]: row["section"] for row in opened.rows()}
    assert filed["4.02.03"] == "improvement"
    # Empty places stay empty and are not 0.
    assert "0" not in {text for (_, col), text in person.shown(TAB).items() if col in (1, 2)}


def test_undo_brings_back_sentences_and_rows(opened: Open) -> None:
    sentences, rows = opened.headed("4.02.03"), opened.rows()
    opened.give("4.02.03,,2017-06,17,,2.6", "4.02.03,,2017-06,30,,4.5")
    opened.refresh()
    assert opened.headed("4.02.03") != sentences
    app.undo(stamp=STAMP)
    assert opened.headed("4.02.03") == sentences
    assert opened.rows() == rows


def test_a_second_refresh_writes_nothing(opened: Open) -> None:
    opened.give("4.02.03,,2017-06,17,,2.6", "4.02.03,,2017-06,30,,4.5")
    opened.refresh()
    assert opened.refresh().cells == 0
    assert opened.calc.writes == []


def test_more_sentences_than_places_are_refused(opened: Open) -> None:
    """Two more improvements in Children Entering Care, which has one place to spare."""
    opened.give("4.01.04,,2017-06,4,,23.5", "4.01.04,,2017-06,1,,5.0")
    opened.give("4.01.05,boundary=within,2017-06,9,,52.9", "4.01.05,boundary=within,2017-06,9,,90")
    before = opened.person.contents(TAB)
    with pytest.raises(UserError, match="no room"):
        opened.refresh()
    assert opened.calc.writes == []
    assert opened.person.contents(TAB) == before


def test_a_rebuild_carries_the_narratives_over(opened: Open, tmp_path: Path) -> None:
    person = opened.person
    person.type(person.named(BOX), "Told to the board.")
    typed = tmp_path / "typed.xlsx"
    person.document.storeToURL(url(typed), options(FilterName=FILTERS[".xlsx"]))
    person.document.close(True)
    shutil.copyfile(typed, opened.workbook)
    built = app.build(opened.folder, MONTH, tmp_path / "out", stamp=STAMP)
    assert built.carried == 1
    assert built.left == ()
