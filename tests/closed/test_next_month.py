"""Next month's workbook made of this month's file is what a build of next month gives.

The outside answers are a fresh build, cell by cell, and LibreOffice's recalculation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.amount import amount_in_ci
from tests.building import STAMP
from tests.closed.desk import parts
from tests.closed.next_desk import NextDesk, next_desk, without_break
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from tests.oracles.reading import reading
from workbook_builder import app
from workbook_builder.periods import Month

pytestmark = pytest.mark.in_ci

ROLLS = (
    ("small", "2024-05", "2024-06"),
    ("small", "2024-06", "2024-07"),
    ("small", "2024-03", "2024-04"),
    ("haringey", "2014-03", "2014-04"),
    ("calderdale", "2014-01", "2014-02"),
    ("surrey", "2017-03", "2017-04"),
    ("haringey", "2014-02", "2014-03"),
    ("calderdale", "2014-03", "2014-04"),
    ("surrey", "2017-01", "2017-02"),
)
IN_CI = 4
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
# Figures lies around what stood there, and this workbook has been built by nobody.
OWNED = {"Figures", "Log"}
STEP = 0.5


@pytest.mark.parametrize(("name", "month", "following"), ROLLS)
def test_the_next_month_is_what_a_build_gives(
    name: str,
    month: str,
    following: str,
    tmp_path: Path,
    calc: Calc,
    request: pytest.FixtureRequest,
) -> None:
    if (name, month, following) not in ROLLS[: amount_in_ci(request.config, IN_CI, len(ROLLS))]:
        pytest.skip("the other scorecards run in CI and with --long")
    held = next_desk(tmp_path, name, month)
    before = held.workbook.read_bytes()
    new = held.roll(following)
    assert held.workbook.read_bytes() == before
    book, _ = held.read(new)
    assert (book.identity.scorecard, book.identity.month) == (held.id, following)
    anew = held.anew(following)
    assert differing_cells(new, anew) == []
    ours, wanted = charts(new), charts(anew)
    assert [one for one in zip(ours, wanted, strict=True) if one[0] != one[1]] == []
    compared = compare(new, calc)
    assert compared.differences == []
    assert compared.count > 1000
    assert audit(new) == []
    told = {(one.key, one.slot) for one in held.read(anew)[0].typed}
    assert {(one.key, one.slot) for one in book.typed} == told, "nothing is taken for typed"
    assert_up_to_date(new)


def assert_up_to_date(path: Path) -> None:
    """A refresh with the same files finds nothing to write."""
    data = path.read_bytes()
    assert app.refresh(stamp=STAMP, book=path).cells == 0
    assert path.read_bytes() == data


def differing_cells(one: Path, other: Path) -> list[tuple[Any, ...]]:
    """What differs between two workbooks on the sheets in which people work, and on Notes."""
    found: list[tuple[Any, ...]] = []
    for values in (False, True):
        old, new = (reading(path, values=values) for path in (other, one))
        assert old.sheetnames == new.sheetnames
        assert old.properties.title == new.properties.title
        for sheet in old:
            if sheet.title not in OWNED:
                again = new[sheet.title]
                found += _differing(sheet, again, values)
                found += [] if values else _printed(sheet, again)
    return found


def _differing(sheet: Any, again: Any, values: bool) -> Iterator[tuple[Any, ...]]:
    heads = {one.column: str(one.value) for one in sheet[sheet.max_row]}
    last_row = max(sheet.max_row, again.max_row)
    last_col = max(sheet.max_column, again.max_column)
    for row in range(1, last_row + 1):
        heights = [one.row_dimensions[row].height or 15 for one in (sheet, again)]
        if abs(heights[0] - heights[1]) > STEP:
            yield (sheet.title, row, *heights)
        for col in range(1, last_col + 1):
            old, new = sheet.cell(row, col), again.cell(row, col)
            place = values and (_is_place(heads.get(col, "")) or old.coordinate == "A2")
            if old.value != new.value and not place:
                yield (sheet.title, old.coordinate, old.value, new.value)
            if _look(old) != _look(new) and not values:
                yield (sheet.title, old.coordinate, _look(old), _look(new))


def _is_place(head: str) -> bool:
    """Whether a column of Judgement holds positions on Figures."""
    told = ("Row of the blocks", "Column of the last figure this year", "First column added up")
    return head in told or head.startswith("column ")


def _look(cell: Any) -> tuple[Any, ...]:
    font, place = cell.font, cell.alignment
    colours = (font.color and font.color.rgb, cell.fill.fgColor.rgb)
    words = (font.sz, font.b, font.i, *colours, cell.number_format)
    return (*words, place.horizontal, place.wrap_text, cell.protection.locked)


def _printed(sheet: Any, again: Any) -> Iterator[tuple[Any, ...]]:
    for what in ("oddFooter", "print_area", "print_title_rows", "row_breaks"):
        old, new = (_said(getattr(one, what)) for one in (sheet, again))
        if old != new:
            yield (sheet.title, what, old, new)


def _said(what: Any) -> object:
    if hasattr(what, "brk"):
        return [one.id for one in what.brk]
    return what.left.text if hasattr(what, "left") else what


def charts(path: Path) -> list[tuple[object, ...]]:
    """The description, the names of series and every point kept of each chart, in turn."""
    return list(_charts(parts(path)))


def _charts(held: Mapping[str, bytes]) -> Iterator[tuple[object, ...]]:
    for name in sorted(one for one in held if one.startswith("xl/drawings/drawing")):
        root = etree.fromstring(held[name])
        yield tuple(one.get("descr") for one in root.iter(f"{DRAWING}cNvPr"))
    for name in sorted(one for one in held if one.startswith("xl/charts/chart")):
        for series in etree.fromstring(held[name]).iter(f"{CHART}ser"):
            texts = (str(one.text) for one in series.iter(f"{CHART}v", f"{CHART}f"))
            yield (name, *(_plain(one) for one in texts))


def _plain(text: str) -> str:
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def test_a_plan_that_lays_figures_out_afresh(tmp_path: Path, calc: Calc) -> None:
    """Columns are fewer in April: what stood beyond them is gone."""
    held = next_desk(tmp_path, "small", "2024-03")
    new = held.roll("2024-04", afresh=True)
    anew = held.anew("2024-04")
    assert differing_cells(new, anew) == []
    old, again = (reading(path)["Figures"] for path in (anew, new))
    rows = [[one.value for one in row] for row in old.iter_rows()]
    assert [[one.value for one in row][: len(rows[0])] for row in again.iter_rows()] == rows
    assert all(
        one.value is None for row in again.iter_rows(min_col=len(rows[0]) + 1) for one in row
    )
    assert compare(new, calc).differences == []


def test_sheets_that_grow_keep_their_looks(tmp_path: Path, calc: Calc) -> None:
    held = next_desk(tmp_path, "small", "2024-06")
    more = [f"contacts,team={number},Jun-24,,,1" for number in range(40)]
    more += [f"contacts,,{month}-10,,,2" for month in ("Jan", "Feb", "Mar")]
    with (held.folder / "extracts" / "months.csv").open("a", encoding="utf-8") as stream:
        stream.write("".join(f"{line}\n" for line in more))
    new = held.roll("2024-07", afresh=True)
    anew = held.anew("2024-07")
    assert differing_cells(new, anew) == []
    old, again = (reading(path)["Figures"] for path in (anew, new))
    assert again.max_row == old.max_row > reading(held.workbook)["Figures"].max_row
    assert widths(again) == widths(old)
    assert compare(new, calc).differences == []
    assert audit(new) == []
    assert_up_to_date(new)


def widths(sheet: Any) -> dict[int, float]:
    """The width of each column; a file may tell those of several at once."""
    told = sheet.column_dimensions.values()
    return {col: one.width for one in told for col in range(one.min, one.max + 1)}


def rolls(held: NextDesk, *months: str) -> Path:
    """One month after the other."""
    for month in months:
        held.workbook = held.roll(month)
    return held.workbook


def test_months_one_after_the_other(
    tmp_path: Path, calc: Calc, request: pytest.FixtureRequest
) -> None:
    """Nothing piles up: after copies of copies the workbook is what a build gives."""
    held = next_desk(tmp_path, "small", "2024-02", define=without_break)
    count = amount_in_ci(request.config, 6, 14)
    months = [str(Month(2024, 2).plus(number)) for number in range(1, count + 1)]
    new = rolls(held, *months)
    assert differing_cells(new, held.anew(months[-1])) == []
    assert compare(new, calc).differences == []
    assert audit(new) == []
