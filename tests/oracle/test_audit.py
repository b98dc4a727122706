"""The audit against two published reports, whose conclusions were worked through by hand.

The hand-made columns say of each conclusion whether the printed figures reproduce it (yes),
contradict it, or do not suffice. The program never reads them; here they are the outside answer.
"""

from __future__ import annotations

import contextlib
import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import ROOT, TEMPLATES, copy_template
from workbook_builder import app

DATA = ROOT / "tests" / "data"
ANSWERS = ("consistent", "reason", "rule", "recomputed")

# Where we find another figure than the hand-made answer, and why we stand by ours.
OTHERWISE = {
    # The answer reads "low is good" (Green) and says itself that a figure that should be near its
    # target would be Red; the report's own indicator is "to target", and so is the catalogue's.
    ("cp-rate-p6", "status", "Green"): "Red",
}

Row = dict[str, str]


@dataclass(frozen=True)
class Checked:
    """One conclusion: what was worked out by hand, and what the audit says."""

    row: Row
    verdict: str
    ours: str
    rule: str
    missing: str

    @property
    def expected(self) -> str:
        if self.row["consistent"] == "yes":
            return "agrees"
        return "contradicts" if self.row["reason"] == "contradicted" else "cannot be tested"


def published(name: str) -> list[Row]:
    with (DATA / name / "published_results.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def audited(name: str) -> list[Checked]:
    done = app.audit(TEMPLATES / name, DATA / name / "published_results.csv")
    rows = published(name)
    assert len(rows) == len(done.rows)
    return [Checked(row, *ours[6:]) for row, ours in zip(rows, done.rows, strict=True)]


@pytest.fixture(scope="module", params=["calderdale", "haringey"])
def report(request: pytest.FixtureRequest) -> tuple[str, list[Checked]]:
    return request.param, audited(request.param)


EXPECTED = {
    "calderdale": {"agrees": 107, "contradicts": 13, "cannot be tested": 6},
    "haringey": {"agrees": 388, "contradicts": 19, "cannot be tested": 44},
}


def test_every_conclusion_comes_out_as_worked_through(report: tuple[str, list[Checked]]) -> None:
    name, checked = report
    different = [one for one in checked if one.verdict != one.expected]
    counts = Counter(one.verdict for one in checked)
    print(f"\n{name}: {len(checked) - len(different)} of {len(checked)} as worked through by hand;")
    print("  " + ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
    assert different == []
    assert counts == EXPECTED[name]


def test_what_contradicts_gives_the_right_figure(report: tuple[str, list[Checked]]) -> None:
    name, checked = report
    against = [one for one in checked if one.verdict == "contradicts"]
    different = []
    for one in against:
        row = one.row
        found = one.ours.split()[-1].rstrip("%")
        wanted = row["recomputed"].rstrip("%")
        wanted = OTHERWISE.get((row["code"], row["result_kind"], wanted), wanted)
        same = found == wanted
        with contextlib.suppress(ValueError):
            same = same or float(found) == float(wanted)
        if not same:
            different.append((row["code"], row["result_kind"], row["period"], one.ours, wanted))
    print(f"\n{name}: {len(against) - len(different)} of {len(against)} with the same figure")
    assert different == []


def test_every_answer_says_why(report: tuple[str, list[Checked]]) -> None:
    for one in report[1]:
        if one.verdict == "cannot be tested":
            assert one.missing, one
            assert not one.ours, one
        else:
            assert one.ours, one
            assert one.rule, one
            assert not one.missing, one


def test_the_figures_in_calderdales_reasons() -> None:
    """The all-months column counts February above the line and not below: 940, not 873."""
    checked = audited("calderdale")
    bands = [one for one in checked if one.row["period_kind"] == "range" and one.row["breakdown"]]
    assert len(bands) == 11
    for one in bands:
        over = one.row["rule"].split("= ")[1].split("/")[0]
        assert f"{over} out of 940" in one.rule, one


@pytest.mark.parametrize("name", ["calderdale", "haringey"])
def test_the_answers_in_the_table_are_never_read(name: str, tmp_path: Path) -> None:
    rows = published(name)
    scrambled, bare = tmp_path / "scrambled.csv", tmp_path / "bare.csv"
    columns = list(rows[0])
    with scrambled.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows({**row, **dict.fromkeys(ANSWERS, "nonsense")} for row in rows)
    with bare.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [one for one in columns if one not in ANSWERS])
        writer.writeheader()
        writer.writerows({key: row[key] for key in columns if key not in ANSWERS} for row in rows)
    ours = [tuple(one) for one in app.audit(TEMPLATES / name, scrambled).rows]
    assert ours == [tuple(one) for one in app.audit(TEMPLATES / name, bare).rows]
    assert ours == [
        tuple(one)
        for one in app.audit(TEMPLATES / name, DATA / name / "published_results.csv").rows
    ]


def test_a_status_set_by_hand_does_not_sway_the_audit(tmp_path: Path) -> None:
    """What the report says may be in overrides.csv already; the rule alone is asked."""
    folder = copy_template("haringey", tmp_path / "folder")
    (folder / "overrides.csv").unlink()
    against = DATA / "haringey" / "published_results.csv"
    assert app.audit(folder, against).rows == app.audit(TEMPLATES / "haringey", against).rows


def test_a_wrong_figure_is_found(tmp_path: Path) -> None:
    """Every numeric conclusion that agrees contradicts once its printed value is off by one."""
    rows = published("calderdale")
    numeric = ("ytd", "year_actual", "full_year", "total", "grand_total", "percentage")
    numeric += ("pct_change_on_last_year", "cumulative_pct_change", "cross_table_check")
    wrong = [row for row in rows if row["consistent"] == "yes" and row["result_kind"] in numeric]
    path = tmp_path / "wrong.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        for row in wrong:
            plain = row["value"].rstrip("%")
            places = len(plain.partition(".")[2])
            off = f"{float(plain) + 1:.{places}f}{'%' if row['value'].endswith('%') else ''}"
            writer.writerow(row | {"value": off})
    verdicts = Counter(row[6] for row in app.audit(TEMPLATES / "calderdale", path).rows)
    print(f"\nspoiled conclusions: {verdicts['contradicts']} of {len(wrong)} found")
    # A row that is empty in every month holds nothing to contradict a 1 with.
    assert verdicts == {"contradicts": len(wrong) - 1, "cannot be tested": 1}
