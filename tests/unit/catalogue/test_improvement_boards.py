"""The two Improvement Board reports as scorecard folders: targets and comparators as printed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from workbook_builder.catalogue.load import load_catalogue
from workbook_builder.catalogue.model import Catalogue, Target
from workbook_builder.catalogue.words import (
    HOMES,
    JudgedAs,
    Marker,
    PeriodType,
    Polarity,
    TargetKind,
)

ROOT = Path(__file__).parents[3]
NAMES = {"england": "england", "region": "region", "statistical_neighbours": "neighbours"}
NAMES |= {"3_year_average": "three-year average"}
INDICATORS = {"herefordshire": 37, "surrey": 85}
# Printed, and said in the guide instead: days as the comparator of a percentage.
NOT_COMPARED = {("10", "region")}
# Targets of the text about something else than an indicator's own figure.
NOT_HELD = {("18", "measure=reduction in number of plans")}


@pytest.fixture(scope="module", params=INDICATORS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def catalogue(name: str) -> Catalogue:
    return load_catalogue(ROOT / "templates" / name)


def rows(name: str, table: str) -> list[dict[str, str]]:
    path = ROOT / "tests" / "data" / name / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_indicator_is_described_and_in_a_block(name: str, catalogue: Catalogue) -> None:
    assert len(catalogue.indicators) == INDICATORS[name]
    blocks = [block for tab in catalogue.settings.tabs for block in tab.blocks]
    shown = {code for block in blocks for code in block.indicators}
    assert shown == {one.code for one in catalogue.indicators}
    at_home = [code for block in blocks if block.type in HOMES for code in block.indicators]
    assert len(at_home) == len(set(at_home))
    for one in catalogue.indicators:
        assert len(one.description) > 20 < len(one.name + one.guide), one.code


def test_every_printed_comparator_with_a_number_is_there(name: str, catalogue: Catalogue) -> None:
    held = {(one.indicator, one.comparator): one.value for one in catalogue.comparators}
    printed = {
        (row["code"], NAMES[row["comparator"]]): float(row["value"])
        for row in rows(name, "benchmarks")
        if row["value"]
    }
    assert held == {key: value for key, value in printed.items() if key not in NOT_COMPARED}
    print(f"\n{name}: {len(held)} of {len(printed)} printed comparators")


def test_every_printed_target_is_there_or_in_words(name: str, catalogue: Catalogue) -> None:
    held = {one.indicator: one for one in catalogue.targets}
    words = 0
    for row in rows(name, "targets"):
        if (row["code"], row["breakdown"]) in NOT_HELD or not row["target_text"].strip("-"):
            continue
        if row["kind"] != "text":
            assert numbers(held[row["code"]]) == as_printed(row), row["code"]
            assert held[row["code"]].words == row["target_text"]
            continue
        words += 1
        if row["code"] in held:
            assert held[row["code"]].kind is TargetKind.WORDS
            assert held[row["code"]].words == row["target_text"]
            continue
        guide = catalogue.indicator(row["code"]).guide.casefold()
        assert row["target_text"].casefold() in guide, row["code"]
    print(f"\n{name}: {len(held)} targets held, {words} in words only")


def numbers(target: Target) -> tuple[str, float | None, float | None, float | None]:
    return (target.kind.value, target.value, target.low, target.high)


def as_printed(row: Mapping[str, str]) -> tuple[str, float | None, float | None, float | None]:
    value, low, high = (
        float(row[name]) if row[name] else None for name in ("value", "low", "high")
    )
    return (row["kind"], value, low, high)


def test_printed_baselines_are_held(name: str, catalogue: Catalogue) -> None:
    held = {one.indicator: one for one in catalogue.targets}
    baselines = 0
    for row in rows(name, "targets"):
        if row.get("baseline_text"):
            target = held[row["code"]]
            value = float(row["baseline_value"]) if row["baseline_value"] else None
            assert (target.baseline_words, target.baseline) == (row["baseline_text"], value)
            baselines += 1
    print(f"\n{name}: {baselines} baselines held")


def test_herefordshire_judges_the_rate_where_the_target_is_about_it() -> None:
    catalogue = load_catalogue(ROOT / "templates" / "herefordshire")
    about_rate = {r["code"] for r in rows("herefordshire", "targets") if r["applies_to"] == "rate"}
    by_rate = {one.code for one in catalogue.indicators if one.judged_as is JudgedAs.RATE}
    assert by_rate == about_rate == {"7", "9", "11", "18", "27"}
    assert {one.rate_breakdown for one in catalogue.indicators} == {"measure=Rate per 10,000"}


def test_a_measure_that_restarts_in_april_looks_back_a_year() -> None:
    catalogue = load_catalogue(ROOT / "templates" / "surrey")
    for one in catalogue.indicators:
        restarts = one.period_type is PeriodType.CUMULATIVE
        assert restarts == (one.compared_with == "same period last year"), one.code
    marked = [one.code for one in catalogue.indicators if Marker.KEY_INDICATOR in one.markers]
    assert len(marked) == 50
    aimed = {one.indicator for one in catalogue.targets if one.judges}
    assert all(catalogue.indicator(code).polarity is not Polarity.NEITHER for code in aimed)
    worded = {one.indicator for one in catalogue.targets if not one.judges}
    assert worded.isdisjoint(aimed)
