"""Charts as pictures, looked at dot by dot: a gap is a gap, a figure in it is none."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from workbook_builder.board.pack_model import PackChart, PackSeries
from workbook_builder.writers.chart_pictures import picture

BRAND = "12436D"
PERIODS = ("Jan-24", "Feb-24", "Mar-24", "Apr-24", "May-24")
FLAT = PackChart(
    "line", "", "", PERIODS, (PackSeries("Figure", (40.0, 40.0, 40.0, 40.0, 40.0)),), "0"
)


def opened(chart: PackChart) -> Image.Image:
    return Image.open(io.BytesIO(picture(chart, BRAND, 16.0, 3.4))).convert("RGB")


def is_brand(dot: tuple[int, ...]) -> bool:
    wanted = tuple(int(BRAND[at : at + 2], 16) for at in (0, 2, 4))
    return all(abs(one - two) <= 24 for one, two in zip(dot, wanted, strict=True))


def drawn_columns(image: Image.Image) -> list[bool]:
    """For each column of dots whether something stands in it in the brand's colour."""
    width, height = image.size
    dots = image.load()
    assert dots is not None
    return [any(is_brand(dots[x, y]) for y in range(height)) for x in range(width)]


def longest_gap(columns: list[bool]) -> int:
    """Of the columns between the first and the last one that is drawn."""
    first = columns.index(True)
    last = len(columns) - columns[::-1].index(True)
    runs = "".join("#" if one else "." for one in columns[first:last]).split("#")
    return max(map(len, runs))


def with_figures(*figures: float | None) -> PackChart:
    return replace(FLAT, series=(PackSeries("Figure", figures),))


def test_a_missing_month_is_a_gap_in_the_line() -> None:
    width = opened(FLAT).size[0]
    assert longest_gap(drawn_columns(opened(FLAT))) == 0
    broken = longest_gap(drawn_columns(opened(with_figures(40.0, 40.0, None, 40.0, 40.0))))
    assert broken > width / 5


def test_a_missing_month_has_no_column() -> None:
    columns = replace(with_figures(40.0, 40.0, None, 40.0, 40.0), kind="column")
    assert longest_gap(drawn_columns(opened(columns))) > opened(columns).size[0] / 5


@pytest.mark.parametrize("width", [8.0, 16.0, 25.0])
def test_a_picture_has_200_dots_an_inch_and_is_small(width: float) -> None:
    png = picture(FLAT, BRAND, width, 3.4)
    image = Image.open(io.BytesIO(png))
    assert image.size[0] == pytest.approx(width / 2.54 * 200, abs=2)
    assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    assert len(png) < 60_000


def test_long_labels_make_the_picture_higher() -> None:
    long = replace(FLAT, periods=tuple(f"A rather long name of a team {one}" for one in PERIODS))
    assert opened(long).size[1] > opened(FLAT).size[1]
