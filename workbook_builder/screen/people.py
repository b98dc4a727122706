"""What the lists of a scorecard say about people, looked for in the texts and numbers of a file.

A number in a cell may be a figure that happens to equal an id. Alone it is told where it is long,
shown plain and few numbers of that length are ids; a shorter one where most of the numbers in its
column are ids. A name of one word may be any word (a worker may be called Green), so names
are told from two words on; a worker's code with a digit in it is told alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook_builder.lists.private import NOTHING_PRIVATE, SHORT, Private, name_of
from workbook_builder.screen.model import Cell, Kind

LIST_ID = Kind(
    "WB856",
    "An id of the lists stands here.",
    "Take it out; if the number is a figure that happens to equal an id, show it with a separator "
    "of thousands.",
)
LIST_NAME = Kind(
    "WB857",
    "A name of a person in the lists stands here, such as a worker's.",
    "Take the name out, or say the team or the role instead.",
)
LIST_BIRTH = Kind(
    "WB858",
    "A column of days stands here that are all dates of birth of children in the lists.",
    "Take the column out.",
)
# So many different values of one column that are all of a kind are no chance.
NO_CHANCE = 3
_LONG = 6
_SHORTEST = 4
# The share of all numbers of a length that may be ids before a single one, or a column, says
# nothing any more.
_FEW, _SOME = 0.01, 0.1
_CHANCE = 0.001
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
# A cell of so few words is compared as a name is, whatever the order of its words.
_FEW_WORDS = 6


@dataclass(frozen=True)
class Known:
    """The private values of lists; those of no list where none was given."""

    private: Private = NOTHING_PRIVATE

    def in_text(self, text: str) -> Iterator[Kind]:
        """The kinds of what a text holds of the lists."""
        if not (self.private.ids or self.private.names):
            return
        if any(self._is_id(token) for token in (*_TOKEN.findall(text), *_WORD.findall(text))):
            yield LIST_ID
        if self._names_a_person(text):
            yield LIST_NAME

    def ids_among(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells of a column of whole numbers that hold an id."""
        ids = [cell for cell in cells if str(int(cell.number or 0)) in self.private.ids]
        alone = [cell for cell in ids if cell.plain and self._says_something(cell, _LONG, _FEW)]
        some = [cell for cell in ids if self._says_something(cell, _SHORTEST, _SOME)]
        different, all_different = _different(some), _different(cells)
        if different >= NO_CHANCE and different * 2 > all_different:
            return some
        return alone

    def births_among(self, cells: Sequence[Cell]) -> list[Cell]:
        """The dates of a column, if all of them are days of birth and that is no chance."""
        births, different = self.private.births, _different(cells)
        if different < NO_CHANCE or any(int(cell.number or 0) not in births for cell in cells):
            return []
        covered = len(births) / (max(births) - min(births) + 1)
        return list(cells) if covered**different < _CHANCE else []

    def _is_id(self, token: str) -> bool:
        return len(token) > SHORT and token.casefold().lstrip("0") in self.private.ids

    def _names_a_person(self, text: str) -> bool:
        names, teams = self.private.names, self.private.teams
        words = name_of(text)
        if words in teams:
            return False
        if any(len(word) > SHORT and not word.isalpha() and (word,) in names for word in words):
            return True
        if 1 < len(words) <= _FEW_WORDS and self.private.named(text):
            return True
        row = [word.casefold() for word in _WORD.findall(text)]
        return any(
            (window := tuple(sorted(row[at : at + size]))) in names and window not in teams
            for size in self._sizes
            for at in range(len(row) - size + 1)
        )

    @cached_property
    def _sizes(self) -> tuple[int, ...]:
        return tuple(sorted({len(name) for name in self.private.names} - {0, 1}))

    @cached_property
    def _lengths(self) -> Counter[int]:
        return Counter(len(one) for one in self.private.ids if one.isdecimal())

    def _says_something(self, cell: Cell, shortest: int, share: float) -> bool:
        length = len(str(int(cell.number or 0)))
        return length >= shortest and self._lengths[length] / (9 * 10 ** (length - 1)) < share


def _different(cells: Sequence[Cell]) -> int:
    return len({cell.number for cell in cells})
