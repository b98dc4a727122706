"""CSV files as sheets: encoding, delimiter, quoted newlines, and the line that a person sees."""

from __future__ import annotations

import codecs
import csv
import io

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.extracts.cells import Cell, Row, Sheet, text_cell
from workbook_builder.extracts.names import HEADER_WITHIN, INDICATOR, heading_name

_DELIMITERS = ",;\t"
_FIX = 'Save it again from Excel as "CSV UTF-8 (Comma delimited)".'


def read_csv(content: bytes, file: str) -> Sheet:
    """The one sheet of a CSV file.

    A row's number is that of the line on which it starts, so a quoted cell of several lines moves
    the numbers of the rows after it on, as a text editor does. Raises UserError where the text
    cannot be decoded or its quotes do not close.
    """
    text = _decode(content, file)
    delimiter = _delimiter(text)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for fields in reader:
            cells = _cells(fields)
            if cells:
                rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"The row that starts here cannot be read: {error}."
        fix = "Look for a quotation mark that is opened and never closed. " + _FIX
        raise UserError([Fault("WB208", what, Place(file, row=line), fix=fix)]) from None
    return Sheet("", tuple(rows))


def _cells(fields: list[str]) -> dict[int, Cell]:
    cells = {column: text_cell(field) for column, field in enumerate(fields, start=1)}
    return {column: cell for column, cell in cells.items() if cell is not None}


def _decode(content: bytes, file: str) -> str:
    """UTF-8, with or without its mark; Excel's "Unicode text"; else Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    what = "The file is neither UTF-8 nor Windows-1252 text."
    raise UserError([Fault("WB208", what, Place(file), fix=_FIX)])


def _delimiter(text: str) -> str:
    """What separates the cells of the first line that has a cell named indicator or code."""
    for line in text[:100_000].splitlines()[:HEADER_WITHIN]:
        for delimiter in _DELIMITERS:
            names = [heading_name(cell.strip(' "')) for cell in line.split(delimiter)]
            if len(names) > 1 and INDICATOR & set(names):
                return delimiter
    return ","
