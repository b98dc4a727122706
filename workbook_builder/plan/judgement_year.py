"""The steps of the Judgement sheet from an indicator's months to its year to date."""

from __future__ import annotations

from workbook_builder.catalogue.words import PeriodType, YearToDate
from workbook_builder.judgement.year_to_date import ADDED_UP, YearRefs, YearToDateNote
from workbook_builder.plan.judgement_steps import Steps
from workbook_builder.plan.model import Content, Formula
from workbook_builder.plan.series_breaks import column_of
from workbook_builder.scorecard import Line
from workbook_builder.values import cell_content


def latest_column(line: Line) -> str:
    """The name of the column up to which the year to date of a line may go."""
    if line.year.rule.rule is YearToDate.PUBLISHED:
        return "at_ytd"
    quarterly = line.indicator.period_type is PeriodType.QUARTERLY
    return "at_quarter_0" if quarterly else "at_month_0"


class YearSteps(Steps):
    """The last figure of the year, the first month added up, the year to date and its note."""

    def _last(self) -> Content:
        year = self.line.year
        if not year.periods:
            return 0.0
        first, now = self._span()
        values = (
            f"INDEX(fig_value,{self.ref('row')},{first}):INDEX(fig_value,{self.ref('row')},{now})"
        )
        places = f"INDEX(fig_position,1,{first}):INDEX(fig_position,1,{now})"
        last = year.rule.last(year.so_far)
        number = self.layout.column_number(year.periods[last - 1]) if last else 0
        return Formula(year.rule.last_formula(values, places, self.ref("first")), number)

    def _span(self) -> tuple[str, str]:
        """The columns that the year to date may go over: periods, or published years to date."""
        published = self.line.year.rule.rule is YearToDate.PUBLISHED
        return f"at_first_{'ytd' if published else self.role}", latest_column(self.line)

    def _first(self) -> Content:
        role, begins = self._first_role(), self.line.year.begins
        number = self.layout.column_number(begins or self.layout.roles[role])
        columns = ",".join(f"IF({one}<={self._span()[1]},{one},0)" for one in self._beginnings())
        return Formula(f"MAX(at_{role},{columns})" if columns else f"at_{role}", number)

    def _beginnings(self) -> list[str]:
        """The columns in which the indicator and each of its series begin, where they matter."""
        if self.line.year.rule.rule not in ADDED_UP:
            return []
        indicator, years = self.line.indicator, self.layout.scorecard.catalogue.settings.years
        months = [indicator.from_, *(one.period for one in indicator.breaks)]
        return [column_of(indicator, month, years) for month in months if month is not None]

    def _first_role(self) -> str:
        brought = self.line.year.brought_forward
        for name, period in self.layout.roles.items():
            if name.startswith("brought_") and period == brought:
                return f"after_{name}"
        return f"first_{self.role}"

    def _ytd(self) -> Content:
        year = self.line.year
        row, last, first = self.ref("row"), self.ref("last"), self.ref("first")

        def between(block: str) -> str:
            return f"INDEX(fig_{block},{row},{first}):INDEX(fig_{block},{row},{last})"

        role = self._first_role().removeprefix("after_")
        brought = {
            b: f"INDEX(fig_{b},{row},at_{role})" for b in ("value", "numerator", "denominator")
        }
        refs = YearRefs(
            last=last,
            first=first,
            latest=f"INDEX(fig_value,{row},{last})",
            values=between("value"),
            numerators=between("numerator"),
            denominators=between("denominator"),
            brought_value=brought["value"],
            brought_numerator=brought["numerator"],
            brought_denominator=brought["denominator"],
            given=f"INDEX(fig_value,{row},at_ytd)",
        )
        return Formula(year.rule.formula(refs), cell_content(year.value))

    def _ytd_note(self) -> Content:
        year = self.line.year
        last, first = self.ref("last"), self.ref("first")
        since = ""
        if self._beginnings():
            later = f"{first}>at_first_{self.role}"
            since = f'IF({later},INDEX(fig_label,1,{first}),"")'
        formula = YearToDateNote(year.rule.rule).formula(
            self.ref("ytd"), last, self._span()[1], f"INDEX(fig_label,1,{last})", since
        )
        return Formula(formula, year.note)
