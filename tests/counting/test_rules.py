"""Each rule as a small table: the records, and what the measure makes of them.

First the calculation rules, then the faults that other tools were found to have: each is a case
that fails if we had the fault.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from tests.counting.lists import frame
from workbook_builder.counting import Behind, Window, count, load_library, rows_behind
from workbook_builder.counting.model import Library
from workbook_builder.periods import FinancialYear, Month, Period

LIBRARY = load_library()
JUNE = Month(2024, 6)
END_OF_JUNE = dt.date(2024, 6, 30)
NOT_APPLICABLE = "z"


def figures(
    code: str,
    rows: list[dict[str, Any]],
    month: str = "2024-06",
    kind: str = "month",
    library: Library = LIBRARY,
    more: dict[str, list[dict[str, Any]]] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Numerator, denominator, value and symbol by breakdown, of a period that ends in a month."""
    measure = library.measure(code)
    frames = {measure.list: frame(measure.list, rows)}
    frames |= {name: frame(name, other) for name, other in (more or {}).items()}
    only = Library((measure,), library.settings, ())
    whole = dict.fromkeys(frames, Month(2020, 4))
    window = Window(Month(2023, 4), JUNE, options.pop("as_at", END_OF_JUNE), whole)
    found = count(only, frames, window, **options)
    assert found.not_counted == ()
    table = found.frame[(found.frame["end"] == month) & (found.frame["kind"] == kind)]
    return {row.breakdown: row for row in table.itertuples(index=False)}


def headline(code: str, rows: list[dict[str, Any]], **options: Any) -> tuple[float, float]:
    """Numerator and denominator of the headline."""
    row = figures(code, rows, **options)[""]
    return row.numerator, row.denominator


def counted(code: str, rows: list[dict[str, Any]], **options: Any) -> float:
    """The headline of a measure that only counts."""
    return float(figures(code, rows, **options)[""].value)


# --- Working days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strategy_discussion", "conference", "in_time"),
    [
        ("2024-03-22", "2024-04-16", True),  # 17 weekdays, 15 working days: Easter
        ("2024-03-22", "2024-04-17", False),
        ("2024-06-03", "2024-06-03", True),  # the same day
        ("2024-06-03", "2024-06-24", True),  # 15 working days
        ("2024-06-03", "2024-06-25", False),
        ("2023-04-24", "2023-05-17", True),  # May Day and the Coronation
        ("2023-04-24", "2023-05-18", False),
        ("2022-09-12", "2022-10-04", True),  # the Queen's funeral
        ("2022-09-12", "2022-10-05", False),
        ("2024-06-04", "2024-06-03", False),  # before the enquiry: in the total, not in time
        (None, "2024-06-03", False),
    ],
)
def test_a_conference_is_in_time_within_15_working_days(
    strategy_discussion: str | None, conference: str, in_time: bool
) -> None:
    rows = [{"strategy_discussion": strategy_discussion, "conference": conference}]
    day = dt.date.fromisoformat(conference)
    frames = {"section47": frame("section47", rows)}
    month = Month(day.year, day.month)
    window = Window(month, month, month.last_day, {"section47": month.plus(-2)})
    only = Library((LIBRARY.measure("conferences_in_15_days"),), {}, ())
    row = count(only, frames, window).frame.iloc[0]
    assert (row["numerator"], row["denominator"]) == (in_time, 1)


@pytest.mark.parametrize(
    ("authorised", "in_time"),
    [("2024-05-24", True), ("2024-05-30", True), ("2024-05-31", False)],
)
def test_45_working_days_from_22_march_2024_are_30_may(authorised: str, in_time: bool) -> None:
    rows = [{"assessment_start": "2024-03-22", "authorised": authorised}]
    assert headline("assessments_in_45_days", rows, month="2024-05") == (in_time, 1)


# --- Months and years -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "this", "again"),
    [
        ("2023-06-15", "2024-06-14", True),
        ("2023-06-15", "2024-06-15", False),  # exactly twelve months is not less than twelve
        ("2024-06-15", "2024-06-15", False),  # the same day is not before
        ("2023-06-30", "2024-06-29", True),
    ],
)
def test_a_rereferral_follows_another_in_less_than_12_months(
    before: str, this: str, again: bool
) -> None:
    rows = [{"child": "a", "referral_date": day} for day in (before, this)]
    assert headline("rereferrals", rows)[0] == again


def test_a_year_after_29_february_is_28_february() -> None:
    rows = [{"child": "a", "referral_date": day} for day in ("2024-02-29", "2025-02-28")]
    window = Window(
        Month(2025, 2), Month(2025, 2), dt.date(2025, 2, 28), {"referrals": Month(2024, 2)}
    )
    only = Library((LIBRARY.measure("rereferrals"),), {}, ())
    found = count(only, {"referrals": frame("referrals", rows)}, window).frame.iloc[0]
    assert (found["numerator"], found["denominator"]) == (0, 1)


def test_another_childs_referral_does_not_make_a_rereferral() -> None:
    rows = [
        {"child": "a", "referral_date": "2024-05-01"},
        {"child": "b", "referral_date": "2024-06-01"},
    ]
    assert headline("rereferrals", rows) == (0, 1)


def test_each_referral_counts_and_each_child_once() -> None:
    rows = [{"child": "a", "referral_date": f"2024-06-{day:02d}"} for day in (3, 5, 7)]
    assert headline("rereferrals", rows) == (2, 3)
    assert headline("rereferred_children", rows) == (1, 1)


def test_the_childs_own_column_is_wrong_on_earlier_rows_and_called_a_proxy() -> None:
    rows = [
        {"child": "a", "referral_date": day, "referrals_in_12_months": 1}
        for day in ("2024-06-03", "2024-06-05")
    ]
    assert headline("rereferrals", rows) == (1, 2)
    assert headline("rereferrals_by_column", rows) == (2, 2)
    assert LIBRARY.measure("rereferrals_by_column").proxy


@pytest.mark.parametrize(
    ("start", "long"), [("2022-07-01", True), ("2022-07-02", False), ("2022-07-03", False)]
)
def test_a_plan_is_long_from_730_days_on(start: str, long: bool) -> None:
    assert (END_OF_JUNE - dt.date.fromisoformat(start)).days >= 730 or not long
    assert headline("cp_long", [{"plan_start": start}]) == (long, 1)


@pytest.mark.parametrize(
    ("setting", "start", "due"),
    [
        ("3 months", "2024-03-30", False),
        ("3 months", "2024-03-29", True),
        ("91 days", "2024-03-30", True),
        ("92 days", "2024-03-30", False),
    ],
)
def test_three_months_may_be_91_or_92_days_where_practice_is_so(
    setting: str, start: str, due: bool
) -> None:
    library = load_library(settings={"cp_first_review": setting})
    assert counted("cp_review_due", [{"plan_start": start}], library=library) == due


@pytest.mark.parametrize(
    ("standard", "visited", "in_time"),
    [
        ("10 working days", "2024-05-20", False),
        ("10 working days", "2024-06-14", True),
        ("10 working days", "2024-06-13", False),
        ("15 working days", "2024-06-13", True),
        ("4 weeks", "2024-06-02", True),
        ("4 weeks", "2024-06-01", False),
        ("10 days", "2024-06-20", True),
        ("10 days", "2024-06-19", False),
    ],
)
def test_the_visit_standard_is_a_setting(standard: str, visited: str, in_time: bool) -> None:
    library = load_library(settings={"cp_visit_standard": standard})
    rows = [{"plan_start": "2024-01-02", "last_visit": visited}]
    assert headline("cp_visited", rows, library=library) == (in_time, 1)


def test_bank_holidays_may_be_working_days_where_practice_is_so() -> None:
    rows = [{"plan_start": "2024-01-02", "last_visit": "2024-05-20"}]
    found = {}
    for standard in ("10 working days", "10 weekdays"):
        library = load_library(settings={"cp_visit_standard": standard})
        found[standard] = headline("cp_visited", rows, library=library, as_at=dt.date(2024, 6, 4))[
            0
        ]
    # 27 May is a bank holiday: 11 weekdays but 10 working days.
    assert found == {"10 working days": 1, "10 weekdays": 0}


# --- Rates, totals, nothing of nothing ------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "month", "rate"),
    [
        ("month", "2024-06", 10_000 * 12 * 2 / 48_000),
        ("quarter", "2024-06", 10_000 * 4 * 3 / 48_000),
        ("ytd", "2024-06", 10_000 * 4 * 3 / 48_000),
        ("rolling_12m", "2024-06", 10_000 * 4 / 48_000),
    ],
)
def test_a_rate_is_that_of_a_year(kind: str, month: str, rate: float) -> None:
    rows = [
        {"referral_date": day} for day in ("2023-07-01", "2024-04-01", "2024-06-01", "2024-06-30")
    ]
    row = figures(
        "referrals_rate", rows, month=month, kind=kind, population=lambda _period: 48_000.0
    )[""]
    assert row.value == pytest.approx(rate, rel=1e-14)


def test_a_rate_of_a_position_is_not_made_a_years() -> None:
    row = figures(
        "cp_rate", [{"plan_start": "2024-01-01"}] * 3, population=lambda _period: 6_000.0
    )[""]
    assert (row.numerator, row.denominator, row.value) == (3, 6_000, 5.0)


def test_a_rate_without_a_population_is_not_available() -> None:
    row = figures("cp_rate", [{"plan_start": "2024-01-01"}], population=lambda _period: None)[""]
    assert (row.numerator, row.symbol) == (1, "x")
    assert pd.isna(row.value)


def test_percentages_are_added_up_from_counts_and_never_averaged() -> None:
    """1 of 1 and 1 of 3: two of four, not the mean of 100 and 33."""
    late = [{"assessment_start": "2024-01-02", "authorised": f"2024-05-{day}"} for day in (20, 21)]
    good = [
        {"assessment_start": "2024-05-01", "authorised": day}
        for day in ("2024-04-30", "2024-05-22")
    ]
    rows = [*late, good[1], {"assessment_start": "2024-04-02", "authorised": "2024-04-09"}]
    assert headline("assessments_in_45_days", rows, month="2024-04") == (1, 1)
    assert headline("assessments_in_45_days", rows, month="2024-05") == (1, 3)
    quarter = figures("assessments_in_45_days", rows, kind="quarter")[""]
    assert (quarter.numerator, quarter.denominator, quarter.value) == (2, 4, 50.0)


def test_positions_are_not_added_up_a_quarter_is_its_last_month() -> None:
    rows = [
        {"plan_start": "2024-01-01", "plan_end": "2024-05-15"},
        {"plan_start": "2024-01-01"},
    ]
    assert counted("cp_open", rows, month="2024-04") == 2
    assert counted("cp_open", rows, kind="quarter") == 1
    assert counted("cp_open", rows, kind="ytd") == 1


def test_none_of_none_is_not_applicable() -> None:
    row = figures("assessments_in_45_days", [])[""]
    assert (row.numerator, row.denominator, row.symbol) == (0, 0, NOT_APPLICABLE)
    assert pd.isna(row.value)


def test_a_value_is_never_rounded() -> None:
    rows = [{"assessment_start": "2024-05-01", "authorised": "2024-06-03"}] * 2
    rows.append({"assessment_start": "2023-05-01", "authorised": "2024-06-03"})
    assert figures("assessments_in_45_days", rows)[""].value == 100 * 2 / 3


@pytest.mark.parametrize(
    ("start", "end", "open_at_month_end"),
    [
        ("2024-06-30", None, True),
        ("2024-07-01", None, False),
        ("2024-01-01", "2024-06-30", False),  # ended on the day: not open at its end
        ("2024-01-01", "2024-07-01", True),
        (None, None, False),
        ("2024-06-10", "2024-06-01", False),  # ended before it started
    ],
)
def test_open_is_started_by_the_day_and_not_ended_by_it(
    start: str | None, end: str | None, open_at_month_end: bool
) -> None:
    assert counted("cp_open", [{"plan_start": start, "plan_end": end}]) == open_at_month_end


# --- Periods and the window -----------------------------------------------------------------------


def test_months_outside_the_window_are_left_out() -> None:
    rows = [
        {"contact_date": day} for day in ("2024-03-31", "2024-04-01", "2024-06-30", "2024-07-01")
    ]
    window = Window(Month(2024, 4), JUNE, dt.date(2024, 7, 5))
    only = Library((LIBRARY.measure("contacts"),), {}, ())
    found = count(only, {"contacts": frame("contacts", rows)}, window).frame
    shown = found[found["breakdown"] == ""]
    assert dict(zip(shown["kind"] + " " + shown["end"], shown["value"], strict=True)) == {
        "month 2024-04": 1,
        "month 2024-05": 0,
        "month 2024-06": 1,
        "quarter 2024-06": 2,
        "ytd 2024-04": 1,
        "ytd 2024-05": 1,
        "ytd 2024-06": 2,
    }


def test_a_year_that_would_leave_months_out_is_not_told() -> None:
    rows = [{"contact_date": "2024-06-01"}]
    only = Library((LIBRARY.measure("contacts"),), {}, ())
    frames = {"contacts": frame("contacts", rows)}
    kinds = set(count(only, frames, Window(Month(2024, 5), JUNE, END_OF_JUNE)).frame["kind"])
    assert kinds == {"month"}
    whole = {"contacts": Month(2023, 7)}
    kinds = set(count(only, frames, Window(JUNE, JUNE, END_OF_JUNE, whole)).frame["kind"])
    assert kinds == {"month", "quarter", "ytd", "rolling_12m"}


def test_what_looks_back_has_no_figure_without_the_months_before() -> None:
    only = Library((LIBRARY.measure("rereferrals"),), {}, ())
    frames = {"referrals": frame("referrals", [{"referral_date": "2024-06-03"}])}
    found = count(only, frames, Window(Month(2024, 1), JUNE, END_OF_JUNE))
    assert [one.code for one in found.not_counted] == ["rereferrals"]
    assert found.not_counted[0].lacks == "all rows of Referrals from June 2023 on"


def test_what_the_list_holds_only_the_latest_of_fills_no_past_month() -> None:
    rows = [{"plan_start": "2024-01-02", "last_visit": "2024-06-28"}]
    only = Library((LIBRARY.measure("cp_visited"),), {}, ())
    frames = {"child_protection": frame("child_protection", rows)}
    found = count(only, frames, Window(Month(2024, 1), JUNE, END_OF_JUNE)).frame
    assert set(found["end"]) == {"2024-06"}


def test_a_financial_year_may_start_in_another_month() -> None:
    rows = [{"contact_date": day} for day in ("2023-12-31", "2024-01-01", "2024-06-01")]
    assert counted("contacts", rows, kind="ytd", years=FinancialYear(1)) == 2


def test_what_is_dated_after_the_extract_is_not_counted() -> None:
    rows = [{"contact_date": "2024-06-20"}, {"contact_date": "2024-06-21"}]
    assert counted("contacts", rows, as_at=dt.date(2024, 6, 20)) == 1


def test_a_missing_list_or_column_is_named_and_the_rest_is_counted() -> None:
    leavers = frame("care_leavers", [{"born": "2006-01-01"}]).drop(columns="pathway_review_date")
    found = count(LIBRARY, {"care_leavers": leavers}, Window(JUNE, JUNE, END_OF_JUNE))
    lacks = {one.code: one.lacks for one in found.not_counted}
    assert lacks["leavers_pathway_plan"] == ('column "pathway_review_date" of care_leavers')
    assert lacks["contacts_referred"] == "list 1, Contacts, list 3, Referrals"
    assert "care_leavers" in set(found.frame["indicator"])


def test_a_column_that_no_file_had_is_missing_though_the_frame_has_it() -> None:
    """A blank column would make everybody's pathway plan late."""
    frames = {"care_leavers": frame("care_leavers", [{"born": "2006-01-01"}])}
    window = Window(JUNE, JUNE, END_OF_JUNE)
    only = Library((LIBRARY.measure("leavers_pathway_plan"),), {}, ())
    missing = {"care_leavers": ["pathway_review_date"]}
    assert len(count(only, frames, window).not_counted) == 0
    assert len(count(only, frames, window, missing_columns=missing).not_counted) == 1


# --- Faults found in other tools ------------------------------------------------------------------


def test_an_open_assessment_is_never_one_in_time() -> None:
    """The fault: open assessments are closed at the day of the report and counted as in time."""
    rows = [
        {"assessment_start": "2024-06-20", "authorised": None},
        {"assessment_start": "2024-01-02", "authorised": "2024-06-10"},
    ]
    assert headline("assessments_in_45_days", rows) == (0, 1)
    assert counted("assessments_open", rows) == 1


@pytest.mark.parametrize(
    ("born", "care_start", "placement_start", "figure"),
    [
        ("2010-01-01", "2020-01-01", "2021-01-01", (1, 1)),
        ("2010-01-01", "2020-01-01", "2023-01-01", (0, 1)),
        ("2010-01-01", "2022-01-01", "2022-06-30", (0, 0)),  # under 2.5 years in care
        ("2010-01-01", "2021-12-30", "2022-06-30", (1, 1)),  # exactly 2.5 years, and 2 years
        ("2008-06-30", "2020-01-01", "2021-01-01", (0, 0)),  # 16 on the day
        ("2008-07-01", "2020-01-01", "2021-01-01", (1, 1)),  # 15 on the day
    ],
)
def test_long_term_stability_is_of_under_16s_two_and_a_half_years_in_care(
    born: str, care_start: str, placement_start: str, figure: tuple[int, int]
) -> None:
    """The fault: the placement's date is compared with itself, and age is not looked at."""
    rows = [{"born": born, "care_start": care_start, "placement_start": placement_start}]
    assert headline("lac_long_term_stability", rows) == figure


def test_stability_leaves_out_who_has_ceased() -> None:
    rows = [
        {"born": "2012-01-01", "care_start": "2020-01-01", "placement_start": "2021-01-01"},
        {
            "born": "2012-01-01",
            "care_start": "2020-01-01",
            "placement_start": "2021-01-01",
            "care_end": "2024-06-01",
        },
    ]
    assert headline("lac_long_term_stability", rows) == (1, 1)
    assert headline("lac_3_placements", rows) == (0, 1)


@pytest.mark.parametrize(
    ("born", "is_17_18", "is_19_21"),
    [
        ("2007-07-01", 0, 0),  # 16
        ("2007-06-30", 1, 0),  # 17 today
        ("2005-07-01", 1, 0),  # 18 until tomorrow
        ("2005-06-30", 0, 1),  # 19 today
        ("2002-07-01", 0, 1),  # 21 until tomorrow
        ("2002-06-30", 0, 0),  # 22 today
        (None, 0, 0),
    ],
)
def test_care_leavers_are_17_to_18_or_19_to_21(
    born: str | None, is_17_18: int, is_19_21: int
) -> None:
    """The fault: 19 or over *or* 21 or under, which is everyone."""
    rows = [{"born": born, "in_touch": "Yes"}]
    assert headline("leavers_in_touch_17_18", rows)[1] == is_17_18
    assert headline("leavers_in_touch_19_21", rows)[1] == is_19_21


@pytest.mark.parametrize(
    ("born", "assessed", "up_to_date"),
    [
        ("2012-01-01", "2023-06-30", True),  # 12 months from the age of 5 on
        ("2012-01-01", "2023-06-29", False),
        ("2021-01-01", "2023-12-30", True),  # 6 months under 5
        ("2021-01-01", "2023-12-29", False),
        ("2012-01-01", None, False),  # no assessment is not a child less
    ],
)
def test_a_health_assessment_is_due_by_age(
    born: str, assessed: str | None, up_to_date: bool
) -> None:
    """The fault: six months for all, and a join that loses who has none."""
    rows = [{"born": born, "care_start": "2022-01-01", "health_assessment": assessed}]
    assert headline("lac_health", rows) == (up_to_date, 1)


def test_suitable_is_the_code_suitable_and_blank_is_not() -> None:
    """The fault: compared with Yes, so that nobody is suitable."""
    rows = [
        {"born": "2004-01-01", "in_touch": "Yes", "suitability": word}
        for word in ("Suitable", "Unsuitable", "")
    ]
    assert headline("leavers_suitable_19_21", rows) == (1, 3)


@pytest.mark.parametrize(
    ("activity", "eet", "neet"),
    [
        ("F2", 1, 0),
        ("P5", 1, 0),
        ("F1", 1, 0),
        ("G4", 0, 1),
        ("G5", 0, 1),
        ("G6", 0, 1),
        ("", 0, 0),
    ],
)
def test_activity_codes(activity: str, eet: int, neet: int) -> None:
    """The fault: G4, G5 and G6 not known as neither education, employment nor training."""
    rows = [{"born": "2004-01-01", "in_touch": "Yes", "activity": activity}]
    assert headline("leavers_eet_19_21", rows) == (eet, 1)
    assert headline("leavers_neet_19_21", rows) == (neet, 1)


@pytest.mark.parametrize(
    ("code", "column", "words"),
    [
        ("leavers_eet_19_21", "activity", ("Pending", "Full details to follow", "F9", "P")),
        ("leavers_neet_19_21", "activity", ("Gap year", "G9")),
        ("lac_foster", "placement", ("Unknown", "U", "Unregulated")),
    ],
)
def test_a_word_that_is_no_code_is_in_no_numerator(
    code: str, column: str, words: tuple[str, ...]
) -> None:
    """A code that nobody knows is kept as it stands, and may begin with a letter of codes."""
    whole = {"born": "2004-01-01", "in_touch": "Yes"} if column == "activity" else {}
    rows = [{**whole, "care_start": "2024-01-01", column: word} for word in words]
    if column == "activity":
        rows = [{key: one for key, one in row.items() if key != "care_start"} for row in rows]
    assert headline(code, rows) == (0, len(words))


@pytest.mark.parametrize(
    ("in_touch", "figure"),
    [
        ("Yes", (1, 1)),
        ("No", (0, 1)),
        ("Refu", (0, 1)),
        ("NREQ", (0, 1)),
        ("Died", (0, 0)),
        ("Rhom", (0, 0)),
    ],
)
def test_who_died_or_returned_home_is_in_no_denominator(
    in_touch: str, figure: tuple[int, int]
) -> None:
    assert (
        headline("leavers_in_touch_19_21", [{"born": "2004-01-01", "in_touch": in_touch}]) == figure
    )


def test_missing_is_one_episode_or_more_and_absent_is_not_missing() -> None:
    """The fault: a flag the wrong way round."""
    rows = [
        {"care_start": "2024-01-01", "missing_episodes": missing, "absent_episodes": absent}
        for missing, absent in ((0, 3), (1, 0), (None, None))
    ]
    assert headline("lac_missing", rows) == (1, 3)


def test_bands_of_age_say_what_they_hold() -> None:
    """The fault: 9 to 12 labelled 12 and over."""
    born = (
        "2024-07-01",
        "2024-06-30",
        "2023-06-30",
        "2014-07-01",
        "2014-06-30",
        "2008-07-01",
        "2006-06-30",
    )
    rows = [{"born": day, "plan_start": "2024-01-01"} for day in (*born, None)]
    found = figures("cp_open", rows)
    bands = {
        name.removeprefix("age_band="): row.value for name, row in found.items() if "age" in name
    }
    assert bands == {
        "Unborn": 1,
        "0": 1,
        "1 to 4": 1,
        "5 to 9": 1,
        "10 to 15": 2,
        "16 to 17": 0,
        "18 and over": 1,
        "Not recorded": 1,
    }


def test_short_breaks_are_no_children_looked_after() -> None:
    rows = [
        {"care_start": "2024-01-01", "legal_status": code} for code in ("C2", "V2", "V3", "V4", "")
    ]
    assert counted("lac_open", rows) == 3


def test_only_plans_are_counted_as_plans_among_everyone_in_need() -> None:
    words = ("Looked after child", "Child Protection plan", "Child in need plan", "Open assessment")
    rows = [{"need_start": "2024-01-01", "case_status": word} for word in words]
    assert counted("cin_open", rows) == 4
    assert counted("cin_plans", rows) == 1


# --- Other rules of the measures ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matched", "days"),
    [("2024-02-01", 31.0), ("2023-12-01", 0.0)],  # matched before the order
)
def test_a2_counts_a_match_before_the_order_as_0_days(matched: str, days: float) -> None:
    rows = [
        {
            "adoption_order": "2024-06-03",
            "placement_order": "2024-01-01",
            "placed": "2024-03-01",
            "matched": matched,
        },
        {"adoption_order": "2024-06-03", "placed": "2024-03-01", "matched": "2024-02-01"},
    ]
    row = figures("adoption_a2", rows)[""]
    assert (row.numerator, row.denominator) == (days, 1)


def test_a10_stops_at_fostering_for_adoption() -> None:
    both = {"adoption_order": "2024-06-03", "entered_care": "2023-01-01", "placed": "2023-12-31"}
    rows = [{**both, "fostering_for_adoption": "2023-02-01"}, both]
    assert figures("adoption_a1", rows)[""].value == 364
    assert figures("adoption_a10", rows)[""].value == (31 + 364) / 2


def test_the_referral_of_an_assessment_is_the_latest_before_its_start() -> None:
    rows = [
        {"child": "a", "assessment_start": "2024-04-15", "authorised": "2024-06-10"},
        {"child": "b", "assessment_start": "2024-04-15", "authorised": "2024-06-10"},
    ]
    referrals = [
        {"child": "a", "referral_date": "2024-01-02"},
        {"child": "a", "referral_date": "2024-04-02"},
        {"child": "a", "referral_date": "2024-05-20"},
    ]
    found = headline("assessments_in_45_days_of_referral", rows, more={"referrals": referrals})
    assert found == (0, 1)
    assert headline("assessments_in_45_days", rows) == (2, 2)


@pytest.mark.parametrize(("started", "in_cohort"), [("2024-06-07", 1), ("2024-06-10", 0)])
def test_only_enquiries_old_enough_are_asked_for_a_conference(started: str, in_cohort: int) -> None:
    rows = [{"strategy_discussion": started}]
    assert headline("section47_to_conference", rows, as_at=dt.date(2024, 6, 28)) == (0, in_cohort)


def test_a_decision_for_adoption_waits_until_placed_or_reversed() -> None:
    rows = [
        {"decision": "2024-01-01"},
        {"decision": "2024-01-01", "placed": "2024-05-01"},
        {"decision": "2024-01-01", "reversed": "2024-06-01"},
    ]
    assert [counted("adoption_waiting", rows, month=f"2024-0{n}") for n in (4, 5, 6)] == [3, 2, 1]


def test_a_team_in_several_spellings_is_one_team_by_the_most_frequent() -> None:
    teams = ("Blue", "blue", "Blue ", "BLUE", "Green  Team", "Green Team")
    rows = [{"referral_date": "2024-06-01", "team": team} for team in teams]
    only = Library((LIBRARY.measure("referrals"),), {}, ())
    window = Window(JUNE, JUNE, END_OF_JUNE)
    frames = {"referrals": frame("referrals", rows)}
    found = count(only, frames, window, breakdowns=["team"]).frame
    assert dict(zip(found["breakdown"], found["value"], strict=True)) == {
        "": 6,
        "team=Blue": 4,
        "team=Green  Team": 2,
    }


def test_an_area_may_follow_from_the_team() -> None:
    rows = [{"referral_date": "2024-06-01", "team": team} for team in ("One", "two", "Three", "")]
    frames = {"referrals": frame("referrals", rows).drop(columns="area")}
    only = Library((LIBRARY.measure("referrals"),), {}, ())
    window = Window(JUNE, JUNE, END_OF_JUNE)
    areas = {"One": "North", "Two": "North", "Three": "South; and more"}
    found = count(only, frames, window, areas=areas, breakdowns=["area"]).frame
    assert dict(zip(found["breakdown"], found["value"], strict=True)) == {
        "": 4,
        "area=North": 2,
        "area=Not recorded": 1,
        "area=South, and more": 1,
    }


def test_the_rows_behind_a_figure_and_which_of_them_fail() -> None:
    rows = [
        {"child": "late", "assessment_start": "2024-01-02", "authorised": "2024-06-10"},
        {"child": "good", "assessment_start": "2024-06-03", "authorised": "2024-06-10"},
        {"child": "other month", "assessment_start": "2024-04-01", "authorised": "2024-05-10"},
        {"child": "open", "assessment_start": "2024-06-03"},
    ]
    frames = {"assessments": frame("assessments", rows)}
    window = Window(Month(2024, 1), JUNE, END_OF_JUNE)
    june = Period.month(JUNE)
    behind = rows_behind(LIBRARY.measure("assessments_in_45_days"), frames, window, june)
    assert isinstance(behind, Behind)
    assert dict(zip(behind.rows["child_id"], behind.in_numerator, strict=True)) == {
        "late": False,
        "good": True,
    }
    assert (behind.numerator, behind.denominator, behind.value) == (1, 2, 50)
    late = rows_behind(LIBRARY.measure("assessments_open"), frames, window, june)
    assert isinstance(late, Behind)
    assert list(late.rows["child_id"]) == ["open"]
