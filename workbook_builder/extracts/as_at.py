"""How far a year to date goes that a file gives without saying so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbook_builder.catalogue.model import Settings
from workbook_builder.extracts.rows import Part, RowRead
from workbook_builder.periods import Kind, Month


def years_to_date_placed(rows: Sequence[RowRead], settings: Settings) -> list[RowRead]:
    """The rows of one file, each year to date as at the latest month that the file has.

    A file without months of that year is taken as made for the report month, or for the whole
    year where that is over.
    """
    months = {
        part.period.end
        for row in rows
        for part in row.parts
        if part.period.kind is Kind.MONTH and isinstance(part.content, float)
    }
    return [replace(row, parts=_placed(row.parts, months, settings)) for row in rows]


def _placed(parts: tuple[Part, ...], months: set[Month], settings: Settings) -> tuple[Part, ...]:
    placed = []
    for part in parts:
        period, years = part.period, settings.years
        if period.kind is Kind.YTD and period.end == period.start.plus(11):
            in_year = {month for month in months if years.start_of(month) == period.start}
            if years.start_of(settings.report_month) == period.start:
                in_year = in_year or {settings.report_month}
            part = replace(part, period=years.ytd(max(in_year, default=period.end)))
        placed.append(part)
    return tuple(placed)
