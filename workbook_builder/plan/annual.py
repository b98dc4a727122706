"""The years of one indicator side by side: figure, target, whether it was met, and comparators.

A year that no extract gives follows from its months: the last one of a snapshot, a rolling or
cumulative measure, the sum of the twelve of a count. The full year is there once the figure of
its last month is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_builder.catalogue.lifecycle import broken
from workbook_builder.catalogue.words import JudgedAs, PeriodType, YearToDate
from workbook_builder.judgement.status import Compared, Limits, Miss, TargetMet
from workbook_builder.judgement.year_to_date import ADDED_UP
from workbook_builder.measures.change import total_of
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.comparisons import comparator_key
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import as_written, number_format
from workbook_builder.plan.judgement_year import latest_column
from workbook_builder.plan.layout import (
    LOWER,
    UPPER,
    limit_key,
    limit_sides,
    series_key_text,
)
from workbook_builder.plan.lookup import Lookup, given_or_withheld, is_given_or_withheld
from workbook_builder.plan.model import Cell, Content, Formula, Part
from workbook_builder.plan.roles import of_year, quarter_of_year
from workbook_builder.plan.series_breaks import unless_cut
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.status_row import StatusRow
from workbook_builder.scorecard import Line
from workbook_builder.values import Symbol, cell_content, is_number

if TYPE_CHECKING:
    from workbook_builder.plan.panel import PanelOptions

ROW_HEIGHT, HEAD_HEIGHT = 17.0, 32.0
COMPARED = (("england", "England"), ("neighbours", "Statistical neighbours"))


@dataclass(frozen=True)
class Annual:
    """The table of years of a panel; `options` are the panel's."""

    place: BlockPlace
    line: Line
    options: PanelOptions
    status: StatusRow

    @property
    def roles(self) -> list[str]:
        """Earlier years, then the year to date and the full year."""
        held = [f"calendar_{back}" for back in self.options.calendar_years]
        held += [f"year_{back}" for back in range(self.options.years, 0, -1)]
        return [*held, "ytd", "full_year"]

    def part(self, top: int) -> Part:
        columns = self.place.columns
        authority = self.place.scorecard.catalogue.settings.authority
        cells = [Cell(top, columns.LABEL, "", "head")]
        for at, role in enumerate(self.roles):
            label = Formula(f"head_{role}", self.place.layout.head(role))
            cells.append(Cell(top, columns.YEAR + at, label, "head right"))
        rows = [("actual", self._actual(top + 1, f"{authority}, actual"))]
        row = top + 2
        for side in limit_sides(self.line.indicator) or ("",):
            rows.append((f"target {side}", self._target(row, f"{authority}, target", side)))
            row += 1
        rows.append(("met", self._met(row, top + 1, range(top + 2, row))))
        row += 1
        for comparator, said in COMPARED:
            rows.append((comparator, self._comparator(row, comparator, said)))
            row += 1
        cells += [one for _, found in rows for one in found]
        keys = [(top, f"{ELSEWHERE}{self.line.code}|years head")]
        keys += [
            (top + 1 + at, f"{ELSEWHERE}{self.line.code}|years {what}")
            for at, (what, _) in enumerate(rows)
        ]
        heights = [(top, HEAD_HEIGHT), *((one, ROW_HEIGHT) for one in range(top + 1, row))]
        return Part(row, tuple(cells), tuple(heights), row_keys=tuple(keys), may_break=(top,))

    def _lookup(self, row: int, key: str) -> Lookup:
        return Lookup(self.place.layout, self.place.columns, row, key)

    def _actual(self, row: int, label: str) -> list[Cell]:
        columns, settings = self.place.columns, self.line.conventions
        lookup = self._lookup(row, series_key_text(self.line.code))
        cells = [Cell(row, columns.LABEL, label, "label bold"), *lookup.helpers()]
        shown = number_format(settings.decimals_ytd, settings.suffix)
        for at, role in enumerate(self.roles):
            content = self._figure(lookup, role)
            style = "number now" if role in ("ytd", "full_year") else "number"
            cells.append(Cell(row, columns.YEAR + at, content, style, shown))
        return cells

    def _figure(self, lookup: Lookup, role: str) -> Content:
        year = cell_content(self.line.year.value)
        if role == "ytd":
            return self.status.judged("ytd", year)
        if role == "full_year":
            return self._full_year(year)
        fed, value = lookup.found(role), lookup.held(role)
        other: str = '""'
        follows: float | str = ""
        if not role.startswith("calendar"):
            other, follows = self._from_months(lookup, int(role.rpartition("_")[2]))
        shown = value if given_or_withheld(value) else follows
        return Formula(f"IF({is_given_or_withheld(fed)},{fed},{other})", shown)

    def _full_year(self, year: float | str) -> Formula:
        """The year to date of the year's last month, where it leaves none of the months out."""
        so_far, roles = self.line.year, self.place.layout.roles
        over = roles[of_year(0, 12)] == roles["month_0"]
        # What it shows is worked out on the Judgement sheet, so the value beside it is not used.
        held, last = self.status.judged("ytd", year).text, self.status.judged("last", 0).text
        whole = f'OR({last}={latest_column(self.line)},{held}="{Symbol.CONFIDENTIAL.shown}")'
        found = self._unless_broken(0, held)
        shown = year if over and so_far.is_year else ""
        return Formula(f'IF(AND(at_month_0=at_{of_year(0, 12)},{whole}),{found},"")', shown)

    def _from_months(self, lookup: Lookup, back: int) -> tuple[str, float | str]:
        """What a year is by its months or quarters, as a formula and as a value."""
        indicator = self.line.indicator
        if indicator.year_to_date is YearToDate.LATEST:
            quarterly = indicator.period_type is PeriodType.QUARTERLY
            role = quarter_of_year(back, 4) if quarterly else of_year(back, 12)
            if role not in self.place.layout.roles:
                return '""', ""
            found, value = lookup.found(role), lookup.held(role)
            return f'IF(ISNUMBER({found}),{found},"")', value if is_number(value) else ""
        if indicator.year_to_date is not YearToDate.SUM:
            return '""', ""
        first, last = of_year(back, 1), of_year(back, 12)
        area = f"{lookup.found(first)}:{lookup.found(last)}"
        roles = self.place.layout.roles
        points = self.place.scorecard.table.points(self.line.code)
        start, end = roles[first].end, roles[last].end
        begun = max(start, indicator.from_) if indicator.from_ is not None else start
        months = end.minus(begun) + 1
        total = total_of(points, begun, end) if months > 0 else None
        if broken(indicator, start, end):
            total = None
        added = self._unless_broken(back, f'IF(COUNT({area})={months},SUM({area}),"")')
        return added, "" if total is None else total

    def _unless_broken(self, back: int, formula: str) -> str:
        """A year's figure where its months add up; nothing where the series breaks within it."""
        if self.line.indicator.year_to_date not in ADDED_UP:
            return formula
        years = self.place.scorecard.catalogue.settings.years
        span = (f"at_{of_year(back, 1)}", f"at_{of_year(back, 12)}")
        return unless_cut(self.line.indicator, years, span, formula, '""')

    def _target(self, row: int, label: str, side: str) -> list[Cell]:
        columns = self.place.columns
        cells = [Cell(row, columns.LABEL, label, "label")]
        lookup = self._lookup(row, limit_key(self.line.code, side))
        cells += lookup.helpers()
        written = as_written(self.line.conventions.target_suffix)
        for at, role in enumerate(self.roles):
            content: Content = None
            if lookup.there:
                held_for = "full_year" if role == "ytd" else role
                found, value = lookup.found(held_for), lookup.held(held_for)
                shown = value if is_number(value) else ""
                content = Formula(f'IF(ISNUMBER({found}),{found},"")', shown)
            cells.append(Cell(row, columns.YEAR + at, content, "number", written))
        return cells

    def _met(self, row: int, actual: int, targets: range) -> list[Cell]:
        """Yes or No for each year, by the same rule as the light."""
        columns, settings = self.place.columns, self.line.conventions
        cells = [Cell(row, columns.LABEL, "Target met?", "label")]
        compared = Compared(settings.compared_decimals_ytd)
        about_value = self.line.indicator.judged_as is JudgedAs.VALUE
        sides = limit_sides(self.line.indicator)
        for at, role in enumerate(self.roles):
            content: Content = None
            if sides and about_value:
                col = columns.YEAR + at
                refs = dict(zip(sides, (cell(one, col) for one in targets), strict=True))
                value = compared.formula(cell(actual, col))
                miss = Miss().formula(f"({value})", refs.get(LOWER, '""'), refs.get(UPPER, '""'))
                content = Formula(
                    TargetMet().formula(f"({miss})"), self._met_value(role, actual, sides)
                )
            cells.append(Cell(row, columns.YEAR + at, content, "number"))
        return cells

    def _met_value(self, role: str, actual: int, sides: tuple[str, ...]) -> str:
        lookup = self._lookup(actual, series_key_text(self.line.code))
        figure = self._figure(lookup, role)
        value = figure.value if isinstance(figure, Formula) else ""
        held_for = "full_year" if role == "ytd" else role
        held = {
            side: self._lookup(actual, limit_key(self.line.code, side)).held(held_for)
            for side in sides
        }
        limits = Limits(_number(held.get(LOWER)), _number(held.get(UPPER)))
        judged = Compared(self.line.conventions.compared_decimals_ytd).evaluate(_number(value))
        return TargetMet().evaluate(Miss().evaluate(judged, limits))

    def _comparator(self, row: int, comparator: str, said: str) -> list[Cell]:
        columns, settings = self.place.columns, self.line.conventions
        lookup = self._lookup(row, comparator_key(self.line.code, comparator))
        cells = [Cell(row, columns.LABEL, said, "label"), *lookup.helpers()]
        shown = number_format(settings.decimals_ytd, settings.suffix)
        for at, role in enumerate(self.roles):
            content: Content = None
            if lookup.there and role not in ("ytd", "full_year"):
                found, value = lookup.found(role), lookup.held(role)
                number = value if is_number(value) else ""
                content = Formula(f'IF(ISNUMBER({found}),{found},"")', number)
            cells.append(Cell(row, columns.YEAR + at, content, "number muted", shown))
        return cells


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
