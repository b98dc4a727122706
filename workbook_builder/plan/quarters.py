"""The columns of a table of months with a column after each month that ends a quarter.

Which columns are months and which are quarters depends on where in its quarter the report month
lies. A column therefore holds what it is in each of the three cases, and the workbook chooses by
the report month: a refresh for the next month moves the quarters along, without a rebuild.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook_builder.periods import FinancialYear, Month
from workbook_builder.plan.model import Formula

PHASES = range(3)
# How many months of the report month's quarter are over; 0 where it is the quarter's last.
PHASE = "MOD(at_month_0-at_first_month+1,3)"


@dataclass(frozen=True)
class Step:
    """One column: the month so many months back, or the quarter that ends with it."""

    back: int
    quarter: bool = False


def steps(periods: int, phase: int) -> list[Step]:
    """The columns in order, earliest first."""
    found = []
    for back in range(periods - 1, -1, -1):
        found.append(Step(back))
        if (back - phase) % 3 == 0:
            found.append(Step(back, quarter=True))
    return found


def phase_of(month: Month, years: FinancialYear) -> int:
    """What the workbook's formula for the phase gives in a report month."""
    return (month.minus(years.start_of(month)) + 1) % 3


def quarter_label(back: int, month: Month, years: FinancialYear) -> Formula:
    """The head of the quarter that ends so many months back."""
    quarter = (month.minus(years.start_of(month)) - back) // 3 % 4 + 1
    formula = f'"Q"&(1+MOD(INT((at_month_0-at_first_month-{back})/3),4))&" average"'
    return Formula(formula, f"Q{quarter} average")


def by_phase(cases: Sequence[Formula], phase: int) -> Formula:
    """The case that holds in the report month."""
    if len({case.text for case in cases}) == 1:
        return cases[phase]
    said = ",".join(case.text for case in cases)
    return Formula(f"CHOOSE(1+{PHASE},{said})", cases[phase].value)


def over_quarter(numbers: Sequence[float | str], total: bool) -> float | str:
    """The mean or total of a quarter's three months; nothing unless all three are numbers."""
    held = [number for number in numbers if isinstance(number, (int, float))]
    if len(held) < 3:
        return ""
    return sum(held) if total else sum(held) / 3
