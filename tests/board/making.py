"""Board copies of the ready scorecards, each made once beside its workbook."""

from __future__ import annotations

import functools
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.building import ROOT, STAMP, TEMPLATES
from workbook_builder import app

SCORECARDS = ("small", "mixed", "haringey", "calderdale", "herefordshire", "kirklees", "surrey")


@dataclass(frozen=True)
class Copy:
    """A folder, its workbook, and the board copy of it."""

    folder: Path
    workbook: Path
    board: Path


def folder_of(name: str, to: Path) -> Path:
    """A scorecard's folder without a history, to be worked in."""
    place = ROOT / "tests" / "data" / name
    source = place if (place / app.SCORECARD_FILE).is_file() else TEMPLATES / name
    shutil.copytree(source, to, ignore=shutil.ignore_patterns(app.HISTORY))
    return to


@functools.cache
def copy_of(name: str) -> Copy:
    """A scorecard built, and its copy."""
    place = Path(tempfile.mkdtemp(prefix="board-"))
    folder = folder_of(name, place / "folder")
    built = app.build(folder, out=place / "out", stamp=STAMP)
    made = app.board(folder, out=place / "out")
    return Copy(folder, built.workbook, made.files[0])
