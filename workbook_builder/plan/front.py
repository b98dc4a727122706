"""The front sheet: counts of lights, then a line for each indicator in the report's order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from workbook_builder.catalogue.model import FrontGroup, StatusWords
from workbook_builder.catalogue.words import JudgedOn, PeriodType
from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.context import front_name, row_name
from workbook_builder.plan.figures import as_at_text
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.front_counts import count_rows, themes_of
from workbook_builder.plan.judged_rows import HEAD_HEIGHT, ROW_HEIGHT
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.line_cells import (
    JudgedColumns,
    LineCells,
    judged_conditions,
    shown_name,
    shown_target,
)
from workbook_builder.plan.log import LAST_REFRESH
from workbook_builder.plan.model import (
    Cell,
    Condition,
    DefinedName,
    Formula,
    Part,
    Print,
    Sheet,
    join,
)
from workbook_builder.plan.pages import page_breaks, page_scale
from workbook_builder.plan.tab import BAND_KEYS, SUMMARY_NAME, arrow_note
from workbook_builder.plan.tab_columns import BRIDGE
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line

REFERENCE, LABEL, NOW, GLYPH, WORDS, YTD, YTD_NOTE, TARGET, GUTTER, STATUS = range(1, 11)
CODE, JUDGE_ROW = 11, 12
COL_KEYS = (
    (REFERENCE, "reference"),
    (LABEL, "name"),
    (NOW, "period_0"),
    (GLYPH, "arrow"),
    (WORDS, "travel"),
    (YTD, "ytd"),
    (YTD_NOTE, "ytd note"),
    (TARGET, "target"),
    (STATUS, "status"),
    (CODE, "Indicator code"),
)
JUDGED = JudgedColumns(LABEL, GLYPH, WORDS, TARGET, STATUS, code=CODE, judge_row=JUDGE_ROW)
WIDTHS = (1.5, 7.0, 66.0, 12.0, 3.0, 20.0, 11.0, 8.0, 12.0, 1.5, 14.0, 26.0, 10.0)


def front_sheet(layout: Layout, last_refresh: str) -> Sheet:
    """Plan the front sheet; last_refresh is the sentence that the Log sheet holds."""
    settings = layout.scorecard.catalogue.settings
    band = _band(layout, last_refresh)
    # By the definitions alone: a status typed by hand must not change the sheet's rows.
    judges = any(line.verdict.judged_on is not JudgedOn.NOTHING for line in layout.scorecard.lines)
    counts = count_rows(layout, band.next_row) if judges else Part(band.next_row)
    head_row = counts.next_row + 1
    table = _Table(layout, head_row).part()
    whole = join([band, counts, table])
    last_row = whole.next_row - 1
    breaks = page_breaks(
        whole.may_break, dict(whole.heights), last_row, WIDTHS[: STATUS + 1], HEAD_HEIGHT
    )
    return Sheet(
        key="front",
        name=settings.front.name,
        title=settings.front.name,
        part=whole,
        widths=WIDTHS,
        print=Print(
            last_row, STATUS, page_scale(WIDTHS[: STATUS + 1]), repeat=(head_row, head_row)
        ),
        breaks=breaks,
        freeze_row=2,
        tab_colour=settings.brand,
        col_keys=COL_KEYS,
    )


def groups_of(layout: Layout) -> tuple[FrontGroup, ...]:
    """The groups of the front sheet; without any, one for each theme."""
    catalogue = layout.scorecard.catalogue
    if catalogue.settings.front.groups:
        return catalogue.settings.front.groups
    return tuple(
        FrontGroup(
            heading=theme,
            indicators=tuple(x.code for x in layout.scorecard.lines if x.indicator.theme == theme),
        )
        for theme in themes_of(layout)
    )


def _band(layout: Layout, last_refresh: str) -> Part:
    settings = layout.scorecard.catalogue.settings
    across = range(1, STATUS + 1)
    said = f"{settings.authority}   |   {layout.scorecard.month.long_label}   |   "
    divider = "   |   "
    tail = f'IF({LAST_REFRESH}="","",{text(divider)}&{LAST_REFRESH})'
    shown = said + as_at_text(layout) + (divider + last_refresh if last_refresh else "")
    subtitle = Formula(f"{text(said)}&as_at&{tail}", shown)
    cells = [
        Cell(0, 0, settings.title, "title"),
        *(Cell(0, col, None, "band") for col in across),
        Cell(1, 0, subtitle, "subtitle"),
        *(Cell(1, col, None, "band") for col in across),
    ]
    heights = [(0, 34.0), (1, 20.0), (2, 6.0)]
    row = 3
    for caveat in filter(
        None, (*settings.caveats, settings.front.note, arrow_note(layout.scorecard.lines))
    ):
        cells.append(Cell(row, REFERENCE, caveat, "note"))
        heights.append((row, 13.0))
        row += 1
    names = (DefinedName.of_cell(SUMMARY_NAME, 0, 0),)
    return Part(row, tuple(cells), tuple(heights), names=names, row_keys=BAND_KEYS)


@dataclass(frozen=True)
class _Table:
    layout: Layout
    head_row: int

    def part(self) -> Part:
        cells = self._head(self.head_row, "month")
        heights = [(self.head_row, HEAD_HEIGHT)]
        names: list[DefinedName] = []
        keys: list[tuple[int, str]] = []
        may_break = [self.head_row]
        first_group = True
        row = self.head_row + 1
        heading, role = "", "month"
        for group, lines in self._groups():
            if not first_group:
                may_break.append(row)
            first_group = False
            kind = self._role(lines[0])
            if group.heading != heading or kind != role:
                cells += self._heading(row, group.heading, "group")
                heights.append((row, 25.0))
                heading, row = group.heading, row + 1
            if kind != role:
                cells += self._head(row, kind, group.target_heading)
                heights.append((row, HEAD_HEIGHT))
                role, row = kind, row + 1
            if group.subheading:
                cells += self._heading(row, group.subheading, "subgroup")
                heights.append((row, 22.0))
                row += 1
            for line in lines:
                cells += self._line(row, line)
                heights.append((row, self._height(line)))
                names.append(DefinedName.of_cell(front_name(line.code), row, LABEL))
                keys.append((row, line.code))
                row += 1
        return Part(
            next_row=row,
            cells=tuple(cells),
            heights=tuple(heights),
            names=tuple(names),
            conditions=tuple(self._conditions(self.head_row + 1, row - 1)),
            may_break=tuple(may_break),
            row_keys=tuple(keys),
        )

    def _groups(self) -> list[tuple[FrontGroup, list[Line]]]:
        """The groups, each cut where months change to quarters or back."""
        found = []
        for group in groups_of(self.layout):
            lines = [self.layout.scorecard.line(code) for code in group.indicators]
            for number, (_, run) in enumerate(groupby(lines, key=self._role)):
                part = group if not number else group.model_copy(update={"subheading": ""})
                found.append((part, list(run)))
        return found

    def _role(self, line: Line) -> str:
        quarterly = line.indicator.period_type is PeriodType.QUARTERLY
        return "quarter" if quarterly else "month"

    def _head(self, row: int, role: str, target: str = "") -> list[Cell]:
        label = self.layout.head(f"{role}_0")
        front = self.layout.scorecard.catalogue.settings.front
        ytd = self.layout.roles["ytd"].text
        said = (
            (REFERENCE, front.reference_heading, "head centre"),
            (LABEL, "Indicator", "head"),
            (NOW, Formula(f"head_{role}_0", label), "head now"),
            (GLYPH, None, "head"),
            (WORDS, "Direction of travel", "head"),
            (YTD, f"{ytd} YTD", "head right"),
            (YTD_NOTE, None, "head"),
            (TARGET, target or "Target", "head right"),
            (GUTTER, BRIDGE, "gutter"),
            (STATUS, front.status_heading, "head centre"),
            (CODE, "Indicator code", "helper head"),
            (JUDGE_ROW, "Row on Judgement", "helper head"),
        )
        return [Cell(row, col, text, style) for col, text, style in said]

    def _heading(self, row: int, text: str, style: str) -> list[Cell]:
        rest = [col for col in range(LABEL, STATUS + 1) if col != GUTTER]
        return [Cell(row, REFERENCE, text, style), *(Cell(row, col, None, style) for col in rest)]

    def _line(self, row: int, line: Line) -> list[Cell]:
        settings = line.conventions
        cells = self._cells(row, line)
        decimals = number_format(settings.decimals_front, settings.suffix)
        now = "number retired" if line.retired else "number now"
        return [
            Cell(row, REFERENCE, line.indicator.reference, "reference"),
            cells.name(row_name(line.code)),
            Cell(row, NOW, self._now(row, line), now, decimals),
            *cells.arrow(),
            *cells.year_to_date(YTD, YTD_NOTE, decimals),
            *cells.outcome(),
            *cells.helpers(1 + self.layout.scorecard.lines.index(line)),
        ]

    @property
    def words(self) -> StatusWords:
        return self.layout.scorecard.catalogue.settings.status_words

    def _cells(self, row: int, line: Line) -> LineCells:
        return LineCells(JUDGED, row, line, self.words)

    def _now(self, row: int, line: Line) -> Formula:
        found = f"INDEX(judge_value,{cell(row, JUDGE_ROW, fixed_col=True)})"
        return self._cells(row, line).report_figure(found, self._now_value(line))

    def _now_value(self, line: Line) -> float | str:
        quarterly = line.indicator.period_type is PeriodType.QUARTERLY
        return self.layout.value(line.code, "quarter_0" if quarterly else "month_0")

    def _height(self, line: Line) -> float:
        now = self._now(0, line).value
        lines = [
            lines_needed(shown_name(line), WIDTHS[LABEL], 10, line.indicator.highlighted),
            lines_needed(line.movement.words, WIDTHS[WORDS], 9),
            lines_needed(now, WIDTHS[NOW], 9, bold=True) if isinstance(now, str) else 1,
            lines_needed(str(shown_target(line)), WIDTHS[TARGET], 10),
        ]
        return height_for(max(lines), 10, ROW_HEIGHT)

    def _conditions(self, first: int, last: int) -> list[Condition]:
        found = list(judged_conditions(JUDGED, self.words, first, last))
        is_row = f'{cell(first, CODE, fixed_col=True)}<>"Indicator code"'
        for col in (NOW, YTD):
            formula = f"AND({is_row},ISTEXT({cell(first, col)}))"
            found.append(Condition(first, col, last, col, formula, "missing"))
        return found
