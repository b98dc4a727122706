"""A published month stays as it was, whatever comes after; what does is said."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.building import STAMP
from tests.history.records import work
from tests.publishing.desk import BOX, Desk, cells, sections, small_desk
from workbook_builder import app, results
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.cli import main
from workbook_builder.errors import CommandError, UserError
from workbook_builder.history import open_history, read_history
from workbook_builder.plan.notes_published import HELD_BACK, LATER

JUNE, JULY = "2024-06", "2024-07"
CONTACTS, CONTACTS_YEAR = ("contacts", "month", JUNE), ("contacts", "ytd", "2024/25")


TYPED = {BOX: "Half term explains it.", "hand_1_1": "Green", "reasons_1_1": "Agreed by the board"}


@dataclass(frozen=True)
class Shown:
    """Every cell but those of Notes and Log, what Notes says, results.csv: at one moment."""

    cells: dict[tuple[str, str], object]
    notes: dict[str, list[list[str]]]
    results: bytes


def shown(desk: Desk) -> Shown:
    text = (desk.out / "results.csv").read_bytes()
    return Shown(cells(desk.book(JUNE), ("Log", "Notes")), desk.notes(JUNE), text)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """June, with comments and for the first indicator of the first grid a status by hand."""
    desk = small_desk(tmp_path_factory.mktemp("built"))
    desk.build(JUNE)
    desk.type(JUNE, TYPED)
    desk.build(JUNE)
    return desk


@pytest.fixture(scope="module")
def published_once(built_once: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = built_once.copy(tmp_path_factory.mktemp("published"))
    desk.publish(JUNE)
    desk.build(JUNE)
    return desk


@pytest.fixture(scope="module")
def as_published(published_once: Desk) -> Shown:
    return shown(published_once)


@pytest.fixture
def fresh(tmp_path: Path) -> Desk:
    return small_desk(tmp_path)


@pytest.fixture
def built(built_once: Desk, tmp_path: Path) -> Desk:
    return built_once.copy(tmp_path)


@pytest.fixture
def published(published_once: Desk, tmp_path: Path) -> Desk:
    return published_once.copy(tmp_path)


def codes(error: UserError) -> list[str]:
    return [fault.code for fault in error.faults]


def change_everything(desk: Desk) -> None:
    """What a year of work does to a folder."""
    desk.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,999")
    desk.give("timely,,Jun-24,15,20", "timely,,Jun-24,5,20")
    desk.add("contacts,,Jul-24,,,77")
    desk.change("targets.csv", "timely,2024-04,2025-03,point,80", "timely,2024-04,2025-03,point,60")
    desk.change("overrides.csv", "plans,2024-06,status,Red", "plans,2024-06,status,Green")
    desk.change("indicators/a.toml", 'name = "Referrals"', 'name = "Referrals of another kind"')
    desk.change("indicators/b.toml", 'polarity = "in range"', 'polarity = "high"')
    desk.change("scorecard.toml", "tolerance = 10", "tolerance = 50")
    desk.change("scorecard.toml", 'report_month = "2024-06"', 'report_month = "2024-07"')


@pytest.mark.in_ci
def test_a_book_is_as_people_saw_it_but_for_the_line_that_says_so(
    built_once: Desk, published_once: Desk, as_published: Shown
) -> None:
    before = shown(built_once)
    every = before.cells.keys() | as_published.cells.keys()
    differ = {at for at in every if before.cells.get(at) != as_published.cells.get(at)}
    assert differ == {("Summary", "A2")}
    seen, now = built_once.results(), published_once.results()
    assert now.keys() == seen.keys()
    for key, row in now.items():
        assert row == {**seen[key], "first_reported": row["value"]}, key
    assert now[CONTACTS]["value"] == "430"
    assert now[CONTACTS_YEAR]["rag"] == "green"
    assert now["plans", "month", JUNE]["rag"] == "red"


def test_whatever_becomes_of_the_folder_the_month_is_built_as_it_was_published(
    published: Desk, as_published: Shown
) -> None:
    change_everything(published)
    built = published.build(JUNE)
    again = shown(published)
    assert again.results == as_published.results
    assert again.cells == as_published.cells
    held_back = again.notes.pop(HELD_BACK)
    assert again.notes == {k: v for k, v in as_published.notes.items() if k != HELD_BACK}
    assert as_published.notes[HELD_BACK] == [["Nothing: they give what was published."]]
    assert held_back[0] == ["Indicator", "Breakdown", "Period", "Published", "Now"]
    by_name = {row[0]: row[-2:] for row in held_back[1:] if f"month {JUNE}" in row}
    assert by_name["=Contacts received"] == ["figure 430", "figure 999"]
    assert by_name["Conferences in time"][0].startswith("figure 75%; numerator 15; target 80")
    assert by_name["Conferences in time"][1].startswith("figure 25%; numerator 5; target 60")
    assert f"would change {len(held_back) - 1} lines" in built.published


def test_faults_in_the_folder_do_not_hinder_it(published: Desk, as_published: Shown) -> None:
    published.give("contacts,,Jun-24,,,430", "contacts,,Never,,,430")
    published.change("indicators/a.toml", 'code = "old"', 'code = "contacts"')
    with pytest.raises(UserError):
        published.build(JULY)
    assert "they have " in published.build(JUNE).published
    again = shown(published)
    assert "Run check to see them" in again.notes[HELD_BACK][0][0]
    assert (again.results, again.cells) == (as_published.results, as_published.cells)


def test_the_workbook_says_so_and_one_that_is_not_published_does_not(
    built: Desk, as_published: Shown, published_once: Desk
) -> None:
    assert "ublished" not in built.front(JUNE)
    assert not {HELD_BACK, LATER, "Published", "Restated figures"} & set(built.notes(JUNE))
    done = built.publish(JUNE)
    assert done.sentence == "Published on 10 March 2014, 09:30 by officer1"
    assert (done.figures, done.new, done.restated, done.edition) == (46, 46, 0, 1)
    assert published_once.front(JUNE).endswith(f"   |   {done.sentence}")
    assert as_published.notes["Published"][1] == ["Published", "10 March 2014, 09:30 by officer1"]
    assert as_published.notes[LATER] == [["Nothing."]]
    with read_history(published_once.folder, "small") as history:
        assert [event.kind for event in history.events()] == ["build", "publish", "build", "build"]


@pytest.mark.in_ci
def test_what_is_typed_later_is_kept_and_said_and_changes_nothing(
    published: Desk, as_published: Shown
) -> None:
    published.type(JUNE, {BOX: "An afterthought.", "hand_1_1": "Red"})
    for _ in range(2):
        # The second time the workbook has the published texts again; the later ones are not lost.
        built = published.build(JUNE)
        again = shown(published)
        assert (again.results, again.cells) == (as_published.results, as_published.cells)
        said = {row[1]: row for row in again.notes[LATER][1:]}
        assert set(said) == {"An afterthought.", "Red"}
        assert said["Red"][0] == "contacts"
        assert "listed on Notes: 2" in built.published
    listed = [row[4] for row in app.list_annotations(published.folder).rows]
    assert TYPED[BOX] in listed


@pytest.mark.in_ci
def test_a_correction_keeps_the_first_publication(published: Desk, as_published: Shown) -> None:
    published.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,441")
    published.type(JUNE, {BOX: "Eleven returns came late."})
    done = published.publish(JUNE, 5, again="Late returns")
    assert (done.edition, done.restated, done.new) == (2, 2, 0)
    assert [str(one) for one in done.changed] == [
        "contacts, month 2024-06: figure 430, now figure 441",
        "all, month 2024-06: figure 1640, now figure 1651",
    ]
    published.build(JUNE)
    now = published.results()
    june = now[CONTACTS]
    assert (june["value"], june["first_reported"], june["restated"]) == ("441", "430", "yes")
    assert now[CONTACTS_YEAR]["rag"] == "green"
    assert "Published again on 15 March 2014, 09:30 by officer1, first on" in published.front(JUNE)
    notes = published.notes(JUNE)
    assert notes["Published"][2][1].endswith("by officer1: Late returns")
    assert notes["Restated figures"][1:] == [
        ["=Contacts received", "the scorecard of June 2024", "Jun-24", "430", "441"],
        ["Contacts and referrals", "the scorecard of June 2024", "Jun-24", "1640", "1651"],
    ]
    second = app.copy_publication(published.folder, JUNE, 2, published.out)
    texts = {str(one) for one in cells(second.workbook, ("Log", "Notes")).values()}
    assert any("Eleven returns came late." in text for text in texts)
    first = app.copy_publication(published.folder, JUNE, 1, published.out)
    assert first.results.read_bytes() == as_published.results
    assert cells(first.workbook, ("Log", "Notes")) == as_published.cells
    assert HELD_BACK not in sections(first.workbook)
    with pytest.raises(CommandError, match="has no publication 3"):
        app.copy_publication(published.folder, JUNE, 3, published.out)
    with pytest.raises(CommandError, match="2024-07 is not published"):
        app.copy_publication(published.folder, JULY, 1, published.out)


@pytest.mark.in_ci
def test_restated_over_the_months(published: Desk) -> None:
    """June is published, then July with a corrected June; May's symbol becomes a number."""
    desk = published
    desk.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,431")
    desk.give("contacts,,May-24,,,c", "contacts,,May-24,,,420")
    desk.give("plans,,Apr-24,,,99\n", "")
    desk.add("contacts,,Jul-24,,,500", "plans,,Jul-24,,,101")
    desk.build(JULY)
    found = desk.results()
    columns = ("value", "first_reported", "restated")
    june, may, july = (found["contacts", "month", month] for month in (JUNE, "2024-05", JULY))
    assert [june[name] for name in columns] == ["431", "430", "yes"]
    assert [may[name] for name in columns] == ["420", "", "yes"]
    assert may["caution"].endswith("first reported [c]")
    assert [july[name] for name in columns] == ["500", "", ""]
    year = found["contacts", "ytd", "2024/25"]
    assert [year[name] for name in columns[1:]] == ["", ""]
    restated = desk.notes(JULY)["Restated figures"]
    assert ["=Contacts received", "the scorecard of June 2024", "Jun-24", "430", "431"] in restated
    assert ["=Contacts received", "the scorecard of June 2024", "May-24", "[c]", "420"] in restated
    assert ["Published before and not given any more", "1 figure"] in restated
    assert "ublished" not in desk.front(JULY)

    desk.publish(JULY)
    desk.build(JULY)
    july = desk.results()["contacts", "month", JULY]
    assert [july[name] for name in columns] == ["500", "500", ""]
    # A correction back to what was first reported is no restatement any more.
    desk.give("contacts,,Jun-24,,,431", "contacts,,Jun-24,,,430")
    desk.build("2024-08")
    june = desk.results()["contacts", "month", JUNE]
    assert [june[name] for name in columns] == ["430", "430", ""]
    # June's own workbook knows nothing of July's publication.
    desk.build(JUNE)
    assert ("contacts", "month", JULY) not in desk.results()
    assert {row["restated"] for row in desk.results().values()} == {""}


@pytest.mark.in_ci
def test_an_earlier_month_published_after_a_later_one(fresh: Desk) -> None:
    desk = fresh
    desk.add("contacts,,Jul-24,,,500")
    desk.build(JULY)
    desk.publish(JULY)
    desk.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,431")
    desk.build(JUNE)
    june = desk.results()[CONTACTS]
    assert (june["first_reported"], june["restated"]) == ("", "")
    desk.publish(JUNE)
    desk.build("2024-08")
    june = desk.results()[CONTACTS]
    assert (june["first_reported"], june["restated"]) == ("430", "yes")


def test_another_judgement_of_the_program_is_never_silent(
    published: Desk,
    as_published: Shown,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    judged = results._judged_columns

    def otherwise(line, period):  # type: ignore[no-untyped-def]
        row = judged(line, period)
        return {**row, "rag": "green"} if row.get("rag") == "red" else row

    monkeypatch.setattr(results, "_judged_columns", otherwise)
    built = published.build(JUNE)
    assert (published.out / "results.csv").read_bytes() == as_published.results
    assert "This version of the program would judge 2 lines another way" in built.published
    notes = published.notes(JUNE)
    (heading,) = (name for name in notes if "would judge another way" in name)
    assert {tuple(row[-2:]) for row in notes[heading][1:]} == {("status red", "status green")}
    arguments = ["build", str(published.folder), "--month", JUNE, "--out", str(published.out)]
    assert main([*arguments, "--publication", "1"]) == 0
    assert "would judge another way: 2" in capsys.readouterr().out


def nothing_built(desk: Desk) -> None:
    shutil.rmtree(desk.folder / app.HISTORY)


def as_it_is(_: Desk) -> None:
    """Nothing happened since the build."""


def published_before(desk: Desk) -> None:
    desk.publish(JUNE)


def figure_changed(desk: Desk) -> None:
    desk.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,999")


def target_changed(desk: Desk) -> None:
    desk.change("targets.csv", "point,80", "point,60")


def fault_in_extract(desk: Desk) -> None:
    desk.give("contacts,,Jun-24,,,430", "contacts,,Never,,,430")


def bad_status_typed(desk: Desk) -> None:
    desk.type(JUNE, {"hand_1_1": "Purple"})


def open_in_excel(desk: Desk) -> None:
    desk.book(JUNE).with_name(f"~${desk.book(JUNE).name}").write_bytes(b"\x08officer2")


def book_of_another_month(desk: Desk) -> None:
    desk.build(JULY)
    desk.book(JUNE).write_bytes(desk.book(JULY).read_bytes())


def interrupted(desk: Desk) -> None:
    with open_history(desk.folder, "small", STAMP) as history:
        history.begin(replace(work(1), month=JUNE))


@pytest.mark.parametrize(
    ("arrange", "more", "code", "said"),
    [
        (nothing_built, {}, "WB620", "No workbook of 2024-06 was built yet"),
        (published_before, {}, "WB621", "published on 10 March 2014, 09:30 by officer1"),
        (as_it_is, {"again": "Why"}, "WB622", "cannot be published again"),
        (figure_changed, {}, "WB623", "month 2024-06: figure 430, now figure 999"),
        (target_changed, {}, "WB623", "target 80, now target 60"),
        (interrupted, {}, "WB624", "interrupted"),
        (bad_status_typed, {}, "WB605", '"Purple" is not a status'),
        (open_in_excel, {}, "WB626", "The workbook is open"),
        (fault_in_extract, {}, "WB2", "Never"),
        (book_of_another_month, {}, "WB613", "month 2024-07"),
        (as_it_is, {"source": Path("none.xlsx")}, "WB611", "no such workbook"),
    ],
)
def test_what_is_refused(built: Desk, arrange, more, code: str, said: str) -> None:  # type: ignore[no-untyped-def]
    arrange(built)
    with read_history(built.folder, "small") as history:
        before = history.publications()
    with pytest.raises(UserError) as caught:
        built.publish(JUNE, **more)
    assert all(one.startswith(code) for one in codes(caught.value)), str(caught.value)
    assert said in str(caught.value)
    assert all(fault.fix for fault in caught.value.faults if fault.code.startswith("WB62"))
    with read_history(built.folder, "small") as history:
        assert history.publications() == before


def test_no_reason_and_no_month(fresh: Desk) -> None:
    with pytest.raises(CommandError, match="--again needs the reason"):
        fresh.publish(JUNE, again="  ")
    with pytest.raises(CommandError, match='"June" is not a month'):
        fresh.publish("June")


@pytest.mark.in_ci
def test_a_manual_figure_that_has_not_reached_the_sheets(fresh: Desk) -> None:
    desk = fresh
    code = 'code = "referrals"\n'
    desk.change("indicators/a.toml", code, f'{code}fed_from = "manual figures"\n')
    desk.give("referrals,,May-24,,,115\n", "")
    desk.build(JUNE)
    desk.type(JUNE, {"manual_month_1": "77"})
    with pytest.raises(UserError, match="WB623") as caught:
        desk.publish(JUNE)
    assert "now figure 77" in str(caught.value)
    desk.build(JUNE)
    desk.publish(JUNE)
    desk.type(JUNE, {"manual_month_1": "78"})
    desk.build(JUNE)
    assert desk.results()["referrals", "month", "2024-05"]["value"] == "77"
    assert ["referrals|value", "78"] in [row[:2] for row in desk.notes(JUNE)[LATER]]


@pytest.mark.parametrize("arrange", [figure_changed, target_changed, fault_in_extract])
def test_as_shown_publishes_what_the_workbook_shows(built: Desk, built_once: Desk, arrange) -> None:  # type: ignore[no-untyped-def]
    arrange(built)
    built.publish(JUNE, as_shown=True)
    copied = app.copy_publication(built.folder, JUNE, 1, built.out)
    shown = built_once.results()
    for key, row in built.results(copied.results.name).items():
        assert row == {**shown[key], "first_reported": row["value"]}


def test_the_words_of_the_command(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["publish", str(built.folder), JUNE, "--out", str(built.out)]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "June 2024: Published on" in said
    assert f"read from {built.book(JUNE)}" in said
    assert "Published for the first time: 46   Restated: 0   Typed entries: 5" in said
    assert main(arguments) == 1
    assert "WB621" in capsys.readouterr().err
    figure_changed(built)
    assert main([*arguments, "--again", "Late returns"]) == 0
    assert "Lines that differ from the publication before: 2" in capsys.readouterr().out
    assert main(["build", str(built.folder), "--publication", "1", "--from", "x.xlsx"]) == 2


def test_without_a_folder_named_the_workbook_of_the_last_build_is_read(fresh: Desk) -> None:
    fresh.build(JUNE)
    fresh.type(JUNE, {BOX: "Typed where the build put it."})
    done = app.publish(fresh.folder, JUNE, stamp=STAMP)
    assert done.workbook == fresh.book(JUNE)
    listed = [row[4] for row in app.list_annotations(fresh.folder).rows]
    assert "Typed where the build put it." in listed


def of_an_older_program(desk: Desk) -> None:
    """The history as version 1 of its tables had it: nothing of what an event had read."""
    with contextlib.closing(sqlite3.connect(desk.folder / "history" / "history.sqlite")) as found:
        found.executescript(
            "DROP TABLE inputs; DROP TABLE published; DELETE FROM schema_version;"
            "INSERT INTO schema_version VALUES (1);"
        )


def test_a_workbook_of_an_older_program(built: Desk) -> None:
    of_an_older_program(built)
    with pytest.raises(UserError, match="WB625"):
        built.publish(JUNE, as_shown=True)
    figure_changed(built)
    with pytest.raises(UserError, match="WB625"):
        built.publish(JUNE)
    built.give("contacts,,Jun-24,,,999", "contacts,,Jun-24,,,430")
    target_changed(built)
    with pytest.raises(UserError, match="WB625"):
        built.publish(JUNE)
    built.change("targets.csv", "point,60", "point,80")
    assert built.publish(JUNE).figures == 46


def test_what_this_version_cannot_read_is_refused_and_nothing_else_is_built(
    published: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (published.out / "results.csv").read_bytes()
    monkeypatch.setattr(
        "workbook_builder.app.published.read_extracts",
        lambda _: Catalogue.model_validate_json("{}"),
    )
    with pytest.raises(UserError, match="WB510"):
        published.build(JUNE)
    assert (published.out / "results.csv").read_bytes() == before
