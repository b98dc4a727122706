"""How wide a text is in Arial and how many lines it takes, so that nothing is cut off.

Advance widths are Arial's own, in thousandths of the type size.
"""

from __future__ import annotations

import math

_REGULAR = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_WIDTH = {char: width for width, chars in _REGULAR.items() for char in chars}
_WIDEST = 1000
_BOLD = 1.08
_PIXELS_PER_POINT = 96 / 72
_LINE_SPACING = 1.32


def column_pixels(width: float) -> int:
    """How many pixels a column of so many characters is wide in Excel."""
    return int(width * 7 + 5)


def text_pixels(text: str, size: float, bold: bool = False) -> float:
    """How many pixels a line of text takes; unknown characters count as the widest."""
    units = sum(_WIDTH.get(char, _WIDEST) for char in text)
    return units / 1000 * size * _PIXELS_PER_POINT * (_BOLD if bold else 1)


def lines_needed(text: str, width: float, size: float, bold: bool = False) -> int:
    """How many lines a text wraps to in a column of `width` characters."""
    room = max(column_pixels(width) - 8, 10)
    lines = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, 1
        for word in paragraph.split(" "):
            needed = text_pixels(word + " ", size, bold)
            if used and used + text_pixels(word, size, bold) > room:
                count, used = count + 1, 0.0
            if needed > room:
                count += math.ceil(needed / room) - 1
            used += needed
        lines += count
    return lines


def height_for(lines: int, size: float, least: float) -> float:
    """The row height in points that so many lines need."""
    return max(least, math.ceil(lines * size * _LINE_SPACING + 4))


def wrapped(text: str, width: float, size: float) -> list[str]:
    """A text cut into lines that fit `width` characters, for cells that do not wrap."""
    room = column_pixels(width)
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_pixels(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
