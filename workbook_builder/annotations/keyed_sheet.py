"""One of our sheets in which people work, its cells known by the keys of their rows and columns."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from workbook_builder.annotations.opened import Area, Opened
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.addresses import cell as address
from workbook_builder.plan.blocks import TEXT, plain_formula
from workbook_builder.plan.slots import BESIDE, ELSEWHERE, HEIGHT, INPUT, MANUAL, NOTE, OVER, Slots
from workbook_builder.plan.structure import SheetInventory

REFERENCES = re.compile(r"(?:'(?:[^']|'')+'!|[A-Z0-9_.]+!)?\$?[A-Z]{1,3}\$?\d+")
# Programs store heights in steps of their own.
HEIGHT_STEP = 0.8
# The key of the column in which a row's indicator stands for everybody to see.
CODE = "Indicator code"


def skeleton(formula: str) -> str:
    """A formula without its references, which move as rows and columns are inserted."""
    pieces = TEXT.split(plain_formula(formula.removeprefix("=")).replace("_XLFN.", ""))
    return "".join(
        piece if piece.startswith('"') else REFERENCES.sub("@", piece) for piece in pieces
    )


class KeyedSheet:
    """One of our sheets in which people work, its rows and columns known by their keys."""

    def __init__(
        self, opened: Opened, slots: Slots, inventory: SheetInventory, rows: Area, columns: Area
    ) -> None:
        self.opened, self.slots, self.inventory = opened, slots, inventory
        self.title = rows.sheet
        self.sheet = opened.sheet(rows.sheet)
        self.key_col, self.key_row = rows.col, columns.row
        self.rows = {
            row: str(self.sheet.cell(row, rows.col).value)
            for row in range(rows.row, rows.last_row + 1)
            if self.sheet.cell(row, rows.col).value is not None
        }
        self.columns = {
            col: str(self.sheet.cell(columns.row, col).value)
            for col in range(columns.col, columns.last_col + 1)
            if self.sheet.cell(columns.row, col).value is not None
        }
        self.rows |= self._rows_by_code()
        self.inputs = dict(self._inputs())

    def _rows_by_code(self) -> dict[int, str]:
        """Rows in which an indicator's code stands: somebody may have sorted what can be seen.

        The hidden keys stay behind then, and the code says what the row is about. In a panel or
        card many rows have the code of one indicator: those are told apart by their keys alone.
        """
        found = {}
        known = set(self.rows.values())
        for col in [col for col, key in self.columns.items() if key == CODE]:
            for row, hidden in self.rows.items():
                if hidden.startswith(ELSEWHERE):
                    continue
                code = str(self.sheet.cell(row, col).value)
                key = f"{code.partition('|')[0]}|target" if "|@" in code else code
                if key in known:
                    found[row] = key
        return found

    def record(self, **values: str) -> TypedRecord:
        return TypedRecord(month=str(self.slots.month), **values)

    def at(self, row: int, col: int) -> tuple[str, str]:
        """Key and slot of a cell; where it is in nobody's row or column, its address."""
        key, column = self.rows.get(row), self.columns.get(col)
        if key is None or column is None:
            where = f"cell {address(row - 1, col - 1)}"
            return key or self.inventory.name, f"{where}, {self.inventory.name}"
        return key, f"{self.slots.of(key, column)}, {self.inventory.name}"

    def records(self) -> Iterator[TypedRecord]:
        yield from self._entries()
        for row in self.sheet.iter_rows():
            for one in row:
                if one.row == self.key_row or one.column == self.key_col:
                    continue
                if one.comment is not None and not is_thread(one.comment):
                    yield self._record(
                        one, NOTE, note_text(one.comment), author=str(one.comment.author or "")
                    )
                if (one.row, one.column) not in self.inputs:
                    yield from self._changed(one)
        yield from self._heights()

    def _inputs(self) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
        """The cells made for typing, with key and slot of each."""
        opened = self.opened
        for box in self.inventory.inputs:
            area = opened.area(box.name)
            if area is None or area.sheet != self.title:
                continue
            if not box.codes:
                yield (area.row, area.col), (box.key, box.slot)
                continue
            codes = opened.area(box.codes)
            if codes is None:
                continue
            for step in range(area.height):
                code = self.sheet.cell(codes.row + step, codes.col).value
                if code == box.key:
                    yield (area.row + step, area.col), (box.key, box.slot)

    def our_formulas(self) -> Iterator[tuple[int, int, str, str]]:
        """Row and column of every formula that is still ours, with the keys of both."""
        for (key, column), formula in self.inventory.formulas.items():
            for row in self.rows_of.get(key, ()):
                for col in self.columns_of.get(column, ()):
                    one = self.sheet.cell(row, col)
                    if one.data_type == "f" and _same_formula(one.value, formula):
                        yield row, col, key, column

    def our_texts(self) -> Iterator[tuple[int, int, str, str]]:
        """The same of every text and number that is still ours."""
        for (key, column), text in self.inventory.texts.items():
            for row in self.rows_of.get(key, ()):
                for col in self.columns_of.get(column, ()):
                    one = self.sheet.cell(row, col)
                    if one.value is not None and _same_text(one.value, text):
                        yield row, col, key, column

    @cached_property
    def rows_of(self) -> dict[str, list[int]]:
        """Where each key of a row stands, rows counted from 1."""
        return _places(self.rows)

    @cached_property
    def columns_of(self) -> dict[str, list[int]]:
        """Where each key of a column stands."""
        return _places(self.columns)

    def _entries(self) -> Iterator[TypedRecord]:
        for (row, col), (key, slot) in self.inputs.items():
            one = self.sheet.cell(row, col)
            if one.value is None or str(one.value) == "":
                continue
            manual = self.inventory.key == "manual"
            yield self.record(
                key=key,
                slot=slot,
                kind=MANUAL if manual else INPUT,
                content=_content(one.value),
                detail=_detail(one),
                sheet=self.title,
                cell=one.coordinate,
            )

    def _changed(self, one: Any) -> Iterator[TypedRecord]:
        """A cell of ours that holds something else now, or something in a cell that was free."""
        key, column = self.rows.get(one.row), self.columns.get(one.column)
        at = (key or "", column or "")
        formula, text = self.inventory.formulas.get(at), self.inventory.texts.get(at)
        value = one.value
        if formula is not None:
            if one.data_type == "f" and _same_formula(value, formula):
                return
            yield self._record(one, OVER, _content(value), original=f"={formula}")
        elif text is not None:
            if value is not None and _same_text(value, text):
                return
            yield self._record(one, OVER, _content(value), original=text)
        elif value is not None and str(value) != "" and self.inventory.rows:
            yield self._record(one, BESIDE, _content(value))

    def _record(
        self, one: Any, kind: str, content: str, original: str = "", author: str = ""
    ) -> TypedRecord:
        key, slot = self.at(one.row, one.column)
        return self.record(
            key=key,
            slot=slot,
            kind=kind,
            content=content,
            detail=json.dumps({"instead of": original}) if original else _detail(one, kind),
            sheet=self.title,
            cell=one.coordinate,
            author=author,
        )

    def _heights(self) -> Iterator[TypedRecord]:
        for row, key in self.rows.items():
            planned = self.inventory.heights.get(key)
            height = self.sheet.row_dimensions[row].height
            if planned is None or height is None or abs(height - planned) < HEIGHT_STEP:
                continue
            yield self.record(
                key=key,
                slot=f"row, {self.inventory.name}",
                kind=HEIGHT,
                content=f"{height:g}",
                sheet=self.title,
                cell=f"row {row}",
            )


def _places(keys: dict[int, str]) -> dict[str, list[int]]:
    """Where each key stands; a copied row has the key of the one that it was copied from."""
    found: dict[str, list[int]] = {}
    for at, key in keys.items():
        found.setdefault(key, []).append(at)
    return found


def _same_formula(value: object, formula: str) -> bool:
    return skeleton(str(getattr(value, "text", value))) == skeleton(formula)


def _same_text(value: object, text: str) -> bool:
    if isinstance(value, (int, float)):
        try:
            return float(text) == float(value)
        except ValueError:
            return False
    return str(value) == text


def _content(value: object) -> str:
    """A cell's content as text; whole numbers without a point, days as people here write them."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(getattr(value, "text", value))


def _detail(one: Any, kind: str = INPUT) -> str:
    """Rich text as runs; for a formula, that it is one."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if kind == NOTE:
        return ""
    if isinstance(one.value, CellRichText):
        runs = [
            _run(part.text, part.font) if isinstance(part, TextBlock) else {"text": str(part)}
            for part in one.value
        ]
        return json.dumps({"runs": runs}, ensure_ascii=False)
    if one.data_type == "f":
        return json.dumps({"formula": True})
    if one.number_format and "%" in one.number_format and isinstance(one.value, (int, float)):
        return json.dumps({"percent": True})
    return ""


def _run(text: str, font: Any) -> dict[str, Any]:
    run: dict[str, Any] = {"text": text}
    for name, key in (("bold", "b"), ("italic", "i"), ("strike", "strike")):
        if getattr(font, key, None):
            run[name] = True
    if getattr(font, "u", None):
        run["underline"] = True
    if getattr(font, "sz", None):
        run["size"] = float(font.sz)
    colour = getattr(getattr(font, "color", None), "rgb", None)
    if isinstance(colour, str):
        run["colour"] = colour[-6:]
    return run


def is_thread(comment: Any) -> bool:
    """A threaded comment leaves a note behind for old versions of Excel."""
    return str(comment.author or "").startswith("tc={")


def note_text(comment: Any) -> str:
    return str(comment.text or "")
