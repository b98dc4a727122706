"""What a reader can reckon with: linear relations between cells, one kind a function.

To add a kind, write a function that takes the ledger and gives relations, and put it in KINDS. A
relation counts only where the figures themselves keep to it: from one that they do not keep to a
reader would work out a wrong number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workbook_builder.disclosure.account import FigureId
from workbook_builder.disclosure.cells import Cell, Ledger, Role, moment

EXACT = 1e-6


@dataclass(frozen=True, eq=False)
class Likeness:
    """From when to when a reader takes columns for one number, or one for the change of another.

    agreed is the month in which they have agreed often enough, what is withheld included, and apart
    the first in which they differ at all. After that only numbers that are shown tell: shown is the
    month in which those have agreed often enough, and doubts are places where such numbers differ,
    late the month by which they are too many.
    """

    agreed: int | None
    apart: int | None
    shown: int | None
    doubts: tuple[tuple[Cell, ...], ...] = ()
    late: int | None = None

    def holds(self, month: int, doubted: bool) -> bool:
        """Whether it is believed in a month; doubted where one of the doubts has been seen."""
        whole = self.agreed is not None and self.agreed <= month
        if whole and (self.apart is None or month < self.apart):
            return True
        told = self.shown is not None and self.shown <= month
        return told and not doubted and (self.late is None or month <= self.late)


@dataclass(frozen=True)
class Relation:
    """low <= sum of factor x cell <= high.

    With a likeness it is believed only as long as that holds. Where `of` is given the relation
    comes from that figure's print and goes with it.
    """

    kind: str
    terms: tuple[tuple[Cell, float], ...]
    low: float = 0.0
    high: float = 0.0
    likeness: Likeness | None = None
    of: FigureId | None = None

    @property
    def end(self) -> int:
        """The month in which the last of its cells is published."""
        return max(moment(cell.period.end) for cell, _ in self.terms)

    def kept(self, ledger: Ledger) -> bool:
        """Whether the figures keep to it."""
        total = sum(factor * ledger.numbers[cell] for cell, factor in self.terms)
        return self.low - EXACT <= total <= self.high + EXACT


def equation(kind: str, whole: Cell, parts: Iterable[tuple[Cell, float]]) -> Relation:
    """One cell is the signed sum of others."""
    return Relation(kind, ((whole, -1.0), *parts))


def within_figures(ledger: Ledger) -> list[Relation]:
    """The numerator and what is left of the denominator are the denominator."""
    found = []
    for cell in ledger.numbers:
        if cell.role is Role.REST:
            roles = (Role.TOP, Role.BOTTOM)
            top, bottom = (Cell(*cell.figure, role) for role in roles)
            found.append(equation("share", bottom, [(top, 1.0), (cell, 1.0)]))
    return found


def computed(ledger: Ledger) -> list[Relation]:
    """Indicators that are the sum or difference of others.

    A difference counts people, such as those not placed outside, as long as it has never been below
    nought; after that it is a net change, which is nobody's number.
    """
    found = []
    for indicator in ledger.catalogue.indicators:
        signed = [(code, 1.0) for code in indicator.plus]
        signed += [(code, -1.0) for code in indicator.minus]
        periods = {
            cell.period
            for code, _ in signed[:1]
            for cell in ledger.of(code, "")
            if cell.role is Role.COUNT
        }
        net = False
        for period in sorted(periods, key=lambda one: (one.end, one.start, one.kind)):
            parts = [(Cell(code, "", period, Role.COUNT), sign) for code, sign in signed]
            if not all(cell in ledger.numbers for cell, _ in parts):
                continue
            whole = Cell(indicator.code, "", period, Role.COUNT)
            value = sum(sign * ledger.numbers[cell] for cell, sign in parts)
            net |= value < 0
            ledger.note(whole, value)
            if not net and ledger.small(value):
                ledger.delicate.add(whole)
            found.append(equation("computed", whole, parts))
    return found


def all_others(ledger: Ledger) -> list[Relation]:
    """The row All others of a table of groups: the indicator less the groups that have rows."""
    found = []
    for tab in ledger.catalogue.settings.tabs:
        for number, block in enumerate(tab.blocks, start=1):
            groups, by = block.options.get("groups", ()), block.options.get("by", "")
            if block.type != "breakdown" or not groups:
                continue
            for code in block.indicators:
                for cell in ledger.of(code, ""):
                    if cell.role is not Role.COUNT:
                        continue
                    named = [Cell(code, f"{by}={one}", cell.period, cell.role) for one in groups]
                    parts = [one for one in named if one in ledger.numbers]
                    left = ledger.numbers[cell] - sum(ledger.numbers[one] for one in parts)
                    if left < 0:
                        continue
                    said = f"{by}=all others of {tab.name} {number}"
                    rest = Cell(code, said, cell.period, Role.WORKED_OUT)
                    ledger.note(rest, left)
                    if ledger.small(left):
                        ledger.delicate.add(rest)
                    found.append(
                        equation("all others", cell, [(one, 1.0) for one in (*parts, rest)])
                    )
    return found


def beside(ledger: Ledger) -> list[Relation]:
    """A rate beside a count: its numerator is that count."""
    found = []
    for one in list(ledger.given.values()):
        if not one.breakdown or one.breakdown != one.indicator.rate_breakdown:
            continue
        count = Cell(one.indicator.code, "", one.period, Role.COUNT)
        if count in ledger.numbers:
            top = Cell(*one.id, Role.TOP)
            ledger.numbers[top] = ledger.numbers[count]
            found.append(equation("rate beside", top, [(count, 1.0)]))
    return found


Kind = Callable[[Ledger], list[Relation]]
