"""The few calls of Excel's own object model that the program makes on Windows, over Calc."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.live.office import options, url

REJECTED, EDITING, RETRY = -2147418111, -2146777998, -2147417846
FAILED = -2147352567
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}


class ComError(Exception):
    """What pywin32 raises: a number, a text and more."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(number, text, (0, "Microsoft Excel", text, None, 0, number), None)
        self.hresult = number


class BookApi:
    """The workbook's side."""

    def __init__(self, document: Any, engine: Any) -> None:
        self._document, self._engine = document, engine

    @property
    def ReadOnly(self) -> bool:
        self._engine.called()
        return bool(self._document.isReadonly())

    def SaveCopyAs(self, path: str) -> None:
        """Store a copy; the document keeps its place and stays unsaved."""
        self._engine.called()
        if self._engine.encrypts_copies:
            Path(path).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
            return
        style = FILTERS[Path(path).suffix.lower()]
        self._document.storeToURL(url(path), options(FilterName=style))


class SheetApi:
    """The sheet's side."""

    def __init__(self, sheet: Any, engine: Any) -> None:
        self._sheet, self._engine = sheet, engine

    @property
    def ProtectContents(self) -> bool:
        self._engine.called()
        return bool(self._sheet.isProtected())

    def Unprotect(self, Password: str = "") -> None:
        self._engine.called()
        self._sheet.unprotect(Password)
        if self._sheet.isProtected():
            raise ComError(FAILED, "The password you supplied is not correct.")

    def Protect(self, **allowed: bool) -> None:
        self._engine.called()
        assert allowed["Contents"] is True
        self._sheet.protect("")


def app_api() -> Any:
    """The application's side."""
    return SimpleNamespace(ProtectedViewWindows=SimpleNamespace(Count=0), Hwnd=0)
