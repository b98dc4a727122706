"""Styles that a file has no cell of yet, as the first retired indicator brings one.

They are made as a build makes them, in a workbook of their own, and put behind the file's styles:
every style that is there keeps its number.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from workbook_builder.plan.styles import Style
from workbook_builder.writers.closed.cells import At
from workbook_builder.writers.closed.markup import (
    CannotPatch,
    Element,
    Piece,
    exchanged,
    inside,
    parse,
    start_tag,
    with_attributes,
)
from workbook_builder.writers.closed.sheet import Role, worn_styles
from workbook_builder.writers.xlsx_formats import cell_format

# Formats of numbers below this one are Excel's own.
FIRST_FORMAT = 164
# The lists of a table of styles that a cell's style points into, and by which attribute.
LISTS = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}
TAG = re.compile(rb"<(/?)(?=[a-zA-Z])")


def with_styles(
    data: bytes, roles: Sequence[Role], looks: Mapping[str, Style]
) -> tuple[bytes, dict[Role, str]]:
    """The table of styles with those of some roles added, and the number of each."""
    root = parse(data)
    donor, worn = _donor(roles, looks)
    theirs = parse(donor)
    table = _Table(data, root)
    numbers: dict[Role, str] = {}
    for row, role in enumerate(roles):
        style = _list(theirs, "cellXfs").children[int(worn[row, 0])]
        changes: dict[str, str | None] = {}
        for name, attribute in LISTS.items():
            one = _list(theirs, name).children[int(style.attributes[attribute])]
            changes[attribute] = table.add(name, donor[one.start : one.end])
        changes["numFmtId"] = table.number_format(theirs, style.attributes["numFmtId"])
        tag = start_tag(donor, style)
        whole = with_attributes(tag, changes) + donor[style.start + len(tag) : style.end]
        numbers[role] = table.add("cellXfs", whole)
    return table.done(), numbers


def _donor(roles: Sequence[Role], looks: Mapping[str, Style]) -> tuple[bytes, dict[At, str]]:
    """The table of styles of a workbook with one cell of each role, and the number of each cell."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, (style, number) in enumerate(roles):
            sheet.write_blank(row, 0, None, book.add_format(cell_format(looks[style], number)))
    with zipfile.ZipFile(file) as package:
        return package.read("xl/styles.xml"), worn_styles(package.read("xl/worksheets/sheet1.xml"))


def _list(root: Element, name: str) -> Element:
    found = root.child(name)
    if found is None:
        raise CannotPatch("its table of styles is not whole")
    return found


class _Table:
    """A table of styles to which some are added."""

    def __init__(self, data: bytes, root: Element) -> None:
        self._data, self._root = data, root
        self._added: dict[str, list[bytes]] = {}
        held = root.child("numFmts")
        known = held.children if held is not None else []
        self._formats = {
            one.attributes.get("formatCode", ""): int(one.attributes.get("numFmtId", 0))
            for one in known
        }

    def add(self, name: str, element: bytes) -> str:
        """Put an element behind the others of a list; its number there."""
        self._put(name, element)
        return str(len(_list(self._root, name).children) + len(self._added[name]) - 1)

    def _put(self, name: str, element: bytes) -> None:
        mark = f"{self._root.prefix}:".encode() if self._root.prefix else b""
        here = TAG.sub(lambda found: b"<" + found[1] + mark, element)
        self._added.setdefault(name, []).append(here)

    def number_format(self, theirs: Element, number: str) -> str:
        """The number that a format of numbers has here."""
        if int(number) < FIRST_FORMAT:
            return number
        formats = _list(theirs, "numFmts").children
        one = next(one for one in formats if one.attributes["numFmtId"] == number)
        code = one.attributes["formatCode"]
        if code not in self._formats:
            last = max((FIRST_FORMAT - 1, *self._formats.values()))
            self._formats[code] = last + 1
            said = {"numFmtId": str(last + 1), "formatCode": code}
            self._put("numFmts", with_attributes(b"<numFmt/>", said))
        return str(self._formats[code])

    def done(self) -> bytes:
        pieces: list[Piece] = []
        for name, elements in self._added.items():
            held = self._root.child(name)
            if held is None:
                pieces.append(self._new_list(name, elements))
                continue
            tag = start_tag(self._data, held)
            count = str(len(held.children) + len(elements))
            again = with_attributes(tag, {"count": count})
            pieces.append((held.start, held.start + len(tag), again))
            end = inside(self._data, held)[1]
            pieces.append((end, end, b"".join(elements)))
        return exchanged(self._data, pieces)

    def _new_list(self, name: str, elements: list[bytes]) -> Piece:
        """A list that the table has not: formats of numbers come before everything else."""
        mark = f"{self._root.prefix}:" if self._root.prefix else ""
        at = _list(self._root, "fonts").start
        whole = f'<{mark}{name} count="{len(elements)}">'.encode() + b"".join(elements)
        return at, at, whole + f"</{mark}{name}>".encode()
