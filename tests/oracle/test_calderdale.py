"""The Calderdale template against every figure that the published report prints."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.building import ROOT, TEMPLATES, Example, build_example
from workbook_builder.extracts.headings import read_period
from workbook_builder.periods import Kind
from workbook_builder.values import number

DATA = ROOT / "tests" / "data" / "calderdale"
FOLDER = TEMPLATES / "calderdale"
KINDS = {"snapshot_date": "snapshot"}

Key = tuple[str, str, str]
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


PRINTED = read(DATA / "values.csv")
LAST_YEAR = [
    row
    for row in read(DATA / "derived.csv")
    if (row["code"], row["period_kind"]) == ("1.1.2", "month")
]


@pytest.fixture(scope="module")
def calderdale(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(FOLDER, tmp_path_factory.mktemp("calderdale"))


def fed(example: Example) -> dict[Key, object]:
    years = example.scorecard.catalogue.settings.years
    found: dict[Key, object] = {}
    for figure in example.scorecard.extracts.figures:
        period = figure.period
        if period.kind is Kind.YTD:
            period = years.ytd(years.start_of(period.end).plus(11))
        found[figure.indicator, figure.breakdown, period.key] = figure.value
    return found


def key_of(row: Row, example: Example) -> Key:
    kind = KINDS.get(row["period_kind"], row["period_kind"])
    years = example.scorecard.catalogue.settings.years
    return row["code"], row["breakdown"], read_period(f"{kind} {row['period']}", years).key


def test_every_printed_input_is_fed_as_printed(calderdale: Example) -> None:
    ours = fed(calderdale)
    inputs = [row for row in PRINTED if row["role"] == "input" and row["value_text"]]
    blank = [row for row in PRINTED if row["role"] == "input" and not row["value_text"]]
    derived = [row for row in PRINTED if row["role"] == "derived"]
    different = []
    for row in inputs:
        value = ours.get(key_of(row, calderdale))
        same = (
            str(value) == row["value_text"]
            if not row["value"]
            else (isinstance(value, float) and value == float(row["value"]))
        )
        if not same:
            different.append((row, value))
    print(
        f"\nCalderdale: {len(inputs) - len(different)} of {len(inputs)} printed inputs fed, "
        f"{len(blank)} printed empty and left out, {len(derived)} derived and not fed"
    )
    assert different == []
    assert (len(inputs), len(blank), len(derived)) == (598, 250, 115)


def test_nothing_else_is_fed_but_last_years_counts(calderdale: Example) -> None:
    inputs = {
        key_of(row, calderdale) for row in PRINTED if row["role"] == "input" and row["value_text"]
    }
    last_year = {key_of(row, calderdale): float(row["value"]) for row in LAST_YEAR}
    assert len(last_year) == 12
    ours = fed(calderdale)
    assert set(ours) == inputs | set(last_year)
    assert {key: number(ours[key]) for key in last_year} == last_year  # type: ignore[arg-type]


def test_statuses_by_hand_are_those_that_no_target_gives(calderdale: Example) -> None:
    by_hand = {line.code for line in calderdale.scorecard.lines if line.verdict.hand}
    assert by_hand == {"1.3.1", "1.3.5", "1.3.6", "1.3.7"}
    assert calderdale.scorecard.contradictions == ()


def test_the_build_leaves_no_row_out(calderdale: Example) -> None:
    assert calderdale.built.rows_left_out == 0
    assert calderdale.built.figures == 610
    assert calderdale.built.workbook.is_file()
