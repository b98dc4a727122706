"""What the lists of a scorecard know: ids, dates of birth and names, in the cells of a file."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import to_excel

from tests.building import TEMPLATES
from tests.screen.clean import AS_AT, document, workbook
from tests.screen.test_planted_in_workbooks import FRONT, exactly, unsaid
from workbook_builder.cli import main
from workbook_builder.errors import EXIT_DONE, EXIT_FAULTS, EXIT_LEAKS
from workbook_builder.lists.private import Private
from workbook_builder.screen import leaks

DAYS = [dt.datetime(2009 + n, 2 + n, 3 + 5 * n) for n in range(4)]
PRIVATE = Private(
    ids=frozenset({"7654321", "7654322", "7654323", "10101", "10102", "10103", "1234", "ch0042"}),
    births=frozenset(int(to_excel(day)) for day in DAYS) | {36_526},
    names=frozenset({("ashgrove", "quillon"), ("sw0202",), ("green",)}),
)


def _text_id(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "7654321")


def _id_with_zeros(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "007654321")


def _id_in_a_sentence(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "Child ch0042 waited")


def _id_as_number(_book: Any, sheet: Any) -> None:
    sheet.write_number("A10", 7654321)


def _short_ids_in_a_column(_book: Any, sheet: Any) -> None:
    sheet.write_column("A10", [10101, 10102, 10103])


def _name(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "Ashgrove, Quillon")


def _name_in_a_sentence(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "The backlog of last winter was worked off by Quillon Ashgrove alone")


def _code_of_a_worker(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "Cases of SW0202")


def _births(book: Any, sheet: Any) -> None:
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, born in enumerate(DAYS):
        sheet.write_datetime(9 + row, 0, born, day)


PLANTED: dict[str, tuple[Callable[[Any, Any], None], str, str]] = {
    "id as text": (_text_id, "WB856", "cell A10"),
    "id with zeros before it": (_id_with_zeros, "WB856", "cell A10"),
    "id in a sentence": (_id_in_a_sentence, "WB856", "cell A10"),
    "id as number": (_id_as_number, "WB856", "cell A10"),
    "short ids in a column": (_short_ids_in_a_column, "WB856", "cells A10 to A12"),
    "name": (_name, "WB857", "cell A10"),
    "name in a sentence": (_name_in_a_sentence, "WB857", "cell A10"),
    "code of a worker": (_code_of_a_worker, "WB857", "cell A10"),
    "days of birth": (_births, "WB858", "cells A10 to A13"),
}


@pytest.mark.parametrize(("more", "code", "where"), PLANTED.values(), ids=PLANTED)
def test_what_the_lists_know(
    more: Callable[[Any, Any], None], code: str, where: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "board.xlsx", more)
    exactly(leaks(path, PRIVATE, AS_AT), code, f"{FRONT}, {where}")
    assert leaks(path, None, AS_AT) == ()


def _a_count(book: Any, sheet: Any) -> None:
    """Figures that happen to be ids: shown with a separator, short, or one among others."""
    sheet.write_number("A10", 7654321, book.add_format({"num_format": "#,##0"}))
    sheet.write_column("B10", [1234, 10101, 500, 620, 740])


def _words(_book: Any, sheet: Any) -> None:
    """A status may be a worker's name of one word, and two words stand far apart."""
    sheet.write_string("A10", "Green")
    sheet.write_string("A11", "Quillon Way is a home; the ward of Ashgrove is near it in the north")


def _first_days(book: Any, sheet: Any) -> None:
    month = book.add_format({"num_format": "mmm yyyy"})
    for row in range(4):
        sheet.write_datetime(9 + row, 0, dt.datetime(2025, 1 + row, 1), month)


@pytest.mark.parametrize("more", [_a_count, _words, _first_days])
def test_figures_and_words_that_are_nobody(
    more: Callable[[Any, Any], None], tmp_path: Path
) -> None:
    assert leaks(workbook(tmp_path / "board.xlsx", more), PRIVATE, AS_AT) == ()


def test_ids_and_names_in_a_document(tmp_path: Path) -> None:
    def more(made: Any) -> None:
        made.add_paragraph("Quillon Ashgrove led the work.")
        table = made.add_table(rows=2, cols=1)
        table.cell(0, 0).text, table.cell(1, 0).text = "Children", "7654321"

    found = leaks(document(tmp_path / "paper.docx", more), PRIVATE, AS_AT)
    assert {leak.code for leak in found} == {"WB856", "WB857"}
    unsaid(found)


HEADINGS = ("Child Unique ID", "Gender", "Date of Birth", "Date of Contact", "Allocated Worker")


def _lists(folder: Path) -> Path:
    """An extract of one child, as CSV."""
    folder.mkdir(parents=True)
    (folder / "List 1.csv").write_text(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,"
        "Contact Source,Allocated Worker\n"
        "7654321,a) Male,WBRI,12/03/2011,13,02/05/2024,1A: Individual - family,Quillon Ashgrove\n",
        encoding="utf-8",
    )
    return folder


def test_the_command_with_a_folder_of_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = _lists(tmp_path / "lists")
    path = workbook(tmp_path / "board.xlsx", _text_id)
    assert main(["screen", str(path)]) == EXIT_DONE
    assert "No lists were at hand" in capsys.readouterr().out
    assert main(["screen", str(path), "--against", str(lists)]) == EXIT_LEAKS
    said = capsys.readouterr()
    assert f"{FRONT}, cell A10" in said.err
    assert "WB856" in said.err
    assert "7654321" not in said.err + said.out


def test_the_scorecard_that_the_file_lies_in_is_compared_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any scorecard with lists: the template of Annex A with one extract in place of its 24."""
    folder = tmp_path / "scorecard"
    ignored = shutil.ignore_patterns("history", "lists")
    shutil.copytree(TEMPLATES / "annex_a", folder, ignore=ignored)
    _lists(folder / "extracts" / "lists" / "2024-06")
    path = workbook(folder / "board.xlsx", _text_id)
    assert main(["screen", str(path)]) == EXIT_LEAKS
    said = capsys.readouterr()
    assert "WB856" in said.err
    assert "7654321" not in said.err + said.out


def test_lists_that_cannot_be_read_are_no_clean_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = _lists(tmp_path / "lists")
    (lists / "List 2.xlsx").write_bytes(b"no workbook")
    assert (
        main(["screen", str(workbook(tmp_path / "b.xlsx")), "--against", str(lists)]) == EXIT_FAULTS
    )
    assert "WB231" in capsys.readouterr().err


def test_a_scorecard_without_lists_has_nothing_to_compare_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(workbook(tmp_path / "board.xlsx"))
    assert main(["screen", path, "--against", str(TEMPLATES / "haringey")]) == EXIT_FAULTS
    assert "WB804" in capsys.readouterr().err
