"""What the figures of a series support, one claim each, with the numbers and the sentence.

Nothing is claimed that the figures held cannot show: highest, lowest and average of twelve months
need all twelve, "since a month" needs every month in between, and a run of figures says that it is
one of those held where months are missing. Differences are exact; only sentences round.

`value` and `reference_value` are always the indicator's own; `difference` is in points (the
indicator's unit) or, where the claim's name begins with count or the target is on the count, in
counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from workbook_builder.catalogue.model import Target
from workbook_builder.catalogue.words import JudgedAs, PeriodType, TargetKind, Unit
from workbook_builder.highlights import sentences as say
from workbook_builder.highlights.figures import Figure, Held, amounts
from workbook_builder.highlights.gaps import Gap, gap_to, to_come
from workbook_builder.judgement.status import TIE_DECIMALS
from workbook_builder.periods import Kind, Period
from workbook_builder.values import excel_round

# Below so many in the denominator one case moves a percentage by more than five points. The field
# has no number of its own for it; this is ours.
SMALL_DENOMINATOR = 20
# A run needs three figures, a peak with a run after it four: fewer are only a change.
RUN, PEAK = 3, 4
# A comparison with so many months ago is one with last year, as reports use the word.
YEAR_AGO = 11


class Kinds(StrEnum):
    """The kinds of claims, as highlights.csv names them."""

    VALUE = "value"
    CHANGE = "change_since_month"
    CHANGE_YEAR = "change_since_year"
    COUNT_CHANGE = "count_change_since_month"
    COUNT_CHANGE_YEAR = "count_change_since_year"
    HIGH = "year_high"
    LOW = "year_low"
    HIGHEST_SINCE = "highest_since"
    LOWEST_SINCE = "lowest_since"
    PEAK = "peak"
    TROUGH = "trough"
    TREND = "trend_direction"
    GAP = "gap_to_target"
    NEEDED = "number_needed"
    AVERAGE = "average_12m"
    SMALL = "small_denominator"
    UNFIT = "count_in_brackets"
    ENGLAND = "gap_to_england"


@dataclass(frozen=True)
class Claim:
    """One row of highlights.csv; the section is that of its series."""

    indicator: str
    breakdown: str
    section: str
    claim: str
    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    reference_period: str
    reference_value: float | None
    difference: float | None
    text: str


def claims_of(
    held: Held,
    section: str,
    targets: Sequence[Target] = (),
    england: Sequence[Figure] = (),
) -> tuple[Claim, ...]:
    """Everything that the figures of a series support, the latest figure first."""
    make = _Maker(held, section)
    found = [
        make.claim(Kinds.VALUE, held.latest, say.value_text(held, held.latest)),
        *_changes(held, make),
        *_extremes(held, make),
        *_since(held, make),
        *_runs(held, make),
        *_targets(held, make, targets),
        *_average(held, make),
        *_cautions(held, make),
        *_england(held, make, england),
    ]
    return tuple(found)


@dataclass(frozen=True)
class _Maker:
    """Makes claims about one series."""

    held: Held
    section: str

    def claim(
        self,
        kind: Kinds,
        figure: Figure,
        text: str,
        since: Figure | None = None,
        difference: float | None = None,
    ) -> Claim:
        return Claim(
            self.held.indicator.code,
            self.held.breakdown,
            self.section,
            kind.value,
            period_text(figure.period),
            figure.value,
            figure.numerator,
            figure.denominator,
            period_text(since.period) if since else "",
            None if since is None else _value(self.held, since),
            difference,
            text,
        )


def period_text(period: Period) -> str:
    """A period as highlights.csv names it: a year to date says how far it goes."""
    match period.kind:
        case Kind.YTD if period.end.minus(period.start) == 2:
            return f"{period.text}-Q1"
        case Kind.YTD:
            return f"{period.text} to {period.end}"
        case Kind.ROLLING:
            return f"{period.start}/{period.end}"
        case _:
            return period.text


def _value(held: Held, figure: Figure) -> float | None:
    return figure.count(held.unit) if figure.value is None else figure.value


def less(now: float, was: float) -> float:
    """The exact difference, without what binary fractions add to it."""
    return excel_round(now - was, TIE_DECIMALS)


def _changes(held: Held, make: _Maker) -> Iterator[Claim]:
    """The latest figure against every earlier one, and each earlier one against that before it."""
    pairs = [(held.latest, since) for since in reversed(held.earlier)]
    pairs += [(now, was) for was, now in pairwise(held.earlier)][::-1]
    for figure, since in pairs:
        year = figure.period.end.minus(since.period.end) >= YEAR_AGO
        if figure.value is not None and since.value is not None:
            difference = less(figure.value, since.value)
            text = say.change_text(held, figure, since, difference)
            kind = Kinds.CHANGE_YEAR if year else Kinds.CHANGE
            yield make.claim(kind, figure, text, since, difference)
        counts = figure.count(held.unit), since.count(held.unit)
        told = held.unit is Unit.COUNT and None not in (figure.value, since.value)
        if counts[0] is not None and counts[1] is not None and not told:
            difference = less(counts[0], counts[1])
            text = say.count_change_text(held, figure, since, difference)
            kind = Kinds.COUNT_CHANGE_YEAR if year else Kinds.COUNT_CHANGE
            yield make.claim(kind, figure, text, since, difference)


def _extremes(held: Held, make: _Maker) -> Iterator[Claim]:
    """Highest and lowest of the last twelve months, where all twelve are held."""
    if not held.year:
        return
    values = [value or 0.0 for value in amounts(held.year, held.unit)]
    if max(values) == min(values):
        return
    for kind, extreme in ((Kinds.HIGH, max(values)), (Kinds.LOW, min(values))):
        # Of several equal months the newest is told.
        at = len(values) - 1 - values[::-1].index(extreme)
        figure = held.year[at]
        yield make.claim(kind, figure, say.extreme_text(held, figure, kind is Kinds.HIGH))


def _since(held: Held, make: _Maker) -> Iterator[Claim]:
    """Highest or lowest since a named month, every month in between being held."""
    figures = held.figures
    values = amounts(figures, held.unit)
    if None in values or held.latest.period.kind is not Kind.MONTH:
        return
    plain = [value or 0.0 for value in values]
    for kind, sign in ((Kinds.HIGHEST_SINCE, 1), (Kinds.LOWEST_SINCE, -1)):
        at = len(figures) - 2
        while at >= 0 and _next_to(figures, at) and sign * (plain[-1] - plain[at]) > 0:
            at -= 1
        passed = len(figures) - 2 - at
        if at >= 0 and _next_to(figures, at) and passed >= 2 and plain[at] != plain[-1]:
            text = say.since_text(held, figures[at], sign > 0)
            difference = less(plain[-1], plain[at])
            yield make.claim(kind, held.latest, text, figures[at], difference)


def _next_to(figures: Sequence[Figure], at: int) -> bool:
    """Whether the figure after this one is for the very next month."""
    return figures[at + 1].period.end.minus(figures[at].period.end) == 1


def _runs(held: Held, make: _Maker) -> Iterator[Claim]:
    """How long the figures have gone one way, and the peak or trough that they come from."""
    values = amounts(held.figures, held.unit)
    if None in values or len(values) < RUN:
        return
    plain = [value or 0.0 for value in values]
    rising = plain[-1] > plain[-2]
    sign = 1 if rising else -1
    at = len(plain) - 1
    while at > 0 and sign * less(plain[at], plain[at - 1]) > 0:
        at -= 1
    length = len(plain) - at
    if length < RUN:
        return
    start, figures = held.figures[at], held.figures
    whole = all(_next_to(figures, each) for each in range(at, len(figures) - 1))
    whole = whole and held.latest.period.kind is Kind.MONTH
    difference = less(plain[-1], plain[at])
    text = say.trend_text(held, start, rising, length - 1, whole)
    yield make.claim(Kinds.TREND, held.latest, text, start, difference)
    extreme = min(plain) if rising else max(plain)
    if length >= PEAK and plain[at] == extreme:
        kind = Kinds.TROUGH if rising else Kinds.PEAK
        text = say.peak_text(held, start, not rising, whole)
        yield make.claim(kind, start, text, held.latest, difference)


def _targets(held: Held, make: _Maker, targets: Sequence[Target]) -> Iterator[Claim]:
    """The gap to each target to come, and how many fewer or more would meet it."""
    on_count = held.indicator.judged_as is JudgedAs.NUMERATOR
    for target in to_come(targets, held.month):
        gap = gap_to(held, target)
        if gap is None:
            continue
        due = str(target.to) if target.kind is TargetKind.MILESTONE else ""
        text = say.gap_text(held, gap, on_count or held.unit is Unit.COUNT)
        yield _against(make, Kinds.GAP, gap, due, gap.difference, text)
        needed = None if on_count else number_needed(held, gap)
        if needed is not None:
            text = say.needed_text(held, gap, needed)
            yield _against(make, Kinds.NEEDED, gap, due, needed, text)


def _against(make: _Maker, kind: Kinds, gap: Gap, due: str, difference: float, text: str) -> Claim:
    latest = make.held.latest
    return Claim(
        make.held.indicator.code,
        make.held.breakdown,
        make.section,
        kind.value,
        period_text(latest.period),
        latest.value,
        latest.numerator,
        latest.denominator,
        due,
        gap.limit,
        difference,
        text,
    )


def number_needed(held: Held, gap: Gap) -> float | None:
    """How many more (or, below 0, fewer) in the numerator would meet a missed percentage.

    Whole children: 10% of 665 is 66.5, so 66 meet a target of at most 10%, and 67 one of at least.
    """
    top, bottom = held.latest.numerator, held.latest.denominator
    if held.unit is not Unit.PERCENT or not gap.missed or top is None or not bottom:
        return None
    exact = excel_round(gap.limit * bottom / 100 - top, TIE_DECIMALS)
    return float(math.floor(exact) if exact < 0 else math.ceil(exact))


def _average(held: Held, make: _Maker) -> Iterator[Claim]:
    """The twelve months together: numerators over denominators, never percentages averaged.

    A count has a mean of its months. Where no month has numbers behind it the plain mean is given
    and called so; where only some have, nothing is said.
    """
    if held.pooled is not None and held.pooled.value is not None:
        one = held.pooled
        text = say.average_text(held, one.value or 0.0, one.numerator, one.denominator)
        yield make.claim(Kinds.AVERAGE, one, text)
    if held.pooled is not None or not held.year:
        return
    if held.indicator.period_type is PeriodType.ROLLING:
        return
    tops = [figure.numerator for figure in held.year]
    bottoms = [figure.denominator for figure in held.year]
    first, last = held.year[0].period.end, held.month
    value, top, bottom = 0.0, None, None
    if held.unit is Unit.COUNT:
        value = sum(number or 0.0 for number in amounts(held.year, held.unit)) / len(held.year)
    elif None not in tops and None not in bottoms:
        top, bottom = sum(n or 0.0 for n in tops), sum(n or 0.0 for n in bottoms)
        if bottom == 0:
            return
        value = held.unit.scale * top / bottom
    elif any(n is not None for n in (*tops, *bottoms)) or any(f.value is None for f in held.year):
        return
    else:
        value = sum(figure.value or 0.0 for figure in held.year) / len(held.year)
    figure = Figure(held.latest.period, value, top, bottom)
    text = say.average_text(held, value, top, bottom)
    made = make.claim(Kinds.AVERAGE, figure, text)
    yield Claim(**{**made.__dict__, "period": f"{first}/{last}"})


def _cautions(held: Held, make: _Maker) -> Iterator[Claim]:
    """Few in the denominator, and counts that cannot be."""
    bottom = held.latest.denominator
    if held.unit is Unit.PERCENT and bottom is not None and 0 < bottom < SMALL_DENOMINATOR:
        yield make.claim(Kinds.SMALL, held.latest, say.small_text(held, bottom))
    for figure in reversed(held.figures):
        if figure.unfit is None or figure.value is None or figure.denominator is None:
            continue
        fits = excel_round(figure.value * figure.denominator / 100, 0)
        text = say.unfit_text(held, figure, fits)
        made = make.claim(Kinds.UNFIT, figure, text, None, less(figure.unfit, fits))
        yield Claim(**{**made.__dict__, "numerator": figure.unfit, "reference_value": fits})


def _england(held: Held, make: _Maker, published: Sequence[Figure]) -> Iterator[Claim]:
    """The gap to England: to the figure beside it, else to the newest that was published."""
    theirs = held.england or (published[-1] if published else None)
    now = held.latest.value
    if theirs is None or theirs.value is None or now is None or held.unit is Unit.COUNT:
        return
    label = "" if theirs.period == held.latest.period else f" in {theirs.period.text}"
    difference = less(now, theirs.value)
    text = say.england_text(held, theirs.value, label, difference)
    yield make.claim(Kinds.ENGLAND, held.latest, text, theirs, difference)
