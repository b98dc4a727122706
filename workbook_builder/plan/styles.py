"""Type, colour and the named cell styles. Theme is data: the writer turns it into formats.

Colours are from a palette whose status fills keep a contrast of at least 7 to 1 with their text
and stay apart for colour-blind readers and in grey print; a test computes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

FAMILY = "Arial"
INK = "1F2933"
MUTED = "5F6B7A"
LINE = "D5DBE1"
BRAND = "12436D"
TINT = "EEF3F7"
WHITE = "FFFFFF"
BLACK = "000000"
GREEN, AMBER, RED = "62B284", "FFE74D", "A61111"
BETTER, WORSE = "0B6B3A", "A61111"
INPUT_FILL, INPUT_LINE = "FFFBE8", "E3D9A8"


@dataclass(frozen=True)
class Style:
    """How a cell looks. Borders are colours; an empty one is no border."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str = ""
    align: str = "left"
    valign: str = "vcenter"
    wrap: bool = False
    indent: int = 0
    bottom: str = ""
    heavy_bottom: bool = False
    box: str = ""
    locked: bool = True


def styles(brand: str) -> dict[str, Style]:
    """Every named style of the workbook, in an authority's brand colour."""
    body = Style(bottom=LINE)
    number = replace(body, align="right", wrap=True)
    head = Style(
        size=9, bold=True, colour=MUTED, wrap=True, valign="bottom", bottom=brand, heavy_bottom=True
    )
    status = replace(body, align="center", bold=True)
    box = Style(fill=INPUT_FILL, box=INPUT_LINE, valign="top", wrap=True, locked=False)
    return {
        "plain": Style(),
        "band": Style(fill=brand, colour=WHITE),
        "title": Style(size=20, bold=True, colour=WHITE, fill=brand, indent=1),
        "subtitle": Style(size=11, colour=WHITE, fill=brand, indent=1),
        "back": Style(size=11, colour=WHITE, fill=brand, align="right"),
        "lead": Style(size=12, bold=True),
        "note": Style(size=9, colour=MUTED),
        "note ruled": Style(size=9, colour=MUTED, bottom=LINE, valign="bottom"),
        "note wrapped": Style(size=9, colour=MUTED, wrap=True, valign="top"),
        "heading": Style(size=12, bold=True, colour=brand),
        "group": Style(size=12, bold=True, colour=brand, bottom=LINE, valign="bottom"),
        "subgroup": Style(size=10, bold=True, colour=brand, bottom=LINE, indent=1, valign="bottom"),
        "role": Style(size=9, italic=True, colour=MUTED, align="right"),
        "role wrapped": Style(size=9, italic=True, colour=MUTED, align="right", wrap=True),
        "head": head,
        "head right": replace(head, align="right"),
        "head centre": replace(head, align="center"),
        "head now": replace(head, align="right", fill=TINT, colour=INK),
        "helper head": Style(size=8, colour=MUTED, wrap=True, valign="bottom"),
        "label": replace(body, colour=brand, wrap=True),
        "said": replace(body, wrap=True),
        "label bold": replace(body, colour=brand, bold=True, wrap=True),
        "label retired": replace(body, colour=MUTED, italic=True, wrap=True),
        "target label": replace(body, colour=MUTED, indent=2, size=9),
        "reference": replace(body, colour=MUTED, align="center"),
        "text": replace(body, wrap=True, valign="top", size=9, indent=1),
        "text over": replace(body, size=9, valign="top", indent=1),
        "written": Style(size=9, wrap=True, valign="top"),
        "written over": Style(size=9, valign="top", indent=1),
        "written number": Style(size=9, wrap=True, valign="top", align="right"),
        "written beside": Style(size=9, wrap=True, valign="top", indent=1),
        "written subheading": Style(bold=True),
        "written heading": Style(bold=True, colour=brand),
        "written head": Style(bold=True, colour=MUTED, bottom=brand),
        "written row": Style(bottom=LINE),
        "text plain": Style(wrap=True, valign="top", size=9),
        "text link": replace(body, wrap=True, valign="top", size=9, colour=brand, indent=1),
        "text bold": replace(body, wrap=True, valign="top", size=9, bold=True),
        "fact": replace(body, align="center", bold=True, wrap=True),
        "number": number,
        "number text": replace(number, size=8, colour=MUTED),
        "count": replace(body, align="center"),
        "number muted": replace(number, colour=MUTED, size=9),
        "number retired": replace(number, colour=MUTED, italic=True),
        "number now": replace(number, bold=True, fill=TINT),
        "glyph": replace(body, align="center"),
        "words": replace(body, size=9, colour=MUTED, wrap=True),
        "share": replace(body, size=9, colour=MUTED, align="left"),
        "ytd note": replace(body, size=8, colour=MUTED, wrap=True),
        "status": status,
        "gutter": Style(),
        "red": Style(bold=True, colour=WHITE, fill=RED, align="center"),
        "amber": Style(bold=True, colour=BLACK, fill=AMBER, align="center"),
        "green": Style(bold=True, colour=BLACK, fill=GREEN, align="center"),
        "better": Style(colour=BETTER, size=9),
        "worse": Style(colour=WORSE, size=9),
        "missing": Style(colour=MUTED, size=9),
        "average": Style(fill=TINT),
        "bold": Style(bold=True),
        "tile red": Style(size=14, bold=True, colour=WHITE, fill=RED, align="center"),
        "tile amber": Style(size=14, bold=True, colour=BLACK, fill=AMBER, align="center"),
        "tile green": Style(size=14, bold=True, colour=BLACK, fill=GREEN, align="center"),
        "tile none": Style(size=14, bold=True, colour=INK, fill=TINT, align="center"),
        "hand": replace(box, align="center", valign="vcenter"),
        "reason": replace(box, valign="vcenter", size=9),
        "box": box,
        "board box": Style(size=9, wrap=True, valign="top", box=LINE, indent=1),
        "board box empty": Style(size=9, italic=True, colour=MUTED, wrap=True, valign="top"),
        "board word": body,
        "words over": replace(body, size=9, colour=MUTED),
        "last month": Style(size=9, italic=True, colour=MUTED, wrap=True, indent=1),
        "typed figure": replace(box, align="right", valign="vcenter", wrap=False),
        "helper": Style(size=8, colour=MUTED),
        "figure": Style(size=9, align="right", wrap=True),
        "figure text": Style(size=9, wrap=True),
        "figure head": Style(size=9, bold=True, colour=MUTED, wrap=True, valign="bottom"),
        "figure head right": Style(
            size=9, bold=True, colour=MUTED, wrap=True, valign="bottom", align="right"
        ),
    }


# Between the names of a style and of what lies over it.
OVER = "|"


def style_of(known: Mapping[str, Style], name: str) -> Style:
    """The style of a name; in `number|red` the second lies over the first, as a condition does."""
    base, *over = name.split(OVER)
    found = known[base]
    for one in over:
        top = known[one]
        found = replace(
            found,
            colour=top.colour,
            bold=found.bold or top.bold,
            fill=top.fill or found.fill,
            bottom=top.bottom or found.bottom,
        )
    return found
