"""XML looked at without being written anew: every element with its place in the bytes.

A part is changed by exchanging pieces of it, so whatever is not meant stays as the program that
saved it wrote it: prefixes, the order of attributes, extensions that nobody here knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

START_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
ATTRIBUTE = re.compile(rb"\s+([\w:.\-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
# Characters that XML cannot carry, and what looks like the form in which Excel writes them.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
WRITTEN_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class CannotPatch(Exception):
    """The part is made in a way that a patch cannot handle; the message says which."""


@dataclass(slots=True)
class Element:
    """One element. start and end are its place in the bytes of the part, end behind its last.

    Attributes without a namespace are known by their name, others by namespace, blank and name.
    """

    space: str
    name: str
    prefix: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """The first child of that name in the same namespace."""
        found = (c for c in self.children if c.name == name and c.space == self.space)
        return next(found, None)

    def each(self, name: str) -> Iterable[Element]:
        """All elements of that name below this one, in the same namespace."""
        for child in self.children:
            if child.name == name and child.space == self.space:
                yield child
            yield from child.each(name)


def parse(
    data: bytes, whole: str = "", found: Callable[[Element], None] = lambda _: None
) -> Element:
    """The elements of a part. Raises CannotPatch for what is not plain UTF-8 XML.

    Those named `whole` are handed to `found` one by one and not kept.
    """
    return _Parser(data, whole, found).parse()


class _Parser:
    def __init__(self, data: bytes, whole: str, found: Callable[[Element], None]) -> None:
        self._data, self._whole, self._found = data, whole, found
        self._open: list[Element] = []
        self._root: Element | None = None
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.namespace_prefixes = True
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters
        self._expat.StartDoctypeDeclHandler = _no_doctype
        self._expat.XmlDeclHandler = _only_utf8

    def parse(self) -> Element:
        if self._data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise CannotPatch("it is not written in UTF-8")
        try:
            self._expat.Parse(self._data, True)
        except expat.ExpatError as error:
            raise CannotPatch("it is damaged") from error
        assert self._root is not None
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, local, prefix = _names(name)
        known = {_plain(key): value for key, value in attributes.items()}
        element = Element(space, local, prefix, known, self._expat.CurrentByteIndex)
        if self._root is None:
            self._root = element
        elif local != self._whole or space != self._root.space:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        element.end = self._end_of(element, self._expat.CurrentByteIndex)
        if self._root and element.name == self._whole and element.space == self._root.space:
            self._found(element)

    def _end_of(self, element: Element, at: int) -> int:
        """The parser stands at the closing tag, or behind an element that is empty."""
        if not element.children and not element.text:
            tag = start_tag(self._data, element)
            if tag.endswith(b"/>"):
                return element.start + len(tag)
        return self._data.index(b">", at) + 1

    def _characters(self, text: str) -> None:
        self._open[-1].text += text


def _no_doctype(*_: object) -> None:
    raise CannotPatch("it declares entities of its own")


def _only_utf8(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in ("utf-8", "utf8", "us-ascii"):
        raise CannotPatch("it is not written in UTF-8")


def _names(name: str) -> tuple[str, str, str]:
    """Namespace, name and prefix."""
    pieces = name.split(" ")
    if len(pieces) == 1:
        return "", pieces[0], ""
    return pieces[0], pieces[1], pieces[2] if len(pieces) > 2 else ""


def _plain(name: str) -> str:
    space, local, _ = _names(name)
    return f"{space} {local}" if space else local


def start_tag(data: bytes, element: Element) -> bytes:
    """The bytes of an element's start tag."""
    found = START_TAG.match(data, element.start)
    assert found is not None
    return found[0]


def inside(data: bytes, element: Element) -> tuple[int, int]:
    """Where the content of an element that is not empty begins and ends."""
    first = element.start + len(start_tag(data, element))
    return first, data.rindex(b"</", first, element.end)


def is_empty(data: bytes, element: Element) -> bool:
    """Whether an element is written as one tag."""
    return start_tag(data, element).endswith(b"/>")


def with_attributes(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """A start tag with some attributes set, or left out where None."""
    left = dict(changes)

    def one(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        if name not in left:
            return found[0]
        value = left.pop(name)
        return b"" if value is None else f" {name}={_quoted(value)}".encode()

    changed = ATTRIBUTE.sub(one, tag)
    added = "".join(f" {n}={_quoted(value)}" for n, value in left.items() if value is not None)
    end = b"/>" if changed.endswith(b"/>") else b">"
    return changed[: -len(end)].rstrip() + added.encode() + end


def _quoted(value: str) -> str:
    return f'"{escaped(value, quote=True)}"'


def escaped(text: str, quote: bool = False) -> str:
    """A text as XML writes it; what XML cannot carry in the form that Excel reads."""
    safe = UNPRINTABLE.sub(_code, text)
    return escape(safe, {'"': "&quot;", "\n": "&#10;"} if quote else {})


def _code(found: re.Match[str]) -> str:
    said = found[0]
    return f"_x005F{said}" if said.startswith("_x") else f"_x{ord(said):04X}_"


def plain_text(text: str) -> str:
    """A text of a cell, with what Excel writes as _x000D_ as the character it stands for."""
    return WRITTEN_CODE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


Piece = tuple[int, int, bytes]


def exchanged(data: bytes, pieces: Iterable[Piece]) -> bytes:
    """The bytes with pieces from a place to a place exchanged for others."""
    parts, at = [], 0
    for start, end, new in sorted(pieces, key=lambda one: (one[0], one[1])):
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])
