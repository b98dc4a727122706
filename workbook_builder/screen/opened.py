"""A finished file, opened without trust: what it is, its parts and how they lead to one another."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.extracts.package import check_package
from workbook_builder.screen.identity import telling
from workbook_builder.screen.people import Known
from workbook_builder.writers.closed.markup import CannotPatch, Element, parse
from workbook_builder.writers.closed.package import TYPES, UNREADABLE, Package, relations_of

WORKBOOK, DOCUMENT, SLIDES = "workbook", "document", "presentation"
_KINDS = {
    "spreadsheetml": WORKBOOK,
    "ms-excel": WORKBOOK,
    "wordprocessingml": DOCUMENT,
    "ms-word": DOCUMENT,
    "presentationml": SLIDES,
    "ms-powerpoint": SLIDES,
}
ALLOWED = ".xlsx, .xlsm, .xltx, .docx, .pptx and .pdf"
# How parts are called in words, by the relation that leads to them; the others take the words of
# the part that leads to them.
_NOUNS = {
    "chart": "a chart",
    "chartUserShapes": "a chart",
    "drawing": "a drawing",
    "vmlDrawing": "a drawing",
    "diagramData": "a diagram",
    "table": "a table",
    "comments": "the notes",
    "header": "a page header",
    "footer": "a page footer",
    "footnotes": "the footnotes",
    "endnotes": "the endnotes",
    "notesSlide": "the speaker notes",
}
_ABSOLUTE = {
    "slideLayout": "a slide layout",
    "slideMaster": "a slide master",
    "notesMaster": "the notes master",
    "core-properties": "the properties",
    "extended-properties": "the properties",
    "custom-properties": "the custom properties",
    "styles": "the styles",
    "theme": "the theme",
    "pivotCacheDefinition": "a pivot cache",
    "customXml": "a custom XML part",
}


@dataclass(frozen=True)
class Edge:
    """What leads from a part to another, or to somewhere outside the file."""

    source: str
    kind: str
    target: str
    outside: bool
    id: str = ""


@dataclass(frozen=True)
class Label:
    """What a part is called: a noun, such as a chart, and the sheet or slide that it is on."""

    noun: str = ""
    place: str = ""

    def __str__(self) -> str:
        return " on ".join(filter(None, (self.noun, self.place)))

    def below(self, kind: str) -> Label:
        """What a part is called that this one leads to."""
        if kind in _ABSOLUTE:
            return Label(_ABSOLUTE[kind])
        keep = self.noun == _NOUNS["chart"]
        return Label(self.noun if keep else _NOUNS.get(kind, self.noun), self.place)


@dataclass(frozen=True)
class Opened:
    """A package of Office. `inside` says where it is embedded, and is blank for the file itself.

    file is how messages call it; known are the private values of lists; dates of birth are told
    by how old somebody is as at a day.
    """

    file: str
    package: Package
    known: Known
    as_at: dt.date
    inside: str = ""
    _parsed: dict[str, Element] = field(default_factory=dict, compare=False)

    @cached_property
    def kind(self) -> str:
        """Whether it is a workbook, a document or a presentation. Raises UserError for others."""
        said = self.types.get(self.package.main.casefold(), "")
        if "binary" in said:
            what = "The file is a binary workbook (.xlsb), which cannot be looked into."
            fix = "Open it in Excel, save it as Excel Workbook (.xlsx) and screen that one."
            raise cannot(self.file, what, fix)
        found = next((kind for word, kind in _KINDS.items() if word in said), None)
        if found is None:
            what = "The file is neither a workbook nor a document nor a presentation."
            raise cannot(self.file, what, "Screen the file that will be sent or published.")
        return found

    @cached_property
    def types(self) -> dict[str, str]:
        """What the package says that each part is, by the part's name in small letters."""
        return {
            one.attributes.get("PartName", "").lstrip("/").casefold(): one.attributes.get(
                "ContentType", ""
            )
            for one in parse(self.package.read(TYPES)).children
            if one.name == "Override"
        }

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts but the tables that lead from one to another."""
        return tuple(
            part
            for part in self.package.parts()
            if not part.endswith(("/", ".rels")) and part != TYPES
        )

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Everything that leads from a part, and from the package itself."""
        return tuple(edge for part in ("", *self.parts) for edge in self._edges_of(part))

    def _edges_of(self, part: str) -> Iterator[Edge]:
        table = relations_of(part)
        if table not in self.package:
            return
        names = {one.casefold(): one for one in self.parts}
        for one in parse(self.package.read(table)).children:
            kind = one.attributes.get("Type", "").rpartition("/")[2]
            target, key = one.attributes.get("Target", ""), one.attributes.get("Id", "")
            if one.attributes.get("TargetMode") == "External":
                yield Edge(part, kind, target, True, key)
                continue
            whole = posixpath.join("/", posixpath.dirname(part), unquote(target))
            name = posixpath.normpath(whole).lstrip("/")
            yield Edge(part, kind, names.get(name.casefold(), name), False, key)

    def targets(self, *kinds: str) -> list[Edge]:
        """The edges of these kinds to parts that are there, each part once."""
        found = {
            edge.target: edge
            for edge in self.edges
            if edge.kind in kinds and not edge.outside and edge.target in self.package
        }
        return list(found.values())

    def root(self, part: str) -> Element:
        """The elements of a part. Raises UserError where it is no sound XML."""
        if part not in self._parsed:
            try:
                self._parsed[part] = parse(self.package.read(part))
            except CannotPatch as error:
                raise unsound(self.file, part, str(error)) from error
        return self._parsed[part]

    @cached_property
    def labels(self) -> dict[str, Label]:
        """What each part that something leads to is called in words."""
        labels = {self.package.main: Label(), **dict(self._first_labels())}
        queue = deque([*labels, ""])
        leading: dict[str, list[Edge]] = {}
        for edge in self.edges:
            leading.setdefault(edge.source, []).append(edge)
        while queue:
            part = queue.popleft()
            for edge in leading.get(part, ()):
                if not edge.outside and edge.target not in labels:
                    labels[edge.target] = labels.get(part, Label()).below(edge.kind)
                    queue.append(edge.target)
        return labels

    def label(self, part: str) -> str:
        """What a part is called in words, and where it is embedded if it is."""
        said = str(self.labels.get(part, "")) or f"the {self.kind}"
        return f"{said}, {self.inside}" if self.inside else said

    def sayable(self, text: str) -> bool:
        """Whether a name may be printed: it says nothing about a person."""
        return not any(telling(text, self.as_at)) and not any(self.known.in_text(text))

    def _first_labels(self) -> Iterator[tuple[str, Label]]:
        """The sheets by their names, the slides by their numbers."""
        main = self.package.main
        targets = {edge.id: edge for edge in self._edges_of(main)}
        wanted = {WORKBOOK: "sheet", SLIDES: "sldId"}.get(self.kind, "")
        listed = list(self.root(main).each(wanted)) if wanted else []
        for number, one in enumerate(listed, start=1):
            key = next((v for name, v in one.attributes.items() if name.endswith(" id")), "")
            if key in targets:
                title = one.attributes.get("name", "")
                named = self.kind == WORKBOOK and self.sayable(title)
                word = "sheet" if self.kind == WORKBOOK else "slide"
                said = f'sheet "{title}"' if named else f"{word} {number}"
                yield targets[key].target, Label(place=said)


def open_package(data: bytes, file: str, known: Known, as_at: dt.date, inside: str = "") -> Opened:
    """Look whether bytes are a safe package, and open it. Raises UserError where they are not."""
    check_package(data, file)
    try:
        opened = Opened(file, Package(data), known, as_at, inside)
        _ = opened.kind, opened.edges
    except CannotPatch as error:
        raise unsound(file, "", str(error)) from error
    except UNREADABLE as error:
        raise unsound(file, "", "it is damaged") from error
    return opened


def cannot(file: str, what: str, fix: str) -> UserError:
    """The fault of a file that cannot be screened, and so may not be passed on as screened."""
    return UserError([Fault("WB801", what, Place(file), ALLOWED, fix)])


def unsound(file: str, part: str, why: str) -> UserError:
    """The fault of a package that is not made as Office makes it."""
    place = f"its part {part}" if part else "it"
    what = f"The file cannot be looked into ({place}: {why}), so nothing can be said about it."
    fix = "Open it in the program that it is for, save it under a new name and screen that one."
    return UserError([Fault("WB802", what, Place(file), fix=fix)])
