"""What a block is handed: the scorecard's layout, the tab, and where on it the block begins."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.model import Block, Catalogue, Tab
from workbook_builder.catalogue.words import HOMES
from workbook_builder.plan.addresses import name_for
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.tab_columns import TabColumns
from workbook_builder.scorecard import Line, Scorecard

# Blocks that show an indicator as a drawing or in sentences and have no row for it.
DRAWN = ("charts", "highlights", "contents")


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
        """The name of a line's row here, which links lead to where this block is its home."""
        if home_of(self.scorecard.catalogue, line.code) == (self.tab_number, self.number):
            return row_name(line.code)
        return name_for(f"block_{self.tab_number}_{self.number}", line.code)


def home_of(catalogue: Catalogue, code: str) -> tuple[int, int] | None:
    """Tab and block in which an indicator has its own row, status by hand included.

    Without such a block that is the first one that shows its figures.
    """
    places = [
        (block.type, (tab_number, number))
        for tab_number, tab in enumerate(catalogue.settings.tabs, start=1)
        for number, block in enumerate(tab.blocks, start=1)
        if code in block.indicators and block.type not in DRAWN
    ]
    homes = [place for kind, place in places if kind in HOMES]
    return next(iter([*homes, *(place for _, place in places)]), None)


def row_name(code: str) -> str:
    """The name of an indicator's row on its tab."""
    return name_for("row", code)


def front_name(code: str) -> str:
    """The name of an indicator's row on the front sheet."""
    return name_for("front", code)
