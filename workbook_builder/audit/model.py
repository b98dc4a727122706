"""A published conclusion and what the figures say to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook_builder.errors import Place
from workbook_builder.periods import Period
from workbook_builder.values import excel_round, number_text

if TYPE_CHECKING:
    from workbook_builder.audit.evidence import Evidence

# What a breakdown says in place of a part where it stands for all of them.
ALL = frozenset({"total", "all", "grand total"})
MEASURE = "measure"


class Outcome(StrEnum):
    """What the figures say to a published conclusion."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNTESTABLE = "cannot be tested"


@dataclass(frozen=True)
class Answer:
    """The outcome with the figure that we find, the rule in words, and what is missing."""

    outcome: Outcome
    ours: str = ""
    rule: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Claim:
    """One published conclusion: a row of the table."""

    code: str
    breakdown: str
    period: Period
    kind: str
    value: str
    place: Place

    @property
    def parts(self) -> dict[str, str]:
        return parts_of(self.breakdown)


@dataclass(frozen=True)
class Finding:
    """A published conclusion and our answer to it."""

    claim: Claim
    answer: Answer


Rule = Callable[["Evidence", Claim], Answer]


def parts_of(breakdown: str) -> dict[str, str]:
    """A breakdown's parts by their key: locality=North;measure=Number."""
    pairs = (part.partition("=") for part in breakdown.split(";") if part.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


def untestable(missing: str, rule: str = "") -> Answer:
    """There is not enough to say anything."""
    return Answer(Outcome.UNTESTABLE, "", rule, missing)


def said(agrees: bool, ours: str, rule: str) -> Answer:
    """The figures agree, or they do not."""
    return Answer(Outcome.AGREES if agrees else Outcome.CONTRADICTS, ours, rule)


@dataclass(frozen=True)
class Printed:
    """A published number and how many decimals it is printed with."""

    number: float
    decimals: int
    suffix: str

    def text(self, value: float, decimals: int | None = None) -> str:
        """Another number, printed the same way."""
        return number_text(value, self.decimals if decimals is None else decimals, self.suffix)


def printed(text: str) -> Printed | None:
    """The number that a published text is, or None where it is none."""
    suffix = "%" if text.strip().endswith("%") else ""
    plain = text.strip().removesuffix("%").strip().replace(",", "").replace("−", "-")
    try:
        value = float(plain)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return Printed(value, len(plain.partition(".")[2]), suffix)


def compared(claim: Claim, ours: float | None, rule: str, known: int | None = None) -> Answer:
    """Hold a number of ours against the published one, at the printed decimals, half up.

    known is the number of decimals that our own figure is held with, where that may be fewer.
    """
    published = printed(claim.value)
    if published is None:
        return untestable(f'the published "{claim.value}" is not a number', rule)
    if ours is None:
        return untestable("there is no figure to compare with", rule)
    decimals = published.decimals if known is None else min(published.decimals, known)
    agrees = excel_round(published.number, decimals) == excel_round(ours, decimals)
    return said(agrees, published.text(ours, decimals), rule)


def decimals_of(value: float) -> int:
    """How many decimals a number is held with."""
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])
