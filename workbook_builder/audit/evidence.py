"""What the rules may ask: the figures of the scorecard, and what else the report says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook_builder.audit.model import ALL, MEASURE, Claim, parts_of
from workbook_builder.audit.relations import Link, Relation
from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import Unit
from workbook_builder.measures.series import Points
from workbook_builder.periods import FinancialYear, Kind, Month, Period
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import Value, number

WHOLE_YEAR = (Kind.YEAR, Kind.FULL_YEAR)


@dataclass(frozen=True)
class Evidence:
    """The computed scorecard, all published conclusions, and how indicators hang together."""

    scorecard: Scorecard
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        return self.scorecard.catalogue

    @property
    def month(self) -> Month:
        return self.scorecard.month

    @property
    def years(self) -> FinancialYear:
        return self.catalogue.settings.years

    def indicator(self, code: str) -> Indicator:
        return self.catalogue.indicator(code)

    def line(self, code: str) -> Line | None:
        """The line of an indicator; None for one that stands on no tab."""
        return next((line for line in self.scorecard.lines if line.code == code), None)

    def points(self, code: str, breakdown: str = "") -> Points:
        return self.scorecard.table.points(code, breakdown)

    def breakdowns(self, code: str) -> list[str]:
        """The breakdowns of an indicator that figures are held for."""
        keys = self.scorecard.table.series
        return [key.breakdown for key in keys if key.indicator == code and key.breakdown]

    def ended(self, period: Period) -> bool:
        """Whether a year is the report's own and is over with the report month."""
        return period.end == self.month and period.text == self.years.label(self.month)

    def months(self, period: Period) -> list[Period]:
        """The months of a period, up to the report month."""
        count = min(period.end, self.month).minus(period.start) + 1
        return [Period.month(period.start.plus(step)) for step in range(max(0, count))]

    def figure(self, code: str, period: Period) -> Value | None:
        """The headline figure for a period; the year to date by the indicator's rule."""
        line = self.line(code)
        own = period.text == self.years.label(self.month)
        if period.kind is Kind.YTD and line is not None and own:
            return line.year.value
        if period.kind is Kind.FULL_YEAR and line is not None and self.ended(period):
            return line.year.value
        return at(self.points(code), period)

    def in_month(self, code: str, month: Month) -> float | None:
        """The headline of a month; where none is held, the total of a count's parts."""
        period = Period.month(month)
        held = number(at(self.points(code), period))
        if held is not None or self.indicator(code).unit is not Unit.COUNT:
            return held
        return self.total(code, self.headline_parts(code), period)

    def headline_parts(self, code: str) -> dict[str, str]:
        """What a headline that is not held would be the total of: its only dimension."""
        shapes = {tuple(parts_of(one)) for one in self.breakdowns(code)}
        keys = next(iter(shapes), ()) if len(shapes) == 1 else ()
        return dict.fromkeys(keys, "Total") if keys and MEASURE not in keys else {}

    def matching(self, code: str, wanted: dict[str, str]) -> list[str]:
        """The breakdowns that a total is over: the same keys, and all of a part called Total."""
        return [one for one in self.breakdowns(code) if _within(parts_of(one), wanted)]

    def total(self, code: str, wanted: dict[str, str], period: Period) -> float | None:
        """The sum over breakdowns and months; an empty cell counts as nought.

        None where no figure at all is held for it.
        """
        found = [
            value
            for one in (self.matching(code, wanted) if wanted else [])
            for value in self.values(code, one, period)
        ]
        return sum(found) if found else None

    def values(self, code: str, breakdown: str, period: Period) -> Iterator[float]:
        """The figures of a series in a month, or in each month of a longer period."""
        points = self.points(code, breakdown)
        whole = period.kind in (Kind.MONTH, Kind.QUARTER, Kind.SNAPSHOT, Kind.WEEK)
        for each in [period] if whole else self.months(period):
            value = number(at(points, each))
            if value is not None:
                yield value

    def related(self, code: str, *links: Link) -> list[Relation]:
        return [one for one in self.relations if one.indicator == code and one.link in links]

    def target_value(self, code: str) -> float | None:
        """The agreed point target for the report's year."""
        from workbook_builder.judgement.targets import agreed_targets, target_for

        year = self.years.full_year(self.month)
        target = target_for(agreed_targets(self.catalogue, code), year, self.month, adds_up=True)
        return None if target is None else target.value


def at(points: Points, period: Period) -> Value | None:
    """The figure for a period; for a year to date the one that goes furthest."""
    if period in points:
        return points[period].value
    alike = [one for one in points if (one.kind, one.text) == (period.kind, period.text)]
    return points[max(alike)].value if alike else None


def combined(parts: Iterable[tuple[float, float | None]]) -> float | None:
    """A signed sum, or None where a part of it is missing."""
    total = 0.0
    for sign, value in parts:
        if value is None:
            return None
        total += sign * value
    return total


def _within(parts: dict[str, str], wanted: dict[str, str]) -> bool:
    if set(parts) != set(wanted):
        return False
    for key, value in wanted.items():
        theirs = parts[key]
        if value.casefold() in ALL:
            if theirs.casefold() in ALL or (key == MEASURE and theirs.startswith("%")):
                return False
        elif theirs.casefold() != value.casefold():
            return False
    return True
