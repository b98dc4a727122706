"""The status of an indicator in the report month and the steps to it."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.model import Catalogue, Indicator, Override
from workbook_builder.catalogue.words import JudgedOn, OverrideOf
from workbook_builder.judgement.conventions import Conventions
from workbook_builder.judgement.status import (
    NO_TARGET_YET,
    Allowance,
    Compared,
    Contradiction,
    Light,
    Limits,
    Miss,
    ShownStatus,
    Status,
    TargetMet,
    parse_status,
)
from workbook_builder.judgement.targets import adds_up, agreed_targets, limits_for, target_for
from workbook_builder.periods import Period
from workbook_builder.values import Value


@dataclass(frozen=True)
class Verdict:
    """The status of a line and the steps to it."""

    judged_on: JudgedOn
    period: Period
    value: float | None
    limits: Limits
    no_target: str
    tolerance: float
    miss: float | None
    allowance: float | None
    met: str
    rule: Status
    by_hand: Override | None
    hand: Status | None
    shown: Status
    contradicts: bool


def verdict_of(
    catalogue: Catalogue,
    indicator: Indicator,
    settings: Conventions,
    period: Period,
    value: Value | None,
    year_to_date: Value,
    retired: bool,
) -> Verdict:
    """Judge the year to date or the latest figure, as the conventions say."""
    month = catalogue.settings.report_month
    on_year = settings.judged_on is not JudgedOn.LATEST
    held_for = catalogue.settings.years.full_year(month) if on_year else period
    limits = limits_for(catalogue, indicator, held_for)
    target = target_for(
        agreed_targets(catalogue, indicator.code), held_for, month, adds_up(indicator)
    )
    own = target.tolerance if target is not None else None
    tolerance = settings.tolerance if own is None else own
    judged = Compared(
        settings.compared_decimals_ytd if on_year else settings.compared_decimals
    ).evaluate(year_to_date if on_year else value)
    judging = settings.judged_on is not JudgedOn.NOTHING and not retired
    miss = Miss().evaluate(judged, limits) if judging else None
    allowance = None
    if judging:
        allowance = Allowance(settings.tolerance_in).evaluate(judged, limits, tolerance)
    words = catalogue.settings.status_words
    rule = Light(words).evaluate(miss, allowance, limits) if judging else Status.NO_TARGET
    by_hand = _status_by_hand(catalogue, indicator)
    hand = parse_status(by_hand.value, words) if by_hand else None
    return Verdict(
        judged_on=settings.judged_on,
        period=catalogue.settings.years.ytd(month) if on_year else period,
        value=judged if judging else None,
        limits=limits,
        no_target=NO_TARGET_YET if _ever_has_target(catalogue, indicator) else "-",
        tolerance=tolerance,
        miss=miss,
        allowance=allowance,
        met=TargetMet().evaluate(miss),
        rule=rule,
        by_hand=by_hand,
        hand=hand,
        shown=ShownStatus().evaluate(rule, hand),
        contradicts=Contradiction().evaluate(rule, hand),
    )


def _ever_has_target(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether a missing target is one that is still to be agreed."""
    return any(target.indicator == indicator.code for target in catalogue.targets)


def _status_by_hand(catalogue: Catalogue, indicator: Indicator) -> Override | None:
    month = catalogue.settings.report_month
    for override in catalogue.overrides:
        same = override.indicator == indicator.code and override.period == month
        if same and override.what is OverrideOf.STATUS:
            return override
    return None
