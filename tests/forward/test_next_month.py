"""The verb, on a workbook that people have worked in: as a copy and built anew."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.building import STAMP
from tests.forward.desk import COMMENT, MONTH, NEXT, below, month_end, row_of, text
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from tests.oracles.reading import reading
from tests.publishing.desk import BOX, Desk
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.history import History, read_history
from workbook_builder.plan.addresses import name_for
from workbook_builder.register import find

WAYS = pytest.mark.parametrize("rebuild", [False, True], ids=["copied", "rebuilt"])
LEFT = "Typed in the workbook of June 2024, and left with that month"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return month_end(tmp_path)


def started(desk: Desk, rebuild: bool, month: str = MONTH) -> app.NextMonth:
    return app.next_month(desk.book(month), desk.folder, stamp=STAMP, rebuild=rebuild)


@WAYS
def test_what_was_typed_rolls_forward(desk: Desk, rebuild: bool, calc: Calc) -> None:
    before = desk.book(MONTH).read_bytes()
    done = started(desk, rebuild)
    new = desk.book(NEXT)
    assert done.workbook == new
    assert desk.book(MONTH).read_bytes() == before
    assert text(new, BOX) is None
    assert below(new, BOX) == f"Last month (June 2024): {COMMENT}"
    board = {n: (text(new, name), below(new, name)) for n, name in _boxes()}
    assert board == {1: ("Write to every school", None), 2: (None, None), 3: (None, None)}
    assert _actions(new) == [
        ("Second", "in May", "Delayed"),
        ("Fourth", None, None),
        (None, None, None),
        (None, None, None),
    ]
    sheet = reading(new)["Front door"]
    row = row_of(sheet, "contacts")
    notes = {one.coordinate: one.comment.text for line in sheet for one in line if one.comment}
    assert notes == {f"B{row}": "of the name"}
    assert sheet.row_dimensions[row].height == 42.0
    assert sheet.cell(row, 15).value is sheet.cell(row, 16).value is None
    assert ("My workings" in reading(new).sheetnames) is not rebuild
    assert done.left == (('the sheet "My workings" (1 cell)',) if rebuild else ())
    if rebuild:
        assert audit(new) == []
    assert [str(one) for one in compare(new, calc).differences] == []


@pytest.mark.in_ci
@WAYS
def test_what_stays_is_on_notes_before_and_after_a_refresh(desk: Desk, rebuild: bool) -> None:
    done = started(desk, rebuild)
    listed = desk.notes(NEXT)[LEFT]
    assert len(listed) - 1 == done.stays
    texts = {tuple(row[1:4]) for row in listed[1:]}
    assert {
        ("June", "note, Jun-24", "head1"),
        ("of the light", "note, status", "head2"),
        ("Red", "status by hand", "Front door O7"),
        ("a backlog", "reason for a status by hand", "Front door P7"),
        ("Reviewed in May", "comment"),
        ("First; Closed", "action 1, closed"),
    } <= {one[:3] if one[1].startswith(("note", "status", "reason")) else one[:2] for one in texts}
    assert "of the name" not in str(listed)
    desk.add("contacts,,Jul-24,,,500")
    app.refresh(stamp=STAMP, book=desk.book(NEXT))
    assert desk.notes(NEXT)[LEFT] == listed


@pytest.mark.in_ci
@WAYS
def test_the_new_workbook_refreshes_without_a_word_in_the_settings(
    desk: Desk, rebuild: bool
) -> None:
    settings = (desk.folder / "scorecard.toml").read_bytes()
    done = started(desk, rebuild)
    assert (done.report_month, done.settings_month) == (NEXT, MONTH)
    same = app.refresh(stamp=STAMP, book=desk.book(NEXT))
    assert (same.cells, same.typed) == (0, 0) if not rebuild else same.cells == 0
    desk.add("contacts,,Jul-24,,,500")
    assert app.refresh(stamp=STAMP, book=desk.book(NEXT)).cells > 0
    assert (desk.folder / "scorecard.toml").read_bytes() == settings
    assert find("small").workbook == desk.book(NEXT).resolve()


@pytest.mark.in_ci
def test_the_event_is_in_the_log_of_the_new_workbook(desk: Desk) -> None:
    started(desk, False)
    with read_history(desk.folder, "small") as history:
        event = history.events()[0]
    assert (event.kind, event.month, event.workbook) == ("next month", NEXT, desk.book(NEXT).name)
    log = reading(desk.book(NEXT))["Log"]
    assert [log.cell(row, 4).value for row in (5, 6)] == ["Started", "Built"]
    assert desk.front(NEXT).startswith("Exampleshire   |   July 2024")
    assert "Started" in desk.front(NEXT)
    # scorecard.toml says when June's data were taken, which says nothing of July's.
    assert "data_as_at = 2024-07-05" in (desk.folder / "scorecard.toml").read_text()
    assert "figures as at 31 July 2024" in desk.front(NEXT)


def test_a_status_by_hand_of_last_month_judges_nothing(desk: Desk) -> None:
    started(desk, False)
    with (desk.out / "results.csv").open(encoding="utf-8-sig") as stream:
        assert "a backlog" not in stream.read()


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_never_over_a_workbook_that_is_there(desk: Desk, suffix: str) -> None:
    there = desk.book(NEXT).with_suffix(suffix)
    there.write_bytes(b"somebody's")
    with pytest.raises(UserError, match="WB414"):
        started(desk, True)
    assert there.read_bytes() == b"somebody's"
    assert sorted(path.name for path in desk.out.glob("Scorecard*")) == sorted(
        [desk.book(MONTH).name, there.name]
    )


@pytest.mark.in_ci
def test_a_published_month_is_not_started_again(desk: Desk) -> None:
    started(desk, False)
    desk.publish(NEXT)
    desk.book(NEXT).unlink()
    with pytest.raises(UserError, match="WB725"):
        started(desk, False)


def test_another_layout_asks_for_a_rebuild(desk: Desk) -> None:
    desk.change("scorecard.toml", 'questions = ["+What moved?"]', 'questions = ["A", "B"]')
    with pytest.raises(UserError, match=r"(?s)WB726.*sheet Front door.*--rebuild"):
        started(desk, False)
    assert not desk.book(NEXT).exists()
    started(desk, True)
    assert below(desk.book(NEXT), BOX) == f"Last month (June 2024): {COMMENT}"


@pytest.mark.in_ci
def test_what_was_typed_in_a_workbook_that_is_gone_stands_in_the_new_one(desk: Desk) -> None:
    started(desk, False)
    desk.type(NEXT, {BOX: "July's own"})
    app.refresh(stamp=STAMP, book=desk.book(NEXT))
    desk.book(NEXT).unlink()
    started(desk, False)
    assert text(desk.book(NEXT), BOX) == "July's own"
    assert _actions(desk.book(NEXT))[0] == ("Second", "in May", "Delayed")


@pytest.mark.in_ci
def test_an_action_that_comes_late_is_listed_in_the_month_after(desk: Desk) -> None:
    started(desk, False)
    desk.type(MONTH, {name_for("action", "log/action 3 action"): "Late"})
    app.refresh(stamp=STAMP, book=desk.book(MONTH))
    app.refresh(stamp=STAMP, book=desk.book(NEXT))
    listed = {tuple(row[1:3]) for row in desk.notes(NEXT)[LEFT][1:]}
    assert ("Late", "action 3") in listed
    assert not [text for text, _ in listed if "Second" in str(text) or "Fourth" in str(text)]


@pytest.mark.in_ci
@WAYS
def test_a_day_and_a_percentage_move_as_people_saw_them(desk: Desk, rebuild: bool) -> None:
    name = name_for("action", "log/action 2 due")
    desk.type(MONTH, {name: dt.date(2024, 9, 1)})
    book = openpyxl.load_workbook(desk.book(MONTH))
    sheet, span = next(
        iter(book.defined_names[name_for("action", "log/action 4 due")].destinations)
    )
    half = book[sheet][span.replace("$", "").split(":")[0]]
    half.value, half.number_format = 0.5, "0%"
    book.save(desk.book(MONTH))
    started(desk, rebuild)
    dues = [due for _, due, _ in _actions(desk.book(NEXT))]
    assert dues == ["01/09/2024", "50%", None, None]


@pytest.mark.in_ci
def test_a_run_that_was_killed_before_it_was_noted_is_completed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(History, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            started(desk, False)
    made = desk.book(NEXT).read_bytes()
    assert started(desk, False).completed
    assert desk.book(NEXT).read_bytes() == made
    with read_history(desk.folder, "small") as history:
        assert [one.kind for one in history.events(month=NEXT)] == ["next month"]
    with pytest.raises(UserError, match="WB414"):
        started(desk, False)


def test_from_the_command_line_by_folder(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "elsewhere"
    assert main(["next-month", str(desk.folder), "--out", str(place)]) == 0
    said = capsys.readouterr().out
    assert str(place / f"Scorecard {NEXT}.xlsx") in said
    assert f"The workbook of June 2024 is as it was: {desk.book(MONTH)}" in said
    assert 'still says report_month = "2024-06"' in said
    assert "Left with June 2024, listed on Notes" in said


def _boxes() -> list[tuple[int, str]]:
    return [(number, name_for("comment", f"board/{number}")) for number in (1, 2, 3)]


def _actions(path: Path) -> list[tuple[object, ...]]:
    parts = ("action", "due", "status")
    return [
        tuple(text(path, name_for("action", f"log/action {number} {part}")) for part in parts)
        for number in (1, 2, 3, 4)
    ]
