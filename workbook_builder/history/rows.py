"""Records as rows of the tables and back, and how two states of figures differ."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbook_builder.history.model import (
    Event,
    FigureRecord,
    FileRecord,
    Publication,
    Stamp,
    TypedRecord,
)
from workbook_builder.values import fifteen_digits

Figures = Mapping[tuple[str, str, str], FigureRecord]


@dataclass(frozen=True)
class Difference:
    """What changes from one state of the figures to another."""

    added: tuple[FigureRecord, ...]
    changed: tuple[FigureRecord, ...]
    removed: tuple[FigureRecord, ...]


def difference(before: Figures, after: Iterable[FigureRecord]) -> Difference:
    """Compare two states; where a figure was read is no part of it, its numbers and words are."""
    now = {record.identity: record for record in after}
    return Difference(
        added=tuple(record for key, record in now.items() if key not in before),
        changed=tuple(
            record
            for key, record in now.items()
            if key in before and not _same(before[key], record)
        ),
        removed=tuple(record for key, record in before.items() if key not in now),
    )


def _same(one: FigureRecord, other: FigureRecord) -> bool:
    pairs = (
        (one.value, other.value),
        (one.numerator, other.numerator),
        (one.denominator, other.denominator),
    )
    return all(_equal(left, right) for left, right in pairs)


def _equal(left: float | str | None, right: float | str | None) -> bool:
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return fifteen_digits(float(left)) == fifteen_digits(float(right))
    return left == right


def figure_row(record: FigureRecord, gone: bool) -> dict[str, Any]:
    """A figure as a row of the table, without event and scorecard."""
    value = record.value
    words = value if isinstance(value, str) else None
    return {
        "gone": int(gone),
        "indicator": record.indicator,
        "breakdown": record.breakdown,
        "period": record.period,
        "value": None if words is not None or value is None else float(value),
        "words": words,
        "numerator": record.numerator,
        "denominator": record.denominator,
        "file": record.file,
        "sha256": record.sha256,
        "sheet": record.sheet,
        "row": record.row,
        "column": record.column,
    }


def figure_of(row: Any) -> FigureRecord:
    """A row of the table as a figure."""
    return FigureRecord(
        indicator=row.indicator,
        breakdown=row.breakdown,
        period=row.period,
        value=row.words if row.words is not None else row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        file=row.file,
        sha256=row.sha256,
        sheet=row.sheet,
        row=row.row,
        column=row.column,
    )


def typed_row(record: TypedRecord, gone: bool) -> dict[str, Any]:
    """A typed entry as a row of the table, without scorecard, stamp and workbook."""
    return {
        "gone": int(gone),
        "key": record.key,
        "slot": record.slot,
        "month": record.month,
        "kind": record.kind,
        "content": record.content,
        "detail": record.detail,
        "sheet": record.sheet,
        "cell": record.cell,
        "author": record.author,
        "written": record.written,
    }


def typed_of(row: Any) -> TypedRecord:
    """A row of the table as a typed entry."""
    return TypedRecord(
        row.key,
        row.slot,
        row.month,
        row.kind,
        row.content,
        row.detail,
        row.sheet,
        row.cell,
        row.author,
        row.written,
    )


def stamp_row(stamp: Stamp) -> dict[str, str]:
    """Who and when, as columns."""
    return {
        "at": stamp.at.isoformat(),
        "who": stamp.who,
        "machine": stamp.machine,
        "version": stamp.version,
    }


def stamp_of(row: Any) -> Stamp:
    """The columns of who and when as a stamp."""
    return Stamp(dt.datetime.fromisoformat(row.at), row.who, row.machine, row.version)


def event_of(row: Any, cells: int, files: tuple[FileRecord, ...], held_back: int = 0) -> Event:
    """A row of the table of events, with what stands in other tables."""
    return Event(
        number=row.number,
        kind=row.kind,
        month=row.month,
        workbook=row.workbook,
        stamp=stamp_of(row),
        undoes=row.undoes,
        figures_added=row.figures_added,
        figures_changed=row.figures_changed,
        figures_removed=row.figures_removed,
        cells_written=cells,
        typed_saved=row.typed_saved,
        rows_read=row.rows_read,
        rows_left_out=row.rows_left_out,
        files=files,
        held_back=held_back,
    )


def publication_of(row: Any, edition: int) -> Publication:
    """A row of the table of publications."""
    return Publication(
        number=row.number,
        edition=edition,
        month=row.month,
        event=row.event,
        stamp=stamp_of(row),
        reason=row.reason,
        catalogue=row.catalogue,
        extracts=row.extracts,
        typed=row.typed,
        results=row.results,
        reported=row.reported,
        typed_until=row.typed_until,
    )


def digest_of(text: str) -> str:
    """The name under which a long text is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def packed(text: str) -> bytes:
    """A long text as it is stored."""
    return zlib.compress(text.encode())


def unpacked(body: bytes) -> str:
    """A stored text as it was."""
    return zlib.decompress(body).decode()
