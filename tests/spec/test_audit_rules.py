"""The audit's rules as tables: a figure, what was published, and what is said to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.building import TEMPLATES, compute
from workbook_builder.audit.model import Claim, Outcome, compared, printed
from workbook_builder.audit.reading import KINDS
from workbook_builder.audit.registry import RULES, audit_claims
from workbook_builder.audit.shares import attainable, smallest_base
from workbook_builder.errors import Place
from workbook_builder.extracts.headings import read_period
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.scorecard import Scorecard

AGREES, AGAINST, OPEN = Outcome.AGREES, Outcome.CONTRADICTS, Outcome.UNTESTABLE
NUMBER_OF = "provider=Calderdale;measure=Number"
DAYS_OF = "provider=Calderdale;measure=Average days"


@pytest.fixture(scope="module")
def calderdale() -> Scorecard:
    return compute(TEMPLATES / "calderdale")


@pytest.fixture(scope="module")
def in_december() -> Scorecard:
    return compute(TEMPLATES / "calderdale", "2013-12")


def claim(
    scorecard: Scorecard, code: str, kind: str, period: str, value: str, breakdown: str = ""
) -> Claim:
    years = scorecard.catalogue.settings.years
    read = read_period(period, years)
    if read.kind is Kind.YTD:
        read = years.ytd(min(read.end, scorecard.month))
    return Claim(code, breakdown, read, kind, value, Place("published.csv", row=2))


def answer(
    scorecard: Scorecard, code: str, kind: str, period: str, value: str, breakdown: str = ""
) -> tuple[Outcome, str]:
    one = claim(scorecard, code, kind, period, value, breakdown)
    found = audit_claims(scorecard, [one])[0].answer
    return found.outcome, found.ours or found.missing


@pytest.mark.parametrize(
    ("published", "ours", "known", "outcome"),
    [
        ("67%", 66.67, None, AGREES),
        ("66%", 66.67, None, AGAINST),
        ("2.5", 2.45, None, AGREES),
        ("2.4", 2.45, None, AGAINST),
        ("-2", -1.5, None, AGREES),
        ("72.7%", 73.0, 0, AGREES),
        ("72.7%", 73.0, 1, AGAINST),
        ("1,480", 1480.0, None, AGREES),
        ("12", None, None, OPEN),
        ("n/a", 12.0, None, OPEN),
        ("nan", 12.0, None, OPEN),
    ],
)
def test_figures_are_compared_at_the_printed_decimals_half_up(
    published: str, ours: float | None, known: int | None, outcome: Outcome
) -> None:
    period = Period.month(Month(2014, 3))
    one = Claim("A1", "", period, "ytd", published, Place())
    assert compared(one, ours, "a rule", known).outcome is outcome


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [("40.0%", 40.0, 1), ("-23 %", -23.0, 0), ("−4", -4.0, 0), ("1,234.50", 1234.5, 2)],
)
def test_printed_numbers(text: str, number: float, decimals: int) -> None:
    found = printed(text)
    assert found is not None
    assert (found.number, found.decimals) == (number, decimals)


@pytest.mark.parametrize("text", ["", "-", "(not printed)", "N/A", "inf", "2Missing 3 Absent"])
def test_what_is_no_number(text: str) -> None:
    assert printed(text) is None


@pytest.mark.parametrize(
    ("percentages", "decimals", "base"),
    [
        ([50.0, 50.0], 0, 2),
        ([33.3, 66.7], 1, 3),
        ([12.5, 87.5], 1, 8),
        ([100.0], 0, 1),
        ([0.0], 0, 1),
        ([150.0], 0, None),
    ],
)
def test_the_smallest_number_behind_percentages(
    percentages: Sequence[float], decimals: int, base: int | None
) -> None:
    assert smallest_base(percentages, decimals) == base


@pytest.mark.parametrize(
    ("percentage", "base", "decimals", "found"),
    [(22, 13, 0, False), (23, 13, 0, True), (0, 22, 0, True), (100, 1, 0, True), (5, 0, 0, False)],
)
def test_a_percentage_that_a_whole_number_gives(
    percentage: float, base: int, decimals: int, found: bool
) -> None:
    assert attainable(percentage, base, decimals) is found


@pytest.mark.parametrize(
    ("code", "kind", "period", "value", "breakdown", "outcome", "ours"),
    [
        ("1.1.1", "target_met", "2013/14 YTD", "✘", "", AGREES, "not met"),
        ("1.1.1", "target_met", "2013/14 YTD", "✓", "", AGAINST, "not met"),
        ("1.1.1", "target_met", "2012/13", "✓", "", AGREES, "met"),
        ("1.1.1", "target_met", "2011/12", "✓", "", OPEN, "no target is held for 2011/12"),
        ("1.1.1", "target_met", "2013-04", "x", "", AGREES, "not met"),
        ("1.1.2", "target_met", "2013/14 YTD", "x", "", AGREES, "not met"),
        ("2.1.1", "target_met", "2013/14 full year", "✓", "", AGREES, "met"),
        ("2.1.3", "year_actual", "2012/13", "8.6%", "", AGAINST, "7.9%"),
        ("2.1.2", "year_actual", "2012/13", "56", "", AGREES, "56"),
        ("2.1.2", "ytd", "2013/14 YTD", "164", "", AGREES, "164"),
        ("1.1.2", "ytd", "2013/14 YTD", "220", "", AGREES, "220"),
        ("2.1.2", "full_year", "2013/14 full year", "165", "", AGAINST, "164"),
        ("2.1.2", "target_met", "2012/13", "✓", "", AGREES, "met"),
        ("2.1.2", "status", "2013/14 YTD", "Orange", "", AGREES, "Orange"),
        ("2.1.2", "status", "2013/14 YTD", "Amber", "", OPEN, '"Amber" is none of the'),
        ("2.1.4", "full_year", "2013/14 full year", "9", NUMBER_OF, AGREES, "9"),
        ("2.1.4", "full_year", "2013/14 full year", "550", DAYS_OF, AGAINST, "649"),
        ("2.1.4", "weighted_mean", "2013/14 full year", "649", DAYS_OF, AGREES, "649"),
        ("2.1.3", "arrow", "2014-03", "↑", "", AGREES, "↑"),
        ("2.1.3", "direction", "2014-03", "down", "", AGAINST, "↑"),
        ("2.1.3", "arrow", "2014-03", "?", "", OPEN, '"?" is not an arrow'),
        ("1.3.2", "rate_from_count", "2014-03", "5", "", OPEN, "relations.csv does not say"),
        ("1.3.2", "roll_forward", "2014-03", "5", "", OPEN, "relations.csv does not say"),
        ("1.3.2", "percentage_attainable", "2014-03", "5%", "", OPEN, "relations.csv does not"),
        ("1.3.2", "net", "2014-03", "5", "", OPEN, "does not say what it is made of"),
        ("2.1.2", "pct_change_on_last_year", "2014-03", "-50%", "", AGAINST, "-86%"),
        ("2.1.2", "pct_change_on_last_year", "2013-10", "5%", "", OPEN, "no figure for Oct-12"),
        ("2.1.2", "cumulative_pct_change", "2014-03", "5%", "", OPEN, "up to Mar-13 is held"),
        ("1.1.1", "total", "2013-04", "5", "locality=Nowhere;measure=Number", OPEN, "no figure"),
        ("1.3.5", "distribution_sum", "2019-04", "(not printed)", "", OPEN, "bands are not held"),
    ],
)
def test_rules(
    calderdale: Scorecard,
    code: str,
    kind: str,
    period: str,
    value: str,
    breakdown: str,
    outcome: Outcome,
    ours: str,
) -> None:
    found = answer(calderdale, code, kind, period, value, breakdown)
    assert found[0] is outcome, found
    assert ours in found[1]


def test_a_full_year_is_not_tested_before_it_is_over(in_december: Scorecard) -> None:
    outcome, missing = answer(in_december, "2.1.2", "full_year", "2013/14 full year", "164")
    assert outcome is OPEN
    assert "not over" in missing


def test_a_year_to_date_of_another_year_is_not_tested(calderdale: Scorecard) -> None:
    outcome, missing = answer(calderdale, "2.1.2", "ytd", "2012/13 YTD", "56")
    assert outcome is OPEN
    assert "March 2014" in missing


PERIODS = {
    "month": "2014-03",
    "quarter": "2013/14-Q4",
    "year": "2012/13",
    "ytd": "2013/14",
    "full_year": "2013/14",
    "rolling_12m": "2014-03",
    "week": "2014-03-24",
    "snapshot": "2014-03-24",
    "range": "2013-07..2014-02",
}
BREAKDOWNS = (
    "",
    "days=0",
    "locality=Total;measure=Number of CAFs",
    "measure=Total",
    "rubbish",
    "=",
)


@pytest.mark.in_ci
@pytest.mark.parametrize("name", ["calderdale", "haringey"])
@pytest.mark.parametrize("value", ["12.5%", "↑", "x", "Red"])
def test_no_rule_stumbles_over_any_question(name: str, value: str) -> None:
    """Every kind for every indicator, period and odd breakdown gives an answer."""
    assert set(PERIODS) == set(KINDS) - {"snapshot_date"}
    scorecard = compute(TEMPLATES / name)
    claims = [
        claim(scorecard, one.code, kind, f"{period} {PERIODS[period]}", value, breakdown)
        for one in scorecard.catalogue.indicators[::7]
        for kind in RULES
        for period in PERIODS
        for breakdown in BREAKDOWNS[:: 2 if one.computed else 1]
    ]
    found = audit_claims(scorecard, claims)
    assert len(found) == len(claims)
    for one in found:
        assert one.answer.missing if one.answer.outcome is OPEN else one.answer.ours, one


def test_every_kind_says_its_rule() -> None:
    """The page for readers describes every kind."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "audit.md").read_text(encoding="utf-8")
    for kind, rule in RULES.items():
        assert rule.__doc__, kind
        assert f"`{kind}`" in page, kind
