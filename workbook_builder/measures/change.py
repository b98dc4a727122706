"""Change on last year in percent, of one period or of the year so far."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_builder.measures.series import Point
from workbook_builder.periods import Month, Period
from workbook_builder.values import number


def percent_change(now: float | None, before: float | None) -> float | None:
    """100 x (now / before - 1), unrounded; None where either is missing or before is nought."""
    if now is None or not before:
        return None
    return 100 * (now / before - 1)


def total_of(points: Mapping[Period, Point], first: Month, last: Month) -> float | None:
    """The months from first to last added up; None where one of them has no number."""
    months = [first.plus(step) for step in range(last.minus(first) + 1)]
    values = [_number(points.get(Period.month(month))) for month in months]
    held = [value for value in values if value is not None]
    return sum(held) if len(held) == len(values) else None


def month_change(points: Mapping[Period, Point], month: Month) -> float | None:
    """The month against the same month of the year before."""
    now, before = Period.month(month), Period.month(month.plus(-12))
    return percent_change(_number(points.get(now)), _number(points.get(before)))


def cumulative_change(points: Mapping[Period, Point], first: Month, last: Month) -> float | None:
    """The months from the first to the last against the same months of the year before."""
    return percent_change(
        total_of(points, first, last), total_of(points, first.plus(-12), last.plus(-12))
    )


def _number(point: Point | None) -> float | None:
    return number(point.value) if point is not None else None
