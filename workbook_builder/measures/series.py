"""All figures of a scorecard by series and period, the computed ones included.

A series is an indicator or one breakdown of it. A value that comes with a numerator and a
denominator but not by itself is computed here, unrounded; 0 of 0 is not applicable, never 0 or 100
per cent. Indicators that are the sum, the difference or the rate of others are computed for every
period in which their parts have a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.populations import population_for
from workbook_builder.catalogue.words import OverrideOf, PeriodType, Unit
from workbook_builder.errors import Fault, Place
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.periods import Kind, Period
from workbook_builder.values import Symbol, Value, excel_round, is_number, number, parse_symbol


@dataclass(frozen=True, order=True)
class SeriesKey:
    """An indicator, and a breakdown of it where it is not the headline."""

    indicator: str
    breakdown: str = ""


@dataclass(frozen=True)
class Point:
    """One figure of a series; place is where it was read, None where it was computed.

    from_parts is a value that was not given but follows from its numerator and denominator;
    added_up names the breakdowns that a headline is the total of.
    """

    value: Value
    numerator: float | None = None
    denominator: float | None = None
    place: Place | None = None
    by_hand: bool = False
    from_parts: bool = False
    added_up: tuple[str, ...] = ()


# MATCH looks up texts of up to 255 characters: an indicator's code and a breakdown.
LONGEST_BREAKDOWN = 150

Points = Mapping[Period, Point]


@dataclass(frozen=True)
class Disagreement:
    """A fed figure that is not what it follows to be from the figures it is made of."""

    series: SeriesKey
    period: Period
    fed: Value
    computed: Value
    place: Place


@dataclass(frozen=True)
class SeriesTable:
    """Every series of the scorecard, in catalogue order, headline before its breakdowns."""

    series: Mapping[SeriesKey, Points]
    disagreements: tuple[Disagreement, ...] = ()

    def points(self, indicator: str, breakdown: str = "") -> Points:
        """The figures of a series; empty where there are none."""
        return self.series.get(SeriesKey(indicator, breakdown), {})


def build_series(catalogue: Catalogue, extracts: Extracts) -> SeriesTable:
    """Sort the figures into series and add those that follow from them."""
    fed = _fed(catalogue, extracts)
    series: dict[SeriesKey, Points] = {}
    disagreements: list[Disagreement] = []
    done: dict[str, Points] = {}
    for indicator in catalogue.indicators:
        _resolve(catalogue, indicator, fed, done)
    for indicator in catalogue.indicators:
        headline = SeriesKey(indicator.code)
        series[headline] = done[indicator.code]
        if indicator.computed:
            disagreements += _disagreements(headline, fed.get(headline, {}), series[headline])
        series |= {
            key: fed[key] for key in fed if key.indicator == indicator.code and key.breakdown
        }
    return SeriesTable(series, tuple(disagreements))


def _fed(catalogue: Catalogue, extracts: Extracts) -> dict[SeriesKey, dict[Period, Point]]:
    """The figures of the extracts, those set by hand in their place."""
    fed: dict[SeriesKey, dict[Period, Point]] = {}
    for figure in extracts.figures:
        indicator = catalogue.indicator(figure.indicator)
        key = SeriesKey(figure.indicator, figure.breakdown)
        period = shown_period(indicator, figure.period)
        fed.setdefault(key, {})[period] = _point(figure, indicator.unit_of(figure.breakdown))
    for override in catalogue.overrides:
        if override.what is OverrideOf.FIGURE:
            indicator = catalogue.indicator(override.indicator)
            period = Period.month(override.period)
            if indicator.period_type is PeriodType.QUARTERLY:
                period = catalogue.settings.years.quarter(override.period)
            symbol = parse_symbol(override.value)
            value: Value = symbol if symbol else plain_number(override.value)
            fed.setdefault(SeriesKey(override.indicator), {})[period] = Point(value, by_hand=True)
    return fed


def plain_key(breakdown: str) -> str:
    """A breakdown as a key of the workbook: Excel's MATCH reads * ? and ~ as wildcards."""
    return breakdown.translate(str.maketrans("*?~", "···"))


def check_breakdowns(extracts: Extracts) -> list[Fault]:
    """Breakdowns that the workbook could not tell apart or could not look up."""
    faults, seen = [], dict[tuple[str, str], str]()
    for figure in extracts.figures:
        if len(figure.breakdown) > LONGEST_BREAKDOWN:
            what = f"The breakdown is {len(figure.breakdown)} characters long."
            allowed = f"up to {LONGEST_BREAKDOWN} characters"
            faults.append(Fault("WB301", what, figure.place, allowed))
        key = (figure.indicator, plain_key(figure.breakdown).casefold())
        other = seen.setdefault(key, figure.breakdown)
        if other != figure.breakdown:
            what = f'The breakdowns "{other}" and "{figure.breakdown}" are one to Excel.'
            fix = "Spell them alike, or so that they differ in more than capitals, *, ? or ~."
            faults.append(Fault("WB302", what, figure.place, fix=fix))
    return list({(fault.code, fault.what): fault for fault in faults}.values())


def plain_number(text: str) -> float:
    """1,480 or 18.5% as a number; percent stays 0 to 100. Raises ValueError."""
    return float(text.strip().removesuffix("%").replace(",", ""))


def shown_period(indicator: Indicator, period: Period) -> Period:
    """The period by which the scorecard finds a figure.

    The twelve months to February are the February figure of an indicator that rolls, and the year
    to February that of one that is counted from the beginning of the year.
    """
    rolls = indicator.period_type is PeriodType.ROLLING and period.kind is Kind.ROLLING
    counts_on = bool(indicator.measure) and indicator.period_type is PeriodType.CUMULATIVE
    counts_on &= period.kind is Kind.YTD
    return Period.month(period.end) if rolls or counts_on else period


def _point(figure: Figure, unit: Unit) -> Point:
    value, parts = figure.value, (figure.numerator, figure.denominator)
    if value is not None:
        return Point(value, *parts, figure.place)
    return Point(ratio(*parts, unit.scale), *parts, figure.place, from_parts=None not in parts)


def ratio(numerator: float | None, denominator: float | None, scale: float) -> Value:
    """scale x numerator / denominator, unrounded; a symbol where it cannot be given."""
    if numerator is None or denominator is None:
        return Symbol.NOT_AVAILABLE
    return Symbol.NOT_APPLICABLE if denominator == 0 else scale * numerator / denominator


def _resolve(
    catalogue: Catalogue,
    indicator: Indicator,
    fed: Mapping[SeriesKey, Mapping[Period, Point]],
    done: dict[str, Points],
) -> Points:
    """The headline figures of an indicator, those of its parts first."""
    if indicator.code in done:
        return done[indicator.code]
    for code in (*indicator.plus, *indicator.minus, *filter(None, [indicator.rate_of])):
        _resolve(catalogue, catalogue.indicator(code), fed, done)
    if not indicator.computed:
        own = dict(fed.get(SeriesKey(indicator.code), {}))
        totals = _totals(indicator, fed) if indicator.total_of else {}
        done[indicator.code] = {**totals, **own}
    elif indicator.rate_of:
        done[indicator.code] = _rates(catalogue, indicator, done[indicator.rate_of])
    else:
        done[indicator.code] = _combined(indicator, done)
    return done[indicator.code]


def _totals(
    indicator: Indicator, fed: Mapping[SeriesKey, Mapping[Period, Point]]
) -> dict[Period, Point]:
    """A breakdown added up in every period that it has figures for; a blank cell is none."""
    wanted = f"{indicator.total_of}="
    parts = {
        key.breakdown: points
        for key, points in fed.items()
        if key.indicator == indicator.code
        and any(part.startswith(wanted) for part in key.breakdown.split(";"))
    }
    found = {}
    for period in sorted({period for points in parts.values() for period in points}):
        held = {text: points[period] for text, points in parts.items() if period in points}
        value = _sum([point.value for point in held.values()])
        if value is not None:
            found[period] = Point(value, added_up=tuple(held))
    return found


def _sum(values: list[Value]) -> Value | None:
    """The total; confidential where a part is, not available where a part is not; None of none."""
    if Symbol.CONFIDENTIAL in values:
        return Symbol.CONFIDENTIAL
    numbers = [found for value in values if (found := number(value)) is not None]
    if any(value != Symbol.DASH and not is_number(value) for value in values):
        return Symbol.NOT_AVAILABLE
    return sum(numbers) if numbers else None


def _combined(indicator: Indicator, done: Mapping[str, Points]) -> Points:
    """Sum of `plus` less sum of `minus` in each period of any part."""
    parts = [(code, 1.0) for code in indicator.plus] + [(code, -1.0) for code in indicator.minus]
    periods = sorted({period for code, _ in parts for period in done[code]})
    return {
        period: Point(combine([(sign, done[code].get(period)) for code, sign in parts]), place=None)
        for period in periods
    }


def combine(parts: list[tuple[float, Point | None]]) -> Value:
    """The signed sum; confidential where a part is, not available where a part is missing."""
    values = [point.value if point else None for _, point in parts]
    if all(is_number(value) for value in values):
        return sum(
            sign * (number(value) or 0.0) for (sign, _), value in zip(parts, values, strict=True)
        )
    hidden = Symbol.CONFIDENTIAL in values
    return Symbol.CONFIDENTIAL if hidden else Symbol.NOT_AVAILABLE


def _rates(catalogue: Catalogue, indicator: Indicator, counts: Points) -> Points:
    rates = {}
    for period, point in counts.items():
        population = population_for(catalogue, indicator.population, period)
        count = number(point.value)
        value: Value = point.value
        if count is not None:
            value = ratio(count, population, Unit.RATE.scale)
        rates[period] = Point(value, count, population)
    return rates


def _disagreements(
    key: SeriesKey, fed: Mapping[Period, Point], computed: Points
) -> list[Disagreement]:
    """Fed figures of a computed indicator that differ from the computed ones."""
    found = []
    for period, point in fed.items():
        known = computed.get(period)
        if known is None or point.place is None:
            continue
        was, now = number(point.value), number(known.value)
        if was is not None and now is not None and excel_round(was - now, 6) != 0:
            found.append(Disagreement(key, period, point.value, known.value, point.place))
    return found
