"""Cells and notes of people written into a closed file, because a person asked for it.

What may differ afterwards: those cells, the parts that hold notes, and that everything is worked
out when the file is opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from workbook_builder.plan import model
from workbook_builder.plan.styles import BRAND, styles
from workbook_builder.writers.closed.calculation import with_calculation, without_chain
from workbook_builder.writers.closed.cells import At, Content, StyledText, cell_value
from workbook_builder.writers.closed.draft import Draft
from workbook_builder.writers.closed.markup import CannotPatch
from workbook_builder.writers.closed.notes_in import with_notes
from workbook_builder.writers.closed.notes_out import without_notes
from workbook_builder.writers.closed.package import Package
from workbook_builder.writers.closed.patch import patched_parts
from workbook_builder.writers.closed.sheet import SheetPatch

Where = tuple[str, int, int]


def filled(
    package: Package,
    cells: Mapping[Where, model.Content],
    notes: Mapping[Where, model.Note],
    replaced: Collection[Where],
) -> bytes:
    """The bytes of the file with its cells and notes. Raises CannotPatch."""
    patches: defaultdict[str, dict[At, Content]] = defaultdict(dict)
    for (title, row, col), content in cells.items():
        patches[title][row, col] = _typed(content)
    draft = Draft(package)
    tables, chain = without_chain(package)
    for part, data in tables.items():
        draft.write(part, data)
    draft.gone(chain)
    sheets = {title: SheetPatch(contents=held) for title, held in patches.items()}
    for part, data in patched_parts(package, sheets).items():
        draft.write(part, data)
    for title in dict.fromkeys(title for title, _, _ in notes):
        sheet = package.sheets.get(title)
        if sheet is None:
            raise CannotPatch(f"the sheet {title} is missing")
        without_notes(draft, sheet, {(row, col) for name, row, col in replaced if name == title})
        here = {(row, col): note for (name, row, col), note in notes.items() if name == title}
        with_notes(draft, sheet, here)
    draft.change(package.main, with_calculation)
    return draft.done()


def _typed(content: model.Content) -> Content:
    if isinstance(content, model.RichText):
        return StyledText(content, styles(BRAND)["box"])
    return cell_value(content)
