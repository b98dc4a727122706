"""Pieces of a Word document that python-docx has no calls for: tables with repeated heads, fields.

A table is written as one piece of XML, which is many times faster than cell by cell.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from workbook_builder.board.pack_model import Entry
from workbook_builder.plan.styles import AMBER, BETTER, BLACK, GREEN, RED, WHITE, WORSE
from workbook_builder.writers.docx_template import FIGURE, HEAD, TABLE, TEXT
from workbook_builder.writers.office_file import plain
from workbook_builder.writers.table_fit import Fitted

# Fill and colour of a status; its word is always there.
FILLS = {"red": (RED, WHITE), "amber": (AMBER, BLACK), "green": (GREEN, BLACK)}
COLOURS = {"better": BETTER, "worse": WORSE}
# A short table stays on one page, and with what follows it.
SHORT = 8
TWIPS = 1440 / 2.54


def table_xml(fitted: Fitted, ids: dict[str, str]) -> Any:
    """A table with its alternative text, a head that repeats, and rows that no page end cuts.

    ids are those of the styles by their names.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    table, widths = fitted.table, [round(one * TWIPS) for one in fitted.widths]
    keep = len(table.rows) <= SHORT
    numeric = [all(row[at].look == "number" for row in table.rows) for at in range(len(widths))]
    heads = [
        Entry(head, "number" if right else "")
        for head, right in zip(table.heads, numeric, strict=True)
    ]
    rows = [_row(heads, widths, ids, True, True)]
    rows += [_row(row, widths, ids, False, keep) for row in table.rows]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    said = quoteattr(plain(table.caption))
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblStyle w:val={quoteattr(ids[TABLE])}/>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={said}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(entries: Any, widths: list[int], ids: dict[str, str], head: bool, keep: bool) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    cells = "".join(
        _cell(entry, width, ids, head, keep) for entry, width in zip(entries, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(entry: Entry, width: int, ids: dict[str, str], head: bool, keep: bool) -> str:
    fill, colour = FILLS.get(entry.look, ("", COLOURS.get(entry.look, "")))
    style = ids[HEAD] if head else ids[FIGURE if entry.look == "number" else TEXT]
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    looks = "<w:b/>" if fill else ""
    looks += f'<w:color w:val="{colour}"/>' if colour else ""
    run = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    right = '<w:jc w:val="right"/>' if head and entry.look == "number" else ""
    kept = "<w:keepNext/>" if keep else ""
    place = "bottom" if head else "center"
    text = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in plain(entry.text).split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="{place}"/>'
        f"</w:tcPr><w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{kept}{right}</w:pPr>"
        f"<w:r>{run}{text}</w:r></w:p></w:tc>"
    )


def field(instruction: str, shown: str) -> list[Any]:
    """A field that Word works out anew, and what stands there until then."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    space = nsdecls("w")
    pieces = [
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f'<w:t xml:space="preserve">{escape(shown)}</w:t>',
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return [parse_xml(f"<w:r {space}>{piece}</w:r>") for piece in pieces]


def bookmarked(paragraph: Any, number: int) -> str:
    """Put a bookmark around a paragraph's text, for the contents to lead to; its name."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    space, name = nsdecls("w"), f"_Toc{number:08d}"
    start = parse_xml(f'<w:bookmarkStart {space} w:id="{number}" w:name="{name}"/>')
    runs = paragraph._p.r_lst
    runs[0].addprevious(start)
    runs[-1].addnext(parse_xml(f'<w:bookmarkEnd {space} w:id="{number}"/>'))
    return name


def link_to(name: str, text: str) -> Any:
    """A line of the contents until Word puts the pages there: the heading as a link."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(
        f'<w:hyperlink {nsdecls("w")} w:anchor="{name}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:hyperlink>'
    )
