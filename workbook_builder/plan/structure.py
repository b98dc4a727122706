"""What a workbook is made of, without its figures: whether a refresh can bring it up to date.

A refresh writes figures and nothing else, so everything that is not owned by it must already be
what the catalogue asks for: sheets, rows, formulas, texts, names, charts. What was said last month
is as it was when the workbook was made, so only its place counts. The inventory says it in
full, and is also what a person's changes are found against; the structure is a digest of it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from workbook_builder.plan.geometry import geometry_digest
from workbook_builder.plan.keyed import col_keys, row_keys
from workbook_builder.plan.last_month_row import STYLE as LAST_MONTH
from workbook_builder.plan.links import written_formula
from workbook_builder.plan.model import Cell, InputBox, Sheet, Workbook, all_cells

DIGITS = 16
AS_MADE = ("b", "")


@dataclass(frozen=True)
class Inventory:
    """The planned cells of a workbook by sheet, row key and column key.

    formulas and texts hold what stands in a cell at a (row key, column key); heights the planned
    height of a row in points by its key. Sheets are known by their number, as in rows_3.
    """

    sheets: dict[int, SheetInventory]


@dataclass(frozen=True)
class DrawnChart:
    """What a chart says in words: its alternative text, and the names of its series."""

    description: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class SheetInventory:
    """One sheet of an inventory.

    geometry is a digest of all that a copy for the next month keeps as it is; roles hold the style
    and number format of a cell, breaks the rows before which a page ends. Inventories of older
    versions have none of these, nor the charts.
    """

    key: str
    name: str
    formulas: dict[tuple[str, str], str]
    texts: dict[tuple[str, str], str]
    heights: dict[str, float]
    rows: dict[str, int]
    columns: dict[str, int]
    inputs: tuple[InputBox, ...]
    geometry: str = ""
    roles: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    breaks: tuple[int, ...] = ()
    charts: tuple[DrawnChart, ...] = ()


def structure_digest(workbook: Workbook) -> str:
    """What must be alike in a workbook and a plan for a refresh to do."""
    return _digest(json.dumps([_shape(sheet) for sheet in workbook.sheets], sort_keys=True))


def sheet_digests(workbook: Workbook) -> dict[str, str]:
    """The same sheet by sheet, so that a message can say which ones changed."""
    return {sheet.name: _digest(json.dumps(_shape(sheet))) for sheet in workbook.sheets}


def inventory_text(workbook: Workbook) -> str:
    """The inventory as canonical JSON, with each sheet's digest."""
    digests = sheet_digests(workbook)
    sheets = {
        str(number): {**_cells(sheet), "digest": digests[sheet.name]}
        for number, sheet in enumerate(workbook.sheets, start=1)
        if not sheet.owned
    }
    return json.dumps({"sheets": sheets, "digests": digests}, sort_keys=True, ensure_ascii=False)


def inventory_digest(text: str) -> str:
    """The name under which an inventory is kept."""
    return _digest(text)


def read_inventory(text: str) -> Inventory:
    """The inventory that inventory_text wrote."""
    sheets = {}
    for number, one in json.loads(text)["sheets"].items():
        cells = [(row, col, kind, said) for row, col, kind, said, *_ in one["cells"]]
        styles = [(style, number) for style, number in one.get("styles", ())]
        sheets[int(number)] = SheetInventory(
            key=one["key"],
            name=one["name"],
            formulas={(r, c): said for r, c, kind, said in cells if kind == "f"},
            texts={(r, c): said for r, c, kind, said in cells if kind == "t" and said},
            heights=one["heights"],
            rows=one["rows"],
            columns=one["columns"],
            inputs=tuple(InputBox(*box) for box in one["inputs"]),
            geometry=one.get("geometry", ""),
            roles={(r, c): styles[role] for r, c, _, _, *held in one["cells"] for role in held},
            breaks=tuple(one.get("breaks", ())),
            charts=tuple(DrawnChart(said, tuple(held)) for said, held in one.get("charts", ())),
        )
    return Inventory(sheets)


def inputs_only(inventory: Inventory) -> Inventory:
    """The cells made for typing, and nothing that a workbook of another making would differ in."""
    sheets = {
        number: replace(sheet, formulas={}, texts={}, heights={}, rows={}, geometry="")
        for number, sheet in inventory.sheets.items()
    }
    return Inventory(sheets)


def read_digests(text: str) -> dict[str, str]:
    """The digest of each sheet by its name, from an inventory."""
    digests: dict[str, str] = json.loads(text)["digests"]
    return digests


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _shape(sheet: Sheet) -> dict[str, Any]:
    part = sheet.part
    shape: dict[str, Any] = {
        "key": sheet.key,
        "name": sheet.name,
        "names": sorted((n.name, n.row, n.col, n.last_row, n.last_col) for n in part.names),
    }
    if sheet.owned:
        return shape
    given = given_cells(sheet)
    return shape | {
        "cells": [
            (cell.row, cell.col, *(AS_MADE if cell.style == LAST_MONTH else _said(cell)))
            for cell in all_cells(part)
            if (cell.row, cell.col) not in given
        ],
        "merges": [(m.cell.row, m.cell.col, m.last_row, m.last_col) for m in part.merges],
        "conditions": [repr(one) for one in part.conditions],
        "choices": [repr(one) for one in part.choices],
        "inputs": [(one.key, one.slot, one.name, one.codes) for one in part.inputs],
        "charts": [repr(one) for one in part.charts],
    }


def given_cells(sheet: Sheet) -> set[tuple[int, int]]:
    """Cells in which people type; what a build puts there for a start is theirs from then on."""
    spans = {name.name: name for name in sheet.part.names}
    found: set[tuple[int, int]] = set()
    for box in sheet.part.inputs:
        span = spans[box.name]
        rows, cols = range(span.row, span.last_row + 1), range(span.col, span.last_col + 1)
        found |= {(row, col) for row in rows for col in cols}
    heads = {(cell.row, cell.col) for cell in sheet.part.cells if cell.style == "helper head"}
    return found - heads


def _said(cell: Cell) -> tuple[str, str]:
    formula = written_formula(cell)
    if formula is not None:
        return "f", formula
    return ("b", "") if cell.content is None else ("t", str(cell.content))


def said_by_place(sheet: Sheet) -> dict[tuple[int, int], tuple[Cell, str, str]]:
    """Every cell of ours by row and column: the cell, its kind ("f", "t", "b") and what it says.

    Cells in which people type and the hidden keys are left out. Where a merged box lies over a
    cell, the one that says something counts.
    """
    rows, cols, given = row_keys(sheet), col_keys(sheet), given_cells(sheet)
    found: dict[tuple[int, int], tuple[Cell, str, str]] = {}
    for cell in all_cells(sheet.part):
        at = (cell.row, cell.col)
        if at in given or cell.row not in rows or cell.col not in cols:
            continue
        if cell.row == sheet.key_row or cell.col == sheet.key_col:
            continue
        kind, said = _said(cell)
        if said or at not in found:
            found[at] = (cell, kind, said)
    return found


def _cells(sheet: Sheet) -> dict[str, Any]:
    rows, cols = row_keys(sheet), col_keys(sheet)
    styles: dict[tuple[str, str], int] = {}
    cells = []
    for (row, col), (cell, kind, said) in said_by_place(sheet).items():
        role = styles.setdefault((cell.style, cell.number_format), len(styles))
        cells.append((rows[row], cols[col], kind, said, role))
    return {
        "key": sheet.key,
        "name": sheet.name,
        "cells": cells,
        "heights": {rows[row]: height for row, height in sheet.part.heights if row in rows},
        "rows": {key: row for row, key in rows.items()},
        "columns": {key: col for col, key in cols.items()},
        "inputs": [(one.key, one.slot, one.name, one.codes) for one in sheet.part.inputs],
        "geometry": geometry_digest(sheet),
        "styles": list(styles),
        "breaks": sheet.breaks,
        "charts": [
            (one.description, [series.name for series in one.series]) for one in sheet.part.charts
        ],
    }
