"""What a public copy withholds and why, and what nobody can judge.

Four reasons are about numbers: a count that is small itself, a share whose rest is small, a share,
rate or average that goes with a small count, and a figure that has to go so that none of the others
can be worked out. A text that holds digits is withheld as well, since nobody counts what it says.
So is a small whole number of a group, which may be a count though its indicator is an average.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbook_builder.periods import Period

# Indicator, breakdown and period, as the scorecard's series hold them.
FigureId = tuple[str, str, Period]


class Why(StrEnum):
    """Why a figure is withheld."""

    PRIMARY = "small count"
    COMPLEMENT = "the rest is a small count"
    WITH_COUNT = "goes with its count"
    SECONDARY = "so that no other can be worked out"
    TEXT = "text with numbers in it"
    UNJUDGED = "without counts by which to judge"
    MAY_BE_COUNT = "a whole number that may be a small count"


class Unjudged(StrEnum):
    """Why nobody can say whether a figure rests on a small count."""

    NO_COUNTS = "no numerator and denominator"
    NO_POPULATION = "a rate without its count or population"


@dataclass(frozen=True)
class Account:
    """Every figure withheld, every figure that could not be judged.

    unprotected are withheld figures that can still be worked out: none, unless earlier copies have
    given too much away. A public copy must not be made while there are any.
    """

    withheld: Mapping[FigureId, Why] = field(default_factory=dict)
    unjudged: Mapping[FigureId, Unjudged] = field(default_factory=dict)
    unprotected: tuple[FigureId, ...] = ()

    def count(self, why: Why) -> int:
        """How many figures are withheld for a reason."""
        return Counter(self.withheld.values())[why]
