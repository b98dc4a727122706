"""A refresh writes three ranges, however many months and indicators there are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.building import ROOT, STAMP
from tests.live import engine
from tests.live.office import OwnOffice
from tests.live.person import Person
from workbook_builder import app
from workbook_builder.periods import Month

pytestmark = pytest.mark.in_ci

REPORT = Month(2024, 6)
SIZES = ((20, 6), (200, 60), (20, 60), (200, 6))


def scorecard(folder: Path, indicators: int, months: int) -> Path:
    """A folder with so many indicators of so many months each."""
    shutil.copytree(ROOT / "tests" / "data" / "small", folder)
    for file in (*folder.glob("indicators/*.toml"), *folder.glob("*.csv")):
        file.unlink()
    codes = [f"i{number}" for number in range(indicators)]
    definitions = [
        f'[[indicator]]\ncode = "{code}"\nname = "Indicator {code}"\ntheme = "All"\n'
        'unit = "count"\npolarity = "neither"\nperiod_type = "in month"\n'
        'year_to_date = "latest"\n'
        for code in codes
    ]
    (folder / "indicators" / "all.toml").write_text("\n".join(definitions), encoding="utf-8")
    grid = f'[[tab]]\nname = "All"\n[[tab.block]]\ntype = "grid"\nindicators = {codes}\n'
    head = 'id = "many"\ntitle = "Many"\nauthority = "Exampleshire"\nreport_month = "2024-06"\n'
    (folder / "scorecard.toml").write_text(head + grid.replace("'", '"'), encoding="utf-8")
    lines = ["indicator,period,value"]
    lines += [f"{code},{REPORT.plus(-step)},{step + 1}" for code in codes for step in range(months)]
    (folder / "extracts" / "months.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("indicators", "months"), SIZES)
def test_three_writes(
    office: OwnOffice,
    tmp_path: Path,
    indicators: int,
    months: int,
    request: pytest.FixtureRequest,
) -> None:
    if (indicators, months) not in SIZES[: amount_in_ci(request.config, 2, len(SIZES))]:
        pytest.skip("a large one runs in CI, the others with --long")
    folder = scorecard(tmp_path / "folder", indicators, months)
    workbook = app.build(folder, out=tmp_path / "out", stamp=STAMP).workbook
    office.close_all()
    calc = engine.register(office)
    person = Person(office.open(workbook))
    file = folder / "extracts" / "months.csv"
    file.write_text(file.read_text("utf-8").replace("2024-06,1\n", "2024-06,777\n"), "utf-8")
    done = app.refresh(stamp=STAMP)
    assert [sheet for sheet, _ in calc.writes] == ["Figures", "Notes", "Log"]
    assert list(person.shown("Summary").values()).count("777") >= indicators
    print(
        f"\n{indicators} indicators, {months} months: {len(calc.writes)} writes, {done.cells} cells"
    )
    office.close_all()
