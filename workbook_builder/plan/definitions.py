"""The Definitions sheet: what every indicator means, and which way is good."""

from __future__ import annotations

import re
from dataclasses import replace

from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import (
    JudgedOn,
    Polarity,
    ToleranceIn,
    YearToDate,
)
from workbook_builder.judgement.status import NO_TARGET_YET
from workbook_builder.plan.addresses import text
from workbook_builder.plan.context import row_name
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import Cell, Formula, Part, Print, Sheet, join
from workbook_builder.plan.pages import page_breaks, page_scale
from workbook_builder.plan.written_table import written_table
from workbook_builder.scorecard import Line

NAME = "Definitions"
HEADS = (
    "Indicator",
    "What it is",
    "Numerator",
    "Denominator",
    "Good is",
    "Unit and period",
    "Year to date",
    "Target and status",
    "Owner",
)
WIDTHS = (1.5, 26.0, 36.0, 22.0, 20.0, 32.0, 14.0, 14.0, 24.0, 15.0)
FIRST_ROW = 3
NEVER, NOT_AGREED = "No target.", "No target agreed yet."

GOOD = {
    Polarity.HIGH: "Higher is better.",
    Polarity.LOW: "Lower is better.",
    Polarity.IN_RANGE: "Good is to be within the range, or on the target.",
    Polarity.NEITHER: "Neither higher nor lower is better.",
}
# A guide that has one of these says itself which way is good.
SAYS_GOOD = re.compile(r"\b(good|better|best)\b", re.IGNORECASE)
YEAR = {
    YearToDate.LATEST: "The latest figure.",
    YearToDate.SUM: "The months added up.",
    YearToDate.WEIGHTED: "Numerators over denominators, added up.",
    YearToDate.PUBLISHED: "As the source gives it.",
}


def definitions_sheet(layout: Layout) -> Sheet:
    """Plan the sheet: one row for each indicator, in catalogue order."""
    scorecard = layout.scorecard
    lines = scorecard.lines
    table = written_table(
        FIRST_ROW,
        1,
        HEADS,
        [_row(layout, line) for line in lines],
        WIDTHS,
        links=[row_name(line.code) for line in lines],
    )
    band = title_band(NAME, "What every indicator means", len(WIDTHS))
    keys = tuple((FIRST_ROW + 1 + at, line.code) for at, line in enumerate(lines))
    whole = join([band, replace(table, row_keys=keys)])
    last_row = whole.next_row - 1
    return Sheet(
        key="definitions",
        name=NAME,
        title=NAME,
        part=whole,
        widths=WIDTHS,
        print=Print(last_row, len(WIDTHS) - 1, page_scale(WIDTHS), repeat=(FIRST_ROW, FIRST_ROW)),
        breaks=page_breaks(whole.may_break, dict(whole.heights), last_row, WIDTHS, 20.0),
        freeze_row=FIRST_ROW + 1,
    )


def title_band(title: str, subtitle: str, columns: int) -> Part:
    """The coloured band that heads a written sheet."""
    cells = [
        Cell(0, 0, title, "title"),
        Cell(1, 0, subtitle, "subtitle"),
        *(Cell(row, col, None, "band") for row in (0, 1) for col in range(1, columns)),
    ]
    keys = ((0, "title"), (1, "subtitle"))
    return Part(2, tuple(cells), ((0, 34.0), (1, 20.0), (2, 8.0)), row_keys=keys)


def _row(layout: Layout, line: Line) -> tuple[str | Formula, ...]:
    indicator = line.indicator
    return (
        f"{indicator.name} ({indicator.code})",
        what_it_is(indicator),
        indicator.numerator or _made_of(layout, line),
        indicator.denominator,
        what_is_good(indicator),
        f"{indicator.unit.value}, {indicator.period_type.value}",
        YEAR[indicator.year_to_date],
        _target_rule(line),
        indicator.owner,
    )


def what_is_good(indicator: Indicator) -> str:
    """Which way is good, then the guide to reading it; a guide that says it stands alone."""
    said = GOOD[indicator.polarity]
    if SAYS_GOOD.search(indicator.guide):
        return indicator.guide
    return f"{said} {indicator.guide}".strip()


def what_it_is(indicator: Indicator) -> str:
    """The definition; of a series that broke each definition with its months, the newest first."""
    breaks = sorted(indicator.breaks, key=lambda one: one.period)
    said, until = [], indicator.from_
    for one in breaks:
        reach = f"{until.long_label} to " if until else "Up to "
        held = one.before or "another definition"
        said.append(f"{reach}{one.period.plus(-1).long_label}: {held}")
        until = one.period
    if not breaks or until is None:
        return indicator.description
    now = indicator.description or indicator.name
    said.append(f"From {until.long_label}: {now} ({breaks[-1].note.rstrip('.')}.)")
    return "\n".join(reversed(said))


def _made_of(layout: Layout, line: Line) -> str:
    """How a computed indicator follows from others, in words."""
    indicator = line.indicator
    names = {one.code: one.name for one in layout.scorecard.catalogue.indicators}
    plus = " plus ".join(names[code] for code in indicator.plus)
    minus = "".join(f" less {names[code]}" for code in indicator.minus)
    return f"{plus}{minus}"


def _target_rule(line: Line) -> Formula:
    """How the status comes about; the limits and the tolerance are those of the month's targets."""
    at = f"MATCH({text(line.code)},judge_key,0)"
    shown = f"INDEX(judge_target,{at})"
    if line.conventions.judged_on is JudgedOn.NOTHING:
        before, amber, after = "A target without a status.", None, ""
    else:
        before = (
            f"Green if the {line.conventions.judged_on.value} meets the target, "
            "amber if it misses by up to "
        )
        share = line.conventions.tolerance_in is ToleranceIn.SHARE
        amber = line.verdict.tolerance
        after = f"{'% of the target' if share else ''}, red beyond."
    said = text(before)
    if amber is not None:
        said += f"&INDEX(judge_tolerance,{at})&{text(after)}"
    formula = f'IF({shown}="-","{NEVER}",IF({shown}="{NO_TARGET_YET}","{NOT_AGREED}",{said}))'
    value = f"{before}{'' if amber is None else f'{amber:.15g}'}{after}"
    if line.verdict.target.none:
        value = NEVER if line.verdict.no_target == "-" else NOT_AGREED
    return Formula(formula, value)
