"""The rows of a sheet that are kept, and which of its columns is which of the list's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook_builder.errors import UserError
from workbook_builder.lists.cells import Cleaned, Coded, Flags, Integers, Issue, text_of
from workbook_builder.lists.match import Matched, two_columns
from workbook_builder.lists.model import Done
from workbook_builder.lists.telling import Telling
from workbook_builder.lists.values import clean_ids

_REPEATED = Issue("repeated row", "a row with the same cells as one above", Done.ROW_LEFT_OUT)
_HEADINGS = Issue("headings again", "the headings a second time", Done.ROW_LEFT_OUT)


@dataclass(frozen=True)
class Content:
    """Every column of a sheet without the rows in which nothing stands."""

    coded: tuple[Coded, ...]
    excel_rows: Integers

    def is_blank(self, place: int) -> bool:
        """Whether nothing stands in a whole column."""
        return bool(self.coded[place].blank.all())

    def alike(self, one: int, other: int) -> bool:
        """Whether two columns have the same cells."""
        first, second = self.coded[one], self.coded[other]
        return bool(np.all(first.values[first.codes] == second.values[second.codes]))


def content_of(found: Matched) -> Content:
    """The cells below the headings."""
    cells = found.raw.cells[found.data_from :]
    width = len(found.headings)
    coded = [Coded.of(cells[:, place]) for place in range(width)]
    filled = np.zeros(len(cells), dtype=bool)
    for column in coded:
        filled |= ~column.blank
    for row, _ in found.raw.unshown.errors | found.raw.unshown.unsaved:
        if 0 <= row - found.data_from < len(filled):
            filled[row - found.data_from] = True
    rows = np.flatnonzero(filled) + found.data_from + 1
    return Content(tuple(column.taken(filled) for column in coded), rows.astype(np.int64))


def places_of(found: Matched, content: Content, telling: Telling) -> dict[str, int]:
    """The place of each column; of two with the same cells, or one of them blank, one.

    Raises UserError where two columns both claim to be one.
    """
    places, faults = {}, []
    for key, claims in found.places.items():
        distinct = [
            place
            for number, place in enumerate(claims)
            if not any(content.alike(place, before) for before in claims[:number])
        ]
        filled = [place for place in distinct if not content.is_blank(place)]
        if len(filled) > 1:
            faults.append(two_columns(found, key))
        places[key] = (filled or distinct)[0]
        for place in claims:
            if place != places[key]:
                said = f"a second column of {key}, blank or with the same cells"
                telling.sheet("column twice", said, Done.COLUMN_LEFT_OUT, place)
    if faults:
        raise UserError(faults)
    return places


def kept_rows(
    found: Matched, content: Content, places: Mapping[str, int], telling: Telling
) -> tuple[Flags, Cleaned]:
    """All rows but those without an id, repeated ones, and headings that come again; the ids."""
    column = found.definition.id
    place = places[column.key]
    coded = content.coded[place]
    heading = found.headings[place].casefold()
    again = says(coded, lambda text: text.casefold() == heading)
    telling.rows(again, _HEADINGS, place, content.excel_rows)
    cleaned = clean_ids(coded, required=True)
    telling.values(cleaned, coded, ~again, place, content.excel_rows)
    kept = ~again & (cleaned.values[coded.codes] != "")
    # Every column counts, also one that is not used: it may hold what tells two events apart.
    cells = {str(number): each.codes for number, each in enumerate(content.coded)}
    cells[str(place)] = pd.factorize(cleaned.values)[0][coded.codes]
    repeated = np.zeros(len(kept), dtype=bool)
    repeated[kept] = pd.DataFrame(cells)[kept].duplicated().to_numpy()
    telling.rows(repeated, _REPEATED, place, content.excel_rows)
    return kept & ~repeated, cleaned


def says(coded: Coded, what: Callable[[str], bool]) -> Flags:
    """The rows with a word of which something holds; most texts are no words but numbers."""
    flags = [
        isinstance(value, str) and not value.isdecimal() and what(text_of(value))
        for value in coded.values
    ]
    return np.array(flags, dtype=bool)[coded.codes]
