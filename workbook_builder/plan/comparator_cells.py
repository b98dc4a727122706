"""A comparator's latest figure and the period that it is for, which differ from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.lookup import Lookup
from workbook_builder.plan.model import Content, Formula


@dataclass(frozen=True)
class ComparatorCells:
    """What cells say of the comparator whose series a lookup is about."""

    lookup: Lookup

    def value(self, none: str) -> Content:
        """The latest figure; `none` where there is no such comparator."""
        if not self.lookup.there:
            return none
        return Formula(f"INDEX(fig_value,{self._row},{self._column})", self._latest[1])

    def label(self, said: str) -> Content:
        """Whose figure it is and for which period."""
        if not self.lookup.there:
            return said
        found = f"{text(said + ', ')}&INDEX(fig_label,{self._column})"
        return Formula(found, f"{said}, {self._latest[0]}")

    @property
    def _row(self) -> str:
        return cell(self.lookup.row, self.lookup.columns.figure_row, fixed_col=True)

    @property
    def _column(self) -> str:
        return f"INDEX(fig_latest,{self._row})"

    @property
    def _latest(self) -> tuple[str, float]:
        layout = self.lookup.layout
        row = layout.rows[layout.row_number(self.lookup.key) - 1]
        period = layout.latest(row)
        assert period is not None
        return period.label, float(layout.content(row, period))
