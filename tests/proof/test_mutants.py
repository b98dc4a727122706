"""The recount notices a wrong declaration, whichever measure and whatever is wrong in it."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from tests.amount import amount
from tests.counting.lists import typed
from tests.counting.recount import DEFINITIONS, Figures, World, recount
from tests.counting.test_recount import (
    AS_AT,
    EDGES,
    FIRST,
    LAST,
    PEOPLE,
    SEEDS,
    WHOLE,
    as_figures,
    random_or_edges,
)
from tests.proof.mutants import Mutant, as_library, declarations, mutants_of
from workbook_builder.counting import Counts, Library, Window, count
from workbook_builder.periods import Month

NOTHING = (0, None), (0, 0)
# Changes that change nothing, and why.
MEAN_THE_SAME = {
    # A row without a placement order adds no days to the sum, and is left out for that.
    ("adoption_a2", "cohort without: placement_order is given"),
    ("adoption_a2", "cohort: placement_order is given -> adoption_order is given"),
    ("adoption_a2", "cohort: placement_order is given -> matched is given"),
    ("adoption_a2", "cohort: placement_order is given -> placed is given"),
    # At five, six months are within the twelve that the other condition asks for.
    ("lac_health", "numerator: age at the day is under 5 -> age at the day is under 6"),
}


def chosen(config: pytest.Config) -> list[Mutant]:
    """20 measures at random with a mutant each every day, all of them in the long run."""
    chance = random.Random(20)
    tables = declarations()
    every = {
        code: [one for one in mutants_of(table) if (code, one.change) not in MEAN_THE_SAME]
        for code, table in tables.items()
    }
    every = {code: mutants for code, mutants in every.items() if mutants}
    measures = amount(config, 20, len(every), len(every))
    each = amount(config, 1, 2, 1000)
    found: list[Mutant] = []
    for code in chance.sample(sorted(every), measures):
        found += chance.sample(every[code], min(each, len(every[code])))
    return found


def test_each_mutant_is_noticed(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    mutants = chosen(pytestconfig)
    library, named = as_library(mutants, tmp_path)
    assert len(named) >= 0.8 * len(mutants)
    alive = set(named)
    for seed, rows in (*EDGES, *SEEDS):
        if not alive:
            break
        lists = random_or_edges(seed, rows, AS_AT)
        counts = counted(library, lists, alive)
        figures: dict[str, Figures] = defaultdict(dict)
        for (code, *key), figure in as_figures(counts).items():
            figures[code][tuple(key)] = figure
        alive -= {one.code for one in counts.not_counted}
        world = World(lists, AS_AT)
        truth = {
            code: recount(code, world, FIRST, LAST, WHOLE, PEOPLE)
            for code in {named[one].code for one in alive}
        }
        for one in sorted(alive):
            wanted = {key[1:]: figure for key, figure in truth[named[one].code].items()}
            if not agree(figures[one], wanted):
                alive.discard(one)
    survivors = sorted(f"{named[one].code}: {named[one].change}" for one in alive)
    assert not survivors, "\n".join(survivors)


def counted(
    library: Library, lists: dict[str, list[dict[str, object]]], wanted: set[str]
) -> Counts:
    frames = {name: typed(name, rows) for name, rows in lists.items()}
    whole = dict.fromkeys(lists, Month(*WHOLE))
    window = Window(Month(*FIRST), Month(*LAST), AS_AT, whole)
    only = Library(
        tuple(one for one in library.measures if one.code in wanted), library.settings, ()
    )
    return count(only, frames, window, population=lambda _period: PEOPLE)


def agree(found: Figures, wanted: Figures) -> bool:
    """Whether all figures are those wanted, as test_recount has it."""
    beyond = {key: figure for key, figure in found.items() if key not in wanted}
    return all(found.get(key) == figure for key, figure in wanted.items()) and all(
        figure in NOTHING for figure in beyond.values()
    )


def test_there_are_mutants_of_every_sort() -> None:
    every = [mutant for table in declarations().values() for mutant in mutants_of(table)]
    # The others count all rows of a list that has no other date.
    assert len({mutant.code for mutant in every}) >= len(DEFINITIONS) - 5
    said = " ".join(mutant.change for mutant in every)
    for sort in ("date:", "end:", "cohort without", "numerator:", "sum:", "no end", "each"):
        assert sort in said, sort
    assert len(every) > 600
    assert {(one.code, one.change) for one in every} >= MEAN_THE_SAME
