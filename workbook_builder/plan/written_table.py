"""Tables of words, such as Definitions and Notes: columns, wrapped rows, heights that fit."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_builder.plan.model import Cell, Formula, Part
from workbook_builder.plan.text_size import height_for, lines_needed

SIZE = 9
# What an indent takes from a column's width, in characters.
INDENT = 1.3
LEAST = 16.0
# Tables of up to so many rows are kept on one page.
WHOLE = 20


def written_table(
    top: int,
    left: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Formula]],
    widths: Sequence[float],
    links: Sequence[str] = (),
    runs_over: bool = True,
) -> Part:
    """Plan a table of texts; `links` are the names that the first column's cells lead to.

    In a table of two columns the second runs on over the empty cells beside it where they have
    room for it, unless told to wrap. A page may end between two rows of a long table, but not right
    after its head; a short one stays whole.
    """
    two = runs_over and len(heads) == 2
    room = sum(widths[left + 1 :])
    cells = [Cell(top, left + at, head, "head") for at, head in enumerate(heads)]
    heights = [(top, _height(heads, widths[left:], bold=True))]
    for number, row in enumerate(rows):
        at = top + 1 + number
        for col, said in enumerate(row):
            link = links[number] if links and col == 0 else ""
            runs_on = col == 1 and two and _fits([said], room)
            style = "text link" if link else "text over" if runs_on else "text"
            cells.append(Cell(at, left + col, said, style, link=link))
        measured = row[:1] if two and _fits(row[1:], room) else row
        heights.append((at, _height(measured, widths[left:])))
    next_row = top + 1 + len(rows)
    breaks = tuple(range(top + 2, next_row)) if len(rows) > WHOLE else ()
    return Part(next_row, tuple(cells), tuple(heights), may_break=breaks)


def _fits(texts: Sequence[str | Formula], room: float) -> bool:
    """Whether each text stands on one line of so many characters."""
    return all(lines_needed(said, room - INDENT, SIZE) == 1 for said in _words(texts))


def paragraph(row: int, col: int, said: str, width: float, style: str = "text plain") -> Part:
    """One wrapped text in one cell."""
    lines = lines_needed(said, width, SIZE)
    return Part(row + 1, (Cell(row, col, said, style),), ((row, height_for(lines, SIZE, LEAST)),))


def _height(row: Sequence[str | Formula], widths: Sequence[float], bold: bool = False) -> float:
    lines = [
        lines_needed(said, widths[at] - INDENT, SIZE, bold) for at, said in enumerate(_words(row))
    ]
    return height_for(max(lines), SIZE, LEAST)


def _words(texts: Sequence[str | Formula]) -> list[str]:
    return [str(said.value) if isinstance(said, Formula) else said for said in texts]
