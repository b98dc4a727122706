"""The slides read back with python-pptx and held against the extracts and results.csv."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]
from pptx import Presentation

from tests.board.packs import every_template, extract_rows, made, settings_of, slides_of
from workbook_builder.periods import Month
from workbook_builder.results import rows
from workbook_builder.screen import leaks
from workbook_builder.writers.pptx import write_pptx

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(name: str) -> Any:
    return Presentation(str(slides_of(name)))


def shapes(name: str) -> Iterator[Any]:
    for slide in opened(name).slides:
        yield from slide.shapes


@pytest.mark.in_ci
@every_template
def test_nothing_leaks(name: str) -> None:
    assert leaks(slides_of(name)) == ()


@every_template
def test_titles_are_there_and_each_once(name: str) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in opened(name).slides]
    assert all(titles)
    assert len(titles) == len({one.casefold() for one in titles})
    assert titles[0] == settings_of(name)["title"]


@every_template
def test_no_notes_and_nothing_hidden_or_beside_the_slide(name: str) -> None:
    presentation = opened(name)
    for slide in presentation.slides:
        assert not slide.has_notes_slide
        assert slide._element.get("show") is None
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height


@every_template
def test_tables_and_charts_have_alternative_text(name: str) -> None:
    drawn = [one for one in shapes(name) if one.has_chart or one.has_table]
    assert drawn
    for one in drawn:
        assert len(one._element.nvGraphicFramePr.cNvPr.get("descr", "")) > 5
        if one.has_table:
            assert one.table.first_row
            assert all(cell.text.strip() for cell in one.table.rows[0].cells)
            assert not any(cell.is_merge_origin for cell in one.table.iter_cells())


@every_template
def test_slides_have_a_footer_and_a_number(name: str) -> None:
    for slide in list(opened(name).slides)[1:]:
        kinds = {one._element.ph.get("type"): one for one in slide.placeholders}
        assert {"ftr", "sldNum"} <= set(kinds)
        assert settings_of(name)["title"] in kinds["ftr"].text_frame.text
        assert kinds["sldNum"]._element.xpath(".//a:fld")


@every_template
def test_a_chart_carries_its_own_figures_and_nothing_else(name: str) -> None:
    """What the chart draws is what its workbook holds; a gap is an empty cell in both."""
    for shape in (one for one in shapes(name) if one.has_chart):
        chart = shape.chart
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.sheetnames == ["Sheet1"]
        assert not book.properties.creator
        assert not book.properties.lastModifiedBy
        sheet = book["Sheet1"]
        plot = chart.plots[0]
        categories = [str(one) for one in plot.categories]
        assert [sheet.cell(2 + at, 1).value for at in range(len(categories))] == categories
        for column, series in enumerate(plot.series, start=2):
            held = [sheet.cell(2 + at, column).value for at in range(len(categories))]
            assert [one is None for one in held] == [one is None for one in series.values]
            drawn = [one for one in series.values if one is not None]
            assert [one for one in held if one is not None] == pytest.approx(drawn, rel=1e-14)
        assert sheet.max_column == 1 + len(plot.series)
        gaps = chart._chartSpace.find(f".//{CHART}dispBlanksAs")
        assert gaps is not None
        assert gaps.get("val") == "gap"


def test_charts_draw_what_the_extract_says() -> None:
    """Haringey's months, from the CSV as it was published."""
    fed = {
        (row["indicator"], Month.parse(row["period"]).label): row["value"]
        for row in extract_rows("haringey")
        if not row["breakdown"] and re.fullmatch(r"\d{4}-\d{2}", row["period"])
    }
    lines = made("haringey").scorecard.lines
    codes = {one.indicator.name: one.code for one in lines}
    codes |= {one.indicator.short_name: one.code for one in lines if one.indicator.short_name}
    compared = 0
    for shape in (one for one in shapes("haringey") if one.has_chart):
        code = codes.get(shape.chart.chart_title.text_frame.text)
        plot = shape.chart.plots[0]
        for label, value in zip(plot.categories, plot.series[0].values, strict=True):
            raw = fed.get((code or "", str(label)), "")
            if re.fullmatch(r"-?\d+(\.\d+)?", raw):
                assert value == pytest.approx(float(raw))
                compared += 1
    assert compared > 100


@every_template
def test_status_words_are_those_of_results(name: str) -> None:
    scorecard = made(name).scorecard
    words = scorecard.catalogue.settings.status_words
    told = {"red": words.red, "amber": words.amber, "green": words.green}
    expected = {
        scorecard.line(row["indicator"]).indicator.name: told[row["rag"]]
        for row in rows(scorecard)
        if row.get("rag") in told and row["indicator"] in {one.code for one in scorecard.lines}
    }
    seen = 0
    for shape in (one for one in shapes(name) if one.has_table):
        heads = [cell.text for cell in shape.table.rows[0].cells]
        if heads[:2] != ["Indicator", "Latest figure"]:
            continue
        for row in list(shape.table.rows)[1:]:
            texts = [cell.text for cell in row.cells]
            if texts[0] in expected:
                assert texts[5] == expected[texts[0]]
                seen += 1
    assert seen >= len(expected) > 0 or name == "kirklees"


@every_template
def test_powerpoint_finds_nothing_to_repair(name: str) -> None:
    found = OpenXmlValidator(FileFormat.OFFICE_2019).validate(slides_of(name))
    assert [str(one) for one in found.errors] == []


def test_the_same_pack_is_the_same_file(tmp_path: Path) -> None:
    pack = made("mixed").pack()
    write_pptx(pack, tmp_path / "a.pptx")
    write_pptx(pack, tmp_path / "b.pptx")
    assert (tmp_path / "a.pptx").read_bytes() == (tmp_path / "b.pptx").read_bytes()
