"""The verbs `refresh` and `undo`, of an open workbook or a closed file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import CommandError
from workbook_builder.progress import Terminal

if TYPE_CHECKING:
    from workbook_builder.app import Refreshed


def add_refresh(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both verbs to the command line."""
    refresh = verbs.add_parser("refresh", help="bring the open workbook, or a file, up to date")
    refresh.add_argument("place", metavar="FILE|FOLDER", type=Path, nargs="?")
    refresh.add_argument("--folder", metavar="FOLDER", type=Path, help="of a file's scorecard")
    refresh.add_argument("--synced", action="store_true", help="a file that OneDrive looks after")
    refresh.set_defaults(run=_refresh)
    undo = verbs.add_parser("undo", help="put back the figures from before the last refresh")
    undo.add_argument("folder", metavar="FOLDER", type=Path, nargs="?")
    undo.set_defaults(run=_undo)


def _refresh(options: argparse.Namespace) -> None:
    from workbook_builder import app

    place: Path | None = options.place
    book = place if place is not None and _is_book(place) else None
    folder = options.folder if book is not None or place is None else place
    done = app.refresh(folder, progress=Terminal(), book=book, synced=options.synced)
    _say_refreshed(done)


def _is_book(place: Path) -> bool:
    return place.is_file() or place.suffix.casefold() in (".xlsx", ".xlsm")


def _undo(options: argparse.Namespace) -> None:
    from workbook_builder import app

    if options.folder is not None and _is_book(options.folder):
        raise CommandError("undo works in an open workbook: open it, and run: undo")
    _say_refreshed(app.undo(options.folder, progress=Terminal()))


def _say_refreshed(done: Refreshed) -> None:
    print(f"{done.workbook}: {done.sentence}.")
    print(f"Cells that changed: {done.cells}   Typed entries saved: {done.typed}")
    if done.backup is not None:
        print(f"The workbook that was there before is kept as {done.backup}")
    if done.own_formulas:
        print(f"Formulas of people's own, worked out when it is opened: {done.own_formulas}")
    if done.remark:
        print(done.remark)
