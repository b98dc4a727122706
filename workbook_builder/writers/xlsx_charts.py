"""Planned charts as XlsxWriter charts.

A month without a number is #N/A in the feed. Excel leaves it out when the chart shows #N/A as an
empty cell. LibreOffice draws it at 0 unless some value range of the chart holds a truly empty
cell, so a spare series over one empty cell goes along, without a line and without a legend entry.
"""

from __future__ import annotations

from typing import Any

from workbook_builder.plan.addresses import on_sheet, span
from workbook_builder.plan.model import Chart, ChartSeries, Formula, Sheet, Workbook
from workbook_builder.plan.styles import FAMILY, INK, LINE, MUTED

LABEL_SIZE, TITLE_SIZE = 8, 10
STACKED = "stacked"
# Dark enough for white figures on them, and apart for colour-blind readers; markers differ too.
SHADES = ("12436D", "801650", "2073BC", "3D3D3D", "B3460B", "6A4C93", "0B6B3A")
MARKERS = ("circle", "square", "triangle", "diamond", "x", "star", "plus")
# More figures than this on columns beside one another run into each other.
MOST_LABELS = 36
MOST_TITLE_LINES = 5
# A longer line has its figure at the last point only, and every third month under it.
LONG_LINE, EVERY = 13, 3
# A month needs so many pixels to stand level; with fewer it stands upright, and needs room below.
LEVEL, PLOT_WIDTH = 20, 0.81
# The spare series looks at a cell far outside what the feed sheet fills, which stays empty.
SPARE_CELL = (0, 50)


def add_charts(book: Any, worksheet: Any, sheet: Sheet, plan: Workbook) -> None:
    """Put the sheet's charts on it, moving but not sizing with its cells."""
    for chart in sheet.part.charts:
        kind, _, subtype = chart.kind.partition(" ")
        made = book.add_chart(
            {"type": kind, **({"subtype": subtype} if subtype == STACKED else {})}
        )
        for series in chart.series:
            made.add_series(_series(series, chart, plan))
        if kind == "line":
            made.add_series(_spare(chart))
            made.show_na_as_empty_cell()
        _dress(made, chart, plan)
        col, offset = _column_at(sheet, chart.left)
        worksheet.insert_chart(
            chart.row,
            col,
            made,
            {
                "x_offset": offset,
                "y_offset": 2,
                "description": chart.description,
                "object_position": 2,
            },
        )


def _column_at(sheet: Sheet, left: int) -> tuple[int, int]:
    """The column that a distance from the left edge falls in, and how far into it."""
    rest = left
    for col, width in enumerate(sheet.widths):
        pixels = int(width * 7 + 5)
        if rest < pixels:
            return col, rest
        rest -= pixels
    return len(sheet.widths), rest


def _series(series: ChartSeries, chart: Chart, plan: Workbook) -> dict[str, object]:
    """The ranges with their points, so that a viewer that does not calculate shows the truth."""
    points = _points(plan, series.sheet, series.values)
    options: dict[str, object] = {
        "name": series.name,
        "categories": f"={on_sheet(series.sheet, span(*series.categories))}",
        "values": f"={on_sheet(series.sheet, span(*series.values))}",
        "categories_data": _points(plan, series.sheet, series.categories),
        "values_data": [point if isinstance(point, (int, float)) else None for point in points],
    }
    font: dict[str, object] = {"name": FAMILY, "size": LABEL_SIZE, "color": f"#{MUTED}"}
    labels = {
        "value": True,
        "num_format": chart.number_format,
        "font": font,
    }
    if series.target and not chart.kind.startswith("column"):
        return options | _target_line(len(points))
    colour, marker = _look(chart, series, plan)
    several = len(shown_names(chart)) > 1
    if chart.kind.startswith("column"):
        position = "center" if chart.kind.endswith(STACKED) else "outside_end"
        crowded = several and len(points) * len(chart.series) > MOST_LABELS
        columns = {"fill": {"color": colour}, "gap": 60}
        if crowded:
            return options | columns
        inside = {**font, "color": "#FFFFFF"} if position == "center" else font
        return options | columns | {"data_labels": {**labels, "font": inside, "position": position}}
    line = {
        "line": {"color": colour, "width": 2.0},
        "marker": {
            "type": marker,
            "size": 6,
            "fill": {"color": colour},
            "border": {"color": colour},
        },
    }
    if several:
        return options | line
    above: dict[str, object] = {**labels, "position": "above"}
    if len(points) > LONG_LINE:
        above["custom"] = [*({"delete": True} for _ in points[1:]), None]
    return options | line | {"data_labels": above}


def shown_names(chart: Chart) -> list[str]:
    """The names of what is drawn; a target is a line to hold it against.

    A series that breaks is drawn in stretches of one name, which look alike.
    """
    return list(dict.fromkeys(series.name for series in chart.series if not series.target))


def _look(chart: Chart, series: ChartSeries, plan: Workbook) -> tuple[str, str]:
    """Colour and marker of a series: the brand's for one alone, else shades that stay apart."""
    names = shown_names(chart)
    if len(names) == 1:
        return f"#{plan.brand}", MARKERS[0]
    number = names.index(series.name)
    return f"#{SHADES[number % len(SHADES)]}", MARKERS[number % len(MARKERS)]


def _target_line(points: int) -> dict[str, object]:
    """Dashed and muted, with its name at the last point in place of a legend."""
    hidden: list[dict[str, bool] | None] = [{"delete": True} for _ in range(points - 1)]
    return {
        "line": {"color": f"#{MUTED}", "width": 1.25, "dash_type": "dash"},
        "marker": {"type": "none"},
        "data_labels": {
            "series_name": True,
            "value": False,
            "position": "right",
            "custom": [*hidden, None],
            "font": {"name": FAMILY, "size": LABEL_SIZE, "color": f"#{MUTED}", "italic": True},
        },
    }


def _spare(chart: Chart) -> dict[str, object]:
    feed = chart.series[0].sheet
    return {
        "values": f"={on_sheet(feed, span(*SPARE_CELL, *SPARE_CELL))}",
        "name": "Keeps gaps open",
        "values_data": [None],
        "line": {"none": True},
        "marker": {"type": "none"},
    }


def _points(plan: Workbook, sheet_name: str, area: tuple[int, int, int, int]) -> list[object]:
    """What the plan says stands in a range, row by row."""
    sheet = next(sheet for sheet in plan.sheets if sheet.name == sheet_name)
    held = {(cell.row, cell.col): cell.content for cell in sheet.part.cells}
    first_row, first_col, last_row, last_col = area
    found: list[object] = []
    for row in range(first_row, last_row + 1):
        for col in range(first_col, last_col + 1):
            content = held.get((row, col))
            found.append(content.value if isinstance(content, Formula) else content)
    return found


def _bottom(several: bool, longest: int, upright: bool) -> float:
    """How far down the plot reaches: a legend, upright months or broken ones stand below it."""
    if upright:
        return 0.74
    if several:
        return 0.76
    return 0.81 if longest > LONG_LINE else 0.86


def _length(series: ChartSeries) -> int:
    """How many points a series has."""
    first_row, first_col, last_row, last_col = series.values
    return (last_row - first_row + 1) * (last_col - first_col + 1)


def _limits(chart: Chart, plan: Workbook) -> dict[str, float]:
    """Columns begin at nought; an axis of percentages stops at 100 where it would go past it."""
    points = [point for one in chart.series for point in _points(plan, one.sheet, one.values)]
    numbers = [point for point in points if isinstance(point, (int, float))]
    if not numbers:
        return {}
    columns = chart.kind.startswith("column") and min(numbers) >= 0
    found = {"min": 0.0} if columns else {}
    if chart.highest is not None and 0.8 * chart.highest < max(numbers) <= chart.highest:
        found["max"] = chart.highest
    return found


def _dress(made: Any, chart: Chart, plan: Workbook) -> None:
    """Title top left, light grid, muted labels, no legend, no fill."""
    small = {"name": FAMILY, "size": LABEL_SIZE, "color": f"#{MUTED}"}
    made.set_title(
        {
            "name": chart.title,
            "name_font": {"name": FAMILY, "size": TITLE_SIZE, "bold": True, "color": f"#{INK}"},
            "overlay": False,
            "layout": {"x": 0.02, "y": 0.03},
        }
    )
    several = len(shown_names(chart)) > 1
    if several:
        # The spare series that keeps gaps open comes last and has no name for anybody.
        names = [series.name for series in chart.series]
        again = [at for at, name in enumerate(names) if name in names[:at]]
        spare = [len(chart.series)] if chart.kind == "line" else []
        made.set_legend({"position": "bottom", "font": small, "delete_series": again + spare})
    else:
        made.set_legend({"none": True})
    longest = max((_length(one) for one in chart.series), default=0)
    upright = longest > LONG_LINE and PLOT_WIDTH * chart.width < LEVEL * longest
    made.set_x_axis(
        {
            **({"interval_unit": EVERY} if longest > LONG_LINE else {}),
            "num_font": {**small, "rotation": -90 if upright else 0},
            "line": {"color": f"#{LINE}"},
            "major_tick_mark": "none",
            "text_axis": True,
            "label_position": "low",
        }
    )
    made.set_y_axis(
        {
            **_limits(chart, plan),
            "num_font": small,
            "num_format": chart.number_format,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": f"#{LINE}", "width": 0.5}},
            "major_tick_mark": "none",
        }
    )
    made.set_chartarea({"border": {"color": f"#{LINE}"}, "fill": {"color": "#FFFFFF"}})
    # Room at the right for the name of the target line, at the top for the lines of the title.
    top = 0.13 + 0.08 * min(chart.title_lines, MOST_TITLE_LINES)
    made.set_plotarea(
        {
            "fill": {"none": True},
            "layout": {
                "x": 0.1,
                "y": top,
                "width": PLOT_WIDTH,
                "height": _bottom(several, longest, upright) - top,
            },
        }
    )
    made.show_blanks_as("gap")
    made.set_size({"width": chart.width, "height": chart.height})
