"""results.csv as a file that Excel opens with its characters intact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


ENCODING = "utf-8-sig"


def write_results(table: pd.DataFrame, path: Path) -> None:
    """Write the results table, UTF-8 with a byte order mark, one line a row."""
    table.to_csv(path, index=False, lineterminator="\n", encoding=ENCODING)


def results_text(table: pd.DataFrame) -> str:
    """The same lines as a text, without the byte order mark."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def write_text(text: str, path: Path) -> None:
    """Write such a text, so that the file is byte for byte the one of the table."""
    path.write_text(text, encoding=ENCODING, newline="")
