"""Every way in which a date is written, and the ones that are none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lists.making import AS_AT
from workbook_builder.lists.cells import Coded
from workbook_builder.lists.dates import FILLERS, clean_dates

SAME = dt.date(2024, 4, 3)
WRITTEN = [
    dt.date(2024, 4, 3),
    dt.datetime(2024, 4, 3, 14, 30),
    np.datetime64("2024-04-03T10:00"),
    45385,
    45385.0,
    45385.75,
    "45385",
    "45385.0",
    "03/04/2024",
    "3/4/2024",
    " 03/04/2024 ",
    "03/04/2024\u00a0",
    "'03/04/2024",
    "03/04/24",
    "03-04-2024",
    "03.04.2024",
    "03/04/2024 00:00:00",
    "03/04/2024 09:15",
    "03/04/2024 9:15 AM",
    "2024-04-03",
    "2024/04/03",
    "2024-04-03 00:00:00.000",
    "2024-04-03T00:00:00Z",
    "2024-04-03T00:00:00+01:00",
    "20240403",
    20240403,
    "3 April 2024",
    "03-Apr-24",
    "03-APR-2024",
    "3rd April 2024",
    "Wed 3 Apr 2024",
    "Wednesday, 3 April 2024",
]


def clean(value: Any, birth: bool = False) -> tuple[dt.date | None, str, str]:
    cells = np.empty(1, dtype=object)
    cells[0] = value
    cleaned = clean_dates(Coded.of(cells), AS_AT, birth)
    day, issue = cleaned.values[0], cleaned.issues[0]
    found = None if np.isnat(day) else day.astype("datetime64[D]").astype(object)
    return found, issue.kind if issue else "", issue.done.value if issue else ""


@pytest.mark.parametrize("value", WRITTEN, ids=repr)
def test_a_date_is_the_same_however_written(value: Any) -> None:
    assert clean(value) == (SAME, "", "")


@pytest.mark.parametrize("value", [None, "", " ", "\u00a0", float("nan")], ids=repr)
def test_blanks_are_normal(value: Any) -> None:
    assert clean(value) == (None, "", "")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("31/02/2024", "impossible date"),
        ("04/13/2024", "impossible date"),
        ("00/00/0000", "impossible date"),
        ("12/05/1824", "impossible date"),
        ("12/05/2031", "impossible date"),
        (dt.date(1890, 5, 1), "impossible date"),
        (2000, "not a date"),
        ("01/01/1900", "filler date"),
        (dt.date(1900, 1, 1), "filler date"),
        (1, "filler date"),
        (0, "filler date"),
        (dt.time(), "filler date"),
        ("31/12/9999", "filler date"),
        (2958465, "filler date"),
        ("0001-01-01", "filler date"),
        ("1753-01-01 00:00:00", "filler date"),
        (dt.time(9, 15), "not a date"),
        (-5, "not a date"),
        (99999999, "not a date"),
        (True, "not a date"),
        ("not yet", "not a date"),
        ("Team 4", "not a date"),
        ("04/2024", "not a date"),
        ("#N/A", "error value"),
        ("#MULTIVALUE", "error value"),
        ("#REF!", "error value"),
        ("NULL", "word for nothing"),
        ("n/a", "word for nothing"),
    ],
    ids=repr,
)
def test_what_is_no_date_is_blanked(value: Any, kind: str) -> None:
    assert clean(value) == (None, kind, "blanked")


def test_a_date_after_the_extract_is_kept_and_told() -> None:
    assert clean("01/09/2024") == (dt.date(2024, 9, 1), "future date", "kept")


def test_a_date_over_thirty_years_ago_is_kept_and_told() -> None:
    assert clean("01/09/1980") == (dt.date(1980, 9, 1), "old date", "kept")


def test_the_unborn_are_expected_ahead() -> None:
    assert clean("01/01/2025", birth=True) == (dt.date(2025, 1, 1), "", "")
    assert clean("01/01/2026", birth=True) == (None, "impossible date", "blanked")
    assert clean("Unborn", birth=True) == (None, "", "")
    assert clean("Unborn") == (None, "not a date", "blanked")


def test_two_figures_of_a_year_are_of_this_century_up_to_now() -> None:
    assert clean("03/04/26")[0] == dt.date(2026, 4, 3)
    assert clean("03/04/98")[0] == dt.date(1998, 4, 3)


DAYS = st.dates(dt.date(1995, 1, 1), AS_AT).filter(lambda day: day not in FILLERS)
FORMS = [
    "{0:%d/%m/%Y}",
    "{0.day}/{0.month}/{0.year}",
    "{0:%Y-%m-%d}",
    "{0:%Y-%m-%d} 00:00:00",
    "{0:%d-%b-%Y}",
    "{0:%d %B %Y}",
    "{0:%d/%m/%y}",
    " {0:%d.%m.%Y} ",
]


@given(DAYS, st.sampled_from(FORMS))
def test_day_first_in_every_form(day: dt.date, form: str) -> None:
    assert clean(form.format(day))[0] == day


@given(DAYS)
def test_excels_number_is_its_day(day: dt.date) -> None:
    number = (day - dt.date(1899, 12, 30)).days
    assert clean(number)[0] == clean(float(number))[0] == clean(str(number))[0] == day


@given(
    st.one_of(
        st.text(max_size=20),
        st.floats(allow_nan=True),
        st.integers(-(10**9), 10**9),
        st.dates(),
        st.times(),
        st.booleans(),
        st.none(),
    )
)
def test_anything_at_all_gives_a_day_or_says_why_not(value: Any) -> None:
    day, kind, done = clean(value)
    if day is None:
        assert not kind or done == "blanked"
    else:
        assert abs(day.year - AS_AT.year) <= 120
        assert day not in FILLERS
