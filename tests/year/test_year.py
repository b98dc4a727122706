"""A year of a scorecard, played through both doors and held against the script's own account."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.amount import amount
from tests.live.office import OwnOffice
from tests.year.account import months
from tests.year.desk import Desk
from tests.year.held import differences
from tests.year.script import YEAR

# The last months: each door twice, a copy merged back, a year's end and a new year.
EVERYDAY = 4
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


def test_a_year_of_a_scorecard(
    office: OwnOffice, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = amount(request.config, EVERYDAY, len(YEAR), len(YEAR))
    desk = Desk(tmp_path, office)
    before, played = months(count)
    for month in before:
        desk.settle(month)
    for month in played:
        desk.play(month)
    print(f"\n{table(desk.lines)}")
    found = differences(desk)
    assert not found, "\n".join(found)
    assert len(desk.kept) == count + sum(bool(month.again) for month in played)


def table(lines: list[tuple[str, ...]]) -> str:
    """The year as a table: a line for each month."""
    rows = [HEADS, *lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
