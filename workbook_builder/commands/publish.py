"""workbook-builder publish: a month frozen as its workbook shows it, and copies of that."""

from __future__ import annotations

import argparse
from pathlib import Path

from workbook_builder.errors import CommandError
from workbook_builder.progress import Terminal


def add_publish(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its arguments."""
    publish = verbs.add_parser("publish", help="freeze a month as its workbook shows it")
    publish.add_argument("folder", metavar="FOLDER", type=Path)
    publish.add_argument("month", metavar="MONTH", nargs="?", default="", help="such as 2014-03")
    publish.add_argument("--out", metavar="DIR", type=Path, help="where its workbook is")
    publish.add_argument(
        "--from",
        dest="source",
        metavar="WORKBOOK",
        type=Path,
        help="read what people typed in this workbook",
    )
    publish.add_argument("--again", metavar="REASON", help="correct a month that is published")
    publish.add_argument(
        "--as-shown",
        action="store_true",
        help="what the workbook shows, though the present files would give something else",
    )
    publish.set_defaults(run=_publish)


def copy_publication(options: argparse.Namespace) -> None:
    """build --publication: what was published, under a name of its own."""
    from workbook_builder import app

    if options.source is not None:
        raise CommandError("--publication takes what was typed then, so --from has no place there.")
    copied = app.copy_publication(
        options.folder,
        options.month,
        options.publication,
        options.out,
        Terminal(),
        macros=options.macros,
    )
    print(f"{copied.sentence}.")
    print(f"Workbook: {copied.workbook}")
    print(f"Results:  {copied.results}")
    if copied.otherwise:
        print(
            f"Lines that this version of the program would judge another way: {copied.otherwise} "
            "(results as published; listed on Notes)"
        )


def _publish(options: argparse.Namespace) -> None:
    from workbook_builder import app

    done = app.publish(
        options.folder,
        options.month,
        Terminal(),
        out=options.out,
        source=options.source,
        again=options.again,
        as_shown=options.as_shown,
    )
    print(f"{done.month}: {done.sentence}.")
    if done.workbook is not None:
        print(f"What people typed was read from {done.workbook}")
    else:
        print("No workbook was found; what the last build or refresh found typed was published.")
    print(
        f"Figures: {done.figures}   Published for the first time: {done.new}   "
        f"Restated: {done.restated}   Typed entries: {done.typed}"
    )
    if done.edition > 1:
        print(f"Lines that differ from the publication before: {len(done.changed)}")
        for one in done.changed:
            print(f"  {one}")
    if done.typed_over:
        print(f"Formulas typed over, published as the program has them: {done.typed_over}")
    print("The workbook says so after its next refresh or build.")
