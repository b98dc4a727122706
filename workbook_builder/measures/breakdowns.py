"""The parts of a breakdown: "locality=Upper Valley;measure=Number" as keys and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook_builder.measures.series import SeriesKey, SeriesTable
from workbook_builder.values import Symbol, Value, number


def parts_of(breakdown: str) -> dict[str, str]:
    """Key and value of each part, in the order written; a part without a value is its own key."""
    found = {}
    for part in filter(None, breakdown.split(";")):
        key, _, value = part.partition("=")
        found[key.strip()] = value.strip()
    return found


def breakdowns_of(table: SeriesTable, code: str) -> dict[frozenset[tuple[str, str]], str]:
    """Every breakdown of an indicator as its extract writes it, by its parts."""
    return {
        frozenset(parts_of(key.breakdown).items()): key.breakdown
        for key in table.series
        if key.indicator == code and key.breakdown
    }


def values_of(
    table: SeriesTable, code: str, keys: Sequence[str], where: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """The values that the keys take together, as the extract orders them.

    Only breakdowns that have all keys and agree with `where` count.
    """
    found: dict[tuple[str, ...], None] = {}
    for series in table.series:
        parts = parts_of(series.breakdown) if _is_of(series, code) else {}
        fits = all(parts.get(key) == value for key, value in where.items())
        if parts and fits and all(key in parts for key in keys):
            found[tuple(parts[key] for key in keys)] = None
    return list(found)


def _is_of(series: SeriesKey, code: str) -> bool:
    return series.indicator == code and bool(series.breakdown)


def total(values: Sequence[Value | None]) -> Value | None:
    """The numbers added up, blanks counting as none; confidential where one is; None of none."""
    if Symbol.CONFIDENTIAL in values:
        return Symbol.CONFIDENTIAL
    numbers = [found for value in values if (found := number(value)) is not None]
    return sum(numbers) if numbers else None
