"""What Excel makes of texts that are put into cells, as the tests' engine imitates it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.live.coercion import EPOCH, FormulaTyped, Literal, NumberTyped, coerce
from tests.live.ranges import to_calc, to_excel


def day(year: int, month: int, number: int) -> float:
    return float((dt.date(year, month, number) - EPOCH).days)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5.0),
        ("1,234", 1234.0),
        ("1e3", 1000.0),
        ("(5)", -5.0),
        ("£5", 5.0),
        ("50%", 0.5),
        ("TRUE", 1.0),
        ("12:30", 12.5 / 24),
        ("1/2", day(2026, 2, 1)),
        ("10-15", day(2015, 10, 1)),
        ("3-Feb", day(2026, 2, 3)),
        ("Mar 14", day(2026, 3, 14)),
        ("Mar-54", day(1954, 3, 1)),
        ("2013-09", day(2013, 9, 1)),
        ("03/04/2014", day(2014, 4, 3)),
        (" 7 ", 7.0),
    ],
)
def test_numbers_and_dates(text: str, value: float) -> None:
    found = coerce(text)
    assert isinstance(found, NumberTyped)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain", "plain"),
        ("'10-15", "10-15"),
        ("'=x", "=x"),
        ("''", "'"),
        ("-", "-"),
        ("<5", "<5"),
        ("[c]", "[c]"),
        ("=", "="),
        ("40-50", "40-50"),
        ("2012/13", "2012/13"),
        ("Q3 2013/14", "Q3 2013/14"),
    ],
)
def test_texts(text: str, kept: str) -> None:
    assert coerce(text) == Literal(kept)


def test_formulas_and_texts_too_long() -> None:
    assert coerce("=A1+1") == FormulaTyped("=A1+1")
    assert coerce("+A1") == FormulaTyped("=A1")
    with pytest.raises(ValueError, match="32,767"):
        coerce("x" * 32_768)


@pytest.mark.parametrize(
    ("excel", "calc"),
    [
        ("=SUM(A1,B2)", "=SUM(A1;B2)"),
        ('=IF(A1="a,b!",1,2)', '=IF(A1="a,b!";1;2)'),
        ("='A tab'!$B$2+1", "=$'A tab'.$B$2+1"),
        ("=INDEX(fig_value,$S7,at_month_0)", "=INDEX(fig_value;$S7;at_month_0)"),
    ],
)
def test_formulas_in_both_spellings(excel: str, calc: str) -> None:
    assert to_calc(excel) == calc
    assert to_excel(calc) == excel
