"""Rows of words on pages: a table stays whole, a long one goes on under its heading and head."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from workbook_builder.plan.written_rows import RowKind, WrittenRow

EMPTY = WrittenRow(RowKind.PLAIN, ())
HEADINGS = (RowKind.HEADING, RowKind.SUBHEADING)
# A table taller than this part of a page may be divided, so many rows at least before the end.
WHOLE, LEAST = 0.6, 3


@dataclass
class Pages:
    """The rows laid on pages so far, and the numbers of rows before which a page ends.

    room is the height of a page in points, and height gives that of a row.
    """

    room: float
    height: Callable[[WrittenRow], float]
    rows: list[WrittenRow] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    used: float = 0.0

    def add(self, rows: Sequence[WrittenRow]) -> None:
        """Lay rows down; a block begins with each heading that an empty row comes before."""
        for block in _blocks(rows):
            if self.used + self._tall(block) > self.room and not self._may_begin(block):
                self._end()
            self._lay(block)

    def _may_begin(self, block: Sequence[WrittenRow]) -> bool:
        """Whether a long table may begin on this page and go on over the next."""
        at = [number for number, row in enumerate(block) if row.kind is RowKind.ROW]
        if self._tall(block) <= self.room * WHOLE or len(at) <= LEAST:
            return not self.used
        return self.used + self._tall(block[: at[LEAST - 1] + 1]) <= self.room

    def _lay(self, block: Sequence[WrittenRow]) -> None:
        heading, head = EMPTY, EMPTY
        for row in block:
            if row.kind in HEADINGS:
                heading = row
            elif row.kind is RowKind.HEAD:
                head = row
            elif row.kind is RowKind.ROW and self.used + self.height(row) > self.room:
                self._put(EMPTY)
                self._end()
                self._put(WrittenRow(heading.kind, (f"{heading.texts[0]}, continued",)))
                self._put(head)
            self._put(row)

    def _put(self, row: WrittenRow) -> None:
        self.rows.append(row)
        self.used += self.height(row)

    def _end(self) -> None:
        if self.rows:
            self.breaks.append(len(self.rows))
        self.used = 0.0

    def _tall(self, block: Sequence[WrittenRow]) -> float:
        """The height of a block, without the empty rows at its end."""
        last = max((at for at, row in enumerate(block) if row != EMPTY), default=-1)
        return sum(self.height(row) for row in block[: last + 1])


def _blocks(rows: Sequence[WrittenRow]) -> Iterator[list[WrittenRow]]:
    block: list[WrittenRow] = []
    for row in rows:
        if row.kind in HEADINGS and block and block[-1] == EMPTY:
            yield block
            block = []
        block.append(row)
    if block:
        yield block
