"""The key measures block: baseline, target in words, and months with their quarters' averages.

The average of a quarter is the simple mean of the three months as published. That is this kind of
report's own convention; nowhere else in the program are percentages averaged, since months weigh
differently. It needs all three months as numbers.

Options: periods = how many months (6), a multiple of 3; totals = codes whose quarter is a total;
no_average = codes that have none, such as cumulative measures; second = {code = "scope=SC"}: the
breakdown whose figure stands in brackets after the value; subheadings as in a grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.lifecycle import broken
from workbook_builder.catalogue.model import Block
from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.formats import number_format
from workbook_builder.plan.judged_rows import JudgedRows, text_style
from workbook_builder.plan.layout import series_key_text
from workbook_builder.plan.model import Cell, Condition, Content, Formula, Part
from workbook_builder.plan.quarters import (
    PHASES,
    Step,
    by_phase,
    over_quarter,
    phase_of,
    quarter_label,
    steps,
)
from workbook_builder.plan.said_targets import baseline, baseline_words, target_words
from workbook_builder.plan.series_breaks import unless_cut
from workbook_builder.plan.slots import ELSEWHERE
from workbook_builder.plan.text_size import lines_needed
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import number_text

EMPTY = Formula('""', "")


class KeyMeasuresOptions(Definition):
    """What a key measures block may set beyond heading and indicators."""

    periods: int = Field(default=6, ge=3, le=12, multiple_of=3)
    totals: tuple[str, ...] = ()
    no_average: tuple[str, ...] = ()
    second: dict[str, str] = Field(default_factory=dict)
    subheadings: dict[str, str] = Field(default_factory=dict)

    @property
    def columns(self) -> int:
        """How many columns months and quarters take."""
        return self.periods + self.periods // 3


def measures_columns(block: Block, _scorecard: Scorecard) -> int:
    """How many columns the block needs after the label and the one beside it."""
    return KeyMeasuresOptions(**block.options).columns - 1


def measures_roles(block: Block, _scorecard: Scorecard) -> Iterable[str]:
    """The months shown, and those before them that the first quarter needs."""
    return (f"month_{back}" for back in range(KeyMeasuresOptions(**block.options).periods + 2))


def plan_key_measures(place: BlockPlace, block: Block) -> Part:
    """Plan one table."""
    return _KeyMeasures(place, block, KeyMeasuresOptions(**block.options)).part()


@dataclass(frozen=True)
class _KeyMeasures(JudgedRows):
    options: KeyMeasuresOptions

    @property
    def subheadings(self) -> Mapping[str, str]:
        return self.options.subheadings

    def notes(self) -> list[str]:
        """What the columns of quarters hold, once on a tab."""
        options = [KeyMeasuresOptions(**block.options) for block in self.kind_on_tab()]
        if not options:
            return []
        said = (
            "Quarters: the simple mean of the three months as published, where all three are there"
        )
        if any(one.totals for one in options):
            said += "; the total for numbers that start or leave"
        if any(one.no_average for one in options):
            said += "; none for measures that count on within the year"
        return [f"{said}."]

    def key(self, line: Line) -> str:
        return f"{ELSEWHERE}{line.code}|key measures"

    @cached_property
    def _phase(self) -> int:
        scorecard = self.place.scorecard
        return phase_of(scorecard.month, scorecard.catalogue.settings.years)

    @cached_property
    def _cases(self) -> list[list[Step]]:
        """The columns in each of the three cases."""
        return [steps(self.options.periods, phase) for phase in PHASES]

    def _col(self, at: int) -> int:
        return self.columns.period(self.options.columns - 1 - at)

    def head(self, row: int) -> list[Cell]:
        columns = self.columns
        heads = [
            Cell(row, columns.LABEL, "Measure", "head"),
            Cell(row, columns.baseline, "Baseline", "head"),
            Cell(row, columns.target_words, "Target", "head"),
        ]
        heads += [Cell(row, col, "", "head") for col in range(columns.YEAR, self._col(0))]
        for at in range(self.options.columns):
            label = by_phase([self._label(case[at]) for case in self._cases], self._phase)
            heads.append(Cell(row, self._col(at), label, "head right"))
        judged = [one for one in self.judged_head(row) if one.col != columns.target]
        return [*heads, *judged, Cell(row, columns.target, "Target for the month", "head right")]

    def _label(self, step: Step) -> Formula:
        scorecard = self.place.scorecard
        if step.quarter:
            return quarter_label(step.back, scorecard.month, scorecard.catalogue.settings.years)
        role = f"month_{step.back}"
        return Formula(f"head_{role}", self.place.layout.head(role))

    def figures(self, row: int, line: Line) -> list[Cell]:
        columns, cells = self.columns, self.line_cells(row, line)
        written = number_format(line.conventions.decimals, line.conventions.suffix)
        found = []
        for at in range(self.options.columns):
            content = self._content(row, line, at)
            style = text_style(content, cells.number)
            found.append(Cell(row, self._col(at), content, style, written))
        baseline = Cell(row, columns.baseline, self._baseline(row, line), "words", written)
        words = Cell(row, columns.target_words, self._target_words(row, line), "words")
        return [*found, baseline, words, *cells.arrow(), *cells.outcome()]

    def _content(self, row: int, line: Line, at: int) -> Formula:
        cases = [
            self._quarter(row, line, case[at].back, case)
            if case[at].quarter
            else self._month(row, line, case[at].back)
            for case in self._cases
        ]
        return by_phase(cases, self._phase)

    def _month(self, row: int, line: Line, back: int) -> Formula:
        content = self.supplied(row, line, back)
        breakdown = self.options.second.get(line.code, "")
        key = series_key_text(line.code, breakdown)
        if not breakdown or not self.place.layout.has_row(key):
            return content
        return self._with_second(row, line, f"month_{back}", content)

    def _with_second(self, row: int, line: Line, role: str, first: Formula) -> Formula:
        """Two figures in one cell, the second in brackets."""
        breakdown, settings = self.options.second[line.code], line.conventions
        code = cell(row, self.columns.code, fixed_col=True)
        at = f"MATCH({code}&{text('|' + breakdown)},fig_key,0)"
        value, second = self.found(row, role), f"INDEX(fig_value,{at},at_{role})"
        digits = text(number_format(settings.decimals, ""))
        unit = text(settings.suffix)
        said = f'TEXT({value},{digits})&{unit}&" ("&TEXT({second},{digits})&{unit}&")"'
        numbers = (
            self.place.layout.value(line.code, role),
            self.place.layout.value(series_key_text(line.code, breakdown), role),
        )
        shown = first.value
        if all(isinstance(one, float) for one in numbers):
            one, two = (
                number_text(float(each), settings.decimals, settings.suffix) for each in numbers
            )
            shown = f"{one} ({two})"
        return Formula(f"IF(COUNT({value},{second})=2,{said},{first.text})", shown)

    def _quarter(self, row: int, line: Line, back: int, case: list[Step]) -> Formula:
        """Mean or total of a quarter from the row's cells, or from Figures where they are not."""
        if line.code in self.options.no_average:
            return EMPTY
        total = line.code in self.options.totals
        months = (back + 2, back + 1, back)
        at = {step.back: place for place, step in enumerate(case) if not step.quarter}
        numbers = [self.place.layout.value(line.code, f"month_{month}") for month in months]
        whole = all(month in at for month in months) and line.code not in self.options.second
        if whole:
            over = f"{cell(row, self._col(at[months[0]]))}:{cell(row, self._col(at[back]))}"
        else:
            over = ",".join(self.found(row, f"month_{month}") for month in months)
        years, month = self.place.scorecard.catalogue.settings.years, self.place.scorecard.month
        formula = f'IF(COUNT({over})=3,{"SUM" if total else "AVERAGE"}({over}),"")'
        span = (f"at_month_{back + 2}", f"at_month_{back}")
        cut = broken(line.indicator, month.plus(-back - 2), month.plus(-back))
        return Formula(
            unless_cut(line.indicator, years, span, formula, '""'),
            "" if cut else over_quarter(numbers, total),
        )

    def _baseline(self, row: int, line: Line) -> Formula:
        """The baseline as the report puts it, else its number."""
        at = cell(row, self.columns.figure_row, fixed_col=True)
        words, number = f"INDEX(fig_baseline_words,{at})", f"INDEX(fig_baseline,{at})"
        scorecard = self.place.scorecard
        held = baseline(scorecard, line.code)
        shown = baseline_words(scorecard, line.code) or ("" if held is None else held)
        return Formula(f'IF({words}<>"",{words},IF({number}="","",{number}))', shown)

    def _target_words(self, row: int, line: Line) -> Formula:
        at = cell(row, self.columns.figure_row, fixed_col=True)
        words = f"INDEX(fig_target_words,{at})"
        return Formula(f'IF({words}="","",{words})', target_words(self.place.scorecard, line.code))

    def text_lines(self, line: Line) -> Iterable[int]:
        widths, columns = self.columns.widths, self.columns
        yield lines_needed(str(self._baseline(0, line).value), widths[columns.baseline], 9)
        yield lines_needed(str(self._target_words(0, line).value), widths[columns.target_words], 9)
        for at in range(self.options.columns):
            content: Content = self._content(0, line, at)
            yield self.figure_lines(content)

    def conditions(self, first: int, last: int) -> list[Condition]:
        """Columns of quarters are tinted and the report month is bold, whichever they are."""
        start, end = self._col(0), self._col(self.options.columns - 1)
        head = cell(first - 1, start, fixed_row=True)
        return [
            Condition(first, start, last, end, f'RIGHT({head},7)="average"', "average"),
            Condition(first, start, last, end, f"{head}=head_month_0", "bold"),
            *super().conditions(first, last),
        ]
