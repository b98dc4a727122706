"""Copies that come back by e-mail: what was typed in them reaches the workbook, and once."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.building import STAMP
from tests.closed.desk import Desk, desk
from tests.oracles.package import audit
from tests.oracles.reading import reading
from tests.publishing.desk import on
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.plan.addresses import name_for
from workbook_builder.writers.closed import ClosedFile

BOX, SECOND = name_for("comment", "front-door/1"), "reasons_1_1"
MAY_DIFFER = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}


def at(book: openpyxl.Workbook, name: str) -> tuple[str, str]:
    sheet, span = next(iter(book.defined_names[name].destinations))
    return sheet, span.replace("$", "").partition(":")[0]


def type_into(path: Path, **texts: str) -> None:
    """Type into boxes by name; `note_on_B7` sticks a note on a cell of the first tab."""
    book = openpyxl.load_workbook(path, rich_text=True)
    for name, text in texts.items():
        if name.startswith("note_on_"):
            book.worksheets[1][name.removeprefix("note_on_")].comment = Comment(text, "Head1")
        else:
            sheet, cell = at(book, name)
            book[sheet][cell].value = text
    book.properties.lastModifiedBy = "Head1"
    book.save(path)


def said(path: Path, name: str) -> object:
    book = reading(path)
    sheet, cell = at(book, name)
    return book[sheet][cell].value


def notes(path: Path) -> dict[tuple[str, str], str]:
    book = reading(path)
    return {
        (sheet.title, one.coordinate): one.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for one in row
        if one.comment is not None
    }


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def held(tmp_path: Path) -> Desk:
    return desk(tmp_path / "desk")


@pytest.fixture
def copy(held: Desk, tmp_path: Path) -> Path:
    """A copy that was sent out."""
    path = tmp_path / "Scorecard 2024-06 with comments.xlsx"
    shutil.copy(held.workbook, path)
    return path


def bring(held: Desk, copy: Path) -> app.Imported:
    return app.import_copy(copy, held.workbook, held.folder, stamp=on(1))


def test_a_comment_of_the_copy_stands_in_the_workbook(held: Desk, copy: Path) -> None:
    type_into(copy, **{BOX: "Half term explains it."})
    done = bring(held, copy)
    assert len(done.taken) == 1
    assert (done.both, done.kept, done.hindered) == ((), (), None)
    assert said(held.workbook, BOX) == "Half term explains it."
    assert audit(held.workbook) == []


def test_a_note_of_the_copy_is_on_the_same_cell(held: Desk, copy: Path) -> None:
    type_into(copy, note_on_B7="Ask the front door team.")
    tab = reading(copy).sheetnames[1]
    bring(held, copy)
    assert notes(held.workbook) == {(tab, "B7"): "Ask the front door team."}
    assert audit(held.workbook) == []
    listed = app.list_annotations(held.folder)
    assert [row[4] for row in listed.rows if row[3] == "note"] == ["Ask the front door team."]


def test_where_both_changed_both_texts_stand_there_with_who(held: Desk, copy: Path) -> None:
    type_into(held.workbook, **{BOX: "The officer's view."})
    type_into(copy, **{BOX: "The head of service's view."})
    done = bring(held, copy)
    assert len(done.both) == 1
    text = str(said(held.workbook, BOX))
    ours, _, theirs = text.partition("\n\n")
    assert ours.startswith(f"[{STAMP.who}, ")
    assert ours.endswith("The officer's view.")
    assert "Head1" in theirs
    assert theirs.endswith("The head of service's view.")


@pytest.mark.in_ci
def test_two_notes_on_one_cell_are_one_with_both_texts(held: Desk, copy: Path) -> None:
    type_into(held.workbook, note_on_B7="From the officer.")
    type_into(copy, note_on_B7="From the head.")
    done = bring(held, copy)
    assert len(done.both) == 1
    (text,) = notes(held.workbook).values()
    assert "From the officer." in text
    assert "From the head." in text


@pytest.mark.in_ci
def test_of_two_statuses_the_workbooks_stands_and_the_other_is_listed(
    held: Desk, copy: Path
) -> None:
    type_into(held.workbook, hand_1_1="Green", reasons_1_1="Agreed")
    type_into(copy, hand_1_1="Red", reasons_1_1="Agreed")
    done = bring(held, copy)
    assert said(held.workbook, "hand_1_1") == "Green"
    assert len(done.kept) == 1
    assert done.kept[0].endswith(": Red")
    sheet = reading(held.workbook)["Notes"]
    texts = [str(one.value) for row in sheet.iter_rows() for one in row if one.value]
    assert any(text.startswith("Red (Head1, ") for text in texts)


@pytest.mark.in_ci
def test_an_import_that_was_hindered_is_done_again(
    held: Desk, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_into(copy, **{BOX: "Half term explains it."})
    fill = ClosedFile.fill

    def after_somebody_saved(file: ClosedFile, *what: Any) -> object:
        type_into(file.path, hand_1_1="Green", reasons_1_1="Agreed")
        return fill(file, *what)

    with monkeypatch.context() as patched:
        patched.setattr(ClosedFile, "fill", after_somebody_saved)
        with pytest.raises(UserError, match="WB411"):
            bring(held, copy)
    assert said(held.workbook, BOX) is None
    assert len(bring(held, copy).taken) == 1
    assert said(held.workbook, BOX) == "Half term explains it."


def test_the_same_copy_twice_brings_nothing_new(held: Desk, copy: Path) -> None:
    type_into(held.workbook, **{BOX: "Ours."}, hand_1_1="Green", reasons_1_1="Agreed")
    type_into(copy, **{BOX: "Theirs.", SECOND: "More."}, hand_1_1="Red", note_on_B7="A note.")
    bring(held, copy)
    before = held.workbook.read_bytes()
    again = bring(held, copy)
    assert (again.taken, again.both, again.kept) == ((), (), ())
    assert held.workbook.read_bytes() == before


@pytest.mark.in_ci
def test_a_status_that_was_there_before_comes_back(held: Desk, copy: Path, tmp_path: Path) -> None:
    """A later copy says what an earlier one had brought in vain."""
    type_into(held.workbook, hand_1_1="Green", reasons_1_1="Agreed")
    type_into(copy, hand_1_1="Red", reasons_1_1="Agreed")
    bring(held, copy)
    later = tmp_path / "later.xlsx"
    shutil.copy(held.workbook, later)
    type_into(later, hand_1_1="Red")
    done = app.import_copy(later, held.workbook, held.folder, stamp=on(2))
    assert len(done.taken) == 1
    assert said(held.workbook, "hand_1_1") == "Red"


@pytest.mark.in_ci
def test_what_an_interrupted_import_left_the_next_one_does(
    held: Desk, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbook_builder.app.doors import ClosedDoor

    type_into(copy, **{BOX: "Half term explains it."})
    with monkeypatch.context() as patch:
        patch.setattr(ClosedDoor, "fill", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bring(held, copy)
    assert said(held.workbook, BOX) is None
    assert len(bring(held, copy).taken) == 1
    assert said(held.workbook, BOX) == "Half term explains it."


@pytest.mark.in_ci
def test_a_published_month_takes_comments_and_no_status(held: Desk, copy: Path) -> None:
    app.publish(held.folder, "2024-06", source=held.workbook, stamp=on(1))
    type_into(copy, **{BOX: "Half term explains it."}, hand_1_1="Red")
    done = app.import_copy(copy, held.workbook, held.folder, stamp=on(2))
    assert (len(done.taken), len(done.kept)) == (1, 1)
    assert done.hindered is None
    assert said(held.workbook, "hand_1_1") is None
    assert said(held.workbook, BOX) == "Half term explains it."


@pytest.mark.in_ci
def test_three_copies_one_after_another(held: Desk, copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "another.xlsx"
    shutil.copy(copy, other)
    type_into(copy, **{BOX: "One."})
    type_into(other, **{SECOND: "Two."})
    bring(held, copy)
    done = bring(held, other)
    assert len(done.taken) == 1
    assert [said(held.workbook, name) for name in (BOX, SECOND)] == ["One.", "Two."]


def test_an_untouched_copy_changes_nothing(held: Desk, copy: Path) -> None:
    type_into(held.workbook, **{BOX: "Typed since the copy was sent out."})
    before = held.workbook.read_bytes()
    done = bring(held, copy)
    assert (done.taken, done.both, done.kept) == ((), (), ())
    assert held.workbook.read_bytes() == before


def test_a_text_that_looks_like_a_formula_stays_a_text(held: Desk, copy: Path) -> None:
    type_into(copy, note_on_B7="=HYPERLINK(1)")
    book = openpyxl.load_workbook(copy)
    sheet, cell = at(book, BOX)
    book[sheet][cell].value = "=1+1"
    book[sheet][cell].data_type = "s"
    book.save(copy)
    bring(held, copy)
    book = reading(held.workbook)
    assert (book[sheet][cell].value, book[sheet][cell].data_type) == ("=1+1", "s")


def test_all_else_of_the_file_stays_byte_for_byte(held: Desk) -> None:
    """The typing alone, without the refresh after it."""
    from workbook_builder.plan.model import Note
    from workbook_builder.writers.closed import read_closed

    book = reading(held.workbook)
    sheet, cell = at(book, BOX)
    one = book[sheet][cell]
    before = parts(held.workbook)
    place = (sheet, one.row - 1, one.column - 1)
    read_closed(held.workbook).fill({place: "Typed."}, {(sheet, 6, 1): Note(6, 1, "N", "H")}, ())
    after = parts(held.workbook)
    changed = {name for name in before if after[name] != before[name]}
    number = book.sheetnames.index(sheet) + 1
    part, rels = f"xl/worksheets/sheet{number}.xml", f"xl/worksheets/_rels/sheet{number}.xml.rels"
    assert changed <= MAY_DIFFER | {part, rels}
    new = {name for name in after if name not in before} - {rels}
    assert new == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    assert audit(held.workbook) == []


def test_a_copy_of_another_month_is_refused(held: Desk, tmp_path: Path) -> None:
    other = app.build(held.folder, "2024-07", tmp_path / "july", stamp=STAMP).workbook
    with pytest.raises(UserError) as found:
        bring(held, other)
    assert [fault.code for fault in found.value.faults] == ["WB634"]


def test_the_workbook_itself_is_refused(held: Desk) -> None:
    with pytest.raises(UserError) as found:
        bring(held, held.workbook)
    assert [fault.code for fault in found.value.faults] == ["WB633"]


def test_the_command(held: Desk, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    type_into(copy, **{BOX: "Half term explains it."})
    assert main(["annotations", "import", str(copy)]) == 0
    told = capsys.readouterr().out
    assert "Taken over: 1" in told
    assert "Half term explains it." in told
    assert said(held.workbook, BOX) == "Half term explains it."


@pytest.mark.in_ci
def test_faults_in_the_extracts_do_not_keep_a_copy_out(held: Desk, copy: Path) -> None:
    type_into(copy, **{BOX: "Half term explains it."})
    held.add("contacts,,Jun-24,,,many")
    assert main(["annotations", "import", str(copy), "--into", str(held.workbook)]) == 1
    assert said(held.workbook, BOX) == "Half term explains it."
