"""The Judgement sheet: how each light, arrow and year to date comes about, step by step.

One row for each indicator, one column for each step, so that a person can click on a step and see
why. Tabs and front sheet only look up what stands here and so cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbook_builder.catalogue.model import ArrowFrom, ComparedWith, JudgedOn, PeriodType
from workbook_builder.judgement.movement import BREAK, Slot
from workbook_builder.judgement.status import (
    Allowance,
    Compared,
    Contradiction,
    Light,
    Miss,
    ShownStatus,
    ShownTarget,
    Status,
    TargetMet,
    status_text,
)
from workbook_builder.judgement.travel import Glyph, Moved, Performance, Words
from workbook_builder.judgement.year_to_date import YearRefs, YearToDateNote
from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.layout import LOWER, UPPER, Layout, limit_key, limit_sides
from workbook_builder.plan.model import (
    Cell,
    Content,
    DefinedName,
    Formula,
    Part,
    Print,
    Sheet,
)
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line
from workbook_builder.values import cell_content

NAME = "Judgement"
HEAD_ROW = 3
FIRST_ROW = 4

COLUMNS = (
    ("key", "Indicator", 26),
    ("name", "Name", 60),
    ("theme", "Theme", 42),
    ("row", "Row of the blocks", 8),
    ("value", "Latest figure", 11),
    ("value_1", "One before", 9),
    ("value_2", "Two before", 9),
    ("value_3", "Three before", 9),
    ("now_at", "Arrow ends at", 8),
    ("before_at", "Arrow starts at", 8),
    ("now", "Figure now, as compared", 10),
    ("before", "Figure before, as compared", 10),
    ("since", "Since, if not the one before", 10),
    ("to", "To, if not the report month", 10),
    ("direction", "Value moved", 9),
    ("travel", "Performance", 10),
    ("glyph", "Arrow", 7),
    ("words", "Arrow in words", 24),
    ("last", "Column of the last figure this year", 10),
    ("first", "First column added up", 9),
    ("ytd", "Year to date", 10),
    ("ytd_note", "Year to date goes", 12),
    ("lower", "Lower limit", 8),
    ("upper", "Upper limit", 8),
    ("target", "Target", 12),
    ("tolerance", "Tolerance", 9),
    ("judged", "Figure judged, as compared", 10),
    ("miss", "Missed by", 9),
    ("allowance", "Amber up to", 9),
    ("met", "Target met", 8),
    ("rule", "Status by rule", 13),
    ("hand", "Status by hand", 13),
    ("status", "Status shown", 13),
    ("contradiction", "Hand and rule", 18),
)
COLUMN = {key: at for at, (key, _, _) in enumerate(COLUMNS)}
PUBLIC = ("key", "theme", "row", "value", "glyph", "words", "ytd", "ytd_note", "target", "status")


@dataclass(frozen=True)
class HandCells:
    """Where a tab keeps the statuses set by hand: a range of codes and one of words, by name."""

    codes: str
    words: str


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
        names_lines = lines_needed(line.indicator.name, COLUMNS[COLUMN["name"]][2], 9)
        heights.append((FIRST_ROW + at, height_for(names_lines, 9, 15.0)))
        steps = _Steps(layout, line, FIRST_ROW + at, hand.get(line.code))
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
        part=Part(last_row + 1, tuple(cells), heights=tuple(heights), names=names),
        widths=tuple(float(width) for _, _, width in COLUMNS),
        print=Print(last_row, len(COLUMNS) - 1, repeat=(HEAD_ROW, HEAD_ROW), scale=80),
        freeze_row=FIRST_ROW,
        freeze_col=1,
        gridlines=True,
    )


@dataclass(frozen=True)
class _Steps:
    """The cells of one indicator's row."""

    layout: Layout
    line: Line
    row: int
    hand: HandCells | None

    def content(self, key: str) -> Content:
        maker: Callable[[], Content] = getattr(self, f"_{key}")
        return maker()

    def ref(self, key: str) -> str:
        """This row's cell of another step."""
        return cell(self.row, COLUMN[key], fixed_col=True)

    @property
    def role(self) -> str:
        quarterly = self.line.indicator.period_type is PeriodType.QUARTERLY
        return "quarter" if quarterly else "month"

    def _key(self) -> Content:
        return self.line.code

    def _name(self) -> Content:
        return self.line.indicator.name

    def _theme(self) -> Content:
        return self.line.indicator.theme

    def _row(self) -> Content:
        number = self.layout.row_number(self.line.code)
        return Formula(f"MATCH({self.ref('key')},fig_key,0)", number)

    def _figure(self, slot: Slot, role: str) -> Content:
        if slot.cut:
            return BREAK
        return Formula(f"INDEX(fig_value,{self.ref('row')},at_{role})", cell_content(slot.value))

    def _slot(self, at: int) -> Content:
        slots = self.line.movement.slots
        if at >= len(slots):
            return ""
        step = at
        if at and self.line.conventions.compared_with is ComparedWith.LAST_YEAR:
            step = 4 if self.role == "quarter" else 12
        return self._figure(slots[at], f"{self.role}_{step}")

    def _value(self) -> Content:
        return self._slot(0)

    def _value_1(self) -> Content:
        return self._slot(1)

    def _value_2(self) -> Content:
        return self._slot(2)

    def _value_3(self) -> Content:
        return self._slot(3)

    def _now_at(self) -> Content:
        movement, value = self.line.movement, self.ref("value")
        if self.line.retired:
            return ""
        other = '""'
        settings = self.line.conventions
        latest = settings.arrow_from is ArrowFrom.LATEST_FIGURE
        if latest and settings.compared_with is ComparedWith.PREVIOUS:
            one, two = self.ref("value_1"), self.ref("value_2")
            other = f'IF(ISNUMBER({one}),1,IF(ISNUMBER({two}),2,""))'
        found: float | str = "" if movement.now_at is None else movement.now_at
        return Formula(f"IF(ISNUMBER({value}),0,{other})", found)

    def _before_at(self) -> Content:
        now, at = self.ref("now_at"), self.line.movement.before_at
        tests = '""'
        for step in (3, 2, 1):
            value = self.ref(f"value_{step}")
            tests = f"IF(AND({now}<{step},ISNUMBER({value})),{step},{tests})"
        return Formula(f'IF({now}="","",{tests})', "" if at is None else at)

    def _compared(self, at: str, value: float | None) -> Content:
        """The slot that `at` points to, rounded as it is compared."""
        first, last = self.ref("value"), self.ref("value_3")
        picked = f"INDEX({first}:{last},1,{at}+1)"
        decimals = self.line.conventions.compared_decimals
        rounded = picked if decimals is None else f"ROUND({picked},{decimals})"
        return Formula(f'IF({at}="","",{rounded})', "" if value is None else value)

    def _now(self) -> Content:
        return self._compared(self.ref("now_at"), self.line.movement.now)

    def _before(self) -> Content:
        return self._compared(self.ref("before_at"), self.line.movement.before)

    def _labels(self, at: str) -> str:
        """The label of the period that a slot is for."""
        labels = ",".join(f"label_{self.role}_{step}" for step in range(4))
        return f"CHOOSE({at}+1,{labels})"

    def _since(self) -> Content:
        now, before = self.ref("now_at"), self.ref("before_at")
        if self.line.conventions.compared_with is ComparedWith.LAST_YEAR:
            step = 4 if self.role == "quarter" else 12
            said = f"label_{self.role}_{step}"
            return Formula(f'IF({before}="","",{said})', self.line.movement.since)
        adjacent = f"{before}={now}+1"
        picked = f'IF({adjacent},"",{self._labels(before)})'
        return Formula(f'IF({before}="","",{picked})', self.line.movement.since)

    def _to(self) -> Content:
        now, before = self.ref("now_at"), self.ref("before_at")
        picked = f'IF({now}=0,"",{self._labels(now)})'
        return Formula(f'IF({before}="","",{picked})', self.line.movement.to)

    def _direction(self) -> Content:
        formula = Moved().formula(self.ref("now"), self.ref("before"))
        return Formula(formula, self.line.movement.direction.value)

    def _travel(self) -> Content:
        lower, upper = self._arrow_limits()
        formula = Performance(self.line.conventions.polarity).formula(
            self.ref("direction"), self.ref("now"), self.ref("before"), lower, upper
        )
        return Formula(formula, self.line.movement.travel.value)

    def _arrow_limits(self) -> tuple[str, str]:
        """The limits of the report period, which an arrow towards a range needs."""
        role = f"{self.role}_0"
        found = []
        for side in (LOWER, UPPER):
            key = limit_key(self.line.code, side)
            match = f"MATCH({text(key)},fig_key,0)"
            present = self.layout.has_row(key)
            found.append(f"INDEX(fig_value,{match},at_{role})" if present else '""')
        return found[0], found[1]

    def _arrow(self) -> Glyph:
        return Glyph(self.line.conventions.arrow, self.line.conventions.polarity)

    def _glyph(self) -> Content:
        formula = self._arrow().formula(self.ref("direction"), self.ref("travel"))
        return Formula(formula, self.line.movement.glyph)

    def _words(self) -> Content:
        refs = [self.ref(key) for key in ("direction", "travel", "since", "to")]
        return Formula(Words(self._arrow()).formula(*refs), self.line.movement.words)

    def _last(self) -> Content:
        year = self.line.year
        if not year.periods:
            return 0.0
        between = f"at_first_{self.role}):INDEX(fig_value,{self.ref('row')},at_{self.role}_0)"
        values = f"INDEX(fig_value,{self.ref('row')},{between}"
        places = (
            f"INDEX(fig_position,1,at_first_{self.role}):INDEX(fig_position,1,at_{self.role}_0)"
        )
        last = year.so_far.last
        number = self.layout.column_number(year.periods[last - 1]) if last else 0
        return Formula(f"SUMPRODUCT(MAX(ISNUMBER({values})*{places}))", number)

    def _first(self) -> Content:
        role = self._first_role()
        return Formula(f"at_{role}", self.layout.column_number(self.layout.roles[role]))

    def _first_role(self) -> str:
        brought = self.line.year.brought_forward
        for name, period in self.layout.roles.items():
            if name.startswith("brought_") and period == brought:
                return f"after_{name}"
        return f"first_{self.role}"

    def _ytd(self) -> Content:
        year = self.line.year
        row, last, first = self.ref("row"), self.ref("last"), self.ref("first")

        def between(block: str) -> str:
            return f"INDEX(fig_{block},{row},{first}):INDEX(fig_{block},{row},{last})"

        role = self._first_role().removeprefix("after_")
        brought = {
            b: f"INDEX(fig_{b},{row},at_{role})" for b in ("value", "numerator", "denominator")
        }
        refs = YearRefs(
            last=last,
            first=first,
            latest=f"INDEX(fig_value,{row},{last})",
            values=between("value"),
            numerators=between("numerator"),
            denominators=between("denominator"),
            brought_value=brought["value"],
            brought_numerator=brought["numerator"],
            brought_denominator=brought["denominator"],
            published=f"INDEX(fig_value,{row},at_ytd)",
        )
        return Formula(year.rule.formula(refs), cell_content(year.value))

    def _ytd_note(self) -> Content:
        year = self.line.year
        last = self.ref("last")
        formula = YearToDateNote(year.rule.rule).formula(
            self.ref("ytd"), last, f"at_{self.role}_0", f"INDEX(fig_label,1,{last})"
        )
        return year.note if formula == '""' else Formula(formula, year.note)

    def _limit(self, side: str) -> Content:
        if side not in limit_sides(self.line.indicator):
            return ""
        verdict = self.line.verdict
        role = f"{self.role}_0" if verdict.judged_on is JudgedOn.LATEST else "full_year"
        limit = verdict.limits.lower if side == LOWER else verdict.limits.upper
        key = text(limit_key(self.line.code, side))
        return Formula(
            f"INDEX(fig_value,MATCH({key},fig_key,0),at_{role})", "-" if limit is None else limit
        )

    def _lower(self) -> Content:
        return self._limit(LOWER)

    def _upper(self) -> Content:
        return self._limit(UPPER)

    def _target(self) -> Content:
        rule = ShownTarget(self.line.conventions.polarity, self.line.conventions.suffix)
        formula = rule.formula(self.ref("lower"), self.ref("upper"))
        return Formula(formula, rule.evaluate(self.line.verdict.limits))

    def _tolerance(self) -> Content:
        return Formula(f"INDEX(fig_tolerance,{self.ref('row')})", self.line.verdict.tolerance)

    @property
    def judging(self) -> bool:
        return self.line.verdict.judged_on is not JudgedOn.NOTHING and not self.line.retired

    def _judged(self) -> Content:
        if not self.judging:
            return ""
        settings, verdict = self.line.conventions, self.line.verdict
        on_year = verdict.judged_on is JudgedOn.YEAR_TO_DATE
        rule = Compared(settings.compared_decimals_ytd if on_year else settings.compared_decimals)
        formula = rule.formula(self.ref("ytd" if on_year else "value"))
        return Formula(formula, "" if verdict.value is None else verdict.value)

    def _miss(self) -> Content:
        refs = [self.ref(key) for key in ("judged", "lower", "upper")]
        miss = self.line.verdict.miss
        return Formula(Miss().formula(*refs), "" if miss is None else miss)

    def _allowance(self) -> Content:
        refs = [self.ref(key) for key in ("judged", "lower", "upper", "tolerance")]
        rule = Allowance(self.line.conventions.tolerance_in)
        allowance = self.line.verdict.allowance
        return Formula(rule.formula(*refs), "" if allowance is None else allowance)

    def _met(self) -> Content:
        return Formula(TargetMet().formula(self.ref("miss")), self.line.verdict.met)

    def _rule(self) -> Content:
        if not self.judging:
            return ""
        words = self.layout.scorecard.catalogue.settings.status_words
        refs = [self.ref(key) for key in ("miss", "allowance", "lower", "upper")]
        return Formula(Light(words).formula(*refs), self._said(self.line.verdict.rule))

    def _hand(self) -> Content:
        if self.hand is None:
            return ""
        found = f"INDEX({self.hand.words},MATCH({self.ref('key')},{self.hand.codes},0))"
        hand = self.line.verdict.hand
        return Formula(f'IF({found}="","",{found})', self._said(hand) if hand else "")

    def _status(self) -> Content:
        formula = ShownStatus().formula(self.ref("rule"), self.ref("hand"))
        return Formula(formula, self._said(self.line.verdict.shown))

    def _contradiction(self) -> Content:
        formula = Contradiction().formula(self.ref("rule"), self.ref("hand"))
        said = "contradicts the rule" if self.line.verdict.contradicts else ""
        return Formula(formula, said)

    def _said(self, status: Status) -> str:
        return status_text(status, self.layout.scorecard.catalogue.settings.status_words)
