"""What follows from withheld figures, and the last look: does a public copy still tell one?

Disclosure control takes the numbers out of the figures before anything is computed, so none ought
to come back. This looks all the same, at what the scorecard reports, at its results and at the
sheets, and says where it finds one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_builder.disclosure import Account, Suppression
from workbook_builder.errors import Place
from workbook_builder.extracts.model import Figure
from workbook_builder.measures.series import build_series
from workbook_builder.periods import Kind
from workbook_builder.plan.figures import FIRST_COLUMN, PERIOD_ROW
from workbook_builder.plan.layout import series_key_text
from workbook_builder.plan.model import Content, Formula, Workbook
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import Symbol

if TYPE_CHECKING:
    import pandas as pd

# What a row of results.csv may not say of a figure that is withheld.
TELLING = (
    "numerator",
    "denominator",
    "value",
    "target_met",
    "rag",
    "rag_rule",
    "first_reported",
)
# A quarter of an indicator by quarters stands for its months.
BY_MONTH = (Kind.MONTH, Kind.QUARTER)
NO_LIGHT = ("", "unknown", "none")


def up_to_what_is_shown(made: Suppression, known: Scorecard) -> Suppression:
    """Withhold the year to date of indicators whose latest figure is withheld.

    It would end with the last month shown, and be judged, as if no figure had come since: another
    light than the board's for the same month.
    """
    month, years = known.month, known.catalogue.settings.years
    now = build_series(made.catalogue, made.extracts)
    added: list[Figure] = []
    for line in known.lines:
        given = known.table.points(line.code)
        so_far = [one for one in given if one.kind in BY_MONTH and one.end <= month]
        latest = max(so_far, key=lambda one: one.end, default=None)
        told = now.points(line.code).get(latest) if latest is not None else None
        if told is None or told.value is not Symbol.CONFIDENTIAL:
            continue
        periods = [years.ytd(month)]
        if years.full_year(month).end == month:
            periods.append(years.full_year(month))
        place = Place(indicator=line.code)
        hidden = Symbol.CONFIDENTIAL
        added += [Figure(line.code, "", one, hidden, None, None, place) for one in periods]
    replaced = {(one.indicator, one.breakdown, one.period) for one in added}
    kept = [
        one
        for one in made.extracts.figures
        if (one.indicator, one.breakdown, one.period) not in replaced
    ]
    return replace(made, extracts=replace(made.extracts, figures=(*kept, *added)))


def still_told(
    scorecard: Scorecard, results: pd.DataFrame, workbook: Workbook, account: Account
) -> tuple[str, ...]:
    """Every place that says a number, a light or an arrow of a withheld figure."""
    found = [
        *_in_figures(scorecard, account),
        *_in_results(results, account),
        *_in_workbook(workbook, account),
    ]
    return tuple(found)


def _in_figures(scorecard: Scorecard, account: Account) -> Iterator[str]:
    for figure in scorecard.figures():
        one = (figure.series.indicator, figure.series.breakdown, figure.period)
        point = figure.point
        bare = point.value is Symbol.CONFIDENTIAL and point.numerator is None
        if one in account.withheld and not (bare and point.denominator is None):
            yield f"scorecard: {one[0]} {one[1]} {one[2].key}"


def _in_results(results: pd.DataFrame, account: Account) -> Iterator[str]:
    named = {
        (code, breakdown, period.kind.value, period.text)
        for code, breakdown, period in account.withheld
    }
    for row in results.to_dict("records"):
        place = (row["indicator"], row["breakdown"], row["period_kind"], row["period"])
        if place not in named:
            continue
        for column in TELLING:
            said = str(row[column])
            if said and not (column.startswith("rag") and said.casefold() in NO_LIGHT):
                yield f"results.csv: {' '.join(place)}, {column} {said}"


def _in_workbook(workbook: Workbook, account: Account) -> Iterator[str]:
    named = {
        (series_key_text(code, breakdown), period.key)
        for code, breakdown, period in account.withheld
    }
    for sheet in workbook.sheets:
        if sheet.key != "figures":
            continue
        held = {(one.row, one.col): one.content for one in sheet.part.cells}
        periods = {col: text for (row, col), text in held.items() if row == PERIOD_ROW}
        for (row, col), content in held.items():
            place = (str(held.get((row, 0), "")), str(periods.get(col, "")))
            if row > PERIOD_ROW and col >= FIRST_COLUMN and place in named and _number(content):
                yield f"sheet {sheet.name}: {' '.join(place)}"


def _number(content: Content) -> bool:
    value = content.value if isinstance(content, Formula) else content
    return isinstance(value, (int, float))
