"""Every report refreshed in a live workbook, with something typed in every kind of box."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.building import STAMP, compute, copy_template
from tests.live import engine
from tests.live.office import OwnOffice
from tests.live.person import At, Person
from workbook_builder import app
from workbook_builder.annotations.opened import open_book
from workbook_builder.history import read_history
from workbook_builder.plan.slots import INPUT, NOTE
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.register import register

pytestmark = pytest.mark.in_ci

TEMPLATES = ("calderdale", "kirklees", "herefordshire", "surrey", "haringey")
IN_CI = 2
# Sheets that a refresh writes say who wrote them and when; positions are not compared.
WRITTEN = {"Notes", "Log", "Figures", "Sentences"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_refresh_moves_figures_and_nothing_typed(
    name: str, office: OwnOffice, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name not in TEMPLATES[: amount_in_ci(request.config, IN_CI, len(TEMPLATES))]:
        pytest.skip("the other reports run in CI and with --long")
    folder = copy_template(name, tmp_path / "folder")
    built = app.build(folder, out=tmp_path / "out", stamp=STAMP)
    register(name, folder)
    office.close_all()
    calc = engine.register(office)
    person = Person(office.open(built.workbook))
    typed = _type_everywhere(person, folder)
    kinds = {slot.partition(" ")[0] for _, slot, _ in typed}
    assert {"status", "reason"} <= kinds
    before = {key: person.cell(at).Formula for key, at in _places(typed).items()}
    indicator, changed = _change_a_figure(folder)
    calc.writes.clear()
    done = app.refresh(stamp=STAMP)
    assert done.cells > 0, indicator
    assert {sheet for sheet, _ in calc.writes} <= WRITTEN
    assert {key: person.cell(at).Formula for key, at in _places(typed).items()} == before
    assert person.notes("Figures") == {}
    with read_history(folder, name) as history:
        held = [one for one in history.typed() if one.kind == INPUT]
        notes = [one for one in history.typed() if one.kind == NOTE]
        kinds_held = {one.kind for one in history.typed()}
    assert len(held) == len(typed)
    assert kinds_held == {INPUT, NOTE}, "nothing of ours counts as typed"
    assert [one.content for one in notes] == ["On the title"]
    calc.writes.clear()
    assert app.refresh(stamp=STAMP).cells == 0
    assert calc.writes == []
    print(f"\n{name}: {len(typed)} boxes typed in, {done.cells} cells changed by {changed}")
    _same_as_a_new_build(person, folder, office, tmp_path)


Typed = tuple[str, str, At]


def _type_everywhere(person: Person, folder: Path) -> list[Typed]:
    """Type into every box of the workbook, statuses by hand and reasons included."""
    plan = plan_workbook(compute(folder))
    typed: list[Typed] = []
    for sheet in plan.sheets:
        spans = {name.name: name for name in sheet.part.names}
        for box in sheet.part.inputs:
            at = person.named(box.name)
            if box.codes:
                codes = spans[box.codes]
                first = person.named(box.codes)
                rows = range(codes.last_row - codes.row + 1)
                step = next(
                    one
                    for one in rows
                    if person.cell(At(first.sheet, first.row + one, first.col)).String == box.key
                )
                at = At(at.sheet, at.row + step, at.col)
            said = "Red" if box.slot == "status" else f"Typed for {box.key}, {box.slot}"
            if sheet.key == "manual":
                continue
            person.type(at, said)
            typed.append((box.key, box.slot, at))
    person.note(At(person.sheets()[1], 0, 0), "On the title")
    return typed


def _places(typed: list[Typed]) -> dict[tuple[str, str], At]:
    return {(key, slot): at for key, slot, at in typed}


def _change_a_figure(folder: Path) -> tuple[str, str]:
    """Add one to the last plain number of the largest extract that is a headline's."""
    path = max((folder / "extracts").glob("*.csv"), key=lambda one: one.stat().st_size)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    value = rows[0].index("value") if "value" in rows[0] else len(rows[0]) - 1
    for row in reversed(rows[1:]):
        if row[value].isdigit() and 1 < int(row[value]) < 90:
            old = row[value]
            row[value] = str(int(old) + 1)
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows(rows)
            return row[0], f"{row[0]} {row[1]}: {old} to {row[value]}"
    raise LookupError(path.name)


def _same_as_a_new_build(person: Person, folder: Path, office: OwnOffice, place: Path) -> None:
    """All tabs show what a workbook built afresh from the same files shows."""
    tabs = tuple(sheet for sheet in person.sheets() if sheet not in WRITTEN)
    refreshed = _by_key(person, tabs)
    copy = place / "again"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(app.HISTORY))
    other = app.build(copy, out=place / "other", stamp=STAMP).workbook
    assert open_book(other).names
    fresh = _by_key(Person(office.open(other)), tabs)
    typed_in = {"status by hand", "reason", "status", "Status shown", "Hand and rule"}
    differ = {
        key: (fresh[key], refreshed.get(key))
        for key in fresh
        if fresh[key] != refreshed.get(key) and key[2] not in typed_in
    }
    summary = tabs[0]
    lights = {key for key in differ if key[0] == summary or "Typed" in str(differ[key][1])}
    statuses = {key for key in differ if {"Red"} & set(map(str, differ[key]))}
    left = {key: said for key, said in differ.items() if key not in lights | statuses}
    assert left == {}, list(left.items())[:5]


def _by_key(person: Person, sheets: tuple[str, ...]) -> dict[tuple[str, str, str], str]:
    """What each cell shows by sheet, row key and column key; rows on other sheets left out."""
    found = {}
    names = person.document.NamedRanges
    for number, sheet in enumerate(person.sheets(), start=1):
        if sheet not in sheets:
            continue
        rows = names.getByName(f"rows_{number}").getReferredCells().RangeAddress
        cols = names.getByName(f"columns_{number}").getReferredCells().RangeAddress
        held = person.shown(sheet)
        for (row, col), said in held.items():
            key, column = held.get((row, rows.StartColumn)), held.get((cols.StartRow, col))
            if key and column and "row" not in str(column) and "Row" not in str(column):
                found[sheet, str(key), str(column)] = str(said)
    return found
