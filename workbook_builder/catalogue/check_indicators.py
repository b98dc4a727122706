"""What has to fit among the indicators themselves."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Draft, Located
from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import PeriodType, Unit, YearToDate
from workbook_builder.errors import Fault, did_you_mean

# A population estimate may be this much older than the year that it is used for.
POPULATION_YEARS_BACK = 2

_ADDS_UP = {Unit.COUNT, Unit.RATE}
_WHOLE_PERIODS = {PeriodType.IN_MONTH, PeriodType.QUARTERLY}


def check_indicators(draft: Draft) -> Iterator[Fault]:
    """Faults of single indicators and of those that are computed from others."""
    for entry in draft.indicators:
        yield from _year_to_date(entry)
        yield from _dates(entry)
        yield from _rate(entry)
        yield from _population(entry, draft)
    yield from _cycles(draft)


def _year_to_date(entry: Located[Indicator]) -> Iterator[Fault]:
    indicator = entry.item
    if indicator.year_to_date is YearToDate.WEIGHTED:
        for field in ("numerator", "denominator"):
            if not getattr(indicator, field):
                what = f'"{field}" is missing: a weighted year to date needs it.'
                fix = f"Say in words what the {field} counts."
                yield Fault(Code.YEAR_TO_DATE, what, entry.at(field), fix=fix)
    if indicator.year_to_date is not YearToDate.SUM:
        return
    if indicator.unit not in _ADDS_UP:
        what = f'The year to date cannot be a "sum": the unit is {indicator.unit}, never summed.'
    elif indicator.period_type not in _WHOLE_PERIODS:
        what = f'The year to date cannot be a "sum": a {indicator.period_type} is never summed.'
    else:
        return
    yield Fault(Code.YEAR_TO_DATE, what, entry.at("year_to_date"), "latest, weighted, published")


def _dates(entry: Located[Indicator]) -> Iterator[Fault]:
    first, last = entry.item.from_, entry.item.to
    if first is not None and last is not None and first > last:
        what = f"The first month, {first}, is after the last, {last}."
        yield Fault(Code.OUTSIDE_DATES, what, entry.at("from"))


def _rate(entry: Located[Indicator]) -> Iterator[Fault]:
    indicator = entry.item
    if indicator.rate_of and not indicator.population:
        what = '"population" is missing: an indicator with "rate_of" needs it.'
        yield Fault(Code.RATE, what, entry.at("population"))
    if indicator.population and not (indicator.rate_of or indicator.measure):
        what = '"rate_of" is missing: an indicator with "population" needs it.'
        yield Fault(Code.RATE, what, entry.at("rate_of"))
    if indicator.rate_of and indicator.unit is not Unit.RATE:
        what = f'The unit is "{indicator.unit}", but "rate_of" makes a rate.'
        yield Fault(Code.RATE, what, entry.at("unit"), Unit.RATE.value)
    if indicator.computed and indicator.year_to_date is YearToDate.WEIGHTED:
        what = "A computed indicator has no numerators of its own to weigh a year to date by."
        yield Fault(Code.RATE, what, entry.at("year_to_date"), "sum, latest or published")
    if indicator.rate_of and (indicator.plus or indicator.minus):
        what = 'An indicator has either "rate_of" or "plus" and "minus", not both.'
        yield Fault(Code.RATE, what, entry.at("rate_of"))


def _population(entry: Located[Indicator], draft: Draft) -> Iterator[Fault]:
    """A rate needs a population that is not too old for the report's financial year."""
    name = entry.item.population
    sure = draft.populations_whole and draft.readable("report_month")
    if draft.settings is None or not (name and entry.item.rate_of and sure):
        return
    if not draft.readable("financial_year_starts"):
        return
    month = draft.settings.report_month
    start = month.year - (month.month < draft.settings.financial_year_starts)
    rows = [row.item for row in draft.populations if row.item.population == name]
    oldest = start - POPULATION_YEARS_BACK
    if any(oldest <= row.year <= start for row in rows):
        return
    names = {row.item.population for row in draft.populations}
    years = ", ".join(str(row.year) for row in sorted(rows, key=lambda row: row.year))
    found = f"only for {years}" if years else "not at all"
    what = f'The population "{name}" is in populations.csv {found}.'
    allowed = f"a row for a year from {oldest} to {start}, for the report month {month}"
    suggestion = "" if rows else did_you_mean(name, names)
    yield Fault(Code.RATE, what, entry.at("population"), allowed, suggestion)


def _cycles(draft: Draft) -> Iterator[Fault]:
    """Each circle of plus, minus and rate_of, once."""
    needs = {entry.item.code: _needs(entry.item) for entry in draft.indicators}
    done: set[str] = set()
    for entry in draft.indicators:
        circle = _circle(entry.item.code, needs)
        if not circle or done & set(circle):
            continue
        done |= set(circle)
        way = " needs ".join([*circle, circle[0]])
        field = "rate_of" if entry.item.rate_of else "plus" if entry.item.plus else "minus"
        what = f"The indicator is computed from itself: {way}."
        yield Fault(Code.CYCLE, what, entry.at(field))


def _needs(indicator: Indicator) -> list[str]:
    needs = [*indicator.plus, *indicator.minus, indicator.rate_of]
    return [code for code in needs if code]


def _circle(start: str, needs: dict[str, list[str]]) -> list[str]:
    """A way from an indicator back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for code in needs.get(way[-1], []):
            if code == start:
                return way
            if code not in seen:
                seen.add(code)
                ways.append([*way, code])
    return []
