"""Small scorecards written as tables, for cases that read like the manual."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_builder.catalogue.model import (
    Block,
    Catalogue,
    Indicator,
    Override,
    Population,
    Settings,
    Tab,
)
from workbook_builder.disclosure import Suppression, Why, suppressed
from workbook_builder.errors import Place
from workbook_builder.extracts.headings import read_period
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.periods import FinancialYear, Month, Period
from workbook_builder.values import Value

# A row: indicator, breakdown, period, and a value or a numerator and a denominator.
Row = tuple[str, str, str, Value | None] | tuple[str, str, str, float, float]


def indicator(code: str, unit: str = "count", **more: object) -> Indicator:
    """An indicator that is counted by the month, unless told otherwise."""
    fields = {"code": code, "name": code, "theme": "Children", "unit": unit, "polarity": "neither"}
    fields |= {"period_type": "in month", "year_to_date": "published"}
    return Indicator.model_validate(fields | more)


def catalogue(
    *indicators: Indicator,
    month: str = "2024-06",
    blocks: Iterable[Block] = (),
    overrides: Iterable[Override] = (),
    **disclosure: int | bool,
) -> Catalogue:
    """A scorecard of these indicators."""
    grid = Block(type="grid", indicators=tuple(one.code for one in indicators))
    settings = Settings.model_validate(
        {
            "id": "small",
            "title": "Small",
            "authority": "Nowhere",
            "report_month": month,
            "disclosure": disclosure,
            "tab": (Tab(name="All", block=(grid, *blocks)),),
        }
    )
    people = Population(population="children", year=2023, value=10_000)
    return Catalogue(
        settings=settings,
        indicators=indicators,
        populations=(people,),
        overrides=tuple(overrides),
    )


def period(text: str) -> Period:
    """2024-04, 2024/25-Q1, or a year to date as "ytd 2024-05"."""
    years = FinancialYear()
    if text.startswith("ytd "):
        return years.ytd(Month.parse(text[4:]))
    if text.startswith("rolling "):
        return Period.rolling(Month.parse(text[8:]))
    return read_period(text, years)


def extracts(rows: Iterable[Row]) -> Extracts:
    """The figures of a table."""
    return Extracts(tuple(_figure(at, row) for at, row in enumerate(rows, start=1)))


def _figure(at: int, row: Row) -> Figure:
    place = Place("table.csv", row=at)
    if len(row) == 5:
        return Figure(row[0], row[1], period(row[2]), None, row[3], row[4], place)
    value = float(row[3]) if isinstance(row[3], int) else row[3]
    return Figure(row[0], row[1], period(row[2]), value, None, None, place)


def withheld(result: Suppression) -> dict[tuple[str, str, str], Why]:
    """What is withheld and why, by indicator, breakdown and period's text."""
    return {
        (code, breakdown, _text(when)): why
        for (code, breakdown, when), why in result.account.withheld.items()
    }


def _text(when: Period) -> str:
    return (
        f"{when.kind.value} {when.end}" if when.kind.value in ("ytd", "rolling_12m") else when.text
    )


def control(shown: Catalogue, rows: Iterable[Row]) -> dict[tuple[str, str, str], Why]:
    """What is withheld of a table."""
    return withheld(suppressed(shown, extracts(rows)))
