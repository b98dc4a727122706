"""Whatever lists a test reads: rows read are rows used and left out, list by list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbook_builder.lists import read
from workbook_builder.lists.model import Done, Lists


def check_accounts(found: Lists) -> None:
    """Raise AssertionError where a list's rows do not add up, or one left out is not told."""
    assert set(found.counts) == set(found.frames)
    for key, count in found.counts.items():
        assert count.read == count.used + count.left_out, (key, count)
        assert count.used == len(found.frames[key]), (key, count)
        told = sum(
            one.count for one in found.problems if one.list == key and one.done is Done.ROW_LEFT_OUT
        )
        assert told == count.left_out, (key, count, told)


@pytest.fixture(autouse=True, scope="session")
def rows_are_accounted_for() -> Iterator[None]:
    """Check the account of every reading of lists in the whole run, whoever asked for it."""
    result = read._Reading.result

    def checked(reading: read._Reading) -> Lists:
        found = result(reading)
        check_accounts(found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read._Reading, "result", checked)
        yield
