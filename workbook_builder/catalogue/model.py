"""The catalogue as frozen definitions. Nothing here reads a file or computes a figure.

Field names are those of the TOML and CSV files that people write; see docs/catalogue.md.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from workbook_builder.catalogue.definition import Definition, MonthField
from workbook_builder.catalogue.disclosure import Disclosure
from workbook_builder.catalogue.listed import Area, DeclaredMeasure, ListSettings
from workbook_builder.catalogue.words import (
    TELLING,
    Arrow,
    ArrowFrom,
    ComparedWith,
    FedFrom,
    Focus,
    JudgedAs,
    JudgedOn,
    JudgedValue,
    Marker,
    OverrideOf,
    PeriodType,
    Polarity,
    TargetKind,
    TargetStatus,
    ToleranceIn,
    Unit,
    WithoutTarget,
    YearToDate,
)
from workbook_builder.periods import FinancialYear, Month


def _to_codes(value: object) -> object:
    """One code stands for a list of it; a blank one for none."""
    return ((value,) if value.strip() else ()) if isinstance(value, str) else value


Codes = Annotated[tuple[str, ...], BeforeValidator(_to_codes)]


class SeriesBreak(Definition):
    """From this month on the figures are not comparable with those before: a gap, no arrow.

    `before` is the definition that held until then.
    """

    period: MonthField
    note: str = Field(min_length=1)
    before: str = ""


class IndicatorPart(Definition):
    """What differs for some of an indicator's breakdowns: their unit, or which way is good.

    `breakdown` is a key (narrative) or a key and value (boundary=outside); it is about every
    breakdown that has it among its parts.
    """

    breakdown: str = Field(min_length=1, max_length=150)
    unit: Unit | None = None
    polarity: Polarity | None = None

    def is_about(self, breakdown: str) -> bool:
        """Whether a breakdown such as a=1;b=2 has this part."""
        pieces = breakdown.split(";")
        return any(self.breakdown in (piece, piece.partition("=")[0]) for piece in pieces)


class Indicator(Definition):
    """One line of the scorecard.

    `plus` and `minus` name the indicators that this one is the sum or difference of; `rate_of`
    names the count and `population` the population that a rate per 10,000 comes from. Such an
    indicator is computed in every period and never fed. `total_of` names a breakdown whose parts
    are added up wherever the headline itself is not fed. `rate_breakdown` names the breakdown that
    holds a rate fed beside the value, and `judged_as` which of its numbers the target is about.
    `replaces` are the codes that it had before, the latest first. Blank optional settings fall back
    to the tab's and then to the scorecard's defaults.
    """

    code: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/ -]*$", max_length=60)
    name: str = Field(min_length=1, max_length=250)
    short_name: str = Field(default="", max_length=80)
    description: str = ""
    guide: str = ""
    theme: str = Field(min_length=1)
    subtheme: str = Field(default="", max_length=120)
    focus: Focus | None = None
    markers: tuple[Marker, ...] = ()
    unit: Unit
    polarity: Polarity
    period_type: PeriodType
    year_to_date: YearToDate
    numerator: str = ""
    denominator: str = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    rate_of: str = ""
    total_of: str = Field(default="", max_length=40)
    population: str = ""
    rate_breakdown: str = ""
    judged_as: JudgedAs = JudgedAs.VALUE
    measure: str = Field(default="", max_length=60)
    breakdowns: tuple[str, ...] = ()
    fed_from: FedFrom = FedFrom.EXTRACTS
    decimals: int | None = Field(default=None, ge=0, le=6)
    decimals_ytd: int | None = Field(default=None, ge=0, le=6)
    decimals_front: int | None = Field(default=None, ge=0, le=6)
    owner: str = ""
    highlighted: bool = False
    reference: str = ""
    judged_on: JudgedOn | None = None
    arrow: Arrow | None = None
    arrow_from: ArrowFrom | None = None
    compared_with: ComparedWith | None = None
    from_: MonthField | None = Field(default=None, alias="from")
    to: MonthField | None = None
    replaces: Codes = ()
    breaks: tuple[SeriesBreak, ...] = ()
    parts: tuple[IndicatorPart, ...] = ()
    counted: tuple[str, ...] = Field(default=(), max_length=2)

    def unit_of(self, breakdown: str) -> Unit:
        """What a breakdown counts: as the indicator, unless its part says otherwise."""
        told = (part.unit for part in self.parts if breakdown and part.is_about(breakdown))
        return next((unit for unit in told if unit is not None), self.unit)

    def polarity_of(self, breakdown: str) -> Polarity:
        """Which way is good for a breakdown: as the indicator, unless its part says otherwise."""
        told = (part.polarity for part in self.parts if breakdown and part.is_about(breakdown))
        return next((polarity for polarity in told if polarity is not None), self.polarity)

    @property
    def target_is_of_figure(self) -> bool:
        """Whether its target is on the scale of its figures: not of a rate, a part or a change."""
        return self.judged_as is JudgedAs.VALUE

    @property
    def computed(self) -> bool:
        """Whether the figures follow from other indicators."""
        return bool(self.plus or self.minus or self.rate_of)

    def in_use(self, month: Month) -> bool:
        """Whether the indicator is reported in a month."""
        return (self.from_ is None or month >= self.from_) and (self.to is None or month <= self.to)

    def retired_by(self, month: Month) -> bool:
        """Whether its last month is past."""
        return self.to is not None and month > self.to


class Target(Definition):
    """What an indicator ought to be, from one month to another, both included.

    A milestone is to be reached by its last month: from a baseline in its first one along a
    straight line, or without a baseline at any time before. The baseline of any other kind is only
    shown. `words` and `baseline_words` are how the report puts them.
    """

    indicator: str
    from_: MonthField = Field(alias="from")
    to: MonthField
    kind: TargetKind
    value: float | None = None
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    tolerance: float | None = Field(default=None, ge=0)
    words: str = Field(default="", max_length=200)
    baseline_words: str = Field(default="", max_length=200)
    status: TargetStatus = TargetStatus.AGREED
    agreed_on: dt.date | None = None

    @property
    def judges(self) -> bool:
        """Whether there is something that a figure can be held against."""
        return self.kind is not TargetKind.WORDS

    def covers(self, month: Month) -> bool:
        """Whether the target is in force in a month."""
        return self.from_ <= month <= self.to


class Comparator(Definition):
    """A figure to compare with: of England, the region, the neighbours, or one's own past."""

    indicator: str
    comparator: str = Field(pattern="^(england|region|neighbours|three-year average)$")
    period: str
    value: float


class Population(Definition):
    """How many there are of those that a rate is about, in a year.

    Of several estimates for a year the one published last counts.
    """

    population: str = Field(min_length=1)
    year: int = Field(ge=1990, le=2200)
    value: float = Field(gt=0)
    source: str = ""
    published_on: dt.date | None = None


class Override(Definition):
    """A status or figure set by hand for one period, with the reason and who may set it."""

    indicator: str
    period: MonthField
    what: OverrideOf
    value: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    role: str = ""


class Block(BaseModel):
    """One block of a tab. What is allowed beyond these fields is up to the block's own module."""

    model_config = ConfigDict(frozen=True, extra="allow", str_strip_whitespace=True)

    type: str
    heading: str = ""
    indicators: tuple[str, ...] = ()

    @property
    def options(self) -> dict[str, Any]:
        """The fields that only this type of block has."""
        return dict(self.model_extra or {})


class Tab(Definition):
    """A sheet of the scorecard and the blocks on it, in order."""

    name: str = Field(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\']+$")
    title: str = ""
    arrow: Arrow | None = None
    blocks: tuple[Block, ...] = Field(default=(), alias="block")


class FrontGroup(Definition):
    """A heading of the front sheet and the indicators under it."""

    heading: str = Field(min_length=1)
    subheading: str = ""
    target_heading: str = "Target"
    indicators: tuple[str, ...] = Field(min_length=1)


class Front(Definition):
    """The front sheet. Without groups it lists every indicator under its theme."""

    name: str = Field(default="Summary", max_length=31, pattern=r"^[^\[\]:*?/\\']+$")
    note: str = ""
    reference_heading: str = "Ref"
    status_heading: str = "Status"
    groups: tuple[FrontGroup, ...] = Field(default=(), alias="group")


class Defaults(Definition):
    """What holds unless a tab or an indicator says otherwise."""

    decimals: int = Field(default=0, ge=0, le=6)
    tolerance: float = Field(default=5, ge=0)
    tolerance_in: ToleranceIn = ToleranceIn.SHARE
    judged_on: JudgedOn = JudgedOn.YEAR_TO_DATE
    judged_value: JudgedValue = JudgedValue.SHOWN
    arrow: Arrow = Arrow.VALUE
    arrow_from: ArrowFrom = ArrowFrom.REPORT_PERIOD
    compared_with: ComparedWith = ComparedWith.PREVIOUS
    without_target: WithoutTarget = WithoutTarget.NO_STATUS
    level_within: float = Field(default=0, ge=0, le=20)
    decimals_rate: int = Field(default=2, ge=0, le=6)
    months_shown: int = Field(default=6, ge=2, le=24)
    quarters_shown: int = Field(default=5, ge=2, le=12)


# A status word stands in formulas and in the list of a cell's choices, which commas divide.
StatusWord = Annotated[str, Field(pattern=r'^[^",]+$', min_length=1, max_length=30)]


class StatusWords(Definition):
    """What this authority calls its statuses; the middle one is Orange in some."""

    red: StatusWord = "Red"
    amber: StatusWord = "Amber"
    green: StatusWord = "Green"
    unknown: StatusWord = "Unknown"


class Settings(Definition):
    """scorecard.toml."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)
    title: str = Field(min_length=1, max_length=100)
    authority: str = Field(min_length=1, max_length=100)
    report_month: MonthField
    data_as_at: dt.date | None = None
    financial_year_starts: int = Field(default=4, ge=1, le=12)
    caveats: tuple[str, ...] = ()
    brand: str = Field(default="12436D", pattern="^[0-9A-Fa-f]{6}$")
    defaults: Defaults = Defaults()
    status_words: StatusWords = StatusWords()
    history: str = ""
    lists: ListSettings = ListSettings()
    disclosure: Disclosure = Disclosure()
    front: Front = Front()
    tabs: tuple[Tab, ...] = Field(alias="tab", min_length=1)

    @property
    def years(self) -> FinancialYear:
        """The financial year of this authority."""
        return FinancialYear(self.financial_year_starts)


class Catalogue(Definition):
    """Everything that defines a scorecard, checked as a whole."""

    settings: Settings
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    populations: tuple[Population, ...] = ()
    overrides: tuple[Override, ...] = ()
    areas: tuple[Area, ...] = ()
    measures: tuple[DeclaredMeasure, ...] = ()

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code. Raises KeyError."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def tab_of(self, code: str) -> Tab:
        """The first tab that shows the indicator. Raises KeyError."""
        for tab in self.settings.tabs:
            if any(code in block.indicators and block.type not in TELLING for block in tab.blocks):
                return tab
        raise KeyError(code)
