"""Leaks planted one by one in a Word document, a presentation and a PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.oracles.planting import read_parts, rewrite_part, swap, write_parts
from tests.screen.clean import (
    AS_AT,
    CHILD,
    DOB,
    NHS,
    UPN,
    WORKER,
    add_part,
    document,
    pdf,
    slides,
)
from tests.screen.test_planted_in_workbooks import exactly, unsaid
from workbook_builder.screen import leaks

DOCUMENT, SLIDE = "word/document.xml", "ppt/slides/slide1.xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Change = Callable[[Path], None]


def _author(made: Any) -> None:
    made.core_properties.author = WORKER


def _hidden_text(made: Any) -> None:
    made.add_paragraph("Seen. ").add_run(f"{WORKER} not seen").font.hidden = True


def _hidden_by_style(made: Any) -> None:
    style = made.styles.add_style("Kept", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    made.add_paragraph("Seen. ").add_run("not seen", style="Kept")


def _white_text(made: Any) -> None:
    made.add_paragraph().add_run("not seen").font.color.rgb = RGBColor(255, 255, 255)


def _tiny_text(made: Any) -> None:
    made.add_paragraph().add_run("not seen").font.size = Pt(1)


def _path_field(made: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " FILENAME \\p ")
    made.sections[0].footer.paragraphs[0]._p.append(field)


def _comment(made: Any) -> None:
    run = made.add_paragraph("Seen").runs[0]
    made.add_comment(run, text="ask again", author=WORKER, initials="QA")


def _birth(made: Any) -> None:
    made.add_paragraph("One child, born 12 March 2011, waited.")


def _split_number(made: Any) -> None:
    """A number whose digits stand in several runs, as Word leaves them after an edit."""
    paragraph = made.add_paragraph("NHS number ")
    for piece in ("943 4", "76 59", "19"):
        paragraph.add_run(piece)


def _table_of_children(made: Any) -> None:
    table = made.add_table(rows=3, cols=2)
    for at, text in enumerate(("Child ID", "Team", CHILD, "North", "7654322", "South")):
        table.cell(at // 2, at % 2).text = text


def _header(made: Any) -> None:
    made.sections[0].header.paragraphs[0].text = f"UPN {UPN}"


def _variables(path: Path) -> None:
    held = f'<w:docVars><w:docVar w:name="case" w:val="{WORKER}"/></w:docVars></w:settings>'
    rewrite_part(path, "word/settings.xml", swap("</w:settings>", held))


def _deleted(path: Path) -> None:
    held = (
        f'<w:p><w:del w:id="9" w:author="{WORKER}"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    )
    rewrite_part(path, DOCUMENT, swap("<w:sectPr", f"{held}</w:p><w:sectPr"))


def _template(path: Path) -> None:
    where = f"file:///C:/Users/{WORKER}/Board.dotx"
    add_part(path, "", "", "attachedTemplate", "word/settings.xml", target=where)


def _embedded(path: Path) -> None:
    add_part(path, "word/embeddings/Book1.xlsx", b"rows", "package", DOCUMENT)


def _custom_xml(path: Path) -> None:
    add_part(path, "customXml/item9.xml", "<held/>", "customXml", DOCUMENT)


def _people(path: Path) -> None:
    space = "http://schemas.microsoft.com/office/word/2012/wordml"
    held = f'<w15:people xmlns:w15="{space}"><w15:person w15:author="{WORKER}"/></w15:people>'
    kind = "http://schemas.microsoft.com/office/2011/relationships/people"
    add_part(path, "word/people.xml", held, kind, DOCUMENT)


IN_DOCUMENTS: dict[str, tuple[Callable[[Any], None] | None, Change | None, str, str]] = {
    "author": (_author, None, "WB842", "the properties (author)"),
    "hidden text": (_hidden_text, None, "WB816", "the document, paragraph 7"),
    "hidden by its style": (_hidden_by_style, None, "WB816", "the document, paragraph 7"),
    "white text": (_white_text, None, "WB821", "the document, paragraph 7"),
    "tiny text": (_tiny_text, None, "WB823", "the document, paragraph 7"),
    "field with the path": (_path_field, None, "WB846", "a page footer"),
    "comment": (_comment, None, "WB841", "the document, 1 comment"),
    "born on": (_birth, None, "WB854", "the document, paragraph 7"),
    "number in several runs": (_split_number, None, "WB852", "the document, paragraph 7"),
    "table of children": (
        _table_of_children,
        None,
        "WB853",
        "the document, table 2, row 2 column 1, row 3 column 1",
    ),
    "UPN in a header": (_header, None, "WB851", "a page header"),
    "variables": (None, _variables, "WB844", "the document's settings"),
    "tracked deletion": (None, _deleted, "WB866", "the document, 1 change"),
    "template on a drive": (None, _template, "WB848", "the document"),
    "embedded workbook": (None, _embedded, "WB836", "the document"),
    "custom XML": (None, _custom_xml, "WB834", "a custom XML part"),
    "people": (None, _people, "WB843", "the document"),
}


@pytest.mark.parametrize(
    ("more", "change", "code", "where"), IN_DOCUMENTS.values(), ids=IN_DOCUMENTS
)
def test_what_is_planted_in_a_document(
    more: Callable[[Any], None] | None, change: Change | None, code: str, where: str, tmp_path: Path
) -> None:
    path = document(tmp_path / "paper.docx", more)
    if change is not None:
        change(path)
    exactly(leaks(path, as_at=AS_AT), code, where)


def test_white_words_on_a_filled_cell_may_stay(tmp_path: Path) -> None:
    def shaded(made: Any) -> None:
        cell = made.tables[0].cell(0, 0)
        fill = OxmlElement("w:shd")
        fill.set(qn("w:val"), "clear")
        fill.set(qn("w:fill"), "1F3864")
        cell._tc.get_or_add_tcPr().append(fill)
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)

    assert leaks(document(tmp_path / "paper.docx", shaded), as_at=AS_AT) == ()


def _hidden_slide(made: Any) -> None:
    made.slides[0]._element.set("show", "0")


def _hidden_on_slide(made: Any) -> None:
    box = made.slides[0].shapes.add_textbox(0, 0, Inches(1), Inches(1))
    box._element.nvSpPr.cNvPr.set("hidden", "1")


def _notes(made: Any) -> None:
    made.slides[0].notes_slide.notes_text_frame.text = f"Ask {WORKER}"


def _beside(made: Any) -> None:
    made.slides[0].shapes.add_textbox(Inches(40), 0, Inches(1), Inches(1))


def _table_on_slide(made: Any) -> None:
    shape = made.slides[0].shapes.add_table(2, 1, 0, 0, Inches(2), Inches(1))
    shape.table.cell(0, 0).text, shape.table.cell(1, 0).text = "Date of birth", DOB


def _text_on_slide(made: Any) -> None:
    box = made.slides[0].shapes.add_textbox(0, 0, Inches(1), Inches(1))
    box.text_frame.text = f"NHS {NHS}"


def _described(made: Any) -> None:
    made.slides[0].shapes[1]._element.nvGraphicFramePr.cNvPr.set("descr", f"UPN {UPN}")


def _slide_comment(path: Path) -> None:
    space = "http://schemas.openxmlformats.org/presentationml/2006/main"
    held = (
        f'<p:cmLst xmlns:p="{space}"><p:cm authorId="0" idx="1"><p:text>x</p:text></p:cm></p:cmLst>'
    )
    add_part(path, "ppt/comments/comment1.xml", held, "comments", SLIDE)


def _inner(path: Path) -> str:
    return next(name for name in read_parts(path) if name.endswith(".xlsx"))


def _changed_inner(path: Path, change: Callable[[Any], None]) -> None:
    parts = read_parts(path)
    book = openpyxl.load_workbook(io.BytesIO(parts[_inner(path)]))
    book.properties.creator = ""
    change(book)
    held = io.BytesIO()
    book.save(held)
    parts[_inner(path)] = held.getvalue()
    write_parts(path, parts)


def _more_inside(path: Path) -> None:
    def more(book: Any) -> None:
        book.active["H30"] = "not for readers"

    _changed_inner(path, more)


def _hidden_inside(path: Path) -> None:
    def more(book: Any) -> None:
        book.create_sheet("Children").sheet_state = "hidden"

    _changed_inner(path, more)


def _another_figure(path: Path) -> None:
    def more(book: Any) -> None:
        book.active["B3"] = 9999

    _changed_inner(path, more)


def _linked_chart(path: Path) -> None:
    """The chart's figures are in a workbook on a drive."""
    table = next(name for name in read_parts(path) if "charts/_rels" in name)
    inner = _inner(path).rpartition("/")[2]
    old = f'Target="../embeddings/{inner}"'
    new = f'Target="file:///H:/{WORKER}.xlsx" TargetMode="External"'
    rewrite_part(path, table, swap(old, new))
    parts = read_parts(path)
    write_parts(path, {name: data for name, data in parts.items() if not name.endswith(".xlsx")})


CHART = "a chart on slide 1"
ON_SLIDES: dict[str, tuple[Callable[[Any], None] | None, Change | None, set[tuple[str, str]]]] = {
    "hidden slide": (_hidden_slide, None, {("WB811", "slide 1")}),
    "hidden shape": (_hidden_on_slide, None, {("WB817", "slide 1")}),
    "speaker notes": (_notes, None, {("WB849", "slide 1")}),
    "beside the slide": (_beside, None, {("WB824", "slide 1")}),
    "table of birth dates": (
        _table_on_slide,
        None,
        {("WB854", "slide 1, table 1, row 2 column 1")},
    ),
    "NHS number": (_text_on_slide, None, {("WB852", "slide 1")}),
    "alternative text": (_described, None, {("WB851", "slide 1")}),
    "comment": (None, _slide_comment, {("WB841", "slide 1, 1 comment")}),
    "more than the chart draws": (
        None,
        _more_inside,
        {
            ("WB865", CHART),
        },
    ),
    "hidden sheet inside a chart": (
        None,
        _hidden_inside,
        {("WB811", f'sheet "Children", in the workbook inside {CHART}')},
    ),
    "another figure inside a chart": (None, _another_figure, {("WB863", CHART)}),
    "chart of a workbook on a drive": (None, _linked_chart, {("WB864", CHART), ("WB848", CHART)}),
}


@pytest.mark.parametrize(("more", "change", "told"), ON_SLIDES.values(), ids=ON_SLIDES)
def test_what_is_planted_in_slides(
    more: Callable[[Any], None] | None,
    change: Change | None,
    told: set[tuple[str, str]],
    tmp_path: Path,
) -> None:
    path = slides(tmp_path / "pack.pptx", more)
    if change is not None:
        change(path)
    found = leaks(path, as_at=AS_AT)
    assert {(leak.code, leak.where) for leak in found} == told
    unsaid(found)


def _pdf_author(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": WORKER})


def _pdf_file(writer: PdfWriter) -> None:
    writer.add_attachment("children.csv", b"rows")


def _pdf_script(writer: PdfWriter) -> None:
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    )
    writer.root_object[NameObject("/OpenAction")] = script


def _pdf_comment(writer: PdfWriter) -> None:
    mark = FreeText(text=f"ask {WORKER}", rect=(50, 550, 200, 650))
    writer.add_annotation(page_number=0, annotation=mark)


def _pdf_link(writer: PdfWriter) -> None:
    link = Link(rect=(50, 550, 200, 650), url=r"\\server\cases\list.xlsx")
    writer.add_annotation(page_number=0, annotation=link)


def _pdf_layer(writer: PdfWriter) -> None:
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject({NameObject("/D"): off})


def _pdf_described(writer: PdfWriter) -> None:
    figure = DictionaryObject({NameObject("/Alt"): TextStringObject(f"UPN {UPN}")})
    root = DictionaryObject({NameObject("/K"): ArrayObject([figure])})
    writer.root_object[NameObject("/StructTreeRoot")] = root


def _pdf_form(writer: PdfWriter) -> None:
    field = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (50, 550, 200, 650)]),
            NameObject("/V"): TextStringObject(WORKER),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])


IN_PDF: dict[str, tuple[Callable[[PdfWriter], None] | None, str, str, str]] = {
    "author": (_pdf_author, "", "WB842", "the properties (author)"),
    "attached file": (_pdf_file, "", "WB836", "the PDF"),
    "script": (_pdf_script, "", "WB835", "the PDF"),
    "comment": (_pdf_comment, "", "WB841", "page 1"),
    "link to a drive": (_pdf_link, "", "WB847", "page 1"),
    "filled form": (_pdf_form, "", "WB867", "page 1"),
    "layer that is off": (_pdf_layer, "", "WB811", "the PDF"),
    "alternative text": (_pdf_described, "", "WB851", "an alternative text"),
    "NHS number": (None, f"NHS number {NHS}", "WB852", "page 1"),
}


@pytest.mark.parametrize(("more", "text", "code", "where"), IN_PDF.values(), ids=IN_PDF)
def test_what_is_planted_in_a_pdf(
    more: Callable[[PdfWriter], None] | None, text: str, code: str, where: str, tmp_path: Path
) -> None:
    exactly(leaks(pdf(tmp_path / "paper.pdf", more, text), as_at=AS_AT), code, where)


def test_an_earlier_version_inside_a_pdf(tmp_path: Path) -> None:
    path = pdf(tmp_path / "paper.pdf")
    again = PdfWriter(PdfReader(path), incremental=True)
    again.pages[0].rotate(180)
    again.write(path)
    exactly(leaks(path, as_at=AS_AT), "WB837", "the PDF")
