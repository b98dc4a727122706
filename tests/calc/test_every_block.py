"""A sixth scorecard mixes the blocks of all five reports on its tabs, by its catalogue alone."""

from __future__ import annotations

import openpyxl
import pytest

from tests.building import ROOT, Example, build_example
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from workbook_builder.plan.contents import entries
from workbook_builder.plan.registry import BLOCKS

MIXED = ROOT / "tests" / "data" / "mixed"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(MIXED, tmp_path_factory.mktemp("mixed"))


def test_every_kind_of_block_is_in_it(mixed: Example) -> None:
    tabs = mixed.scorecard.catalogue.settings.tabs
    assert {block.type for tab in tabs for block in tab.blocks} == set(BLOCKS)
    assert max(len({block.type for block in tab.blocks}) for tab in tabs) >= 4


def test_every_formula_recalculates(mixed: Example, calc: Calc) -> None:
    result = compare(mixed.built.workbook, calc)
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 900


def test_the_package_is_sound(mixed: Example) -> None:
    assert audit(mixed.built.workbook) == []


def test_totals_are_those_of_the_file(mixed: Example) -> None:
    """Counted again from the extract's lines, without anything of ours."""
    lines = (MIXED / "extracts" / "figures.csv").read_text(encoding="utf-8").splitlines()
    june = [line.split(",") for line in lines if line.startswith("contacts,") and "2024-06" in line]
    sheet = openpyxl.load_workbook(mixed.built.workbook, data_only=True)["Front door"]
    rows: dict[str, list[object]] = {}
    for row in sheet.iter_rows(max_row=40):
        rows.setdefault(str(row[1].value), [one.value for one in row[2:5]])
    total = sum(int(line[-1]) for line in june)
    assert rows["Total"][2] == total
    police = [int(line[-1]) for line in june if "source=Police" in line[1]]
    assert rows["Police"] == [*police, sum(police)]
    assert mixed.scorecard.line("contacts").value == total


def test_a_theme_stands_once_on_the_contents_page(mixed: Example) -> None:
    texts = [entry.text for entry in entries(mixed.scorecard.lines) if entry.level == 1]
    assert texts == ["1   Front door", "2   Assessments", "3   Workforce"]
