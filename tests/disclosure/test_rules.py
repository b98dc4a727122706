"""What is withheld, rule by rule, as docs/public.md tells it."""

from __future__ import annotations

import pytest

from tests.disclosure.tables import Row, catalogue, control, extracts, indicator, withheld
from workbook_builder.catalogue.model import Block, Override, Target
from workbook_builder.disclosure import Why, suppressed
from workbook_builder.disclosure.account import Unjudged
from workbook_builder.values import Symbol

APRIL, MAY, JUNE = "2024-04", "2024-05", "2024-06"
COUNT = indicator("n")
SHARE = indicator("share", "percent")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (0, None),
        (1, Why.PRIMARY),
        (5, Why.PRIMARY),
        (6, None),
        # As it is printed: part-time posts and places come in parts of a whole.
        (5.4, Why.PRIMARY),
        (0.4, Why.PRIMARY),
        (5.5, None),
        (Symbol.NOT_AVAILABLE, None),
        ("none yet", None),
        ("3 Missing 2 Absent", Why.TEXT),
    ],
)
def test_a_small_count_goes_and_a_nought_stays(value: float | str, why: Why | None) -> None:
    assert control(catalogue(COUNT), [("n", "", JUNE, value)]).get(("n", "", JUNE)) is why


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator", "why"),
    [
        ("percent", 20, 40, None),
        ("percent", 3, 40, Why.WITH_COUNT),
        ("percent", 3, 4, Why.WITH_COUNT),
        ("percent", 0, 4, Why.WITH_COUNT),
        ("percent", 37, 40, Why.COMPLEMENT),
        ("percent", 0, 40, None),
        ("percent", 40, 40, None),
        ("average", 3, 40, Why.WITH_COUNT),
        ("average", 40, 3, Why.WITH_COUNT),
        ("days", 3, 40, None),
        ("days", 300, 4, Why.WITH_COUNT),
        ("rate per 10,000", 4, 9000, Why.WITH_COUNT),
        ("rate per 10,000", 40, 9000, None),
        ("count", 4, 40, Why.WITH_COUNT),
    ],
)
def test_a_share_goes_with_its_counts(
    unit: str, numerator: float, denominator: float, why: Why | None
) -> None:
    rows: list[Row] = [("s", "", JUNE, numerator, denominator)]
    assert control(catalogue(indicator("s", unit)), rows).get(("s", "", JUNE)) is why


@pytest.mark.parametrize(
    ("unit", "breakdown", "value", "why"),
    [
        # Tables of counts beside a rate, which the catalogue does not tell from rates.
        ("rate per 10,000", "area=North", 3, Why.MAY_BE_COUNT),
        ("rate per 10,000", "area=North", 0, None),
        ("rate per 10,000", "area=North", 6, None),
        ("rate per 10,000", "area=North", 3.2, None),
        ("days", "area=North", 3, Why.MAY_BE_COUNT),
        ("average", "area=North", 5, Why.MAY_BE_COUNT),
        ("percent", "area=North", 3, None),
        # The figure of a whole indicator is what its unit says.
        ("rate per 10,000", "", 3, None),
    ],
)
def test_a_small_whole_number_of_a_group_may_be_a_count(
    unit: str, breakdown: str, value: float, why: Why | None
) -> None:
    shown = catalogue(indicator("s", unit), show_unjudged=True)
    found = control(shown, [("s", breakdown, JUNE, value)])
    assert found.get(("s", breakdown, JUNE)) is why


def test_the_limits_are_a_setting() -> None:
    rows: list[Row] = [("n", "", JUNE, 8), ("n", "", MAY, 11)]
    assert set(control(catalogue(COUNT, largest=9), rows)) == {("n", "", JUNE)}


def test_a_withheld_figure_loses_all_its_numbers() -> None:
    result = suppressed(catalogue(SHARE), extracts([("share", "", JUNE, 3, 40)]))
    figure = result.extracts.figures[0]
    said = (figure.value, figure.numerator, figure.denominator)
    assert said == (Symbol.CONFIDENTIAL, None, None)


@pytest.mark.parametrize(
    ("groups", "gone"),
    [
        # One small group could be worked out from the total: the smallest of the others goes.
        ({"A": 3, "B": 8, "C": 20}, {"A", "B"}),
        # Two protect each other.
        ({"A": 3, "B": 4, "C": 20}, {"A", "B"}),
        # Two of one child each: as neither is nought, the rest of 2 tells both.
        ({"A": 1, "B": 1, "C": 20}, {"A", "B", "C"}),
        # A nought stays, and so protects nobody.
        ({"A": 3, "B": 0, "C": 20}, {"A", "C"}),
        ({"A": 9, "B": 8, "C": 20}, set()),
    ],
)
def test_the_groups_of_a_total(groups: dict[str, int], gone: set[str]) -> None:
    rows: list[Row] = [("n", f"team={one}", JUNE, value) for one, value in groups.items()]
    rows.append(("n", "", JUNE, sum(groups.values())))
    found = control(catalogue(COUNT), rows)
    assert {breakdown for _, breakdown, _ in found} == {f"team={one}" for one in gone}


def test_groups_that_are_not_all_may_stay() -> None:
    rows: list[Row] = [("n", "", JUNE, 60), ("n", "a=A", JUNE, 3), ("n", "a=B", JUNE, 20)]
    assert set(control(catalogue(COUNT), rows)) == {("n", "a=A", JUNE)}


def test_a_cross_tab_needs_a_second_cell_in_each_row_and_column() -> None:
    table = {("x", "u"): 3, ("x", "v"): 9, ("x", "w"): 30}
    table |= {("y", "u"): 8, ("y", "v"): 7, ("y", "w"): 40}
    rows: list[Row] = [("n", f"a={a};b={b}", JUNE, n) for (a, b), n in table.items()]
    rows += [("n", f"a={a}", JUNE, sum(n for k, n in table.items() if k[0] == a)) for a in "xy"]
    rows += [("n", f"b={b}", JUNE, sum(n for k, n in table.items() if k[1] == b)) for b in "uvw"]
    rows.append(("n", "", JUNE, sum(table.values())))
    found = {breakdown for _, breakdown, _ in control(catalogue(COUNT), rows)}
    assert found == {"a=x;b=u", "a=x;b=v", "a=y;b=u", "a=y;b=v"}


def test_a_quarter_goes_rather_than_a_month_that_was_published_before() -> None:
    rows: list[Row] = [("n", "", APRIL, 8), ("n", "", MAY, 12), ("n", "", JUNE, 3)]
    found = control(catalogue(COUNT), [*rows, ("n", "", "2024/25-Q1", 23)])
    assert found == {("n", "", JUNE): Why.PRIMARY, ("n", "", "2024/25-Q1"): Why.SECONDARY}


def test_a_year_to_date_of_an_earlier_copy_is_reckoned_with() -> None:
    """June's extract no longer says that May's copy gave 12 to May; May's 4 went with it then."""
    rows: list[Row] = [("n", "", APRIL, 8), ("n", "", MAY, 4), ("n", "", JUNE, 30)]
    found = control(catalogue(COUNT), [*rows, ("n", "", "ytd 2024-06", 42)])
    assert found == {("n", "", MAY): Why.PRIMARY, ("n", "", "ytd 2024-06"): Why.SECONDARY}


def test_a_rolling_year_tells_a_month_to_who_knows_the_others() -> None:
    months = ["2023-07", "2023-08", "2023-09", "2023-10", "2023-11", "2023-12"]
    months += ["2024-01", "2024-02", "2024-03", APRIL, MAY, JUNE]
    rows: list[Row] = [("n", "", month, 10 + at) for at, month in enumerate(months[:-1])]
    rows += [("n", "", JUNE, 2), ("n", "", "rolling 2024-06", sum(range(10, 21)) + 2)]
    assert set(control(catalogue(COUNT), rows)) == {
        ("n", "", JUNE),
        ("n", "", "rolling_12m 2024-06"),
    }


def test_a_position_at_the_end_of_a_quarter_is_that_of_its_last_month() -> None:
    stock = indicator("n", period_type="month-end snapshot", year_to_date="latest")
    rows: list[Row] = [("n", "", JUNE, 4), ("n", "", "2024/25-Q1", 4)]
    assert set(control(catalogue(stock), rows)) == {("n", "", JUNE), ("n", "", "2024/25-Q1")}


def test_a_sum_of_indicators_gives_nothing_away() -> None:
    """The whole by team would tell the sum, and the sum its small part."""
    parts = (indicator("one"), indicator("two"), indicator("both", plus=("one", "two")))
    rows: list[Row] = [("one", "", JUNE, 3), ("two", "", JUNE, 20)]
    rows += [("both", "team=A", JUNE, 14), ("both", "team=B", JUNE, 9)]
    found = control(catalogue(*parts), rows)
    assert found[("one", "", JUNE)] is Why.PRIMARY
    assert len(found) == 2


@pytest.mark.parametrize(("may", "gone"), [(9, 1), (31, 0)])
def test_a_difference_is_a_count_until_it_falls_below_nought(may: int, gone: int) -> None:
    parts = (indicator("all"), indicator("some"), indicator("rest", minus=("some",), plus=("all",)))
    rows: list[Row] = [("all", "", MAY, 30), ("some", "", MAY, may)]
    rows += [("all", "", JUNE, 30), ("some", "", JUNE, 27)]
    assert len(control(catalogue(*parts), rows)) == gone


def test_a_denominator_that_is_another_indicators_count_goes_with_it() -> None:
    months = ["2024-02", "2024-03", APRIL, MAY, JUNE]
    counts = [30, 41, 28, 33, 4]
    rows: list[Row] = [("n", "", m, n) for m, n in zip(months, counts, strict=True)]
    rows += [("share", "", m, 0, n) for m, n in zip(months, counts, strict=True)]
    found = control(catalogue(COUNT, SHARE), rows)
    assert found == {("n", "", JUNE): Why.PRIMARY, ("share", "", JUNE): Why.WITH_COUNT}


def test_two_tables_with_the_same_totals_tell_on_each_other() -> None:
    """Method and outcome of the same contacts, by source, with nothing but the tables printed."""
    sources = {"P": (20, 30), "S": (11, 24), "H": (16, 12), "F": (3, 26)}
    rows: list[Row] = []
    for source, (one, other) in sources.items():
        rows += [("n", f"source={source};method=m", JUNE, one)]
        rows += [("n", f"source={source};method=w", JUNE, other)]
        rows += [("o", f"source={source};outcome=x", JUNE, one + other - 7)]
        rows += [("o", f"source={source};outcome=y", JUNE, 7)]
    found = control(catalogue(COUNT, indicator("o")), rows)
    assert found[("n", "source=F;method=m", JUNE)] is Why.PRIMARY
    assert len(found) == 2


def test_those_who_came_and_went_are_what_a_position_changed_by() -> None:
    stock = indicator("open", period_type="month-end snapshot", year_to_date="latest")
    months = ["2024-01", "2024-02", "2024-03", APRIL, MAY, JUNE]
    held, rows = 40, list[Row]()
    for month, came, went in zip(months, (9, 8, 12, 7, 9, 3), (6, 9, 7, 8, 10, 11), strict=True):
        held += came - went
        rows += [("open", "", month, held), ("came", "", month, came), ("went", "", month, went)]
    found = control(catalogue(stock, indicator("came"), indicator("went")), rows)
    assert found.pop(("came", "", JUNE)) is Why.PRIMARY
    assert list(found.values()) == [Why.SECONDARY]


def test_a_rate_beside_a_count_goes_with_it() -> None:
    both = indicator("n", rate_breakdown="measure=Rate")
    rows: list[Row] = [("n", "", JUNE, 4), ("n", "measure=Rate", JUNE, 4.4)]
    assert set(control(catalogue(both), rows)) == {("n", "", JUNE), ("n", "measure=Rate", JUNE)}


def test_a_printed_rate_tells_its_count_where_the_population_is_known() -> None:
    rate = indicator("r", "rate per 10,000", population="children")
    rows: list[Row] = [("r", "", JUNE, 4.0), ("r", "", MAY, 44.0)]
    assert set(control(catalogue(rate), rows)) == {("r", "", JUNE)}


def test_a_printed_percentage_tells_its_counts_where_its_months_have_them() -> None:
    """(10 + n) of (30 + 20) is 26.0% for n = 3 only."""
    rows: list[Row] = [("share", "", APRIL, 10, 30), ("share", "", MAY, 3, 20)]
    found = control(catalogue(SHARE, month=MAY), [*rows, ("share", "", "ytd 2024-05", 26.0)])
    assert ("share", "", MAY) in found
    assert ("n", "", MAY) not in found


def test_all_others_must_not_be_few() -> None:
    """The table shows A and B and puts C and D together: 1 and 3 are 4."""
    block = Block.model_validate(
        {"type": "breakdown", "indicators": ("n",), "by": "team", "groups": ("A", "B")}
    )
    rows: list[Row] = [("n", "", JUNE, 54), ("n", "team=A", JUNE, 20), ("n", "team=B", JUNE, 30)]
    rows += [("n", "team=C", JUNE, 1), ("n", "team=D", JUNE, 3)]
    found = {breakdown for _, breakdown, _ in control(catalogue(COUNT, blocks=[block]), rows)}
    assert found == {"team=A", "team=C", "team=D"}


def test_a_total_of_groups_is_still_shown_where_it_may_be() -> None:
    total = indicator("n", total_of="source")
    rows: list[Row] = [("n", "source=A", JUNE, 2), ("n", "source=B", JUNE, 4)]
    rows.append(("n", "source=C", JUNE, 50))
    result = suppressed(catalogue(total), extracts(rows))
    assert set(withheld(result)) == {("n", "source=A", JUNE), ("n", "source=B", JUNE)}
    assert [one.value for one in result.extracts.figures if not one.breakdown] == [56.0]


def test_a_figure_set_by_hand_is_judged_like_any_other() -> None:
    by_hand = Override.model_validate(
        {"indicator": "n", "period": JUNE, "what": "figure", "value": "3", "reason": "recount"}
    )
    rows: list[Row] = [("n", "", JUNE, 40)]
    result = suppressed(catalogue(COUNT, overrides=[by_hand]), extracts(rows))
    assert set(withheld(result)) == {("n", "", JUNE)}
    assert result.catalogue.overrides[0].value == "c"


def test_what_the_source_withholds_stays_unknown() -> None:
    rows: list[Row] = [("n", "", JUNE, 31), ("n", "a=A", JUNE, Symbol.CONFIDENTIAL)]
    rows += [("n", "a=B", JUNE, 8), ("n", "a=C", JUNE, 20)]
    assert set(control(catalogue(COUNT), rows)) == {("n", "a=B", JUNE)}


@pytest.mark.parametrize("unit", ["percent", "rate per 10,000", "average", "days"])
def test_what_cannot_be_judged_is_withheld(unit: str) -> None:
    """0.51% of 198 is one child, and the 198 stand in another row."""
    found = control(catalogue(indicator("s", unit)), [("s", "", JUNE, 0.51)])
    assert found == {("s", "", JUNE): Why.UNJUDGED}


def test_what_cannot_be_judged_may_be_shown_by_a_setting() -> None:
    rows: list[Row] = [("share", "", JUNE, 12.5), ("r", "", JUNE, 8.0)]
    shown = catalogue(SHARE, indicator("r", "rate per 10,000"), show_unjudged=True)
    account = suppressed(shown, extracts(rows)).account
    assert account.withheld == {}
    assert sorted(account.unjudged.values()) == [Unjudged.NO_POPULATION, Unjudged.NO_COUNTS]


def test_nothing_protects_what_nothing_tells() -> None:
    rows: list[Row] = [("n", "", JUNE, 3), ("n", "", MAY, 60), ("share", "", JUNE, 20, 40)]
    assert set(control(catalogue(COUNT, SHARE), rows)) == {("n", "", JUNE)}


def test_groups_of_which_one_calls_itself_the_whole() -> None:
    """Nobody declares that they add up, and every reader sees it."""
    rows: list[Row] = [
        ("n", "measure=all step downs", JUNE, 58),
        ("n", "measure=from assessment", JUNE, 22),
        ("n", "measure=from plans", JUNE, 32),
        ("n", "measure=from elsewhere", JUNE, 4),
    ]
    found = control(catalogue(COUNT), rows)
    assert found[("n", "measure=from elsewhere", JUNE)] is Why.PRIMARY
    assert [why for why in found.values() if why is Why.SECONDARY] == [Why.SECONDARY]
    rows[0] = ("n", "measure=all step downs", JUNE, 60)
    assert set(control(catalogue(COUNT), rows)) == {("n", "measure=from elsewhere", JUNE)}


@pytest.mark.parametrize(
    ("target", "kind", "words"),
    [
        ({"kind": "point", "value": 9.0, "baseline_words": "4 (June)"}, "point", "[c]"),
        ({"kind": "point", "value": 9.0}, "point", ""),
        # Each month on the way from the baseline would tell it.
        ({"kind": "milestone", "value": 9.0, "baseline": 4.0}, "words", "[c]"),
        ({"kind": "milestone", "value": 9.0}, "milestone", ""),
    ],
)
def test_a_baseline_tells_no_figure_that_is_withheld(
    target: dict[str, object], kind: str, words: str
) -> None:
    held = Target.model_validate({"indicator": "n", "from": APRIL, "to": "2025-03", **target})
    plain = catalogue(COUNT).model_copy(update={"targets": (held,)})
    made = suppressed(plain, extracts([("n", "", APRIL, 4), ("n", "", JUNE, 40)]))
    (public,) = made.catalogue.targets
    assert (public.kind, public.baseline, public.baseline_words) == (kind, None, words)
    whole = suppressed(plain, extracts([("n", "", APRIL, 14), ("n", "", JUNE, 40)]))
    assert whole.catalogue.targets == (held,)
