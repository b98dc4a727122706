"""A refresh of the open workbook of a published month: no figure, light, arrow or target moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import ROOT, STAMP
from tests.live import engine
from tests.live.com import FILTERS
from tests.live.office import OwnOffice, options, url
from tests.live.person import At, Person
from tests.live.test_refresh import CONTACTS, MONTH, Open
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.plan.addresses import name_for
from workbook_builder.plan.notes_published import HELD_BACK, LATER

pytestmark = pytest.mark.in_ci

SENTENCE = "Published on 10 March 2014, 09:30 by officer1"


@pytest.fixture
def opened(office: OwnOffice, tmp_path: Path) -> Iterator[Open]:
    """June, typed in and refreshed in Calc, and published by a copy that was saved then."""
    folder = tmp_path / "scorecard"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    workbook = app.build(folder, MONTH, tmp_path / "out", stamp=STAMP).workbook
    office.close_all()
    calc = engine.register(office)
    document = office.open(workbook)
    found = Open(folder, Person(document), calc, office, workbook)
    found.person.type(found.person.named(name_for("comment", "front-door/1")), "As published.")
    hand(found, "Green")
    found.give(CONTACTS, "contacts,,Jun-24,,,431")
    found.refresh()
    copy = tmp_path / "typed.xlsx"
    document.storeToURL(url(copy), options(FilterName=FILTERS[".xlsx"]))
    app.publish(folder, MONTH, source=copy, stamp=STAMP)
    yield found
    office.close_all()


def hand(opened: Open, text: str) -> None:
    """Put the status of the contacts by hand."""
    person = opened.person
    row = person.find("Front door", "contacts", person.named("codes_1_1").col).row
    person.type(At("Front door", row, person.named("hand_1_1").col), text)


def everything(opened: Open) -> dict[str, object]:
    """What every cell shows, but for the sheets and the line that say what was done."""
    person = opened.person
    found = {name: person.shown(name) for name in person.sheets() if name not in ("Notes", "Log")}
    found["Summary"].pop((1, 0))
    return dict(found)


def notes(opened: Open) -> str:
    return "\n".join(opened.person.shown("Notes").values())


def test_a_published_month_stays_as_it_is(opened: Open) -> None:
    results = opened.workbook.with_name("results.csv")
    before = everything(opened)
    opened.give("contacts,,Jun-24,,,431", "contacts,,Jun-24,,,999")
    targets = opened.folder / "targets.csv"
    text = targets.read_text(encoding="utf-8")
    targets.write_text(text.replace("point,80", "point,60"), encoding="utf-8")

    done = opened.refresh()
    assert everything(opened) == before
    assert opened.front("contacts") == "431"
    assert opened.person.cell(At("Summary", 1, 0)).String.endswith(SENTENCE)
    assert SENTENCE in done.remark
    assert "would change" in done.remark
    assert HELD_BACK in notes(opened)
    assert "figure 431" in notes(opened)
    assert "figure 999" in notes(opened)
    log = list(opened.person.shown("Log").values())
    (line,) = (text for text in log if text.startswith("Refreshed ("))
    assert line.endswith(" held back)")
    published = results.read_bytes()
    app.build(opened.folder, MONTH, opened.workbook.parent / "copy", stamp=STAMP)
    assert (opened.workbook.parent / "copy" / "results.csv").read_bytes() == published

    again = opened.refresh()
    assert (again.cells, opened.calc.writes) == (0, [])


def test_what_is_typed_after_it_is_listed_and_a_status_is_refused(opened: Open) -> None:
    opened.refresh()
    box = opened.person.named(name_for("comment", "front-door/1"))
    opened.person.type(box, "An afterthought.")
    opened.refresh()
    assert opened.person.cell(box).String == "An afterthought."
    assert LATER in notes(opened)
    assert "An afterthought." in notes(opened)
    hand(opened, "Red")
    said = opened.refused("WB722")
    assert "published with the status Green" in said
    hand(opened, "Green")
    opened.refresh()


def test_a_refresh_before_it_cannot_be_undone_and_one_after_it_can(opened: Open) -> None:
    with pytest.raises(UserError, match="WB723"):
        app.undo(stamp=STAMP)
    opened.refresh()
    before = everything(opened)
    app.undo(stamp=STAMP)
    assert everything(opened) == before
