"""Conclusions about changes on last year."""

from __future__ import annotations

from workbook_builder.audit.evidence import Evidence, combined
from workbook_builder.audit.model import Answer, Claim, compared, untestable
from workbook_builder.periods import Kind, Month


def pct_change_on_last_year(evidence: Evidence, claim: Claim) -> Answer:
    """The month over the same month of last year, less one, in per cent."""
    if claim.period.kind is not Kind.MONTH:
        return untestable("a change on last year is tested for a month")
    month = claim.period.end
    now, before = (
        evidence.in_month(claim.code, month),
        evidence.in_month(claim.code, month.plus(-12)),
    )
    if now is None or before is None:
        missing = month if now is None else month.plus(-12)
        return untestable(f"there is no figure for {missing.label}")
    if before == 0:
        return untestable(f"{month.plus(-12).label} is 0: no percentage comes from it")
    rule = f"{month.label} over {month.plus(-12).label}, less one: {now:g} over {before:g}"
    return compared(claim, 100 * (now - before) / before, rule)


def cumulative_pct_change(evidence: Evidence, claim: Claim) -> Answer:
    """The year so far over the same months of last year, less one, in per cent."""
    month = claim.period.end
    now, before = (
        _so_far(evidence, claim.code, month),
        _so_far(evidence, claim.code, month.plus(-12)),
    )
    if now is None or before is None:
        missing = month if now is None else month.plus(-12)
        return untestable(f"not every month of the year up to {missing.label} is held")
    change = cumulative_change(evidence, claim.code, month)
    if change is None:
        return untestable(f"the year up to {month.plus(-12).label} adds up to 0")
    start = evidence.years.start_of(month)
    rule = (
        f"{start.label} to {month.label} over the same months of last year, less one: "
        f"{now:g} over {before:g}"
    )
    return compared(claim, change, rule)


def cumulative_change(evidence: Evidence, code: str, month: Month) -> float | None:
    """By how much per cent the year up to a month is above the same months of last year."""
    now, before = _so_far(evidence, code, month), _so_far(evidence, code, month.plus(-12))
    return 100 * (now - before) / before if now is not None and before else None


def _so_far(evidence: Evidence, code: str, month: Month) -> float | None:
    start = evidence.years.start_of(month)
    months = [start.plus(step) for step in range(month.minus(start) + 1)]
    return combined((1.0, evidence.in_month(code, each)) for each in months)
