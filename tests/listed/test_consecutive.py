"""Consecutive extracts as files: what one lacks, what failed, when it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.listed.small import changed, read, values, write_folder, write_lists
from tests.lists.making import good_row, headings
from workbook_builder.extracts.quality import ExtractQuality

I, S = "indicators/all.toml", "scorecard.toml"  # noqa: E741
LISTS = "extracts/lists"
Rows = list[list[Any]]


def referrals(*days: str, without: str = "") -> Rows:
    """A sheet of referrals, a column of it taken out by its key."""
    rows = [good_row("referrals", n, referral_date=day) for n, day in enumerate(days, 1)]
    return _without([headings("referrals"), *rows], without)


def _without(rows: Rows, key: str) -> Rows:
    if not key:
        return rows
    at = next(n for n, name in enumerate(rows[0]) if key in name.casefold())
    return [row[:at] + row[at + 1 :] for row in rows]


def extract(folder: Path, name: str, **sheets: Rows) -> None:
    """An extract by the end of its name, some of its sheets other than small's."""
    write_lists(folder / LISTS / f"annex_a_{name}.xlsx", sheets)


def quality(folder: Path) -> Sequence[ExtractQuality]:
    """What is said of each extract."""
    found = read(folder)[1].quality
    assert found is not None
    return found.extracts


# --- a column that an earlier extract lacks

ACTION = """\
[[indicator]]
measure = "referrals_no_action"
code = "referrals"
period_type = "{kind}"
"""


@pytest.mark.parametrize(
    ("kind", "without", "wanted"),
    [
        ("in month", "", ["2024-04", "2024-05", "2024-06"]),
        ("in month", "nfa", ["2024-05", "2024-06"]),
        ("cumulative year to date", "", ["2024/25"]),
        ("cumulative year to date", "nfa", []),
        ("quarterly", "", ["2024/25-Q1"]),
        ("quarterly", "nfa", []),
    ],
)
def test_no_period_is_told_over_an_extract_without_the_column(
    tmp_path: Path, kind: str, without: str, wanted: list[str]
) -> None:
    files = changed(I, ('measure = "referrals"\nbreakdowns = ["team"]', ""), ("[[indicator]]", ""))
    files[I] += ACTION.format(kind=kind)
    folder = write_folder(tmp_path, files | changed(S, ("window = 3", "window = 1")))
    extract(folder, "2024-04", List_3=referrals("05/04/2024", "08/04/2024", without=without))
    extract(folder, "2024-05", List_3=referrals("07/05/2024", "08/05/2024"))
    extract(folder, "2024-06", List_3=referrals("05/06/2024", "06/06/2024"))
    found = values(folder, "referrals")
    assert found == dict.fromkeys(wanted, 100.0)
