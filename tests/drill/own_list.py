"""A small scorecard with one extract of one list, all written by hand."""

from __future__ import annotations

from pathlib import Path

from workbook_builder import app

HEADS = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of referral,"
HEADS += "Referral Source,Referral NFA?,Number of Referrals in Last 12 Months,Allocated Team,"
HEADS += "Allocated Worker"
FORMULA, MARKUP = '"=HYPERLINK(""http://example.org"")"', "<r><t>x</t></r>"
REFERRALS = (
    f"A1,Male,WBRI,01/02/2015,10,06/05/2024,1A,No,0,{FORMULA},W",
    f"A1,Male,WBRI,01/02/2015,10,03/03/2025,1A,No,1,{FORMULA},W",
    f"B1,Female,WBRI,01/02/2015,10,04/03/2025,1A,No,0,{MARKUP},-2+3",
    "C1,Female,WBRI,01/02/2015,10,05/01/2023,1A,No,0,@SUM(1),W",
    f"A1,Male,WBRI,01/02/2015,10,03/03/2025,1A,Yes,1,{FORMULA},W",
)


SCORECARD = """
id = "own"
title = "Own"
authority = "Exampleshire"
report_month = "2025-03"
lists.window = 36
[[tab]]
name = "Front door"
[[tab.block]]
type = "months"
indicators = ["referrals", "rereferrals", "rereferred_children", "referrals_rate"]
"""
INDICATORS = """
theme = "Front door"
[defaults]
polarity = "neither"
period_type = "in month"
year_to_date = "latest"
[[indicator]]
code = "referrals"
measure = "referrals"
name = "Referrals"
unit = "count"
[[indicator]]
code = "rereferrals"
measure = "rereferrals"
name = "Re-referrals within 12 months"
unit = "percent"
numerator = "N"
denominator = "D"
[[indicator]]
code = "rereferred_children"
measure = "rereferred_children"
name = "Re-referred children"
unit = "percent"
numerator = "N"
denominator = "D"
[[indicator]]
code = "referrals_rate"
name = "Referrals per 10,000"
unit = "rate per 10,000"
rate_of = "referrals"
population = "children"
"""


def one_list(tmp_path: Path, rows: tuple[str, ...]) -> Path:
    """A scorecard of referrals, with 36 months to its one extract."""
    folder = tmp_path / "own"
    place = folder / "extracts" / "lists" / "2025-03"
    place.mkdir(parents=True)
    (folder / "indicators").mkdir()
    for name, text in (
        ("scorecard.toml", SCORECARD),
        ("indicators/1-front-door.toml", INDICATORS),
        ("populations.csv", "population,year,value,source\nchildren,2024,50000,x\n"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    (place / "referrals.csv").write_text("\n".join((HEADS, *rows)), encoding="utf-8")
    return folder


def asked(folder: Path, code: str, out: Path, month: str = "2025-03") -> Path:
    assert isinstance(app.drill(folder, code, month, out=out), app.Drilled)
    return out
