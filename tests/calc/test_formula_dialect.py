"""Every formula idiom that our workbooks use gives in Calc what we say it gives.

All of them are also in Excel 2010; none is volatile or needs array entry. The sample is a small
copy of the real shape: figures by series and period, found by one MATCH for each row and column.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.oracles.cached import cell_name
from tests.oracles.calc import Calc, Comparison, compare

PERIODS = [f"2014-{month:02}" for month in range(1, 9)]
FIGURES = {
    "cla_rate": [10, 20, "c", 30.5, 40, 2.5, "-", 7],
    "cin_rate": [1, 2, 3, 4, 5, 6, 7, 8],
    "all_text": ["c", "x", "z", "k", ":", "~", "-", "tbc"],
    "no_cells": [],
}
# Rows 10 to 12 of the page: S holds a found row, a row of text only, and a key not found.
RUN = "INDEX(figures,$S10,from_column):INDEX(figures,$S10,to_column)"
TEXT_RUN = RUN.replace("$S10", "$S11")

IDIOMS: list[tuple[str, float | str | bool]] = [
    ('=MATCH("cla_rate",figures_keys,0)', 1),
    ('=MATCH("CLA_RATE",figures_keys,0)', 1),
    ('=MATCH("cla",figures_keys,0)', "#N/A"),
    ("=MATCH(report_period,figures_periods,0)", 6),
    ("=INDEX(figures,$S10,report_column)", 2.5),
    ("=INDEX(figures,$S11,report_column)", "~"),
    ("=INDEX(figures,$S12,report_column)", "#N/A"),
    ('=IFERROR(INDEX(figures,$S12,report_column),"")', ""),
    ('=IFERROR(INDEX(figures,$S10,report_column),"")', 2.5),
    (f"=SUM({RUN})", 93),
    (f"=COUNT({RUN})", 4),
    (f"=SUM({TEXT_RUN})", 0),
    (f"=COUNT({TEXT_RUN})", 0),
    (f"=AVERAGE({RUN})", 23.25),
    (f"=MIN({RUN})", 2.5),
    (f"=SUMPRODUCT(MAX(ISNUMBER({RUN})*(COLUMN({RUN}))))", 7),
    (f"=SUMPRODUCT(MAX(ISNUMBER({TEXT_RUN})*(COLUMN({TEXT_RUN}))))", 0),
    (f"=LOOKUP(9.99E+307,{RUN})", 2.5),
    (f"=LOOKUP(9.99E+307,{TEXT_RUN})", "#N/A"),
    (f"=MATCH(9.99E+307,{RUN})", 5),
    ("=IF(ISNUMBER(INDEX(figures,$S10,3)),INDEX(figures,$S10,3),NA())", "#N/A"),
    ("=IF(ISNUMBER(INDEX(figures,$S10,4)),INDEX(figures,$S10,4),NA())", 30.5),
    ("=ISNUMBER(INDEX(figures,4,1))", False),
    ('=INDEX(figures,4,1)=""', True),
    ('=INDEX(figures,4,1)&""', ""),
    ('=COUNTIFS(figures_keys,"cla_rate",figures_first,">=10")', 1),
    ('=COUNTIFS(figures_keys,"*_rate")', 2),
    ('=COUNTIFS(INDEX(figures,0,3),"c")', 1),
    ('=COUNTIF(figures_first,"x")', 0),
    ("=SUMIFS(figures_first,figures_keys,$R10)", 10),
    ("=ROUND(1.005,2)", 1.01),
    ("=ROUND(2.675,2)", 2.68),
    ("=ROUND(-0.5,0)", -1),
    ("=ROUND(0.5,0)", 1),
    ("=ROUND(2.5,0)", 3),
    ("=ROUND(-1.005,2)", -1.01),
    ("=ROUND(0.285,2)", 0.29),
    ("=ROUND(1.45,1)", 1.5),
    ("=ROUND(1.1*1.1,2)", 1.21),
    ("=ROUND(12345678.905,2)", 12345678.91),
    ('=IF($S10>5,"high",IF($S10>1,"some",IF($S10<1,"none","")))', ""),
    ('=IF(1=1,"","x")=""', True),
    ('="Up "&TEXT(2.5,"0.0")&" on "&report_period', "Up 2.5 on 2014-06"),
    ('=TEXT(0.256,"0%")', "26%"),
    ('=TEXT(1234.5,"#,##0.0")', "1,234.5"),
    ('="n = "&12', "n = 12"),
    ('="n = "&0.1', "n = 0.1"),
    ('="GREEN"="green"', True),
    ('=EXACT("GREEN","green")', False),
    ('="c">100', True),
    ('=CHOOSE(2,"Red","Amber","Green")', "Amber"),
    ('="▲ better"', "▲ better"),
    ("=AND(ISNUMBER(1),NOT(FALSE),OR(FALSE,TRUE))", True),
    ("=ABS(-3)/4", 0.75),
    ("=0.1+0.2=0.3", True),
    ("=1.1*3<=3.3", True),
    ("=1.1*3>3.3", False),
    ("=ROUND(1.1*3,10)<=ROUND(3.3,10)", True),
    ('=HYPERLINK("#report_period","Go")', "Go"),
]


def build_sample(path: Path) -> None:
    """Write the figures, the page's finding cells, and one idiom to a row of the page."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Page")
    sheet = book.add_worksheet("Figures")
    sheet.write_row(0, 1, PERIODS)
    for row, (key, values) in enumerate(FIGURES.items(), start=1):
        sheet.write_string(row, 0, key)
        sheet.write_row(row, 1, values)
    for name, place in {
        "figures": "Figures!$B$2:$I$5",
        "figures_keys": "Figures!$A$2:$A$5",
        "figures_first": "Figures!$B$2:$B$5",
        "figures_periods": "Figures!$B$1:$I$1",
        "report_period": "Page!$S$1",
        "report_column": "Page!$S$2",
        "from_column": "Page!$S$3",
        "to_column": "Page!$S$4",
    }.items():
        book.define_name(name, f"={place}")
    page.write_string("S1", "2014-06")
    page.write_formula("S2", "=MATCH(report_period,figures_periods,0)", None, 6)
    page.write_formula("S3", '=MATCH("2014-02",figures_periods,0)', None, 2)
    page.write_formula("S4", '=MATCH("2014-07",figures_periods,0)', None, 7)
    for row, (key, found) in enumerate([("cla_rate", 1), ("all_text", 3), ("nope", "#N/A")]):
        page.write_string(9 + row, 17, key)
        formula = f"=MATCH($R{10 + row},figures_keys,0)"
        page.write_formula(9 + row, 18, formula, None, found)
    for row, (formula, value) in enumerate(IDIOMS):
        page.write_formula(row, 0, formula, None, value)
    book.close()


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory, calc: Calc) -> Comparison:
    """The whole sample, recalculated once."""
    path = tmp_path_factory.mktemp("dialect") / "dialect.xlsx"
    build_sample(path)
    return compare(path, calc)


def test_every_formula_was_compared(comparison: Comparison) -> None:
    """The idioms and the six cells that find rows and columns."""
    assert comparison.count == len(IDIOMS) + 6


@pytest.mark.parametrize("row", range(len(IDIOMS)), ids=[formula for formula, _ in IDIOMS])
def test_calc_agrees(comparison: Comparison, row: int) -> None:
    """Calc works out the value that we wrote for the idiom."""
    found = {cell_name(d.row, d.column): str(d) for d in comparison.differences}
    assert cell_name(row, 0) not in found, found[cell_name(row, 0)]


def test_the_finding_cells_agree(comparison: Comparison) -> None:
    """The cells that find rows and columns agree too."""
    assert [d for d in comparison.differences if d.column == 18] == []
