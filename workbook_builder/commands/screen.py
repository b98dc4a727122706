"""workbook-builder screen: what in a finished file may not leave with it."""

from __future__ import annotations

import argparse
from pathlib import Path

from workbook_builder.errors import LeakError
from workbook_builder.progress import Terminal


def add_screen(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its arguments."""
    screen = verbs.add_parser(
        "screen",
        help="list what in a finished workbook or document may not leave with it",
        description="Opens a finished .xlsx, .xlsm, .docx, .pptx or .pdf and lists everything that "
        "may not be passed on with it: what is hidden, what it carries along, who worked on it, "
        "and what tells a child or worker. It says kind and place, never what stands there. The "
        "exit code is 0 where there is nothing, and 4 where there is.",
    )
    screen.add_argument("file", metavar="FILE", type=Path)
    screen.add_argument(
        "--against",
        metavar="FOLDER",
        type=Path,
        help="a scorecard's folder, or a folder or workbook of lists: their ids, dates of birth "
        "and names are looked for (the file's own scorecard unless given)",
    )
    screen.set_defaults(run=_screen)


def _screen(options: argparse.Namespace) -> None:
    from workbook_builder import app

    done = app.screen(options.file, options.against, Terminal())
    compared = (
        f"Compared with the lists of {done.compared}."
        if done.compared
        else "No lists were at hand to compare ids and names with (--against FOLDER)."
    )
    if done.leaks:
        count = "1 leak was" if len(done.leaks) == 1 else f"{len(done.leaks)} leaks were"
        listed = "\n\n".join(str(leak) for leak in done.leaks)
        raise LeakError(f"{count} found: the file may not leave. {compared}\n\n{listed}")
    print(f"No leak was found in {done.file}.")
    print(compared)
    print("Pictures are not read: look at those yourself.")
