"""Invented small authorities: all figures of a scorecard with few children in it.

Children come and go, have an age and a team, are seen in time or not; all figures are counted from
those, so that everything adds up the way a reader expects.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbook_builder.catalogue.model import Block, Catalogue, Indicator, Population, Settings, Tab
from workbook_builder.errors import Place
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.periods import FinancialYear, Month, Period
from workbook_builder.values import excel_round

YEARS = FinancialYear()
TEAMS, AGES = ("East", "North", "West"), ("0 to 4", "5 to 11", "12 to 17")
FIRST = Month(2023, 4)
SOURCE = Place("invented.csv", row=1)


@dataclass(frozen=True)
class Child:
    """One referral: which month, team and age, and whether it was seen in time."""

    month: Month
    team: str
    age: str
    in_time: bool


def indicators() -> tuple[Indicator, ...]:
    """What the scorecard reports."""

    def one(code: str, unit: str, kind: str, year: str, **more: object) -> Indicator:
        fields = {"code": code, "name": code.capitalize(), "theme": "Children", "unit": unit}
        fields |= {"polarity": "neither", "period_type": kind, "year_to_date": year, **more}
        return Indicator.model_validate(fields)

    return (
        one("referrals", "count", "in month", "sum"),
        one("in-time", "percent", "in month", "weighted"),
        one("in-time-published", "percent", "in month", "published", decimals=1),
        one("in-time-12m", "percent", "rolling 12 months", "latest"),
        one(
            "referrals-rate",
            "rate per 10,000",
            "in month",
            "published",
            rate_of="referrals",
            population="children",
        ),
        one("joined", "count", "in month", "published"),
        one("left", "count", "in month", "published"),
        one("open", "count", "month-end snapshot", "latest"),
        one("open-seen", "percent", "month-end snapshot", "latest"),
        one("adoptions", "count", "in month", "sum"),
        one("guardians", "count", "in month", "sum"),
        one("permanence", "count", "in month", "sum", plus=("adoptions", "guardians")),
        one("contacts", "count", "in month", "sum", total_of="source"),
    )


def catalogue(month: Month) -> Catalogue:
    """The scorecard in a report month."""
    shown = indicators()
    codes = tuple(one.code for one in shown)
    blocks = (
        Block(type="grid", indicators=codes),
        Block.model_validate(
            {
                "type": "crosstab",
                "indicators": ("referrals",),
                "rows": ("team",),
                "columns": "age",
                "totals": "both",
            }
        ),
        Block.model_validate(
            {
                "type": "crosstab",
                "indicators": ("contacts",),
                "rows": ("source",),
                "columns": "months of the year",
                "totals": "both",
            }
        ),
        Block.model_validate(
            {
                "type": "breakdown",
                "indicators": ("referrals",),
                "by": "team",
                "groups": ("East", "North"),
            }
        ),
    )
    settings = Settings.model_validate(
        {
            "id": "invented",
            "title": "Invented",
            "authority": "Nowhere",
            "report_month": month,
            "tab": (Tab(name="All", block=blocks),),
        }
    )
    people = Population(population="children", year=2023, value=9000)
    return Catalogue(settings=settings, indicators=shown, populations=(people,))


def figures(seed: int, months: int) -> tuple[Figure, ...]:
    """All figures of an authority over so many months."""
    chance = random.Random(seed)
    span = [FIRST.plus(step) for step in range(months)]
    mean = chance.choice((3, 6, 10, 16))
    children = [
        Child(month, chance.choice(TEAMS), chance.choice(AGES), chance.random() < 0.8)
        for month in span
        for _ in range(_poisson(chance, mean))
    ]
    return (
        *_referrals(children, span),
        *_in_time(children, span),
        *_stock(chance, span),
        *_permanence(chance, span),
        *_contacts(chance, span),
    )


def extracts(made: tuple[Figure, ...], month: Month) -> Extracts:
    """What a month's extracts hold: everything up to it, and one year to date of each year."""
    held = [one for one in made if one.period.end <= month]
    last = {
        (one.indicator, one.breakdown, one.period.text): one.period.end
        for one in held
        if one.period.kind.value == "ytd"
    }
    kept = [
        one
        for one in held
        if one.period.kind.value != "ytd"
        or last[one.indicator, one.breakdown, one.period.text] == one.period.end
    ]
    return Extracts(tuple(kept))


def _poisson(chance: random.Random, mean: float) -> int:
    """How many come where so many come on average."""
    total, count = chance.expovariate(1.0), 0
    while total < mean:
        total, count = total + chance.expovariate(1.0), count + 1
    return count


def _count(code: str, breakdown: str, period: Period, value: float) -> Figure:
    return Figure(code, breakdown, period, float(value), None, None, SOURCE)


def _share(code: str, breakdown: str, period: Period, top: float, bottom: float) -> Figure:
    return Figure(code, breakdown, period, None, float(top), float(bottom), SOURCE)


def _longer(span: list[Month]) -> Iterator[Period]:
    """Every quarter, year to date and rolling year that ends in the months."""
    for month in span:
        yield YEARS.ytd(month)
        if YEARS.quarter(month).end == month and YEARS.quarter(month).start >= span[0]:
            yield YEARS.quarter(month)
        if month.plus(-11) >= span[0]:
            yield Period.rolling(month)


def _in(children: list[Child], period: Period) -> list[Child]:
    return [one for one in children if period.start <= one.month <= period.end]


def _referrals(children: list[Child], span: list[Month]) -> Iterator[Figure]:
    for period in (*map(Period.month, span), *_longer(span)):
        held = _in(children, period)
        yield _count("referrals", "", period, len(held))
        if period.kind.value == "rolling_12m":
            continue
        for team in TEAMS:
            of_team = [one for one in held if one.team == team]
            yield _count("referrals", f"team={team}", period, len(of_team))
            if period.kind.value == "month":
                for age in AGES:
                    found = sum(1 for one in of_team if one.age == age)
                    yield _count("referrals", f"team={team};age={age}", period, found)
        if period.kind.value == "month":
            for age in AGES:
                found = sum(1 for one in held if one.age == age)
                yield _count("referrals", f"age={age}", period, found)


def _in_time(children: list[Child], span: list[Month]) -> Iterator[Figure]:
    for period in (*map(Period.month, span), *_longer(span)):
        held = _in(children, period)
        seen = sum(1 for one in held if one.in_time)
        if period.kind.value == "rolling_12m":
            yield _share("in-time-12m", "", period, seen, len(held))
            continue
        yield _share("in-time", "", period, seen, len(held))
        for team in TEAMS:
            mine = [one for one in held if one.team == team]
            if period.kind.value == "month" and mine:
                top = sum(1 for one in mine if one.in_time)
                yield _share("in-time", f"team={team}", period, top, len(mine))
        if period.kind.value == "month":
            yield _share("in-time-published", "", period, seen, len(held))
        elif held:
            printed = excel_round(100 * seen / len(held), 1)
            yield Figure("in-time-published", "", period, printed, None, None, SOURCE)


def _stock(chance: random.Random, span: list[Month]) -> Iterator[Figure]:
    mean = chance.choice((2, 4, 7))
    held = [chance.choice(TEAMS) for _ in range(chance.randint(12, 60))]
    joined: dict[Month, int] = {}
    left: dict[Month, int] = {}
    for month in span:
        left[month] = min(_poisson(chance, mean), len(held) - 1)
        for _ in range(left[month]):
            held.pop(chance.randrange(len(held)))
        joined[month] = _poisson(chance, mean)
        held += [chance.choice(TEAMS) for _ in range(joined[month])]
        now = Period.month(month)
        seen = [chance.random() < 0.85 for _ in held]
        yield _count("open", "", now, len(held))
        yield _share("open-seen", "", now, sum(seen), len(held))
        for team in TEAMS:
            mine = [at for at, one in enumerate(held) if one == team]
            yield _count("open", f"team={team}", now, len(mine))
            if mine:
                top = sum(seen[at] for at in mine)
                yield _share("open-seen", f"team={team}", now, top, len(mine))
        if YEARS.quarter(month).end == month:
            yield _count("open", "", YEARS.quarter(month), len(held))
    for code, counts in (("joined", joined), ("left", left)):
        for period in (*map(Period.month, span), *_longer(span)):
            total = sum(counts[one] for one in span if period.start <= one <= period.end)
            yield _count(code, "", period, total)


def _permanence(chance: random.Random, span: list[Month]) -> Iterator[Figure]:
    for code, mean in (("adoptions", 3), ("guardians", 5)):
        counts = {month: _poisson(chance, mean) for month in span}
        for period in (*map(Period.month, span), *_longer(span)):
            if period.kind.value in ("month", "quarter"):
                total = sum(counts[one] for one in span if period.start <= one <= period.end)
                yield _count(code, "", period, total)


def _contacts(chance: random.Random, span: list[Month]) -> Iterator[Figure]:
    for month in span:
        for source, mean in (("Police", 12), ("Schools", 6), ("Health", 3), ("Family", 1)):
            count = _poisson(chance, mean)
            yield _count("contacts", f"source={source}", Period.month(month), count)
