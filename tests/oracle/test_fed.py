"""Every printed figure stands in the scorecard: the councils' reports are the outside answer.

Each row of a report's values.csv is fed, that is in the series table as it was read, or computed
there from other figures, or one of those sums that only a block of the workbook forms.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.building import ROOT, TEMPLATES, compute
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.measures.series import Point, SeriesKey
from workbook_builder.periods import FinancialYear, Kind, Month, Period
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import Symbol, number

Row = dict[str, str]
YEARS = FinancialYear()


@dataclass(frozen=True)
class Report:
    """One council's printed figures: how many there are, and how its words are put in ours.

    `breakdowns` and `periods` say what stands in their place here; `last_week` is the Monday of
    the highest numbered week; `sums` are figures that nothing feeds: the sum of their breakdowns.
    """

    name: str
    rows: int
    computed: int
    breakdowns: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, Period] = field(default_factory=dict)
    last_week: tuple[int, dt.date] = (0, dt.date(2000, 1, 3))
    sums: frozenset[str] = frozenset()


REPORTS = (
    Report(
        "herefordshire",
        rows=172,
        computed=6,
        breakdowns={"measure=Rate per 10,000 (YTD)": "measure=Rate per 10,000"},
        periods={
            "2014": Period.between(Month(2014, 1), Month(2014, 8)),
            "2013-Q4": YEARS.quarter(Month(2014, 1)),
            "2012-Q4": YEARS.quarter(Month(2013, 1)),
            "2013-Q1": YEARS.quarter(Month(2013, 4)),
            "2012-Q1": YEARS.quarter(Month(2012, 4)),
        },
    ),
    Report(
        "surrey",
        rows=777,
        computed=20,
        last_week=(18, dt.date(2017, 1, 23)),
        sums=frozenset({"2.1-mash-contacts-source-method", "2.2-mash-contacts-source-outcome"}),
    ),
)


@pytest.fixture(scope="module", params=REPORTS, ids=lambda report: report.name)
def report(request: pytest.FixtureRequest) -> Report:
    return request.param


@pytest.fixture(scope="module")
def scorecard(report: Report) -> Scorecard:
    return compute(TEMPLATES / report.name)


@pytest.fixture(scope="module")
def printed(report: Report) -> list[Row]:
    path = ROOT / "tests" / "data" / report.name / "values.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_printed_figure_is_there(
    report: Report, scorecard: Scorecard, printed: list[Row]
) -> None:
    found: Counter[str] = Counter()
    missing = []
    for row in printed:
        how = stands(report, scorecard, row)
        found[how or "not fed"] += 1
        if not how:
            missing.append(f"{row['code']} {row['breakdown']} {row['period']} {row['value_text']}")
    computed = found["computed"] + found["sum"]
    fed = found["fed"] + found["comparator"]
    print(
        f"\n{report.name}: {len(printed)} figures printed, {fed} fed "
        f"({found['comparator']} of them comparators), {computed} computed, {found['not fed']} not"
    )
    assert missing == []
    assert len(printed) == report.rows
    assert computed == report.computed


def test_nothing_is_fed_that_is_not_printed(
    report: Report, scorecard: Scorecard, printed: list[Row]
) -> None:
    known = {
        (row["code"], breakdown_of(report, row), period_of(report, scorecard, row))
        for row in printed
    }
    fed = {
        (key.indicator, key.breakdown, period)
        for key, points in scorecard.table.series.items()
        for period, point in points.items()
        if point.place is not None
    }
    assert fed - known == set()


def test_what_could_follow_from_other_figures_was_not_fed(
    report: Report, scorecard: Scorecard
) -> None:
    table = scorecard.table
    assert table.disagreements == ()
    fed = {figure.indicator for figure in scorecard.extracts.figures}
    assert fed.isdisjoint(line.code for line in scorecard.lines if line.indicator.computed)
    assert all(not table.points(code) for code in report.sums)


def stands(report: Report, scorecard: Scorecard, row: Row) -> str:
    """How a printed figure comes to stand in the scorecard; blank where it does not."""
    if row["period_kind"] == "average_3y":
        held = {
            (each.indicator, each.period): each.value
            for each in scorecard.catalogue.comparators
            if each.comparator == "three-year average"
        }
        return "comparator" if held.get((row["code"], row["period"])) == amount(row) else ""
    breakdown, period = breakdown_of(report, row), period_of(report, scorecard, row)
    if row["code"] in report.sums and not breakdown:
        return "sum" if total(scorecard, row["code"], period) == amount(row) else ""
    point = scorecard.table.points(row["code"], breakdown).get(period)
    if point is None:
        return ""
    if point.place is None or point.from_parts:
        return "computed" if rounds_to(point, row) else ""
    return "fed" if same(point, row) else ""


def total(scorecard: Scorecard, code: str, period: Period) -> float:
    """The sum of every cell of a cross-tab."""
    cells = [
        points[period].value
        for key, points in scorecard.table.series.items()
        if key.indicator == code and key.breakdown and period in points
    ]
    return sum(value for value in cells if isinstance(value, float))


def same(point: Point, row: Row) -> bool:
    """The same number as the seed reads, the same parts, or the same text as printed."""
    if row["value"]:
        alike = point.value == amount(row)
    elif isinstance(point.value, Symbol):
        alike = point.value.value == row["value_text"]
    else:
        alike = point.value == row["value_text"]
    parts = (point.numerator, point.denominator)
    given = tuple(
        float(row[part]) if row.get(part) else None for part in ("numerator", "denominator")
    )
    return alike and (given == (None, None) or parts == given)


def rounds_to(point: Point, row: Row) -> bool:
    """Whether a computed figure is the printed one, to the decimals that are printed."""
    shown = re.search(r"-?[\d,]+(\.\d+)?(?=%)|^-?[\d,]+(\.\d+)?$", row["value_text"])
    assert shown, row
    half = 0.5 * 10.0 ** -len(shown[0].partition(".")[2])
    value = number(point.value)
    return value is not None and abs(value - amount(row)) <= half + 1e-9


def amount(row: Row) -> float:
    return float(row["value"])


def breakdown_of(report: Report, row: Row) -> str:
    return report.breakdowns.get(row["breakdown"], row["breakdown"])


def period_of(report: Report, scorecard: Scorecard, row: Row) -> Period:
    """The period of a row as the scorecard finds it; a year to date of one month is that month."""
    kind, text = row["period_kind"], row["period"]
    if text in report.periods:
        return report.periods[text]
    if week := re.fullmatch(r"W(\d\d)", text):
        number, monday = report.last_week
        return Period.week(monday - dt.timedelta(weeks=number - int(week[1])))
    if span := re.fullmatch(r"(\d{4}-\d\d)(?:/|\.\.)(\d{4}-\d\d)", text):
        return Period.between(Month.parse(span[1]), Month.parse(span[2]))
    if quarter := re.fullmatch(r"(\d{4})/\d\d-Q([1-4])", text):
        return YEARS.quarter(Month(int(quarter[1]), 4).plus(3 * int(quarter[2]) - 3))
    if re.fullmatch(r"\d{4}/\d\d", text):
        return year_of(kind, Month(int(text[:4]), 4), scorecard.month)
    if re.fullmatch(r"\d{4}", text):
        return Period.calendar_year(int(text))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Period.snapshot(dt.date.fromisoformat(text))
    month = Month.parse(text)
    rolls = scorecard.catalogue.indicator(row["code"]).period_type is PeriodType.ROLLING
    return Period.rolling(month) if kind == "rolling_12m" and not rolls else Period.month(month)


def year_of(kind: str, first: Month, report_month: Month) -> Period:
    """A financial year; the year to date goes to the report month or to the end of its year."""
    if kind == "ytd":
        return YEARS.ytd(min(first.plus(11), report_month))
    return YEARS.full_year(first) if kind == "full_year" else YEARS.year(first)


def test_the_comparison_can_fail(report: Report, scorecard: Scorecard, printed: list[Row]) -> None:
    """A figure that is one off, a text for a number and another month are not found."""
    row = next(row for row in printed if row["value"] and stands(report, scorecard, row) == "fed")
    assert not stands(report, scorecard, row | {"value": str(amount(row) + 1)})
    assert not stands(report, scorecard, row | {"value": "", "value_text": "No Data"})
    assert not stands(report, scorecard, row | {"period": "2001-01", "period_kind": "month"})
    assert SeriesKey(row["code"]) in scorecard.table.series
    assert period_of(report, scorecard, row).kind in set(Kind)
