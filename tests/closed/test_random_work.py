"""Random work in a workbook that is then closed: what the file keeps is what Calc works out.

People sort, insert, rename, move, type over and add; Calc saves the file and a closed refresh
follows. Every formula of ours is found where it is now, so its value in the file is the one that
Calc gives; formulas and everything typed are as they were.
"""

from __future__ import annotations

import random
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.amount import amount_in_ci
from tests.building import STAMP
from tests.closed.desk import MONTH, parts
from tests.live import engine
from tests.live import test_random_work as work
from tests.live.com import FILTERS
from tests.live.office import OwnOffice, options, url
from tests.live.person import Person
from tests.oracles.cached import shared_strings, worksheet_parts, written_formulas
from tests.oracles.calc import Calc, compare
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.register import register

pytestmark = pytest.mark.in_ci

base = work.base
SHORT, LONG = 3, 200
OWNED = {"Figures", "Notes", "Log"}


def test_the_file_keeps_what_calc_works_out(
    office: OwnOffice, calc: Calc, base: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    runs = amount_in_ci(request.config, SHORT, LONG)
    done = refused = formulas = 0
    for seed in range(runs):
        place = tmp_path / str(seed)
        shutil.copytree(base, place)
        register("small", place / "folder")
        run = worked_in(office, place, seed)
        file = place / "out" / f"Scorecard {MONTH}.xlsx"
        work.figures(run)
        try:
            compared = refreshed(file, calc)
        except UserError as error:
            codes = {fault.code for fault in error.faults}
            assert run.deleted, (seed, run.said, codes)
            assert codes <= work.REFUSED
            refused += 1
            continue
        except AssertionError as error:
            error.add_note(f"run {seed}: {', '.join(run.said)}")
            raise
        there = everything(file)
        assert [one for one in run.typed if one.text not in there] == [], (seed, run.said)
        done, formulas = done + 1, formulas + compared
        shutil.rmtree(place)
    print(f"\nsequences {runs}, refreshed {done}, refused {refused}, formulas {formulas}")
    assert done >= runs // 2


def worked_in(office: OwnOffice, place: Path, seed: int) -> work.Run:
    """Somebody at work in the workbook, which Calc then saves."""
    engine.register(office)
    file = place / "out" / f"Scorecard {MONTH}.xlsx"
    document = office.open(file)
    run = work.Run(random.Random(seed), Person(document), place / "folder")
    for action in run.chance.choices(work.ACTIONS, k=run.chance.randint(4, 12)):
        run.said.append(action.__name__)
        action(run)
    document.storeToURL(url(place / "saved.xlsx"), options(FilterName=FILTERS[".xlsx"]))
    document.close(True)
    shutil.move(place / "saved.xlsx", file)
    return run


def refreshed(file: Path, calc: Calc) -> int:
    """Refresh and compare; how many formulas the file has."""
    before = written_formulas(file)
    app.refresh(stamp=STAMP, book=file)
    after = written_formulas(file)
    for sheet in before.keys() - OWNED:
        assert {at: one for at, (one, _) in before[sheet].items()} == {
            at: one for at, (one, _) in after[sheet].items()
        }
    compared = compare(file, calc)
    assert compared.differences == []
    return compared.count


def everything(file: Path) -> set[str]:
    """Every text that the file holds, in cells or in notes."""
    with zipfile.ZipFile(file) as package:
        assert worksheet_parts(package)
        found = set(shared_strings(package))
    book = openpyxl.load_workbook(file)
    found |= {one.comment.text for s in book for r in s.iter_rows() for one in r if one.comment}
    assert parts(file)
    return found
