"""Kirklees' printed claims against ours: what its figures support we say with the same numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.building import ROOT, TEMPLATES, Example, build_example
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from workbook_builder.values import excel_round

DATA = ROOT / "tests" / "data" / "kirklees"
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


PRINTED = read(DATA / "published_results.csv")
VALUES = read(DATA / "values.csv")
CLAIMS = [row for row in PRINTED if row["result_kind"] == "trend_claim"]
FILED = [row for row in PRINTED if row["result_kind"] == "status"]


@pytest.fixture(scope="module")
def kirklees(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(TEMPLATES / "kirklees", tmp_path_factory.mktemp("kirklees"))


@pytest.fixture(scope="module")
def ours(kirklees: Example) -> list[Row]:
    return read(kirklees.built.workbook.with_name("highlights.csv"))


@pytest.fixture(scope="module")
def results(kirklees: Example) -> list[Row]:
    return read(kirklees.built.results)


def close(ours: str, printed: str) -> bool:
    """Equal to the printed decimals; a size is the same whichever way it is counted."""
    if not printed:
        return True
    if not ours:
        return False
    places = len(printed.partition(".")[2])
    return excel_round(float(ours), places) == float(printed)


def agrees(claim: Row, row: Row) -> bool:
    """Whether a row of ours says what a printed claim says, with all of its numbers."""
    same = all(claim[name] == row[name] for name in ("indicator", "breakdown", "period"))
    if not same:
        return False
    gap = row["difference"].lstrip("-")
    printed = claim["value"]
    said = close(row["value"], printed) or close(gap, printed) or close(row["numerator"], printed)
    return (
        said
        and close(row["numerator"], claim["numerator"])
        and row["reference_period"] in (claim["reference_period"], "")
        and close(row["reference_value"], claim["reference_value"])
        and close(row["difference"], claim["difference"])
    )


def supporting(claim: Row, ours: list[Row]) -> list[Row]:
    named = {**claim, "indicator": claim["code"]}
    if claim["claim_kind"] == "peak":
        # Of a peak the report prints no figure to hold it against; ours is held against now.
        named |= {"reference_period": "2017-06"}
        return [row for row in ours if row["claim"] == "peak" and agrees(named, row)]
    return [row for row in ours if agrees(named, row)]


def test_every_claim_that_the_figures_support_is_ours_too(ours: list[Row]) -> None:
    wanted = [claim for claim in CLAIMS if claim["consistent"] == "yes"]
    missing = [
        f"{claim['code']} {claim['breakdown']} {claim['claim_kind']} {claim['value_text']}"
        for claim in wanted
        if not supporting(claim, ours)
    ]
    print(f"\nclaims that the figures support: {len(wanted) - len(missing)} of {len(wanted)} ours")
    print(f"rows of highlights.csv: {len(ours)}")
    assert len(wanted) == 33
    assert missing == []


# What ours would have to claim, to assert what the report claims without printing its figures.
SAME_CLAIM = {
    "year_high": ("year_high",),
    "year_low": ("year_low",),
    "peak": ("peak",),
    "highest_since": ("highest_since",),
    "average_12m": ("average_12m",),
    "consistently_above": ("consistently_above",),
    "trend_direction": ("trend_direction",),
    "change_since_month": ("change_since_month", "count_change_since_month"),
}


def test_what_the_figures_cannot_show_is_not_claimed(ours: list[Row]) -> None:
    untestable = [claim for claim in CLAIMS if claim["consistent"] == "unverifiable"]
    asserted = [
        (claim["code"], row["text"])
        for claim in untestable
        for row in ours
        if row["claim"] in SAME_CLAIM[claim["claim_kind"]]
        and (row["indicator"], row["breakdown"]) == (claim["code"], claim["breakdown"])
        and (claim["claim_kind"] != "change_since_month"
             or row["reference_period"] == claim["reference_period"])
    ]  # fmt: skip
    print(f"\nclaims that cannot be tested: {len(untestable)}, asserted by ours: {len(asserted)}")
    assert len(untestable) == 19
    assert asserted == []


def test_contradicted_claims_come_out_our_way(ours: list[Row]) -> None:
    assert sum(1 for claim in CLAIMS if claim["consistent"] == "no") == 4

    def of(code: str, breakdown: str, kind: str) -> list[Row]:
        at = (code, breakdown, kind)
        return [row for row in ours if (row["indicator"], row["breakdown"], row["claim"]) == at]

    # "increasing monthly" and "steady increase": neither is.
    assert of("4.02.08", "duration=6-12 months", "trend_direction") == []
    assert of("4.07.04", "", "trend_direction") == []
    # 60 of 36 children; 67 of 665 are more than 10%.
    [unfit] = of("4.04.03", "outcome=positive", "count_in_brackets")
    assert (unfit["numerator"], unfit["denominator"], unfit["reference_value"]) == (
        "60", "36", "30",
    )  # fmt: skip
    [needed] = of("4.05.01", "", "number_needed")
    assert float(needed["numerator"]) + float(needed["difference"]) == 66


def test_where_the_report_and_ours_file_an_indicator(kirklees: Example, ours: list[Row]) -> None:
    """As printed where its own figures agree; the other way where they contradict it."""
    section = {(row["indicator"], row["breakdown"]): row["section"] for row in ours}
    as_printed = [
        row["code"] for row in FILED if section[row["code"], row["breakdown"]] == row["section"]
    ]
    otherwise = {
        (row["code"], row["breakdown"])
        for row in FILED
        if section[row["code"], row["breakdown"]] != row["section"]
    }
    contradicted = {(r["code"], r["breakdown"]) for r in FILED if r["consistent"] == "no"}
    by_hand = {one.indicator for one in kirklees.scorecard.catalogue.overrides}
    print(
        f"\nfiled as printed: {len(as_printed)} of {len(FILED)}, {len(by_hand)} of them by hand; "
        f"otherwise: {sorted(otherwise)}"
    )
    assert otherwise == contradicted
    assert len(as_printed) == len(FILED) - 3
    assert by_hand == {"4.05.02", "4.06.01"}


def test_every_printed_figure_is_in_the_results(results: list[Row]) -> None:
    held = {(r["indicator"], r["breakdown"], r["period"], r["period_kind"]): r for r in results}
    loose = {(r["indicator"], r["breakdown"], r["value"], r["numerator"]) for r in results}
    found = missing = 0
    for row in VALUES:
        kind = row["period_kind"].replace("snapshot_date", "month")
        exact = held.get((row["code"], row["breakdown"], row["period"], kind))
        if exact is None and row["period_kind"] == "rolling_12m":
            exact = held.get((row["code"], row["breakdown"], row["period"], "month"))
        texts = ("no approvals",)
        if exact is not None and row["value_text"] in texts:
            found += exact["shown"] == row["value_text"]
        elif exact is not None:
            found += close(exact["value"], row["value"]) and close(
                exact["numerator"], row["numerator"]
            )
        elif any(
            key[:2] == (row["code"], row["breakdown"]) and close(key[2], row["value"] or "x")
            for key in loose
        ):
            # Years to date and spans of years have another name for their period.
            found += 1
        else:
            missing += 1
            print("missing", row)
    print(f"\nprinted figures in results.csv: {found} of {len(VALUES)}")
    assert (found, missing) == (len(VALUES), 0)


def test_every_formula_recalculates_to_what_was_written(kirklees: Example, calc: Calc) -> None:
    result = compare(kirklees.built.workbook, calc)
    print(f"\nformula cells recalculated: {result.count}, different: {len(result.differences)}")
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 4000


def test_the_package_is_sound(kirklees: Example) -> None:
    assert audit(kirklees.built.workbook) == []
