"""That Excel works everything out when it opens the file, and no chain of cells that misleads it.

Values of formulas that somebody else wrote cannot be known here; Excel works them out on opening.
The calculation chain lists cells with formulas; one that has none any more makes Excel repair the
file, so the chain is taken out, and Excel makes a new one.
"""

from __future__ import annotations

from collections.abc import Callable

from workbook_builder.writers.closed.markup import (
    Element,
    exchanged,
    parse,
    start_tag,
    with_attributes,
)
from workbook_builder.writers.closed.package import TYPES, Package, relations_of

# What stands before calcPr in a workbook part, nearest first.
BEFORE = ("definedNames", "externalReferences", "functionGroups", "sheets")


def with_calculation(data: bytes) -> bytes:
    """The workbook part, told to work out everything when it is opened."""
    root = parse(data)
    setting = root.child("calcPr")
    if setting is not None:
        if setting.attributes.get("fullCalcOnLoad") in ("1", "true"):
            return data
        tag = start_tag(data, setting)
        new = with_attributes(tag, {"fullCalcOnLoad": "1"})
        return exchanged(data, [(setting.start, setting.start + len(tag), new)])
    before = next(one for name in BEFORE if (one := root.child(name)) is not None)
    mark = f"{root.prefix}:" if root.prefix else ""
    return exchanged(
        data, [(before.end, before.end, f'<{mark}calcPr fullCalcOnLoad="1"/>'.encode())]
    )


def without_chain(package: Package) -> tuple[dict[str, bytes], set[str]]:
    """The parts that change when the calculation chain goes, and the part that goes."""
    chains = {one.target for one in package.relations(package.main) if one.kind == "calcChain"}
    if not chains:
        return {}, set()
    named = {one.casefold() for one in chains}
    table = relations_of(package.main)
    links, types = package.read(table), package.read(TYPES)
    return {
        table: _without(links, lambda one: one.attributes.get("Type", "").endswith("/calcChain")),
        TYPES: _without(
            types, lambda one: one.attributes.get("PartName", "").lstrip("/").casefold() in named
        ),
    }, {one for one in chains if one in package}


def _without(data: bytes, unwanted: Callable[[Element], bool]) -> bytes:
    """A flat table without some of its entries."""
    gone = [one for one in parse(data).children if unwanted(one)]
    return exchanged(data, [(one.start, one.end, b"") for one in gone])
