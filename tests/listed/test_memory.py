"""What an extract is counted with from those before it, in cases small enough to work by hand.

Each extract covers two months here. R is a list of referrals, P one of plans: a list of the latest.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from tests.counting.lists import frame
from workbook_builder.counting import Library, Window, count, load_library
from workbook_builder.counting.columns import vocabulary
from workbook_builder.listed.memory import Memory
from workbook_builder.periods import Month

LIBRARY = load_library()
MAY, JUNE, JULY = Month(2024, 5), Month(2024, 6), Month(2024, 7)
Row = dict[str, str]
Extracts = list[tuple[Month, list[Row]]]
Lacking = Mapping[Month, set[str]]
NOTHING: Lacking = MappingProxyType({})


def referral(child: str, day: str, team: str = "A") -> Row:
    return {"child": child, "referral_date": f"2024-{day}", "team": team}


def plan(child: str, start: str, end: str = "") -> Row:
    return {"child": child, "plan_start": start, **({"plan_end": end} if end else {})}


def counted(
    code: str, name: str, extracts: Extracts, kind: str = "month", lacking: Lacking = NOTHING
) -> dict[tuple[str, str], tuple[float, float]]:
    """The figures of the last extract: by breakdown and end, numerator and denominator.

    lacking: columns, by the loader's keys, that were in no file of the extract of a month.
    """
    only = Library((LIBRARY.measure(code),), {}, ())
    memory = Memory(vocabulary().lists, 2)
    for month, rows in extracts:
        frames = {name: frame(name, rows)}
        joined, whole = memory.joined(frames, month), memory.whole_from(frames, month)
        columns = memory.columns_from(frames, month)
        window = Window(month.plus(-1), month, month.last_day, whole, columns)
        missing = {name: lacking.get(month, set())}
        counts = count(only, joined, window, breakdowns={"team"}, missing_columns=missing)
        memory.keep(frames, month, missing)
    found = counts.frame[counts.frame["kind"] == kind]
    named = ("breakdown", "end", "numerator", "denominator")
    rows_found = zip(*(found[column] for column in named), strict=True)
    return {(b, end): (top, below) for b, end, top, below in rows_found}


# Three months that begin a financial year, in extracts of two months: April lies before the last.
QUARTER = [
    ("nothing changes", [], 3),
    ("a row of a month that it does not cover is deleted", [("04", "delete")], 3),
    ("a row of a month that it covers is deleted", [("05", "delete")], 2),
    ("a row turns up in a month that it covers", [("05", "add")], 4),
    ("a row is moved from a month that it covers to before", [("05", "04")], 2),
]


@pytest.mark.parametrize(
    ("change", "total"), [one[1:] for one in QUARTER], ids=[one[0] for one in QUARTER]
)
def test_a_month_counts_as_the_last_extract_that_covers_it_has_it(
    change: list[tuple[str, str]], total: int
) -> None:
    first = [referral("1", "04-03"), referral("2", "05-03")]
    second = [referral("2", "05-03"), referral("3", "06-03")]
    for month, what in change:
        if what == "add":
            second.append(referral("4", f"{month}-20"))
        else:
            second = [row for row in second if f"-{month}-" not in row["referral_date"]]
            second += [referral("2", f"{what}-28")] if what != "delete" else []
    found = counted("referrals", "referrals", [(MAY, first), (JUNE, second)], "ytd")
    assert found["", "2024-06"][0] == total


REREFERRED = [
    ("an earlier referral in the same extract", [[], [("1", "05-20"), ("1", "06-10")]], 1),
    ("an earlier referral in the extract before", [[("1", "04-20")], [("1", "06-10")]], 1),
    ("another child's", [[("2", "04-20")], [("1", "06-10")]], 0),
    ("one that a later extract has taken out", [[("1", "05-20")], [("1", "06-10")]], 0),
    ("one that was a day out and is put right", [[("1", "05-09")], [("1", "05-10")]], 0),
]


@pytest.mark.parametrize(
    ("days", "again"), [one[1:] for one in REREFERRED], ids=[one[0] for one in REREFERRED]
)
def test_an_earlier_referral_is_remembered(days: list[list[tuple[str, str]]], again: int) -> None:
    # A year before, so that there are months enough to look back on.
    before: Extracts = [(MAY.plus(step), []) for step in range(-14, 0)]
    extracts = zip((MAY, JUNE), days, strict=True)
    rows = [(month, [referral(*one) for one in found]) for month, found in extracts]
    found = counted("rereferrals", "referrals", before + rows)
    assert sum(top for (name, _), (top, _) in found.items() if not name) == again


def test_an_earlier_plan_is_remembered_after_the_list_has_only_the_latest() -> None:
    before: Extracts = [(MAY.plus(step), []) for step in range(-26, 0)]
    one = (MAY, [plan("1", "2024-01-01", "2024-05-10")])
    two = (JUNE, [plan("1", "2024-06-20")])
    found = counted("cp_repeat_in_2_years", "child_protection", [*before, one, two])
    assert found["", "2024-06"] == (1, 1)


def test_who_is_remembered_is_not_counted_as_still_there() -> None:
    one = (MAY, [plan("1", "2024-04-01"), plan("2", "2024-04-01")])
    two = (JUNE, [plan("2", "2024-04-01")])
    found = counted("cp_open", "child_protection", [one, two])
    assert found["", "2024-06"][0] == found["", "2024-05"][0] == 1


def test_nothing_is_told_over_a_month_that_no_extract_covers() -> None:
    rows = [referral("1", "04-03")]
    august = Month(2024, 8)
    assert counted("referrals", "referrals", [(MAY, rows), (JULY, [])], "ytd")["", "2024-07"]
    gap: Extracts = [(MAY, rows), (august, [])]
    assert counted("referrals", "referrals", gap, "ytd") == {}


# Extracts of May to July; that of May alone covers April, and lacks a column.
APRIL_TO_JULY: Extracts = [
    (MAY, [referral("1", "04-03"), referral("2", "05-03")]),
    (JUNE, [referral("2", "05-03"), referral("3", "06-03")]),
    (JULY, [referral("3", "06-03"), referral("4", "07-03")]),
]
ACTION = "no_further_action"
LACKED = [
    ("nothing is missing", "referrals_no_action", {}, ["2024-07"]),
    ("the column of a month of the period", "referrals_no_action", {MAY: {ACTION}}, []),
    ("the column of a month told again", "referrals_no_action", {JUNE: {ACTION}}, []),
    ("a column that it does not need", "referrals", {MAY: {ACTION}}, ["2024-07"]),
]


@pytest.mark.parametrize(
    ("code", "lacking", "ends"), [one[1:] for one in LACKED], ids=[one[0] for one in LACKED]
)
def test_a_period_that_reaches_into_an_extract_without_a_column_has_no_figure(
    code: str, lacking: Lacking, ends: list[str]
) -> None:
    found = counted(code, "referrals", APRIL_TO_JULY, "ytd", lacking)
    assert sorted({end for _, end in found if end == "2024-07"}) == ends
    months = counted(code, "referrals", APRIL_TO_JULY, "month", lacking)
    assert [end for name, end in months if not name] == ["2024-06", "2024-07"]


def test_what_an_extract_lacks_is_cured_by_a_later_one_that_covers_the_month() -> None:
    extracts = [(MAY.plus(-1), [referral("1", "04-03")]), *APRIL_TO_JULY]
    lacking = {MAY.plus(-1): {ACTION}}
    found = counted("referrals_no_action", "referrals", extracts, "ytd", lacking)
    assert found["", "2024-07"] == (0, 4)


def test_a_group_is_not_told_for_months_whose_extract_did_not_have_it() -> None:
    found = counted("referrals", "referrals", APRIL_TO_JULY, "ytd", {MAY: {"team"}})
    assert found["", "2024-07"][0] == 4
    assert [name for name, end in found if name and end == "2024-07"] == []


def test_an_earlier_referral_is_not_looked_for_where_its_date_is_missing() -> None:
    before: Extracts = [(MAY.plus(step), []) for step in range(-14, 0)]
    extracts = [
        *before,
        (MAY, [referral("1", "05-20")]),
        (JUNE, [referral("1", day) for day in ("05-20", "06-10")]),
    ]
    assert counted("rereferrals", "referrals", extracts)["", "2024-06"] == (1, 1)
    lacking = {MAY.plus(-9): {"referral_date"}, MAY.plus(-8): {"referral_date"}}
    assert counted("rereferrals", "referrals", extracts, lacking=lacking) == {}


def test_teams_of_old_are_groups_of_what_they_did_and_not_of_who_is_there() -> None:
    one = (MAY, [referral("1", "04-03", "Old")])
    two = (JUNE, [referral("2", "06-03", "New")])
    found = counted("referrals", "referrals", [one, two], "ytd")
    assert found["team=Old", "2024-06"][0] == found["team=New", "2024-06"][0] == 1
    plans = [(MAY, [{**plan("1", "2024-04-01"), "team": "Old"}])]
    plans.append((JUNE, [{**plan("2", "2024-04-01"), "team": "New"}]))
    assert {name for name, _ in counted("cp_open", "child_protection", plans)} == {"", "team=New"}


def test_the_adoption_list_covers_twelve_months() -> None:
    memory = Memory(vocabulary().lists, 6)
    assert memory.first("adoption", JUNE) == Month(2023, 7)
    assert memory.first("referrals", JUNE) == Month(2024, 1)
