"""Target met, and red, amber or green.

One idea serves points, ranges and monthly targets: a target is a lower limit, an upper limit or
both, and the miss is how far a value lies outside them. No miss is green, a miss within the
tolerance is amber, more is red. A point target is a lower limit where high is good, an upper limit
where low is good, and both where the value should be in range.

There is no light without a target, without a polarity or without a figure: none of these is green.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbook_builder.catalogue.model import StatusWords, Target
from workbook_builder.catalogue.words import Polarity, TargetKind, ToleranceIn
from workbook_builder.periods import Month
from workbook_builder.values import Value, excel_round, number

# Two values this close are a tie: binary fractions such as 0.1 + 0.2 must not decide a light.
TIE_DECIMALS = 10


class Status(StrEnum):
    """A light, or the reason why there is none."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNKNOWN = "unknown"
    NOT_ASSESSED = "not assessed"
    NO_TARGET = "no target"

    @property
    def light(self) -> str:
        """The word of results.csv: red, amber, green or none."""
        return self.value if self in LIGHTS else "none"


LIGHTS = (Status.RED, Status.AMBER, Status.GREEN)
NOT_ASSESSED_TEXT = "Not assessed"
NO_TARGET_YET = "no target yet"


def status_text(status: Status, words: StatusWords) -> str:
    """What a status cell shows; nothing where there is no target."""
    return {
        Status.RED: words.red,
        Status.AMBER: words.amber,
        Status.GREEN: words.green,
        Status.UNKNOWN: words.unknown,
        Status.NOT_ASSESSED: NOT_ASSESSED_TEXT,
        Status.NO_TARGET: "",
    }[status]


def parse_status(text: str, words: StatusWords) -> Status | None:
    """The status that somebody set by hand, or None where the word is not one of ours."""
    for status in (*LIGHTS, Status.UNKNOWN):
        if text.strip().casefold() == status_text(status, words).casefold():
            return status
    return None


@dataclass(frozen=True)
class Limits:
    """What a value must not be below or above; None where that side is open."""

    lower: float | None = None
    upper: float | None = None

    @property
    def none(self) -> bool:
        return self.lower is None and self.upper is None


def expected_by(target: Target, month: Month) -> float | None:
    """The value of a target in a month: a milestone's lies on a straight line from its baseline.

    It is rounded far beyond what anybody prints, so that a program which keeps 15 digits holds the
    same number and a refresh does not take it for a change.
    """
    if target.kind is not TargetKind.MILESTONE or target.value is None or target.baseline is None:
        return target.value
    whole = target.to.minus(target.from_)
    gone = min(max(month.minus(target.from_), 0), whole)
    due = target.baseline + (target.value - target.baseline) * (gone / whole if whole else 1)
    return excel_round(due, TIE_DECIMALS)


def limits_of(target: Target, polarity: Polarity, month: Month) -> Limits:
    """A target as limits in a month, by which way is good; words bound nothing."""
    point = target.kind is not TargetKind.RANGE
    value = expected_by(target, month)
    lower = value if point else target.low
    upper = value if point else target.high
    match polarity:
        case Polarity.HIGH:
            return Limits(lower=lower)
        case Polarity.LOW:
            return Limits(upper=upper)
        case Polarity.IN_RANGE:
            return Limits(lower, upper)
        case Polarity.NEITHER:
            return Limits()


@dataclass(frozen=True)
class Compared:
    """A value as it is compared: rounded as shown, or exact where decimals is None."""

    decimals: int | None

    def evaluate(self, value: Value | None) -> float | None:
        found = number(value)
        if found is None or self.decimals is None:
            return found
        return excel_round(found, self.decimals)

    def formula(self, value: str) -> str:
        """A number or, where there is no figure, an empty text."""
        inner = value if self.decimals is None else f"ROUND({value},{self.decimals})"
        return f'IF(ISNUMBER({value}),{inner},"")'


@dataclass(frozen=True)
class Miss:
    """How far a value lies outside its limits: 0 when inside, None when it cannot be said."""

    def evaluate(self, value: float | None, limits: Limits) -> float | None:
        if value is None or limits.none:
            return None
        below = 0.0 if limits.lower is None else excel_round(limits.lower - value, TIE_DECIMALS)
        above = 0.0 if limits.upper is None else excel_round(value - limits.upper, TIE_DECIMALS)
        return max(0.0, below, above)

    def formula(self, value: str, lower: str, upper: str) -> str:
        below = f"IF(ISNUMBER({lower}),ROUND({lower}-{value},{TIE_DECIMALS}),0)"
        above = f"IF(ISNUMBER({upper}),ROUND({value}-{upper},{TIE_DECIMALS}),0)"
        missing = f"OR(NOT(ISNUMBER({value})),COUNT({lower},{upper})=0)"
        return f'IF({missing},"",MAX(0,{below},{above}))'


@dataclass(frozen=True)
class Allowance:
    """The largest miss that is still amber: a share of the limit that was missed, or units."""

    tolerance_in: ToleranceIn

    def evaluate(self, value: float | None, limits: Limits, tolerance: float) -> float | None:
        if value is None or limits.none:
            return None
        if self.tolerance_in is ToleranceIn.UNITS:
            return tolerance
        below = limits.lower is not None and excel_round(limits.lower - value, TIE_DECIMALS) > 0
        missed = limits.lower if below or limits.upper is None else limits.upper
        assert missed is not None
        return abs(missed) * tolerance / 100

    def formula(self, value: str, lower: str, upper: str, tolerance: str) -> str:
        missing = f"OR(NOT(ISNUMBER({value})),COUNT({lower},{upper})=0)"
        if self.tolerance_in is ToleranceIn.UNITS:
            return f'IF({missing},"",{tolerance})'
        below = f"IF(ISNUMBER({lower}),ROUND({lower}-{value},{TIE_DECIMALS})>0,FALSE)"
        missed = f"IF(OR({below},NOT(ISNUMBER({upper}))),{lower},{upper})"
        return f'IF({missing},"",ABS({missed})*{tolerance}/100)'


@dataclass(frozen=True)
class TargetMet:
    """Yes, No, or nothing where there is no target or no figure."""

    def evaluate(self, miss: float | None) -> str:
        return "" if miss is None else "Yes" if miss == 0 else "No"

    def formula(self, miss: str) -> str:
        return f'IF({miss}="","",IF({miss}=0,"Yes","No"))'


@dataclass(frozen=True)
class Light:
    """Red, amber or green from the miss and the allowance.

    `without` is what there is where nothing is held against the figure: no status, or the word that
    it was not assessed.
    """

    words: StatusWords
    without: Status = Status.NO_TARGET

    def evaluate(self, miss: float | None, allowance: float | None, limits: Limits) -> Status:
        if limits.none:
            return self.without
        if miss is None or allowance is None:
            return Status.NOT_ASSESSED
        if miss == 0:
            return Status.GREEN
        within = excel_round(miss - allowance, TIE_DECIMALS) <= 0
        return Status.AMBER if within else Status.RED

    def formula(self, miss: str, allowance: str, lower: str, upper: str) -> str:
        words = self.words
        light = (
            f'IF({miss}=0,"{words.green}",'
            f'IF(ROUND({miss}-{allowance},{TIE_DECIMALS})<=0,"{words.amber}","{words.red}"))'
        )
        without = status_text(self.without, words)
        assessed = f'IF({miss}="","{NOT_ASSESSED_TEXT}",{light})'
        return f'IF(COUNT({lower},{upper})=0,"{without}",{assessed})'


@dataclass(frozen=True)
class ShownStatus:
    """The status set by hand where there is one, else the rule's."""

    def evaluate(self, rule: Status, by_hand: Status | None) -> Status:
        return rule if by_hand is None else by_hand

    def formula(self, rule: str, by_hand: str) -> str:
        return f'IF({by_hand}="",{rule},{by_hand})'


@dataclass(frozen=True)
class Contradiction:
    """Whether a status set by hand says otherwise than the rule, where the rule gives a light."""

    def evaluate(self, rule: Status, by_hand: Status | None) -> bool:
        return by_hand is not None and by_hand is not rule and rule in LIGHTS

    def formula(self, rule: str, by_hand: str) -> str:
        none = f'OR({by_hand}="",{rule}="",{rule}="{NOT_ASSESSED_TEXT}")'
        return f'IF({none},"",IF({by_hand}={rule},"","contradicts the rule"))'


@dataclass(frozen=True)
class ShownTarget:
    """A target as a cell shows it: one number, a range in words, or the words for none.

    A single limit of an indicator that should be in range says which side it bounds. `none` is a
    dash for an indicator that never has a target, or NO_TARGET_YET for one that had or will have.
    `after` says once what the target is about where that is not the value.
    """

    polarity: Polarity
    suffix: str
    none: str = "-"
    after: str = ""

    def evaluate(self, limits: Limits) -> float | str:
        lower, upper = limits.lower, limits.upper
        if lower is not None and upper is not None:
            if lower == upper:
                return lower
            return f"{lower:.15g}{self.suffix} to {upper:.15g}{self.suffix}{self.after}"
        one = lower if lower is not None else upper
        if one is None:
            return self.none
        if self.polarity is not Polarity.IN_RANGE:
            return one
        side = "at least" if lower is not None else "at most"
        return f"{side} {one:.15g}{self.suffix}{self.after}"

    def formula(self, lower: str, upper: str, none: str = "") -> str:
        """`none` is where the words for no target stand; without it they stand in the formula."""
        words = none or f'"{self.none}"'
        last = f"{self.suffix}{self.after}"
        tail = f'&"{last}"' if last else ""
        both = f'IF({lower}={upper},{lower},{lower}&"{self.suffix} to "&{upper}{tail})'
        one = f"SUM({lower},{upper})"
        if self.polarity is Polarity.IN_RANGE:
            one = f'IF(ISNUMBER({lower}),"at least "&{lower},"at most "&{upper}){tail}'
        return f"IF(COUNT({lower},{upper})=2,{both},IF(COUNT({lower},{upper})=1,{one},{words}))"
