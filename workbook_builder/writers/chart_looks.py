"""How charts look in every kind of file: shades, markers, and figures as a format prints them."""

from __future__ import annotations

from workbook_builder.board.pack_model import PackChart, PackSeries
from workbook_builder.writers.xlsx_charts import MARKERS, SHADES

# A longer line has its figure at the last point only.
LONG_LINE = 13
# More figures than this on columns beside one another run into each other.
MOST_LABELS = 36
STACKED = "stacked"


def look_of(chart: PackChart, series: PackSeries, brand: str) -> tuple[str, str]:
    """Colour and marker of a series: the brand's for one alone, else shades that stay apart."""
    if len(chart.names) == 1:
        return brand, MARKERS[0]
    number = chart.names.index(series.name)
    again, at = divmod(number, len(SHADES))
    return SHADES[at], MARKERS[(at + again) % len(MARKERS)]


def has_figures(chart: PackChart) -> bool:
    """Whether anything but a target is there to draw."""
    drawn = (one for one in chart.series if not one.target)
    return any(figure is not None for one in drawn for figure in one.figures)


def ends(figures: tuple[float | None, ...]) -> tuple[int, int] | None:
    """The places of the first and last figure; None where there is none."""
    held = [at for at, figure in enumerate(figures) if figure is not None]
    return (held[0], held[-1]) if held else None


def spread(chart: PackChart) -> tuple[float, float]:
    """The lowest and the highest figure drawn, and nought where there is none."""
    numbers = _numbers(chart)
    return min(numbers, default=0.0), max(numbers, default=0.0)


def _numbers(chart: PackChart) -> list[float]:
    return [figure for one in chart.series for figure in one.figures if figure is not None]


def in_whole_numbers(chart: PackChart) -> bool:
    """Whether the steps of its axis are whole: a half of a child is none."""
    return "." not in chart.number_format


def limits_of(chart: PackChart) -> tuple[float | None, float | None]:
    """Where the axis begins and ends: columns and noughts at nought, percentages at 100 at most."""
    numbers = _numbers(chart)
    columns = chart.kind.startswith("column") and spread(chart)[0] >= 0
    highest = chart.highest
    capped = highest is not None and bool(numbers) and 0.8 * highest < max(numbers) <= highest
    if numbers and not any(numbers):
        # An axis around nought alone would have steps that print as 0, 1, 1.
        return 0.0, 1.0
    return (0.0 if columns else None), (highest if capped else None)
