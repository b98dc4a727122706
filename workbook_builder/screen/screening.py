"""Every leak of a finished file, told without a word of what leaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.lists.private import NOTHING_PRIVATE, Private
from workbook_builder.screen.charts import beyond_the_chart, caches_against
from workbook_builder.screen.identity import telling
from workbook_builder.screen.model import Leak
from workbook_builder.screen.opened import (
    ALLOWED,
    WORKBOOK,
    Opened,
    cannot,
    open_package,
    unsound,
)
from workbook_builder.screen.pdf import SIGNATURE, Pdf, leaks_of_pdf
from workbook_builder.screen.people import Known
from workbook_builder.screen.registry import BOOK, DOCUMENTS, PACKAGE
from workbook_builder.screen.workbook import read_workbook
from workbook_builder.writers.closed.markup import CannotPatch
from workbook_builder.writers.closed.package import UNREADABLE

PACKAGES = (
    ".xlsx",
    ".xlsm",
    ".xltx",
    ".xltm",
    ".docx",
    ".docm",
    ".dotx",
    ".pptx",
    ".pptm",
    ".potx",
)
ENDINGS = (*PACKAGES, ".pdf")
_INSTEAD = {
    ".xlsb": "Open it in Excel, save it as Excel Workbook (.xlsx) and screen that one.",
    ".xls": "Open it in Excel, save it as Excel Workbook (.xlsx) and screen that one.",
    ".doc": "Open it in Word, save it as Word Document (.docx) and screen that one.",
    ".ppt": "Open it in PowerPoint, save it as .pptx and screen that one.",
    ".ods": "Save it as Excel Workbook (.xlsx), send that one, and screen it.",
}


def leaks(
    path: Path, private: Private | None = None, as_at: dt.date | None = None
) -> tuple[Leak, ...]:
    """Every leak of a file, by place; none where it may leave.

    private are the ids, dates of birth and names of the scorecard's lists, to be looked for too.
    as_at is the day from which ages are counted, today unless said.
    Raises UserError where the file is of another kind or cannot be looked into: then nothing is
    known about it. Nothing that is returned or raised holds what leaks.
    """
    known, day = Known(private or NOTHING_PRIVATE), as_at or dt.date.today()
    if path.suffix.casefold() not in ENDINGS:
        fix = _INSTEAD.get(path.suffix.casefold(), "Screen the file that will be sent.")
        raise cannot(path.name, "A file of this kind cannot be screened.", fix)
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"The file cannot be opened: {error.strerror or 'it is not readable'}."
        raise UserError([Fault("WB803", what, Place(path.name), ALLOWED)]) from None
    found = set(_of_the_name(path, known, day))
    if data.startswith(SIGNATURE):
        found.update(leaks_of_pdf(Pdf(data, path.name, known, day)))
    else:
        found.update(_of_office(data, path.name, known, day))
    return tuple(sorted(found))


def _of_office(data: bytes, file: str, known: Known, day: dt.date) -> list[Leak]:
    """The leaks of a package; one that is not made as Office makes it is refused as a whole."""
    try:
        return list(_of_package(open_package(data, file, known, day)))
    except (*UNREADABLE, CannotPatch, ValueError, LookupError, ArithmeticError):
        raise unsound(file, "", "it is damaged or made in an unusual way") from None


def _of_the_name(path: Path, known: Known, day: dt.date) -> Iterator[Leak]:
    for kind in {*telling(path.stem, day), *known.in_text(path.stem)}:
        yield kind.at("the file's own name")


def _of_package(opened: Opened) -> Iterator[Leak]:
    for look in (*PACKAGE, *DOCUMENTS[opened.kind]):
        yield from look(opened)
    if opened.kind == WORKBOOK:
        book = read_workbook(opened)
        for one in BOOK:
            yield from one(book)
    if not opened.inside:
        yield from _inside_charts(opened)


def _inside_charts(opened: Opened) -> Iterator[Leak]:
    """The workbooks inside charts: screened as files of their own, and held to their charts."""
    for edge in opened.targets("package"):
        if "chart" not in opened.types.get(edge.source.casefold(), ""):
            continue
        where = f"in the workbook inside {opened.label(edge.source)}"
        data = opened.package.read(edge.target)
        inner = open_package(data, opened.file, opened.known, opened.as_at, where)
        yield from _of_package(inner)
        if inner.kind == WORKBOOK:
            book = read_workbook(inner)
            yield from beyond_the_chart(opened, edge.source, book)
            yield from caches_against(opened, [edge.source], book)
