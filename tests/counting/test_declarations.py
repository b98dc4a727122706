"""Declarations: every fault at once, in plain English, with the line and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.grammar import DATES, FORMS, SUMS, Form, NotUnderstood, Reader
from workbook_builder.counting.load import load_library
from workbook_builder.counting.spans import Span
from workbook_builder.errors import UserError

GOOD = """
[[measure]]
code = "own"
name = "Own measure"
theme = "Ours"
list = "referrals"
counted = "in the month"
date = "referral_date"
numerator = ["source is one of 6"]
unit = "percent"
polarity = "neither"
class = "A"
rule = "local"
"""


def faults(tmp_path: Path, text: str, settings: dict[str, str] | None = None) -> list[str]:
    """What is wrong with a file, a line each: code, row, what, suggestion."""
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_library(path, settings)
    return [
        f"{fault.code} {fault.place.row} {fault.what} {fault.fix}".strip()
        for fault in caught.value.faults
    ]


def test_a_measure_of_ones_own_needs_no_program(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD, encoding="utf-8")
    packaged = load_library()
    library = load_library(tmp_path)
    assert len(library.measures) == len(packaged.measures) + 1
    assert library.measure("own").name == "Own measure"
    assert library.measure("own").breakdowns == (
        "team",
        "area",
        "age_band",
        "gender",
        "ethnicity",
        "source",
    )


def test_at_least_fifty_measures_of_class_a_or_b() -> None:
    measures = load_library().measures
    assert len(measures) >= 50
    assert {measure.source_class for measure in measures} == {"A", "B"}
    assert all(measure.rule for measure in measures)
    assert len({measure.name for measure in measures}) == len(measures)


def test_every_fault_is_found_at_once(tmp_path: Path) -> None:
    text = (
        GOOD
        + """
[[measure]]
code = "contacts"
nmae = "Contacts again"
theme = "Ours"
list = "contact"
counted = "in month"
unit = "percents"
polarity = "good"
class = "C"
rule = ""
"""
    )
    assert faults(tmp_path, text) == [
        'WB334 16 The code "contacts" is taken: a measure of the program has it. Give '
        "yours another "
        'code, such as "contacts_own", and name that in the indicator; or where only a length of '
        "time differs, set it under [lists.settings].",
        'WB331 17 "nmae" is not a field of a measure. Did you mean "name"?',
        'WB332 15 "name" is missing: what the scorecard prints.',
        'WB333 24 "" cannot be used for rule.',
        'WB333 20 "in month" is not allowed for counted. Did you mean "in the month"?',
        'WB333 21 "percents" is not allowed for unit. Did you mean "percent"?',
        'WB333 22 "good" is not allowed for polarity.',
        'WB333 23 "C" is not allowed for class.',
        'WB335 19 "contact" is not allowed for list. Did you mean "contacts"?',
    ]


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        (
            "sorce is one of 6",
            'WB335 9 "sorce" is not a name of the list referrals.~Did you mean "source"?',
        ),
        ("source is one of 66", 'WB339 9 "66" is not a code of source.~Did you mean "6"?'),
        ("referral_date is one of 6", 'WB337 9 "referral_date" holds a date, not a code.'),
        ("source is blank or so", 'WB336 9 "source is blank or so" is not a condition.'),
        (
            "referral_date is within 3 fortnights after the extract date",
            'WB336 9 "3 fortnights" is not a length of time.',
        ),
        (
            "referral_date is within {cp_visit} after the extract date",
            'WB338 9 "cp_visit" is not a setting.',
        ),
        ("referral_date is before the month end", 'WB336 9 "the month end" is not a date.'),
        ("referral_date is within 5 days after the day", "WB337 9 "),
        ("the day is blank", "WB337 9 The day is never blank."),
        ("age at referral_date is 9 to 5", "WB337 9 No age is 9 to 5."),
        (
            "the child's latest contact.contact_date on or before referral_date is given",
            'WB335 9 "contact" is not a list.~Did you mean "contacts"?',
        ),
        (
            "the child's previous referral_date is blank",
            "WB332 2 A condition asks for the child's previous date",
        ),
        ("referrals_in_12_months is at least many", "WB336 9 "),
        ("", 'WB336 9 "" is not a condition.'),
    ],
)
def test_a_condition_that_cannot_be_read(tmp_path: Path, condition: str, fault: str) -> None:
    text = GOOD.replace("source is one of 6", condition)
    found = faults(tmp_path, text)
    assert len(found) == 1
    assert all(part in found[0] for part in fault.split("~")), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('date = "referral_date"\n', "", 'WB332 2 "date" is missing: which month is a row in?'),
        ('date = "referral_date"', 'date = "the day"', "WB337 8 date cannot be the day"),
        ('date = "referral_date"', "date = 3", "WB333 8 3 cannot be used for date."),
        ('numerator = ["source is one of 6"]\n', "", 'WB332 2 "numerator" is missing'),
        (
            'unit = "percent"',
            'unit = "count"',
            'WB331 9 "numerator" does not suit a measure in count.',
        ),
        (
            'unit = "percent"',
            'unit = "days"',
            'WB332 2 "sum" is missing: a measure in days needs it.',
        ),
        ('"in the month"', '"at the month end"', 'WB332 2 "start" is missing'),
        (
            'unit = "percent"',
            'unit = "percent"\neach = "children"',
            'WB333 11 "children" is not allowed for each.',
        ),
        (
            'unit = "percent"',
            'unit = "percent"\ndecimals = 1.5',
            "WB333 11 1.5 cannot be used for decimals.",
        ),
        (
            'unit = "percent"',
            'unit = "percent"\nlooks_back = true',
            "WB333 11 true cannot be used for looks_back.",
        ),
        (
            'unit = "percent"',
            'unit = "percent"\nbreakdowns = ["teams"]',
            'WB333 11 The list referrals cannot be broken down by "teams". Did you mean "team"?',
        ),
        (
            '["source is one of 6"]',
            '"source is one of 6"',
            "WB333 9 The numerator is not a list of conditions.",
        ),
        ('["source is one of 6"]', "[3]", "WB333 9 The numerator is not a list of conditions."),
        (
            '["source is one of 6"]',
            '[["source is one of 6"], []]',
            "WB333 9 A list of the numerator is empty",
        ),
        ('["source is one of 6"]', "[]", "WB333 9 A list of the numerator is empty"),
        ('code = "own"', 'code = "-"', 'WB333 3 "-" cannot be used for code.'),
        ('code = "own"\n', "", 'WB332 2 "code" is missing.'),
        (
            "[[measure]]",
            "[[measures]]",
            'WB331 2 "measures" is not a table of a file of measures. Did you mean "measure"?',
        ),
        ("[[measure]]", "[measure]", "WB333 None The measures are not written as tables."),
        ("[[measure]]", "[[measure", "WB103"),
    ],
)
def test_a_field_that_cannot_be_used(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = faults(tmp_path, GOOD.replace(old, new))
    assert any(line.startswith(fault) for line in found), found


def test_settings_of_ones_own_are_checked(tmp_path: Path) -> None:
    found = faults(tmp_path, GOOD, {"cp_visit_standart": "10 days", "long_plan": "two years"})
    assert found == [
        'WB338 None "cp_visit_standart" is not a setting of the measures. '
        'Did you mean "cp_visit_standard"?',
        'WB338 None "two years" is not a length of time.',
    ]


@pytest.mark.parametrize("form", [*FORMS, *DATES], ids=lambda form: form.shape)
def test_every_example_of_the_vocabulary_can_be_read(form: Form) -> None:
    names = vocabulary()
    Reader(names, names.lists[form.list], {}).condition(form.example)


@pytest.mark.parametrize("form", SUMS, ids=lambda form: form.shape)
def test_every_example_of_a_sum_can_be_read(form: Form) -> None:
    names = vocabulary()
    Reader(names, names.lists[form.list], {}).total(form.example)


def test_settings_stand_in_braces() -> None:
    names = vocabulary()
    reader = Reader(names, names.lists["child_protection"], {"often": Span.parse("2 weeks")})
    plain = Reader(names, names.lists["child_protection"], {})
    said = "last_visit is within {} before the day"
    assert reader.condition(said.format("{often}")) == plain.condition(said.format("2 weeks"))
    with pytest.raises(NotUnderstood):
        plain.condition(said.format("{often}"))


def test_every_columns_name_belongs_to_one_kind_of_thing() -> None:
    """A name means the same in every list, and its codes are known by it."""
    kinds: dict[str, set[str]] = {}
    for listed in vocabulary().lists.values():
        for column in listed.columns.values():
            kinds.setdefault(column.name, set()).add(column.kind)
            assert (column.kind == "code") == bool(column.codes), column
    assert {name for name, found in kinds.items() if len(found) > 1} == set()
