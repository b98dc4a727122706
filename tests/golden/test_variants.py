"""The same scorecard under other settings: each must recalculate and be a sound file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import build_example
from tests.golden.test_small import SMALL
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit

pytestmark = pytest.mark.in_ci

# name: (file, old text, new text)
VARIANTS = {
    "two months": ("scorecard.toml", "months_shown = 4", "months_shown = 2"),
    "two years of months": ("scorecard.toml", "months_shown = 4", "months_shown = 24"),
    "judged on the latest figure": (
        "scorecard.toml",
        "tolerance = 10",
        'tolerance = 10\njudged_on = "latest period"',
    ),
    "judged on nothing": (
        "scorecard.toml",
        "tolerance = 10",
        'tolerance = 10\njudged_on = "nothing"',
    ),
    "exact values": (
        "scorecard.toml",
        "tolerance = 10",
        'tolerance = 10\njudged_value = "exact"',
    ),
    "units": ("scorecard.toml", "tolerance = 10", 'tolerance = 2.5\ntolerance_in = "units"'),
    "last year": (
        "scorecard.toml",
        "tolerance = 10",
        'tolerance = 10\ncompared_with = "same period last year"',
    ),
    "latest arrows": (
        "scorecard.toml",
        "tolerance = 10",
        'tolerance = 10\narrow_from = "latest figure"',
    ),
    "performance": ("scorecard.toml", "tolerance = 10", 'tolerance = 10\narrow = "performance"'),
    "front groups": (
        "scorecard.toml",
        "[[tab]]",
        '[[front.group]]\nheading = "Mixed"\n'
        'indicators = ["vacancy", "plans", "timely"]\n\n[[tab]]',
    ),
    "April": ("scorecard.toml", "2024-06", "2024-04"),
    "March": ("scorecard.toml", "2024-06", "2024-03"),
    "open range": ("targets.csv", ",range,,90,110,", ",range,,90,,"),
    "brought forward only": (
        "extracts/months.csv",
        "referrals,,Apr-24,,,110\nreferrals,,May-24,,,115\n",
        "referrals,,Apr-24 to May-24,,,225\n",
    ),
    "no status by hand": (
        "overrides.csv",
        "plans,2024-06,status,Red,=Board asked for it,Head of Service\n",
        "",
    ),
    "a very long name": ("indicators/b.toml", "Conferences in time", "Conferences in time " * 12),
    "a brand": ("scorecard.toml", "report_month", 'brand = "5A1A5E"\nreport_month'),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_recalculates_and_is_sound(calc: Calc, tmp_path: Path, variant: str) -> None:
    name, old, new = VARIANTS[variant]
    folder = tmp_path / "folder"
    shutil.copytree(SMALL, folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    built = build_example(folder, tmp_path / "out").built
    result = compare(built.workbook, calc)
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 700
    assert audit(built.workbook) == []
