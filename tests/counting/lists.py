"""Small random lists, and lists written by hand, in the shape that the loader hands over."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd

from workbook_builder.counting.columns import ColumnKind, vocabulary

NAMES = vocabulary()
Row = dict[str, Any]


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A list from rows by our names: dates as texts, what is not given is blank."""
    columns = NAMES.lists[name].columns.values()
    made: list[Row] = []
    for number, row in enumerate(rows):
        unknown = set(row) - {column.name for column in columns}
        assert not unknown, unknown
        given = {"child": f"C{number}", **row}
        made.append({column.key: given.get(column.name) for column in columns})
    return typed(name, made)


def typed(name: str, rows: list[Row]) -> pd.DataFrame:
    """Rows by the loader's columns as a frame with the loader's types."""
    found = {}
    for column in NAMES.lists[name].columns.values():
        values = [row.get(column.key) for row in rows]
        if column.kind is ColumnKind.DATE:
            found[column.key] = pd.Series(pd.to_datetime(values)).astype("datetime64[ns]")
        elif column.kind is ColumnKind.NUMBER:
            found[column.key] = pd.Series(values, dtype="float64")
        else:
            texts = ["" if value is None else str(value) for value in values]
            found[column.key] = pd.Series(texts, dtype=object)
    return pd.DataFrame(found)


def random_lists(seed: int, rows: int, first: dt.date, last: dt.date) -> dict[str, list[Row]]:
    """Lists that hold every sort of trouble: blanks, strange codes, ends before starts, repeats.

    Dates lie close together, and many at exactly the limits of the rules: from one another, from
    ends of months and from the last day.
    """
    chance = random.Random(seed)
    return {
        name: [_row(chance, name, rows, first, last) for _ in range(rows)] for name in NAMES.lists
    }


LIMITS = (
    0,
    1,
    7,
    8,
    10,
    14,
    15,
    21,
    22,
    28,
    42,
    43,
    63,
    66,
    67,
    90,
    91,
    92,
    93,
    181,
    184,
    365,
    366,
)
FAVOURED = {
    "accommodation": "Z",
    "activity": "F1",
    "case_status": "Child in need plan",
    "legal_status": "C2",
    "ceased_reason": "E11",
    "placement": "H5",
    "in_touch": "Yes",
}
LONG = (455, 725, 729, 730, 731, 912, 913, 1000, 1500)


def _row(chance: random.Random, name: str, rows: int, first: dt.date, last: dt.date) -> Row:
    columns = NAMES.lists[name].columns
    anchor = _day(chance, first, last)
    row: Row = {}
    for column in columns.values():
        blank = chance.random() < 0.2
        value: Any
        match column.kind:
            case _ if column.name == "child":
                value, blank = f"C{chance.randrange(max(rows // 2, 1))}", False
            case _ if column.name == "born":
                years = chance.choice((0, 1, 3, 5, 8, 15, 16, 17, 18, 19, 20, 21, 22))
                value = _shifted(chance, anchor, years)
            case ColumnKind.DATE:
                gap = chance.choice(LIMITS + (LONG if chance.random() < 0.4 else ()))
                value = anchor + dt.timedelta(days=gap * chance.choice((1, 1, -1)))
                if chance.random() < 0.4:
                    long = column.name in ("care_start", "placement_start")
                    value = last - dt.timedelta(days=chance.choice(LONG) if long else gap)
            case ColumnKind.NUMBER:
                value = float(chance.randrange(5))
            case ColumnKind.CODE:
                value = chance.choice((*column.codes, "??"))
                value = FAVOURED.get(column.name, value) if chance.random() < 0.3 else value
            case _:
                value = f"{column.name} {chance.randrange(3)}"
        row[column.key] = value if not blank else None if column.kind in _EMPTY else ""
    return row


_EMPTY = (ColumnKind.DATE, ColumnKind.NUMBER)


def _day(chance: random.Random, first: dt.date, last: dt.date) -> dt.date:
    day = first + dt.timedelta(days=chance.randrange((last - first).days + 1))
    if chance.random() < 0.2:  # the ends of months, where periods and months disagree
        day = day.replace(day=1) - dt.timedelta(days=chance.randrange(2))
    return day


def _shifted(chance: random.Random, day: dt.date, years: int) -> dt.date:
    """A birthday about so many years before a day, some of them on 29 February, some to come."""
    if chance.random() < 0.1:
        return day + dt.timedelta(days=chance.randrange(120))
    if chance.random() < 0.1:
        return dt.date(2004 + 4 * chance.randrange(5), 2, 29)
    return dt.date(day.year - years, day.month, min(day.day, 28)) + dt.timedelta(
        days=chance.choice((0, 0, 1, -1, 40))
    )
