"""Checks of a package's names, the formulas of its rules, and its links to its own places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from tests.oracles.cached import MAIN, OFFICE
from tests.oracles.package_parts import Package

NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]*")
CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]*")
# The ends of whole columns or rows: A:C, $1:$1. On its own, "abc" is a name and not a column.
COLUMN_OR_ROW = re.compile(r"\$?[A-Za-z]{1,3}|\$?[1-9][0-9]*")
LITERAL_LINK = re.compile(r'HYPERLINK\(\s*"#((?:[^"]|"")*)"', re.IGNORECASE)
# Excel's own names, which it defines where a sheet has the feature.
BUILT_IN = "_xlnm."


class Names:
    """The defined names and sheets that a formula may use."""

    def __init__(self, package: Package) -> None:
        """Read the workbook's names; one that is of a sheet only counts there."""
        self.sheets = {name.casefold() for name in package.sheet_names}
        self.everywhere: set[str] = set()
        self.by_sheet: dict[str, set[str]] = {name: set() for name in self.sheets}
        for item in package.xml("xl/workbook.xml").iter(MAIN + "definedName"):
            name, number = item.get("name", "").casefold(), item.get("localSheetId")
            if number is None:
                self.everywhere.add(name)
            else:
                self.by_sheet[package.sheet_names[int(number)].casefold()].add(name)

    def faults(self, formula: str, sheet: str = "") -> Iterator[str]:
        """What a formula, used on a sheet, refers to that is not there."""
        try:
            tokens = Tokenizer("=" + formula.removeprefix("=")).items
        except (TokenizerError, IndexError) as error:
            yield f"does not parse ({error})"
            return
        opened = sum(token.subtype == Token.OPEN for token in tokens)
        if opened != sum(token.subtype == Token.CLOSE for token in tokens):
            yield "does not parse (a bracket is not closed)"
        for token in tokens:
            if token.type != Token.OPERAND:
                continue
            if "#REF!" in token.value and token.subtype != Token.TEXT:
                yield "refers to #REF!"
            elif token.subtype == Token.RANGE:
                yield from self.reference_faults(token.value, sheet)

    def reference_faults(self, reference: str, sheet: str = "") -> Iterator[str]:
        """What is wrong with a reference such as 'My sheet'!$A$1:$B$2 or a name."""
        prefix, _, place = reference.rpartition("!")
        named = prefix.removeprefix("'").removesuffix("'").replace("''", "'").casefold()
        if "[" in reference:
            yield f"refers to another workbook or a table ({reference})"
        elif prefix and named not in self.sheets:
            yield f"refers to the sheet {prefix}, which is not there"
        else:
            known = self.everywhere | self.by_sheet.get(named or sheet.casefold(), set())
            ends = place.split(":")
            for end in ends:
                whole = len(ends) == 2 and COLUMN_OR_ROW.fullmatch(end)
                if not (whole or CELL.fullmatch(end) or end.casefold() in known):
                    yield f"refers to {end or 'nothing'}, which is not a cell or a name"


def defined_names(package: Package) -> Iterator[str]:
    """Every defined name is well formed, is there once, and leads somewhere."""
    names = Names(package)
    seen = set()
    for item in package.xml("xl/workbook.xml").iter(MAIN + "definedName"):
        name, text = item.get("name", ""), item.text or ""
        key = (name.casefold(), item.get("localSheetId"))
        if key in seen:
            yield f"xl/workbook.xml: the name {name} is defined twice"
        seen.add(key)
        if not name.startswith(BUILT_IN) and not _is_name(name):
            yield f"xl/workbook.xml: {name!r} is not a name"
        for fault in names.faults(text):
            yield f"xl/workbook.xml: the name {name} {fault}"


def rule_formulas(package: Package) -> Iterator[str]:
    """Whatever the formulas of validations and conditional formats refer to is there."""
    names = Names(package)
    for sheet, part in package.worksheets.items():
        for element in package.xml(part).iter("{*}formula", "{*}formula1", "{*}formula2", "{*}f"):
            rule = _rule_of(element)
            if rule is None or not element.text:
                continue
            for fault in names.faults(element.text, sheet):
                yield f"{part}: the {rule} formula {element.text} {fault}"


def links_within(package: Package) -> Iterator[str]:
    """Every link to a place in the workbook leads to a cell or name that is there."""
    names = Names(package)
    for sheet, part in package.worksheets.items():
        for place, target in _targets(package, part):
            for fault in names.reference_faults(target, sheet):
                yield f"{part}: the link at {place} to {target} {fault}"
    for part in package.parts:
        for link in package.links(part).values():
            if link.kind == "hyperlink" and link.target.startswith("#"):
                for fault in names.reference_faults(link.target[1:]):
                    yield f"{part}: the link {link.id} to {link.target[1:]} {fault}"


def _targets(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """The places that a sheet's links and HYPERLINK formulas lead to, and where those are."""
    for link in package.xml(part).iter(MAIN + "hyperlink"):
        location = link.get("location")
        # With a relationship, the location is a place in another document.
        if location and OFFICE + "id" not in link.attrib:
            yield link.get("ref", ""), location.removeprefix("#")
    for cell in package.xml(part).iter(MAIN + "c"):
        for target in LITERAL_LINK.findall(cell.findtext(MAIN + "f") or ""):
            yield cell.get("r", ""), target.replace('""', '"')


def _rule_of(element: etree._Element) -> str | None:
    """What kind of rule a formula belongs to; None for a cell's own formula."""
    for outer in element.iterancestors():
        kind = etree.QName(outer).localname
        if kind in ("dataValidation", "cfRule"):
            return {"dataValidation": "validation", "cfRule": "conditional format"}[kind]
        if kind in ("c", "sparkline"):
            return None
    return None


def _is_name(name: str) -> bool:
    """Whether Excel takes this for a name: not for a cell such as Q1 or R1C1."""
    looks_like_cell = re.fullmatch(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc]?[0-9]*|[Cc]", name)
    return NAME.fullmatch(name) is not None and looks_like_cell is None
