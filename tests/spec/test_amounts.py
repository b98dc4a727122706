"""One cell, one value: what each way of writing a figure means."""

from __future__ import annotations

import datetime as dt

import pytest

from workbook_builder.catalogue.words import Unit
from workbook_builder.extracts.amounts import Amount, read_part, read_value
from workbook_builder.extracts.cells import Cell, Content, Unusable, text_cell
from workbook_builder.values import Symbol, Value


def of_text(text: str, unit: Unit) -> Amount:
    cell = text_cell(text)
    assert cell is not None
    amount = read_value(cell, unit)
    assert isinstance(amount, Amount)
    return amount


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("74", 74.0),
        (" 74 ", 74.0),
        ("\u00a074\u00a0", 74.0),
        ("74.10", 74.1),
        (".5", 0.5),
        ("5.", 5.0),
        ("+3", 3.0),
        ("1,234", 1234.0),
        ("1,234,567.8", 1234567.8),
        ("-12", -12.0),
        ("−12", -12.0),
        ("(12)", -12.0),
        ("(1,234.5)", -1234.5),
        ("1.2E+05", 120000.0),
        ("007", 7.0),
    ],
)
def test_a_number_however_it_is_written(written: str, value: float) -> None:
    assert of_text(written, Unit.COUNT) == Amount(value)


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("c", Symbol.CONFIDENTIAL),
        ("[c]", Symbol.CONFIDENTIAL),
        ("Z", Symbol.NOT_APPLICABLE),
        ("x", Symbol.NOT_AVAILABLE),
        ("u", Symbol.UNRELIABLE),
        ("k", Symbol.ROUNDS_TO_ZERO),
        ("low", Symbol.LOW),
        (":", Symbol.COLON),
        ("~", Symbol.TILDE),
        ("<5", Symbol.UNDER_FIVE),
        ("-", Symbol.DASH),
        ("−", Symbol.DASH),
        ("–", Symbol.DASH),
        ("TBC", Symbol.TO_BE_CONFIRMED),
        ("No Data", Symbol.NO_DATA),
        ("No\u00a0data", Symbol.NO_DATA),
    ],
)
@pytest.mark.parametrize("unit", list(Unit))
def test_a_symbol_is_kept_as_what_it_is(written: str, symbol: Symbol, unit: Unit) -> None:
    assert of_text(written, unit) == Amount(symbol)


@pytest.mark.parametrize(
    "written",
    [
        "NA",
        "N/A",
        "n/a",
        "None",
        "null",
        "nan",
        "inf",
        "1e999",
        "2Missing 3 Absent 7Abscond",
        "23.5% (4)",
        "£12",
        "12 34",
        "1,23",
        "1,2345",
        "zero",
        "TRUE",
        "(-5)",
        "٣",
        "=1+1",
    ],
)
def test_a_text_is_kept_exactly_with_a_remark(written: str) -> None:
    amount = of_text(written, Unit.COUNT)
    assert amount.value == written
    assert amount.remarks == (f'kept as text: "{written}" is not a number',)


@pytest.mark.parametrize("written", ["2Missing 3 Absent", "3", "007", "N/A", "74%"])
def test_a_text_indicator_takes_any_text_without_a_remark(written: str) -> None:
    assert of_text(written, Unit.TEXT) == Amount(written)


@pytest.mark.parametrize(
    ("content", "shown", "unit", "value"),
    [
        ("74%", "", Unit.PERCENT, 74.0),
        ("74.5 %", "", Unit.PERCENT, 74.5),
        ("(3%)", "", Unit.PERCENT, -3.0),
        ("74", "", Unit.PERCENT, 74.0),
        ("0.74", "", Unit.PERCENT, 0.74),
        (0.74, "0%", Unit.PERCENT, 74.0),
        (0.07, "0.0%", Unit.PERCENT, 7.0),
        (0.7391304347826, "0%", Unit.PERCENT, 73.91304347826),
        (0.74, "[Red]0.00%;-0%", Unit.PERCENT, 74.0),
        (74.0, "0.0", Unit.PERCENT, 74.0),
        (74.0, '0.0"%"', Unit.PERCENT, 74.0),
        (74.0, r"0\%", Unit.PERCENT, 74.0),
        (0.74, "", Unit.PERCENT, 0.74),
    ],
)
def test_74_percent_in_its_three_shapes(
    content: Content, shown: str, unit: Unit, value: float
) -> None:
    assert read_value(Cell(content, shown), unit) == Amount(value)


@pytest.mark.parametrize(
    ("content", "shown", "value", "remark"),
    [
        ("74%", "", 74.0, '"74%" has a percent sign but counts count'),
        (12.0, "0%", 12.0, "12 is formatted as a percentage but counts count"),
    ],
)
def test_a_percentage_for_a_count_is_remarked_on(
    content: Content, shown: str, value: float, remark: str
) -> None:
    assert read_value(Cell(content, shown), Unit.COUNT) == Amount(value, (remark,))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (text_cell("#N/A"), "the cell shows #N/A: mend it in the source"),
        (text_cell("#DIV/0!"), "the cell shows #DIV/0!: mend it in the source"),
        (text_cell("########"), "the cell shows ########: mend it in the source"),
        (Cell(dt.datetime(2014, 10, 15)), "a date (2014-10-15) stands where a figure should"),
    ],
)
def test_what_holds_no_figure_says_why(cell: Cell, reason: str) -> None:
    found = read_value(cell, Unit.COUNT)
    assert isinstance(found, Unusable)
    assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("written", "value"), [("1,234", 1234.0), ("(5)", -5.0), ("c", Symbol.CONFIDENTIAL)]
)
def test_a_numerator_is_a_number_or_a_symbol(written: str, value: Value) -> None:
    assert read_part(Cell(written)) == value


@pytest.mark.parametrize("written", ["abc", "50%", "N/A", "12 of 40"])
def test_a_numerator_is_nothing_else(written: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_part(Cell(written))
