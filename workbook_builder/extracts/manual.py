"""Figures that people typed in the workbook's own sheet, checked and put among the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import Unit
from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.extracts.amounts import read_part, read_value
from workbook_builder.extracts.cells import Unusable, text_cell
from workbook_builder.extracts.gather import same
from workbook_builder.extracts.headings import read_period
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.extracts.names import What
from workbook_builder.periods import Period
from workbook_builder.values import Symbol, Value, is_number, value_text

ALLOWED = "a number, or one of the symbols " + ", ".join(symbol.shown for symbol in Symbol)


@dataclass(frozen=True)
class Entry:
    """One typed cell: which part of an indicator's figure, for which period, and where it stands.

    percent says that Excel shows the number a hundred times larger, with a percent sign.
    """

    indicator: str
    what: What
    period: str
    text: str
    place: Place
    percent: bool = False


def with_entries(extracts: Extracts, entries: Iterable[Entry], catalogue: Catalogue) -> Extracts:
    """The extracts with the typed figures among them.

    Raises UserError with every entry that is no figure, and every one that an extract contradicts.
    """
    faults: list[Fault] = []
    parts: dict[tuple[str, Period], dict[What, tuple[Value, Place]]] = {}
    known = {indicator.code: indicator for indicator in catalogue.indicators}
    for entry in entries:
        indicator = known.get(entry.indicator)
        if indicator is None:
            continue
        found = _content(entry, indicator)
        if isinstance(found, Fault):
            faults.append(found)
            continue
        period = read_period(entry.period, catalogue.settings.years)
        parts.setdefault((entry.indicator, period), {})[entry.what] = (found, entry.place)
    figures = list(extracts.figures)
    held = {(one.indicator, one.period): at for at, one in enumerate(figures) if not one.breakdown}
    for (code, period), given in parts.items():
        figure = _figure(code, period, given)
        at = held.get((code, period))
        if at is None:
            figures.append(figure)
            continue
        fault = _contradiction(figures[at], figure)
        if fault is not None:
            faults.append(fault)
    if faults:
        raise UserError(faults)
    return replace(extracts, figures=tuple(figures))


def _content(entry: Entry, indicator: Indicator) -> Value | Fault:
    cell = text_cell(entry.text)
    if cell is None:
        return _no_figure(entry)
    if entry.percent:
        cell = replace(cell, content=float(entry.text), number_format="0%")
    if entry.what is not What.VALUE:
        try:
            part = read_part(cell)
        except ValueError:
            return _no_figure(entry)
        return _no_figure(entry) if isinstance(part, Unusable) else part
    amount = read_value(cell, indicator.unit)
    if isinstance(amount, Unusable):
        return _no_figure(entry)
    said = isinstance(amount.value, str) and not isinstance(amount.value, Symbol)
    return _no_figure(entry) if said and indicator.unit is not Unit.TEXT else amount.value


def _no_figure(entry: Entry) -> Fault:
    what = f'"{entry.text}" was typed where a figure belongs.'
    place = replace(entry.place, indicator=entry.indicator)
    return Fault("WB610", what, place, ALLOWED, "Type a figure, or empty the cell.")


def _figure(code: str, period: Period, given: Mapping[What, tuple[Value, Place]]) -> Figure:
    contents = {what: content for what, (content, _) in given.items()}
    symbols = (content for content in contents.values() if isinstance(content, Symbol))
    place = next(iter(given.values()))[1]
    return Figure(
        indicator=code,
        breakdown="",
        period=period,
        value=contents.get(What.VALUE, next(symbols, None)),
        numerator=_number(contents.get(What.NUMERATOR)),
        denominator=_number(contents.get(What.DENOMINATOR)),
        place=place,
    )


def _number(content: Value | None) -> float | None:
    return content if isinstance(content, float) and is_number(content) else None


def _shown(content: Value) -> str:
    return f"{content:.15g}" if isinstance(content, float) else value_text(content, 0)


def _contradiction(read: Figure, typed: Figure) -> Fault | None:
    """A figure of an extract that is not what was typed; alike, the extract's stands."""
    for name in ("value", "numerator", "denominator"):
        old, new = getattr(read, name), getattr(typed, name)
        if old is not None and new is not None and not same(old, new):
            shown = [_shown(one) for one in (new, old)]
            what = (
                f"{shown[0]} was typed for {typed.period.label}, and {read.place} gives {shown[1]}."
            )
            place = replace(typed.place, indicator=typed.indicator)
            return Fault("WB611", what, place, fix="Empty the cell, or mend the extract.")
    return None
