"""Rolling forward: what was typed in one month's workbook, and what next month's has of it.

- A comment in a box stands under the empty box as last month's; one in a box that `becomes` another
  stands in that other box.
- An action goes along into the first free row of its log, unless it is closed. What is stuck on its
  cells goes along where it keeps its row.
- A status by hand and its reason stay with their month.
- A manual figure follows its period: the history gives it to every workbook that shows the period.
- A note, a thread, a text beside a table or over a cell of ours goes along where the cell has the
  same words next month. Where it holds a figure, a status or a comment, it stays with its month.
- Row heights, sheets of one's own and drawings go along.

Nothing here reads or writes a workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.actions import ActionsOptions
from workbook_builder.plan.carried import content_of
from workbook_builder.plan.commentary import CommentaryOptions
from workbook_builder.plan.last_month_row import ROW as LAST_MONTH_ROW
from workbook_builder.plan.slots import (
    BESIDE,
    COMMENT,
    ELSEWHERE,
    HEIGHT,
    INPUT,
    MANUAL,
    NOTE,
    OVER,
    REASON,
    STATUS,
)
from workbook_builder.plan.structure import Inventory, SheetInventory

CLOSED = "closed"
ACTION = re.compile(r"action (\d+) (.+)")
# Begins the slot of a cell that is about one month or quarter.
OF_PERIOD = re.compile(r"(month|quarter) \d{4}")
# Formulas that say the same every month: links, and the names of indicators.
ALWAYS = re.compile(r'HYPERLINK\("[^"]*",(INDEX\(judge_name,|")|INDEX\(judge_name,')
OFFICER = ("status by hand", REASON)
ON_CELLS = (NOTE, COMMENT, OVER, BESIDE)

Box = tuple[str, str]


@dataclass(frozen=True)
class Boxes:
    """The boxes that roll on in a way of their own.

    logs are the keys of action logs; becomes is the box in which the text of a box stands next.
    """

    logs: frozenset[str] = frozenset()
    becomes: Mapping[Box, Box] | None = None

    def next_of(self, box: Box) -> Box | None:
        """The box in which a box's text stands next month; none where it stands under its own."""
        return (self.becomes or {}).get(box)


@dataclass(frozen=True)
class Forward:
    """carried is typing of next month's workbook, stays that of the month that is over.

    said is neither: it stands under next month's boxes.
    """

    carried: tuple[TypedRecord, ...]
    said: tuple[TypedRecord, ...]
    stays: tuple[TypedRecord, ...]


def boxes_of(catalogue: Catalogue) -> Boxes:
    """What a scorecard's tabs say of its boxes."""
    blocks = [block for tab in catalogue.settings.tabs for block in tab.blocks]
    logs = [ActionsOptions(**b.options).key for b in blocks if b.type == "actions"]
    becomes = {}
    for one in (CommentaryOptions(**b.options) for b in blocks if b.type == "commentary"):
        for before, after in one.becomes.items():
            becomes[one.key, str(before)] = (one.key, str(after))
    return Boxes(frozenset(logs), becomes)


def roll_forward(
    typed: Iterable[TypedRecord], before: Inventory, after: Inventory, boxes: Boxes, month: str
) -> Forward:
    """Sort what was typed in the workbook `before` into what goes along to that of `month`."""
    held = tuple(typed)
    rows = open_actions(held, boxes)
    carried, said, stays = [], [], []
    for record in held:
        if record.kind == MANUAL:
            continue
        if _is_comment(record, boxes):
            said.append(record)
            continue
        place = _next_place(record, boxes, rows)
        if place is None or not _stands_still(record, before, after, boxes):
            stays.append(record)
            continue
        carried.append(replace(record, key=place[0], slot=place[1], month=month))
    return Forward(tuple(carried), tuple(said), tuple(stays))


def last_said(typed: Iterable[TypedRecord], boxes: Boxes) -> dict[Box, str]:
    """What was typed in each box for a comment, to stand under it in the next workbook."""
    return {
        (record.key, record.slot): record.content
        for record in typed
        if _is_comment(record, boxes) and record.content.strip()
    }


def left_behind(
    typed: Iterable[TypedRecord], here: Iterable[TypedRecord], boxes: Boxes
) -> tuple[TypedRecord, ...]:
    """What of a month's typing the next month's workbook never had.

    here is every version of what was ever typed in that one, what was carried included. So a text
    that changed, or an action that was added, after the next month was started is found too.
    """
    held = tuple(typed)
    known = {(*_somewhere(one, (one.key, one.slot), boxes), _shown(one)) for one in here}
    rows = open_actions(held, boxes)
    found = []
    for record in held:
        place = _next_place(record, boxes, rows)
        shown = record.kind in (MANUAL, HEIGHT) or _is_comment(record, boxes)
        if shown:
            continue
        if place is None or (*_somewhere(record, place, boxes), _shown(record)) not in known:
            found.append(record)
    return tuple(found)


def _somewhere(record: TypedRecord, place: Box, boxes: Boxes) -> tuple[str, str, str]:
    """Kind, key and slot; of an action without its number, which is another one later."""
    key, slot = place
    moves = _action(record, boxes)
    return record.kind, key, moves[1] if moves else slot


def _shown(record: TypedRecord) -> str:
    return str(content_of(record))


def open_actions(typed: Iterable[TypedRecord], boxes: Boxes) -> dict[tuple[str, int], int]:
    """The number that each open action has next month, by the key of its log and its number now."""
    states: dict[tuple[str, int], str] = {}
    for record in typed:
        found = _action(record, boxes)
        if found is None:
            continue
        number, what = found
        known = states.setdefault((record.key, number), "")
        if what == "status":
            states[record.key, number] = record.content.strip().casefold() or known
    rows: dict[tuple[str, int], int] = {}
    taken: dict[str, int] = {}
    for key, number in sorted(states):
        if states[key, number] != CLOSED:
            taken[key] = taken.get(key, 0) + 1
            rows[key, number] = taken[key]
    return rows


def _action(record: TypedRecord, boxes: Boxes) -> tuple[int, str] | None:
    """Number and part of an action in whose cell something was typed."""
    found = ACTION.fullmatch(record.slot)
    if record.kind != INPUT or record.key not in boxes.logs or not found:
        return None
    return int(found[1]), found[2]


def _is_comment(record: TypedRecord, boxes: Boxes) -> bool:
    """Whether a text is a comment on its month, to be shown in the next one as last month's.

    What is typed in a box that another box becomes, such as a review, was shown there already.
    """
    box = (record.key, record.slot)
    if record.kind != INPUT or record.slot in (STATUS, REASON) or record.key in boxes.logs:
        return False
    becomes = boxes.becomes or {}
    return box not in becomes and box not in becomes.values()


def _next_place(
    record: TypedRecord, boxes: Boxes, rows: Mapping[tuple[str, int], int]
) -> Box | None:
    """Key and slot of a record next month; None where it has no place then."""
    if record.kind == INPUT:
        found = _action(record, boxes)
        if found is None:
            return boxes.next_of((record.key, record.slot))
        number = rows.get((record.key, found[0]))
        return None if number is None else (record.key, f"action {number} {found[1]}")
    for log in boxes.logs:
        inside = re.fullmatch(rf"{re.escape(ELSEWHERE + log)}\|action (\d+)", record.key)
        if inside:
            keeps = rows.get((log, int(inside[1]))) == int(inside[1])
            return (record.key, record.slot) if keeps else None
    return record.key, record.slot


def _stands_still(record: TypedRecord, before: Inventory, after: Inventory, boxes: Boxes) -> bool:
    """Whether the cell of a note or text is about the same next month."""
    if record.kind == HEIGHT:
        return not record.key.endswith(f" {LAST_MONTH_ROW}")
    if record.kind not in ON_CELLS:
        return True
    column, sheet = cell_of(record)
    old, new = _sheet(before, sheet), _sheet(after, sheet)
    if old is None or column.startswith("cell "):
        return True
    if OF_PERIOD.match(column):
        return False
    columns = (column, column.replace("column ", "period_"))
    for at in ((record.key, one) for one in columns):
        if at in old.texts:
            return new is not None and new.texts.get(at) == old.texts[at]
        if at in old.formulas:
            return ALWAYS.match(old.formulas[at]) is not None
    return not _is_typed_in(record, column, old, boxes)


def cell_of(record: TypedRecord) -> Box:
    """What the column of a cell is about, and the sheet as it was planned."""
    slot = re.sub(r", comment \d+$", "", re.sub(r" #\d+$", "", record.slot))
    column, _, sheet = slot.partition(", ")
    return column, sheet


def _sheet(inventory: Inventory, name: str) -> SheetInventory | None:
    return next((one for one in inventory.sheets.values() if one.name == name), None)


def _is_typed_in(record: TypedRecord, column: str, sheet: SheetInventory, boxes: Boxes) -> bool:
    """Whether an empty cell is one for typing whose text does not stay, or one among figures."""
    if any(record.key.startswith(f"{ELSEWHERE}{log}|action ") for log in boxes.logs):
        return False
    in_boxes = {f"{one.key} {one.slot}" for one in sheet.inputs}
    last_month = record.key.endswith(f" {LAST_MONTH_ROW}")
    among = record.key.startswith(ELSEWHERE) or sheet.key == "manual"
    return among or last_month or column in OFFICER or record.key in in_boxes
