"""Charts as pictures for documents that have none of their own, drawn by matplotlib.

The palette, markers and rules are those of the workbook's charts: a gap is a gap, a target is a
dashed line with its name, one series has no legend.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from textwrap import fill
from typing import Any

from workbook_builder.board.pack_model import PackChart, PackSeries
from workbook_builder.board.printed import printed
from workbook_builder.plan.styles import FAMILY, INK, LINE, MUTED
from workbook_builder.writers.chart_looks import (
    LONG_LINE,
    MOST_LABELS,
    STACKED,
    ends,
    in_whole_numbers,
    limits_of,
    look_of,
    spread,
)

DPI = 200
INCH = 2.54
LABEL_SIZE, TITLE_SIZE = 8, 10
# The family of all else, its twin, and what matplotlib brings along.
FONTS = (FAMILY, "Liberation Sans", "DejaVu Sans")
# The workbook's markers as matplotlib calls them.
SHAPES = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "x": "x",
    "star": "*",
    "plus": "P",
}
# So many characters stand beside one another on a centimetre: of labels, of the legend, of the
# title.
LABELS, LEGEND, TITLE = 5.0, 6.5, 5.0
# Centimetres of a line of labels, of the title and of the legend, and of a character of a label.
LABEL_LINE, TITLE_LINE, LEGEND_LINE, CHARACTER = 0.36, 0.46, 0.48, 0.14
# Around the plot: below the title, beside the steps of the axis, at the right end.
ABOVE, BESIDE, END, UNDER = 0.35, 0.4, 0.5, 0.3
# Room above the highest point, for its figure; a part of a column lower than this has none.
ROOM, LEAST_PART, TOP_ROOM = 0.22, 0.07, 0.12
# A point as near to the lowest of the axis as this has its figure above, not on the labels below.
NEAR = 0.05


def picture(chart: PackChart, brand: str, width: float, height: float) -> bytes:
    """A chart as PNG at 200 dots an inch, so many centimetres wide.

    The plot without title, labels and legend is `height` high.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"font.family": _fonts(), "font.size": LABEL_SIZE}):
        around = _around(chart, width)
        whole = around.above + height + around.below
        figure = Figure(figsize=(width / INCH, whole / INCH), dpi=DPI)
        canvas: Any = FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        figure.subplots_adjust(
            left=around.left / width,
            right=1 - around.right / width,
            bottom=around.below / whole,
            top=1 - around.above / whole,
        )
        (_columns if chart.kind.startswith("column") else _lines)(axes, chart, brand)
        _dress(figure, axes, chart, around)
        canvas.draw()
        return _png(canvas)


@cache
def _fonts() -> list[str]:
    """Those of the fonts that the computer has; matplotlib complains of each that it has not."""
    from matplotlib.font_manager import get_font_names

    known = set(get_font_names())
    return [name for name in FONTS if name in known]


def _png(canvas: Any) -> bytes:
    """The picture with the 64 colours it needs, which is a third of the size."""
    from PIL import Image

    size = canvas.get_width_height()
    image = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    few = image.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    held = io.BytesIO()
    few.save(held, format="png", dpi=(DPI, DPI))
    return held.getvalue()


@dataclass(frozen=True)
class Around:
    """What stands around the plot, and its room in centimetres; upright labels stand on end."""

    title: str
    labels: tuple[str, ...]
    upright: bool
    legend_columns: int
    above: float
    below: float
    left: float
    right: float


def _around(chart: PackChart, width: float) -> Around:
    title = fill(chart.title, int(TITLE * width))
    labels, upright, deep = _labels(chart, width)
    several = len(chart.names) > 1
    longest = max((len(name) for name in chart.names), default=0)
    columns = max(1, int(LEGEND * width / (longest + 8)))
    rows = -(-len(chart.names) // columns) if several else 0
    targets = [one.name for one in chart.series if one.target]
    numbers = [figure for one in chart.series for figure in one.figures if figure is not None]
    steps = max((len(printed(one, chart.number_format)) for one in numbers), default=1) + 1
    return Around(
        title,
        labels,
        upright,
        columns,
        above=ABOVE + TITLE_LINE * (title.count("\n") + 1),
        below=UNDER + deep + LEGEND_LINE * rows,
        left=BESIDE + CHARACTER * steps,
        right=END + CHARACTER * max((len(name) for name in targets), default=0),
    )


def _labels(chart: PackChart, width: float) -> tuple[tuple[str, ...], bool, float]:
    """The labels, level where their longest word has room in its slot, else on end; their depth."""
    slot = int(LABELS * 0.9 * width / max(len(chart.periods), 1)) - 1
    longest = max((len(word) for one in chart.periods for word in one.split()), default=0)
    if longest <= slot:
        texts = tuple(fill(one, slot) for one in chart.periods)
        lines = max((one.count("\n") for one in texts), default=0) + 1
        return texts, False, lines * LABEL_LINE
    most = max(len(one) for one in chart.periods)
    return chart.periods, True, most * CHARACTER


def _lines(axes: Any, chart: PackChart, brand: str) -> None:
    several, said = len(chart.names) > 1, set[str]()
    for series in chart.series:
        points = [float("nan") if one is None else one for one in series.figures]
        if series.target:
            _target(axes, series, points)
            continue
        colour, marker = look_of(chart, series, brand)
        label = series.name if series.name not in said else f"_{series.name}"
        said.add(series.name)
        axes.plot(
            range(len(points)),
            points,
            color=f"#{colour}",
            marker=SHAPES[marker],
            markersize=5,
            linewidth=1.8,
            label=label,
        )
        if not several:
            _figures(axes, chart, series)


def _target(axes: Any, series: PackSeries, points: list[float]) -> None:
    """Dashed and muted, with its name at the last point in place of a legend."""
    axes.plot(range(len(points)), points, color=f"#{MUTED}", linestyle=(0, (5, 3)), linewidth=1.2)
    reach = ends(series.figures)
    if reach is not None:
        axes.annotate(
            series.name,
            (reach[1], points[reach[1]]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            style="italic",
            color=f"#{MUTED}",
        )


def _figures(axes: Any, chart: PackChart, series: PackSeries) -> None:
    """The figures above the points of a line alone; of a long one above the last."""
    reach = ends(series.figures)
    for at, figure in enumerate(series.figures):
        if figure is None or (len(series.figures) > LONG_LINE and reach and at != reach[1]):
            continue
        below = _is_lowest(series.figures, at) and figure > NEAR * spread(chart)[1]
        axes.annotate(
            printed(figure, chart.number_format),
            (at, figure),
            xytext=(0, -7 if below else 6),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            color=f"#{INK}",
        )


def _is_lowest(figures: tuple[float | None, ...], at: int) -> bool:
    """Whether the line falls to a point and rises after it: the figure has room below only."""
    here = figures[at]
    beside = (*figures[max(at - 1, 0) : at], *figures[at + 1 : at + 2])
    known = [one for one in beside if one is not None]
    return here is not None and bool(known) and all(one > here for one in known)


def _columns(axes: Any, chart: PackChart, brand: str) -> None:
    stacked = chart.kind.endswith(STACKED)
    drawn = [one for one in chart.series if not one.target]
    places = len(chart.periods)
    room = 0.62 if stacked or len(drawn) == 1 else 0.8 / len(drawn)
    below = [0.0] * places
    crowded = len(drawn) > 1 and places * len(drawn) > MOST_LABELS
    for number, series in enumerate(drawn):
        colour, _ = look_of(chart, series, brand)
        heights = [one or 0.0 for one in series.figures]
        shift = 0.0 if stacked else (number - (len(drawn) - 1) / 2) * room
        bars = axes.bar(
            [at + shift for at in range(places)],
            heights,
            width=room,
            bottom=below if stacked else None,
            color=f"#{colour}",
            edgecolor="white",
            linewidth=0.5 if stacked else 0,
            label=series.name,
        )
        if not crowded:
            least = LEAST_PART * _highest(drawn) if stacked else None
            texts = [_label(chart, one, least) for one in series.figures]
            inside = {"label_type": "center", "color": "white"} if stacked else {"padding": 2}
            axes.bar_label(bars, texts, **inside)
        below = [low + high for low, high in zip(below, heights, strict=True)]


def _label(chart: PackChart, figure: float | None, least: float | None) -> str:
    """The figure of a column; none for a part that is too low for it."""
    if figure is None or (least is not None and figure < least):
        return ""
    return printed(figure, chart.number_format)


def _highest(drawn: list[PackSeries]) -> float:
    """The height of the highest column of a stack."""
    return max(
        (sum(one or 0.0 for one in at) for at in zip(*(x.figures for x in drawn), strict=True)),
        default=0.0,
    )


def _dress(figure: Any, axes: Any, chart: PackChart, around: Around) -> None:
    """Title top left, light grid, muted labels, a legend only for several series."""
    from matplotlib.ticker import FuncFormatter

    figure.text(
        0.01,
        0.985,
        around.title,
        va="top",
        fontsize=TITLE_SIZE,
        fontweight="bold",
        color=f"#{INK}",
    )
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(f"#{LINE}")
    axes.grid(axis="y", color=f"#{LINE}", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=f"#{MUTED}")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda at, _: _tick(at, chart.number_format)))
    axes.set_xticks(range(len(around.labels)), around.labels, rotation=90 if around.upright else 0)
    axes.margins(y=ROOM)
    axes.set_xlim(-0.6, len(around.labels) - 0.4)
    lowest, highest = limits_of(chart)
    if in_whole_numbers(chart):
        axes.yaxis.get_major_locator().set_params(integer=True)
    # A point at the top has its marker whole, and its figure below the title.
    axes.set_ylim(bottom=lowest, top=None if highest is None else highest * (1 + TOP_ROOM))
    if lowest is None and axes.get_ylim()[0] < 0 <= spread(chart)[0]:
        axes.set_ylim(bottom=0)
    if len(chart.names) > 1:
        figure.legend(
            loc="lower center",
            ncols=around.legend_columns,
            frameon=False,
            labelcolor=f"#{MUTED}",
        )


def _tick(at: float, number_format: str) -> str:
    """A step of the axis with its sign and no more decimals than it has."""
    suffix = number_format.partition('"')[2].rstrip('"')
    return f"{at:.15g}{suffix}" if abs(at) < 1e15 else ""
