"""The cells that a line has wherever it stands: name, arrow, year to date, target, status.

Front sheet and grids differ in their columns and decimals, not in what these cells say, so both
take them from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbook_builder.catalogue.model import StatusWords
from workbook_builder.judgement.status import LIGHTS, ShownTarget, status_text
from workbook_builder.periods import Month
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.formats import as_written, number_format
from workbook_builder.plan.model import Cell, Condition, Formula
from workbook_builder.scorecard import Line
from workbook_builder.values import Symbol, cell_content, excel_round

NOT_YET = "not yet available"
SEE_TABLE = "see table"


@dataclass(frozen=True)
class JudgedColumns:
    """Where a table has the columns that look up the Judgement sheet."""

    label: int
    glyph: int
    words: int
    target: int
    status: int
    code: int
    judge_row: int


@dataclass(frozen=True)
class LineCells:
    """Makes the judged cells of one line in one row."""

    columns: JudgedColumns
    row: int
    line: Line
    words: StatusWords

    def judged(self, what: str, value: float | str) -> Formula:
        """What the Judgement sheet says of the line that this row's code names."""
        at = cell(self.row, self.columns.judge_row, fixed_col=True)
        return Formula(f"INDEX(judge_{what},{at})", value)

    def name(self, link: str) -> Cell:
        """The indicator's name, a link to where it stands elsewhere.

        It is looked up by the row's code like everything else in the row, so that sorting a part of
        a table cannot put a name to another indicator's figures.
        """
        style = "label bold" if self.line.indicator.highlighted else "label"
        style = "label retired" if self.line.retired else style
        said = self.judged("name", shown_name(self.line))
        return Cell(self.row, self.columns.label, said, style, link=link)

    @property
    def number(self) -> str:
        """The style of a figure in this row."""
        return "number retired" if self.line.retired else "number"

    def arrow(self) -> list[Cell]:
        """The arrow and its words."""
        movement, columns = self.line.movement, self.columns
        return [
            Cell(self.row, columns.glyph, self.judged("glyph", movement.glyph), "glyph"),
            Cell(self.row, columns.words, self.judged("words", movement.words), "words"),
        ]

    def year_to_date(self, col: int, note_col: int, written: str) -> list[Cell]:
        """The year to date, and how far it goes."""
        year = self._year(cell_content(self.line.year.value))
        note = self.judged("ytd_note", self.line.year.note)
        return [
            Cell(self.row, col, year, self.number, written),
            Cell(self.row, note_col, note, "ytd note"),
        ]

    def outcome(self) -> list[Cell]:
        """Target and status."""
        target = self.judged("target", shown_target(self.line))
        status = self.judged("status", status_text(self.line.verdict.shown, self.words))
        written = target_format(self.line)
        return [
            Cell(self.row, self.columns.target, target, self.number, written),
            Cell(self.row, self.columns.status, status, "status"),
        ]

    def _year(self, value: float | str) -> Formula:
        """The year to date; where the figures are all in a table, that is said instead."""
        at = cell(self.row, self.columns.judge_row, fixed_col=True)
        shown = SEE_TABLE if self.line.breakdown_only else value
        none = f'INDEX(judge_no_figure,{at})="{SEE_TABLE}"'
        return Formula(f'IF({none},"{SEE_TABLE}",INDEX(judge_ytd,{at}))', shown)

    def report_figure(self, found: str, value: float | str) -> Formula:
        """The report period's figure; in words where there is none yet."""
        if self.line.retired:
            return Formula(found, value)
        missing = Symbol.NOT_AVAILABLE.shown
        shown = no_figure(self.line) if value == missing else value
        at = cell(self.row, self.columns.judge_row, fixed_col=True)
        return Formula(f'IF({found}="{missing}",INDEX(judge_no_figure,{at}),{found})', shown)

    def helpers(self, position: int) -> list[Cell]:
        """The indicator's code and, found by it, its row on the Judgement sheet."""
        code = cell(self.row, self.columns.code, fixed_col=True)
        match = Formula(f"MATCH({code},judge_key,0)", position)
        return [
            Cell(self.row, self.columns.code, self.line.code, "helper"),
            Cell(self.row, self.columns.judge_row, match, "helper"),
        ]


def shown_name(line: Line) -> str:
    """The indicator's name as its rows print it."""
    indicator = line.indicator
    if line.retired and indicator.to is not None:
        return f"{indicator.name} (retired after {indicator.to.long_label})"
    return f"{indicator.name}{new_series(line.new_series) if line.new_series else ''}"


def new_series(begun: Month) -> str:
    """What follows the name of an indicator whose series broke, as long as it matters."""
    return f" (new series from {begun.long_label})"


def no_figure(line: Line) -> str:
    """What stands for a report period's figure that is not there."""
    return SEE_TABLE if line.breakdown_only else NOT_YET


def target_format(line: Line) -> str:
    """A target with the decimals that it was agreed with; one decimal on the way to a milestone."""
    settings, shown = line.conventions, shown_target(line)
    suffix = f"{settings.target_suffix}{settings.target_after}"
    on_the_way = isinstance(shown, float) and excel_round(shown, 2) != shown
    return number_format(1, suffix) if on_the_way else as_written(suffix)


def shown_target(line: Line) -> float | str:
    """The target of a line as its cell shows it."""
    settings, verdict = line.conventions, line.verdict
    rule = ShownTarget(
        settings.polarity, settings.target_suffix, verdict.no_target, settings.target_after
    )
    return rule.evaluate(verdict.target)


def judged_conditions(
    columns: JudgedColumns, words: StatusWords, first: int, last: int
) -> Iterable[Condition]:
    """The fills of statuses and the colours of arrows, over the rows of a table."""
    status = cell(first, columns.status, fixed_col=True)
    said = cell(first, columns.words, fixed_col=True)
    for light in LIGHTS:
        formula = f'{status}="{status_text(light, words)}"'
        yield Condition(first, columns.status, last, columns.status, formula, light.value)
    for word in ("better", "worse"):
        formula = f'ISNUMBER(SEARCH("{word}",{said}))'
        yield Condition(first, columns.glyph, last, columns.words, formula, word)
