"""Series breaks in formulas: where a break lies is found by its month, whatever the report month.

So a book that is rolled forward needs no other formula once a break comes to lie between figures.
"""

from __future__ import annotations

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.periods import FinancialYear, Month, Period
from workbook_builder.plan.addresses import text


def column_of(indicator: Indicator, month: Month, years: FinancialYear) -> str:
    """The column of the period of the indicator's kind that holds a month; 0 where there is none.

    A month before the first column is in front of all of them.
    """
    quarterly = indicator.period_type is PeriodType.QUARTERLY
    period = years.quarter(month) if quarterly else Period.month(month)
    return f"IFERROR(MATCH({text(period.key)},fig_period,0),0)"


def cut_formula(indicator: Indicator, years: FinancialYear, first: str, last: str) -> str:
    """Whether a break lies after the column `first` and up to `last`; empty without any break."""
    tests = []
    for one in indicator.breaks:
        column = column_of(indicator, one.period, years)
        tests.append(f"AND({first}<{column},{column}<={last})")
    if len(tests) < 2:
        return "".join(tests)
    return f"OR({','.join(tests)})"


def unless_cut(
    indicator: Indicator, years: FinancialYear, span: tuple[str, str], content: str, cut: str
) -> str:
    """A formula, or another where a break lies between the first and last column of a span."""
    test = cut_formula(indicator, years, *span)
    return f"IF({test},{cut},{content})" if test else content
