"""The closed vocabularies of the catalogue: what people write in TOML and CSV."""

from __future__ import annotations

from enum import StrEnum

# The types of block in which an indicator has a row of its own with its status; one of them only.
HOMES = ("grid", "panel", "card", "months", "key measures")

# Blocks that tell of indicators in sentences: what holds for their tab holds for none of these.
TELLING = ("highlights",)


class Unit(StrEnum):
    """What a value counts. Percent is 0 to 100, a rate is per 10,000 children."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate per 10,000"
    AVERAGE = "average"
    DAYS = "days"
    SCORE = "score"
    TEXT = "text"

    @property
    def suffix(self) -> str:
        """What follows a printed value."""
        return "%" if self is Unit.PERCENT else ""

    @property
    def scale(self) -> float:
        """What numerator over denominator is multiplied by to give a value."""
        return {Unit.PERCENT: 100.0, Unit.RATE: 10_000.0}.get(self, 1.0)


class Polarity(StrEnum):
    """Which way is good."""

    HIGH = "high"
    LOW = "low"
    IN_RANGE = "in range"
    NEITHER = "neither"


class FedFrom(StrEnum):
    """Where an indicator's figures come from."""

    EXTRACTS = "extracts"
    MANUAL = "manual figures"


class PeriodType(StrEnum):
    """What one figure of the indicator covers."""

    IN_MONTH = "in month"
    SNAPSHOT = "month-end snapshot"
    ROLLING = "rolling 12 months"
    CUMULATIVE = "cumulative year to date"
    QUARTERLY = "quarterly"


class YearToDate(StrEnum):
    """How the year to date comes about."""

    LATEST = "latest"
    SUM = "sum"
    WEIGHTED = "weighted"
    PUBLISHED = "published"


class JudgedOn(StrEnum):
    """Which figure a status is about."""

    YEAR_TO_DATE = "year to date"
    LATEST = "latest period"
    NOTHING = "nothing"


class JudgedValue(StrEnum):
    """Whether the shown (rounded) or the exact figure is compared."""

    SHOWN = "shown"
    EXACT = "exact"


class ToleranceIn(StrEnum):
    """What a tolerance is measured in."""

    SHARE = "percent of target"
    UNITS = "units"


class Arrow(StrEnum):
    """What an upward arrow means: the value went up, or performance got better."""

    VALUE = "value"
    PERFORMANCE = "performance"


class ComparedWith(StrEnum):
    """What direction of travel looks back to."""

    PREVIOUS = "previous period"
    LAST_YEAR = "same period last year"


class ArrowFrom(StrEnum):
    """Whether an arrow needs a figure for the report period or may use the latest one there is."""

    REPORT_PERIOD = "report period"
    LATEST_FIGURE = "latest figure"


class Focus(StrEnum):
    """What an indicator looks at: what goes in, what is done, or what comes of it."""

    INPUT = "input"
    OUTPUT = "output"
    OUTCOME = "outcome"


class Marker(StrEnum):
    """A set of indicators that this one belongs to."""

    KEY_INDICATOR = "key indicator"
    KEY_FOCUS = "key focus"
    ANNEX_A = "annex a"


class JudgedAs(StrEnum):
    """Which of an indicator's numbers its target is about."""

    VALUE = "value"
    RATE = "rate"
    NUMERATOR = "numerator"
    CHANGE = "change on last year"


class WithoutTarget(StrEnum):
    """What becomes of an indicator that has no target."""

    NO_STATUS = "no status"
    LAST_YEAR = "compare with last year"


class TargetKind(StrEnum):
    """One value, a range, a single month's value, a value to be reached by a month, or words only.

    Words judge nothing: they say what a report prints where there is no number yet.
    """

    POINT = "point"
    RANGE = "range"
    MONTHLY = "monthly"
    MILESTONE = "milestone"
    WORDS = "words"


class TargetStatus(StrEnum):
    """A draft judges nothing; a superseded target the months that no agreed one covers."""

    DRAFT = "draft"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class OverrideOf(StrEnum):
    """What was set by hand."""

    STATUS = "status"
    FIGURE = "figure"
    SECTION = "section"
