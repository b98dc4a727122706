"""Conclusions that go across indicators: by the catalogue, or as relations.csv says."""

from __future__ import annotations

from workbook_builder.audit.evidence import Evidence, combined
from workbook_builder.audit.model import Answer, Claim, compared, printed, said, untestable
from workbook_builder.audit.relations import RELATIONS, Link
from workbook_builder.audit.shares import attainable
from workbook_builder.catalogue.populations import population_for
from workbook_builder.catalogue.words import Unit
from workbook_builder.periods import Kind, Period, earlier
from workbook_builder.values import number

SIGN = {Link.RISES: 1.0, Link.FALLS: -1.0}


def net(evidence: Evidence, claim: Claim) -> Answer:
    """What came in less what went out: the indicators that it is made of."""
    indicator = evidence.indicator(claim.code)
    if not (indicator.plus or indicator.minus):
        return untestable("the indicator does not say what it is made of")
    words = " ".join([*indicator.plus, *(f"less {code}" for code in indicator.minus)])
    return compared(claim, number(evidence.figure(claim.code, claim.period)), words)


def roll_forward(evidence: Evidence, claim: Claim) -> Answer:
    """The count before, plus what it rose by, less what it fell by since.

    A month goes on from the month before, the year to date from the end of last year.
    """
    flows = evidence.related(claim.code, Link.RISES, Link.FALLS)
    if not flows:
        return untestable(f"{RELATIONS} does not say what it rises and falls by")
    start = _before(evidence, claim.period)
    if start is None:
        return untestable("a count is rolled forward to a month or to the year to date")
    first = number(evidence.figure(claim.code, start))
    moved = [(SIGN[one.link], number(evidence.figure(one.other, claim.period))) for one in flows]
    ours = combined([(1.0, first), *moved])
    steps = " ".join(
        f"{'plus' if one.link is Link.RISES else 'less'} {one.other} {_text(value)}"
        for one, (_, value) in zip(flows, moved, strict=True)
    )
    rule = f"{start.label} {_text(first)} {steps}"
    if ours is None:
        return untestable("a figure of the sum is missing", rule)
    return compared(claim, ours, rule)


def rate_from_count(evidence: Evidence, claim: Claim) -> Answer:
    """The count over its population, times 10,000."""
    indicator = evidence.indicator(claim.code)
    count_code, name = indicator.rate_of, indicator.population
    for one in evidence.related(claim.code, Link.RATE):
        count_code, name = one.other, one.population
    if not count_code:
        return untestable(f"{RELATIONS} does not say what it is a rate of")
    population = population_for(evidence.catalogue, name, claim.period)
    count = number(evidence.figure(count_code, claim.period))
    if population is None or count is None:
        missing = f"count {count_code}" if count is None else f"population {name}"
        return untestable(f"there is no {missing} for {claim.period.label}")
    rule = f"{count_code} over {name}, times 10,000: {count:g} over {population:,.0f}"
    return compared(claim, Unit.RATE.scale * count / population, rule)


def percentage_attainable(evidence: Evidence, claim: Claim) -> Answer:
    """Some whole number out of the base prints as the percentage."""
    shares = evidence.related(claim.code, Link.SHARE)
    if not shares:
        return untestable(f"{RELATIONS} does not say what it is a share of")
    published = printed(claim.value)
    base = number(evidence.figure(shares[0].other, claim.period))
    if published is None or base is None or base != int(base) or base < 1:
        what = f"there is no number of {shares[0].other} for {claim.period.label}"
        return untestable(what if published else f'"{claim.value}" is not a number')
    rule = f"some whole number out of {shares[0].other} ({base:g}) gives the percentage"
    if attainable(published.number, int(base), published.decimals):
        return said(True, claim.value, rule)
    return said(False, f"no whole number out of {base:g}", f"{rule}: none does")


def target_total(evidence: Evidence, claim: Claim) -> Answer:
    """The targets of its parts added up.

    Where the parts have none, the change that the target of the count it moves asks for: that
    target less the count at the end of last year.
    """
    indicator = evidence.indicator(claim.code)
    signed = [(1.0, code) for code in indicator.plus] + [(-1.0, code) for code in indicator.minus]
    parts = combined((sign, evidence.target_value(code)) for sign, code in signed)
    if signed and parts is not None:
        words = " ".join(f"{'plus' if sign > 0 else 'less'} {code}" for sign, code in signed)
        rule = f"the targets of its parts: {words.removeprefix('plus ')}"
        return compared(claim, parts, rule)
    for one in evidence.relations:
        if one.link is Link.RISES and one.other == claim.code:
            last_year = earlier(evidence.years.year(evidence.month), 1, evidence.years)
            aim = evidence.target_value(one.indicator)
            count = number(evidence.figure(one.indicator, last_year))
            ours = combined([(1.0, aim), (-1.0, count)])
            if ours is None:
                return untestable(f"{one.indicator} has no target or no figure for last year")
            rule = (
                f"target of {one.indicator} less its count of {last_year.label}: "
                f"{aim:g} less {count:g}"
            )
            return compared(claim, ours, rule)
    return untestable(f"neither the indicator nor {RELATIONS} says what its target follows from")


def _before(evidence: Evidence, period: Period) -> Period | None:
    """The period that a count is rolled forward from."""
    if period.kind is Kind.MONTH:
        return earlier(period, 1, evidence.years)
    if period.kind is Kind.YTD:
        return evidence.years.year(period.start.plus(-1))
    return None


def _text(value: float | None) -> str:
    return "(missing)" if value is None else f"{value:g}"
