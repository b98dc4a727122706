"""The comparators of a scorecard as series of the Figures sheet."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_builder.catalogue.published import comparator_period
from workbook_builder.periods import Period
from workbook_builder.scorecard import Scorecard

COMPARATORS = ("@england", "@region", "@neighbours", "@three-year average")


def comparisons(scorecard: Scorecard) -> Mapping[tuple[str, str], Mapping[Period, float]]:
    """The comparators by indicator and what they are of, each by period."""
    catalogue = scorecard.catalogue
    found: dict[tuple[str, str], dict[Period, float]] = {}
    for one in catalogue.comparators:
        period = comparator_period(one.period, catalogue.settings.years)
        found.setdefault((one.indicator, f"@{one.comparator}"), {})[period] = one.value
    return found


def comparator_key(indicator: str, comparator: str) -> str:
    """The key of the row that holds an indicator's comparator by period."""
    return f"{indicator}|@{comparator}"
