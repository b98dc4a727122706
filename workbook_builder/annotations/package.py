"""Parts of a workbook's package and what leads to them, for what openpyxl does not read."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from defusedxml import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def sheet_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The title and the part of every sheet."""
    workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))
    targets = _targets(package, "xl/workbook.xml")
    for one in workbook.iter(f"{MAIN}sheet"):
        relation = one.get(f"{RELATION}id")
        if relation in targets:
            yield str(one.get("name")), targets[relation][0]


def relations_of(package: zipfile.ZipFile, names: set[str], part: str) -> Iterator[tuple[str, str]]:
    """What a part leads to: the other part and the type of the relation."""
    if _rels(part) in names:
        yield from _targets(package, part).values()


def _targets(package: zipfile.ZipFile, part: str) -> dict[str | None, tuple[str, str]]:
    """What the relations of a part lead to: part and type, by id."""
    folder = posixpath.dirname(part)
    root = ElementTree.fromstring(package.read(_rels(part)))
    found = {}
    for one in root:
        target = str(one.get("Target"))
        whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        found[one.get("Id")] = (posixpath.normpath(whole), str(one.get("Type")))
    return found


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
