"""Every text of a package that stands in no cell: titles, labels, properties, names, choices."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.screen.identity import telling
from workbook_builder.screen.model import Leak, Piece
from workbook_builder.screen.opened import Opened
from workbook_builder.screen.workbook import Workbook
from workbook_builder.writers.closed.markup import Element
from workbook_builder.writers.closed.package import TYPES

# Attributes that hold words of people; others hold numbers that mean something to programs only.
_WORDS = frozenset(
    ("descr", "title", "name", "prompt", "promptTitle", "error", "errorTitle", "tooltip", "display")
)
_FILTERED = frozenset(("filter", "customFilter"))
_PARAGRAPH = "p"
# Numbers that a chart keeps are those of cells, and are compared with them.
_NUMBERS = frozenset(("numCache", "numLit"))
# Elements whose texts are sizes and counts that programs write.
_SIZES = ("row", "col", "rowOff", "colOff", "posOffset", "i4")
_COUNTS = ("Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "Slides")
_STATES = ("revision", "TotalTime", "Notes", "HiddenSlides", "MMClips", "DocSecurity", "AppVersion")
_FIGURES = frozenset((*_SIZES, *_COUNTS, *_STATES, "delText"))
# Parts that are looked at cell by cell or paragraph by paragraph.
_PASSED_OVER = (
    "sharedStrings",
    "worksheet",
    "wordprocessingml.document",
    "wordprocessingml.template",
)


def leaks_in_words(opened: Opened) -> Iterator[Leak]:
    """What the texts beside the cells tell of people."""
    for piece in pieces(opened):
        yield from leaks_of(piece, opened)


def leaks_beside_cells(book: Workbook) -> Iterator[Leak]:
    """What a worksheet says beside its cells: choices, messages, filters, heads and feet, links;
    and its formulas, whose texts nobody sees."""
    for sheet in book.sheets:
        for text in _texts(sheet.rest):
            yield from leaks_of(Piece(f"{sheet.label}, beside its cells", text), book.opened)
        for cell in sheet.cells:
            if cell.formula.strip():
                where = f"{sheet.label}, formula of cell {cell.address}"
                yield from leaks_of(Piece(where, cell.formula), book.opened)


def leaks_of(piece: Piece, opened: Opened) -> Iterator[Leak]:
    """What one text tells of people."""
    for kind in {*telling(piece.text, opened.as_at), *opened.known.in_text(piece.text)}:
        yield kind.at(piece.where)


def pieces(opened: Opened) -> Iterator[Piece]:
    """Every text with the part that it stands in, by paragraphs."""
    for part in opened.parts:
        said = opened.types.get(part.casefold(), "")
        is_xml = part.endswith(".xml") and part != TYPES
        if not is_xml or any(word in said for word in _PASSED_OVER):
            continue
        where = opened.label(part)
        yield from (Piece(where, text) for text in _texts(opened.root(part)))
    for edge in opened.edges:
        if edge.outside:
            yield Piece(f"{opened.label(edge.source)}, a link", edge.target)


def texts_of(element: Element) -> Iterator[str]:
    """The words in an element and below it."""
    return _texts(element)


def _texts(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name in _WORDS or (name == "val" and element.name in _FILTERED):
            yield value
    if element.name == _PARAGRAPH:
        yield "".join(one.text for one in _every(element) if one.name in ("t", "delText"))
    elif element.text.strip() and element.name not in _FIGURES:
        yield element.text
    for child in element.children:
        if child.name not in _NUMBERS:
            yield from _texts(child)


def _every(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _every(child)
