"""Where our formulas stand in a workbook in which people sorted, inserted and renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook_builder.annotations.book import BookRead
from workbook_builder.annotations.opened import Area
from workbook_builder.plan.keyed import OWNED

Keys = tuple[str, str]


@dataclass(frozen=True)
class FoundFormulas:
    """The formulas of a workbook.

    ours: by the number of a planned sheet, its title now and, by row and column from 0, the keys
    of the row and the column. owned: the area of each sheet that a refresh writes, by its key.
    others counts the formulas that are neither: people's own.
    """

    ours: Mapping[int, tuple[str, Mapping[tuple[int, int], Keys]]]
    owned: Mapping[str, Area]
    others: int


def find_formulas(book: BookRead) -> FoundFormulas:
    """Look through a workbook that was read."""
    assert book.opened is not None
    ours = {
        number: (
            sheet.title,
            {(row - 1, col - 1): (key, column) for row, col, key, column in sheet.our_formulas()},
        )
        for number, sheet in book.keyed.items()
    }
    areas = {key: book.opened.area(f"{OWNED}_{key}") for key in book.owned}
    owned = {key: area for key, area in areas.items() if area is not None}
    known = {title: set(cells) for title, cells in ours.values()}
    written = {area.sheet for area in owned.values()}
    others = sum(
        one.data_type == "f" and (one.row - 1, one.column - 1) not in known.get(sheet.title, ())
        for sheet in book.opened.book.worksheets
        if sheet.title not in written
        for row in sheet.iter_rows()
        for one in row
    )
    return FoundFormulas(ours, owned, others)
