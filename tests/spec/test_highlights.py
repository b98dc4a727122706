"""The rules of a highlight report as tables: where an indicator is filed and what is claimed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.disclosure import tables
from workbook_builder.catalogue.model import Indicator, Target
from workbook_builder.highlights.claims import Claim, claims_of
from workbook_builder.highlights.figures import Figure, Held, figure_of, held_series
from workbook_builder.highlights.filing import Filed, Section, file_series
from workbook_builder.highlights.report import first_sentence
from workbook_builder.highlights.spoken import quoted
from workbook_builder.measures.series import Point
from workbook_builder.periods import Month, Period
from workbook_builder.scorecard import build_scorecard
from workbook_builder.values import Symbol

JUNE = Month(2017, 6)
ISSUE, IMPROVEMENT, NEITHER = "current issue", "improvement", "neither"


def indicator(**changes: Any) -> Indicator:
    given = {
        "code": "X1",
        "name": "Example",
        "theme": "Theme",
        "unit": "percent",
        "polarity": "high",
        "period_type": "in month",
        "year_to_date": "latest",
        "decimals": 1,
        "counted": ["child", "children"],
    }
    return Indicator(**{**given, **changes})


def month(back: int) -> Period:
    return Period.month(JUNE.plus(-back))


def held(figures: dict[int, Any], **changes: Any) -> Held:
    """A series by months before June 2017: a value, or value, numerator and denominator."""
    one = indicator(**changes)
    made = []
    for back in sorted(figures, reverse=True):
        parts = figures[back] if isinstance(figures[back], tuple) else (figures[back],)
        made.append(Figure(month(back), *parts))
    decimals = 0 if one.unit.value == "count" else 1
    return Held(one, "", JUNE, decimals, tuple(made))


def milestone(due: str, value: float, kind: str = "milestone") -> Target:
    return Target(indicator="X1", from_="2017-04", to=due, kind=kind, value=value)


def year(*values: float) -> dict[int, float]:
    """Twelve months, the last one June."""
    assert len(values) == 12
    return {11 - at: value for at, value in enumerate(values)}


FALLING = year(*range(30, 18, -1))
BEST_IN_MARCH = year(10, 11, 12, 11, 10, 11, 12, 13, 90, 40, 50, 49)
WORST_NOW = year(10, 11, 12, 11, 10, 11, 12, 13, 90, 40, 5, 4)

FILED = [
    ("better than the month before", {1: 40.0, 0: 50.0}, {}, (), IMPROVEMENT),
    ("worse than the month before", {1: 50.0, 0: 40.0}, {}, (), ISSUE),
    ("low is good", {1: 50.0, 0: 40.0}, {"polarity": "low"}, (), IMPROVEMENT),
    ("since the last month with a figure", {5: 60.0, 3: 40.0, 0: 50.0}, {}, (), IMPROVEMENT),
    ("level, so the long change", {9: 60.0, 1: 50.0, 0: 50.0}, {}, (), ISSUE),
    ("level throughout", {9: 50.0, 1: 50.0, 0: 50.0}, {}, (), NEITHER),
    ("one figure", {0: 50.0}, {}, (), NEITHER),
    ("neither way is good", {1: 40.0, 0: 50.0}, {"polarity": "neither"}, (), NEITHER),
    ("a target due in a month", {1: 40.0, 0: 50.0}, {}, (milestone("2017-07", 60),), ISSUE),
    ("due in three months", {1: 40.0, 0: 50.0}, {}, (milestone("2017-09", 60),), ISSUE),
    ("due in four months", {1: 40.0, 0: 50.0}, {}, (milestone("2017-10", 60),), IMPROVEMENT),
    ("due and met", {1: 60.0, 0: 50.0}, {}, (milestone("2017-07", 50),), ISSUE),
    ("met, and better", {1: 40.0, 0: 50.0}, {}, (milestone("2017-07", 50),), IMPROVEMENT),
    ("a target without a date", {1: 40.0, 0: 50.0}, {}, (milestone("2018-03", 60, "point"),),
     IMPROVEMENT),
    ("past its month", {1: 40.0, 0: 50.0}, {}, (milestone("2017-05", 60),), IMPROVEMENT),
    ("best of twelve, low is good", FALLING, {"polarity": "low"}, (), IMPROVEMENT),
    ("worst of twelve", WORST_NOW, {}, (), ISSUE),
    ("neither best nor worst: the change", BEST_IN_MARCH, {}, (), ISSUE),
    ("counts behind values that are missing", {1: (None, 6.0), 0: (10.0, 4.0)}, {}, (), ISSUE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "changes", "targets", "section"),
    [row[1:] for row in FILED],
    ids=[str(row[0]) for row in FILED],
)
def test_filing(figures: Any, changes: Any, targets: Any, section: str) -> None:
    assert file_series(held(figures, **changes), targets).section == section


def test_by_hand_wins() -> None:
    hand = Filed(Section.IMPROVEMENT, "by hand: because")
    assert file_series(held({0: 1.0}), (milestone("2017-07", 60),), hand) is hand


def test_a_count_may_have_the_target() -> None:
    targets = (milestone("2017-07", 30),)
    on_count = held({1: (8.9, 70.0), 0: (8.0, 59.0)}, polarity="low", judged_as="numerator")
    on_value = held({1: (8.9, 70.0), 0: (8.0, 59.0)}, polarity="low")
    assert file_series(on_count, targets).section == ISSUE
    assert file_series(on_value, targets).section == IMPROVEMENT


def said(one: Held, targets: tuple[Target, ...] = ()) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims_of(one, ISSUE, targets):
        found.setdefault(claim.claim, []).append(claim)
    return found


TEXTS: list[tuple[str, dict[int, Any], dict[str, Any], tuple[Target, ...], str, str]] = [
    ("a value with its count", {0: (52.9, 9.0)}, {}, (), "value", "52.9% (9) in June 2017."),
    ("with its denominator", {0: (57.2, 380.0, 664.0)}, {}, (), "value",
     "57.2% (380 of 664) in June 2017."),
    ("one child", {0: 1.0}, {"unit": "count"}, (), "value", "One child in June 2017."),
    ("points", {2: (79.0, 11.0), 0: (52.9, 9.0)}, {}, (), "change_since_month",
     "It is down 26.1 points from 79.0% (11) in April 2017."),
    ("counts behind points", {2: (79.0, 11.0), 0: (52.9, 9.0)}, {}, (),
     "count_change_since_month",
     "There were 2 fewer children than in April 2017, when there were 11."),
    ("one more", {1: (7.0, 1.0), 0: (9.0, 2.0)}, {}, (),
     "count_change_since_month", "There was one more child than in May 2017, when there was one."),
    ("unchanged", {1: 5.0, 0: 5.0}, {"unit": "count"}, (), "change_since_month",
     "It is the same as in May 2017, 5."),
    ("a year ago", {11: 35.9, 0: 61.9}, {}, (), "change_since_year",
     "It is up 26.0 points from 35.9% in July 2016."),
    ("a rate has no points", {1: (68.2, 674.0), 0: (67.3, 665.0)}, {"unit": "rate per 10,000"}, (),
     "change_since_month", "It is down 0.9 per 10,000 from 68.2 per 10,000 (674) in May 2017."),
    ("lowest of twelve", FALLING, {}, (), "year_low", "This is the lowest of the last 12 months."),
    ("highest of twelve", FALLING, {}, (), "year_high",
     "The highest of the last 12 months was 30.0% in July 2016."),
    ("falling month by month", FALLING, {}, (), "peak",
     "It was highest in July 2016, at 30.0%, and has fallen every month since."),
    ("highest since", {4: 99.0, 3: 90.0, 2: 91.0, 1: 92.0, 0: 98.3}, {}, (), "highest_since",
     "This is the highest since February 2017, when it was 99.0%."),
    ("a run of figures", {7: 81.1, 2: 79.0, 0: 52.9}, {}, (), "trend_direction",
     "In the months given it has fallen steadily since November 2016, when it was 81.1%."),
    ("a peak among the months held", {6: 71.4, 2: 69.8, 1: 68.2, 0: 67.3}, {}, (), "peak",
     "Of the months given it was highest in December 2016, at 71.4%, and has fallen steadily "
     "since."),
    ("below a dated target", {0: 61.9}, {}, (milestone("2017-09", 85),), "gap_to_target",
     "This is 23.1 points below the 85% to be reached by September 2017."),
    ("on the count", {0: (8.9, 59.0)}, {"polarity": "low", "judged_as": "numerator"},
     (milestone("2017-07", 30),), "gap_to_target",
     "This is 29 above the 30 children to be reached by July 2017."),
    ("met", {0: 61.9}, {}, (milestone("2017-09", 60),), "gap_to_target",
     "This meets the 60% to be reached by September 2017 by 1.9 points."),
    ("children needed", {0: (12.2, 81.0, 665.0)}, {"polarity": "low"},
     (milestone("2017-12", 10),), "number_needed",
     "15 fewer children would meet the target (10% of 665)."),
    ("one child needed", {0: (80.0, 8.0, 10.0)}, {}, (milestone("2017-12", 90),), "number_needed",
     "One more child would meet the target (90% of 10)."),
    ("few children", {0: (71.4, 5.0, 7.0)}, {}, (), "small_denominator",
     "Only 7 children make up this percentage: one child moves it by 14.3 points."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "changes", "targets", "claim", "text"),
    [row[1:] for row in TEXTS],
    ids=[row[0] for row in TEXTS],
)
def test_sentences(figures: Any, changes: Any, targets: Any, claim: str, text: str) -> None:
    assert said(held(figures, **changes), targets)[claim][0].text == text


NOT_SAID = [
    ("eleven of twelve months", {b: v for b, v in FALLING.items() if b != 5}, "year_low"),
    ("an average of eleven", {b: v for b, v in FALLING.items() if b != 5}, "average_12m"),
    ("since a month, one missing between", {4: 99.0, 3: 90.0, 1: 92.0, 0: 98.3}, "highest_since"),
    ("two figures are no run", {8: 81.0, 0: 59.0}, "trend_direction"),
    ("three are no peak", {7: 81.1, 2: 79.0, 0: 52.9}, "peak"),
    ("a run that turned", {9: 8.0, 2: 24.0, 0: 22.0}, "trend_direction"),
    ("all months alike", year(*[5.0] * 12), "year_high"),
    ("enough children", {0: (50.0, 10.0, 20.0)}, "small_denominator"),
]


@pytest.mark.parametrize(
    ("figures", "claim"), [row[1:] for row in NOT_SAID], ids=[str(row[0]) for row in NOT_SAID]
)
def test_what_the_figures_do_not_show_is_not_claimed(figures: Any, claim: str) -> None:
    assert claim not in said(held(figures))


def test_the_average_is_pooled_from_what_is_behind_it() -> None:
    """1 of 2 and eleven times 10 of 10 are 111 of 112, not the mean of the percentages."""
    figures = dict.fromkeys(range(1, 12), (100.0, 10.0, 10.0)) | {0: (50.0, 1.0, 2.0)}
    claim = said(held(figures))["average_12m"][0]
    assert (claim.numerator, claim.denominator) == (111, 112)
    assert claim.value == pytest.approx(100 * 111 / 112)
    assert claim.text == "Over the 12 months to June 2017 it was 99.1% (111 of 112)."
    assert claim.period == "2016-07/2017-06"


def test_a_plain_mean_says_so() -> None:
    claim = said(held(FALLING))["average_12m"][0]
    assert claim.value == pytest.approx(24.5)
    assert claim.text.startswith("The plain mean of the last 12 months is 24.5%")


def test_percentages_with_some_counts_are_not_averaged() -> None:
    assert "average_12m" not in said(held({**FALLING, 0: (19.0, 19.0, 100.0)}))


def test_counts_have_a_mean_month() -> None:
    claim = said(held(FALLING, unit="count"))["average_12m"][0]
    assert claim.text == "The average of the last 12 months is 24.5 a month."


def test_a_count_that_cannot_be_is_told_and_not_used() -> None:
    printed = figure_of(month(1), Point(83.3, 60.0, 36.0), indicator().unit)
    now = figure_of(month(0), Point(94.4, 17.0, 18.0), indicator().unit)
    one = Held(indicator(), "", JUNE, 1, (printed, now))
    found = said(one)
    assert found["count_in_brackets"][0].text == (
        "The count of 60 for May 2017 does not fit: 83.3% of 36 is 30."
    )
    assert "count_change_since_month" not in found


def test_differences_are_exact_and_only_sentences_round() -> None:
    claim = said(held({1: 10.0, 0: 10.04}))["change_since_month"][0]
    assert claim.difference == 0.04
    assert "0.0 points" in claim.text


def test_a_sentence_never_rises_by_less_than_nothing() -> None:
    for now in (1.0, 4.0, 9.0):
        text = first_sentence(held({1: 4.0, 0: now}, unit="count"))
        assert "-" not in text


AMOUNTS = st.one_of(
    st.integers(0, 100).map(float),
    st.tuples(st.integers(0, 12), st.integers(1, 12)).map(
        lambda two: (100 * min(two) / max(two), float(min(two)), float(max(two)))
    ),
)


@given(
    figures=st.dictionaries(st.integers(0, 11), AMOUNTS, min_size=1),
    unit=st.sampled_from(["count", "percent", "average"]),
    polarity=st.sampled_from(["high", "low"]),
    target=st.integers(0, 100),
    whole=st.booleans(),
)
def test_sentences_read_as_sentences_whatever_the_figures(
    figures: dict[int, Any], unit: str, polarity: str, target: int, whole: bool
) -> None:
    """No sign before a number, no "1 children", no double blank; differences as in the figures."""
    if whole:
        figures = {back: figures.get(back, float(back)) for back in range(12)}
    one = held(figures, unit=unit, polarity=polarity)
    for claim in claims_of(one, ISSUE, (milestone("2017-09", target),)):
        text = claim.text
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.endswith("."), text
        assert not any(odd in text for odd in ("-", " 1 children", "  ", "nan", "None")), text
        if claim.claim == "number_needed" and claim.numerator is not None:
            now = claim.numerator + (claim.difference or 0.0)
            share = 100 * now / (claim.denominator or 1.0)
            met = share >= target - 1e-9 if polarity == "high" else share <= target + 1e-9
            assert met, text
    assert file_series(one, ()).section in (ISSUE, IMPROVEMENT, NEITHER)


@pytest.mark.parametrize(
    ("june", "told"),
    [(12.0, True), (None, True), (Symbol.NOT_AVAILABLE, True), (Symbol.CONFIDENTIAL, False)],
)
def test_nothing_is_said_of_a_series_whose_last_figure_is_withheld(june: Any, told: bool) -> None:
    """What would be said of May would pass for the present state."""
    count = tables.indicator("n")
    rows: list[tables.Row] = [("n", "", "2024-04", 9.0), ("n", "", "2024-05", 10.0)]
    if june is not None:
        rows.append(("n", "", "2024-06", june))
    scorecard = build_scorecard(tables.catalogue(count), tables.extracts(rows))
    assert bool(held_series(scorecard, count)) is told


def test_parts_of_a_post_are_not_rounded_away() -> None:
    """Of 7.6 posts 1.3 are 17.1%; 1 of 8 would be 12.5%."""
    one = held({1: (19.5, 1.5, 7.7), 0: (17.1, 1.3, 7.6)}, counted=[])
    assert quoted(one, one.latest) == "17.1% (1.3 of 7.6)"
    whole = held({0: (25.0, 2.0, 8.0)})
    assert quoted(whole, whole.latest) == "25.0% (2 of 8)"
