"""The template of the Word pack: the styles that it needs, and how the one that ships is made.

A council may put its own template in place of it. It keeps its fonts, colours, margins, header and
footer; it has to have the styles named here.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import Any

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.plan.styles import BRAND, FAMILY, INK, LINE, MUTED

NAME = "board.docx"
BULLET, CAPTION = "List Bullet", "Caption"
HEAD, TEXT, FIGURE, TABLE = "Table Head", "Table Text", "Table Figure", "Board Table"
QUESTION, COMMENT = "Board Question", "Board Comment"
CONTENTS = ("TOC 1", "TOC 2")
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
NEEDED = {
    "Title": "the title on the cover",
    "Subtitle": "the month on the cover",
    **dict.fromkeys(HEADINGS, "headings"),
    **dict.fromkeys(CONTENTS, "the table of contents"),
    BULLET: "highlights",
    CAPTION: "what stands above a table",
    HEAD: "the first row of a table",
    TEXT: "words in a table",
    FIGURE: "figures in a table",
    QUESTION: "the question above a comment",
    COMMENT: "what was typed in a box",
    TABLE: "tables (a table style)",
}
# What of the empty document is kept besides; all its other styles are for other papers.
KEPT = ("Normal", "Header", "Footer", "Default Paragraph Font", "Normal Table", "No List")
UNWANTED = ("customXml", "thumbnail", "stylesWithEffects")


def shipped() -> Path:
    """The template that comes with the program."""
    here = Path(__file__).resolve().parent.parent
    tries = [folder / NAME for folder in (here / "_templates", here.parent / "templates")]
    return next((path for path in tries if path.is_file()), tries[0])


def opened(path: Path) -> Any:
    """A template as a document. Raises UserError where it is none or lacks styles."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    damaged = (PackageNotFoundError, zipfile.BadZipFile, XMLSyntaxError, KeyError, ValueError)

    where = Place(file=path.name)
    try:
        document = docx.Document(str(path))
    except (*damaged, OSError) as error:
        what = "This template for the Word pack is not there or is no Word document (.docx)."
        fix = "Give a .docx file that Word opens, or leave the template out."
        raise UserError([Fault("WB481", what, where, fix=fix)]) from error
    known = {style.name for style in document.styles}
    missing = [
        Fault(
            "WB482",
            f'The template has no style "{name}", which the Word pack uses for {what}.',
            where,
            fix=f"Open the template in Word and make a style of this name, or copy it from {NAME}.",
        )
        for name, what in NEEDED.items()
        if name not in known and name.casefold() not in known
    ]
    if missing:
        raise UserError(missing)
    return document


def make_template(path: Path) -> None:
    """Write the template that ships; the same bytes each time."""
    import datetime as dt

    import docx

    from workbook_builder.writers.office_file import with_fixed_dates

    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = "Template of the board pack"
    properties.created = properties.modified = dt.datetime(2024, 1, 1)
    _drop_unwanted(document)
    _style_names(document)
    _page(document.sections[0])
    _paragraphs(document.styles)
    _table_style(document.styles)
    document.save(str(path))
    with_fixed_dates(path)


def _drop_unwanted(document: Any) -> None:
    for holder in (document.part.package, document.part):
        for key, edge in list(holder.rels.items()):
            if any(word in edge.reltype for word in UNWANTED):
                holder.rels.pop(key)


def _style_names(document: Any) -> None:
    """Take away all styles that the pack does not use, and links of the others to them."""
    from docx.oxml.ns import qn

    for style in list(document.styles):
        if style.name not in KEPT and style.name not in NEEDED:
            style.element.getparent().remove(style.element)
            continue
        for link in style.element.findall(qn("w:link")):
            style.element.remove(link)


def _page(section: Any) -> None:
    """A4 upright with margins of 2 cm."""
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.8)
    section.header_distance = section.footer_distance = Cm(0.9)


def _paragraphs(styles: Any) -> None:
    """Type, sizes and air of every paragraph style."""
    looks = {
        # name: size, bold, colour, points before, points after
        "Normal": (11.0, False, INK, 0, 6),
        "Header": (9.0, False, MUTED, 0, 0),
        "Footer": (9.0, False, MUTED, 0, 0),
        "Title": (26.0, True, BRAND, 120, 6),
        "Subtitle": (15.0, False, INK, 0, 18),
        "Heading 1": (18.0, True, BRAND, 0, 8),
        "Heading 2": (14.0, True, BRAND, 16, 4),
        "Heading 3": (12.0, True, BRAND, 14, 4),
        "TOC 1": (11.0, True, INK, 6, 0),
        "TOC 2": (10.0, False, INK, 2, 0),
        BULLET: (11.0, False, INK, 0, 3),
        CAPTION: (9.0, True, MUTED, 8, 3),
        HEAD: (9.0, True, INK, 2, 2),
        TEXT: (9.0, False, INK, 2, 2),
        FIGURE: (9.0, False, INK, 2, 2),
        QUESTION: (11.0, True, INK, 8, 2),
        COMMENT: (11.0, False, INK, 0, 4),
    }
    for name, (size, bold, colour, before, after) in looks.items():
        style = _paragraph_style(styles, name)
        _letters(style, size, bold, colour)
        _spaced(style, name, before, after)
    for number, name in enumerate(CONTENTS):
        _contents_line(styles[name], number)


def _paragraph_style(styles: Any, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in styles:
        return styles[name]
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in CONTENTS)
    style.base_style = styles["Normal"]
    return style


def _letters(style: Any, size: float, bold: bool, colour: str) -> None:
    """One family for all scripts, in place of the theme's."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    held = style.element.get_or_add_rPr().get_or_add_rFonts()
    held.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        held.set(qn(f"w:{script}"), FAMILY)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def _spaced(style: Any, name: str, before: int, after: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    held = style.paragraph_format
    held.space_before, held.space_after = Pt(before), Pt(after)
    held.line_spacing = 1.0 if name.startswith(("Table", "TOC")) else 1.1
    held.keep_with_next = name in (*HEADINGS, QUESTION, CAPTION)
    if name == FIGURE:
        held.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _contents_line(style: Any, level: int) -> None:
    """Indented by level, the page at the right after dots."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm

    style.paragraph_format.left_indent = Cm(0.6 * level)
    style.paragraph_format.tab_stops.add_tab_stop(
        Cm(17.0), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _table_style(styles: Any) -> None:
    """Rules below the rows, a heavier one below the heads; nothing else."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    style = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    heavy = f'w:val="single" w:sz="12" w:space="0" w:color="{BRAND}"'
    side = 'w:w="85" w:type="dxa"'
    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders><w:bottom {rule}/><w:insideH {rule}/>"
            f"</w:tblBorders><w:tblCellMar><w:left {side}/><w:right {side}/></w:tblCellMar>"
            "</w:tblPr>"
        )
    )
    style.element.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr><w:tcBorders>'
            f"<w:bottom {heavy}/></w:tcBorders></w:tcPr></w:tblStylePr>"
        )
    )


if __name__ == "__main__":
    make_template(Path(sys.argv[1]))
