"""Random work in a month's workbook, and then the next month's made of the file that was saved.

People sort, insert, rename, move, type over and add; Calc saves the file. Everything typed is
carried, so it must all be there still, in a workbook whose every formula is what Calc works out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.building import STAMP
from tests.closed.desk import MONTH
from tests.closed.next_desk import NextDesk
from tests.closed.test_random_work import everything, worked_in
from tests.live import test_random_work as work
from tests.live.office import OwnOffice
from tests.oracles.calc import Calc, compare
from workbook_builder import app
from workbook_builder.register import register
from workbook_builder.writers.closed.rolled import ChangedLayout

pytestmark = pytest.mark.in_ci

base = work.base
SHORT, LONG = 3, 200
FOLLOWING = "2024-07"


def test_nothing_typed_is_lost_on_the_way_to_next_month(
    office: OwnOffice, calc: Calc, base: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    runs = amount_in_ci(request.config, SHORT, LONG)
    done = refused = formulas = 0
    for seed in range(runs):
        place = tmp_path / str(seed)
        shutil.copytree(base, place)
        register("small", place / "folder")
        run = worked_in(office, place, seed)
        held = NextDesk(place / "folder", place / "out" / f"Scorecard {MONTH}.xlsx")
        try:
            formulas += rolled(held, run, calc)
            done += 1
        except Exception as error:
            if not (run.deleted and isinstance(error, ChangedLayout)):
                error.add_note(f"run {seed}: {', '.join(run.said)}")
                raise
            refused += 1
        shutil.rmtree(place)
    print(f"\nsequences {runs}, rolled {done}, refused {refused}, formulas {formulas}")
    assert done >= runs // 2


def rolled(held: NextDesk, run: work.Run, calc: Calc) -> int:
    """Make the next month's and look at it; how many formulas it has."""
    book, _ = held.read()
    new = held.roll(FOLLOWING, book.typed)
    again, _ = held.read(new)
    assert again.identity.month == FOLLOWING
    look(new, run)
    compared = compare(new, calc)
    assert compared.differences == []
    # A refresh knows the workbook, and brings what the history remembers of figures by hand.
    app.refresh(stamp=STAMP, book=new)
    look(new, run)
    assert compare(new, calc).differences == []
    return compared.count


def look(path: Path, run: work.Run) -> None:
    there = everything(path)
    assert [one for one in run.typed if one.text not in there] == []
