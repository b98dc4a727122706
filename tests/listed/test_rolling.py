"""Months that only the history has, and twelve months that follow from their months."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from workbook_builder.catalogue.model import Catalogue, Indicator, Settings
from workbook_builder.errors import Place
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.history.earlier import with_earlier_months
from workbook_builder.history.model import FigureRecord
from workbook_builder.measures.series import build_series
from workbook_builder.periods import FinancialYear, Kind, Month, Period

MARCH = Month(2025, 3)
EXTRACT = Place("lists/annex_a_2025-03.xlsx")
Parts = tuple[float, float]


def indicator(code: str, measure: str, period_type: str, unit: str = "percent") -> Indicator:
    return Indicator(
        code=code,
        measure=measure,
        name=code,
        theme="T",
        unit=unit,
        polarity="low",
        period_type=period_type,
        year_to_date="latest",
        breakdowns=("team",),
    )


def catalogue(*indicators: Indicator, month: Month = MARCH) -> Catalogue:
    settings = Settings(id="a", title="A", authority="A", report_month=month, tab=[{"name": "T"}])
    return Catalogue(settings=settings, indicators=indicators)


def figure(month: Month, parts: Parts, code: str = "months", breakdown: str = "") -> Figure:
    top, below = parts
    return Figure(code, breakdown, Period.month(month), 100 * top / below, top, below, EXTRACT)


def record(month: Month, parts: Parts, code: str = "months", file: str = "") -> FigureRecord:
    top, below = parts
    value = 100 * top / below
    place = file or f"lists/annex_a_{month}.xlsx"
    return FigureRecord(code, "", Period.month(month).key, value, top, below, place)


def found(extracts: Extracts, code: str) -> dict[str, tuple[float | None, float | None]]:
    return {
        str(one.period.end): (one.numerator, one.denominator)
        for one in extracts.figures
        if one.indicator == code and not one.breakdown
    }


BOTH = (
    indicator("months", "conferences_in_15_days", "in month"),
    indicator("year", "conferences_in_15_days", "rolling 12 months"),
)
ROWS = frozenset({"conferences_in_15_days"})


def test_a_month_that_an_extract_gives_is_the_extracts() -> None:
    given = Extracts((figure(MARCH, (1, 4)),))
    known = [record(MARCH, (2, 4)), record(Month(2024, 9), (3, 4))]
    got = with_earlier_months(given, known, catalogue(*BOTH))
    assert found(got, "months") == {"2025-03": (1, 4), "2024-09": (3, 4)}
    assert "September 2024" in got.remarks[0].what


@pytest.mark.parametrize(
    ("case", "known"),
    [
        ("a figure from a file of figures", record(Month(2024, 9), (3, 4), file="figures.csv")),
        ("an indicator that is not there any more", record(Month(2024, 9), (3, 4), code="old")),
        ("a month after the report month", record(Month(2025, 4), (3, 4))),
    ],
)
def test_what_the_history_does_not_add(case: str, known: FigureRecord) -> None:
    given = Extracts((figure(MARCH, (1, 4)),))
    assert with_earlier_months(given, [known], catalogue(*BOTH)).figures == given.figures, case


def test_twelve_months_are_summed_and_not_averaged() -> None:
    parts = {MARCH.plus(-back): (float(back % 3), float(4 + back)) for back in range(12)}
    given = Extracts((figure(MARCH, parts[MARCH]),), adds_up=ROWS)
    known = [record(month, pair) for month, pair in parts.items()]
    got = with_earlier_months(given, known, catalogue(*BOTH))
    assert found(got, "year") == {"2025-03": (12.0, 114.0)}
    (year,) = (one for one in got.figures if one.indicator == "year")
    assert year.period.kind is Kind.ROLLING
    assert year.value == pytest.approx(float(Fraction(1200, 114)), rel=1e-15)
    mean = sum(100 * top / below for top, below in parts.values()) / 12
    assert year.value != pytest.approx(mean, rel=0.01)


def test_a_month_that_is_missing_leaves_the_year_out() -> None:
    known = [record(MARCH.plus(-back), (1, 4)) for back in range(12) if back != 5]
    got = with_earlier_months(Extracts(adds_up=ROWS), known, catalogue(*BOTH))
    assert found(got, "year") == {}


def test_children_counted_once_are_not_added_up() -> None:
    known = [record(MARCH.plus(-back), (1, 4)) for back in range(12)]
    got = with_earlier_months(Extracts(), known, catalogue(*BOTH))
    assert found(got, "year") == {}


def test_a_year_counted_from_rows_stands_and_one_remembered_is_summed_anew() -> None:
    months = [record(MARCH.plus(-back), (1, 4)) for back in range(13)]
    own = Figure("year", "", Period.rolling(MARCH), 25.0, 13, 52, EXTRACT)
    february = record(MARCH.plus(-1), (9, 48), code="year")
    got = with_earlier_months(Extracts((own,), adds_up=ROWS), [*months, february], catalogue(*BOTH))
    assert found(got, "year") == {"2025-03": (13, 52), "2025-02": (12, 48)}


def test_a_year_to_date_is_the_figure_of_its_month() -> None:
    counts_on = indicator("so far", "contacts", "cumulative year to date", "count")
    year = FinancialYear().ytd(MARCH)
    given = Figure("so far", "", year, 412.0, None, None, EXTRACT)
    table = build_series(catalogue(counts_on), Extracts((given,)))
    assert {str(one): point.value for one, point in table.points("so far").items()} == {
        str(Period.month(MARCH)): 412.0
    }


def test_a_group_of_the_history_is_spelt_as_it_is_now() -> None:
    now = figure(MARCH, (1, 4), breakdown="team=Blue")
    then = replace(record(Month(2024, 9), (3, 4)), breakdown="team=BLUE")
    got = with_earlier_months(Extracts((now,)), [then], catalogue(*BOTH))
    assert [one.breakdown for one in got.figures] == ["team=Blue", "team=Blue"]
