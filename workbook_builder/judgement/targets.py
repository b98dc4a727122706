"""Which target is in force for an indicator and a period."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_builder.catalogue.model import Catalogue, Indicator, Target
from workbook_builder.catalogue.words import TargetKind, TargetStatus, YearToDate
from workbook_builder.judgement.status import Limits, limits_of
from workbook_builder.periods import Kind, Month, Period


def agreed_targets(catalogue: Catalogue, code: str) -> tuple[Target, ...]:
    """The targets of an indicator that stand and judge; drafts and words do not."""
    return tuple(
        target
        for target in catalogue.targets
        if target.indicator == code and target.status is TargetStatus.AGREED and target.judges
    )


def judging_targets(catalogue: Catalogue, code: str) -> tuple[Target, ...]:
    """The same, then those that were superseded, the one that began last first."""
    before = _superseded(catalogue, code)
    return (*agreed_targets(catalogue, code), *(one for one in before if one.judges))


def _superseded(catalogue: Catalogue, code: str) -> list[Target]:
    found = [
        target
        for target in catalogue.targets
        if target.indicator == code and target.status is TargetStatus.SUPERSEDED
    ]
    return sorted(found, key=lambda target: target.from_, reverse=True)


def said_target(catalogue: Catalogue, code: str, month: Month) -> Target | None:
    """The agreed target that a report says in words in a month, words without a number included."""
    return _covering(_standing(catalogue, code), month)


def said_baseline(catalogue: Catalogue, code: str, month: Month) -> Target | None:
    """The target whose baseline a report shows: the one in force, else the latest that was."""
    begun = [one for one in _standing(catalogue, code) if one.from_ <= month]
    return max(begun, key=lambda one: one.to, default=None)


def _standing(catalogue: Catalogue, code: str) -> list[Target]:
    agreed = [
        target
        for target in catalogue.targets
        if target.indicator == code and target.status is TargetStatus.AGREED
    ]
    both = (*agreed, *_superseded(catalogue, code))
    return [target for target in both if target.kind is not TargetKind.MONTHLY]


def target_for(
    targets: Sequence[Target], period: Period, report_month: Month, adds_up: bool
) -> Target | None:
    """The target that a figure for `period` is held against, or None.

    A month is held against that month's own target where there is one. A quarter, a year and the
    year to date are held against the target in force when they end, or in the report month where
    they have not ended by then; a monthly target stands in only where there is no other. Where the
    months of an indicator add up to its year (`adds_up`), a target for the year says nothing about
    one month or quarter of it. A target that was superseded is one only where no agreed one is.
    """
    for status in (TargetStatus.AGREED, TargetStatus.SUPERSEDED):
        standing = [target for target in targets if target.status is status]
        found = _in_force(standing, period, report_month, adds_up)
        if found is not None:
            return found
    return None


def _in_force(
    targets: Sequence[Target], period: Period, report_month: Month, adds_up: bool
) -> Target | None:
    """The target of one status that a figure for `period` is held against."""
    own = [target for target in targets if target.kind is TargetKind.MONTHLY]
    standing = [target for target in targets if target.kind is not TargetKind.MONTHLY]
    if adds_up and period.kind in (Kind.MONTH, Kind.QUARTER):
        return _covering(own, period.end) if period.kind is Kind.MONTH else None
    if period.kind is Kind.MONTH:
        return _covering(own, period.end) or _covering(standing, period.end)
    if period.kind is Kind.YEAR and not standing_all_year(standing, period):
        return None
    moment = held_in(period, report_month)
    return _covering(standing, moment) or _covering(own, moment)


def limits_for(catalogue: Catalogue, indicator: Indicator, period: Period) -> Limits:
    """The limits that a figure of the indicator for `period` is held against."""
    targets = judging_targets(catalogue, indicator.code)
    target = target_for(targets, period, catalogue.settings.report_month, adds_up(indicator))
    if target is None:
        return Limits()
    return limits_of(target, indicator.polarity, held_in(period, catalogue.settings.report_month))


def held_in(period: Period, report_month: Month) -> Month:
    """The month in which a figure for a period is held against a target: its last so far."""
    return min(period.end, max(report_month, period.start))


def standing_all_year(targets: Sequence[Target], year: Period) -> bool:
    """Whether some target may judge a year: a calendar year needs one from its start to its end.

    A financial year is held against the target in force when it ends.
    """
    financial = "/" in year.text
    return financial or any(one.covers(year.start) and one.covers(year.end) for one in targets)


def adds_up(indicator: Indicator) -> bool:
    """Whether the months of an indicator add up to its year."""
    return indicator.year_to_date is YearToDate.SUM


def _covering(targets: Sequence[Target], month: Month) -> Target | None:
    return next((target for target in targets if target.covers(month)), None)
