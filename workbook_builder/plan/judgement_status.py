"""The steps of the Judgement sheet from an indicator's target to its status."""

from __future__ import annotations

from workbook_builder.catalogue.words import JudgedOn
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
from workbook_builder.plan.addresses import text
from workbook_builder.plan.judgement_steps import Steps
from workbook_builder.plan.layout import LOWER, UPPER, limit_key, limit_sides
from workbook_builder.plan.model import Content, Formula


class StatusSteps(Steps):
    """Limits, the figure judged, the miss, and the status by rule, by hand and as shown."""

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
        settings, verdict = self.line.conventions, self.line.verdict
        rule = ShownTarget(settings.polarity, settings.suffix, verdict.no_target)
        none = f"INDEX(fig_no_target,{self.ref('row')})"
        formula = rule.formula(self.ref("lower"), self.ref("upper"), none)
        return Formula(formula, rule.evaluate(verdict.limits))

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
