"""A small scorecard with every sort of line, held to the parts it had when last looked at.

What changed on purpose is taken over with --update-golden, and looked at in the difference.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import openpyxl
import pytest

from tests.building import ROOT, Example, build_example
from tests.oracles.calc import Calc, compare
from tests.oracles.golden import compare_with
from tests.oracles.package import audit

SMALL = ROOT / "tests" / "data" / "small"
GOLDEN = Path(__file__).parent / "small"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(SMALL, tmp_path_factory.mktemp("small"))


def test_the_parts_are_as_they_were(small: Example, update_golden: bool) -> None:
    assert compare_with(GOLDEN, small.built.workbook, update_golden) == []


def test_two_builds_are_the_same_to_the_byte(small: Example, tmp_path: Path) -> None:
    again = build_example(SMALL, tmp_path).built
    for one, other in (
        (small.built.workbook, again.workbook),
        (small.built.results, again.results),
    ):
        assert (
            hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()
        )
    assert again.backup is None


def test_every_formula_recalculates(small: Example, calc: Calc) -> None:
    result = compare(small.built.workbook, calc)
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 900


def test_the_package_is_sound(small: Example) -> None:
    assert audit(small.built.workbook) == []


def test_links_lead_to_names_that_exist(small: Example) -> None:
    book = openpyxl.load_workbook(small.built.workbook)
    links = {
        found
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        for found in re.findall(r'HYPERLINK\("#([^"]+)"', cell.value)
    }
    assert len(links) > 20
    assert links <= set(book.defined_names)


TEXTS = [
    "=1+1 is how a caveat may start.",
    "=Contacts received",
    "-Every contact.",
    "+What moved?",
    "@Contacts",
    "@2 missing 3 absent",
    "-Schools",
    "=Other",
    "=Board asked for it",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_looks_like_a_formula_arrives_as_that_text(
    small: Example, calc: Calc, text: str
) -> None:
    """As recalculated by Calc: were it a formula, its value would not be its text."""
    with calc.open(small.built.workbook) as book:
        found = [value for sheet in book.sheet_names() for value in book.values(sheet).values()]
    assert text in found


def test_no_formula_holds_outside_text_but_as_a_quoted_link(small: Example) -> None:
    book = openpyxl.load_workbook(small.built.workbook)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    quoted = re.sub(r'"[^"]*"', "", str(cell.value))
                    assert "Contacts received" not in quoted
                    assert "Board asked" not in quoted


def test_the_language_is_set_and_no_person_named(small: Example) -> None:
    properties = openpyxl.load_workbook(small.built.workbook).properties
    assert properties.language == "en-GB"
    assert not properties.creator
    assert properties.title == "Example scorecard, June 2024"


def test_figures_by_hand_feed_the_totals_made_of_them(small: Example) -> None:
    assert small.scorecard.line("referrals").value == 1210
    assert small.scorecard.line("all").value == 1210 + 430
    assert small.scorecard.line("rate").value == pytest.approx(10000 * 1210 / 50000)


def test_no_arrow_and_no_line_across_a_series_break(small: Example) -> None:
    contacts = small.scorecard.line("contacts")
    assert contacts.movement.glyph == ""
    assert contacts.movement.slots[2].cut


def test_none_out_of_none_is_no_percentage(small: Example) -> None:
    timely = small.scorecard.line("timely")
    assert timely.year.value == pytest.approx(100 * (8 + 0 + 15) / (10 + 0 + 20))
    assert timely.movement.words == "down, worse since Apr-24"


def test_sorting_takes_codes_and_names_together(small: Example) -> None:
    """Excel sorts what it takes for one table, and an empty column ends a table."""
    book = openpyxl.load_workbook(small.built.workbook)
    tables = [
        (sheet, cell.row, cell.column)
        for sheet in book
        for row in sheet.iter_rows(max_row=40)
        for cell in row
        if cell.value == "Indicator code" and sheet.title in ("Summary", "Front door", "Plans")
    ]
    assert len(tables) >= 4
    for sheet, row, code in tables:
        filled = {
            cell.column
            for line in sheet.iter_rows(min_row=row, max_row=row + 3)
            for cell in line
            if cell.value is not None
        }
        assert set(range(2, code + 1)) <= filled, (sheet.title, row)
