"""A measure as declared: what is counted, of whom, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workbook_builder.catalogue.words import Polarity, Unit
from workbook_builder.counting.conditions import Alternatives
from workbook_builder.counting.grammar import Total
from workbook_builder.counting.operands import Fixed, Used
from workbook_builder.counting.spans import Span


class Counted(StrEnum):
    """When a row counts."""

    IN_MONTH = "in the month"
    AT_MONTH_END = "at the month end"
    AT_EXTRACT = "at the extract date"


class Each(StrEnum):
    """What is counted."""

    ROW = "row"
    CHILD = "child"


class SourceClass(StrEnum):
    """What a figure needs: one extract, or months kept from earlier ones as well."""

    ONE_EXTRACT = "A"
    HISTORY = "B"


@dataclass(frozen=True)
class Measure:
    """An indicator that is counted from a list.

    Rows in the cohort make the denominator; those that meet `numerator` too, the numerator. A
    measure that only counts has no numerator, and its value is the number of its cohort. `proxy`
    says how it falls short of the indicator in law, where it does. `declared` is its table as it
    was written, `said` its conditions as sentences.
    """

    code: str
    name: str
    theme: str
    list: str
    counted: Counted
    unit: Unit
    polarity: Polarity
    rule: str
    source_class: SourceClass
    date: Fixed | None = None
    start: Fixed | None = None
    end: Fixed | None = None
    cohort: Alternatives = ()
    numerator: Alternatives = ()
    total: Total | None = None
    each: Each = Each.ROW
    proxy: str = ""
    note: str = ""
    decimals: int = 0
    looks_back: int = 0
    breakdowns: tuple[str, ...] = ()
    said: Mapping[str, str] | None = None
    declared: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> Iterator[Used]:
        """Every column that it needs."""
        for operand in (self.date, self.start, self.end):
            if operand is not None:
                yield from operand.columns(self.list)
        for group in (*self.cohort, *self.numerator):
            for condition in group:
                yield from condition.columns(self.list)
        if self.total is not None:
            for end in (self.total.start, self.total.end):
                if end is not None:
                    yield from end.columns(self.list)
            if self.total.number:
                yield self.list, self.total.number


@dataclass(frozen=True)
class Setting:
    """A length of time in which practice differs between authorities."""

    name: str
    span: Span
    meaning: str
    rule: str


@dataclass(frozen=True)
class OutOfReach:
    """An indicator that the lists cannot give, and what it would need."""

    code: str
    name: str
    needs: str


@dataclass(frozen=True)
class Library:
    """Every measure that can be counted, the settings they were read with, and what cannot be."""

    measures: tuple[Measure, ...]
    settings: Mapping[str, Setting]
    out_of_reach: tuple[OutOfReach, ...]

    def measure(self, code: str) -> Measure:
        """A measure by its code. Raises KeyError."""
        return {measure.code: measure for measure in self.measures}[code]
