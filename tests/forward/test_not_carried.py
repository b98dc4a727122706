"""What a rebuild cannot take over is named in its output and on Notes, drawings included."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import STAMP
from tests.closed.desk import MONTH, desk
from tests.closed.planted import plant
from tests.publishing.desk import sections
from workbook_builder import app
from workbook_builder.annotations.drawings import drawings, spoken
from workbook_builder.cli import main
from workbook_builder.history import read_history

NOT_THERE = "Typed in the workbook before and not there now"
ON_SUMMARY = "1 picture, 1 chart, 1 text box or shape"


def test_sheets_drawings_threads_and_stray_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = desk(tmp_path, plant)
    before = held.workbook.read_bytes()
    assert main(["build", str(held.folder), "--month", MONTH, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert f'{ON_SUMMARY} on the sheet "Summary"' in said
    assert f'the sheet "My workings" (3 cells, {ON_SUMMARY})' in said
    backup = next((tmp_path / "out" / "backups").glob(f"Scorecard {MONTH} (*).xlsx"))
    assert f"The workbook that was there before is kept as {backup}" in said
    assert backup.read_bytes() == before
    listed = [row[:3] for row in sections(held.workbook)[NOT_THERE]]
    assert ["Summary", ON_SUMMARY, "drawings"] in listed
    assert ["My workings", f"3 cells, {ON_SUMMARY}", "sheet"] in listed
    # Its cell is in nobody's row, so nobody knows where the thread belongs.
    assert ["Summary", "Is this right?", "comment"] in listed
    assert "comment on Summary B3 (Summary)" in said


def test_our_own_charts_are_no_drawings_of_people(tmp_path: Path) -> None:
    held = desk(tmp_path)
    assert drawings(held.workbook)["Front door"] == {"chart": 4}
    held.refresh()
    with read_history(held.folder, "small") as history:
        assert {one.kind for one in history.typed()} == {"entry"}


def test_a_next_month_that_is_rebuilt_names_them_too(tmp_path: Path) -> None:
    held = desk(tmp_path, plant)
    done = app.next_month(held.workbook, held.folder, stamp=STAMP, rebuild=True)
    assert f'{ON_SUMMARY} on the sheet "Summary"' in done.left
    copied = app.next_month(held.workbook, held.folder, stamp=STAMP, out=tmp_path / "copied")
    assert copied.left == ()
    assert drawings(copied.workbook) == drawings(held.workbook)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({"chart": 0}, ""),
        ({"chart": -1, "picture": 2}, "2 pictures"),
        ({"chart": 1, "text box or shape": 2}, "1 chart, 2 text boxes or shapes"),
    ],
)
def test_drawings_in_words(counts: dict[str, int], said: str) -> None:
    assert spoken(counts) == said
