"""Presentations: hidden slides and shapes, speaker notes, what lies beside the slide, tables."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.screen.document import every, grid_cells
from workbook_builder.screen.model import Grid, Kind, Leak
from workbook_builder.screen.opened import Edge, Opened
from workbook_builder.screen.tables import leaks_of_grid
from workbook_builder.writers.closed.markup import Element

HIDDEN_SLIDE = Kind(
    "WB811",
    "The slide is hidden, and everything on it goes along with the file.",
    "Right-click on the slide, Unhide Slide; delete it if it is not for the readers.",
)
HIDDEN_SHAPE = Kind(
    "WB817",
    "Something on the slide is hidden, and goes along with the file.",
    "Home, Select, Selection Pane, Show All; delete what is not for the readers.",
)
NOTES = Kind(
    "WB849",
    "The slide has speaker notes, which go along with the file.",
    "File, Info, Inspect Document: remove Presentation Notes.",
)
BESIDE = Kind(
    "WB824",
    "Something lies beside the slide, where no reader sees it.",
    "Zoom out and delete it, or move it on to the slide.",
)
_NOTES_TEXT = ("body",)


def hidden_slides(opened: Opened) -> Iterator[Leak]:
    """Slides that a show passes over."""
    for edge in _slides(opened):
        if opened.root(edge.target).attributes.get("show") in ("0", "false"):
            yield HIDDEN_SLIDE.at(opened.label(edge.target))


def hidden_shapes(opened: Opened) -> Iterator[Leak]:
    """Shapes that are not shown."""
    for edge in _slides(opened):
        named = (one for one in every(opened.root(edge.target)) if one.name == "cNvPr")
        if any(one.attributes.get("hidden") in ("1", "true") for one in named):
            yield HIDDEN_SHAPE.at(opened.label(edge.target))


def speaker_notes(opened: Opened) -> Iterator[Leak]:
    """Notes with a text; the picture of the slide and its number are no notes."""
    for edge in opened.targets("notesSlide"):
        shapes = (one for one in every(opened.root(edge.target)) if one.name == "sp")
        if any(_holds_notes(shape) for shape in shapes):
            yield NOTES.at(opened.label(edge.source))


def beside_the_slide(opened: Opened) -> Iterator[Leak]:
    """Shapes that lie wholly outside of the slide."""
    sizes = [one for one in opened.root(opened.package.main).children if one.name == "sldSz"]
    if not sizes:
        return
    width, height = (int(sizes[0].attributes.get(name, "0")) for name in ("cx", "cy"))
    for edge in _slides(opened):
        if any(_is_outside(one, width, height) for one in _placed(opened.root(edge.target))):
            yield BESIDE.at(opened.label(edge.target))


def tables(opened: Opened) -> Iterator[Leak]:
    """What the tables on slides tell of people."""
    for edge in _slides(opened):
        found = (one for one in every(opened.root(edge.target)) if one.name == "tbl")
        for number, table in enumerate(found, start=1):
            grid = Grid(f"{opened.label(edge.target)}, table {number}", grid_cells(table), False)
            yield from leaks_of_grid(grid, opened.known, opened.as_at)


def _slides(opened: Opened) -> list[Edge]:
    return opened.targets("slide")


def _holds_notes(shape: Element) -> bool:
    kinds = [one.attributes.get("type", "body") for one in every(shape) if one.name == "ph"]
    texts = any(one.text.strip() for one in every(shape) if one.name == "t")
    return texts and (not kinds or kinds[0] in _NOTES_TEXT)


def _placed(root: Element) -> Iterator[Element]:
    """The places of the shapes that stand on the slide itself, not in a group."""
    for tree in (one for one in every(root) if one.name == "spTree"):
        for shape in tree.children:
            for looks in (shape, *shape.children):
                yield from (one for one in looks.children if one.name == "xfrm")


def _is_outside(place: Element, width: int, height: int) -> bool:
    at = {one.name: one.attributes for one in place.children}
    if "off" not in at or "ext" not in at:
        return False
    left, top = int(at["off"].get("x", "0")), int(at["off"].get("y", "0"))
    right, bottom = left + int(at["ext"].get("cx", "0")), top + int(at["ext"].get("cy", "0"))
    return right <= 0 or bottom <= 0 or left >= width or top >= height
