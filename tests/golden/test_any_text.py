"""Whatever text comes from outside: it arrives as that text, or it is refused in words."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.golden.test_small import SMALL
from tests.oracles.cached import written_formulas
from tests.oracles.package import audit
from workbook_builder import app
from workbook_builder.errors import UserError

pytestmark = pytest.mark.in_ci

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None)
@given(TEXTS, TEXTS)
@example('="=1+1"&"', "'=cmd|' /C calc'!A0")
@example("{=SUM(1,2)}", "http://example.org/")
@example("\u202eright to left\u202c", "mailto:someone@example.org")
@example("name " * 49, "&<>\"'")
@example("name " * 80, "too long a name")
@example("100%", "_x0041_")
def test_any_text_is_kept_or_refused(name: str, question: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "folder"
        shutil.copytree(SMALL, folder)
        replace(folder / "indicators" / "b.toml", '"Conferences in time"', quoted(name))
        replace(folder / "scorecard.toml", '"+What moved?"', quoted(question))
        try:
            built = app.build(folder, out=Path(place) / "out")
        except UserError:
            return
        assert audit(built.workbook) == []
        links = [
            value
            for cells in written_formulas(built.workbook).values()
            for formula, value in cells.values()
            if "#row_timely" in formula
        ]
        assert name.strip() in links


def test_a_text_like_the_writers_own_mark_up_is_a_text(tmp_path: Path) -> None:
    text = "<r><t>bold</t></r>"
    folder = tmp_path / "folder"
    shutil.copytree(SMALL, folder)
    replace(folder / "scorecard.toml", '"+What moved?"', quoted(text))
    built = app.build(folder, out=tmp_path / "out")
    assert audit(built.workbook) == []
    book = openpyxl.load_workbook(built.workbook)
    assert text in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def quoted(text: str) -> str:
    """A TOML string; its escapes are JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
