"""Codes by their stable part, in the spellings that real files have."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from tests.lists.making import definition
from workbook_builder.lists.cells import Coded
from workbook_builder.lists.codes import REPEATED, CodeBook, clean_codes
from workbook_builder.lists.private import NOTHING_PRIVATE, Private


def book(place: str) -> CodeBook:
    key, name = place.split(".")
    column = definition(key).column(name)
    assert column is not None
    return CodeBook(column.codes)


KNOWN = [
    ("contacts.ethnicity", "a) WBRI", "WBRI"),
    ("contacts.ethnicity", "WBRI", "WBRI"),
    ("contacts.ethnicity", "wbri", "WBRI"),
    ("contacts.ethnicity", "b) WBRI", "WBRI"),
    ("contacts.ethnicity", "WBRI - White British", "WBRI"),
    ("contacts.ethnicity", "WBRI White British", "WBRI"),
    ("contacts.ethnicity", "White British (WBRI)", "WBRI"),
    ("contacts.ethnicity", "White British", "WBRI"),
    ("contacts.ethnicity", "s) REFU", "REFU"),
    ("contacts.ethnicity", "s) NOBT", "NOBT"),
    ("contacts.ethnicity", "t) NOBT", "NOBT"),
    ("contacts.ethnicity", "u) UNKNOWN", "UNKNOWN"),
    ("contacts.contact_source", "g) 3A: Health services", "3A"),
    ("contacts.contact_source", "3A", "3A"),
    ("contacts.contact_source", "3a - Health", "3A"),
    ("contacts.contact_source", "q) 6: Police", "6"),
    ("contacts.contact_source", "6", "6"),
    ("contacts.contact_source", 6.0, "6"),
    ("contacts.contact_source", "POLICE", "6"),
    ("contacts.contact_source", "u) 10: Unknown", "10"),
    ("contacts.contact_source", "b) 1B: Individual", "1B"),
    ("contacts.contact_source", "5D: Early help", "5D"),
    ("contacts.gender", "a) Male", "Male"),
    ("contacts.gender", "Female", "Female"),
    ("contacts.gender", "F", "Female"),
    ("contacts.gender", 1, "Male"),
    ("contacts.gender", "c) Not stated/recorded (or unborn)", "Not stated/recorded"),
    ("contacts.gender", "d) Neither", "Neither"),
    ("adopters.gender", "c) Neither", "Neither"),
    ("adopters.gender", "d) Not stated/recorded", "Not stated/recorded"),
    ("children_in_need.need", "N1 - Abuse or Neglect", "N1"),
    ("children_in_need.need", "N1", "N1"),
    ("children_in_need.need", "n1: abuse", "N1"),
    ("children_in_need.need", "Abuse or neglect", "N1"),
    ("children_in_need.closure_reason", "RC7 - Services ceased for any other reason", "RC7"),
    ("children_in_need.closure_reason", "RC9", "RC9"),
    ("children_in_need.case_status", "c) Child in need plan", "Child in need plan"),
    ("children_in_need.case_status", "CIN", "Child in need plan"),
    ("child_protection.initial_category", "Physical abuse", "Physical abuse"),
    ("child_protection.initial_category", "e) Multiple", "Multiple/not recommended"),
    ("child_protection.initial_category", "NEG", "Neglect"),
    ("child_protection.seen_alone", "Y", "Yes"),
    ("child_protection.seen_alone", "yes", "Yes"),
    ("child_protection.seen_alone", True, "Yes"),
    ("child_protection.seen_alone", "b) No", "No"),
    ("child_protection.seen_alone", "c) Unknown", "Unknown"),
    ("children_looked_after.placement_type", "f) U6: Foster placement - not FFA", "U6"),
    ("children_looked_after.placement_type", "zz) T4: Temporary placement", "T4"),
    ("children_looked_after.placement_type", "U6", "U6"),
    ("children_looked_after.placement_type", "K3", "K3"),
    ("children_looked_after.placement_type", "K2: Children’s Homes", "K2"),
    ("children_looked_after.placement_provider", "b) PR1 - Own provision", "PR1"),
    ("children_looked_after.end_reason", "e) E4A: Returned home", "E4A"),
    ("children_looked_after.end_reason", "E4A Returned home", "E4A"),
    ("children_looked_after.end_reason", "u) X1:CodeError", "X1"),
    ("children_looked_after.legal_status", "C2: FCO", "C2"),
    ("children_looked_after.legal_status", "V2: Single period under S20", "V2"),
    ("children_looked_after.permanence_plan", "g) other", "Other"),
    ("care_leavers.accommodation", "C: Community home / residential care", "C"),
    ("care_leavers.accommodation", "Z", "Z"),
    ("care_leavers.suitability", "a) Suitable", "Suitable"),
    ("care_leavers.suitability", "2", "Unsuitable"),
    ("care_leavers.activity", "G4: Not in education", "G4"),
    ("care_leavers.activity", "F4", "F4"),
    ("care_leavers.in_touch", "f) Rhom", "Rhom"),
    ("care_leavers.in_touch", "a) Yes", "Yes"),
    ("adoption.reversal_reason", "RD2", "RD2"),
    ("adopters.left_reason", "3 - Application refused", "3"),
    ("adopters.fostering_for_adoption", "Yes", "Yes"),
]


def clean(
    place: str, value: Any, private: Private = NOTHING_PRIVATE, rows: int = 1
) -> tuple[str, str, str]:
    cells = np.empty(rows, dtype=object)
    cells[:] = value
    cleaned = clean_codes(Coded.of(cells), book(place), private)
    issue = cleaned.issues[0]
    return cleaned.values[0], issue.kind if issue else "", issue.found if issue else ""


@pytest.mark.parametrize(("place", "value", "code"), KNOWN, ids=str)
def test_the_stable_part_is_found(place: str, value: Any, code: str) -> None:
    assert clean(place, value) == (code, "", "")


@pytest.mark.parametrize("value", ["U9", "zz", "ZX9", "12", "b)", "p) X7", "12A", "Q"])
def test_what_has_the_shape_of_a_code_is_quoted(value: str) -> None:
    text, kind, found = clean("children_in_need.need", value)
    assert (text, kind) == (value, "unknown code")
    assert f'"{value}"' in found


WORDS = [
    ("contacts.ethnicity", "Code 'Q' is not mapped"),
    ("children_in_need.need", "PSRMEM - Support with memory"),
    ("assessments.support_needed", "CS Assessment Updated"),
    ("care_leavers.accommodation", "B and B"),
    ("contacts.ethnicity", "WELS"),
]


@pytest.mark.parametrize(("place", "value"), WORDS)
def test_words_are_quoted_only_if_they_stand_in_many_rows(place: str, value: str) -> None:
    text, kind, found = clean(place, value, rows=REPEATED)
    assert (text, kind) == (value, "unknown code")
    assert value in found
    text, kind, found = clean(place, value, rows=REPEATED - 1)
    assert (text, kind) == (value, "unknown code")
    assert value not in found
    assert f"{len(value)} characters" in found


def test_rows_are_counted_over_the_spellings_of_a_word() -> None:
    cells = np.empty(REPEATED, dtype=object)
    cells[:] = ["Early Years" if n % 2 else "early  years " for n in range(REPEATED)]
    cleaned = clean_codes(Coded.of(cells), book("contacts.contact_source"), NOTHING_PRIVATE)
    assert all(issue and "not shown" not in issue.found for issue in cleaned.issues)


WHO = Private(
    ids=frozenset({"p77", "12"}), names=frozenset({("avery", "quill"), ("rowan",), ("sw41",)})
)


@pytest.mark.parametrize(
    "value",
    [
        "116396",
        "12/03/2015",
        "3 May 2015",
        "Sam 4417",
        "CF10 1AA",
        "someone@council",
        "P77",
        "P77 seen",
        "12",
        "x" * 80,
        "Avery Quill",
        "QUILL, AVERY",
        "Quill A",
        "Rowan",
        "see sw41",
        "SW41",
        "Dr Oakley",
        "Mrs. Oakley",
    ],
)
def test_what_may_tell_a_person_is_never_quoted(value: str) -> None:
    text, kind, found = clean("contacts.ethnicity", value, WHO, rows=3 * REPEATED)
    assert (text, kind) == (value, "unknown code")
    assert value not in found
    assert "not shown" in found


@pytest.mark.parametrize("value", ["Rowan Oakley", "Sam", "SAM", "Jo", "Oakley, R", "Bobby"])
def test_a_name_typed_into_a_column_of_codes_is_not_quoted(value: str) -> None:
    _, kind, found = clean("contacts.contact_source", value)
    assert kind == "unknown code"
    assert value not in found


def test_a_date_is_no_code() -> None:
    assert clean("contacts.ethnicity", dt.date(2015, 3, 12))[:2] == ("", "unknown code")


def test_words_for_nothing_and_errors_are_blanked() -> None:
    assert clean("contacts.ethnicity", "NULL")[:2] == ("", "word for nothing")
    assert clean("contacts.ethnicity", "#N/A")[:2] == ("", "error value")
    assert clean("contacts.ethnicity", "")[:2] == ("", "")


def test_a_column_of_something_else_is_not_quoted_at_all() -> None:
    names = [f"Surname {chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(90)]
    cells = np.empty(len(names) * REPEATED, dtype=object)
    cells[:] = names * REPEATED
    cleaned = clean_codes(Coded.of(cells), book("contacts.ethnicity"), NOTHING_PRIVATE)
    assert {issue.found for issue in cleaned.issues if issue} == {
        "a text of 10 characters that is no code of this column, not shown"
    }


def test_the_mapping_file_goes_before_everything() -> None:
    column = definition("contacts").column("ethnicity")
    assert column is not None
    own = CodeBook(column.codes, {"Eng / Scot / Welsh": "WBRI", "White British": "WOTH", "zz": ""})
    assert own.find("ENG / SCOT /  WELSH") == "WBRI"
    assert own.find("White British") == "WOTH"
    assert own.find("zz") == ""
