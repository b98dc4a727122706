"""Every measure, period and breakdown equals a slow recount that shares no code with it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.counting.edges import edge_lists
from tests.counting.lists import random_lists, typed
from tests.counting.recount import DEFINITIONS, HOLIDAYS, Figures, World, recount
from workbook_builder.catalogue.words import Unit
from workbook_builder.counting import Counts, Window, count, load_library
from workbook_builder.periods import Month

LIBRARY = load_library()
FIRST, LAST, WHOLE = (2023, 9), (2024, 6), (2022, 3)
AS_AT = dt.date(2024, 6, 26)
PEOPLE = 51_234.0


def test_the_recount_knows_every_measure() -> None:
    assert set(DEFINITIONS) == {measure.code for measure in LIBRARY.measures}


def test_the_recounts_calendar_covers_its_dates() -> None:
    assert {day.year for day in HOLIDAYS} == set(range(2019, 2026))


def counted(lists: dict[str, list[dict[str, object]]], as_at: dt.date) -> Counts:
    frames = {name: typed(name, rows) for name, rows in lists.items()}
    whole = dict.fromkeys(lists, Month(*WHOLE))
    window = Window(Month(*FIRST), Month(*LAST), as_at, whole)
    return count(LIBRARY, frames, window, population=lambda _period: PEOPLE)


SEEDS = ((3, 250), (1, 250), (2, 250), (6, 250))
EDGES = tuple((seed, 400) for seed in range(21, 121))
START = dt.date(2022, 1, 1)


def random_or_edges(seed: int, rows: int, as_at: dt.date) -> dict[str, list[dict[str, object]]]:
    """Lists of trouble, or of dates at the limits of the rules."""
    make = edge_lists if (seed, rows) in EDGES else random_lists
    found = make(seed, rows, START, as_at)
    return {name: held for name, held in found.items() if name != "adopters"}


@pytest.mark.parametrize(
    ("seed", "rows", "as_at"),
    [(seed, rows, AS_AT) for seed, rows in (*SEEDS, EDGES[0])]
    + [(7, 60, dt.date(2024, 7, 3)), (4, 8, AS_AT), (5, 1, AS_AT)],
)
def test_every_figure_equals_the_recount(seed: int, rows: int, as_at: dt.date) -> None:
    lists = random_or_edges(seed, rows, as_at)
    counts = counted(lists, as_at)
    assert {one.code for one in counts.not_counted} == set()
    world = World(lists, as_at)
    shown = as_figures(counts)
    assert len(counts.frame) == len(shown)
    for code in DEFINITIONS:
        wanted = recount(code, world, FIRST, LAST, WHOLE, PEOPLE)
        found = {key: figure for key, figure in shown.items() if key[0] == code}
        missing = {key: figure for key, figure in wanted.items() if found.get(key) != figure}
        assert missing == {}, code
        beyond = {key: figure for key, figure in found.items() if key not in wanted}
        assert all(figure in ((0, None), (0, 0)) for figure in beyond.values()), (code, beyond)
        assert wanted


def as_figures(counts: Counts) -> Figures:
    columns = ("indicator", "breakdown", "kind", "end", "numerator", "denominator")
    return {
        (code, breakdown, kind, end): (numerator, None if below != below else below)
        for code, breakdown, kind, end, numerator, below in zip(
            *(counts.frame[name] for name in columns), strict=True
        )
    }


def test_values_follow_from_numerators_and_denominators() -> None:
    lists = random_lists(7, 80, dt.date(2022, 1, 1), AS_AT)
    counts = counted(lists, AS_AT)
    months = {"month": 1, "quarter": 3, "rolling_12m": 12}
    units = {measure.code: measure for measure in LIBRARY.measures}
    for row in counts.frame.itertuples(index=False):
        measure = units[row.indicator]
        if measure.unit is Unit.COUNT:
            assert row.value == row.numerator
            assert row.denominator != row.denominator
        elif row.denominator == 0:
            assert (row.symbol, row.value != row.value) == ("z", True)
        elif measure.unit is Unit.RATE:
            end = Month.parse(row.end)
            length = months.get(row.kind, (end.month - 4) % 12 + 1)
            factor = 12 / length if measure.date is not None else 1
            assert row.value == pytest.approx(10_000 * factor * row.numerator / PEOPLE, rel=1e-12)
            assert row.value == 10_000 * row.numerator / row.denominator
        else:
            scale = 100 if measure.unit is Unit.PERCENT else 1
            assert row.value == scale * row.numerator / row.denominator
            assert row.symbol == ""


def test_empty_lists_count_nothing_and_divide_by_nothing() -> None:
    lists = random_lists(1, 0, dt.date(2022, 1, 1), AS_AT)
    counts = counted(lists, AS_AT)
    assert counts.not_counted == ()
    assert set(counts.frame["breakdown"]) <= {""} | {
        text for text in counts.frame["breakdown"] if text.startswith("age_band=")
    }
    assert (counts.frame["numerator"] == 0).all()
    assert set(counts.frame["symbol"]) == {"", "z"}


def test_the_random_lists_try_every_condition_both_ways() -> None:
    waiting = set(DEFINITIONS)
    for seed, rows in SEEDS:
        lists = random_lists(seed, rows, dt.date(2022, 1, 1), AS_AT)
        world = World(lists, AS_AT)
        for code in sorted(waiting):
            figures = recount(code, world, FIRST, LAST, WHOLE, PEOPLE).values()
            one_way = any(top > 0 for top, _ in figures)
            other = any(top < (below or 0) for top, below in figures)
            if one_way and (other or DEFINITIONS[code].unit != "percent"):
                waiting.discard(code)
    assert waiting == set()
