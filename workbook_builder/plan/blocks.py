"""The sheets that a refresh owns as blocks of cells, ready to be written in one go.

A cell is a number, nothing, a formula with its equals sign, or a text behind an apostrophe: Excel
takes the apostrophe for "this is text" and shows what follows as it is, so no text can turn into a
date, a number or a formula.
"""

from __future__ import annotations

import re

from workbook_builder.plan.keyed import owned_end
from workbook_builder.plan.model import Formula, Sheet, Workbook
from workbook_builder.values import fifteen_digits

WrittenCell = float | str | None
Block = tuple[tuple[WrittenCell, ...], ...]

TEXT = re.compile(r'("(?:[^"]|"")*")')


def owned_blocks(workbook: Workbook) -> dict[str, Block]:
    """The block of every sheet that a refresh writes, by the sheet's key."""
    return {sheet.key: block_of_sheet(sheet) for sheet in workbook.sheets if sheet.owned}


def block_of_sheet(sheet: Sheet) -> Block:
    """All cells of an owned sheet from A1 to its last, free ones as None."""
    last_row, last_col = owned_end(sheet)
    rows: list[list[WrittenCell]] = [[None] * (last_col + 1) for _ in range(last_row + 1)]
    for cell in sheet.part.cells:
        rows[cell.row][cell.col] = _written(cell.content)
    return tuple(tuple(row) for row in rows)


def _written(content: object) -> WrittenCell:
    if content is None or content == "":
        return None
    if isinstance(content, Formula):
        return f"={content.text}"
    if isinstance(content, (int, float)):
        return float(content)
    return f"'{content}"


def changed_cells(before: Block, after: Block) -> int:
    """How many cells of a block differ; a formula is compared without its spaces."""
    rows = zip(before, after, strict=True)
    return sum(
        not same_cell(old, new)
        for old_row, new_row in rows
        for old, new in zip(old_row, new_row, strict=True)
    )


def same_cell(old: WrittenCell, new: WrittenCell) -> bool:
    """Whether two cells hold the same: numbers to 15 digits, as Excel keeps them.

    A new book has them to 16 digits, and that rounding may lead to another fifteenth digit.
    """
    if isinstance(old, float) and isinstance(new, float):
        return fifteen_digits(old) == fifteen_digits(new) or f"{old:.16g}" == f"{new:.16g}"
    if isinstance(old, str) and isinstance(new, str) and old[:1] == new[:1] == "=":
        return plain_formula(old) == plain_formula(new)
    return old == new


def plain_cell(cell: WrittenCell) -> str:
    """A cell as a text: numbers to 15 digits, formulas without what programs write differently."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{fifteen_digits(cell).normalize()}"
    return plain_formula(cell) if cell.startswith("=") else cell


def plain_formula(formula: str) -> str:
    """A formula without what programs write differently: spaces, capitals, FALSE() for FALSE."""
    pieces = TEXT.split(formula)
    return "".join(piece if piece.startswith('"') else _plain(piece) for piece in pieces)


def _plain(piece: str) -> str:
    return re.sub(r"\b(TRUE|FALSE)\(\)", r"\1", re.sub(r"\s+", "", piece).upper())
