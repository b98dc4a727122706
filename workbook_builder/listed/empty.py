"""Lists that have headings and no rows: most often an export that failed.

Counted, they would put noughts in the place of good figures. So such a list is taken for one that
is not there, unless the scorecard says that it may truly be empty.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_builder.lists.definitions import lists
from workbook_builder.lists.model import Done, Problem

if TYPE_CHECKING:
    from workbook_builder.lists.model import Lists

KIND = "no rows"
NONE_USED = "no row that can be used"


def without_empty(
    found: Lists, may_be_empty: Collection[str], before: Mapping[str, int] | None = None
) -> Lists:
    """The lists of an extract, those without a row that can be used put among the missing ones.

    before: how many rows each list had in the last extract that had any, for the problem.
    """
    empty = {
        key
        for key, count in found.counts.items()
        if not count.used and key in found.frames and key not in may_be_empty
    }
    if not empty:
        return found
    told = (one for one in found.problems if one.kind == KIND and one.list in empty)
    places = {one.list: one for one in told}
    problems = [one for one in found.problems if one not in places.values()]
    for key in lists():
        if key in empty:
            problems.append(_problem(found, key, places.get(key), (before or {}).get(key, 0)))
    return replace(
        found,
        frames={key: frame for key, frame in found.frames.items() if key not in empty},
        problems=tuple(problems),
        missing_lists=tuple(key for key in lists() if key in empty or key in found.missing_lists),
        missing_columns={
            key: columns for key, columns in found.missing_columns.items() if key not in empty
        },
    )


def _problem(found: Lists, key: str, told: Problem | None, before: int) -> Problem:
    """That the list is left out, where it stands, and how many rows it had before."""
    what = told.found if told is not None else NONE_USED
    if before:
        rows = "1 row" if before == 1 else f"{before:,} rows"
        what += f"; the last extract that has the list has {rows}"
    at = told or next((one for one in found.problems if one.list == key), None)
    file, sheet = (at.file, at.sheet) if at is not None else ("", "")
    return Problem(KIND, key, file, sheet, None, "", "", what, Done.SHEET_LEFT_OUT)
