"""What has to fit among the targets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Draft, Located
from workbook_builder.catalogue.model import Indicator, Target
from workbook_builder.catalogue.words import (
    JudgedAs,
    Polarity,
    TargetKind,
    TargetStatus,
    Unit,
)
from workbook_builder.errors import Fault
from workbook_builder.periods import Month

Row = Located[Target]


def check_targets(draft: Draft) -> Iterator[Fault]:
    """Faults of single targets, of targets and their indicators, and between targets."""
    indicators = {entry.item.code: entry.item for entry in draft.indicators}
    for row in draft.targets:
        yield from _fields(row)
        yield from _months(row)
        indicator = indicators.get(row.item.indicator)
        if indicator is not None:
            yield from _fits(row, indicator)
    yield from _overlaps(draft.targets)


def _fields(row: Row) -> Iterator[Fault]:
    """Which of value, low and high a kind of target needs and which it cannot have."""
    target = row.item
    kind = target.kind
    if kind is TargetKind.RANGE:
        if target.low is None and target.high is None:
            what = 'A "range" target needs "low", "high" or both.'
            yield Fault(Code.TARGET_FIELDS, what, row.at("low"))
        unwanted = ["value"]
    elif kind is TargetKind.WORDS:
        if not target.words and not target.baseline_words and target.baseline is None:
            what = '"words" is missing: a "words" target is there for what it says.'
            yield Fault(Code.TARGET_FIELDS, what, row.at("words"))
        unwanted = ["value", "low", "high"]
    else:
        if target.value is None:
            what = f'"value" is missing: a "{kind}" target needs it.'
            yield Fault(Code.TARGET_FIELDS, what, row.at("value"))
        unwanted = ["low", "high"]
    for field in unwanted:
        if getattr(target, field) is not None:
            what = f'A "{kind}" target has no "{field}", but {getattr(target, field):g} is given.'
            yield Fault(Code.TARGET_FIELDS, what, row.at(field), fix="Leave the cell blank.")
    if target.low is not None and target.high is not None and target.low > target.high:
        what = f"The low end, {target.low:g}, is above the high end, {target.high:g}."
        yield Fault(Code.TARGET_FIELDS, what, row.at("low"))


def _months(row: Row) -> Iterator[Fault]:
    target = row.item
    if target.from_ > target.to:
        what = f"The first month, {target.from_}, is after the last, {target.to}."
        yield Fault(Code.TARGET_FIELDS, what, row.at("from"))
    elif target.kind is TargetKind.MONTHLY and target.from_ != target.to:
        what = f'A "monthly" target is for one month, not for {target.from_} to {target.to}.'
        fix = 'Write a row for each month, with the same month in "from" and "to".'
        yield Fault(Code.TARGET_FIELDS, what, row.at("to"), fix=fix)


def _fits(row: Row, indicator: Indicator) -> Iterator[Fault]:
    target = row.item
    if indicator.polarity is Polarity.NEITHER and target.judges:
        what = 'The indicator has a target, but its polarity is "neither": nothing can meet it.'
        fix = "Give the indicator another polarity or take the target out."
        yield Fault(Code.NEITHER_IS_GOOD, what, row.at("indicator"), "high, low, in range", fix)
    if indicator.unit is Unit.PERCENT and indicator.judged_as is JudgedAs.VALUE:
        for field in ("value", "low", "high"):
            value = getattr(target, field)
            if value is not None and not 0 <= value <= 100:
                what = f"{value:g} cannot be a target for a percentage."
                yield Fault(Code.PERCENTAGE, what, row.at(field), "0 to 100")
    first, last = indicator.from_, indicator.to
    if (last is not None and target.from_ > last) or (first is not None and target.to < first):
        used = f"from {first or 'the start'} to {last or 'further notice'}"
        what = f"The target is for {target.from_} to {target.to}, the indicator is in use {used}."
        yield Fault(Code.OUTSIDE_DATES, what, row.at("from"))


def _overlaps(targets: tuple[Row, ...]) -> Iterator[Fault]:
    """Two agreed targets for the same months; monthly ones may stand beside one for the year.

    Of two that were superseded the later one counts where both cover a month: they must not begin
    together.
    """
    seen: dict[tuple[str, bool, Month], Row] = {}
    for row in targets:
        if row.item.status is not TargetStatus.SUPERSEDED:
            continue
        first = (row.item.indicator, row.item.kind is TargetKind.MONTHLY, row.item.from_)
        other = seen.setdefault(first, row)
        if other is not row:
            what = f"Another superseded target begins in {row.item.from_}, in row "
            what += f"{other.place.row}, so it cannot be told which was in force."
            fix = "Take out the one that never was, or change its months."
            yield Fault(Code.OVERLAP, what, row.at("from"), fix=fix)
    yield from _overlaps_of_agreed(targets)


def _overlaps_of_agreed(targets: tuple[Row, ...]) -> Iterator[Fault]:
    groups: dict[tuple[str, bool], list[Row]] = {}
    for row in targets:
        if row.item.status is TargetStatus.AGREED:
            key = (row.item.indicator, row.item.kind is TargetKind.MONTHLY)
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        for first, second in combinations(rows, 2):
            start = max(first.item.from_, second.item.from_)
            end = min(first.item.to, second.item.to)
            if start > end:
                continue
            months = str(start) if start == end else f"{start} to {end}"
            what = f"There is already an agreed target for {months}, in row {first.place.row}."
            fix = 'Change the months, or give one of them the status "draft" or "superseded".'
            yield Fault(Code.OVERLAP, what, second.at("from"), fix=fix)
