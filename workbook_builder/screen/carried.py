"""What a file carries along beside what it shows: caches, links, connections, macros, files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workbook_builder.screen.model import Kind, Leak
from workbook_builder.screen.opened import Edge, Opened
from workbook_builder.writers.closed.markup import Element

_AS_VALUES = "Copy what is for the readers into a new file, as values."
PIVOT = Kind(
    "WB831",
    "A pivot table or slicer keeps a copy of all the rows that it was made from.",
    "Copy the pivot table's cells into a new workbook as values; deleting the source is not "
    "enough.",
)
LINKED_BOOK = Kind(
    "WB832",
    "The file leads to another workbook, and keeps a copy of the cells that it took from there.",
    "Data, Edit Links, Break Link; or copy the sheets into a new workbook as values.",
)
CONNECTION = Kind(
    "WB833",
    "The file has a connection to a database or file, a query, or a data model with its rows.",
    "Data, Queries & Connections: delete them; or copy the sheets into a new workbook as values.",
)
CUSTOM_XML = Kind(
    "WB834",
    "The file carries custom XML, in which programs keep data that nobody sees.",
    "File, Info, Inspect Document: remove Custom XML Data.",
)
MACROS = Kind(
    "WB835",
    "The file carries macros, or controls with code.",
    "Save it as a workbook or document without macros (.xlsx, .docx, .pptx).",
)
EMBEDDED = Kind(
    "WB836",
    "Another file is embedded in this one, with everything in it.",
    "Delete the object; put a picture or a table of values in its place.",
)
REVISIONS = Kind(
    "WB837",
    "The file keeps a log of changes, with who made them and what stood there before.",
    "Review, Share Workbook: end sharing with its history; or copy the sheets into a new workbook.",
)
PRINTER = Kind(
    "WB838",
    "The settings of the page name a printer on your network.",
    "File, Info, Inspect Document: remove Document Properties and Personal Information.",
)
ORPHAN = Kind(
    "WB839",
    "The file holds a part that nothing in it leads to, so no program shows it.",
    "Open the file in its program and save it under a new name.",
)
CROPPED = Kind(
    "WB827",
    "A picture is cropped: what was cut off is still in the file.",
    "Picture Format, Compress Pictures, Delete cropped areas of pictures.",
)
_PIVOTS = (
    "pivotCacheDefinition",
    "pivotCacheRecords",
    "pivotTable",
    "slicerCache",
    "timelineCache",
)
_LINKS = ("externalLink", "externalLinkPath")
_CONNECTIONS = ("connections", "queryTable", "powerPivotData", "mailMergeSource", "recipientData")
_MACROS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "control", "activeXControlBinary")
_MACRO_PARTS = ("vbaproject", "keymapcustomizations", "macrosheet", "activex")
_FILES = ("oleObject", "package", "aFChunk", "subDocument")
_REVISIONS = ("revisionHeaders", "revisionLog", "usernames", "sharedLinks")
_BIBLIOGRAPHY = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_NETWORK = re.compile(rb"\\\0\\\0[^\0]\0|\\\\[A-Za-z0-9]")
_NEVER_LED_TO = ("[content_types].xml", "mimetype")


def pivot_caches(opened: Opened) -> Iterator[Leak]:
    """Pivot caches and what keeps the like."""
    yield from _each_source(opened, PIVOT, _PIVOTS)


def external_links(opened: Opened) -> Iterator[Leak]:
    """Links to other workbooks with the cells that were taken from there."""
    yield from _each_source(opened, LINKED_BOOK, _LINKS[:1])


def connections(opened: Opened) -> Iterator[Leak]:
    """Connections, queries and data models."""
    yield from _each_source(opened, CONNECTION, _CONNECTIONS)


def custom_xml(opened: Opened) -> Iterator[Leak]:
    """Custom XML parts; Word's list of sources is none as long as it is empty."""
    for edge in opened.targets("customXml", "xmlMaps"):
        if edge.kind == "customXml" and _is_empty_bibliography(opened.root(edge.target)):
            continue
        yield CUSTOM_XML.at(opened.label(edge.target))


def macros(opened: Opened) -> Iterator[Leak]:
    """Macros, macro sheets, controls, and a file that says it may have some."""
    leading = [edge for edge in opened.edges if edge.kind in _MACROS]
    typed = [
        part
        for part, said in opened.types.items()
        if any(w in said.casefold() for w in _MACRO_PARTS)
    ]
    may = "macroenabled" in opened.types.get(opened.package.main.casefold(), "").casefold()
    if leading or typed or may:
        yield MACROS.at(opened.label(opened.package.main))


def embedded_files(opened: Opened) -> Iterator[Leak]:
    """Files inside the file; a chart's own workbook is looked at for itself."""
    yield from _each_source(
        opened, EMBEDDED, _FILES, lambda edge: edge.kind == "package" and is_chart(opened, edge)
    )


def revision_logs(opened: Opened) -> Iterator[Leak]:
    """Logs of changes of a shared workbook."""
    if any(edge.kind in _REVISIONS for edge in opened.edges):
        yield REVISIONS.at(opened.label(opened.package.main))


def printers(opened: Opened) -> Iterator[Leak]:
    """Settings of a printer on the network; a printer of the machine alone tells nothing."""
    for edge in opened.targets("printerSettings"):
        if _NETWORK.search(opened.package.read(edge.target)):
            yield PRINTER.at(opened.label(edge.source))


def orphans(opened: Opened) -> Iterator[Leak]:
    """Parts that nothing leads to."""
    left = [
        part
        for part in opened.parts
        if part not in opened.labels and part.casefold() not in _NEVER_LED_TO
    ]
    if left:
        count = "1 part" if len(left) == 1 else f"{len(left)} parts"
        yield ORPHAN.at(f"{opened.label(opened.package.main)}, {count}")


def cropped_pictures(opened: Opened) -> Iterator[Leak]:
    """Pictures of which a part is cut off from view."""
    for part in opened.parts:
        if "/drawings/" in part or "/slides/" in part or part == opened.package.main:
            if not part.endswith(".xml") or part not in opened.labels:
                continue
            cut = [
                one
                for one in _every(opened.root(part), "srcRect")
                if any(
                    value.lstrip("-").isdecimal() and int(value) > 0
                    for value in one.attributes.values()
                )
            ]
            if cut:
                yield CROPPED.at(opened.label(part))


def is_chart(opened: Opened, edge: Edge) -> bool:
    """Whether what leads to a part is a chart."""
    return "chart" in opened.types.get(edge.source.casefold(), "")


def _each_source(
    opened: Opened, kind: Kind, kinds: tuple[str, ...], but: object = None
) -> Iterator[Leak]:
    """A leak for each place from which parts of some kinds are led to."""
    allowed = but if callable(but) else lambda _edge: False
    found = Counter(
        opened.label(edge.source)
        for edge in opened.edges
        if edge.kind in kinds and not allowed(edge)
    )
    for where in found:
        yield kind.at(where)


def _is_empty_bibliography(root: Element) -> bool:
    return root.space == _BIBLIOGRAPHY and root.name == "Sources" and not root.children


def _every(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if child.name == name:
            yield child
        yield from _every(child, name)
