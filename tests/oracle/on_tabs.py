"""Where the figures of a scorecard stand on its tabs: read from the formulas, not from the code.

A cell is about the series whose key stands in its row's code column or in its formula, and about
the periods whose roles it looks up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbook_builder.plan.layout import Layout, build_layout
from workbook_builder.plan.model import Cell, Formula, Sheet
from workbook_builder.plan.registry import BLOCKS
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.scorecard import Scorecard

ROLE = re.compile(r"\bat_([a-z]+_\d+|fy\d+_[mq]\d+|ytd|full_year)\b")
WHOLE_KEY = re.compile(r'MATCH\("((?:[^"]|"")+)",fig_key,0\)')
ENDING = re.compile(r'&"(\|(?:[^"]|"")+)",fig_key,0\)')
LATEST = "INDEX(fig_latest"


@dataclass(frozen=True)
class Standing:
    """A cell of a tab, what it shows, and the head above it."""

    sheet: str
    row: int
    col: int
    value: float | str
    head: str
    label: str


@dataclass(frozen=True)
class OnTabs:
    """Every cell of the tabs that looks up a series: by key and role; and the sums, by code."""

    layout: Layout
    found: dict[tuple[str, str], list[Standing]]
    sums: dict[str, list[Standing]]

    def at(self, key: str, period_key: str) -> list[Standing]:
        """The cells that look up a series at a period."""
        roles = [role for role, held in self.layout.roles.items() if held.key == period_key]
        return [cell for role in roles for cell in self.found.get((key, role), [])]

    def latest(self, key: str) -> list[Standing]:
        """The cells that show the latest figure of a comparator."""
        return self.found.get((key, "latest"), [])


def on_tabs(scorecard: Scorecard) -> OnTabs:
    """Read the planned tabs of a scorecard."""
    tabs = scorecard.catalogue.settings.tabs
    asked = [
        role
        for tab in tabs
        for block in tab.blocks
        for role in BLOCKS[block.type].roles(block, scorecard)
    ]
    layout = build_layout(scorecard, None, asked)
    found: dict[tuple[str, str], list[Standing]] = {}
    sums: dict[str, list[Standing]] = {}
    for sheet in plan_workbook(scorecard).sheets:
        if not sheet.key.startswith("tab "):
            continue
        for about, standing in _looked_up(sheet):
            found.setdefault(about, []).append(standing)
        for code, standing in _summed(sheet):
            sums.setdefault(code, []).append(standing)
    return OnTabs(layout, found, sums)


def _looked_up(sheet: Sheet) -> Iterator[tuple[tuple[str, str], Standing]]:
    codes = _codes(sheet)
    for cell in sheet.part.cells:
        if not isinstance(cell.content, Formula) or "INDEX(fig_value" not in cell.content.text:
            continue
        said, code = cell.content.text, codes.get(cell.row, "")
        whole = set(WHOLE_KEY.findall(said))
        endings = {code + ending for ending in ENDING.findall(said)}
        keys = whole | endings | ({code} if "INDEX(fig_value,$" in said else set())
        roles = set(ROLE.findall(said)) or ({"latest"} if LATEST in said else set())
        for key in keys:
            for role in roles:
                yield (key, role), _standing(sheet, cell)


def _summed(sheet: Sheet) -> Iterator[tuple[str, Standing]]:
    keys = dict(sheet.part.row_keys)
    for cell in sheet.part.cells:
        key = keys.get(cell.row, "")
        if isinstance(cell.content, Formula) and "SUM(" in cell.content.text and key[:1] == "~":
            yield key[1:].partition("|")[0], _standing(sheet, cell)


def _codes(sheet: Sheet) -> dict[int, str]:
    """The series key in each row's code column."""
    heads = {
        cell.col
        for cell in sheet.part.cells
        if cell.style == "helper head" and cell.content in ("Indicator code", "Series")
    }
    return {
        cell.row: cell.content
        for cell in sheet.part.cells
        if cell.col in heads and cell.style == "helper" and isinstance(cell.content, str)
    }


def _standing(sheet: Sheet, cell: Cell) -> Standing:
    assert isinstance(cell.content, Formula)
    above = [
        one
        for one in sheet.part.cells
        if one.col == cell.col and one.row < cell.row and one.style.startswith("head")
    ]
    head = max(above, key=lambda one: one.row, default=None)
    label = next(
        (one for one in sheet.part.cells if one.row == cell.row and one.col == 1),
        None,
    )
    return Standing(
        sheet.name,
        cell.row,
        cell.col,
        cell.content.value,
        _said(head),
        _said(label),
    )


def _said(cell: Cell | None) -> str:
    if cell is None:
        return ""
    content = cell.content
    return str(content.value if isinstance(content, Formula) else content)
