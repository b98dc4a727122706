"""The Data quality sheet taken apart again: its sentences, and its tables by their headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from workbook_builder.plan.model import Sheet

NAME = "Data quality"
LEAD, FIRST, KINDS = 0, 1, 9
TOP = 3
Table = list[tuple[Any, ...]]


@dataclass
class Taken:
    """What the sheet says: words before the first table, tables, and the problems by list."""

    words: list[str] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    groups: dict[str, Table] = field(default_factory=dict)
    plain: dict[str, list[str]] = field(default_factory=dict)

    @property
    def problems(self) -> Table:
        return [row for rows in self.groups.values() for row in rows]

    def everything(self) -> str:
        cells = [*self.words, *self.tables, *self.groups]
        for rows in (*self.tables.values(), *self.groups.values()):
            cells += [str(cell) for row in rows for cell in row]
        return "\n".join([*cells, *(text for texts in self.plain.values() for text in texts)])


def take_apart(rows: Iterable[tuple[Any, ...]]) -> Taken:
    """The rows of the sheet from the first below its title on, as they stand in its columns."""
    taken, heading, into = Taken(), "", None
    for row in rows:
        kind, lead = row[KINDS], str(row[LEAD] or "").removesuffix(", continued")
        if kind == "heading":
            heading, into = lead, taken.tables.setdefault(lead, [])
        elif kind == "subheading":
            into = taken.groups.setdefault(lead, [])
        elif kind == "row":
            assert into is not None
            into.append(tuple(row[FIRST:KINDS]))
        elif kind == "plain" and lead:
            (taken.plain.setdefault(heading, []) if heading else taken.words).append(lead)
    return taken


def of_plan(sheet: Sheet) -> Taken:
    """A planned sheet, taken apart."""
    width = KINDS + 1
    rows: list[list[Any]] = [[None] * width for _ in range(sheet.part.next_row)]
    for cell in sheet.part.cells:
        rows[cell.row][cell.col] = cell.content
    return take_apart(tuple(row) for row in rows[TOP:])


def of_workbook(worksheet: Any) -> Taken:
    """The sheet of a workbook, taken apart."""
    rows = worksheet.iter_rows(min_row=TOP + 1, max_col=KINDS + 1, values_only=True)
    return take_apart(rows)
