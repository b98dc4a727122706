"""Conferences of a month are all told, though an extract lists enquiries by when they began."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from tests.building import copy_template
from workbook_builder import sample
from workbook_builder.catalogue.load import load_catalogue
from workbook_builder.counting.load import load_library
from workbook_builder.listed import read_listed
from workbook_builder.periods import Kind

pytestmark = pytest.mark.in_ci

CHILDREN, MONTHS, SEED = 2000, 10, 5


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """What consecutive extracts tell, by indicator and month."""
    folder: Path = copy_template("annex_a", tmp_path_factory.mktemp("enquiries") / "annex_a")
    lists = folder / "extracts" / "lists"
    for old in lists.iterdir():
        old.unlink()
    sample.generate(lists, CHILDREN, MONTHS, SEED)
    found: dict[str, dict[str, float]] = {}
    catalogue = load_catalogue(folder, None)
    for figure in read_listed(lists, catalogue, load_library()).figures:
        if figure.period.kind is Kind.MONTH and not figure.breakdown:
            value = figure.value
            if isinstance(value, float):
                found.setdefault(figure.indicator, {})[figure.period.text] = value
    return found


@pytest.mark.parametrize(
    ("indicator", "column"), [("conferences", "conference"), ("section47", "strategy")]
)
def test_every_month_is_what_happened(
    told: dict[str, dict[str, float]], indicator: str, column: str
) -> None:
    """Held to the simulated authority itself, which knows nothing of lists and extracts."""
    authority = sample.simulate(CHILDREN, MONTHS, SEED)
    days = pd.to_datetime(authority.enquiries[column]).dropna()
    happened = Counter(days.dt.strftime("%Y-%m"))
    months = told[indicator]
    assert len(months) >= MONTHS + 3
    assert months == {month: happened.get(month, 0) for month in months}
    assert sum(months.values()) > 20
