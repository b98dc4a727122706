"""Notes and threads of comments taken out of a sheet, with every part that speaks of them.

Excel keeps a note as a text in one part and as a yellow shape in another. A thread has a part of
its own besides, and leaves such a note for old versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from workbook_builder.writers.closed.cells import At, corner
from workbook_builder.writers.closed.draft import Draft, without
from workbook_builder.writers.closed.markup import Element, exchanged, parse
from workbook_builder.writers.closed.package import OFFICE

SHAPE = re.compile(rb"<v:shape\b[^>]*>.*?</v:shape>\s*", re.DOTALL)
NOTE = re.compile(rb"ObjectType=[\"']Note[\"']")
PLACE = re.compile(rb"<x:(Row|Column)>\s*(\d+)\s*</x:\1>")
COMMENTS, THREADS, SHAPES = "comments", "threadedComment", "vmlDrawing"


def without_notes(draft: Draft, sheet: str, cells: Collection[At]) -> None:
    """Take the notes and threads of some cells out of the part of a sheet."""

    def there(one: Element) -> bool:
        return corner(one.attributes.get("ref", "")) in cells

    _thinned(draft, sheet, THREADS, lambda data: without(data, there))
    _thinned(draft, sheet, COMMENTS, lambda data: _without_texts(data, there))
    _without_shapes(draft, sheet, cells)


def _thinned(draft: Draft, sheet: str, kind: str, how: Callable[[bytes], bytes]) -> None:
    """Take some out of the sheet's part of a kind, and the part too once nothing is left in it."""
    found = draft.related(sheet, kind)
    if found is None:
        return
    left = how(draft.read(found.target))
    draft.write(found.target, left)
    if not any(True for name in ("comment", "threadedComment") for _ in parse(left).each(name)):
        draft.drop(sheet, found)


def _without_texts(data: bytes, there: Callable[[Element], bool]) -> bytes:
    gone = [one for one in parse(data).each("comment") if there(one)]
    return exchanged(data, [(one.start, one.end, b"") for one in gone])


def _without_shapes(draft: Draft, sheet: str, cells: Collection[At]) -> None:
    """Buttons are shapes of the same part and stay."""
    found = draft.related(sheet, SHAPES)
    if found is None:
        return
    data = draft.read(found.target)
    left = SHAPE.sub(lambda shape: b"" if _place(shape[0]) in cells else shape[0], data)
    if left == data:
        return
    draft.write(found.target, left)
    if not SHAPE.search(left):
        draft.change(sheet, lambda part: _without_drawing(part, found.id))
        draft.drop(sheet, found)


def _place(shape: bytes) -> At | None:
    """The cell that a shape is the note of."""
    if not NOTE.search(shape):
        return None
    found = {name: int(number) for name, number in PLACE.findall(shape)}
    return (found[b"Row"], found[b"Column"]) if len(found) == 2 else None


def _without_drawing(sheet: bytes, relation: str) -> bytes:
    root = parse(sheet, "row")
    gone = [
        (one.start, one.end, b"")
        for one in root.children
        if one.name == "legacyDrawing" and one.attributes.get(f"{OFFICE} id") == relation
    ]
    return exchanged(sheet, gone)
