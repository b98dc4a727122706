"""How people write periods, and what each way of writing means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_builder.extracts.headings import period_of_date, read_period
from workbook_builder.periods import FinancialYear, Month, Period

APRIL = FinancialYear(4)

MEANINGS = [
    # months
    ("2013-09", "month 2013-09"),
    ("2013-9", "month 2013-09"),
    ("Sep-13", "month 2013-09"),
    ("SEP 13", "month 2013-09"),
    ("Sep'13", "month 2013-09"),
    ("Sept 2013", "month 2013-09"),
    ("September 2013", "month 2013-09"),
    ("  September\u00a02013 ", "month 2013-09"),
    ("2013 September", "month 2013-09"),
    ("09/2013", "month 2013-09"),
    ("9/2013", "month 2013-09"),
    ("Sep-99", "month 1999-09"),
    # a first or last day stands for its month
    ("01/09/2013", "month 2013-09"),
    ("30/09/2013", "month 2013-09"),
    ("2013-09-01 00:00:00", "month 2013-09"),
    ("28 February 2014", "month 2014-02"),
    # a year, a hyphen and 01 to 12 is a month
    ("2009-10", "month 2009-10"),
    ("2011-12", "month 2011-12"),
    # financial years
    ("2012/13", "year 2012/13"),
    ("2012-13", "year 2012/13"),
    ("2012–13", "year 2012/13"),
    ("2012/2013", "year 2012/13"),
    ("2009/10", "year 2009/10"),
    ("1999/00", "year 1999/00"),
    ("FY 2013/14", "year 2013/14"),
    ("FY13/14", "year 2013/14"),
    # calendar years
    ("2013", "year 2013"),
    # quarters
    ("Q3 2013/14", "quarter 2013/14-Q3"),
    ("2013/14 Q3", "quarter 2013/14-Q3"),
    ("2013/14-Q3", "quarter 2013/14-Q3"),
    ("Quarter 3, 2013-14", "quarter 2013/14-Q3"),
    ("Q3 13/14", "quarter 2013/14-Q3"),
    # year to date, full year
    ("2013/14 YTD", "ytd 2013/14 to 2014-03"),
    ("YTD 2013/14", "ytd 2013/14 to 2014-03"),
    ("Year to date 2013-14", "ytd 2013/14 to 2014-03"),
    ("2013/14 YTD to Feb-14", "ytd 2013/14 to 2014-02"),
    ("YTD to February 2014", "ytd 2013/14 to 2014-02"),
    ("YTD 2013/14 to 2014-02", "ytd 2013/14 to 2014-02"),
    ("2013/14 full year", "full_year 2013/14"),
    ("Full year 2013/14", "full_year 2013/14"),
    # rolling twelve months
    ("12 months to Feb-14", "rolling_12m 2014-02"),
    ("Rolling 12 months to February 2014", "rolling_12m 2014-02"),
    ("Feb-14 (rolling 12 months)", "rolling_12m 2014-02"),
    ("rolling 2014-02", "rolling_12m 2014-02"),
    ("Year ending 31 March 2014", "rolling_12m 2014-03"),
    # several months as one figure
    ("2013-04..2013-08", "range 2013-04..2013-08"),
    ("Apr-13 to Aug-13", "range 2013-04..2013-08"),
    ("April 2013 - August 2013", "range 2013-04..2013-08"),
    ("01/04/2013 to 31/08/2013", "range 2013-04..2013-08"),
    # weeks and snapshots, day first
    ("w/c 03/02/2014", "week 2014-02-03"),
    ("week 2014-02-03", "week 2014-02-03"),
    ("Week commencing 3rd February 2014", "week 2014-02-03"),
    ("2014-03-24", "snapshot 2014-03-24"),
    ("24/03/2014", "snapshot 2014-03-24"),
    ("24/03/14", "snapshot 2014-03-24"),
    ("05/03/2014", "snapshot 2014-03-05"),
    ("24 Mar 2014", "snapshot 2014-03-24"),
    ("as at 31/03/2014", "snapshot 2014-03-31"),
    ("snapshot 2014-03-31", "snapshot 2014-03-31"),
]

NO_PERIODS = [
    ("2013-13", "there is no month 13"),
    ("2013-00", "there is no month 0"),
    ("13/2013", "there is no month 13"),
    ("2012-14", "there is no month 14"),
    ("2012/14", "Write 2012/13"),
    ("2013/09", "Write 2013/14 or, for the month, 2013-09"),
    ("12/13", "may be a month or a year"),
    ("03/24/2014", "day first"),
    ("31/02/2014", "is not a date"),
    ("Q5 2013/14", "quarters 1 to 4"),
    ("Q3 2013", "write it like Q3 2013/14"),
    ("YTD", "does not say which year"),
    ("YTD Feb-14", "write it as 2013/14 YTD"),
    ("week 5", "the day the week begins"),
    ("Aug-13 to Apr-13", "ends before it begins"),
    ("Setp-13", 'Did you mean "Sep-13"?'),
    ("Februrary 2014", 'Did you mean "Feb-14"?'),
    ("13-Sep", 'If September 2013 was meant, Excel has turned it round: write "2013-09"'),
    ("41518", "Excel's number for 2013-09-01"),
    ("Target", "is not a period"),
    ("Sep", "is not a period"),
    ("", "is not a period"),
]


@pytest.mark.parametrize(("written", "meaning"), MEANINGS)
def test_a_heading_means_this_period(written: str, meaning: str) -> None:
    assert read_period(written, APRIL).key == meaning


@pytest.mark.parametrize(("written", "message"), NO_PERIODS)
def test_what_is_no_period_is_told_with_its_nearest_meaning(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_period(written, APRIL)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("written", "meaning"),
    [("2013", "year 2013"), ("2013 YTD", "ytd 2013 to 2013-12"), ("Q3 2013", "quarter 2013-Q3")],
)
def test_a_year_that_starts_in_january_has_one_number(written: str, meaning: str) -> None:
    assert read_period(written, FinancialYear(1)).key == meaning


def test_a_double_year_is_a_fault_where_the_year_starts_in_january() -> None:
    with pytest.raises(ValueError, match=r"starts in January here\. Write it as 2013"):
        read_period("2013/14", FinancialYear(1))


@pytest.mark.parametrize(
    ("day", "shown", "meaning"),
    [
        (dt.date(2013, 9, 1), "mmm-yy", "month 2013-09"),
        (dt.date(2013, 9, 30), "mmm-yy", "month 2013-09"),
        (dt.date(2014, 2, 28), "dd/mm/yyyy", "month 2014-02"),
        (dt.date(2014, 3, 24), "dd/mm/yyyy", "snapshot 2014-03-24"),
    ],
)
def test_a_date_cell_means_its_month_or_a_snapshot(day: dt.date, shown: str, meaning: str) -> None:
    assert period_of_date(day, shown, APRIL).key == meaning


def test_a_date_that_excel_made_of_a_typed_month_is_a_fault() -> None:
    """Typed Sep-13, kept by Excel as 13 September of the year of typing and shown as 13-Sep."""
    with pytest.raises(ValueError, match="If September 2013 was meant, type '2013-09"):
        period_of_date(dt.date(2014, 9, 13), "d-mmm", APRIL)


MONTHS = st.builds(Month, st.integers(1930, 2029), st.integers(1, 12))
DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2029, 12, 31))
PERIODS = st.one_of(
    st.builds(Period.month, MONTHS),
    st.builds(Period.rolling, MONTHS),
    st.builds(lambda m, n: Period.between(m, m.plus(n)), MONTHS, st.integers(0, 40)),
    st.builds(Period.week, DAYS),
    st.builds(Period.snapshot, DAYS),
    st.builds(Period.calendar_year, st.integers(1930, 2029)),
    st.builds(APRIL.year, MONTHS),
    st.builds(APRIL.full_year, MONTHS),
    st.builds(APRIL.ytd, MONTHS),
    st.builds(APRIL.quarter, MONTHS),
)


@given(PERIODS)
def test_the_key_of_a_period_is_read_back_as_that_period(period: Period) -> None:
    assert read_period(period.key, APRIL) == period


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_message(text: str) -> None:
    assert key_or_message(text)


def key_or_message(text: str) -> str:
    try:
        return read_period(text, APRIL).key
    except ValueError as error:
        return str(error)
