"""What people typed in the workbook before, put by key into the one that takes its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.keyed import col_keys, row_keys
from workbook_builder.plan.model import (
    Cell,
    Content,
    Note,
    RichText,
    Run,
    Sheet,
    Workbook,
    all_cells,
)
from workbook_builder.plan.slots import (
    BESIDE,
    COMMENT,
    HEIGHT,
    INPUT,
    MANUAL,
    NOTE,
    REASON,
    STATUS,
    Slots,
)

LONGEST_NOTE = 30_000


@dataclass(frozen=True)
class Carried:
    """The workbook with what could be carried, and the records that could not."""

    workbook: Workbook
    left: tuple[TypedRecord, ...]


@dataclass
class _Changes:
    """What is to be changed on one sheet."""

    contents: dict[tuple[int, int], Content] = field(default_factory=dict)
    notes: dict[tuple[int, int], list[TypedRecord]] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)


def carry(workbook: Workbook, typed: Iterable[TypedRecord], slots: Slots) -> Carried:
    """Put every record in its place; those without one, and formulas typed over, are left."""
    places = _Places(workbook, slots)
    changes: dict[str, _Changes] = {}
    left = []
    for record in typed:
        at = places.of(record)
        if at is None:
            left.append(record)
            continue
        if record.kind == INPUT and not places.takes(record, at):
            continue
        sheet, row, col = at
        change = changes.setdefault(sheet, _Changes())
        if record.kind in (NOTE, COMMENT):
            change.notes.setdefault((row, col), []).append(record)
        elif record.kind == HEIGHT:
            change.heights[row] = float(record.content)
        else:
            change.contents[row, col] = content_of(record)
    sheets = tuple(_changed(sheet, changes.get(sheet.key)) for sheet in workbook.sheets)
    return Carried(replace(workbook, sheets=sheets), tuple(left))


def content_of(record: TypedRecord) -> Content:
    """A typed record as the content of a cell: rich text, a number, or text.

    A percentage is a text, as it was shown; only a figure by hand is a number otherwise.
    """
    detail = json.loads(record.detail) if record.detail else {}
    if "runs" in detail:
        return RichText(tuple(_run(one) for one in detail["runs"]))
    percent = bool(detail.get("percent"))
    if record.kind != MANUAL and not percent:
        return record.content
    try:
        number = float(record.content)
    except ValueError:
        return record.content
    return f"{100 * number:.15g}%" if percent else number


def _run(one: Mapping[str, object]) -> Run:
    return Run(
        text=str(one.get("text", "")),
        bold=bool(one.get("bold")),
        italic=bool(one.get("italic")),
        underline=bool(one.get("underline")),
        strike=bool(one.get("strike")),
        colour=str(one.get("colour", "")),
    )


class _Places:
    """Where a record belongs in a workbook: the sheet's key, row and column."""

    def __init__(self, workbook: Workbook, slots: Slots) -> None:
        self._slots = slots
        self._inputs: dict[tuple[str, str], tuple[str, int, int]] = {}
        self._cells: dict[tuple[str, str], tuple[str, int, int]] = {}
        self._rows: dict[tuple[str, str], tuple[str, int]] = {}
        self._tabs: dict[str, tuple[str, ...]] = {}
        self._contents: dict[tuple[str, int, int], Content] = {}
        for sheet in workbook.sheets:
            self._learn(sheet)

    def of(self, record: TypedRecord) -> tuple[str, int, int] | None:
        if record.kind in (INPUT, MANUAL):
            return self._inputs.get((record.key, record.slot))
        slot = record.slot.partition(", comment ")[0] if record.kind == COMMENT else record.slot
        slot = self._slot_now(record, slot)
        if record.kind == HEIGHT:
            found = self._rows.get((record.key, slot))
            return (*found, 0) if found else None
        at = self._cells.get((record.key, slot))
        if record.kind in (NOTE, COMMENT):
            return at
        return at if record.kind == BESIDE and at not in self._contents else None

    def _slot_now(self, record: TypedRecord, slot: str) -> str:
        """The slot with the name of the tab to which a row has moved, or that its tab has now.

        A slot ends with the name of a sheet, which may have commas of its own.
        """
        tabs = self._tabs.get(record.key, ())
        if len(tabs) != 1 or (record.key, slot) in self._cells:
            return slot
        parts = slot.split(", ")
        for at in range(1, len(parts)):
            what, sheet = ", ".join(parts[:at]), ", ".join(parts[at:])
            moved = (record.key, f"{what}, {tabs[0]}")
            if (record.key, f"row, {sheet}") in self._rows:
                return slot
            if moved in self._cells or moved in self._rows:
                return moved[1]
        return slot

    def takes(self, record: TypedRecord, at: tuple[str, int, int]) -> bool:
        """Whether a cell for typing is to hold a record, where the judgement fills it too.

        Statuses by hand reach the grids through the judgement, and most reasons with them.
        """
        planned = self._contents.get(at)
        if record.slot == STATUS:
            return False
        return record.slot != REASON or planned in (None, "", record.content)

    def _learn(self, sheet: Sheet) -> None:
        if sheet.owned:
            return
        rows, cols = row_keys(sheet), col_keys(sheet)
        for row, key in rows.items():
            if sheet.key.startswith("tab"):
                self._tabs[key] = tuple(dict.fromkeys((*self._tabs.get(key, ()), sheet.name)))
            self._rows[key, f"row, {sheet.name}"] = (sheet.key, row)
            for col, column in cols.items():
                slot = f"{self._slots.of(key, column)}, {sheet.name}"
                self._cells[key, slot] = (sheet.key, row, col)
        self._contents |= {
            (sheet.key, one.row, one.col): one.content
            for one in all_cells(sheet.part)
            if one.content is not None
        }
        self._learn_inputs(sheet)

    def _learn_inputs(self, sheet: Sheet) -> None:
        spans = {name.name: name for name in sheet.part.names}
        texts = {(one.row, one.col): one.content for one in sheet.part.cells}
        for box in sheet.part.inputs:
            span = spans[box.name]
            row = span.row
            if box.codes:
                codes = spans[box.codes]
                among = range(codes.row, codes.last_row + 1)
                found = [at for at in among if texts.get((at, codes.col)) == box.key]
                if not found:
                    continue
                row = found[0]
            self._inputs[box.key, box.slot] = (sheet.key, row, span.col)


def _changed(sheet: Sheet, change: _Changes | None) -> Sheet:
    if change is None:
        return sheet
    part = sheet.part
    known = {(cell.row, cell.col) for cell in part.cells}
    cells = [
        replace(cell, content=change.contents.get((cell.row, cell.col), cell.content))
        for cell in part.cells
    ]
    merges = []
    for merge in part.merges:
        at = (merge.cell.row, merge.cell.col)
        known.add(at)
        content = change.contents.get(at, merge.cell.content)
        merges.append(replace(merge, cell=replace(merge.cell, content=content)))
    cells += [
        Cell(row, col, content, "plain")
        for (row, col), content in change.contents.items()
        if (row, col) not in known
    ]
    notes = [_note(at, records) for at, records in change.notes.items()]
    heights = dict(part.heights) | change.heights
    return replace(
        sheet,
        part=replace(
            part,
            cells=tuple(cells),
            merges=tuple(merges),
            notes=(*part.notes, *notes),
            heights=tuple(sorted(heights.items())),
        ),
    )


def _note(at: tuple[int, int], records: list[TypedRecord]) -> Note:
    """One note for a cell; what was a thread of comments keeps authors and times in its text."""
    texts = []
    for record in records:
        said = record.content
        if record.kind == COMMENT:
            when = f", {record.written[:16].replace('T', ' ')}" if record.written else ""
            said = f"{record.author}{when}: {said}"
        texts.append(said)
    author = records[0].author if records[0].kind == NOTE else ""
    return Note(*at, "\n\n".join(texts)[:LONGEST_NOTE], author)
