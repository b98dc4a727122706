"""Cells that look up one series of the Figures sheet, by the key that stands in their row."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import Cell, Content, Formula
from workbook_builder.plan.tab_columns import TabColumns
from workbook_builder.values import Symbol, Value, is_number

HIDDEN = Symbol.CONFIDENTIAL.shown
VALUE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"


def given_or_withheld(value: Value | None) -> bool:
    """Whether a cell has a number, or says that there is one to be withheld."""
    return is_number(value) or value == HIDDEN


def is_given_or_withheld(ref: str) -> str:
    """The same as a formula about a reference."""
    return f'OR(ISNUMBER({ref}),{ref}="{HIDDEN}")'


@dataclass(frozen=True)
class Lookup:
    """One row of a tab that is about one series, whose key is in the row's code column.

    Where the Figures sheet has no such series, every cell of it is empty.
    """

    layout: Layout
    columns: TabColumns
    row: int
    key: str

    @property
    def there(self) -> bool:
        return self.layout.has_row(self.key)

    def helpers(self) -> list[Cell]:
        """The key and, found by it, the row on the Figures sheet."""
        if not self.there:
            return []
        code = cell(self.row, self.columns.code, fixed_col=True)
        match = Formula(f"MATCH({code},fig_key,0)", self.layout.row_number(self.key))
        return [
            Cell(self.row, self.columns.code, self.key, "helper"),
            Cell(self.row, self.columns.figure_row, match, "helper"),
        ]

    def found(self, role: str, part: str = VALUE) -> str:
        """The formula that finds the figure; for use inside another."""
        at = cell(self.row, self.columns.figure_row, fixed_col=True)
        return f"INDEX(fig_{part},{at},at_{role})"

    def held(self, role: str, part: str = VALUE) -> float | str:
        """What that formula gives; an empty text where nothing stands."""
        if not self.there or role not in self.layout.roles:
            return ""
        return self.layout.part(self.key, role, part)

    def content(self, role: str, part: str = VALUE, blank: bool = False) -> Content:
        """The figure, with what is not there as an empty text rather than as 0.

        With `blank` a figure that was not supplied shows nothing, as printed tables leave it; where
        only its count was, that stands in brackets.
        """
        if not self.there or role not in self.layout.roles:
            return None
        found, value = self.found(role, part), self.held(role, part)
        missing = Symbol.NOT_AVAILABLE.shown
        if blank:
            count, held = self.found(role, NUMERATOR), self.held(role, NUMERATOR)
            counted = f'IF(ISNUMBER({count}),"("&{count}&")","")'
            shown = value
            if value in ("", missing):
                shown = f"({held:.15g})" if isinstance(held, float) else ""
            return Formula(f'IF(OR({found}="",{found}="{missing}"),{counted},{found})', shown)
        return Formula(f'IF({found}="","",{found})', value)

    def cell(
        self,
        col: int,
        role: str,
        style: str = "number",
        number_format: str = "",
        part: str = VALUE,
        blank: bool = False,
    ) -> Cell:
        """The figure at a role in a column."""
        return Cell(self.row, col, self.content(role, part, blank), style, number_format)


def key_lookup(layout: Layout, key: str, role: str) -> Content:
    """A figure whose series the cell names itself, where every cell of a row is another series."""
    if role not in layout.roles:
        return None
    found = f"INDEX(fig_value,MATCH({text(key)},fig_key,0),at_{role})"
    value, missing = layout.part(key, role, VALUE), Symbol.NOT_AVAILABLE.shown
    shown = "" if value == missing else value
    return Formula(f'IF(OR({found}="",{found}="{missing}"),"",{found})', shown)
