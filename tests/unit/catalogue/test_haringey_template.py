"""The February 2014 report as a scorecard folder."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from workbook_builder.catalogue.load import load_catalogue
from workbook_builder.catalogue.model import Catalogue

ROOT = Path(__file__).parents[3]
TEMPLATE = ROOT / "templates" / "haringey"
PRINTED = ROOT / "tests" / "data" / "haringey" / "front_page.csv"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(TEMPLATE)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_holds_the_whole_report(catalogue: Catalogue) -> None:
    assert len(catalogue.indicators) == 56
    assert len(catalogue.targets) == 37
    assert len(catalogue.overrides) == 3
    assert len(catalogue.settings.tabs) == 8
    assert sum(indicator.highlighted for indicator in catalogue.indicators) == 7


def test_names_and_order_are_those_of_the_front_page(catalogue: Catalogue) -> None:
    printed = [(row["code"], row["name"], row["page"]) for row in rows(PRINTED)]
    ours = [(one.code, one.name, one.reference) for one in catalogue.indicators]
    assert ours == printed
    groups = catalogue.settings.front.groups
    assert [code for group in groups for code in group.indicators] == [row[0] for row in printed]
    assert len({group.heading for group in groups}) == 8


def test_each_indicator_is_in_one_grid_or_distribution(catalogue: Catalogue) -> None:
    places = Counter(
        code
        for tab in catalogue.settings.tabs
        for block in tab.blocks
        if block.type in ("grid", "distribution")
        for code in block.indicators
    )
    assert places == Counter({indicator.code: 1 for indicator in catalogue.indicators})


def test_everything_is_described(catalogue: Catalogue) -> None:
    for one in catalogue.indicators:
        for text in (one.description, one.guide, one.numerator, one.denominator, one.owner):
            assert len(text) > 3, one.code


def test_the_extracts_feed_what_is_not_computed(catalogue: Catalogue) -> None:
    fed = {row["indicator"] for row in rows(TEMPLATE / "extracts" / "figures.csv")}
    fed |= {row["indicator"] for row in rows(TEMPLATE / "extracts" / "workforce.csv")}
    assert fed == {one.code for one in catalogue.indicators if not one.computed}
    assert len(rows(TEMPLATE / "extracts" / "figures.csv")) == 386
    assert len(rows(TEMPLATE / "extracts" / "brought-forward.csv")) == 13
