"""Months, quarters, financial years: what a figure is for.

A period is a span of whole months with a kind, because the same span can be a year's total, a
year to date or a target's full year. Weeks and snapshot dates carry their day as well.

Texts are those of results.csv: month 2013-09, quarter 2013/14-Q3, year, full_year and ytd 2013/14,
rolling_12m 2014-02 (the last month), range 2013-04..2013-08, week and snapshot 2014-03-24.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

MONTH_NAMES = tuple(calendar.month_abbr)[1:]


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1900 <= self.year <= 2200:
            raise ValueError(f"{self.year}-{self.month} is not a month")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read 2014-02. Raises ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not found:
            raise ValueError(f'"{text}" is not a month: write it as 2014-02')
        return cls(int(found[1]), int(found[2]))

    def plus(self, months: int) -> Month:
        """The month so many months later (or earlier)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    def minus(self, other: Month) -> int:
        """How many months this one is after the other."""
        return (self.year - other.year) * 12 + self.month - other.month

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def label(self) -> str:
        """Feb-14, as scorecards print it."""
        return f"{MONTH_NAMES[self.month - 1]}-{self.year % 100:02d}"

    @property
    def long_label(self) -> str:
        """February 2014."""
        return f"{calendar.month_name[self.month]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


def day_label(day: dt.date) -> str:
    """3 February 2014."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


class Kind(StrEnum):
    """What sort of period a figure is for; the words of results.csv."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    YTD = "ytd"
    FULL_YEAR = "full_year"
    ROLLING = "rolling_12m"
    WEEK = "week"
    SNAPSHOT = "snapshot"
    RANGE = "range"


@dataclass(frozen=True, order=True)
class Period:
    """A kind of period and its span, first and last month included.

    `text` names it without its kind and is what results.csv prints. Make periods with the class
    methods here or, where the financial year matters, with FinancialYear.
    """

    kind: Kind
    start: Month
    end: Month
    text: str

    def __hash__(self) -> int:
        """Kind and text tell periods apart; the months need not be hashed millions of times."""
        return hash((self.kind, self.text))

    @classmethod
    def month(cls, month: Month) -> Period:
        """One calendar month."""
        return cls(Kind.MONTH, month, month, str(month))

    @classmethod
    def rolling(cls, month: Month) -> Period:
        """The twelve months that end with `month`."""
        return cls(Kind.ROLLING, month.plus(-11), month, str(month))

    @classmethod
    def between(cls, start: Month, end: Month) -> Period:
        """A run of months reported as one figure, such as a brought-forward total."""
        return cls(Kind.RANGE, start, end, f"{start}..{end}")

    @classmethod
    def calendar_year(cls, year: int) -> Period:
        """January to December, as some published benchmarks are."""
        return cls(Kind.YEAR, Month(year, 1), Month(year, 12), str(year))

    @classmethod
    def snapshot(cls, day: dt.date) -> Period:
        """The position on a day."""
        month = Month(day.year, day.month)
        return cls(Kind.SNAPSHOT, month, month, day.isoformat())

    @classmethod
    def week(cls, day: dt.date) -> Period:
        """The week that begins on a day."""
        month = Month(day.year, day.month)
        return cls(Kind.WEEK, month, month, day.isoformat())

    @property
    def key(self) -> str:
        """Unique among all periods; heads a column of the Figures sheet."""
        reach = f" to {self.end}" if self.kind is Kind.YTD else ""
        return f"{self.kind} {self.text}{reach}"

    @property
    def label(self) -> str:
        """How a column head prints it: Feb-14, Q3 2013/14, 2012/13."""
        match self.kind:
            case Kind.MONTH:
                return self.end.label
            case Kind.QUARTER:
                year, quarter = self.text.split("-")
                return f"{quarter} {year}"
            case Kind.YTD:
                return f"{self.text} YTD"
            case Kind.FULL_YEAR:
                return f"{self.text} full year"
            case Kind.ROLLING:
                return f"12 months to {self.end.label}"
            case Kind.RANGE:
                return f"{self.start.label} to {self.end.label}"
            case Kind.SNAPSHOT | Kind.WEEK:
                day = dt.date.fromisoformat(self.text)
                lead = "week of " if self.kind is Kind.WEEK else ""
                return f"{lead}{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
            case _:
                return self.text


@dataclass(frozen=True)
class FinancialYear:
    """The reporting year of an authority: which month it starts in (April unless set)."""

    first_month: int = 4

    def start_of(self, month: Month) -> Month:
        """The first month of the year that `month` falls in."""
        year = month.year if month.month >= self.first_month else month.year - 1
        return Month(year, self.first_month)

    def label(self, month: Month) -> str:
        """2013/14 for any month of that year; the plain year where it starts in January."""
        start = self.start_of(month)
        if self.first_month == 1:
            return str(start.year)
        return f"{start.year}/{(start.year + 1) % 100:02d}"

    def year(self, month: Month) -> Period:
        """The whole year around `month`, for results."""
        return self._whole(Kind.YEAR, month)

    def full_year(self, month: Month) -> Period:
        """The whole year around `month`, for targets and forecasts."""
        return self._whole(Kind.FULL_YEAR, month)

    def ytd(self, month: Month) -> Period:
        """The year to date as at the end of `month`."""
        return Period(Kind.YTD, self.start_of(month), month, self.label(month))

    def quarter(self, month: Month) -> Period:
        """The quarter that `month` falls in."""
        start = self.start_of(month)
        number = month.minus(start) // 3
        first = start.plus(3 * number)
        text = f"{self.label(month)}-Q{number + 1}"
        return Period(Kind.QUARTER, first, first.plus(2), text)

    def last_full_quarter(self, month: Month) -> Period:
        """The latest quarter that has ended by the end of `month`."""
        quarter = self.quarter(month)
        return quarter if quarter.end == month else self.quarter(quarter.start.plus(-1))

    def _whole(self, kind: Kind, month: Month) -> Period:
        start = self.start_of(month)
        return Period(kind, start, start.plus(11), self.label(month))


def earlier(period: Period, steps: int, years: FinancialYear) -> Period:
    """The period of the same kind so many steps before: months, quarters or years.

    Raises ValueError for kinds that do not follow one another regularly.
    """
    match period.kind:
        case Kind.MONTH:
            return Period.month(period.end.plus(-steps))
        case Kind.ROLLING:
            return Period.rolling(period.end.plus(-steps))
        case Kind.QUARTER:
            return years.quarter(period.start.plus(-3 * steps))
        case Kind.YEAR:
            return years.year(period.start.plus(-12 * steps))
        case _:
            raise ValueError(f"there is no period before {period.key}")
