"""Widths of a table's columns on a page or slide, and the parts of one that is too wide for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbook_builder.board.pack_model import PackTable
from workbook_builder.plan.text_size import text_pixels

PIXELS_PER_CM = 96 / 2.54
# Left and right of the text of a cell.
PADDING = 0.42


@dataclass(frozen=True)
class Fitted:
    """A table that fits, and the widths of its columns in centimetres."""

    table: PackTable
    widths: tuple[float, ...]


def fitted(table: PackTable, room: float, size: float) -> list[Fitted]:
    """The table in parts no wider than so many centimetres, each with its first column.

    size is that of the type in points.
    """
    least = [_least(table, at, size) for at in range(len(table.heads))]
    parts = _parts(least, room)
    found = []
    for number, columns in enumerate(parts, start=1):
        part = _with(table, columns)
        if len(parts) > 1:
            part = replace(part, caption=f"{table.caption}, part {number} of {len(parts)}")
        found.append(Fitted(part, _widths(part, [least[at] for at in columns], room, size)))
    return found


def needs(table: PackTable, size: float) -> float:
    """How many centimetres a table needs at least so that no word is broken."""
    return sum(_least(table, at, size) for at in range(len(table.heads)))


def _texts(table: PackTable, at: int) -> list[str]:
    return [table.heads[at], *(row[at].text for row in table.rows)]


def _least(table: PackTable, at: int, size: float) -> float:
    """The width of the longest word of a column."""
    words = (word for text in _texts(table, at) for word in text.split())
    return max((_cm(word, size) for word in words), default=0.0) + PADDING


def _whole(table: PackTable, at: int, size: float) -> float:
    """The width of a column in which nothing wraps."""
    lines = (line for text in _texts(table, at) for line in text.split("\n"))
    return max((_cm(line, size) for line in lines), default=0.0) + PADDING


def _cm(text: str, size: float) -> float:
    return text_pixels(text, size, bold=True) / PIXELS_PER_CM


def _parts(least: list[float], room: float) -> list[list[int]]:
    """The columns of each part: the first one in all, the others as many as have room."""
    parts, used = [[0]], least[0]
    for at, width in enumerate(least[1:], start=1):
        if used + width > room and len(parts[-1]) > 1:
            parts.append([0])
            used = least[0]
        parts[-1].append(at)
        used += width
    return parts


def _shared(shares: tuple[float, ...], least: list[float], room: float) -> tuple[float, ...]:
    """The whole room by shares; nothing where a word would be broken."""
    widths = tuple(room * one / sum(shares) for one in shares)
    return widths if all(x >= y for x, y in zip(widths, least, strict=False)) else ()


def _with(table: PackTable, columns: list[int]) -> PackTable:
    heads = tuple(table.heads[at] for at in columns)
    shares = tuple(table.shares[at] for at in columns) if table.shares else ()
    rows = tuple(tuple(row[at] for at in columns) for row in table.rows)
    return replace(table, heads=heads, rows=rows, shares=shares)


def _widths(part: PackTable, least: list[float], room: float, size: float) -> tuple[float, ...]:
    """What the longest words need, and the rest shared by who would wrap without it.

    A table that needs less is as narrow as its texts; figures of equal columns are equally wide.
    """
    shared = _shared(part.shares, least, room)
    if shared:
        return shared
    whole = [_whole(part, at, size) for at in range(len(part.heads))]
    if sum(whole) <= room:
        return tuple(whole)
    spare = max(room - sum(least), 0.0)
    wanted = [max(one - low, 0.0) for one, low in zip(whole, least, strict=True)]
    total = sum(wanted) or 1.0
    shares = [spare * one / total for one in wanted]
    given = [low + share for low, share in zip(least, shares, strict=True)]
    shrink = min(1.0, room / sum(given))
    return tuple(one * shrink for one in given)
