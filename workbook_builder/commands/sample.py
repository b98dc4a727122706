"""The verb `sample`: invented extracts."""

from __future__ import annotations

import argparse
from pathlib import Path

from workbook_builder.errors import CommandError
from workbook_builder.progress import Terminal


def add_sample(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    sample = verbs.add_parser(
        "sample",
        help="write invented Annex A extracts, month after month",
        description="Writes the consecutive monthly Annex A extracts of an invented authority. "
        "The same numbers give the same files.",
    )
    sample.add_argument("folder", metavar="FOLDER", type=Path, help="a new or empty folder")
    sample.add_argument("--children", metavar="N", type=int, default=2000, help="2000 unless given")
    sample.add_argument("--months", metavar="M", type=int, default=12, help="12 unless given")
    sample.add_argument("--seed", metavar="S", type=int, default=1, help="1 unless given")
    sample.add_argument(
        "--last", metavar="YYYY-MM", default="2025-03", help="the last month (2025-03 unless given)"
    )
    sample.add_argument(
        "--window",
        metavar="W",
        type=int,
        default=6,
        help="months an extract covers, 6 unless given",
    )
    sample.add_argument("--mess", action="store_true", help="put in the faults of real files")
    sample.add_argument("--csv", action="store_true", help="a folder of CSV files for each month")
    sample.set_defaults(run=_sample)


def _sample(options: argparse.Namespace) -> None:
    from workbook_builder import sample
    from workbook_builder.periods import Month

    try:
        last = Month.parse(options.last)
    except ValueError as error:
        raise CommandError(f"--last: {error}") from error
    done = sample.generate(
        options.folder,
        options.children,
        options.months,
        options.seed,
        last=last,
        window=options.window,
        mess=options.mess,
        csv=options.csv,
        progress=Terminal(),
    )
    rows = "   ".join(f"{number}: {count}" for number, count in done.rows.items())
    print(f"Invented extracts in {done.folder}: {len(done.extracts)}")
    print(f"Rows: {sum(done.rows.values())}   by list {rows}")
    if options.mess:
        print(f"Faults put in: {done.faults} (listed in mess.csv)")
