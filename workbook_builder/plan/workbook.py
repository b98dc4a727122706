"""The whole workbook: front sheet, tabs, definitions, notes, and the sheets behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from workbook_builder.catalogue.model import Block, Tab
from workbook_builder.catalogue.words import HOMES
from workbook_builder.plan.buttons import with_buttons
from workbook_builder.plan.chart_data import Feed, build_feed, chart_data_sheet
from workbook_builder.plan.definitions import definitions_sheet
from workbook_builder.plan.figures import figures_sheet
from workbook_builder.plan.front import front_sheet
from workbook_builder.plan.judged_rows import hand_cells
from workbook_builder.plan.judgement_sheet import judgement_sheet
from workbook_builder.plan.judgement_steps import HandCells
from workbook_builder.plan.keyed import keyed
from workbook_builder.plan.last_month import NO_MONTH, LastMonth
from workbook_builder.plan.layout import Layout, Standing, build_layout
from workbook_builder.plan.links import without_dead_links
from workbook_builder.plan.log import LogLine, log_sheet
from workbook_builder.plan.manual import manual_sheet
from workbook_builder.plan.marks import with_marks
from workbook_builder.plan.model import Constant, Sheet, Workbook
from workbook_builder.plan.notes import NotesSaid, notes_sheet
from workbook_builder.plan.quality import quality_sheet
from workbook_builder.plan.registry import BLOCKS
from workbook_builder.plan.said import said_of
from workbook_builder.plan.sentences import sentences_sheet
from workbook_builder.plan.structure import inventory_digest, inventory_text, structure_digest
from workbook_builder.plan.tab import tab_sheet
from workbook_builder.scorecard import Line, Scorecard

# Raised when a sheet's structure changes in a way that a refresh cannot bridge.
LAYOUT_VERSION = "3"

# The names by which a workbook says whose it is, and what it was built from.
MARKER, MONTH, LAYOUT = "wb_scorecard", "wb_month", "wb_layout"
STRUCTURE, INVENTORY = "wb_structure", "wb_inventory"


@dataclass(frozen=True)
class Surroundings:
    """What a workbook holds besides the scorecard.

    standing, notes_rows, quality_rows and places are the room in a workbook that stands already,
    for a refresh. Buttons are for workbooks with macros and no part of the structure.
    """

    log: tuple[LogLine, ...] = ()
    last_refresh: str = ""
    notes: NotesSaid = field(default_factory=NotesSaid)
    standing: Standing | None = None
    notes_rows: int | None = None
    quality_rows: int | None = None
    places: tuple[str, ...] | None = None
    buttons: bool = False
    last_month: LastMonth = NO_MONTH


NOTHING = Surroundings()


def plan_workbook(scorecard: Scorecard, around: Surroundings = NOTHING) -> Workbook:
    """Describe the workbook of a scorecard. Raises NoRoom where a standing one has none."""
    return draft_workbook(scorecard, around).within(around)


def draft_workbook(scorecard: Scorecard, around: Surroundings = NOTHING) -> Draft:
    """Plan the sheets of a workbook's own, of `around` for the room that stands only."""
    kinds = [(BLOCKS[block.type], block) for _, _, _, block in _blocks(scorecard)]
    asked = [role for kind, block in kinds for role in kind.roles(block, scorecard)]
    said = said_of(scorecard, around.places)
    layout = replace(
        build_layout(scorecard, around.standing, asked), said=said, last_month=around.last_month
    )
    others = [row for kind, block in kinds for row in kind.charted(block, scorecard)]
    feed = build_feed(layout, _charted(scorecard), others)
    quality = scorecard.extracts.quality
    return Draft(
        layout,
        before=(
            *map(with_marks, _tabs(layout, feed)),
            *filter(None, [manual_sheet(layout)]),
            definitions_sheet(layout),
            *([quality_sheet(layout, quality, around.quality_rows)] if quality else []),
        ),
        after=(
            *([sentences_sheet(said)] if said else []),
            judgement_sheet(layout, _hand_cells(scorecard)),
            chart_data_sheet(layout, feed),
            figures_sheet(layout),
        ),
    )


@dataclass(frozen=True)
class Draft:
    """A planned workbook but for what is told of its making: the front sheet, Notes and Log.

    A build needs the plan before it knows its own event, and again with it; the sheets before and
    after Notes and Log are the same in both.
    """

    layout: Layout
    before: tuple[Sheet, ...]
    after: tuple[Sheet, ...]

    def within(self, around: Surroundings = NOTHING) -> Workbook:
        """The whole workbook. `around` has the room that the draft was made for."""
        scorecard = self.layout.scorecard
        settings = scorecard.catalogue.settings
        sheets = (
            with_marks(front_sheet(self.layout, around.last_refresh)),
            *self.before,
            notes_sheet(self.layout, around.notes, around.notes_rows),
            log_sheet(around.log, around.last_refresh),
            *self.after,
        )
        made = settings.data_as_at or scorecard.month.last_day
        whole = without_dead_links(
            Workbook(
                title=f"{settings.title}, {scorecard.month.long_label}",
                subject=f"{settings.authority} children's social care performance",
                company=settings.authority,
                language="en-GB",
                made=dt.datetime(made.year, made.month, made.day),
                brand=settings.brand,
                sheets=sheets,
            )
        )
        finished = with_buttons(keyed(whole)) if around.buttons else keyed(whole)
        constants = (
            Constant(MARKER, settings.id),
            Constant(MONTH, str(scorecard.month)),
            Constant(LAYOUT, LAYOUT_VERSION),
            Constant(STRUCTURE, structure_digest(finished)),
            Constant(INVENTORY, inventory_digest(inventory_text(finished))),
        )
        return replace(finished, constants=constants)


def _tabs(layout: Layout, feed: Feed) -> Iterator[Sheet]:
    for number, tab in enumerate(layout.scorecard.catalogue.settings.tabs, start=1):
        yield tab_sheet(layout, tab, number, feed)


def _blocks(scorecard: Scorecard) -> Iterator[tuple[int, int, Tab, Block]]:
    for tab_number, tab in enumerate(scorecard.catalogue.settings.tabs, start=1):
        for number, block in enumerate(tab.blocks, start=1):
            yield tab_number, number, tab, block


def _charted(scorecard: Scorecard) -> list[Line]:
    return [
        scorecard.line(code)
        for _, _, _, block in _blocks(scorecard)
        if block.type == "charts" and not block.options.get("months")
        for code in block.indicators
    ]


def _hand_cells(scorecard: Scorecard) -> dict[str, HandCells]:
    """Which grid may hold the status by hand of each indicator."""
    return {
        code: hand_cells(tab_number, number)
        for tab_number, number, _, block in _blocks(scorecard)
        if block.type in HOMES
        for code in block.indicators
    }
