"""The Judgement sheet: how each light, arrow and year to date comes about, step by step.

One row for each indicator, one column for each step, so that a person can click on a step and see
why. Tabs and front sheet only look up what stands here and so cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbook_builder.periods import Period
from workbook_builder.plan.addresses import text
from workbook_builder.plan.judgement_arrow import ArrowSteps
from workbook_builder.plan.judgement_status import StatusSteps
from workbook_builder.plan.judgement_steps import COLUMN, COLUMNS, HandCells
from workbook_builder.plan.judgement_year import YearSteps
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.line_cells import new_series, no_figure, shown_name
from workbook_builder.plan.model import Cell, Content, DefinedName, Formula, Part, Print, Sheet
from workbook_builder.plan.series_breaks import column_of
from workbook_builder.plan.text_size import height_for, lines_needed

NAME = "Judgement"
HEAD_ROW = 3
FIRST_ROW = 4
# How many columns a year takes.
YEAR = {"month": 12, "quarter": 4}

# What tabs and front sheet look up.
PUBLIC = (
    "key",
    "name",
    "theme",
    "no_figure",
    "row",
    "value",
    "glyph",
    "words",
    "last",
    "ytd",
    "ytd_note",
    "target",
    "tolerance",
    "status",
    "mark",
    "ytd_mark",
)


def judgement_sheet(layout: Layout, hand: Mapping[str, HandCells]) -> Sheet:
    """Plan the sheet; `hand` maps an indicator to the tab ranges that may hold its status."""
    lines = layout.scorecard.lines
    cells = [
        Cell(0, 0, "Judgement", "lead"),
        Cell(1, 0, "How each status, arrow and year to date comes about, step by step.", "note"),
    ]
    cells += [Cell(HEAD_ROW, at, head, "figure head") for at, (_, head, _) in enumerate(COLUMNS)]
    heights = [(HEAD_ROW, 40.0)]
    for at, line in enumerate(lines):
        names_lines = lines_needed(shown_name(line), COLUMNS[COLUMN["name"]][2], 9)
        heights.append((FIRST_ROW + at, height_for(names_lines, 9, 15.0)))
        steps = _Row(layout, line, FIRST_ROW + at, hand.get(line.code))
        for key in COLUMN:
            content = steps.content(key)
            if content == "":
                # An empty cell would read as 0 where another sheet looks it up.
                content = Formula('""', "")
            style = "figure" if key not in ("key", "name", "theme", "words") else "figure text"
            cells.append(Cell(FIRST_ROW + at, COLUMN[key], content, style))
    last_row = FIRST_ROW + len(lines) - 1
    names = tuple(
        DefinedName(f"judge_{key}", FIRST_ROW, COLUMN[key], last_row, COLUMN[key]) for key in PUBLIC
    )
    return Sheet(
        key="judgement",
        name=NAME,
        title=NAME,
        part=Part(
            last_row + 1,
            tuple(cells),
            heights=tuple(heights),
            names=names,
            row_keys=tuple((FIRST_ROW + at, line.code) for at, line in enumerate(lines)),
        ),
        widths=tuple(float(width) for _, _, width in COLUMNS),
        print=Print(last_row, len(COLUMNS) - 1, 80, repeat=(HEAD_ROW, HEAD_ROW), repeat_key=True),
        freeze_row=FIRST_ROW,
        freeze_col=1,
        gridlines=True,
        col_keys=tuple((at, head) for at, (_, head, _) in enumerate(COLUMNS)),
    )


class _Row(ArrowSteps, YearSteps, StatusSteps):
    """All the steps of one row, found by the key of their column."""

    def content(self, key: str) -> Content:
        maker: Callable[[], Content] = getattr(self, f"_{key}")
        return maker()

    def _key(self) -> Content:
        return self.line.code

    def _name(self) -> Content:
        line, years = self.line, self.layout.scorecard.catalogue.settings.years
        if line.retired or not line.indicator.breaks:
            return shown_name(line)
        # The break that was last, from the beginning of last year up to the report month.
        first, said = f"at_first_{self.role}-{YEAR[self.role]}", '""'
        for one in sorted(line.indicator.breaks, key=lambda one: one.period):
            column = column_of(line.indicator, one.period, years)
            within = f"AND({column}>={first},{column}<=at_{self.role}_0)"
            said = f"IF({within},{text(new_series(one.period))},{said})"
        return Formula(f"{text(line.indicator.name)}&{said}", shown_name(line))

    def _no_figure(self) -> Content:
        return Formula(f"INDEX(fig_no_figure,{self.ref('row')})", no_figure(self.line))

    def _mark(self) -> Content:
        period = self.layout.roles[f"{self.role}_0"]
        return self._marked(f"at_{self.role}_0", period)

    def _ytd_mark(self) -> Content:
        return self._marked("at_ytd", self.layout.roles["ytd"])

    def _marked(self, column: str, period: Period) -> Content:
        found = f"INDEX(fig_mark,{self.ref('row')},{column})"
        return Formula(f'{found}&""', self.layout.marks.of(self.line.code, "", period))

    def _theme(self) -> Content:
        return self.line.indicator.theme

    def _row(self) -> Content:
        number = self.layout.row_number(self.line.code)
        return Formula(f"MATCH({self.ref('key')},fig_key,0)", number)
