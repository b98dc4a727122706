"""Where a history is: a SQLite file in the scorecard's folder, or any database by its URL."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from workbook_builder.errors import Fault, Place, UserError

FOLDER, FILE, BACKUPS = "history", "history.sqlite", "backups"
KEPT_BACKUPS = 30
# What sync programs make of a file that two machines changed: history-LAPTOP7.sqlite, ...
COPY = re.compile(r"history.+\.(sqlite3?|db)", re.IGNORECASE)


@dataclass(frozen=True)
class HistoryPlace:
    """One history. Without a URL it is a file below the scorecard's folder."""

    folder: Path
    url: str = ""

    @property
    def file(self) -> Path:
        return self.folder / FOLDER / FILE

    @property
    def is_file(self) -> bool:
        return not self.url

    def engine(self) -> Engine:
        """Connect. Raises UserError for an address that no database has."""
        if not self.is_file:
            return self._database()
        engine = create_engine(f"sqlite:///{self.file}", poolclass=NullPool)
        event.listen(engine, "connect", _careful)
        event.listen(engine, "begin", _begin)
        return engine

    def _database(self) -> Engine:
        try:
            return create_engine(self.url, poolclass=NullPool)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            what = "The address of the history's database cannot be used."
            fix = 'Write it like "postgresql+pg8000://user@server/database" and install its driver.'
            place = Place("scorecard.toml", field="history")
            raise UserError([Fault("WB506", what, place, fix=fix)]) from error

    def prepare(self) -> None:
        """Make the folder and see that the file is whole and the only one. Raises UserError."""
        if not self.is_file:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"The history's folder cannot be made ({error.strerror})."
            fix = "Ask for the right to write into the scorecard's folder."
            place = Place(str(self.file.parent))
            raise UserError([Fault("WB505", what, place, fix=fix)]) from error
        self.check()

    def check(self) -> None:
        """Refuse a conflict copy beside the file, and a damaged file. Raises UserError."""
        if not self.is_file or not self.file.parent.is_dir():
            return
        copies = sorted(
            path.name
            for path in self.file.parent.iterdir()
            if path.is_file() and path.name != FILE and COPY.fullmatch(path.name)
        )
        if copies:
            raise UserError([self._conflict(copies)])
        if self.file.exists() and self.file.stat().st_size and not _is_whole(self.file):
            raise UserError([self._damaged()])

    def _conflict(self, copies: list[str]) -> Fault:
        what = (
            f"Beside {FILE} there is {', '.join(copies)}: two machines changed the history at the "
            "same time and the sync program kept both. Nothing was written."
        )
        fix = (
            "Find out which of them has the latest entries, move the other out of the folder, and "
            "try again. Keep both until you are sure."
        )
        return Fault("WB502", what, Place(str(self.file.parent)), fix=fix)

    def _damaged(self) -> Fault:
        backups = self.backups()
        newest = f" The newest backup is {backups[-1]}." if backups else ""
        what = f"The history is damaged and cannot be read.{newest}"
        fix = "Move it aside and copy the backup to its place."
        return Fault("WB503", what, Place(str(self.file)), fix=fix)

    def backups(self) -> list[Path]:
        """The dated copies, oldest first."""
        folder = self.file.parent / BACKUPS
        return sorted(folder.glob("history ????-??-??.sqlite")) if folder.is_dir() else []

    def back_up(self, today: dt.date) -> Path | None:
        """Copy the file before the first change of a day; the newest thirty copies are kept."""
        if not self.is_file or not self.file.exists() or not self.file.stat().st_size:
            return None
        target = self.file.parent / BACKUPS / f"history {today}.sqlite"
        return None if target.exists() else self._kept(target)

    def copy_before(self, version: int) -> Path | None:
        """Copy the file before its tables are brought forward to a version; never deleted.

        A database by URL has the backups of whoever looks after it.
        """
        if not self.is_file:
            return None
        target = self.file.parent / BACKUPS / f"history before version {version}.sqlite"
        return None if target.exists() else self._kept(target)

    def _kept(self, target: Path) -> Path:
        try:
            return self._copied(target)
        except (OSError, sqlite3.Error) as error:
            what = f"The copy of the history cannot be made ({type(error).__name__})."
            fix = "See that its folder has room and can be written to."
            raise UserError([Fault("WB505", what, Place(str(target)), fix=fix)]) from error

    def _copied(self, target: Path) -> Path:
        target.parent.mkdir(exist_ok=True)
        beside = target.with_suffix(".part")
        beside.unlink(missing_ok=True)
        with (
            contextlib.closing(sqlite3.connect(self.file)) as source,
            contextlib.closing(sqlite3.connect(beside)) as copy,
        ):
            source.backup(copy)
        beside.replace(target)
        for old in self.backups()[:-KEPT_BACKUPS]:
            old.unlink(missing_ok=True)
        return target


def _careful(connection: Any, _record: object) -> None:
    """Whole or not at all, even when the power fails; no WAL, which network shares break."""
    # The driver would begin transactions later than SQLAlchemy thinks it does.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _is_whole(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
