"""Where pages end: between blocks, never through a table, a chart or a box."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_builder.plan.text_size import column_pixels

# A4 landscape inside margins of 1 cm, less the footer, in points.
PAGE_WIDTH, PAGE_HEIGHT = 785.0, 515.0
DEFAULT_ROW = 15.0
SPARE = 0.91
POINTS_PER_PIXEL = 0.75


def page_scale(widths: tuple[float, ...]) -> int:
    """The scale in percent that makes a sheet one page wide, with a little to spare.

    Programs and printers differ by up to a twentieth in how wide a column comes out.
    """
    width = sum(column_pixels(one) for one in widths) * POINTS_PER_PIXEL
    return max(10, min(100, int(100 * SPARE * PAGE_WIDTH / width)))


def page_breaks(
    may_break: Iterable[int],
    heights: dict[int, float],
    last_row: int,
    widths: tuple[float, ...],
    repeated: float = 0.0,
) -> tuple[int, ...]:
    """The rows before which a page ends, out of those where it may.

    heights are in points, widths in characters; `repeated` is the height of the rows that every
    page repeats. The sheet is scaled to one page wide, and so a page holds more rows.
    """
    room = PAGE_HEIGHT * 100 / page_scale(widths)
    tops = [0.0]
    for row in range(last_row + 1):
        tops.append(tops[-1] + heights.get(row, DEFAULT_ROW))
    candidates = sorted({row for row in may_break if 0 < row <= last_row})
    breaks: list[int] = []
    start, limit = 0.0, room
    for at, row in enumerate(candidates):
        following = candidates[at + 1] if at + 1 < len(candidates) else last_row + 1
        if tops[following] - start > limit and tops[row] > start:
            breaks.append(row)
            start, limit = tops[row], room - repeated
    return tuple(breaks)
