"""A month's last figures come in while people have worked in the open workbook.

The scorecard is built as on an earlier day. A person types, annotates, sorts, inserts, renames and
moves. The whole figures arrive, and the button on the front sheet is pressed: macro, launcher, a
process of its own, `Book.caller()`, and the program's unmodified refresh in the open workbook.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.building import ROOT
from tests.live import books
from tests.live.office import OwnOffice
from tests.live.person import At, Cells, Person
from tests.live.press import press, scripts_of
from workbook_builder.plan.addresses import name_for
from workbook_builder.plan.judgement_steps import COLUMN

pytestmark = pytest.mark.in_ci

OURS = {"Figures", "Notes", "Log"}
SECONDS = 90
PRINTED = ROOT / "tests" / "data" / "haringey" / "front_page.csv"


@dataclass
class Table:
    """Everything that the test leaves on the desk."""

    desk: books.Desk
    person: Person
    messages: Path


@pytest.fixture(scope="module")
def table(office: OwnOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    place = tmp_path_factory.mktemp("button")
    messages = place / "messages.txt"
    launcher(office, place, messages)
    desk = books.desk(place)
    desk.earlier_day()
    document = office.open(desk.build(macros=True))
    found = Table(desk, Person(document), messages)
    work(found)
    yield found
    document.close(True)


def launcher(office: OwnOffice, place: Path, messages: Path) -> None:
    """What the button starts: the program as it is, in the tests' Calc."""
    settings = office.home / ".config" / "workbook-builder"
    settings.mkdir(parents=True, exist_ok=True)
    script = place / "start.sh"
    script.write_text(
        "#!/bin/sh\n"
        f"export WORKBOOK_BUILDER_REGISTER='{os.environ['WORKBOOK_BUILDER_REGISTER']}'\n"
        f"export WORKBOOK_BUILDER_MESSAGES='{messages}'\n"
        f"exec '{sys.executable}' '{ROOT / 'tests' / 'live' / 'started.py'}' \"$@\""
        f" >'{place / 'said.txt'}' 2>&1\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    (settings / "launcher.txt").write_text(f"{script}\n", encoding="utf-8")


def work(table: Table) -> None:
    """A head of service and an officer at work."""
    person = table.person
    box = person.named(name_for("comment", "contacts/1"))
    person.type(box, "'=Fewer contacts in half term, and 10-15 of them late.")
    rich = person.named(name_for("comment", "child-protection/2"))
    person.type_rich(
        rich, [("Plan: ", True, False), ("audit ", False, True), ("in May.", False, False)]
    )
    row = person.find("Child protection", "cp-plans-p6").row
    hand = person.named("hand_2_1")
    reason = person.named("reasons_2_1")
    person.type(At("Child protection", row, hand.col), "Green")
    person.type(At("Child protection", row, reason.col), "The partnership agreed the rise.")
    manual = person.named("manual_month_0")
    person.type(manual, books.MANUAL_FIGURE)
    contact = person.find("Contacts and assessments", "contacts-p4")
    figure = At("Contacts and assessments", contact.row, 8)
    person.note(figure, "Checked with the front door team.")
    person.note(At("Looked after", 0, 0), "For the board of March.")
    over = At("Looked after", person.find("Looked after", "cic-rate-p9").row, 3)
    person.type(over, "=6*7")
    person.height("Organisation", 4, 51.0)
    contacts = 'INDEX(fig_value,MATCH("contacts-p4",fig_key,0),at_month_0)'
    own = {(0, 0): "Contacts", (0, 1): f"={contacts}+1", (1, 1): "='Looked after'!D8*2"}
    person.add_sheet("My workings", own)
    person.rename("Reviews and visits", "Reviews (draft)")
    person.move("Care leavers", 1)
    person.insert_rows("Organisation", 2, 2)
    person.type(At("Organisation", 2, 3), "Row of our own")
    person.insert_columns("Missing and stability", 5)
    person.type(At("Missing and stability", 6, 5), "own column")
    sort_grid(person, "Contacts and assessments")


def sort_grid(person: Person, sheet: str) -> None:
    """Sort the first grid by the report month, its hidden keys along with it."""
    codes = person.document.NamedRanges.getByName("codes_1_1").getReferredCells().RangeAddress
    keys = person.document.NamedRanges.getByName("rows_2").getReferredCells().RangeAddress
    rows = (codes.StartRow, codes.EndRow)
    before = [person.contents(sheet)[row, codes.StartColumn] for row in range(rows[0], rows[1] + 1)]
    person.sort(sheet, rows, (1, keys.EndColumn), 8)
    after = [person.contents(sheet)[row, codes.StartColumn] for row in range(rows[0], rows[1] + 1)]
    assert before != after
    assert sorted(before) == sorted(after)


@dataclass(frozen=True)
class Owned:
    """Everything in the workbook that is not the program's."""

    order: list[str]
    contents: dict[str, Cells]
    notes: dict[str, Cells]
    heights: dict[str, dict[int, int]]
    runs: list[Any]


def owned(table: Table) -> Owned:
    person = table.person
    theirs = [sheet for sheet in person.sheets() if sheet not in OURS]
    return Owned(
        person.sheets(),
        {sheet: person.contents(sheet) for sheet in theirs},
        {sheet: person.notes(sheet) for sheet in person.sheets()},
        {sheet: person.heights(sheet) for sheet in theirs},
        person.runs(person.named(name_for("comment", "child-protection/2"))),
    )


def wait_for(table: Table, sentence: str) -> str:
    """Wait until the Log says that something was done."""
    at = table.person.named("last_refresh")
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        said = str(table.person.cell(at).String)
        if said.startswith(sentence) and table.person.sheet("Log").isProtected():
            return said
        time.sleep(0.25)
    told = table.messages.read_text(encoding="utf-8") if table.messages.exists() else "nothing"
    raise AssertionError(f"no refresh after {SECONDS} s; the program said: {told}")


def judged(person: Person) -> dict[str, list[str]]:
    """Each indicator's row of the Judgement sheet, by its code, as shown."""
    names = person.document.NamedRanges
    area = names.getByName("judge_key").getReferredCells().RangeAddress
    sheet = person.sheet("Judgement")
    positions = {COLUMN[key] for key in ("row", "last", "first")}
    found = {}
    for row in range(area.StartRow, area.EndRow + 1):
        cells = [sheet.getCellByPosition(col, row) for col in range(len(COLUMN))]
        found[cells[0].String] = [
            cell.String for at, cell in enumerate(cells) if at not in positions
        ]
    return found


def test_the_button_brings_the_whole_figures_and_leaves_the_rest(
    table: Table, office: OwnOffice, tmp_path: Path
) -> None:
    before, lights = owned(table), judged(table.person)
    table.desk.whole()
    press(table.person.document, "Summary", "Refresh")
    print("\n" + wait_for(table, "Refreshed"))
    after = owned(table)
    assert after == before
    cells = sum(len(cells) for cells in after.contents.values())
    notes = sum(len(found) for found in after.notes.values())
    heights = sum(len(found) for found in after.heights.values())
    print(f"cells {cells}, notes {notes}, row heights {heights} as before; none differ")
    assert cells > 3_000
    assert notes == 2
    now = judged(table.person)
    changed = [code for code in now if now[code] != lights[code]]
    assert len(changed) >= len(books.MISSING) + len(books.ALTERED)
    expected = reference(table, office, tmp_path)
    assert now == expected
    print(f"indicators right in every step: {len(now)}; moved by the refresh: {len(changed)}")
    as_printed(table.person)


def reference(table: Table, office: OwnOffice, tmp_path: Path) -> dict[str, list[str]]:
    """A workbook built afresh from whole figures, the typed ones in its files."""
    other = books.desk(tmp_path, manual=False)
    with (other.folder / "overrides.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(
            ["cp-plans-p6", "2014-02", "status", "Green", "The partnership agreed the rise.", ""]
        )
    document = office.open(other.build())
    try:
        return judged(Person(document))
    finally:
        document.close(True)
        books.register("haringey", table.desk.folder)


def as_printed(person: Person) -> None:
    """The front sheet's figures of the month are those that the council printed."""
    with PRINTED.open(encoding="utf-8-sig", newline="") as stream:
        printed = {row["code"]: row["this_period"] for row in csv.DictReader(stream)}
    code = person.find("Summary", "Indicator code").col
    sheet = person.sheet("Summary")
    shown = {
        text: sheet.getCellByPosition(3, row).String.replace(",", "")
        for (row, col), text in person.shown("Summary").items()
        if col == code and text in printed
    }
    wanted = {key: value for key, value in printed.items() if value}
    wrong = {key: (shown[key], v) for key, v in wanted.items() if not alike(shown[key], v)}
    print(f"front sheet figures as printed: {len(wanted) - len(wrong)} of {len(wanted)}")
    assert len(wanted) == 55
    assert wrong == {}


def alike(shown: str, printed: str) -> bool:
    """The report leaves a last 0 out: 11.4 where we show 11.40."""
    plain = printed.replace(",", "")
    try:
        return float(shown.removesuffix("%")) == float(plain.removesuffix("%"))
    except ValueError:
        return shown == plain


def test_undo_brings_the_old_figures_and_keeps_a_sentence(table: Table) -> None:
    person = table.person
    refreshed = judged(person)
    box = person.named(name_for("comment", "looked-after/3"))
    person.type(box, "Typed after the refresh.")
    before = owned(table)
    press(person.document, "Summary", "Undo last refresh")
    print("\n" + wait_for(table, "Refresh undone"))
    undone = judged(person)
    assert owned(table) == before
    assert person.cell(box).String == "Typed after the refresh."
    changed = {code for code in undone if undone[code] != refreshed[code]}
    assert set(books.MISSING) | set(books.ALTERED) <= changed
    press(person.document, "Summary", "Refresh")
    wait_for(table, "Refreshed")
    assert judged(person) == refreshed


def test_every_button_leads_to_a_procedure(table: Table) -> None:
    document = table.person.document
    modules = document.BasicLibraries.getByName("VBAProject")
    source = str(modules.getByName("ScorecardButtons"))
    found = 0
    for sheet in table.person.sheets():
        for caption, script in scripts_of(document, sheet).items():
            procedure = script.partition("ScorecardButtons.")[2].partition("?")[0]
            assert procedure, (sheet, caption, script)
            assert f"Public Sub {procedure}()" in source
            found += 1
    assert found == 5 + 8 + 1


def test_check_and_log_buttons_answer(table: Table) -> None:
    person = table.person
    press(person.document, "Summary", "Check")
    deadline = time.monotonic() + SECONDS
    while not table.messages.exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    said = json.loads(table.messages.read_text(encoding="utf-8").splitlines()[-1])
    assert said["problem"] is False
    assert said["text"].startswith("No faults: Children and Families performance scorecard")
    press(person.document, "Summary", "Open log")
    controller = person.document.CurrentController
    while controller.ActiveSheet.Name != "Log" and time.monotonic() < deadline:
        time.sleep(0.2)
    assert controller.ActiveSheet.Name == "Log"
