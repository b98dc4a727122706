"""workbook-builder addin: the add-in with the Scorecard tab, for IT to sign and hand out."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_addin(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its arguments."""
    addin = verbs.add_parser(
        "addin",
        help="write the Excel add-in with the Scorecard tab",
        description="Writes workbook-builder.xlam: a tab in Excel's ribbon whose buttons work in "
        "any scorecard, with macros or without. docs/for-it.md says how to sign it.",
    )
    addin.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", default=Path())
    addin.set_defaults(run=_addin)


def _addin(options: argparse.Namespace) -> None:
    from workbook_builder import app

    print(f"Add-in: {app.build_addin(options.folder)}")
