"""What a figure is held against: milestones on their way, last year, rates, changes."""

from __future__ import annotations

import pytest

from workbook_builder.catalogue.model import Target
from workbook_builder.catalogue.words import Polarity
from workbook_builder.judgement.status import Limits, expected_by, limits_of
from workbook_builder.judgement.travel import Direction, Moved
from workbook_builder.measures.change import cumulative_change, month_change, percent_change
from workbook_builder.measures.series import Point
from workbook_builder.periods import Month, Period
from workbook_builder.values import Symbol, Value


def milestone(first: str, last: str, value: float, baseline: float | None) -> Target:
    fields = {"indicator": "x", "from": first, "to": last, "kind": "milestone", "value": value}
    return Target.model_validate(fields | ({} if baseline is None else {"baseline": baseline}))


# baseline month, due month, value, baseline, month asked for -> where the straight line is
ON_THE_WAY = [
    ("2016-08", "2017-08", 3.7, 6.7, "2016-08", 6.7),
    ("2016-08", "2017-08", 3.7, 6.7, "2017-02", 5.2),
    ("2016-08", "2017-08", 3.7, 6.7, "2017-08", 3.7),
    ("2016-08", "2017-03", 90.0, 66.1, "2017-01", 66.1 + 23.9 * 5 / 7),
    ("2017-03", "2017-03", 90.0, 66.1, "2017-03", 90.0),
    # Without a baseline there is no line: the value is due at any time.
    ("2016-08", "2017-03", 90.0, None, "2016-10", 90.0),
]


@pytest.mark.parametrize(("first", "last", "value", "baseline", "month", "expected"), ON_THE_WAY)
def test_a_milestone_on_the_way(
    first: str, last: str, value: float, baseline: float | None, month: str, expected: float
) -> None:
    target = milestone(first, last, value, baseline)
    assert expected_by(target, Month.parse(month)) == pytest.approx(expected)


def test_which_side_a_milestone_bounds() -> None:
    target, month = milestone("2016-08", "2017-08", 3.7, 6.7), Month(2017, 8)
    assert limits_of(target, Polarity.LOW, month) == Limits(upper=3.7)
    assert limits_of(target, Polarity.HIGH, month) == Limits(lower=3.7)


# percent within which a move is level, before, now -> how it moved
MOVES = [
    (0.0, 100, 101, Direction.UP),
    (1.5, 100, 101, Direction.LEVEL),
    (1.5, 1000, 986, Direction.LEVEL),
    (1.5, 1000, 985, Direction.DOWN),
    (1.5, 1000, 1015, Direction.UP),
    (1.5, 0, 1, Direction.UP),
    (1.5, 0, 0, Direction.LEVEL),
]


@pytest.mark.parametrize(("within", "before", "now", "expected"), MOVES)
def test_a_small_move_is_level(
    within: float, before: float, now: float, expected: Direction
) -> None:
    assert Moved(within).evaluate(now, before) is expected


CHANGES = [(20, 12, 66.67), (33, 20, 65.0), (0, 4, -100.0), (5, 0, None), (None, 5, None)]


@pytest.mark.parametrize(("now", "before", "expected"), CHANGES)
def test_percent_change(now: float | None, before: float, expected: float | None) -> None:
    found = percent_change(now, before)
    assert found == (None if expected is None else pytest.approx(expected, abs=0.005))


def months(start: str, *values: Value) -> dict[Period, Point]:
    first = Month.parse(start)
    return {Period.month(first.plus(at)): Point(value) for at, value in enumerate(values)}


def test_a_change_needs_every_month_of_both_years() -> None:
    points = months("2012-04", 10, 20, 30) | months("2013-04", 15, 15, 30)
    first, last = Month(2013, 4), Month(2013, 6)
    assert month_change(points, first) == pytest.approx(50)
    assert cumulative_change(points, first, last) == pytest.approx(0)
    assert cumulative_change(points, first, last.plus(1)) is None
    hidden = points | months("2012-05", Symbol.CONFIDENTIAL)
    assert cumulative_change(hidden, first, last) is None
    assert month_change(hidden, Month(2013, 6)) == pytest.approx(0)
