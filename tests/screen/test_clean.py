"""Clean files pass, and so do figures that look like numbers of persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.screen.clean import AS_AT, document, pdf, slides, workbook
from workbook_builder.screen import leaks

CLEAN: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "workbook": (".xlsx", workbook),
    "document": (".docx", document),
    "slides": (".pptx", slides),
    "pdf": (".pdf", pdf),
}


@pytest.mark.parametrize(("ending", "make"), CLEAN.values(), ids=CLEAN)
def test_a_clean_file_passes(ending: str, make: Callable[[Path], Path], tmp_path: Path) -> None:
    assert leaks(make(tmp_path / f"board{ending}"), as_at=AS_AT) == ()


def _white_head(book: Any, sheet: Any) -> None:
    """White words in the head of a table whose style fills it."""
    white = book.add_format({"font_color": "white"})
    sheet.write_string("A10", "Team", white)
    sheet.write_string("A11", "North")
    sheet.add_table(
        "A10:A11", {"columns": [{"header": "Team", "header_format": white}], "autofilter": False}
    )


def _status_by_condition(book: Any, sheet: Any) -> None:
    """A status whose white word stands on the red of a conditional format."""
    sheet.write_string("A10", "Red", book.add_format({"font_color": "#FFFFFF"}))
    fill = book.add_format({"bg_color": "#A61111"})
    sheet.conditional_format(
        "A10", {"type": "cell", "criteria": "==", "value": '"Red"', "format": fill}
    )


def _zeros_hidden(book: Any, sheet: Any) -> None:
    sheet.write_number("A10", 0, book.add_format({"num_format": '#,##0;-#,##0;""'}))


def _links_to_the_world(_book: Any, sheet: Any) -> None:
    sheet.write_url("A10", "https://www.gov.uk/children", string="Guidance")
    sheet.write_url("A11", "internal:'Front page'!A1", string="Top")


def _choices(_book: Any, sheet: Any) -> None:
    sheet.data_validation("A10", {"validate": "list", "source": ["Red", "Amber", "Green"]})


def _days(book: Any, sheet: Any) -> None:
    """Days without a word about birth, and the word without a day."""
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row in range(5):
        sheet.write_datetime(9 + row, 0, dt.datetime(2011, 3, 12 + row), day)
    sheet.write_string("B10", "Date of birth is never published.")


def _long_figures(_book: Any, sheet: Any) -> None:
    """Two sound numbers of ten digits among others of ten digits."""
    for row, number in enumerate((9434765919, 9434765870, 9434765918, 1234567890)):
        sheet.write_number(9 + row, 0, number)


def _id_of_an_indicator(_book: Any, sheet: Any) -> None:
    sheet.write_row("A10", ["ID", "Ref", "Number of children", "Case load"])
    sheet.write_row("A11", [101, "CS12", 1234567, 24])


def _names_of_excel(book: Any, sheet: Any) -> None:
    """A filter makes Excel keep a hidden name of its own."""
    sheet.write_column("A10", ["Team", "North", "South"])
    sheet.autofilter("A10:A12")
    book.define_name("Contacts", "='Front page'!$B$4")


def _another_heading_ends_it(_book: Any, sheet: Any) -> None:
    """Below the next heading of the same column stand figures again."""
    sheet.write_column("A10", ["Child ID", "not recorded", "Children in need", 12345, 23456])


def _faults_by_column(_book: Any, sheet: Any) -> None:
    """A table of faults names the columns of the lists, with counts beside and below them."""
    rows = (("Child Unique ID", 312), ("Date of birth", 30123), ("NHS number", 1204), ("All", 5))
    for row, (name, count) in enumerate(rows):
        sheet.write_row(9 + row, 0, ("North", name, count))


FIGURES: dict[str, Callable[[Any, Any], None]] = {
    one.__name__.strip("_"): one
    for one in (
        _white_head,
        _status_by_condition,
        _zeros_hidden,
        _links_to_the_world,
        _choices,
        _days,
        _long_figures,
        _id_of_an_indicator,
        _names_of_excel,
        _another_heading_ends_it,
        _faults_by_column,
    )
}


@pytest.mark.parametrize("more", FIGURES.values(), ids=FIGURES)
def test_what_only_looks_like_a_leak_passes(
    more: Callable[[Any, Any], None], tmp_path: Path
) -> None:
    assert leaks(workbook(tmp_path / "board.xlsx", more), as_at=AS_AT) == ()
