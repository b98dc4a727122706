"""Why a month is not published, in the user's words."""

from __future__ import annotations

from pathlib import Path

from workbook_builder.app.differing import Differing
from workbook_builder.app.saying import when
from workbook_builder.app.saying_published import handful, lines
from workbook_builder.errors import Fault, Place
from workbook_builder.history.model import Publication


def no_workbook(folder: Path, month: str) -> Fault:
    what = f"No workbook of {month} was built yet, so there is nothing to publish."
    fix = f"Run: workbook-builder build {folder} --month {month}"
    return Fault("WB620", what, Place(str(folder)), fix=fix)


def published_already(last: Publication) -> Fault:
    what = (
        f"{last.month} was published on {when(last.stamp)} by {last.stamp.who}. It stays as it was "
        "published."
    )
    fix = (
        "To correct it, publish it again and say why: --again REASON. The first publication is "
        "kept."
    )
    return Fault("WB621", what, fix=fix)


def not_published(month: str) -> Fault:
    what = f"{month} is not published yet, so it cannot be published again."
    return Fault("WB622", what, fix="Leave out --again.")


def shows_other(book: Path, differ: tuple[Differing, ...]) -> Fault:
    what = (
        f"The workbook does not show what the present files and entries give: {lines(differ)} "
        f"would be other. {handful(differ)}. Nothing was published."
    )
    fix = (
        "Refresh the workbook, look at it, and publish then. Or publish what it shows, with "
        "--as-shown."
    )
    return Fault("WB623", what, Place(book.name), fix=fix)


def interrupted(book: Path) -> Fault:
    what = "The last refresh of the workbook was interrupted. Nothing was published."
    return Fault("WB624", what, Place(book.name), fix="Refresh it again, and publish then.")


def still_open(book: Path) -> Fault:
    what = (
        "The workbook is open, or locked by another program, so what is typed there and not saved "
        "would be missing. Nothing was done."
    )
    return Fault("WB626", what, Place(str(book)), fix="Save and close it, and try again.")


def older_program(book: Path) -> Fault:
    what = (
        "The workbook was last refreshed by an older version of the program, which did not keep "
        "what a publication needs, and the present files are not to be taken or give something "
        "else. Nothing was published."
    )
    return Fault("WB625", what, Place(book.name), fix="Refresh or build it, and publish then.")
