"""Where the cells of a planned sheet stand in a file in which people inserted, moved and sorted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbook_builder.plan.addresses import cell as address
from workbook_builder.plan.blocks import TEXT
from workbook_builder.plan.structure import SheetInventory
from workbook_builder.writers.closed.cells import At, corner
from workbook_builder.writers.closed.found import FoundSheet

# An address in a formula, and not a part of a name such as at_fy0_m4 nor a function such as LOG10.
REFERENCE = re.compile(r"(?<![\w.!$'])(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)(?![\w.(])")

Keys = tuple[str, str]


class Moved(Exception):
    """A formula refers to a cell that is gone, or that there is twice."""


class Places:
    """Rows and columns count from 0. Keys are those of the plan that the file was made by."""

    def __init__(self, before: SheetInventory, found: FoundSheet) -> None:
        self._row_keys = {row: key for key, row in before.rows.items()}
        self._col_keys = {col: key for key, col in before.columns.items()}
        self._rows = _standing(before.rows, found.rows_of)
        self._cols = _standing(before.columns, found.columns_of)

    def keys(self, at: At) -> Keys | None:
        """The keys of a planned cell's row and column; None for one outside of all rows."""
        row, col = self._row_keys.get(at[0]), self._col_keys.get(at[1])
        return None if row is None or col is None else (row, col)

    def of(self, at: At) -> list[At]:
        """Where a planned cell stands: twice where somebody copied its row, or nowhere."""
        return [(row, col) for row in self.rows(at[0]) for col in self._cols.get(at[1], ())]

    def rows(self, row: int) -> Sequence[int]:
        """Where a planned row stands."""
        return self._rows.get(row, ())

    def formula(self, text: str, planned: At, now: At) -> str:
        """A planned formula as it must read where its cell stands now. Raises Moved."""
        pieces = TEXT.split(text)
        return "".join(
            piece if piece.startswith('"') else self._translated(piece, planned, now)
            for piece in pieces
        )

    def _translated(self, piece: str, planned: At, now: At) -> str:
        def one(found: re.Match[str]) -> str:
            row, col = corner(f"{found[2]}{found[4]}")
            new_row = now[0] if row == planned[0] else _only(self._rows.get(row, ()))
            new_col = now[1] if col == planned[1] else _only(self._cols.get(col, ()))
            return address(new_row, new_col, fixed_col=bool(found[1]), fixed_row=bool(found[3]))

        if "!" in piece:
            raise Moved
        return REFERENCE.sub(one, piece)


def _standing(
    planned: Mapping[str, int], found: Mapping[str, Sequence[int]]
) -> dict[int, list[int]]:
    return {at: [one - 1 for one in found.get(key, ())] for key, at in planned.items()}


def _only(places: Sequence[int]) -> int:
    if len(places) != 1:
        raise Moved
    return places[0]
