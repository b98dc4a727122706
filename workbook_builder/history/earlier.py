"""Months that no extract covers any more, as the history has them.

An extract of lists covers few months, and people keep extracts for as long as they must and no
longer. What was counted then stands; it is never worked out again from rows that are not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.counting.spelling import folded
from workbook_builder.errors import Place
from workbook_builder.extracts.headings import read_period
from workbook_builder.extracts.model import Extracts, Figure, Remark
from workbook_builder.history.model import FigureRecord
from workbook_builder.listed.figures import respelt
from workbook_builder.listed.places import FOLDER
from workbook_builder.listed.rolling import rolled
from workbook_builder.listed.teams import renamed
from workbook_builder.periods import FinancialYear, Month
from workbook_builder.values import Symbol, Value, parse_symbol

FROM_HISTORY = "The history"
Records = Iterable[FigureRecord]


def with_earlier_months(
    extracts: Extracts,
    records: Records,
    catalogue: Catalogue,
    known_before: Callable[[Month], Records] = lambda _month: (),
) -> Extracts:
    """The extracts with the figures that were counted from lists which are not there any more.

    `records` are those that the workbook of the report month knows. An indicator's period that an
    extract gives is the extract's alone, breakdowns included: a team that it does not have has no
    figure there. But a position that the extract of a later month understates is as it was
    reported before that month: `known_before` gives the records from before a month.
    """
    settings = catalogue.settings
    kept = list(_understated(extracts, catalogue, known_before))
    standing = {_month_of(one) for one in kept}
    figures = tuple(one for one in extracts.figures if _month_of(one) not in standing)
    extracts = replace(extracts, figures=figures)
    given = standing | {_month_of(one) for one in extracts.figures}
    kept += [
        figure
        for figure in _figures(records, catalogue)
        if figure.period.end <= settings.report_month
        if _month_of(figure) not in given
    ]
    kept = renamed(kept, extracts.teams)
    spelt = {folded(one.breakdown): one.breakdown for one in (*kept, *extracts.figures)}
    kept = [respelt(one, spelt) for one in kept]
    added = rolled((*extracts.figures, *kept), catalogue, extracts.adds_up)
    again = {_month_of(one) for one in added}
    kept = [one for one in kept if _month_of(one) not in again]
    return replace(
        extracts,
        figures=(*extracts.figures, *kept, *added),
        remarks=(*extracts.remarks, *_said(kept)),
    )


def _understated(
    extracts: Extracts, catalogue: Catalogue, known_before: Callable[[Month], Records]
) -> Iterator[Figure]:
    """Positions as they were reported, where the folder has only extracts of later months."""
    quality = extracts.quality
    months = {one.name: one.month for one in quality.extracts} if quality else {}
    codes = {one.code for one in catalogue.indicators if one.measure in extracts.nearest}
    later: dict[Month, set[tuple[str, Month]]] = {}
    for figure in extracts.figures:
        own = months.get(figure.place.file)
        if figure.indicator in codes and own is not None and figure.period.end < own:
            later.setdefault(own, set()).add(_month_of(figure))
    for month, understated in later.items():
        for figure in _figures(known_before(month), catalogue):
            if _month_of(figure) in understated:
                yield figure


def _figures(records: Records, catalogue: Catalogue) -> Iterator[Figure]:
    """What was counted from lists, of indicators that still are."""
    counted = {one.code for one in catalogue.indicators if one.measure}
    for record in records:
        if record.indicator in counted and record.file.startswith(f"{FOLDER}/"):
            yield _figure(record, catalogue.settings.years)


def _month_of(figure: Figure) -> tuple[str, Month]:
    """An indicator has one kind of period, and its figures are told apart by their last months."""
    return figure.indicator, figure.period.end


def _said(kept: list[Figure]) -> Iterator[Remark]:
    if kept:
        first, last = min(one.period.end for one in kept), max(one.period.end for one in kept)
        what = f"{len(kept)} figures counted from extracts that are not in the folder any more, "
        what += f"for {first.long_label} to {last.long_label}, stand as they were reported"
        yield Remark(Place(FROM_HISTORY), what)


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
