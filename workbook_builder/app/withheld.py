"""The last look at a public copy: does it still say a number of a figure that is withheld?

Disclosure control takes the numbers out of the figures before anything is computed, so none ought
to come back. This looks all the same, at what the scorecard reports, at its results and at the
sheets, and says where it finds one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_builder.disclosure.account import Account
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
NO_LIGHT = ("", "unknown", "none")


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
