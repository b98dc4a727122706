"""How good the lists were that figures were counted from: rows, problems, what is missing.

Nobody is in it: of a row there is its number, of a cell its place and a description.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_builder.periods import Month

if TYPE_CHECKING:
    import pandas as pd

PROBLEM_HEADINGS = (
    "Extract",
    "Month",
    "List",
    "File",
    "Sheet",
    "Row",
    "Column",
    "Heading",
    "Problem",
    "What was found",
    "What was done",
    "Cells",
)
# The share of a cohort with a latest visit or review after the extract's day up to which an
# indicator has a figure. A few are dates mistyped; many mean that the lists were taken later.
MOST_UNJUDGED = 0.05
# What a spreadsheet program would take for the beginning of a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class ListProblem:
    """One thing to look at in a list, without saying whom it is about.

    list is its name, blank for a sheet that is no list. row is Excel's number and column Excel's
    letter; neither where the problem is of the whole sheet. count is above 1 where one line stands
    for many cells alike.
    """

    kind: str
    list: str
    file: str
    sheet: str
    row: int | None
    column: str
    heading: str
    found: str
    done: str
    count: int = 1


@dataclass(frozen=True)
class ListRows:
    """The rows of one list in one extract: read = used + left_out, always; there: it was found."""

    list: str
    there: bool = True
    read: int = 0
    used: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Missing:
    """A list that is not there, or with a heading one column of it, and who needs it."""

    list: str
    heading: str
    needed_by: tuple[str, ...]


@dataclass(frozen=True)
class NotCounted:
    """An indicator that an extract gives no figure for, and what it needs."""

    indicator: str
    needs: str


@dataclass(frozen=True)
class NotJudged:
    """An indicator, how many rows of how many it leaves out, and the day as at which it is told.

    The latest visit, review or other date of these rows lies after that day.
    """

    indicator: str
    rows: int
    of: int
    day: dt.date


@dataclass(frozen=True)
class ExtractQuality:
    """One extract of lists. first is the first month that it covers, month the last."""

    name: str
    first: Month
    month: Month
    rows: tuple[ListRows, ...]
    problems: tuple[ListProblem, ...]
    missing: tuple[Missing, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()

    @property
    def whole(self) -> ListRows:
        """The rows of all lists together."""
        return ListRows(
            "",
            True,
            sum(one.read for one in self.rows),
            sum(one.used for one in self.rows),
            sum(one.left_out for one in self.rows),
        )

    @property
    def problem_count(self) -> int:
        return sum(one.count for one in self.problems)

    @property
    def not_there(self) -> tuple[str, ...]:
        """The lists that no file has."""
        return tuple(one.list for one in self.rows if not one.there)

    @property
    def without_rows(self) -> tuple[str, ...]:
        """The lists that a file has, without rows, so that nothing is counted from them."""
        taken = {one.list for one in self.missing if not one.heading}
        return tuple(one.list for one in self.rows if one.there and one.list in taken)


@dataclass(frozen=True)
class Proxy:
    """An indicator that is close to the one in law, and how it falls short of it."""

    indicator: str
    falls_short: str


@dataclass(frozen=True)
class OutOfReach:
    """An indicator that lists cannot give, and what it would need."""

    name: str
    needs: str


@dataclass(frozen=True)
class Quality:
    """All extracts of lists in the order of their months, and what lists cannot say.

    on_the_day are the indicators whose figures hold only on the day of an extract.
    """

    extracts: tuple[ExtractQuality, ...]
    on_the_day: tuple[str, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    out_of_reach: tuple[OutOfReach, ...] = ()

    @property
    def latest(self) -> ExtractQuality:
        return self.extracts[-1]

    @property
    def problem_count(self) -> int:
        return sum(one.problem_count for one in self.extracts)


def by_kind(problems: Iterable[ListProblem]) -> Mapping[str, int]:
    """How many problems of each kind, the most frequent first."""
    return dict(_counted((one.kind, one.count) for one in problems).most_common())


def by_list(problems: Iterable[ListProblem]) -> Mapping[str, int]:
    """How many problems each list has, in the order in which the lists come."""
    return _counted((one.list, one.count) for one in problems)


def _counted(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for key, count in pairs:
        counts[key] += count
    return counts


def problems_table(quality: Quality) -> pd.DataFrame:
    """problems.csv: the problems of all extracts, the latest extract's first."""
    import pandas as pd

    rows = [
        (
            extract.name,
            str(extract.month),
            one.list,
            one.file,
            one.sheet,
            "" if one.row is None else str(one.row),
            one.column,
            one.heading,
            one.kind,
            one.found,
            one.done,
            str(one.count),
        )
        for extract in reversed(quality.extracts)
        for one in extract.problems
    ]
    harmless = [tuple(map(_harmless, row)) for row in rows]
    return pd.DataFrame(harmless, columns=list(PROBLEM_HEADINGS), dtype=object)


def _harmless(text: str) -> str:
    """A text from outside that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text
