"""The day that the data was taken belongs to a month; in another month it is a left-over."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.building import ROOT
from workbook_builder.listed import load_scorecard
from workbook_builder.periods import Month

# report_month of the folder, month that is asked for -> the day; the folder says 5 July 2024
CASES = [
    ("2024-06", None, dt.date(2024, 7, 5)),
    ("2024-06", "2024-06", dt.date(2024, 7, 5)),
    ("2024-06", "2024-05", None),
    ("2024-07", None, dt.date(2024, 7, 5)),
    ("2024-08", None, None),
    ("2024-08", "2024-08", None),
]


@pytest.mark.parametrize(("folder_says", "asked", "day"), CASES)
def test_a_day_before_the_month_is_not_shown(
    folder_says: str, asked: str | None, day: dt.date | None, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    settings = folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'report_month = "2024-06"' in text
    settings.write_text(text.replace('"2024-06"', f'"{folder_says}"', 1), encoding="utf-8")
    month = Month.parse(asked) if asked else None
    assert load_scorecard(folder, month).settings.data_as_at == day
