"""A finished workbook as openpyxl reads it, for the many questions that tests put to one file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook


def reading(path: Path, *, values: bool = False) -> Workbook:
    """The workbook with its formulas, or with the values written for them; never to be changed.

    Read anew only where the file is another than the one read before.
    """
    now = path.stat()
    return _read(path, values, now.st_ino, now.st_size, now.st_mtime_ns)


@lru_cache(maxsize=6)
def _read(path: Path, values: bool, *_state: int) -> Workbook:
    return openpyxl.load_workbook(path, data_only=values)
