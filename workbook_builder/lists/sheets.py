"""Workbooks and CSV files as sheets of cells, each where Excel shows it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.lists.cells import Objects
from workbook_builder.lists.package import Unshown, check, damaged, refused, unshown

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
ENDINGS = (*WORKBOOKS, ".csv")
# Enough for the first rows, from which delimiter and width are told.
_HEAD = 1_000_000
_DELIMITERS = ",;\t|"
_FIX = 'Save it again from Excel as "CSV UTF-8 (Comma delimited)".'


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet, CSV file or query.

    cells has a row for each of Excel's from the first on. headings is given where the source
    itself knows them: then cells are data only, and rows count from 1 as the results do. digest is
    the hash of a query and its rows.
    """

    file: str
    sheet: str
    cells: Objects
    headings: tuple[str, ...] = ()
    unshown: Unshown = field(default_factory=Unshown)
    only_sheet: bool = True
    digest: str = ""


def sheets_of(path: Path) -> Iterator[RawSheet]:
    """The sheets of one file, in their order. Raises UserError for a file that cannot be read."""
    if path.suffix.casefold() == ".csv":
        yield _csv(_content(path), path.name)
    else:
        yield from _workbook(path)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"The file cannot be opened: {error.strerror or 'it is not readable'}."
        raise refused(what, path.name, "Close it if it is open elsewhere.") from None


def _workbook(path: Path) -> Iterator[RawSheet]:
    """Nothing here keeps a sheet while the next one is read: a sheet may be all that fits."""
    from python_calamine import SheetTypeEnum

    try:
        workbook, hidden_from_readers = _opened(_content(path), path.name)
        wanted = [
            each.name for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet
        ]
        for name in wanted:
            found = hidden_from_readers.get(name, Unshown())
            yield RawSheet(path.name, name, _grid(workbook, name), (), found, len(wanted) == 1)
    except UserError:
        raise
    except Exception:
        # On a broken workbook the reader raises whatever the first missing part leads to; what
        # it says may quote cells.
        raise damaged(path.name) from None


def _opened(content: bytes, file: str) -> tuple[CalamineWorkbook, Mapping[str, Unshown]]:
    from python_calamine import CalamineWorkbook

    check(content, file)
    hidden_from_readers = unshown(content, file)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)), hidden_from_readers


def _grid(workbook: CalamineWorkbook, name: str) -> Objects:
    """The cells of a sheet from A1 on, each text once however many cells have it."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None or sheet.end is None:
        return np.empty((0, 0), dtype=object)
    left = sheet.start[1]
    cells = np.full((sheet.end[0] + 1, sheet.end[1] + 1), "", dtype=object)
    texts: dict[str, str] = {}
    for row, values in enumerate(sheet.iter_rows()):
        cells[row, left:] = [
            texts.setdefault(value, value) if type(value) is str else value for value in values
        ]
    return cells


def _csv(content: bytes, file: str) -> RawSheet:
    import pandas as pd

    encoding = _encoding(content, file)
    # Cut short it may end within a letter.
    head = content[:_HEAD].decode(encoding, errors="ignore")
    delimiter = _delimiter(head)
    try:
        # Not dtype=str: several times slower. Blank lines are rows of Excel's too.
        table = pd.read_csv(
            io.BytesIO(content),
            encoding=encoding,
            sep=delimiter,
            header=None,
            names=range(_width(head, delimiter)),
            index_col=False,
            dtype=object,
            keep_default_na=False,
            na_values=[],
            skip_blank_lines=False,
            engine="c",
        )
    except (pd.errors.ParserError, csv.Error):
        raise _torn(file) from None
    except pd.errors.EmptyDataError:
        raise refused("The file is empty.", file, "Export it again.") from None
    return RawSheet(file, "", table.to_numpy(dtype=object))


def _torn(file: str) -> UserError:
    what = "A row of the file has more cells than those before it, or a quotation mark is open."
    return UserError([Fault("WB239", what, Place(file), fix=_FIX)])


def _encoding(content: bytes, file: str) -> str:
    """UTF-8, with or without its mark; Excel's "Unicode text"; else Windows-1252."""
    if not content.strip():
        raise refused("The file is empty.", file, "Export it again.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        what = "The file is named .csv but is an Excel workbook or another packed file."
        raise refused(what, file, "Give it its right ending.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return encoding
    what = "The file is neither UTF-8 nor Windows-1252 text."
    raise UserError([Fault("WB239", what, Place(file), fix=_FIX)])


def _delimiter(text: str) -> str:
    """What there is most of in the row among the first that is divided most."""
    lines = text[:100_000].splitlines()[:10]
    counts = {each: max((line.count(each) for line in lines), default=0) for each in _DELIMITERS}
    return max(counts, key=lambda each: counts[each])


def _width(text: str, delimiter: str) -> int:
    """The cells of the widest row among the first; a wider one further down is a fault."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return max((len(row) for _, row in zip(range(100), reader, strict=False)), default=1)
