"""An .xlsx file taken apart: its parts, their XML, and how they lead to each other."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, dirname, join, normpath

from lxml import etree

from tests.oracles.cached import MAIN, OFFICE, attributes, shared_strings, worksheet_parts

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Link:
    """One relationship of a part; the target of one within the file is a part's name."""

    id: str
    kind: str
    target: str
    outside: bool


class Package:
    """The parts of an .xlsx file, read once."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        """Read everything that the checks need."""
        self.listing = opened.namelist()
        self.parts = {name: opened.read(name) for name in self.listing}
        self.worksheets = worksheet_parts(opened)
        self.strings = shared_strings(opened)
        self._trees: dict[str, etree._Element] = {}

    def xml(self, part: str) -> etree._Element:
        """A part's XML."""
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self.parts[part])
        return self._trees[part]

    @cached_property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, chart sheets too, in order; twice where one is there twice."""
        return [s.get("name", "") for s in self.xml("xl/workbook.xml").iter(MAIN + "sheet")]

    def links(self, part: str) -> dict[str, Link]:
        """A part's relationships by id."""
        table = join(dirname(part), "_rels", basename(part) + ".rels")
        if table not in self.parts:
            return {}
        found = {}
        for item in self.xml(table):
            outside = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not outside:
                target = normpath(join("/", dirname(part), target)).lstrip("/")
            kind = item.get("Type", "").rpartition("/")[2]
            found[item.get("Id", "")] = Link(item.get("Id", ""), kind, target, outside)
        return found

    def links_used(self, part: str) -> Iterator[str]:
        """The relationship ids that a part's XML uses."""
        if not part.endswith((".xml", ".vml")):
            return
        for element in self.xml(part).iter(etree.Element):
            for name, value in attributes(element):
                if name.startswith(OFFICE):
                    yield value
