"""What a copy for the next month has to know of the book that was read; annotations gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.blocks import Block


class FoundSheet(Protocol):
    """One of our sheets in which people work. Rows and columns count from 1.

    rows_of and columns_of say where the rows and columns of each key stand now, inputs the key and
    slot of each cell made for typing.
    """

    @property
    def title(self) -> str: ...

    @property
    def key_col(self) -> int: ...

    @property
    def rows_of(self) -> Mapping[str, Sequence[int]]: ...

    @property
    def columns_of(self) -> Mapping[str, Sequence[int]]: ...

    @property
    def inputs(self) -> Mapping[tuple[int, int], tuple[str, str]]: ...

    def our_formulas(self) -> Iterator[tuple[int, int, str, str]]:
        """Row, column and both keys of every formula that is still ours."""

    def our_texts(self) -> Iterator[tuple[int, int, str, str]]:
        """The same of texts and numbers."""


class FoundBook(Protocol):
    """A book that was read: its sheets by their numbers, and what people typed."""

    @property
    def keyed(self) -> Mapping[int, FoundSheet]: ...

    @property
    def typed(self) -> tuple[TypedRecord, ...]: ...

    @property
    def owned(self) -> Mapping[str, Block]: ...
