"""workbook-builder drill: the records behind a figure, or the place where it was read."""

from __future__ import annotations

import argparse
from pathlib import Path

from workbook_builder.progress import Terminal


def add_drill(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its arguments."""
    drill = verbs.add_parser(
        "drill",
        help="write the records behind a figure to a file of your own",
        description="Writes the records about children behind one figure to a new file that only "
        "you can read, outside the scorecard. Of a figure that was not counted from lists it says "
        "where it was read.",
    )
    drill.add_argument("folder", metavar="FOLDER", type=Path)
    drill.add_argument("indicator", metavar="INDICATOR", help="its code, or its name in quotes")
    drill.add_argument("month", metavar="MONTH", help="YYYY-MM")
    drill.add_argument(
        "--breakdown", metavar="KEY=GROUP", default="", help="one group only, such as team=North"
    )
    drill.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="a new .xlsx or .csv file, or a folder for it (a folder in your home unless given)",
    )
    drill.set_defaults(run=_drill)


def _drill(options: argparse.Namespace) -> None:
    from workbook_builder import app

    done = app.drill(
        options.folder,
        options.indicator,
        options.month,
        options.breakdown,
        options.out,
        Terminal(),
    )
    if isinstance(done, app.Traced):
        print(
            f"{done.title}: not counted from lists, so there are no records. Nothing was written."
        )
        for line in done.lines:
            print(f"  {line}")
        return
    print(f"{done.title}: {done.figure}")
    print(f"{done.counts}, from {done.extract}")
    for said in filter(None, (done.aside, done.comparison)):
        print(said)
    print(f"Written to {done.file}")
    print(
        "It holds personal data about children: keep it to yourself, delete it when you are done."
    )
