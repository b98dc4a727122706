"""A year of a scorecard, played through both doors and held against the script's own account."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.office import OwnOffice
from tests.year.desk import Desk
from tests.year.held import differences
from tests.year.script import YEAR

pytestmark = pytest.mark.in_ci

HEADS = (
    "month",
    "workbook",
    "door",
    "came",
    "figures",
    "[r]",
    "[p]",
    "typed",
    "merged",
    "published",
)


def test_a_year_of_a_scorecard(office: OwnOffice, tmp_path: Path) -> None:
    desk = Desk(tmp_path, office)
    for month in YEAR:
        desk.play(month)
    print(f"\n{table(desk.lines)}")
    found = differences(desk)
    assert not found, "\n".join(found)
    assert len(desk.kept) == len(YEAR) + sum(bool(month.again) for month in YEAR)


def table(lines: list[tuple[str, ...]]) -> str:
    """The year as a table: a line for each month."""
    rows = [HEADS, *lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
