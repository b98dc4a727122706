"""The highlights block: its places, its themes, and the table that stands beside the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import STAMP, TEMPLATES, compute, copy_template
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.highlights.table import highlights_table
from workbook_builder.plan.layout import NoRoom
from workbook_builder.plan.said import said_of
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.scorecard import Scorecard

COLUMNS = (
    "indicator, breakdown, section, claim, period, value, numerator, denominator, "
    "reference_period, reference_value, difference, text"
)


@pytest.fixture(scope="module")
def kirklees() -> Scorecard:
    return compute(TEMPLATES / "kirklees")


def test_the_columns_are_exactly_these(kirklees: Scorecard) -> None:
    table = highlights_table(kirklees)
    assert ", ".join(table.columns) == COLUMNS
    assert len(table) > 200
    assert set(table.section) == {"current issue", "improvement", "neither"}


def test_each_section_has_one_place_to_spare(kirklees: Scorecard) -> None:
    said = said_of(kirklees)
    assert said is not None
    sections: dict[tuple[str, str], list[bool]] = {}
    for place in said.places:
        sections.setdefault((place.theme, place.section), []).append(place.highlight is None)
    assert all(empty.count(True) == 1 and empty[-1] for empty in sections.values())
    assert len(sections) == 14 * 3


def test_standing_places_are_kept_and_may_run_out(kirklees: Scorecard) -> None:
    said = said_of(kirklees)
    assert said is not None
    keys = [place.key for place in said.places]
    again = said_of(kirklees, keys)
    assert again == said
    with pytest.raises(NoRoom):
        said_of(kirklees, [key for key in keys if key != "theme 1|issue|1"][2:])


def test_a_scorecard_without_the_block_has_neither_sheet_nor_table(tmp_path: Path) -> None:
    scorecard = compute(TEMPLATES / "haringey")
    assert said_of(scorecard) is None
    assert "sentences" not in {sheet.key for sheet in plan_workbook(scorecard).sheets}
    built = app.build(copy_template("haringey", tmp_path / "h"), out=tmp_path / "o", stamp=STAMP)
    assert not built.workbook.with_name("highlights.csv").exists()


def test_a_theme_that_does_not_exist_is_explained(tmp_path: Path) -> None:
    folder = copy_template("kirklees", tmp_path / "k")
    file = folder / "scorecard.toml"
    text = file.read_text(encoding="utf-8")
    key = 'key = "highlights"\n'
    assert key in text
    file.write_text(text.replace(key, f'{key}themes = ["Adopton"]\n'), encoding="utf-8")
    with pytest.raises(UserError, match='There is no theme "Adopton"') as caught:
        app.check(folder)
    assert "Adoption" in caught.value.faults[0].fix


def test_a_block_may_show_some_themes_only(tmp_path: Path) -> None:
    folder = copy_template("kirklees", tmp_path / "k")
    file = folder / "scorecard.toml"
    key = 'key = "highlights"\n'
    text = file.read_text(encoding="utf-8").replace(key, f'{key}themes = ["Adoption"]\n')
    file.write_text(text, encoding="utf-8")
    plan = plan_workbook(compute(folder))
    tab = next(sheet for sheet in plan.sheets if sheet.name == "Highlights")
    shown = {cell.content for cell in tab.part.cells if cell.style == "group"} - {None}
    assert shown == {"Adoption"}
