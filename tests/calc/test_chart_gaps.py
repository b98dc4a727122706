"""A suppressed month is a gap in a line chart: never joined over, never at nought.

What the file must say so that it is so in Excel 365 and in Calc alike is found out here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.oracles.calc import Calc
from tests.oracles.charts import drawn_lines

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
FULL: list[float | str | None] = [50, 52, 51, 55, 54, 58]
SUPPRESSED = [*FULL[:2], "#N/A", *FULL[3:]]
BLANK = [*FULL[:2], None, *FULL[3:]]
# A series of one empty cell, out of sight: see `drawn_lines`' module for why Calc needs it.
EMPTY_CELL = ["Feed", 40, 0, 40, 0]


def build_chart(
    path: Path, series: list[list[float | str | None]], blanks: str = "gap", spare: bool = True
) -> None:
    """Write feed rows, with #N/A as the formula that a real feed has, and their line chart."""
    book = xlsxwriter.Workbook(path)
    page, feed = book.add_worksheet("Page"), book.add_worksheet("Feed")
    chart = book.add_chart({"type": "line"})
    feed.write_row(0, 1, MONTHS)
    for row, values in enumerate(series, start=1):
        feed.write_string(row, 0, f"Series {row}")
        for column, value in enumerate(values, start=1):
            if value == "#N/A":
                feed.write_formula(row, column, "=NA()", None, "#N/A")
            elif value is not None:
                feed.write_formula(row, column, f"={value}", None, value)
        chart.add_series(
            {
                "name": ["Feed", row, 0],
                "categories": ["Feed", 0, 1, 0, len(MONTHS)],
                "values": ["Feed", row, 1, row, len(MONTHS)],
                "marker": {"type": "circle", "size": 5},
            }
        )
    if spare:
        chart.add_series({"values": EMPTY_CELL})
        chart.set_legend({"delete_series": [len(series)]})
    chart.show_na_as_empty_cell()
    chart.show_blanks_as(blanks)
    page.insert_chart("B2", chart, {"description": "Sample"})
    book.close()


def test_a_full_series_is_one_run(tmp_path: Path, calc: Calc) -> None:
    """Every month is joined, and each point stands at its own value."""
    build_chart(tmp_path / "chart.xlsx", [FULL])
    with calc.open(tmp_path / "chart.xlsx") as book:
        line = drawn_lines(book, "Page")[0]
    assert line.series == "Series 1"
    assert line.places() == [[0, 1, 2, 3, 4, 5]]
    assert [point.value for point in line.runs[0]] == pytest.approx(FULL, abs=0.05)
    assert line.places_at_zero() == []


def test_a_suppressed_month_breaks_the_line(tmp_path: Path, calc: Calc) -> None:
    """Two runs, nothing drawn for the month, and the other series is untouched."""
    build_chart(tmp_path / "chart.xlsx", [SUPPRESSED, FULL])
    with calc.open(tmp_path / "chart.xlsx") as book:
        broken, whole, spare = drawn_lines(book, "Page")
    assert broken.places() == [[0, 1], [3, 4, 5]]
    assert broken.places_at_zero() == []
    assert whole.places() == [[0, 1, 2, 3, 4, 5]]
    assert spare.runs == []


def test_missing_months_at_the_ends_and_a_month_alone(tmp_path: Path, calc: Calc) -> None:
    """A lone month between two gaps is a run of one, which only a marker makes visible."""
    series: list[float | str | None] = ["#N/A", 52, "#N/A", 55, 54, "#N/A"]
    build_chart(tmp_path / "chart.xlsx", [series, ["#N/A"] * 6])
    with calc.open(tmp_path / "chart.xlsx") as book:
        lines = drawn_lines(book, "Page")
    assert [line.places() for line in lines] == [[[1], [3, 4]], [], []]


def test_without_an_empty_cell_calc_draws_the_month_at_nought(tmp_path: Path, calc: Calc) -> None:
    """The falsehood that the spare series prevents; if Calc mends it, the series can go."""
    build_chart(tmp_path / "chart.xlsx", [SUPPRESSED], spare=False)
    with calc.open(tmp_path / "chart.xlsx") as book:
        [line] = drawn_lines(book, "Page")
    assert line.places() == [[0, 1, 2, 3, 4, 5]]
    assert line.places_at_zero() == [2]


def test_the_check_sees_a_blank_drawn_at_nought(tmp_path: Path, calc: Calc) -> None:
    """One run again, with a point at nought."""
    build_chart(tmp_path / "chart.xlsx", [BLANK], blanks="zero")
    with calc.open(tmp_path / "chart.xlsx") as book:
        line = drawn_lines(book, "Page")[0]
    assert line.places() == [[0, 1, 2, 3, 4, 5]]
    assert line.places_at_zero() == [2]


def test_the_check_sees_a_month_that_is_joined_over(tmp_path: Path, calc: Calc) -> None:
    """One run that leaves the month out: the line passes over it."""
    build_chart(tmp_path / "chart.xlsx", [SUPPRESSED], blanks="span")
    with calc.open(tmp_path / "chart.xlsx") as book:
        line = drawn_lines(book, "Page")[0]
    assert line.places() == [[0, 1, 3, 4, 5]]


def test_a_true_nought_is_seen_as_one(tmp_path: Path, calc: Calc) -> None:
    """A nought that is a figure stands at nought, also on a scale that goes below it."""
    build_chart(tmp_path / "chart.xlsx", [[-5, 0, 3, -2, 7, 1]])
    with calc.open(tmp_path / "chart.xlsx") as book:
        line = drawn_lines(book, "Page")[0]
        book.chart_picture("Page", 0, tmp_path / "chart.png")
    assert line.places_at_zero() == [1]
    assert (tmp_path / "chart.png").read_bytes()[:4] == b"\x89PNG"
