"""Notes put on cells of a sheet, with the parts that hold them where the sheet has none yet.

A note is a text in one part and a yellow shape in another. Both are written as Excel writes them:
the shape hidden until the pointer is over its cell (ECMA-376 part 4, 19.4; part 1, 18.7).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from workbook_builder.plan.addresses import cell as address
from workbook_builder.plan.model import Note
from workbook_builder.writers.closed.cells import At
from workbook_builder.writers.closed.draft import Draft
from workbook_builder.writers.closed.markup import CannotPatch, escaped, exchanged, parse
from workbook_builder.writers.closed.notes_out import COMMENTS, SHAPES
from workbook_builder.writers.closed.package import MAIN, OFFICE

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
SHAPES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
NO_NOTES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
)
NO_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
SHAPE = (
    '<v:shape id="wb_note_{number}" type="#_x0000_t202" style="position:absolute;width:216pt;'
    'height:89pt;z-index:{number};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1"
    "</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column>"
    "</x:ClientData></v:shape>"
)
OUR_SHAPE = re.compile(rb'id="wb_note_(\d+)"')
# What may follow the notes' drawing in a worksheet (ECMA-376 part 1, 18.3.1.99).
AFTER_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def with_notes(draft: Draft, sheet: str, notes: Mapping[At, Note]) -> None:
    """Put notes on cells that have none, in the part of a sheet. Raises CannotPatch."""
    if not notes:
        return
    texts = _part(draft, sheet, COMMENTS, "xl/comments{}.xml", NO_NOTES, COMMENTS_TYPE)
    draft.change(texts, lambda data: _with_texts(data, notes))
    known = draft.related(sheet, SHAPES)
    shapes = _part(draft, sheet, SHAPES, "xl/drawings/vmlDrawing{}.vml", NO_SHAPES, SHAPES_TYPE)
    draft.change(shapes, lambda data: _with_shapes(data, notes))
    if known is None:
        relation = draft.related(sheet, SHAPES)
        assert relation is not None
        draft.change(sheet, lambda data: _with_drawing(data, relation.id))


def _part(draft: Draft, sheet: str, kind: str, name: str, empty: str, content_type: str) -> str:
    """The part of a kind that a sheet leads to; a new one where it has none."""
    known = draft.related(sheet, kind)
    if known is not None:
        return known.target
    number = 1
    while name.format(number) in draft:
        number += 1
    part = name.format(number)
    draft.write(part, empty.encode())
    draft.typed(part, content_type)
    draft.relate(sheet, f"{OFFICE}/{kind}", posixpath.relpath(part, posixpath.dirname(sheet)))
    return part


def _with_texts(data: bytes, notes: Mapping[At, Note]) -> bytes:
    root = parse(data)
    authors, texts = root.child("authors"), root.child("commentList")
    if authors is None or texts is None:
        raise CannotPatch("the notes of a sheet are made in an unusual way")
    mark = f"{root.prefix}:" if root.prefix else ""
    first = len(authors.children)
    names = list(dict.fromkeys(note.author for note in notes.values()))
    said = "".join(f"<{mark}author>{escaped(name)}</{mark}author>" for name in names)
    held = "".join(
        f'<{mark}comment ref="{address(*at)}" authorId="{first + names.index(note.author)}">'
        f'<{mark}text><{mark}t xml:space="preserve">{escaped(note.text)}</{mark}t></{mark}text>'
        f"</{mark}comment>"
        for at, note in sorted(notes.items())
    )
    return _inside(_inside(data, "commentList", held), "authors", said)


def _with_shapes(data: bytes, notes: Mapping[At, Note]) -> bytes:
    first = 1 + max((int(number) for number in OUR_SHAPE.findall(data)), default=0)
    shapes = "".join(
        SHAPE.format(
            number=number,
            row=row,
            col=col,
            left=col + 1,
            right=col + 4,
            top=max(row - 1, 0),
            bottom=max(row - 1, 0) + 6,
        )
        for number, (row, col) in enumerate(sorted(notes), start=first)
    )
    end = data.rfind(b"</xml>")
    if end < 0 or b"urn:schemas-microsoft-com:office:excel" not in data:
        raise CannotPatch("the shapes of a sheet are made in an unusual way")
    whole = data[:end] + shapes.encode() + data[end:]
    return (
        whole
        if b"_x0000_t202" in data
        else whole.replace(
            data[: data.find(b">") + 1],
            data[: data.find(b">") + 1] + _shape_type(),
            1,
        )
    )


def _shape_type() -> bytes:
    start = NO_SHAPES.index("<v:shapetype")
    return NO_SHAPES[start : NO_SHAPES.index("</xml>")].encode()


def _with_drawing(sheet: bytes, relation: str) -> bytes:
    """The element by which a sheet says where its notes' shapes are, in its place."""
    root = parse(sheet, "row")
    mark = f"{root.prefix}:" if root.prefix else ""
    later = next((one for one in root.children if one.name in AFTER_DRAWING), None)
    at = later.start if later is not None else sheet.rfind(b"</")
    said = f'<{mark}legacyDrawing xmlns:r="{OFFICE}" r:id="{relation}"/>'
    return exchanged(sheet, [(at, at, said.encode())])


def _inside(data: bytes, name: str, said: str) -> bytes:
    """A text put at the end of what an element directly below the first one holds."""
    root = parse(data)
    element = root.child(name)
    assert element is not None
    whole = data[element.start : element.end]
    if whole.endswith(b"/>"):
        tag = whole[1:-2].split()[0].decode()
        new = whole[:-2].rstrip() + b">" + said.encode() + f"</{tag}>".encode()
        return exchanged(data, [(element.start, element.end, new)])
    end = element.start + whole.rfind(b"</")
    return exchanged(data, [(end, end, said.encode())])
