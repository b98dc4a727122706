"""The ids, dates of birth and names in all extracts of a scorecard, to keep them out of a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from workbook_builder.errors import Fault, UserError
from workbook_builder.listed.places import extract_places
from workbook_builder.lists.private import Gathering, Private
from workbook_builder.lists.read import gather_private
from workbook_builder.periods import Month
from workbook_builder.progress import Progress, Silent

# How far back a database is asked for children, whatever its measures look back.
_MONTHS_BACK = 24
_SILENT = Silent()


def private_of_extracts(
    folder: Path, report_month: Month | None, progress: Progress = _SILENT
) -> Private:
    """What tells a person in the lists below a folder, extract after extract.

    The sheets themselves are let go one by one; what stays are ids, days and names. Raises
    UserError with the faults of all extracts: of lists that cannot be read nobody knows who is in
    them.
    """
    gathering, faults = Gathering(), list[Fault]()
    extracts = extract_places(folder, report_month)
    for number, extract in enumerate(extracts, start=1):
        progress.step(number, len(extracts), f"Reading who is in {extract.name}")
        last = extract.month.last_day
        first = extract.month.plus(-_MONTHS_BACK).first_day

        def days(_list: str, first: dt.date = first, last: dt.date = last) -> dict[str, dt.date]:
            return {"first_day": first, "last_day": last, "as_at": last}

        try:
            gather_private(extract.path, extract.mapping, days, gathering)
        except UserError as error:
            faults += [extract.placed(fault) for fault in error.faults]
    if faults:
        raise UserError(faults)
    return gathering.result()


def private_of_files(path: Path, progress: Progress = _SILENT) -> Private:
    """The same of a workbook of lists, or of a folder with workbooks and CSV files."""
    gathering = Gathering()
    progress.step(1, 1, f"Reading who is in {path.name}")
    gather_private(path, None, lambda _list: {}, gathering)
    return gathering.result()
