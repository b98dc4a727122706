"""Direction of travel: how a value moved, whether that is better, and how an arrow says so.

The value is compared with the one before it, as shown unless the setting says exact. Where the
period just before has no figure, the latest earlier one within REACH periods is used and named.
There is no arrow across a series break, and none where the report period has no figure, unless the
indicator's arrow may start from its latest figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbook_builder.catalogue.words import Arrow, Polarity
from workbook_builder.judgement.status import Limits, Miss
from workbook_builder.values import excel_round

# How many periods back an earlier figure may be before it is too old to compare with.
REACH = 3

GLYPH_UP, GLYPH_DOWN, GLYPH_LEVEL = "▲", "▼", "►"


class Direction(StrEnum):
    """How the value moved."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    NONE = "none"


class Travel(StrEnum):
    """What the movement means, given which way is good."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"
    NONE = "none"


@dataclass(frozen=True)
class Moved:
    """Up, down or level; none where either value is missing. Values come as compared.

    A move of less than `level_within` percent of the value before is level: such a small change of
    a count says nothing.
    """

    level_within: float = 0.0

    def evaluate(self, now: float | None, before: float | None) -> Direction:
        if now is None or before is None:
            return Direction.NONE
        difference = excel_round(now - before, 10)
        small = excel_round(abs(difference) - abs(before) * self.level_within / 100, 10) < 0
        if difference == 0 or small:
            return Direction.LEVEL
        return Direction.UP if difference > 0 else Direction.DOWN

    def formula(self, now: str, before: str) -> str:
        difference = f"ROUND({now}-{before},10)"
        level = f"{difference}=0"
        if self.level_within:
            small = f"ROUND(ABS({difference})-ABS({before})*{self.level_within:g}/100,10)<0"
            level = f"OR({level},{small})"
        return (
            f'IF(COUNT({now},{before})<2,"none",IF({level},"level",IF({difference}>0,"up","down")))'
        )


@dataclass(frozen=True)
class Performance:
    """Better, worse or neutral.

    For an indicator that should be in range, better is nearer to the range; inside it, or without
    a target, a movement is neutral.
    """

    polarity: Polarity

    def evaluate(
        self, direction: Direction, now: float | None, before: float | None, limits: Limits
    ) -> Travel:
        if direction is Direction.NONE:
            return Travel.NONE
        if direction is Direction.LEVEL or self.polarity is Polarity.NEITHER:
            return Travel.NEUTRAL
        if self.polarity is Polarity.IN_RANGE:
            return self._towards_range(now, before, limits)
        good = Direction.UP if self.polarity is Polarity.HIGH else Direction.DOWN
        return Travel.BETTER if direction is good else Travel.WORSE

    def _towards_range(self, now: float | None, before: float | None, limits: Limits) -> Travel:
        miss_now, miss_before = Miss().evaluate(now, limits), Miss().evaluate(before, limits)
        if miss_now is None or miss_before is None or miss_now == miss_before:
            return Travel.NEUTRAL
        return Travel.BETTER if miss_now < miss_before else Travel.WORSE

    def formula(self, direction: str, now: str, before: str, lower: str, upper: str) -> str:
        match self.polarity:
            case Polarity.NEITHER:
                moved = '"neutral"'
            case Polarity.HIGH:
                moved = f'IF({direction}="level","neutral",IF({direction}="up","better","worse"))'
            case Polarity.LOW:
                moved = f'IF({direction}="level","neutral",IF({direction}="down","better","worse"))'
            case Polarity.IN_RANGE:
                miss_now = Miss().formula(now, lower, upper)
                miss_before = Miss().formula(before, lower, upper)
                moved = (
                    f'IF(OR({direction}="level",COUNT({lower},{upper})=0),"neutral",'
                    f'IF({miss_now}={miss_before},"neutral",'
                    f'IF({miss_now}<{miss_before},"better","worse")))'
                )
        return f'IF({direction}="none","none",{moved})'


@dataclass(frozen=True)
class Glyph:
    """The arrow. It follows the value, or the performance where there is a polarity."""

    arrow: Arrow
    polarity: Polarity

    @property
    def follows_performance(self) -> bool:
        return self.arrow is Arrow.PERFORMANCE and self.polarity is not Polarity.NEITHER

    def evaluate(self, direction: Direction, travel: Travel) -> str:
        if direction is Direction.NONE:
            return ""
        if self.follows_performance:
            up, down = travel is Travel.BETTER, travel is Travel.WORSE
        else:
            up, down = direction is Direction.UP, direction is Direction.DOWN
        return GLYPH_UP if up else GLYPH_DOWN if down else GLYPH_LEVEL

    def formula(self, direction: str, travel: str) -> str:
        if self.follows_performance:
            up, down = f'{travel}="better"', f'{travel}="worse"'
        else:
            up, down = f'{direction}="up"', f'{direction}="down"'
        return (
            f'IF({direction}="none","",'
            f'IF({up},"{GLYPH_UP}",IF({down},"{GLYPH_DOWN}","{GLYPH_LEVEL}")))'
        )


@dataclass(frozen=True)
class Words:
    """What the arrow means, said in the order that the arrow says it.

    "up, better" where the arrow follows the value; "better (down)" where it follows the
    performance. `since` names the figure compared with where it is not the one just before, and
    `to` the latest figure where that is not the report period's.
    """

    glyph: Glyph

    def evaluate(self, direction: Direction, travel: Travel, since: str = "", to: str = "") -> str:
        if direction is Direction.NONE:
            return ""
        tail = (f" since {since}" if since else "") + (f" to {to}" if to else "")
        if direction is Direction.LEVEL:
            return f"no change{tail}"
        if self.glyph.follows_performance:
            return f"{travel} ({direction}){tail}"
        return f"{direction}, {travel}{tail}"

    def formula(self, direction: str, travel: str, since: str, to: str) -> str:
        tail = f'IF({since}="",""," since "&{since})&IF({to}="",""," to "&{to})'
        said = f'{direction}&", "&{travel}'
        if self.glyph.follows_performance:
            said = f'{travel}&" ("&{direction}&")"'
        return f'IF({direction}="none","",IF({direction}="level","no change",{said})&{tail})'
