"""The marks [r] and [p] beside figures: restated, and provisional.

Each figure's mark stands on the Figures sheet, in a block of its own. A cell of a tab takes it by a
condition that changes its number format, so the figure stays a number, charts draw it, and the mark
is text wherever it is read or pasted. A period of which no figure was published is marked once, in
its head. GOV.UK statistics use these two letters (Analysis Function, shorthand in tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from workbook_builder.history.restated import Mark, reports
from workbook_builder.periods import Kind, Period
from workbook_builder.plan.model import Condition, Formula, Sheet, all_cells
from workbook_builder.scorecard import Scorecard

SHOWN = {mark: f"[{mark.value}]" for mark in (Mark.RESTATED, Mark.PROVISIONAL)}
MEANINGS = (
    ("[r]", "restated: not the figure that was first published; both are listed below"),
    ("[p]", "provisional: not published yet; beside a period, all of its figures"),
)
# Their figures are provisional while the month with which they end is.
UP_TO_A_MONTH = (Kind.YTD, Kind.ROLLING, Kind.FULL_YEAR)

_TEXT = r'"(?:[^"]|"")*"'
_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_ROW = rf"(?:{_CELL}|MATCH\((?:{_TEXT}|{_CELL}(?:&{_TEXT})?),fig_key,0\))"
_COLUMN = rf"(?:at_\w+|MATCH\({_TEXT},fig_period,0\)|INDEX\(fig_latest,{_ROW}\))"
FIGURE = re.compile(rf"INDEX\(fig_value,({_ROW}),({_COLUMN})\)")
JUDGED = re.compile(rf"INDEX\(judge_(value|ytd),({_CELL})\)")
# A year is the figure that was given or else what its months make; its mark stands with the year.
YEAR = re.compile(rf"IF\(ISNUMBER\({FIGURE.pattern}\),INDEX\(fig_value,\1,\2\),")
# Two figures in one cell, the second in brackets.
TWO = re.compile(rf"IF\(COUNT\({FIGURE.pattern},{FIGURE.pattern}\)=2,TEXT\(")
# What is worked out from several figures is none of them.
WORKED_OUT = re.compile(r"\b(?:SUM|AVERAGE|SUMPRODUCT|TEXT)\(|fig_value,[^()]*\):|\):INDEX")
OWN_ROW = re.compile(r"(?<![A-Z0-9_$\"])(\$?[A-Z]{1,3})(\d+)(?![0-9A-Z_(])")


@dataclass(frozen=True)
class Marks:
    """Which figures and periods of a scorecard are marked."""

    scorecard: Scorecard
    provisional: frozenset[Period]

    def of(self, indicator: str, breakdown: str, period: Period) -> str:
        """The letter in the Figures sheet: "r", "p" or nothing; also where a head says it."""
        mark = self.scorecard.mark(indicator, breakdown, period)
        if mark is Mark.PROVISIONAL and self.said_in_a_head(period):
            return ""
        return mark.value

    def said_in_a_head(self, period: Period) -> bool:
        month = Period.month(period.end)
        ends = period.kind in UP_TO_A_MONTH and month in self.provisional
        return period in self.provisional or ends

    def head(self, period: Period) -> str:
        """A period as the head of a column says it."""
        if period not in self.provisional:
            return period.label
        return f"{period.label} {SHOWN[Mark.PROVISIONAL]}"


def marks_of(scorecard: Scorecard) -> Marks:
    """The marks of a scorecard; none before it has published anything."""
    if not scorecard.reported.published:
        return Marks(scorecard, frozenset())
    settled: set[Period] = set()
    provisional: set[Period] = set()
    for figure in scorecard.figures():
        if reports(figure.point.value):
            mark = scorecard.marks.get(figure.key)
            (provisional if mark is Mark.PROVISIONAL else settled).add(figure.period)
    return Marks(scorecard, frozenset(provisional - settled))


def with_marks(sheet: Sheet) -> Sheet:
    """The same tab with a condition for every cell that shows one figure."""
    part = sheet.part
    conditions = (*part.conditions, *_conditions(sheet))
    return replace(sheet, part=replace(part, conditions=conditions))


def mark_of(formula: str) -> str:
    """The formula that gives the mark of the figure that a formula shows; empty for none."""
    if formula.startswith("CHOOSE("):
        which, *cases = _arguments(formula)
        marks = [mark_of(case) or '""' for case in cases]
        return f"CHOOSE({which},{','.join(marks)})" if any(m != '""' for m in marks) else ""
    if year := YEAR.match(formula):
        return _mark_at(year[1], year[2])
    if two := TWO.match(formula):
        one, other = _mark_at(two[1], two[2]), _mark_at(two[3], two[4])
        restated = f'{other}="{Mark.RESTATED.value}"'
        return f'IF(OR({restated},{one}=""),{other},{one})'
    if WORKED_OUT.search(formula):
        return ""
    found = {_mark_at(row, col) for row, col in FIGURE.findall(formula)}
    for what, row in JUDGED.findall(formula):
        found.add(f"INDEX(judge_{'ytd_' if what == 'ytd' else ''}mark,{row})")
    return found.pop() if len(found) == 1 else ""


def _mark_at(row: str, column: str) -> str:
    return f"INDEX(fig_mark,{row},{column})"


def marked_format(number_format: str, mark: str) -> str:
    """A number format with the mark behind numbers and texts alike."""
    shown = number_format or "General"
    said = f'" {mark}"'
    return f"{shown}{said};-{shown}{said};{shown}{said};@{said}"


def _conditions(sheet: Sheet) -> Iterator[Condition]:
    for (col, written, _), rows in _columns(sheet).items():
        for first, last in _runs(sorted(rows)):
            for mark, shown in SHOWN.items():
                test = f'{rows[first]}="{mark.value}"'
                marked = marked_format(written, shown)
                yield Condition(first, col, last, col, test, "", marked)


def _columns(sheet: Sheet) -> Mapping[tuple[int, str, str], dict[int, str]]:
    """The cells that take a mark, by column, format and how they ask for it."""
    found: dict[tuple[int, str, str], dict[int, str]] = {}
    for cell in all_cells(sheet.part):
        if isinstance(cell.content, Formula) and "helper" not in cell.style:
            mark = mark_of(cell.content.text)
            if mark:
                alike = (cell.col, cell.number_format, _without_row(mark, cell.row))
                found.setdefault(alike, {})[cell.row] = mark
    return found


def _without_row(formula: str, row: int) -> str:
    """A formula in which its own row, where it may move, is left open."""

    def opened(found: re.Match[str]) -> str:
        return f"{found[1]}@" if int(found[2]) == row + 1 else found[0]

    return OWN_ROW.sub(opened, formula)


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow one another, first and last."""
    held = list(rows)
    start = held[0]
    for before, row in pairwise(held):
        if row != before + 1:
            yield start, before
            start = row
    yield start, held[-1]


def _arguments(formula: str) -> list[str]:
    """The arguments of the outermost function."""
    inner = formula[formula.index("(") + 1 : -1]
    depth, quoted, found = 0, False, [""]
    for char in inner:
        quoted ^= char == '"'
        depth += 0 if quoted else (char == "(") - (char == ")")
        if char == "," and not depth and not quoted:
            found.append("")
        else:
            found[-1] += char
    return found
