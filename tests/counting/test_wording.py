"""A measure in plain words, as the Definitions sheet prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook_builder.counting.load import load_library
from workbook_builder.counting.model import Measure
from workbook_builder.counting.wording import settings_of, wording

LIBRARY = load_library()

HEAD = """[[measure]]
code = "own"
name = "Own"
theme = "Ours"
class = "A"
rule = "local"
polarity = "neither"
"""
IN_MONTH = 'counted = "in the month"\n'

SAID: list[tuple[str, str, str, str]] = [
    # declaration, description up to the source of the rule, numerator, denominator
    (
        f'list = "referrals"\n{IN_MONTH}date = "referral_date"\nunit = "count"',
        "Counts rows of list 3 of Annex A, Referrals, in the period by referral date.",
        "",
        "",
    ),
    (
        f'list = "referrals"\n{IN_MONTH}date = "referral_date"\nunit = "count"\neach = "child"\n'
        'cohort = ["age at the day is under 16", "no_further_action is none of Yes"]',
        "Counts children of list 3 of Annex A, Referrals, in the period by referral "
        "date, where age "
        "at referral date is under 16, and no further action is not Yes; a child counts once in a "
        "period.",
        "",
        "",
    ),
    (
        f'list = "adoption"\n{IN_MONTH}date = "reversed"\nunit = "percent"\n'
        'numerator = ["placed is within {adoption_threshold} after entered_care"]',
        "Counted from list 10 of Annex A, Adoption.",
        "Those where placed is within 400 days after entered care.",
        "Rows of list 10 of Annex A, Adoption, in the period by the date reversed.",
    ),
    (
        'list = "child_protection"\ncounted = "at the month end"\nstart = "plan_start"\n'
        'end = "plan_end"\nunit = "percent"\n'
        'numerator = [["abuse is one of Neglect"], ["the day is at least 2 years after '
        'plan_start", '
        '"abuse is one of Physical abuse, Sexual abuse, Emotional abuse"]]',
        "Counted from list 7 of Annex A, Child protection.",
        "Those where abuse is Neglect; or the end of the month is at least 2 years after "
        "plan start, "
        "and abuse is Physical abuse, Sexual abuse or Emotional abuse.",
        "Rows of list 7 of Annex A, Child protection, open at the end of the month (from "
        "plan start, "
        "until plan end).",
    ),
    (
        'list = "children_looked_after"\ncounted = "at the extract date"\nstart = "care_start"\n'
        'unit = "average"\nsum = "missing_episodes"\n'
        'cohort = ["legal_status is none of V2, C2", "placement begins with one of K"]',
        "Counted from list 8 of Annex A, Children looked after.",
        "Missing episodes, added up.",
        "Rows of list 8 of Annex A, Children looked after, open on the day of the "
        "extract (from care "
        "start), where legal status is neither Single period of accommodation under "
        "section 20 (V2) "
        "nor Full care order (C2), and placement begins with K; those that lack what is "
        "added up are "
        "left out.",
    ),
    (
        f'list = "contacts"\n{IN_MONTH}date = "contact_date"\nunit = "percent"\n'
        'numerator = ["the child\'s first referrals.referral_date on or after '
        'contact_date is given"]',
        "Counted from list 1 of Annex A, Contacts.",
        "Those where the child's first referral date in the list Referrals on or after "
        "contact date "
        "is given.",
        "Rows of list 1 of Annex A, Contacts, in the period by contact date.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "description", "numerator", "denominator"), SAID)
def test_a_declaration_in_plain_words(
    tmp_path: Path, table: str, description: str, numerator: str, denominator: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(HEAD + table, encoding="utf-8")
    library = load_library(path, {"adoption_threshold": "400 days"})
    words = wording(library.measure("own"), library.settings, ())
    assert words.description == f"{description} Source of the rule: local."
    assert (words.numerator, words.denominator) == (numerator, denominator)


@pytest.mark.parametrize("measure", LIBRARY.measures, ids=lambda measure: measure.code)
def test_no_column_or_setting_is_left_in_the_words(measure: Measure) -> None:
    words = wording(measure, LIBRARY.settings, settings_of(measure))
    told = " ".join((words.description, words.numerator, words.denominator))
    assert not set(told) & set("_{}[]")
    assert measure.rule in words.description
    assert (f"A proxy: {measure.proxy}" in words.description) == bool(measure.proxy)
    for name in settings_of(measure):
        assert str(LIBRARY.settings[name].span) in words.numerator + words.denominator + told
    assert bool(words.numerator) == bool(words.denominator) == (measure.unit != "count")


def test_every_setting_is_one_that_a_measure_names() -> None:
    used = {name for measure in LIBRARY.measures for name in settings_of(measure)}
    assert used == set(LIBRARY.settings)
