"""Why a copy was not taken over, in the user's words."""

from __future__ import annotations

from pathlib import Path

from workbook_builder.errors import Fault, Place


def no_copy(copy: Path) -> Fault:
    what = "There is no such file. Nothing was changed."
    return Fault("WB631", what, Place(str(copy)), fix="Give the path of the copy that came back.")


def which_workbook(copy: Path) -> Fault:
    what = "It is not known which workbook this is a copy of: none is where the last was built."
    fix = "Name the workbook: workbook-builder annotations import COPY --into WORKBOOK"
    return Fault("WB632", what, Place(str(copy)), fix=fix)


def itself(copy: Path) -> Fault:
    what = "This is the workbook itself and no copy of it. Nothing was changed."
    fix = "Save the copy that came back under another name and import that."
    return Fault("WB633", what, Place(str(copy)), fix=fix)


def another_book(copy: Path, theirs: tuple[str, str], ours: tuple[str, str]) -> Fault:
    whose = f'scorecard "{theirs[0]}", month {theirs[1]}' if theirs[0] else "no scorecard of ours"
    what = (
        f'The copy is of {whose}, and the workbook of "{ours[0]}", month {ours[1]}. Nothing was '
        "changed."
    )
    fix = "Name the workbook of that month with --into."
    return Fault("WB634", what, Place(str(copy)), fix=fix)
