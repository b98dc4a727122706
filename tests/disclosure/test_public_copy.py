"""A withheld number is nowhere in what is built: scorecard, results, sheets, charts."""

from __future__ import annotations

import random

import pytest

from tests.building import TEMPLATES, compute, figures_of_lists
from tests.disclosure import tables
from tests.disclosure.attacking import attack, publish, secrets_out
from tests.disclosure.authorities import AGES, TEAMS
from tests.disclosure.tables import Row, indicator
from workbook_builder.app.withheld import still_told
from workbook_builder.catalogue.model import Block, Catalogue
from workbook_builder.disclosure import Suppression, Why, suppressed
from workbook_builder.extracts.model import Extracts, join
from workbook_builder.plan.model import Formula, Workbook
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.results import results_table
from workbook_builder.scorecard import Scorecard, build_scorecard

PUBLISHED = ("calderdale", "haringey", "herefordshire", "kirklees", "surrey")


def built(result: Suppression) -> tuple[Scorecard, Workbook]:
    scorecard = build_scorecard(result.catalogue, result.extracts)
    return scorecard, plan_workbook(scorecard)


@pytest.fixture(scope="module", params=PUBLISHED)
def template(request: pytest.FixtureRequest) -> Scorecard:
    return compute(TEMPLATES / request.param)


@pytest.mark.in_ci
def test_the_ready_scorecards_tell_nothing_withheld(template: Scorecard) -> None:
    edition = publish(template.catalogue, template.extracts)
    result = edition.suppression
    scorecard, workbook = built(result)
    assert result.account.withheld
    assert still_told(scorecard, results_table(scorecard), workbook, result.account) == ()
    assert secrets_out(edition, attack([[edition]])[0]) == []


@pytest.mark.slow
def test_the_scorecard_counted_from_lists_tells_nothing_withheld() -> None:
    folder = TEMPLATES / "annex_a"
    fed = compute(folder)
    edition = publish(fed.catalogue, join(fed.extracts, figures_of_lists(folder)))
    assert edition.suppression.account.unprotected == ()
    assert secrets_out(edition, attack([[edition]])[0]) == []
    plain = publish(edition.catalogue, edition.extracts, secondary=False)
    assert len(secrets_out(plain, attack([[plain]])[0])) > 100


def test_the_last_look_finds_what_is_told() -> None:
    """The same look at the scorecard as it is, before anything is withheld."""
    template = compute(TEMPLATES / "haringey")
    account = suppressed(template.catalogue, template.extracts).account
    found = still_told(template, results_table(template), plan_workbook(template), account)
    wheres = {one.partition(" ")[0].strip(":,") for one in found}
    assert wheres == {"scorecard", "results.csv", "sheet"}


def test_no_cell_or_chart_shows_a_withheld_number() -> None:
    """Every number has places of its own, so that it would be known again wherever it stood.

    But for denominators that are counts of other figures, which are shown.
    """
    shown, held = uneven()
    result = suppressed(shown, held)
    account = result.account
    assert {Why.PRIMARY, Why.SECONDARY, Why.WITH_COUNT} <= set(account.withheld.values())
    figures_withheld = [
        one
        for one in held.figures
        if (one.indicator, one.breakdown, one.period) in account.withheld
    ]
    given = [(one.value, one.numerator, one.denominator) for one in figures_withheld]
    secret = {round(number, 7) for row in given for number in row if isinstance(number, float)}
    plain = numbers(plan_workbook(build_scorecard(shown, held)))
    assert len(secret & plain) > 0.9 * len(secret)
    elsewhere = {
        round(number, 7)
        for one in result.extracts.figures
        for number in (one.value, one.numerator, one.denominator)
        if isinstance(number, float)
    }
    assert len(secret - elsewhere) > 0.7 * len(secret)
    assert not (secret - elsewhere) & numbers(built(result)[1])


def uneven() -> tuple[Catalogue, Extracts]:
    """A cross-tab with margins, months, a quarter and shares, of numbers such as 3.8126."""
    chance, codes = random.Random(7), (indicator("n"), indicator("share", "percent"))
    rows: list[Row] = []
    months = ("2024-04", "2024-05", "2024-06")
    leaf = {
        (team, age, month): chance.uniform(1, 25)
        for team in TEAMS
        for age in AGES
        for month in months
    }
    for month in (*months, "2024/25-Q1"):
        now = {key: value for key, value in leaf.items() if key[2] == month or "Q" in month}

        def total(now: dict[tuple[str, str, str], float] = now, **by: str) -> float:
            wanted = by.values()
            return sum(value for key, value in now.items() if all(one in key for one in wanted))

        rows.append(("n", "", month, total()))
        for team in TEAMS:
            rows.append(("n", f"team={team}", month, total(team=team)))
            rows.append(("share", f"team={team}", month, chance.uniform(0, 5), total(team=team)))
            rows += [("n", f"team={team};age={a}", month, total(team=team, age=a)) for a in AGES]
        rows += [("n", f"age={age}", month, total(age=age)) for age in AGES]
        rows.append(("share", "", month, chance.uniform(6, 9), total()))
    table = {"type": "crosstab", "indicators": ("n",), "rows": ("team",), "columns": "age"}
    groups = {"type": "breakdown", "indicators": ("n", "share"), "by": "team", "chart": "stacked"}
    panel = {"type": "charts", "indicators": ("n", "share")}
    blocks = [Block.model_validate(one) for one in (table | {"totals": "both"}, groups, panel)]
    return tables.catalogue(*codes, blocks=blocks), tables.extracts(rows)


def numbers(workbook: Workbook) -> set[float]:
    """Every number of every cell, on every sheet; charts draw cells."""
    contents = [one.content for sheet in workbook.sheets for one in sheet.part.cells]
    values = [one.value if isinstance(one, Formula) else one for one in contents]
    return {round(float(one), 7) for one in values if isinstance(one, (int, float))}


def test_no_arrow_starts_from_what_is_withheld(template: Scorecard) -> None:
    result = suppressed(template.catalogue, template.extracts)
    scorecard, _ = built(result)
    gone = {one for one in result.account.withheld if not one[1]}
    for line in scorecard.lines:
        if (line.code, "", line.period) in gone:
            assert line.movement.now_at != 0
