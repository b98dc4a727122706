"""Haringey's printed front page against ours: the report is the outside answer.

The workbook's own front sheet is read back, as its reader sees it; results.csv is held to it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.building import ROOT, Example
from workbook_builder.catalogue.words import YearToDate

DATA = ROOT / "tests" / "data" / "haringey"
MISSING = {"", "-"}

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


PRINTED = read(DATA / "front_page.csv")
CONCLUDED = read(DATA / "published_results.csv")


@pytest.fixture(scope="module")
def front(haringey: Example) -> dict[str, Row]:
    """Our front sheet by indicator: the text of each cell as its number format shows it."""
    sheet = openpyxl.load_workbook(haringey.built.workbook, data_only=True)["Summary"]
    rows = {}
    for row in sheet.iter_rows(min_col=1, max_col=12):
        code = row[11].value
        if code and code != "Indicator code":
            rows[str(code)] = {
                "this_period": shown(row[3]),
                "arrow": str(row[4].value or ""),
                "words": str(row[5].value or ""),
                "ytd": shown(row[6]),
                "target": shown(row[8]),
                "status": str(row[10].value or ""),
            }
    return rows


def shown(cell: object) -> str:
    """What a cell shows: its decimals by its number format, half up on 15 digits."""
    value, number_format = cell.value, cell.number_format  # type: ignore[attr-defined]
    if not isinstance(value, (int, float)):
        return str(value or "")
    suffix = "%" if number_format.endswith('"%"') else ""
    digits = number_format.removesuffix('"%"')
    if digits == "General":
        return f"{value:g}{suffix}"
    places = len(digits.partition(".")[2])
    return f"{plain_round(value, places)}{suffix}"


def plain_round(value: float, places: int) -> str:
    """Half away from zero by counting in whole units, on purpose not the product's own way."""
    scaled = float(f"{abs(value) * 10**places:.12g}")
    units = int(scaled) + (1 if scaled - int(scaled) >= 0.5 else 0)
    sign = "-" if value < 0 and units else ""
    text = f"{units:0{places + 1}d}"
    return f"{sign}{text}" if not places else f"{sign}{text[:-places]}.{text[-places:]}"


def same_figure(ours: str, printed: str) -> bool:
    """Equal as numbers with the same unit, or equal as texts: 11.40 is 11.4, 9% is not 9."""
    if ours.endswith("%") != printed.endswith("%"):
        return False
    try:
        return float(ours.rstrip("%")) == float(printed.rstrip("%"))
    except ValueError:
        return ours == printed


def compare(front: dict[str, Row], field: str, lines: list[Row]) -> list[str]:
    """The lines whose printed value is not what our front sheet shows."""
    return [
        f"{line['code']}: printed {line[field]!r}, ours {front[line['code']][field]!r}"
        for line in lines
        if not same_figure(front[line["code"]][field], line[field])
    ]


def test_every_line_of_the_printed_page_is_on_ours_in_its_order(front: dict[str, Row]) -> None:
    assert list(front) == [line["code"] for line in PRINTED]


def test_this_month(front: dict[str, Row]) -> None:
    lines = [line for line in PRINTED if line["this_period"]]
    different = compare(front, "this_period", lines)
    print(f"\nthis month: {len(lines) - len(different)} of {len(lines)} as printed")
    assert len(lines) == 55
    assert different == []


def test_year_to_date(front: dict[str, Row], haringey: Example) -> None:
    lines = [line for line in PRINTED if line["ytd"]]
    different = compare(front, "ytd", lines)
    rules = {line.code: line.indicator.year_to_date for line in haringey.scorecard.lines}
    fed = sum(1 for line in lines if rules[line["code"]] is YearToDate.PUBLISHED)
    print(
        f"\nyear to date: {len(lines) - len(different)} of {len(lines)} as printed, "
        f"{len(lines) - fed} computed and {fed} fed as published"
    )
    assert len(lines) == 54
    assert different == []
    assert len(lines) - fed >= 30


def test_the_fed_years_to_date_are_only_those_that_cannot_be_computed(haringey: Example) -> None:
    """A year to date that the report says is a sum or the latest month is never taken as given."""
    rules = {line.code: line.indicator.year_to_date for line in haringey.scorecard.lines}
    reproduced = {
        row["code"]
        for row in CONCLUDED
        if row["result_kind"] == "ytd" and row["reason"] == "reproduced"
    }
    assert {code for code in reproduced if rules[code] is YearToDate.PUBLISHED} == set()


def test_targets(front: dict[str, Row]) -> None:
    lines = [line for line in PRINTED if line["target"]]
    different = compare(front, "target", lines)
    print(f"\ntarget: {len(lines) - len(different)} of {len(lines)} as printed")
    assert len(lines) == 52
    assert different == []


def test_traffic_lights_as_shown(front: dict[str, Row]) -> None:
    lines = [line for line in PRINTED if line["traffic_light"]]
    different = [
        line["code"] for line in lines if front[line["code"]]["status"] != line["traffic_light"]
    ]
    assert len(lines) == 30
    assert different == []
    unlit = [line["code"] for line in PRINTED if not line["traffic_light"]]
    assert [code for code in unlit if front[code]["status"]] == []


def test_traffic_lights_by_the_rule_alone(haringey: Example) -> None:
    rule = {line.code: line.verdict.rule.value for line in haringey.scorecard.lines}
    lines = [line for line in PRINTED if line["traffic_light"]]
    against = {
        line["code"] for line in lines if rule[line["code"]] != line["traffic_light"].lower()
    }
    listed = {line.code for line in haringey.scorecard.contradictions}
    contradicted = {
        row["code"]
        for row in CONCLUDED
        if row["result_kind"] == "status" and row["consistent"] == "no"
    }
    print(f"\ntraffic lights: {len(lines) - len(against)} of {len(lines)} by the rule")
    print(f"by hand and against the rule: {', '.join(sorted(listed))}")
    assert len(lines) - len(against) == 27
    assert against == listed == contradicted


GLYPHS = {"↑": "▲", "↓": "▼", "→": "►"}


def test_arrows(front: dict[str, Row]) -> None:
    verdicts = {row["code"]: row for row in CONCLUDED if row["result_kind"] == "front_page_arrow"}
    as_printed = {
        code for code, row in verdicts.items() if front[code]["arrow"] == GLYPHS[row["value"]]
    }
    consistent = {code for code, row in verdicts.items() if row["consistent"] == "yes"}
    against = {code for code, row in verdicts.items() if row["reason"] == "contradicted"}
    untestable = {code for code, row in verdicts.items() if row["reason"] == "insufficient_data"}
    print(
        f"\narrows: {len(consistent & as_printed)} of {len(verdicts)} come out as printed, "
        f"{len(against)} contradict the printed figures, {len(untestable)} cannot be tested"
    )
    assert len(verdicts) == 54
    assert len(consistent) == 45
    assert consistent <= as_printed
    assert len(against) == 3
    assert len(untestable) == 6


def test_where_the_printed_arrow_is_wrong_ours_follows_the_figures(front: dict[str, Row]) -> None:
    for row in CONCLUDED:
        if row["result_kind"] == "front_page_arrow" and row["reason"] == "contradicted":
            assert front[row["code"]]["arrow"] == GLYPHS[row["recomputed"]], row["code"]


def test_no_arrow_without_its_meaning_in_words(front: dict[str, Row]) -> None:
    for code, row in front.items():
        assert bool(row["arrow"]) == bool(row["words"]), code
        if row["arrow"]:
            assert any(
                word in row["words"] for word in ("better", "worse", "neutral", "no change")
            ), code


def test_results_csv_says_the_same_as_the_front_sheet(
    front: dict[str, Row], haringey: Example
) -> None:
    results = read(haringey.built.results)
    lights = {row["indicator"]: row["rag"] for row in results if row["rag"]}
    for code, row in front.items():
        word = row["status"].lower()
        expected = word if word in ("red", "amber", "green") else "none"
        assert lights.get(code, "none") == expected, code


def test_every_brought_forward_figure_was_fed(haringey: Example) -> None:
    fed = {
        (figure.indicator, figure.value)
        for figure in haringey.scorecard.extracts.figures
        if figure.period.kind.value == "range"
    }
    derived = {
        (row["code"], float(row["value"]))
        for row in read(DATA / "derived.csv")
        if row["period"] == "2013-04..2013-08"
    }
    assert fed == derived


def test_nothing_derived_was_fed(haringey: Example) -> None:
    """Net change and total adoptions come out of their parts in every printed period."""
    computed = {line.code for line in haringey.scorecard.lines if line.indicator.computed}
    assert computed == {"cic-net-p9", "adoptions-and-sgos-p13"}
    fed = {figure.indicator for figure in haringey.scorecard.extracts.figures}
    assert fed.isdisjoint(computed)
    checks = [row for row in CONCLUDED if row["result_kind"] in ("net", "total")]
    assert len(checks) == 14
    results = {
        (row["indicator"], row["period_kind"], row["period"]): row["value"]
        for row in read(haringey.built.results)
        if not row["breakdown"]
    }
    for row in checks:
        ours = results[row["code"], row["period_kind"], row["period"]]
        assert float(ours) == float(row["value"]), row
