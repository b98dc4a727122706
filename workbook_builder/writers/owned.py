"""The sheets that a refresh writes whole: what both doors, the open and the closed book, check."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.plan.blocks import Block

# Sheets of ours that hold sentences: their rows are fitted to what was written.
WORDY = frozenset({"notes", "log", "sentences", "quality"})


def check_sizes(book: str, standing: Mapping[str, Block], blocks: Mapping[str, Block]) -> None:
    """Raise UserError where a sheet to be written has another size than it was built with."""
    faults = [
        moved(book, key)
        for key, block in blocks.items()
        if key not in standing
        or (len(standing[key]), len(standing[key][0])) != (len(block), len(block[0]))
    ]
    if faults:
        raise UserError(faults)


def moved(book: str, key: str) -> Fault:
    """The fault that a sheet has grown or shrunk."""
    what = (
        f"The sheet {key.capitalize()} does not have the rows and columns it was built with; "
        "nothing was written."
    )
    fix = "Undo what was inserted or deleted there, or build the workbook again."
    return Fault("WB714", what, Place(book, sheet=key.capitalize()), fix=fix)


def foreign_password(book: str, sheet: str) -> Fault:
    """The fault that somebody protected a sheet of ours with a password."""
    what = "The sheet is protected with a password that is not ours, so nothing was written."
    fix = "Take the password off (Review, Unprotect Sheet) and try again."
    return Fault("WB715", what, Place(book, sheet=sheet), fix=fix)
