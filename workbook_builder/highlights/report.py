"""The whole report: each indicator with its section, its claims and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.published import comparator_period
from workbook_builder.catalogue.words import OverrideOf, PeriodType, Unit
from workbook_builder.highlights.claims import Claim, Kinds, claims_of, period_text
from workbook_builder.highlights.figures import Figure, Held, amounts, held_series
from workbook_builder.highlights.filing import UNDECIDED, Filed, Section, file_series
from workbook_builder.highlights.spoken import amount, capital, opening, quoted, size, when
from workbook_builder.judgement.targets import agreed_targets
from workbook_builder.scorecard import Scorecard

COLUMNS = (
    "indicator",
    "breakdown",
    "section",
    "claim",
    "period",
    "value",
    "numerator",
    "denominator",
    "reference_period",
    "reference_value",
    "difference",
    "text",
)
MOST_SENTENCES = 4
CHANGES = (Kinds.CHANGE_YEAR, Kinds.CHANGE, Kinds.COUNT_CHANGE_YEAR, Kinds.COUNT_CHANGE)
BLOCK = "highlights"


@dataclass(frozen=True)
class Series:
    """One series of the report."""

    held: Held
    filed: Filed
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Highlight:
    """One entry under a heading: an indicator, or those of its breakdowns that are filed there."""

    indicator: Indicator
    section: Section
    reason: str
    text: str


def has_highlights(scorecard: Scorecard) -> bool:
    """Whether a tab carries the block."""
    return any(b.type == BLOCK for tab in scorecard.catalogue.settings.tabs for b in tab.blocks)


def report_of(scorecard: Scorecard) -> tuple[tuple[Indicator, tuple[Series, ...]], ...]:
    """Every indicator in use with its series, in catalogue order."""
    return tuple(
        (indicator, series_of(scorecard, indicator))
        for indicator in scorecard.catalogue.indicators
        if indicator.in_use(scorecard.month)
    )


def series_of(scorecard: Scorecard, indicator: Indicator) -> tuple[Series, ...]:
    """The series of an indicator, filed and with their claims."""
    held = held_series(scorecard, indicator)
    targets = agreed_targets(scorecard.catalogue, indicator.code)
    england = england_of(scorecard, indicator)
    found = []
    for one, filed in zip(held, _filed(scorecard, held), strict=True):
        headline = not one.breakdown
        claims = claims_of(
            one,
            filed.section.value,
            targets if headline else (),
            england if headline else (),
        )
        found.append(Series(one, filed, claims))
    return tuple(found)


def england_of(scorecard: Scorecard, indicator: Indicator) -> tuple[Figure, ...]:
    """England's published figures, the newest last, where a year compares with a month's figure.

    A month's share of a yearly rate does not, nor does a year that has only begun.
    """
    begun = indicator.period_type in (PeriodType.CUMULATIVE, PeriodType.QUARTERLY)
    monthly_rate = indicator.unit is Unit.RATE and indicator.period_type is PeriodType.IN_MONTH
    if begun or monthly_rate:
        return ()
    years = scorecard.catalogue.settings.years
    found = [
        Figure(comparator_period(one.period, years), one.value)
        for one in scorecard.catalogue.comparators
        if one.indicator == indicator.code and one.comparator == "england"
    ]
    past = [one for one in found if one.period.start <= scorecard.month]
    return tuple(sorted(past, key=lambda one: one.period.end))


def by_hand(scorecard: Scorecard, code: str) -> Filed | None:
    """The section that overrides.csv gives an indicator for the report month."""
    for one in scorecard.catalogue.overrides:
        now = one.indicator == code and one.period == scorecard.month
        if now and one.what is OverrideOf.SECTION:
            return Filed(Section(one.value), f"by hand: {one.reason}")
    return None


def _filed(scorecard: Scorecard, held: tuple[Held, ...]) -> list[Filed]:
    """The headline's section holds for all; without one each breakdown is filed by itself.

    A breakdown about which the figures say nothing goes where the others go, if they agree.
    """
    if not held:
        return []
    code = held[0].indicator.code
    hand, targets = by_hand(scorecard, code), agreed_targets(scorecard.catalogue, code)
    if hand is not None or not held[0].breakdown:
        return [file_series(held[0], targets, hand)] * len(held)
    alone = [file_series(one, targets) for one in held]
    sections = {one.section for one in alone} - {Section.NEITHER}
    if len(sections) != 1:
        return alone
    rest = Filed(next(iter(sections)), "goes with the rest of its indicator")
    return [
        rest if filed is UNDECIDED and not _counts_apart(one) else filed
        for one, filed in zip(held, alone, strict=True)
    ]


def _counts_apart(held: Held) -> bool:
    """Whether a breakdown counts something else than its indicator."""
    return held.unit is not held.indicator.unit


def highlights(scorecard: Scorecard) -> Iterator[Highlight]:
    """The entries of the report in catalogue order; an indicator may stand in several sections."""
    for indicator, series in report_of(scorecard):
        for section in Section:
            filed = [one for one in series if one.filed.section is section]
            text = whole_text(filed) if filed else ""
            if text:
                yield Highlight(indicator, section, filed[0].filed.reason, text)


def claims(scorecard: Scorecard) -> Iterator[Claim]:
    """The rows of highlights.csv."""
    for _, series in report_of(scorecard):
        for one in series:
            yield from one.claims


def whole_text(series: list[Series]) -> str:
    """One to four sentences: the headline's, or one for each breakdown and what cannot be."""
    first = series[0]
    if not first.held.breakdown:
        return " ".join(_sentences(first)[:MOST_SENTENCES])
    alike = [one for one in series if not _counts_apart(one.held)]
    newest = max((one.held.latest.period.end for one in alike), default=None)
    told = [one for one in alike if one.held.latest.period.end == newest]
    said = [f"{spoken_breakdown(one.held.breakdown)}: {first_sentence(one.held)}" for one in told]
    if len(told) == 1:
        said += _sentences(told[0])[1:]
    else:
        said += [c.text for one in told for c in one.claims if c.claim == Kinds.UNFIT]
    return " ".join(said)


def spoken_breakdown(breakdown: str) -> str:
    """duration=6-12 months as 6-12 months; the area is that of the whole report."""
    pieces = [piece.partition("=") for piece in breakdown.split(";")]
    return capital(", ".join(value or key for key, _, value in pieces if key != "area"))


# After the first sentence, at most one of each of these, in this order.
MORE: tuple[tuple[Kinds, ...], ...] = (
    (Kinds.HIGH, Kinds.LOW, Kinds.HIGHEST_SINCE, Kinds.LOWEST_SINCE),
    (Kinds.PEAK, Kinds.TROUGH, Kinds.TREND, *CHANGES),
    (Kinds.GAP,),
    (Kinds.NEEDED,),
    (Kinds.UNFIT, Kinds.SMALL),
    (Kinds.AVERAGE,),
    (Kinds.ENGLAND,),
)


def _sentences(series: Series) -> list[str]:
    """The first sentence with the latest change, then those that matter most."""
    said = [first_sentence(series.held)]
    for kinds in MORE:
        found = [one for kind in kinds for one in series.claims if one.claim == kind]
        fresh = [one for one in found if one.claim not in CHANGES or _long(series.held, one)]
        said += [one.text for one in fresh[:1]]
    return said


def _long(held: Held, claim: Claim) -> bool:
    """Whether a change is that of the latest figure since the earliest, and not told already."""
    ends = (period_text(held.figures[0].period), period_text(held.latest.period))
    return len(held.earlier) > 1 and (claim.reference_period, claim.period) == ends


def first_sentence(held: Held) -> str:
    """52.9% (9) in June 2017, down 26.1 points from 79.0% (11) in April 2017."""
    latest = held.latest
    lead = f"{opening(held, latest)} in {when(latest.period)}"
    if not held.earlier:
        return f"{lead}{_beside_england(held)}."
    since = held.earlier[-1]
    was, now = amounts((since, latest), held.unit)
    reference = f"{quoted(held, since)} in {when(since.period)}"
    if was is None or now is None:
        return f"{lead}; {reference}."
    if was == now:
        return f"{lead}, the same as in {when(since.period)}."
    way = "up" if now > was else "down"
    valued = since.value is not None and latest.value is not None
    far = size(held, now - was) if valued else amount(abs(now - was), 0)
    return f"{lead}, {way} {far} from {reference}."


def _beside_england(held: Held) -> str:
    """, 3 points below England (41%)."""
    theirs, ours = held.england, held.latest.value
    if theirs is None or theirs.value is None or ours is None or ours == theirs.value:
        return ""
    side = "above" if ours > theirs.value else "below"
    return f", {size(held, ours - theirs.value)} {side} England ({quoted(held, theirs)})"
