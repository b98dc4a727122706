"""The average rule of key measures, and which columns are months and which are quarters.

A quarter is the mean of its three months as published, or their total, and nothing unless all
three are numbers.
"""

from __future__ import annotations

import pytest

from tests.building import TEMPLATES, compute
from workbook_builder.catalogue.model import Block
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.periods import FinancialYear, Month
from workbook_builder.plan.model import Formula, Sheet
from workbook_builder.plan.quarters import over_quarter, phase_of, quarter_label, steps
from workbook_builder.plan.registry import check_blocks
from workbook_builder.plan.workbook import plan_workbook

YEARS = FinancialYear()

# report month -> the columns of six months; Q is the quarter that ends with the month before it
COLUMNS = [
    ("2016-11", "Jun Q1 Jul Aug Sep Q2 Oct Nov"),
    ("2016-12", "Jul Aug Sep Q2 Oct Nov Dec Q3"),
    ("2017-01", "Aug Sep Q2 Oct Nov Dec Q3 Jan"),
    ("2017-02", "Sep Q2 Oct Nov Dec Q3 Jan Feb"),
    ("2017-03", "Oct Nov Dec Q3 Jan Feb Mar Q4"),
    ("2017-04", "Nov Dec Q3 Jan Feb Mar Q4 Apr"),
]


@pytest.mark.parametrize(("report_month", "expected"), COLUMNS)
def test_the_columns_of_a_report_month(report_month: str, expected: str) -> None:
    month = Month.parse(report_month)
    found = [
        str(quarter_label(step.back, month, YEARS).value).removesuffix(" average")
        if step.quarter
        else month.plus(-step.back).label[:3]
        for step in steps(6, phase_of(month, YEARS))
    ]
    assert " ".join(found) == expected


# three months -> mean, total
QUARTERS = [
    ((88.0, 101.0, 146.0), 335 / 3, 335.0),
    ((7.0, 6.0, 2.0), 5.0, 15.0),
    ((0.0, 0.0, 0.0), 0.0, 0.0),
    ((54.6, "-", 54.5), "", ""),
    (("[x]", 66.1, 56.3), "", ""),
    (("", "", ""), "", ""),
]


@pytest.mark.parametrize(("months", "mean", "total"), QUARTERS)
def test_a_quarter(months: tuple[float | str, ...], mean: float | str, total: float | str) -> None:
    found = over_quarter(months, total=False)
    assert found == (pytest.approx(mean) if isinstance(mean, float) else mean)
    assert over_quarter(months, total=True) == total


def measures(report_month: str) -> Sheet:
    return plan_workbook(compute(TEMPLATES / "surrey", report_month)).sheet("tab Key measures")


def row_of(sheet: Sheet, code: str) -> dict[str, float | str]:
    """The values of a measure's row by the heads of their columns."""
    row = next(row for row, key in sheet.part.row_keys if key == f"~{code}|key measures")
    heads = {
        cell.col: cell.content.value
        for cell in sheet.part.cells
        if cell.style == "head right" and isinstance(cell.content, Formula) and cell.row < row
    }
    return {
        str(heads[cell.col]): cell.content.value
        for cell in sheet.part.cells
        if cell.row == row and cell.col in heads and isinstance(cell.content, Formula)
    }


def test_key_measures_of_surrey() -> None:
    sheet = measures("2017-01")
    missing = row_of(sheet, "AI-missing-started")
    assert list(missing) == [
        "Aug-16",
        "Sep-16",
        "Q2 average",
        "Oct-16",
        "Nov-16",
        "Dec-16",
        "Q3 average",
        "Jan-17",
    ]
    assert missing["Q3 average"] == pytest.approx((88 + 101 + 146) / 3)
    assert missing["Q2 average"] == ""  # There is no figure for July.
    assert missing["Jan-17"] == "Av. Feb"
    assert row_of(sheet, "AI-starters")["Q3 average"] == 7 + 6 + 2
    assert row_of(sheet, "AI-net-starters")["Q3 average"] == (7 + 6 + 2) - (2 + 2 + 2)
    assert row_of(sheet, "AI-lac-3-placements")["Q3 average"] == ""
    assert row_of(sheet, "AI-mash-24h")["Dec-16"] == "54.6% (74.1%)"
    assert row_of(sheet, "AI-mash-24h")["Q3 average"] == ""
    assert row_of(sheet, "AI-cfa-45-days")["Q3 average"] == pytest.approx((77.4 + 85.5 + 86.9) / 3)


@pytest.mark.in_ci
def test_the_next_month_needs_no_other_formula() -> None:
    """The quarters move along by formula, so a refresh finds the workbook as it needs it."""
    sheets = [measures(month) for month in ("2016-11", "2016-12", "2017-01")]
    said = [
        {
            (cell.row, cell.col): cell.content.text
            for cell in sheet.part.cells
            if isinstance(cell.content, Formula)
        }
        for sheet in sheets
    ]
    assert said[0] == said[1] == said[2]
    december = row_of(sheets[1], "AI-starters")
    assert list(december)[-1] == "Q3 average"
    assert december["Q3 average"] == 15
    assert december["Q2 average"] == ""
    assert row_of(sheets[0], "AI-starters")["Oct-16"] == 7


def test_quarterly_indicators_have_no_place_among_months() -> None:
    catalogue = compute(TEMPLATES / "surrey").catalogue
    assert check_blocks(catalogue) == []
    code = "AI-starters"
    quarterly = tuple(
        one.model_copy(update={"period_type": PeriodType.QUARTERLY}) if one.code == code else one
        for one in catalogue.indicators
    )
    faults = check_blocks(catalogue.model_copy(update={"indicators": quarterly}))
    assert [fault.code for fault in faults] == ["WB155"]
    assert code in faults[0].what


def test_months_go_by_threes() -> None:
    catalogue = compute(TEMPLATES / "surrey").catalogue
    tab = next(one for one in catalogue.settings.tabs if one.name == "Key measures")
    block = Block(**(tab.blocks[0].model_dump() | {"periods": 7}))
    tabs = (tab.model_copy(update={"blocks": (block,)}),)
    settings = catalogue.settings.model_copy(update={"tabs": tabs})
    faults = check_blocks(catalogue.model_copy(update={"settings": settings}))
    assert [fault.code for fault in faults] == ["WB154"]
