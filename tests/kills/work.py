"""One verb in a process of its own, which dies at a chosen step that leaves something on the disk.

The steps are what Python and the database tell of themselves, not functions of the program: a file
below the desk opened for writing, renamed, linked, copied or taken away, and a transaction about
to end. So no step is forgotten when the program changes.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from tests.publishing.desk import on
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.register import VARIABLE
from workbook_builder.writers.safe import UNFINISHED

MONTH, NEXT = "2024-06", "2024-07"
COPY = "Scorecard 2024-06 from the head of service.xlsx"
DONE = "done"
MOVES = ("os.rename", "os.link", "os.remove", "shutil.copyfile", "shutil.copystat")


@dataclass(frozen=True)
class Place:
    """The folders that a verb works in."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "folder"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def copy(self) -> Path:
        return self.root / COPY

    @property
    def register(self) -> Path:
        return self.root / "register.json"

    def book(self, month: str = MONTH) -> Path:
        return self.out / f"Scorecard {month}.xlsx"


def _next_month(place: Place) -> None:
    app.next_month(place.book(), place.folder, stamp=on(1))


def _publish(place: Place) -> None:
    app.publish(place.folder, MONTH, out=place.out, stamp=on(1))


def _build(place: Place) -> None:
    app.build(place.folder, MONTH, place.out, stamp=on(1))


def _import(place: Place) -> None:
    app.import_copy(place.copy, place.book(), place.folder, stamp=on(1))


def _refresh(place: Place) -> None:
    app.refresh(place.folder, book=place.book(), stamp=on(1))


VERBS: dict[str, Callable[[Place], None]] = {
    "next month": _next_month,
    "publish": _publish,
    "build": _build,
    "import": _import,
    "refresh": _refresh,
}


def run(verb: str, root: Path, said: Connection, last: int) -> None:
    """Do the verb, telling each step, and die before the last; with 0 it comes to its end."""
    os.environ[VARIABLE] = str(Place(root).register)
    steps = _Steps(root, last, said)
    sys.addaudithook(steps.audit)
    event.listen(Engine, "commit", lambda _: steps.one("commit"))
    said.send("ready")
    try:
        VERBS[verb](Place(root))
        said.send(DONE)
    except UserError as error:
        said.send(f"refused {error}")


class _Steps:
    def __init__(self, root: Path, last: int, said: Connection) -> None:
        self._root, self._last, self._said = f"{root}{os.sep}", last, said
        self._count, self._busy = 0, False

    def audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name != "open" and name not in MOVES:
            return
        path = str(arguments[0])
        if self._busy or not path.startswith(self._root):
            return
        if name != "open":
            self.one(f"{name} {path.removeprefix(self._root)}")
        elif _writes(Path(path).name, str(arguments[1])):
            self.one(f"open {path.removeprefix(self._root)}", Path(path), arguments[1])

    def one(self, what: str, path: Path | None = None, mode: str = "") -> None:
        self._count += 1
        self._said.send(what)
        if self._count != self._last:
            return
        self._busy = True
        if path is not None:
            _tear(path, mode)
        os.kill(os.getpid(), signal.SIGKILL)


def _writes(name: str, mode: str) -> bool:
    """A file of anybody else is opened for changes only to see whether that would be allowed."""
    return "w" in mode or ("+" in mode and name.startswith(UNFINISHED))


def _tear(path: Path, mode: str) -> None:
    """Leave what a kill leaves: an emptied file, or half of one that is being written."""
    if "w" in mode:
        path.write_bytes(b"")
    elif path.name.startswith(UNFINISHED):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
