"""The steps of the Judgement sheet from an indicator's target to its status."""

from __future__ import annotations

from workbook_builder.catalogue.words import JudgedAs, JudgedOn, YearToDate
from workbook_builder.judgement.judged import compared_as, looks_to_last_year
from workbook_builder.judgement.status import (
    Allowance,
    Contradiction,
    Light,
    Miss,
    ShownStatus,
    ShownTarget,
    Status,
    TargetMet,
    status_text,
)
from workbook_builder.judgement.verdict import without_target
from workbook_builder.plan.addresses import text
from workbook_builder.plan.judgement_steps import Steps
from workbook_builder.plan.layout import LOWER, UPPER, limit_key, limit_sides, series_key_text
from workbook_builder.plan.model import Content, Formula
from workbook_builder.plan.series_breaks import unless_cut


class StatusSteps(Steps):
    """Limits, the figure judged, the miss, and the status by rule, by hand and as shown."""

    def _limit(self, side: str) -> Content:
        if side not in limit_sides(self.line.indicator):
            return ""
        limits = self.line.verdict.limits
        limit = limits.lower if side == LOWER else limits.upper
        found = self._limit_found(side)
        if looks_to_last_year(self.layout.scorecard.catalogue, self.line.indicator):
            found = f"IF(ISNUMBER({found}),{found},{self._last_year()})"
        return Formula(found, "-" if limit is None else limit)

    def _limit_found(self, side: str) -> str:
        """Where the Figures sheet holds a limit of the target in force."""
        on_latest = self.line.verdict.judged_on is JudgedOn.LATEST
        role = f"{self.role}_0" if on_latest else "full_year"
        key = text(limit_key(self.line.code, side))
        return f"INDEX(fig_value,MATCH({key},fig_key,0),at_{role})"

    def _last_year(self) -> str:
        """The figure of the same period last year, as compared; a dash where there is none."""
        step = 4 if self.role == "quarter" else 12
        found = f"INDEX(fig_value,{self.ref('row')},at_{self.role}_{step})"
        decimals = self.line.conventions.compared_decimals
        rounded = found if decimals is None else f"ROUND({found},{decimals})"
        held = f'IF(ISNUMBER({found}),{rounded},"-")'
        return self._unless_cut(f"at_{self.role}_{step}", held, '"-"')

    def _unless_cut(self, first: str, formula: str, cut: str) -> str:
        """A formula, or another where the series breaks after a column, up to the report period."""
        years = self.layout.scorecard.catalogue.settings.years
        span = (first, f"at_{self.role}_0")
        return unless_cut(self.line.indicator, years, span, formula, cut)

    def _lower(self) -> Content:
        return self._limit(LOWER)

    def _upper(self) -> Content:
        return self._limit(UPPER)

    def _target(self) -> Content:
        settings, verdict = self.line.conventions, self.line.verdict
        rule = ShownTarget(
            settings.polarity, settings.target_suffix, verdict.no_target, settings.target_after
        )
        none = f"INDEX(fig_no_target,{self.ref('row')})"
        formula = rule.formula(self.ref("lower"), self.ref("upper"), none)
        if looks_to_last_year(self.layout.scorecard.catalogue, self.line.indicator):
            side = limit_sides(self.line.indicator)[0]
            formula = f"IF(ISNUMBER({self._limit_found(side)}),{formula},{none})"
        return Formula(formula, rule.evaluate(verdict.target))

    def _tolerance(self) -> Content:
        return Formula(f"INDEX(fig_tolerance,{self.ref('row')})", self.line.verdict.tolerance)

    @property
    def judging(self) -> bool:
        return self.line.verdict.judged_on is not JudgedOn.NOTHING and not self.line.retired

    def _judged(self) -> Content:
        if not self.judging:
            return ""
        verdict = self.line.verdict
        on_year = verdict.judged_on is JudgedOn.YEAR_TO_DATE
        rule = compared_as(self.line.indicator, self.line.conventions, on_year)
        formula = rule.formula(self._number_judged(on_year))
        return Formula(formula, "" if verdict.value is None else verdict.value)

    def _number_judged(self, on_year: bool) -> str:
        """Where the number stands that the target is about."""
        indicator, row = self.line.indicator, self.ref("row")
        match indicator.judged_as:
            case JudgedAs.VALUE:
                if on_year and indicator.year_to_date is YearToDate.SUM:
                    return self._unless_cut(f"at_first_{self.role}", self.ref("ytd"), '""')
                return self.ref("ytd" if on_year else "value")
            case JudgedAs.RATE:
                key = text(series_key_text(self.line.code, indicator.rate_breakdown))
                return f'IFERROR(INDEX(fig_value,MATCH({key},fig_key,0),at_{self.role}_0),"")'
            case JudgedAs.NUMERATOR:
                return f"INDEX(fig_numerator,{row},at_{self.role}_0)"
            case JudgedAs.CHANGE:
                first = ("first_month", "first_month_1") if on_year else ("month_0", "month_12")
                now = f"INDEX(fig_value,{row},at_{first[0]}):INDEX(fig_value,{row},at_month_0)"
                then = f"INDEX(fig_value,{row},at_{first[1]}):INDEX(fig_value,{row},at_month_12)"
                whole = f"2*(1+at_month_0-at_{first[0]})"
                counted = f"AND(COUNT({now})+COUNT({then})={whole},SUM({then})<>0)"
                change = f'IF({counted},100*(SUM({now})/SUM({then})-1),"")'
                return self._unless_cut(f"at_{first[1]}", change, '""')

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
        rule = Light(words, without_target(self.layout.scorecard.catalogue))
        return Formula(rule.formula(*refs), self._said(self.line.verdict.rule))

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
