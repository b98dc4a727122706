"""A package on its way to another one: parts exchanged and taken out, one step after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workbook_builder.writers.closed.markup import Element, exchanged, parse
from workbook_builder.writers.closed.package import TYPES, Package, Relation, relations_of


class Draft:
    """The parts as they are to be."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def read(self, part: str) -> bytes:
        """The bytes of a part as they are to be. Raises CannotPatch where there is none."""
        held = self._changed.get(part)
        return self.package.read(part) if held is None else held

    def write(self, part: str, data: bytes) -> None:
        """Exchange a part."""
        self._changed[part] = data

    def change(self, part: str, how: Callable[[bytes], bytes]) -> None:
        """Exchange a part for what becomes of it."""
        self.write(part, how(self.read(part)))

    def gone(self, parts: Iterable[str]) -> None:
        """Take parts out of which no other part speaks any more."""
        self._dropped |= set(parts)

    def related(self, part: str, kind: str) -> Relation | None:
        """The first relation of a kind that a part of the file has."""
        found = (one for one in self.package.relations(part) if one.kind == kind)
        return next((one for one in found if one.target in self.package), None)

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
