"""Conclusions about tables: totals, shares of a total, distributions, weighted means."""

from __future__ import annotations

import re

from workbook_builder.audit.evidence import Evidence, at
from workbook_builder.audit.model import (
    ALL,
    MEASURE,
    Answer,
    Claim,
    compared,
    parts_of,
    printed,
    said,
    untestable,
)
from workbook_builder.audit.shares import smallest_base, whole_parts
from workbook_builder.catalogue.words import Unit
from workbook_builder.periods import Kind
from workbook_builder.values import number, number_text

NOUGHT = "an empty cell counts as nought"
LONG = (Kind.YTD, Kind.YEAR, Kind.FULL_YEAR, Kind.RANGE)


def total(evidence: Evidence, claim: Claim) -> Answer:
    """The parts added up: over localities, measures or months, or the indicators it is made of.

    Percentages are never added up: the all-months share of a band comes from numbers of children.
    """
    if not claim.breakdown:
        return _headline_total(evidence, claim)
    if MEASURE not in claim.parts and evidence.indicator(claim.code).unit is Unit.PERCENT:
        return _share_of_all_months(evidence, claim)
    return _table_total(evidence, claim)


def grand_total(evidence: Evidence, claim: Claim) -> Answer:
    """All parts and all months of a table added up."""
    return _table_total(evidence, claim)


def breakdown_year(evidence: Evidence, claim: Claim) -> Answer:
    """A year of one breakdown: a weighted mean for an average, else its months added up."""
    if claim.parts.get(MEASURE, "").casefold().startswith(("average", "mean")):
        return weighted_mean(evidence, claim)
    return total(evidence, claim)


def percentage(evidence: Evidence, claim: Claim) -> Answer:
    """The named measure over all measures of the same row, in per cent.

    The measures meant are those whose names occur in the name of the percentage.
    """
    name = claim.parts.get(MEASURE, "")
    wanted = claim.parts | {MEASURE: "Total"}
    under = evidence.total(claim.code, wanted, claim.period)
    measures = {
        parts_of(one)[MEASURE]
        for one in evidence.matching(claim.code, wanted)
        if parts_of(one)[MEASURE].casefold() in name.casefold()
    }
    if not under or not measures:
        return untestable("the numbers that the percentage is made of are not held")
    over = sum(
        evidence.total(claim.code, claim.parts | {MEASURE: one}, claim.period) or 0.0
        for one in sorted(measures)
    )
    words = " and ".join(sorted(measures))
    rule = f"{words} over the total: {over:g} out of {under:g}"
    return compared(claim, 100 * over / under, rule)


def cross_table_check(evidence: Evidence, claim: Claim) -> Answer:
    """A headline that a table inside the report gives too.

    "45 or fewer" is the sum of the bands up to 45; a percentage is that of the table's total row.
    """
    bound = re.search(r"\d+", claim.breakdown)
    if bound:
        key = next(iter(claim.parts))
        found = [
            value
            for one in evidence.breakdowns(claim.code)
            if set(parts_of(one)) == {key} and _upper(parts_of(one)[key]) <= int(bound[0])
            if (value := number(at(evidence.points(claim.code, one), claim.period))) is not None
        ]
        rule = f"the bands up to {bound[0]} added up"
        return compared(claim, sum(found), rule) if found else untestable("no band is held", rule)
    for other in evidence.claims:
        same = (other.code, other.period, other.kind) == (claim.code, claim.period, "percentage")
        parts = {key: value for key, value in other.parts.items() if key != MEASURE}
        if same and parts and all(value.casefold() in ALL for value in parts.values()):
            found_there = percentage(evidence, other)
            ours = printed(found_there.ours)
            rule = f"the table's total row, {found_there.rule}"
            return compared(claim, ours.number if ours else None, rule)
    return untestable("the table inside the report that should agree with it is not named")


def distribution_sum(evidence: Evidence, claim: Claim) -> Answer:
    """The bands of a distribution add up to 100, within what rounding each of them may do.

    Bands that are not held are taken from the published table itself.
    """
    line = evidence.line(claim.code)
    decimals = line.conventions.decimals if line else 0
    values = [
        value
        for one in evidence.breakdowns(claim.code)
        if len(parts_of(one)) == 1
        if (value := number(at(evidence.points(claim.code, one), claim.period))) is not None
    ]
    if not values:
        others = [
            found
            for one in evidence.claims
            if (one.code, one.period) == (claim.code, claim.period)
            if one.breakdown and (found := printed(one.value)) is not None
        ]
        values = [one.number for one in others]
        decimals = max((one.decimals for one in others), default=0)
    if len(values) < 2:
        return untestable("the bands are not held")
    slack = len(values) * 0.5 * 10**-decimals
    ours = sum(values)
    rule = f"the {len(values)} bands add up to 100 within {slack:g}, which is what rounding may do"
    return said(abs(ours - 100) <= slack + 1e-9, number_text(ours, decimals, "%"), rule)


def weighted_mean(evidence: Evidence, claim: Claim) -> Answer:
    """Averages weighted by the numbers they are of; a month with none weighs nothing."""
    mine = claim.parts
    numbers = [
        parts_of(one)[MEASURE]
        for one in evidence.breakdowns(claim.code)
        if parts_of(one).get(MEASURE, "").casefold().startswith("number")
    ]
    if MEASURE not in mine or not numbers:
        return untestable("the numbers that the averages are of are not held")
    weights = claim.breakdown.replace(f"{MEASURE}={mine[MEASURE]}", f"{MEASURE}={numbers[0]}")
    over = under = 0.0
    for month in evidence.months(claim.period):
        value = number(at(evidence.points(claim.code, claim.breakdown), month))
        weight = number(at(evidence.points(claim.code, weights), month))
        if weight and value is None:
            return untestable(f"there is no average for {month.label}")
        over, under = over + (weight or 0.0) * (value or 0.0), under + (weight or 0.0)
    if not under:
        return untestable("there is nothing to weigh by in any month")
    rule = f"each month's average weighted by its number: {over:g} over {under:g}"
    return compared(claim, over / under, rule)


def _headline_total(evidence: Evidence, claim: Claim) -> Answer:
    indicator = evidence.indicator(claim.code)
    if indicator.computed:
        rule = "the indicators that it is made of"
        return compared(claim, number(evidence.figure(claim.code, claim.period)), rule)
    wanted = evidence.headline_parts(claim.code)
    ours = evidence.total(claim.code, wanted, claim.period) if wanted else None
    if ours is None or indicator.unit is not Unit.COUNT:
        return untestable("the parts that it is the total of are not held")
    rule = f"the sum over each {next(iter(wanted))}; {NOUGHT}".replace("_", " ")
    return compared(claim, ours, rule)


def _table_total(evidence: Evidence, claim: Claim) -> Answer:
    over = [key for key, value in claim.parts.items() if value.casefold() in ALL]
    what = " and ".join(f"each {key}" for key in over).replace("_", " ")
    if claim.period.kind in LONG:
        what = f"{what} and each month" if what else "its months"
    rule = f"the sum over {what}; {NOUGHT}"
    ours = evidence.total(claim.code, claim.parts, claim.period)
    published = printed(claim.value)
    if ours is None and published is not None and published.number == 0:
        return said(True, claim.value, f"{rule}; no figure is held for it in any month")
    if ours is None:
        return untestable("no figure is held for any part of it", rule)
    return compared(claim, ours, rule)


def _share_of_all_months(evidence: Evidence, claim: Claim) -> Answer:
    """The share of a band over several months, from whole numbers behind the printed percentages.

    The number behind a month is the smallest for which every printed percentage of that month is a
    whole number out of it, give or take the rounding of the print.
    """
    line = evidence.line(claim.code)
    decimals = line.conventions.decimals if line else 0
    key = tuple(claim.parts)
    bands = [one for one in evidence.breakdowns(claim.code) if tuple(parts_of(one)) == key]
    over = under = 0
    for month in evidence.months(claim.period):
        shares = {
            one: value
            for one in bands
            if (value := number(at(evidence.points(claim.code, one), month))) is not None
        }
        if claim.breakdown not in shares:
            continue
        base = smallest_base(list(shares.values()), decimals)
        if base is None:
            return untestable(f"no whole number lies behind the percentages of {month.label}")
        over += whole_parts(shares[claim.breakdown], base, decimals)[0]
        under += base
    if not under:
        return untestable("the percentages of the months are not held")
    rule = (
        f"children in the band over all children of the months: {over} out of {under}, "
        "the smallest whole numbers that give the months' percentages"
    )
    return compared(claim, 100 * over / under, rule)


def _upper(band: str) -> float:
    """The last number of a band: 45 for 36-45, 9 for <10; no end for 66+."""
    numbers = [int(found) for found in re.findall(r"\d+", band)]
    if not numbers or band.strip().endswith("+"):
        return float("inf")
    return numbers[-1] - 1 if band.strip().startswith("<") else numbers[-1]
