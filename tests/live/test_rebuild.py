"""A build in the place of a workbook that people worked in carries what they typed, by key."""

from __future__ import annotations

import csv
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

from tests.building import ROOT, STAMP
from tests.live.com import FILTERS
from tests.live.office import OwnOffice, options, url
from tests.live.person import At, Person
from workbook_builder import app
from workbook_builder.annotations.comments import threaded_comments
from workbook_builder.annotations.opened import open_book
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.plan.addresses import name_for

MONTH = "2024-06"


@dataclass
class Desk:
    folder: Path
    out: Path
    built: app.Built

    @property
    def workbook(self) -> Path:
        return self.out / f"Scorecard {MONTH}.xlsx"

    def notes(self) -> list[str]:
        sheet = openpyxl.load_workbook(self.workbook)["Notes"]
        return [str(one.value) for row in sheet.iter_rows() for one in row if one.value]


@pytest.fixture(scope="module")
def desk(office: OwnOffice, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Worked in, then built again with one indicator more and rows in another order."""
    place = tmp_path_factory.mktemp("rebuild")
    folder, out = place / "folder", place / "out"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    file = folder / "indicators" / "a.toml"
    code = 'code = "referrals"\n'
    text = file.read_text(encoding="utf-8").replace(code, f'{code}fed_from = "manual figures"\n')
    file.write_text(text, encoding="utf-8")
    months = folder / "extracts" / "months.csv"
    lines = months.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("referrals,,May-24")]
    months.write_text("\n".join(kept) + "\n", encoding="utf-8")
    workbook = app.build(folder, MONTH, out, stamp=STAMP).workbook
    office.close_all()
    document = office.open(workbook)
    work(Person(document))
    document.storeToURL(url(place / "typed.xlsx"), options(FilterName=FILTERS[".xlsx"]))
    document.close(True)
    shutil.copyfile(place / "typed.xlsx", workbook)
    settings = folder / "scorecard.toml"
    changed = settings.read_text(encoding="utf-8").replace(
        '["contacts", "referrals", "all", "rate", "old", "sources"]',
        '["rate", "contacts", "extra", "referrals", "all", "old", "sources"]',
    )
    assert "extra" in changed
    settings.write_text(changed, encoding="utf-8")
    extra = (
        '\n[[indicator]]\ncode = "extra"\nname = "An indicator more"\ntheme = "Contacts"\n'
        'unit = "count"\npolarity = "neither"\nperiod_type = "in month"\nyear_to_date = "sum"\n'
    )
    file.write_text(file.read_text(encoding="utf-8") + extra, encoding="utf-8")
    return Desk(folder, out, app.build(folder, MONTH, out, stamp=STAMP))


def work(person: Person) -> None:
    person.type_rich(
        person.named(name_for("comment", "front-door/1")),
        [("Half term ", True, False), ("explains it.", False, True)],
    )
    codes = person.named("codes_1_1")
    row = person.find("Front door", "contacts", codes.col).row
    person.type(At("Front door", row, person.named("hand_1_1").col), "Green")
    person.type(At("Front door", row, person.named("reasons_1_1").col), "Agreed by the board")
    person.type(person.named("manual_month_1"), "77")
    person.note(At("Front door", row, 3), "A late return from one team.")
    person.note(At("Front door", 0, 0), "For the July board")
    person.height("Front door", row, 44.0)
    person.type(At("Front door", person.find("Front door", "rate", codes.col).row, 4), "12.5")
    person.add_sheet("My workings", {(0, 0): "mine"})
    person.insert_rows("Front door", 2)
    person.type(At("Front door", 2, 1), "A line of our own")


def row_of(sheet, code: str) -> int:  # type: ignore[no-untyped-def]
    return next(one.row for row in sheet.iter_rows(min_col=10) for one in row if one.value == code)


def test_typed_things_stand_in_the_new_workbook(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.workbook, rich_text=True)
    sheet = book["Front door"]
    row = row_of(sheet, "contacts")
    texts = {str(one.value): one for line in sheet.iter_rows() for one in line if one.value}
    box = texts["Half term explains it."].value
    assert isinstance(box, CellRichText)
    looks = [(str(run), bool(run.font.b), bool(run.font.i)) for run in box]
    assert looks == [("Half term ", True, False), ("explains it.", False, True)]
    assert texts["Agreed by the board"].row == row
    assert sheet.row_dimensions[row].height == pytest.approx(44, abs=0.5)
    notes = {one.row: one.comment.text for line in sheet.iter_rows() for one in line if one.comment}
    assert notes == {1: "For the July board", row: "A late return from one team."}
    manual = book["Manual figures"]
    assert 77 in [one.value for line in manual.iter_rows() for one in line]
    assert desk.built.backup is not None


def test_the_status_by_hand_and_the_manual_figure_count(desk: Desk) -> None:
    with desk.built.results.open(encoding="utf-8-sig", newline="") as stream:
        found = [row for row in csv.DictReader(stream) if not row["breakdown"]]
    assert {row["rag"] for row in found if row["indicator"] == "contacts"} == {"", "green"}
    rows = {(row["indicator"], row["period"]): row for row in found}
    may = rows["referrals", "2024-05"]
    assert may["value"] == "77"
    assert "Manual figures" in may["source"]


def test_what_could_not_be_carried_is_listed_and_kept(desk: Desk) -> None:
    said = " ".join(desk.built.left)
    assert "typed over" in said
    assert 'the sheet "My workings" (1 cell)' in said
    assert "A line of our own" in " ".join(desk.notes())
    listed = app.list_annotations(desk.folder).rows
    kinds = {row[3]: row for row in listed}
    assert kinds["typed over"][0] == "rate"
    assert "12.5" in kinds["typed over"][4]
    assert "mine" in str(desk.built.left) or kinds["sheet"][0] == "My workings"


def test_the_list_on_paper_and_as_csv(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "typed.csv"
    assert main(["annotations", str(desk.folder), "--csv", str(target)]) == 0
    said = capsys.readouterr().out
    assert "contacts   2024-06   reason   entry" in said
    assert "    Agreed by the board" in said
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    by_kind = {row["kind"]: row for row in rows}
    assert {"entry", "note", "row height", "typed over", "typed beside", "sheet"} <= set(by_kind)
    assert {row["month"] for row in rows} == {MONTH}
    assert all(not row["text"].startswith(("=", "+", "-", "@")) for row in rows)
    assert main(["annotations", str(desk.folder), "--month", "2024-05"]) == 0
    assert "Typed entries: 0" in capsys.readouterr().out


THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
PERSONS = f'<personList xmlns="{THREADS}"><person displayName="officer1" id="{{P1}}"/></personList>'
COMMENTS = (
    f'<ThreadedComments xmlns="{THREADS}">'
    '<threadedComment ref="C9" dT="2024-07-02T10:15:00" personId="{P1}" id="{A}">'
    "<text>Is 410 right?</text></threadedComment>"
    '<threadedComment ref="C9" dT="2024-07-02T11:00:00" personId="{P1}" id="{B}" parentId="{A}">'
    "<text>Yes &amp; checked.</text></threadedComment></ThreadedComments>"
)
RELATION = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def with_thread(source: Path, target: Path) -> None:
    """The parts that Excel adds for a threaded comment with a reply on the second sheet."""
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == rels:
                target_part = "../threadedComments/t1.xml"
                one = f'<Relationship Id="rIdT" Type="{RELATION}" Target="{target_part}"/>'
                data = data.replace(b"</Relationships>", one.encode() + b"</Relationships>")
            new.writestr(name, data)
        new.writestr("xl/threadedComments/t1.xml", COMMENTS)
        new.writestr("xl/persons/person.xml", PERSONS)


def test_threaded_comments_with_replies_are_read_kept_and_carried(tmp_path: Path) -> None:
    folder, out = tmp_path / "folder", tmp_path / "out"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    workbook = app.build(folder, MONTH, out, stamp=STAMP).workbook
    with_thread(workbook, tmp_path / "threaded.xlsx")
    shutil.copyfile(tmp_path / "threaded.xlsx", workbook)
    found = threaded_comments(workbook)
    assert [(one.author, one.text, one.reply) for one in found] == [
        ("officer1", "Is 410 right?", False),
        ("officer1", "Yes & checked.", True),
    ]
    assert found[0].written == "2024-07-02T10:15:00"
    app.build(folder, MONTH, out, stamp=STAMP)
    rows = [row for row in app.list_annotations(folder).rows if row[3] == "comment"]
    assert [(row[4], row[7]) for row in rows] == [
        ("Is 410 right?", "officer1"),
        ("Yes & checked.", "officer1"),
    ]
    sheet = openpyxl.load_workbook(workbook)["Front door"]
    note = sheet["C9"].comment.text
    assert note == (
        "officer1, 2024-07-02 10:15: Is 410 right?\n\nofficer1, 2024-07-02 11:00: Yes & checked."
    )


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    locked, damaged = tmp_path / "locked.xlsx", tmp_path / "damaged.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    damaged.write_bytes(b"PK\x03\x04 but no more")
    for path, code in ((locked, "WB601"), (damaged, "WB603"), (tmp_path / "none.xlsx", "WB602")):
        with pytest.raises(UserError, match=code):
            open_book(path)


def test_a_build_over_a_workbook_that_cannot_be_read_stops(tmp_path: Path) -> None:
    folder, out = tmp_path / "folder", tmp_path / "out"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    workbook = app.build(folder, MONTH, out, stamp=STAMP).workbook
    workbook.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(UserError, match="WB601"):
        app.build(folder, MONTH, out, stamp=STAMP)
    assert workbook.read_bytes().startswith(b"\xd0\xcf")


def test_the_history_lost_the_typed_things_stay(desk: Desk, tmp_path: Path) -> None:
    shutil.copytree(desk.folder, tmp_path / "folder", ignore=shutil.ignore_patterns(app.HISTORY))
    shutil.copytree(desk.out, tmp_path / "out")
    app.build(tmp_path / "folder", MONTH, tmp_path / "out", stamp=STAMP)
    book = openpyxl.load_workbook(tmp_path / "out" / f"Scorecard {MONTH}.xlsx")
    texts = [str(one.value) for row in book["Front door"].iter_rows() for one in row]
    assert "Half term explains it." in texts
    assert "Agreed by the board" in texts
