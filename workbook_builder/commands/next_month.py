"""The verb `next-month`: the workbook of the month after, made of this month's."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.progress import Terminal

if TYPE_CHECKING:
    from workbook_builder.app import NextMonth


def add_next_month(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "next-month",
        help="start the month after a workbook's",
        description="Makes the workbook of the month after, beside this month's, which stays as "
        "it is. Comments stand there as last month's beside empty boxes, open actions carry over, "
        "statuses by hand lapse.",
    )
    verb.add_argument("place", metavar="FILE|FOLDER", type=Path, help="this month's workbook")
    verb.add_argument("--folder", metavar="FOLDER", type=Path, help="of a file's scorecard")
    verb.add_argument("--out", metavar="DIR", type=Path, help="where to, unless beside")
    verb.add_argument(
        "--rebuild",
        action="store_true",
        help="build the new workbook anew instead of copying this month's",
    )
    verb.set_defaults(run=_next_month)


def _next_month(options: argparse.Namespace) -> None:
    from workbook_builder import app

    done = app.next_month(
        options.place,
        options.folder,
        Terminal(),
        out=options.out,
        rebuild=options.rebuild,
    )
    print(f"{done.title}, {done.month}")
    print(f"Workbook: {done.workbook}")
    print(f"Results:  {done.results}")
    print(f"The workbook of {done.month_before} is as it was: {done.before}")
    _say_typing(done)
    if done.settings_month:
        print(
            f'scorecard.toml still says report_month = "{done.settings_month}". A refresh takes '
            f"the month from the workbook; check, build and publish take it from there. Change it "
            f"to {done.report_month}, or give them --month {done.report_month}."
        )


def _say_typing(done: NextMonth) -> None:
    if done.completed:
        print("An interrupted run had made it; it is noted in the history now.")
        return
    print(
        f"Typed entries carried over: {done.carried}   Comments shown as last month's: {done.said}"
    )
    if done.stays:
        print(
            f"Left with {done.month_before}, listed on Notes: {done.stays} (notes on its figures, "
            "statuses by hand, closed actions)"
        )
    for said in done.left:
        print(f"  no place in the new workbook, kept in the old one and the history: {said}")
