"""The status of an indicator by the scorecard's rule, whatever was set by hand."""

from __future__ import annotations

from workbook_builder.audit.change_rules import cumulative_change
from workbook_builder.audit.evidence import Evidence
from workbook_builder.audit.model import Answer, Claim, said, untestable
from workbook_builder.catalogue.words import JudgedAs, ToleranceIn
from workbook_builder.judgement.status import (
    LIGHTS,
    NOT_ASSESSED_TEXT,
    Allowance,
    Compared,
    Light,
    Limits,
    Miss,
    ShownTarget,
    Status,
    parse_status,
    status_text,
)
from workbook_builder.judgement.targets import limits_for
from workbook_builder.periods import Kind
from workbook_builder.scorecard import Line
from workbook_builder.values import number


def status(evidence: Evidence, claim: Claim) -> Answer:
    """Green if the target is met, amber if missed within the tolerance, red beyond.

    An indicator without a single figure is judged by the figure of its breakdown that is furthest
    off the target.
    """
    line = evidence.line(claim.code)
    if line is None:
        return untestable("the indicator stands on no tab")
    words = evidence.catalogue.settings.status_words
    published = parse_status(claim.value, words)
    if claim.value.strip().casefold() == NOT_ASSESSED_TEXT.casefold():
        rule = "an indicator with nothing to hold its figure against is not assessed"
        return said(line.verdict.rule not in LIGHTS, status_text(line.verdict.rule, words), rule)
    if published is None:
        return untestable(f'"{claim.value}" is none of the scorecard\'s status words')
    verdict = line.verdict
    if (claim.period.kind, claim.period.text) != (verdict.period.kind, verdict.period.text):
        return untestable(f"the scorecard judges {verdict.period.label}")
    limits = _limits(evidence, line)
    if limits.none:
        return untestable("no target is held")
    value, what = _judged(evidence, line, limits)
    light = _light(evidence, line, value, limits)
    if value is None or light in (Status.NOT_ASSESSED, Status.NO_TARGET):
        return untestable("there is no figure to judge")
    shown = ShownTarget(line.conventions.polarity, "").evaluate(limits)
    target = shown if isinstance(shown, str) else f"{shown:g}"
    within = f"{verdict.tolerance:g}"
    if line.conventions.tolerance_in is ToleranceIn.SHARE:
        within += "% of the target"
    rule = (
        f"{words.green} if the target is met, {words.amber} if missed by up to {within}, "
        f"{words.red} beyond: {what}{value:g} against {target}"
    )
    return said(light is published, status_text(light, words), rule)


def _limits(evidence: Evidence, line: Line) -> Limits:
    held_for = line.verdict.period
    if held_for.kind is Kind.YTD:
        held_for = evidence.years.full_year(evidence.month)
    return limits_for(evidence.catalogue, line.indicator, held_for)


def _judged(evidence: Evidence, line: Line, limits: Limits) -> tuple[float | None, str]:
    """The number that the target is about, rounded as it is compared, and what it is."""
    if line.indicator.judged_as is JudgedAs.CHANGE:
        change = cumulative_change(evidence, line.code, evidence.month)
        decimals = line.conventions.compared_decimals_ytd
        return Compared(decimals).evaluate(change), "change since the start of the year "
    if line.breakdown_only:
        found = [
            value
            for one in evidence.breakdowns(line.code)
            for point in evidence.points(line.code, one).values()
            if (value := number(point.value)) is not None
        ]
        high_is_worse = 1.0 if limits.lower is None else -1.0
        worst = max(
            found,
            key=lambda one: (Miss().evaluate(one, limits) or 0.0, high_is_worse * one),
            default=None,
        )
        return worst, "the worst of its breakdown, "
    return line.verdict.value, ""


def _light(evidence: Evidence, line: Line, value: float | None, limits: Limits) -> Status:
    miss = Miss().evaluate(value, limits)
    tolerance = line.verdict.tolerance
    allowance = Allowance(line.conventions.tolerance_in).evaluate(value, limits, tolerance)
    return Light(evidence.catalogue.settings.status_words).evaluate(miss, allowance, limits)
