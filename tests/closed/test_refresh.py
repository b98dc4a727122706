"""A closed refresh gives what a build gives, in files of several programs, and says what it did."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.amount import amount
from tests.building import STAMP
from tests.closed import dialects
from tests.closed.desk import CALCULATION, CONTACTS, MONTH, Desk, desk, differing, parts
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.history import read_history
from workbook_builder.plan.blocks import same_cell
from workbook_builder.register import register

MORE = ("contacts,,Jan-19,,,11", "all,team=North,Jun-24,,,5", "contacts,,Mar-23,,,7")


def new_files(held: Desk) -> None:
    """A changed figure, one that became a symbol, new series and new periods."""
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    held.give("plans,,Jun-24,,,104", "plans,,Jun-24,,,c")
    held.add(*MORE)


def saved_by_calc(path: Path, calc: Calc) -> None:
    copy = path.with_name("calc.xlsx")
    with calc.open(path) as book:
        book.save_as(copy)
    copy.replace(path)


def as_built(_: Path) -> None:
    pass


DIALECTS: tuple[Callable[[Path], None], ...] = (
    dialects.as_excel_saves,
    as_built,
    dialects.with_prefixes,
    dialects.streamed,
    dialects.no_calculation_setting,
    dialects.filled_down,
)
EVERYDAY, IN_CI = 1, len(DIALECTS)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.__name__)
def test_every_sheet_is_what_a_build_gives(
    dialect: Callable[[Path], None], tmp_path: Path, calc: Calc, request: pytest.FixtureRequest
) -> None:
    if dialect not in DIALECTS[: amount(request.config, EVERYDAY, IN_CI, IN_CI)]:
        pytest.skip("the other programs' files run in CI and with --long")
    held = desk(tmp_path, dialect)
    before = tmp_path / "before.xlsx"
    shutil.copyfile(held.workbook, before)
    new_files(held)
    done = held.refresh()
    assert done.cells > 0
    assert done.backup is not None
    assert done.backup.read_bytes() == before.read_bytes()
    _right_everywhere(held.workbook, calc)
    assert _shown(held.workbook) == _shown(_built_anew(held, tmp_path))
    changed = {name for name in differing(before, held.workbook) if "/worksheets/" not in name}
    assert changed <= CALCULATION | {"xl/calcChain.xml", "xl/charts/chart1.xml"}
    assert held.refresh().cells == 0


def test_a_file_that_calc_saved(tmp_path: Path, calc: Calc) -> None:
    held = desk(tmp_path, lambda path: saved_by_calc(path, calc))
    new_files(held)
    held.refresh()
    _right_everywhere(held.workbook, calc)
    assert _shown(held.workbook) == _shown(_built_anew(held, tmp_path))


def test_cells_without_addresses(tmp_path: Path) -> None:
    held, plain = desk(tmp_path / "bare", dialects.without_addresses), desk(tmp_path / "plain")
    for one in (held, plain):
        register("small", one.folder, one.workbook)
        new_files(one)
        one.refresh()
    assert _shown(held.workbook) == _shown(plain.workbook)


def _right_everywhere(path: Path, calc: Calc) -> None:
    """The file keeps for every formula what Calc works out for it, and tells Excel to as well."""
    compared = compare(path, calc)
    assert compared.count > 1000
    assert compared.differences == []
    assert re.search(rb"<(\w+:)?calcPr [^>]*fullCalcOnLoad=\"1\"", parts(path)["xl/workbook.xml"])


# Rows and columns of Figures stand where there was room; who did what is another sentence.
ELSEWHERE = {"Figures", "Notes", "Log"}


def _shown(path: Path) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path, data_only=True)
    places = {"Row of the blocks", "Column of the last figure this year", "First column added up"}
    found = {}
    for sheet in book:
        heads = {one.column: str(one.value) for one in sheet[sheet.max_row]}
        for row in sheet.iter_rows():
            for one in row:
                head = heads.get(one.column, "")
                told = head not in places and not head.startswith("column ")
                if (
                    told
                    and one.value not in (None, "")
                    and sheet.title not in ELSEWHERE
                    and one.coordinate != "A2"
                ):
                    number = isinstance(one.value, (int, float))
                    found[sheet.title, one.coordinate] = (
                        f"{one.value:.15g}" if number else one.value
                    )
    return found


def _built_anew(held: Desk, place: Path) -> Path:
    folder = place / "again"
    shutil.copytree(held.folder, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    return app.build(folder, MONTH, place / "anew", stamp=STAMP).workbook


def test_a_new_series_looks_like_the_others(tmp_path: Path) -> None:
    held = desk(tmp_path, dialects.as_excel_saves)
    held.add(*MORE)
    held.refresh()
    sheet = openpyxl.load_workbook(held.workbook)["Figures"]
    rows = {str(row[0].value): row for row in reversed(list(sheet.iter_rows(12, 80)))}
    old, new = rows["contacts"], rows["all|team=North"]
    assert [one.font.sz for one in new[:5]] == [one.font.sz for one in old[:5]]
    assert [one.alignment.horizontal for one in new[:5]] == [
        one.alignment.horizontal for one in old[:5]
    ]
    figure = next(one for one in new[12:] if one.value == 5)
    assert figure.font.sz == sheet.cell(figure.row - 1, figure.column).font.sz


def test_rows_of_words_have_the_height_that_they_need(tmp_path: Path) -> None:
    held = desk(tmp_path, dialects.as_excel_saves)
    held.add(*(f"contacts,,{month}-24,,,no figure {'for this reason ' * 12}" for month in ("Jan",)))
    held.refresh()
    notes = openpyxl.load_workbook(held.workbook)["Notes"]
    anew = openpyxl.load_workbook(_built_anew(held, tmp_path))["Notes"]
    text = {row: str(notes.cell(row, 2).value or "") for row in range(4, 120)}
    same = [row for row, said in text.items() if said == str(anew.cell(row, 2).value or "")]
    assert len(same) > 50
    for row in same:
        height, wanted = notes.row_dimensions[row].height, anew.row_dimensions[row].height
        assert height == pytest.approx(wanted, abs=0.8) if wanted else height is None


def test_what_changed_is_in_the_history_and_beside_the_workbook(tmp_path: Path) -> None:
    held = desk(tmp_path)
    results = held.workbook.with_name("results.csv")
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    done = held.refresh()
    assert "figures 2 changed" in done.sentence
    assert held.front("contacts") == 999
    assert b"999" in results.read_bytes()
    with read_history(held.folder, "small") as history:
        assert [event.kind for event in history.events()] == ["refresh", "build"]
        figures = {one.identity: one.value for one in history.figures()}
    assert figures["contacts", "", "month 2024-06"] == 999
    log = openpyxl.load_workbook(held.workbook)["Log"]
    assert [log.cell(row, 4).value for row in (4, 5, 6)] == ["What", "Refreshed", "Built"]


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    held = desk(tmp_path)
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    held.refresh()
    before = held.workbook.stat().st_mtime_ns, held.workbook.read_bytes()
    done = held.refresh()
    assert (done.cells, done.backup) == (0, None)
    assert (held.workbook.stat().st_mtime_ns, held.workbook.read_bytes()) == before


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = desk(tmp_path)
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    assert main(["refresh", str(held.workbook)]) == 0
    said = capsys.readouterr().out
    assert "figures 2 changed" in said
    assert "is kept as" in said
    assert main(["refresh", str(held.workbook), "--folder", str(held.folder)]) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    assert main(["undo", str(held.workbook)]) == 2
    assert "open" in capsys.readouterr().err


def test_the_file_is_sound_with_rows_and_columns_that_are_new(tmp_path: Path) -> None:
    held = desk(tmp_path, dialects.as_excel_saves)
    new_files(held)
    held.refresh()
    assert audit(held.workbook) == []


def test_a_number_that_a_build_wrote_is_the_same_number(tmp_path: Path) -> None:
    """A build writes 16 digits; rounded again to 15 they are sometimes others."""
    numbers = [100 * over / under for under in range(3, 60) for over in range(1, under)]
    with xlsxwriter.Workbook(tmp_path / "numbers.xlsx") as book:
        book.add_worksheet().write_column(0, 0, numbers)
    sheet = openpyxl.load_workbook(tmp_path / "numbers.xlsx").worksheets[0]
    written = [float(row[0].value) for row in sheet.iter_rows()]
    assert any(f"{a:.15g}" != f"{b:.15g}" for a, b in zip(numbers, written, strict=True))
    assert all(same_cell(a, b) for a, b in zip(written, numbers, strict=True))
    assert not any(same_cell(one, one * (1 + 1e-14)) for one in numbers)
