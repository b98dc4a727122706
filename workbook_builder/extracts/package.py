"""Whether the bytes of a file are what its name promises, looked at before any library opens it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence

from workbook_builder.errors import Fault, Place, UserError

MAX_BYTES = 512 * 1024 * 1024
MAX_PARTS = 10_000
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 10 * 1024 * 1024
_CHUNK = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_DTD = re.compile("|".join(("<!DOCTYPE", "<!ENTITY")).encode())
_DTD_16 = re.compile(b"<\0!\0(D\0O\0C\0T\0Y\0P\0E|E\0N\0T\0I\0T\0Y)")
_SHEET = re.compile(rb"<(?:\w+:)?sheet ")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_OTHERS = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"<!": "a web page or XML",
    b"<?": "a web page or XML",
    b"<html": "a web page or XML",
}
_SAVE_AS = "Open it in Excel and save it as an Excel workbook (.xlsx) or as CSV UTF-8 (.csv)."


def check_csv(content: bytes, file: str) -> None:
    """Raise UserError if a .csv file is not text."""
    _check_common(content, file)
    if content.startswith(_ZIP):
        what = "The file is named .csv but is an Excel workbook or another zip file."
        raise _refused("WB206", what, file, "Give it the ending .xlsx if it is a workbook.")
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not utf16:
        raise _refused("WB206", "The file is named .csv but is not text.", file, _SAVE_AS)


def check_workbook(content: bytes, file: str) -> None:
    """Raise UserError if an .xlsx file is no sound and safe workbook."""
    _check_zip(content, file, (_check_size, _check_kind, _check_doctypes))


def check_package(content: bytes, file: str) -> None:
    """Raise UserError if a file is no sound and safe package of Office, whichever kind it is."""
    _check_zip(content, file, (_check_size, _check_doctypes))


def _check_zip(
    content: bytes, file: str, checks: Sequence[Callable[[zipfile.ZipFile, str], None]]
) -> None:
    _check_common(content, file)
    if not content.startswith(_ZIP):
        what = "The file has the ending of an Excel workbook but is not one."
        raise _refused("WB206", what, file, _SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for check in checks:
                check(package, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise damaged(file) from None


def has_formulas(content: bytes) -> bool:
    """Whether any sheet of a workbook holds a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(chunk) for name in sheets for chunk in _chunks(package, name))


def count_sheets(content: bytes) -> int:
    """How many sheets a workbook says it has; openpyxl passes over those whose part is missing."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return len(_SHEET.findall(package.read("xl/workbook.xml")))


def damaged(file: str) -> UserError:
    """The fault for a workbook that is cut short or broken."""
    what = "The workbook is damaged or was not copied or downloaded to its end."
    return _refused("WB202", what, file, "Copy or export it again. " + _SAVE_AS)


def _check_common(content: bytes, file: str) -> None:
    if not content:
        raise _refused("WB203", "The file is empty (0 bytes).", file, "Export it again.")
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        fix = "Open it in Excel, take the password off (File, Info, Protect Workbook) and save it."
        raise _refused("WB204", "The workbook is protected with a password.", file, fix)
    if content.startswith(_OLE):
        what = "The file is in the old Excel format (.xls) or another old Office format."
        raise _refused("WB205", what, file, "Open it in Excel and save it as .xlsx.")
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind in _OTHERS.items():
        if start.startswith(signature):
            raise _refused("WB206", f"The file is {kind}, not a spreadsheet.", file, _SAVE_AS)


def _check_size(package: zipfile.ZipFile, file: str) -> None:
    parts = package.infolist()
    total = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    squeezed = total > _RATIO_MATTERS_FROM and total > MAX_RATIO * max(packed, 1)
    if len(parts) > MAX_PARTS or total > MAX_BYTES or squeezed:
        what = (
            f"The workbook unpacks to {total / 1024 / 1024:.0f} MB in {len(parts)} parts, from "
            f"{packed / 1024 / 1024:.1f} MB, and is not opened for safety."
        )
        fix = "Copy the figures into a new workbook and save that."
        raise _refused("WB207", what, file, fix)


def _check_kind(package: zipfile.ZipFile, file: str) -> None:
    names = package.namelist()
    if "xl/workbook.xml" not in names:
        kinds = {
            "word/": "a Word document",
            "ppt/": "a PowerPoint file",
            "xl/": "a binary workbook",
        }
        found = (kind for start, kind in kinds.items() for name in names if name.startswith(start))
        kind = next(found, "another kind of zip file")
        raise _refused("WB206", f"The file is {kind}, not an .xlsx workbook.", file, _SAVE_AS)


def _check_doctypes(package: zipfile.ZipFile, file: str) -> None:
    for name in package.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        if any(_DTD.search(chunk) or _DTD_16.search(chunk) for chunk in _chunks(package, name)):
            what = (
                f"The part {name} of the workbook declares a document type, as no Excel file does."
            )
            fix = "Copy the figures into a new workbook and save that."
            raise _refused("WB207", what, file, fix)


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part in pieces that overlap, so that nothing searched for falls between two."""
    with package.open(name) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-32:]


def _refused(code: str, what: str, file: str, fix: str) -> UserError:
    return UserError([Fault(code, what, Place(file), fix=fix)])
