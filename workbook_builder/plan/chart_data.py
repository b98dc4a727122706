"""The Chart data sheet: the feed that charts draw from, numbers or #N/A only.

A suppressed or missing figure is #N/A here, which a line chart leaves out: a gap is a gap and
never a point at 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbook_builder.catalogue.words import PeriodType
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.layout import Layout, limit_key, limit_sides, series_key_text
from workbook_builder.plan.model import Cell, ChartSeries, Formula, Part, Print, Sheet
from workbook_builder.scorecard import Line
from workbook_builder.values import is_number

NAME = "Chart data"
NOT_AVAILABLE = "#N/A"
HEAD_ROW = {"month": 3, "quarter": 4}
FIRST_ROW = 5
KEY, FIGURE_ROW, FIRST_COLUMN = 0, 1, 2


@dataclass(frozen=True)
class FeedRow:
    """One row of the feed: a series, or the target of one, over months or quarters.

    `shown` says for each period whether the row draws it. A series that breaks has a row for each
    stretch, so that no line joins figures which cannot be compared.
    """

    key: str
    role: str
    shown: tuple[bool, ...]

    @property
    def periods(self) -> int:
        return len(self.shown)


@dataclass(frozen=True)
class Feed:
    """All rows of the feed, so that charts can be told where theirs is."""

    rows: tuple[FeedRow, ...]

    def series(self, key: str, name: str, target: bool = False) -> list[ChartSeries]:
        """The chart series over the feed rows of a key; none where it has no row."""
        found = []
        for at, row in enumerate(self.rows):
            if row.key == key:
                top, head = FIRST_ROW + at, HEAD_ROW[row.role]
                last = FIRST_COLUMN + row.periods - 1
                heads = (head, FIRST_COLUMN, head, last)
                values = (top, FIRST_COLUMN, top, last)
                found.append(ChartSeries(name, NAME, heads, values, target))
        return found


def build_feed(layout: Layout, charted: Iterable[Line]) -> Feed:
    """The feed for all indicators that stand in a chart block, each once."""
    defaults = layout.scorecard.catalogue.settings.defaults
    rows: list[FeedRow] = []
    seen: set[str] = set()
    for line in charted:
        if line.code in seen:
            continue
        seen.add(line.code)
        quarterly = line.indicator.period_type is PeriodType.QUARTERLY
        role = "quarter" if quarterly else "month"
        periods = defaults.quarters_shown if quarterly else defaults.months_shown
        key = series_key_text(line.code)
        stretches = _stretches(layout, line, role, periods)
        rows += [FeedRow(key, role, shown) for shown in stretches]
        for side in limit_sides(line.indicator):
            if has_target(layout, line):
                rows.append(FeedRow(limit_key(line.code, side), role, (True,) * periods))
    return Feed(tuple(rows))


def has_target(layout: Layout, line: Line) -> bool:
    """Whether the indicator has a target at any time, so that a chart has a line for it."""
    targets = layout.scorecard.catalogue.targets
    return any(target.indicator == line.code for target in targets)


def _stretches(layout: Layout, line: Line, role: str, periods: int) -> list[tuple[bool, ...]]:
    """Which periods, earliest first, each stretch between series breaks draws."""
    ends = [layout.roles[f"{role}_{back}"].end for back in range(periods - 1, -1, -1)]
    starts = sorted(
        {one.period for one in line.indicator.breaks if ends[0] < one.period <= ends[-1]}
    )
    of_each = [sum(1 for start in starts if start <= end) for end in ends]
    return [tuple(stretch == at for at in of_each) for stretch in range(len(starts) + 1)]


def chart_data_sheet(layout: Layout, feed: Feed) -> Sheet:
    """Plan the sheet."""
    cells = [
        Cell(0, 0, NAME, "lead"),
        Cell(1, 0, "What the charts draw. #N/A is a month without a number: a gap.", "note"),
        Cell(HEAD_ROW["month"], KEY, "Months", "figure head"),
        Cell(HEAD_ROW["quarter"], KEY, "Quarters", "figure head"),
        Cell(HEAD_ROW["month"], FIGURE_ROW, "Row on Figures", "figure head"),
    ]
    defaults = layout.scorecard.catalogue.settings.defaults
    shown = {"month": defaults.months_shown, "quarter": defaults.quarters_shown}
    for role, periods in shown.items():
        for at in range(periods):
            name = f"{role}_{periods - 1 - at}"
            label = Formula(f"label_{name}", layout.label(name))
            cells.append(Cell(HEAD_ROW[role], FIRST_COLUMN + at, label, "figure head right"))
    for at, row in enumerate(feed.rows):
        cells += _row(layout, row, FIRST_ROW + at)
    last_row = FIRST_ROW + max(len(feed.rows) - 1, 0)
    last_col = FIRST_COLUMN + max(shown.values()) - 1
    return Sheet(
        key="chart data",
        name=NAME,
        title=NAME,
        part=Part(last_row + 1, tuple(cells)),
        widths=(40.0, 10.0, *(10.0 for _ in range(max(shown.values())))),
        print=Print(last_row, last_col, 80),
        freeze_row=FIRST_ROW,
        gridlines=True,
    )


def _row(layout: Layout, row: FeedRow, top: int) -> list[Cell]:
    match = Formula(
        f"MATCH({cell(top, KEY, fixed_col=True)},fig_key,0)", layout.row_number(row.key)
    )
    cells = [
        Cell(top, KEY, row.key, "figure text"),
        Cell(top, FIGURE_ROW, match, "figure"),
    ]
    for at in range(row.periods):
        role = f"{row.role}_{row.periods - 1 - at}"
        value = layout.value(row.key, role)
        found = f"INDEX(fig_value,{cell(top, FIGURE_ROW, fixed_col=True)},at_{role})"
        content = Formula("NA()", NOT_AVAILABLE)
        if row.shown[at]:
            content = Formula(
                f"IF(ISNUMBER({found}),{found},NA())", value if is_number(value) else NOT_AVAILABLE
            )
        cells.append(Cell(top, FIRST_COLUMN + at, content, "figure"))
    return cells
