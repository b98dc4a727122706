"""The room in a workbook that stands already, which a plan for it has to fit into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_builder.app.open_scorecard import NOTES, QUALITY, SENTENCES
from workbook_builder.plan.workbook import Surroundings
from workbook_builder.plan.written_rows import TOP

if TYPE_CHECKING:
    from workbook_builder.annotations.book import BookRead


def room_in(book: BookRead) -> Surroundings:
    """Where its figures stand, how many rows its sheets of words have, its report's places."""
    return Surroundings(
        standing=book.standing,
        notes_rows=_rows(book, NOTES),
        quality_rows=_rows(book, QUALITY),
        places=_places(book),
    )


def _rows(book: BookRead, key: str) -> int | None:
    """How many rows a sheet of words has in the workbook; None where it has no such sheet."""
    block = book.owned.get(key, ())
    return len(block) - TOP if block else None


def _places(book: BookRead) -> tuple[str, ...] | None:
    """The places of a highlight report that the workbook has; None where it has no report."""
    block = book.owned.get(SENTENCES)
    if block is None:
        return None
    return tuple(str(row[0]).removeprefix("'") for row in block[TOP + 1 :])
