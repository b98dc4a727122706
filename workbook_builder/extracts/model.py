"""What reading the month's files gives: figures, what was left out and why, and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook_builder.errors import Place
from workbook_builder.extracts.quality import Quality
from workbook_builder.periods import Period
from workbook_builder.values import Value


@dataclass(frozen=True)
class Figure:
    """One figure of one series for one period, as an extract gave it.

    value is percent 0 to 100, rate per 10,000, or in the indicator's own unit; a symbol or text
    where the source has no number; None where only numerator and denominator were given.
    breakdown is blank for the headline, else `key=value` pairs joined by semicolons.
    """

    indicator: str
    breakdown: str
    period: Period
    value: Value | None
    numerator: float | None
    denominator: float | None
    place: Place


@dataclass(frozen=True)
class LeftOut:
    """A row that gave no figure, and why."""

    place: Place
    reason: str


@dataclass(frozen=True)
class Remark:
    """Something about a used figure that a person should look at."""

    place: Place
    what: str


@dataclass(frozen=True)
class FileRead:
    """One file of the extracts folder: how many rows it had and how many were used.

    rows_read = rows_used + rows_left_out, always.
    """

    name: str
    sha256: str
    rows_read: int
    rows_used: int
    rows_left_out: int


@dataclass(frozen=True)
class Extracts:
    """All files of the month together.

    adds_up: the measures counted from lists that count rows, so that months can be added up.
    nearest: those whose positions are as the extract nearest to their day has them, since later
    ones have lost rows that were open then.
    left_out are rows of figures; rows of lists that were left out are counted in quality, which is
    there where figures were counted from lists. teams: the names that teams of lists have now, by
    their old ones in small letters.
    """

    figures: tuple[Figure, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = ()
    files: tuple[FileRead, ...] = ()
    adds_up: frozenset[str] = frozenset()
    nearest: frozenset[str] = frozenset()
    quality: Quality | None = None
    teams: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows_left_out(self) -> int:
        """Rows of figures and of lists that were not used."""
        return sum(one.rows_left_out for one in self.files)

    @property
    def problem_count(self) -> int:
        """Problems found in lists."""
        return self.quality.problem_count if self.quality else 0


def join(one: Extracts, other: Extracts) -> Extracts:
    """Two sources of figures as one."""
    return Extracts(
        (*one.figures, *other.figures),
        (*one.left_out, *other.left_out),
        (*one.remarks, *other.remarks),
        (*one.files, *other.files),
        one.adds_up | other.adds_up,
        one.nearest | other.nearest,
        one.quality or other.quality,
        {**one.teams, **other.teams},
    )
