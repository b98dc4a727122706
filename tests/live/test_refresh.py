"""When a refresh writes, what it writes, and when it leaves the workbook alone and says why."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.building import ROOT, STAMP
from tests.live import engine
from tests.live.com import EDITING, REJECTED, RETRY
from tests.live.office import OwnOffice
from tests.live.person import At, Person
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.history import read_history
from workbook_builder.plan.addresses import name_for
from workbook_builder.register import register, user_file
from workbook_builder.writers import live

MONTH = "2024-06"


@dataclass
class Open:
    """A built small scorecard, open in Calc."""

    folder: Path
    person: Person
    calc: engine.Engine
    office: OwnOffice
    workbook: Path

    @property
    def extract(self) -> Path:
        return self.folder / "extracts" / "months.csv"

    def give(self, old: str, new: str) -> None:
        """Change a line of the month's file."""
        text = self.extract.read_text(encoding="utf-8")
        assert old in text, old
        self.extract.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, *lines: str) -> None:
        with self.extract.open("a", encoding="utf-8") as stream:
            stream.write("".join(f"{line}\n" for line in lines))

    def refresh(self, arguments: tuple[str, ...] = ()) -> app.Refreshed:
        self.calc.writes.clear()
        return app.refresh(arguments=arguments, stamp=STAMP)

    def refused(self, *codes: str) -> str:
        """The refresh is refused with these codes, and no cell of the workbook changes."""
        before = self.contents()
        with pytest.raises(UserError) as caught:
            self.refresh()
        assert {fault.code for fault in caught.value.faults} == set(codes), str(caught.value)
        assert self.calc.writes == []
        assert self.contents() == before
        return str(caught.value)

    def contents(self) -> dict[str, object]:
        return {sheet: self.person.contents(sheet) for sheet in self.person.sheets()}

    def front(self, code: str) -> str:
        """The report month's figure of an indicator on the front sheet, as shown."""
        at = self.person.find("Summary", code)
        return str(self.person.cell(At("Summary", at.row, 3)).String)


@pytest.fixture(scope="session")
def built_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small scorecard's folder and, in out, its workbook, to be copied for every test."""
    place = tmp_path_factory.mktemp("small")
    shutil.copytree(ROOT / "tests" / "data" / "small", place / "scorecard")
    app.build(place / "scorecard", MONTH, place / "out", stamp=STAMP)
    return place


@pytest.fixture
def opened(office: OwnOffice, built_small: Path, tmp_path: Path) -> Iterator[Open]:
    shutil.copytree(built_small, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "scorecard"
    workbook = tmp_path / "out" / f"Scorecard {MONTH}.xlsx"
    register("small", folder, workbook)
    office.close_all()
    calc = engine.register(office)
    document = office.open(workbook)
    yield Open(folder, Person(document), calc, office, workbook)
    office.close_all()


CONTACTS = "contacts,,Jun-24,,,430"


def test_figures_move_in_three_writes_and_a_second_refresh_writes_nothing(opened: Open) -> None:
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    done = opened.refresh()
    assert opened.front("contacts") == "999"
    assert [sheet for sheet, _ in opened.calc.writes] == ["Figures", "Notes", "Log"]
    assert "2 changed" in done.sentence
    before = opened.contents()
    again = opened.refresh()
    assert (again.cells, opened.calc.writes) == (0, [])
    assert opened.contents() == before


@pytest.mark.in_ci
def test_a_refresh_gives_what_a_build_from_the_same_files_gives(
    opened: Open, tmp_path: Path
) -> None:
    opened.give(CONTACTS, "contacts,,Jun-24,,,c")
    opened.add("contacts,,Mar-23,,,7", "all,team=North,Jun-24,,,5")
    opened.refresh()
    refreshed = shown(opened.person, ("Summary", "Front door", "Plans", "Judgement"))
    folder = tmp_path / "again"
    shutil.copytree(opened.folder, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    other = app.build(folder, MONTH, tmp_path / "other", stamp=STAMP).workbook
    document = opened.office.open(other)
    built = shown(Person(document), ("Summary", "Front door", "Plans", "Judgement"))
    assert len(built) > 500
    differ = {
        key: (built[key], refreshed.get(key)) for key in built if built[key] != refreshed.get(key)
    }
    # The sentence of who did what when is another one.
    assert set(differ) <= {("Summary", "subtitle", "column 1")}


def shown(person: Person, sheets: tuple[str, ...]) -> dict[tuple[str, str, str], str]:
    """What each cell shows by sheet, row key and column key; positions on Figures left out."""
    found = {}
    positions = {
        "Row of the blocks",
        "Column of the last figure this year",
        "First column added up",
    }
    for number, sheet in enumerate(person.sheets(), start=1):
        if sheet not in sheets:
            continue
        names = person.document.NamedRanges
        rows = names.getByName(f"rows_{number}").getReferredCells().RangeAddress
        cols = names.getByName(f"columns_{number}").getReferredCells().RangeAddress
        area = person.sheet(sheet)
        for row in range(rows.StartRow, rows.EndRow + 1):
            key = area.getCellByPosition(rows.StartColumn, row).String
            for col in range(cols.StartColumn, cols.EndColumn + 1):
                head = area.getCellByPosition(col, cols.StartRow).String
                if key and head not in positions and not head.startswith("column "):
                    found[sheet, key, head] = area.getCellByPosition(col, row).String
    return found


@pytest.mark.in_ci
def test_undo_takes_back_one_refresh_after_the_other(opened: Open) -> None:
    opened.give(CONTACTS, "contacts,,Jun-24,,,431")
    opened.refresh()
    opened.give("contacts,,Jun-24,,,431", "contacts,,Jun-24,,,432")
    opened.refresh()
    app.undo(stamp=STAMP)
    assert opened.front("contacts") == "431"
    app.undo(stamp=STAMP)
    assert opened.front("contacts") == "430"
    with pytest.raises(UserError, match="WB719"):
        app.undo(stamp=STAMP)
    with read_history(opened.folder, "small") as history:
        kinds = [event.kind for event in reversed(history.events())]
        figures = {f.identity: f.value for f in history.figures()}
    assert kinds == ["build", "refresh", "refresh", "undo", "undo"]
    assert figures["contacts", "", "month 2024-06"] == 430


@pytest.mark.in_ci
@pytest.mark.parametrize("number", [REJECTED, EDITING, RETRY])
def test_a_busy_program_is_waited_for(
    opened: Open, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(live, "PAUSE", 0.0)
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    opened.calc.refuse_next(live.TRIES - 1, number)
    opened.refresh()
    assert opened.front("contacts") == "999"


def test_a_program_that_stays_busy_is_left_alone(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PAUSE", 0.0)
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    opened.calc.refuse_next(10_000, EDITING)
    said = opened.refused("WB713")
    assert "Press Enter" in said


def test_manual_calculation_stays_manual_and_the_figures_are_right(opened: Open) -> None:
    opened.calc.apps[1].calculation = "manual"
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    try:
        opened.refresh()
        assert opened.calc.calculation == "manual"
        assert opened.front("contacts") == "999"
    finally:
        opened.calc.apps[1].calculation = "automatic"


def test_sheets_are_protected_again_after_an_error(opened: Open) -> None:
    def fail(sheet: str) -> None:
        if sheet == "Notes":
            raise RuntimeError("the power went")

    opened.calc.before_write = fail
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    with pytest.raises(RuntimeError):
        opened.refresh()
    opened.calc.before_write = None
    assert all(opened.person.sheet(name).isProtected() for name in ("Figures", "Notes", "Log"))
    assert opened.calc.calculation == "automatic"
    assert opened.calc.statuses[-1] is False
    opened.refresh()
    assert opened.front("contacts") == "999"
    with read_history(opened.folder, "small") as history:
        assert [event.kind for event in history.events()] == ["refresh", "build"]


def locked(opened: Open) -> None:
    opened.person.sheet("Notes").unprotect("")
    opened.person.sheet("Notes").protect("theirs")


def elsewhere(_: Open) -> None:
    user_file().unlink()


def encrypted(opened: Open) -> None:
    opened.calc.encrypts_copies = True


def box_deleted(opened: Open) -> None:
    at = opened.person.named(name_for("comment", "front-door/1"))
    opened.person.delete_rows(at.sheet, at.row)


def sheet_deleted(opened: Open) -> None:
    opened.person.document.Sheets.removeByName("Judgement")


def indicator_renamed(opened: Open) -> None:
    file = opened.folder / "indicators" / "b.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"Conferences in time"', '"Timely conferences"'), "utf-8")


def figures_grown(opened: Open) -> None:
    opened.person.sheet("Figures").unprotect("")
    opened.person.insert_rows("Figures", 20)
    opened.person.sheet("Figures").protect("")


def status_misspelt(opened: Open) -> None:
    at = opened.person.named("hand_1_1")
    opened.person.type(at, "Purple")


def extract_broken(opened: Open) -> None:
    opened.add("contacts,,Jun-24,,,431")


def too_many_series(opened: Open) -> None:
    opened.add(*(f"contacts,ward={n},Jun-24,,,{n}" for n in range(40)))


REFUSALS: tuple[tuple[Callable[[Open], None], str, str], ...] = (
    (locked, "WB715", "password"),
    (elsewhere, "WB701", "workbook-builder register FOLDER"),
    (encrypted, "WB601", "encrypted"),
    (box_deleted, "WB718", "front-door/1"),
    (sheet_deleted, "WB718", "judge_"),
    (indicator_renamed, "WB716", "Judgement"),
    (figures_grown, "WB714", "Figures"),
    (status_misspelt, "WB605", "Red, Orange, Green, Unknown"),
    (extract_broken, "WB225", "430"),
    (too_many_series, "WB716", "no room"),
)


@pytest.mark.in_ci
@pytest.mark.parametrize(
    ("happening", "code", "says"), REFUSALS, ids=lambda one: getattr(one, "__name__", str(one))[:30]
)
def test_a_workbook_that_cannot_be_refreshed_is_left_as_it_is(
    opened: Open, happening: Callable[[Open], None], code: str, says: str
) -> None:
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    text = At("Plans", 0, 3)
    opened.person.type(text, "Typed before the refusal")
    if code == "WB225":
        opened.give("contacts,,Jun-24,,,999", CONTACTS)
    happening(opened)
    assert says in opened.refused(code)
    if code not in ("WB701", "WB601"):
        with read_history(opened.folder, "small") as history:
            assert "Typed before the refusal" in [one.content for one in history.typed()]


def test_a_manual_figure_is_checked_and_feeds_the_figures(opened: Open, tmp_path: Path) -> None:
    file = opened.folder / "indicators" / "a.toml"
    code = 'code = "contacts"\n'
    text = file.read_text(encoding="utf-8").replace(code, f'{code}fed_from = "manual figures"\n')
    file.write_text(text, encoding="utf-8")
    opened.give(f"{CONTACTS}\n", "")
    opened.office.close_all()
    book = app.build(opened.folder, MONTH, tmp_path / "manual", stamp=STAMP).workbook
    opened.person = Person(opened.office.open(book))
    assert opened.front("contacts") == "not yet available"
    cell = opened.person.named("manual_month_0")
    opened.person.type(cell, "about 40")
    assert 'indicator contacts\n  WB610  "about 40"' in opened.refused("WB610")
    opened.person.type(cell, "41")
    opened.refresh()
    assert opened.front("contacts") == "41"
    opened.person.type(cell, "'[c]")
    opened.refresh()
    assert opened.front("contacts") == "[c]"
    opened.add(CONTACTS)
    opened.person.type(cell, "41")
    assert "41 was typed for Jun-24" in opened.refused("WB611")


def figure_cell(person: Person, series: str, period: str) -> At:
    """The value of a series for a period on the Figures sheet."""
    row = person.find("Figures", series, 0).row
    periods = person.named("fig_period")
    heads = {text: col for (at, col), text in person.shown("Figures").items() if at == periods.row}
    return At("Figures", row, heads[period])


@pytest.mark.in_ci
def test_texts_of_figures_stay_texts(opened: Open) -> None:
    """The sources of an indicator's words may look like dates, formulas and numbers."""
    for text in ("10-15", "1/2", "50%", "'=1+1", "=HYPERLINK(1)", "TRUE"):
        opened.give(CONTACTS, f"contacts,,Jun-24,,,{text}" if text != "50%" else CONTACTS)
        opened.refresh()
        cell = opened.person.cell(figure_cell(opened.person, "contacts", "month 2024-06"))
        if text != "50%":
            assert (cell.Type.value, cell.String) == ("TEXT", text)
            opened.give(f"contacts,,Jun-24,,,{text}", CONTACTS)


@pytest.mark.in_ci
def test_a_note_on_a_figure_stays_with_it_when_series_and_months_are_added(opened: Open) -> None:
    at = figure_cell(opened.person, "contacts", "month 2024-06")
    # Excel lets people put notes on our protected sheets; Calc has no such setting.
    opened.person.sheet("Figures").unprotect("")
    opened.person.note(at, "counted twice by hand")
    opened.person.sheet("Figures").protect("")
    opened.add("contacts,,Jan-19,,,11", "all,team=North,Jun-24,,,5")
    opened.refresh()
    assert opened.person.notes("Figures") == {(at.row, at.col): "counted twice by hand"}
    shown_now = opened.person.shown("Figures")
    assert shown_now[at.row, at.col] == "430"
    assert shown_now[at.row, 0] == "contacts"
    assert "month 2019-01" in shown_now.values()
    assert "all|team=North" in shown_now.values()
    opened.refresh()
    with read_history(opened.folder, "small") as history:
        note = next(one for one in history.typed() if one.kind == "note")
    assert (note.key, note.slot) == ("contacts", "month 2024-06, value, Figures")


def test_no_workbook_and_another_workbook(opened: Open, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(other) as book:
        book.add_worksheet().write(0, 0, "shopping")
    opened.office.close_all()
    with pytest.raises(UserError, match="WB710"):
        opened.refresh()
    document = opened.office.open(other)
    with pytest.raises(UserError, match=r"other\.xlsx.* is not a scorecard"):
        opened.refresh()
    assert document.Sheets.getByIndex(0).getCellByPosition(0, 0).String == "shopping"


def test_a_read_only_workbook(opened: Open) -> None:
    opened.office.close_all()
    opened.person = Person(opened.office.open(opened.workbook, read_only=True))
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    assert "reading only" in opened.refused("WB712")


def test_a_button_finds_its_workbook_among_others(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "in front.xlsx"
    with xlsxwriter.Workbook(other) as book:
        book.add_worksheet()
    opened.office.open(other)
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    given = ("refresh", f"--wb={opened.workbook.name}", "--from_xl=1")
    monkeypatch.setattr("sys.argv", ["button", *given])
    opened.refresh(given)
    assert opened.front("contacts") == "999"


def test_a_name_with_an_equals_sign(opened: Open, tmp_path: Path) -> None:
    odd = tmp_path / "June = last (2).xlsx"
    shutil.copyfile(opened.workbook, odd)
    opened.office.close_all()
    opened.person = Person(opened.office.open(odd))
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    opened.refresh(("refresh", f"--wb={odd.name}", "--from_xl=1"))
    assert opened.front("contacts") == "999"


def test_the_folder_follows_the_id_not_the_name(opened: Open, tmp_path: Path) -> None:
    moved = tmp_path / "moved here"
    shutil.move(opened.folder, moved)
    said = opened.refused("WB702")
    assert "not there any more" in said
    register("small", moved)
    opened.folder = moved
    opened.give(CONTACTS, "contacts,,Jun-24,,,999")
    opened.refresh()
    assert opened.front("contacts") == "999"


def test_the_steps_are_told_in_the_status_bar(opened: Open) -> None:
    opened.refresh()
    said: list[Any] = opened.calc.statuses
    assert said[0] == "Workbook Builder 1/6: Finding the scorecard's folder"
    assert said[-1] is False
