"""What leads out of a file: links to drives and mailboxes, linked objects, names, page headers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from workbook_builder.screen.model import Kind, Leak
from workbook_builder.screen.opened import Opened
from workbook_builder.screen.who import is_own_place
from workbook_builder.screen.workbook import Workbook

LINK = Kind(
    "WB847",
    "A link leads to a file, a drive or a person's page or mailbox.",
    "Remove the link, or let it lead to a public page or a mailbox of the team written as text.",
)
LINKED = Kind(
    "WB848",
    "The file takes an object, picture or template from another place, whose path it keeps.",
    "Break the link (File, Info, Edit Links to Files), or put the picture itself into the file.",
)
OTHER_BOOK_NAME = Kind(
    "WB861",
    "A defined name refers to another workbook, whose path the file keeps.",
    "Formulas, Name Manager: delete it.",
)
OTHER_BOOK = Kind(
    "WB862",
    "A formula refers to another workbook, whose path the file keeps.",
    "Copy the cell and paste it as a value.",
)
HEADER = Kind(
    "WB846",
    "The head or foot of the page prints the path of the file, or who wrote it.",
    "Take that piece out of the header or footer.",
)
# A book in square brackets and then a sheet or name; a table's column is followed by neither.
_BOOK = re.compile(r"\[[^\[\]]+\][^\[\]!,+*/()&=]*!")
_DRIVE = re.compile(r"^[A-Za-z]:[\\/]|^\\\\|^file:", re.IGNORECASE)
_PUBLIC = re.compile(r"^(?:https?|ftp)://", re.IGNORECASE)
_WITH_A_PATH = re.compile(r"&Z", re.IGNORECASE)
_FORMULAS = ("formula", "formula1", "formula2", "f", "calculatedColumnFormula")


def is_private_link(target: str) -> bool:
    """Whether a link leads to a file, a drive, a mailbox or somebody's own page."""
    said = target.strip()
    if said.casefold().startswith("mailto:") or _DRIVE.match(said) or is_own_place(said):
        return True
    return not (_PUBLIC.match(said) or said.startswith("#") or said.casefold().startswith("tel:"))


def private_links(opened: Opened) -> Iterator[Leak]:
    """Hyperlinks to anything but public pages and places in the file."""
    counted: dict[str, int] = defaultdict(int)
    for edge in opened.edges:
        if edge.outside and edge.kind == "hyperlink" and is_private_link(edge.target):
            counted[_place(opened, edge.source, edge.id)] += 1
    for where in counted:
        yield LINK.at(where)


def linked_objects(opened: Opened) -> Iterator[Leak]:
    """Whatever is taken from outside and is no hyperlink, such as a template on a drive."""
    for edge in opened.edges:
        if edge.outside and edge.kind not in ("hyperlink", "externalLinkPath"):
            yield LINKED.at(opened.label(edge.source))


def names_of_other_books(book: Workbook) -> Iterator[Leak]:
    """Defined names that refer to another workbook."""
    found = [one for one in book.names if _BOOK.search(one.refers)]
    for one in found:
        named = f'the name "{one.name}"' if book.opened.sayable(one.name) else "a name"
        yield OTHER_BOOK_NAME.at(named)


def formulas_of_other_books(book: Workbook) -> Iterator[Leak]:
    """Formulas of cells, choices and conditional formats that refer to another workbook."""
    for sheet in book.sheets:
        cells = [cell for cell in sheet.cells if _BOOK.search(cell.formula)]
        if cells:
            yield OTHER_BOOK.at(sheet.grid.where(cells))
        rules = (one for name in _FORMULAS for one in sheet.each(name))
        if any(_BOOK.search(one.text) for one in rules):
            yield OTHER_BOOK.at(f"{sheet.label}, its rules for choices or formats")


def page_headers(book: Workbook) -> Iterator[Leak]:
    """Heads and feet of pages that print the path of the file."""
    for sheet in book.sheets:
        pages = (one for kind in sheet.each("headerFooter") for one in kind.children)
        if any(_WITH_A_PATH.search(one.text.replace("&&", "")) for one in pages):
            yield HEADER.at(sheet.label)


def linked_cells(book: Workbook) -> Iterator[Leak]:
    """HYPERLINK formulas to files, drives and mailboxes."""
    literal = re.compile(r'HYPERLINK\(\s*"([^"]*)"', re.IGNORECASE)
    for sheet in book.sheets:
        cells = [
            cell
            for cell in sheet.cells
            if any(is_private_link(target) for target in literal.findall(cell.formula))
        ]
        if cells:
            yield LINK.at(sheet.grid.where(cells))


def _place(opened: Opened, part: str, key: str) -> str:
    """A link's part, and in a worksheet the cell that has it."""
    where = opened.label(part)
    if "worksheet" in opened.types.get(part.casefold(), ""):
        for one in opened.root(part).each("hyperlink"):
            if key in one.attributes.values():
                return f"{where}, cell {one.attributes.get('ref', '')}"
    return where
