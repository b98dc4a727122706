"""Ids that differ by leading zeros: one child where that is safe, and told in any case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lists.making import good_row, headings, read, told, workbook
from workbook_builder.lists.model import Lists

SAME = "taken for the same children"
APART = "kept apart"


def reading(folder: Path, contacts: list[Any], referrals: list[Any], **more: list[Any]) -> Lists:
    sheets = {
        "List_1": [headings("contacts"), *[good_row("contacts", one) for one in contacts]],
        "List_3": [headings("referrals"), *[good_row("referrals", one) for one in referrals]],
    }
    for key, number in (("adoption", 10), ("adopters", 11)):
        rows = [good_row(key, one) for one in more.get(key, [])]
        sheets[f"List_{number}"] = [headings(key), *rows]
    return read(workbook(folder / "a.xlsx", sheets))


CASES: list[tuple[list[Any], list[Any], list[str], list[str], dict[str, str]]] = [
    # One list has zeros, the other lost them.
    (
        ["00123", "00456"],
        [123, 789],
        ["123", "456"],
        ["123", "789"],
        {"contacts": f"1 id is like one of list 3 but for leading zeros; they are {SAME}"},
    ),
    (
        [123, 456],
        ["00123", "0456"],
        ["123", "456"],
        ["123", "456"],
        {"referrals": f"2 ids are like ids of list 1 but for leading zeros; they are {SAME}"},
    ),
    # All lists have them: nothing to tell, and the next extract may have none.
    (["00123"], ["00123"], ["123"], ["123"], {}),
    (["123"], ["123"], ["123"], ["123"], {}),
    # Zeros alone are an id of zeros.
    (["000"], ["1"], ["000"], ["1"], {}),
    # Two ids of one list would be one.
    (
        ["00123", "123"],
        ["123"],
        ["00123", "123"],
        ["123"],
        {
            "contacts": "1 id is like one of the same list, list 3 but for leading zeros; they are "
            f"{APART}, since one list has both"
        },
    ),
    # Some ids have letters, so figures may not be numbers.
    (
        ["00123", "P7"],
        [123],
        ["00123", "P7"],
        ["123"],
        {
            "contacts": f"1 id is like one of list 3 but for leading zeros; they are {APART}, "
            "since some ids have letters"
        },
    ),
    (["00123", "P7"], [456], ["00123", "P7"], ["456"], {}),
]


@pytest.mark.parametrize(("contacts", "referrals", "ids", "others", "said"), CASES)
def test_ids_with_and_without_zeros(
    tmp_path: Path,
    contacts: list[Any],
    referrals: list[Any],
    ids: list[str],
    others: list[str],
    said: dict[str, str],
) -> None:
    found = reading(tmp_path, contacts, referrals)
    assert found.frames["contacts"]["child_id"].tolist() == ids
    assert found.frames["referrals"]["child_id"].tolist() == others
    problems = told(found, "leading zeros differ")
    assert {one.list: one.found for one in problems} == said
    assert len(problems) == len(said)
    assert all((one.row, one.column, one.done) == (None, "A", "kept") for one in problems)
    assert "00123" not in str(found.problems)


def test_ids_of_adopters_are_another_matter(tmp_path: Path) -> None:
    found = reading(tmp_path, ["00123"], ["123"], adopters=["00123", "123", "A7"])
    assert found.frames["contacts"]["child_id"].tolist() == ["123"]
    assert found.frames["adopters"]["adopter_id"].tolist() == ["00123", "123", "A7"]


def test_a_row_that_is_left_out_decides_nothing(tmp_path: Path) -> None:
    """The headings a second time are no id with letters."""
    sheets = {
        "List_1": [headings("contacts"), good_row("contacts", "00123"), headings("contacts")],
        "List_3": [headings("referrals"), good_row("referrals", 123)],
    }
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    assert found.frames["contacts"]["child_id"].tolist() == ["123"]
