"""Board packs of the templates, each made once, and their documents."""

from __future__ import annotations

import csv
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.building import ROOT, TEMPLATES
from tests.measuring import unmeasured
from workbook_builder.app.folders import read_scorecard
from workbook_builder.board.pack import PackMaking, pack_of
from workbook_builder.board.pack_model import Pack
from workbook_builder.board.pages import Status
from workbook_builder.plan.model import Workbook
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.scorecard import Scorecard, build_scorecard
from workbook_builder.writers.docx import write_docx
from workbook_builder.writers.pptx import write_pptx

NAMES = ("annex_a", "calderdale", "haringey", "herefordshire", "kirklees", "surrey", "mixed")
EVERYDAY = ("calderdale", "mixed")
every_template = pytest.mark.parametrize(
    "name",
    [
        pytest.param(one, marks=() if one in EVERYDAY else pytest.mark.in_ci, id=one)
        for one in NAMES
    ],
)
Typed = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Made:
    """A template's scorecard and planned workbook."""

    scorecard: Scorecard
    planned: Workbook

    def pack(self, **options: Any) -> Pack:
        return pack_of(PackMaking(self.scorecard, self.planned, Status(False), **options))


def folder_of(name: str) -> Path:
    return ROOT / "tests" / "data" / name if name == "mixed" else TEMPLATES / name


@cache
def made(name: str) -> Made:
    scorecard = build_scorecard(*read_scorecard(folder_of(name), ""))
    return Made(scorecard, plan_workbook(scorecard))


@cache
@unmeasured()
def document_of(name: str) -> Path:
    """The Word pack of a template."""
    path = Path(tempfile.mkdtemp()) / f"{name}.docx"
    write_docx(made(name).pack(), path)
    return path


@cache
def slides_of(name: str) -> Path:
    """The slides of a template."""
    path = Path(tempfile.mkdtemp()) / f"{name}.pptx"
    write_pptx(made(name).pack(), path)
    return path


def settings_of(name: str) -> dict[str, Any]:
    """scorecard.toml as it stands in the folder."""
    return tomllib.loads((folder_of(name) / "scorecard.toml").read_text(encoding="utf-8"))


def extract_rows(name: str, file: str = "figures.csv") -> list[dict[str, str]]:
    """An extract as it stands in the folder."""
    with (folder_of(name) / "extracts" / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def typed_into(planned: Workbook, typed: Typed) -> Workbook:
    """The workbook with words in its boxes, known by the key and slot of a box."""
    return replace(planned, sheets=tuple(_typed_on(one, typed) for one in planned.sheets))


def _typed_on(sheet: Any, typed: Typed) -> Any:
    names = {one.name: (one.row, one.col) for one in sheet.part.names}
    words = {
        names[box.name]: typed[box.key, box.slot]
        for box in sheet.part.inputs
        if (box.key, box.slot) in typed and box.name in names
    }

    def filled(cell: Any) -> Any:
        at = (cell.row, cell.col)
        return replace(cell, content=words[at]) if at in words else cell

    part = replace(
        sheet.part,
        cells=tuple(filled(one) for one in sheet.part.cells),
        merges=tuple(replace(one, cell=filled(one.cell)) for one in sheet.part.merges),
    )
    return replace(sheet, part=part)
