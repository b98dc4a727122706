"""A scorecard with one extract of one list written by hand, whose months all count."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.building import TEMPLATES
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


def one_list(tmp_path: Path, rows: tuple[str, ...]) -> Path:
    """The folder, with 36 months to an extract."""
    folder = tmp_path / "own"
    shutil.copytree(
        TEMPLATES / "annex_a", folder, ignore=shutil.ignore_patterns(app.HISTORY, "lists")
    )
    settings = folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[defaults]", "list_window = 36\n\n[defaults]", 1), "utf-8")
    place = folder / "extracts" / "lists" / "2025-03"
    place.mkdir(parents=True)
    (place / "referrals.csv").write_text("\n".join((HEADS, *rows)), encoding="utf-8")
    return folder


def asked(folder: Path, code: str, out: Path, month: str = "2025-03") -> Path:
    assert isinstance(app.drill(folder, code, month, out=out), app.Drilled)
    return out
