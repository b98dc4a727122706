"""What a board pack says, whoever writes it: headings, tables of texts, charts, comments.

Everything is text as it is printed, save the figures of charts. Nothing knows of Word or
PowerPoint.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

NOTHING = "Nothing stands out."


@dataclass(frozen=True)
class Entry:
    """A cell of a table and how it looks.

    look is red, amber or green for a status, better or worse for a direction of travel, number for
    a figure, or nothing. The text says all; a look only repeats it.
    """

    text: str
    look: str = ""


@dataclass(frozen=True)
class PackTable:
    """A table with one row of heads. Rows are as long as the heads; the first column names them.

    shares are how wide the columns want to be beside one another, over the whole page; without any
    they are as wide as their texts.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class PackSeries:
    """One line or set of columns, a figure for each period; None is a gap and never nought."""

    name: str
    figures: tuple[float | None, ...]
    target: bool = False


@dataclass(frozen=True)
class PackChart:
    """A chart with its figures. kind is line, or column, with stacked after it where it is so.

    highest is what no value can exceed. description is the alternative text.
    """

    kind: str
    title: str
    description: str
    periods: tuple[str, ...]
    series: tuple[PackSeries, ...]
    number_format: str
    highest: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is drawn, targets apart; stretches of one series have one name."""
        return tuple(dict.fromkeys(one.name for one in self.series if not one.target))


@dataclass(frozen=True)
class Comment:
    """A question, who is to answer, and what was typed; an empty text where nothing was."""

    question: str
    role: str
    text: str


@dataclass(frozen=True)
class Piece:
    """A heading of level 2 or 3 and what stands under it, in this order."""

    level: int
    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[PackTable, ...] = ()
    charts: tuple[PackChart, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class PackTheme:
    """One tab: its indicators in one table, and its pieces in the order of the tab."""

    name: str
    title: str
    overview: PackTable | None
    pieces: tuple[Piece, ...]

    @property
    def charts(self) -> Iterator[PackChart]:
        """All charts in their order."""
        return (chart for piece in self.pieces for chart in piece.charts)


@dataclass(frozen=True)
class Remark:
    """Some indicators of which the same can be said, such as those that are red."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class ThemeHighlights:
    """What stands out in a theme, and what was typed about it; `nothing` is said without either."""

    theme: str
    remarks: tuple[Remark, ...]
    comments: tuple[Comment, ...] = ()
    nothing: str = NOTHING


@dataclass(frozen=True)
class NoteSection:
    """A section of the notes: a table, or a sentence where it would be empty."""

    heading: str
    table: PackTable | None
    sentence: str = ""


@dataclass(frozen=True)
class Pack:
    """A whole board pack. month is the report month in words, facts are those of the cover.

    made is a fixed moment, so that the same month gives the same files.

    counts are the statuses by theme, attention the indicators that are red or amber, summary all of
    them under their headings.
    """

    title: str
    authority: str
    month: str
    marking: str
    brand: str
    language: str
    made: dt.datetime
    facts: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    counts: PackTable | None
    attention: PackTable | None
    summary: tuple[tuple[str, PackTable], ...]
    highlights: tuple[ThemeHighlights, ...]
    themes: tuple[PackTheme, ...]
    notes: tuple[NoteSection, ...]

    @property
    def label(self) -> str:
        """Title and month, as headers and file properties say it."""
        return f"{self.title}, {self.month}"

    @property
    def short_marking(self) -> str:
        """Who may have it, in a word or two for every page."""
        return self.marking.partition(".")[0].partition(":")[0]
