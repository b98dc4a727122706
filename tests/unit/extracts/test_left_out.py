"""Every row is used or listed with the reason: rows read = rows used + rows left out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extracts.conftest import SHEET_1, Desk, edit_part, indicator, make_catalogue
from workbook_builder.extracts.model import Extracts

LONG = "indicator,breakdown,period,numerator,denominator,value"


def reasons(found: Extracts) -> list[tuple[int | None, str]]:
    for each in found.files:
        assert each.rows_read == each.rows_used + each.rows_left_out
    assert sum(each.rows_left_out for each in found.files) == len(found.left_out)
    return [(each.place.row, each.reason) for each in found.left_out]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("contacts,,2014-02,,,", "no value"),
        ("contacts,,2014-02,,,   ", "no value"),
        ("Source: the case system,,,,,", "no value"),
        (
            "contacts,,2014-02,,,#REF!",
            "the cell shows #REF!: mend it in the source",
        ),
        ("timely,,2014-02,#N/A,,", "the cell shows #N/A: mend it in the source"),
        ("#N/A,,2014-02,,,5", "the cell shows #N/A: mend it in the source"),
        ("contacts,#VALUE!,2014-02,,,5", "the cell shows #VALUE!: mend it in the source"),
    ],
)
def test_a_row_without_a_figure_is_left_out(desk: Desk, row: str, reason: str) -> None:
    found = desk.read_csv(LONG, row)
    assert found.figures == ()
    assert reasons(found) == [(2, reason)]


def test_a_blank_row_is_not_counted(desk: Desk) -> None:
    found = desk.read_csv(LONG, "", ",,,,,", " , ,\u00a0,,,", "contacts,,2014-02,,,5")
    assert found.files[0].rows_read == 1


def test_an_exact_duplicate_names_the_first_place(desk: Desk) -> None:
    found = desk.read_csv(LONG, "contacts,,2014-02,,,1479", 'contacts,,Feb-14,,,"1,479"')
    assert [f.value for f in found.figures] == [1479.0]
    assert reasons(found) == [
        (
            3,
            "exact duplicate of a figure already read: extracts/figures.csv, row 2, column F, "
            "indicator contacts",
        )
    ]


def test_a_wide_file_that_repeats_last_months_figures(desk: Desk) -> None:
    desk.put("2014-01.csv", "indicator,Dec-13,Jan-14\ncontacts,1,2\ntimely,50,60\n")
    desk.put("2014-02.csv", "indicator,Jan-14,Feb-14\ncontacts,2,3\ntimely,60,\n")
    found = desk.read()
    assert [f.value for f in found.figures] == [1.0, 2.0, 50.0, 60.0, 3.0]
    assert reasons(found) == [
        (
            3,
            "exact duplicate of a figure already read: extracts/2014-01.csv, row 3, column C, "
            "indicator timely",
        )
    ]
    assert [r.what for r in found.remarks] == [
        "1 cell repeats a figure already read from extracts/2014-01.csv, row 2, column C, "
        "indicator contacts"
    ]


def test_a_figure_outside_the_dates_of_its_indicator(desk: Desk) -> None:
    dated: dict[str, Any] = {"from": "2013-09", "to": "2014-01"}
    desk.catalogue = make_catalogue(indicator("contacts", **dated))
    found = desk.read_csv(
        "indicator,period,value",
        "contacts,2013-08,1",
        "contacts,2013-09,2",
        "contacts,2014-01,3",
        "contacts,2014-02,4",
        "contacts,2012/13,5",
        "contacts,2013/14,6",
    )
    assert [f.value for f in found.figures] == [2.0, 3.0, 6.0]
    assert reasons(found) == [
        (2, "Aug-13 is before the indicator's first month, Sep-13"),
        (5, "Feb-14 is after the indicator's last month, Jan-14"),
        (6, "2012/13 is before the indicator's first month, Sep-13"),
    ]


def test_a_computed_indicator_that_is_fed_is_not_left_out(desk: Desk) -> None:
    desk.catalogue = make_catalogue(
        indicator("a"), indicator("b"), indicator("sum", plus=("a", "b"))
    )
    found = desk.read_csv("indicator,period,value", "sum,2014-02,5")
    assert [f.indicator for f in found.figures] == ["sum"]


def test_some_cells_of_a_wide_row_may_be_unusable(desk: Desk) -> None:
    found = desk.read_csv("indicator,Dec-13,Jan-14,Feb-14", "contacts,1,#N/A,3")
    assert [f.value for f in found.figures] == [1.0, 3.0]
    assert reasons(found) == []
    assert [(str(r.place), r.what) for r in found.remarks] == [
        (
            "extracts/figures.csv, row 2, column C, indicator contacts",
            "not used: the cell shows #N/A: mend it in the source",
        )
    ]


def test_error_cells_dates_and_formulas_without_a_saved_value(desk: Desk) -> None:
    import datetime as dt

    desk.book(
        A=[
            ["indicator", "period", "value"],
            ["contacts", "2013-10", "#N/A"],
            ["contacts", "2013-11", "=1+1"],
            ["contacts", "2013-12", dt.datetime(2014, 10, 15)],
            ["contacts", "2014-01", dt.time(9, 15)],
            ["contacts", "2014-02", 5],
        ]
    )
    found = desk.read()
    assert [f.value for f in found.figures] == [5.0]
    assert reasons(found) == [
        (2, "the cell shows #N/A: mend it in the source"),
        (
            3,
            "the formula has no saved value: open the file in Excel, let it calculate, and save it",
        ),
        (4, "a date (2014-10-15) stands where a figure should: Excel may have guessed it"),
        (5, "a time of day (09:15:00) stands where a figure should"),
    ]


def test_a_formula_with_a_saved_value_is_read_and_one_that_gives_blank_is_blank(desk: Desk) -> None:
    from xlsxwriter import Workbook

    with Workbook(desk.folder / "formulas.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["indicator", "period", "value"])
        sheet.write_row(1, 0, ["contacts", "2014-01"])
        sheet.write_formula(1, 2, "=400+79", value=479)
        sheet.write_row(2, 0, ["contacts", "2014-02"])
        sheet.write_formula(2, 2, '=""', value="blank")
    # This is how Excel saves a formula that gives an empty text.
    edit_part(desk.folder / "formulas.xlsx", SHEET_1, b"<v>blank</v>", b"<v></v>")
    found = desk.read()
    assert [f.value for f in found.figures] == [479.0]
    assert reasons(found) == [(3, "no value")]


def test_a_hash_identifies_the_file(desk: Desk) -> None:
    import hashlib

    path = desk.put("figures.csv", "indicator,period,value\ncontacts,2014-02,1\n")
    (read,) = desk.read().files
    assert read.name == "extracts/figures.csv"
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
