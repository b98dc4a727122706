"""The history on SQLite and on PostgreSQL: what counts, what never changes, who has to wait."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, update
from sqlalchemy.exc import DBAPIError

from tests.amount import amount_in_ci
from tests.building import ROOT
from tests.history.records import FILE, MONTH, STAMP, figure, freeze, typed, work
from workbook_builder.errors import UserError
from workbook_builder.history import History, open_history, read_history, schema
from workbook_builder.history.model import FigureRecord


@dataclass(frozen=True)
class Kept:
    """Where a history is kept in a test."""

    folder: Path
    url: str

    def open(self, wait: float = 0.5, scorecard: str = "one"):  # type: ignore[no-untyped-def]
        return open_history(self.folder, scorecard, STAMP, self.url, wait)

    def read(self, scorecard: str = "one"):  # type: ignore[no-untyped-def]
        return read_history(self.folder, scorecard, self.url)


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    if request.param == "sqlite":
        yield Kept(tmp_path, "")
        return
    url = request.getfixturevalue("postgres")
    yield Kept(tmp_path, url)
    engine = create_engine(url)
    schema.metadata.drop_all(engine)
    engine.dispose()


def done(history: History, values: dict[str, float | str | None], **other: object) -> int:
    """A finished refresh that reports these figures."""
    piece = replace(
        work(0), figures=tuple(figure(name, value) for name, value in values.items()), **other
    )
    return history.finish(history.begin(piece), 5).number


def values(figures: tuple[FigureRecord, ...]) -> dict[str, float | str | None]:
    return {one.indicator: one.value for one in figures}


def test_an_event_is_kept_with_all_it_was_made_of(kept: Kept) -> None:
    piece = replace(work(7, "build"), figures=(figure("a", 1.5), figure("b", "[c]")))
    with kept.open() as history:
        begun = history.begin(piece)
        history.finish(begun, 12)
        history.keep_structure("s1", "what it was made of")
    with kept.read() as history:
        (event,) = history.events()
        assert (event.kind, event.month, event.stamp, event.files) == (
            "build",
            MONTH,
            STAMP,
            (FILE,),
        )
        assert (event.figures_added, event.cells_written, event.typed_saved) == (2, 12, 20)
        assert (event.rows_read, event.rows_left_out) == (10, 1)
        assert history.figures() == piece.figures
        assert history.catalogue(event) == '{"id": "one"}'
        assert history.previous(event) == {"figures": "before 7"}
        assert history.structure("s1") == "what it was made of"
        assert history.structure("s2") is None
        assert history.last_change(MONTH) == event
        assert history.last_change("2024-05") is None


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        ({}, {"a": 1.0}, (1, 0, 0)),
        ({"a": 1.0}, {"a": 1.0}, (0, 0, 0)),
        ({"a": 1.0}, {"a": 2.0}, (0, 1, 0)),
        ({"a": 1.0}, {"a": "[c]"}, (0, 1, 0)),
        ({"a": None}, {"a": 0.0}, (0, 1, 0)),
        ({"a": 1.0, "b": 2.0}, {"b": 2.0, "c": 3.0}, (1, 0, 1)),
        ({"a": 0.1 + 0.2}, {"a": 0.3}, (0, 0, 0)),
        ({"a": 1e14}, {"a": 1e14 + 1}, (0, 1, 0)),
    ],
)
def test_what_is_new_and_what_is_changed(
    kept: Kept,
    before: dict[str, float | str | None],
    after: dict[str, float | str | None],
    counts: tuple[int, int, int],
) -> None:
    with kept.open() as history:
        done(history, before)
        done(history, after)
        event = history.events()[0]
        assert (event.figures_added, event.figures_changed, event.figures_removed) == counts
        assert values(history.figures()).keys() == after.keys()
        assert values(history.figures_before(event)).keys() == before.keys()


def test_what_was_begun_and_never_finished_counts_for_nothing(kept: Kept) -> None:
    with kept.open() as history:
        done(history, {"a": 1.0})
        history.begin(replace(work(0), figures=(figure("a", 9.0),), typed=(typed("kept"),)))
        assert values(history.figures()) == {"a": 1.0}
        assert len(history.events()) == len(history.unfinished()) == 1
        done(history, {"a": 2.0})
        assert history.events()[0].figures_changed == 1
    with kept.read() as history:
        assert "kept" in [one.content for one in history.typed(gone=True)]
        found = [record.value for _, record in history.figure_versions("a", "", "month 2024-06")]
        assert found == [1.0, 2.0]


def test_typed_entries_go_and_come_back(kept: Kept) -> None:
    first, second = typed("one"), typed("two")
    with kept.open() as history:
        assert history.save_typed(MONTH, "book", [first]) == 1
        assert history.save_typed(MONTH, "book", [replace(first, cell="Z99")]) == 0
        assert history.save_typed(MONTH, "book", [second]) == 1
        assert history.save_typed(MONTH, "book", []) == 0
        assert history.typed() == ()
        assert [one.content for one in history.typed(gone=True)] == ["two"]
        assert history.save_typed(MONTH, "book", [second]) == 1
        assert history.typed(MONTH) == (second,)
        assert history.typed("2024-05") == ()
        versions = history.typed_versions(*first.identity)
    assert [record.content if record else None for _, record in versions] == [
        "one",
        "two",
        None,
        "two",
    ]


def test_undo_goes_back_one_refresh_at_a_time(kept: Kept) -> None:
    with kept.open() as history:
        assert history.to_undo(MONTH) is None
        first, second = done(history, {"a": 1.0}), done(history, {"a": 2.0})
        newest = history.to_undo(MONTH)
        assert newest is not None
        assert newest.number == second
        done(history, {"a": 1.0}, kind="undo", undoes=second)
        left = history.to_undo(MONTH)
        assert left is not None
        assert left.number == first
        done(history, {}, kind="undo", undoes=first)
        assert history.to_undo(MONTH) is None
        assert history.to_undo("2024-05") is None


def test_scorecards_in_one_database_do_not_meet(kept: Kept) -> None:
    with kept.open() as history:
        done(history, {"a": 1.0})
    with kept.open(scorecard="two") as history:
        assert history.figures() == ()
        done(history, {"a": 5.0})
        assert history.events()[0].figures_added == 1
    with kept.read() as history:
        assert values(history.figures()) == {"a": 1.0}


@pytest.mark.parametrize("table", schema.KEPT, ids=lambda table: table.name)
def test_nothing_is_changed_or_taken_out(kept: Kept, table) -> None:  # type: ignore[no-untyped-def]
    with kept.open() as history:
        history.finish(history.begin(work(1)), 1)
        history.keep_structure("s1", "x")
        history.publish(freeze(2))
        engine = history._engine
        assert engine is not None
        for statement in (delete(table), update(table).values(scorecard="two")):
            with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
                connection.execute(statement)


def start(what: str, kept: Kept) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.history.holder", what, str(kept.folder), kept.url]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() in ("held", "ready")
    return process


@pytest.mark.in_ci
def test_a_second_writer_is_told_who_is_at_work_and_a_dead_one_blocks_nobody(kept: Kept) -> None:
    holder = start("hold", kept)
    try:
        with pytest.raises(UserError) as caught, kept.open(wait=0.5):
            pass
        (fault,) = caught.value.faults
        assert fault.code == "WB501"
        assert (
            "officer2 on desk2 has been at work on this scorecard since 2024-07-01 09:00"
            in fault.what
        )
        with kept.read() as history:
            assert history.events() == ()
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with kept.open(wait=10) as history:
        done(history, {"a": 1.0})


def test_a_second_writer_waits_its_turn(kept: Kept) -> None:
    holder = start("hold", kept)
    time.sleep(0.2)
    holder.send_signal(signal.SIGTERM)
    with kept.open(wait=30) as history:
        done(history, {"a": 1.0})
    holder.wait()


@pytest.mark.in_ci
def test_killed_at_any_moment_it_holds_whole_events_only(
    kept: Kept, request: pytest.FixtureRequest
) -> None:
    """A process writes events and is killed, again and again; each event that counts is whole."""
    chance, finished = random.Random(5), 0
    for _ in range(amount_in_ci(request.config, 8, 50)):
        process = start("work", kept)
        # A busy machine needs longer to get anything done at all.
        time.sleep(chance.uniform(0.0, 0.25 if finished else 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with kept.read() as history:
            state = values(history.figures())
            events = history.events()
        if events:
            assert set(state.values()) == {float(events[0].cells_written)}
            assert len(state) == 200
        assert len(events) >= finished
        finished = len(events)
    assert finished > 0


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["finish", "abandon"]),
        st.dictionaries(st.sampled_from("abcd"), st.sampled_from([1.0, 2.0, "[c]", None])),
    ),
    max_size=8,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(operations=OPERATIONS)
def test_any_order_of_work_against_a_plain_recount(
    tmp_path_factory: pytest.TempPathFactory,
    operations: list[tuple[str, dict[str, float | str | None]]],
) -> None:
    counted: dict[str, float | str | None] = {}
    with open_history(tmp_path_factory.mktemp("any"), "one", STAMP) as history:
        for what, figures in operations:
            piece = replace(work(0), figures=tuple(figure(k, v) for k, v in figures.items()))
            event = history.begin(piece)
            both = counted.keys() & figures.keys()
            assert event.figures_added == len(figures.keys() - counted.keys())
            assert event.figures_removed == len(counted.keys() - figures.keys())
            assert event.figures_changed == sum(counted[k] != figures[k] for k in both)
            if what == "finish":
                history.finish(event, 1)
                counted = figures
            assert values(history.figures()) == counted
