"""The steps of the Judgement sheet from an indicator's figures to its arrow."""

from __future__ import annotations

from workbook_builder.catalogue.words import ArrowFrom, ComparedWith, JudgedAs
from workbook_builder.judgement.movement import BREAK, Slot
from workbook_builder.judgement.travel import Glyph, Moved, Performance, Words
from workbook_builder.plan.addresses import text
from workbook_builder.plan.judgement_steps import Steps
from workbook_builder.plan.layout import LOWER, UPPER, limit_key, series_key_text
from workbook_builder.plan.model import Content, Formula
from workbook_builder.plan.series_breaks import unless_cut


class ArrowSteps(Steps):
    """Latest figures, which two are compared, how the value moved and what that means."""

    def _figure(self, slot: Slot, role: str) -> Content:
        found = f"INDEX(fig_value,{self.ref('row')},at_{role})"
        span, years = (
            (f"at_{role}", f"at_{self.role}_0"),
            self.layout.scorecard.catalogue.settings.years,
        )
        formula = unless_cut(self.line.indicator, years, span, found, text(BREAK))
        held = self.layout.value(self.line.code, role)
        return Formula(formula, BREAK if slot.cut else held)

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
        rule = Moved(self.line.conventions.level_within)
        formula = rule.formula(self.ref("now"), self.ref("before"))
        return Formula(formula, self.line.movement.direction.value)

    def _travel(self) -> Content:
        lower, upper = self._arrow_limits()
        formula = Performance(self.line.conventions.polarity).formula(
            self.ref("direction"), self.ref("now"), self.ref("before"), lower, upper
        )
        return Formula(formula, self.line.movement.travel.value)

    def _arrow_limits(self) -> tuple[str, str]:
        """The limits of the report period, which an arrow towards a range needs."""
        judged_as = self.line.indicator.judged_as
        if judged_as not in (JudgedAs.VALUE, JudgedAs.RATE):
            return '""', '""'
        role = f"{self.role}_0"
        found = []
        for side in (LOWER, UPPER):
            key = limit_key(self.line.code, side)
            match = f"MATCH({text(key)},fig_key,0)"
            present = self.layout.has_row(key)
            limit = f"INDEX(fig_value,{match},at_{role})" if present else '""'
            found.append(self._of_count(limit) if judged_as is JudgedAs.RATE else limit)
        return found[0], found[1]

    def _of_count(self, limit: str) -> str:
        """A limit of the rate as one of the count beside it."""
        indicator = self.line.indicator
        key = text(series_key_text(self.line.code, indicator.rate_breakdown))
        rate = f"INDEX(fig_value,MATCH({key},fig_key,0),at_{self.role}_0)"
        scaled = f"{limit}*{self.ref('now')}/{rate}"
        return f'IFERROR(IF(AND({rate}<>0,ISNUMBER({limit})),{scaled},""),"")'

    def _arrow(self) -> Glyph:
        return Glyph(self.line.conventions.arrow, self.line.conventions.polarity)

    def _glyph(self) -> Content:
        formula = self._arrow().formula(self.ref("direction"), self.ref("travel"))
        return Formula(formula, self.line.movement.glyph)

    def _words(self) -> Content:
        refs = [self.ref(key) for key in ("direction", "travel", "since", "to")]
        return Formula(Words(self._arrow()).formula(*refs), self.line.movement.words)
