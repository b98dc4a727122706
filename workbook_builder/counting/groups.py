"""The groups of a breakdown: which one each row is in, on each day where age decides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from workbook_builder.counting.columns import BORN, Breakdown, ColumnKind
from workbook_builder.counting.conditions import Interval
from workbook_builder.counting.days import BLANK, EVER, Days, Flags, birthdays
from workbook_builder.counting.spelling import holdable, one_spelling
from workbook_builder.counting.tables import Codes, Table

NOT_RECORDED = "Not recorded"
NOT_KNOWN = "Not a known code"
UNBORN = "Unborn"


@dataclass(frozen=True)
class Groups:
    """The groups that a list's rows fall into, and each row's group."""

    texts: tuple[str, ...]
    codes: Codes


def groups_of(breakdown: Breakdown, table: Table, among: Flags) -> Groups:
    """The groups by a column that some rows have: blank ones are not recorded, strange codes are
    not known. Other rows are in the first group or in theirs, and are not to be counted."""
    column = table.names.columns[breakdown.by]
    coded = table.coded(breakdown.by)
    known = {code.casefold(): breakdown.groups.get(code, code) for code in column.codes}
    named = [
        _named(text, known, column.kind is ColumnKind.CODE and bool(known)) for text in coded.texts
    ]
    counts = np.bincount(coded.numbers[among], minlength=len(named))
    held = Counter[str]()
    for name, count in zip(named, counts.tolist(), strict=True):
        held[name] += count
    spelt = one_spelling(held.items())
    named, present = [spelt[name] for name in named], counts > 0
    texts = sorted({name for name, there in zip(named, present, strict=True) if there})
    place = {text: number for number, text in enumerate(texts)}
    numbers = np.array([place.get(name, 0) for name in named], dtype=np.int64)
    return Groups(tuple(texts), numbers[coded.numbers])


def _named(text: str, known: dict[str, str], closed: bool) -> str:
    """The name of the group that a text belongs to."""
    if not text:
        return NOT_RECORDED
    return holdable(known.get(text.casefold(), NOT_KNOWN if closed else text))


def age_bands(breakdown: Breakdown, table: Table) -> list[tuple[str, Interval]]:
    """Each band of age and the days on which each row's child is in it."""
    born = table.days(BORN)
    known = born != BLANK
    never, ever = np.full(table.rows, -EVER), np.full(table.rows, EVER)
    starts = [birthdays(born, age) for age in breakdown.bands] + [ever]
    found = [
        (_band(age, following), _where(known, start, until))
        for age, following, start, until in zip(
            breakdown.bands, (*breakdown.bands[1:], None), starts, starts[1:], strict=False
        )
    ]
    unborn = (UNBORN, _where(known, never, starts[0]))
    return [unborn, *found, (NOT_RECORDED, Interval.always(~known))]


def _where(known: Flags, start: Days, until: Days) -> Interval:
    return Interval(np.where(known, start, EVER), np.where(known, until, -EVER))


def _band(age: int, following: int | None) -> str:
    if following is None:
        return f"{age} and over"
    return str(age) if following == age + 1 else f"{age} to {following - 1}"
