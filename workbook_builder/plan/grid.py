"""The grid block: last year, the latest periods, arrow, year to date, target and status by row.

A grid of quarterly indicators shows quarters. Options: target_row = codes whose monthly target
stands in a row of its own below, subheadings = {code = "text above that row"}.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from workbook_builder.catalogue.model import Block, Definition, StatusWords
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.judgement.status import status_text
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.context import BlockPlace, front_name, row_name
from workbook_builder.plan.formats import as_written, number_format
from workbook_builder.plan.judgement_steps import HandCells
from workbook_builder.plan.layout import LOWER, UPPER, limit_key, limit_sides
from workbook_builder.plan.line_cells import (
    LineCells,
    judged_conditions,
    shown_name,
    shown_target,
)
from workbook_builder.plan.model import (
    Cell,
    Choice,
    Condition,
    Content,
    DefinedName,
    Formula,
    InputBox,
    Part,
)
from workbook_builder.plan.tab_columns import BRIDGE, TabColumns
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line

LONG_TEXT = 20
ROW_HEIGHT, HEAD_HEIGHT, HEADING_HEIGHT = 17.0, 27.0, 24.0


class GridOptions(Definition):
    """What a grid block may set beyond heading and indicators."""

    target_row: tuple[str, ...] = ()
    subheadings: dict[str, str] = Field(default_factory=dict)


def plan_grid(place: BlockPlace, block: Block) -> Part:
    """Plan one grid."""
    return _Grid(place, block, GridOptions(**block.options)).part()


def hand_cells(tab_number: int, block_number: int) -> HandCells:
    """The names of the ranges in which a grid keeps codes and statuses set by hand."""
    where = f"{tab_number}_{block_number}"
    return HandCells(f"codes_{where}", f"hand_{where}", f"reasons_{where}")


@dataclass(frozen=True)
class _Grid:
    place: BlockPlace
    block: Block
    options: GridOptions

    def part(self) -> Part:
        top, cells, heights = self.place.top, list[Cell](), list[tuple[int, float]]()
        if self.block.heading:
            cells.append(Cell(top, self.columns.LABEL, self.block.heading, "heading"))
            heights.append((top, HEADING_HEIGHT))
            top += 1
        cells += self._head(top)
        heights.append((top, HEAD_HEIGHT))
        first = row = top + 1
        names, inputs, choices = list[DefinedName](), list[InputBox](), list[Choice]()
        keys = list[tuple[int, str]]()
        for line in self.place.lines(self.block):
            if line.code in self.options.subheadings:
                cells += self._subheading(row, self.options.subheadings[line.code])
                heights.append((row, ROW_HEIGHT + 4))
                row += 1
            cells += self._line(row, line)
            heights.append((row, self._height(line)))
            names += self._names(row, line)
            inputs += self._inputs(line)
            choices.append(self._choice(row))
            keys.append((row, line.code))
            row += 1
            if line.code in self.options.target_row:
                keys.append((row, f"{line.code}|target"))
                cells += self._target_row(row, line)
                heights.append((row, ROW_HEIGHT))
                row += 1
        last = row - 1
        hand = hand_cells(self.place.tab_number, self.place.number)
        names.append(DefinedName(hand.codes, first, self.columns.code, last, self.columns.code))
        names.append(DefinedName(hand.words, first, self.columns.hand, last, self.columns.hand))
        reason = self.columns.reason
        names.append(DefinedName(hand.reasons, first, reason, last, reason))
        return Part(
            next_row=row,
            cells=tuple(cells),
            heights=tuple(heights),
            names=tuple(names),
            conditions=tuple(self._conditions(first, last)),
            choices=tuple(choices),
            inputs=tuple(inputs),
            row_keys=tuple(keys),
        )

    @property
    def columns(self) -> TabColumns:
        return self.place.columns

    @property
    def role(self) -> str:
        """Months or quarters: all indicators of a grid are alike."""
        first = self.place.lines(self.block)[0].indicator
        return "quarter" if first.period_type is PeriodType.QUARTERLY else "month"

    @property
    def steps(self) -> int:
        """How many periods this grid shows."""
        if self.role == "month":
            shown = self.place.scorecard.catalogue.settings.defaults.months_shown
            return min(shown, self.columns.periods)
        shown = self.place.scorecard.catalogue.settings.defaults.quarters_shown
        return min(shown, self.columns.periods)

    @property
    def year_column(self) -> int:
        """The column before the earliest period shown."""
        return self.columns.period(self.steps)

    def _head(self, row: int) -> list[Cell]:
        columns, layout = self.columns, self.place.layout
        heads = [Cell(row, columns.LABEL, "Indicator", "head")]
        for col in range(columns.YEAR, self.year_column):
            heads.append(Cell(row, col, "", "head"))
        heads.append(self._label(row, self.year_column, "year_1", "head right"))
        for back in range(self.steps - 1, -1, -1):
            style = "head right" if back else "head now"
            role = f"{self.role}_{back}"
            heads.append(self._label(row, columns.period(back), role, style))
        said = (
            (columns.glyph, "", "head centre"),
            (columns.words, "Direction of travel", "head"),
            (columns.ytd, f"{layout.roles['ytd'].text} YTD", "head right"),
            (columns.ytd_note, "", "head"),
            (columns.target, "Target", "head right"),
            (columns.gutter, BRIDGE, "gutter"),
            (columns.status, "Status", "head centre"),
            (columns.hand, "Status by hand", "helper head"),
            (columns.reason, "Reason for a status by hand", "helper head"),
            (columns.code, "Indicator code", "helper head"),
            (columns.judge_row, "Row on Judgement", "helper head"),
            (columns.figure_row, "Row on Figures", "helper head"),
        )
        return heads + [Cell(row, col, text, style) for col, text, style in said]

    def _label(self, row: int, col: int, role: str, style: str) -> Cell:
        return Cell(row, col, Formula(f"label_{role}", self.place.layout.label(role)), style)

    def _subheading(self, row: int, text: str) -> list[Cell]:
        span = range(self.columns.LABEL + 1, self.columns.target + 1)
        return [
            Cell(row, self.columns.LABEL, text, "subgroup"),
            *(Cell(row, col, None, "subgroup") for col in span),
        ]

    def _line(self, row: int, line: Line) -> list[Cell]:
        columns, settings = self.columns, line.conventions
        cells = self._cells(row, line)
        monthly = number_format(settings.decimals, settings.suffix)
        style, now = ("number retired",) * 2 if line.retired else ("number", "number now")
        found = [
            cells.name(front_name(line.code)),
            *(Cell(row, col, None, "number") for col in range(columns.YEAR, self.year_column)),
            Cell(row, self.year_column, self._figure(row, line, "year_1"), style, monthly),
        ]
        for back in range(self.steps - 1, -1, -1):
            content = self._figure(row, line, f"{self.role}_{back}")
            shown = _text_style(content, style if back else now)
            found.append(Cell(row, columns.period(back), content, shown, monthly))
        at = cell(row, columns.judge_row, fixed_col=True)
        figure_row = Formula(f"INDEX(judge_row,{at})", self.place.layout.row_number(line.code))
        return [
            *found,
            *cells.verdict(number_format(settings.decimals_ytd, settings.suffix)),
            *self._hand(row, line),
            *cells.helpers(1 + self.place.scorecard.lines.index(line)),
            Cell(row, columns.figure_row, figure_row, "helper"),
        ]

    @property
    def words(self) -> StatusWords:
        return self.place.scorecard.catalogue.settings.status_words

    def _cells(self, row: int, line: Line) -> LineCells:
        return LineCells(self.columns.judged, row, line, self.words)

    def _figure(self, row: int, line: Line, role: str) -> Content:
        value = self.place.layout.value(line.code, role)
        figure_row = cell(row, self.columns.figure_row, fixed_col=True)
        found = f"INDEX(fig_value,{figure_row},at_{role})"
        if role in ("month_0", "quarter_0"):
            return self._cells(row, line).report_figure(found, value)
        return Formula(found, value)

    def _hand(self, row: int, line: Line) -> list[Cell]:
        verdict = line.verdict
        said = status_text(verdict.hand, self.words) if verdict.hand else None
        reason = verdict.by_hand.reason if verdict.by_hand and verdict.hand else None
        return [
            Cell(row, self.columns.hand, said, "hand"),
            Cell(row, self.columns.reason, reason, "reason"),
        ]

    def _names(self, row: int, line: Line) -> list[DefinedName]:
        return [DefinedName.of_cell(row_name(line.code), row, self.columns.LABEL)]

    def _inputs(self, line: Line) -> list[InputBox]:
        hand = hand_cells(self.place.tab_number, self.place.number)
        return [
            InputBox(line.code, "status", hand.words, hand.codes),
            InputBox(line.code, "reason", hand.reasons, hand.codes),
        ]

    def _choice(self, row: int) -> Choice:
        words = self.words
        return Choice(
            row,
            self.columns.hand,
            (words.red, words.amber, words.green, words.unknown),
            "Status by hand",
            "Replaces the status by rule for this month only. Say why in the next column.",
        )

    def _height(self, line: Line) -> float:
        widths, columns = self.columns.widths, self.columns
        bold = line.indicator.highlighted
        lines = [lines_needed(shown_name(line), widths[columns.LABEL], 10, bold)]
        lines.append(lines_needed(line.movement.words, widths[columns.words], 9))
        lines.append(lines_needed(str(shown_target(line)), widths[columns.target], 10))
        roles = ["year_1", *(f"{self.role}_{back}" for back in range(self.steps))]
        for role in roles:
            content = self._figure(0, line, role)
            value = content.value if isinstance(content, Formula) else content
            if isinstance(value, str):
                lines.append(lines_needed(value, widths[columns.FIRST_PERIOD], 9, bold=True))
        return height_for(max(lines), 10, ROW_HEIGHT)

    def _target_row(self, row: int, line: Line) -> list[Cell]:
        """The target month by month, in the row under the figures that it is for."""
        layout, columns, code = self.place.layout, self.columns, line.code
        side = UPPER if UPPER in limit_sides(line.indicator) else LOWER
        key = limit_key(code, side)
        cells = [Cell(row, col, None, "number") for col in range(columns.LABEL, columns.target + 1)]
        cells = [one for one in cells if one.col not in self._period_columns()]
        cells[0] = Cell(row, columns.LABEL, "Target for the month", "target label")
        figure_row = cell(row, columns.figure_row, fixed_col=True)
        for back in range(self.steps):
            role = f"{self.role}_{back}"
            found = Formula(f"INDEX(fig_value,{figure_row},at_{role})", layout.value(key, role))
            written = as_written(line.conventions.suffix)
            cells.append(Cell(row, columns.period(back), found, "number muted", written))
        match = Formula(
            f"MATCH({cell(row, columns.code, fixed_col=True)},fig_key,0)", layout.row_number(key)
        )
        cells.append(Cell(row, columns.code, key, "helper"))
        cells.append(Cell(row, columns.figure_row, match, "helper"))
        return cells

    def _period_columns(self) -> set[int]:
        return {self.columns.period(back) for back in range(self.steps)}

    def _conditions(self, first: int, last: int) -> list[Condition]:
        columns = self.columns
        texts = f"ISTEXT({cell(first, columns.YEAR)})"
        return [
            *judged_conditions(columns.judged, self.words, first, last),
            Condition(first, columns.YEAR, last, columns.period(0), texts, "missing"),
        ]


def _text_style(content: Content, style: str) -> str:
    """A long text among numbers is set smaller, so that it stays in its column."""
    value = content.value if isinstance(content, Formula) else content
    return "number text" if isinstance(value, str) and len(value) > LONG_TEXT else style
