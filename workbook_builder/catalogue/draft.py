"""What could be read of a scorecard, faults or not, for the cross-checks to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from workbook_builder.catalogue.listed import Area
from workbook_builder.catalogue.measured import MeasureSaid
from workbook_builder.catalogue.model import (
    Comparator,
    Indicator,
    Override,
    Population,
    Settings,
    Target,
)
from workbook_builder.errors import Place

T = TypeVar("T")


@dataclass(frozen=True)
class Located(Generic[T]):
    """A definition and where it stands; for a row of a table, the letters of its columns."""

    item: T
    place: Place
    letters: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str) -> Place:
        """The place of one of its fields."""
        return replace(self.place, field=name, column=self.letters.get(name, ""))


@dataclass(frozen=True)
class Draft:
    """The readable part of a scorecard.

    `settings` may be a salvage: the top-level fields in `unreadable` had faults and must not be
    relied on. `codes` holds every code that was seen, those of faulty indicators included;
    `all_codes_seen` is false when a file was so broken that there may be more.
    """

    settings: Settings | None
    unreadable: frozenset[str]
    indicators: tuple[Located[Indicator], ...]
    codes: tuple[Located[str], ...]
    all_codes_seen: bool
    targets: tuple[Located[Target], ...]
    comparators: tuple[Located[Comparator], ...]
    populations: tuple[Located[Population], ...]
    overrides: tuple[Located[Override], ...]
    populations_whole: bool
    areas: tuple[Located[Area], ...] = ()
    measures: Mapping[str, MeasureSaid] = field(default_factory=dict)

    def readable(self, field: str) -> bool:
        """Whether a top-level field of scorecard.toml can be relied on."""
        return self.settings is not None and field not in self.unreadable
