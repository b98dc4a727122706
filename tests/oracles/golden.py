"""Golden workbooks: what is in a built file, as text that a person can read as a diff.

A golden folder holds one text file for each part of the workbook. An XML part is a line for each
element, indented, so that one changed cell is one changed line; any other part is its hash.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from lxml import etree

from tests.measuring import unmeasured
from tests.oracles.cached import attributes

XML_PARTS = (".xml", ".rels", ".vml")
XML_ITSELF = "http://www.w3.org/XML/1998/namespace"
# What may differ between two builds of the same workbook, by part and element, and nothing else.
EXCLUDED = {"docProps/core.xml": {"created", "modified"}}
LINES_OF_A_DIFFERENCE = 40


@unmeasured()
def parts(path: Path) -> dict[str, list[str]]:
    """Every part of a package by name, as lines of text."""
    with zipfile.ZipFile(path) as package:
        return {name: _lines(name, package.read(name)) for name in sorted(package.namelist())}


def compare_with(folder: Path, path: Path, update: bool = False) -> list[str]:
    """How a workbook differs from its golden folder, a part to a message; [] when it does not.

    `update` (the test option --update-golden) rewrites the folder instead.
    """
    found = parts(path)
    if update:
        _rewrite(folder, found)
    golden = {
        file.relative_to(folder).as_posix().removesuffix(".txt"): _read(file)
        for file in folder.rglob("*.txt")
    }
    if not golden:
        return [f"{folder} holds no golden files: run the test with --update-golden"]
    missing = [f"{name}: is not in the workbook" for name in sorted(golden.keys() - found.keys())]
    extra = [
        f"{name}: is not in the golden folder" for name in sorted(found.keys() - golden.keys())
    ]
    changed = [
        _difference(name, golden[name], found[name])
        for name in sorted(golden.keys() & found.keys())
        if golden[name] != found[name]
    ]
    return missing + extra + changed


def _difference(name: str, golden: list[str], found: list[str]) -> str:
    lines = list(unified_diff(golden, found, "golden", "built", n=1, lineterm=""))
    shown = lines[:LINES_OF_A_DIFFERENCE]
    if len(lines) > len(shown):
        shown.append(f"... and {len(lines) - len(shown)} more lines")
    return "\n".join([f"{name}:", *shown])


def _rewrite(folder: Path, found: dict[str, list[str]]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, lines in found.items():
        file = folder / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _read(file: Path) -> list[str]:
    # Not splitlines(): a cell's text may hold a line or page break of its own.
    return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _lines(name: str, content: bytes) -> list[str]:
    if not name.endswith(XML_PARTS):
        return [f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}"]
    parser = etree.XMLParser(remove_blank_text=False, resolve_entities=False)
    return list(_element_lines(etree.fromstring(content, parser), EXCLUDED.get(name, set()), 0))


def _element_lines(element: etree._Element, excluded: set[str], depth: int) -> Iterator[str]:
    """One line for an element, its attributes and its text, then those inside it."""
    if not isinstance(element.tag, str):
        yield f"{'  ' * depth}{_visible(etree.tostring(element, encoding='unicode'))}"
        return
    shown = [_name(element, element.tag)]
    if element.getparent() is None:
        spaces = sorted((prefix or "", uri) for prefix, uri in element.nsmap.items())
        shown += [f'xmlns{":" if prefix else ""}{prefix}="{uri}"' for prefix, uri in spaces]
    shown += [f'{_name(element, key)}="{_visible(value)}"' for key, value in attributes(element)]
    text = element.text or ""
    if etree.QName(element).localname in excluded:
        text = "(left out: differs from build to build)"
    yield f"{'  ' * depth}<{' '.join(shown)}>{_visible(text)}"
    for inner in element:
        yield from _element_lines(inner, excluded, depth + 1)
        if inner.tail and inner.tail.strip():
            yield f"{'  ' * (depth + 1)}{_visible(inner.tail)}"


def _name(element: etree._Element, tag: str) -> str:
    """A tag or attribute as it was written, with its prefix."""
    name = etree.QName(tag)
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items()}
    prefix = "xml" if name.namespace == XML_ITSELF else prefixes.get(name.namespace or "")
    return f"{prefix}:{name.localname}" if prefix else name.localname


def _visible(text: str) -> str:
    """Text on one line, so that a line break in a cell does not break the line-by-line diff."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
