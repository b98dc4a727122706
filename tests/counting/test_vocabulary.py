"""Every form of condition, in a month and at a month's end, against plain Python on random rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.counting.lists import random_lists, typed
from tests.counting.recount import aged, later_by, working_days
from workbook_builder.counting import Window, count, load_library
from workbook_builder.counting.model import Library
from workbook_builder.periods import Month

Row = dict[str, Any]
Test = Callable[[Row, dt.date], bool]
DAY = dt.timedelta(days=1)
AS_AT = dt.date(2024, 6, 30)
MONTHS = [Month(2023, 4).plus(step) for step in range(15)]
ROWS = random_lists(11, 400, dt.date(2022, 6, 1), AS_AT)["child_protection"]
NAMES = {"last_visit": "last_visit_date", "latest_review": "last_review_date"}


def both(test: Callable[[dt.date, dt.date], bool], one: str, other: str) -> Test:
    """A test of two dates, neither blank; "day" is the day itself."""

    def found(row: Row, day: dt.date) -> bool:
        values = [day if name == "day" else row[NAMES[name]] for name in (one, other)]
        return None not in values and test(*values)

    return found


def weekdays(start: dt.date, end: dt.date) -> int:
    return sum((start + DAY * step).weekday() < 5 for step in range(1, (end - start).days + 1))


CASES: dict[str, Test] = {
    "last_visit is before latest_review": both(lambda a, b: a < b, "last_visit", "latest_review"),
    "last_visit is after latest_review": both(lambda a, b: a > b, "last_visit", "latest_review"),
    "last_visit is on or before latest_review": both(
        lambda a, b: a <= b, "last_visit", "latest_review"
    ),
    "last_visit is on or after latest_review": both(
        lambda a, b: a >= b, "last_visit", "latest_review"
    ),
    "last_visit is before the day": both(lambda a, b: a < b, "last_visit", "day"),
    "last_visit is after the day": both(lambda a, b: a > b, "last_visit", "day"),
    "last_visit is on or before the day": both(lambda a, b: a <= b, "last_visit", "day"),
    "last_visit is on or after the day": both(lambda a, b: a >= b, "last_visit", "day"),
    "the day is before last_visit": both(lambda a, b: a < b, "day", "last_visit"),
    "the day is on or after last_visit": both(lambda a, b: a >= b, "day", "last_visit"),
    "last_visit is on or before the extract date": (
        lambda row, _day: row["last_visit_date"] is not None and row["last_visit_date"] <= AS_AT
    ),
    "age at the day is 5 to 15": lambda row, day: aged(row, day, 5, 15),
    "age at the day is under 1": lambda row, day: aged(row, day, 0, 0),
    "age at last_visit is at least 16": (
        lambda row, _day: (
            row["last_visit_date"] is not None and aged(row, row["last_visit_date"], 16, 200)
        )
    ),
    "seen_alone is one of Yes, no": lambda row, _day: row["seen_alone"] in ("Yes", "No"),
    "seen_alone is none of yes": lambda row, _day: row["seen_alone"] != "Yes",
    "seen_alone begins with one of Un": lambda row, _day: row["seen_alone"] == "Unknown",
    "team begins with one of Team 1, TEAM 2": lambda row, _day: row["team"] in ("team 1", "team 2"),
    "seen_alone is blank": lambda row, _day: row["seen_alone"] == "",
    "team is given": lambda row, _day: row["team"] != "",
    "previous_plans is blank": lambda row, _day: row["previous_plans"] is None,
    "latest_review is blank": lambda row, _day: row["last_review_date"] is None,
    "previous_plans is exactly 2": lambda row, _day: row["previous_plans"] == 2,
    "previous_plans is at most 2": lambda row, _day: (
        (row["previous_plans"] or 0) <= 2 and row["previous_plans"] is not None
    ),
    "previous_plans is less than 2": lambda row, _day: row["previous_plans"] in (0, 1),
    "previous_plans is more than 2": lambda row, _day: (row["previous_plans"] or 0) > 2,
    "the earlier of last_visit and latest_review is given": (
        lambda row, _day: row["last_visit_date"] is not None or row["last_review_date"] is not None
    ),
}
# Each length of time, in each comparison: the days from one to another, and the limit.
LENGTHS: dict[str, tuple[Callable[[dt.date, dt.date], int], int]] = {
    "66 days": (lambda a, b: (b - a).days, 66),
    "6 weeks": (lambda a, b: (b - a).days, 42),
    "15 weekdays": (weekdays, 15),
    "15 working days": (working_days, 15),
    "0 working days": (working_days, 0),
}
COMPARED: dict[str, Callable[[int, int], bool]] = {
    "within": lambda a, b: a <= b,
    "less than": lambda a, b: a < b,
    "at least": lambda a, b: a >= b,
    "more than": lambda a, b: a > b,
}
for reach, compare in COMPARED.items():
    for text, (measured, limit) in LENGTHS.items():
        CASES[f"the day is {reach} {text} after last_visit"] = both(
            lambda a, b, m=measured, c=compare, n=limit: a <= b and c(m(a, b), n),
            "last_visit",
            "day",
        )
    for text, months in (("3 months", 3), ("1 year", 12)):
        CASES[f"last_visit is {reach} {text} before latest_review"] = both(
            lambda a, b, c=compare, n=months: a <= b and c((b - later_by(a, n)).days, 0),
            "last_visit",
            "latest_review",
        )

TOML = """
[[measure]]
code = "in_month"
{shared}
counted = "in the month"
date = "plan_start"
cohort = {cohort}

[[measure]]
code = "at_end"
{shared}
counted = "at the month end"
start = "plan_start"
end = "plan_end"
cohort = {cohort}
"""
SHARED = """name = "Tried"
theme = "Tests"
list = "child_protection"
unit = "count"
polarity = "neither"
class = "A"
rule = "test"
"""


def tried(tmp_path: Path, cohort: str, test: Test) -> None:
    """A condition counts what the test counts, in every month and at its end."""
    path = tmp_path / "tried.toml"
    path.write_text(TOML.format(shared=SHARED, cohort=cohort), encoding="utf-8")
    library = load_library(path)
    chosen = Library((library.measure("in_month"), library.measure("at_end")), {}, ())
    window = Window(MONTHS[0], MONTHS[-1], AS_AT)
    frames = {"child_protection": typed("child_protection", ROWS)}
    found = count(chosen, frames, window, breakdowns=()).frame
    for code, expected in (("in_month", started), ("at_end", standing)):
        table = found[(found["indicator"] == code) & (found["kind"] == "month")]
        assert list(table["value"]) == [expected(month, test) for month in MONTHS], code


def started(month: Month, test: Test) -> int:
    starts = [(row, row["start_date"]) for row in ROWS if row["start_date"] is not None]
    inside = [(row, day) for row, day in starts if month.first_day <= day <= month.last_day]
    return sum(test(row, day) for row, day in inside)


def standing(month: Month, test: Test) -> int:
    day = month.last_day
    return sum(
        row["start_date"] is not None
        and row["start_date"] <= day
        and (row["end_date"] is None or row["end_date"] > day)
        and test(row, day)
        for row in ROWS
    )


@pytest.mark.parametrize("condition", CASES)
def test_a_condition_counts_as_it_reads(tmp_path: Path, condition: str) -> None:
    tried(tmp_path, f'["{condition}"]', CASES[condition])


def test_all_conditions_of_a_list_have_to_hold(tmp_path: Path) -> None:
    one, other = "age at the day is 5 to 15", "last_visit is on or before the day"
    tried(
        tmp_path,
        f'["{one}", "{other}"]',
        lambda row, day: CASES[one](row, day) and CASES[other](row, day),
    )


def test_any_of_some_lists_may_hold_and_a_row_counts_once(tmp_path: Path) -> None:
    parts = (
        "age at the day is 5 to 15",
        "the day is at least 6 weeks after last_visit",
        "the day is within 66 days after last_visit",
        "last_visit is after the day",
    )
    cohort = ", ".join(f'["{part}"]' for part in parts)
    tried(tmp_path, f"[{cohort}]", lambda row, day: any(CASES[part](row, day) for part in parts))


def test_each_condition_is_tried_both_ways() -> None:
    days = [(row, month.last_day) for row in ROWS for month in MONTHS[::3]]
    for condition, test in CASES.items():
        if "less than 0" in condition:  # nothing is
            continue
        assert {bool(test(row, day)) for row, day in days} == {True, False}, condition
