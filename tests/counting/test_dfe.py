"""DfE's published figures come out when its published bands are spread into made-up records.

The records are made from the bands alone (so many plans of such a length), never from the figure
that is tested. Authorities' counts are exact; England's are rounded to 10, so that a percentage of
England may lie anywhere that its rounded counts allow.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbook_builder.counting import Window, count, load_library
from workbook_builder.counting.days import Calendar, day_number
from workbook_builder.counting.model import Library
from workbook_builder.periods import Month
from workbook_builder.values import excel_round

DATA = Path(__file__).parents[1] / "data" / "dfe"
MARCH = Month(2024, 3)
END = dt.date(2024, 3, 31)
LIBRARY = load_library()


def table(name: str) -> dict[str, dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["area"]: row for row in csv.DictReader(file)}


AREAS = list(table("referrals"))
POPULATION = {area: int(row["children_0_to_17"]) for area, row in table("population").items()}


def number(row: dict[str, str], *names: str) -> int:
    return sum(int(row[name]) for name in names)


def year_of(
    codes: str, name: str, columns: dict[str, np.ndarray], area: str = "England"
) -> dict[str, tuple[float, float, float]]:
    """Numerator, denominator and value of the year to March 2024 for some measures of one list.

    A column is day numbers, amounts or ids; children are different ones unless given.
    """
    size = len(next(iter(columns.values())))
    frame = pd.DataFrame(
        {
            key: values.astype("datetime64[D]").astype("datetime64[ns]")
            if "date" in key
            else values
            for key, values in columns.items()
        }
    )
    if "child_id" not in columns:
        frame["child_id"] = np.arange(size).astype(str)
    wanted = codes.split()
    chosen = Library(tuple(LIBRARY.measure(code) for code in wanted), LIBRARY.settings, ())
    window = Window(MARCH, MARCH, END, {name: Month(2022, 4)})
    counts = count(
        chosen,
        {name: frame},
        window,
        breakdowns=(),
        population=lambda _period: float(POPULATION[area]),
    )
    assert counts.not_counted == ()
    year = counts.frame[counts.frame["kind"] == "ytd"].set_index("indicator")
    columns_shown = ["numerator", "denominator", "value"]
    return {code: tuple(year.loc[code, columns_shown].astype(float)) for code in wanted}


def days(*parts: tuple[int, str | int]) -> np.ndarray:
    """So many rows of each day."""
    numbers = [
        (count, day if isinstance(day, int) else day_number(dt.date.fromisoformat(day)))
        for count, day in parts
    ]
    return np.concatenate([np.full(count, day, dtype=np.int64) for count, day in numbers])


def agrees(value: float, published: str, area: str, top: int, below: int) -> bool:
    """Whether a percentage rounds to the published one, or may for England's rounded counts."""
    if area != "England":
        return excel_round(value, 1) == float(published)
    low, high = 100 * (top - 5) / (below + 5), 100 * (top + 5) / (below - 5)
    return excel_round(low, 1) <= float(published) <= excel_round(high, 1)


@pytest.mark.parametrize("area", AREAS)
def test_rereferrals_of_referrals_and_of_children(area: str) -> None:
    row = table("referrals")[area]
    referrals, children = number(row, "Referrals"), number(row, "Referrals_child")
    again, children_again = number(row, "Re_referrals"), number(row, "Re_referrals_child")
    # Every referral beyond a child's first in the year is a re-referral; the other re-referrals are
    # of children last referred the year before; some children are both.
    second = referrals - children
    before = again - second
    both = second + before - children_again
    assert min(second, before, both) >= 0
    first_ids = np.arange(children)
    earlier = np.arange(second - both, second - both + before)
    ids = np.concatenate([first_ids, np.arange(second), earlier]).astype(str)
    columns = {
        "child_id": ids,
        "referral_date": days(
            (children, "2023-06-01"), (second, "2024-01-10"), (before, "2022-06-02")
        ),
    }
    found = year_of(
        "referrals referrals_rate rereferrals rereferred_children", "referrals", columns, area
    )
    assert found["referrals"][0] == referrals
    assert excel_round(found["referrals_rate"][2], 1) == float(row["Referrals_rate"])
    assert found["rereferrals"][:2] == (again, referrals)
    assert agrees(found["rereferrals"][2], row["Re_referrals_percent"], area, again, referrals)
    assert found["rereferred_children"][:2] == (children_again, children)
    assert agrees(
        found["rereferred_children"][2],
        row["Re_referrals_child_percent"],
        area,
        children_again,
        children,
    )


def test_a_referral_exactly_a_year_before_is_none_within_twelve_months() -> None:
    columns = {
        "child_id": np.array(["a", "a"]),
        "referral_date": days((1, "2022-06-01"), (1, "2023-06-01")),
    }
    assert year_of("rereferrals", "referrals", columns)["rereferrals"][:2] == (0, 1)


@pytest.mark.parametrize("area", AREAS)
def test_conferences_within_15_working_days(area: str) -> None:
    row = table("conferences")[area]
    held = number(row, "ICPC")
    bands = [number(row, f"Duration_{band}_days") for band in ("0-10", "11-15", "16-20", "21+")]
    before = held - sum(bands)  # a conference before the enquiry is in no band
    start = np.full(held, day_number(dt.date(2023, 6, 1)), dtype=np.int64)
    in_days = np.repeat([10, 15, 16, 21], bands)
    conference = Calendar().first_at(start[: sum(bands)], 10)
    for limit in (15, 16, 21):
        conference = np.where(
            in_days == limit, Calendar().first_at(start[: sum(bands)], limit), conference
        )
    columns = {
        "strategy_discussion_date": start,
        "icpc_date": np.concatenate([conference, start[:before] - 1]),
    }
    found = year_of(
        "conferences conferences_rate conferences_in_15_days", "section47", columns, area
    )
    assert found["conferences"][0] == held
    assert excel_round(found["conferences_rate"][2], 1) == float(row["ICPC_rate"])
    assert found["conferences_in_15_days"][:2] == (bands[0] + bands[1], held)
    if area == "England":
        assert excel_round(found["conferences_in_15_days"][2], 1) == 79.7


@pytest.mark.parametrize("area", AREAS)
def test_assessments_within_45_working_days(area: str) -> None:
    row = table("assessments")[area]
    names = [
        "Same_day",
        *(f"{low}-{low + 9}_days" for low in (1, 11, 21, 31)),
        *("41-45_days", "46-50_days", "51-60_days", "61+_days"),
    ]
    bands = [number(row, name) for name in names]
    start = np.full(sum(bands), day_number(dt.date(2023, 6, 1)), dtype=np.int64)
    in_days = np.repeat([0, 10, 20, 30, 40, 45, 46, 51, 61], bands)
    end = start.copy()
    for limit in np.unique(in_days):
        end = np.where(in_days == limit, Calendar().first_at(start, int(limit)), end)
    columns = {
        "start_date": start,
        "authorised_date": end,
    }
    found = year_of("assessments assessments_in_45_days", "assessments", columns, area)
    assert found["assessments"][0] == sum(bands)
    assert abs(sum(bands) - number(row, "Assessments_completed")) <= (
        10 if area == "England" else 0
    )
    assert found["assessments_in_45_days"][:2] == (sum(bands[:6]), sum(bands))


BANDS = (
    "3_months_or_less",
    "more_than_3_months_6_months",
    "more_than_6_months_less_than_1_year",
    "1_year_less_than_2_years",
    "2_years_or_more",
)


@pytest.mark.parametrize("area", AREAS)
def test_plans_open_their_review_cohort_and_those_of_two_years(area: str) -> None:
    durations, reviews = table("plan_durations")[area], table("plan_reviews")[area]
    at_31_march, bands = number(durations, "CPP_At31"), [number(durations, band) for band in BANDS]
    # England's rounded bands are 10 short; the rest goes where it decides nothing.
    bands[2] += at_31_march - sum(bands)
    reviewed = number(reviews, "Reviewed_within_timescales")
    # Bands at their edges: exactly 3 months, a day more; a day under 2 years (730 days), 2 years.
    starts = days(
        *zip(
            bands,
            ("2023-12-31", "2023-12-30", "2023-08-01", "2022-04-02", "2022-04-01"),
            strict=True,
        )
    )
    late = at_31_march - bands[0] - reviewed
    columns = {
        "start_date": starts,
        "end_date": np.full(at_31_march, np.datetime64("NaT")),
        "last_review_date": days(
            (bands[0], "2024-03-01"), (late, "2023-09-30"), (reviewed, "2023-10-01")
        ),
    }
    # The last of the list is only told where the extract is, so it is as at the same day.
    found = year_of(
        "cp_open cp_rate cp_review_due cp_long cp_reviewed", "child_protection", columns, area
    )
    assert found["cp_open"][0] == at_31_march
    assert excel_round(found["cp_rate"][2], 1) == float(table("plans")[area]["CPP_At31_rate"])
    assert found["cp_review_due"][0] == number(reviews, "CPP_At31_3Months")
    long, share = bands[4], durations["2_years_or_more_percent"]
    assert found["cp_long"][:2] == (long, at_31_march)
    assert agrees(found["cp_long"][2], share, area, long, at_31_march)
    assert found["cp_reviewed"][:2] == (reviewed, at_31_march - bands[0])
    published = reviews["Reviewed_within_timescales_percent"]
    assert excel_round(found["cp_reviewed"][2], 1) == float(published)
    if area == "England":
        assert found["cp_review_due"][0] == 35_090
        assert share == "2.6"


@pytest.mark.parametrize("area", AREAS)
def test_second_or_subsequent_plans(area: str) -> None:
    row, plans = table("repeat_plans")[area], table("plans")[area]
    started, again = number(row, "CPP_start"), number(row, "CPP_subsequent")
    columns = {
        "start_date": days((started, "2023-11-15")),
        "previous_plans": np.repeat([2.0, 0.0], [again, started - again]),
    }
    found = year_of("cp_started cp_started_rate cp_repeat", "child_protection", columns, area)
    assert found["cp_started"][0] == started
    assert excel_round(found["cp_started_rate"][2], 1) == float(plans["CPP_start_rate"])
    assert excel_round(found["cp_repeat"][2], 1) == float(row["CPP_subsequent_percent"])


@pytest.mark.parametrize("area", AREAS)
def test_referrals_month_by_month(area: str) -> None:
    row = table("referrals_by_month")[area]
    names = "April May June July August September October November December January February March"
    by_month = [number(row, name) for name in names.split()]
    months = [Month(2023, 4).plus(step) for step in range(12)]
    # Half on the first day of the month, half on the last.
    found: list[tuple[int, str | int]] = []
    for held, month in zip(by_month, months, strict=True):
        found += [
            (held // 2, month.first_day.isoformat()),
            (held - held // 2, month.last_day.isoformat()),
        ]
    referred = days(*found)
    frame = pd.DataFrame(
        {
            "child_id": np.arange(len(referred)).astype(str),
            "referral_date": referred.astype("datetime64[D]").astype("datetime64[ns]"),
        }
    )
    chosen = Library((LIBRARY.measure("referrals"),), LIBRARY.settings, ())
    window = Window(months[0], months[-1], END)
    figures = count(chosen, {"referrals": frame}, window, breakdowns=()).frame
    of = {kind: list(part["value"]) for kind, part in figures.groupby("kind")}
    assert of["month"] == by_month
    assert of["quarter"] == [sum(by_month[start : start + 3]) for start in (0, 3, 6, 9)]
    assert of["ytd"] == list(np.cumsum(by_month))
    assert of["rolling_12m"] == [sum(by_month)]
    assert abs(sum(by_month) - number(row, "Referrals")) <= (10 if area == "England" else 0)


@pytest.mark.parametrize(
    ("long", "at_31_march", "share"),
    [
        (1_270, 49_900, 2.5),  # the rounded counts as they are published
        (1_274, 49_895, 2.6),  # counts that round to them
        (1_265, 49_904, 2.5),
    ],
)
def test_englands_two_year_plans_are_2_6_percent_of_counts_that_round_to_those_published(
    long: int, at_31_march: int, share: float
) -> None:
    """Published are 2.6%, and counts to the nearest 10 that alone would give 2.5."""
    row = table("plan_durations")["England"]
    assert (number(row, "2_years_or_more"), number(row, "CPP_At31")) == (1_270, 49_900)
    assert row["2_years_or_more_percent"] == "2.6"
    assert all(excel_round(one, -1) == wanted for one, wanted in ((1_274, 1_270), (49_895, 49_900)))
    columns = {
        "start_date": days((long, "2022-04-01"), (at_31_march - long, "2022-04-02")),
        "end_date": np.full(at_31_march, np.datetime64("NaT")),
    }
    found = year_of("cp_long", "child_protection", columns)["cp_long"]
    assert found[:2] == (long, at_31_march)
    assert excel_round(found[2], 1) == share


def test_the_published_identities_of_england() -> None:
    """As their publications print them, and as the parts that the tests above count."""
    referrals, conferences = table("referrals")["England"], table("conferences")["England"]
    assert (referrals["Re_referrals_percent"], referrals["Re_referrals_child_percent"]) == (
        "22.4",
        "21",
    )
    assert excel_round(100 * 139_080 / number(referrals, "Referrals"), 1) == 22.4
    assert excel_round(100 * 115_550 / number(referrals, "Referrals_child"), 1) == 21.0
    bands = [number(conferences, f"Duration_{band}_days") for band in ("0-10", "11-15")]
    assert (bands, number(conferences, "ICPC")) == ([6_800, 50_780], 72_250)
    durations, reviews = table("plan_durations")["England"], table("plan_reviews")["England"]
    at_31_march, young = number(durations, "CPP_At31"), number(durations, "3_months_or_less")
    assert at_31_march - young == number(reviews, "CPP_At31_3Months") == 35_090
