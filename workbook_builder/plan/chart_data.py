"""The Chart data sheet: the feed that charts draw from, numbers or #N/A only.

A suppressed or missing figure is #N/A here, which a line chart leaves out: a gap is a gap and
never a point at 0.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from workbook_builder.catalogue.words import PeriodType
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.layout import Layout, limit_key, limit_sides, series_key_text
from workbook_builder.plan.model import Cell, ChartSeries, Content, Formula, Part, Print, Sheet
from workbook_builder.plan.roles import role_period
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import is_number

NAME = "Chart data"
NOT_AVAILABLE = "#N/A"
FIRST_HEAD = 3
KEY, FIGURE_ROW, FIRST_COLUMN = 0, 1, 2
OF_YEAR = re.compile(r"fy\d+_([mq])(\d+)")


@dataclass(frozen=True)
class FeedRow:
    """One row of the feed: a series, or the target of one, at some periods in their roles.

    `shown` says for each period whether the row draws it. A series that breaks has a row for each
    stretch, so that no line joins figures which cannot be compared.
    """

    key: str
    roles: tuple[str, ...]
    shown: tuple[bool, ...]

    @classmethod
    def whole(cls, key: str, roles: Iterable[str]) -> FeedRow:
        """A row that draws all of its periods."""
        held = tuple(roles)
        return cls(key, held, (True,) * len(held))

    @property
    def axis(self) -> tuple[str, ...]:
        """What stands under the points: rows of several years share one axis of months."""
        return tuple(OF_YEAR.sub(r"\1\2", role) for role in self.roles)


@dataclass(frozen=True)
class Feed:
    """All rows of the feed, so that charts can be told where theirs is."""

    rows: tuple[FeedRow, ...]

    @cached_property
    def axes(self) -> tuple[FeedRow, ...]:
        """The first row of each axis, in the order in which their heads stand."""
        found: dict[tuple[str, ...], FeedRow] = {}
        for row in self.rows:
            found.setdefault(row.axis, row)
        return tuple(found.values())

    @property
    def first_row(self) -> int:
        return FIRST_HEAD + max(len(self.axes), 1) + 1

    def series(
        self, key: str, name: str, target: bool = False, roles: tuple[str, ...] | None = None
    ) -> list[ChartSeries]:
        """The chart series over the feed rows of a key; none where it has no row."""
        found = []
        heads_at = {row.axis: FIRST_HEAD + at for at, row in enumerate(self.axes)}
        for at, row in enumerate(self.rows):
            if row.key == key and roles in (None, row.roles):
                top, head = self.first_row + at, heads_at[row.axis]
                last = FIRST_COLUMN + len(row.roles) - 1
                heads = (head, FIRST_COLUMN, head, last)
                values = (top, FIRST_COLUMN, top, last)
                found.append(ChartSeries(name, NAME, heads, values, target))
        return found


def build_feed(layout: Layout, charted: Iterable[Line], others: Iterable[FeedRow] = ()) -> Feed:
    """The feed for all indicators that stand in a chart block, each once, and for other blocks."""
    rows: list[FeedRow] = []
    seen: set[str] = set()
    for line in charted:
        if line.code in seen:
            continue
        seen.add(line.code)
        rows += line_rows(layout.scorecard, line, shown_roles(layout.scorecard, line))
    rows += [row for row in others if layout.has_row(row.key)]
    return Feed(tuple(dict.fromkeys(rows)))


def line_rows(scorecard: Scorecard, line: Line, roles: tuple[str, ...]) -> list[FeedRow]:
    """An indicator at some periods, parted where its series breaks, and its target."""
    key = series_key_text(line.code)
    rows = [FeedRow(key, roles, shown) for shown in _stretches(scorecard, line, roles)]
    if has_target(scorecard, line):
        sides = limit_sides(line.indicator)
        rows += [FeedRow.whole(limit_key(line.code, side), roles) for side in sides]
    return rows


def shown_roles(scorecard: Scorecard, line: Line) -> tuple[str, ...]:
    """The periods that a chart of an indicator shows, earliest first."""
    defaults = scorecard.catalogue.settings.defaults
    quarterly = line.indicator.period_type is PeriodType.QUARTERLY
    role = "quarter" if quarterly else "month"
    periods = defaults.quarters_shown if quarterly else defaults.months_shown
    return tuple(f"{role}_{back}" for back in range(periods - 1, -1, -1))


def has_target(scorecard: Scorecard, line: Line) -> bool:
    """Whether the indicator has a target at any time, so that a chart has a line for it."""
    targets = scorecard.catalogue.targets
    return any(target.indicator == line.code and target.judges for target in targets)


def _stretches(scorecard: Scorecard, line: Line, roles: tuple[str, ...]) -> list[tuple[bool, ...]]:
    """Which periods, earliest first, each stretch between series breaks draws."""
    periods = [role_period(role, scorecard) for role in roles]
    ends = [period.end for period in periods if period is not None]
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
        Cell(FIRST_HEAD, FIGURE_ROW, "Row on Figures", "figure head"),
    ]
    for at, row in enumerate(feed.axes):
        cells.append(Cell(FIRST_HEAD + at, KEY, "Periods", "figure head"))
        cells += [
            Cell(FIRST_HEAD + at, FIRST_COLUMN + step, _head(layout, role), "figure head right")
            for step, role in enumerate(row.roles)
        ]
    for at, row in enumerate(feed.rows):
        cells += _row(layout, row, feed.first_row + at)
    last_row = feed.first_row + max(len(feed.rows) - 1, 0)
    widest = max((len(row.roles) for row in feed.rows), default=1)
    return Sheet(
        key="chart data",
        name=NAME,
        title=NAME,
        part=Part(last_row + 1, tuple(cells)),
        widths=(40.0, 10.0, *(10.0 for _ in range(widest))),
        print=Print(last_row, FIRST_COLUMN + widest - 1, 80),
        freeze_row=feed.first_row,
        gridlines=True,
    )


def _head(layout: Layout, role: str) -> Content:
    """A period as an axis shows it; a month of any year by its name alone."""
    found = OF_YEAR.fullmatch(role)
    if found is None:
        return Formula(f"label_{role}", layout.label(role))
    if found[1] == "q":
        return f"Q{found[2]}"
    return calendar.month_abbr[layout.roles[role].end.month]


def _row(layout: Layout, row: FeedRow, top: int) -> list[Cell]:
    match = Formula(
        f"MATCH({cell(top, KEY, fixed_col=True)},fig_key,0)", layout.row_number(row.key)
    )
    cells = [
        Cell(top, KEY, row.key, "figure text"),
        Cell(top, FIGURE_ROW, match, "figure"),
    ]
    for at, role in enumerate(row.roles):
        value = layout.value(row.key, role)
        found = f"INDEX(fig_value,{cell(top, FIGURE_ROW, fixed_col=True)},at_{role})"
        content = Formula("NA()", NOT_AVAILABLE)
        if row.shown[at]:
            content = Formula(
                f"IF(ISNUMBER({found}),{found},NA())", value if is_number(value) else NOT_AVAILABLE
            )
        cells.append(Cell(top, FIRST_COLUMN + at, content, "figure"))
    return cells
