"""PDF: files and scripts inside, comments, layers that are off, earlier versions, author, words.

Of a PDF only texts can be read: a picture of a table, and what lies behind a black box, cannot.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbook_builder.screen.identity import telling
from workbook_builder.screen.links import LINK, is_private_link
from workbook_builder.screen.model import Kind, Leak
from workbook_builder.screen.opened import cannot
from workbook_builder.screen.people import Known

_AGAIN = "make the PDF anew from the workbook or document, once that passes the screen."
ATTACHED = Kind("WB836", "Files are attached to the PDF.", "Delete them, or " + _AGAIN)
SCRIPT = Kind("WB835", "The PDF has scripts, or starts a program.", "Do without: " + _AGAIN)
COMMENT = Kind("WB841", "There are comments or marks of a reader.", "Delete them, or " + _AGAIN)
FIELD = Kind("WB867", "The PDF is a form with filled fields.", "Print it to a new PDF.")
LAYER = Kind("WB811", "Layers of the PDF are switched off.", "Delete them, or " + _AGAIN)
AUTHOR = Kind("WB842", "The properties name a person.", "Take the author out, or " + _AGAIN)
EARLIER = Kind(
    "WB837",
    "The file keeps earlier versions of itself, with what was deleted since.",
    "Print it to a new PDF, or " + _AGAIN,
)
SIGNATURE = b"%PDF-"
MOST_BYTES, MOST_PAGES, MOST_DEEP = 200 * 1024 * 1024, 3000, 40
# Marks that are part of the page and not of a reader.
_OF_THE_PAGE = frozenset(("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"))
_XMP_AUTHOR = re.compile(rb"<dc:creator>.*?<rdf:li[^>]*>\s*([^<\s][^<]*)</rdf:li>", re.DOTALL)


@dataclass(frozen=True)
class Pdf:
    """A PDF that can be opened, with the private values to look for."""

    data: bytes
    file: str
    known: Known
    as_at: dt.date

    @cached_property
    def reader(self) -> Any:
        """pypdf's reader. Raises UserError for a file that cannot be looked into."""
        from pypdf import PdfReader

        if len(self.data) > MOST_BYTES:
            fix = "Screen the workbook or document that it was made from."
            raise cannot(self.file, "The PDF is larger than 200 MB and is not opened.", fix)
        reader = PdfReader(io.BytesIO(self.data))
        if reader.is_encrypted:
            raise cannot(
                self.file,
                "The PDF is protected, so nobody can say what is in it.",
                "Save it without a password and screen that one.",
            )
        if len(reader.pages) > MOST_PAGES:
            fix = "Screen the workbook or document that it was made from."
            raise cannot(self.file, f"The PDF has more than {MOST_PAGES} pages.", fix)
        return reader

    @cached_property
    def root(self) -> Any:
        """What everything in the file hangs on."""
        return self.reader.trailer["/Root"].get_object()

    @cached_property
    def marks(self) -> tuple[tuple[int, Any], ...]:
        """Annotations with the number of their page."""
        return tuple(
            (number, _object(mark))
            for number, page in enumerate(self.reader.pages, start=1)
            for mark in _list(page.get("/Annots"))
            if isinstance(_object(mark), dict)
        )


def attachments(pdf: Pdf) -> Iterator[Leak]:
    """Files in the PDF, or pinned to a page."""
    names = _object(pdf.root.get("/Names")) or {}
    if names.get("/EmbeddedFiles") is not None or pdf.root.get("/AF") is not None:
        yield ATTACHED.at("the PDF")
    for number, mark in pdf.marks:
        if mark.get("/Subtype") == "/FileAttachment":
            yield ATTACHED.at(f"page {number}")


def scripts(pdf: Pdf) -> Iterator[Leak]:
    """JavaScript, and actions that start something."""
    names = _object(pdf.root.get("/Names")) or {}
    start = _object(pdf.root.get("/OpenAction"))
    acts = isinstance(start, dict) and start.get("/S") in ("/JavaScript", "/Launch")
    if names.get("/JavaScript") is not None or acts or pdf.root.get("/AA") is not None:
        yield SCRIPT.at("the PDF")
    for number, mark in pdf.marks:
        action = _object(mark.get("/A")) or {}
        if action.get("/S") in ("/JavaScript", "/Launch") or mark.get("/AA") is not None:
            yield SCRIPT.at(f"page {number}")


def marks_of_readers(pdf: Pdf) -> Iterator[Leak]:
    """Comments, highlights and other marks."""
    for number, mark in pdf.marks:
        kind = mark.get("/Subtype")
        if kind not in _OF_THE_PAGE and kind != "/FileAttachment":
            yield COMMENT.at(f"page {number}")


def filled_fields(pdf: Pdf) -> Iterator[Leak]:
    """Fields of a form with a value."""
    for number, mark in pdf.marks:
        if mark.get("/Subtype") == "/Widget" and str(mark.get("/V", "")).strip("/ "):
            yield FIELD.at(f"page {number}")


def links(pdf: Pdf) -> Iterator[Leak]:
    """Links to files, drives and mailboxes."""
    for number, mark in pdf.marks:
        action = _object(mark.get("/A")) or {}
        target = str(action.get("/URI", ""))
        if action.get("/S") == "/GoToR" or (target and is_private_link(target)):
            yield LINK.at(f"page {number}")


def layers(pdf: Pdf) -> Iterator[Leak]:
    """Layers that are not shown."""
    content = _object(pdf.root.get("/OCProperties")) or {}
    if _list((_object(content.get("/D")) or {}).get("/OFF")):
        yield LAYER.at("the PDF")


def authors(pdf: Pdf) -> Iterator[Leak]:
    """The author in either of the two places that a PDF has for properties."""
    said = str((pdf.reader.metadata or {}).get("/Author", "") or "").strip()
    held = _object(pdf.root.get("/Metadata"))
    if said or (held is not None and _XMP_AUTHOR.search(held.get_data())):
        yield AUTHOR.at("the properties (author)")


def earlier_versions(pdf: Pdf) -> Iterator[Leak]:
    """Versions before the last change; a file made for the web has two ends and one version."""
    ends = pdf.data.count(b"%%EOF")
    if ends > (2 if b"/Linearized" in pdf.data[:2048] else 1):
        yield EARLIER.at("the PDF")


def words(pdf: Pdf) -> Iterator[Leak]:
    """What the texts of pages, properties, marks and pictures' descriptions tell of people."""
    for where, text in _texts(pdf):
        for kind in {*telling(text, pdf.as_at), *pdf.known.in_text(text)}:
            yield kind.at(where)


def _texts(pdf: Pdf) -> Iterator[tuple[str, str]]:
    for number, page in enumerate(pdf.reader.pages, start=1):
        yield f"page {number}", page.extract_text()
    for value in (pdf.reader.metadata or {}).values():
        yield "the properties", str(value)
    for number, mark in pdf.marks:
        for name in ("/Contents", "/V", "/T", "/TU"):
            yield f"page {number}, a mark", str(mark.get(name, ""))
        yield f"page {number}, a link", str((_object(mark.get("/A")) or {}).get("/URI", ""))
    yield from _described(_object(pdf.root.get("/StructTreeRoot")), 0)


def _described(node: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Alternative texts, down the tree of the document's structure."""
    if not isinstance(node, dict) or depth > MOST_DEEP:
        return
    for name in ("/Alt", "/ActualText"):
        if name in node:
            yield "an alternative text", str(node[name])
    for below in _list(node.get("/K")):
        yield from _described(_object(below), depth + 1)


def _object(said: Any) -> Any:
    return said.get_object() if hasattr(said, "get_object") else said


def _list(said: Any) -> list[Any]:
    found = _object(said)
    if found is None:
        return []
    return list(found) if isinstance(found, list) else [found]


LOOKS: tuple[Callable[[Pdf], Iterator[Leak]], ...] = (
    attachments,
    scripts,
    marks_of_readers,
    filled_fields,
    links,
    layers,
    authors,
    earlier_versions,
    words,
)


def leaks_of_pdf(pdf: Pdf) -> Iterator[Leak]:
    """Everything that leaks. Raises UserError where the file cannot be looked into."""
    from workbook_builder.errors import UserError

    try:
        for look in LOOKS:
            yield from look(pdf)
    except UserError:
        raise
    except Exception:
        # Whatever a damaged or hostile file does to the library: it was not looked into, and what
        # the library says of it may quote it.
        what = "The PDF is damaged or made in an unusual way and cannot be looked into."
        raise cannot(pdf.file, what, _AGAIN.capitalize()) from None
