"""Which test stands for which rule of the lists and of the calculations; and the missing ones.

The rules are those that the design follows: what the lists are like, what real files look like, and
how figures are worked out. A rule whose test has gone, or was never there, fails here.
"""

from __future__ import annotations

import ast
import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from tests.counting.lists import frame
from workbook_builder.counting import Library, Window, count, load_library
from workbook_builder.periods import Month

TESTS = Path(__file__).resolve().parents[1]
RULES: dict[str, tuple[str, ...]] = {
    # What the lists are like
    "an extract holds six months: a year needs several, or the history": (
        "listed/test_listed.py::test_a_month_counts_as_the_last_extract_that_covers_it_has_it",
        "listed/test_memory.py::test_a_month_counts_as_the_last_extract_that_covers_it_has_it",
        "counting/test_rules.py::test_a_year_that_would_leave_months_out_is_not_told",
        "proof/test_end_to_end.py::test_a_figure_names_the_extract_that_counts_for_its_month",
    ),
    "lists of the latest: past month ends from the dates, nothing else of past months": (
        "counting/test_rules.py::test_open_is_started_by_the_day_and_not_ended_by_it",
        "counting/test_rules.py::test_what_the_list_holds_only_the_latest_of_fills_no_past_month",
        "listed/test_memory.py::test_who_is_remembered_is_not_counted_as_still_there",
        "listed/test_memory.py::"
        "test_an_earlier_plan_is_remembered_after_the_list_has_only_the_latest",
    ),
    "the number of referrals belongs to the child and not to the row": (
        "counting/test_rules.py::"
        "test_the_childs_own_column_is_wrong_on_earlier_rows_and_called_a_proxy",
    ),
    "no conference is not always a late one": (
        "proof/test_every_rule.py::test_an_enquiry_without_a_conference_is_late_for_none",
        "counting/test_rules.py::test_only_enquiries_old_enough_are_asked_for_a_conference",
    ),
    "list 6 is everyone open, and only some have a plan": (
        "counting/test_rules.py::test_only_plans_are_counted_as_plans_among_everyone_in_need",
    ),
    "V3 and V4 are no children looked after": (
        "counting/test_rules.py::test_short_breaks_are_no_children_looked_after",
        "proof/test_every_rule.py::test_short_breaks_are_in_no_measure_of_children_looked_after",
    ),
    # What real files look like
    "names of sheets, titles above the headings": (
        "lists/test_headings.py::test_names",
        "lists/test_headings.py::test_the_headings_may_stand_further_down",
        "lists/test_headings.py::test_list_10_and_11_never_stand_in_for_list_1",
    ),
    "Age, ages with fractions, the unborn": (
        "lists/test_headings.py::test_age_has_two_names",
        "lists/test_values.py::test_ages",
        "lists/test_reading.py::test_the_unborn",
        "lists/test_dates.py::test_the_unborn_are_expected_ahead",
    ),
    "blanks, quotes, brackets, question marks and capitals of headings": (
        "lists/test_headings.py::test_headings_as_people_change_them",
        "lists/test_columns.py::test_headings_are_compared_without_what_people_change",
    ),
    "dates as formulas, texts and numbers": (
        "lists/test_reading.py::test_formulas_with_and_without_their_value",
        "lists/test_reading.py::test_one_column_with_dates_of_every_sort",
        "lists/test_dates.py::test_a_date_is_the_same_however_written",
    ),
    "errors as texts, empty texts, spaces of every kind": (
        "lists/test_values.py::test_error_values_are_no_team",
        "lists/test_values.py::test_texts_keep_their_words",
        "lists/test_dates.py::test_blanks_are_normal",
    ),
    "ids, births and names that slipped into a column of teams or codes": (
        "lists/test_private.py::test_what_tells_a_person_is_no_team",
        "lists/test_private.py::test_a_person_of_another_list_is_not_quoted_as_a_code",
    ),
    "ids as 123, 123.0 and 123 with a space": (
        "lists/test_values.py::test_one_child_however_written",
        "lists/test_reading.py::test_one_child_over_all_lists",
    ),
    "codes by their stable part, and what is no code told": (
        "lists/test_codes.py::test_the_stable_part_is_found",
        "lists/test_codes.py::test_what_has_the_shape_of_a_code_is_quoted",
        "lists/test_codes.py::test_words_are_quoted_only_if_they_stand_in_many_rows",
        "lists/test_codes.py::test_what_may_tell_a_person_is_never_quoted",
        "counting/test_rules.py::test_a_word_that_is_no_code_is_in_no_numerator",
    ),
    "two codes with one letter, letters that change places, 01/01/1900": (
        "lists/test_codes.py::test_the_stable_part_is_found",
        "lists/test_dates.py::test_what_is_no_date_is_blanked",
    ),
    "real files as a whole": (
        "proof/test_samples.py::test_what_is_wrong_is_told_and_nothing_else",
        "proof/test_end_to_end.py::test_every_figure_is_the_one_recounted",
    ),
    # How figures are worked out
    "working days leave out bank holidays, one-off ones too": (
        "counting/test_rules.py::test_a_conference_is_in_time_within_15_working_days",
        "counting/test_rules.py::test_45_working_days_from_22_march_2024_are_30_may",
        "counting/test_days.py::test_bank_holidays_are_those_published",
        "counting/test_days.py::test_a_holiday_of_ones_own",
    ),
    "a rate of a month is that of a year": (
        "counting/test_rules.py::test_a_rate_is_that_of_a_year",
        "counting/test_rules.py::test_a_rate_of_a_position_is_not_made_a_years",
        "counting/test_rules.py::test_a_rate_without_a_population_is_not_available",
    ),
    "months and years after 29 February and the ends of months": (
        "counting/test_days.py::test_so_many_months_later",
        "counting/test_days.py::test_birthdays",
        "counting/test_rules.py::test_a_year_after_29_february_is_28_february",
    ),
    "half is rounded up, and only what is shown": (
        "spec/test_judgement_rules.py::test_rounding_is_half_away_from_zero",
        "counting/test_rules.py::test_a_value_is_never_rounded",
    ),
    "percentages from summed counts, positions never summed": (
        "counting/test_rules.py::test_percentages_are_added_up_from_counts_and_never_averaged",
        "counting/test_rules.py::test_positions_are_not_added_up_a_quarter_is_its_last_month",
    ),
    "none of none is not applicable": (
        "counting/test_rules.py::test_none_of_none_is_not_applicable",
    ),
}


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_tests(rule: str) -> None:
    for named in RULES[rule]:
        file, _, name = named.partition("::")
        assert name in names_in(file), named


LIBRARY = load_library()
JUNE, END = Month(2024, 6), dt.date(2024, 6, 30)


def test_an_enquiry_without_a_conference_is_late_for_none() -> None:
    """Not unnecessary and no date: the child may have a plan already, so nothing is overdue."""
    rows = [{"strategy_discussion": "2024-04-02", "conference_unnecessary": "No"}]
    frames = {"section47": frame("section47", rows)}
    wanted = [one for one in LIBRARY.measures if one.list == "section47"]
    used = {name for one in wanted for _, name in one.columns()}
    assert "conference_unnecessary" not in used
    in_time = [one for one in wanted if one.code.startswith("conferences")]
    assert len(in_time) >= 3
    window = Window(Month(2024, 1), JUNE, END)
    found = count(
        Library(tuple(in_time), {}, ()), frames, window, population=lambda _period: 1_000.0
    ).frame
    counts = found["denominator"].where(~found["indicator"].str.endswith("_rate"), 0).fillna(0)
    assert (counts == 0).all()
    assert (found["numerator"] == 0).all()


@pytest.mark.parametrize("code", [one.code for one in LIBRARY.measures if one.code[:3] == "lac"])
@pytest.mark.parametrize("status", ["V3", "V4"])
def test_short_breaks_are_in_no_measure_of_children_looked_after(code: str, status: str) -> None:
    """A child for whom everything else holds counts, and does not with a short break."""
    measure = LIBRARY.measure(code)
    child = {
        "born": "2012-01-01",
        "care_start": "2020-01-01",
        "placement_start": "2021-01-01",
        "missing_episodes": 2,
        "placements_in_12_months": 3,
        "unaccompanied": "Yes",
    }
    if "started" in code:
        child["care_start"] = "2024-06-03"
    elif "ceased" in code or "adopted" in code:
        child["care_end"] = "2024-06-03"

    def counted(legal_status: str) -> float:
        rows = [{**child, "legal_status": legal_status}]
        frames = {measure.list: frame(measure.list, rows)}
        only = Library((measure,), {}, ())
        window = Window(JUNE, JUNE, END)
        found = count(only, frames, window, breakdowns=(), population=lambda _period: 1_000.0)
        row = found.frame[found.frame["kind"] == "month"].iloc[0]
        share = measure.unit.value == "percent"
        return float(row["denominator"] if share else row["numerator"])

    assert counted("C2") == 1
    assert counted(status) == 0
