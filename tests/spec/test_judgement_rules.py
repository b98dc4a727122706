"""The rules of judgement as tables: status, direction of travel, year to date.

Read them as the manual. A value of None is a month without a figure.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbook_builder.catalogue.model import StatusWords, Target
from workbook_builder.catalogue.words import Arrow, Polarity, TargetKind, ToleranceIn, YearToDate
from workbook_builder.judgement.status import (
    Allowance,
    Compared,
    Light,
    Limits,
    Miss,
    ShownTarget,
    limits_of,
)
from workbook_builder.judgement.targets import target_for
from workbook_builder.judgement.travel import Glyph, Moved, Performance, Words
from workbook_builder.judgement.year_to_date import (
    Amount,
    YearSoFar,
    YearToDateNote,
    YearToDateRule,
)
from workbook_builder.periods import FinancialYear, Month, Period
from workbook_builder.values import Symbol, Value, excel_round, value_text

HIGH, LOW, RANGE, NEITHER = Polarity.HIGH, Polarity.LOW, Polarity.IN_RANGE, Polarity.NEITHER
SHARE, UNITS = ToleranceIn.SHARE, ToleranceIn.UNITS
APRIL = FinancialYear()


def point(value: float) -> Target:
    return target(TargetKind.POINT, value=value)


def between(low: float | None, high: float | None) -> Target:
    return target(TargetKind.RANGE, low=low, high=high)


def target(
    kind: TargetKind, first: str = "2013-04", last: str = "2014-03", **given: object
) -> Target:
    fields = {"indicator": "x", "from": first, "to": last, "kind": kind, **given}
    return Target.model_validate(fields)


def light(
    value: Value | None, aim: Target | None, polarity: Polarity, tolerance: float, unit: ToleranceIn
) -> str:
    """The status of a value shown without decimals."""
    limits = limits_of(aim, polarity, Month(2014, 2)) if aim else Limits()
    judged = Compared(0).evaluate(value)
    miss = Miss().evaluate(judged, limits)
    allowance = Allowance(unit).evaluate(judged, limits, tolerance)
    return Light(StatusWords()).evaluate(miss, allowance, limits).value


# value, target, which way is good, tolerance, its unit, status
STATUSES = [
    (95, point(95), HIGH, 5, SHARE, "green"),
    (94, point(95), HIGH, 5, SHARE, "amber"),
    (88, point(92), HIGH, 5, SHARE, "amber"),
    (87, point(92), HIGH, 5, SHARE, "red"),
    (95, point(100), HIGH, 5, SHARE, "amber"),
    (94, point(100), HIGH, 5, SHARE, "red"),
    (10, point(10), LOW, 5, SHARE, "green"),
    (105, point(100), LOW, 5, SHARE, "amber"),
    (106, point(100), LOW, 5, SHARE, "red"),
    (0, point(10), LOW, 5, SHARE, "green"),
    # A share of a target below 0 is a share of its size.
    (-19, point(-61), LOW, 5, SHARE, "red"),
    (-58, point(-61), LOW, 5, SHARE, "amber"),
    (-61, point(-61), LOW, 5, SHARE, "green"),
    # A target of 0 leaves no room in per cent, but does in units.
    (1, point(0), LOW, 5, SHARE, "red"),
    (1, point(0), LOW, 2, UNITS, "amber"),
    (3, point(0), LOW, 2, UNITS, "red"),
    # In range: too low is a miss as much as too high; a point is a range of one value.
    (43, point(43), RANGE, 5, SHARE, "green"),
    (33, point(43), RANGE, 5, SHARE, "red"),
    (42, point(43), RANGE, 5, SHARE, "amber"),
    (20, between(10, 20), RANGE, 5, SHARE, "green"),
    (21, between(10, 20), RANGE, 5, SHARE, "amber"),
    (22, between(10, 20), RANGE, 5, SHARE, "red"),
    (9, between(10, None), RANGE, 10, SHARE, "amber"),
    (99, between(10, None), RANGE, 10, SHARE, "green"),
    # Where one way is good, only the end of a range on the bad side counts.
    (99, between(10, 20), HIGH, 5, SHARE, "green"),
    (1, between(10, 20), LOW, 5, SHARE, "green"),
    # Judged as shown: 84.6 is printed 85.
    (84.6, point(85), HIGH, 0, SHARE, "green"),
    (84.4, point(85), HIGH, 0, SHARE, "red"),
    # Never green for want of something.
    (95, None, HIGH, 5, SHARE, "no target"),
    (None, point(95), HIGH, 5, SHARE, "not assessed"),
    (Symbol.CONFIDENTIAL, point(95), HIGH, 5, SHARE, "not assessed"),
    ("2 missing", point(95), HIGH, 5, SHARE, "not assessed"),
    (95, point(95), NEITHER, 5, SHARE, "no target"),
]


@pytest.mark.parametrize(("value", "aim", "polarity", "tolerance", "unit", "status"), STATUSES)
def test_status(
    value: Value | None,
    aim: Target | None,
    polarity: Polarity,
    tolerance: float,
    unit: ToleranceIn,
    status: str,
) -> None:
    assert light(value, aim, polarity, tolerance, unit) == status


# targets in force: month targets, the year's, what the months of a sum are held against
MONTHLY = target(TargetKind.MONTHLY, "2014-02", "2014-02", value=485)
YEARLY = point(500)
FORCE = [
    ([YEARLY, MONTHLY], Period.month(Month(2014, 2)), False, 485),
    ([YEARLY, MONTHLY], Period.month(Month(2014, 1)), False, 500),
    ([YEARLY, MONTHLY], APRIL.full_year(Month(2014, 2)), False, 500),
    ([MONTHLY], APRIL.full_year(Month(2014, 2)), False, 485),
    ([YEARLY], Period.month(Month(2014, 4)), False, None),
    ([YEARLY], APRIL.full_year(Month(2014, 4)), False, None),
    # A year's target of a count says nothing about one of its months.
    ([YEARLY], Period.month(Month(2014, 2)), True, None),
    ([YEARLY], APRIL.full_year(Month(2014, 2)), True, 500),
    ([YEARLY, MONTHLY], Period.month(Month(2014, 2)), True, 485),
]


@pytest.mark.parametrize(("targets", "period", "adds_up", "value"), FORCE)
def test_the_target_in_force(
    targets: list[Target], period: Period, adds_up: bool, value: float | None
) -> None:
    month = period.end if period.end <= Month(2014, 2) else max(period.start, Month(2014, 2))
    found = target_for(targets, period, month, adds_up)
    assert (found.value if found else None) == value


# limits, which way is good, suffix -> what the target's cell shows
SHOWN_TARGETS = [
    (Limits(lower=95.0), HIGH, "%", 95.0),
    (Limits(10.0, 20.0), RANGE, "%", "10% to 20%"),
    (Limits(43.0, 43.0), RANGE, "", 43.0),
    (Limits(lower=10.0), RANGE, "%", "at least 10%"),
    (Limits(upper=6.5), RANGE, "", "at most 6.5"),
    (Limits(), LOW, "%", "-"),
]


@pytest.mark.parametrize(("limits", "polarity", "suffix", "shown"), SHOWN_TARGETS)
def test_target_as_shown(
    limits: Limits, polarity: Polarity, suffix: str, shown: float | str
) -> None:
    assert ShownTarget(polarity, suffix).evaluate(limits) == shown


def travel(
    before: float | None, now: float | None, polarity: Polarity, arrow: Arrow
) -> tuple[str, str]:
    """Arrow and words, values shown without decimals, a target range of 10 to 20."""
    compared = Compared(0)
    was, is_now = compared.evaluate(before), compared.evaluate(now)
    direction = Moved().evaluate(is_now, was)
    meaning = Performance(polarity).evaluate(direction, is_now, was, Limits(10, 20))
    glyph = Glyph(arrow, polarity)
    return glyph.evaluate(direction, meaning), Words(glyph).evaluate(direction, meaning)


VALUE, PERFORMANCE = Arrow.VALUE, Arrow.PERFORMANCE

# before, now, which way is good, what the arrow follows -> arrow, words
TRAVELS = [
    (70, 80, HIGH, VALUE, "▲", "up, better"),
    (80, 70, HIGH, VALUE, "▼", "down, worse"),
    (80, 70, LOW, VALUE, "▼", "down, better"),
    (70, 80, LOW, VALUE, "▲", "up, worse"),
    (80, 70, LOW, PERFORMANCE, "▲", "better (down)"),
    (70, 80, LOW, PERFORMANCE, "▼", "worse (up)"),
    (70, 80, HIGH, PERFORMANCE, "▲", "better (up)"),
    # Neither is good: the arrow can only follow the value.
    (70, 80, NEITHER, VALUE, "▲", "up, neutral"),
    (80, 70, NEITHER, PERFORMANCE, "▼", "down, neutral"),
    # In range: better is nearer to the range, inside it a movement is neutral.
    (30, 25, RANGE, VALUE, "▼", "down, better"),
    (25, 30, RANGE, PERFORMANCE, "▼", "worse (up)"),
    (5, 8, RANGE, VALUE, "▲", "up, better"),
    (12, 15, RANGE, VALUE, "▲", "up, neutral"),
    (12, 15, RANGE, PERFORMANCE, "►", "neutral (up)"),
    # Level as printed is level.
    (7, 7.3, LOW, PERFORMANCE, "►", "no change"),
    (7.4, 7.5, LOW, VALUE, "▲", "up, worse"),
    (80, 80, HIGH, VALUE, "►", "no change"),
    # No figure, no arrow.
    (None, 80, HIGH, VALUE, "", ""),
    (80, None, HIGH, VALUE, "", ""),
]


@pytest.mark.parametrize(("before", "now", "polarity", "arrow", "glyph", "words"), TRAVELS)
def test_direction_of_travel(
    before: float | None,
    now: float | None,
    polarity: Polarity,
    arrow: Arrow,
    glyph: str,
    words: str,
) -> None:
    assert travel(before, now, polarity, arrow) == (glyph, words)


def months(*values: Value | None) -> list[Amount]:
    return [Amount(value) for value in values]


def shares(*parts: tuple[float, float] | None) -> list[Amount]:
    """Numerators and denominators month by month, as percentages."""
    return [
        Amount(100 * part[0] / part[1] if part[1] else Symbol.NOT_APPLICABLE, *part)
        if part
        else Amount()
        for part in parts
    ]


NOT_AVAILABLE, CONFIDENTIAL = Symbol.NOT_AVAILABLE, Symbol.CONFIDENTIAL
SUM, LATEST, WEIGHTED = YearToDate.SUM, YearToDate.LATEST, YearToDate.WEIGHTED
PUBLISHED = YearToDate.PUBLISHED

# rule, months from April, brought forward and months it covers -> year to date, note
YEARS = [
    (SUM, months(1, 2, 3), None, 0, 6, ""),
    (SUM, months(1, 2, None), None, 0, 3, "to May-13"),
    (SUM, months(1, None, 3), None, 0, NOT_AVAILABLE, "month missing"),
    (SUM, months(1, CONFIDENTIAL, 3), None, 0, CONFIDENTIAL, ""),
    (SUM, months(1, 2, CONFIDENTIAL), None, 0, 3, "to May-13"),
    (SUM, months(None, None, None), None, 0, NOT_AVAILABLE, ""),
    (SUM, months(0, 0, 0), None, 0, 0, ""),
    (SUM, months(None, None, 3), Amount(10), 2, 13, ""),
    (SUM, months(None, 9, 3), Amount(10), 2, 13, ""),
    (SUM, months(None, None, 3), Amount(10), 1, NOT_AVAILABLE, "month missing"),
    (SUM, months(None, None, 3), Amount(CONFIDENTIAL), 2, CONFIDENTIAL, ""),
    (SUM, months(None, CONFIDENTIAL, 3), Amount(10), 1, CONFIDENTIAL, ""),
    (SUM, months(None, None, None), Amount(10), 2, 10, "to May-13"),
    (LATEST, months(164, 171, 188), None, 0, 188, ""),
    (LATEST, months(164, None, None), None, 0, 164, "to Apr-13"),
    (LATEST, months(None, "text", None), None, 0, NOT_AVAILABLE, ""),
    # 1 of 1 and 1 of 9 is 2 of 10: 20%, not the average of 100% and 11%.
    (WEIGHTED, shares((1, 1), (1, 9)), None, 0, 20, ""),
    (WEIGHTED, shares((1, 2), None, (1, 2)), None, 0, NOT_AVAILABLE, "month missing"),
    (
        WEIGHTED,
        [Amount(50, 1, 2), Amount(CONFIDENTIAL), Amount(50, 1, 2)],
        None,
        0,
        CONFIDENTIAL,
        "",
    ),
    (WEIGHTED, shares((1, 2), (0, 2), None), None, 0, 25, "to May-13"),
    (WEIGHTED, shares(None, (1, 2)), Amount(50, 4, 8), 1, 50, ""),
    (WEIGHTED, shares(None, None, None), Amount(50, 4, 8), 1, 50, "to Apr-13"),
    (WEIGHTED, shares(None, None, None), Amount(CONFIDENTIAL), 1, CONFIDENTIAL, ""),
    (WEIGHTED, shares(None, None, (1, 2)), Amount(50), 2, NOT_AVAILABLE, "month missing"),
    (PUBLISHED, months(20, 18, 16), None, 0, 16, ""),
    (PUBLISHED, months(20, 18, None), None, 0, 18, "to May-13"),
    (PUBLISHED, months(20, 18, Symbol.DASH), None, 0, Symbol.DASH, ""),
    (PUBLISHED, months(None, None, None), None, 0, NOT_AVAILABLE, ""),
]


@pytest.mark.parametrize(("rule", "amounts", "brought", "covered", "value", "note"), YEARS)
def test_year_to_date(
    rule: YearToDate,
    amounts: list[Amount],
    brought: Amount | None,
    covered: int,
    value: Value,
    note: str,
) -> None:
    year = YearSoFar(amounts, brought, covered)
    hidden = YearToDateRule(rule, 100, brought is not None).evaluate(
        replace(year, given=CONFIDENTIAL)
    )
    assert hidden is CONFIDENTIAL
    evaluated = YearToDateRule(rule, 100, brought is not None)
    found = evaluated.evaluate(year)
    last = evaluated.last(year)
    label = Month(2013, 4).plus(last - 1).label if last else ""
    assert found == value
    assert YearToDateNote(rule).evaluate(found, last, len(amounts), label) == note


ROUNDED = [
    (1.005, 2, 1.01),
    (2.675, 2, 2.68),
    (0.5, 0, 1),
    (-0.5, 0, -1),
    (1.5, 0, 2),
    (2.5, 0, 3),
    (0.1 + 0.2, 1, 0.3),
    (1e15, 0, 1e15),
    (1234.5, -2, 1200),
]


@pytest.mark.parametrize(("value", "decimals", "rounded"), ROUNDED)
def test_rounding_is_half_away_from_zero(value: float, decimals: int, rounded: float) -> None:
    assert excel_round(value, decimals) == rounded


SHOWN = [
    (74.0, 0, "%", "74%"),
    (8.57, 1, "%", "8.6%"),
    (-0.04, 1, "", "0.0"),
    (11.4, 2, "", "11.40"),
    (Symbol.CONFIDENTIAL, 0, "%", "[c]"),
    (Symbol.DASH, 0, "%", "-"),
    ("2Missing 3 Absent", 0, "", "2Missing 3 Absent"),
    (None, 0, "%", "[x]"),
]


@pytest.mark.parametrize(("value", "decimals", "suffix", "shown"), SHOWN)
def test_a_figure_as_shown(value: Value | None, decimals: int, suffix: str, shown: str) -> None:
    assert value_text(value, decimals, suffix) == shown


QUARTERS = [
    ("2014-01", "2013/14-Q3"),
    ("2014-02", "2013/14-Q3"),
    ("2014-03", "2013/14-Q4"),
    ("2014-04", "2013/14-Q4"),
    ("2014-06", "2014/15-Q1"),
]


@pytest.mark.parametrize(("month", "quarter"), QUARTERS)
def test_the_last_full_quarter(month: str, quarter: str) -> None:
    assert APRIL.last_full_quarter(Month.parse(month)).text == quarter


@pytest.mark.parametrize(
    ("first", "month", "label"),
    [
        (4, "2014-03", "2013/14"),
        (4, "2014-04", "2014/15"),
        (1, "2014-03", "2014"),
        (4, "1999-12", "1999/00"),
    ],
)
def test_the_year_a_month_falls_in(first: int, month: str, label: str) -> None:
    assert FinancialYear(first).label(Month.parse(month)) == label
