"""The problems of one sheet, gathered a column at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from workbook_builder.lists.cells import Cleaned, Coded, Flags, Integers, Issue, column_letter
from workbook_builder.lists.match import Matched
from workbook_builder.lists.model import Done, Problem
from workbook_builder.lists.private import NOTHING_PRIVATE, Private


@dataclass
class Telling:
    """Problems told so far. Beyond most_listed of a kind in a column they are counted only."""

    found: Matched
    most_listed: int
    problems: list[Problem] = field(default_factory=list)
    private: Private = NOTHING_PRIVATE

    def sheet(self, kind: str, found: str, done: Done, place: int | None = None) -> None:
        """A problem of the whole sheet or a whole column."""
        self._add(Issue(kind, found, done), None, place)

    def rows(self, flags: Flags, issue: Issue, place: int, rows: Integers) -> None:
        """The same issue at each flagged row."""
        nothing = np.array([None], dtype=object)
        coded = Coded(np.zeros(len(flags), np.int64), nothing, np.array([True]))
        self.values(Cleaned(coded.values, (issue,)), coded, flags, place, rows)

    def values(
        self, cleaned: Cleaned, coded: Coded, flags: Flags, place: int, rows: Integers
    ) -> None:
        """The issues of a column's values at the flagged rows; rows are Excel's numbers."""
        kinds: dict[str, list[int]] = {}
        for number, issue in enumerate(cleaned.issues):
            if issue is not None:
                kinds.setdefault(issue.kind, []).append(number)
        for numbers in kinds.values():
            wanted = np.zeros(len(cleaned.issues), dtype=bool)
            wanted[numbers] = True
            at = np.flatnonzero(wanted[coded.codes] & flags)
            for each in at[: self.most_listed]:
                issue = cleaned.issues[coded.codes[each]]
                if issue is not None:
                    self._add(issue, int(rows[each]), place)
            self._rest(cleaned, coded, at[self.most_listed :], place, rows)

    def _rest(
        self, cleaned: Cleaned, coded: Coded, at: Integers, place: int, rows: Integers
    ) -> None:
        """What goes beyond the number listed one by one: a line for each thing found."""
        if not len(at):
            return
        totals: Counter[Issue] = Counter()
        for number, count in enumerate(np.bincount(coded.codes[at])):
            issue = cleaned.issues[number]
            if issue is not None and count:
                totals[issue] += int(count)
        for issue, count in totals.items():
            found = f"{issue.found}; more of the same from row {int(rows[at[0]])} on"
            self._add(Issue(issue.kind, found, issue.done), None, place, count)

    def _add(self, issue: Issue, row: int | None, place: int | None, count: int = 1) -> None:
        raw, letter, heading = self.found.raw, "", ""
        if place is not None:
            letter, heading = column_letter(place), self.found.headings[place]
            shown = place not in self.found.unused or self.private.quotable(heading)
            heading = heading if shown else ""
        self.problems.append(
            Problem(
                issue.kind,
                self.found.definition.key,
                raw.file,
                raw.sheet,
                row,
                letter,
                heading,
                issue.found,
                issue.done,
                count,
            )
        )
