"""What Notes says of typing that stays with the month before: notes, statuses, closed actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workbook_builder.history.model import TypedRecord
from workbook_builder.periods import Month
from workbook_builder.plan.forward import ACTION, CLOSED, ON_CELLS, cell_of
from workbook_builder.plan.slots import COMMENT, ELSEWHERE, INPUT, REASON, STATUS

Row = tuple[str, ...]
LONGEST = 500
PARTS = ("action", "lead role", "due", "status", "what was said and done")


def left_rows(records: Iterable[TypedRecord], names: Mapping[str, str]) -> tuple[Row, ...]:
    """Rows of Notes about what stays with a month; names are those of indicators by code."""
    return tuple(_rows(tuple(records), names))


def _rows(records: tuple[TypedRecord, ...], names: Mapping[str, str]) -> Iterator[Row]:
    """A row for each record, and one for all parts of an action."""
    actions: dict[tuple[str, str], dict[str, TypedRecord]] = {}
    for record in records:
        found = ACTION.fullmatch(record.slot) if record.kind == INPUT else None
        if found:
            actions.setdefault((record.key, found[1]), {})[found[2]] = record
            continue
        code = record.key.partition("|")[0].removeprefix(ELSEWHERE)
        where = f"{record.sheet} {record.cell}".strip()
        by = ", ".join(filter(None, (record.author, record.written[:10])))
        yield (names.get(code, code), _short(record.content), _what(record), by, where)
    for (key, number), parts in actions.items():
        said = "; ".join(parts[part].content for part in PARTS if part in parts)
        first = next(iter(parts.values()))
        state = parts["status"].content.strip().casefold() if "status" in parts else ""
        what = f"action {number}{', closed' if state == CLOSED else ''}"
        yield (key, _short(said), what, "", f"{first.sheet} {first.cell}")


def _what(record: TypedRecord) -> str:
    """A kind in words; of a cell in a table also the column or month that it is about."""
    if record.kind == INPUT:
        named = {STATUS: "status by hand", REASON: "reason for a status by hand"}
        return named.get(record.slot, "comment")
    if record.kind not in ON_CELLS:
        return record.kind
    column = _in_words(cell_of(record)[0])
    kind = "comment" if record.kind == COMMENT else record.kind
    return f"{kind}, {column}"


def _in_words(column: str) -> str:
    """What a column is about; a month as scorecards print it."""
    kind, _, text = column.partition(" ")
    return Month.parse(text).label if kind == "month" else text if kind == "quarter" else column


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
