"""Copies, sorted and copied rows, interrupted writing: where typing could go astray."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.building import ROOT, STAMP
from tests.live import engine
from tests.live.com import FILTERS
from tests.live.office import OwnOffice, options, url
from tests.live.person import At, Person
from tests.live.test_refresh import CONTACTS, Open
from tests.live.test_refresh import built_small as built_small
from tests.live.test_refresh import opened as opened
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.history import open_history, read_history
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.addresses import name_for
from workbook_builder.plan.slots import MANUAL, NOTE
from workbook_builder.writers import live

pytestmark = pytest.mark.in_ci

MONTH = "2024-06"
BOX = name_for("comment", "front-door/1")


def hand(opened: Open, code: str, name: str) -> At:
    """A grid row's cell for the status by hand or its reason."""
    person = opened.person
    row = person.find("Front door", code, person.named("codes_1_1").col).row
    return At("Front door", row, person.named(name).col)


def save(opened: Open, path: Path) -> None:
    opened.person.document.storeToURL(url(path), options(FilterName=FILTERS[".xlsx"]))


def box_of(path: Path) -> object:
    book = openpyxl.load_workbook(path)
    title, where = next(iter(book.defined_names[BOX].destinations))
    return book[title][where.replace("$", "").partition(":")[0]].value


def test_a_workbook_saved_elsewhere_is_carried_from_the_history(
    opened: Open, tmp_path: Path
) -> None:
    """Refreshed under another name; the first build still stands where the next one goes."""
    opened.person.type(opened.person.named(BOX), "Typed in the team's copy")
    (tmp_path / "team").mkdir()
    save(opened, tmp_path / "team" / f"Scorecard {MONTH}.xlsx")
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    app.refresh()
    opened.office.close_all()
    earlier = opened.workbook.stat().st_mtime - 3600
    os.utime(opened.workbook, (earlier, earlier))
    built = app.build(opened.folder, MONTH, opened.workbook.parent)
    assert box_of(built.workbook) == "Typed in the team's copy"
    with read_history(opened.folder, "small") as history:
        assert "Typed in the team's copy" in {one.content for one in history.typed(MONTH)}


def test_build_takes_typing_from_the_workbook_that_is_named(opened: Open, tmp_path: Path) -> None:
    opened.person.type(opened.person.named(BOX), "Never refreshed")
    copy = tmp_path / "team.xlsx"
    save(opened, copy)
    opened.office.close_all()
    out = str(opened.workbook.parent)
    assert main(["build", str(opened.folder), "--out", out, "--from", str(copy)]) == 0
    assert box_of(opened.workbook) == "Never refreshed"
    assert main(["build", str(opened.folder), "--from", str(tmp_path / "no.xlsx")]) == 1


def test_two_forms_that_differ_are_refused_and_both_named(opened: Open) -> None:
    """An .xlsx and an .xlsm of one month, each with something typed."""
    out = opened.workbook.parent
    opened.person.type(opened.person.named(BOX), "In the workbook without macros")
    copy = out / "copy.xlsx"
    save(opened, copy)
    opened.office.close_all()
    app.build(opened.folder, MONTH, out, macros=True, stamp=STAMP)
    macros = out / f"Scorecard {MONTH}.xlsm"
    document = opened.office.open(macros)
    person = Person(document)
    person.type(person.named(BOX), "In the one with macros")
    document.storeToURL(url(out / "m.xlsm"), options(FilterName=FILTERS[".xlsm"]))
    opened.office.close_all()
    (out / "m.xlsm").replace(macros)
    copy.replace(opened.workbook)
    before = {path: path.read_bytes() for path in (macros, opened.workbook)}
    with pytest.raises(UserError) as caught:
        app.build(opened.folder, MONTH, out, macros=True, stamp=STAMP)
    assert [fault.code for fault in caught.value.faults] == ["WB612"]
    assert all(name in str(caught.value) for name in (macros.name, opened.workbook.name))
    assert {path: path.read_bytes() for path in before} == before


def test_another_scorecards_workbook_is_not_replaced(opened: Open, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(opened.folder, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    settings = folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('id = "small"', 'id = "other"'), encoding="utf-8")
    opened.office.close_all()
    before = opened.workbook.read_bytes()
    with pytest.raises(UserError, match=r'WB613.*scorecard "small"'):
        app.build(folder, MONTH, opened.workbook.parent, stamp=STAMP)
    assert opened.workbook.read_bytes() == before


def test_rows_sorted_by_what_can_be_seen_keep_their_notes(opened: Open) -> None:
    """The hidden keys at the right stay behind when only the visible columns are sorted."""
    person = opened.person
    codes = person.named("codes_1_1")
    first = codes.row
    rows = (first, first + 5)
    person.note(At("Front door", person.find("Front door", "contacts", codes.col).row, 4), "mine")
    person.sort("Front door", rows, (1, codes.col), codes.col)
    here = person.find("Front door", "contacts", codes.col).row
    # Calc leaves notes where they were when it sorts, so the person sticks it on again.
    for at in person.notes("Front door"):
        person.cell(At("Front door", *at)).clearContents(8)
    person.note(At("Front door", here, 4), "mine")
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    opened.refresh()
    with read_history(opened.folder, "small") as history:
        assert [one.key for one in history.typed(MONTH) if one.kind == NOTE] == ["contacts"]
        assert [one for one in history.typed(MONTH) if one.kind == "typed over"] == []


def test_a_row_that_was_copied_hides_nothing(opened: Open) -> None:
    person = opened.person
    person.type(hand(opened, "contacts", "hand_1_1"), "Green")
    person.type(hand(opened, "contacts", "reasons_1_1"), "first reason")
    row = person.find("Front door", "referrals", person.named("codes_1_1").col).row
    person.type(At("Front door", row, person.named("codes_1_1").col), "contacts")
    person.type(At("Front door", row, person.named("reasons_1_1").col), "second reason")
    opened.refresh()
    with read_history(opened.folder, "small") as history:
        reasons = {one.content for one in history.typed(MONTH) if "reason" in one.slot}
    assert {"first reason", "second reason"} <= reasons


def test_a_reason_without_a_status_stands_again_after_a_rebuild(
    opened: Open, tmp_path: Path
) -> None:
    opened.person.type(hand(opened, "contacts", "reasons_1_1"), "written before the status")
    save(opened, tmp_path / "copy.xlsx")
    opened.office.close_all()
    app.build(opened.folder, MONTH, opened.workbook.parent, source=tmp_path / "copy.xlsx")
    sheet = openpyxl.load_workbook(opened.workbook)["Front door"]
    texts = {str(one.value) for row in sheet.iter_rows() for one in row}
    assert "written before the status" in texts


def test_a_status_of_blanks_is_none(opened: Open) -> None:
    opened.person.type(hand(opened, "contacts", "reasons_1_1"), " ")
    opened.person.type(hand(opened, "contacts", "hand_1_1"), "Green ")
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    assert opened.refresh().cells > 0


def test_a_status_that_only_the_folder_has_is_asked_for(opened: Open) -> None:
    with (opened.folder / "overrides.csv").open("a", encoding="utf-8") as stream:
        stream.write("contacts,2024-06,status,Red,The board said so,chair\n")
    said = opened.refused("WB721")
    assert "contacts" in said
    assert "Red" in said
    opened.person.type(hand(opened, "contacts", "hand_1_1"), "Red")
    opened.refresh()


def test_an_interrupted_refresh_is_completed_by_the_next(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    once = live._write
    written: list[object] = []

    def stop(*arguments: object, **named: object) -> None:
        if written:
            raise UserError([])
        written.append(arguments)
        once(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(live, "_write", stop)
    with pytest.raises(UserError, match="WB720") as caught:
        opened.refresh()
    assert caught.value.interrupted
    monkeypatch.undo()
    assert opened.front("contacts") == "999"
    opened.refresh()
    assert "Refreshed" in str(opened.person.cell(At("Summary", 1, 0)).String)
    assert opened.refresh().cells == 0
    app.undo(stamp=STAMP)
    assert opened.front("contacts") == "430"


def test_undo_in_another_copy_is_refused(opened: Open, tmp_path: Path) -> None:
    save(opened, tmp_path / "copy.xlsx")
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    opened.refresh()
    opened.office.close_all()
    opened.person = Person(opened.office.open(tmp_path / "copy.xlsx"))
    opened.calc.writes.clear()
    with pytest.raises(UserError, match="another copy"):
        app.undo(stamp=STAMP)
    assert opened.calc.writes == []


def test_results_follow_a_refresh_and_its_undo(opened: Open) -> None:
    results = opened.workbook.with_name("results.csv")
    first = results.read_bytes()
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    opened.refresh()
    assert b"999" in results.read_bytes()
    app.undo(stamp=STAMP)
    assert results.read_bytes() == first


def test_open_results_are_a_remark_and_no_fault(opened: Open) -> None:
    results = opened.workbook.with_name("results.csv")
    results.with_name("~$results.csv").write_bytes(b"\x02me")
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    done = opened.refresh()
    assert opened.front("contacts") == "999"
    assert "results.csv" in done.remark
    assert "Close it" in done.remark


@pytest.fixture
def manual(office: OwnOffice, tmp_path: Path) -> Iterator[Open]:
    """A scorecard in which two indicators are typed by hand."""
    folder = tmp_path / "scorecard"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    file = folder / "indicators" / "a.toml"
    text = file.read_text(encoding="utf-8")
    for code in ("contacts", "referrals"):
        line = f'code = "{code}"\n'
        assert line in text
        text = text.replace(line, f'{line}fed_from = "manual figures"\n')
    file.write_text(text, encoding="utf-8")
    months = folder / "extracts" / "months.csv"
    lines = months.read_text(encoding="utf-8").splitlines()
    kept = [one for one in lines if not one.startswith(("referrals,,Jun-24", "contacts,,Jun-24"))]
    months.write_text("\n".join(kept) + "\n", encoding="utf-8")
    workbook = app.build(folder, MONTH, tmp_path / "out", stamp=STAMP).workbook
    office.close_all()
    calc = engine.register(office)
    yield Open(folder, Person(office.open(workbook)), calc, office, workbook)
    office.close_all()


def test_a_sorted_manual_table_shows_the_name_that_a_figure_feeds(manual: Open) -> None:
    person = manual.person
    cell, codes = person.named("manual_month_0"), person.named("manual_month_codes")
    for step in range(2):
        person.type(At(cell.sheet, cell.row + step, cell.col), str(11 * (step + 1)))
    person.sort(cell.sheet, (cell.row, cell.row + 1), (1, cell.col), cell.col)
    manual.refresh()
    shown = {}
    for step in range(2):
        code = str(person.cell(At(codes.sheet, codes.row + step, codes.col)).String)
        name = str(person.cell(At(cell.sheet, cell.row + step, 1)).String)
        figure = str(person.cell(At(cell.sheet, cell.row + step, cell.col)).String)
        shown[code.partition("|")[0]] = (name, figure)
    assert manual.front("contacts") == shown["contacts"][1]
    for code, (name, _) in shown.items():
        at = person.find("Summary", code)
        assert person.cell(At("Summary", at.row, 2)).String == name


def test_a_manual_figure_that_was_emptied_stays_empty(manual: Open) -> None:
    """It was typed in May's workbook, carried into June's and taken out there."""
    record = next(iter(_typed(manual)))
    with open_history(manual.folder, "small", STAMP) as history:
        history.save_typed("2024-05", "Scorecard 2024-05.xlsx", [record_in(record, "2024-05")])
        history.save_typed(MONTH, "Scorecard 2024-06.xlsx", [record])
        assert [one.content for one in history.latest(MANUAL)] == ["11"]
        history.save_typed(MONTH, "Scorecard 2024-06.xlsx", [])
        assert history.latest(MANUAL) == ()


def _typed(manual: Open) -> list[TypedRecord]:
    cell = manual.person.named("manual_month_0")
    manual.person.type(cell, "11")
    manual.refresh()
    with read_history(manual.folder, "small") as history:
        return [one for one in history.typed(MONTH) if one.kind == MANUAL]


def record_in(record: TypedRecord, month: str) -> TypedRecord:
    return replace(record, month=month)
