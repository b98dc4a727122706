"""Where every series and period stands on the Figures sheet, and the names that lead there.

Tabs never hold a position: they ask for the row of a series by its key and for the column of a
period by its role (the report month, the month before it, last year), through defined names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_builder.catalogue.lifecycle import out_of_use
from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import Polarity
from workbook_builder.extracts.headings import read_period
from workbook_builder.judgement.status import Limits
from workbook_builder.judgement.targets import limits_for
from workbook_builder.measures.series import SeriesKey, plain_key
from workbook_builder.periods import Kind, Period
from workbook_builder.plan.comparisons import COMPARATORS, comparator_key, comparisons
from workbook_builder.plan.last_month import NO_MONTH, LastMonth
from workbook_builder.plan.marks import Marks, marks_of
from workbook_builder.plan.roles import every_role, role_period
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import Symbol, cell_content

if TYPE_CHECKING:
    from workbook_builder.plan.said import Said

# How far ahead columns are kept free, so that a new month never moves an old one.
YEARS_AHEAD = 5
# Rows and columns kept free for series and periods that no one has met yet.
SPARE_ROWS, SPARE_COLUMNS = 30, 24

LOWER, UPPER = "@lower", "@upper"


@dataclass(frozen=True)
class FigureRow:
    """One row of each block of the Figures sheet."""

    key: str
    indicator: Indicator
    breakdown: str
    what: str
    computed: bool


@dataclass(frozen=True)
class Standing:
    """The Figures sheet of a workbook that stands already: what is in it may not move.

    keys are its series and periods its period keys, in their order; height and width are how many
    rows and columns a block has, the free ones included.
    """

    keys: tuple[str, ...]
    periods: tuple[str, ...]
    height: int
    width: int


class NoRoom(Exception):
    """A standing Figures sheet has no row or column left for what is new."""


@dataclass(frozen=True)
class Layout:
    """Rows and columns of the Figures sheet in order, and the roles of periods.

    height and width are those of a block: the rows and columns in use, then free ones. said is
    what a highlight report says, where a tab carries one.
    """

    scorecard: Scorecard
    rows: tuple[FigureRow, ...]
    periods: tuple[Period, ...]
    roles: Mapping[str, Period]
    limits: Mapping[tuple[str, Period], Limits]
    height: int
    width: int
    said: Said | None = None
    last_month: LastMonth = NO_MONTH

    def row_number(self, key: str) -> int:
        """The row of a series within its block, counted from 1 as MATCH does."""
        return self._row_numbers[key]

    def column_number(self, period: Period) -> int:
        """The column of a period within the block, counted from 1."""
        return self._column_numbers[period]

    def has_row(self, key: str) -> bool:
        return key in self._row_numbers

    @cached_property
    def _row_numbers(self) -> dict[str, int]:
        return {row.key: at for at, row in enumerate(self.rows, start=1)}

    @cached_property
    def _column_numbers(self) -> dict[Period, int]:
        # The first of a period's columns, should a workbook that stands name one twice.
        last_first = reversed([*enumerate(self.periods, start=1)])
        return {period: at for at, period in last_first}

    def content(self, row: FigureRow, period: Period) -> float | str:
        """What the value block holds for a series and period; a symbol where there is nothing."""
        if row.what in COMPARATORS:
            found = self._compared[row.indicator.code, row.what].get(period)
            return Symbol.NOT_AVAILABLE.shown if found is None else found
        if row.what in (LOWER, UPPER):
            limits = self.limits[row.indicator.code, period]
            limit = limits.lower if row.what == LOWER else limits.upper
            return Symbol.DASH.shown if limit is None else limit
        point = self.scorecard.table.points(row.indicator.code, row.breakdown).get(period)
        fed = not row.breakdown and not row.computed and self.in_use(period)
        if point is None and fed and out_of_use(row.indicator, period):
            return Symbol.NOT_APPLICABLE.shown
        return cell_content(point.value if point else None)

    def part(self, key: str, role: str, part: str) -> float | str:
        """Value, numerator or denominator of a series at a role; an empty text for none."""
        row, period = self.rows[self.row_number(key) - 1], self.roles[role]
        if part == "value":
            known = period in self.scorecard.table.points(row.indicator.code, row.breakdown)
            ahead = not self.in_use(period) and not known
            content = self.content(row, period)
            empty = ahead and content in (Symbol.NOT_AVAILABLE.shown, Symbol.DASH.shown)
            return "" if empty else content
        point = self.scorecard.table.points(row.indicator.code, row.breakdown).get(period)
        found = getattr(point, part) if point is not None else None
        return "" if found is None else float(found)

    def latest(self, row: FigureRow) -> Period | None:
        """The latest period that a comparator is published for."""
        held = self._compared[row.indicator.code, row.what]
        return max(held, key=lambda one: (one.end, one.start), default=None)

    def value(self, key: str, role: str) -> float | str:
        """The content for a series at a role, as a formula on a tab will find it."""
        row = self.rows[self.row_number(key) - 1]
        return self.content(row, self.roles[role])

    @cached_property
    def _compared(self) -> Mapping[tuple[str, str], Mapping[Period, float]]:
        return comparisons(self.scorecard)

    @cached_property
    def _with_roles(self) -> frozenset[Period]:
        return frozenset(self.roles.values())

    def label(self, role: str) -> str:
        return self.roles[role].label

    def head(self, role: str) -> str:
        """The label of a period as a head says it: with a mark where it is provisional."""
        return self.marks.head(self.roles[role])

    @cached_property
    def marks(self) -> Marks:
        return marks_of(self.scorecard)

    def in_use(self, period: Period) -> bool:
        """Whether a column is for a time up to the report month, or kept free for later."""
        if period in self._with_roles or period.kind is Kind.FULL_YEAR:
            return period.start <= self.scorecard.month
        return period.end <= self.scorecard.month


def series_key_text(indicator: str, breakdown: str = "") -> str:
    """The key of a series in the Figures sheet's first column."""
    plain = plain_key(breakdown)
    return f"{indicator}|{plain}" if plain else indicator


def limit_key(indicator: str, side: str) -> str:
    """The key of the row that holds an indicator's lower or upper limit by period."""
    return f"{indicator}|{side}"


def limit_sides(indicator: Indicator) -> tuple[str, ...]:
    """Which limits an indicator can have, by which way is good."""
    return {
        Polarity.HIGH: (LOWER,),
        Polarity.LOW: (UPPER,),
        Polarity.IN_RANGE: (LOWER, UPPER),
        Polarity.NEITHER: (),
    }[indicator.polarity]


def build_layout(
    scorecard: Scorecard, standing: Standing | None = None, asked: Iterable[str] = ()
) -> Layout:
    """Lay out the Figures sheet: afresh, or around what stands in a workbook already.

    `asked` are the roles that blocks look up besides the ones that every scorecard has. Raises
    NoRoom where a standing workbook cannot take what is new.
    """
    rows = tuple(_rows(scorecard))
    roles = every_role(scorecard)
    wanted = {role: role_period(role, scorecard) for role in asked if role not in roles}
    roles |= {role: period for role, period in wanted.items() if period is not None}
    compared = [one for periods in comparisons(scorecard).values() for one in periods]
    periods = _periods(scorecard, [*roles.values(), *compared])
    height, width = len(rows) + SPARE_ROWS, len(periods) + SPARE_COLUMNS
    if standing is not None:
        rows = tuple(_rows_around(standing.keys, rows, scorecard))
        periods = _periods_around(standing.periods, periods, scorecard)
        height, width = standing.height, standing.width
        if len(rows) > height or len(periods) > width:
            raise NoRoom
    limits = {
        (indicator.code, period): limits_for(scorecard.catalogue, indicator, period)
        for indicator in scorecard.catalogue.indicators
        if limit_sides(indicator)
        for period in periods
        if period.kind in (Kind.MONTH, Kind.QUARTER, Kind.FULL_YEAR, Kind.YEAR)
    }
    none = {
        (indicator.code, period): Limits()
        for indicator in scorecard.catalogue.indicators
        for period in periods
    }
    return Layout(scorecard, rows, periods, roles, none | limits, height, width)


def _rows_around(
    standing: tuple[str, ...], rows: tuple[FigureRow, ...], scorecard: Scorecard
) -> Iterable[FigureRow]:
    """The standing rows in their order, then the new ones.

    A series that the extracts no longer hold keeps its row, empty. Raises NoRoom where a row that
    stands is for no indicator of the catalogue.
    """
    known = {row.key: row for row in rows}
    indicators = {one.code: one for one in scorecard.catalogue.indicators}
    for key in standing:
        code, _, breakdown = key.partition("|")
        if key in known:
            yield known[key]
        elif code in indicators and not breakdown.startswith("@"):
            yield FigureRow(key, indicators[code], breakdown, "figure", False)
        else:
            raise NoRoom
    yield from (row for row in rows if row.key not in standing)


def _periods_around(
    standing: tuple[str, ...], periods: tuple[Period, ...], scorecard: Scorecard
) -> tuple[Period, ...]:
    """The standing periods in their order, then those that are new and hold a figure."""
    known = {period.key: period for period in periods}
    held = {period for points in scorecard.table.series.values() for period in points}
    held |= {period for periods in comparisons(scorecard).values() for period in periods}
    missing = [key for key in standing if key not in known]
    known |= {key: _period_of(key, scorecard) for key in missing}
    new = [period for period in periods if period in held and period.key not in standing]
    return (*(known[key] for key in standing), *new)


def _period_of(key: str, scorecard: Scorecard) -> Period:
    """The period that a key in a standing workbook names. Raises NoRoom for an unknown one."""
    try:
        return read_period(key, scorecard.catalogue.settings.years)
    except ValueError as error:
        raise NoRoom from error


def _rows(scorecard: Scorecard) -> Iterable[FigureRow]:
    """Fed series and limits first, computed series last: a refresh writes the first part only."""
    computed = []
    compared = comparisons(scorecard)
    for indicator in scorecard.catalogue.indicators:
        for key in _keys(scorecard, indicator.code):
            row = FigureRow(
                series_key_text(key.indicator, key.breakdown),
                indicator,
                key.breakdown,
                "figure",
                indicator.computed and not key.breakdown,
            )
            if row.computed:
                computed.append(row)
            else:
                yield row
        for comparator in COMPARATORS:
            if (indicator.code, comparator) in compared:
                named = comparator_key(indicator.code, comparator.removeprefix("@"))
                yield FigureRow(named, indicator, "", comparator, False)
        for side in limit_sides(indicator):
            yield FigureRow(limit_key(indicator.code, side), indicator, "", side, False)
    yield from computed


def _keys(scorecard: Scorecard, code: str) -> list[SeriesKey]:
    return [key for key in scorecard.table.series if key.indicator == code]


def _periods(scorecard: Scorecard, needed: Iterable[Period]) -> tuple[Period, ...]:
    """The columns in order: years, quarters, odd periods, months, years to date."""
    held = {period for points in scorecard.table.series.values() for period in points}
    held |= set(needed)
    catalogue = scorecard.catalogue
    years, month = catalogue.settings.years, scorecard.month
    last = years.start_of(month).plus(12 * YEARS_AHEAD)
    columns: list[Period] = []
    calendar = {p for p in held if p.kind is Kind.YEAR and p.start != years.start_of(p.start)}
    columns += sorted(calendar)
    for kind, make in (
        (Kind.YEAR, years.year),
        (Kind.FULL_YEAR, years.full_year),
        (Kind.QUARTER, years.quarter),
        (Kind.ROLLING, Period.rolling),
        (Kind.RANGE, None),
        (Kind.SNAPSHOT, None),
        (Kind.WEEK, None),
        (Kind.MONTH, Period.month),
        (Kind.YTD, years.ytd),
    ):
        of_kind = sorted(p for p in held if p.kind is kind and p not in calendar)
        if make is None or not of_kind:
            columns += of_kind
            continue
        step = 12 if kind in (Kind.YEAR, Kind.FULL_YEAR) else 1
        step = 3 if kind is Kind.QUARTER else step
        end = month.plus(12 * YEARS_AHEAD) if step == 1 else last
        by_end = kind in (Kind.ROLLING, Kind.YTD)
        moment = of_kind[0].end if by_end else of_kind[0].start
        while moment <= end:
            columns.append(make(moment))
            moment = moment.plus(step)
    return tuple(columns)
