"""The actions block: what was agreed, who leads, by when, how it stands, and what came of it.

Every cell is for typing. Options: key, which tells the block's cells from all others and stays the
same for as long as the log is the same; and rows, how many actions it holds.
"""

from __future__ import annotations

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.plan.addresses import name_for
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.model import Cell, Choice, DefinedName, InputBox, Merge, Part
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.tab_columns import TabColumns

STATES = ("Open", "On track", "Delayed", "Done", "Closed")
ROW_HEIGHT, HEAD_HEIGHT = 44.0, 20.0
NEEDED = 12


class ActionsOptions(Definition):
    """What an action log may set beyond its heading."""

    key: str = Field(pattern="^[a-z0-9][a-z0-9-]*$", max_length=40)
    rows: int = Field(default=5, ge=1, le=40)
    role: str = ""


def plan_actions(place: BlockPlace, block: Block) -> Part:
    """Plan the log as boxes in a row for each action."""
    options = ActionsOptions(**block.options)
    columns, row = place.columns, place.top
    cells = [
        Cell(row, columns.LABEL, block.heading or "Actions", "heading"),
        Cell(row, columns.last_printed, options.role, "role"),
    ]
    heights, keys = [(row, 24.0)], [(row, f"{ELSEWHERE}{options.key}|heading")]
    row += 1
    spans = _spans(columns)
    merges: list[Merge] = []
    for what, (first, last) in spans.items():
        head = Cell(row, first, what, "head")
        if last > first:
            merges.append(Merge(head, row, last))
        else:
            cells.append(head)
    heights.append((row, HEAD_HEIGHT))
    keys.append((row, f"{ELSEWHERE}{options.key}|head"))
    row += 1
    names, inputs, choices = [], [], []
    for number in range(1, options.rows + 1):
        for what, (first, last) in spans.items():
            slot = f"action {number} {what.lower()}"
            name = name_for("action", f"{options.key}/{slot}")
            box = Cell(row, first, None, "box")
            if last > first:
                merges.append(Merge(box, row, last))
            else:
                cells.append(box)
            names.append(DefinedName(name, row, first, row, last))
            inputs.append(InputBox(options.key, slot, name))
        choices.append(
            Choice(row, spans["Status"][0], STATES, "Status", "An action stays until Closed.")
        )
        heights.append((row, ROW_HEIGHT))
        keys.append((row, f"{ELSEWHERE}{options.key}|action {number}"))
        row += 1
    return Part(
        row,
        tuple(cells),
        tuple(heights),
        merges=tuple(merges),
        names=tuple(names),
        inputs=tuple(inputs),
        choices=tuple(choices),
        row_keys=tuple(keys),
    )


def _spans(columns: TabColumns) -> dict[str, tuple[int, int]]:
    """First and last column of each part of an action."""
    start = columns.YEAR
    return {
        "Action": (columns.LABEL, columns.LABEL),
        "Lead role": (start, start + 2),
        "Due": (start + 3, start + 4),
        "Status": (start + 5, start + 6),
        "What was said and done": (start + 7, columns.last_printed),
    }
