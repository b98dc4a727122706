"""The package of a workbook file: its parts, how they lead to one another, and the same again."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from workbook_builder.writers.closed.markup import CannotPatch, Element, parse

TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What comes out of a part that is missing, damaged, encrypted or packed in an unusual way.
UNREADABLE = (KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
# The earliest time that an entry can say.
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


@dataclass(frozen=True)
class Relation:
    """One relationship of a part; the target of one inside the package is a part's name."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a file, read when they are asked for.

    Raises CannotPatch where it is no package, or not one of a workbook in the usual form.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise CannotPatch("it is no Excel workbook, or it is damaged") from error
        self._names = {one.filename.casefold(): one.filename for one in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._names

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises CannotPatch where there is none."""
        try:
            return self._zip.read(self._names[part.casefold()])
        except UNREADABLE as error:
            raise CannotPatch(f"{part} is missing or damaged") from error

    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._names.values())

    def relations(self, part: str = "") -> Iterator[Relation]:
        """What a part, or the package as a whole, leads to inside the package."""
        table = relations_of(part)
        if table not in self:
            return
        for one in parse(self.read(table)).children:
            if one.attributes.get("TargetMode") != "External":
                target = unquote(one.attributes.get("Target", ""))
                whole = posixpath.join("/", posixpath.dirname(part), target)
                kind = one.attributes.get("Type", "").rpartition("/")[2]
                name = posixpath.normpath(whole).lstrip("/")
                found = self._names.get(name.casefold(), name)
                yield Relation(one.attributes.get("Id", ""), kind, found)

    @cached_property
    def main(self) -> str:
        """The name of the part that is the workbook itself."""
        found = (one.target for one in self.relations() if one.kind == "officeDocument")
        part = next(found, None)
        if part is None or part not in self:
            raise CannotPatch("it is no Excel workbook, or it is damaged")
        return part

    @cached_property
    def book(self) -> Element:
        """The workbook part."""
        root = parse(self.read(self.main))
        if root.space != MAIN:
            raise CannotPatch(
                "it is a Strict Open XML file, or no workbook of Excel; save it as "
                "Excel Workbook (.xlsx)"
            )
        return root

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each worksheet by its title."""
        targets = {r.id: r for r in self.relations(self.main) if r.kind == "worksheet"}
        found = {}
        for one in self.book.each("sheet"):
            relation = targets.get(one.attributes.get(f"{OFFICE} id", ""))
            if relation is not None:
                found[one.attributes.get("name", "")] = relation.target
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """What each name of the workbook refers to; names of one sheet are left out."""
        return {
            one.attributes.get("name", ""): one.text
            for one in self.book.each("definedName")
            if "localSheetId" not in one.attributes
        }

    @cached_property
    def shared_texts(self) -> tuple[str, ...]:
        """The texts that cells share, without the looks and reading aids of their pieces."""
        table = next((r for r in self.relations(self.main) if r.kind == "sharedStrings"), None)
        if table is None or table.target not in self:
            return ()
        found: list[str] = []
        parse(self.read(table.target), "si", lambda item: found.append(text_of(item)))
        return tuple(found)

    def charts(self) -> tuple[str, ...]:
        """The parts that are charts."""
        return tuple(
            self._names.get(name.casefold(), name)
            for one in parse(self.read(TYPES)).children
            if one.attributes.get("ContentType") == CHART_TYPE
            and (name := one.attributes.get("PartName", "").lstrip("/")) in self
        )

    def with_parts(self, changed: Mapping[str, bytes], dropped: Collection[str]) -> bytes:
        """The package again, in its order, with parts exchanged, left out and added at the end."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for old in self._zip.infolist():
                if old.filename in dropped:
                    continue
                entry = zipfile.ZipInfo(old.filename, old.date_time)
                stored = old.compress_type == zipfile.ZIP_STORED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                entry.external_attr, entry.create_system = old.external_attr, old.create_system
                held = changed.get(old.filename)
                new.writestr(entry, self.read(old.filename) if held is None else held)
            for name, data in changed.items():
                if name not in self:
                    added = zipfile.ZipInfo(name, FIRST_MOMENT)
                    added.compress_type = zipfile.ZIP_DEFLATED
                    new.writestr(added, data)
        return out.getvalue()


def relations_of(part: str) -> str:
    """The part that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def text_of(item: Element) -> str:
    """The text of a shared or inline string: its own or that of its runs."""
    own = (one.text for one in item.children if one.name == "t")
    runs = (t.text for run in item.children if run.name == "r" for t in run.each("t"))
    return "".join((*own, *runs))
