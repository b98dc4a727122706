"""Is an .xlsx file sound? What Excel would offer to repair, and what it would hide.

`audit` runs openxml-audit (Microsoft's own schema and semantic rules, in Python) and then the
checks that it does not make, one small function each: here those of the package as a whole, in
`package_cells` those of cells and in `package_names` those of names, formulas and links.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]

from tests.measuring import unmeasured
from tests.oracles import package_cells, package_names
from tests.oracles.cached import MAIN
from tests.oracles.package_parts import CONTENT_TYPES, Package

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# Properties that name a person, by their element's name in core.xml and app.xml.
PERSONS = ("creator", "lastModifiedBy", "Manager")
# Excel itself writes val on this element; Microsoft's rules leave the attribute out.
FALSE_ALARM = "/dispNaAsBlank[1]: The 'val' attribute is not declared."
# A hyperlink to a web page is all that may point out of a workbook.
OUTSIDE = ("externalLink", "connections", "queryTable", "externalLinkPath", "customXml")


@unmeasured()
def audit(path: Path) -> list[str]:
    """Everything that is wrong with a workbook file, a line each; [] for a sound one."""
    with zipfile.ZipFile(path) as opened:
        package = Package(opened)
    findings = list(_openxml_audit(path))
    for check in CHECKS:
        findings += check(package)
    return findings


def _openxml_audit(path: Path) -> Iterator[str]:
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    for error in validator.validate(path).errors:
        if FALSE_ALARM in str(error):
            continue
        yield f"openxml-audit: {error}"


def parts_once(package: Package) -> Iterator[str]:
    """No part is in the file twice."""
    for name, count in Counter(package.listing).items():
        if count > 1:
            yield f"{name}: is in the file {count} times"


def content_types(package: Package) -> Iterator[str]:
    """Every part has a content type, and every typed part is there."""
    table = package.xml(CONTENT_TYPES)
    # "application/xml" says nothing: Excel would not know the part for what it is.
    by_ending = {
        item.get("Extension", "").lower()
        for item in table.iter(TYPES + "Default")
        if item.get("ContentType") != "application/xml"
    }
    by_name = {item.get("PartName", "").lstrip("/") for item in table.iter(TYPES + "Override")}
    # Office knows a ribbon by its relation, and writes no type of its own for it.
    ribbons = {name for name in package.parts if name.startswith("customUI/")}
    for name in sorted(package.parts.keys() - by_name - ribbons - {CONTENT_TYPES}):
        if name.rpartition(".")[2].lower() not in by_ending:
            yield f"{name}: has no content type"
    for name in sorted(by_name - package.parts.keys()):
        yield f"{CONTENT_TYPES}: names {name}, which is not in the file"


def relationships(package: Package) -> Iterator[str]:
    """Every relationship's target is in the file, and every one that is used is defined."""
    for part in package.parts:
        links = package.links(part)
        for link in links.values():
            if not link.outside and link.target not in package.parts:
                yield f"{part}: relationship {link.id} leads to {link.target}, which is not there"
        for used in package.links_used(part):
            if used not in links:
                yield f"{part}: uses relationship {used}, which is not defined"


def nothing_outside(package: Package) -> Iterator[str]:
    """No link to another workbook, no connection, no query, no custom data."""
    for part in package.parts:
        for link in package.links(part).values():
            if link.kind in OUTSIDE:
                yield f"{part}: {link.kind} {link.id} leads to {link.target}: not allowed"
            elif link.outside and link.kind != "hyperlink":
                yield f"{part}: {link.kind} {link.id} leads out of the file to {link.target}"


def no_person(package: Package) -> Iterator[str]:
    """The document's properties name no person."""
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if part not in package.parts:
            continue
        for element in package.xml(part):
            name = etree.QName(element).localname
            if name in PERSONS and (element.text or "").strip():
                yield f"{part}: {name} names a person ({element.text})"


def alternative_text(package: Package) -> Iterator[str]:
    """Every chart and picture is described in words, for those who cannot see it."""
    for part in package.parts:
        if not part.startswith("xl/drawings/drawing"):
            continue
        for kind in ("graphicFrame", "pic"):
            for drawn in package.xml(part).iter(DRAWING + kind):
                labels = next(drawn.iter(DRAWING + "cNvPr"))
                if not labels.get("descr", "").strip():
                    yield f"{part}: {labels.get('name')} has no alternative text"


def sheet_names(package: Package) -> Iterator[str]:
    """No two sheets have the same name; Excel takes capitals for small letters."""
    names = Counter(name.casefold() for name in package.sheet_names)
    for name, count in names.items():
        if count > 1:
            yield f"xl/workbook.xml: {count} sheets are named {name!r}"
    for sheet in package.xml("xl/workbook.xml").iter(MAIN + "sheet"):
        if len(sheet.get("name", "")) > 31:
            yield f"xl/workbook.xml: the sheet name {sheet.get('name')!r} is over 31 characters"


CHECKS: list[Callable[[Package], Iterator[str]]] = [
    parts_once,
    content_types,
    relationships,
    nothing_outside,
    no_person,
    alternative_text,
    sheet_names,
    package_cells.cell_places,
    package_cells.style_numbers,
    package_cells.format_numbers,
    package_cells.shared_text_numbers,
    package_cells.merged_cells,
    package_cells.table_headers,
    package_names.defined_names,
    package_names.rule_formulas,
    package_names.links_within,
]
