"""workbook-builder board: a month for people who only read it."""

from __future__ import annotations

import argparse
from pathlib import Path

from workbook_builder.errors import CommandError
from workbook_builder.progress import Terminal


def add_board(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its arguments."""
    board = verbs.add_parser(
        "board",
        help="make a copy of a month for board papers, looked through for leaks",
        description="Makes a copy of the month's tabs as plain values, with a cover, contents and "
        "notes: nothing hidden, no formula, no name of who worked on it. A copy in which the leak "
        "screen finds anything is not handed over.",
    )
    board.add_argument("folder", metavar="FOLDER", type=Path)
    board.add_argument("--month", metavar="YYYY-MM", default="", help="another report month")
    board.add_argument(
        "--out", metavar="DIR", type=Path, help="where to, and where the workbook is"
    )
    board.add_argument(
        "--tab", metavar="NAME", dest="tabs", action="append", help="only this tab; may be repeated"
    )
    board.add_argument(
        "--from",
        dest="source",
        metavar="WORKBOOK",
        type=Path,
        help="take what people typed from this workbook",
    )
    board.add_argument(
        "--public",
        action="store_true",
        help="for publication: without small counts and what they could be worked out from",
    )
    board.add_argument("--word", action="store_true", help="a Word document as well")
    board.add_argument("--pptx", action="store_true", help="slides for PowerPoint as well")
    board.add_argument("--pdf", action="store_true", help="a PDF of each of them as well")
    board.add_argument(
        "--template", metavar="DOCX", type=Path, help="the Word file whose styles --word takes"
    )
    board.set_defaults(run=_board)


def _board(options: argparse.Namespace) -> None:
    from workbook_builder import app

    if options.template is not None and not options.word:
        raise CommandError("--template is about the Word document; add --word.")
    wanted = app.Wanted(
        public=options.public,
        tabs=tuple(options.tabs or ()),
        pdf=options.pdf,
        word=options.word,
        slides=options.pptx,
        template=options.template,
    )
    done = app.board(
        options.folder,
        options.month,
        options.out,
        Terminal(),
        wanted=wanted,
        source=options.source,
    )
    for file in done.files:
        print(f"Made: {file}")
    print(f"{done.month}: {done.status}.")
    print(done.marking)
    if options.public:
        print(f"Figures withheld: {done.withheld}   Shown without counts to judge: {done.unjudged}")
    print(f"Sheets: {', '.join(done.sheets)}")
    if done.pdf_by:
        print(f"PDF by {done.pdf_by}.")
    if done.typed_in is not None:
        print(f"Comments were read from {done.typed_in}")
    print("Looked through for leaks: none was found.")
    if done.compared is not None:
        print(f"Compared with the ids and names in the lists of {done.compared}.")
