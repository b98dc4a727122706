"""What breakdown tables, grids with England and years of months, and longer charts show.

The expected figures are worked out here from the lines of the extract, without anything of ours.
"""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.building import ROOT, Example, build_example, compute
from workbook_builder import app
from workbook_builder.plan.breakdown import groups_of
from workbook_builder.plan.structure import sheet_digests
from workbook_builder.plan.workbook import plan_workbook

MIXED = ROOT / "tests" / "data" / "mixed"
YEAR = [f"2023-{month:02d}" for month in range(4, 13)] + [f"2024-{m:02d}" for m in (1, 2, 3)]
SHOWN = [f"2024-{month:02d}" for month in range(1, 7)]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(MIXED, tmp_path_factory.mktemp("breakdown"))


@pytest.fixture(scope="module")
def sheet(mixed: Example) -> Worksheet:
    return openpyxl.load_workbook(mixed.built.workbook, data_only=True)["Cases"]


def held() -> dict[tuple[str, str, str], dict[str, str]]:
    """The lines of the extract by indicator, breakdown and month."""
    path = MIXED / "extracts" / "teams.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {(r["indicator"], r["breakdown"], r["period"]): r for r in csv.DictReader(stream)}


def table(sheet: Worksheet, heading: str) -> dict[str, list[object]]:
    """The rows of a table under its heading by their label, as far as the first empty row."""
    rows = [[cell.value for cell in row[1:13]] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == heading)
    found = {}
    for row in rows[start + 1 :]:
        if row[0] is None:
            break
        found[str(row[0])] = [one for one in row[1:] if one is not None]
    return found


def test_groups_stand_in_the_order_asked_for_and_the_rest_below(sheet: Worksheet) -> None:
    rows, lines = table(sheet, "Cases by team"), held()
    assert list(rows) == ["Team", "South", "Team North", "All others", "All"]
    north = [float(lines["open-cases", "team=North", m]["value"]) for m in SHOWN]
    whole = [float(lines["open-cases", "", m]["value"]) for m in SHOWN]
    south = [lines["open-cases", "team=South", m]["value"] for m in SHOWN]
    assert south[2] == "c"
    assert rows["Team North"][:6] == north
    assert rows["All"][:6] == whole
    for at in range(6):
        hidden = south[at] == "c"
        assert rows["South"][at] == ("[c]" if hidden else float(south[at]))
        rest = "[c]" if hidden else whole[at] - north[at] - float(south[at])
        assert rows["All others"][at] == rest
    shares = [rows[one][6] for one in ("South", "Team North", "All others", "All")]
    assert shares[1] == pytest.approx(100 * north[-1] / whole[-1])
    assert shares[3] == 100
    assert sum(float(str(one)) for one in shares[:3]) == pytest.approx(100)


def test_without_an_order_names_count_and_what_is_not_known_comes_last(sheet: Worksheet) -> None:
    rows, lines = table(sheet, "Children seen by band"), held()
    assert list(rows) == ["Band", "Team 2", "Team 10", "Not recorded", "All"]
    line = lines["seen", "band=Team 10", "2024-06"]
    top, bottom = float(line["numerator"]), float(line["denominator"])
    assert rows["Team 10"][2:4] == [pytest.approx(100 * top / bottom), bottom]
    # It has a figure in the report month only: the two months before are empty and not 0.
    assert rows["Not recorded"] == [50.0, 4.0]
    whole = lines["seen", "", "2024-06"]
    assert rows["All"][3] == float(whole["denominator"])


def test_teams_side_by_side_have_every_indicator_in_the_report_month(sheet: Worksheet) -> None:
    rows, lines = table(sheet, "Teams side by side"), held()
    assert list(rows) == ["Team", "East", "North", "South", "All"]
    assert rows["Team"] == ["Open", "Children seen"]
    line = lines["seen", "team=North", "2024-06"]
    share = 100 * float(line["numerator"]) / float(line["denominator"])
    assert rows["North"] == [
        float(lines["open-cases", "team=North", "2024-06"]["value"]),
        pytest.approx(share),
    ]
    assert len(rows["East"]) == 1


def test_side_by_side_the_teams_left_out_stand_together_where_they_can_be_counted(
    sheet: Worksheet,
) -> None:
    rows, lines = table(sheet, "Two teams side by side"), held()
    assert list(rows) == ["Team", "South", "North", "All others", "All"]
    counts = [
        float(lines["open-cases", f"team={one}", SHOWN[-1]]["value"])
        for one in rows
        if one in ("South", "North")
    ]
    whole = float(lines["open-cases", "", SHOWN[-1]]["value"])
    assert rows["All others"] == [whole - sum(counts)]
    assert rows["All others"][0] != 0


def test_a_year_that_no_extract_gives_follows_from_its_months(sheet: Worksheet) -> None:
    note = "Arrows follow the value; the words say whether that is better or worse."
    rows, lines = table(sheet, note), held()
    assert rows["Cases open"][0] == float(lines["open-cases", "", "2024-03"]["value"])
    assert rows["Cases closed"][0] == sum(float(lines["closed", "", m]["value"]) for m in YEAR)
    seen = [lines["seen", "", m] for m in YEAR]
    top, bottom = (sum(float(one[part]) for one in seen) for part in ("numerator", "denominator"))
    assert rows["Children seen"][0] == pytest.approx(100 * top / bottom)
    assert 61.5 in rows["Children seen"]


def test_a_group_is_one_that_ever_had_a_figure(mixed: Example) -> None:
    assert groups_of(mixed.scorecard, ["open-cases"], "team") == ["East", "North", "South"]
    assert groups_of(mixed.scorecard, ["open-cases"], "band") == []


def test_a_long_line_has_one_label_and_every_third_month(mixed: Example) -> None:
    with zipfile.ZipFile(mixed.built.workbook) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    long = [one for one in charts if "<c:tickLblSkip" in one]
    assert len(long) == 2
    for one in long:
        assert '<c:tickLblSkip val="3"/>' in one
        assert one.count('<c:delete val="1"/>') >= 14
        assert '<c:ptCount val="15"/>' in one


def test_a_new_group_joins_the_others_and_leaves_the_tab_as_it_is(tmp_path: Path) -> None:
    """So that a refresh can bring the figures of a month in which a team is new."""
    before, after, grown = (tmp_path / name for name in ("before", "after", "grown"))
    for folder in (before, after, grown):
        shutil.copytree(MIXED, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    settings = (MIXED / "scorecard.toml").read_text(encoding="utf-8")
    across = 'by = "team"\nacross = "indicators"'
    assert across in settings
    for folder in (before, after):
        named = settings.replace(across, f'{across}\ngroups = ["North", "South"]', 1)
        (folder / "scorecard.toml").write_text(named, encoding="utf-8")
    for folder in (after, grown):
        with (folder / "extracts" / "teams.csv").open("a", encoding="utf-8") as stream:
            stream.write("open-cases,team=West,2024-06,,,2\n")
    tabs = [
        sheet_digests(plan_workbook(compute(folder)))["Cases"]
        for folder in (MIXED, before, after, grown)
    ]
    assert tabs[1] == tabs[2]
    assert tabs[0] != tabs[3]
