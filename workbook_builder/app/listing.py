"""Listing what people typed, by indicator and month, as the history has it."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_builder.history.model import TypedRecord

COLUMNS = (
    "indicator",
    "month",
    "about",
    "kind",
    "text",
    "sheet",
    "cell",
    "author",
    "written",
    "in the workbook",
)


@dataclass(frozen=True)
class Listed:
    """Everything typed, one tuple of texts for each of COLUMNS, by indicator and month.

    as_at is when a build or refresh last looked into a workbook; what was typed since is missing.
    """

    rows: tuple[tuple[str, ...], ...]
    exported: Path | None
    as_at: dt.datetime | None = None


def list_annotations(folder: Path, month: str = "", export: Path | None = None) -> Listed:
    """List what people typed into a scorecard's workbooks, as the history has it.

    A month narrows it down; `export` is a CSV file to write. Raises UserError and CommandError.
    """
    from workbook_builder.app.folders import month_of
    from workbook_builder.history import read_history
    from workbook_builder.listed import load_scorecard

    settings = load_scorecard(folder, None).settings
    wanted = str(month_of(month)) if month else ""
    with read_history(folder, settings.id, settings.history) as history:
        here = {_identity(one) for one in history.typed(wanted)}
        found = history.typed(wanted, gone=True)
        last = next(iter(history.events(1)), None)
    ordered = sorted(found, key=lambda one: (one.key, one.month, one.slot, one.kind))
    rows = tuple(_row(one, _identity(one) in here) for one in ordered)
    if export is not None:
        _export(export, rows)
    return Listed(rows, export, last.stamp.at if last else None)


def _identity(record: TypedRecord) -> tuple[str, str, str, str]:
    return (record.key, record.slot, record.month, record.kind)


def _row(record: TypedRecord, here: bool) -> tuple[str, ...]:
    return (
        record.key,
        record.month,
        record.slot,
        record.kind,
        record.content,
        record.sheet,
        record.cell,
        record.author,
        record.written,
        "yes" if here else "no longer",
    )


def _export(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    """Write the rows; a text that a spreadsheet would take for a formula stays a text."""
    from workbook_builder.writers.safe import write_safely

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows(tuple(map(_harmless, row)) for row in rows)

    write_safely([(path, write)])


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
