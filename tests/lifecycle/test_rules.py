"""Where figures may be added up and compared, which target is in force, whose a code is: tables."""

from __future__ import annotations

from typing import Any

import pytest

from workbook_builder.catalogue.lifecycle import (
    adds_up_from,
    broken,
    latest_break,
    out_of_use,
    with_breaks_of_parts,
)
from workbook_builder.catalogue.model import (
    Catalogue,
    Indicator,
    Population,
    Settings,
    Tab,
    Target,
)
from workbook_builder.catalogue.populations import estimate_for, versions_of
from workbook_builder.history.model import FigureRecord, TypedRecord
from workbook_builder.history.recoded import recoded
from workbook_builder.judgement.targets import agreed_targets, judging_targets, target_for
from workbook_builder.periods import FinancialYear, Month, Period

YEARS = FinancialYear()


def indicator(code: str = "x", **more: Any) -> Indicator:
    plain = {
        "code": code,
        "name": code,
        "theme": "t",
        "unit": "count",
        "polarity": "high",
        "period_type": "in month",
        "year_to_date": "sum",
    }
    return Indicator.model_validate(plain | more)


def breaking(*months: str, **more: Any) -> Indicator:
    return indicator(breaks=[{"period": month, "note": "n"} for month in months], **more)


def catalogue(*indicators: Indicator, **more: Any) -> Catalogue:
    settings = Settings(
        id="x", title="x", authority="x", report_month=Month(2014, 2), tab=(Tab(name="t"),)
    )
    return Catalogue(settings=settings, indicators=indicators, **more)


@pytest.mark.parametrize(
    ("first", "last", "breaks", "expected"),
    [
        ("2013-09", "2013-10", ("2013-10",), True),
        ("2013-10", "2013-11", ("2013-10",), False),
        ("2013-08", "2013-09", ("2013-10",), False),
        ("2013-04", "2014-03", ("2012-10", "2014-03"), True),
        ("2013-04", "2014-03", (), False),
    ],
)
def test_whether_a_series_is_broken(
    first: str, last: str, breaks: tuple[str, ...], expected: bool
) -> None:
    assert broken(breaking(*breaks), Month.parse(first), Month.parse(last)) is expected


@pytest.mark.parametrize(
    ("begins", "breaks", "month", "expected"),
    [
        (None, (), "2013-10", "2013-04"),
        ("2012-10", (), "2013-10", "2013-04"),
        ("2013-09", (), "2013-10", "2013-09"),
        ("2013-09", ("2013-10",), "2013-10", "2013-10"),
        (None, ("2013-06", "2013-10"), "2013-09", "2013-06"),
        # A break at the beginning of the year is none within it, and one to come is none yet.
        (None, ("2013-04",), "2013-10", "2013-04"),
        ("2013-12", ("2013-11",), "2013-10", "2013-04"),
    ],
)
def test_from_which_month_a_year_adds_up(
    begins: str | None, breaks: tuple[str, ...], month: str, expected: str
) -> None:
    one = breaking(*breaks, **({"from": begins} if begins else {}))
    start = Month(2013, 4)
    assert str(adds_up_from(one, start, Month.parse(month))) == expected


@pytest.mark.parametrize(
    ("kind", "breaks", "month", "expected"),
    [
        ("in month", ("2013-10",), "2013-09", None),
        ("in month", ("2013-10",), "2013-10", "2013-10"),
        ("in month", ("2012-04", "2013-10"), "2014-02", "2013-10"),
        ("in month", ("2012-04",), "2014-02", "2012-04"),
        ("in month", ("2012-03",), "2014-02", None),
        # A quarter that is not over does not say so yet.
        ("quarterly", ("2013-10",), "2013-11", None),
        ("quarterly", ("2013-11",), "2013-12", "2013-11"),
    ],
)
def test_how_long_a_new_series_is_named(
    kind: str, breaks: tuple[str, ...], month: str, expected: str | None
) -> None:
    found = latest_break(breaking(*breaks, period_type=kind), YEARS, Month.parse(month))
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.month(Month(2013, 8)), True),
        (Period.month(Month(2013, 9)), False),
        (Period.month(Month(2014, 1)), False),
        (Period.month(Month(2014, 2)), True),
        (YEARS.quarter(Month(2013, 6)), True),
        (YEARS.quarter(Month(2013, 9)), False),
        (YEARS.year(Month(2012, 6)), False),
    ],
)
def test_months_of_which_an_indicator_has_none(period: Period, expected: bool) -> None:
    one = indicator(**{"from": "2013-09", "to": "2014-01"})
    assert out_of_use(one, period) is expected


def test_what_is_computed_breaks_where_its_parts_do() -> None:
    count = breaking("2013-10", code="count", name="Count")
    whole = indicator("whole", plus=["count"], minus=["other"])
    rate = indicator("rate", rate_of="whole", population="p", unit="rate per 10,000")
    found = with_breaks_of_parts([rate, whole, indicator("other"), count])
    said = {one.code: [(str(b.period), b.note) for b in one.breaks] for one in found}
    assert said == {
        "rate": [("2013-10", "whole: Count: n")],
        "whole": [("2013-10", "Count: n")],
        "other": [],
        "count": [("2013-10", "n")],
    }


def target(first: str, last: str, value: float, status: str = "agreed", kind: str = "point") -> Any:
    fields = {"indicator": "x", "from": first, "to": last, "kind": kind, "value": value}
    return Target.model_validate(fields | {"status": status})


YEAR = ("2013-04", "2014-03")
VERSIONS = [
    target(*YEAR, 80, "superseded"),
    target("2013-07", "2014-03", 82, "superseded"),
    target("2013-10", "2014-03", 85),
    target("2014-04", "2015-03", 99, "draft"),
    target("2013-05", "2013-05", 70, "superseded", "monthly"),
    target("2013-11", "2013-11", 60, "superseded", "monthly"),
]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2013-04", 80),
        ("2013-05", 70),
        ("2013-06", 80),
        ("2013-07", 82),
        ("2013-09", 82),
        ("2013-10", 85),
        # What is agreed comes before a month's own target that was superseded.
        ("2013-11", 85),
        ("2014-03", 85),
        # A draft judges nothing.
        ("2014-04", None),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_which_version_of_a_target_is_in_force(
    month: str, expected: float | None, turned: bool
) -> None:
    held = catalogue(indicator(), targets=tuple(reversed(VERSIONS) if turned else VERSIONS))
    targets = judging_targets(held, "x")
    period = Period.month(Month.parse(month))
    found = target_for(targets, period, Month.parse(month), adds_up=False)
    assert (found.value if found else None) == expected


def test_a_year_to_date_is_held_against_the_version_of_the_report_month() -> None:
    targets = judging_targets(catalogue(indicator(), targets=tuple(VERSIONS)), "x")
    year = YEARS.full_year(Month(2013, 4))
    found = {
        str(month): target_for(targets, year, month, adds_up=True)
        for month in (Month(2013, 9), Month(2013, 10))
    }
    assert {month: one.value for month, one in found.items() if one} == {
        "2013-09": 82,
        "2013-10": 85,
    }


def test_what_stands_as_agreed_is_only_that() -> None:
    held = catalogue(indicator(), targets=tuple(VERSIONS))
    assert [one.value for one in agreed_targets(held, "x")] == [85]


def test_the_estimate_published_last_counts_whatever_its_row() -> None:
    def row(year: int, value: float, day: str | None = None) -> Population:
        fields = {"population": "p", "year": year, "value": value, "published_on": day}
        return Population.model_validate(fields)

    rows = [row(2012, 3, "2013-10-15"), row(2012, 1), row(2012, 2, "2013-06-26"), row(2011, 9)]
    for turned in (rows, rows[::-1]):
        held = catalogue(populations=tuple(turned))
        found = estimate_for(held, "p", Period.month(Month(2013, 9)))
        assert found is not None
        assert [one.value for one in versions_of(held, found)] == [3, 2, 1]
        before = estimate_for(held, "p", Period.month(Month(2012, 3)))
        assert before is not None
        assert before.value == 9
        assert estimate_for(held, "p", Period.month(Month(2011, 3))) is None


@pytest.mark.parametrize(
    ("codes", "remembered", "expected"),
    [
        ([("a", ())], [], {}),
        ([("b", ("a",))], [], {"a": "b"}),
        ([("c", ("b", "a"))], [], {"a": "c", "b": "c"}),
        # Only the last step is in the catalogue; the history has the one before.
        ([("c", ("b",))], [("a", "b")], {"a": "c", "b": "c"}),
        # The line was taken out again: the history still knows.
        ([("b", ())], [("a", "b")], {"a": "b"}),
        # There and back: what a code is now is nobody's earlier one.
        ([("a", ("b",))], [("a", "b")], {"b": "a"}),
        ([("a", ()), ("b", ())], [("a", "b"), ("b", "a")], {}),
        # A circle of codes that are all gone leads nowhere.
        ([("x", ())], [("a", "b"), ("b", "a")], {}),
        ([("x", ("a",))], [("a", "b"), ("b", "a")], {"a": "x", "b": "x"}),
    ],
)
def test_whose_code_it_is_now(
    codes: list[tuple[str, tuple[str, ...]]],
    remembered: list[tuple[str, str]],
    expected: dict[str, str],
) -> None:
    held = catalogue(*(indicator(code, replaces=olds) for code, olds in codes))
    assert dict(recoded(held, remembered).now) == expected


def test_figures_and_typing_under_their_present_codes() -> None:
    codes = recoded(catalogue(indicator("new", replaces="old")))

    def figure(code: str, value: float, month: str) -> FigureRecord:
        return FigureRecord(code, "", f"month {month}", value)

    held = [figure("old", 1, "2013-08"), figure("old", 2, "2013-09"), figure("new", 3, "2013-09")]
    found = [(one.indicator, one.period, one.value) for one in codes.figures(held)]
    assert found == [("new", "month 2013-08", 1), ("new", "month 2013-09", 3)]
    keys = ["old", "~old|years head", "old|target", "older", "my old", "old/1"]
    typed = [TypedRecord(key, "s", "2013-09", "note", "t") for key in keys]
    assert [one.key for one in codes.typed(typed)] == [
        "new",
        "~new|years head",
        "new|target",
        "older",
        "my old",
        "old/1",
    ]
