"""Slides, tables and texts in python-pptx: a 16:9 slide with title, footer and slide number."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from workbook_builder.board.pack_model import Entry, Pack
from workbook_builder.plan.styles import (
    AMBER,
    BETTER,
    BLACK,
    FAMILY,
    GREEN,
    INK,
    LINE,
    MUTED,
    RED,
    WHITE,
    WORSE,
)
from workbook_builder.writers.office_file import plain
from workbook_builder.writers.table_fit import Fitted

# Centimetres of a slide, its margins, and where title and content stand.
WIDTH, HEIGHT, MARGIN = 33.867, 19.05, 1.4
TITLE_TOP, TITLE_HEIGHT, TOP, BOTTOM = 0.7, 1.9, 3.0, 17.7
ROOM = WIDTH - 2 * MARGIN
GAP = 0.5
# A cell's margins: left and right in centimetres, above and below in points.
CELL_SIDES, CELL_TOPS = 0.3, 5.0
FILLS = {"red": (RED, WHITE), "amber": (AMBER, BLACK), "green": (GREEN, BLACK)}
COLOURS = {"better": BETTER, "worse": WORSE}
TITLE_LAYOUT, CONTENT_LAYOUT = 0, 5
FOOTER_KINDS = ("ftr", "sldNum")

Place = tuple[float, float, float, float]


def shade(colour: str) -> Any:
    """A colour of six digits as python-pptx knows it."""
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made.from_string(colour)


def empty() -> Any:
    """A presentation without slides: two layouts, its places and type on master and layouts."""
    from pptx import Presentation
    from pptx.util import Cm

    made = Presentation()
    made.slide_width, made.slide_height = Cm(WIDTH), Cm(HEIGHT)
    layouts = made.slide_layouts
    kept = (layouts[TITLE_LAYOUT], layouts[CONTENT_LAYOUT])
    for layout in [one for one in layouts if one not in kept]:
        layouts.remove(layout)
    for holder in (made.slide_master, *kept):
        _placed(holder)
    for key, edge in list(made.part.rels.items()):
        if "printerSettings" in edge.reltype:
            made.part.rels.pop(key)
    package = made.part.package
    for key, edge in list(package._rels.items()):
        if "thumbnail" in edge.reltype:
            package._rels.pop(key)
    return made


def _placed(holder: Any) -> None:
    """The places of title, footer and number on a master or layout of 16:9."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    kinds = PP_PLACEHOLDER
    for shape in list(holder.placeholders):
        kind = shape.placeholder_format.type
        if kind in (kinds.TITLE, kinds.CENTER_TITLE):
            at = (MARGIN, 6.0, ROOM, 2.6) if kind is kinds.CENTER_TITLE else _title_place()
            _put(shape, at)
        elif kind is kinds.SUBTITLE:
            _put(shape, (MARGIN, 9.0, ROOM, 6.0))
        elif kind is kinds.BODY:
            _put(shape, (MARGIN, TOP, ROOM, BOTTOM - TOP))
        elif kind is kinds.FOOTER:
            _put(shape, (MARGIN, 18.0, ROOM - 4, 0.7))
        elif kind is kinds.SLIDE_NUMBER:
            _put(shape, (WIDTH - MARGIN - 3, 18.0, 3.0, 0.7))
        elif kind is kinds.DATE:
            shape._element.getparent().remove(shape._element)


def _title_place() -> Place:
    return (MARGIN, TITLE_TOP, ROOM, TITLE_HEIGHT)


def _put(shape: Any, place: Place) -> None:
    from pptx.util import Cm

    shape.left, shape.top, shape.width, shape.height = (Cm(one) for one in place)


def title_slide(presentation: Any, title: str, lines: Sequence[str]) -> None:
    """The first slide."""
    made = presentation.slides.add_slide(presentation.slide_layouts[0])
    _written(made.shapes.title.text_frame, [(title, True)], 36)
    frame = made.placeholders[1].text_frame
    _written(frame, [(line, False) for line in lines], 18)


def slide(presentation: Any, title: str, pack: Pack) -> Any:
    """A slide with its title, the footer and its number."""
    layout = presentation.slide_layouts[1]
    made = presentation.slides.add_slide(layout)
    size = 24 if len(title) <= 70 else 18
    _written(made.shapes.title.text_frame, [(title, True)], size, pack.brand)
    for shape in layout.placeholders:
        if shape._element.ph is not None and shape._element.ph.get("type") in FOOTER_KINDS:
            made.shapes._spTree.append(copy.deepcopy(shape._element))
    for shape in made.placeholders:
        if shape._element.ph.get("type") == "ftr":
            said = f"{pack.label}   |   {pack.short_marking}"
            _written(shape.text_frame, [(said, False)], 10, MUTED)
    return made


def _written(
    frame: Any,
    lines: Sequence[tuple[str, bool]],
    size: float,
    colour: str = INK,
) -> None:
    """Lines of a text frame, each a paragraph, in bold where it says so."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for at, (text, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(4)
        run = paragraph.add_run()
        run.text = plain(text).replace("\n", "\v")
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FAMILY
        run.font.color.rgb = shade(colour)
        run.font._element.set("lang", "en-GB")


def add_text(made: Any, lines: Sequence[tuple[str, bool]], size: float) -> None:
    """Text below the title."""
    from pptx.util import Cm

    place = (Cm(MARGIN), Cm(TOP), Cm(ROOM), Cm(BOTTOM - TOP))
    box = made.shapes.add_textbox(*place)
    box.name = "Text"
    _written(box.text_frame, lines, size)


def add_table(made: Any, part: Fitted, rows: Sequence[int], size: float) -> None:
    """Some rows of a table below its head, which is marked as the head."""
    from pptx.util import Cm, Pt

    table = part.table
    frame = made.shapes.add_table(
        len(rows) + 1,
        len(table.heads),
        Cm(MARGIN),
        Cm(TOP),
        Cm(sum(part.widths)),
        Pt(20) * (len(rows) + 1),
    )
    frame.name = "Table"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(table.caption))
    drawn = frame.table
    drawn.first_row, drawn.horz_banding = True, False
    for column, width in zip(drawn.columns, part.widths, strict=True):
        column.width = Cm(width)
    numeric = [
        all(row[at].look == "number" for row in table.rows) for at in range(len(part.widths))
    ]
    heads = [
        Entry(h, "number" if right else "") for h, right in zip(table.heads, numeric, strict=True)
    ]
    for number, entries in enumerate([heads, *(table.rows[at] for at in rows)]):
        drawn.rows[number].height = Pt(20)
        for cell, entry in zip(drawn.rows[number].cells, entries, strict=True):
            _cell(cell, entry, size, head=number == 0)


def _cell(cell: Any, entry: Entry, size: float, head: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Cm, Pt

    fill, colour = FILLS.get(entry.look, ("", COLOURS.get(entry.look, INK)))
    cell.fill.solid()
    cell.fill.fore_color.rgb = shade(fill or (LINE if head else WHITE))
    cell.margin_left = cell.margin_right = Cm(CELL_SIDES / 2)
    cell.margin_top = cell.margin_bottom = Pt(CELL_TOPS / 2)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    if entry.look == "number":
        paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.text = plain(entry.text).replace("\n", "\v")
    run.font.size, run.font.name = Pt(size), FAMILY
    run.font.bold = head or bool(fill)
    run.font.color.rgb = shade(colour)
    run.font._element.set("lang", "en-GB")


def places(charts: int, top: float = TOP) -> list[Place]:
    """Where so many charts stand on a slide: one, two side by side, or two rows."""
    rows, columns = (1 if charts <= 2 else 2), (1 if charts == 1 else 2)
    width = (ROOM - GAP * (columns - 1)) / columns
    height = (BOTTOM - top - GAP * (rows - 1)) / rows
    return [
        (MARGIN + at % columns * (width + GAP), top + at // columns * (height + GAP), width, height)
        for at in range(charts)
    ]
