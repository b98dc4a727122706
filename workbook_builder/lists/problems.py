"""The problems report: counts, rows for a sheet, and problems.csv."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from workbook_builder.lists.definitions import lists
from workbook_builder.lists.model import Lists, Problem

PROBLEMS_CSV = "problems.csv"
HEADINGS = (
    "List",
    "File",
    "Sheet",
    "Row",
    "Column",
    "Heading",
    "Problem",
    "What was found",
    "What was done",
    "Cells",
)
COUNT_HEADINGS = ("List", "Rows read", "Used", "Left out")
Row = tuple[str | int, ...]


def by_kind(problems: Iterable[Problem]) -> dict[str, int]:
    """How many problems of each kind, the most frequent first."""
    counts: Counter[str] = Counter()
    for each in problems:
        counts[each.kind] += each.count
    return dict(counts.most_common())


def by_list(problems: Iterable[Problem]) -> dict[str, int]:
    """How many problems each list has, in Ofsted's order; a sheet that is no list under ""."""
    counts: Counter[str] = Counter()
    for each in problems:
        counts[each.list] += each.count
    return {key: counts[key] for key in (*lists(), "") if counts[key]}


def by_kind_and_list(problems: Iterable[Problem]) -> dict[tuple[str, str], int]:
    """How many problems of each kind each list has."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in problems:
        counts[each.kind, each.list] += each.count
    return dict(counts.most_common())


def rows(problems: Iterable[Problem]) -> list[Row]:
    """A row for each problem, under HEADINGS."""
    return [
        (
            name_of(each.list),
            each.file,
            each.sheet,
            each.row if each.row is not None else "",
            each.column,
            each.heading,
            each.kind,
            each.found,
            each.done.value,
            each.count,
        )
        for each in problems
    ]


def count_rows(found: Lists) -> list[Row]:
    """A row for each of the eleven lists, under COUNT_HEADINGS; blanks for a missing one."""
    done: list[Row] = []
    for key in lists():
        count = found.counts.get(key)
        numbers: Row = (count.read, count.used, count.left_out) if count else ("", "", "")
        done.append((name_of(key), *numbers))
    return done


def name_of(key: str) -> str:
    """A list as Ofsted numbers and names it; blank for what is no list."""
    found = lists().get(key)
    return f"List {found.number}: {found.name}" if found else ""


def write_problems(found: Lists, folder: Path) -> Path:
    """Write problems.csv into a folder."""
    path = folder / PROBLEMS_CSV
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in rows(found.problems):
            writer.writerow([_no_formula(cell) for cell in row])
    return path


def _no_formula(cell: str | int) -> str | int:
    """A text that Excel would take for a formula, with an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell
