"""Cell references and Excel names."""

from __future__ import annotations

import re

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from workbook_builder.plan.addresses import column_letters, key_of, name_for, span

# What Excel takes for a cell or refuses, and so cannot be a name.
REFUSED = ["CP02", "LAC12", "1.1.1", "cp-rate", "R1C1", "C", "R", "TRUE", "a b", "é", "X/1"]
EXCEL_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]{0,254}")
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")


@given(st.text(max_size=60))
def test_a_name_can_be_read_back(key: str) -> None:
    if any(0xD800 <= ord(char) <= 0xDFFF for char in key):
        return
    name = name_for("row", key)
    assert key_of(name, "row") == key
    assert EXCEL_NAME.fullmatch(name) or len(name) > 255
    assert not LIKE_A_CELL.fullmatch(name)


@given(st.text(max_size=20), st.text(max_size=20))
def test_different_keys_have_names_that_differ_in_more_than_case(one: str, other: str) -> None:
    """Codes that differ only in case are a fault of the catalogue; all others must stay apart."""
    surrogates = any(0xD800 <= ord(char) <= 0xDFFF for char in one + other)
    if surrogates or one.upper() == other.upper() or one.lower() == other.lower():
        return
    assert name_for("row", one).casefold() != name_for("row", other).casefold()


@pytest.mark.parametrize("key", REFUSED)
def test_codes_that_excel_refuses_become_names_that_it_takes(key: str) -> None:
    book = xlsxwriter.Workbook("unused.xlsx", {"in_memory": True})
    book.add_worksheet("S")
    assert book.define_name(name_for("row", key), "=S!$A$1") == 0


@pytest.mark.parametrize("name", ["row_a-b", "front_a", "row__2d", "row__"])
def test_a_name_that_is_none_of_ours_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"row|made"):
        key_of(name, "row")


@given(st.integers(0, 16383))
def test_column_letters(col: int) -> None:
    assert column_letters(col) == get_column_letter(col + 1)


def test_a_span_of_one_cell_is_that_cell() -> None:
    assert span(6, 1, 6, 1) == "$B$7"
    assert span(6, 1, 8, 3) == "$B$7:$D$9"
