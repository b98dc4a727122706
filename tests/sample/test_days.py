"""The calendar of the generator against dates that are known."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from workbook_builder.sample.days import (
    add_months,
    age_at,
    bank_holidays,
    calendar,
    date_of,
    day,
    easter,
)

KNOWN = {
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
}


@pytest.mark.parametrize("year", KNOWN)
def test_englands_bank_holidays(year: int) -> None:
    found = sorted(holiday for holiday in bank_holidays() if holiday.year == year)
    assert [f"{holiday:%m-%d}" for holiday in found] == KNOWN[year].split()


def test_easter() -> None:
    assert easter(2024) == dt.date(2024, 3, 31)
    assert easter(2008) == dt.date(2008, 3, 23)


def test_working_days_leave_out_bank_holidays() -> None:
    start = np.array([day(dt.date(2024, 3, 22))])
    held = np.array([day(dt.date(2024, 4, 16))])
    assert calendar().between(start, held).tolist() == [15]
    later = calendar().after(start, np.array([45]))
    assert date_of(later[0]) == dt.date(2024, 5, 30)


def test_no_working_days_later_is_the_next_working_day() -> None:
    saturday = np.array([day(dt.date(2024, 3, 30))])
    assert date_of(calendar().snap(saturday)[0]) == dt.date(2024, 4, 2)


@pytest.mark.parametrize(
    ("start", "months", "result"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-03-31", -6, "2023-09-30"),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(
    start: str, months: int, result: str
) -> None:
    moved = add_months(np.array([day(dt.date.fromisoformat(start))]), months)
    assert date_of(moved[0]) == dt.date.fromisoformat(result)


def test_ages() -> None:
    births = [dt.date(2010, 4, 1), dt.date(2010, 3, 31), dt.date(2025, 4, 2), dt.date(2004, 2, 29)]
    numbers = np.array([day(birth) for birth in births])
    assert age_at(numbers, day(dt.date(2025, 3, 31))).tolist() == [14, 15, -1, 21]
