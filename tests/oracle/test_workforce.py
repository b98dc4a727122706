"""DfE's published rates of the social work workforce come out of numerators and denominators.

A figures file has what is divided by what, a column of each as councils write them; the program
divides and rounds. England's caseload of 2025 is 321,661 cases over 21,105.4 full-time equivalents.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.building import compute
from workbook_builder.results import rows

DATA = Path(__file__).parents[1] / "data" / "dfe" / "workforce.csv"
WORKING_DAYS = 253
Row = dict[str, float]


def of(row: Row, *names: str) -> float:
    return sum(row[name] for name in names)


# Indicator, unit, what is divided by what, and the published column.
RATES = {
    "caseload": ("average", ("cases",), ("case_holders_fte",), 1, "caseload_fte"),
    "agency": ("percent", ("agency_fte",), ("agency_fte", "inpost_fte"), 1, "agency_rate_fte"),
    "vacancy": ("percent", ("vacancy_fte",), ("vacancy_fte", "inpost_fte"), 1, "vacancy_rate_fte"),
    "turnover": ("percent", ("leavers_fte",), ("inpost_fte",), 1, "turnover_rate_fte"),
    "sickness": (
        "percent",
        ("working_days_lost_fte",),
        ("inpost_fte",),
        WORKING_DAYS,
        "absence_rate_fte",
    ),
}
ENGLAND = {
    "caseload": "15.2",
    "agency": "13.0%",
    "vacancy": "14.2%",
    "turnover": "11.8%",
    "sickness": "3.5%",
}


def published() -> dict[str, Row]:
    with DATA.open(encoding="utf-8", newline="") as stream:
        found = {row.pop("area"): row for row in csv.DictReader(stream)}
    return {area: {key: float(text) for key, text in row.items()} for area, row in found.items()}


def scorecard(folder: Path, row: Row) -> Path:
    """A folder with one figures file: numerators and denominators of September 2025."""
    (folder / "indicators").mkdir(parents=True)
    (folder / "extracts").mkdir()
    (folder / "scorecard.toml").write_text(
        'id = "workforce"\ntitle = "Workforce"\nauthority = "Anyshire"\n'
        'report_month = "2025-09"\n[[tab]]\nname = "Workforce"\n[[tab.block]]\ntype = "grid"\n'
        f"indicators = {list(RATES)}\n",
        encoding="utf-8",
    )
    indicators, lines = ['theme = "Workforce"\n'], ["indicator,period,numerator,denominator,value"]
    for code, (unit, top, below, times, _) in RATES.items():
        indicators.append(
            f'[[indicator]]\ncode = "{code}"\nname = "{code}"\nunit = "{unit}"\n'
            'polarity = "low"\nperiod_type = "month-end snapshot"\nyear_to_date = "latest"\n'
            'numerator = "full-time equivalents"\ndenominator = "of all"\ndecimals = 1\n'
        )
        numbers = f"{of(row, *top):.1f},{of(row, *below) * times:.1f}"
        lines.append(f"{code},Sep-25,{numbers},")
    (folder / "indicators" / "all.toml").write_text("\n".join(indicators), encoding="utf-8")
    (folder / "extracts" / "workforce.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("area", published())
def test_published_rates_come_out(area: str, tmp_path: Path) -> None:
    row = published()[area]
    found = {
        one["indicator"]: one
        for one in rows(compute(scorecard(tmp_path / "scorecard", row)))
        if one["period_kind"] == "month"
    }
    for code, (unit, _, _, _, column) in RATES.items():
        shown = f"{row[column]:.1f}" + ("%" if unit == "percent" else "")
        assert found[code]["shown"] == shown, code
    if area == "England":
        assert {code: found[code]["shown"] for code in RATES} == ENGLAND
        assert found["caseload"]["numerator"] == "321661"
        assert found["caseload"]["denominator"] == "21105.4"
