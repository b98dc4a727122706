"""Verbs of the ribbon that are about the file of the workbook in front."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app.next_month import NextMonth, next_month
from workbook_builder.app.publishing import Published, publish
from workbook_builder.errors import Fault, Place, UserError

if TYPE_CHECKING:
    from workbook_builder.history.model import Stamp


def next_month_open(arguments: Sequence[str] = (), stamp: Stamp | None = None) -> NextMonth:
    """Start the month after that of the open workbook, beside its file. Raises UserError."""
    from workbook_builder.writers.live import file_of, find_open_book

    opened = find_open_book(arguments)
    path = file_of(opened)
    if path is None:
        raise UserError([_no_file(opened.name)])
    return next_month(path, stamp=stamp)


def publish_open(arguments: Sequence[str] = (), stamp: Stamp | None = None) -> Published:
    """Publish the month of the open workbook with what is typed in it now. Raises UserError."""
    from workbook_builder.register import find
    from workbook_builder.writers.live import find_open_book, save_copy

    opened = find_open_book(arguments)
    folder = find(opened.scorecard).folder
    with tempfile.TemporaryDirectory(prefix="workbook-builder-") as scratch:
        copy = Path(scratch) / (opened.name if "." in opened.name else f"{opened.name}.xlsx")
        save_copy(opened, copy)
        return publish(folder, opened.month, out=Path(scratch), source=copy, stamp=stamp)


def _no_file(name: str) -> Fault:
    what = "The workbook is not a file on this computer, so its next month has no place beside it."
    fix = "Save it to a folder of this computer, or run: workbook-builder next-month FILE"
    return Fault("WB727", what, Place(name), fix=fix)
