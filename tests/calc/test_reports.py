"""The councils' reports in LibreOffice: each formula gives what was written; the file is sound."""

from __future__ import annotations

import pytest

from tests.building import TEMPLATES, Example, build_example
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit

# Each template with the fewest formula cells that its workbook can have.
REPORTS = {
    "surrey": 6500,
    "calderdale": 2500,
    "herefordshire": 3000,
    "kirklees": 4400,
}


@pytest.fixture(scope="module", params=REPORTS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(TEMPLATES / request.param, tmp_path_factory.mktemp(request.param))


def test_every_formula_cell_recalculates_to_what_was_written(report: Example, calc: Calc) -> None:
    result = compare(report.built.workbook, calc)
    name = report.scorecard.catalogue.settings.id
    print(f"\n{name}: formula cells recalculated: {result.count}")
    print(f"{name}: different: {len(result.differences)}")
    assert [str(difference) for difference in result.differences] == []
    assert result.count > REPORTS[name]


@pytest.mark.in_ci
def test_the_package_is_sound(report: Example) -> None:
    assert audit(report.built.workbook) == []
