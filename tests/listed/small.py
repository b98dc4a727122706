"""A small scorecard counted from two lists, which tests change in one place at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.lists.making import good_row, headings, workbook
from tests.unit.catalogue.small import write_scorecard
from workbook_builder import app
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.extracts.model import Extracts
from workbook_builder.listed import FOLDER, load_measures, load_scorecard, read_listed

FILES: dict[str, str] = {
    "scorecard.toml": """\
id = "own"
title = "Small scorecard from lists"
authority = "Anyshire"
report_month = "2024-06"

[lists]
window = 3

[[tab]]
name = "All"

[[tab.block]]
type = "months"
indicators = ["referrals", "cp_visited"]
""",
    "indicators/all.toml": """\
[[indicator]]
measure = "referrals"
breakdowns = ["team"]

[[indicator]]
measure = "cp_visited"
""",
}

# One referral a month from March on, by two teams.
REFERRALS = [
    good_row("referrals", 1, referral_date="05/03/2024", team="Blue"),
    good_row("referrals", 2, referral_date="05/04/2024", team="Blue"),
    good_row("referrals", 3, referral_date="07/05/2024", team="Blue "),
    good_row("referrals", 4, referral_date="05/06/2024", team="Red"),
    good_row("referrals", 5, referral_date="06/06/2024", team="Green"),
]


def plan(child: int, visited: str) -> list[Any]:
    """A plan that is open, with its last visit."""
    return good_row(
        "child_protection",
        child,
        start_date="02/01/2024",
        end_date=None,
        last_visit_date=visited,
        last_review_date="03/06/2024",
    )


# To Sunday 30 June these are 4, 11, 14 and 15 working days, and 6, 17, 20 and 23 days.
VISITS = ("24/06/2024", "13/06/2024", "10/06/2024", "07/06/2024")
PLANS = [plan(child, visited) for child, visited in enumerate(VISITS, start=1)]


def write_lists(path: Path, changes: Mapping[str, Any] | None = None) -> Path:
    """The workbook of lists; changes replaces sheets by their names."""
    sheets = {
        "List_3": [headings("referrals"), *REFERRALS],
        "List_7": [headings("child_protection"), *PLANS],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    return workbook(path, {**sheets, **(changes or {})})


def write_folder(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """The scorecard with its lists, some files put in the place of its own or beside them."""
    write_scorecard(folder, {**FILES, **(files or {})})
    write_lists(folder / app.EXTRACTS / FOLDER / "annex_a_2024-06.xlsx")
    return folder


def changed(name: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """A file of the scorecard with texts replaced in it."""
    text = FILES[name]
    for old, new in pairs:
        assert old in text, f"{old!r} is not in {name}"
        text = text.replace(old, new, 1)
    return {name: text}


def read(folder: Path) -> tuple[Catalogue, Extracts]:
    """The catalogue of the folder, and what its lists give."""
    catalogue = load_scorecard(folder)
    library = load_measures(folder, catalogue.settings.lists)
    return catalogue, read_listed(folder / app.EXTRACTS / FOLDER, catalogue, library)


def values(folder: Path, indicator: str, breakdown: str = "") -> dict[str, Any]:
    """An indicator's figures by month."""
    return {
        one.period.text: one.value
        for one in read(folder)[1].figures
        if (one.indicator, one.breakdown) == (indicator, breakdown)
    }
