"""Breaks under every kind of block; books of months around one; codes that change twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import ROOT, build_example, compute
from tests.lifecycle.page import examples, write, write_base
from tests.lifecycle.test_page import OCTOBER, SEPTEMBER
from tests.oracles.calc import Calc, compare
from tests.publishing.desk import Desk
from workbook_builder import app
from workbook_builder.plan.structure import sheet_digests
from workbook_builder.plan.workbook import plan_workbook

MIXED = ROOT / "tests" / "data" / "mixed"


@pytest.mark.in_ci
@pytest.mark.parametrize("month", ["2024-05", "2023-09", "2024-08"])
def test_a_break_under_every_kind_of_block_is_recalculated_to_the_same(
    tmp_path: Path, calc: Calc, month: str
) -> None:
    """The break lies in this year, in last year, and in a month to come."""
    folder = tmp_path / "folder"
    shutil.copytree(MIXED, folder, ignore=shutil.ignore_patterns("history"))
    path = folder / "indicators" / "all.toml"
    text = path.read_text("utf-8")
    broken = f'breaks = [{{ period = "{month}", note = "Counted anew" }}]'
    path.write_text(text.replace("[[indicator]]\n", f"[[indicator]]\n{broken}\n"), "utf-8")
    result = compare(build_example(folder, tmp_path / "out").built.workbook, calc)
    assert [str(one) for one in result.differences] == []
    assert result.count > 900


def test_a_break_needs_no_other_formula_in_the_month_in_which_it_comes(tmp_path: Path) -> None:
    """A book that is rolled forward over it needs no new steps from figures to lights."""
    write_base(tmp_path)
    for one in examples()["Redefined"].files:
        write(tmp_path, one)
    september, october = (
        sheet_digests(plan_workbook(compute(tmp_path, month))) for month in (SEPTEMBER, OCTOBER)
    )
    assert september["Judgement"] == october["Judgement"]


def test_a_code_that_changes_twice_keeps_what_was_first_reported(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "folder", tmp_path / "out")
    write_base(desk.folder)
    desk.build(SEPTEMBER)
    desk.publish(SEPTEMBER)
    for one in examples()["Recoded"].files:
        write(desk.folder, one)
    desk.build(OCTOBER)
    desk.publish(OCTOBER)
    published = desk.results()
    # Only the last step is written: the one before is the history's to remember.
    desk.change("indicators/1-all.toml", 'replaces = "timely"', 'replaces = "CP-15"')
    desk.change("indicators/1-all.toml", 'code = "CP-15"', 'code = "ICPC"')
    desk.change("scorecard.toml", "CP-15", "ICPC")
    desk.change("targets.csv", "CP-15", "ICPC")
    for old in ("timely", "CP-15"):
        desk.change("extracts/months.csv", f"{old},", "ICPC,")
    desk.add("contacts,2013-11,,,460")
    desk.build("2013-11")
    rows = desk.results()
    august = rows["ICPC", "month", "2013-08"]
    assert (august["value"], august["first_reported"], august["restated"]) == ("74", "84", "yes")
    assert rows["ICPC", "month", OCTOBER]["first_reported"] == "86"
    assert not any(key[0] in ("timely", "CP-15") for key in rows)
    # October was published under the second code, and stays so.
    desk.build(OCTOBER)
    assert {key: row["value"] for key, row in desk.results().items()} == {
        key: row["value"] for key, row in published.items()
    }
    held_back = desk.notes(OCTOBER)["What the present files would change in this published month"]
    assert [row[0] for row in held_back[1:]] == ["Contacts"]


def test_a_figure_is_traced_under_its_new_code(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "folder", tmp_path / "out")
    write_base(desk.folder)
    desk.build(OCTOBER)
    for one in examples()["Recoded"].files:
        write(desk.folder, one)
    traced = app.drill(desk.folder, "CP-15", SEPTEMBER)
    assert isinstance(traced, app.Traced)
    assert any("85 of 100" in line for line in traced.lines), traced.lines


def test_an_earlier_code_that_nothing_is_known_of_is_remarked_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "folder", tmp_path / "out")
    write_base(desk.folder)
    desk.build(OCTOBER)
    for one in examples()["Recoded"].files:
        write(desk.folder, one)
    known = desk.build(OCTOBER).remarks
    desk.change("indicators/1-all.toml", 'replaces = "timely"', 'replaces = "timley"')
    desk.change("extracts/months.csv", "timely,", "CP-15,")
    assert desk.build(OCTOBER).remarks == known + 1
    said = [row[1] for row in desk.notes(OCTOBER)["Remarks on figures used"]]
    assert any('"timley": is it spelt so?' in text for text in said)
