"""Every figure that a council printed stands on a tab of its report, at its indicator and period.

What counts is the formula: the series that it looks up, the period whose role it names, and the
heads beside and above it. A total of a table counts where a formula adds up the table.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from tests.building import ROOT, TEMPLATES, compute
from tests.oracle.on_tabs import OnTabs, Standing, on_tabs
from tests.oracle.test_fed import REPORTS, Report, Row, amount, breakdown_of, period_of, stands
from workbook_builder.measures.breakdowns import parts_of
from workbook_builder.periods import Period
from workbook_builder.plan.comparisons import comparator_key
from workbook_builder.plan.layout import series_key_text
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import excel_round

READY = ("surrey",)


@pytest.fixture(scope="module", params=[one for one in REPORTS if one.name in READY])
def report(request: pytest.FixtureRequest) -> Report:
    return request.param


@pytest.fixture(scope="module")
def scorecard(report: Report) -> Scorecard:
    return compute(TEMPLATES / report.name)


@pytest.fixture(scope="module")
def tabs(scorecard: Scorecard) -> OnTabs:
    return on_tabs(scorecard)


def test_every_printed_figure_stands_on_a_tab(
    report: Report, scorecard: Scorecard, tabs: OnTabs
) -> None:
    path = ROOT / "tests" / "data" / report.name / "values.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        printed = list(csv.DictReader(stream))
    found: Counter[str] = Counter()
    missing = []
    for row in printed:
        cells = [one for one in places(report, scorecard, tabs, row) if shows(one, row)]
        found[stands(report, scorecard, row) if cells else "not there"] += 1
        if not cells:
            missing.append(f"{row['code']} {row['breakdown']} {row['period']} {row['value_text']}")
    fed, computed = found["fed"] + found["comparator"], found["computed"] + found["sum"]
    print(
        f"\n{report.name}: {len(printed)} figures printed; on tabs {fed} fed and {computed} "
        f"computed, {found['not there']} not there"
    )
    assert missing == []
    assert (fed + computed, computed) == (report.rows, report.computed)


def places(report: Report, scorecard: Scorecard, tabs: OnTabs, row: Row) -> list[Standing]:
    """The cells that are about a printed figure's indicator, breakdown and period."""
    if row["period_kind"] == "average_3y":
        key = comparator_key(row["code"], "three-year average")
        return [one for one in tabs.latest(key) if "3-year average (Jan-17)" in one.head]
    breakdown, period = breakdown_of(report, row), period_of(report, scorecard, row)
    if row["code"] in report.sums and not breakdown:
        return [one for one in tabs.sums.get(row["code"], []) if totals(one)]
    key = series_key_text(row["code"], breakdown)
    return [one for one in tabs.at(key, period.key) if headed(one, breakdown, period)]


def totals(one: Standing) -> bool:
    return (one.label, one.head) == ("Total", "Total")


def headed(one: Standing, breakdown: str, period: Period) -> bool:
    """Whether the head above a cell is its period, or the part of its breakdown that is across."""
    across = set(parts_of(breakdown).values())
    return one.head == period.label or (one.head in across and one.label in across)


def shows(one: Standing, row: Row) -> bool:
    """Whether a cell shows the printed figure; the second of two stands in brackets."""
    if not row["value"]:
        return one.value == row["value_text"]
    printed = row["value"].partition(".")[2]
    decimals = len(printed)
    if isinstance(one.value, float):
        return excel_round(one.value, decimals) == amount(row)
    first, _, second = one.value.rstrip(")").partition(" (")
    shown = second if row["breakdown"] else first
    return bool(second) and float(shown.rstrip("%")) == amount(row)
