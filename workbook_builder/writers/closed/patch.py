"""A whole file patched: its sheets, the points of its charts, and that it is to be worked out."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_builder.writers.closed.calculation import with_calculation, without_chain
from workbook_builder.writers.closed.cells import At, Value
from workbook_builder.writers.closed.charts import sheets_drawn, with_points
from workbook_builder.writers.closed.markup import CannotPatch
from workbook_builder.writers.closed.package import Package
from workbook_builder.writers.closed.sheet import FilledOver, SheetPatch, patched_sheet


def patched(package: Package, sheets: Mapping[str, SheetPatch]) -> bytes:
    """The bytes of the file with its sheets, by their titles, patched. Raises CannotPatch."""
    changed = patched_parts(package, sheets)
    changed[package.main] = with_calculation(package.read(package.main))
    tables, chain = without_chain(package)
    return package.with_parts({**changed, **tables}, chain)


def patched_parts(package: Package, sheets: Mapping[str, SheetPatch]) -> dict[str, bytes]:
    """The parts of the sheets and of all charts, patched. Raises CannotPatch.

    A FilledOver names the sheet that it is about.
    """
    drawn = {name: sheets_drawn(package.read(name)) for name in package.charts()}
    needed = {title for titles in drawn.values() for title in titles}
    changed: dict[str, bytes] = {}
    values: dict[str, dict[At, Value]] = {}
    before: dict[str, dict[At, Value]] = {}
    for title, one in sheets.items():
        part = package.sheets.get(title)
        if part is None:
            raise CannotPatch(f"the sheet {title} is missing")
        try:
            done = patched_sheet(package.read(part), one, package.shared_texts)
        except FilledOver as error:
            raise FilledOver(title) from error
        changed[part] = done.data
        if title in needed:
            values[title], before[title] = dict(done.values), dict(done.before)
    for name in drawn:
        changed[name] = with_points(package.read(name), values.get, before.get)
    return changed
