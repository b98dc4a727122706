"""Why a refresh leaves a workbook as it is, in the user's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import Fault, Place

if TYPE_CHECKING:
    from workbook_builder.catalogue.model import Catalogue
    from workbook_builder.writers.live import OpenBook


def rebuild(opened: OpenBook, what: str) -> Fault:
    return Fault(
        "WB716",
        f"The workbook {what}, which a refresh cannot mend. Nothing in it was changed; what people "
        "typed is saved.",
        Place(opened.name),
        fix="Close it and run: workbook-builder build FOLDER. What was typed is carried over.",
    )


def another(opened: OpenBook, folder: Path, catalogue: Catalogue) -> Fault:
    what = (
        f'The workbook belongs to the scorecard "{opened.scorecard}", and {folder} holds '
        f'"{catalogue.settings.id}".'
    )
    return Fault("WB717", what, Place(opened.name), fix="Name the other folder.")


def lost(opened: OpenBook, names: list[str]) -> Fault:
    from workbook_builder.plan.addresses import spoken_name

    shown = ", ".join(spoken_name(name) for name in names[:10])
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return Fault(
        "WB718",
        f"Parts of the workbook were deleted, so it was left untouched: {shown}{more}. What people "
        "typed is saved.",
        Place(opened.name),
        fix="Undo the deletion in Excel, or close the workbook and build it again: what was typed "
        "is carried over.",
    )


def nothing_to_undo(opened: OpenBook) -> Fault:
    what = "There is no refresh of this workbook to undo."
    return Fault("WB719", what, Place(opened.name))
