"""A tiny catalogue, and ways to put files into an extracts folder and read them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook_builder.catalogue.model import Catalogue, Indicator, Settings
from workbook_builder.errors import Fault, UserError
from workbook_builder.extracts.folder import read_folder
from workbook_builder.extracts.model import Extracts

SHEET_1 = "xl/worksheets/sheet1.xml"
UNITS = {
    "contacts": "count",
    "timely": "percent",
    "cla-rate": "rate per 10,000",
    "caseload": "average",
    "missing": "text",
    "1.10": "count",
}


def indicator(code: str, unit: str = "count", **more: Any) -> Indicator:
    """An indicator with the settings that a reader of extracts does not look at."""
    usual = {
        "name": f"Name of {code}",
        "theme": "Theme",
        "polarity": "high",
        "period_type": "in month",
        "year_to_date": "latest",
    }
    return Indicator.model_validate({"code": code, "unit": unit} | usual | more)


def make_catalogue(*indicators: Indicator, first_month: int = 4) -> Catalogue:
    """A catalogue of these indicators; without any, one of each unit."""
    settings = Settings.model_validate(
        {
            "id": "tiny",
            "title": "Tiny scorecard",
            "authority": "Sample Council",
            "report_month": "2014-02",
            "financial_year_starts": first_month,
            "tab": [{"name": "All"}],
        }
    )
    usual = tuple(indicator(code, unit) for code, unit in UNITS.items())
    return Catalogue(settings=settings, indicators=indicators or usual)


def edit_part(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change a part of a workbook to what other programs write."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


class Desk:
    """An extracts folder on somebody's desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue = make_catalogue()

    def put(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def book(self, name: str = "figures.xlsx", **sheets: list[list[Any]]) -> Path:
        """Put a workbook into the folder; a cell may be (value, number format)."""
        from openpyxl import Workbook

        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for number, row in enumerate(rows, start=1):
                for column, content in enumerate(row, start=1):
                    value, shown = content if isinstance(content, tuple) else (content, None)
                    cell = sheet.cell(number, column, value)
                    if shown:
                        cell.number_format = shown
        path = self.folder / name
        workbook.save(path)
        return path

    def read(self) -> Extracts:
        """Read the folder."""
        return read_folder(self.folder, self.catalogue)

    def read_csv(self, *lines: str) -> Extracts:
        """Read one CSV file of these lines."""
        self.put("figures.csv", "\n".join(lines) + "\n")
        return self.read()

    def faults(self) -> tuple[Fault, ...]:
        """The faults of the folder, which must have some."""
        with pytest.raises(UserError) as raised:
            self.read()
        return raised.value.faults

    def fault(self) -> Fault:
        """The one fault of the folder."""
        faults = self.faults()
        assert len(faults) == 1, [str(fault) for fault in faults]
        return faults[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty extracts folder."""
    folder = tmp_path / "extracts"
    folder.mkdir()
    return Desk(folder)


@pytest.fixture
def new_desk(tmp_path: Path) -> Callable[[], Desk]:
    """As many empty extracts folders as a test asks for."""
    made = iter(range(10_000))

    def make() -> Desk:
        folder = tmp_path / str(next(made)) / "extracts"
        folder.mkdir(parents=True)
        return Desk(folder)

    return make
