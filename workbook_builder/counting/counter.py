"""One run over the measures of a library; what several of them need is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from workbook_builder.catalogue.words import Unit
from workbook_builder.counting.columns import BORN, CHILD, Vocabulary
from workbook_builder.counting.conditions import Interval, days_that, open_between
from workbook_builder.counting.days import BLANK, Days, Flags, day_number, month_of
from workbook_builder.counting.groups import Groups, age_bands, groups_of
from workbook_builder.counting.model import Counted, Each, Measure
from workbook_builder.counting.operands import Operand, TheDay, Used
from workbook_builder.counting.result import Block
from workbook_builder.counting.spells import Run, Window, runs
from workbook_builder.counting.tables import Data, Table
from workbook_builder.counting.tally import Amounts, at_days, in_months, once_each, over
from workbook_builder.counting.unjudged import Unjudged, latest_dates, unjudged
from workbook_builder.periods import FinancialYear, Month, Period, day_label

Population = Callable[[Period], float | None]
_EPOCH = Month(1970, 1)


class Counter:
    """Counts measures from the lists of one extract."""

    def __init__(
        self,
        data: Data,
        names: Vocabulary,
        window: Window,
        years: FinancialYear,
        breakdowns: Collection[str] | None,
        population: Population | None = None,
        populations: Mapping[str, Population] = MappingProxyType({}),
    ) -> None:
        self._data, self._names, self._window, self._years = data, names, window, years
        self._wanted, self._population, self._populations = breakdowns, population, populations
        self._groups: dict[tuple[str, str, bool], Groups] = {}
        self._bands: dict[str, list[tuple[str, Interval]]] = {}

    def lacks(self, measure: Measure) -> str:
        """What a measure needs and the lists do not have, or an empty string."""
        if missing := self._missing(measure):
            return ", ".join(missing)
        if measure.unit is Unit.RATE and self._population_of(measure) is None:
            return "a population"
        first = self._window.last.plus(-measure.looks_back)
        rows, columns = self._short(measure, first)
        short = [f"all rows of {' and '.join(rows)} from {first.long_label} on"] if rows else []
        short += [f"{one} in every extract from {first.long_label} on" for one in columns]
        left_out = self.unjudged(measure)
        if left_out.share > self._window.most_unjudged:
            short.append(
                f"lists as at {day_label(self._window.as_at)}: {left_out.rows:,} of "
                f"{left_out.of:,} rows have a later date and cannot be judged"
            )
        return ", ".join(short)

    def _missing(self, measure: Measure) -> list[str]:
        """The lists and columns that a measure needs and that are not there."""
        needed = [(measure.list, CHILD), *measure.columns()]
        missing = [lack for used in needed if (lack := self._data.missing(*used))]
        return [*dict.fromkeys(missing)]

    def unjudged(self, measure: Measure) -> Unjudged:
        """How many rows a measure leaves out since the extract's day is before their dates."""
        if not latest_dates(measure) or self._missing(measure):
            return Unjudged(0, 0)
        table = self._data.table(measure.list)
        days = np.full(table.rows, self._data.as_at)
        cohort, top = self._intervals(measure, table)
        inside = table.current & _holds(cohort, days)
        left_out = inside & unjudged(measure, table, _holds(top, days))
        return Unjudged(int(left_out.sum()), int(inside.sum()))

    def begins_too_late(self, measure: Measure) -> bool:
        """Whether the lists do not go back as far as a measure looks back."""
        return bool(self._short(measure, self._window.last.plus(-measure.looks_back))[0])

    def blocks(self, measure: Measure) -> Iterator[Block]:
        """The figures of a measure, a block for each breakdown and kind of period."""
        table = self._data.table(measure.list)
        if measure.counted is Counted.IN_MONTH:
            return self._in_month(measure, table)
        return self._positions(measure, table)

    def flags(self, measure: Measure, period: Period, breakdown: str = "") -> tuple[Flags, Flags]:
        """Which rows a figure counts, and which of them are in the numerator.

        A breakdown, such as team=North, has to be one that the measure is given by.
        """
        table = self._data.table(measure.list)
        if measure.counted is Counted.IN_MONTH:
            assert measure.date is not None
            days = measure.date.days(table)
            usable = table.speaks_for(days) & (days >= day_number(period.start.first_day))
            usable &= days <= min(day_number(period.end.last_day), self._data.as_at)
        else:
            latest = measure.counted is Counted.AT_EXTRACT
            at = self._data.as_at if latest else int(self._window.month_ends(period.end)[0])
            days, usable = np.full(table.rows, at), table.current
        cohort, top = self._intervals(measure, table)
        met = _holds(top, days)
        inside = usable & _holds(cohort, days) & ~np.isnan(amounts_of(measure, table))
        inside &= ~unjudged(measure, table, met)
        if breakdown:
            inside = inside & self._in_group(measure, table, days, breakdown)
        return inside, inside & met

    def breakdowns(self, measure: Measure) -> list[str]:
        """The breakdowns that the figures of a measure can be given by."""
        if measure.unit is Unit.RATE:
            return []
        by = {name: self._names.breakdowns[name].by for name in measure.breakdowns}
        return [name for name in by if self._data.holds(measure.list, by[name])]

    def _asked(self, measure: Measure) -> list[Used]:
        """The columns that decide about a measure, that by which its rows are listed first."""
        listed_by = self._names.lists[measure.list].listed_by or CHILD
        return [*dict.fromkeys(((measure.list, listed_by), *measure.columns()))]

    def _base(self, measure: Measure) -> Month:
        """The first month that a measure can be told for."""
        whole = max(self._window.whole_from(*used) for used in self._asked(measure))
        return whole.plus(measure.looks_back)

    def _short(self, measure: Measure, first: Month) -> tuple[list[str], list[str]]:
        """The lists that do not go back to a month, and the columns of those that do."""
        rows, columns = [], []
        for name, column in self._asked(measure):
            names = self._names.lists[name]
            if self._window.rows_whole_from(name) > first:
                rows.append(names.title)
            elif self._window.whole_from(name, column) > first:
                columns.append(f'column "{names.columns[column].key}" of {names.title}')
        return [*dict.fromkeys(rows)], columns

    def _intervals(self, measure: Measure, table: Table) -> tuple[list[Interval], list[Interval]]:
        """The days on which each row is in the cohort, and those of the numerator."""
        held = open_between(measure.start, measure.end, table)
        cohort = days_that(measure.cohort, held, table)
        if not measure.numerator:
            return cohort, cohort
        return cohort, [part for one in cohort for part in days_that(measure.numerator, one, table)]

    def _in_month(self, measure: Measure, table: Table) -> Iterator[Block]:
        assert measure.date is not None
        days, base = measure.date.days(table), self._base(measure)
        cohort, top = self._intervals(measure, table)
        width = self._window.last.minus(base) + 1
        months = month_of(days) - base.minus(_EPOCH)
        amounts = amounts_of(measure, table)
        inside = _holds(cohort, days) & (months >= 0) & (months < width)
        inside &= table.speaks_for(days) & (days <= self._data.as_at) & ~np.isnan(amounts)
        rows, top_rows = np.flatnonzero(inside), np.flatnonzero(inside & _holds(top, days))
        told = runs(self._window, base, self._years, positions=False)
        for name, groups in self._broken_down(measure, table, days):
            shape = len(groups.texts), width
            whole = [run.since(self._group_from(measure, name).minus(base)) for run in told]

            def tally(
                chosen: Days,
                weights: Amounts | None = None,
                groups: Groups = groups,
                shape: tuple[int, int] = shape,
                whole: Sequence[Run] = whole,
            ) -> list[Amounts]:
                where = months[chosen], groups.codes[chosen], shape
                if measure.each is Each.CHILD:
                    return [once_each(table.children[chosen], *where, run) for run in whole]
                sums = in_months(*where, weights)
                return [over(sums, run) for run in whole]

            below = tally(rows)
            above = tally(rows, amounts[rows]) if measure.total else tally(top_rows)
            for run, numerator, denominator in zip(whole, above, below, strict=True):
                yield from self._block(measure, name, groups, run, numerator, denominator)

    def _group_from(self, measure: Measure, breakdown: str) -> Month:
        """The first month that a breakdown can be told for; blank stands for the headline."""
        if not breakdown:
            return self._base(measure)
        by = self._data.source(measure.list, self._names.breakdowns[breakdown].by)
        return max(self._base(measure), self._window.whole_from(measure.list, by))

    def _positions(self, measure: Measure, table: Table) -> Iterator[Block]:
        base = max(self._base(measure), self._window.first)
        ends = self._window.month_ends(base)
        if measure.counted is Counted.AT_EXTRACT:
            base, ends = self._window.last, np.array([self._data.as_at], dtype=np.int64)
        cohort, top = self._intervals(measure, table)
        amounts = amounts_of(measure, table)
        known = table.current & ~np.isnan(amounts)
        known &= ~unjudged(measure, table, _holds(top, np.full(table.rows, self._data.as_at)))
        weights = amounts if measure.total else None
        told = runs(self._window, base, self._years, positions=True)
        for name, groups in self._broken_down(measure, table, None):
            if name and self._names.breakdowns[name].by == BORN:
                bands = [interval for _, interval in self._age_bands(table)]
                below = _by_band(cohort, bands, ends, known, None)
                above = _by_band(top, bands, ends, known, weights)
            else:
                count = len(groups.texts)
                below = _at(cohort, groups.codes, count, ends, known, None)
                above = _at(top, groups.codes, count, ends, known, weights)
            for run in told:
                last = run.lasts
                yield from self._block(measure, name, groups, run, above[:, last], below[:, last])

    def _broken_down(
        self, measure: Measure, table: Table, days: Days | None
    ) -> Iterator[tuple[str, Groups]]:
        """The headline as one group, then each breakdown. `days` are the rows' own, where age is
        that on such a day."""
        yield "", Groups(("",), np.zeros(table.rows, dtype=np.int64))
        for name in self.breakdowns(measure):
            if self._wanted is not None and name not in self._wanted:
                continue
            if self._names.breakdowns[name].by != BORN:
                yield name, self._groups_of(table, name, days is None)
                continue
            bands = self._age_bands(table)
            codes = np.zeros(table.rows, dtype=np.int64)
            if days is not None:
                for number, (_, interval) in enumerate(bands):
                    codes[interval.holds(days)] = number
            yield name, Groups(tuple(text for text, _ in bands), codes)

    def _in_group(self, measure: Measure, table: Table, days: Days, breakdown: str) -> Flags:
        """The rows of one group, on each row's own day."""
        key, _, text = breakdown.partition("=")
        found = dict(self._broken_down(measure, table, days))[key]
        flags: Flags = found.codes == found.texts.index(text)
        return flags

    def _groups_of(self, table: Table, name: str, now: bool) -> Groups:
        """The groups of a breakdown: of a position those that the extract itself has."""
        key = table.names.name, name, now
        if key not in self._groups:
            among = table.current if now else np.ones(table.rows, dtype=bool)
            self._groups[key] = groups_of(self._names.breakdowns[name], table, among)
        return self._groups[key]

    def _age_bands(self, table: Table) -> list[tuple[str, Interval]]:
        name = table.names.name
        if name not in self._bands:
            self._bands[name] = age_bands(self._names.breakdowns["age_band"], table)
        return self._bands[name]

    def _block(
        self,
        measure: Measure,
        name: str,
        groups: Groups,
        run: Run,
        numerator: Amounts,
        denominator: Amounts,
    ) -> Iterator[Block]:
        """The figures of a breakdown and a kind of period."""
        if not run.periods or not groups.texts:
            return
        texts = [f"{name}={text}" if name else "" for text in groups.texts]
        if measure.unit is Unit.COUNT:
            yield Block(measure.code, texts, run, denominator, None)
        elif measure.unit is Unit.RATE:
            yield self._rate(measure, texts, run, denominator)
        else:
            scale = measure.unit.scale
            yield Block(measure.code, texts, run, numerator, denominator, scale)

    def _rate(self, measure: Measure, texts: list[str], run: Run, counted: Amounts) -> Block:
        """Per 10,000 children. What happened in a period is a rate of a year: the denominator is
        the population for the part of a year that the period is, so that sums of both hold."""
        population = self._population_of(measure)
        assert population is not None
        people = [population(period) for period in run.periods]
        denominator = np.array([[np.nan if one is None else float(one) for one in people]])
        if measure.counted is Counted.IN_MONTH:
            denominator = denominator * run.lengths / 12
        return Block(measure.code, texts, run, counted, denominator, measure.unit.scale)

    def _population_of(self, measure: Measure) -> Population | None:
        return self._populations.get(measure.code, self._population)


def amounts_of(measure: Measure, table: Table) -> Amounts:
    """What each row adds to a mean; not a number where it adds nothing, not even a row."""
    total = measure.total
    if total is None:
        return np.zeros(table.rows)
    if total.number:
        return table.amounts(total.number)
    start, end = _days(total.start, table), _days(total.end, table)
    apart = table.data.calendar.between(start, end) if total.working else end - start
    apart = np.maximum(apart, 0) if total.floor else apart
    return np.where((start == BLANK) | (end == BLANK), np.nan, apart.astype(np.float64))


def _days(operand: Operand | None, table: Table) -> Days:
    assert operand is not None
    assert not isinstance(operand, TheDay)
    return operand.days(table)


def _holds(intervals: Sequence[Interval], days: Days) -> Flags:
    """Whether a row's own day lies in one of its intervals."""
    found = np.zeros(len(days), dtype=bool)
    for interval in intervals:
        found |= interval.holds(days)
    return found


def _at(
    intervals: Sequence[Interval],
    groups: Days,
    count: int,
    ends: Days,
    known: Flags,
    weights: Amounts | None,
) -> Amounts:
    """How many rows of each group hold on each of some days; only the rows that ever do."""
    found = np.zeros((count, len(ends)))
    for interval in intervals:
        rows = np.flatnonzero(known & (interval.start < interval.until))
        part = Interval(interval.start[rows], interval.until[rows])
        chosen = None if weights is None else weights[rows]
        found += at_days(part, groups[rows], count, ends, chosen)
    return found


def _by_band(
    intervals: Sequence[Interval],
    bands: Sequence[Interval],
    ends: Days,
    known: Flags,
    weights: Amounts | None,
) -> Amounts:
    """The same for bands of age: a row is in a band while both hold."""
    alone = np.zeros(len(known), dtype=np.int64)
    parts = [
        _at([interval.both(band) for interval in intervals], alone, 1, ends, known, weights)
        for band in bands
    ]
    return np.concatenate(parts)
