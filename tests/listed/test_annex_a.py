"""The annex_a template as it is delivered: how many indicators have figures, and for how long.

The workbook's formulas are recalculated every day with small lists (test_listed); the whole
template is built and recalculated in the long runs.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.building import STAMP, TEMPLATES, copy_template
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from workbook_builder import app
from workbook_builder.app.folders import read_scorecard
from workbook_builder.catalogue.words import PeriodType, TargetKind, TargetStatus
from workbook_builder.counting.load import load_library
from workbook_builder.counting.model import SourceClass
from workbook_builder.judgement.status import Status
from workbook_builder.periods import Month, Period
from workbook_builder.scorecard import Scorecard, build_scorecard
from workbook_builder.values import Symbol, Value, is_number

pytestmark = pytest.mark.in_ci

MARCH = Month(2025, 3)
LAST_24 = [Period.month(MARCH.plus(-back)) for back in range(24)]
# They happen in few months of a small authority: none of none is not applicable.
RARE = {"adoption_a1"}


@pytest.fixture(scope="module")
def scorecard(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    folder = copy_template("annex_a", tmp_path_factory.mktemp("annex_a") / "annex_a")
    return build_scorecard(*read_scorecard(folder, ""))


def is_told(value: Value) -> bool:
    """A number, or that there was none of none in the month."""
    return is_number(value) or value is Symbol.NOT_APPLICABLE


def test_every_indicator_but_the_rarest_has_a_figure_this_month(scorecard: Scorecard) -> None:
    held = {line.code for line in scorecard.lines if is_number(line.value)}
    lacking = {line.code for line in scorecard.lines} - held
    assert len(scorecard.lines) == 116
    assert lacking == RARE
    assert scorecard.line("adoption_a1").value is Symbol.NOT_APPLICABLE


def test_what_one_extract_gives_is_there_for_24_months(scorecard: Scorecard) -> None:
    measures = load_library().measures
    one_extract = {one.code for one in measures if one.source_class is SourceClass.ONE_EXTRACT}
    whole, part = list[str](), dict[str, int]()
    for line in scorecard.lines:
        indicator = line.indicator
        monthly = indicator.period_type is not PeriodType.ROLLING
        if indicator.measure in one_extract and monthly and line.code not in RARE:
            points = scorecard.table.points(line.code)
            told = [one for one in LAST_24 if one in points and is_told(points[one].value)]
            whole.append(line.code)
            part |= {line.code: len(told)} if len(told) < 24 else {}
    assert part == {}
    assert len(whole) >= 85


def test_every_tab_of_the_service_is_there(scorecard: Scorecard) -> None:
    settings = scorecard.catalogue.settings
    themes = list(dict.fromkeys(line.indicator.theme for line in scorecard.lines))
    assert [tab.name for tab in settings.tabs] == ["Contents", "Highlights", *themes, "Actions"]
    assert len(themes) == 9
    shown = [code for group in settings.front.groups for code in group.indicators]
    assert 30 <= len(shown) == len(set(shown)) <= 42
    kinds = Counter(block.type for tab in settings.tabs for block in tab.blocks)
    assert {"grid", "months", "panel", "card", "breakdown", "charts", "commentary"} <= set(kinds)
    assert kinds["breakdown"] >= 25


def test_targets_have_a_year_and_some_indicators_have_none(scorecard: Scorecard) -> None:
    catalogue = scorecard.catalogue
    agreed = {
        one.indicator
        for one in catalogue.targets
        if one.status is TargetStatus.AGREED and one.kind is not TargetKind.WORDS
    }
    assert len(agreed) == 45
    for code in agreed:
        years = [one.from_ for one in catalogue.targets if one.indicator == code]
        assert min(years) == Month(2023, 4)
    lights = {Status.RED, Status.AMBER, Status.GREEN}
    lit = {line.code for line in scorecard.lines if line.verdict.shown in lights}
    assert lit == agreed
    draft = [one.indicator for one in catalogue.targets if one.status is TargetStatus.DRAFT]
    assert draft == ["lac_permanence"]


def test_nobody_of_the_lists_is_named_outside_them() -> None:
    """The template's own files hold counts and definitions only."""
    folder = TEMPLATES / "annex_a"
    for path in [
        *folder.glob("*.csv"),
        *folder.glob("*/*.toml"),
        folder / "extracts/workforce.csv",
    ]:
        assert "SW0" not in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_whole_workbook_is_sound(tmp_path: Path, calc: Calc) -> None:
    folder = copy_template("annex_a", tmp_path / "annex_a")
    built = app.build(folder, out=tmp_path / "out", stamp=STAMP)
    result = compare(built.workbook, calc)
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 12_000
    assert audit(built.workbook) == []
    with built.results.open(encoding="utf-8-sig", newline="") as stream:
        rags = Counter(row["rag"] for row in csv.DictReader(stream) if row["rag"])
    sheet = openpyxl.load_workbook(built.workbook, data_only=True).worksheets[0]
    counts = next(
        [cell.value for cell in row if isinstance(cell.value, (int, float))]
        for row in sheet.iter_rows()
        if any(cell.value == "All themes" for cell in row)
    )
    assert counts[:3] == [rags[light] for light in ("red", "amber", "green")]
    assert counts[-1] == 116
