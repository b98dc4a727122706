"""What the history remembers: who did what, with which files, figures and typed entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Stamp:
    """Who is at work: the moment in UTC, the user, the machine, the program's version."""

    at: dt.datetime
    who: str
    machine: str
    version: str


@dataclass(frozen=True)
class FigureRecord:
    """One figure as it was reported, and where it was read.

    Known by indicator, breakdown and period (its key, such as "month 2014-02"). value is percent 0
    to 100, rate per 10,000 or the indicator's own unit; a text where it is a symbol or words.
    """

    indicator: str
    breakdown: str
    period: str
    value: float | str | None
    numerator: float | None = None
    denominator: float | None = None
    file: str = ""
    sha256: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        return (self.indicator, self.breakdown, self.period)


@dataclass(frozen=True)
class FileRecord:
    """One extract: its hash and how many of its rows were used."""

    name: str
    sha256: str
    rows_read: int
    rows_used: int
    rows_left_out: int


@dataclass(frozen=True)
class TypedRecord:
    """One thing that a person typed, known by key, slot, month and kind.

    The key is the indicator or the box, the slot what the cell is about, the month the report month
    of the workbook. detail is JSON: runs of rich text, what a formula typed over said.
    """

    key: str
    slot: str
    month: str
    kind: str
    content: str
    detail: str = ""
    sheet: str = ""
    cell: str = ""
    author: str = ""
    written: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        return (self.key, self.slot, self.month, self.kind)

    @property
    def said(self) -> tuple[str, ...]:
        """What makes two versions differ; that a cell has moved does not."""
        return (self.content, self.detail, self.author, self.written)


# The kinds of events that make a workbook; others write into one that stands.
MAKING = ("build", "next month")


@dataclass(frozen=True)
class Work:
    """A build, refresh or undo about to be done. previous is what stands in the workbook now.

    typed_before counts what was newly typed and saved just before, as part of the same work.
    extracts is the text of everything read (history/frozen.py); held_back counts the lines that the
    present files would change in a published month, and do not.
    """

    kind: str
    month: str
    workbook: str
    catalogue: str
    structure: str
    files: tuple[FileRecord, ...]
    figures: tuple[FigureRecord, ...]
    typed: tuple[TypedRecord, ...]
    previous: Mapping[str, str] = field(default_factory=dict)
    undoes: int | None = None
    typed_before: int = 0
    extracts: str = ""
    held_back: int = 0


@dataclass(frozen=True)
class Freeze:
    """A month about to be published: the texts of everything that it is made of.

    catalogue has the statuses by hand as they stand in the workbook; work is the event itself,
    whose figures and extracts are those that are frozen.
    """

    work: Work
    catalogue: str
    typed: str
    results: str
    reported: str
    reason: str = ""


@dataclass(frozen=True)
class Publication:
    """A month that was published, once or again.

    number counts the publications of all months in the order of time; edition those of the month:
    1 is the first, 2 the first correction. reason says why it was published again. The other texts
    are digests, to be read with `Reading.text`.
    """

    number: int
    edition: int
    month: str
    event: int
    stamp: Stamp
    reason: str
    catalogue: str
    extracts: str
    typed: str
    results: str
    reported: str
    typed_until: int


@dataclass(frozen=True)
class Event:
    """A line of the log."""

    number: int
    kind: str
    month: str
    workbook: str
    stamp: Stamp
    undoes: int | None
    figures_added: int
    figures_changed: int
    figures_removed: int
    cells_written: int
    typed_saved: int
    rows_read: int
    rows_left_out: int
    files: tuple[FileRecord, ...]
    held_back: int = 0


def with_cells(event: Event, cells: int) -> Event:
    """The event as it will be once so many cells are written."""
    return replace(event, cells_written=cells)
