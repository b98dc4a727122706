"""Builds a ready scorecard once per test session, the way the command line does."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from workbook_builder import __version__, app
from workbook_builder.extracts.folder import read_folder
from workbook_builder.extracts.model import Extracts
from workbook_builder.history.model import Stamp
from workbook_builder.listed import load_measures, load_scorecard, read_listed
from workbook_builder.periods import Month
from workbook_builder.scorecard import Scorecard, build_scorecard

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
# Who builds the examples, and when: fixed, so that the same files come out every time.
STAMP = Stamp(dt.datetime(2014, 3, 10, 9, 30, tzinfo=dt.UTC), "officer1", "machine1", __version__)


@dataclass(frozen=True)
class Example:
    """A built scorecard: its folder, what was computed, and the files written."""

    folder: Path
    scorecard: Scorecard
    built: app.Built


def build_example(folder: Path, out: Path, month: str = "") -> Example:
    """Build a scorecard folder into `out`; the history goes into a copy of the folder."""
    kept = out.with_name(f"{out.name} folder")
    if not kept.exists():
        shutil.copytree(folder, kept, ignore=shutil.ignore_patterns(app.HISTORY))
    return Example(kept, compute(kept, month), app.build(kept, month, out, stamp=STAMP))


def compute(folder: Path, month: str = "") -> Scorecard:
    """The computed scorecard of a folder."""
    catalogue = load_scorecard(folder, Month.parse(month) if month else None)
    return build_scorecard(catalogue, read_folder(folder / app.EXTRACTS, catalogue))


def copy_template(name: str, to: Path) -> Path:
    """A template's folder, copied so that a test may change it."""
    shutil.copytree(TEMPLATES / name, to, ignore=shutil.ignore_patterns(app.HISTORY))
    return to


def figures_of_lists(folder: Path) -> Extracts:
    """What the lists of a scorecard folder give."""
    catalogue = load_scorecard(folder)
    library = load_measures(folder, catalogue.settings.lists)
    return read_listed(folder / "extracts" / "lists", catalogue, library)
