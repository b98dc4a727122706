"""Periods by their role, which is where they lie as seen from the report month.

    month_3           the third month before the report month; month_0 is the report month
    quarter_2         two quarters before the latest full one
    year_1            last financial year as a whole; calendar_1 last calendar year
    fy0_m4            the fourth month of the report month's financial year; fy1_m4 a year before
    fy0_q2            the second quarter of that year
    week_0            the latest week that has a figure; week_1 the one before
    snapshot_0        the latest day that has a figure
    range_0           the latest run of months that has a figure

A formula asks for a role and never for a period, so a new report month changes no formula.
"""

from __future__ import annotations

import re

from workbook_builder.judgement.travel import REACH
from workbook_builder.periods import Kind, Period, earlier
from workbook_builder.scorecard import Scorecard

_ROLE = re.compile(r"(month|quarter|year|calendar|week|snapshot|range)_(\d+)")
_OF_YEAR = re.compile(r"fy(\d+)_([mq])(\d+)")


def of_year(years_back: int, month: int) -> str:
    """The role of a month of a financial year, months counted from 1."""
    return f"fy{years_back}_m{month}"


def quarter_of_year(years_back: int, quarter: int) -> str:
    """The role of a quarter of a financial year."""
    return f"fy{years_back}_q{quarter}"


def every_role(scorecard: Scorecard) -> dict[str, Period]:
    """The roles that every workbook looks up, whatever its blocks ask for."""
    catalogue = scorecard.catalogue
    years, month = catalogue.settings.years, scorecard.month
    defaults = catalogue.settings.defaults
    start = years.start_of(month)
    back = max(defaults.months_shown - 1, 12, month.minus(start), REACH)
    roles = {f"month_{k}": Period.month(month.plus(-k)) for k in range(back + 1)}
    quarter = years.last_full_quarter(month)
    quarters = max(defaults.quarters_shown - 1, 4, REACH)
    roles |= {f"quarter_{k}": earlier(quarter, k, years) for k in range(quarters + 1)}
    roles |= {f"year_{k}": years.year(start.plus(-12 * k)) for k in (0, 1, 2)}
    roles["ytd"] = years.ytd(month)
    roles["full_year"] = years.full_year(month)
    roles["first_ytd"] = years.ytd(start)
    roles["first_month"] = Period.month(start)
    roles["first_month_1"] = Period.month(start.plus(-12))
    roles["first_quarter"] = years.quarter(start)
    return roles | _brought_forward_roles(scorecard)


def _brought_forward_roles(scorecard: Scorecard) -> dict[str, Period]:
    """The runs of months that lines bring forward, and the first month after each."""
    ranges = {line.year.brought_forward for line in scorecard.lines} - {None}
    roles: dict[str, Period] = {}
    for number, period in enumerate(sorted(p for p in ranges if p is not None), start=1):
        roles[f"brought_{number}"] = period
        roles[f"after_brought_{number}"] = Period.month(period.end.plus(1))
    return roles


def role_period(role: str, scorecard: Scorecard) -> Period | None:
    """The period that has a role; None where no week or day has a figure yet.

    Raises ValueError for a role that there is not.
    """
    years, month = scorecard.catalogue.settings.years, scorecard.month
    start = years.start_of(month)
    if found := _OF_YEAR.fullmatch(role):
        first = start.plus(-12 * int(found[1]))
        if found[2] == "m":
            return Period.month(first.plus(int(found[3]) - 1))
        return years.quarter(first.plus(3 * (int(found[3]) - 1)))
    found = _ROLE.fullmatch(role)
    if found is None:
        raise ValueError(f"{role} is no role of a period")
    back = int(found[2])
    match found[1]:
        case "month":
            return Period.month(month.plus(-back))
        case "quarter":
            return earlier(years.last_full_quarter(month), back, years)
        case "year":
            return years.year(start.plus(-12 * back))
        case "calendar":
            return Period.calendar_year(month.year - back)
        case kind:
            held = latest_of(Kind(kind), scorecard)
            return held[-1 - back] if back < len(held) else None


def latest_of(kind: Kind, scorecard: Scorecard) -> list[Period]:
    """Every week, day or run of months up to the report month that has a figure, in order."""
    held = {
        period
        for points in scorecard.table.series.values()
        for period in points
        if period.kind is kind and period.start <= scorecard.month
    }
    return sorted(held)
