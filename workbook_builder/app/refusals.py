"""Why a refresh leaves a workbook as it is, in the user's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import Fault, Place

if TYPE_CHECKING:
    from workbook_builder.app.doors import Door


BUILD_AGAIN = (
    "Save and close the workbook and run: workbook-builder build FOLDER --from WORKBOOK. What was "
    "typed into boxes, cells and notes is carried over; what cannot be (sheets of your own, "
    "formulas typed over, text in rows that you inserted) is listed and kept in the history."
)


def rebuild(opened: Door, what: str) -> Fault:
    return Fault(
        "WB716",
        f"The workbook {what}, which a refresh cannot mend. Nothing in it was changed; what people "
        "typed is saved.",
        Place(opened.name),
        fix=BUILD_AGAIN,
    )


def another(opened: Door, folder: Path, other: str) -> Fault:
    what = (
        f'The workbook belongs to the scorecard "{opened.scorecard}", and {folder} holds "{other}".'
    )
    return Fault("WB717", what, Place(opened.name), fix="Name the other folder.")


def lost(opened: Door, names: list[str]) -> Fault:
    from workbook_builder.plan.addresses import spoken_name

    shown = ", ".join(spoken_name(name) for name in names[:10])
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return Fault(
        "WB718",
        f"Parts of the workbook were deleted, so it was left untouched: {shown}{more}. What people "
        "typed is saved.",
        Place(opened.name),
        fix=f"Undo the deletion in Excel. If that cannot be done: {BUILD_AGAIN}",
    )


def nothing_to_undo(opened: Door) -> Fault:
    what = "There is no refresh of this workbook to undo since it was built."
    fix = (
        "Put the earlier files back into the folder extracts and refresh, if that is what you want."
    )
    return Fault("WB719", what, Place(opened.name), fix=fix)


def another_copy(opened: Door) -> Fault:
    what = (
        "The last refresh was of another copy of this workbook, or its sheet Figures was changed "
        "since, so there is nothing here to take back. Nothing was changed."
    )
    fix = "Open the copy that was refreshed last and undo there, or refresh this one."
    return Fault("WB719", what, Place(opened.name, sheet="Figures"), fix=fix)


def status_to_type(opened: Door, code: str, wanted: str, found: str) -> Fault:
    what = (
        f"overrides.csv sets the status {wanted or 'by rule'} for this month, and the workbook's "
        f"own cell says {found or 'nothing'}. A refresh writes into no cell that people type in."
    )
    fix = (
        'Type it into the cell "Status by hand" in the indicator\'s row, or change overrides.csv. '
        f"Or: {BUILD_AGAIN}"
    )
    return Fault("WB721", what, Place(opened.name, indicator=code), fix=fix)


def status_published(opened: Door, code: str, wanted: str, found: str) -> Fault:
    what = (
        f"The month was published with the status {wanted or 'by rule'}, and the workbook's own "
        f"cell says {found or 'nothing'} now. A refresh writes into no cell that people type in."
    )
    fix = (
        f'Put {wanted or "nothing"} back into the cell "Status by hand" in the indicator\'s row. '
        "Or, to correct what was published: save and close the workbook and run: workbook-builder "
        "publish FOLDER MONTH --again REASON"
    )
    return Fault("WB722", what, Place(opened.name, indicator=code), fix=fix)


def published_since(opened: Door) -> Fault:
    what = (
        "The month was published after its last refresh, so that refresh cannot be taken back. "
        "Nothing was changed."
    )
    fix = "To correct what was published, run: workbook-builder publish FOLDER MONTH --again REASON"
    return Fault("WB723", what, Place(opened.name), fix=fix)


def in_synced_folder(path: Path, program: str) -> Fault:
    what = (
        f"{program} keeps this folder alike on several machines. If a colleague has the workbook "
        "open elsewhere, exchanging the file here makes two versions of it. Nothing was written."
    )
    fix = (
        "Open the workbook in Excel and refresh it there. Or, where nobody works in it at this "
        "time, run the command again with --synced."
    )
    return Fault("WB412", what, Place(str(path)), fix=fix)
