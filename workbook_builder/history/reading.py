"""Looking things up in a history. Nothing here changes it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select

from workbook_builder.errors import InternalError
from workbook_builder.history import rows, schema
from workbook_builder.history.model import (
    Event,
    FigureRecord,
    FileRecord,
    Publication,
    Stamp,
    TypedRecord,
)
from workbook_builder.history.recoded import Recoding

SAYS_REPLACES = re.compile(r'"replaces": ?(\["|"[^"])')

Identity = tuple[str, str, str]
TypedIdentity = tuple[str, str, str, str]


class Reading:
    """A scorecard's history as it is; empty where there is none yet."""

    def __init__(self, engine: Engine | None, scorecard: str) -> None:
        self._engine = engine
        self._scorecard = scorecard

    def events(self, limit: int | None = None, month: str = "") -> tuple[Event, ...]:
        """Finished builds, refreshes and undos, newest first."""
        with self._looking() as connection:
            return self._events(connection, done=True, month=month)[:limit]

    def unfinished(self) -> tuple[Event, ...]:
        """What was begun and never finished, newest first."""
        with self._looking() as connection:
            return self._events(connection, done=False)

    def last_change(self, month: str) -> Event | None:
        """The newest finished event of a month's workbook."""
        return next(iter(self.events(1, month)), None)

    def to_undo(self, month: str) -> Event | None:
        """The newest finished refresh of a month's workbook that no undo took back."""
        found = self.events(month=month)
        undone = {event.undoes for event in found if event.kind == "undo"}
        refreshes = (e for e in found if e.kind == "refresh" and e.number not in undone)
        return next((event for event in refreshes if event.cells_written), None)

    def before(self, event: Event) -> Event | None:
        """The finished event of the same month before an event: what its workbook was made by."""
        found = (one for one in self.events(month=event.month) if one.number < event.number)
        return next(found, None)

    def figures(self, until: str = "") -> tuple[FigureRecord, ...]:
        """The figures after the last finished event, or as the workbook of a month knows them."""
        return tuple(self._state(until=until).values())

    def figures_before(self, event: Event) -> tuple[FigureRecord, ...]:
        """The figures as they were before an event in its month's workbook."""
        return tuple(self._state(before=event.number, until=event.month).values())

    def figure_versions(
        self, indicator: str, breakdown: str, period: str
    ) -> tuple[tuple[Event, FigureRecord | None], ...]:
        """Every version of a figure, oldest first; None where it was taken out."""
        table = schema.figures
        with self._looking() as connection:
            events = {event.number: event for event in self._events(connection, done=True)}
            found = self._all(
                connection,
                table,
                table.c.indicator == indicator,
                table.c.breakdown == breakdown,
                table.c.period == period,
            )
            return tuple(
                (events[row.event], None if row.gone else rows.figure_of(row))
                for row in found
                if row.event in events
            )

    def typed(
        self, month: str = "", gone: bool = False, until: int | None = None
    ) -> tuple[TypedRecord, ...]:
        """The latest version of everything typed; `gone` adds what workbooks no longer have.

        until leaves out what came after a publication: its `typed_until`.
        """
        with self._looking() as connection:
            found = self._typed_versions(connection, month, until)
        return tuple(record for was_gone, record in found.values() if gone or not was_gone)

    def ever_typed(self, month: str, until: int | None = None) -> tuple[TypedRecord, ...]:
        """Every version of everything typed in a month's workbook, until as with `typed`."""
        with self._looking() as connection:
            found = self._all(connection, schema.typed, *_until(month, until))
            return tuple(rows.typed_of(row) for row in found if not row.gone)

    def latest(self, kind: str) -> tuple[TypedRecord, ...]:
        """What was typed of a kind, of whichever month's workbook; what was emptied is no more.

        Workbooks of several months show the same cell: what the latest of them has counts.
        """
        with self._looking() as connection:
            found = self._typed_versions(connection, "")
        latest: dict[tuple[str, str], tuple[bool, TypedRecord]] = {}
        for gone, record in sorted(found.values(), key=lambda one: one[1].month):
            if record.kind == kind:
                latest[record.key, record.slot] = (gone, record)
        return tuple(record for gone, record in latest.values() if not gone)

    def typed_versions(
        self, key: str, slot: str, month: str, kind: str
    ) -> tuple[tuple[Stamp, TypedRecord | None], ...]:
        """Every version of one thing typed, oldest first; None where it was taken out."""
        table = schema.typed
        with self._looking() as connection:
            found = self._all(
                connection,
                table,
                table.c.key == key,
                table.c.slot == slot,
                table.c.month == month,
                table.c.kind == kind,
            )
            return tuple(
                (rows.stamp_of(row), None if row.gone else rows.typed_of(row)) for row in found
            )

    def typed_at(self, month: str) -> dt.datetime | None:
        """When a month's workbook was last looked at for what people typed."""
        with self._looking() as connection:
            found = self._all(connection, schema.typed, schema.typed.c.month == month)
            times = [dt.datetime.fromisoformat(row.at) for row in found]
            times += [e.stamp.at for e in self._events(connection, done=True, month=month)]
        return max(times, default=None)

    def previous(self, event: Event) -> Mapping[str, str]:
        """What stood in the workbook before an event, by region."""
        table = schema.previous
        with self._looking() as connection:
            found = self._all(connection, table, table.c.event == event.number)
            return {row.region: rows.unpacked(row.body) for row in found}

    def catalogue(self, event: Event) -> str:
        """The definitions and targets by which an event's figures were judged, as JSON."""
        table = schema.events
        with self._looking() as connection:
            row = next(iter(self._all(connection, table, table.c.number == event.number)))
            return self._text(connection, row.catalogue) or ""

    def structure_of(self, event: Event) -> str:
        """The digest of the inventory of the workbook that an event was about."""
        table = schema.events
        with self._looking() as connection:
            row = next(iter(self._all(connection, table, table.c.number == event.number)))
            return str(row.structure)

    def structure(self, digest: str) -> str | None:
        """The inventory kept under a digest."""
        with self._looking() as connection:
            return self._text(connection, digest)

    def publications(self, month: str = "", until: str = "") -> tuple[Publication, ...]:
        """What was published, oldest first: of one month, or of the months up to one."""
        editions: Counter[str] = Counter()
        found = []
        with self._looking() as connection:
            for row in self._newer(connection, schema.published):
                editions[row.month] += 1
                found.append(rows.publication_of(row, editions[row.month]))
        return tuple(
            one
            for one in found
            if (not month or one.month == month) and (not until or one.month <= until)
        )

    def typed_since(self, publication: Publication) -> tuple[tuple[Stamp, TypedRecord], ...]:
        """What was typed into a month's workbook after it was published: the last version of each.

        Such versions count even where the workbook was built again as it was published since.
        """
        table = schema.typed
        with self._looking() as connection:
            then = self._typed_versions(connection, publication.month, publication.typed_until)
            found = self._all(
                connection,
                table,
                table.c.month == publication.month,
                table.c.id > publication.typed_until,
            )
        before = {key: record.said for key, (gone, record) in then.items() if not gone}
        later: dict[TypedIdentity, tuple[Stamp, TypedRecord]] = {}
        for row in found:
            record = rows.typed_of(row)
            if not row.gone and before.get(record.identity) != record.said:
                later[record.identity] = (rows.stamp_of(row), record)
        return tuple(later.values())

    def extracts_of(self, event: Event) -> str:
        """Everything read for an event, as text; empty where an older version wrote it."""
        table = schema.inputs
        with self._looking() as connection:
            found = self._newer(connection, table, table.c.event == event.number)
            return (self._text(connection, found[0].extracts) or "") if found else ""

    def knows(self, indicator: str) -> bool:
        """Whether there ever was a figure under a code; true of all in an empty history."""
        table = schema.figures
        with self._looking() as connection:
            if not self._all(connection, schema.finished):
                return True
            query = select(table.c.indicator).where(
                table.c.scorecard == self._scorecard, table.c.indicator == indicator
            )
            found = connection.execute(query.limit(1)).first() if connection else None
        return found is not None

    def recodings(self, until: int | None = None) -> tuple[Recoding, ...]:
        """Earlier codes and those that took their place, by every catalogue that was ever kept.

        until is the number of the last event that counts.
        """
        with self._looking() as connection:
            rows_of = self._all(connection, schema.events)
            held = {one.catalogue for one in rows_of if until is None or one.number <= until}
            texts = [self._text(connection, digest) or "" for digest in sorted(held)]
        found: set[Recoding] = set()
        for text in texts:
            # Most catalogues say nothing of it, and need not be read.
            if SAYS_REPLACES.search(text):
                for one in json.loads(text)["indicators"]:
                    olds = one.get("replaces") or ()
                    olds = (olds,) if isinstance(olds, str) else olds
                    found |= {(old, one["code"]) for old in olds}
        return tuple(sorted(found))

    def text(self, digest: str) -> str:
        """A text of a publication by its digest. Raises InternalError where it is lost."""
        with self._looking() as connection:
            found = self._text(connection, digest)
        if found is None:
            raise InternalError("a text of the history is missing")
        return found

    def _text(self, connection: Connection | None, digest: str) -> str | None:
        table = schema.texts
        found = self._all(connection, table, table.c.digest == digest)
        return rows.unpacked(found[0].body) if found else None

    def _state(self, before: int | None = None, until: str = "") -> dict[Identity, FigureRecord]:
        """The versions of finished events laid over one another, those of later months on top.

        What the workbook of a later month knows is not known to that of an earlier one: `until`
        leaves it out, and building an earlier month again takes nothing away from a later one.
        """
        table, state = schema.figures, dict[Identity, FigureRecord]()
        with self._looking() as connection:
            done = {
                event.number: event.month
                for event in self._events(connection, done=True)
                if not until or event.month <= until
            }
            found = [row for row in self._all(connection, table) if row.event in done]
            for row in sorted(found, key=lambda row: done[row.event]):
                if before is not None and row.event >= before:
                    continue
                record = rows.figure_of(row)
                if row.gone:
                    state.pop(record.identity, None)
                else:
                    state[record.identity] = record
        return state

    def _typed_versions(
        self, connection: Connection | None, month: str, until: int | None = None
    ) -> dict[TypedIdentity, tuple[bool, TypedRecord]]:
        """The latest version of each, and whether it is gone."""
        found: dict[TypedIdentity, tuple[bool, TypedRecord]] = {}
        for row in self._all(connection, schema.typed, *_until(month, until)):
            record = rows.typed_of(row)
            found[record.identity] = (bool(row.gone), record)
        return found

    def _events(
        self, connection: Connection | None, done: bool, month: str = ""
    ) -> tuple[Event, ...]:
        table = schema.events
        conditions = [table.c.month == month] if month else []
        found = self._all(connection, table, *conditions)
        cells = {row.event: row.cells_written for row in self._all(connection, schema.finished)}
        files: dict[int, list[FileRecord]] = {}
        for row in self._all(connection, schema.files):
            one = FileRecord(row.name, row.sha256, row.rows_read, row.rows_used, row.rows_left_out)
            files.setdefault(row.event, []).append(one)
        held = {row.event: row.held_back for row in self._newer(connection, schema.inputs)}
        events = [
            rows.event_of(
                row,
                cells.get(row.number, 0),
                tuple(files.get(row.number, ())),
                held.get(row.number, 0),
            )
            for row in found
            if (row.number in cells) is done
        ]
        return tuple(reversed(events))

    def _all(self, connection: Connection | None, table: Any, *conditions: Any) -> list[Any]:
        """The scorecard's rows of a table in the order in which they were added."""
        if connection is None:
            return []
        query = select(table).where(table.c.scorecard == self._scorecard, *conditions)
        ordered = query.order_by(*table.primary_key.columns)
        return list(connection.execute(ordered))

    def _newer(self, connection: Connection | None, table: Any, *conditions: Any) -> list[Any]:
        """Rows of a table that a history of an older version does not have yet."""
        if connection is None or not inspect(connection).has_table(table.name):
            return []
        return self._all(connection, table, *conditions)

    @contextmanager
    def _looking(self) -> Iterator[Connection | None]:
        if self._engine is None:
            yield None
            return
        with self._engine.connect() as connection:
            yield connection


def _until(month: str, until: int | None) -> list[Any]:
    """What of the typing is meant: of one month or all, up to a publication or all."""
    conditions: list[Any] = [schema.typed.c.month == month] if month else []
    return conditions if until is None else [*conditions, schema.typed.c.id <= until]
