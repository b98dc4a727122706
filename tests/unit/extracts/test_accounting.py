"""On messy files of any shape: nothing is lost unlisted, and the numbers are those in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.extracts.conftest import Desk
from workbook_builder.errors import Fault, UserError
from workbook_builder.extracts.model import Extracts
from workbook_builder.values import number

CODES = st.sampled_from(["contacts", "CONTACTS ", "timely", "cla-rate", "caseload"])
BREAKDOWNS = st.sampled_from(["", "a=1", " a = 1", "a=2", "b=1"])
PERIODS = {
    "2014-02": "Feb",
    "Feb-14": "Feb",
    "2014-01": "Jan",
    "31/01/2014": "Jan",
    "2013/14 YTD": "YTD",
    "w/c 3/2/14": "week",
}
AMOUNTS = st.one_of(
    st.integers(-999_999, 999_999).map(lambda n: f"{n:,}"),
    st.decimals(0, 100, places=2).map(str),
    st.sampled_from(
        ["", " ", "c", "-", "NA", "N/A", "#REF!", "#N/A", "(12)", "3%", "2 and 3", "=1"]
    ),
)
SETTINGS = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def with_repeats(rows: list[tuple[str, ...]], again: int) -> list[tuple[str, ...]]:
    """The rows, and some of them a second time."""
    return rows + rows[:again]


LONG = st.builds(
    with_repeats,
    st.lists(
        st.tuples(CODES, BREAKDOWNS, st.sampled_from(list(PERIODS)), AMOUNTS),
        unique_by=lambda row: (code(row[0]), breakdown(row[1]), PERIODS[row[2]]),
    ),
    st.integers(0, 5),
)
WIDE = st.builds(
    with_repeats,
    st.lists(
        st.tuples(CODES, BREAKDOWNS, AMOUNTS, AMOUNTS, AMOUNTS),
        unique_by=lambda row: (code(row[0]), breakdown(row[1])),
    ),
    st.integers(0, 5),
)


def code(written: str) -> str:
    return written.strip().lower()


def breakdown(written: str) -> str:
    return written.replace(" ", "")


def as_csv(header: list[str], rows: list[tuple[str, ...]]) -> str:
    made = io.StringIO()
    csv.writer(made).writerows([header, *rows])
    return made.getvalue()


def read_or_faults(desk: Desk) -> Extracts | tuple[Fault, ...]:
    try:
        return desk.read()
    except UserError as error:
        return error.faults


def plainly(text: str) -> float | None:
    """The number in a cell, read in the most pedestrian way."""
    text = text.strip().replace(",", "").replace("%", "")
    if text.startswith("("):
        text = "-" + text.strip("()")
    try:
        return float(text)
    except ValueError:
        return None


def check(found: Extracts, numbers: set[tuple[str, str, float]], rows: int) -> None:
    (file,) = found.files
    assert file.rows_read == rows == file.rows_used + file.rows_left_out
    assert file.rows_left_out == len(found.left_out)
    assert all(each.reason for each in found.left_out)
    read_numbers = {
        (f.indicator, f.breakdown, value)
        for f in found.figures
        if (value := number(f.value)) is not None
    }
    assert read_numbers == numbers


@SETTINGS
@given(rows=LONG)
def test_long_files(new_desk: Callable[[], Desk], rows: list[tuple[str, ...]]) -> None:
    desk = new_desk()
    desk.put("figures.csv", as_csv(["indicator", "breakdown", "period", "value"], rows))
    numbers = {
        (code(row[0]), breakdown(row[1]), value)
        for row in rows
        if (value := plainly(row[3])) is not None
    }
    check(desk.read(), numbers, len(rows))


@SETTINGS
@given(rows=WIDE)
def test_wide_files(new_desk: Callable[[], Desk], rows: list[tuple[str, ...]]) -> None:
    desk = new_desk()
    header = ["code", "breakdown", "Dec-13", "Jan-14", "2013/14 YTD"]
    desk.put("figures.csv", as_csv(header, rows))
    numbers = {
        (code(row[0]), breakdown(row[1]), value)
        for row in rows
        for amount in row[2:]
        if (value := plainly(amount)) is not None
    }
    check(desk.read(), numbers, len(rows))


@SETTINGS
@given(content=st.binary(max_size=400), ending=st.sampled_from([".csv", ".xlsx", ".xls"]))
def test_any_bytes_are_read_or_refused(
    new_desk: Callable[[], Desk], content: bytes, ending: str
) -> None:
    desk = new_desk()
    desk.put(f"figures{ending}", content)
    assert read_or_faults(desk)


@SETTINGS
@given(
    rows=st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=5)
    )
)
def test_any_table_is_read_or_refused(new_desk: Callable[[], Desk], rows: list[list[str]]) -> None:
    desk = new_desk()
    desk.put("figures.csv", as_csv(["indicator", "period", "value"], [tuple(row) for row in rows]))
    found = read_or_faults(desk)
    if isinstance(found, Extracts):
        (file,) = found.files
        assert file.rows_read == file.rows_used + file.rows_left_out
    else:
        assert found
