"""A built small scorecard as a closed file, and what tests do with it."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.building import ROOT, STAMP
from tests.oracles.reading import reading
from workbook_builder import app
from workbook_builder.register import register

MONTH = "2024-06"
CONTACTS = "contacts,,Jun-24,,,430"
# What a closed refresh may change besides worksheets and charts.
CALCULATION = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}


@dataclass
class Desk:
    """A scorecard folder and its workbook, which nobody has open.

    during is what happens while a refresh is at work.
    """

    folder: Path
    workbook: Path
    during: Callable[[], object] | None = None

    @property
    def extract(self) -> Path:
        return self.folder / "extracts" / "months.csv"

    def give(self, old: str, new: str) -> None:
        """Change a line of the month's file."""
        text = self.extract.read_text(encoding="utf-8")
        assert old in text, old
        self.extract.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, *lines: str) -> None:
        with self.extract.open("a", encoding="utf-8") as stream:
            stream.write("".join(f"{line}\n" for line in lines))

    def refresh(self, synced: bool = False) -> app.Refreshed:
        return app.refresh(stamp=STAMP, book=self.workbook, synced=synced)

    def front(self, code: str) -> object:
        """The report month's figure of an indicator on the front sheet, as the file keeps it."""
        sheet = reading(self.workbook, values=True)["Summary"]
        row = next(one.row for line in sheet.iter_rows() for one in line if str(one.value) == code)
        return sheet.cell(row, 4).value


def desk(place: Path, change: Callable[[Path], object] | None = None) -> Desk:
    """The small scorecard built into a place; `change` does something to the closed file."""
    shutil.copytree(_built(), place, dirs_exist_ok=True)
    held = Desk(place / "scorecard", place / "out" / f"Scorecard {MONTH}.xlsx")
    register("small", held.folder, held.workbook)
    if change is not None:
        change(held.workbook)
    return held


@functools.cache
def _built() -> Path:
    """Built once, to be copied."""
    place = Path(tempfile.mkdtemp(prefix="closed-desk-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    shutil.copytree(ROOT / "tests" / "data" / "small", place / "scorecard")
    app.build(place / "scorecard", MONTH, place / "out", stamp=STAMP)
    return place


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a package by name."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def differing(before: Path, after: Path) -> set[str]:
    """The parts that are not the same byte for byte, or are in one of two packages only."""
    old, new = parts(before), parts(after)
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}
