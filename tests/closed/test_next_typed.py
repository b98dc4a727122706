"""What people typed in a month's file: kept in the next month's, emptied, put back, taken out."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.closed.desk import parts
from tests.closed.next_desk import NextDesk, next_desk
from tests.closed.test_next_month import assert_up_to_date, charts, differing_cells
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from tests.oracles.planting import read_parts, rewrite_part, swap, write_parts
from tests.oracles.reading import reading
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.model import Note
from workbook_builder.plan.slots import HEIGHT, INPUT, NOTE, OVER
from workbook_builder.writers.closed.rolled import ChangedLayout
from workbook_builder.writers.xlsx import write_xlsx

pytestmark = pytest.mark.in_ci

MONTH, FOLLOWING = "2024-06", "2024-07"
BOX = ("front-door", "1")
RUNS = [{"text": "Because ", "bold": True}, {"text": "of\nthe summer", "colour": "C00000"}]


def typed(kind: str, key: str, slot: str, content: str, **more: str) -> TypedRecord:
    values = {"month": MONTH} | more
    return TypedRecord(key=key, slot=slot, kind=kind, content=content, **values)


WORDS = typed(INPUT, *BOX, "Because of\nthe summer", detail=json.dumps({"runs": RUNS}))
REASON = typed(INPUT, "contacts", "reason", "=seen by the head of service")
JUNE = typed(NOTE, "contacts", "month 2024-06, Front door", "June is odd", author="officer1")
NAME = typed(NOTE, "contacts", "name, Front door", "A name's note", author="officer2")
HIGH = typed(HEIGHT, "front-door 1", "row, Front door", "120")
TYPED = (WORDS, REASON, JUNE, NAME, HIGH)


def two_questions(folder: Path) -> None:
    file = folder / "scorecard.toml"
    text = file.read_text(encoding="utf-8")
    asked = text.replace('["+What moved?"]', '["+What moved?", "And last month?"]')
    assert asked != text
    file.write_text(asked, encoding="utf-8")


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month's workbook in which people worked."""
    place = tmp_path_factory.mktemp("worked in")
    next_desk(place, "small", MONTH, define=two_questions).write(TYPED)
    return place


@pytest.fixture
def held(worked_in: Path, tmp_path: Path) -> NextDesk:
    """A copy of it."""
    shutil.copytree(worked_in, tmp_path, dirs_exist_ok=True)
    return NextDesk(tmp_path / "folder", tmp_path / "out" / f"Scorecard {MONTH}.xlsx")


def records(held: NextDesk, path: Path) -> dict[tuple[str, str, str], str]:
    return {(one.kind, one.key, one.slot): one.content for one in held.read(path)[0].typed}


def test_what_the_fixture_holds(held: NextDesk) -> None:
    known = records(held, held.workbook)
    for one in TYPED:
        assert known[one.kind, one.key, one.slot] == one.content
    assert audit(held.workbook) == []


def test_boxes_are_emptied_and_filled(held: NextDesk, calc: Calc) -> None:
    """What was said of one question stands beside another now, and its own box is empty."""
    moved = typed(INPUT, "front-door", "2", WORDS.content, detail=WORDS.detail)
    new = held.roll(FOLLOWING, [moved])
    book, _ = held.read(new)
    found = {(one.key, one.slot): one for one in book.typed if one.kind == INPUT}
    assert BOX not in found
    assert ("contacts", "reason") not in found
    assert found["front-door", "2"].content == WORDS.content
    runs = json.loads(found["front-door", "2"].detail)["runs"]
    assert [(one["text"], one.get("bold"), one["colour"]) for one in runs] == [
        ("Because ", True, "1F2933"),
        ("of\nthe summer", None, "C00000"),
    ]
    assert audit(new) == []
    assert compare(new, calc).differences == []


def test_a_box_that_stays_is_the_same_bytes(held: NextDesk) -> None:
    new = held.roll(FOLLOWING, [WORDS, REASON])
    assert box_of(new, held) == box_of(held.workbook, held)
    assert b"<is>" not in box_of(new, held)


def box_of(path: Path, held: NextDesk) -> bytes:
    """The bytes of the cell of the commentary box."""
    area = held.read(path)[0].opened
    assert area is not None
    at = area.area("comment_front_2Ddoor_2F1")
    assert at is not None
    place = f"{openpyxl.utils.get_column_letter(at.col)}{at.row}"
    found = re.search(rf'<c r="{place}"[^>]*?(/>|>.*?</c>)'.encode(), tab(path))
    assert found is not None
    return found[0]


def tab(path: Path) -> bytes:
    return parts(path)["xl/worksheets/sheet2.xml"]


def test_notes_of_the_month_go_and_others_stay(held: NextDesk) -> None:
    old = parts(held.workbook)
    new = held.roll(FOLLOWING, gone=lambda one: one.identity == JUNE.identity)
    known = records(held, new)
    assert [said for (kind, _, _), said in known.items() if kind == NOTE] == [NAME.content]
    now = parts(new)
    for name in ("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"):
        assert now[name] != old[name]
        assert len(re.findall(rb"<(?:comment ref|v:shape )", now[name])) == 1
    assert audit(new) == []


def test_parts_of_notes_go_with_the_last_note(held: NextDesk) -> None:
    new = held.roll(FOLLOWING, gone=lambda one: one.kind == NOTE)
    assert NOTE not in {kind for kind, _, _ in records(held, new)}
    left = parts(new)
    assert [name for name in left if "comments" in name or "vmlDrawing" in name] == []
    assert b"legacyDrawing" not in tab(new)
    assert b"comments" not in left["[Content_Types].xml"]
    assert audit(new) == []
    assert_up_to_date(new)


def test_a_height_of_a_persons_own_stays(held: NextDesk) -> None:
    new = held.roll(FOLLOWING)
    assert records(held, new)[HIGH.kind, HIGH.key, HIGH.slot] == "120"
    anew = held.roll(FOLLOWING, gone=lambda one: one.kind == HEIGHT)
    assert HEIGHT not in {kind for kind, _, _ in records(held, anew)}


def over(path: Path) -> str:
    """Type 7 over the formula of the latest month of an indicator; its place."""
    data = read_parts(path)
    name = "xl/worksheets/sheet2.xml"
    found = re.search(rb'<c r="(F7)"( s="\d+")[^>]*><f>.*?</c>', data[name])
    assert found is not None
    data[name] = data[name].replace(found[0], b'<c r="F7"' + found[2] + b"><v>7</v></c>")
    write_parts(path, data)
    return "F7"


def test_a_formula_typed_over_stays_or_comes_back(tmp_path: Path, calc: Calc) -> None:
    held = next_desk(tmp_path, "small", MONTH, over)
    kept = held.roll(FOLLOWING)
    assert cell(kept, "F7") == 7
    assert OVER in {kind for kind, _, _ in records(held, kept)}
    back = held.roll(FOLLOWING, gone=lambda one: one.kind == OVER)
    assert str(cell(back, "F7")).startswith("=")
    assert OVER not in {kind for kind, _, _ in records(held, back)}
    assert compare(back, calc).differences == []


def cell(path: Path, at: str) -> Any:
    return reading(path)["Front door"][at].value


def test_a_series_break_is_a_changed_layout(tmp_path: Path) -> None:
    """A line for each stretch: a chart has another series then."""
    held = next_desk(tmp_path, "small", "2024-04")
    with pytest.raises(ChangedLayout) as raised:
        held.roll("2024-05")
    assert raised.value.sheets == ("Front door", "Chart data")


def test_a_box_that_was_deleted_is_a_changed_layout(held: NextDesk) -> None:
    lost = re.compile(r"(<definedName name=\"comment_front_2Ddoor_2F1\">)[^<]*")
    rewrite_part(held.workbook, "xl/workbook.xml", lambda text: lost.sub(r"\1#REF!", text))
    with pytest.raises(ChangedLayout) as raised:
        held.roll(FOLLOWING)
    assert raised.value.sheets == ("Front door",)


OF_FIGURES = "<f>Figures!M12</f>"


def test_figures_stand_still_where_somebody_points_to_them(tmp_path: Path) -> None:
    def point(path: Path) -> None:
        of_name = swap("<f>head_month_0</f>", OF_FIGURES)
        rewrite_part(path, "xl/worksheets/sheet2.xml", of_name)

    held = next_desk(tmp_path, "small", "2024-03", point)
    assert OF_FIGURES.encode() in tab(held.roll("2024-04"))
    with pytest.raises(ChangedLayout) as raised:
        held.roll("2024-04", afresh=True)
    assert raised.value.sheets == ("Figures",)


def test_figures_stand_still_under_a_note(tmp_path: Path) -> None:
    held = next_desk(tmp_path, "small", "2024-03")
    note = rewritten_note(held)
    assert note in {one.content for one in held.read(held.roll("2024-04"))[0].typed}
    with pytest.raises(ChangedLayout) as raised:
        held.roll("2024-04", afresh=True)
    assert raised.value.sheets == ("Figures",)
    new = held.roll("2024-04", gone=lambda one: one.kind == NOTE, afresh=True)
    assert held.read(new)[0].typed == ()


def rewritten_note(held: NextDesk) -> str:
    """The workbook again with a note on Figures; what the note says."""
    plan = held.plan("2024-03", None)
    sheets = [
        replace(one, part=replace(one.part, notes=(Note(12, 20, "Why so low?", "officer1"),)))
        if one.key == "figures"
        else one
        for one in plan.sheets
    ]
    write_xlsx(replace(plan, sheets=tuple(sheets)), held.workbook)
    return "Why so low?"


DATED = """[[tab.block]]
type = "dated figures"
indicators = ["plans", "timely"]
months = 13
"""


def without_dated(folder: Path) -> None:
    """The mixed scorecard without the block whose rows are another number each month."""
    file = folder / "scorecard.toml"
    text = file.read_text(encoding="utf-8")
    assert DATED in text
    file.write_text(text.replace(DATED, ""), encoding="utf-8")


def test_nothing_typed_comes_under_another_year(tmp_path: Path, calc: Calc) -> None:
    """A panel has a row for each of two financial years; in April the rows change years."""
    held = next_desk(tmp_path, "mixed", "2024-03", define=without_dated)
    year = "~timely|year Apr-22"
    here = typed(NOTE, year, "name, Assessments", "A good year", month="2024-03")
    held.write([here])
    assert records(held, held.workbook)[NOTE, year, "name, Assessments"] == here.content
    with pytest.raises(ChangedLayout) as raised:
        held.roll("2024-04")
    assert raised.value.sheets == ("Assessments",)
    new = held.roll("2024-04", gone=lambda one: one.key == year)
    book, before = held.read(new)
    keys = {key for one in before.sheets.values() for key in one.rows if "|year Apr" in key}
    assert keys == {"~timely|year Apr-23", "~timely|year Apr-24"}
    standing = [key for one in book.keyed.values() for key in one.rows.values() if key in keys]
    assert sorted(standing) == sorted(keys)
    anew = held.anew("2024-04")
    # A build has other places for what a highlight report says.
    differ = [
        one for one in differing_cells(new, anew) if one[0] not in ("Highlights", "Sentences")
    ]
    assert differ == []
    assert charts(new) == charts(anew)
    assert compare(new, calc).differences == []


LAYOUTS = (
    ("herefordshire", "2014-07", "2014-08", {"Child protection", "Contacts and referrals"}),
    ("kirklees", "2017-07", "2017-08", {"Highlights", "Adoption"}),
    # The first figures of a day or a week bring formulas with marks of their own.
    ("calderdale", "2014-02", "2014-03", {"1.3.7"}),
    ("surrey", "2016-12", "2017-01", {"2 Calls"}),
)


@pytest.mark.parametrize(("name", "month", "following", "sheets"), LAYOUTS)
def test_sheets_that_change_are_named(
    name: str,
    month: str,
    following: str,
    sheets: set[str],
    tmp_path: Path,
) -> None:
    held = next_desk(tmp_path, name, month)
    with pytest.raises(ChangedLayout) as raised:
        held.roll(following, afresh=True)
    assert sheets <= set(raised.value.sheets)
