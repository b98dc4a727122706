"""What holds for one indicator once its own settings, its tab's and the defaults are combined."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import (
    Arrow,
    ArrowFrom,
    ComparedWith,
    JudgedAs,
    JudgedOn,
    JudgedValue,
    Polarity,
    ToleranceIn,
    Unit,
)


@dataclass(frozen=True)
class Conventions:
    """The settings of one indicator, none of them open any more.

    compared_decimals is the number of places that a value is rounded to before it is compared, or
    None where the exact value is. target_suffix follows a printed
    target, target_after says once what it is about.
    """

    polarity: Polarity
    decimals: int
    decimals_ytd: int
    decimals_front: int
    compared_decimals: int | None
    compared_decimals_ytd: int | None
    tolerance: float
    tolerance_in: ToleranceIn
    judged_on: JudgedOn
    arrow: Arrow
    arrow_from: ArrowFrom
    compared_with: ComparedWith
    level_within: float
    decimals_rate: int
    suffix: str
    target_suffix: str
    target_after: str
    scale: float


def conventions_of(catalogue: Catalogue, indicator: Indicator) -> Conventions:
    """Combine the indicator's settings with its tab's and the scorecard's defaults."""
    defaults = catalogue.settings.defaults
    tab_arrow = _tab_arrow(catalogue, indicator.code)
    decimals = indicator.decimals if indicator.decimals is not None else defaults.decimals
    decimals_ytd = indicator.decimals_ytd if indicator.decimals_ytd is not None else decimals
    shown = defaults.judged_value is JudgedValue.SHOWN
    front = indicator.decimals_front
    return Conventions(
        polarity=indicator.polarity,
        decimals=decimals,
        decimals_ytd=decimals_ytd,
        decimals_front=front if front is not None else decimals,
        compared_decimals=decimals if shown else None,
        compared_decimals_ytd=decimals_ytd if shown else None,
        tolerance=defaults.tolerance,
        tolerance_in=defaults.tolerance_in,
        judged_on=indicator.judged_on or defaults.judged_on,
        arrow=indicator.arrow or tab_arrow or defaults.arrow,
        arrow_from=indicator.arrow_from or defaults.arrow_from,
        compared_with=indicator.compared_with or defaults.compared_with,
        level_within=defaults.level_within if indicator.unit is Unit.COUNT else 0.0,
        decimals_rate=defaults.decimals_rate,
        suffix=indicator.unit.suffix,
        target_suffix=_target_suffix(indicator),
        target_after=ABOUT.get(indicator.judged_as, ""),
        scale=indicator.unit.scale,
    )


def _tab_arrow(catalogue: Catalogue, code: str) -> Arrow | None:
    """The arrow of an indicator's tab; a retired one may stand on none."""
    try:
        return catalogue.tab_of(code).arrow
    except KeyError:
        return None


# What follows a printed target that is not about the value beside it.
ABOUT = {JudgedAs.RATE: " per 10,000", JudgedAs.NUMERATOR: " in number"}


def _target_suffix(indicator: Indicator) -> str:
    """A target may be about another number than the value."""
    match indicator.judged_as:
        case JudgedAs.VALUE:
            return indicator.unit.suffix
        case JudgedAs.CHANGE:
            return "%"
        case JudgedAs.RATE | JudgedAs.NUMERATOR:
            return ""
