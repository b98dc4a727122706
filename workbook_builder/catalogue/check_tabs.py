"""What has to fit between indicators and the sheets of the scorecard."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Draft
from workbook_builder.catalogue.model import Settings
from workbook_builder.catalogue.words import HOMES
from workbook_builder.errors import Fault, Place

# Sheets that every workbook has, and History, a name that Excel keeps for itself.
RESERVED = (
    "Figures",
    "Definitions",
    "Notes",
    "Judgement",
    "Chart data",
    "Log",
    "Manual figures",
    "Data quality",
    "Sentences",
    "History",
)

_FILE = "scorecard.toml"


def check_tabs(draft: Draft) -> Iterator[Fault]:
    """Faults of sheet names and of what stands on the tabs."""
    if draft.settings is None:
        return
    yield from _names(draft.settings, draft.readable("front"))
    yield from _grids(draft.settings)
    if draft.readable("tab"):
        yield from _on_no_tab(draft, draft.settings)


def _names(settings: Settings, front_is_sure: bool) -> Iterator[Fault]:
    """Sheet names are unique in Excel, whatever their capitals."""
    taken = {name.casefold(): f'The workbook has a sheet "{name}" of its own' for name in RESERVED}
    if front_is_sure:
        front = settings.front.name
        if front.casefold() in taken:
            place = Place(_FILE, field="front: name")
            yield _taken(taken[front.casefold()], place)
        taken[front.casefold()] = f'The front sheet is called "{front}"'
    for number, tab in enumerate(settings.tabs, 1):
        if tab.name.casefold() in taken:
            place = Place(_FILE, tab.name, field="name")
            yield _taken(taken[tab.name.casefold()], place)
        taken.setdefault(tab.name.casefold(), f'Tab {number} is called "{tab.name}"')


def _taken(by: str, place: Place) -> Fault:
    what = f"{by}, and capitals make no difference."
    return Fault(Code.SHEET_NAME, what, place, fix="Choose another name.")


def _grids(settings: Settings) -> Iterator[Fault]:
    """An indicator has one line in one grid, panel or card; other blocks may show it again."""
    first: dict[str, str] = {}
    for tab in settings.tabs:
        for number, block in enumerate(tab.blocks, 1):
            if block.type not in HOMES:
                continue
            for code in block.indicators:
                here = f'{block.type}: block {number} of "{tab.name}"'
                if code in first:
                    what = f'The indicator "{code}" is already in a {first[code]}.'
                    place = Place(_FILE, tab.name, field=f"block {number}: indicators")
                    yield Fault(Code.IN_TWO_GRIDS, what, place)
                first.setdefault(code, here)


def _on_no_tab(draft: Draft, settings: Settings) -> Iterator[Fault]:
    """Indicators that are in use in the report month but would be seen nowhere."""
    shown = {code for tab in settings.tabs for block in tab.blocks for code in block.indicators}
    sure = draft.readable("report_month")
    for entry in draft.indicators:
        if entry.item.code in shown or (sure and not entry.item.in_use(settings.report_month)):
            continue
        what = f'The indicator "{entry.item.code}" is on no tab.'
        fix = 'Name it in the "indicators" of a [[tab.block]] in scorecard.toml.'
        yield Fault(Code.ON_NO_TAB, what, entry.place, fix=fix)
