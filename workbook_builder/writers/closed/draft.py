"""A package on its way to another one: parts exchanged and taken out, one step after another."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable

from workbook_builder.writers.closed.markup import CannotPatch, Element, exchanged, parse
from workbook_builder.writers.closed.package import TYPES, Package, Relation, relations_of

NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)


class Draft:
    """The parts as they are to be."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._added: dict[str, tuple[Relation, ...]] = {}

    def read(self, part: str) -> bytes:
        """The bytes of a part as they are to be. Raises CannotPatch where there is none."""
        held = self._changed.get(part)
        return self.package.read(part) if held is None else held

    def __contains__(self, part: str) -> bool:
        return part not in self._dropped and (part in self._changed or part in self.package)

    def write(self, part: str, data: bytes) -> None:
        """Exchange a part, or add one."""
        self._changed[part] = data
        self._dropped.discard(part)

    def change(self, part: str, how: Callable[[bytes], bytes]) -> None:
        """Exchange a part for what becomes of it."""
        self.write(part, how(self.read(part)))

    def gone(self, parts: Iterable[str]) -> None:
        """Take parts out of which no other part speaks any more."""
        self._dropped |= set(parts)

    def related(self, part: str, kind: str) -> Relation | None:
        """The first relation of a kind that a part has."""
        held = (*self.package.relations(part), *self._added.get(part, ()))
        found = (one for one in held if one.kind == kind)
        return next((one for one in found if one.target in self), None)

    def relate(self, part: str, kind: str, target: str) -> None:
        """Have a part lead to another one; kind is the whole type, target as seen from the part."""
        table = relations_of(part)
        before = self.read(table) if table in self else NO_RELATIONS
        taken = {one.attributes.get("Id") for one in parse(before).children}
        number = 1
        while f"wb{number}" in taken:
            number += 1
        said = f'<Relationship Id="wb{number}" Type="{kind}" Target="{target}"/>'
        end = before.rfind(b"</")
        if end < 0:
            raise CannotPatch(f"{table} is made in an unusual way")
        self.write(table, before[:end] + said.encode() + before[end:])
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
        relation = Relation(f"wb{number}", kind.rpartition("/")[2], whole)
        self._added[part] = (*self._added.get(part, ()), relation)

    def typed(self, part: str, content_type: str) -> None:
        """Say what a new part is."""
        said = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
        table = self.read(TYPES)
        end = table.rfind(b"</")
        self.write(TYPES, table[:end] + said.encode() + table[end:])

    def drop(self, part: str, relation: Relation) -> None:
        """Take out what a part leads to, with the relation and the content type."""
        table, target = relations_of(part), relation.target.casefold()
        left = without(self.read(table), lambda one: one.attributes.get("Id") == relation.id)
        self.gone([relation.target])
        self.write(table, left)
        if not parse(left).children:
            self.gone([table])

        def names(one: Element) -> bool:
            return one.attributes.get("PartName", "").lstrip("/").casefold() == target

        self.change(TYPES, lambda data: without(data, names))

    def done(self) -> bytes:
        """The bytes of the new package."""
        return self.package.with_parts(self._changed, self._dropped)


def without(data: bytes, unwanted: Callable[[Element], bool]) -> bytes:
    """A part without some elements directly below its first one."""
    pieces = [(one.start, one.end, b"") for one in parse(data).children if unwanted(one)]
    return exchanged(data, pieces) if pieces else data
