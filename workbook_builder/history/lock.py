"""One writer at a time, known by user and machine to whoever has to wait."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.history.model import Stamp
from workbook_builder.history.schema import writer

PAUSE = 0.2
HELD = "since"


@contextmanager
def file_lock(file: Path, stamp: Stamp, wait: float) -> Iterator[None]:
    """Hold the lock beside a SQLite file; the system lets go of it when the process ends.

    Raises UserError saying who is at work when it is not free in time.
    """
    lock = FileLock(file.with_name("history.lock"))
    sidecar = file.with_name("history.at-work")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise UserError([_at_work(str(file.parent), *_told(sidecar))]) from None
    except OSError as error:
        what = f"The history's folder cannot be written to ({error.strerror})."
        fix = "Ask for the right to write into the scorecard's folder."
        raise UserError([Fault("WB505", what, Place(str(file.parent)), fix=fix)]) from error
    try:
        told = {"who": stamp.who, "machine": stamp.machine, HELD: stamp.at.isoformat()}
        sidecar.write_text(json.dumps(told), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            sidecar.unlink()
        lock.release()


def _told(sidecar: Path) -> tuple[str, str, str]:
    try:
        told = json.loads(sidecar.read_text(encoding="utf-8"))
        return str(told["who"]), str(told["machine"]), str(told[HELD])
    except (OSError, ValueError, KeyError):
        return "somebody", "another machine", "a moment ago"


@contextmanager
def row_lock(engine: Engine, scorecard: str, stamp: Stamp, wait: float) -> Iterator[None]:
    """Hold a row of the database; the server lets go of it when the connection ends."""
    with contextlib.suppress(IntegrityError), engine.begin() as connection:
        connection.execute(insert(writer).values(scorecard=scorecard, who="", machine="", since=""))
    row = select(writer).where(writer.c.scorecard == scorecard)
    deadline = time.monotonic() + wait
    connection = engine.connect()
    try:
        while True:
            try:
                connection.execute(row.with_for_update(nowait=True)).one()
                break
            except DBAPIError:
                connection.rollback()
            if time.monotonic() >= deadline:
                raise UserError([_at_work("database", *_in_row(engine, scorecard))])
            time.sleep(PAUSE)
        # Others read who is at work, so it is committed, and the row taken again at once.
        mine = update(writer).where(writer.c.scorecard == scorecard)
        connection.execute(
            mine.values(who=stamp.who, machine=stamp.machine, since=stamp.at.isoformat())
        )
        connection.commit()
        connection.execute(row.with_for_update())
        yield
    finally:
        connection.rollback()
        connection.close()


def _in_row(engine: Engine, scorecard: str) -> tuple[str, str, str]:
    with engine.connect() as connection:
        found = connection.execute(select(writer).where(writer.c.scorecard == scorecard)).first()
    if found is None or not found.who:
        return "somebody", "another machine", "a moment ago"
    return str(found.who), str(found.machine), str(found.since)


def _at_work(where: str, who: str, machine: str, since: str) -> Fault:
    what = (
        f"{who} on {machine} has been at work on this scorecard since "
        f"{since[:16].replace('T', ' ')} (UTC). Nothing was written."
    )
    return Fault("WB501", what, Place(where), fix="Wait until they are done and try again.")
