"""Rows and columns of a grid whose headings, or whose values together, are about children."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbook_builder.screen.identity import (
    BIRTH,
    ID,
    NHS,
    heading_of,
    is_day_of_birth,
    may_be_born,
    nhs_is_sound,
    telling,
)
from workbook_builder.screen.model import Cell, Grid, Kind, Leak
from workbook_builder.screen.people import LIST_BIRTH, LIST_ID, NO_CHANCE, Known
from workbook_builder.screen.workbook import Workbook

# What stands for a missing value in a list; it does not end the column.
_MISSING = re.compile(
    r"(?:not |un)?(?:known|recorded|given|available|born)|n/?a|none|nil|null|missing|refused|\W*",
    re.IGNORECASE,
)
_EXCELS_FIRST_DAY = dt.date(1899, 12, 30)
_SHORTEST_ID, _SHORTEST_BESIDE = 3, 5

Found = dict[Kind, list[Cell]]


def leaks_of_grid(grid: Grid, known: Known, as_at: dt.date) -> Iterator[Leak]:
    """Every cell that tells a person, one leak for each kind."""
    found: Found = defaultdict(list)
    for cell in grid.cells:
        if cell.number is None:
            for kind in {*telling(cell.text, as_at), *known.in_text(cell.text)}:
                found[kind].append(cell)
    bare: list[Cell] = []
    for cell, kind, beside in _headed(grid.cells):
        if _is_of(cell, kind, as_at, beside):
            undated = kind is BIRTH and cell.number is not None and not cell.dated
            (bare if undated else found[kind]).append(cell)
    # Days that are shown as plain numbers; one or two of them may be counts.
    if _no_chance(bare):
        found[BIRTH] += bare
    for column in _columns(grid.cells).values():
        _together(column, known, found)
    for kind, cells in found.items():
        yield kind.at(grid.where(cells))


def leaks_of_sheets(book: Workbook) -> Iterator[Leak]:
    """What the cells of worksheets tell of people."""
    for sheet in book.sheets:
        yield from leaks_of_grid(sheet.grid, book.opened.known, book.opened.as_at)


def _headed(cells: Sequence[Cell]) -> Iterator[tuple[Cell, Kind, bool]]:
    """The cells below and beside headings of what is about a child, with its kind and whether
    they stand beside it alone.

    A heading holds until another text without digits stands in its column, or in its row.
    """
    below: dict[int, Kind] = {}
    beside: tuple[int, Kind] | None = None
    for cell in cells:
        if beside is not None and beside[0] != cell.row:
            beside = None
        kind = heading_of(cell.text) if cell.number is None else None
        if kind is not None:
            below[cell.column], beside = kind, (cell.row, kind)
            continue
        if cell.number is None and _is_words(cell.text):
            below.pop(cell.column, None)
            beside = None
            continue
        above = below.get(cell.column)
        if above is not None:
            yield cell, above, False
        if beside is not None and beside[1] is not above:
            yield cell, beside[1], True


def _is_words(text: str) -> bool:
    return not any(one.isdigit() for one in text) and not _MISSING.fullmatch(text.strip())


def _is_of(cell: Cell, kind: Kind, as_at: dt.date, beside: bool) -> bool:
    """Whether what stands below a heading, or beside it, is what the heading says.

    Beside it may stand a count: a table of faults names the columns that they are in.
    """
    if kind is BIRTH:
        if cell.number is None:
            return is_day_of_birth(cell.text, as_at)
        day = day_of(cell.number) if cell.dated or (cell.plain and not beside) else None
        return day is not None and may_be_born(day, as_at)
    if cell.number is not None and not (cell.plain and cell.number == int(cell.number)):
        return False
    digits = sum(one.isdigit() for one in cell.text)
    if kind is NHS:
        return digits == 10
    if kind is ID:
        return (
            digits >= (_SHORTEST_BESIDE if beside else _SHORTEST_ID)
            and len(cell.text) <= 20
            and not cell.dated
        )
    return digits >= 11


def day_of(number: float) -> dt.date | None:
    """The day of a number of Excel's; None where it is none of this or the last century."""
    if not 1 <= number < 73_051:
        return None
    return _EXCELS_FIRST_DAY + dt.timedelta(days=int(number))


def _columns(cells: Iterable[Cell]) -> Mapping[int, list[Cell]]:
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.number is not None:
            columns[cell.column].append(cell)
    return columns


def _together(column: Sequence[Cell], known: Known, found: Found) -> None:
    """What no number says alone, and many in one column do."""
    whole = [cell for cell in column if cell.number == int(cell.number or 0) and not cell.dated]
    plain = [cell for cell in whole if cell.plain]
    health = [cell for cell in plain if nhs_is_sound(str(int(cell.number or 0)))]
    long = [cell for cell in plain if len(str(int(cell.number or 0))) == 10]
    if _no_chance(health) and len(health) == len(long):
        found[NHS] += health
    if ids := known.ids_among(whole):
        found[LIST_ID] += ids
    if births := known.births_among([cell for cell in column if cell.dated]):
        found[LIST_BIRTH] += births


def _no_chance(cells: Sequence[Cell]) -> bool:
    return len({cell.number for cell in cells}) >= NO_CHANCE
