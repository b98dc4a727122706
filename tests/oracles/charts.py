"""What Calc really draws for a line chart: which months are joined, broken or at nought.

The lines are read from the shapes that LibreOffice lays out for the chart, not from a picture or
an SVG (Debian's libreoffice-calc has no SVG export), so a run of points is known exactly.

Two things decide whether a missing month is a gap. Excel 365 needs the chart's "show #N/A as an
empty cell". Calc 7.4 needs at least one truly empty cell somewhere in the chart's value ranges:
where every cell holds something and one is #N/A or text, its import takes the chart for one that
Excel would draw at nought, and draws it so. `tests/calc/test_chart_gaps.py` shows both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.oracles.calc import Book

# A drawn point is exact to a hundredth of a millimetre: far finer than this share of the scale.
NEAR = 1 / 500


@dataclass(frozen=True)
class Point:
    """A drawn point: its category, from 0, and the value that its height stands for."""

    place: int
    value: float


@dataclass(frozen=True)
class Line:
    """One series of a line chart as drawn: a list of points for each unbroken run."""

    series: str
    runs: list[list[Point]]
    scale: float

    def places(self) -> list[list[int]]:
        """The categories that each run passes through."""
        return [[point.place for point in run] for run in self.runs]

    def places_at_zero(self) -> list[int]:
        """The categories whose point is drawn at nought."""
        near = self.scale * NEAR
        return [point.place for run in self.runs for point in run if abs(point.value) < near]


def drawn_lines(book: Book, sheet: str, chart: int | str = 0) -> list[Line]:
    """The lines of a line chart in series order; a series with nothing drawn has no runs.

    For one linear value axis and straight lines, which is what our charts have.
    """
    drawing = book.chart_drawing(sheet, chart)
    scale = drawing["highest"] - drawing["lowest"]
    return [
        Line(name, [_points(run, drawing) for run in drawing["runs"].get(key, [])], scale)
        for key, name in drawing["series"].items()
    ]


def _points(run: list[list[int]], drawing: dict[str, Any]) -> list[Point]:
    """Turn positions on the drawing back into categories and values."""
    steps = drawing["places"] if drawing["between_ticks"] else drawing["places"] - 1
    half = 0.5 if drawing["between_ticks"] else 0.0
    points = []
    for x, y in run:
        place = (x - drawing["left"]) / drawing["width"] * steps - half
        height = 1 - (y - drawing["top"]) / drawing["height"]
        value = drawing["lowest"] + height * (drawing["highest"] - drawing["lowest"])
        points.append(Point(round(place), value))
    return points
