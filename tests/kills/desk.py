"""A worked-in scorecard for every verb, and what stands there afterwards."""

from __future__ import annotations

import contextlib
import csv
import json
import multiprocessing
import shutil
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from tests.forward.desk import TYPED, month_end
from tests.importing.test_import import type_into
from tests.kills.work import MONTH, Place, run
from tests.publishing.desk import BOX
from workbook_builder.history import read_history
from workbook_builder.plan.addresses import name_for
from workbook_builder.writers.closed import read_closed

ASIDE, THEIRS = "Green", "The head of service sees it otherwise."
NOTED, ANSWER = "A note from the head of service", "Asked of every team"
NOTES = ("of the name", "June", "of the light")
# What a verb finds changed since the workbook was built.
NEW_FIGURE = ("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,500")
CHANGED = ("build", "refresh")
# What is loaded before a process is cut off, so that each has only its verb to do.
LOADED = [
    "openpyxl",
    "xlwings",
    "sqlalchemy.dialects.sqlite",
    "tests.kills.work",
    "workbook_builder.annotations",
    "workbook_builder.app.preparing",
    "workbook_builder.app.doors",
    "workbook_builder.writers.live",
    "workbook_builder.writers.closed.rolled",
    "workbook_builder.writers.xlsx",
]


@dataclass(frozen=True)
class Ended:
    """How a process ended: the steps that it told, whether it came to the end of its work."""

    steps: tuple[str, ...]
    killed: bool
    seconds: float

    @property
    def said(self) -> str:
        return self.steps[-1] if self.steps else ""


def desk(root: Path, verb: str) -> Place:
    """The workbook of June with much typed in it, and for an import a copy with more."""
    held, place = month_end(root), Place(root)
    if verb in CHANGED:
        held.give(*NEW_FIGURE)
    if verb == "import":
        shutil.copy(place.book(), place.copy)
        answers = {BOX: THEIRS, name_for("comment", "board/3"): ANSWER, "hand_1_1": ASIDE}
        type_into(place.copy, **answers, note_on_B8=NOTED)
    return place


def process(verb: str, place: Place, last: int = 0, after: float | None = None) -> Ended:
    """Do a verb in a process that dies before a step, or is killed after so many seconds."""
    known = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")
    if "forkserver" in known:
        context.set_forkserver_preload(LOADED)
    ours, theirs = context.Pipe(duplex=False)
    work = context.Process(target=run, args=(verb, place.root, theirs, last))
    work.start()
    theirs.close()
    assert ours.recv() == "ready"
    began, steps = time.monotonic(), []
    if after is not None:
        work.join(after)
        work.kill()
    with contextlib.suppress(EOFError):
        while True:
            steps.append(ours.recv())
    work.join()
    assert work.exitcode is not None
    assert work.exitcode <= 0, steps
    return Ended(tuple(steps), work.exitcode < 0, time.monotonic() - began)


def books(place: Place) -> list[Path]:
    """Every workbook that a person sees, the backups among them."""
    return [one for one in place.out.rglob("*.xlsx") if not one.name.startswith(".")]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None, path.name
        return {name: package.read(name) for name in package.namelist()}


def part_of(path: Path, sheet: str) -> str:
    """The part that holds a sheet; those of our workbooks are numbered in their order."""
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def check_opens(path: Path) -> None:
    """A workbook that is whole, and says that it is one of this scorecard's."""
    assert parts(path)
    assert openpyxl.load_workbook(path).sheetnames
    file = read_closed(path)
    assert (file.scorecard, file.month) == ("small", path.name.split()[1].removesuffix(".xlsx"))


def texts(verb: str) -> set[str]:
    """Every text that somebody typed, the copy's among them."""
    ours = {*TYPED.values(), *NOTES, "a backlog"}
    return ours | {THEIRS, ANSWER, NOTED} if verb == "import" else ours


def found_in(path: Path) -> set[str]:
    """Every text of a workbook, notes among them."""
    book = openpyxl.load_workbook(path)
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row]
    return {str(one.value) for one in cells} | {one.comment.text for one in cells if one.comment}


def remembered(place: Place) -> dict[str, Any]:
    """What the history has: of typing, of figures and of what was published."""
    with read_history(place.folder, "small") as history:
        published = history.publications(MONTH)
        return {
            # A build done twice finds a sheet gone that it could not carry the first time.
            "typed": {one.identity: one.said for one in history.typed(gone=True)},
            "standing": {one.content for one in history.typed()},
            "figures": {one.identity: one.value for one in history.figures()},
            "published": [
                (one.edition, *map(history.text, (one.catalogue, one.typed, one.results)))
                for one in published
            ],
        }


def results(place: Place) -> list[list[str]]:
    with (place.out / "results.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def registered(place: Place) -> str:
    """The workbook that the register knows, where it is read at all."""
    if not place.register.exists():
        return ""
    whole = json.loads(place.register.read_text(encoding="utf-8"))
    return Path(whole["small"]["workbook"]).name
