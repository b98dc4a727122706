"""results.csv as a file that Excel opens with its characters intact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def write_results(table: pd.DataFrame, path: Path) -> None:
    """Write the results table, UTF-8 with a byte order mark, one line a row."""
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")
