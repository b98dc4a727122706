"""The totals of a cross-tab: sums down and across, shares, and changes on last year.

Sums are formulas over the table, never figures of their own, so a total cannot leave a cell out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_builder.catalogue.lifecycle import broken
from workbook_builder.measures.change import cumulative_change, month_change
from workbook_builder.periods import Kind
from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.model import Cell, Formula
from workbook_builder.plan.roles import of_year
from workbook_builder.plan.series_breaks import unless_cut
from workbook_builder.values import Symbol, is_number

if TYPE_CHECKING:
    from workbook_builder.plan.crosstab import Crosstab

PARTS = ("value", "numerator", "denominator")
HIDDEN = Symbol.CONFIDENTIAL.shown
Shown = float | str


@dataclass(frozen=True)
class TotalRow:
    """A row under the table, and what it is known by."""

    key: str
    cells: list[Cell]


def sum_formula(area: str) -> str:
    """The numbers of a range added up: hidden where one is, nothing where there is none."""
    return f'IF(COUNTIF({area},"{HIDDEN}")>0,"{HIDDEN}",IF(COUNT({area})=0,"",SUM({area})))'


def sum_of(values: Sequence[Shown | None]) -> Shown:
    """What that formula gives."""
    if HIDDEN in values:
        return HIDDEN
    numbers = [value for value in values if isinstance(value, (int, float))]
    return float(sum(numbers)) if numbers else ""


@dataclass(frozen=True)
class Totals:
    """The totals of a table whose rows are `first` to `last`."""

    table: Crosstab
    first: int
    last: int

    @property
    def _down(self) -> bool:
        return self.table.options.totals.value in ("columns", "both")

    @property
    def _across(self) -> bool:
        return self.table.options.totals.value in ("rows", "both")

    def rows(self) -> Iterator[TotalRow]:
        """The total row, and the changes on last year under it."""
        if self._down:
            yield TotalRow("total", self._total_row(self.last + 1))
        if self.table.options.changes:
            row = self.last + 1 + self._down
            yield TotalRow("change on last year", self._changes(row, cumulative=False))
            yield TotalRow("cumulative change", self._changes(row + 1, cumulative=True))

    def columns(self) -> list[Cell]:
        """The total of each row, and the share of the first column in it."""
        cells: list[Cell] = []
        if not self._across:
            return cells
        table, head = self.table, self.table.head_row
        said = table.place.scorecard.catalogue.settings.years.label(table.place.scorecard.month)
        of_year = table.options.columns == "months of the year" and not table.options.weighted
        cells.append(Cell(head, table.total_col, f"{said} YTD" if of_year else "Total", "head now"))
        if table.options.share:
            cells.append(Cell(head, table.total_col + 1, table.options.share, "head right"))
        for row in range(self.first, self.last + 1 + self._down):
            cells += self._row_total(row)
        return cells

    def value(self, row: int, col: int) -> Shown | None:
        """What a cell of the table shows."""
        table = self.table
        across = table.across[col - table.first_col]
        if row > self.last:
            return sum_of([self.value(one, col) for one in range(self.first, self.last + 1)])
        item = table.rows[row - self.first]
        key, role = table.key_of(item, across), table.role_of(item, across)
        layout = table.place.layout
        if key is None or not layout.has_row(key) or role not in layout.roles:
            return None
        shown = table.place.layout.part(key, role, "value")
        return "" if shown == Symbol.NOT_AVAILABLE.shown else shown

    def _cols(self) -> range:
        return range(self.table.first_col, self.table.total_col)

    def _total_row(self, row: int) -> list[Cell]:
        cells = [Cell(row, self.table.place.columns.LABEL, "Total", "label bold")]
        for col in self._cols():
            area = f"{cell(self.first, col)}:{cell(self.last, col)}"
            shown = Formula(sum_formula(area), _not_none(self.value(row, col)))
            cells.append(Cell(row, col, shown, "number now", self.table.number_format))
        return cells

    def _row_total(self, row: int) -> list[Cell]:
        table = self.table
        area = f"{cell(row, table.first_col)}:{cell(row, table.total_col - 1)}"
        values = [self.value(row, col) for col in self._cols()]
        content = self._row_sum(area, values)
        if table.options.weighted:
            content = self._weighted(row)
        content = self._unless_broken(row, content)
        cells = [Cell(row, table.total_col, content, "number now", table.number_format)]
        if table.options.share:
            over, whole = cell(row, table.first_col), cell(row, table.total_col)
            formula = f'IF(COUNT({whole})=0,"",IF({whole}=0,"",100*N({over})/{whole}))'
            first = values[0] if isinstance(values[0], float) else 0.0
            whole_value = sum_of(values)
            known = isinstance(whole_value, float) and whole_value
            share: Shown = 100 * first / float(whole_value) if known else ""
            cells.append(Cell(row, table.total_col + 1, Formula(formula, share), "number", '0"%"'))
        return cells

    def _unless_broken(self, row: int, content: Formula) -> Formula:
        """The total of a row of months; nothing where its series breaks among them."""
        table, layout = self.table, self.table.place.layout
        code = table.rows[row - self.first].code if row <= self.last else ""
        indicator = layout.scorecard.line(code or table.line.code).indicator
        first, last = table.across[0].role, table.across[-1].role
        if not indicator.breaks or not {first, last} <= layout.roles.keys():
            return content
        if layout.roles[first].kind is not Kind.MONTH:
            return content
        years = layout.scorecard.catalogue.settings.years
        span = (f"at_{first}", f"MIN(at_{last},at_month_0)")
        end = min(layout.roles[last].end, layout.scorecard.month)
        shown = "" if broken(indicator, layout.roles[first].end, end) else content.value
        return Formula(unless_cut(indicator, years, span, content.text, '""'), shown)

    def _row_sum(self, area: str, values: Sequence[Shown | None]) -> Formula:
        """A row added up: none in a table that has figures is nought."""
        table = self.table
        corner, end = cell(self.first, table.first_col), cell(self.last, table.total_col - 1)
        nothing = f"COUNT({corner}:{end})=0"
        formula = f'IF({nothing},"",IF(COUNTIF({area},"{HIDDEN}")>0,"{HIDDEN}",SUM({area})))'
        rows = range(self.first, self.last + 1)
        held = any(isinstance(self.value(row, col), float) for row in rows for col in self._cols())
        found = sum_of(values)
        return Formula(formula, 0.0 if held and found == "" else found)

    def _weighted(self, row: int) -> Formula:
        """The mean of a row weighted by its denominators; of the total row the sum of those."""
        table = self.table
        if row > self.last:
            area = f"{cell(self.first, table.total_col)}:{cell(self.last, table.total_col)}"
            means = [self._weighted(one).value for one in range(self.first, self.last + 1)]
            return Formula(sum_formula(area), sum_of(means))
        at = cell(row, table.place.columns.figure_row, fixed_col=True)
        start, end = table.across[0].role, table.across[-1].role
        areas = {
            part: f"INDEX(fig_{part},{at},at_{start}):INDEX(fig_{part},{at},at_{end})"
            for part in ("value", "numerator", "denominator")
        }
        whole = f"SUM({areas['denominator']})"
        if self._numerators(row):
            scale = f"{table.line.conventions.scale:g}"
            formula = f'IF({whole}=0,"",{scale}*SUM({areas["numerator"]})/{whole})'
        else:
            over = f"SUMPRODUCT({areas['value']},{areas['denominator']})"
            formula = f'IF({whole}=0,"",{over}/{whole})'
        shown = f"{cell(row, table.first_col)}:{cell(row, table.total_col - 1)}"
        hidden = HIDDEN in [self.value(row, col) for col in self._cols()]
        return Formula(
            f'IF(COUNTIF({shown},"{HIDDEN}")>0,"{HIDDEN}",{formula})',
            HIDDEN if hidden else self._weighted_value(row),
        )

    def _weighted_value(self, row: int) -> Shown:
        table, item = self.table, self.table.rows[row - self.first]
        weighed = weights = 0.0
        counted = self._numerators(row)
        for across in table.across:
            key, role = table.key_of(item, across), table.role_of(item, across)
            if key is None or not table.place.layout.has_row(key):
                continue
            held = {part: table.place.layout.part(key, role, part) for part in PARTS}
            weight, value = held["denominator"], held["value"]
            if isinstance(weight, float):
                weights += weight
                times = weight * float(value) if is_number(value) else 0.0
                over = held["numerator"]
                weighed += (over if isinstance(over, float) else 0.0) if counted else times
        scale = table.line.conventions.scale if counted else 1.0
        return scale * weighed / weights if weights else ""

    def _numerators(self, row: int) -> bool:
        """Whether a row's figures came with numerators, which are added up rather than weighed."""
        table, item = self.table, self.table.rows[row - self.first]
        keys = [(table.key_of(item, one), table.role_of(item, one)) for one in table.across]
        layout = table.place.layout
        return any(
            key is not None and layout.has_row(key) and layout.part(key, role, "numerator") != ""
            for key, role in keys
        )

    def _changes(self, row: int, cumulative: bool) -> list[Cell]:
        """Change of the headline on the same months of last year, of each or of all so far."""
        table, layout = self.table, self.table.place.layout
        said = "Cumulative % change on last year" if cumulative else "% change on last year"
        cells = [Cell(row, table.place.columns.LABEL, said, "target label")]
        points = layout.scorecard.table.points(table.line.code)
        key = f"MATCH({text(table.line.code)},fig_key,0)"
        years = layout.scorecard.catalogue.settings.years
        for at, across in enumerate(table.across):
            end = layout.roles[across.role].end
            start = table.across[0].role if cumulative else across.role
            first = layout.roles[start].end
            now = f"INDEX(fig_value,{key},at_{start}):INDEX(fig_value,{key},at_{across.role})"
            then_roles = [_last_year(start), _last_year(across.role)]
            then = (
                f"INDEX(fig_value,{key},at_{then_roles[0]})"
                f":INDEX(fig_value,{key},at_{then_roles[1]})"
            )
            whole = f"2*(1+at_{across.role}-at_{start})"
            counted = f"AND(COUNT({now})+COUNT({then})={whole},SUM({then})<>0)"
            formula = f'IF({counted},100*(SUM({now})/SUM({then})-1),"")'
            span = (f"at_{then_roles[0]}", f"at_{across.role}")
            formula = unless_cut(table.line.indicator, years, span, formula, '""')
            value = (
                cumulative_change(points, first, end) if cumulative else month_change(points, end)
            )
            if broken(table.line.indicator, first.plus(-12), end):
                value = None
            content = Formula(formula, "" if value is None else value)
            col = table.first_col + at
            cells.append(Cell(row, col, content, "number muted", '0"%"'))
        return cells


def _last_year(role: str) -> str:
    month = int(role.rpartition("m")[2])
    return of_year(1, month)


def _not_none(value: Shown | None) -> Shown:
    return "" if value is None else value
