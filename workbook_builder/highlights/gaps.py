"""How a figure stands to its targets: the dated ones to come, and those in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook_builder.catalogue.model import Target
from workbook_builder.catalogue.words import JudgedAs, TargetKind
from workbook_builder.highlights.figures import Held
from workbook_builder.judgement.status import TIE_DECIMALS, limits_of
from workbook_builder.periods import Month
from workbook_builder.values import excel_round


@dataclass(frozen=True)
class Gap:
    """How a figure stands to a target: `amount` is what is compared with the limit."""

    target: Target
    amount: float
    limit: float
    missed: bool

    @property
    def difference(self) -> float:
        return excel_round(self.amount - self.limit, TIE_DECIMALS)


def gap_to(held: Held, target: Target) -> Gap | None:
    """How the latest figure stands to a target, on the number that the target is about."""
    figure = held.latest
    on_count = held.indicator.judged_as is JudgedAs.NUMERATOR
    if held.indicator.judged_as in (JudgedAs.RATE, JudgedAs.CHANGE) or held.breakdown:
        return None
    amount = figure.count(held.unit) if on_count else figure.value
    limits = limits_of(target, held.polarity, target.to)
    if amount is None or limits.none:
        return None
    if limits.lower is not None and excel_round(limits.lower - amount, TIE_DECIMALS) > 0:
        return Gap(target, amount, limits.lower, True)
    if limits.upper is not None and excel_round(amount - limits.upper, TIE_DECIMALS) > 0:
        return Gap(target, amount, limits.upper, True)
    limit = limits.lower if limits.upper is None else limits.upper
    assert limit is not None
    return Gap(target, amount, limit, False)


def to_come(targets: Sequence[Target], month: Month) -> tuple[Target, ...]:
    """Milestones that are not past, the next one first, then the targets in force."""
    dated = [one for one in targets if one.kind is TargetKind.MILESTONE and one.to >= month]
    standing = [one for one in targets if one.kind is not TargetKind.MILESTONE]
    return (
        *sorted(dated, key=lambda one: one.to),
        *(one for one in standing if one.covers(month)),
    )
