"""The distribution block: one row for each band of an indicator, with a column chart beside it.

Options: breakdown = the key of the bands ("days"), in the order in which the extract gives them.
"""

from __future__ import annotations

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.measures.series import SeriesKey
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.layout import series_key_text
from workbook_builder.plan.model import Cell, Chart, ChartSeries, DefinedName, Formula, Part
from workbook_builder.scorecard import Line

ROW_HEIGHT = 18.0
CHART_HEIGHT = 250


class DistributionOptions(Definition):
    """What a distribution block may set beyond heading and indicators."""

    breakdown: str


def plan_distribution(place: BlockPlace, block: Block) -> Part:
    """Plan the table and its chart; the block is about the first indicator that it names."""
    options = DistributionOptions(**block.options)
    line = place.lines(block)[0]
    columns, layout = place.columns, place.layout
    top = place.top
    cells = [
        Cell(top, columns.LABEL, block.heading or line.indicator.name, "heading"),
        Cell(top + 1, columns.LABEL, options.breakdown.capitalize(), "head"),
        Cell(top + 1, columns.YEAR, f"{layout.roles['ytd'].text} YTD", "head right"),
        Cell(top + 1, columns.code, "Series", "helper head"),
        Cell(top + 1, columns.figure_row, "Row on Figures", "helper head"),
    ]
    heights = [(top, 24.0), (top + 1, 28.0)]
    first = row = top + 2
    for key in _bands(place, line, options.breakdown):
        cells += _band(place, line, key, row)
        heights.append((row, ROW_HEIGHT))
        row += 1
    chart = _chart(place, line, first, row - 1)
    filler = max(0, -(-int(CHART_HEIGHT * 0.75 - (row - top) * ROW_HEIGHT) // int(ROW_HEIGHT)))
    heights += [(row + at, ROW_HEIGHT) for at in range(filler)]
    names = (DefinedName.of_cell(place.row_name(line), top, columns.LABEL),)
    keys = tuple(
        (one.row, str(one.content))
        for one in cells
        if one.style == "helper" and isinstance(one.content, str)
    )
    return Part(
        row + filler,
        tuple(cells),
        tuple(heights),
        names=names,
        charts=(chart,),
        row_keys=((top, line.code), *keys),
    )


def _bands(place: BlockPlace, line: Line, breakdown: str) -> list[SeriesKey]:
    """The series of the breakdown, as the extract orders them."""
    return [
        key
        for key in place.scorecard.table.series
        if key.indicator == line.code and key.breakdown.startswith(f"{breakdown}=")
    ]


def _band(place: BlockPlace, line: Line, key: SeriesKey, row: int) -> list[Cell]:
    columns, layout = place.columns, place.layout
    text = series_key_text(key.indicator, key.breakdown)
    value = layout.value(text, "ytd")
    figure_row = cell(row, columns.figure_row, fixed_col=True)
    settings = line.conventions
    return [
        Cell(row, columns.LABEL, key.breakdown.partition("=")[2], "label"),
        Cell(
            row,
            columns.YEAR,
            Formula(f"INDEX(fig_value,{figure_row},at_ytd)", value),
            "number",
            number_format(settings.decimals_ytd, settings.suffix),
        ),
        Cell(row, columns.code, text, "helper"),
        Cell(
            row,
            columns.figure_row,
            Formula(
                f"MATCH({cell(row, columns.code, fixed_col=True)},fig_key,0)",
                layout.row_number(text),
            ),
            "helper",
        ),
    ]


def _chart(place: BlockPlace, line: Line, first: int, last: int) -> Chart:
    columns = place.columns
    left = columns.left(columns.FIRST_PERIOD) + 24
    right = columns.left(columns.last_printed + 1)
    series = ChartSeries(
        line.indicator.name,
        place.tab.name,
        (first, columns.LABEL, last, columns.LABEL),
        (first, columns.YEAR, last, columns.YEAR),
    )
    settings = line.conventions
    return Chart(
        kind="column",
        title=line.indicator.name,
        description=(
            f"Column chart of {line.indicator.name}, year to date, one column for each band. "
            "The figures are in the table beside it."
        ),
        row=first - 2,
        left=left,
        width=right - left,
        height=CHART_HEIGHT,
        series=(series,),
        number_format=number_format(settings.decimals_ytd, settings.suffix),
    )
