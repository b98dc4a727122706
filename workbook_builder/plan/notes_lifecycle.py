"""What Notes says of the life of a scorecard: indicators, targets and populations that change."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.catalogue.model import Catalogue, Indicator, Population, Target
from workbook_builder.catalogue.populations import estimate_for, versions_of
from workbook_builder.catalogue.words import TargetKind, TargetStatus
from workbook_builder.periods import Kind, Period
from workbook_builder.scorecard import Line, Scorecard

Row = tuple[str, ...]
Section = tuple[str, tuple[str, ...], list[Row], str]

BEGUN = "Indicators that began, ended or changed their code"
BREAKS = "Series breaks"
TARGETS = "Targets not yet agreed, and targets that were superseded"
POPULATIONS = "Populations behind rates"
# History keeps such months as they were counted.
KEPT = "; a month whose extract of lists is gone keeps the estimate that it was counted with"
MEANINGS = {
    TargetStatus.DRAFT: "Draft: it judges nothing.",
    TargetStatus.AGREED: "Agreed: it judges the months that it covers.",
    TargetStatus.SUPERSEDED: "Superseded: it judges the months that no agreed one covers.",
}


def lifecycle_sections(scorecard: Scorecard) -> Iterator[Section]:
    """The sections, those about populations only where a rate has one."""
    yield (
        BEGUN,
        ("Indicator", "What", "First month", "Last month", "Earlier code"),
        list(_begun(scorecard.catalogue)),
        "None.",
    )
    yield (
        BREAKS,
        ("Indicator", "Why figures before and after cannot be compared", "From"),
        [
            (line.indicator.name, one.note, one.period.label)
            for line in (*scorecard.lines, *scorecard.unlisted)
            for one in line.indicator.breaks
        ],
        "None.",
    )
    yield (
        TARGETS,
        ("Indicator", "What that means", "From", "To", "Value"),
        list(_versions(scorecard.catalogue)),
        "None.",
    )
    rates = [line for line in scorecard.lines if line.indicator.population]
    if rates:
        heads = ("Indicator", "Population", "Rates of", "How many", "Before it was revised")
        yield POPULATIONS, heads, [row for line in rates for row in _behind(scorecard, line)], ""


def _begun(catalogue: Catalogue) -> Iterator[Row]:
    month = catalogue.settings.report_month
    for one in catalogue.indicators:
        said = []
        if one.from_ is not None:
            said.append("It has no months before its first.")
        if one.retired_by(month):
            said.append("Retired: its figures up to its last month stand.")
        if one.replaces:
            said.append("It is the same indicator under another code.")
        if said:
            months = (each.label if each else "" for each in (one.from_, one.to))
            yield (one.name, " ".join(said), *months, ", ".join(one.replaces))


def _versions(catalogue: Catalogue) -> Iterator[Row]:
    """Every target of an indicator that has a draft or superseded one."""
    several = {one.indicator for one in catalogue.targets if one.status is not TargetStatus.AGREED}
    for indicator in catalogue.indicators:
        if indicator.code not in several:
            continue
        rows = [one for one in catalogue.targets if one.indicator == indicator.code]
        for target in sorted(rows, key=lambda one: (one.from_, one.to)):
            yield (
                indicator.name,
                _meaning(target),
                target.from_.label,
                target.to.label,
                target_said(target, indicator),
            )


def _meaning(target: Target) -> str:
    day = target.agreed_on
    agreed = f" Agreed on {day.day} {day:%B %Y}." if day else ""
    return f"{MEANINGS[target.status]}{agreed}"


def target_said(target: Target, indicator: Indicator) -> str:
    """A target in a few words, whatever its kind."""
    suffix = indicator.unit.suffix
    match target.kind:
        case TargetKind.WORDS:
            return target.words or target.baseline_words
        case TargetKind.RANGE:
            low, high = target.low, target.high
            if low is None or high is None:
                side, one = ("at most", high) if low is None else ("at least", low)
                return f"{side} {one:.15g}{suffix}"
            return f"{low:.15g}{suffix} to {high:.15g}{suffix}"
        case _:
            return f"{target.value:.15g}{suffix}"


def _behind(scorecard: Scorecard, line: Line) -> Iterator[Row]:
    """Which estimate stands behind a rate's figures of each financial year, the newest first."""
    catalogue = scorecard.catalogue
    years = catalogue.settings.years
    kinds = (Kind.MONTH, Kind.QUARTER, Kind.YEAR, Kind.FULL_YEAR)
    points = scorecard.table.points(line.code)
    found = {years.year(period.end) for period in points if period.kind in kinds}
    for year in sorted(found, key=lambda one: one.start, reverse=True):
        estimate = estimate_for(catalogue, line.indicator.population, year)
        if estimate is None:
            yield (line.indicator.name, "No estimate for that year or before.", year.label)
            continue
        before = [f"{one.value:,.15g}" for one in versions_of(catalogue, estimate)[1:]]
        yield (
            line.indicator.name,
            _estimate_said(estimate, year) + (KEPT if line.indicator.measure else ""),
            year.label,
            f"{estimate.value:,.15g}",
            ", ".join(before),
        )


def _estimate_said(estimate: Population, year: Period) -> str:
    said = [f"{estimate.population}, {estimate.year}"]
    if estimate.year < year.start.year:
        said.append("the latest there is")
    if estimate.source:
        said.append(estimate.source)
    if estimate.published_on is not None:
        day = estimate.published_on
        said.append(f"published on {day.day} {day:%B %Y}")
    return ", ".join(said)
