"""Whether a file is what its name says, and which cells of a workbook no reader shows."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbook_builder.errors import Fault, Place, UserError

# A million rows over the eleven lists unpack to less than one of these.
MAX_BYTES = 4 * 1024**3
MAX_PARTS = 10_000
MAX_RATIO = 500
_RATIO_MATTERS_FROM = 64 * 1024**2
_CHUNK = 4 * 1024**2
_LONGEST_TAG = 1000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SAVE_AS = "Open it in Excel and save it as an Excel workbook (.xlsx), or export it again."
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_NAME = re.compile(rb'\sname="([^"]*)"')
_RID = re.compile(rb'\s(?:\w+:)?id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID = re.compile(rb'\sId="([^"]*)"')
_TARGET = re.compile(rb'\sTarget="([^"]*)"')
# What few cells have is looked for first, then where its cell begins: so most are not looked at.
_FORMULA_ONLY = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
_CELL = re.compile(rb'<c\s[^>]*\br="([A-Z]+)([0-9]+)"([^>]*)')
_AN_ERROR, _AS_TEXT = b't="e"', b't="str"'


@dataclass
class Unshown:
    """Cells, by row and column from 0, that readers give as blank though something is there."""

    errors: set[tuple[int, int]] = field(default_factory=set)
    unsaved: set[tuple[int, int]] = field(default_factory=set)


def check(content: bytes, file: str) -> None:
    """Raise UserError if the bytes of a workbook are none that may be opened."""
    if not content:
        raise refused("The file is empty (0 bytes).", file, "Export it again.")
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        fix = "Open it in Excel, take the password off (File, Info, Protect Workbook) and save it."
        raise refused("The workbook is protected with a password.", file, fix)
    if content.startswith(_OLE):
        return
    if not content.startswith(_ZIP):
        raise refused("The file has the ending of a workbook but is none.", file, _SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError):
        raise damaged(file) from None
    total = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    squeezed = total > _RATIO_MATTERS_FROM and total > MAX_RATIO * packed
    if len(parts) > MAX_PARTS or total > MAX_BYTES or squeezed:
        what = f"The workbook unpacks to {total / 1024**2:.0f} MB and is not opened for safety."
        raise refused(what, file, "Copy the lists into a new workbook and save that.")


def unshown(content: bytes, file: str) -> Mapping[str, Unshown]:
    """By sheet: cells with an error value, and formulas that were saved without a value.

    Readers of Excel files pass over both. Only .xlsx and .xlsm are looked into.
    """
    if not content.startswith(_ZIP):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: _scan(package, part) for name, part in _parts(package).items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError):
        raise damaged(file) from None


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's name; none for a workbook that is no .xlsx."""
    names = set(package.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {}
    for relation in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels")):
        identity, target = _ID.search(relation), _TARGET.search(relation)
        if identity and target:
            path = posixpath.normpath(posixpath.join("/xl", target[1].decode()))
            targets[identity[1]] = path.lstrip("/")
    found = {}
    for sheet in _SHEET.findall(package.read("xl/workbook.xml")):
        name, identity = _NAME.search(sheet), _RID.search(sheet)
        if name and identity and targets.get(identity[1]) in names:
            found[_unescaped(name[1])] = targets[identity[1]]
    return found


def _unescaped(name: bytes) -> str:
    from html import unescape

    return unescape(name.decode("utf-8"))


def _scan(package: zipfile.ZipFile, part: str) -> Unshown:
    found = Unshown()
    for chunk in _chunks(package, part):
        found.errors |= set(_errors(chunk))
        found.unsaved |= set(_unsaved(chunk))
    return found


def _errors(chunk: bytes) -> Iterator[tuple[int, int]]:
    place = chunk.find(_AN_ERROR)
    while place >= 0:
        cell = _cell_before(chunk, place)
        if cell and place < cell.end() and chunk[place - 1 : place].isspace():
            yield _address(cell[1], cell[2])
        place = chunk.find(_AN_ERROR, place + 1)


def _unsaved(chunk: bytes) -> Iterator[tuple[int, int]]:
    if b"<f" not in chunk:
        return
    for formula in _FORMULA_ONLY.finditer(chunk):
        cell = _cell_before(chunk, formula.start())
        if cell and cell.end() == formula.start() - 1 and _AS_TEXT not in cell[3]:
            yield _address(cell[1], cell[2])


def _cell_before(chunk: bytes, place: int) -> re.Match[bytes] | None:
    """The last opening tag before a place, without its end, if it is that of a cell."""
    start = chunk.rfind(b"<c", max(place - _LONGEST_TAG, 0), place)
    return _CELL.match(chunk, start) if start >= 0 else None


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that end where a cell ends."""
    with package.open(part) as content:
        rest = b""
        while chunk := content.read(_CHUNK):
            piece = rest + chunk
            cut = piece.rfind(b"</c>") + len(b"</c>")
            if cut < len(b"</c>"):
                rest = piece
                continue
            yield piece[:cut]
            rest = piece[cut:]
        yield rest


def _address(letters: bytes, number: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(number) - 1, column - 1


def damaged(file: str) -> UserError:
    """The fault for a workbook that is cut short or broken."""
    what = "The workbook is damaged or was not copied or downloaded to its end."
    return refused(what, file, "Copy or export it again. " + _SAVE_AS)


def refused(what: str, file: str, fix: str) -> UserError:
    """The fault for a file that cannot be opened."""
    return UserError([Fault("WB231", what, Place(file), ".xlsx, .xlsm, .xls, .ods and .csv", fix)])
