"""Last financial year where no extract gives it: worked out in the workbook from its twelve months.

The months of a count are added up, numerators and denominators of a percentage each for themselves;
a position or a rolling year is that of the last month. A year that lacks a month, or in which
the series breaks, is not shown; one with a confidential month is confidential.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.lifecycle import broken
from workbook_builder.catalogue.words import YearToDate
from workbook_builder.judgement.year_to_date import ADDED_UP
from workbook_builder.periods import FinancialYear
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import Formula
from workbook_builder.plan.roles import of_year
from workbook_builder.plan.series_breaks import unless_cut
from workbook_builder.scorecard import Line
from workbook_builder.values import Symbol

MONTHS = 12
YEAR_MONTHS = tuple(of_year(1, month) for month in range(1, MONTHS + 1))
FIRST, LAST = YEAR_MONTHS[0], YEAR_MONTHS[-1]


@dataclass(frozen=True)
class YearOfMonths:
    """The last year of a line whose row on Figures stands in a column of its own row."""

    layout: Layout
    line: Line
    figure_row: int
    row: int

    def instead_of(self, fed: Formula) -> Formula:
        """The figure that was given, or what its months give where it is no number."""
        match self.line.indicator.year_to_date:
            case YearToDate.LATEST:
                known, worked_out, value = self._latest()
            case YearToDate.SUM:
                known, worked_out, value = self._summed()
            case YearToDate.WEIGHTED:
                known, worked_out, value = self._weighted()
            case _:
                return fed
        if self.line.indicator.year_to_date in ADDED_UP:
            span, years = (f"at_{FIRST}", f"at_{LAST}"), self._years
            known = unless_cut(self.line.indicator, years, span, known, "FALSE")
            value = None if self._broken else value
        hidden = Symbol.CONFIDENTIAL.shown
        latest = self.line.indicator.year_to_date is YearToDate.LATEST
        months = self._at("value", LAST) if latest else self._area("value")
        without = f'IF(SUMPRODUCT(1*({months}="{hidden}"))>0,"{hidden}",{fed.text})'
        text = f"IF(ISNUMBER({fed.text}),{fed.text},IF({known},{worked_out},{without}))"
        if isinstance(fed.value, float):
            return Formula(text, fed.value)
        if value is not None:
            return Formula(text, value)
        needed = (LAST,) if latest else YEAR_MONTHS
        shown = [self.layout.part(self.line.code, one, "value") for one in needed]
        return Formula(text, hidden if hidden in shown else fed.value)

    @property
    def _years(self) -> FinancialYear:
        return self.layout.scorecard.catalogue.settings.years

    @property
    def _broken(self) -> bool:
        roles = self.layout.roles
        return broken(self.line.indicator, roles[FIRST].end, roles[LAST].end)

    def _latest(self) -> tuple[str, str, float | None]:
        found, value = self._at("value", LAST), self._held("value", LAST)
        return f"ISNUMBER({found})", found, value

    def _summed(self) -> tuple[str, str, float | None]:
        area, values = self._area("value"), self._numbers("value")
        value = sum(values) if len(values) == MONTHS else None
        return f"COUNT({area})={MONTHS}", f"SUM({area})", value

    def _weighted(self) -> tuple[str, str, float | None]:
        top, bottom = self._area("numerator"), self._area("denominator")
        scale = self.line.conventions.scale
        tops, bottoms = self._numbers("numerator"), self._numbers("denominator")
        known = f"AND(COUNT({top})={MONTHS},COUNT({bottom})={MONTHS},SUM({bottom})<>0)"
        worked_out = f"{scale:g}*SUM({top})/SUM({bottom})"
        whole = len(tops) == len(bottoms) == MONTHS and sum(bottoms) != 0
        return known, worked_out, scale * sum(tops) / sum(bottoms) if whole else None

    def _at(self, part: str, role: str) -> str:
        return f"INDEX(fig_{part},{cell(self.row, self.figure_row, fixed_col=True)},at_{role})"

    def _area(self, part: str) -> str:
        return f"{self._at(part, FIRST)}:{self._at(part, LAST)}"

    def _held(self, part: str, role: str) -> float | None:
        held = self.layout.part(self.line.code, role, part)
        return held if isinstance(held, float) else None

    def _numbers(self, part: str) -> list[float]:
        held = [self._held(part, role) for role in YEAR_MONTHS]
        return [one for one in held if one is not None]
