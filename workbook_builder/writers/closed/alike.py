"""Whether a copy of a file can become the next month's, sheet by sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.figures import FIRST_ROW, OF_ROLES, PERIOD_ROW
from workbook_builder.plan.geometry import geometry_digest
from workbook_builder.plan.keyed import OWNED, row_keys
from workbook_builder.plan.model import Sheet, Workbook
from workbook_builder.plan.slots import BESIDE, COMMENT, NOTE, OVER
from workbook_builder.plan.structure import Inventory, SheetInventory
from workbook_builder.writers.closed.found import FoundBook
from workbook_builder.writers.closed.next_names import Area, area_of
from workbook_builder.writers.closed.package import Package

FIGURES = "figures"
IN_PLACE = frozenset((NOTE, COMMENT, OVER, BESIDE))


def owned_areas(package: Package, after: Workbook) -> dict[str, Area]:
    """Where each sheet of the program's own stands, by its key; none that is lost."""
    found = {}
    for sheet in after.sheets:
        area = area_of(package.names.get(f"{OWNED}_{sheet.key}", "")) if sheet.owned else None
        if area is not None and area[0] in package.sheets:
            found[sheet.key] = area
    return found


def changed_sheets(
    package: Package,
    areas: Mapping[str, Area],
    book: FoundBook,
    before: Inventory,
    after: Workbook,
    staying: Sequence[TypedRecord],
) -> tuple[str, ...]:
    """The sheets of which a copy would not be the next month's, by their planned names.

    Boxes and rows of a sheet must be where the plan before had them, but for what people moved.
    staying is what people typed that stays where it is: no other period may come under it. Where
    somebody's own formula or chart points into Figures, or a note lies there, nothing may move.
    """
    numbered = dict(enumerate(after.sheets, start=1))
    changed = [
        sheet.name
        for number, sheet in numbered.items()
        if not (
            areas.get(sheet.key, ("", (1, 1)))[1] == (0, 0)
            if sheet.owned
            else number in book.keyed
            and _same(number, sheet, package, before)
            and not _slides(sheet, before.sheets[number], book.keyed[number].title, staying)
        )
    ]
    planned = {number for number, one in numbered.items() if not one.owned}
    changed += [one.name for number, one in before.sheets.items() if number not in planned]
    if not changed and _moved(book, after):
        noted = any(one.sheet == areas[FIGURES][0] for one in staying)
        if noted or _pointed_at(package, areas, after):
            changed.append(after.sheet(FIGURES).name)
    return tuple(changed)


def _same(number: int, sheet: Sheet, package: Package, before: Inventory) -> bool:
    """Whether a sheet is the same but for the month, and has lost no box."""
    planned = before.sheets.get(number)
    dead = [one for one in sheet.part.names if "#REF!" in package.names.get(one.name, "#REF!")]
    return (
        planned is not None
        and planned.key == sheet.key
        and planned.geometry == geometry_digest(sheet)
        and not dead
    )


def _slides(
    sheet: Sheet, before: SheetInventory, title: str, staying: Sequence[TypedRecord]
) -> bool:
    """Whether something typed would come to stand in a row of another period."""
    now = row_keys(sheet)
    others = {key for key, row in before.rows.items() if now[row] != key}
    return any(one.sheet == title and one.key in others and one.kind in IN_PLACE for one in staying)


def _moved(book: FoundBook, after: Workbook) -> bool:
    """Whether a series or period that stands on Figures would stand elsewhere."""
    held = book.owned[FIGURES]
    wanted = {(one.row, one.col): one.content for one in after.sheet(FIGURES).part.cells}
    heads = [(row, 0, line[0]) for row, line in enumerate(held) if row >= FIRST_ROW]
    heads += [(PERIOD_ROW, col, said) for col, said in enumerate(held[PERIOD_ROW])]
    return any(
        isinstance(said, str) and said.removeprefix("'") != wanted.get((row, col))
        for row, col, said in heads
    )


def _pointed_at(package: Package, areas: Mapping[str, Area], after: Workbook) -> bool:
    """Whether anything but a name of ours points to cells of Figures."""
    title = areas[FIGURES][0].replace("'", "''")
    points = re.compile(rf"(?:(?<![\w.]){re.escape(title)}|'{re.escape(title)}')!\$?[A-Z]")
    owned = {package.sheets[area[0]] for area in areas.values()}
    parts = [*(one for one in package.sheets.values() if one not in owned), *package.charts()]
    ours = {one.name for sheet in after.sheets for one in sheet.part.names}
    names = (said for name, said in package.names.items() if not _ours(name, ours))
    return any(points.search(package.read(part).decode()) for part in parts) or any(
        points.search(said) for said in names
    )


def _ours(name: str, known: set[str]) -> bool:
    return name in known or name.partition("_")[0] in OF_ROLES
