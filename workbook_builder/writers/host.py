"""What xlwings leaves to each system: copies, protection, read-only books."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any, Protocol

# Notes stay possible on a protected sheet, and people may widen columns.
ALLOWED = {
    "DrawingObjects": False,
    "Contents": True,
    "Scenarios": False,
    "AllowFormattingColumns": True,
    "AllowFormattingRows": True,
}


class Host(Protocol):
    """The calls that Excel for Windows and Excel for Mac spell differently."""

    def read_only(self, book: Any) -> bool:
        """Whether the workbook cannot be changed."""

    def save_copy(self, book: Any, path: Path) -> None:
        """Write a copy of the workbook as it is now; the workbook stays unsaved."""

    def is_protected(self, sheet: Any) -> bool:
        """Whether the cells of a sheet are protected."""

    def unprotect(self, sheet: Any) -> None:
        """Take protection without a password off."""

    def protect(self, sheet: Any) -> None:
        """Protect the cells, as a build does."""


class WindowsHost:
    """Excel for Windows, through COM."""

    def read_only(self, book: Any) -> bool:
        return bool(book.api.ReadOnly)

    def save_copy(self, book: Any, path: Path) -> None:
        book.api.SaveCopyAs(str(path))

    def is_protected(self, sheet: Any) -> bool:
        return bool(sheet.api.ProtectContents)

    def unprotect(self, sheet: Any) -> None:
        # Without a password given, Excel would ask the person for one in a dialogue.
        sheet.api.Unprotect(Password="")

    def protect(self, sheet: Any) -> None:
        sheet.api.Protect(**ALLOWED)


class MacHost:
    """Excel for Mac, through AppleScript; it has no way to save a copy, so the book is saved."""

    def read_only(self, book: Any) -> bool:
        return bool(book.api.read_only.get())

    def save_copy(self, book: Any, path: Path) -> None:
        book.save()
        shutil.copyfile(book.fullname, path)

    def is_protected(self, sheet: Any) -> bool:
        return bool(sheet.api.protect_contents.get())

    def unprotect(self, sheet: Any) -> None:
        sheet.api.unprotect(password="")

    def protect(self, sheet: Any) -> None:
        sheet.api.protect_worksheet(
            drawing_objects=False,
            worksheet_contents=True,
            scenarios=False,
            allow_formatting_columns=True,
            allow_formatting_rows=True,
        )


def host_for(book: Any) -> Host:
    """The host of an open workbook."""
    del book
    return MacHost() if sys.platform == "darwin" else WindowsHost()
