"""Which figures are withheld for their own sake, and what withholding another one costs."""

from __future__ import annotations

from zlib import crc32

from workbook_builder.catalogue.words import Unit
from workbook_builder.disclosure.account import FigureId, Unjudged, Why
from workbook_builder.disclosure.cells import COUNTED, RATIOS, Cell, Given, Ledger, Role
from workbook_builder.periods import Kind
from workbook_builder.values import is_number, number

# What it costs a reader to lose a figure. A cell of a cross-tab is missed least, then a group, then
# a longer period, whose months are still there; the month of an indicator as a whole is what a
# scorecard is for. Within a kind the smaller figure goes.
CROSSED, GROUP, LONGER, HEADLINE = 10.0, 14.0, 60.0, 120.0
# Units of which a whole number in a group may be a count in truth.
MAY_BE_COUNTS = frozenset((Unit.RATE, Unit.AVERAGE, Unit.DAYS, Unit.SCORE))
# So that no two prices are the same and every computer withholds the same figures.
APART = 1e-3


def own_reason(ledger: Ledger, one: Given) -> Why | None:
    """Why a figure may not be shown whatever stands beside it; None where it may."""
    if type(one.value) is str and any(letter.isdigit() for letter in one.value):
        return Why.TEXT
    found = small_roles(ledger, one)
    if not found:
        return Why.MAY_BE_COUNT if _may_be_count(ledger, one) else None
    if Role.COUNT in found:
        return Why.PRIMARY
    return Why.COMPLEMENT if found == {Role.REST} else Why.WITH_COUNT


def small_roles(ledger: Ledger, one: Given) -> set[Role]:
    """Which of a figure's counts are small."""
    found = set()
    for role in COUNTED.get(one.unit, ()):
        value = ledger.numbers.get(Cell(*one.id, role))
        if value is not None and ledger.small(value):
            found.add(role)
    return found


def _may_be_count(ledger: Ledger, one: Given) -> bool:
    """Whether a group's figure is a small whole number though it is of an average or a rate.

    Tables put counts beside rates, such as the plans of each area, and a catalogue that does not
    say so (`parts`) has them as rates. A percentage is left: 3% is no count.
    """
    if not one.breakdown or one.unit not in MAY_BE_COUNTS or unjudged(ledger, one) is None:
        return False
    value = number(one.value) if one.value is not None else None
    return value is not None and value.is_integer() and ledger.small(value)


def unjudged(ledger: Ledger, one: Given) -> Unjudged | None:
    """Why nobody can say whether a printed number rests on a small count; None where one can."""
    if one.unit not in RATIOS or not is_number(one.value):
        return None
    known = [role for role in COUNTED[one.unit] if Cell(*one.id, role) in ledger.numbers]
    if known:
        return None
    return Unjudged.NO_POPULATION if one.unit is Unit.RATE else Unjudged.NO_COUNTS


def price(ledger: Ledger, figure: FigureId) -> float:
    """What it costs to withhold a figure; names tell those of the same size apart."""
    one = ledger.given[figure]
    kind = HEADLINE
    if one.breakdown:
        kind = CROSSED if ";" in one.breakdown else GROUP
    elif one.period.kind is not Kind.MONTH:
        kind = LONGER
    counts = [ledger.numbers.get(Cell(*figure, role), 0.0) for role in Role]
    size = max(counts)
    named = f"{figure[0]}|{figure[1]}|{figure[2].key}"
    return kind * (1 + size / (size + 200)) + APART * (crc32(named.encode()) % 997)
