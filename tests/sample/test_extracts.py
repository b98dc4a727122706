"""Each extract holds what an extract of that month should: a plain recount from the truth.

The recount walks through the rows of the whole truth one by one and shares no code with the lists.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from tests.sample.conftest import LAST, MONTHS
from workbook_builder.periods import Month
from workbook_builder.sample import Authority, extract
from workbook_builder.sample.layout import LISTS

Row = dict[str, Any]
EVERY_MONTH = [LAST.plus(-back) for back in range(MONTHS)]


def plain(table: pd.DataFrame) -> list[Row]:
    """Rows as dictionaries, dates as dates, blanks as None."""
    rows = table.to_dict("records")
    for row in rows:
        for name, value in row.items():
            if isinstance(value, pd.Timestamp):
                row[name] = value.date()
            elif value is pd.NaT or value == "":
                row[name] = None
    return rows


@pytest.fixture(scope="module")
def truth(authority: Authority) -> dict[str, list[Row]]:
    return {name: plain(table) for name, table in authority.tables().items()}


@pytest.fixture(scope="module")
def lists(authority: Authority) -> Callable[[Month], dict[int, list[Row]]]:
    made: dict[Month, dict[int, list[Row]]] = {}

    def of(month: Month) -> dict[int, list[Row]]:
        if month not in made:
            found = extract(authority, month)
            made[month] = {number: plain(table) for number, table in found.items()}
        return made[month]

    return of


def bounds(month: Month) -> tuple[dt.date, dt.date, dt.date]:
    """The first day of the window, that of twelve months, and the last day."""
    return month.plus(-5).first_day, month.plus(-11).first_day, month.last_day


def by(day: dt.date | None, last: dt.date) -> dt.date | None:
    return day if day is not None and day <= last else None


def year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def rows_of(table: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row[name] for name in names) for row in table), key=repr)


def test_headings_are_ofsteds(authority: Authority) -> None:
    found = extract(authority, LAST)
    assert {n: tuple(table.columns) for n, table in found.items()} == {
        layout.number: layout.headings for layout in LISTS
    }


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_contacts(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    expected = [
        row for row in truth["contacts"] if first <= row["date"] <= last and row["recorded"] <= last
    ]
    assert expected
    assert rows_of(lists(month)[1], "Child Unique ID", "Date of Contact", "Contact Source") == (
        rows_of(expected, "child", "date", "source")
    )


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_early_help(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    expected = sorted(
        (
            (row["child"], row["start"], by(row["end"], last))
            for row in truth["early_help"]
            if row["start"] <= last and (by(row["end"], last) is None or row["end"] >= first)
        ),
        key=repr,
    )
    names = ("Child Unique ID", "Assessment start date", "Assessment completion date")
    assert rows_of(lists(month)[2], *names) == expected


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_referrals_and_their_counts(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    mine = defaultdict(list)
    for row in truth["referrals"]:
        if row["date"] <= last:
            mine[row["child"]].append(row["date"])
    expected = []
    for row in truth["referrals"]:
        if first <= row["date"] <= last:
            latest = max(mine[row["child"]])
            count = sum(year_before(latest) < date < latest for date in mine[row["child"]])
            expected.append((row["child"], row["date"], row["nfa"], count))
    names = ("Child Unique ID", "Date of referral", "Referral NFA?")
    found = rows_of(lists(month)[3], *names, "Number of Referrals in Last 12 Months")
    assert found == sorted(expected, key=repr)


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_assessments(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    expected = []
    for row in truth["assessments"]:
        end = by(row["end"], last)
        if row["start"] <= last and (end is None or end >= first):
            expected.append((row["child"], row["start"], end, row["supported"] if end else None))
    assert rows_of(
        lists(month)[4],
        "Child Unique ID",
        "Continuous Assessment Start Date",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support",
    ) == sorted(expected, key=repr)


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_enquiries_and_their_counts(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    mine = defaultdict(list)
    for row in truth["enquiries"]:
        if row["strategy"] <= last:
            mine[row["child"]].append(row)
    seen = {
        (
            row["Child Unique ID"],
            row["Strategy discussion initiating Section 47 Enquiry Start Date"],
        ): row
        for row in lists(month)[5]
    }
    assert len(seen) == len(lists(month)[5])
    for child, rows in mine.items():
        latest = max(row["strategy"] for row in rows)
        begins = year_before(latest)
        enquiries = sum(begins < row["strategy"] < latest for row in rows)
        conferences = sum(
            row["conference"] is not None and begins < row["conference"] < latest
            for row in rows
            if row["strategy"] != latest
        )
        for row in rows:
            found = seen.pop((child, row["strategy"]), None)
            in_window = row["strategy"] >= first
            open_ = by(row["decided"], last) is None
            held = by(row["conference"], last)
            if in_window or open_:
                assert found is not None
            if found is None:
                continue
            waits = found["Was an Initial Child Protection Conference deemed unnecessary?"]
            assert in_window or open_ or (waits == "b) No" and held is None)
            assert found["Date of Initial Child Protection Conference"] == held
            result = found[
                "Did the Initial Child Protection Conference Result in a Child Protection Plan"
            ]
            assert result == (row["result"] if held else None)
            assert waits == (None if open_ else row["unnecessary"])
            assert found["Number of Section 47 Enquiries in the last 12 months"] == enquiries
            assert found["Number of ICPCs in the last 12 months"] == conferences
    assert seen == {}


def latest_rows(rows: list[Row], last: dt.date) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for row in rows:
        if row["start"] <= last and (
            row["child"] not in found or row["start"] >= found[row["child"]]["start"]
        ):
            found[row["child"]] = row
    return found


def open_or_recent(rows: list[Row], first: dt.date, last: dt.date) -> dict[int, Row]:
    return {
        child: row
        for child, row in latest_rows(rows, last).items()
        if by(row["end"], last) is None or row["end"] >= first
    }


def is_open(row: Row, last: dt.date) -> bool:
    return row["start"] <= last and by(row["end"], last) is None


def latest_between(rows: list[Row], start: dt.date, end: dt.date, last: dt.date) -> Row | None:
    found = None
    for row in rows:
        if start <= row["date"] <= min(end, last) and row.get("recorded", row["date"]) <= last:
            found = row if found is None or row["date"] >= found["date"] else found
    return found


def grouped(rows: list[Row], key: str = "child", kind: str = "") -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if not kind or row["kind"] == kind:
            found[row[key]].append(row)
    return found


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_children_in_need(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    expected = open_or_recent(truth["episodes"], first, last)
    found = {row["Child Unique ID"]: row for row in lists(month)[6]}
    assert len(found) == len(lists(month)[6])
    assert set(found) == set(expected)
    breaks = {row["care"] for row in truth["legal_statuses"] if row["status"][:2] in ("V3", "V4")}
    cared = {
        row["child"] for row in truth["care"] if is_open(row, last) and row["care"] not in breaks
    }
    planned = {row["child"] for row in truth["plans"] if is_open(row, last)}
    visits = grouped(truth["visits"])
    for child, row in found.items():
        want = expected[child]
        end = by(want["end"], last)
        assert (row["CIN Start Date"], row["CIN Closure Date"]) == (want["start"], end)
        assert row["Reason for Closure"] == (want["reason"] if end else None)
        letter = "e" if end else "a" if child in cared else "b" if child in planned else None
        letter = letter or ("c" if by(want["assessed"], last) else "d")
        assert row["Case status"][0] == letter
        seen = latest_between(visits[child], want["start"], end or last, last)
        assert row["Date Child Was Last Seen"] == (seen and seen["date"])


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_plans(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    expected = open_or_recent(truth["plans"], first, last)
    found = {row["Child Unique ID"]: row for row in lists(month)[7]}
    assert len(found) == len(lists(month)[7])
    assert set(found) == set(expected)
    visits, reviews = grouped(truth["visits"], kind="plan"), grouped(truth["reviews"], kind="plan")
    for child, row in found.items():
        want = expected[child]
        end = by(want["end"], last)
        assert row["Child Protection Plan Start Date"] == want["start"]
        assert row["Child Protection Plan End Date"] == end
        assert row["Number of Previous Child Protection Plans"] == want["before"]
        changed = by(want["changed"], last)
        new = want["new_category"] if changed else want["category"]
        assert row["Latest Category of Abuse"] == new
        visit = latest_between(visits[child], want["start"], end or last, last)
        assert row["Date of the Last Statutory Visit"] == (visit and visit["date"])
        assert row["Was the Child Seen Alone?"] == (visit and visit["alone"])
        review = latest_between(reviews[child], want["start"], end or last, last)
        assert row["Date of latest review conference"] == (review and review["date"])


@pytest.mark.parametrize("month", EVERY_MONTH[::3], ids=str)
def test_children_in_care(truth: Any, lists: Any, month: Month) -> None:
    first, _, last = bounds(month)
    year = year_before(last)
    expected = open_or_recent(truth["care"], first, last)
    found = {row["Child Unique ID"]: row for row in lists(month)[8]}
    assert len(found) == len(lists(month)[8])
    assert set(found) == set(expected)
    placements, legal = (
        grouped(truth["placements"], "care"),
        grouped(truth["legal_statuses"], "care"),
    )
    missing = grouped(truth["missing"], "care")
    events = {
        "Date of Latest Statutory Review": grouped(truth["reviews"], kind="care"),
        "Date of Last Social Work Visit": grouped(truth["visits"], kind="care"),
        "Date of Last IRO Visit / Contact to the Child": grouped(truth["reviews"], kind="officer"),
        "Date of Last Health Assessment": grouped(truth["health"], kind="health"),
        "Date of Last Dental Check": grouped(truth["health"], kind="dental"),
    }
    for child, row in found.items():
        want = expected[child]
        end = by(want["end"], last)
        assert row["Date Started to be Looked After"] == want["start"]
        assert row["Date Ceased to be Looked After "] == end
        assert row["Reason Ceased to be Looked After"] == (want["reason"] if end else None)
        lived = [one for one in placements[want["care"]] if one["start"] <= last]
        now = max(lived, key=lambda one: one["start"])
        assert row["Start Date of Most Recent Placement"] == now["start"]
        assert row["Placement Type"] == now["type"]
        recent = sum(by(one["end"], last) is None or one["end"] > year for one in lived)
        assert row["Number of Placements in the Last 12 months"] == max(recent, 1)
        status = max(
            (one for one in legal[want["care"]] if one["start"] <= last),
            key=lambda one: one["start"],
        )
        assert row["Child's Legal Status"] == status["status"]
        assert row["Start date of current legal status"] == status["start"]
        gone = [
            one
            for one in missing[want["care"]]
            if year < one["start"] <= last and one["kind"] == "missing"
        ]
        heading = "Number of Episodes the Child has been ‘Missing’ from their Placement"
        assert row[f"{heading} in the last 12 months"] == len(gone)
        for name, rows in events.items():
            event = latest_between(rows[child], want["start"], end or last, last)
            assert row[name] == (event and event["date"]), name


@pytest.mark.parametrize("month", EVERY_MONTH, ids=str)
def test_care_leavers_adoption_and_adopters(truth: Any, lists: Any, month: Month) -> None:
    _, year, last = bounds(month)
    young = {
        child: row["category"]
        for child, row in latest_rows(truth["leavers"], last).items()
        if is_open(row, last)
    }
    found = lists(month)[9]
    assert len({row["Child Unique ID"] for row in found}) == len(found)
    assert {row["Child Unique ID"]: row["Eligibility Category"] for row in found} == young

    waiting = []
    for row in truth["adoptions"]:
        adopted, turned = by(row["adopted"], last), by(row["reversed"], last)
        if row["decision"] <= last and all(day is None or day >= year for day in (adopted, turned)):
            waiting.append((row["child"], row["decision"], by(row["placed"], last), adopted))
    assert rows_of(
        lists(month)[10],
        "Child Unique ID",
        "Date of Decision that Child Should be Placed for Adoption",
        "Date Placed for Adoption",
        "Date of Adoption Order ",
    ) == sorted(waiting, key=repr)

    adopters = {
        row["adopter"]
        for row in truth["adopters"]
        if row["stage_1"] <= last
        and all(by(row[end], last) is None or row[end] >= year for end in ("adopted", "left"))
    }
    assert {row["Individual adopter identifier"] for row in lists(month)[11]} == adopters


@pytest.mark.parametrize("month", EVERY_MONTH[::3], ids=str)
def test_ages_and_births(truth: Any, lists: Any, month: Month) -> None:
    last = month.last_day
    births = {row["child"]: (row["birth"], row["birth_expected"]) for row in truth["children"]}
    for number in range(1, 11):
        for row in lists(month)[number]:
            birth, expected = births[row["Child Unique ID"]]
            if birth > last:
                assert row["Age of Child (Years)"] == -1
                assert row["Date of Birth"] == (birth if expected else None)
                assert row["Gender"] == "c) Not stated/recorded"
            else:
                had = (last.month, last.day) >= (birth.month, birth.day)
                assert row["Age of Child (Years)"] == last.year - birth.year - (not had)
                assert row["Date of Birth"] == birth


def test_unborn_children_and_rows_that_vanish(lists: Any) -> None:
    assert any(row["Age of Child (Years)"] == -1 for row in lists(LAST)[1])
    earlier = {row["Child Unique ID"] for row in lists(LAST.plus(-2))[7]}
    assert earlier - {row["Child Unique ID"] for row in lists(LAST)[7]}


def test_late_records_change_an_older_month(lists: Any) -> None:
    month = LAST.plus(-3)
    then = [r for r in lists(month)[1] if r["Date of Contact"] >= month.first_day]
    now = [r for r in lists(LAST)[1] if month.first_day <= r["Date of Contact"] <= month.last_day]
    assert len(now) > len(then)


def test_a_wider_window_holds_more(authority: Authority) -> None:
    assert len(extract(authority, LAST, 12)[1]) > len(extract(authority, LAST, 6)[1])


def test_open_cases_nearly_all_have_a_worker(lists: Any) -> None:
    """A vacant post leaves its children without a worker, never without a team."""
    rows = [
        row for month in EVERY_MONTH for row in lists(month)[6] if row["CIN Closure Date"] is None
    ]
    without = sum(row["Allocated Worker"] is None for row in rows)
    assert all(row["Allocated Team"] for row in rows)
    assert 0 < without < len(rows) * 0.15
