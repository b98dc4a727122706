"""The words that sentences are made of: periods, figures, sizes, numbers of children."""

from __future__ import annotations

import calendar

from workbook_builder.catalogue.words import Unit
from workbook_builder.highlights.figures import Figure, Held
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.values import number_text


def when(period: Period) -> str:
    """June 2017; quarter 1 of 2017/18; April to June 2017; the 12 months to June 2017."""
    match period.kind:
        case Kind.MONTH:
            return period.end.long_label
        case Kind.QUARTER:
            year, quarter = period.text.split("-")
            return f"quarter {quarter[1:]} of {year}"
        case Kind.ROLLING:
            return f"the 12 months to {period.end.long_label}"
        case Kind.YTD | Kind.RANGE:
            return _span(period.start, period.end)
        case _:
            return period.text


def _span(start: Month, end: Month) -> str:
    if start == end:
        return end.long_label
    year = "" if start.year == end.year else f" {start.year}"
    return f"{calendar.month_name[start.month]}{year} to {end.long_label}"


def amount(value: float, decimals: int | None, suffix: str = "") -> str:
    """A number as it is printed; without decimals given, with as many as it has."""
    if decimals is None:
        return f"{value:.15g}{suffix}"
    return number_text(value, decimals, suffix)


def counted(held: Held, number: float) -> str:
    """One child, 4 children; the bare number where the catalogue does not say what is counted."""
    words = held.indicator.counted
    shown = amount(number, 0) if number == round(number) else amount(number, 1)
    if not words:
        return shown
    return f"one {words[0]}" if number == 1 else f"{shown} {words[-1]}"


def fewer_or_more(held: Held, difference: float) -> str:
    """4 fewer children, one more child; 4 fewer."""
    way = "more" if difference > 0 else "fewer"
    number, words = abs(difference), held.indicator.counted
    lead = "one" if number == 1 else amount(number, 0)
    return f"{lead} {way} {words[0] if number == 1 else words[-1]}" if words else f"{lead} {way}"


def quoted(held: Held, figure: Figure) -> str:
    """A figure as the report prints it: 52.9% (9), 57.2% (380 of 664), 67.3 (665), 18.

    An average or days have none of their sums beside them: 504 (1007 of 2) would say nothing.
    """
    if figure.said:
        return figure.said
    if figure.value is None:
        return counted(held, figure.numerator or 0.0)
    if held.unit is Unit.COUNT:
        return amount(figure.value, 0)
    shown = amount(figure.value, held.decimals, held.unit.suffix)
    if held.unit is Unit.RATE:
        shown += " per 10,000"
    if figure.numerator is None or held.unit not in (Unit.PERCENT, Unit.RATE):
        return shown
    whole = figure.denominator
    if whole is None or held.unit is Unit.RATE:
        return f"{shown} ({amount(figure.numerator, 0)})"
    parts = (figure.numerator, whole)
    decimals = 0 if all(float(one).is_integer() for one in parts) else 1
    return f"{shown} ({' of '.join(amount(one, decimals) for one in parts)})"


def opening(held: Held, figure: Figure) -> str:
    """A figure at the head of a sentence, with what it counts: 18 children, 52.9% (9)."""
    if held.unit is Unit.COUNT and figure.value is not None and not figure.said:
        return capital(counted(held, figure.value))
    return capital(quoted(held, figure))


def size(held: Held, difference: float) -> str:
    """How far apart two values are: 26.1 points, 1.3, 18."""
    shown = amount(abs(difference), held.decimals)
    if held.unit is Unit.PERCENT:
        return f"{shown} {'point' if shown == '1' else 'points'}"
    return f"{shown} per 10,000" if held.unit is Unit.RATE else shown


def capital(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]
