"""The small scorecard with an action log and a review, at the end of a month."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from tests.building import ROOT, STAMP
from tests.oracles.reading import reading
from tests.publishing.desk import BOX, Desk
from workbook_builder import app
from workbook_builder.plan.addresses import name_for
from workbook_builder.register import register

MONTH, NEXT = "2024-06", "2024-07"
BLOCKS = """
[[tab.block]]
type = "commentary"
key = "board"
questions = ["Review of actions", "Actions for the next period", "Anything else?"]
becomes = { 2 = 1 }

[[tab.block]]
type = "actions"
key = "log"
rows = 4
"""
COMMENT = "Contacts rose after a campaign.\nThey will fall again."
TYPED = {
    BOX: COMMENT,
    name_for("comment", "board/1"): "Reviewed in May",
    name_for("comment", "board/2"): "Write to every school",
    name_for("action", "log/action 1 action"): "First",
    name_for("action", "log/action 1 status"): "Closed",
    name_for("action", "log/action 2 action"): "Second",
    name_for("action", "log/action 2 due"): "in May",
    name_for("action", "log/action 2 status"): "Delayed",
    name_for("action", "log/action 4 action"): "Fourth",
}


def month_end(place: Path) -> Desk:
    """The month's workbook with comments, actions, statuses, notes and a sheet of one's own."""
    shutil.copytree(_made(), place, dirs_exist_ok=True)
    desk = Desk(place / "folder", place / "out")
    register("small", desk.folder, desk.book(MONTH))
    return desk


@functools.cache
def _made() -> Path:
    place = Path(tempfile.mkdtemp(prefix="month-end-"))
    shutil.copytree(ROOT / "tests" / "data" / "small", place / "folder")
    desk = Desk(place / "folder", place / "out")
    settings = desk.folder / "scorecard.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + BLOCKS, encoding="utf-8")
    app.build(desk.folder, MONTH, desk.out, stamp=STAMP)
    desk.type(MONTH, TYPED)
    _stick(desk.book(MONTH))
    return place


def _stick(path: Path) -> None:
    """Notes on a name, a month and a light, a height, a status by hand, a sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book["Front door"]
    row = row_of(sheet, "contacts")
    heads = {str(sheet.cell(row - 1, col).value): col for col in range(1, 20)}
    sheet.cell(row, 2).comment = Comment("of the name", "head1")
    sheet.cell(row, 7).comment = Comment("June", "head1")
    sheet.cell(row, heads["Status"]).comment = Comment("of the light", "head2")
    sheet.cell(row, heads["Status by hand"]).value = "Red"
    sheet.cell(row, heads["Reason for a status by hand"]).value = "a backlog"
    sheet.row_dimensions[row].height = 42.0
    book.create_sheet("My workings")["A1"] = 5
    book.save(path)


def row_of(sheet, code: str) -> int:  # type: ignore[no-untyped-def]
    """The row in which an indicator's code stands."""
    return next(one.row for line in sheet.iter_rows() for one in line if one.value == code)


def text(path: Path, name: str) -> object:
    """What stands in the first cell of a name."""
    book = reading(path)
    sheet, span = next(iter(book.defined_names[name].destinations))
    return book[sheet][span.replace("$", "").split(":")[0]].value


def below(path: Path, name: str) -> object:
    """What stands under the box of a name."""
    book = reading(path)
    sheet, span = next(iter(book.defined_names[name].destinations))
    return book[sheet][span.replace("$", "").split(":")[0]].offset(1, 0).value
