"""The same scorecard in March and in April: what a new financial year changes and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import Example, build_example, copy_template
from tests.oracles.calc import Calc, compare
from workbook_builder.values import is_number

pytestmark = pytest.mark.in_ci

LATER = """\
indicator,period,value
contacts-p4,2014-03,500
contacts-p4,2014-04,450
contacts-p4,2013/14,5681
cp-plans-p6,2014-03,190
cp-plans-p6,2014-04,195
cp-plans-p6,2013/14,190
cp-visits-p8,2014-03,97%
cp-visits-p8,2014-04,94%
sw-vacancy-p14,Q4 2013/14,16%
sick-days-p14,2013/14,8.8
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Haringey with invented figures for two more months."""
    folder = copy_template("haringey", tmp_path_factory.mktemp("year") / "haringey")
    (folder / "extracts" / "later.csv").write_text(LATER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def march(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(folder, tmp_path_factory.mktemp("march"), "2014-03")


@pytest.fixture(scope="module")
def april(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(folder, tmp_path_factory.mktemp("april"), "2014-04")


def front(example: Example, calc: Calc, code: str) -> dict[str, object]:
    """A line of the front sheet as recalculated, by its heading."""
    with calc.open(example.built.workbook) as book:
        values = book.values("Summary")
    heads = {
        str(value): col
        for (row, col), value in values.items()
        if (row, 11) in values and values[row, 11] == "Indicator code" and value
    }
    line = next(row for (row, col), value in values.items() if col == 11 and value == code)
    return {head: values.get((line, col)) for head, col in heads.items()}


def tab_heads(example: Example, calc: Calc, tab: str) -> list[str]:
    with calc.open(example.built.workbook) as book:
        values = book.values(tab)
    row = next(row for (row, _), value in sorted(values.items()) if value == "Indicator")
    return [str(v) for (r, c), v in sorted(values.items()) if r == row and 2 <= c <= 8]


def test_the_year_to_date_runs_to_march_and_restarts_in_april(
    march: Example, april: Example, calc: Calc
) -> None:
    assert front(march, calc, "contacts-p4")["2013/14 YTD"] == 5681
    assert front(april, calc, "contacts-p4")["2014/15 YTD"] == 450
    assert front(march, calc, "cp-plans-p6")["2013/14 YTD"] == 190
    assert front(april, calc, "cp-plans-p6")["2014/15 YTD"] == 195


def test_last_years_column_shifts(march: Example, april: Example, calc: Calc) -> None:
    tab = "Contacts and assessments"
    assert tab_heads(march, calc, tab)[0] == "2012/13"
    assert tab_heads(april, calc, tab)[0] == "2013/14"
    assert tab_heads(april, calc, tab)[1:] == [
        "Nov-13",
        "Dec-13",
        "Jan-14",
        "Feb-14",
        "Mar-14",
        "Apr-14",
    ]
    with calc.open(april.built.workbook) as book:
        values = book.values(tab)
    row = next(r for (r, _), value in values.items() if value == "The number of contacts received")
    assert values[row, 2] == 5681


def test_the_month_before_april_is_march(april: Example, calc: Calc) -> None:
    line = front(april, calc, "contacts-p4")
    assert line["Direction of travel"] == "down, neutral"
    assert april.scorecard.line("contacts-p4").movement.before == 500


def test_last_years_target_judges_march_and_not_april(
    march: Example, april: Example, calc: Calc
) -> None:
    last = front(march, calc, "cp-visits-p8")
    assert (last["Target"], last["Traffic light"]) == (95, "Green")
    new = front(april, calc, "cp-visits-p8")
    assert (new["Target"], new["Traffic light"]) == ("no target yet", "")


def test_an_indicator_that_never_has_a_target_shows_a_dash(april: Example, calc: Calc) -> None:
    assert front(april, calc, "contacts-p4")["Target"] == "-"


def test_statuses_by_hand_were_for_february_only(march: Example) -> None:
    assert march.scorecard.contradictions == ()


def test_the_last_full_quarter_in_april_belongs_to_the_year_before(
    april: Example, calc: Calc
) -> None:
    """Q4 is the latest figure, but there is no quarter of the new year to make a year to date."""
    line = april.scorecard.line("sw-vacancy-p14")
    assert line.period.text == "2013/14-Q4"
    assert line.movement.words == "no change" or line.movement.before == 17
    with calc.open(april.built.workbook) as book:
        values = book.values("Summary")
    row = next(r for (r, c), value in values.items() if c == 11 and value == "sw-vacancy-p14")
    assert (values[row, 3], values[row, 6]) == (16, "[x]")


@pytest.mark.parametrize("month", ["2013-03", "2013-04", "2013-09", "2014-03", "2014-04"])
def test_every_formula_agrees_in_every_month(
    folder: Path, calc: Calc, tmp_path: Path, month: str
) -> None:
    """Months with hardly any figures too: nothing may turn into a 0 or an error."""
    built = build_example(folder, tmp_path, month).built
    result = compare(built.workbook, calc)
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 3900


@pytest.mark.parametrize(
    ("month", "value", "note"),
    [("2014-02", 14.0, ""), ("2014-03", 13.9, ""), ("2014-04", None, "")],
)
def test_each_months_file_has_its_own_published_year_to_date(
    calc: Calc, tmp_path: Path, month: str, value: float | None, note: str
) -> None:
    """February's and March's files stand side by side, both with a column "2013/14 YTD"."""
    folder = copy_template("haringey", tmp_path / "haringey")
    march = "indicator,Mar-14,2013/14 YTD\nre-referrals-p4,12%,13.9%\n"
    (folder / "extracts" / "march.csv").write_text(march, encoding="utf-8")
    built = build_example(folder, tmp_path / "out", month)
    year = built.scorecard.line("re-referrals-p4").year
    assert (year.value if isinstance(year.value, float) else None, year.note) == (value, note)
    other = built.scorecard.line("leavers-eet-19-p12").year
    assert other.note == ("to Feb-14" if month == "2014-03" else "")
    assert compare(built.built.workbook, calc).differences == []


FULL_YEARS = [("1.1.1", 48.1), ("2.1.1", None)]


@pytest.fixture(scope="module")
def year_end(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Calderdale at the end of its year, March missing for one of two indicators."""
    folder = copy_template("calderdale", tmp_path_factory.mktemp("end") / "calderdale")
    figures = folder / "extracts" / "figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    late = [f"{code},,2014-03," for code, year in FULL_YEARS if year is None]
    kept = [line for line in lines if not line.startswith(tuple(late))]
    assert len(lines) - len(kept) == len(late)
    figures.write_text("".join(kept), encoding="utf-8")
    return build_example(folder, tmp_path_factory.mktemp("ended"), "2014-03")


@pytest.mark.parametrize(("code", "full_year"), FULL_YEARS)
def test_a_year_that_leaves_out_its_last_month_is_no_full_year(
    year_end: Example, calc: Calc, code: str, full_year: float | None
) -> None:
    """It stands as the year to date with the month it goes to, and nowhere as the year."""
    with calc.open(year_end.built.workbook) as book:
        values = book.values(code)
    row, col = next(at for at, value in values.items() if value == "2013/14 full year")
    assert (values.get((row + 1, col)) or None) == full_year
    assert is_number(values[row + 1, col - 1])
    whole = [
        one.point.value
        for one in year_end.scorecard.figures()
        if (one.series.indicator, one.series.breakdown) == (code, "")
        and one.period.key == "full_year 2013/14"
    ]
    assert whole == ([] if full_year is None else [full_year])


def test_python_says_the_same_of_ended_years(year_end: Example, calc: Calc) -> None:
    result = compare(year_end.built.workbook, calc)
    assert result.count > 1000
    assert [str(one) for one in result.differences] == []


def test_a_year_with_a_withheld_month_is_withheld(tmp_path: Path, calc: Calc) -> None:
    """Last year's contacts are nowhere given as a whole, and one of their months is [c]."""
    folder = copy_template("haringey", tmp_path / "haringey")
    later = [line for line in LATER.splitlines() if not line.startswith("contacts-p4,2013/14")]
    (folder / "extracts" / "later.csv").write_text("\n".join(later) + "\n", encoding="utf-8")
    settings = folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    grid = 'type = "grid"'
    assert grid in text
    settings.write_text(text.replace(grid, f"{grid}\nyear_from_months = true"), encoding="utf-8")
    figures = folder / "extracts" / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    assert "contacts-p4,,2013-10,,,561" in text
    hidden = text.replace("contacts-p4,,2013-10,,,561", "contacts-p4,,2013-10,,,[c]")
    figures.write_text(hidden, encoding="utf-8")
    made = build_example(folder, tmp_path / "out", "2014-04")
    with calc.open(made.built.workbook) as book:
        values = book.values("Contacts and assessments")
    row = next(r for (r, _), value in values.items() if value == "The number of contacts received")
    assert values[row, 2] == "[c]"
    assert [str(one) for one in compare(made.built.workbook, calc).differences] == []
