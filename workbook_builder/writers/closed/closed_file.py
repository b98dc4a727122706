"""A workbook file that nobody has open: read once, looked at, and replaced as a whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.plan.model import Content, Note
from workbook_builder.plan.workbook import LAYOUT, MARKER, MONTH
from workbook_builder.writers.closed.filled import Where, filled
from workbook_builder.writers.closed.markup import CannotPatch, parse
from workbook_builder.writers.closed.package import Package
from workbook_builder.writers.closed.patch import patched
from workbook_builder.writers.closed.sheet import SheetPatch
from workbook_builder.writers.owned import foreign_password
from workbook_builder.writers.safe import check_free, replace_unchanged

SUFFIXES = (".xlsx", ".xlsm")
ENCRYPTED = b"\xd0\xcf\x11\xe0"
FINAL = re.compile(rb"name=[\"']_MarkAsFinal[\"'][^>]*>\s*<[^>]*bool>\s*(?:true|1)\s*<")
# Attributes that say that a password is needed.
PASSWORDS = ("password", "hashValue", "reservationPassword")


@dataclass(frozen=True)
class ClosedFile:
    """A file as it was read: its bytes, and what it says about itself."""

    path: Path
    data: bytes
    scorecard: str
    month: str
    layout: str

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def package(self) -> Package:
        return Package(self.data)

    def replace(self, sheets: Mapping[str, SheetPatch]) -> Path | None:
        """Put the file with its sheets, by title, patched where the one read is; its backup.

        Raises UserError where it cannot be patched, or is not the file that was read any more;
        nothing was changed then.
        """
        try:
            self.check_passwords(sheets)
            new = patched(self.package, sheets)
        except CannotPatch as error:
            raise UserError([self.odd(str(error))]) from error
        return replace_unchanged(self.path, self.data, new)

    def fill(
        self,
        cells: Mapping[Where, Content],
        notes: Mapping[Where, Note],
        replaced: Collection[Where],
    ) -> Path | None:
        """Put the file with some cells and notes of people written where the one read is.

        Each is known by the title of its sheet, row and column; replaced are notes that go first.
        Returns the backup. Raises UserError, and nothing was changed then.
        """
        try:
            new = filled(self.package, cells, notes, replaced)
        except CannotPatch as error:
            raise UserError([self.odd(str(error))]) from error
        return replace_unchanged(self.path, self.data, new)

    def odd(self, why: str) -> Fault:
        """The fault that the file is made in a way that cannot be changed."""
        return _odd(self.path, why)

    def check_passwords(self, sheets: Mapping[str, SheetPatch]) -> None:
        """Raise UserError where a sheet of our own has a password.

        Our own protection has none; a password is somebody else's to take off.
        """
        faults = []
        for title, one in sheets.items():
            if one.last_row >= 0 and title in self.package.sheets:
                sheet = parse(self.package.read(self.package.sheets[title]), "row")
                lock = sheet.child("sheetProtection")
                if lock is not None and any(name in lock.attributes for name in PASSWORDS):
                    faults.append(foreign_password(self.name, title))
        if faults:
            raise UserError(faults)


def read_closed(path: Path) -> ClosedFile:
    """Read a file that nobody has open. Raises UserError where it cannot be refreshed."""
    if not path.is_file():
        what = "There is no such workbook."
        raise UserError([Fault("WB602", what, Place(str(path)), fix="Look at the path again.")])
    if path.suffix.casefold() not in SUFFIXES:
        what = "Only workbooks of the kinds .xlsx and .xlsm can be refreshed."
        raise UserError([Fault("WB603", what, Place(str(path)))])
    faults = check_free(path)
    if faults:
        raise UserError(faults)
    data = path.read_bytes()
    if data.startswith(ENCRYPTED):
        raise UserError([_encrypted(path)])
    try:
        package = Package(data)
        _check(package)
        found = [_constant(package, name) for name in (MARKER, MONTH, LAYOUT)]
    except CannotPatch as error:
        raise UserError([_odd(path, str(error))]) from error
    if not found[0]:
        what = f'"{path.name}" is not a scorecard of Workbook Builder, so it was not touched.'
        raise UserError([Fault("WB711", what, Place(str(path)))])
    return ClosedFile(path, data, *found)


def _constant(package: Package, name: str) -> str:
    return package.names.get(name, "").removeprefix("=").strip('"')


def _check(package: Package) -> None:
    """Raise CannotPatch for a file that somebody made so that it must not be changed."""
    kinds = {one.kind for one in package.relations()}
    if "origin" in kinds or any(one.startswith("_xmlsignatures/") for one in package.parts()):
        raise CannotPatch("it has a digital signature, which any change would break")
    if any(one.kind == "revisionHeaders" for one in package.relations(package.main)):
        raise CannotPatch(
            "it is a shared workbook of the old kind; stop sharing it (Review, Unshare Workbook)"
        )
    sharing = package.book.child("fileSharing")
    if sharing is not None and any(name in sharing.attributes for name in PASSWORDS):
        raise CannotPatch("a password is needed to change it")
    if "docProps/custom.xml" in package and FINAL.search(package.read("docProps/custom.xml")):
        raise CannotPatch("it is marked as final")


def _odd(path: Path, why: str) -> Fault:
    what = f"The workbook cannot be refreshed while it is closed: {why}. Nothing was written."
    fix = (
        "Open it in Excel and refresh it there; where it is damaged or was saved by another "
        "program, save it in Excel once."
    )
    return Fault("WB413", what, Place(str(path)), fix=fix)


def _encrypted(path: Path) -> Fault:
    what = (
        "The workbook is encrypted (a password or a sensitivity label), so it cannot be refreshed. "
        "Nothing was written."
    )
    fix = "Take the password or the encrypting label off, or ask IT for a label without encryption."
    return Fault("WB601", what, Place(str(path)), fix=fix)
