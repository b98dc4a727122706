"""The Word pack read back with python-docx and held against the extracts and results.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]

from tests.board.packs import (
    document_of,
    every_template,
    extract_rows,
    made,
    settings_of,
    typed_into,
)
from workbook_builder.board.pack import PackMaking, pack_of
from workbook_builder.board.pages import Status
from workbook_builder.errors import UserError
from workbook_builder.periods import Month
from workbook_builder.results import rows
from workbook_builder.screen import leaks
from workbook_builder.writers.docx import write_docx
from workbook_builder.writers.docx_template import make_template, shipped

STATUS_FILLS = {"A61111", "FFE74D", "62B284"}


@pytest.mark.in_ci
@every_template
def test_nothing_leaks(name: str) -> None:
    assert leaks(document_of(name)) == ()


def text_of(element: Any) -> str:
    return "".join(element.xpath(".//w:t/text()"))


def opened(name: str) -> Any:
    return docx.Document(str(document_of(name)))


def headings(document: Any) -> Iterator[tuple[int, str]]:
    for paragraph in document.paragraphs:
        if found := re.fullmatch(r"Heading (\d)", paragraph.style.name):
            yield int(found[1]), paragraph.text


@every_template
def test_headings_never_skip_a_level_and_follow_the_tabs(name: str) -> None:
    document = opened(name)
    level = 0
    for found, text in headings(document):
        assert found <= level + 1, text
        assert text.strip()
        level = found
    first = [text for found, text in headings(document) if found == 1]
    tabs = [
        one.get("title") or one["name"]
        for one in settings_of(name)["tab"]
        if not all(block["type"] in ("contents", "highlights") for block in one["block"])
    ]
    assert first[:2] == ["Summary", "Highlights by theme"]
    assert first[-1] == "Notes"
    got = first[2:-1]
    assert len(got) == len(tabs)
    # A contents page with an action log is called by what is left of it.
    assert [one for one in got if one in tabs] == [one for one in tabs if one in got]
    assert len([one for one in got if one not in tabs]) <= 1


@every_template
def test_every_table_has_heads_and_a_description_and_nothing_merged(name: str) -> None:
    document = opened(name)
    assert document.tables
    for table in document.tables:
        properties = table._tbl.tblPr
        caption = properties.find(qn("w:tblCaption"))
        assert caption is not None
        assert caption.get(qn("w:val"))
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert not any(row.trPr.find(qn("w:tblHeader")) is not None for row in others)
        assert all(text_of(cell).strip() for cell in first.tc_lst)
        assert not table._tbl.xpath(".//w:gridSpan | .//w:vMerge")
        assert {len(row.tc_lst) for row in others} <= {len(first.tc_lst)}


@every_template
def test_pictures_have_alternative_text_and_fit_the_page(name: str) -> None:
    document = opened(name)
    places = document.element.xpath(".//wp:docPr")
    charts = sum(
        1 for sheet in made(name).planned.sheets for chart in sheet.part.charts if chart.series
    )
    assert len(places) <= charts
    assert bool(places) is bool(charts)
    assert all(len(one.get("descr", "")) > 20 for one in places)
    widest = max(s.page_width - s.left_margin - s.right_margin for s in document.sections)
    assert all(shape.width <= widest for shape in document.inline_shapes)


@every_template
def test_a_status_is_a_word_wherever_it_is_a_colour(name: str) -> None:
    words = settings_of(name).get("status_words", {})
    known = {words.get(one, one.capitalize()) for one in ("red", "amber", "green")}
    for table in opened(name).tables:
        for cell in table._tbl.xpath(".//w:tc[w:tcPr/w:shd]"):
            assert cell.tcPr.find(qn("w:shd")).get(qn("w:fill")) in STATUS_FILLS
            assert text_of(cell) in known


def texts_of(row: Any) -> list[str]:
    return [text_of(cell) for cell in row.tc_lst]


def summary_rows(document: Any) -> Iterator[list[str]]:
    """The rows of the tables that begin with Indicator, Latest figure."""
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        if texts_of(first)[:2] == ["Indicator", "Latest figure"]:
            yield from (texts_of(row) for row in others)


@every_template
def test_the_summary_agrees_with_results(name: str) -> None:
    """Figure, year to date and status of each indicator as results.csv has them."""
    scorecard = made(name).scorecard
    shown: dict[str, list[str]] = {}
    for row in summary_rows(opened(name)):
        shown.setdefault(row[0].partition(" (new series")[0], row)
    words = scorecard.catalogue.settings.status_words
    lights = {words.red: "red", words.amber: "amber", words.green: "green"}
    names = {line.code: line for line in scorecard.lines if not line.retired}
    compared = 0
    for result in rows(scorecard):
        line = names.get(result["indicator"])
        if line is None or result["breakdown"] or line.indicator.name not in shown:
            continue
        texts = shown[line.indicator.name]
        if result["period"] == line.period.text and result["period_kind"] == line.period.kind:
            printed = f"{result['shown']} ({line.period.label})"
            if result["value"]:
                assert texts[1] == printed
                compared += 1
            else:
                assert texts[1] in (printed, "not yet available", "see table")
        if result.get("rag") in ("red", "amber", "green"):
            assert lights.get(texts[5]) == result["rag"]
    assert compared > 2


def test_the_figures_by_period_are_those_of_the_extract() -> None:
    """Every month of every indicator of Haringey's grids, from the CSV as it was published."""
    scorecard = made("haringey").scorecard
    fed = {
        (row["indicator"], Month.parse(row["period"]).label): row["value"]
        for row in extract_rows("haringey")
        if not row["breakdown"] and re.fullmatch(r"\d{4}-\d{2}", row["period"])
    }
    compared = 0
    names = {f"{one.indicator.name}: figures by period": one for one in scorecard.lines}
    for table in opened("haringey").tables:
        line = names.get(table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")))
        if line is None:
            continue
        head, figures, *_ = (texts_of(row) for row in table._tbl.tr_lst)
        for label, text in zip(head[1:], figures[1:], strict=True):
            raw = fed.get((line.code, label), "")
            if re.fullmatch(r"-?\d+(\.\d+)?", raw) and re.match(r"-?\d", text):
                half = 0.5 * 10.0 ** -len(text.rstrip("%").partition(".")[2])
                assert abs(float(text.rstrip("%")) - float(raw)) <= half + 1e-9
                compared += 1
    assert compared > 100


@every_template
def test_the_contents_are_a_field_and_name_the_headings(name: str) -> None:
    document = opened(name)
    instructions = "".join(document.element.xpath(".//w:instrText/text()"))
    assert 'TOC \\o "1-2"' in instructions
    listed = [p for p in document.paragraphs if p.style.name.casefold().startswith("toc ")]
    links = [p._p.xpath("string(w:hyperlink)") for p in listed]
    assert links == [text for level, text in headings(document) if level <= 2]
    anchors = document.element.xpath(".//w:hyperlink/@w:anchor")
    assert set(anchors) <= set(document.element.xpath(".//w:bookmarkStart/@w:name"))
    assert document.settings.element.find(qn("w:updateFields")) is not None


@every_template
def test_properties_language_and_page_numbers(name: str) -> None:
    document, settings = opened(name), settings_of(name)
    properties = document.core_properties
    assert properties.title.startswith(settings["title"])
    assert (properties.author, properties.last_modified_by) == ("", "")
    language = document.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert language == ["en-GB"]
    footer = document.sections[0].footer._element
    assert footer.xpath(".//w:instrText/text()") == [" PAGE ", " NUMPAGES "]
    assert all(one.footer.is_linked_to_previous for one in list(document.sections)[1:])


@every_template
def test_word_finds_nothing_to_repair(name: str) -> None:
    found = OpenXmlValidator(FileFormat.OFFICE_2019).validate(document_of(name))
    assert [str(one) for one in found.errors] == []


def test_comments_are_there_or_it_is_said_that_there_are_none(tmp_path: Path) -> None:
    held = made("mixed")
    said = "Two lines\nof words \x0b with <marks> & signs"
    planned = typed_into(held.planned, {("front-door", "1"): said})
    pack = pack_of(PackMaking(held.scorecard, planned, Status(False)))
    write_docx(pack, tmp_path / "a.docx")
    comments = [
        one.text
        for one in docx.Document(str(tmp_path / "a.docx")).paragraphs
        if one.style.name == "Board Comment"
    ]
    assert comments[:4].count("No comment was given.") == 2 or "Two lines" in comments
    at = comments.index("Two lines")
    assert comments[at + 1 : at + 3] == [
        "of words  with <marks> & signs",
        "No comment was given.",
    ]


def test_the_same_pack_is_the_same_file(tmp_path: Path) -> None:
    pack = made("mixed").pack()
    write_docx(pack, tmp_path / "a.docx")
    write_docx(pack, tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_template_that_ships_is_the_one_that_is_made(tmp_path: Path) -> None:
    make_template(tmp_path / "board.docx")
    assert shipped().read_bytes() == (tmp_path / "board.docx").read_bytes()
    assert leaks(shipped()) == ()


def test_a_template_of_ones_own_is_used(tmp_path: Path) -> None:
    own = docx.Document(str(shipped()))
    own.styles["Heading 1"].font.name = "Georgia"
    own.add_paragraph("Words of the template that must not stay")
    own.save(str(tmp_path / "own.docx"))
    pack = replace(made("mixed").pack(), themes=())
    write_docx(pack, tmp_path / "a.docx", tmp_path / "own.docx")
    written = docx.Document(str(tmp_path / "a.docx"))
    assert written.styles["Heading 1"].font.name == "Georgia"
    assert not any("must not stay" in one.text for one in written.paragraphs)


def test_what_a_template_lacks_is_said_at_once(tmp_path: Path) -> None:
    own = docx.Document(str(shipped()))
    for name in ("Table Head", "Board Comment"):
        element = own.styles[name].element
        element.getparent().remove(element)
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(UserError) as raised:
        write_docx(made("mixed").pack(), tmp_path / "a.docx", tmp_path / "own.docx")
    assert [one.code for one in raised.value.faults] == ["WB482", "WB482"]
    assert "Table Head" in str(raised.value)
    assert "own.docx" in str(raised.value)
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("content", [None, b"no document", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_template_is_refused(content: bytes | None, tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(UserError) as raised:
        write_docx(made("mixed").pack(), tmp_path / "a.docx", own)
    assert [one.code for one in raised.value.faults] == ["WB481"]
