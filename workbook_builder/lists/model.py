"""What reading lists gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Where a row comes from: columns that every table of Lists has behind its own.
FILE, SHEET, ROW = "_file", "_sheet", "_row"


class Done(StrEnum):
    """What was done about a problem."""

    KEPT = "kept"
    BLANKED = "blanked"
    ROW_LEFT_OUT = "row left out"
    COLUMN_LEFT_OUT = "column left out"
    SHEET_LEFT_OUT = "sheet left out"


@dataclass(frozen=True)
class Problem:
    """One thing to look at in the source, without saying whom it is about.

    row is Excel's row number and column Excel's letter; neither where the problem is of the sheet.
    heading is the heading that the file has. found describes what stands there; only words that
    cannot tell a person are quoted. count is above 1 where one line stands for many cells alike.
    """

    kind: str
    list: str
    file: str
    sheet: str
    row: int | None
    column: str
    heading: str
    found: str
    done: Done
    count: int = 1


@dataclass(frozen=True)
class Count:
    """The rows of one list. read is always used and left_out together."""

    read: int
    used: int
    left_out: int


@dataclass(frozen=True)
class Lists:
    """Clean tables by list key, and everything that was not clean in the files.

    A list that was found has a table even if it has no rows. Every table has all columns of its
    list, then _file, _sheet and _row. Ids, codes and texts are str, blank where there is nothing;
    dates are datetime64[ns], NaT where there is nothing; numbers are float, NaN where there is
    nothing. digest is the hash of queries and their rows, whatever their order; blank for files.
    """

    frames: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    counts: Mapping[str, Count]
    missing_lists: tuple[str, ...]
    missing_columns: Mapping[str, tuple[str, ...]]
    digest: str = ""
