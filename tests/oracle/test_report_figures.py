"""Every figure that Calderdale, Herefordshire and Kirklees printed stands on a tab of the report.

A cell counts by its formula (the series and the period that it looks up), or for a figure that the
workbook works out itself by the heads that a reader goes by: the row's label and the column's head.
Surrey's and Haringey's figures have tests of their own.
"""

from __future__ import annotations

import calendar
import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import ROOT, TEMPLATES, compute
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.extracts.headings import read_period
from workbook_builder.measures.breakdowns import parts_of
from workbook_builder.periods import Kind, Month, Period
from workbook_builder.plan.keyed import row_keys
from workbook_builder.plan.layout import series_key_text
from workbook_builder.plan.model import Formula, Sheet
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import excel_round

Row = dict[str, str]
REPORTS = ("calderdale", "herefordshire", "kirklees")
ROLE = re.compile(r"\bat_([a-z]+_\d+|fy\d+_[mq]\d+|ytd|full_year)\b")
WHOLE_KEY = re.compile(r'MATCH\("((?:[^"]|"")+)",fig_key,0\)')
DATED = re.compile(r'MATCH\("((?:[^"]|"")+)",fig_period,0\)')
# What stands in the place of a printed breakdown or period here, as ORIGIN.md says.
BREAKDOWNS = {"measure=Rate per 10,000 (YTD)": "measure=Rate per 10,000"}
PERIODS = {
    ("kirklees", "2014/15-2016/17"): "2014-04..2017-03",
    ("herefordshire", "2014"): "2014-01..2014-08",
    ("herefordshire", "2013-Q4"): "2013/14-Q4",
    ("herefordshire", "2012-Q4"): "2012/13-Q4",
    ("herefordshire", "2013-Q1"): "2013/14-Q1",
    ("herefordshire", "2012-Q1"): "2012/13-Q1",
}
# Printed totals that the report's own cells contradict, with what those cells give: ours.
# 1.3.6 leaves February's children out of the base and not out of the bands (873 for 940), and 2.1.4
# is no mean of the months by any weights; 608.6 is printed with its decimals cut off.
CONTRADICTED = {
    ("1.3.6", "days=0"): 30.5,
    ("1.3.6", "days=1"): 15.1,
    ("1.3.6", "days=2"): 11.7,
    ("1.3.6", "days=3"): 7.4,
    ("1.3.6", "days=4"): 5.6,
    ("1.3.6", "days=5"): 4.4,
    ("1.3.6", "days=7"): 3.6,
    ("1.3.6", "days=8"): 3.2,
    ("1.3.6", "days=9"): 2.2,
    ("1.3.6", "days=10+"): 10.9,
    ("2.1.4", "provider=Calderdale;measure=Average days"): 648.9,
    ("2.1.4", "provider=Another agency;measure=Average days"): 608.6,
}


@dataclass(frozen=True)
class Shown:
    """One formula cell of a tab and what a reader sees around it."""

    code: str
    formula: str
    value: float | str
    label: str
    head: str
    heading: str


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    cells = [*sheet.part.cells, *(merge.cell for merge in sheet.part.merges)]
    return {
        (one.row, one.col): str(
            one.content.value if isinstance(one.content, Formula) else one.content or ""
        )
        for one in cells
    }


def shown_cells(sheet: Sheet) -> list[Shown]:
    """Every formula cell of a tab that shows a number or a text."""
    said, keys = texts(sheet), row_keys(sheet)
    styles = {(one.row, one.col): one.style for one in sheet.part.cells}
    codes = {
        one.row: one.content
        for one in sheet.part.cells
        if one.style == "helper" and isinstance(one.content, str) and one.col != sheet.key_col
    }
    found = []
    for one in [*sheet.part.cells, *(merge.cell for merge in sheet.part.merges)]:
        if not isinstance(one.content, Formula) or one.style.startswith(("helper", "head")):
            continue
        heads = [
            row
            for (row, col), style in styles.items()
            if col == one.col and row < one.row and style.startswith("head") and said[row, col]
        ]
        titles = [
            row
            for (row, col), style in styles.items()
            if col == 1 and row < one.row and style == "heading"
        ]
        key = keys.get(one.row, "").removeprefix("~").partition("|")[0]
        found.append(
            Shown(
                codes.get(one.row, "") or key,
                one.content.text,
                one.content.value,
                said.get((one.row, 1), ""),
                said[max(heads), one.col] if heads else "",
                said[max(titles), 1] if titles else "",
            )
        )
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_every_printed_figure_stands_on_a_tab(name: str) -> None:
    scorecard = compute(TEMPLATES / name)
    plan = plan_workbook(scorecard)
    cells = [one for s in plan.sheets if s.key.startswith("tab ") for one in shown_cells(s)]
    roles = _roles(plan.sheet("figures"))
    by_figure: dict[tuple[str, str], list[Shown]] = {}
    for one in cells:
        for about in _about(one, roles):
            by_figure.setdefault(about, []).append(one)
    counted: Counter[str] = Counter()
    missing = []
    for row in _printed(name):
        how = _stands(name, scorecard, row, by_figure, cells)
        counted[how or "not there"] += 1
        if not how:
            missing.append(f"{row['code']} {row['breakdown']} {row['period']} {row['value_text']}")
    print(f"\n{name}: {dict(counted)}")
    assert missing == [], (len(missing), missing)
    assert counted["looked up"] > 100


def _printed(name: str) -> list[Row]:
    path = Path(ROOT / "tests" / "data" / name / "values.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    # A cell printed empty is no figure.
    return [row for row in rows if row["value_text"]]


def _roles(figures: Sheet) -> dict[str, str]:
    """The key of the period that each role has, as the Figures sheet says it."""
    said = texts(figures)
    return {
        role.replace(" ", "_"): said[4, col]
        for (row, col), role in said.items()
        if row == 3 and col
    }


def _about(one: Shown, roles: dict[str, str]) -> set[tuple[str, str]]:
    """The series and periods that a cell looks up."""
    if "fig_value" not in one.formula:
        return set()
    keys = set(WHOLE_KEY.findall(one.formula)) or {one.code}
    periods = {roles[role] for role in ROLE.findall(one.formula) if role in roles}
    return {(key, period) for key in keys for period in periods | set(DATED.findall(one.formula))}


def _stands(
    name: str,
    scorecard: Scorecard,
    row: Row,
    by_figure: dict[tuple[str, str], list[Shown]],
    cells: list[Shown],
) -> str:
    """How a printed figure stands on a tab; blank where it does not."""
    period = _period(name, scorecard, row)
    breakdown = BREAKDOWNS.get(row["breakdown"], row["breakdown"])
    key = series_key_text(row["code"], breakdown)
    if any(_shows(one, row) for one in by_figure.get((key, period.key), [])):
        return "looked up"
    mine = [one for one in cells if one.code.partition("|")[0] == row["code"] and _shows(one, row)]
    if any(_headed(one, row, period) for one in mine):
        return "worked out"
    instead = CONTRADICTED.get((row["code"], row["breakdown"]))
    if instead is None or period.kind is Kind.MONTH:
        return ""
    as_computed = row | {"value": f"{instead}"}
    ours = [one for one in cells if one.code.partition("|")[0] == row["code"]]
    right = [one for one in ours if _shows(one, as_computed) and _headed(one, row, period)]
    return "worked out otherwise, as the report's own cells say" if right else ""


def _headed(one: Shown, row: Row, period: Period) -> bool:
    """Whether a reader finds the figure by label and head."""
    parts = parts_of(row["breakdown"])
    measure = parts.pop("measure", "")
    wanted = ": ".join(value for value in parts.values() if value != "Total") or "Total"
    columns = {period.label, period.end.label, calendar.month_abbr[period.end.month], measure}
    if period.kind in (Kind.YTD, Kind.FULL_YEAR):
        columns |= {f"{period.text} YTD", f"{period.text} full year", "Total"}
    if period.kind is Kind.RANGE:
        columns.add("Total")
    if measure.startswith("% occupied"):
        columns.add("% permanent")
    if measure.startswith(("% change", "Cumulative")):
        said = "Cumulative % change on last year" if "Cumul" in measure else "% change on last year"
        return one.label == said and one.head in columns
    return one.head in columns and (one.label == wanted or not parts)


def _shows(one: Shown, row: Row) -> bool:
    """Whether a cell shows the printed number at the printed decimals, or the printed text."""
    if one.value == row["value_text"]:
        return True
    if not row["value"] and row.get("numerator"):
        over, under = float(row["numerator"]), number_or_none(row["denominator"])
        share = (
            isinstance(one.value, float)
            and under
            and excel_round(one.value - 100 * over / under, 9)
        )
        said = {f"({over:g})", row["value_text"]}
        return one.value in said or share == 0
    if not row["value"]:
        return isinstance(one.value, str) and one.value.casefold() == row["value_text"].casefold()
    if not isinstance(one.value, float):
        return False
    printed = re.search(r"-?[\d,]*\.?(\d*)", row["value"])
    decimals = len(printed[1]) if printed else 0
    return excel_round(one.value, decimals) == excel_round(float(row["value"]), decimals)


def number_or_none(text: str) -> float | None:
    return float(text) if text else None


def _period(name: str, scorecard: Scorecard, row: Row) -> Period:
    kind, text = row["period_kind"], PERIODS.get((name, row["period"]), row["period"])
    years = scorecard.catalogue.settings.years
    rolls = scorecard.catalogue.indicator(row["code"]).period_type is PeriodType.ROLLING
    if re.fullmatch(r"\d{4}-\d\d", text) and (
        rolls or kind != "rolling_12m" or row["breakdown"] == ""
    ):
        return Period.month(Month.parse(text))
    if kind == "rolling_12m":
        return Period.rolling(Month.parse(text))
    if kind == "ytd" and "-Q" in text:
        return years.ytd(read_period(text, years).end)
    if kind == "year" and (span := re.fullmatch(r"(\d{4}-\d\d)/(\d{4}-\d\d)", text)):
        return Period.rolling(Month.parse(span[2]))
    if span := re.fullmatch(r"(\d{4}-\d\d)(?:/|\.\.)(\d{4}-\d\d)", text):
        return Period.between(Month.parse(span[1]), Month.parse(span[2]))
    if "-Q" not in text and kind in ("ytd", "full_year"):
        found = read_period(f"{text} {'YTD' if kind == 'ytd' else 'full year'}", years)
        return years.ytd(min(found.end, scorecard.month)) if kind == "ytd" else found
    return read_period(f"snapshot {text}" if kind == "snapshot_date" else text, years)
