"""The status of an indicator in the report month and the steps to it."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.model import Catalogue, Indicator, Override
from workbook_builder.catalogue.words import JudgedOn, OverrideOf, WithoutTarget
from workbook_builder.judgement.conventions import Conventions
from workbook_builder.judgement.judged import compared_as, held_against, judged_figure
from workbook_builder.judgement.status import (
    NO_TARGET_YET,
    Allowance,
    Contradiction,
    Light,
    Limits,
    Miss,
    ShownStatus,
    Status,
    TargetMet,
    parse_status,
)
from workbook_builder.judgement.targets import adds_up, judging_targets, target_for
from workbook_builder.measures.series import SeriesTable
from workbook_builder.periods import Period
from workbook_builder.values import Value


@dataclass(frozen=True)
class Verdict:
    """The status of a line and the steps to it.

    limits are what the figure is held against; target is the same, or empty where that is no target
    but last year's figure.
    """

    judged_on: JudgedOn
    period: Period
    value: float | None
    limits: Limits
    target: Limits
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
    table: SeriesTable,
    period: Period,
    year_to_date: Value | None,
    retired: bool,
) -> Verdict:
    """Judge the year to date or the latest figure, as the conventions say."""
    month = catalogue.settings.report_month
    on_year = settings.judged_on is not JudgedOn.LATEST
    held_for = catalogue.settings.years.full_year(month) if on_year else period
    held = held_against(catalogue, indicator, settings, table, period, held_for)
    limits = held.limits
    target = target_for(
        judging_targets(catalogue, indicator.code), held_for, month, adds_up(indicator)
    )
    own = target.tolerance if target is not None else None
    tolerance = settings.tolerance if own is None else own
    judged = compared_as(indicator, settings, on_year).evaluate(
        judged_figure(catalogue, indicator, table, period, year_to_date, on_year)
    )
    judging = settings.judged_on is not JudgedOn.NOTHING and not retired
    miss = Miss().evaluate(judged, limits) if judging else None
    allowance = None
    if judging:
        allowance = Allowance(settings.tolerance_in).evaluate(judged, limits, tolerance)
    words = catalogue.settings.status_words
    rule = Status.NO_TARGET
    if judging:
        rule = Light(words, without_target(catalogue)).evaluate(miss, allowance, limits)
    by_hand = _status_by_hand(catalogue, indicator)
    hand = parse_status(by_hand.value, words) if by_hand else None
    return Verdict(
        judged_on=settings.judged_on,
        period=catalogue.settings.years.ytd(month) if on_year else period,
        value=judged if judging else None,
        limits=limits,
        target=Limits() if held.from_last_year else limits,
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


def without_target(catalogue: Catalogue) -> Status:
    """What an indicator is where nothing is held against it."""
    compares = catalogue.settings.defaults.without_target is WithoutTarget.LAST_YEAR
    return Status.NOT_ASSESSED if compares else Status.NO_TARGET


def _ever_has_target(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether a missing target is one that is still to be agreed."""
    return any(
        target.indicator == indicator.code and (target.judges or target.words)
        for target in catalogue.targets
    )


def _status_by_hand(catalogue: Catalogue, indicator: Indicator) -> Override | None:
    month = catalogue.settings.report_month
    for override in catalogue.overrides:
        same = override.indicator == indicator.code and override.period == month
        if same and override.what is OverrideOf.STATUS:
            return override
    return None
