"""workbook-builder annotations: what people typed, listed; and a copy's typing taken over."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import CommandError, UserError
from workbook_builder.progress import Terminal

if TYPE_CHECKING:
    from workbook_builder.app import Imported

IMPORT = "import"


def add_annotations(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its arguments."""
    annotations = verbs.add_parser(
        "annotations",
        help="list what people typed in the workbooks, or take over a copy's",
        description="annotations FOLDER lists what people typed. annotations import COPY takes "
        "over what somebody typed in a copy of a workbook that came back, matched by its keys.",
    )
    annotations.add_argument("folder", metavar="FOLDER|import", type=Path)
    annotations.add_argument("copy", metavar="COPY", type=Path, nargs="?")
    annotations.add_argument("--month", metavar="YYYY-MM", default="", help="one month only")
    annotations.add_argument("--csv", metavar="FILE", type=Path, help="write them to a CSV file")
    annotations.add_argument("--into", metavar="WORKBOOK", type=Path, help="the workbook itself")
    annotations.add_argument("--folder", dest="of", metavar="FOLDER", type=Path)
    annotations.add_argument("--synced", action="store_true", help="a file OneDrive looks after")
    annotations.set_defaults(run=_annotations)


def _annotations(options: argparse.Namespace) -> None:
    if str(options.folder) != IMPORT or options.folder.is_dir():
        if options.copy is not None:
            raise CommandError("annotations takes one folder, or: annotations import COPY")
        _list(options)
        return
    if options.copy is None:
        raise CommandError("annotations import needs the copy that came back.")
    _import(options)


def _list(options: argparse.Namespace) -> None:
    from workbook_builder import app

    listed = app.list_annotations(options.folder, options.month, options.csv)
    for key, month, about, kind, text, *_, there in listed.rows:
        gone = "" if there == "yes" else "   (no longer in the workbook)"
        print(f"{key}   {month}   {about}   {kind}{gone}")
        for line in text.splitlines():
            print(f"    {line}")
    print(f"Typed entries: {len(listed.rows)}")
    if listed.as_at is not None:
        when = f"{listed.as_at.astimezone():%d %B %Y, %H:%M}".lstrip("0")
        print(f"As the build or refresh of {when} found them; what was typed since is not in it.")
    if listed.exported:
        print(f"Written to {listed.exported}")


def _import(options: argparse.Namespace) -> None:
    from workbook_builder import app

    done = app.import_copy(
        options.copy, options.into, options.of, progress=Terminal(), synced=options.synced
    )
    for line in import_lines(done):
        print(line)
    if done.hindered is not None:
        raise UserError(done.hindered.faults, interrupted=True)


def import_lines(done: Imported) -> list[str]:
    """What an import did, line by line."""
    lines = [f"{done.copy.name}, taken over into {done.workbook}:"]
    for said, entries in (
        ("Taken over", done.taken),
        ("Changed in both, both texts stand there now", done.both),
        ("No place beside what stands there: kept, and listed on Notes", done.kept),
    ):
        lines.append(f"{said}: {len(entries)}")
        lines += [f"  {entry}" for entry in entries]
    lines.append(f"The same in both: {done.same}   Older than the workbook's: {done.older}")
    if done.sheets:
        lines.append(f"Sheets of its own, left in the copy: {', '.join(done.sheets)}")
    if done.backup is not None:
        lines.append(f"The workbook that was there before is kept as {done.backup}")
    if done.refreshed is not None:
        lines.append(f"{done.refreshed.sentence}.")
    if done.hindered is not None:
        lines.append("The entries are in the workbook; the refresh after it found faults:")
    return lines
