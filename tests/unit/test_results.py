"""results.csv: its columns, its rows, and nothing that is not so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from tests.building import ROOT, compute
from workbook_builder.results import COLUMNS, results_table

ORDER = (
    "indicator, breakdown, period_kind, period, numerator, denominator, value, shown, target, "
    "target_low, target_high, target_met, rag, rag_rule, direction, travel, ytd, "
    "comparator_england, comparator_region, comparator_neighbours, first_reported, restated, "
    "caution, source"
)


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    return results_table(compute(ROOT / "tests" / "data" / "small"))


def row(table: pd.DataFrame, indicator: str, kind: str, period: str) -> dict[str, str]:
    found = table[
        (table.indicator == indicator)
        & (table.breakdown == "")
        & (table.period_kind == kind)
        & (table.period == period)
    ]
    assert len(found) == 1
    return dict(found.iloc[0])


def test_the_columns_are_exactly_these(small: pd.DataFrame) -> None:
    assert ", ".join(COLUMNS) == ORDER
    assert list(small.columns) == ORDER.split(", ")


def test_one_row_for_each_indicator_breakdown_and_period(small: pd.DataFrame) -> None:
    keys = zip(small.indicator, small.breakdown, small.period_kind, small.period, strict=True)
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_a_light_stands_on_one_row_only(small: pd.DataFrame) -> None:
    lit = Counter(small.indicator[small.rag != ""])
    assert set(lit.values()) == {1}
    assert set(small.rag[small.rag != ""]) <= {"red", "amber", "green", "none"}


def test_the_rule_and_the_hand(small: pd.DataFrame) -> None:
    plans = row(small, "plans", "month", "2024-06")
    assert (plans["rag"], plans["rag_rule"]) == ("red", "amber")
    assert plans["caution"] == "status set by hand contradicts the rule"
    assert (plans["target"], plans["target_met"]) == ("100", "no")


def test_a_range_has_two_ends(small: pd.DataFrame) -> None:
    plans = row(small, "plans", "month", "2024-05")
    assert (plans["target"], plans["target_low"], plans["target_high"]) == ("", "90", "110")


def test_symbols_are_shown_and_have_no_value(small: pd.DataFrame) -> None:
    hidden = row(small, "contacts", "month", "2024-05")
    assert (hidden["value"], hidden["shown"]) == ("", "[c]")
    total = row(small, "all", "month", "2024-05")
    assert (total["value"], total["shown"]) == ("", "[c]")
    none = row(small, "timely", "month", "2024-05")
    assert (none["numerator"], none["denominator"], none["value"], none["shown"]) == (
        "0",
        "0",
        "",
        "[z]",
    )


def test_a_comparator_stands_beside_its_year(small: pd.DataFrame) -> None:
    assert row(small, "timely", "year", "2023/24")["comparator_england"] == "79.7"


def test_a_year_to_date_says_how_far_it_goes(small: pd.DataFrame) -> None:
    missing = row(small, "missing", "ytd", "2024/25")
    assert (missing["value"], missing["caution"]) == ("14", "year to date to May-24")


def test_a_figure_by_hand_says_so(small: pd.DataFrame) -> None:
    by_hand = row(small, "referrals", "month", "2024-06")
    assert (by_hand["value"], by_hand["source"]) == ("1210", "set by hand (overrides.csv)")


def test_text_that_a_spreadsheet_would_take_for_a_formula_is_marked(small: pd.DataFrame) -> None:
    texts = [str(value) for column in small for value in small[column]]
    risky = [text for text in texts if text[:1] in "=+@" and text]
    assert risky == []
    assert "'@2 missing 3 absent" in texts


def test_every_row_says_where_it_comes_from(small: pd.DataFrame) -> None:
    assert "" not in set(small.source)
    contacts = row(small, "contacts", "month", "2024-04")
    assert contacts["source"] == "extracts/months.csv, row 3, column F, indicator contacts"
    assert Path("extracts/months.csv").name in contacts["source"]
