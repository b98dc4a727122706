"""The eleven lists as they are described: complete, without two meanings for one word."""

from __future__ import annotations

import re

import pytest

from tests.lists.making import definition
from workbook_builder.lists.codes import CodeBook
from workbook_builder.lists.definitions import Kind, by_number, folded, lists

SIZES = {1: 7, 2: 8, 3: 11, 4: 12, 5: 14, 6: 14, 7: 17, 8: 34, 9: 17, 10: 16, 11: 19}
ADDED_TO_LIST_9 = {"uasc", "personal_adviser", "pathway_review_date", "last_contact_date"}


def test_there_are_eleven_lists_of_the_published_sizes() -> None:
    assert {each.number: len(each.columns) for each in lists().values()} == SIZES


def test_list_9_of_2019_has_four_columns_less() -> None:
    later = {column.key for column in definition("care_leavers").columns if column.since > 2019}
    assert later == ADDED_TO_LIST_9
    others = [each for each in lists().values() if each.number != 9]
    assert all(column.since == 2019 for each in others for column in each.columns)


@pytest.mark.parametrize("key", lists())
def test_no_heading_means_two_columns(key: str) -> None:
    columns = definition(key).columns
    names = [name for column in columns for name in column.names]
    assert len(names) == len(set(names))
    assert len({column.key for column in columns}) == len(columns)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column.key) for column in columns)


@pytest.mark.parametrize("key", lists())
def test_codes_go_with_the_kinds_that_have_them(key: str) -> None:
    for column in definition(key).columns:
        assert bool(column.codes) == (column.kind in (Kind.CODE, Kind.YES_NO)), column.key
    assert definition(key).id.kind is Kind.ID
    assert definition(key).id.required


def test_no_word_means_two_lists() -> None:
    names = [name for each in lists().values() for name in each.names]
    assert len(names) == len(set(names))


def test_every_code_and_its_first_meaning_is_found_again() -> None:
    for each in lists().values():
        for column in each.columns:
            book = CodeBook(column.codes)
            for code, words in column.codes.items():
                assert book.find(code) == code
                for word in words:
                    assert book.find(word) == code, (column.key, word)


def test_headings_are_compared_without_what_people_change() -> None:
    assert folded("LA In Touch ") == folded("LA in Touch")
    assert folded("Referral NFA?") == folded("referral nfa")
    curly = "Number of Episodes the Child has been ‘Missing’ from their Placement"
    assert folded(curly) == folded(curly.replace("‘", "'").replace("’", "'"))
    assert folded("UASC (Y/N))") == folded("UASC (Y/N)") == folded("UASC")
    assert folded("Child\u00a0Unique ID") == folded("ChildUniqueID")


def test_a_number_is_a_list_or_none() -> None:
    assert by_number(12) is None
    ten = by_number(10)
    assert ten is not None
    assert ten.key == "adoption"
