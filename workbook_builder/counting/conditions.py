"""Conditions. Each says on which days it holds, for every row at once: from a day to a day.

That is one answer for both uses. A row counts in a month when its own date lies in the interval; it
counts at a month's end when the month's last day does, and since an interval is two marks, a sum of
marks gives every month without looking at one. What does not depend on the day holds on every day
or on none. A condition about a blank date does not hold, unless it asks for the blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from workbook_builder.counting.columns import BORN, ColumnKind
from workbook_builder.counting.days import BLANK, EVER, Days, Flags, birthdays
from workbook_builder.counting.operands import Operand, TheDay, Used
from workbook_builder.counting.spans import Span
from workbook_builder.counting.tables import Table


@dataclass(frozen=True)
class Interval:
    """Days on which something holds for each row: from, included, to `until`, not included."""

    start: Days
    until: Days

    @classmethod
    def always(cls, flags: Flags) -> Interval:
        """Every day for some rows, no day for the others."""
        return cls(np.where(flags, -EVER, EVER), np.where(flags, EVER, -EVER))

    def both(self, other: Interval) -> Interval:
        """The days on which both hold."""
        return Interval(np.maximum(self.start, other.start), np.minimum(self.until, other.until))

    def holds(self, days: Days) -> Flags:
        """Whether it holds on each row's own day."""
        found: Flags = (days != BLANK) & (self.start <= days) & (days < self.until)
        return found


def _of(operand: Operand, start: Days, until: Days, known: Flags, table: Table) -> Interval:
    """The interval of an operand that has to lie between two days."""
    if isinstance(operand, TheDay):
        return Interval(np.where(known, start, EVER), np.where(known, until, -EVER))
    days = operand.days(table)
    return Interval.always(known & (days != BLANK) & (start <= days) & (days < until))


class Reach(StrEnum):
    """How far a later date is from an earlier one. It never lies before it."""

    WITHIN = "within"
    LESS = "less than"
    AT_LEAST = "at least"
    MORE = "more than"


@dataclass(frozen=True)
class Apart:
    """A date is so far after another."""

    later: Operand
    reach: Reach
    span: Span
    earlier: Operand

    def columns(self, own: str) -> Iterator[Used]:
        """The columns of both dates."""
        yield from self.later.columns(own)
        yield from self.earlier.columns(own)

    def interval(self, table: Table) -> Interval:
        """The days on which it holds."""
        assert not isinstance(self.earlier, TheDay)
        start, calendar = self.earlier.days(table), table.data.calendar
        ever = np.full(table.rows, EVER)
        match self.reach:
            case Reach.WITHIN:
                bounds = start, self.span.last_within(start, calendar) + 1
            case Reach.LESS:
                bounds = start, self.span.first_at(start, calendar)
            case Reach.AT_LEAST:
                bounds = self.span.first_at(start, calendar), ever
            case Reach.MORE:
                bounds = self.span.last_within(start, calendar) + 1, ever
        return _of(self.later, *bounds, start != BLANK, table)


class Order(StrEnum):
    """Which of two dates comes first."""

    ON_OR_BEFORE = "on or before"
    ON_OR_AFTER = "on or after"
    BEFORE = "before"
    AFTER = "after"


_TURNED = {
    Order.ON_OR_BEFORE: Order.ON_OR_AFTER,
    Order.ON_OR_AFTER: Order.ON_OR_BEFORE,
    Order.BEFORE: Order.AFTER,
    Order.AFTER: Order.BEFORE,
}


@dataclass(frozen=True)
class Ordered:
    """A date comes before or after another."""

    one: Operand
    order: Order
    other: Operand

    def columns(self, own: str) -> Iterator[Used]:
        """The columns of both dates."""
        yield from self.one.columns(own)
        yield from self.other.columns(own)

    def interval(self, table: Table) -> Interval:
        """The days on which it holds."""
        one, order, other = self.one, self.order, self.other
        if isinstance(other, TheDay):
            one, order, other = other, _TURNED[order], one
        assert not isinstance(other, TheDay)
        limit = other.days(table)
        never, ever = np.full(table.rows, -EVER), np.full(table.rows, EVER)
        bounds = {
            Order.ON_OR_BEFORE: (never, limit + 1),
            Order.BEFORE: (never, limit),
            Order.ON_OR_AFTER: (limit, ever),
            Order.AFTER: (limit + 1, ever),
        }[order]
        return _of(one, *bounds, limit != BLANK, table)


@dataclass(frozen=True)
class Aged:
    """The child's age in whole years at a date, from one to another, both included.

    An unborn child has no age, nor has one without a date of birth.
    """

    at: Operand
    youngest: int
    oldest: int | None

    def columns(self, own: str) -> Iterator[Used]:
        """The date of birth and the columns of the date."""
        yield own, BORN
        yield from self.at.columns(own)

    def interval(self, table: Table) -> Interval:
        """From a birthday to another."""
        born = table.days(BORN)
        until = np.full(table.rows, EVER)
        if self.oldest is not None:
            until = birthdays(born, self.oldest + 1)
        return _of(self.at, birthdays(born, self.youngest), until, born != BLANK, table)


@dataclass(frozen=True)
class OneOf:
    """A code is one of some, or none of them. Capitals do not matter. A blank is none of them."""

    name: str
    words: tuple[str, ...]
    wanted: bool = True
    beginning: bool = False

    def columns(self, own: str) -> Iterator[Used]:
        """The column."""
        yield own, self.name

    def interval(self, table: Table) -> Interval:
        """Every day or none."""
        coded = table.coded(self.name)
        words = {word.casefold() for word in self.words}
        if self.beginning:
            # A code that nobody knows stands as it was written, and may begin with any letter.
            known = table.names.columns[self.name].codes or coded.texts
            begun = [code.casefold() for code in known]
            words = {code for code in begun if code.startswith(tuple(words))}
        flags = np.array([text.casefold() in words for text in coded.texts], dtype=bool)
        return Interval.always(coded.flags(flags if self.wanted else ~flags))


@dataclass(frozen=True)
class Blank:
    """A column or date is blank, or is given."""

    what: Operand | str
    wanted: bool

    def columns(self, own: str) -> Iterator[Used]:
        """The column or those of the date."""
        if isinstance(self.what, str):
            yield own, self.what
        else:
            yield from self.what.columns(own)

    def interval(self, table: Table) -> Interval:
        """Every day or none."""
        if isinstance(self.what, str):
            if table.names.columns[self.what].kind is ColumnKind.NUMBER:
                blank = np.isnan(table.amounts(self.what))
            else:
                coded = table.coded(self.what)
                blank = coded.flags(np.array([not text for text in coded.texts], dtype=bool))
        else:
            assert not isinstance(self.what, TheDay)
            blank = self.what.days(table) == BLANK
        return Interval.always(blank if self.wanted else ~blank)


class Size(StrEnum):
    """How a number compares with another."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE = "more than"
    LESS = "less than"
    EXACTLY = "exactly"


@dataclass(frozen=True)
class Sized:
    """A number is so large. A blank is not."""

    name: str
    size: Size
    number: float

    def columns(self, own: str) -> Iterator[Used]:
        """The column."""
        yield own, self.name

    def interval(self, table: Table) -> Interval:
        """Every day or none."""
        amounts = table.amounts(self.name)
        flags = {
            Size.AT_LEAST: amounts >= self.number,
            Size.AT_MOST: amounts <= self.number,
            Size.MORE: amounts > self.number,
            Size.LESS: amounts < self.number,
            Size.EXACTLY: amounts == self.number,
        }[self.size]
        return Interval.always(flags)


Condition = Apart | Ordered | Aged | OneOf | Blank | Sized

# Rows that count: any of the groups, and in a group all of the conditions.
Alternatives = tuple[tuple[Condition, ...], ...]


def open_between(start: Operand | None, end: Operand | None, table: Table) -> Interval:
    """The days on which a row is open: from its start to the day before its end."""
    assert not isinstance(start, TheDay)
    assert not isinstance(end, TheDay)
    found = Interval.always(np.ones(table.rows, dtype=bool))
    if start is not None:
        first = start.days(table)
        found = found.both(Interval(np.where(first == BLANK, EVER, first), found.until))
    if end is not None:
        last = end.days(table)
        found = found.both(Interval(found.start, np.where(last == BLANK, EVER, last)))
    return found


def days_that(alternatives: Alternatives, within: Interval, table: Table) -> list[Interval]:
    """The days on which any of the groups holds, as intervals that do not overlap."""
    if not alternatives:
        return [within]
    found = []
    for group in alternatives:
        interval = within
        for condition in group:
            interval = interval.both(condition.interval(table))
        found.append(interval)
    return found if len(found) == 1 else _apart(found)


def _apart(intervals: list[Interval]) -> list[Interval]:
    """The same days in intervals that do not overlap: each begins where those before it end."""
    starts = np.stack([interval.start for interval in intervals])
    untils = np.stack([interval.until for interval in intervals])
    untils = np.maximum(untils, starts)
    order = np.argsort(starts, axis=0, kind="stable")
    starts = np.take_along_axis(starts, order, axis=0)
    untils = np.take_along_axis(untils, order, axis=0)
    reached = np.maximum.accumulate(untils, axis=0)
    starts[1:] = np.maximum(starts[1:], reached[:-1])
    return [Interval(start, until) for start, until in zip(starts, untils, strict=True)]
