"""Pictures, charts and text boxes by sheet, counted: no new workbook can take them over."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree

from workbook_builder.annotations.package import relations_of, sheet_parts

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
PICTURE, CHART, BOX = "picture", "chart", "text box or shape"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
KINDS = {"pic": PICTURE, "graphicFrame": CHART, "sp": BOX, "cxnSp": BOX}


def drawings(path: Path) -> dict[str, Counter[str]]:
    """How many drawings of each kind every sheet has, by its title; none for a sheet without."""
    found: dict[str, Counter[str]] = {}
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        for title, part in sheet_parts(package):
            for target, kind in relations_of(package, names, part):
                if kind.endswith("/drawing") and target in names:
                    found.setdefault(title, Counter()).update(_counted(package.read(target)))
    return found


def _counted(data: bytes) -> Counter[str]:
    try:
        root = ElementTree.fromstring(data)
    except ParseError:
        return Counter()
    return Counter(_kinds(root))


def _kinds(element: Element) -> Iterator[str]:
    """The kind of each drawing; what programs that cannot draw it show instead is not another."""
    for one in element:
        kind = KINDS.get(one.tag.removeprefix(DRAWING))
        if kind is not None and one.tag.startswith(DRAWING):
            yield kind
        elif one.tag != FALLBACK:
            yield from _kinds(one)


def spoken(counts: Mapping[str, int]) -> str:
    """Such as "1 picture, 2 charts"; empty where there is nothing."""
    plurals = {BOX: "text boxes or shapes"}
    return ", ".join(
        f"{count} {kind if count == 1 else plurals.get(kind, f'{kind}s')}"
        for kind in (PICTURE, CHART, BOX)
        if (count := counts.get(kind, 0)) > 0
    )
