"""Threaded comments with their replies, which openpyxl does not read.

Excel keeps them in parts of their own, with the names of the people in another.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

from workbook_builder.annotations.package import relations_of, sheet_parts

THREADS = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"


@dataclass(frozen=True)
class Comment:
    """One comment or reply of a thread; cell is its address, written the time as Excel keeps it."""

    sheet: str
    cell: str
    number: int
    author: str
    written: str
    text: str
    reply: bool


def threaded_comments(path: Path) -> tuple[Comment, ...]:
    """Every threaded comment and reply, sheet by sheet, each thread in its order."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        people = dict(_people(package, names))
        found: list[Comment] = []
        for sheet, part in sheet_parts(package):
            for target, kind in relations_of(package, names, part):
                if kind.endswith("/threadedComment") and target in names:
                    found += _comments(package, target, sheet, people)
        return tuple(found)


def _people(package: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(names):
        if name.startswith("xl/persons/") and name.endswith(".xml"):
            for one in ElementTree.fromstring(package.read(name)):
                yield str(one.get("id")), str(one.get("displayName") or "")


def _comments(
    package: zipfile.ZipFile, part: str, sheet: str, people: dict[str, str]
) -> list[Comment]:
    root = ElementTree.fromstring(package.read(part))
    counts: dict[str, int] = {}
    found = []
    for one in root.iter(f"{THREADS}threadedComment"):
        cell = str(one.get("ref"))
        counts[cell] = counts.get(cell, 0) + 1
        found.append(
            Comment(
                sheet=sheet,
                cell=cell,
                number=counts[cell],
                author=people.get(str(one.get("personId")), ""),
                written=str(one.get("dT") or ""),
                text=_text(one),
                reply=one.get("parentId") is not None,
            )
        )
    return found


def _text(comment: Any) -> str:
    return "".join(node.text or "" for node in comment.iter(f"{THREADS}text"))
