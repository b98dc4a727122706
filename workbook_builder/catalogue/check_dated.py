"""What has to fit among comparators, populations and overrides."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Draft, Located
from workbook_builder.catalogue.model import Override
from workbook_builder.catalogue.published import comparator_period
from workbook_builder.catalogue.words import OverrideOf
from workbook_builder.errors import Fault, Place, did_you_mean
from workbook_builder.periods import FinancialYear
from workbook_builder.values import parse_symbol

# Where a highlight report may put an indicator.
SECTIONS = ("current issue", "improvement", "neither")

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def check_published(draft: Draft) -> Iterator[Fault]:
    """Faults of comparators.csv and populations.csv."""
    if draft.settings is not None and draft.readable("financial_year_starts"):
        for row in draft.comparators:
            if not _is_year(row.item.period, draft.settings.years):
                what = f'"{row.item.period}" is neither a year nor a month.'
                allowed = (
                    "a financial year such as 2012/13, a calendar year such as 2012, or 2012-03"
                )
                yield Fault(Code.NOT_A_DATE, what, row.at("period"), allowed)
    yield from _twice(
        "comparator",
        [
            ((row.item.indicator, row.item.comparator, row.item.period), row.at("period"))
            for row in draft.comparators
        ],
    )
    yield from _twice(
        "population",
        [
            ((row.item.population, row.item.year, row.item.published_on), row.at("year"))
            for row in draft.populations
        ],
        'Take one of the rows out, or say in "published_on" when each estimate was published.',
    )


def check_overrides(draft: Draft) -> Iterator[Fault]:
    """Faults of overrides.csv."""
    indicators = {entry.item.code: entry.item for entry in draft.indicators}
    for row in draft.overrides:
        yield from _value(row, draft)
        indicator = indicators.get(row.item.indicator)
        if indicator is not None and indicator.computed and row.item.what is OverrideOf.FIGURE:
            what = "The figure follows from other indicators and cannot be set by hand."
            parts = (*indicator.plus, *indicator.minus, *filter(None, [indicator.rate_of]))
            fix = f"Set one of its parts: {', '.join(parts)}."
            yield Fault(Code.OVERRIDE_VALUE, what, row.at("what"), fix=fix)
        if indicator is not None and not indicator.in_use(row.item.period):
            first, last = indicator.from_ or "the start", indicator.to or "further notice"
            what = f"The indicator is not in use in {row.item.period}."
            allowed = f"a month from {first} to {last}"
            yield Fault(Code.OUTSIDE_DATES, what, row.at("period"), allowed)
    yield from _twice(
        "override",
        [
            ((row.item.indicator, row.item.period, row.item.what), row.at("period"))
            for row in draft.overrides
        ],
    )


def _value(row: Located[Override], draft: Draft) -> Iterator[Fault]:
    value = row.item.value
    if row.item.what is OverrideOf.FIGURE:
        figure = value.removesuffix("%").replace(",", "")
        if not _NUMBER.fullmatch(figure) and parse_symbol(value) is None:
            what = f'"{value}" is neither a number nor a symbol.'
            allowed = "a number, or a symbol such as c, z, x, u, k or -"
            yield Fault(Code.OVERRIDE_VALUE, what, row.at("value"), allowed)
    elif row.item.what is OverrideOf.SECTION:
        if value not in SECTIONS:
            what = f'"{value}" is not a section of a highlight report.'
            fix = did_you_mean(value, SECTIONS)
            yield Fault(Code.OVERRIDE_VALUE, what, row.at("value"), ", ".join(SECTIONS), fix)
    elif draft.settings is not None and draft.readable("status_words"):
        words = list(draft.settings.status_words.model_dump().values())
        if value not in words:
            what = f'"{value}" is not a status.'
            fix = did_you_mean(value, words)
            yield Fault(Code.OVERRIDE_VALUE, what, row.at("value"), ", ".join(words), fix)


def _is_year(text: str, years: FinancialYear) -> bool:
    if not re.fullmatch(r"(19|20|21)\d\d([/-]\d\d)?", text, re.ASCII):
        return False
    try:
        comparator_period(text, years)
    except ValueError:
        return False
    return True


def _twice(
    thing: str,
    rows: Iterable[tuple[Hashable, Place]],
    fix: str = "Take one of the rows out.",
) -> Iterator[Fault]:
    first: dict[Hashable, Place] = {}
    for key, place in rows:
        earlier = first.setdefault(key, place)
        if earlier is not place:
            what = f"The same {thing} is already given in row {earlier.row}."
            yield Fault(Code.GIVEN_TWICE, what, place, fix=fix)
