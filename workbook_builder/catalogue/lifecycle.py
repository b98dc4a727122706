"""When an indicator's figures begin, and where its series breaks.

Figures on the two sides of a break say different things: they are not held against one another
and not added up. Months before an indicator's first one are no months of it at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbook_builder.catalogue.model import Indicator, SeriesBreak
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.periods import FinancialYear, Kind, Month, Period


def broken(indicator: Indicator, first: Month, last: Month) -> bool:
    """Whether a break parts a month from a later one."""
    return any(first < one.period <= last for one in indicator.breaks)


def broken_between(indicator: Indicator, before: Period, after: Period) -> bool:
    """Whether a break lies between two periods; one in which it falls belongs to the new series."""
    return broken(indicator, before.end, after.end)


def latest_break(indicator: Indicator, years: FinancialYear, month: Month) -> Month | None:
    """The month of the last break since the beginning of last year; none where that is longer ago.

    A quarterly indicator breaks with the whole quarter.
    """
    start = years.start_of(month).plus(-12)
    quarterly = indicator.period_type is PeriodType.QUARTERLY
    last = years.last_full_quarter(month).end if quarterly else month
    found = [one.period for one in indicator.breaks if start <= one.period <= last]
    return max(found, default=None)


def adds_up_from(indicator: Indicator, start: Month, month: Month) -> Month:
    """The first of the months from `start` to `month` that can be added up with the last."""
    begun = [one.period for one in indicator.breaks]
    if indicator.from_ is not None:
        begun.append(indicator.from_)
    return max([start, *(one for one in begun if start < one <= month)])


def out_of_use(indicator: Indicator, period: Period) -> bool:
    """Whether a month or quarter lies wholly before or after the months that it is reported for."""
    if period.kind not in (Kind.MONTH, Kind.QUARTER):
        return False
    before = indicator.from_ is not None and period.end < indicator.from_
    return before or (indicator.to is not None and period.start > indicator.to)


def with_breaks_of_parts(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The indicators, where those that are computed break wherever one of their parts does.

    The catalogue has been checked: nothing is computed from itself.
    """
    held = tuple(indicators)
    by_code = {one.code: one for one in held}
    done: dict[str, tuple[SeriesBreak, ...]] = {}

    def breaks_of(code: str) -> tuple[SeriesBreak, ...]:
        if code not in done:
            whole = by_code[code]
            found = {one.period: one for one in whole.breaks}
            for part in (*whole.plus, *whole.minus, *filter(None, [whole.rate_of])):
                for one in breaks_of(part):
                    note = f"{by_code[part].name}: {one.note}"
                    found.setdefault(one.period, SeriesBreak(period=one.period, note=note))
            done[code] = tuple(found.values())
        return done[code]

    return tuple(one.model_copy(update={"breaks": breaks_of(one.code)}) for one in held)
