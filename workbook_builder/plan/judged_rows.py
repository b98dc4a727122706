"""What all tables share that have a row for each indicator with its arrow, target and status.

Grids, months tables and key measures differ in their figures; heading, head of the judged columns,
name, the officer's columns, names and choices are made here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workbook_builder.catalogue.model import Block, StatusWords
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.judgement.status import status_text
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.context import BlockPlace, front_name, row_name
from workbook_builder.plan.judgement_steps import HandCells
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
from workbook_builder.values import Symbol

LONG_TEXT = 20
ROW_HEIGHT, HEAD_HEIGHT, HEADING_HEIGHT, NOTE_HEIGHT = 17.0, 27.0, 24.0, 14.0


def hand_cells(tab_number: int, block_number: int) -> HandCells:
    """The names of the ranges in which a block keeps codes and statuses set by hand."""
    where = f"{tab_number}_{block_number}"
    return HandCells(f"codes_{where}", f"hand_{where}", f"reasons_{where}")


@dataclass
class _Rows:
    """The rows of a table as they come about."""

    row: int
    cells: list[Cell] = field(default_factory=list)
    heights: list[tuple[int, float]] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)

    def add(self, cells: Iterable[Cell], height: float, key: str = "") -> None:
        """Add one row of cells."""
        self.cells += cells
        self.heights.append((self.row, height))
        if key:
            self.keys.append((self.row, key))
        self.row += 1


@dataclass(frozen=True)
class JudgedRows(ABC):
    """One table. A kind of table says what its head, its rows and their heights are."""

    place: BlockPlace
    block: Block

    @abstractmethod
    def head(self, row: int) -> list[Cell]:
        """The heads of the columns, as far as the officer's columns."""

    @abstractmethod
    def figures(self, row: int, line: Line) -> list[Cell]:
        """The cells of a line between its name and the officer's columns."""

    @abstractmethod
    def text_lines(self, line: Line) -> Iterable[int]:
        """How many lines of text the cells take that only this kind of table has."""

    @property
    def subheadings(self) -> Mapping[str, str]:
        """The text that stands above an indicator's row, by its code."""
        return {}

    def notes(self) -> list[str]:
        """The remarks under the heading."""
        return []

    def key(self, line: Line) -> str:
        """What a line's row is known by."""
        return line.code

    def below(self, _row: int, _line: Line) -> list[Cell]:
        """A second row of a line; none as a rule."""
        return []

    def head_height(self) -> float:
        """The height of the head."""
        return HEAD_HEIGHT

    def part(self) -> Part:
        """The whole table."""
        rows = _Rows(self.place.top)
        label = self.columns.LABEL
        if self.block.heading:
            rows.add([Cell(rows.row, label, self.block.heading, "heading")], HEADING_HEIGHT)
        for note in self.notes():
            rows.add([Cell(rows.row, label, note, "note")], NOTE_HEIGHT)
        rows.add([*self.head(rows.row), *self._officer_head(rows.row)], self.head_height())
        first = rows.row
        names, inputs, choices = list[DefinedName](), list[InputBox](), list[Choice]()
        for line in self.place.lines(self.block):
            if line.code in self.subheadings:
                rows.add(self._subheading(rows.row, self.subheadings[line.code]), ROW_HEIGHT + 4)
            names.append(DefinedName.of_cell(row_name(line.code), rows.row, label))
            inputs += self._inputs(line)
            choices.append(self._choice(rows.row))
            rows.add(self._line(rows.row, line), self._height(line), self.key(line))
            if second := self.below(rows.row, line):
                rows.add(second, ROW_HEIGHT, f"{line.code}|target")
        last = rows.row - 1
        return Part(
            next_row=rows.row,
            cells=tuple(rows.cells),
            heights=tuple(rows.heights),
            names=(*names, *self._ranges(first, last)),
            conditions=tuple(self.conditions(first, last)),
            choices=tuple(choices),
            inputs=tuple(inputs),
            row_keys=tuple(rows.keys),
        )

    @property
    def columns(self) -> TabColumns:
        return self.place.columns

    @property
    def words(self) -> StatusWords:
        return self.place.scorecard.catalogue.settings.status_words

    def line_cells(self, row: int, line: Line) -> LineCells:
        """Makes the judged cells of a line."""
        return LineCells(self.columns.judged, row, line, self.words)

    def figure(self, row: int, line: Line, role: str) -> Formula:
        """The line's figure at a role; the report period's in words where there is none yet."""
        value = self.place.layout.value(line.code, role)
        found = self.found(row, role)
        if role in ("month_0", "quarter_0"):
            return self.line_cells(row, line).report_figure(found, value)
        return Formula(found, value)

    def supplied(self, row: int, line: Line, back: int) -> Formula:
        """A month's figure; nothing where there is none, save that a report month's is awaited.

        A measure that counts on within the year may have figures in some months only.
        """
        counts_on = line.indicator.period_type is PeriodType.CUMULATIVE
        role, missing = f"month_{back}", Symbol.NOT_AVAILABLE.shown
        found, value = self.found(row, role), self.place.layout.value(line.code, role)
        if back == 0 and not counts_on:
            return self.line_cells(row, line).report_figure(found, value)
        return Formula(f'IF({found}="{missing}","",{found})', "" if value == missing else value)

    def kind_on_tab(self) -> list[Block]:
        """The tab's blocks of this kind; empty unless this is the first of them."""
        blocks = self.place.tab.blocks
        of_kind = [block for block in blocks if block.type == self.block.type]
        first = next(at for at, block in enumerate(blocks, 1) if block.type == self.block.type)
        return of_kind if first == self.place.number else []

    def found(self, row: int, role: str) -> str:
        """The formula that finds a row's figure at a role."""
        return f"INDEX(fig_value,{cell(row, self.columns.figure_row, fixed_col=True)},at_{role})"

    def label_cell(self, row: int, col: int, role: str, style: str) -> Cell:
        """The label of a period as a head."""
        return Cell(row, col, Formula(f"head_{role}", self.place.layout.head(role)), style)

    def judged_head(self, row: int) -> list[Cell]:
        """The heads of arrow, target and status."""
        columns = self.columns
        said = (
            (columns.glyph, "", "head centre"),
            (columns.words, "Direction of travel", "head"),
            (columns.target, "Target", "head right"),
            (columns.gutter, BRIDGE, "gutter"),
            (columns.status, "Status", "head centre"),
        )
        return [Cell(row, col, text, style) for col, text, style in said]

    def _officer_head(self, row: int) -> list[Cell]:
        columns = self.columns
        said = (
            (columns.hand, "Status by hand"),
            (columns.reason, "Reason for a status by hand"),
            (columns.code, "Indicator code"),
            (columns.judge_row, "Row on Judgement"),
            (columns.figure_row, "Row on Figures"),
        )
        return [Cell(row, col, text, "helper head") for col, text in said]

    def _subheading(self, row: int, text: str) -> list[Cell]:
        span = range(self.columns.LABEL + 1, self.columns.target + 1)
        return [
            Cell(row, self.columns.LABEL, text, "subgroup"),
            *(Cell(row, col, None, "subgroup") for col in span),
        ]

    def _line(self, row: int, line: Line) -> list[Cell]:
        columns = self.columns
        cells = self.line_cells(row, line)
        at = cell(row, columns.judge_row, fixed_col=True)
        figure_row = Formula(f"INDEX(judge_row,{at})", self.place.layout.row_number(line.code))
        shown = [cells.name(front_name(line.code)), *self.figures(row, line)]
        return [
            *shown,
            *self._unused(row, shown),
            *self._hand(row, line),
            *cells.helpers(1 + self.place.scorecard.lines.index(line)),
            Cell(row, columns.figure_row, figure_row, "helper"),
        ]

    def _unused(self, row: int, shown: list[Cell]) -> list[Cell]:
        """Cells of columns that other blocks of the tab need, so that the row has one rule."""
        used = {one.col for one in shown}
        span = range(self.columns.LABEL, self.columns.target + 1)
        return [Cell(row, col, None, "number") for col in span if col not in used]

    def _hand(self, row: int, line: Line) -> list[Cell]:
        verdict = line.verdict
        said = status_text(verdict.hand, self.words) if verdict.hand else None
        reason = verdict.by_hand.reason if verdict.by_hand and verdict.hand else None
        return [
            Cell(row, self.columns.hand, said, "hand"),
            Cell(row, self.columns.reason, reason, "reason"),
        ]

    def _ranges(self, first: int, last: int) -> list[DefinedName]:
        hand = hand_cells(self.place.tab_number, self.place.number)
        spans = (
            (hand.codes, self.columns.code),
            (hand.words, self.columns.hand),
            (hand.reasons, self.columns.reason),
        )
        return [DefinedName(name, first, col, last, col) for name, col in spans]

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
        return height_for(max([*lines, *self.text_lines(line)]), 10, ROW_HEIGHT)

    def figure_lines(self, content: Content) -> int:
        """How many lines a figure takes in the column of a period; words may take several."""
        value = content.value if isinstance(content, Formula) else content
        if not isinstance(value, str):
            return 1
        return lines_needed(value, self.columns.widths[self.columns.FIRST_PERIOD], 9, bold=True)

    def conditions(self, first: int, last: int) -> list[Condition]:
        """The fills of statuses, the colours of arrows, and texts among the figures."""
        columns = self.columns
        texts = f"ISTEXT({cell(first, columns.YEAR)})"
        return [
            *judged_conditions(columns.judged, self.words, first, last),
            Condition(first, columns.YEAR, last, columns.period(0), texts, "missing"),
        ]


def text_style(content: Content, style: str) -> str:
    """A long text among numbers is set smaller, so that it stays in its column."""
    value = content.value if isinstance(content, Formula) else content
    return "number text" if isinstance(value, str) and len(value) > LONG_TEXT else style
