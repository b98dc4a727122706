"""What a person should look at: figures that could be read and yet look odd."""

from __future__ import annotations

import pytest

from tests.unit.extracts.conftest import Desk

LONG = "indicator,breakdown,period,numerator,denominator,value"


def remarks(desk: Desk, *lines: str) -> list[str]:
    return [remark.what for remark in desk.read_csv(*lines).remarks]


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ("74,75,0.76", ["0.76 per cent looks 100 times too small: if 76% was meant, write that"]),
        (
            "0.74,0.75,",
            [
                "0.74 per cent looks 100 times too small: if 74% was meant, write that",
                "0.75 per cent looks 100 times too small: if 75% was meant, write that",
            ],
        ),
        (
            "1,0.5,0",
            [
                "1 per cent looks 100 times too small: if 100% was meant, write that",
                "0.5 per cent looks 100 times too small: if 50% was meant, write that",
            ],
        ),
        ("0,1,1", []),
        ("0,74,75", []),
        ("1.2,0.9,0.8", []),
        ("100,120,150", []),
        ("74,75,7600", ["7600 per cent looks 100 times too large: if 76% was meant, write that"]),
        ("7.4,7.5,760", ["760 per cent looks 100 times too large: if 7.6% was meant, write that"]),
    ],
)
def test_a_percentage_that_looks_100_times_too_small_or_large(
    desk: Desk, values: str, odd: list[str]
) -> None:
    assert remarks(desk, "indicator,Dec-13,Jan-14,Feb-14", f"timely,{values}") == odd


def test_a_file_of_shares_among_files_of_percentages(desk: Desk) -> None:
    desk.put("1.csv", "indicator,Oct-13,Nov-13\ntimely,74,75\n")
    desk.put("2.csv", "indicator,Dec-13,Jan-14,Feb-14,Mar-14\ntimely,0.7,0.8,0.9,1\n")
    assert len(desk.read().remarks) == 4


@pytest.mark.parametrize(
    ("row", "odd"),
    [
        ("timely,,2014-02,37,50,74%", []),
        ("timely,,2014-02,89,120,74", []),
        ("timely,,2014-02,89,120,74.2", []),
        ("timely,,2014-02,89,120,74.16666666666667", []),
        (
            "timely,,2014-02,89,120,75",
            ["the value 75 is not what 89 and 120 give, 74.1667"],
        ),
        (
            "timely,,2014-02,37,50,7400",
            [
                "the value 7400 is not what 37 and 50 give, 74: it looks 100 times too large",
                "7400 per cent looks 100 times too large: if 74% was meant, write that",
            ],
        ),
        (
            "timely,,2014-02,60,50,120",
            ["the numerator 60 is larger than the denominator 50"],
        ),
        ("timely,,2014-02,0,0,z", []),
        ("timely,,2014-02,37,,", ["there is no value, and no denominator to compute it from"]),
        ("cla-rate,,2014-02,300,60000,50", []),
        (
            "cla-rate,,2014-02,300,60000,0.5",
            ["the value 0.5 is not what 300 and 60000 give, 50: it looks 100 times too small"],
        ),
        ("caseload,,2014-02,300,20,15", []),
        ("caseload,,2014-02,300,20,16", ["the value 16 is not what 300 and 20 give, 15"]),
        ("contacts,,2014-02,300,20,16", []),
        ("contacts,,2014-02,,,5%", ['"5%" has a percent sign but counts count']),
        ("contacts,,2014-02,,,N/A", ['kept as text: "N/A" is not a number']),
        ("missing,,2014-02,,,2Missing 3 Absent 7Abscond", []),
        (
            "contacts,North,2014-02,,,5",
            ['the breakdown "North" is not written as key=value'],
        ),
        ("contacts,a=\x01b,2014-02,,,5", ["invisible control characters were taken out"]),
        ("con\u200btacts,,2014-02,,,5", ["invisible control characters were taken out"]),
    ],
)
def test_a_row_and_what_is_odd_about_it(desk: Desk, row: str, odd: list[str]) -> None:
    assert remarks(desk, LONG, row) == odd


def test_control_characters_of_a_workbook(desk: Desk) -> None:
    from xlsxwriter import Workbook

    with Workbook(desk.folder / "figures.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["indicator", "period", "value"])
        sheet.write_row(1, 0, ["con\x02tacts", "2014-02", 5])
    found = desk.read()
    assert found.figures[0].indicator == "contacts"
    assert [r.what for r in found.remarks] == ["invisible control characters were taken out"]


def test_columns_that_are_passed_over_are_named(desk: Desk) -> None:
    assert remarks(
        desk, "indicator,period,value,note,Target,", "contacts,2014-02,5,checked,9,provisional"
    ) == ['the column called "Target" is not read', "the column without a heading is not read"]


def test_months_that_may_be_meant_as_years(desk: Desk) -> None:
    assert remarks(desk, "indicator,2011-12,2012-13", "contacts,5,6") == [
        '"2011-12" was read as a month and "2012-13" as a financial year: '
        "write years with a slash, 2012/13, to be sure"
    ]


def test_a_header_without_rows(desk: Desk) -> None:
    assert remarks(desk, LONG) == ["there are no rows below the header"]


def test_a_folder_inside_the_folder_is_not_looked_into(desk: Desk) -> None:
    (desk.folder / "old").mkdir()
    found = desk.read_csv("indicator,period,value", "contacts,2014-02,1")
    assert [str(r.place) for r in found.remarks] == ["extracts/old/"]
