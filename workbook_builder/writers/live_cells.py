"""Cells and notes of people written into an open workbook, because a person asked for it."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.plan.model import Content, Note
from workbook_builder.writers.live import OpenBook, patiently

At = tuple[str, int, int]


def fill_cells(opened: OpenBook, cells: Mapping[At, Content], notes: Mapping[At, Note]) -> None:
    """Write each cell, a text as a text, and each note in place of one that stands there.

    Raises UserError, `interrupted` from the first write on.
    """
    sheets = {str(sheet.name): sheet for sheet in patiently(lambda: list(opened.book.sheets))}
    try:
        for (title, row, col), content in cells.items():
            area = sheets[title][row, col]
            said = content if isinstance(content, float) else f"'{content}"
            patiently(lambda area=area, said=said: setattr(area, "value", said))  # type: ignore[misc]
        for (title, row, col), note in notes.items():
            _noted(sheets[title][row, col], note)
    except UserError as error:
        what = "Excel became busy while the copy was being taken over, so only a part of it is."
        fix = "Close dialogues and import the copy again: it does the rest."
        raise UserError([Fault("WB635", what, Place(opened.name), fix=fix)], True) from error


def _noted(area: object, note: Note) -> None:
    standing = patiently(lambda: area.note)  # type: ignore[attr-defined]
    if standing is not None:
        patiently(standing.delete)
    patiently(lambda: area.add_note(note.text))  # type: ignore[attr-defined]
