"""How comparators name the period that they are for."""

from __future__ import annotations

from workbook_builder.periods import FinancialYear, Month, Period


def comparator_period(text: str, years: FinancialYear) -> Period:
    """The year or month that a comparator is for: 2012/13, 2012 or 2012-03. Raises ValueError."""
    if len(text) == 7 and text[4] == "-":
        return Period.month(Month.parse(text))
    first = int(text[:4])
    if "/" in text:
        period = years.year(Month(first, years.first_month))
        if period.text != text:
            raise ValueError(f'"{text}" is not a financial year')
        return period
    if len(text) != 4:
        raise ValueError(f'"{text}" is not a year')
    return Period.calendar_year(first)
