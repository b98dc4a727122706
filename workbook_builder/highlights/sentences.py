"""What is said of a figure, as an officer would write it. Percentage points are called points.

Each function gives one sentence. Numbers are rounded here and nowhere before, half up.
"""

from __future__ import annotations

from workbook_builder.catalogue.words import TargetKind, Unit
from workbook_builder.highlights.figures import Figure, Held
from workbook_builder.highlights.gaps import Gap
from workbook_builder.highlights.spoken import (
    amount,
    capital,
    counted,
    fewer_or_more,
    opening,
    quoted,
    size,
    when,
)


def value_text(held: Held, figure: Figure) -> str:
    """52.9% (9) in June 2017."""
    return f"{opening(held, figure)} in {when(figure.period)}."


def change_text(held: Held, figure: Figure, since: Figure, difference: float) -> str:
    """It is down 26.1 points from 79.0% (11) in April 2017."""
    reference = f"{quoted(held, since)} in {when(since.period)}"
    lead = "It is " if figure is held.latest else f"In {when(figure.period)} it was "
    if difference == 0:
        return capital(f"{lead}the same as in {when(since.period)}, {quoted(held, since)}.")
    way = "up" if difference > 0 else "down"
    return capital(f"{lead}{way} {size(held, difference)} from {reference}.")


def count_change_text(held: Held, figure: Figure, since: Figure, difference: float) -> str:
    """There were 9 fewer children than in May 2017, when there were 674."""
    verb = "was" if abs(difference) == 1 else "were"
    lead = f"there {verb} "
    if figure is not held.latest:
        lead = f"In {when(figure.period)} there {verb} "
    was = since.count(held.unit) or 0.0
    if difference == 0:
        same = "none, as" if was == 0 else f"{amount(was, 0)}, as many as"
        return capital(f"{lead}{same} in {when(since.period)}.")
    more = fewer_or_more(held, difference)
    there = {0.0: "were none", 1.0: "was one"}.get(was, f"were {amount(was, 0)}")
    tail = f"when there {there}"
    return capital(f"{lead}{more} than in {when(since.period)}, {tail}.")


def extreme_text(held: Held, figure: Figure, high: bool) -> str:
    """The highest of the last 12 months, or which month was."""
    word = "highest" if high else "lowest"
    if figure is held.latest:
        return f"This is the {word} of the last 12 months."
    return f"The {word} of the last 12 months was {quoted(held, figure)} in {when(figure.period)}."


def since_text(held: Held, since: Figure, high: bool) -> str:
    """This is the highest since September 2016, when it was 99.0%."""
    word = "highest" if high else "lowest"
    return f"This is the {word} since {when(since.period)}, when it was {quoted(held, since)}."


def peak_text(held: Held, peak: Figure, high: bool, whole: bool) -> str:
    """It peaked in December 2016 and has fallen every month since."""
    top, gone = ("highest", "fallen") if high else ("lowest", "risen")
    at = f"in {when(peak.period)}, at {quoted(held, peak)}"
    if whole:
        return f"It was {top} {at}, and has {gone} every month since."
    return f"Of the months given it was {top} {at}, and has {gone} steadily since."


def trend_text(held: Held, since: Figure, rising: bool, steps: int, whole: bool) -> str:
    """It has fallen with each figure held since November 2016."""
    gone = "risen" if rising else "fallen"
    from_ = f"since {when(since.period)}, when it was {quoted(held, since)}"
    if whole:
        return f"It has {gone} {steps} months running {from_}."
    return f"In the months given it has {gone} steadily {from_}."


def gap_text(held: Held, gap: Gap, on_count: bool) -> str:
    """23.1 points below the 85% to be reached by September 2017."""
    target, difference = gap.target, gap.difference
    limit = counted(held, gap.limit) if on_count else amount(gap.limit, None, held.unit.suffix)
    which = f"the target of {limit}"
    if target.kind is TargetKind.MILESTONE:
        which = f"the {limit} to be reached by {target.to.long_label}"
    if difference == 0:
        return f"This is exactly {which}."
    side = "above" if difference > 0 else "below"
    far = amount(abs(difference), 0) if on_count else size(held, difference)
    if gap.missed:
        return f"This is {far} {side} {which}."
    return f"This meets {which} by {far}."


def needed_text(held: Held, gap: Gap, needed: float) -> str:
    """15 fewer children would meet the target (10% of 665)."""
    limit = amount(gap.limit, None, held.unit.suffix)
    whole = amount(held.latest.denominator or 0.0, 0)
    return f"{capital(fewer_or_more(held, needed))} would meet the target ({limit} of {whole})."


def average_text(held: Held, value: float, top: float | None, bottom: float | None) -> str:
    """The average of the last 12 months, with what it was made from."""
    shown = amount(value, max(held.decimals, 1), held.unit.suffix)
    if top is not None and bottom is not None:
        whole = f"{amount(top, 0)} of {amount(bottom, 0)}"
        return f"Over the 12 months to {held.month.long_label} it was {shown} ({whole})."
    if held.unit is Unit.COUNT:
        return f"The average of the last 12 months is {shown} a month."
    return f"The plain mean of the last 12 months is {shown}; the numbers behind them are not held."


def small_text(held: Held, bottom: float) -> str:
    """What one child is worth where few make up a percentage."""
    who = counted(held, bottom)
    step = amount(100 / bottom, 1)
    verb = "makes" if bottom == 1 else "make"
    each = counted(held, 1) if held.indicator.counted else "one more or less"
    return f"Only {who} {verb} up this percentage: {each} moves it by {step} points."


def unfit_text(held: Held, figure: Figure, fits: float) -> str:
    """A printed count that cannot be."""
    count, whole = figure.unfit or 0.0, figure.denominator or 0.0
    shown = amount(figure.value or 0.0, held.decimals, "%")
    return (
        f"The count of {amount(count, 0)} for {when(figure.period)} does not fit: "
        f"{shown} of {amount(whole, 0)} is {amount(fits, 0)}."
    )


def england_text(held: Held, england: float, period: str, difference: float) -> str:
    """3.0 points below England (41%)."""
    theirs = f"England ({amount(england, held.decimals, held.unit.suffix)}{period})"
    if difference == 0:
        return f"This is the same as {theirs}."
    return f"This is {size(held, difference)} {'above' if difference > 0 else 'below'} {theirs}."
