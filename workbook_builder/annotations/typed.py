"""What people typed, as records known by key: indicator or box, and what the cell is about."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from workbook_builder.annotations.comments import threaded_comments
from workbook_builder.annotations.drawings import CHART, drawings, spoken
from workbook_builder.annotations.keyed_sheet import KeyedSheet, is_thread, note_text
from workbook_builder.annotations.opened import Area, Opened
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.addresses import cell as address
from workbook_builder.plan.keyed import COLUMNS, OWNED, ROWS
from workbook_builder.plan.slots import (
    COMMENT,
    DRAWN,
    NOTE,
    SHEET,
    Slots,
)
from workbook_builder.plan.structure import Inventory

MOST_CELLS = 5_000


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def keyed_sheets(
    opened: Opened, inventory: Inventory | None, slots: Slots
) -> dict[int, KeyedSheet]:
    """Our sheets in which people work, by their numbers; those that lost their keys left out."""
    found = {}
    for number, sheet in (inventory.sheets if inventory else {}).items():
        rows, columns = opened.area(f"{ROWS}_{number}"), opened.area(f"{COLUMNS}_{number}")
        if rows is not None and columns is not None:
            found[number] = KeyedSheet(opened, slots, sheet, rows, columns)
    return found


def read_typed(
    opened: Opened, inventory: Inventory | None, slots: Slots, keyed: Mapping[int, KeyedSheet]
) -> tuple[TypedRecord, ...]:
    """Everything that people typed into a workbook."""
    reading = _Reading(opened, inventory or Inventory({}), slots, keyed)
    return tuple(_told_apart(reading.records()))


def _told_apart(records: Iterable[TypedRecord]) -> Iterator[TypedRecord]:
    """Where a person copied a row, two cells have one key; neither may hide the other."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for record in records:
        seen[record.identity] += 1
        count = seen[record.identity]
        yield record if count == 1 else replace(record, slot=f"{record.slot} #{count}")


@dataclass(frozen=True)
class _Reading:
    opened: Opened
    inventory: Inventory
    slots: Slots
    keyed: Mapping[int, KeyedSheet]

    def records(self) -> Iterator[TypedRecord]:
        ours: set[str] = set()
        for keyed in self.keyed.values():
            ours.add(keyed.title)
            yield from keyed.records()
        ours |= {area.sheet for area in self._owned().values()}
        yield from self._figure_notes()
        yield from self._comments()
        drawn = drawings(self.opened.path) if self.inventory.sheets else {}
        yield from self._drawn(drawn)
        for sheet in self.opened.book.worksheets:
            if sheet.title not in ours and self.inventory.sheets:
                yield self._added(sheet, drawn.get(sheet.title, Counter()))

    @cached_property
    def by_title(self) -> dict[str, KeyedSheet]:
        return {one.title: one for one in self.keyed.values()}

    def record(self, **values: str) -> TypedRecord:
        return TypedRecord(month=str(self.slots.month), **values)

    def _owned(self) -> dict[str, Area]:
        areas = {
            name: self.opened.area(name)
            for name in self.opened.names
            if name.startswith(f"{OWNED}_")
        }
        return {name: area for name, area in areas.items() if area is not None}

    def _figure_notes(self) -> Iterator[TypedRecord]:
        """Notes on the sheets that a refresh writes; on Figures by series and period."""
        for name, area in self._owned().items():
            sheet = self.opened.sheet(area.sheet)
            for row in sheet.iter_rows():
                for one in row:
                    if one.comment is not None and not is_thread(one.comment):
                        key, slot = self._place(name, one.row, one.column)
                        yield self.record(
                            key=key,
                            slot=slot,
                            kind=NOTE,
                            content=note_text(one.comment),
                            sheet=sheet.title,
                            cell=one.coordinate,
                            author=str(one.comment.author or ""),
                        )

    def _place(self, name: str, row: int, col: int) -> tuple[str, str]:
        key, periods = self.opened.area("fig_key"), self.opened.area("fig_period")
        for block in ("value", "numerator", "denominator"):
            area = self.opened.area(f"fig_{block}")
            if name != f"{OWNED}_figures" or area is None or key is None or periods is None:
                continue
            inside = area.row <= row <= area.last_row and area.col <= col <= area.last_col
            if inside:
                sheet = self.opened.sheet(area.sheet)
                series = sheet.cell(key.row + row - area.row, key.col).value
                period = sheet.cell(periods.row, col).value
                if series and period:
                    code, _, breakdown = str(series).partition("|")
                    of = f" ({breakdown})" if breakdown else ""
                    return code, f"{period}, {block}{of}, Figures"
        return name.removeprefix(f"{OWNED}_"), f"cell {address(row - 1, col - 1)}"

    def _comments(self) -> Iterator[TypedRecord]:
        for one in threaded_comments(self.opened.path):
            cell = self.opened.sheet(one.sheet)[one.cell]
            keyed = self.by_title.get(one.sheet)
            key, slot = self._of_comment(keyed, cell)
            yield self.record(
                key=key,
                slot=f"{slot}, comment {one.number}",
                kind=COMMENT,
                content=one.text,
                detail=json.dumps({"reply": one.reply}),
                sheet=one.sheet,
                cell=one.cell,
                author=one.author,
                written=one.written,
            )

    def _of_comment(self, keyed: KeyedSheet | None, cell: Any) -> tuple[str, str]:
        """What a commented cell is about: on our sheets by key, elsewhere its address."""
        title = cell.parent.title
        if keyed is not None:
            return keyed.at(cell.row, cell.column)
        owned = [name for name, area in self._owned().items() if area.sheet == title]
        if owned:
            return self._place(owned[0], cell.row, cell.column)
        return title, cell.coordinate

    def _drawn(self, drawn: Mapping[str, Counter[str]]) -> Iterator[TypedRecord]:
        """Drawings on our sheets beyond the charts that we put there."""
        for keyed in self.keyed.values():
            counts = Counter(drawn.get(keyed.title, {}))
            counts[CHART] -= len(keyed.inventory.charts)
            if not keyed.inventory.geometry:
                # It is not known which charts are ours.
                del counts[CHART]
            said = spoken(counts)
            if said:
                yield self.record(
                    key=keyed.inventory.name,
                    slot="drawings",
                    kind=DRAWN,
                    content=said,
                    sheet=keyed.title,
                )

    def _added(self, sheet: Any, drawn: Counter[str]) -> TypedRecord:
        cells = {
            one.coordinate: str(one.value)
            for row in sheet.iter_rows()
            for one in row
            if one.value is not None
        }
        kept = dict(list(cells.items())[:MOST_CELLS])
        return self.record(
            key=sheet.title,
            slot="sheet",
            kind=SHEET,
            content=", ".join(filter(None, (_cells(len(cells)), spoken(drawn)))),
            detail=json.dumps(kept, ensure_ascii=False),
            sheet=sheet.title,
        )
