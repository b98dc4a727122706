"""The dated figures block: figures that stand in no run of months, each with its own date.

Figures from comments, single years, quarters and days, and breakdowns that a report gives once: one
row for each, with what it is, the period and the figure. What other blocks show is left out: the
months of the headline, the rate beside it, breakdowns whose key is in `skip`, and headline figures
at the periods of `skip_roles`, such as month_24. `months` is how many months of the headline and of
its rate stand elsewhere; as many as the scorecard shows unless given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.measures.breakdowns import parts_of
from workbook_builder.periods import Kind, Period
from workbook_builder.plan.addresses import text
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.layout import series_key_text
from workbook_builder.plan.model import Cell, DefinedName, Formula, Merge, Part
from workbook_builder.plan.roles import role_period
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line
from workbook_builder.values import Symbol

ROW_HEIGHT = 17.0
NEEDED = 6


class DatedFiguresOptions(Definition):
    """What the block may set beyond heading and indicators."""

    skip: tuple[str, ...] = ()
    skip_roles: tuple[str, ...] = ()
    months: int = Field(default=0, ge=0, le=24)


@dataclass(frozen=True)
class Dated:
    """One figure: its indicator, breakdown and period."""

    line: Line
    breakdown: str
    period: Period

    @property
    def key(self) -> str:
        return series_key_text(self.line.code, self.breakdown)


def plan_dated_figures(place: BlockPlace, block: Block) -> Part:
    """Plan the list."""
    options = DatedFiguresOptions(**block.options)
    columns, top = place.columns, place.top
    heads = (
        (columns.LABEL, "Figure", "head"),
        (columns.YEAR, "Period", "head"),
        (columns.YEAR + 1, None, "head"),
        (columns.YEAR + 2, None, "head"),
        (columns.YEAR + 3, "As reported", "head right"),
    )
    cells = [Cell(top, columns.LABEL, block.heading or "Further figures", "heading")]
    cells += [Cell(top + 1, col, said, style) for col, said, style in heads]
    heights, keys = [(top, 24.0), (top + 1, 18.0)], [(top, f"{ELSEWHERE}dated {place.number}")]
    merges, names, row = [], list[DefinedName](), top + 2
    named: set[str] = set()
    for one in dated_figures(place, block, options):
        if one.line.code not in named:
            named.add(one.line.code)
            name = place.row_name(one.line)
            names.append(DefinedName.of_cell(name, row, columns.LABEL))
        said = _said(one)
        cells.append(Cell(row, columns.LABEL, said, "label"))
        period = Cell(row, columns.YEAR, one.period.label, "words")
        merges.append(Merge(period, row, columns.YEAR + 2))
        figure = Cell(row, columns.YEAR + 3, _figure(place, one), "number", _format(one))
        cells.append(figure)
        lines = lines_needed(said, columns.label_width, 10)
        heights.append((row, height_for(lines, 10, ROW_HEIGHT)))
        keys.append((row, f"{ELSEWHERE}{one.key}|{one.period.key}"))
        row += 1
    return Part(
        row,
        tuple(cells),
        tuple(heights),
        merges=tuple(merges),
        names=tuple(names),
        row_keys=tuple(keys),
    )


def dated_figures(place: BlockPlace, block: Block, options: DatedFiguresOptions) -> Iterator[Dated]:
    """The figures in the order of indicators, breakdowns and periods."""
    shown = options.months or place.scorecard.catalogue.settings.defaults.months_shown
    first = place.scorecard.month.plus(1 - shown)
    skipped_periods = {role_period(role, place.scorecard) for role in options.skip_roles}
    for line in place.lines(block):
        monthly = ("", line.indicator.rate_breakdown)
        for series in place.scorecard.table.series:
            parts = set(parts_of(series.breakdown))
            if series.indicator != line.code or (parts and parts <= set(options.skip)):
                continue
            points = place.scorecard.table.points(line.code, series.breakdown)
            for period in sorted(points):
                recent = period.kind is Kind.MONTH and period.end >= first
                skipped = period in skipped_periods and not series.breakdown
                if not skipped and not (recent and series.breakdown in monthly):
                    yield Dated(line, series.breakdown, period)


def _said(one: Dated) -> str:
    parts = parts_of(one.breakdown)
    told = ", ".join(
        value if key in ("measure", "narrative") else f"{key.replace('_', ' ')} {value}".strip()
        for key, value in parts.items()
    )
    reference = one.line.indicator.reference or one.line.code
    name = one.line.indicator.short_name or one.line.indicator.name
    return f"{reference}  {told or name}"


def _figure(place: BlockPlace, one: Dated) -> Formula:
    """The figure; where only its count was given, that in brackets."""
    column = f"MATCH({text(one.period.key)},fig_period,0)"
    row = f"MATCH({text(one.key)},fig_key,0)"
    found, count = f"INDEX(fig_value,{row},{column})", f"INDEX(fig_numerator,{row},{column})"
    missing = Symbol.NOT_AVAILABLE.shown
    known = place.layout.rows[place.layout.row_number(one.key) - 1]
    shown = place.layout.content(known, one.period)
    points = place.scorecard.table.points(one.line.code, one.breakdown)
    counted = points[one.period].numerator
    if shown == missing and counted is not None:
        shown = f"({counted:.15g})"
    only = f'IF(ISNUMBER({count}),"("&{count}&")",{found})'
    return Formula(f'IF({found}="","",IF({found}="{missing}",{only},{found}))', shown)


def _format(one: Dated) -> str:
    unit = one.line.indicator.unit_of(one.breakdown)
    if unit is one.line.indicator.unit:
        return number_format(one.line.conventions.decimals, one.line.conventions.suffix)
    return "General" + (f'"{unit.suffix}"' if unit.suffix else "")
