"""The rows behind a figure are those that a slow recount finds, one by one."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from typing import Any

import pytest

from tests.amount import amount
from tests.counting.lists import random_lists, typed
from tests.counting.recount import DEFINITIONS, World, groups, is_open, is_unjudged
from workbook_builder.counting import (
    Behind,
    Library,
    NoFigure,
    Why,
    Window,
    count,
    load_library,
    rows_behind,
)
from workbook_builder.counting.model import Each
from workbook_builder.counting.operands import Linked, Previous
from workbook_builder.periods import FinancialYear, Month, Period

LIBRARY = load_library()
FIRST, LAST, WHOLE = Month(2023, 9), Month(2024, 6), Month(2022, 3)
AS_AT = dt.date(2024, 6, 26)
PEOPLE = 51_234.0


def recounted(
    code: str, world: World, period: Period, breakdown: str
) -> list[tuple[int, bool, float | None]]:
    """The places of the rows, whether each counts for the numerator, and what it adds to a mean."""
    definition = DEFINITIONS[code]
    last = dt.date(
        period.end.year,
        period.end.month,
        calendar.monthrange(period.end.year, period.end.month)[1],
    )
    found = []
    for place, row in enumerate(world.lists[definition.list]):
        if definition.kind == "month":
            day = row[definition.when]
            first = dt.date(period.start.year, period.start.month, 1)
            inside = day is not None and first <= day <= min(last, world.as_at)
        else:
            day = world.as_at if definition.kind == "extract" else min(last, world.as_at)
            inside = is_open(row, definition.when, day)
        if not inside or not definition.cohort(row, day, world):
            continue
        if is_unjudged(definition, row, day, world):
            continue
        adds = definition.amount(row) if definition.amount else None
        if definition.amount and adds is None:
            continue
        if not breakdown or breakdown in groups(row, day):
            found.append((place, bool(definition.counts(row, day, world)), adds))
    return found


def period_named(kind: str, end: str) -> Period:
    month = Month.parse(end)
    years = FinancialYear()
    return {
        "month": Period.month,
        "rolling_12m": Period.rolling,
        "quarter": years.quarter,
        "ytd": years.ytd,
    }[kind](month)


def test_the_rows_are_those_of_the_recount(request: pytest.FixtureRequest) -> None:
    chance = random.Random(17)
    lists = random_lists(3, 120, dt.date(2022, 1, 1), AS_AT)
    lists = {name: found for name, found in lists.items() if name != "adopters"}
    frames = {name: typed(name, rows) for name, rows in lists.items()}
    window = Window(FIRST, LAST, AS_AT, dict.fromkeys(lists, WHOLE))
    population = {"population": lambda _period: PEOPLE}
    figures = count(LIBRARY, frames, window, **population).frame
    asked = list(figures.groupby("indicator").sample(1, random_state=1).index)
    asked += list(
        figures[figures["numerator"] > 0].groupby("indicator").sample(1, random_state=2).index
    )
    asked += chance.choices(list(figures.index), k=amount(request.config, 200, 100, 20_000))
    world, tried = World(lists, AS_AT), set()
    for row in figures.loc[asked].itertuples(index=False):
        measure = LIBRARY.measure(row.indicator)
        period = period_named(row.kind, row.end)
        found = rows_behind(measure, frames, window, period, row.breakdown, **population)
        assert isinstance(found, Behind), row
        wanted = recounted(row.indicator, world, period, row.breakdown)
        assert list(found.rows.index) == [place for place, _, _ in wanted], row
        assert list(found.in_numerator) == [top for _, top, _ in wanted], row
        if found.amounts is not None:
            assert list(found.amounts) == [adds for _, _, adds in wanted], row
        if measure.each is Each.CHILD:
            once_each(found)
        else:
            assert found.counts.all()
        tried.add(row.indicator)
    assert tried == set(DEFINITIONS)


def once_each(found: Behind) -> None:
    """One row of each child counts, and for the numerator where any row of the child does."""
    told = list(zip(found.rows["child_id"], found.counts, found.in_numerator, strict=True))
    assert sorted({child for child, _, _ in told}) == sorted(c for c, one, _ in told if one)
    assert {c for c, one, top in told if one and top} == {c for c, _, top in told if top}


def test_the_dates_that_were_looked_up_are_told() -> None:
    lists = random_lists(3, 150, dt.date(2022, 1, 1), AS_AT)
    frames = {name: typed(name, rows) for name, rows in lists.items()}
    window = Window(FIRST, LAST, AS_AT, dict.fromkeys(lists, WHOLE))
    measure = LIBRARY.measure("rereferrals")
    found = rows_behind(measure, frames, window, Period.rolling(LAST))
    assert isinstance(found, Behind)
    ((operand, dates),) = found.looked_up.items()
    assert operand == Previous("referral_date")
    wanted = []
    for _, row in found.rows.iterrows():
        before = [
            other["referral_date"]
            for other in lists["referrals"]
            if other["child_id"] == row["child_id"]
            and other["referral_date"] is not None
            and other["referral_date"] < row["referral_date"].date()
        ]
        wanted.append(max(before, default=None))
    assert dates.tolist() == wanted
    assert None in wanted
    assert any(wanted)
    linked = rows_behind(LIBRARY.measure("contacts_referred"), frames, window, Period.rolling(LAST))
    assert isinstance(linked, Behind)
    ((other, _),) = linked.looked_up.items()
    assert other == Linked("referrals", "referral_date", False, "contact_date")


SMALL = Window(Month(2024, 4), Month(2024, 6), AS_AT)
MONTH = Period.month(Month(2024, 5))
CASES: dict[str, tuple[str, Period, str, tuple[Why, Any]]] = {
    "a month before the window": (
        "referrals",
        Period.month(Month(2024, 3)),
        "",
        (Why.PERIOD, ()),
    ),
    "a position at the extract, of another month": (
        "lac_reviewed",
        MONTH,
        "",
        (Why.PERIOD, ()),
    ),
    "twelve months from three": ("referrals", Period.rolling(Month(2024, 6)), "", (Why.PERIOD, ())),
    "rows before that are not there": ("rereferrals", MONTH, "", (Why.LACKS, ())),
    "no such breakdown": (
        "contacts",
        MONTH,
        "team=One",
        (Why.BREAKDOWN, ("area", "age_band", "gender", "ethnicity", "source")),
    ),
    "no such group": ("referrals", MONTH, "team=No", (Why.GROUP, ("team=One", "team=Two"))),
    "a breakdown of a rate": ("referrals_rate", MONTH, "team=One", (Why.BREAKDOWN, ())),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_where_there_is_no_figure_it_is_said_why(
    case: tuple[str, Period, str, tuple[Why, Any]],
) -> None:
    code, period, breakdown, (why, known) = case
    lists = random_lists(3, 9, dt.date(2024, 1, 1), AS_AT)
    for place, row in enumerate(lists["referrals"]):
        row["team"] = "One" if place % 2 else "Two"
    frames = {name: typed(name, rows) for name, rows in lists.items()}
    found = rows_behind(
        LIBRARY.measure(code), frames, SMALL, period, breakdown, population=lambda _period: PEOPLE
    )
    assert isinstance(found, NoFigure)
    assert (found.why, found.known) == (why, known)
    assert bool(found.lacks) == (why is Why.LACKS)
    told = count(Library((LIBRARY.measure(code),), {}, ()), frames, SMALL).frame
    same = (told["kind"] == str(period.kind)) & (told["period"] == period.text)
    assert not (same & (told["breakdown"] == breakdown)).any()
