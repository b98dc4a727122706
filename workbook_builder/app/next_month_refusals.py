"""Why next month's workbook was not made, in the user's words."""

from __future__ import annotations

from pathlib import Path

from workbook_builder.errors import Fault, Place


def which_workbook(folder: Path) -> Fault:
    what = "It is not known where this scorecard's last workbook is."
    fix = "Name the workbook itself: workbook-builder next-month WORKBOOK"
    return Fault("WB724", what, Place(str(folder)), fix=fix)


def published(target: Path, folder: Path, month: str) -> Fault:
    what = f"{month} is published already, so there is nothing to start. Nothing was written."
    fix = f'For its workbook as published, run: workbook-builder build "{folder}" --month {month}'
    return Fault("WB725", what, Place(str(target)), fix=fix)


def changed_layout(before: Path, sheets: tuple[str, ...], month: str) -> Fault:
    named = f"sheets {', '.join(sheets)}" if len(sheets) > 1 else f"sheet {sheets[0]}"
    what = (
        f"{month} is laid out in another way than this workbook ({named}), so a copy of it would "
        "not do. Nothing was written."
    )
    fix = (
        "Run the command again with --rebuild: a new workbook is built, and what was typed into "
        "boxes, cells and notes is put into it. What cannot be (sheets of your own, pictures, "
        "formulas typed over) is listed on its sheet Notes, and this workbook stays as it is."
    )
    return Fault("WB726", what, Place(str(before)), fix=fix)
