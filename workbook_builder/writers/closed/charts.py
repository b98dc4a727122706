"""The points kept in charts, so that a program that does not calculate draws the truth.

Only what changed is exchanged: the points of a range of cells, the person's own charts included
where they draw from cells that a refresh changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbook_builder.values import fifteen_digits
from workbook_builder.writers.closed.cells import ERRORS, At, Value, corner, number_text
from workbook_builder.writers.closed.markup import (
    Element,
    Piece,
    escaped,
    exchanged,
    parse,
    plain_text,
)

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RANGE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!(]+))!(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?"
)
# What Excel draws for a cell with a text; a gap would be better, but is not ours to choose.
ZERO = "0"
CACHES = {"numRef": "numCache", "strRef": "strCache"}

# The value of a cell by sheet, row and column; None for a sheet that a refresh does not change.
Values = Callable[[str], dict[At, Value] | None]


@dataclass(frozen=True)
class _Drawn:
    """A range that a chart draws, and the points kept of it."""

    sheet: str
    cells: tuple[At, ...]
    cache: Element


def sheets_drawn(data: bytes) -> set[str]:
    """The titles of the sheets that a chart draws from."""
    return {one.sheet for one in _drawn(parse(data))}


def with_points(data: bytes, values: Values, before: Values) -> bytes:
    """The chart part with the points as the cells have them now.

    before are the values that the points were kept of.
    """
    pieces: list[Piece] = []
    for one in _drawn(parse(data)):
        held, old = values(one.sheet), before(one.sheet) or {}
        if held is not None:
            texts = {at for at, place in enumerate(one.cells) if isinstance(old.get(place), str)}
            pieces += _pieces(one, [held.get(at) for at in one.cells], texts)
    return exchanged(data, pieces) if pieces else data


def _drawn(root: Element) -> Iterator[_Drawn]:
    if root.space != CHART:
        return
    for kind, name in CACHES.items():
        for reference in root.each(kind):
            said, cache = reference.child("f"), reference.child(name)
            found = RANGE.fullmatch(said.text.strip()) if said is not None else None
            if found is None or cache is None:
                continue
            cells = _cells(corner(found[3]), corner(found[4] or found[3]))
            # Hidden cells may be left out of the points; which ones cannot be told from here.
            if _count(cache) == len(cells):
                title = found[1].replace("''", "'") if found[1] else found[2]
                yield _Drawn(title, cells, cache)


def _cells(first: At, last: At) -> tuple[At, ...]:
    return tuple(
        (row, col) for row in range(first[0], last[0] + 1) for col in range(first[1], last[1] + 1)
    )


def _count(cache: Element) -> int:
    count = cache.child("ptCount")
    return int(count.attributes.get("val", 0)) if count is not None else -1


def _pieces(drawn: _Drawn, values: list[Value], texts: set[int]) -> list[Piece]:
    """The points exchanged as a whole where one of them changed; texts are those of texts."""
    numbers = drawn.cache.name == "numCache"
    points = [one for one in drawn.cache.children if one.name == "pt"]
    before = {int(one.attributes.get("idx", 0)): one for one in points}
    kept = {at: _kept(one, numbers) for at, one in before.items()}
    told = {
        at: _said(one, numbers, at in texts and kept.get(at) == ZERO)
        for at, one in enumerate(values)
    }
    after = {at: said for at, said in told.items() if said is not None}
    if {at: said for at, said in kept.items() if said not in ERRORS} == after:
        return []
    written = b"".join(_point(at, said, before.get(at), drawn.cache) for at, said in after.items())
    count = drawn.cache.child("ptCount")
    assert count is not None
    gone = [(one.start, one.end, b"") for one in points]
    return [*gone, (count.end, count.end, written)]


def _said(value: Value, numbers: bool, zero: bool) -> str | None:
    """A value as a point: a gap where there is no number, unless a text was drawn as nought."""
    if isinstance(value, float):
        return number_text(float(fifteen_digits(value)))
    if value in (None, *ERRORS) or (numbers and not zero):
        return None
    return ZERO if numbers else value or None


def _kept(point: Element, numbers: bool) -> str:
    child = point.child("v")
    said = plain_text(child.text) if child is not None else ""
    try:
        return number_text(float(fifteen_digits(float(said)))) if numbers else said
    except ValueError:
        return said


def _point(at: int, said: str, before: Element | None, cache: Element) -> bytes:
    mark = f"{cache.prefix}:" if cache.prefix else ""
    known = before.attributes.get("formatCode") if before is not None else None
    dressed = "" if known is None else f' formatCode="{escaped(known, quote=True)}"'
    value = f"<{mark}v>{escaped(said)}</{mark}v>"
    return f'<{mark}pt idx="{at}"{dressed}>{value}</{mark}pt>'.encode()
