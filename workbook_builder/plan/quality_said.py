"""What the Data quality sheet speaks of, and how it puts things into rows and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook_builder.extracts.quality import ExtractQuality, ListProblem, Quality, by_kind
from workbook_builder.plan.gaps import Gap, gaps_of
from workbook_builder.plan.text_size import wrapped
from workbook_builder.plan.written_pages import EMPTY
from workbook_builder.plan.written_rows import SIZE, RowKind, WrittenRow
from workbook_builder.scorecard import Scorecard

# How many names or kinds are told in one sentence or cell.
MOST_NAMED, MOST_KINDS = 6, 3
# Programs differ a little in how wide a text comes out.
SPARE_WIDTH = 0.93
CSV = "problems.csv"
# A row of a table: words, three numbers, one more, words. These are four without numbers.
Row = tuple[str | int, ...]
FOUR = ("", "", "", "")


@dataclass(frozen=True)
class Said:
    """What the sheet speaks of; width is that of all its columns in characters."""

    scorecard: Scorecard
    quality: Quality
    width: float

    @property
    def latest(self) -> ExtractQuality:
        return self.quality.latest

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        return gaps_of(self.scorecard, self.quality)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The indicators by their codes, as they are named on the sheet."""
        return {one.code: f"{one.name} ({one.code})" for one in self.scorecard.catalogue.indicators}

    def words(self, text: str) -> Iterator[WrittenRow]:
        """A sentence or more, over the whole width."""
        for line in wrapped(text, self.width * SPARE_WIDTH, SIZE):
            yield WrittenRow(RowKind.PLAIN, (line,))


def table(
    heading: str, heads: Sequence[str], rows: Iterable[Row], nothing: str = ""
) -> Iterator[WrittenRow]:
    """A heading, then a table, or a sentence where there is no row for it."""
    held = list(rows)
    yield WrittenRow(RowKind.HEADING, (heading,))
    if held:
        yield WrittenRow(RowKind.HEAD, tuple(heads))
        yield from (WrittenRow(RowKind.ROW, row) for row in held)
    else:
        yield WrittenRow(RowKind.PLAIN, (nothing,))
    yield EMPTY


def frequent(problems: Iterable[ListProblem]) -> str:
    """The most frequent kinds of problem with their numbers."""
    counts = by_kind(problems)
    said = [f"{kind} {count:,}" for kind, count in counts.items()]
    others = sum([*counts.values()][MOST_KINDS:])
    return ", ".join([*said[:MOST_KINDS], *([f"others {others:,}"] if others else [])])


def named(names: Sequence[str], separator: str = ", ") -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    said = separator.join(names[:MOST_NAMED])
    return f"{said}{separator}and {more} more" if more > 0 else said


def file_of(extract: ExtractQuality) -> str:
    """The file or folder of an extract."""
    return extract.name.rpartition("/")[2]
