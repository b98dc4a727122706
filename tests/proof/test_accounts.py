"""The account of rows that every test's reading is held to would notice a row that is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.lists.making import a_list, good_row, read
from tests.oracles.accounts import check_accounts
from workbook_builder.lists.model import Count, Lists


def two_rows(tmp_path: Path) -> Lists:
    rows = [good_row("contacts", 1), good_row("contacts", None), good_row("contacts", 2)]
    found = read(a_list(tmp_path, "contacts", rows))
    assert found.counts["contacts"] == Count(3, 2, 1)
    return found


@pytest.mark.parametrize("count", [Count(4, 2, 1), Count(3, 3, 0), Count(2, 2, 0), Count(3, 1, 2)])
def test_a_wrong_count_is_seen(tmp_path: Path, count: Count) -> None:
    found = two_rows(tmp_path)
    check_accounts(found)
    with pytest.raises(AssertionError):
        check_accounts(replace(found, counts=MappingProxyType({"contacts": count})))


def test_a_row_left_out_and_not_told_is_seen(tmp_path: Path) -> None:
    found = two_rows(tmp_path)
    with pytest.raises(AssertionError):
        check_accounts(replace(found, problems=()))


def test_every_reading_in_the_tests_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check is in place: a reader that loses a row makes any test fail."""
    from workbook_builder.lists import table

    def losing(read: int, used: int, _left_out: int) -> Count:
        return Count(read + 1, used, 0)

    monkeypatch.setattr(table, "Count", losing)
    path = a_list(tmp_path, "contacts", [good_row("contacts", 1)])
    from workbook_builder.lists.read import read_lists

    with pytest.raises(AssertionError):
        read_lists(path)
