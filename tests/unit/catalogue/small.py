"""A small good scorecard folder that tests break in one place at a time."""

from __future__ import annotations

from pathlib import Path

GOOD: dict[str, str] = {
    "scorecard.toml": """\
id = "small"
title = "Small scorecard"
authority = "Anyshire"
report_month = "2014-02"
financial_year_starts = 4

[defaults]
tolerance = 5

[front]
name = "Summary"

[[front.group]]
heading = "All"
indicators = ["REF1", "REF2"]

[[tab]]
name = "Front door"

[[tab.block]]
type = "grid"
indicators = ["REF1", "REF2", "REF3"]

[[tab.block]]
type = "charts"
indicators = ["REF1"]

[[tab]]
name = "In care"

[[tab.block]]
type = "grid"
indicators = ["CLA1", "CLA2", "CLA3", "NET1"]
""",
    "indicators/1-front-door.toml": """\
theme = "Front door"

[defaults]
period_type = "in month"
owner = "Head of Service"

[[indicator]]
code = "REF1"
name = "Referrals"
unit = "count"
polarity = "neither"
year_to_date = "sum"

[[indicator]]
code = "REF2"
name = "Re-referrals"
unit = "percent"
polarity = "low"
year_to_date = "weighted"
numerator = "Referrals with an earlier one"
denominator = "All referrals"

[[indicator]]
code = "REF3"
name = "Referral rate"
unit = "rate per 10,000"
polarity = "neither"
year_to_date = "sum"
rate_of = "REF1"
population = "children"
""",
    "indicators/2-in-care.toml": """\
theme = "In care"

[[indicator]]
code = "CLA1"
name = "Children who started"
unit = "count"
polarity = "low"
period_type = "in month"
year_to_date = "sum"

[[indicator]]
code = "CLA2"
name = "Children who ceased"
unit = "count"
polarity = "high"
period_type = "in month"
year_to_date = "sum"

[[indicator]]
code = "NET1"
name = "Net change"
unit = "count"
polarity = "low"
period_type = "in month"
year_to_date = "sum"
plus = ["CLA1"]
minus = ["CLA2"]

[[indicator]]
code = "CLA3"
name = "Children in care"
unit = "count"
polarity = "in range"
period_type = "month-end snapshot"
year_to_date = "latest"
from = "2013-04"
""",
    "targets.csv": """\
indicator,from,to,kind,value,low,high,status
REF2,2013-04,2014-03,point,16,,,agreed
CLA3,2013-04,2014-03,range,,400,450,agreed
CLA3,2014-02,2014-02,monthly,440,,,agreed
""",
    "comparators.csv": "indicator,comparator,period,value\nREF2,england,2012/13,24.9\n",
    "populations.csv": "population,year,value,source\nchildren,2012,57600,ONS\n",
    "overrides.csv": """\
indicator,period,what,value,reason,role
REF2,2014-02,status,Amber,As agreed with the board,Director
REF1,2014-02,figure,149,A late file,Analyst
""",
}


def write_scorecard(folder: Path, files: dict[str, str]) -> Path:
    """Write a scorecard folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The good files with the first `old` in one of them replaced."""
    assert old in GOOD[file], f"{old!r} is not in {file}"
    return GOOD | {file: GOOD[file].replace(old, new, 1)}
