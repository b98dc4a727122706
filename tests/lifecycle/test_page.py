"""Every example of the page is written, built and published, and shows what the page prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.lifecycle.page import BASE, Promise, answers, examples, write, write_base
from tests.oracles.calc import Calc, compare
from tests.oracles.reading import reading
from tests.publishing.desk import Desk, cells, on
from workbook_builder import app
from workbook_builder.errors import UserError

pytestmark = pytest.mark.in_ci

SEPTEMBER, OCTOBER = "2013-09", "2013-10"
CASES = [name for name in examples() if name != BASE]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The scorecard of the page, September published and October built."""
    place = tmp_path_factory.mktemp("lifecycle")
    write_base(place / "folder")
    desk = Desk(place / "folder", place / "out")
    extract = desk.folder / "extracts" / "months.csv"
    text = extract.read_text("utf-8")
    so_far = [line for line in text.splitlines(keepends=True) if OCTOBER not in line]
    extract.write_text("".join(so_far), "utf-8")
    desk.build(SEPTEMBER)
    desk.publish(SEPTEMBER)
    extract.write_text(text, "utf-8")
    desk.build(OCTOBER)
    return desk


@pytest.fixture(scope="module")
def september(begun: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Any]:
    """results.csv and the cells of September as they were published."""
    desk = begun.copy(tmp_path_factory.mktemp("september"))
    desk.build(SEPTEMBER)
    return _results(desk), cells(desk.book(SEPTEMBER), ("Log", "Notes"))


def _results(desk: Desk) -> bytes:
    return (desk.out / "results.csv").read_bytes()


def test_the_page_has_every_example() -> None:
    listed = {name.capitalize() for name in answers()}
    assert listed == set(CASES)
    assert len(listed) == 7


@pytest.mark.parametrize("name", CASES)
def test_an_example_shows_what_the_page_says(
    begun: Desk, september: tuple[bytes, Any], tmp_path: Path, name: str
) -> None:
    desk, example = begun.copy(tmp_path), examples()[name]
    promises = list(example.promises)
    for number, one in enumerate(example.files):
        write(desk.folder, one)
        if name == "Retired" and number == 0:
            # The page shows it on its tab first, and off it afterwards.
            desk.build(OCTOBER)
            while promises[0].where != "`results.csv`":
                _hold(promises.pop(0), desk)
    desk.build(OCTOBER)
    assert promises
    for promise in promises:
        _hold(promise, desk)
    desk.build(SEPTEMBER)
    assert (_results(desk), cells(desk.book(SEPTEMBER), ("Log", "Notes"))) == september


@pytest.mark.parametrize(("name", "does_it"), answers().items())
def test_what_a_refresh_makes_of_it(begun: Desk, tmp_path: Path, name: str, does_it: bool) -> None:
    desk, example = begun.copy(tmp_path), examples()[name.capitalize()]
    for one in example.files:
        write(desk.folder, one)
    before = desk.book(OCTOBER).read_bytes()
    if not does_it:
        with pytest.raises(UserError) as caught:
            app.refresh(desk.folder, book=desk.book(OCTOBER), stamp=on(1))
        assert "build" in str(caught.value).casefold()
        assert desk.book(OCTOBER).read_bytes() == before
        return
    app.refresh(desk.folder, book=desk.book(OCTOBER), stamp=on(1))
    refreshed = cells(desk.book(OCTOBER), ("Log", "Notes", "Summary"))
    for promise in example.promises:
        if promise.where != "`results.csv`":
            _hold(promise, desk)
    desk.build(OCTOBER)
    assert cells(desk.book(OCTOBER), ("Log", "Notes", "Summary")) == refreshed


def test_every_change_at_once_is_recalculated_to_the_same(
    begun: Desk, tmp_path: Path, calc: Calc
) -> None:
    """The formulas across a break, before a first month and after a last one."""
    desk, every = begun.copy(tmp_path), examples()
    for name in ("Redefined", "A target replaced", "A population revised", "Added"):
        for one in every[name].files:
            write(desk.folder, one)
    write(desk.folder, every["Retired"].files[0])
    result = compare(desk.build(OCTOBER).workbook, calc)
    assert [str(one) for one in result.differences] == []
    assert result.count > 500


def _hold(promise: Promise, desk: Desk) -> None:
    """A table of the page against the workbook of October or results.csv."""
    rows = _rows_of(promise.where, desk)
    for wanted in promise.rows:
        alike = [row for row in rows if _has(row, wanted)]
        near = [row for row in rows if next(iter(wanted.values())) in row.values()]
        assert len(alike) == 1, (promise.where, wanted, near)


def _has(row: dict[str, str], wanted: dict[str, str]) -> bool:
    return all(row.get(head, "").rstrip("%") == said.rstrip("%") for head, said in wanted.items())


def _rows_of(where: str, desk: Desk) -> list[dict[str, str]]:
    if where == "`results.csv`":
        return list(desk.results().values())
    sheet, _, section = where.removeprefix("Sheet *").partition("*")
    book = openpyxl.load_workbook(desk.book(OCTOBER), data_only=True)
    table = [[_text(cell) for cell in row] for row in book[sheet].iter_rows(values_only=True)]
    if section:
        heading = {section.removeprefix(", "), "heading"}
        begin = next(at for at, row in enumerate(table) if heading <= set(row))
        table = table[begin + 1 :]
        end = next(at for at, row in enumerate(table) if "heading" in row)
        table = table[:end]
    heads: list[str] = []
    found = []
    for row in table:
        if "Indicator" in row or "Where" in row:
            # A month that is not published says so in its head.
            plain = [head.removesuffix(" [p]") for head in row]
            heads = [
                "goes" if not head and before.endswith(" YTD") else head
                for before, head in zip(["", *plain], plain, strict=False)
            ]
        elif heads:
            found.append(dict(zip(heads, row, strict=True)))
    return found


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    return " ".join(str(value).split()) if value is not None else ""


def _note(path: Path, sheet: str, code: str, text: str) -> None:
    """Put a note on September's figure of an indicator, and a status by hand beside it."""
    book = openpyxl.load_workbook(path)
    tab = book[sheet]
    head = next(row for row in tab.iter_rows() if any(cell.value == "Indicator" for cell in row))
    by_head = {str(cell.value): cell.column for cell in head}
    row = next(
        row[0].row for row in tab.iter_rows() if row[by_head["Indicator code"] - 1].value == code
    )
    shown = openpyxl.load_workbook(path, data_only=True)[sheet]
    month = next(cell.column for cell in shown[head[0].row] if cell.value == "Sep-13")
    tab.cell(row, month).comment = Comment(text, "officer1")
    tab.cell(row, by_head["Status by hand"]).value = "Green"
    tab.cell(row, by_head["Reason for a status by hand"]).value = "Agreed by the board"
    book.save(path)


def _notes(path: Path) -> list[tuple[str, str, str]]:
    """Sheet, month's head and text of every note."""
    book, shown = reading(path), reading(path, values=True)
    return [
        (sheet.title, str(shown[sheet.title].cell(head, cell.column).value), cell.comment.text)
        for sheet in book.worksheets
        for head in [
            next((r[0].row for r in sheet.iter_rows() if any(c.value == "Indicator" for c in r)), 1)
        ]
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]


@pytest.mark.parametrize(
    ("name", "typed_at", "now_at"),
    [
        ("Moved to another theme", ("Child protection", "plans"), ("Front door", "plans")),
        ("Recoded", ("Child protection", "timely"), ("Child protection", "CP-15")),
        ("Redefined", ("Front door", "referrals"), ("Front door", "referrals")),
        ("Added", ("Child protection", "timely"), ("Child protection", "timely")),
    ],
)
def test_what_was_typed_in_its_row_goes_with_it(
    begun: Desk, tmp_path: Path, name: str, typed_at: tuple[str, str], now_at: tuple[str, str]
) -> None:
    desk = begun.copy(tmp_path)
    _note(desk.book(OCTOBER), *typed_at, "Half of the team was away")
    for one in examples()[name].files:
        write(desk.folder, one)
    built = desk.build(OCTOBER)
    assert built.left == ()
    assert _notes(desk.book(OCTOBER)) == [(now_at[0], "Sep-13", "Half of the team was away")]
    lights = {row["indicator"]: row["rag"] for row in desk.results().values() if row["rag"]}
    assert lights[now_at[1]] == "green"
    gone = desk.notes(OCTOBER)["Typed in the workbook before and not there now"]
    assert gone == [["None."]]
    # And again, from the workbook that has it now.
    assert desk.build(OCTOBER).left == ()
    assert _notes(desk.book(OCTOBER)) == [(now_at[0], "Sep-13", "Half of the team was away")]
