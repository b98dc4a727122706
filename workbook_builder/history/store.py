"""The history opened: reading, and the few ways in which it grows.

What is about to be done is written down in one transaction (`begin`), and counts once the workbook
was written (`finish`). A process killed in between leaves an event that counts for nothing, and
what people typed, which always counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from workbook_builder.errors import Fault, InternalError, Place, UserError
from workbook_builder.history import rows, schema
from workbook_builder.history.lock import file_lock, row_lock
from workbook_builder.history.model import (
    Event,
    FileRecord,
    Stamp,
    TypedRecord,
    Work,
    with_cells,
)
from workbook_builder.history.place import HistoryPlace
from workbook_builder.history.reading import Reading, TypedIdentity

WAIT = 10.0


@contextmanager
def open_history(
    folder: Path, scorecard: str, stamp: Stamp, url: str = "", wait: float = WAIT
) -> Iterator[History]:
    """Open a scorecard's history for work, as the only one. Raises UserError in plain words."""
    place = HistoryPlace(folder, url)
    place.prepare()
    with ExitStack() as held:
        if place.is_file:
            held.enter_context(file_lock(place.file, stamp, wait))
            place.check()
            place.back_up(stamp.at.date())
        engine = place.engine()
        held.callback(engine.dispose)
        _make(engine, place)
        if not place.is_file:
            held.enter_context(row_lock(engine, scorecard, stamp, wait))
        yield History(engine, scorecard, stamp)


@contextmanager
def read_history(folder: Path, scorecard: str, url: str = "") -> Iterator[Reading]:
    """Look into a history without a lock; one that does not exist yet is empty."""
    place = HistoryPlace(folder, url)
    place.check()
    if place.is_file and not place.file.exists():
        yield Reading(None, scorecard)
        return
    engine = place.engine()
    try:
        try:
            empty = not inspect(engine).has_table(schema.version.name)
            if not empty:
                _check_version(engine, place)
        except SQLAlchemyError as error:
            raise _unusable(place, error) from error
        yield Reading(None if empty else engine, scorecard)
    finally:
        engine.dispose()


def _make(engine: Engine, place: HistoryPlace) -> None:
    """The tables, where they are not there yet."""
    try:
        if inspect(engine).has_table(schema.version.name):
            _check_version(engine, place)
            return
        with engine.begin() as connection:
            schema.metadata.create_all(connection)
            connection.execute(insert(schema.version).values(version=schema.SCHEMA_VERSION))
    except SQLAlchemyError as error:
        raise _unusable(place, error) from error


def _unusable(place: HistoryPlace, error: Exception) -> UserError:
    said = type(getattr(error, "orig", None) or error).__name__
    what = f"The history's database cannot be used ({said})."
    fix = "See that it can be reached and that you may write to it."
    return UserError([Fault("WB507", what, Place(_shown(place)), fix=fix)])


def _check_version(engine: Engine, place: HistoryPlace) -> None:
    with engine.connect() as connection:
        found = connection.execute(select(func.max(schema.version.c.version))).scalar()
    if found is not None and found > schema.SCHEMA_VERSION:
        what = "The history was written by a newer version of Workbook Builder."
        raise UserError([Fault("WB504", what, Place(_shown(place)), fix="Install that version.")])


def _shown(place: HistoryPlace) -> str:
    """Where a history is, without the password that an address may hold."""
    return str(place.file) if place.is_file else place.url.rpartition("@")[2]


class History(Reading):
    """A history open for work. Made by open_history."""

    def __init__(self, engine: Engine, scorecard: str, stamp: Stamp) -> None:
        super().__init__(engine, scorecard)
        self._stamp = stamp

    def begin(self, work: Work) -> Event:
        """Write down what is about to be done, in one transaction; `finish` makes it count."""
        change = rows.difference(self._state(until=work.month), work.figures)
        with self._writing() as connection:
            digest = self._keep(connection, work.catalogue)
            saved = self._save_typed(connection, work.month, work.workbook, work.typed)
            saved += work.typed_before
            number = self._event(connection, work, change, digest, saved)
            self._add(connection, schema.files, [_file_row(one, number) for one in work.files])
            figures = [rows.figure_row(one, False) for one in (*change.added, *change.changed)]
            figures += [rows.figure_row(one, True) for one in change.removed]
            self._add(connection, schema.figures, [{**row, "event": number} for row in figures])
            before = [
                {"event": number, "region": region, "body": rows.packed(text)}
                for region, text in work.previous.items()
            ]
            self._add(connection, schema.previous, before)
            row = connection.execute(
                select(schema.events).where(schema.events.c.number == number)
            ).one()
            return rows.event_of(row, 0, work.files)

    def finish(self, event: Event, cells_written: int) -> Event:
        """The workbook was written: from now on the event and its figures count.

        Raises UserError where that cannot be noted.
        """
        row = {
            "event": event.number,
            "cells_written": cells_written,
            "at": self._stamp.at.isoformat(),
        }
        try:
            with self._writing() as connection:
                self._add(connection, schema.finished, [row])
        except UserError as error:
            what = "The workbook was written, but the history could not note it."
            fix = "See that its folder or database can be written to, and do the same again."
            raise UserError([Fault("WB508", what, fix=fix)], interrupted=True) from error
        return with_cells(event, cells_written)

    def save_typed(self, month: str, workbook: str, typed: Iterable[TypedRecord]) -> int:
        """Keep what people typed in a month's workbook; how much of it was new or changed."""
        with self._writing() as connection:
            return self._save_typed(connection, month, workbook, tuple(typed))

    def keep_structure(self, digest: str, text: str) -> None:
        """Keep the inventory of a workbook under the digest that the workbook carries."""
        if self.structure(digest) is None:
            with self._writing() as connection:
                self._add(connection, schema.texts, [{"digest": digest, "body": rows.packed(text)}])

    def _save_typed(
        self, connection: Connection, month: str, workbook: str, typed: tuple[TypedRecord, ...]
    ) -> int:
        before = self._typed_versions(connection, month)
        last_in = self._workbooks(connection, month)
        now = {record.identity: record for record in typed}
        new = [
            (record, False)
            for key, record in now.items()
            if key not in before or before[key][0] or before[key][1].said != record.said
        ]
        gone = [
            (record, True)
            for key, (was_gone, record) in before.items()
            if key not in now and not was_gone and Path(last_in[key]).stem == Path(workbook).stem
        ]
        common = {"workbook": workbook, **rows.stamp_row(self._stamp)}
        found = [{**rows.typed_row(record, out), **common} for record, out in [*new, *gone]]
        self._add(connection, schema.typed, found)
        return len(new)

    def _workbooks(self, connection: Connection, month: str) -> dict[TypedIdentity, str]:
        """The workbook in which each typed entry was last seen.

        That another workbook does not have it says nothing about it.
        """
        table = schema.typed
        found = self._all(connection, table, table.c.month == month)
        return {rows.typed_of(row).identity: row.workbook for row in found}

    def _event(
        self,
        connection: Connection,
        work: Work,
        change: rows.Difference,
        catalogue: str,
        saved: int,
    ) -> int:
        result = connection.execute(
            insert(schema.events).values(
                scorecard=self._scorecard,
                kind=work.kind,
                month=work.month,
                workbook=work.workbook,
                undoes=work.undoes,
                figures_added=len(change.added),
                figures_changed=len(change.changed),
                figures_removed=len(change.removed),
                typed_saved=saved,
                rows_read=sum(one.rows_read for one in work.files),
                rows_left_out=sum(one.rows_left_out for one in work.files),
                catalogue=catalogue,
                structure=work.structure,
                **rows.stamp_row(self._stamp),
            )
        )
        key = result.inserted_primary_key
        if key is None:
            raise InternalError("the database gave an event no number")
        return int(key[0])

    def _keep(self, connection: Connection, text: str) -> str:
        digest = rows.digest_of(text)
        known = select(schema.texts.c.digest).where(
            schema.texts.c.scorecard == self._scorecard, schema.texts.c.digest == digest
        )
        if connection.execute(known).first() is None:
            self._add(connection, schema.texts, [{"digest": digest, "body": rows.packed(text)}])
        return digest

    def _add(self, connection: Connection, table: Any, found: list[dict[str, Any]]) -> None:
        if found:
            mine = [{**row, "scorecard": self._scorecard} for row in found]
            connection.execute(insert(table), mine)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction. Raises UserError where the place cannot be written to."""
        assert self._engine is not None
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            said = type(error.orig).__name__ if error.orig else type(error).__name__
            what = f"The history cannot be written to ({said}). Nothing was written."
            fix = "See that its folder or database can be reached and written to."
            raise UserError([Fault("WB505", what, fix=fix)]) from error


def _file_row(one: FileRecord, event: int) -> dict[str, Any]:
    return {
        "event": event,
        "name": one.name,
        "sha256": one.sha256,
        "rows_read": one.rows_read,
        "rows_used": one.rows_used,
        "rows_left_out": one.rows_left_out,
    }
