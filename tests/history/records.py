"""Records for the tests of the history."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from workbook_builder.history.model import (
    FigureRecord,
    FileRecord,
    Freeze,
    Stamp,
    TypedRecord,
    Work,
)

STAMP = Stamp(dt.datetime(2024, 7, 1, 9, 30, tzinfo=dt.UTC), "officer1", "desk1", "0.1.0")
FILE = FileRecord("extracts/months.csv", "ab" * 32, 10, 9, 1)
MONTH = "2024-06"


def figure(
    indicator: str, value: float | str | None, period: str = "month 2024-06"
) -> FigureRecord:
    return FigureRecord(
        indicator, "", period, value, 1.0, 3.0, "extracts/months.csv", "", "", 4, "C"
    )


def typed(text: str, key: str = "contacts", slot: str = "reason") -> TypedRecord:
    return TypedRecord(key, slot, MONTH, "entry", text, sheet="Front door", cell="R7")


def work(number: int, kind: str = "refresh", undoes: int | None = None) -> Work:
    """A piece of work whose 200 figures and 20 texts all carry its number."""
    return Work(
        kind=kind,
        month=MONTH,
        workbook="Scorecard 2024-06.xlsx",
        catalogue='{"id": "one"}',
        structure="s1",
        files=(FILE,),
        figures=tuple(figure(f"i{at}", float(number)) for at in range(200)),
        typed=tuple(typed(f"{number}", f"i{at}") for at in range(20)),
        previous={"figures": f"before {number}"},
        undoes=undoes,
    )


def freeze(number: int, month: str = MONTH, reason: str = "") -> Freeze:
    """A publication whose texts all carry its number."""
    piece = replace(
        work(number, "publish"), month=month, extracts=f"extracts {number}", previous={}
    )
    texts = (f"{what} {number}" for what in ("catalogue", "typed", "results", "reported"))
    return Freeze(piece, *texts, reason=reason)
