"""Native charts on slides. Each carries a workbook that holds its own figures and nothing else."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from workbook_builder.board.pack_model import PackChart, PackSeries
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
from workbook_builder.writers.office_file import plain
from workbook_builder.writers.pptx_parts import shade

LABEL_SIZE, TITLE_SIZE = 10, 12
# An axis of so few whole numbers would have halves between them, printed without their decimals.
FEW_STEPS = 6
IN_CHART = "The figures are in the chart's own table."
MADE = dt.datetime(2000, 1, 1)
SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def add_chart(slide: Any, chart: PackChart, brand: str, place: tuple[float, ...]) -> None:
    """Draw a chart at a place in centimetres, with alternative text; gaps stay gaps."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Cm

    kind = XL_CHART_TYPE.LINE_MARKERS
    if chart.kind.startswith("column"):
        stacked = chart.kind.endswith(STACKED)
        kind = XL_CHART_TYPE.COLUMN_STACKED if stacked else XL_CHART_TYPE.COLUMN_CLUSTERED
    maker: Any = CategoryChartData
    data = maker(number_format=chart.number_format)
    data.categories = [plain(one) for one in chart.periods]
    for series in chart.series:
        data.add_series(plain(series.name), series.figures)
    frame = slide.shapes.add_chart(kind, *(Cm(one) for one in place), data)
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", f"Chart: {plain(chart.title)}"[:100])
    properties.set("descr", plain(f"{chart.description} {IN_CHART}"))
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_workbook(chart))
    _dress(drawn, chart)
    for series, made in zip(chart.series, drawn.plots[0].series, strict=True):
        _series(made, series, chart, brand)


def _workbook(chart: PackChart) -> bytes:
    """The figures as python-pptx refers to them: periods down, series across, gaps empty."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("Sheet1")
    written = book.add_format({"num_format": chart.number_format})
    for row, period in enumerate(chart.periods, start=1):
        sheet.write_string(row, 0, plain(period))
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, plain(series.name))
        for row, figure in enumerate(series.figures, start=1):
            if figure is not None:
                sheet.write_number(row, column, figure, written)
    book.close()
    return held.getvalue()


def _dress(drawn: Any, chart: PackChart) -> None:
    """Title, light grid, muted labels, a legend only for several series."""
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    muted, line = shade(MUTED), shade(LINE)
    drawn.font.size, drawn.font.name, drawn.font.color.rgb = Pt(LABEL_SIZE), FAMILY, muted
    drawn.has_title = True
    frame = drawn.chart_title.text_frame
    frame.text = plain(chart.title)
    title = frame.paragraphs[0].runs[0].font
    title.size, title.bold, title.color.rgb = Pt(TITLE_SIZE), True, shade(INK)
    drawn.chart_title.include_in_layout = False
    drawn.has_legend = len(chart.names) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    lowest, highest = limits_of(chart)
    values, periods = drawn.value_axis, drawn.category_axis
    values.minimum_scale, values.maximum_scale = lowest, highest
    least, most = spread(chart)
    if in_whole_numbers(chart) and most - least < FEW_STEPS:
        values.major_unit = 1
    values.major_gridlines.format.line.color.rgb = line
    values.format.line.fill.background()
    values.major_tick_mark = periods.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format = chart.number_format
    values.tick_labels.number_format_is_linked = False
    periods.format.line.color.rgb = line
    periods.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    blanks = drawn._chartSpace.chart.find(f"{{{SPACE}}}dispBlanksAs")
    if blanks is not None:
        blanks.set("val", "gap")
    _sound_axes(drawn)
    if chart.kind.startswith("column"):
        drawn.plots[0].gap_width = 60


def _sound_axes(drawn: Any) -> None:
    """Numbers of axes are above nought by the standard; python-pptx gives some below it."""
    for name in ("axId", "crossAx"):
        for one in drawn._chartSpace.iter(f"{{{SPACE}}}{name}"):
            one.set("val", one.get("val").lstrip("-"))


def _series(made: Any, series: PackSeries, chart: PackChart, brand: str) -> None:
    """A target is dashed with its name at the end; all else has its colour and marker."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    if chart.kind.startswith("column"):
        _column(made, series, chart, brand)
        return
    made.smooth = False
    if series.target:
        made.format.line.color.rgb = shade(MUTED)
        made.format.line.width, made.format.line.dash_style = Pt(1.25), MSO_LINE.DASH
        made.marker.style = XL_MARKER_STYLE.NONE
        reach = ends(series.figures)
        if reach is not None:
            label = made.points[reach[1]].data_label
            label.has_text_frame = True
            label.text_frame.text = plain(series.name)
        return
    colour, marker = look_of(chart, series, brand)
    made.format.line.color.rgb, made.format.line.width = shade(colour), Pt(2)
    made.marker.style, made.marker.size = XL_MARKER_STYLE[marker.upper()], 6
    made.marker.format.fill.solid()
    made.marker.format.fill.fore_color.rgb = shade(colour)
    made.marker.format.line.color.rgb = shade(colour)
    if len(chart.names) == 1:
        _line_labels(made, series, chart)


def _line_labels(made: Any, series: PackSeries, chart: PackChart) -> None:
    """The figures above the points; of a long line above the last."""
    from pptx.enum.chart import XL_LABEL_POSITION

    reach = ends(series.figures)
    if len(series.figures) <= LONG_LINE:
        labels = made.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
        labels.number_format, labels.number_format_is_linked = chart.number_format, False
    elif reach is not None:
        label = made.points[reach[1]].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        _shows_value(label)


def _shows_value(label: Any) -> None:
    """Show the figure of one point only."""
    held = label._get_or_add_dLbl()
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent"):
        for one in held.findall(f"{{{SPACE}}}{name}"):
            one.set("val", "1" if name == "showVal" else "0")


def _column(made: Any, series: PackSeries, chart: PackChart, brand: str) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION

    colour, _ = look_of(chart, series, brand)
    made.format.fill.solid()
    made.format.fill.fore_color.rgb = shade(colour)
    made.invert_if_negative = False
    stacked = chart.kind.endswith(STACKED)
    if len(chart.names) > 1 and len(chart.periods) * len(chart.names) > MOST_LABELS:
        return
    labels = made.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = chart.number_format, False
    labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
    if stacked:
        labels.font.color.rgb = shade("FFFFFF")
