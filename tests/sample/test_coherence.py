"""The invented authority holds together: nothing ends before it starts or hangs in the air."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from workbook_builder.sample import Authority
from workbook_builder.sample.authority import KINDS

ENDS = {name: kind for name, kind in KINDS.items() if "end" in kind.dates}


def births(authority: Authority) -> pd.Series:
    return authority.children.set_index("child")["birth"]


def test_every_table_has_rows(authority: Authority) -> None:
    assert [name for name, table in authority.tables().items() if table.empty] == []


def test_every_child_is_one_of_the_children(any_authority: Authority) -> None:
    known = set(any_authority.children["child"])
    assert len(known) == len(any_authority.children)
    for name, table in any_authority.tables().items():
        if "child" in table:
            assert set(table["child"]) <= known, name


@pytest.mark.parametrize("name", ENDS)
def test_nothing_ends_before_it_begins(any_authority: Authority, name: str) -> None:
    table = any_authority.tables()[name]
    assert not (table["end"] < table[KINDS[name].begins]).any()


def test_nothing_lies_after_the_last_day(any_authority: Authority) -> None:
    last = pd.Timestamp(any_authority.last_day)
    for name, table in any_authority.tables().items():
        for column in table.select_dtypes("datetime"):
            if column != "birth":
                assert not (table[column] > last).any(), (name, column)


def test_nobody_is_in_care_before_birth_or_after_eighteen(any_authority: Authority) -> None:
    care = any_authority.care
    birth = births(any_authority).reindex(care["child"]).reset_index(drop=True)
    assert (care["start"] >= birth).all()
    grown = birth + pd.DateOffset(years=18)
    assert (care["start"] < grown).all()
    assert not (care["end"] > grown).any()


@pytest.mark.parametrize("name", ["care", "plans", "episodes"])
def test_one_at_a_time(any_authority: Authority, name: str) -> None:
    table = any_authority.tables()[name].sort_values(["child", "start"])
    before = table.groupby("child")["end"].shift()
    follows = table["child"].duplicated()
    assert before[follows].notna().all()
    assert (table["start"][follows] >= before[follows]).all()


def test_every_plan_has_its_conference(any_authority: Authority) -> None:
    held = any_authority.enquiries
    held = held[held["result"] == "a) Yes"]
    conferences = set(zip(held["child"], held["conference"], strict=True))
    plans = any_authority.plans
    assert set(zip(plans["child"], plans["start"], strict=True)) <= conferences


def test_every_episode_has_its_referral_and_assessment(any_authority: Authority) -> None:
    referrals, episodes = any_authority.referrals, any_authority.episodes
    kept = referrals[referrals["nfa"] == "b) No"]
    assert set(episodes["episode"]) == set(kept["episode"])
    assert set(any_authority.assessments["episode"]) <= set(episodes["episode"])
    for name, date in (("enquiries", "strategy"), ("plans", "start"), ("assessments", "start")):
        table = any_authority.tables()[name].merge(
            episodes, on="episode", suffixes=("", "_of_need")
        )
        begun = table["start_of_need"] if "start_of_need" in table else table["start"]
        ended = table["end_of_need"] if "end_of_need" in table else table["end"]
        assert (table[date] >= begun).all(), name
        assert not (table[date] > ended).any(), name


def test_every_referral_follows_a_contact(any_authority: Authority) -> None:
    contacts = any_authority.contacts.sort_values("date")
    referrals = any_authority.referrals.sort_values("date")
    both = pd.merge_asof(
        referrals,
        contacts,
        left_on="date",
        right_on="date",
        by="child",
        direction="backward",
        tolerance=pd.Timedelta(days=20),
    )
    # A contact that was recorded late may not be in the system yet.
    assert both["recorded"].isna().mean() < 0.01


def test_no_referral_while_a_case_is_open(any_authority: Authority) -> None:
    referrals = any_authority.referrals.sort_values(["child", "date"])
    episodes = any_authority.episodes[["episode", "end"]]
    both = referrals.merge(episodes, on="episode", how="left")
    following = both["child"].duplicated(keep="last")
    after = both.groupby("child")["date"].shift(-1)
    assert not (after[following] < both["end"][following]).any()


def test_care_is_filled_with_placements_end_to_end(any_authority: Authority) -> None:
    placements = any_authority.placements.sort_values(["care", "start"])
    care = any_authority.care.set_index("care")
    first = placements.groupby("care")["start"].first()
    assert (first == care["start"].reindex(first.index)).all()
    assert set(first.index) == set(care.index)
    before = placements.groupby("care")["end"].shift()
    follows = placements["care"].duplicated()
    assert (placements["start"][follows] == before[follows]).all()
    last = placements.drop_duplicates("care", keep="last").set_index("care")["end"]
    pd.testing.assert_series_equal(last.sort_index(), care["end"].sort_index(), check_names=False)


def test_legal_status_starts_with_care(any_authority: Authority) -> None:
    first = any_authority.legal_statuses.groupby("care")["start"].min()
    care = any_authority.care.set_index("care")["start"]
    pd.testing.assert_series_equal(first.sort_index(), care.sort_index(), check_names=False)


def test_the_way_to_adoption_is_in_order(authority: Authority) -> None:
    table = authority.adoptions
    for earlier, later in (
        ("entered", "decision"),
        ("decision", "order"),
        ("decision", "matched"),
        ("matched", "placed"),
        ("order", "placed"),
        ("placed", "adopted"),
        ("entered", "ffa"),
    ):
        assert not (table[earlier] > table[later]).any(), (earlier, later)
    adopted = table[table["adopted"].notna()]
    care = authority.care.set_index("care").loc[adopted["care"]]
    assert care["reason"].str.contains("E11|E12").all()
    assert (care["end"].to_numpy() == adopted["adopted"].to_numpy()).all()


def test_adopters_of_a_matched_family_are_known(authority: Authority) -> None:
    matched = {family for family in authority.adoptions["family"] if family}
    assert matched <= set(authority.adopters["family"])


def test_plans_before_are_counted_up(any_authority: Authority) -> None:
    plans = any_authority.plans.sort_values(["child", "start"])
    step = plans.groupby("child")["before"].diff().dropna()
    assert (step == 1).all()


def test_workers_are_codes_and_in_post(authority: Authority) -> None:
    workers = authority.workers.set_index("worker")
    assert workers.index.is_unique
    assert all(re.fullmatch(r"SW\d{4,}", worker) for worker in workers.index)
    held = authority.allocations
    held = held[(held["worker"] != "") & (held["start"] >= pd.Timestamp("2020-01-01"))]
    post = workers.loc[held["worker"]]
    assert (post["team"].to_numpy() == held["team"].to_numpy()).all()
    assert (post["start"].to_numpy() <= held["start"].to_numpy()).all()


def test_siblings_mostly_go_together(authority: Authority) -> None:
    family = authority.children.set_index("child")["family"]
    plans = authority.plans.assign(family=authority.plans["child"].map(family))
    sizes = plans.groupby(["family", "start"]).size()
    assert (sizes > 1).mean() > 0.08


def test_seasons_weekends_and_school_holidays_show(authority: Authority) -> None:
    contacts = authority.contacts
    months = contacts["date"].dt.month.value_counts()
    assert months[8] < months[11] * 0.85
    assert (contacts["date"].dt.day_of_week >= 5).mean() < 0.1
    august = contacts[contacts["date"].dt.month == 8]
    assert not august["source"].str.contains("2A|2B").any()


def test_times_lie_on_both_sides_of_the_limits(authority: Authority) -> None:
    """Plausible shares, wide enough for any seed."""
    referrals = authority.referrals.sort_values(["child", "date"])
    apart = referrals.groupby("child")["date"].diff()
    lately = referrals["date"] > pd.Timestamp("2024-03-31")
    assert 0.12 < (apart[lately] < pd.Timedelta(days=365)).mean() < 0.30
    plans = authority.plans[authority.plans["start"] > pd.Timestamp("2023-03-31")]
    assert 0.1 < (plans["before"] > 0).mean() < 0.4
    held = authority.enquiries[authority.enquiries["conference"].notna()]
    wait = (held["conference"] - held["strategy"]).dt.days
    assert 0.6 < (wait <= 21).mean() < 0.95
