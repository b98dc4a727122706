"""Who worked on a file: authors, comments, paths with user names, properties that programs keep."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from workbook_builder.screen.model import Kind, Leak, cells_said
from workbook_builder.screen.opened import Opened
from workbook_builder.screen.workbook import place_of
from workbook_builder.writers.closed.markup import Element

_INSPECT = "File, Info, Inspect Document: remove "
COMMENTS = Kind(
    "WB841",
    "There are comments or notes, with the names of who wrote them.",
    _INSPECT + "Comments; move what is for the readers into the text.",
)
AUTHOR = Kind(
    "WB842",
    "The properties name a person.",
    _INSPECT + "Document Properties and Personal Information. The council's name may stand as "
    "Company.",
)
PERSONS = Kind(
    "WB843",
    "The file keeps a list of people who commented on it or changed it.",
    _INSPECT + "Comments, and Document Properties and Personal Information.",
)
CUSTOM = Kind(
    "WB844",
    "The file has custom properties, in which programs keep names, paths and numbers.",
    "File, Info, Properties, Advanced Properties, Custom: delete them.",
)
PATH = Kind(
    "WB845",
    "The file keeps the path of a folder that names a user or a server of yours.",
    _INSPECT + "Document Properties and Personal Information.",
)
_COMMENTS = ("comments", "threadedComment", "threadedComments", "commentsExtended")
_PERSONS = ("person", "people", "commentAuthors", "authors")
# What programs write as the author when nobody is.
_NOBODY = frozenset(
    {"", "openpyxl", "python-docx", "python-pptx", "workbook builder", "xlsxwriter", "un-named"}
)
# Labels of sensitivity belong to the file and name nobody, save who set them.
_LABEL = re.compile(r"MSIP_Label_[0-9a-fA-F-]+_(?!Owner)|ContentTypeId$|ClassificationContent")
_OWN_PLACE = re.compile(
    r"[\\/](?:users|home|documents and settings|personal)[\\/]|^\\\\|^//|^file:/{2,}", re.IGNORECASE
)


def is_own_place(path: str) -> bool:
    """Whether a path or address leads to a user's folder or to a server of the house."""
    return bool(_OWN_PLACE.search(path.strip()))


def comments(opened: Opened) -> Iterator[Leak]:
    """Notes, comments and threads, each sheet or slide with the cells that have one."""
    cells: dict[str, set[tuple[int, int]]] = defaultdict(set)
    counted: dict[str, int] = defaultdict(int)
    for edge in opened.targets(*_COMMENTS):
        root = opened.root(edge.target)
        where = opened.label(edge.source)
        for one in _below(root):
            if one.name in ("comment", "threadedComment", "cm"):
                counted[where] += 1
                row, column = place_of(one.attributes.get("ref", ""))
                if row:
                    cells[where].add((column, row))
    for where, number in counted.items():
        count = "1 comment" if number == 1 else f"{number} comments"
        said = cells_said(sorted(cells[where])) if cells[where] else count
        yield COMMENTS.at(f"{where}, {said}")


def authors(opened: Opened) -> Iterator[Leak]:
    """Author, who saved it last, and manager; the council itself may stand as author."""
    properties = [
        (one.name, one.text.strip())
        for edge in opened.targets("core-properties", "extended-properties")
        for one in opened.root(edge.target).children
    ]
    allowed = {text.casefold() for name, text in properties if name == "Company"} | _NOBODY
    words = {"creator": "author", "lastModifiedBy": "last saved by", "Manager": "manager"}
    named = [words[n] for n, text in properties if n in words and text.casefold() not in allowed]
    main = opened.package.main
    sharing = [one for one in _below(opened.root(main)) if one.name == "fileSharing"]
    if any(one.attributes.get("userName", "").strip() for one in sharing):
        named.append("who protected it")
    if named:
        said = ", ".join(dict.fromkeys(named))
        where = f"the properties ({said})"
        yield AUTHOR.at(f"{where}, {opened.inside}" if opened.inside else where)


def persons(opened: Opened) -> Iterator[Leak]:
    """Lists of people."""
    for edge in opened.targets(*_PERSONS):
        if opened.root(edge.target).children:
            yield PERSONS.at(opened.label(edge.source))


def custom_properties(opened: Opened) -> Iterator[Leak]:
    """Properties that somebody or a program added; not the marks of a sensitivity label."""
    for edge in opened.targets("custom-properties"):
        names = [one.attributes.get("name", "") for one in opened.root(edge.target).children]
        left = [name for name in names if not _LABEL.match(name)]
        if left:
            said = "1 property" if len(left) == 1 else f"{len(left)} properties"
            yield CUSTOM.at(f"{opened.label(edge.target)}, {said}")


def paths(opened: Opened) -> Iterator[Leak]:
    """The folder in which the file was saved, or a base of links, that names a user or server."""
    held = [
        one.attributes.get("url", "")
        for one in _below(opened.root(opened.package.main))
        if one.name == "absPath"
    ]
    for edge in opened.targets("extended-properties"):
        held += [
            one.text
            for one in opened.root(edge.target).children
            if one.name in ("HyperlinkBase", "Template")
        ]
    if any(is_own_place(path) for path in held):
        yield PATH.at(opened.label(opened.package.main))


def _below(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _below(child)
