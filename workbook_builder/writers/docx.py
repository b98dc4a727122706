"""The board pack as a Word document: real headings, tables with heads, contents, page numbers.

Looks are those of a template's styles, which a council can replace. The same pack gives the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from workbook_builder.board.pack_model import (
    Comment,
    Entry,
    Pack,
    PackChart,
    PackTable,
    Piece,
)
from workbook_builder.board.static import NOTHING_SAID
from workbook_builder.writers import docx_template as look
from workbook_builder.writers.chart_looks import has_figures
from workbook_builder.writers.docx_parts import SHORT, bookmarked, field, link_to, table_xml
from workbook_builder.writers.office_file import plain, set_properties, with_fixed_dates
from workbook_builder.writers.table_fit import fitted, needs

IN_TABLE = "The figures are in the table before it."
IN_WORKBOOK = "The figures are on the tab of the workbook."
CONTENTS = "Contents"
CONTENTS_FIELD = r'TOC \o "1-2" \h \z \u'
# Centimetres of a chart; two stand beside one another where the second has few points.
CHART_WIDTH, CHART_HEIGHT = 17.0, 3.4
# A page so wide has room for two charts beside one another, and none for two below its tables.
WIDE = 22.0
BESIDE, FEW_POINTS, GAP = 0.62, 4, 0.3
EMU = 360_000
# What stands behind the order to update fields in Word's settings; the schema fixes the order.
AFTER_UPDATE = (
    "w:hdrShapeDefaults",
    "w:footnotePr",
    "w:endnotePr",
    "w:compat",
    "w:docVars",
    "w:rsids",
)


def write_docx(pack: Pack, path: Path, template: Path | None = None) -> None:
    """Write the document. Raises UserError where the template cannot be used."""
    _Writing(pack, look.opened(template or look.shipped())).write(path)


class _Writing:
    """One document on its way; what is written last stands at its end."""

    def __init__(self, pack: Pack, document: Any) -> None:
        self.pack, self.document = pack, document
        self.ids = {style.name: style.style_id for style in document.styles}
        self.size = _table_size(document)
        self.headings: list[tuple[int, str, str]] = []
        self.charts = 0
        self.fresh = True

    def write(self, path: Path) -> None:
        self._empty()
        self._cover()
        place = self._contents_place()
        self._summary()
        self._highlights()
        for theme in self.pack.themes:
            tables = [table for piece in theme.pieces for table in piece.tables]
            self._turn(any(needs(one, self.size) > self._upright_room for one in tables))
            self._heading(1, theme.title)
            for piece in theme.pieces:
                self._piece(piece)
        self._turn(False)
        self._notes()
        self._contents(place)
        self._footers()
        self._settings()
        self.document.save(str(path))
        with_fixed_dates(path)

    # Paragraphs, headings, pages.

    def _say(self, text: str, style: str = "Normal") -> Any:
        self.fresh = False
        return self.document.add_paragraph(plain(text), style=style)

    def _heading(self, level: int, text: str) -> None:
        """A heading; one of level 1 begins a page."""
        fresh = self.fresh
        paragraph = self._say(text, f"Heading {level}")
        if level == 1 and not fresh:
            paragraph.paragraph_format.page_break_before = True
        name = bookmarked(paragraph, len(self.headings) + 1)
        self.headings.append((level, plain(text), name))

    def _turn(self, sideways: bool) -> None:
        """Go on with pages that lie or stand, where they do not already."""
        from docx.enum.section import WD_ORIENT, WD_SECTION

        before = self.document.sections[-1]
        if (before.page_width > before.page_height) == sideways:
            return
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.page_width, section.page_height = before.page_height, before.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
        self.fresh = True

    @property
    def _room(self) -> float:
        """The width between the margins in centimetres."""
        page = self.document.sections[-1]
        return float(page.page_width - page.left_margin - page.right_margin) / EMU

    @property
    def _upright_room(self) -> float:
        page = self.document.sections[0]
        return float(page.page_width - page.left_margin - page.right_margin) / EMU

    def _table(self, table: PackTable, shown: bool = True, more: bool = False) -> None:
        """A table in as many parts as the page needs; each has its caption above it.

        With more to come about the same thing a short one stays on its page.
        """
        parts = fitted(table, self._room, self.size)
        for part in parts:
            if shown or len(parts) > 1:
                self._say(part.table.caption, look.CAPTION)
            self.document.element.body.insert_element_before(table_xml(part, self.ids), "w:sectPr")
            after = self._say("").paragraph_format
            after.space_after, after.line_spacing = 0, 0.5
            after.keep_with_next = more and len(table.rows) <= SHORT

    # The parts of the pack.

    def _empty(self) -> None:
        """Take away what the template's pages say."""
        body = self.document.element.body
        for child in list(body):
            if not child.tag.endswith("}sectPr"):
                body.remove(child)

    def _cover(self) -> None:
        self._say(self.pack.title, "Title")
        self._say(f"{self.pack.authority}, {self.pack.month}", "Subtitle")
        rows = tuple((Entry(name), Entry(said)) for name, said in self.pack.facts)
        self._table(PackTable("About this pack", ("About this pack", "Details"), rows), False)
        for caveat in self.pack.caveats:
            self._say(caveat)

    def _contents_place(self) -> Any:
        heading = self._say(CONTENTS, "Subtitle")
        heading.paragraph_format.page_break_before = True
        return heading

    def _summary(self) -> None:
        self._heading(1, "Summary")
        for table in (self.pack.counts, self.pack.attention):
            if table is not None:
                self._heading(2, table.caption)
                self._table(table, False)
        for heading, table in self.pack.summary:
            self._heading(2, heading)
            self._table(table, False)

    def _highlights(self) -> None:
        self._heading(1, "Highlights by theme")
        for one in self.pack.highlights:
            self._heading(2, one.theme)
            for remark in one.remarks:
                self._heading(3, remark.heading)
                for item in remark.items:
                    self._say(item, look.BULLET)
            if not one.remarks:
                self._say(one.nothing)
            self._comments(one.comments)

    def _piece(self, piece: Piece) -> None:
        self._heading(piece.level, piece.heading)
        charts = [one for one in piece.charts if has_figures(one)]
        for text in piece.paragraphs:
            self._say(text).paragraph_format.keep_with_next = True
        last = len(piece.tables)
        for number, table in enumerate(piece.tables, start=1):
            # All of a long piece cannot be kept together: its last table and its charts are.
            more = bool(charts) if number == last else last == 2
            self._table(table, number > 1, more)
        self._charts(charts, bool(piece.tables))
        self._comments(piece.comments)

    def _charts(self, charts: Sequence[PackChart], beside_table: bool) -> None:
        """One below another; a short second one beside the first, on a wide page any two."""
        width = min(CHART_WIDTH, self._room)
        left = list(charts)
        while left:
            short = len(left) == 2 and len(left[1].periods) <= FEW_POINTS
            paragraph = self._say("")
            if len(left) == 1 or not (short or self._room >= WIDE):
                self._picture(paragraph, left.pop(0), width, beside_table)
                continue
            first = self._room * (BESIDE if short else 0.5) - GAP / 2
            self._picture(paragraph, left.pop(0), first, beside_table)
            self._picture(paragraph, left.pop(0), self._room - first - GAP, beside_table)

    def _picture(self, paragraph: Any, chart: PackChart, width: float, in_table: bool) -> None:
        from docx.shared import Cm

        from workbook_builder.writers.chart_pictures import picture

        self.charts += 1
        png = picture(chart, self.pack.brand, width, CHART_HEIGHT)
        drawn = paragraph.add_run().add_picture(BytesIO(png), width=Cm(width))
        # Left unsaid, LibreOffice takes them for a third of a centimetre, and breaks the line.
        for side in ("distT", "distB", "distL", "distR"):
            drawn._inline.set(side, "0")
        properties = drawn._inline.docPr
        properties.set("name", f"Chart {self.charts}")
        where = IN_TABLE if in_table else IN_WORKBOOK
        properties.set("descr", plain(f"{chart.description} {where}"))

    def _comments(self, comments: Iterable[Comment]) -> None:
        """Each question with what was typed, line by line."""
        for one in comments:
            role = f" ({one.role})" if one.role else ""
            self._say(f"{one.question}{role}", look.QUESTION)
            for line in plain(one.text or NOTHING_SAID).split("\n"):
                self._say(line, look.COMMENT)

    def _notes(self) -> None:
        self._heading(1, "Notes")
        for section in self.pack.notes:
            self._heading(2, section.heading)
            if section.table is not None:
                self._table(section.table, False)
            else:
                self._say(section.sentence)

    # What is about the whole document.

    def _contents(self, place: Any) -> None:
        """The contents as a field, with the lines that Word would make of it."""
        listed = [one for one in self.headings if one[0] <= len(look.CONTENTS)]
        begin, instruction, separate, _, end = field(CONTENTS_FIELD, "")
        after = place._p
        for number, (level, text, name) in enumerate(listed):
            paragraph = self.document.add_paragraph(style=look.CONTENTS[level - 1])._p
            for run in (begin, instruction, separate) if number == 0 else ():
                paragraph.append(run)
            paragraph.append(link_to(name, text))
            if number == len(listed) - 1:
                paragraph.append(end)
            after.addnext(paragraph)
            after = paragraph

    def _footers(self) -> None:
        """Title, month, marking and Page x of y on every page, unless the template has a page."""
        footer = self.document.sections[0].footer
        footer.is_linked_to_previous = False
        if "PAGE" in "".join(footer._element.xpath(".//w:instrText/text()")):
            return
        said = f"{self.pack.label}   |   {self.pack.short_marking}   |   Page "
        paragraph = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
        paragraph.style = self.document.styles["Footer"]
        paragraph.add_run(plain(said))
        for run in field("PAGE", "1"):
            paragraph._p.append(run)
        paragraph.add_run(" of ")
        for run in field("NUMPAGES", "1"):
            paragraph._p.append(run)

    def _settings(self) -> None:
        """The language of all text, the properties, and that Word works out fields on opening."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        held = self.document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
        for runs in held:
            for old in runs.findall(qn("w:lang")):
                runs.remove(old)
            language = OxmlElement("w:lang")
            language.set(qn("w:val"), self.pack.language)
            runs.append(language)
        settings = self.document.settings.element
        if settings.find(qn("w:updateFields")) is None:
            update = OxmlElement("w:updateFields")
            update.set(qn("w:val"), "true")
            after = [one for one in settings if one.tag in map(qn, AFTER_UPDATE)]
            (after[0].addprevious if after else settings.append)(update)
        set_properties(self.document.core_properties, self.pack)


def _table_size(document: Any) -> float:
    """The type size of the template's tables in points, by which columns are measured."""
    size = document.styles[look.TEXT].font.size or document.styles["Normal"].font.size
    return float(size.pt) if size is not None else 11.0
