"""The numbers of all figures as cells: counts, numerators, denominators and what is left of those.

A cell is a number that somebody may read or work out. Most belong to a figure and are shown with
it; a few are never printed, such as a sum of indicators, but can be known from others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.populations import population_for
from workbook_builder.catalogue.words import OverrideOf, PeriodType, Unit
from workbook_builder.disclosure.account import FigureId
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.measures.series import plain_number, shown_period
from workbook_builder.periods import Month, Period
from workbook_builder.values import Symbol, Value, excel_round, number, parse_symbol

RATIOS = (Unit.PERCENT, Unit.RATE, Unit.AVERAGE, Unit.DAYS, Unit.SCORE)

# What a source writes where it knows a small number and does not say it.
SEALED = (Symbol.CONFIDENTIAL, Symbol.UNDER_FIVE)


class Role(StrEnum):
    """Which number of a figure a cell is."""

    COUNT = "count"
    TOP = "numerator"
    BOTTOM = "denominator"
    REST = "denominator less numerator"
    WORKED_OUT = "worked out"


# Which numbers of a figure count people or cases, by its unit. A sum of days or scores does not,
# and a population is known to everybody.
COUNTED = {
    Unit.COUNT: (Role.COUNT, Role.TOP, Role.BOTTOM),
    Unit.TEXT: (Role.TOP, Role.BOTTOM),
    Unit.PERCENT: (Role.TOP, Role.BOTTOM, Role.REST),
    Unit.RATE: (Role.TOP,),
    Unit.AVERAGE: (Role.TOP, Role.BOTTOM),
    Unit.DAYS: (Role.BOTTOM,),
    Unit.SCORE: (Role.BOTTOM,),
}


@dataclass(frozen=True, order=True)
class Cell:
    """One number, by the figure that it is of or would be of."""

    indicator: str
    breakdown: str
    period: Period
    role: Role

    @property
    def figure(self) -> FigureId:
        return (self.indicator, self.breakdown, self.period)


def moment(month: Month) -> int:
    """A month as a number that grows by one from month to month."""
    return month.year * 12 + month.month - 1


@dataclass(frozen=True)
class Given:
    """A figure as the scorecard will show it: of the extracts, or set by hand in its place."""

    indicator: Indicator
    breakdown: str
    period: Period
    value: Value | None
    numerator: float | None
    denominator: float | None

    @property
    def id(self) -> FigureId:
        return (self.indicator.code, self.breakdown, self.period)

    @property
    def unit(self) -> Unit:
        """What the value counts; the rate that stands beside a count is always a rate."""
        if self.breakdown and self.breakdown == self.indicator.rate_breakdown:
            return Unit.RATE
        return self.indicator.unit_of(self.breakdown)

    @property
    def end(self) -> int:
        return moment(self.period.end)


@dataclass
class Ledger:
    """All figures and their cells, while relations are being gathered.

    numbers: what each cell is. between: percentages printed without counts, which are known
    from their parts; the percentage is all that a copy tells of them. delicate: cells never printed
    that must not be worked out.
    """

    catalogue: Catalogue
    given: dict[FigureId, Given] = field(default_factory=dict)
    numbers: dict[Cell, float] = field(default_factory=dict)
    between: set[FigureId] = field(default_factory=set)
    delicate: set[Cell] = field(default_factory=set)

    def enter(self, one: Given) -> None:
        """Take in a figure with its cells."""
        self.given[one.id] = one
        for role, value in numbers_of(self.catalogue, one).items():
            self.numbers[Cell(*one.id, role)] = value

    def note(self, cell: Cell, value: float) -> None:
        """Take in a number that no figure prints, unless it is known already."""
        self.numbers.setdefault(cell, value)

    def withheld_by_source(self, code: str, period: Period, breakdown: bool) -> bool:
        """Whether the extracts themselves withhold a figure of an indicator and period."""
        return (code, period, breakdown) in self._sealed

    @cached_property
    def _sealed(self) -> set[tuple[str, Period, bool]]:
        return {
            (one.indicator.code, one.period, bool(one.breakdown))
            for one in self.given.values()
            if one.value in SEALED
        }

    def small(self, value: float) -> bool:
        """Whether a count is in the range that is withheld, as it is or as it is printed.

        Posts and places come in parts of a whole: 5.2 is printed as 5, and 0.4 is somebody.
        """
        kept = self.catalogue.settings.disclosure
        lowest = 0.0 if kept.smallest == 1 else kept.smallest - 0.5
        return lowest < value < kept.largest + 0.5 and value != 0

    def of(self, code: str, breakdown: str) -> list[Cell]:
        """The cells of a series."""
        return [
            cell for cell in self.numbers if cell.indicator == code and cell.breakdown == breakdown
        ]

    def shown(self, cell: Cell) -> bool:
        """Whether the cell is printed where its figure is."""
        return (
            cell.figure in self.given and cell.figure not in self.between and cell in self.numbers
        )


def ledger_of(catalogue: Catalogue, extracts: Extracts) -> Ledger:
    """Every figure with its cells."""
    ledger = Ledger(catalogue)
    for figure in extracts.figures:
        one = given(catalogue, figure)
        if one.breakdown or not one.indicator.computed:
            ledger.given[one.id] = one
    for override in catalogue.overrides:
        if override.what is OverrideOf.FIGURE:
            one = _by_hand(catalogue, override.indicator, override.period, override.value)
            ledger.given[one.id] = one
    for one in ledger.given.values():
        ledger.enter(one)
    return ledger


def given(catalogue: Catalogue, figure: Figure) -> Given:
    """A figure of the extracts under the period by which the scorecard finds it."""
    indicator = catalogue.indicator(figure.indicator)
    period = shown_period(indicator, figure.period)
    parts = (figure.numerator, figure.denominator)
    return Given(indicator, figure.breakdown, period, figure.value, *parts)


def override_period(catalogue: Catalogue, indicator: Indicator, month: Month) -> Period:
    """The period that a figure set by hand is for."""
    if indicator.period_type is PeriodType.QUARTERLY:
        return catalogue.settings.years.quarter(month)
    return Period.month(month)


def _by_hand(catalogue: Catalogue, code: str, month: Month, text: str) -> Given:
    indicator = catalogue.indicator(code)
    period = override_period(catalogue, indicator, month)
    value: Value = parse_symbol(text) or plain_number(text)
    return Given(indicator, "", period, value, None, None)


def numbers_of(catalogue: Catalogue, one: Given) -> dict[Role, float]:
    """The numbers that a figure gives away, those worked out from the others included."""
    if one.unit not in RATIOS:
        value = number(one.value) if one.unit is Unit.COUNT else None
        named = {Role.COUNT: value, Role.TOP: one.numerator, Role.BOTTOM: one.denominator}
        return {role: held for role, held in named.items() if held is not None}
    top, bottom = _both(catalogue, one)
    found: dict[Role, float] = {}
    if top is not None:
        found[Role.TOP] = top
    if bottom is not None and one.unit is not Unit.RATE:
        found[Role.BOTTOM] = bottom
    if one.unit is Unit.PERCENT and top is not None and bottom is not None and top <= bottom:
        found[Role.REST] = bottom - top
    return found


def _both(catalogue: Catalogue, one: Given) -> tuple[float | None, float | None]:
    """Numerator and denominator; a missing one to the nearest whole from the other two."""
    top, bottom, value, scale = one.numerator, one.denominator, number(one.value), one.unit.scale
    if one.unit is Unit.RATE and bottom is None and one.indicator.population:
        bottom = population_for(catalogue, one.indicator.population, one.period)
    if value is None or (top is not None and bottom is not None):
        return top, bottom
    if top is None and bottom is not None:
        return excel_round(value * bottom / scale, 0), bottom
    if top is not None and value:
        return top, excel_round(top * scale / value, 0)
    return top, bottom
