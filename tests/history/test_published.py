"""Publications in the history, on SQLite and on PostgreSQL: whole, kept, of older versions too."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.amount import amount_in_ci
from tests.history.records import MONTH, STAMP, figure, freeze, typed, work
from tests.history.test_history import Kept, kept, start
from workbook_builder.errors import InternalError
from workbook_builder.history import History, schema
from workbook_builder.history.model import Publication
from workbook_builder.history.place import HistoryPlace

__all__ = ["kept"]


def texts(history: History, publication: Publication) -> list[str]:
    digests = (
        publication.catalogue,
        publication.typed,
        publication.results,
        publication.reported,
        publication.extracts,
    )
    return [history.text(one) for one in digests]


def written(number: int) -> list[str]:
    return [
        f"{what} {number}" for what in ("catalogue", "typed", "results", "reported", "extracts")
    ]


def test_a_publication_is_kept_with_all_it_is_made_of(kept: Kept) -> None:
    with kept.open() as history:
        done = history.publish(freeze(1))
        again = history.publish(freeze(2, reason="Late returns"))
        other = history.publish(freeze(3, "2024-05"))
    with kept.read() as history:
        assert history.publications() == (done, again, other)
        assert history.publications(MONTH) == (done, again)
        assert history.publications(until="2024-05") == (other,)
        assert [(one.edition, one.reason) for one in (done, again, other)] == [
            (1, ""),
            (2, "Late returns"),
            (1, ""),
        ]
        assert (done.month, done.stamp) == (MONTH, STAMP)
        for number, one in enumerate((done, again, other), start=1):
            assert texts(history, one) == written(number)
        events = {event.number: event.kind for event in history.events()}
        assert events[done.event] == events[again.event] == "publish"
        with pytest.raises(InternalError):
            history.text("0" * 64)
    with kept.read("two") as history:
        assert history.publications() == ()


def test_what_was_typed_after_a_publication(kept: Kept) -> None:
    first, changed = typed("one", "a"), typed("two", "a")
    with kept.open() as history:
        history.save_typed(MONTH, "book", [first, typed("same", "b")])
        done = history.publish(
            replace(freeze(1), work=replace(work(1), typed=(first, typed("same", "b"))))
        )
        assert history.typed_since(done) == ()
        history.save_typed(MONTH, "Scorecard 2024-06.xlsx", [changed, typed("same", "b")])
        history.save_typed(MONTH, "Scorecard 2024-06.xlsx", [first, typed("new", "c")])
        # Put back as it was, what was typed in between is still known.
        later = history.typed_since(done)
        assert [(stamp, record.content) for stamp, record in later] == [
            (STAMP, "two"),
            (STAMP, "new"),
        ]
        known = history.typed(MONTH, until=done.typed_until)
        assert {record.content for record in known} == {"one", "same"}


def test_what_an_event_was_computed_from(kept: Kept) -> None:
    with kept.open() as history:
        piece = replace(work(1), extracts="what was read", held_back=4)
        first = history.finish(history.begin(piece), 3)
        second = history.finish(history.begin(work(2)), 3)
        assert (history.extracts_of(first), first.held_back) == ("what was read", 4)
        assert history.extracts_of(second) == ""
        assert history.events()[1].held_back == 4
        assert history.before(second) == first
        assert history.before(first) is None


def test_a_history_of_version_1_is_brought_forward_with_a_copy(kept: Kept) -> None:
    with kept.open() as history:
        number = history.finish(history.begin(replace(work(0), figures=(figure("a", 1.5),))), 5)
        engine = history._engine
        assert engine is not None
        with engine.begin() as connection:
            for name in ("published", "inputs"):
                connection.execute(text(f"DROP TABLE {name}"))
            connection.execute(text("DELETE FROM schema_version"))
            connection.execute(text("INSERT INTO schema_version VALUES (1)"))
    with kept.read() as history:
        # Looking changes nothing.
        assert history.publications() == ()
        assert history.extracts_of(number) == ""
        assert [one.number for one in history.events()] == [number.number]
    with kept.open() as history:
        assert [one.number for one in history.events()] == [number.number]
        assert [one.value for one in history.figures()] == [1.5]
        assert history.extracts_of(number) == ""
        done = history.publish(freeze(1))
        assert history.publications() == (done,)
    place = HistoryPlace(kept.folder, kept.url)
    engine = place.engine()
    with engine.connect() as connection:
        versions = connection.execute(text("SELECT version FROM schema_version ORDER BY version"))
        assert [row[0] for row in versions] == [1, schema.SCHEMA_VERSION]
    engine.dispose()
    copy = kept.folder / "history" / "backups" / "history before version 2.sqlite"
    assert copy.exists() is place.is_file
    if place.is_file:
        older = create_engine(f"sqlite:///{copy}")
        names = inspect(older).get_table_names()
        older.dispose()
        assert "events" in names
        assert "published" not in names


@pytest.mark.in_ci
def test_killed_while_publishing_nothing_is_half_published(
    kept: Kept, request: pytest.FixtureRequest
) -> None:
    chance, finished = random.Random(6), 0
    for _ in range(amount_in_ci(request.config, 4, 50)):
        process = start("publish", kept)
        # A busy machine needs longer to get anything done at all.
        time.sleep(chance.uniform(0.0, 0.25 if finished else 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with kept.read() as history:
            publications = history.publications()
            done = {event.number for event in history.events()}
            assert history.unfinished() == ()
            assert {one.event for one in publications} == done
            if publications:
                last = publications[-1]
                number = history.text(last.results).removeprefix("results ")
                assert texts(history, last) == written(int(number))
                assert {one.value for one in history.figures()} == {float(number)}
        assert len(publications) >= finished
        finished = len(publications)
    assert finished > 0
    with kept.open(wait=10) as history:
        assert history.publish(freeze(7)).edition == finished + 1
