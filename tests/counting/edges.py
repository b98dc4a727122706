"""Lists whose dates lie exactly at the limits of the rules, and a day to either side.

Lists that are merely random seldom have a visit on the very last day in time. Here every child has
a day of its own, often that of the extract; the child's dates lie from it as far as a rule asks
for, in days, working days or months, so that a limit that is a day out changes a figure.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.counting.lists import FAVOURED, NAMES, Row
from tests.counting.recount import HOLIDAYS, later_by
from workbook_builder.counting.columns import ColumnKind

ONE = dt.timedelta(days=1)
DAYS = (0, 7, 14, 42, 49, 729, 730, 731)
WORKING_DAYS = (9, 10, 11, 14, 15, 16, 19, 20, 21, 44, 45, 46)
MONTHS = (3, 4, 6, 7, 12, 13, 14, 24, 30)
AGES = (0, 1, 4, 5, 6, 10, 15, 16, 17, 18, 19, 20, 21, 22)
# Dates by which a row ends; mostly blank, so that there is somebody to count on the day.
ENDS = ("need_end", "plan_end", "care_end", "early_help_end", "authorised", "reversed", "placed")
PREFERRED = {
    **FAVOURED,
    "placement": ("U1", "U4", "U6", "K1", "K2", "H5", "K3", "P1"),
    "case_status": ("Child in need plan",),
}


def edge_lists(seed: int, rows: int, first: dt.date, as_at: dt.date) -> dict[str, list[Row]]:
    """Lists of some rows each; a child stands in a list about twice."""
    chance = random.Random(seed)
    span = (as_at - first).days
    homes = [
        as_at if chance.random() < 0.6 else first + chance.randrange(span) * ONE
        for _ in range(max(rows // 2, 1))
    ]
    return {
        name: [_row(chance, name, number % len(homes), homes) for number in range(rows)]
        for name in NAMES.lists
    }


def _row(chance: random.Random, name: str, child: int, homes: list[dt.date]) -> Row:
    home = homes[child]
    row: Row = {}
    for column in NAMES.lists[name].columns.values():
        blank = chance.random() < (0.6 if column.name in ENDS else 0.06)
        value: Any = ""
        if column.name == "child":
            value, blank = f"C{child}", False
        elif column.name == "born":
            value = later_by(home, -12 * chance.choice(AGES)) + chance.choice((-1, 0, 0, 1)) * ONE
        elif column.kind is ColumnKind.DATE:
            value = _day(chance, home)
        elif column.kind is ColumnKind.NUMBER:
            value = float(chance.randrange(5))
        elif column.kind is ColumnKind.CODE:
            liked = PREFERRED.get(column.name, ())
            codes = (liked,) if isinstance(liked, str) else liked
            value = chance.choice((*column.codes, "??"))
            value = chance.choice(codes) if codes and chance.random() < 0.7 else value
        else:
            value = f"{column.name} {chance.randrange(3)}"
        empty = None if column.kind in (ColumnKind.DATE, ColumnKind.NUMBER) else ""
        row[column.key] = empty if blank else value
    return row


def _day(chance: random.Random, home: dt.date) -> dt.date:
    """The child's own day, or one that a rule tells from those beside it; mostly before."""
    way = chance.choice((-1, -1, -1, 1))
    sort = chance.randrange(4)
    if sort == 0:
        return home
    if sort == 1:
        found = home + way * chance.choice(DAYS) * ONE
    elif sort == 2:
        found = later_by(home, way * chance.choice(MONTHS))
    else:
        found = _working(home, way, chance.choice(WORKING_DAYS))
    return found + chance.choice((-1, 0, 0, 1)) * ONE


def _working(day: dt.date, way: int, count: int) -> dt.date:
    """So many working days on or back."""
    while count:
        day += way * ONE
        count -= day.weekday() < 5 and day not in HOLIDAYS
    return day
