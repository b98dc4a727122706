"""Ids, numbers and texts: one child has one id."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_builder.lists.cells import Cleaned, Coded
from workbook_builder.lists.values import clean_ids, clean_numbers, clean_texts


def coded(*values: Any) -> Coded:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return Coded.of(cells)


def one(cleaned: Cleaned) -> tuple[Any, str, str]:
    issue = cleaned.issues[0]
    return cleaned.values[0], issue.kind if issue else "", issue.done.value if issue else ""


@pytest.mark.parametrize(
    "value",
    [123, 123.0, "123", "123.0", "123.00", "123 ", " 123", "123\u00a0", "'123", "123\u200b"],
)
def test_one_child_however_written(value: Any) -> None:
    assert one(clean_ids(coded(value), required=True)) == ("123", "", "")


@pytest.mark.parametrize("value", ["000123", "AB-12", "12.5.1", "x y", "P0001"])
def test_texts_stay_as_they_are(value: str) -> None:
    assert one(clean_ids(coded(value), required=True)) == (value, "", "")


@pytest.mark.parametrize(
    "value", ["", None, " ", "#N/A", "NULL", "None", "Total", 0, "n/a", float("nan"), "-"], ids=repr
)
def test_no_id_leaves_the_row_out(value: Any) -> None:
    assert one(clean_ids(coded(value), required=True)) == ("", "no id", "row left out")
    assert one(clean_ids(coded(value), required=False)) == ("", "", "")


@pytest.mark.parametrize("value", [1e17, "1.23E+11", "1.23457e+15"])
def test_ids_that_lost_digits_are_told(value: Any) -> None:
    assert one(clean_ids(coded(value), required=True))[1:] == ("id with digits lost", "kept")


@given(st.integers(1, 10**14), st.sampled_from(["{}", "{}.0", " {} ", "{}\u00a0", "'{}"]))
def test_an_integer_is_one_id_in_every_form(number: int, form: str) -> None:
    found = clean_ids(coded(number, float(number), form.format(number)), required=True)
    assert set(found.values) == {str(number)}


@given(st.text(max_size=30))
def test_cleaning_an_id_again_changes_nothing(text: str) -> None:
    once = clean_ids(coded(text), required=True).values[0]
    assert clean_ids(coded(once), required=True).values[0] == once


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3),
        ("3", 3),
        ("3.0", 3),
        (" 3 ", 3),
        (13.79, 13.79),
        ("13.79", 13.79),
        (-1, -1),
        ("-1", -1),
        (-0.4, -1),
        ("Unborn", -1),
        (0, 0),
    ],
)
def test_ages(value: Any, number: float) -> None:
    assert one(clean_numbers(coded(value), age=True)) == (number, "", "")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (-1, "impossible number"),
        (99999, "impossible number"),
        ("three", "not a number"),
        ("#N/A", "error value"),
        ("NULL", "word for nothing"),
    ],
)
def test_what_is_no_count_is_blanked(value: Any, kind: str) -> None:
    number, *rest = one(clean_numbers(coded(value)))
    assert math.isnan(number)
    assert rest == [kind, "blanked"]


@pytest.mark.parametrize("value", [-2, 250])
def test_ages_that_nobody_has(value: int) -> None:
    assert one(clean_numbers(coded(value), age=True))[1:] == ("impossible number", "blanked")


def test_a_thousand_has_a_comma_and_a_blank_is_nothing() -> None:
    assert one(clean_numbers(coded("1,000")))[0] == 1000
    assert one(clean_numbers(coded("")))[1:] == ("", "")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("None", "None"),
        ("N/A", "N/A"),
        ("NA", "NA"),
        ("Lexie\u00a0Defore", "Lexie Defore"),
        ("  Team  4 ", "Team 4"),
        (4.0, "4"),
        ("", ""),
    ],
)
def test_texts_keep_their_words(value: Any, text: str) -> None:
    assert one(clean_texts(coded(value))) == (text, "", "")


@pytest.mark.parametrize("value", ["#N/A", "#MULTIVALUE", "#REF!", "#NAME?"])
def test_error_values_are_no_team(value: str) -> None:
    assert one(clean_texts(coded(value))) == ("", "error value", "blanked")
