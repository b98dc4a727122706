"""The figures of one series that a highlight may speak of: of one kind, up to the report month.

Months reach back twelve, so that "in the last 12 months" is about what is held; quarters, years and
years to date reach back two years. A year to date is held against those of as many months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook_builder.catalogue.lifecycle import broken_between
from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import PeriodType, Polarity, Unit
from workbook_builder.measures.series import Point, SeriesKey
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import Symbol, number

MONTHS = 12
YEARS_BACK = 24
# A printed percentage is seldom off by rounding more than this from what its counts give.
FIT = 1.0
ENGLAND, AREA = "area=England", "area="


@dataclass(frozen=True)
class Figure:
    """One figure: its value, and how many it is made of.

    `unfit` is a printed count that its percentage and denominator contradict; nothing is said of
    it but that.
    """

    period: Period
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    said: str = ""
    unfit: float | None = None

    def count(self, unit: Unit) -> float | None:
        """How many: the value of a count, the numerator of anything else."""
        return self.numerator if unit is not Unit.COUNT or self.value is None else self.value


@dataclass(frozen=True)
class Held:
    """A series and its figures, the earliest first; the last one is what the highlight is about."""

    indicator: Indicator
    breakdown: str
    month: Month
    decimals: int
    figures: tuple[Figure, ...]
    pooled: Figure | None = None
    england: Figure | None = None

    @property
    def unit(self) -> Unit:
        return self.indicator.unit_of(self.breakdown)

    @property
    def polarity(self) -> Polarity:
        return self.indicator.polarity_of(self.breakdown)

    @property
    def latest(self) -> Figure:
        return self.figures[-1]

    @property
    def earlier(self) -> tuple[Figure, ...]:
        return self.figures[:-1]

    @property
    def year(self) -> tuple[Figure, ...]:
        """All twelve months up to the report month; empty where one of them has no amount."""
        months = [figure for figure in self.figures if figure.period.kind is Kind.MONTH]
        whole = len(months) == MONTHS and None not in amounts(tuple(months), self.unit)
        return tuple(months) if whole else ()


def amounts(figures: tuple[Figure, ...], unit: Unit) -> tuple[float | None, ...]:
    """What figures are compared by: their values, or their counts where a value is missing."""
    values = tuple(figure.value for figure in figures)
    if None not in values:
        return values
    return tuple(figure.count(unit) for figure in figures)


def held_series(scorecard: Scorecard, indicator: Indicator) -> tuple[Held, ...]:
    """Every series of an indicator that has a recent figure, the headline first.

    England's figures are what those of the same breakdown are held against.
    """
    table = scorecard.table
    keys = [key for key in table.series if key.indicator == indicator.code]
    found = []
    for key in keys:
        if ENGLAND in key.breakdown.split(";"):
            continue
        held = _held(scorecard, indicator, key)
        if held is not None:
            found.append(held)
    return tuple(found)


def _withheld_since(points: Mapping[Period, Point], last: Period, month: Month) -> bool:
    """Whether a later figure is confidential: what is said would pass for the present state."""
    return any(
        point.value is Symbol.CONFIDENTIAL
        for period, point in points.items()
        if period.kind is last.kind and last.end < period.end <= month
    )


def figure_of(period: Period, point: Point, unit: Unit) -> Figure:
    """A figure with its numbers; an impossible count is set apart."""
    value, top, bottom = number(point.value), point.numerator, point.denominator
    said = point.value if type(point.value) is str else ""
    if unit is Unit.PERCENT and not _fits(value, top, bottom):
        return Figure(period, value, None, bottom, said, unfit=top)
    return Figure(period, value, top, bottom, said)


def _fits(value: float | None, top: float | None, bottom: float | None) -> bool:
    if value is None or top is None or bottom is None:
        return True
    return top <= bottom and (bottom == 0 or abs(100 * top / bottom - value) <= FIT)


def _held(scorecard: Scorecard, indicator: Indicator, key: SeriesKey) -> Held | None:
    unit = indicator.unit_of(key.breakdown)
    month = scorecard.month
    points = scorecard.table.series[key]
    figures = [figure_of(period, points[period], unit) for period in sorted(points)]
    known = [one for one in figures if one.value is not None or one.count(unit) is not None]
    past = [one for one in known if one.period.end <= month and _recent(one.period, month)]
    own = [one for one in past if one.period.kind is _kind(indicator, past)]
    if not own:
        return None
    own.sort(key=lambda one: (one.period.end, one.period.start))
    if _withheld_since(points, own[-1].period, month):
        return None
    if own[-1].period.kind is Kind.YTD:
        own = [one for one in own if _length(one.period) == _length(own[-1].period)]
    if own[-1].period.kind is Kind.QUARTER or own[-1].period.kind is Kind.MONTH:
        own = [one for one in own if _comparable(indicator, one.period, own[-1].period)]
    rolling = [one for one in past if one.period == Period.rolling(month)]
    pooled = rolling[0] if rolling and own[-1].period.kind is Kind.MONTH else None
    england = _england(scorecard, key, own[-1].period)
    decimals = _decimals(scorecard, indicator, unit)
    return Held(indicator, key.breakdown, month, decimals, tuple(own), pooled, england)


def _decimals(scorecard: Scorecard, indicator: Indicator, unit: Unit) -> int:
    if unit is Unit.COUNT:
        return 0
    given = indicator.decimals
    return scorecard.catalogue.settings.defaults.decimals if given is None else given


def _kind(indicator: Indicator, figures: list[Figure]) -> Kind:
    """The kind that the series is mostly about: its newest figures, months before others."""
    usual = Kind.QUARTER if indicator.period_type is PeriodType.QUARTERLY else Kind.MONTH
    kinds = [one.period.kind for one in figures]
    if usual in kinds or not kinds:
        return usual
    return max(figures, key=lambda one: (one.period.end, -_length(one.period))).period.kind


def _recent(period: Period, month: Month) -> bool:
    back = MONTHS if period.kind in (Kind.MONTH, Kind.ROLLING) else YEARS_BACK
    return month.minus(period.end) < back


def _length(period: Period) -> int:
    return period.end.minus(period.start)


def _comparable(indicator: Indicator, period: Period, last: Period) -> bool:
    """Figures from before a break in the series say nothing about those after it."""
    return not broken_between(indicator, period, last)


def _england(scorecard: Scorecard, key: SeriesKey, period: Period) -> Figure | None:
    """England's figure for the same period beside a figure of an area's own."""
    pieces = key.breakdown.split(";")
    if not any(piece.startswith(AREA) for piece in pieces):
        return None
    theirs = [ENGLAND if piece.startswith(AREA) else piece for piece in pieces]
    points: Mapping[Period, Point] = scorecard.table.points(key.indicator, ";".join(theirs))
    value = number(points[period].value) if period in points else None
    return None if value is None else Figure(period, value)
