"""Months that no extract covers any more, as the history has them.

An extract of lists covers few months, and people keep extracts for as long as they must and no
longer. What was counted then stands; it is never worked out again from rows that are not there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.errors import Place
from workbook_builder.extracts.headings import read_period
from workbook_builder.extracts.model import Extracts, Figure, Remark
from workbook_builder.history.model import FigureRecord
from workbook_builder.listed.places import FOLDER
from workbook_builder.periods import FinancialYear, Period
from workbook_builder.values import Symbol, Value, parse_symbol

FROM_HISTORY = "The history"


def with_earlier_months(
    extracts: Extracts, records: Iterable[FigureRecord], catalogue: Catalogue
) -> Extracts:
    """The extracts with the figures that were counted from lists which are not there any more.

    `records` are those that the workbook of the report month knows. An indicator's period that an
    extract gives is the extract's alone, breakdowns included: a team that it does not have has no
    figure there.
    """
    settings = catalogue.settings
    counted = {one.code for one in catalogue.indicators if one.measure}
    given = {(one.indicator, one.period.key) for one in extracts.figures}
    rolled = {(one.indicator, Period.month(one.period.end).key) for one in extracts.figures}
    found = [
        _figure(record, settings.years)
        for record in records
        if record.indicator in counted
        and record.file.startswith(f"{FOLDER}/")
        and (record.indicator, record.period) not in given | rolled
    ]
    kept = [figure for figure in found if figure.period.end <= settings.report_month]
    if not kept:
        return extracts
    first, last = min(one.period.end for one in kept), max(one.period.end for one in kept)
    what = f"{len(kept)} figures counted from extracts that are not in the folder any more, for "
    what += f"{first.long_label} to {last.long_label}, as they were reported"
    return replace(
        extracts,
        figures=(*extracts.figures, *kept),
        remarks=(*extracts.remarks, Remark(Place(FROM_HISTORY), what)),
    )


def _figure(record: FigureRecord, years: FinancialYear) -> Figure:
    value: Value | None = record.value
    if isinstance(value, str):
        value = parse_symbol(value) or value
    return Figure(
        record.indicator,
        record.breakdown,
        read_period(record.period, years),
        Symbol.NOT_AVAILABLE if value is None else value,
        record.numerator,
        record.denominator,
        Place(record.file, record.sheet, record.row, record.column),
    )
