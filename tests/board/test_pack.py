"""What a pack says, held against the extracts; what the public version leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.board.packs import Made, extract_rows, folder_of, made, typed_into
from workbook_builder.app.folders import read_scorecard
from workbook_builder.board.pack import PackMaking, pack_of
from workbook_builder.board.pack_model import Pack, PackTable
from workbook_builder.board.pages import Status
from workbook_builder.board.printed import printed
from workbook_builder.errors import InternalError
from workbook_builder.plan.workbook import plan_workbook
from workbook_builder.scorecard import build_scorecard
from workbook_builder.values import Symbol

SECRET = "Twelve families were visited twice."


@pytest.mark.parametrize(
    ("content", "number_format", "text"),
    [
        (None, "0", ""),
        (72.65, '0.0"%"', "72.7%"),
        (0.5, "0", "1"),
        (1234.0, "0", "1234"),
        (12.5, "General", "12.5"),
        (80.0, 'General"%"', "80%"),
        (7.0, 'General" per 10,000"', "7 per 10,000"),
        ("[c]", "0.0", "[c]"),
        (-3.0, '0" [r]";-0" [r]";0" [r]";@" [r]"', "-3 [r]"),
        (0.0, '0" [r]";-0" [r]";0" [r]";@" [r]"', "0 [r]"),
        ("[x]", '0" [p]";-0" [p]";0" [p]";@" [p]"', "[x] [p]"),
        (31.0, '0"%";-0"%"', "31%"),
    ],
)
def test_a_cell_is_printed_in_its_format(content: object, number_format: str, text: str) -> None:
    assert printed(content, number_format) == text


def test_an_unknown_format_is_an_error_of_ours() -> None:
    with pytest.raises(InternalError):
        printed(1.0, "yyyy")


def tables_of(pack: Pack) -> Iterator[PackTable]:
    yield from (table for _, table in pack.summary)
    yield from (one for one in (pack.counts, pack.attention) if one is not None)
    for theme in pack.themes:
        yield from (table for piece in theme.pieces for table in piece.tables)


def everything_said(pack: Pack) -> str:
    """All texts of a pack as one."""
    return repr(pack)


@pytest.mark.parametrize("name", ["haringey", "kirklees", "mixed"])
def test_tables_are_as_wide_as_their_heads(name: str) -> None:
    for table in tables_of(made(name).pack()):
        assert {len(row) for row in table.rows} <= {len(table.heads)}
        assert all(table.heads)


@pytest.mark.parametrize(
    "name", ["calderdale", "haringey", "herefordshire", "surrey", "kirklees", "mixed"]
)
def test_every_chart_of_the_chosen_tabs_is_in_the_pack_once(name: str) -> None:
    held = made(name)
    planned = [one.title for s in held.planned.sheets for one in s.part.charts if one.series]
    packed = [one.title for theme in held.pack().themes for one in theme.charts]
    assert sorted(packed) == sorted(planned)


def test_tabs_are_chosen_by_name() -> None:
    held = made("haringey")
    wanted = held.scorecard.catalogue.settings.tabs[2]
    pack = held.pack(tabs=(wanted.name,))
    assert [one.name for one in pack.themes] == [wanted.name]
    codes = {code for block in wanted.blocks for code in block.indicators}
    listed = [row[0].text for _, table in pack.summary for row in table.rows]
    names = {held.scorecard.line(code).indicator.name for code in codes}
    assert listed
    assert {one.partition(" (")[0] for one in listed} <= {one.partition(" (")[0] for one in names}


def _suppressed() -> Made:
    """Mixed, with every figure of one indicator withheld."""
    catalogue, extracts = read_scorecard(folder_of("mixed"), "")
    figures = tuple(
        replace(one, value=Symbol.CONFIDENTIAL, numerator=None, denominator=None)
        if one.indicator == "plans"
        else one
        for one in extracts.figures
    )
    scorecard = build_scorecard(catalogue, replace(extracts, figures=figures))
    return Made(scorecard, plan_workbook(scorecard))


def test_a_suppressed_figure_is_nowhere_in_the_public_pack() -> None:
    rows = extract_rows("mixed", "teams.csv") + extract_rows("mixed")
    hidden = {one["value"] for one in rows if one["indicator"] == "plans"}
    hidden -= {one["value"] for one in rows if one["indicator"] != "plans"}
    held = _suppressed()
    planned = typed_into(held.planned, {("plans", "1"): SECRET, ("front-door", "1"): SECRET})
    status = Status(False, (1, 5))
    pack = pack_of(PackMaking(held.scorecard, planned, status, comments=False))
    name = held.scorecard.line("plans").indicator.name
    pieces = [p for t in pack.themes for p in t.pieces if name in p.heading]
    texts = [e.text for p in pieces for t in p.tables for row in t.rows for e in row]
    assert len(hidden) > 5
    assert not hidden & {one.removesuffix("%") for one in texts}
    assert "[c]" in texts
    drawn = [f for p in pieces for c in p.charts for s in c.series for f in s.figures]
    assert not any(drawn)
    assert SECRET not in everything_said(pack)
    assert not any(piece.comments for theme in pack.themes for piece in theme.pieces)


def test_the_summary_of_a_suppressed_indicator_has_no_light_and_no_arrow() -> None:
    held = _suppressed()
    name = held.scorecard.line("plans").indicator.name
    rows = [row for _, table in held.pack().summary for row in table.rows if row[0].text == name]
    assert len(rows) == 1
    texts = [entry.text for entry in rows[0]]
    assert "[c]" in texts[1]
    assert not any(glyph in "".join(texts) for glyph in "▲▼►")
    assert {entry.look for entry in rows[0]} <= {"", "number"}


def test_words_that_were_typed_are_in_the_pack() -> None:
    held = made("mixed")
    planned = typed_into(held.planned, {("front-door", "2"): SECRET, ("plans", "1"): "Fewer plans"})
    pack = pack_of(PackMaking(held.scorecard, planned, Status(True)))
    said = [c.text for t in pack.themes for p in t.pieces for c in p.comments if c.text]
    assert said == [SECRET, "Fewer plans"]
