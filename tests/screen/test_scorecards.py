"""Scorecards of the program: the working book is refused, a static copy of its tabs passes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.building import ROOT, TEMPLATES, Example, build_example
from workbook_builder.screen import leaks

SMALL = ROOT / "tests" / "data" / "small"


@pytest.fixture(scope="module", params=[SMALL, TEMPLATES / "haringey"], ids=lambda one: one.name)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(request.param, tmp_path_factory.mktemp("built"))


def test_the_working_book_is_refused(example: Example) -> None:
    codes = {leak.code for leak in leaks(example.built.workbook)}
    # Its rows and columns with keys are hidden, and figures stand beside what prints; nothing in it
    # is about a child or a person, and its charts are its cells.
    assert codes == {"WB812", "WB813", "WB825"}


@pytest.mark.in_ci
def test_a_static_copy_of_its_tabs_passes(example: Example, tmp_path: Path) -> None:
    assert leaks(_static(example.built.workbook, tmp_path / "board.xlsx")) == ()


def _static(source: Path, target: Path) -> Path:
    """The values and looks of what is shown and prints, without names and what is hidden."""
    book = openpyxl.load_workbook(source, data_only=True)
    book.properties.creator = None
    for name in list(book.defined_names):
        del book.defined_names[name]
    for sheet in book:
        rows = {n for n, one in sheet.row_dimensions.items() if one.hidden}
        columns = {n for n, one in sheet.column_dimensions.items() if one.hidden}
        printed = {cell for area in sheet.print_area.split(",") for cell in _cells(sheet, area)}
        for row in sheet.iter_rows():
            for cell in row:
                hidden = cell.row in rows or get_column_letter(cell.column) in columns
                if cell.value is not None and (
                    hidden or (printed and cell.coordinate not in printed)
                ):
                    cell.value = None
        for number in rows:
            sheet.row_dimensions[number].hidden = False
        for column in columns:
            sheet.column_dimensions[column].hidden = False
        sheet.data_validations.dataValidation = []
    book.save(target)
    return target


def _cells(sheet: object, area: str) -> list[str]:
    if not area:
        return []
    block = area.rpartition("!")[2].replace("$", "")
    return [cell.coordinate for row in sheet[block] for cell in row]  # type: ignore[index]
