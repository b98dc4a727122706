"""Long and wide, CSV and XLSX: every way of laying out figures gives the same figures."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.unit.extracts.conftest import SHEET_1, Desk, edit_part, indicator, make_catalogue
from workbook_builder.extracts.model import Extracts
from workbook_builder.values import Symbol


def figures(extracts: Extracts) -> list[tuple[object, ...]]:
    """What the figures say, without where they stand."""
    return [
        (f.indicator, f.breakdown, f.period.key, f.value, f.numerator, f.denominator)
        for f in extracts.figures
    ]


def test_a_long_file(desk: Desk) -> None:
    found = desk.read_csv(
        "Indicator, Breakdown ,PERIOD,Numerator,Denominator,Value,Note",
        "contacts,,2014-02,,,479,checked",
        "timely,area=North,Feb-14,37,50,74%,",
        "timely,,2014-02,89,120,,",
    )
    assert figures(found) == [
        ("contacts", "", "month 2014-02", 479.0, None, None),
        ("timely", "area=North", "month 2014-02", 74.0, 37.0, 50.0),
        ("timely", "", "month 2014-02", None, 89.0, 120.0),
    ]
    assert found.remarks == ()
    assert str(found.figures[0].place) == (
        "extracts/figures.csv, row 2, column F, indicator contacts"
    )
    assert str(found.figures[2].place) == (
        "extracts/figures.csv, row 4, column D, indicator timely"
    )


def test_a_wide_file_with_a_measure_column(desk: Desk) -> None:
    found = desk.read_csv(
        "code,name,measure,Jan-14,Feb-14,2013/14 YTD",
        "contacts,Contacts received,,480,479,5181",
        "timely,On time,value,70,,",
        "timely,On time,numerator,35,37,",
        "timely,On time,Denominator,50,50,",
    )
    assert figures(found) == [
        ("contacts", "", "month 2014-01", 480.0, None, None),
        ("contacts", "", "month 2014-02", 479.0, None, None),
        ("contacts", "", "ytd 2013/14 to 2014-02", 5181.0, None, None),
        ("timely", "", "month 2014-01", 70.0, 35.0, 50.0),
        ("timely", "", "month 2014-02", None, 37.0, 50.0),
    ]


def test_a_blank_cell_of_a_wide_file_is_no_figure(desk: Desk) -> None:
    found = desk.read_csv("indicator,Jan-14,Feb-14", "contacts,,0")
    assert figures(found) == [("contacts", "", "month 2014-02", 0.0, None, None)]
    assert found.left_out == ()


def test_a_workbook_with_titles_percent_formats_and_date_headings(desk: Desk) -> None:
    desk.book(
        Children=[
            [],
            ["Monthly figures"],
            [],
            ["Indicator", (dt.date(2014, 1, 31), "mmm-yy"), (dt.date(2014, 2, 1), "mmm-yy"), 2013],
            [],
            ["timely", (0.7, "0%"), (0.74, "0.0%"), ("71%")],
            ["contacts", 480, "1,479", None],
        ]
    )
    found = desk.read()
    assert figures(found) == [
        ("timely", "", "month 2014-01", 70.0, None, None),
        ("timely", "", "month 2014-02", 74.0, None, None),
        ("timely", "", "year 2013", 71.0, None, None),
        ("contacts", "", "month 2014-01", 480.0, None, None),
        ("contacts", "", "month 2014-02", 1479.0, None, None),
    ]
    assert str(found.figures[0].place) == (
        'extracts/figures.xlsx, sheet "Children", row 6, column B, indicator timely'
    )
    assert found.files[0].rows_read == found.files[0].rows_used == 2


def test_rows_that_the_file_leaves_out_still_count(desk: Desk) -> None:
    """XlsxWriter writes no blank rows, and here the sheet lies about its size too."""
    from xlsxwriter import Workbook

    with Workbook(desk.folder / "gaps.xlsx") as workbook:
        sheet = workbook.add_worksheet("Gaps")
        sheet.write_row(9, 2, ["indicator", "period", "value"])
        sheet.write_row(99, 2, ["contacts", "2014-02", 479])
    size = b'<dimension ref="C10:E100"/>'
    edit_part(desk.folder / "gaps.xlsx", SHEET_1, size, b'<dimension ref="A1:B2"/>')
    (figure,) = desk.read().figures
    assert (figure.place.row, figure.place.column) == (100, "E")


def test_a_long_workbook_with_dates_in_the_period_column(desk: Desk) -> None:
    header = ["indicator", "period", "value"]
    month, day = dt.datetime(2014, 2, 28), dt.datetime(2014, 3, 24)
    desk.book(A=[header, ["contacts", month, 479], ["contacts", day, 12]])
    assert [f.period.key for f in desk.read().figures] == ["month 2014-02", "snapshot 2014-03-24"]


def test_dates_of_the_1904_calendar(desk: Desk) -> None:
    from xlsxwriter import Workbook

    path = desk.folder / "mac.xlsx"
    with Workbook(path, {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet()
        shown = workbook.add_format({"num_format": "mmm-yy"})
        sheet.write_row(0, 0, ["indicator"])
        sheet.write_datetime(0, 1, dt.datetime(2014, 2, 1), shown)
        sheet.write_row(1, 0, ["contacts", 479])
    assert desk.read().figures[0].period.key == "month 2014-02"


def test_codes_that_are_numbers_read_as_they_are_shown(desk: Desk) -> None:
    desk.book(A=[["indicator", "period", "value"], [(1.1, "0.00"), "2014-02", 5]])
    assert desk.read().figures[0].indicator == "1.10"


def test_all_sheets_are_read_hidden_ones_with_a_remark(desk: Desk) -> None:
    header = ["indicator", "period", "value"]
    path = desk.book(
        Notes=[["These figures come from the case system"]],
        North=[header, ["contacts", "2014-01", 1]],
        South=[header, ["contacts", "2014-02", 2]],
        Empty=[],
    )
    from openpyxl import load_workbook

    workbook = load_workbook(path)
    workbook["South"].sheet_state = "hidden"
    workbook.save(path)
    found = desk.read()
    assert [f.value for f in found.figures] == [1.0, 2.0]
    assert [(r.place.sheet, r.what) for r in found.remarks] == [
        ("Notes", "the sheet was not read: it has no header row with indicator and period"),
        ("South", "the sheet is hidden and was read like any other"),
    ]


def test_code_is_the_code_where_indicator_is_the_name(desk: Desk) -> None:
    found = desk.read_csv("indicator,code,2014-02", "The number of contacts,contacts,479")
    assert figures(found) == [("contacts", "", "month 2014-02", 479.0, None, None)]
    assert found.remarks == ()


def test_capitals_and_spaces_of_a_code_do_not_matter(desk: Desk) -> None:
    found = desk.read_csv("indicator,period,value", " Contacts\u00a0,2014-02,479")
    assert found.figures[0].indicator == "contacts"


def test_capitals_matter_where_two_codes_differ_in_them(desk: Desk) -> None:
    desk.catalogue = make_catalogue(indicator("A1"), indicator("a1"))
    found = desk.read_csv("indicator,period,value", "a1,2014-02,1", "A1,2014-02,2")
    assert [(f.indicator, f.value) for f in found.figures] == [("a1", 1.0), ("A1", 2.0)]


@pytest.mark.parametrize(
    ("written", "breakdown"),
    [
        ("area=North", "area=North"),
        (" area = North ; days = 0-5 ;", "area=North;days=0-5"),
        ("text=a=b", "text=a=b"),
        ("", ""),
        (" ; ", ""),
    ],
)
def test_a_breakdown_is_trimmed(desk: Desk, written: str, breakdown: str) -> None:
    found = desk.read_csv("indicator,breakdown,period,value", f"contacts,{written},2014-02,1")
    assert found.figures[0].breakdown == breakdown
    assert found.remarks == ()


def test_a_kind_of_period_may_have_its_own_column(desk: Desk) -> None:
    found = desk.read_csv(
        "code,period_kind,period,value",
        "contacts,year,2013/14,7000",
        "contacts,ytd,2013/14,5181",
        "contacts,month,2014-02,479",
        "contacts,rolling_12m,2014-02,6000",
    )
    assert [f.period.key for f in found.figures] == [
        "year 2013/14",
        "ytd 2013/14 to 2014-02",
        "month 2014-02",
        "rolling_12m 2014-02",
    ]


@pytest.mark.parametrize(
    ("content", "breakdown"),
    [
        (
            "indicator,breakdown,period,value\ncontacts,area=Ynys Môn,2014-02,1\n".encode(),
            "Ynys Môn",
        ),
        ("\ufeffindicator,breakdown,period,value\r\ncontacts,area=é,2014-02,1\r\n".encode(), "é"),
        ("indicator,breakdown,period,value\ncontacts,area=é–,2014-02,1\n".encode("cp1252"), "é–"),
        ("indicator\tbreakdown\tperiod\tvalue\ncontacts\tarea=é\t2014-02\t1".encode("utf-16"), "é"),
        (b"indicator;breakdown;period;value\ncontacts;area=a,b;2014-02;1\n", "a,b"),
        (b"Title, with comma\n\nindicator;breakdown;period;value\ncontacts;area=a;2014-02;1", "a"),
        (b'"indicator","breakdown","period","value"\r"contacts","area=a","2014-02","1"\r', "a"),
    ],
)
def test_csv_encodings_and_delimiters(desk: Desk, content: bytes, breakdown: str) -> None:
    desk.put("figures.csv", content)
    (figure,) = desk.read().figures
    assert (figure.breakdown, figure.value) == (f"area={breakdown}", 1.0)


def test_the_row_of_a_csv_file_is_the_line_it_starts_on(desk: Desk) -> None:
    found = desk.read_csv(
        "",
        '"A title',
        'of two lines"',
        "",
        "indicator,period,value,note",
        'contacts,2014-01,1,"one',
        'two"',
        "",
        "contacts,2014-02,2,",
    )
    assert [f.place.row for f in found.figures] == [6, 9]
    assert found.files[0].rows_read == 2


def test_text_from_outside_is_text(desk: Desk) -> None:
    found = desk.read_csv(
        "indicator,breakdown,period,value",
        'missing,"area==HYPERLINK(""x"")",2014-02,=1+1',
        "missing,days=10-15,2014-02,10-15",
    )
    assert [(f.breakdown, f.value) for f in found.figures] == [
        ('area==HYPERLINK("x")', "=1+1"),
        ("days=10-15", "10-15"),
    ]


def test_symbols_stay_symbols(desk: Desk) -> None:
    found = desk.read_csv("indicator,Jan-14,Feb-14", "contacts,<5,c")
    assert [f.value for f in found.figures] == [Symbol.UNDER_FIVE, Symbol.CONFIDENTIAL]


def test_a_withheld_numerator_withholds_the_value(desk: Desk) -> None:
    found = desk.read_csv("indicator,period,numerator,denominator", "timely,2014-02,c,50")
    assert figures(found) == [("timely", "", "month 2014-02", Symbol.CONFIDENTIAL, None, 50.0)]


def test_parts_of_a_figure_may_come_from_two_files(desk: Desk) -> None:
    desk.put("a.csv", "indicator,period,value\ntimely,2014-02,74\n")
    desk.put("b.csv", "indicator,period,numerator,denominator\ntimely,2014-02,37,50\n")
    assert figures(desk.read()) == [("timely", "", "month 2014-02", 74.0, 37.0, 50.0)]
