"""What a block is handed: the scorecard's layout, the tab, and where on it the block begins."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.model import Block, Tab
from workbook_builder.plan.addresses import name_for
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.tab_columns import TabColumns
from workbook_builder.scorecard import Line, Scorecard


@dataclass(frozen=True)
class BlockPlace:
    """One block's place on one tab."""

    layout: Layout
    tab: Tab
    tab_number: int
    number: int
    top: int
    columns: TabColumns

    @property
    def scorecard(self) -> Scorecard:
        return self.layout.scorecard

    def lines(self, block: Block) -> tuple[Line, ...]:
        """The lines of the block's indicators, in its order."""
        return tuple(self.scorecard.line(code) for code in block.indicators)

    def row_name(self, line: Line) -> str:
        """The name of a line's row here; of its place in this block where a grid has its row."""
        grids = [block for tab in self.scorecard.catalogue.settings.tabs for block in tab.blocks]
        in_grid = any(b.type == "grid" and line.code in b.indicators for b in grids)
        where = f"block_{self.tab_number}_{self.number}"
        return name_for(where, line.code) if in_grid else row_name(line.code)


def row_name(code: str) -> str:
    """The name of an indicator's row on its tab."""
    return name_for("row", code)


def front_name(code: str) -> str:
    """The name of an indicator's row on the front sheet."""
    return name_for("front", code)
