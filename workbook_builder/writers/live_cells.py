"""Cells and notes of people written into an open workbook, because a person asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

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
            area: Any = sheets[title].range((row + 1, col + 1))
            said = content if isinstance(content, float) else f"'{content}"
            patiently(partial(setattr, area, "value", said))
        for (title, row, col), note in notes.items():
            _noted(sheets[title].range((row + 1, col + 1)), note)
    except UserError as error:
        what = "Excel became busy while the copy was being taken over, so only a part of it is."
        fix = "Close dialogues and import the copy again: it does the rest."
        raise UserError([Fault("WB635", what, Place(opened.name), fix=fix)], True) from error


def _noted(area: Any, note: Note) -> None:
    standing = patiently(lambda: area.note)
    if standing is None:
        patiently(lambda: area.add_note(note.text))
    else:
        patiently(lambda: setattr(standing, "text", note.text))
