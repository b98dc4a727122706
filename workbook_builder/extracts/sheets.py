"""Any file of the extracts folder as sheets of rows, or the fault that keeps it from being read."""

from __future__ import annotations

from pathlib import PurePath

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.extracts.cells import Sheet
from workbook_builder.extracts.csv_sheets import read_csv
from workbook_builder.extracts.package import MAX_BYTES, check_csv, check_workbook
from workbook_builder.extracts.xlsx_sheets import read_xlsx

CSV_ENDINGS = frozenset({".csv", ".tsv"})
WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm"})


def read_sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets of a file, by its ending and only if the content agrees with it.

    Raises UserError for a file that is no spreadsheet, is locked, damaged or unsafe.
    """
    ending = PurePath(file).suffix.casefold()
    if len(content) > MAX_BYTES:
        what = f"The file has {len(content) / 1024 / 1024:.0f} MB and is not opened for safety."
        raise UserError([Fault("WB207", what, Place(file), allowed="512 MB at most")])
    if ending in CSV_ENDINGS:
        check_csv(content, file)
        return (read_csv(content, file),)
    if ending in WORKBOOK_ENDINGS or ending == ".xls":
        check_workbook(content, file)
    if ending in WORKBOOK_ENDINGS:
        return read_xlsx(content, file)
    if ending == ".xls":
        what = "The file is named .xls but is an .xlsx workbook."
        fix = "Give it the ending .xlsx."
    else:
        what = f'A file that ends in "{ending}" is not an extract.'
        fix = "Save it as .xlsx or CSV, or move it out of the folder."
    raise UserError([Fault("WB206", what, Place(file), ".xlsx, .xlsm and .csv", fix)])
