"""Events of the history in the words of the Log sheet and of the line on the front sheet."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_builder.history.model import Event, Stamp, TypedRecord
from workbook_builder.plan.log import LogLine
from workbook_builder.plan.slots import DRAWN, OVER, SHEET

LONGEST = 200
WHAT = {
    "build": "Built",
    "refresh": "Refreshed",
    "undo": "Refresh undone",
    "publish": "Published",
    "next month": "Started",
}


def log_lines(events: Iterable[Event]) -> tuple[LogLine, ...]:
    """A line for every event that changed something, and for the first one."""
    held = list(events)
    return tuple(_line(one) for one in held if changed(one) or one is held[-1])


def changed(event: Event) -> bool:
    """Whether an event changed figures or found something newly typed."""
    counts = (
        event.figures_added,
        event.figures_changed,
        event.figures_removed,
        event.typed_saved,
        event.cells_written,
    )
    return any(counts) or event.kind in ("undo", "publish", "next month")


def last_refresh(event: Event) -> str:
    """The sentence that the front sheet shows: who, when, what changed."""
    told = [
        f"{count} {word}"
        for count, word in (
            (event.figures_added, "added"),
            (event.figures_changed, "changed"),
            (event.figures_removed, "taken out"),
        )
        if count
    ]
    figures = f": figures {', '.join(told)}" if told else ""
    return f"{WHAT[event.kind]} {when(event.stamp)} by {event.stamp.who}{figures}"


def _line(event: Event) -> LogLine:
    counts = (
        event.figures_added,
        event.figures_changed,
        event.figures_removed,
        event.cells_written,
        event.typed_saved,
        event.rows_read,
        event.rows_left_out,
    )
    files = ", ".join(file.name for file in event.files)
    held = f" ({event.held_back} held back)" if event.held_back else ""
    what = f"{WHAT[event.kind]}{held}"
    return LogLine(
        (
            when(event.stamp),
            event.stamp.who,
            what,
            *(str(count) for count in counts),
            files,
            event.stamp.version,
        )
    )


def when(stamp: Stamp) -> str:
    """Day and time as the person's own clock had it."""
    return f"{stamp.at.astimezone():%d %B %Y, %H:%M}".lstrip("0")


def typed_over(records: Iterable[TypedRecord]) -> tuple[tuple[str, ...], ...]:
    """The formulas that somebody typed over, for Notes."""
    return tuple(
        (r.key, r.content or "emptied", r.slot, r.sheet, r.cell) for r in records if r.kind == OVER
    )


def no_longer_there(
    here: Iterable[TypedRecord], known: Iterable[TypedRecord]
) -> tuple[tuple[str, ...], ...]:
    """What the history has of a month's workbook and the workbook no longer has, for Notes."""
    present = {record.identity for record in here}
    return tuple(told(record) for record in known if record.identity not in present)


def not_placed(record: TypedRecord) -> str:
    """What a new workbook has no place for, in the words of a command's output."""
    if record.kind == SHEET:
        return f'the sheet "{record.sheet}" ({record.content})'
    if record.kind == DRAWN:
        return f'{record.content} on the sheet "{record.sheet}"'
    return f"{record.kind} on {record.sheet} {record.cell} ({record.key})"


def told(record: TypedRecord) -> tuple[str, ...]:
    """A typed record as a row of Notes, long texts cut."""
    said = record.content if len(record.content) <= LONGEST else f"{record.content[:LONGEST]}…"
    return (record.key, said, record.kind, record.sheet, record.cell)
