"""The palette, the pages and the sizes of texts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.oracles.colour import contrast, worst_distance
from workbook_builder.plan.pages import page_breaks, page_scale
from workbook_builder.plan.styles import AMBER, BRAND, GREEN, RED, WHITE, styles
from workbook_builder.plan.text_size import lines_needed, text_pixels

STYLES = styles(BRAND)


@pytest.mark.parametrize("name", STYLES)
def test_text_stands_out_from_its_fill(name: str) -> None:
    style = STYLES[name]
    least = 7.0 if name in ("red", "amber", "green") or name.startswith("tile") else 4.5
    assert contrast(style.colour, style.fill or WHITE) >= least


def test_statuses_stay_apart_for_every_eye() -> None:
    distance, _ = worst_distance((GREEN, AMBER, RED))
    assert distance >= 20


def test_a_block_that_fits_on_a_page_is_not_cut() -> None:
    heights = dict.fromkeys(range(90), 15.0)
    blocks = [0, 20, 45, 70]
    widths = (50.0, 50.0)
    breaks = page_breaks(blocks, heights, 89, widths)
    assert breaks
    assert set(breaks) <= set(blocks)
    room = 515 * 100 / page_scale(widths)
    edges = [0, *breaks, 90]
    assert all((end - start) * 15 <= room for start, end in pairwise(edges))


def test_a_page_is_filled_before_it_ends() -> None:
    heights = dict.fromkeys(range(40), 10.0)
    assert page_breaks([10, 20, 30], heights, 39, (60.0,)) == ()


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("short", 20, 1),
        ("", 20, 1),
        ("one\ntwo", 20, 2),
        ("Children and Families Assessments carried out within 45 working days", 66, 1),
        ("Children and Families Assessments carried out within 45 working days", 40, 2),
        ("Incomprehensibilities" * 3, 20, 3),
    ],
)
def test_lines_that_a_text_needs(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width, 10) == lines


def test_bold_is_wider() -> None:
    assert text_pixels("Status", 10, bold=True) > text_pixels("Status", 10)
