"""The Manual figures sheet: cells to type figures in that no extract has.

One row for each figure that an indicator needs: its value, or its numerator and its denominator
where the year to date is made of those. One column for each period shown on the tabs. What is typed
feeds the figures at the next refresh.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import FedFrom, PeriodType, YearToDate
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.line_cells import shown_name
from workbook_builder.plan.model import (
    Cell,
    DefinedName,
    Formula,
    InputBox,
    Part,
    Print,
    Sheet,
    join,
)
from workbook_builder.plan.pages import page_scale
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line

NAME = "Manual figures"
LABEL, WHAT, UNIT, FIRST_PERIOD = range(1, 5)
HEAD_HEIGHT, ROW_HEIGHT = 27.0, 18.0
VALUE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"
WORDS = {VALUE: "figure", NUMERATOR: "numerator", DENOMINATOR: "denominator"}
NOTE = (
    "Type the figures that no extract has; a symbol such as [c] or [x] is allowed. They reach the "
    "other sheets at the next refresh. Leave a cell empty where an extract gives the figure."
)


def manual_lines(layout: Layout) -> list[Line]:
    """The lines that are typed, in catalogue order."""
    return [line for line in layout.scorecard.lines if line.indicator.fed_from is FedFrom.MANUAL]


def parts_of(indicator: Indicator) -> tuple[str, ...]:
    """What has to be typed for an indicator."""
    weighted = indicator.year_to_date is YearToDate.WEIGHTED
    return (NUMERATOR, DENOMINATOR) if weighted else (VALUE,)


def manual_sheet(layout: Layout) -> Sheet | None:
    """Plan the sheet; none where every indicator comes from extracts."""
    lines = manual_lines(layout)
    if not lines:
        return None
    defaults = layout.scorecard.catalogue.settings.defaults
    shown = {"month": defaults.months_shown, "quarter": defaults.quarters_shown}
    width = max(shown.values())
    band = title_band(NAME, "Figures that come from no extract", FIRST_PERIOD + width)
    note = Part(4, (Cell(3, LABEL, NOTE, "note"),), ((3, 14.0),))
    parts, top = [band, note], 5
    for role, periods in shown.items():
        of_role = [line for line in lines if _role(line) == role]
        if of_role:
            parts.append(_Table(layout, role, periods, top, FIRST_PERIOD + width).part(of_role))
            top = parts[-1].next_row + 1
    whole = join(parts)
    widths = (1.5, 60.0, 12.0, 12.0, *(10.0 for _ in range(width)), 30.0)
    return Sheet(
        key="manual",
        name=NAME,
        title=NAME,
        part=whole,
        widths=widths,
        print=Print(
            whole.next_row - 1, FIRST_PERIOD + width - 1, page_scale(widths[:-1]), repeat=(0, 1)
        ),
        freeze_row=2,
        tab_colour=layout.scorecard.catalogue.settings.brand,
        col_keys=(
            (LABEL, "name"),
            (WHAT, "what"),
            (UNIT, "unit"),
            (FIRST_PERIOD + width, "Indicator code"),
        ),
    )


def manual_slot(part: str, period_key: str) -> str:
    """The slot of a cell, such as "value, month 2014-02"."""
    return f"{part}, {period_key}"


class _Table:
    """The cells of one kind of period, months or quarters."""

    def __init__(self, layout: Layout, role: str, periods: int, top: int, code: int) -> None:
        self.layout, self.role, self.periods, self.top, self.code = layout, role, periods, top, code

    def part(self, lines: list[Line]) -> Part:
        cells, heights, inputs = self._head(), [(self.top, HEAD_HEIGHT)], list[InputBox]()
        keys: list[tuple[int, str]] = []
        row = self.top + 1
        for line in lines:
            for part in parts_of(line.indicator):
                cells += self._row(row, line, part)
                inputs += self._inputs(line, part)
                keys.append((row, f"{line.code}|{part}"))
                text_lines = lines_needed(line.indicator.name, 60.0, 10)
                heights.append((row, height_for(text_lines, 10, ROW_HEIGHT)))
                row += 1
        return Part(
            row,
            tuple(cells),
            tuple(heights),
            names=tuple(self._names(row - 1)),
            inputs=tuple(inputs),
            row_keys=tuple(keys),
        )

    def _columns(self) -> Iterator[tuple[int, str]]:
        for back in range(self.periods):
            yield FIRST_PERIOD + self.periods - 1 - back, f"{self.role}_{back}"

    def _head(self) -> list[Cell]:
        said = ((LABEL, "Indicator"), (WHAT, "What to type"), (UNIT, "Unit"))
        cells = [Cell(self.top, col, text, "head") for col, text in said]
        for col, role in self._columns():
            label = Formula(f"label_{role}", self.layout.label(role))
            cells.append(Cell(self.top, col, label, "head right"))
        cells.append(Cell(self.top, self.code, "Indicator code", "helper head"))
        return cells

    def _row(self, row: int, line: Line, part: str) -> list[Cell]:
        indicator = line.indicator
        # By the code in the row, so that a sorted table never shows a figure beside another name.
        at = cell(row, self.code, fixed_col=True)
        code, what = f'LEFT({at},FIND("|",{at})-1)', f'MID({at},FIND("|",{at})+1,20)'
        name = Formula(f"INDEX(judge_name,MATCH({code},judge_key,0))", shown_name(line))
        said = Formula(f'IF({what}="{VALUE}","{WORDS[VALUE]}",{what})', WORDS[part])
        unit = Formula(
            f'IF({what}="{VALUE}",INDEX(fig_unit,MATCH({code},fig_key,0)),"count")',
            indicator.unit.value if part == VALUE else "count",
        )
        cells = [
            Cell(row, LABEL, name, "label"),
            Cell(row, WHAT, said, "words"),
            Cell(row, UNIT, unit, "words"),
            Cell(row, self.code, f"{line.code}|{part}", "helper"),
        ]
        return cells + [Cell(row, col, None, "typed figure") for col, _ in self._columns()]

    def _inputs(self, line: Line, part: str) -> Iterator[InputBox]:
        for _, role in self._columns():
            slot = manual_slot(part, self.layout.roles[role].key)
            codes = self._name("codes")
            yield InputBox(f"{line.code}|{part}", slot, self._name(role), codes)

    def _name(self, what: str) -> str:
        return f"manual_{self.role}_codes" if what == "codes" else f"manual_{what}"

    def _names(self, last: int) -> Iterator[DefinedName]:
        first = self.top + 1
        yield DefinedName(self._name("codes"), first, self.code, last, self.code)
        for col, role in self._columns():
            yield DefinedName(self._name(role), first, col, last, col)


def _role(line: Line) -> str:
    return "quarter" if line.indicator.period_type is PeriodType.QUARTERLY else "month"
