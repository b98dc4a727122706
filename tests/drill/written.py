"""A written file of records read back plainly: csv and openpyxl, nothing of the program."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

BELOW, ABOVE, COUNTED = "In denominator", "In numerator", "Counted"


@dataclass(frozen=True)
class Written:
    """The warning, the headings, and the records as dicts by heading."""

    warning: str
    headings: list[str]
    records: list[dict[str, Any]]

    @property
    def figure(self) -> tuple[float, float | None]:
        """Numerator and denominator, or the count alone, from the marks of the records."""
        counted = [row for row in self.records if row.get(BELOW, row.get(COUNTED)) == "yes"]
        sums = [name for name in self.headings if name in ("Days counted", "Number counted")]
        if sums:
            return sum(float(row[sums[0]]) for row in counted), float(len(counted))
        if ABOVE in self.headings:
            top = [row for row in counted if row[ABOVE] == "yes"]
            return float(len(top)), float(len(counted))
        return float(len(counted)), None


def read(path: Path) -> Written:
    rows = from_csv(path) if path.suffix == ".csv" else from_xlsx(path)
    (warning, *beside), headings, *records = rows
    assert not any(beside)
    assert len(set(headings)) == len(headings)
    return Written(warning, headings, [dict(zip(headings, row, strict=True)) for row in records])


def from_csv(path: Path) -> list[list[Any]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def from_xlsx(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path)["Records"]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
