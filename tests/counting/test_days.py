"""Working days, months and ages, as the definitions write them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from workbook_builder.counting.days import (
    BLANK,
    WEEKDAYS,
    Calendar,
    add_months,
    birthdays,
    day_number,
)
from workbook_builder.counting.holidays import bank_holidays, easter
from workbook_builder.counting.spans import Span

ENGLAND = Calendar()


def days(*texts: str) -> np.ndarray:
    return np.array([day_number(dt.date.fromisoformat(text)) for text in texts], dtype=np.int64)


def text(numbers: np.ndarray) -> list[str]:
    return [str(dt.date(1970, 1, 1) + dt.timedelta(days=int(number))) for number in numbers]


# As gov.uk publishes them (England and Wales), written out by hand.
PUBLISHED = {
    1999: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31",
    2000: "01-03 04-21 04-24 05-01 05-29 08-28 12-25 12-26",
    2002: "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26",
    2010: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2015: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_published(year: int) -> None:
    assert " ".join(f"{day:%m-%d}" for day in sorted(bank_holidays(year))) == PUBLISHED[year]


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1818, "03-22"), (1943, "04-25"), (1961, "04-02"), (2008, "03-23"), (2038, "04-25")],
)
def test_easter(year: int, sunday: str) -> None:
    assert f"{easter(year):%m-%d}" == sunday


def test_holidays_never_fall_at_a_weekend_from_1974_and_number_eight_or_more() -> None:
    for year in range(1978, 2150):
        found = bank_holidays(year)
        assert all(day.weekday() < 5 for day in found)
        assert len(found) >= 8


@pytest.mark.parametrize(
    ("start", "end", "apart"),
    [
        ("2024-03-22", "2024-04-16", 15),  # Good Friday and Easter Monday are none
        ("2024-03-22", "2024-05-30", 45),
        ("2024-03-22", "2024-03-22", 0),
        ("2024-03-22", "2024-03-24", 0),  # Friday to Sunday
        ("2024-03-23", "2024-03-25", 1),  # Saturday to Monday
        ("2022-09-16", "2022-09-20", 1),  # the Queen's funeral
        ("2023-05-05", "2023-05-09", 1),  # the Coronation
        ("2022-06-01", "2022-06-06", 1),  # Platinum Jubilee and spring holiday
        ("2011-04-28", "2011-05-03", 1),  # the royal wedding and May Day
        ("1999-12-30", "2000-01-04", 1),  # the millennium
        ("2024-04-16", "2024-03-22", -15),
    ],
)
def test_working_days(start: str, end: str, apart: int) -> None:
    assert ENGLAND.between(days(start), days(end)).tolist() == [apart]


def test_ignoring_bank_holidays_would_make_late_in_time_and_in_time_late() -> None:
    start, end = days("2024-03-22"), days("2024-04-16")
    assert WEEKDAYS.between(start, end).tolist() == [17]
    assert text(WEEKDAYS.first_at(start, 45)) == ["2024-05-24"]
    assert text(ENGLAND.first_at(start, 45)) == ["2024-05-30"]


def test_the_last_day_in_time_is_the_eve_of_the_next_working_day() -> None:
    assert text(ENGLAND.last_within(days("2024-03-22"), 4)) == ["2024-04-01"]
    assert text(ENGLAND.first_at(days("2024-03-22"), 4)) == ["2024-03-28"]
    assert text(ENGLAND.first_at(days("2024-03-22"), 0)) == ["2024-03-22"]


def test_limits_agree_with_counting_day_by_day() -> None:
    start = np.arange(day_number(dt.date(2021, 11, 1)), day_number(dt.date(2024, 2, 1)))
    for number in (0, 1, 5, 15, 45):
        last = ENGLAND.last_within(start, number)
        assert (ENGLAND.between(start, last) <= number).all()
        assert (ENGLAND.between(start, last + 1) > number).all()
        first = ENGLAND.first_at(start, number)
        assert (ENGLAND.between(start, first) >= number).all()
        assert (ENGLAND.between(start, first - 1) < number).all() or number == 0


def test_a_holiday_of_ones_own() -> None:
    own = Calendar(holidays=[dt.date(2024, 3, 25)])
    assert own.between(days("2024-03-22"), days("2024-03-26")).tolist() == [1]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2024-05-15", 6, "2024-11-15"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2025-02-28", -12, "2024-02-28"),
    ],
)
def test_so_many_months_later(day: str, months: int, later: str) -> None:
    assert text(add_months(days(day), months)) == [later]


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        ("2008-02-29", 16, "2024-02-29"),
        ("2008-02-29", 17, "2025-03-01"),
        ("2010-06-30", 5, "2015-06-30"),
    ],
)
def test_birthdays(born: str, age: int, day: str) -> None:
    assert text(birthdays(days(born), age)) == [day]


def test_blank_stays_blank() -> None:
    blank = np.array([BLANK], dtype=np.int64)
    assert add_months(blank, 3).tolist() == [BLANK]
    assert birthdays(blank, 3).tolist() == [BLANK]
    assert ENGLAND.last_within(blank, 3).tolist() == [BLANK]
    assert ENGLAND.first_at(blank, 3).tolist() == [BLANK]


@pytest.mark.parametrize("written", ["45 working days", "1 week", "730 days", "6 months"])
def test_a_span_says_what_was_written(written: str) -> None:
    assert str(Span.parse(written)) == written


@pytest.mark.parametrize("written", ["", "soon", "-3 days", "3 fortnights", "3", "3.5 days"])
def test_what_is_not_a_span(written: str) -> None:
    with pytest.raises(ValueError, match="not a length of time"):
        Span.parse(written)
