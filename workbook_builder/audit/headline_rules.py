"""Conclusions about an indicator's own figures: years, targets, statuses, arrows, front page."""

from __future__ import annotations

from workbook_builder.audit.change_rules import cumulative_change
from workbook_builder.audit.evidence import WHOLE_YEAR, Evidence, combined
from workbook_builder.audit.model import (
    Answer,
    Claim,
    compared,
    decimals_of,
    printed,
    said,
    untestable,
)
from workbook_builder.audit.table_rules import breakdown_year
from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import JudgedAs, PeriodType, YearToDate
from workbook_builder.judgement.conventions import Conventions
from workbook_builder.judgement.movement import movement_at
from workbook_builder.judgement.status import (
    Compared,
    Limits,
    Miss,
    ShownTarget,
    TargetMet,
    limits_of,
    status_text,
)
from workbook_builder.judgement.targets import (
    adds_up,
    agreed_targets,
    held_in,
    limits_for,
    target_for,
)
from workbook_builder.judgement.travel import GLYPH_DOWN, GLYPH_LEVEL, GLYPH_UP, Direction
from workbook_builder.periods import Kind, Period
from workbook_builder.values import Value, is_number, number, value_text

ON_NO_TAB = "the indicator stands on no tab"
MET = frozenset({"✓", "✔", "☑", "yes", "y", "met", "tick", "true"})
NOT_MET = frozenset({"✗", "✘", "✖", "☒", "x", "×", "no", "n", "not met", "cross", "false"})
ARROWS = {GLYPH_UP: "↑", GLYPH_DOWN: "↓", GLYPH_LEVEL: "→"}
UP, DOWN, LEVEL = ("↑", "↗", "▲", "up"), ("↓", "↘", "▼", "down"), ("→", "↔", "►", "level", "same")
MEANING = {
    word: shown for shown, words in zip("↑↓→", (UP, DOWN, LEVEL), strict=True) for word in words
}


def year_actual(evidence: Evidence, claim: Claim) -> Answer:
    """A whole year: the last month of a snapshot, rolling or cumulative figure; a sum of months."""
    if claim.breakdown:
        return breakdown_year(evidence, claim)
    indicator = evidence.indicator(claim.code)
    ours = _worked_out_year(evidence, claim.code, claim.period)
    if indicator.year_to_date is YearToDate.SUM:
        rule = "the months of the year added up"
        return _or_missing(claim, ours, rule, "not every month of the year is held")
    if indicator.year_to_date is not YearToDate.LATEST:
        return untestable("the numbers behind the months are not held, only their percentages")
    last = _last_of(evidence, indicator, claim.period)
    rule = f"the figure of {last.label}, as each figure already covers or closes the year"
    missing = f"there is no figure for {last.label}"
    return _or_missing(claim, ours, rule, missing, _known(evidence, claim, ours))


def ytd(evidence: Evidence, claim: Claim) -> Answer:
    """The year to date, worked out from months or quarters: latest, sum or weighted.

    What is held as published, or leans on months brought forward in one figure, proves nothing.
    """
    if claim.breakdown:
        return breakdown_year(evidence, claim)
    line = evidence.line(claim.code)
    if line is None:
        return untestable(ON_NO_TAB)
    indicator = line.indicator
    if claim.period.text != evidence.years.label(evidence.month):
        return untestable(
            f"the year to date is not that of the report, {evidence.month.long_label}"
        )
    if indicator.plus or indicator.minus:
        return _of_parts(evidence, claim, indicator)
    if indicator.year_to_date is YearToDate.PUBLISHED:
        return untestable(
            "the year to date is held as published; the numerators and denominators of its months "
            "are not held"
        )
    if line.year.brought_forward is not None:
        return untestable(
            f"{line.year.brought_forward.label} are held as one figure, not month by month"
        )
    rules = {
        YearToDate.LATEST: "the latest figure of the year",
        YearToDate.SUM: "the months added up",
        YearToDate.WEIGHTED: "numerators over denominators, added up over the months",
    }
    rule = rules[indicator.year_to_date]
    ours = number(line.year.value)
    if ours is None and indicator.year_to_date is YearToDate.SUM:
        months = [evidence.in_month(claim.code, each.end) for each in evidence.months(claim.period)]
        ours = combined((1.0, value) for value in months)
    known = _known(evidence, claim, ours) if indicator.year_to_date is YearToDate.LATEST else None
    return _or_missing(claim, ours, rule, "the year to date cannot be worked out", known)


def full_year(evidence: Evidence, claim: Claim) -> Answer:
    """The year to date at the end of the year; only once the year is over."""
    if not evidence.ended(claim.period):
        return untestable(f"the year {claim.period.text} is not over in the report month")
    if claim.breakdown:
        return breakdown_year(evidence, claim)
    line = evidence.line(claim.code)
    if line is None:
        return untestable(ON_NO_TAB)
    rule = "the year to date at the end of the year"
    ours = number(line.year.value)
    if line.indicator.year_to_date is YearToDate.LATEST:
        return _or_missing(
            claim, ours, rule, "there is no year to date", _known(evidence, claim, ours)
        )
    if ours is None:
        return ytd(evidence, claim)
    return compared(claim, ours, rule)


def target_met(evidence: Evidence, claim: Claim) -> Answer:
    """Met if the figure as shown is not on the wrong side of the target for the period."""
    line = evidence.line(claim.code)
    if line is None or claim.breakdown:
        return untestable(ON_NO_TAB if line is None else "a breakdown has no target")
    mark = claim.value.casefold()
    if mark not in MET | NOT_MET:
        return untestable(f'"{claim.value}" is neither a mark for met nor one for not met')
    held = (
        evidence.years.full_year(claim.period.end)
        if claim.period.kind is Kind.YTD
        else claim.period
    )
    targets = agreed_targets(evidence.catalogue, claim.code)
    target = target_for(targets, held, evidence.month, adds_up(line.indicator))
    if target is None:
        return untestable(f"no target is held for {claim.period.label}")
    limits = limits_of(target, line.conventions.polarity, held_in(held, evidence.month))
    if line.indicator.judged_as in (JudgedAs.RATE, JudgedAs.NUMERATOR):
        return untestable(f"the target is about the {line.indicator.judged_as}")
    value = _target_figure(evidence, claim, line.indicator)
    settings = line.conventions
    whole = claim.period.kind in (Kind.YTD, Kind.FULL_YEAR)
    decimals = settings.compared_decimals_ytd if whole else settings.compared_decimals
    met = TargetMet().evaluate(Miss().evaluate(Compared(decimals).evaluate(value), limits))
    if not met:
        return untestable(f"there is no figure for {claim.period.label}")
    side = ">=" if limits.upper is None else "<=" if limits.lower is None else "within"
    shown = value_text(value, settings.decimals_ytd if whole else settings.decimals)
    rule = f"met if actual {side} target: {shown} against {_limits_text(limits, settings)}"
    return said((met == "Yes") == (mark in MET), "met" if met == "Yes" else "not met", rule)


def arrow(evidence: Evidence, claim: Claim) -> Answer:
    """The arrow of the indicator's direction of travel, as its tab reads arrows.

    Two figures that are equal as printed cannot tell an arrow up or down wrong.
    """
    line = evidence.line(claim.code)
    if line is None:
        return untestable(ON_NO_TAB)
    published = MEANING.get(claim.value.casefold())
    if published is None:
        return untestable(f'"{claim.value}" is not an arrow')
    movement = line.movement
    if claim.period != line.period:
        if claim.period.kind not in (Kind.MONTH, Kind.QUARTER):
            return untestable("an arrow is for a month or a quarter")
        points = evidence.points(claim.code)
        movement = movement_at(
            evidence.catalogue, line.indicator, line.conventions, points, claim.period
        )
    if movement.direction is Direction.NONE or movement.now_at is None:
        return untestable(f"there are not two figures up to {claim.period.label} to compare")
    before = movement.slots[movement.before_at or 0].period.label
    now = movement.slots[movement.now_at].period.label
    follows = f"the {line.conventions.arrow.value}"
    rule = (
        f"the arrow follows {follows}: {before} {movement.before:g}, {now} {movement.now:g} "
        f"({movement.words})"
    )
    ours = ARROWS[movement.glyph]
    if movement.direction is Direction.LEVEL and published != ours:
        return untestable("the two figures are equal as printed", rule)
    return said(published == ours, ours, rule)


def front_page_figure(evidence: Evidence, claim: Claim) -> Answer:
    """The front page repeats the figure of the period, rounded to the decimals it prints."""
    value = evidence.figure(claim.code, claim.period)
    return _repeated(claim, value, f"the figure of {claim.period.label}")


def front_page_target(evidence: Evidence, claim: Claim) -> Answer:
    """The front page repeats the target for the year, or a dash where there is none."""
    line = evidence.line(claim.code)
    if line is None:
        return untestable(ON_NO_TAB)
    held = evidence.years.full_year(evidence.month)
    limits = limits_for(evidence.catalogue, line.indicator, held)
    target = ShownTarget(line.conventions.polarity, line.conventions.suffix).evaluate(limits)
    return _repeated(claim, target, "the target for the year")


def front_page_status(evidence: Evidence, claim: Claim) -> Answer:
    """The front page repeats the status that the report itself gives the indicator.

    Where the table does not hold that one, it is the status that the scorecard shows.
    """
    line = evidence.line(claim.code)
    if line is None:
        return untestable(ON_NO_TAB)
    inside = [
        one.value for one in evidence.claims if one.code == claim.code and one.kind == "status"
    ]
    shown = (
        inside[0]
        if inside
        else status_text(line.verdict.shown, evidence.catalogue.settings.status_words)
    )
    if not shown:
        return untestable("the indicator has no status")
    rule = "the status inside the report" if inside else "the status that the scorecard shows"
    return said(shown.casefold() == claim.value.casefold(), shown, rule)


def _of_parts(evidence: Evidence, claim: Claim, indicator: Indicator) -> Answer:
    signed = [(1.0, code) for code in indicator.plus] + [(-1.0, code) for code in indicator.minus]
    figures = [(sign, number(evidence.figure(code, claim.period))) for sign, code in signed]
    words = " ".join(f"{'+' if sign > 0 else '-'} {code}" for sign, code in signed)
    return _or_missing(
        claim,
        combined(figures),
        f"the years to date of its parts: {words.removeprefix('+ ')}",
        "a part has no year to date",
    )


def _target_figure(evidence: Evidence, claim: Claim, indicator: Indicator) -> Value | None:
    """The figure that a target mark is about; a past year may follow from its months."""
    if indicator.judged_as is JudgedAs.CHANGE:
        return cumulative_change(evidence, claim.code, min(claim.period.end, evidence.month))
    held = evidence.figure(claim.code, claim.period)
    if is_number(held) or claim.period.kind not in WHOLE_YEAR:
        return held
    return _worked_out_year(evidence, claim.code, claim.period)


def _worked_out_year(evidence: Evidence, code: str, period: Period) -> float | None:
    """A whole year from its months: added up from the indicator's first, or the last of them."""
    indicator = evidence.indicator(code)
    if indicator.year_to_date is YearToDate.SUM:
        first = max(period.start, indicator.from_ or period.start)
        if first > period.end or period.end > evidence.month:
            return None
        months = evidence.months(Period.between(first, period.end))
        return combined((1.0, evidence.in_month(code, each.end)) for each in months)
    if indicator.year_to_date is YearToDate.LATEST:
        return number(evidence.figure(code, _last_of(evidence, indicator, period)))
    return None


def _last_of(evidence: Evidence, indicator: Indicator, period: Period) -> Period:
    """The last month or quarter of a year."""
    if indicator.period_type is PeriodType.QUARTERLY:
        return evidence.years.quarter(period.end)
    return Period.month(period.end)


def _repeated(claim: Claim, value: Value | None, rule: str) -> Answer:
    """A figure printed a second time, which may be a symbol, a text or nothing."""
    ours = number(value)
    if ours is not None:
        if printed(claim.value) is None:
            return said(False, f"{ours:g}", rule)
        return compared(claim, ours, rule)
    text = value_text(value, 0) if value is not None else "-"
    return said(text.casefold() == claim.value.casefold(), text, rule)


def _or_missing(
    claim: Claim, ours: float | None, rule: str, missing: str, known: int | None = None
) -> Answer:
    return untestable(missing, rule) if ours is None else compared(claim, ours, rule, known)


def _known(evidence: Evidence, claim: Claim, value: float | None) -> int | None:
    """How many decimals the figures of an indicator are held with."""
    line = evidence.line(claim.code)
    if line is None or value is None:
        return None
    return max(line.conventions.decimals, decimals_of(value))


def _limits_text(limits: Limits, settings: Conventions) -> str:
    shown = ShownTarget(settings.polarity, settings.suffix).evaluate(limits)
    return shown if isinstance(shown, str) else f"{shown:g}"
