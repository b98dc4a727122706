"""The year to date, by the rule of the indicator.

latest      the last figure of the year so far (snapshots, and measures that are cumulative)
sum         the months added up, with a brought-forward figure for months not held one by one
weighted    numerators over denominators added up; percentages are never averaged
published   the latest figure that the source gives for the year to date

A sum or weighted figure with a month missing in the middle is not shown at all, since a total that
leaves a month out is wrong; with a confidential month it is confidential. Where only the latest
months are missing it says how far it goes. Months before the indicator's first one, or before a
break in its series, are not added up with the others; it says from which month it goes then. A year
to date that is given as confidential is, whatever its months would add up to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook_builder.catalogue.words import YearToDate
from workbook_builder.values import Symbol, Value, is_number, number

MISSING_NOTE = "month missing"
ADDED_UP = (YearToDate.SUM, YearToDate.WEIGHTED)


@dataclass(frozen=True)
class Amount:
    """A value with what it was made from."""

    value: Value | None = None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class YearSoFar:
    """The figures of one year up to the report period.

    amounts has one entry for each period from the first of the year to the report period; for a
    published year to date they are those published month by month. The first `covered` of them are
    inside the brought-forward figure where there is one, else before the indicator or its present
    series began. given is what the source has for the year to date itself.
    """

    amounts: Sequence[Amount]
    brought_forward: Amount | None = None
    covered: int = 0
    given: Value | None = None

    @property
    def last(self) -> int:
        """How many periods of the year there are up to the last with a number; 0 for none."""
        for position in range(len(self.amounts), 0, -1):
            if is_number(self.amounts[position - 1].value):
                return position
        return 0

    @property
    def last_given(self) -> int:
        """The same for anything that was given, a symbol or text included."""
        for position in range(len(self.amounts), 0, -1):
            if self.amounts[position - 1].value not in (None, Symbol.NOT_AVAILABLE):
                return position
        return 0


@dataclass(frozen=True)
class YearRefs:
    """The same as Excel references.

    `last` is the position of the last figure on the Figures sheet (0 for none) and `first` that of
    the first month not covered by the brought-forward figure; the ranges run between the two.
    """

    last: str
    first: str
    latest: str
    values: str
    numerators: str
    denominators: str
    brought_value: str
    brought_numerator: str
    brought_denominator: str
    given: str


@dataclass(frozen=True)
class YearToDateRule:
    """One of the four rules. scale is 100 for a percentage and 10,000 for a rate."""

    rule: YearToDate
    scale: float
    brought_forward: bool

    def last(self, year: YearSoFar) -> int:
        """How many periods the year to date goes over."""
        if self.rule is YearToDate.PUBLISHED:
            return year.last_given
        return max(year.last, year.covered) if self.brought_forward else year.last

    def last_formula(self, values: str, places: str, first: str) -> str:
        """The place of the last period it goes over, out of two ranges alike; 0 for none.

        A brought-forward figure goes up to the place before `first`.
        """
        test = f"ISNUMBER({values})"
        if self.rule is YearToDate.PUBLISHED:
            test = f'({values}<>"{Symbol.NOT_AVAILABLE.shown}")'
        last = f"SUMPRODUCT(MAX({test}*{places}))"
        return f"MAX({last},{first}-1)" if self.brought_forward else last

    def evaluate(self, year: YearSoFar) -> Value:
        """The year to date; a symbol where it cannot be given."""
        if year.given is Symbol.CONFIDENTIAL:
            return Symbol.CONFIDENTIAL
        match self.rule:
            case YearToDate.PUBLISHED | YearToDate.LATEST:
                last = self.last(year)
                value = year.amounts[last - 1].value if last else None
                return Symbol.NOT_AVAILABLE if value is None else value
            case YearToDate.SUM:
                total = _total(year, "value")
                return _why_not(year) if total is None else total
            case YearToDate.WEIGHTED:
                return self._weighted(year)

    def _weighted(self, year: YearSoFar) -> Value:
        over, under = _total(year, "numerator"), _total(year, "denominator")
        if over is None or under is None:
            return _why_not(year)
        return Symbol.NOT_APPLICABLE if under == 0 else self.scale * over / under

    def formula(self, refs: YearRefs) -> str:
        """The rule as an Excel formula without the equals sign."""
        hidden = f'"{Symbol.CONFIDENTIAL.shown}"'
        return f"IF({refs.given}={hidden},{hidden},{self._formula(refs)})"

    def _formula(self, refs: YearRefs) -> str:
        missing = f'"{Symbol.NOT_AVAILABLE.shown}"'
        match self.rule:
            case YearToDate.PUBLISHED | YearToDate.LATEST:
                return f"IF({refs.last}=0,{missing},{refs.latest})"
            case YearToDate.SUM:
                return self._guarded(
                    refs, [refs.values], refs.brought_value, f"SUM({refs.values})", missing
                )
            case YearToDate.WEIGHTED:
                over, under = f"SUM({refs.numerators})", f"SUM({refs.denominators})"
                brought = f"COUNT({refs.brought_numerator},{refs.brought_denominator})=2"
                if self.brought_forward:
                    over = f"({over}+{refs.brought_numerator})"
                    under = f"({under}+{refs.brought_denominator})"
                alone = self._share(refs.brought_numerator, refs.brought_denominator)
                why = self._why_not(refs)
                alone = f"IF({brought},{alone},{why})" if self.brought_forward else missing
                share = self._share(over, under)
                complete = _complete(refs, [refs.numerators, refs.denominators])
                held = f"AND({complete},{brought})" if self.brought_forward else complete
                return f"IF({refs.last}<{refs.first},{alone},IF({held},{share},{why}))"

    def _share(self, over: str, under: str) -> str:
        none = Symbol.NOT_APPLICABLE.shown
        return f'IF({under}=0,"{none}",{self.scale:g}*{over}/{under})'

    def _guarded(
        self, refs: YearRefs, ranges: list[str], brought: str, total: str, missing: str
    ) -> str:
        why = self._why_not(refs)
        if not self.brought_forward:
            return (
                f"IF({refs.last}<{refs.first},{missing},"
                f"IF({_complete(refs, ranges)},{total},{why}))"
            )
        return (
            f"IF(NOT(ISNUMBER({brought})),{why},IF({refs.last}<{refs.first},{brought},"
            f"IF({_complete(refs, ranges)},{total}+{brought},{why})))"
        )

    def _why_not(self, refs: YearRefs) -> str:
        """What stands for a year to date that cannot be given, as the function below says it."""
        hidden = f'"{Symbol.CONFIDENTIAL.shown}"'
        among = f"SUMPRODUCT(1*({refs.values}={hidden}))>0"
        if self.brought_forward:
            brought = refs.brought_value
            # Without a month to add up the range runs backwards, over months of the figure itself.
            among = f"AND(ISNUMBER({brought}),{refs.last}>={refs.first},{among})"
            among = f"OR({brought}={hidden},{among})"
        return f'IF({among},{hidden},"{Symbol.NOT_AVAILABLE.shown}")'


@dataclass(frozen=True)
class YearToDateNote:
    """How far a year to date goes where that is not the report period, or what is missing."""

    rule: YearToDate

    def evaluate(self, value: Value, last: int, now: int, label: str, since: str = "") -> str:
        """`since` names the first period added up, where that is not the year's first."""
        if last == 0 or value is Symbol.CONFIDENTIAL:
            return ""
        if self.rule in ADDED_UP and not is_number(value):
            return MISSING_NOTE if value is Symbol.NOT_AVAILABLE else ""
        reach = [f"from {since}"] if since else []
        return " ".join(reach if last == now else [*reach, f"to {label}"])

    def formula(self, value: str, last: str, now: str, label: str, since: str = "") -> str:
        reach = f'IF({last}={now},"","to "&{label})'
        if since:
            gap = f'IF(AND({since}<>"",{last}<>{now})," ","")'
            reach = f'IF({since}="","","from "&{since})&{gap}&{reach}'
        if self.rule in ADDED_UP:
            missing = f'{value}="{Symbol.NOT_AVAILABLE.shown}"'
            reach = f'IF(ISNUMBER({value}),{reach},IF({missing},"{MISSING_NOTE}",""))'
        return f'IF(OR({last}=0,{value}="{Symbol.CONFIDENTIAL.shown}"),"",{reach})'


def _complete(refs: YearRefs, ranges: list[str]) -> str:
    tests = [f"COUNT({part})={refs.last}-{refs.first}+1" for part in ranges]
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def _why_not(year: YearSoFar) -> Symbol:
    """What stands for a sum that cannot be given: a confidential month hides it."""
    covered = year.covered
    brought = year.brought_forward.value if year.brought_forward else None
    if brought is Symbol.CONFIDENTIAL:
        return Symbol.CONFIDENTIAL
    if year.brought_forward and not is_number(brought):
        return Symbol.NOT_AVAILABLE
    months = [amount.value for amount in year.amounts[covered : year.last]]
    return Symbol.CONFIDENTIAL if Symbol.CONFIDENTIAL in months else Symbol.NOT_AVAILABLE


def _total(year: YearSoFar, field: str) -> float | None:
    """The sum of one field over the year so far, or None where a part of it is missing."""
    covered = year.covered
    parts = [number(getattr(amount, field)) for amount in year.amounts[covered : year.last]]
    if year.brought_forward:
        parts.insert(0, number(getattr(year.brought_forward, field)))
    elif year.last == 0:
        return None
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) and parts else None
