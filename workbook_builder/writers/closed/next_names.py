"""The names in workbook.xml: whose month it is, and where things stand on the sheets of our own."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_builder.plan.addresses import on_sheet, span
from workbook_builder.plan.figures import OF_ROLES
from workbook_builder.plan.model import Sheet, Workbook
from workbook_builder.writers.closed.cells import At, corner
from workbook_builder.writers.closed.charts import RANGE
from workbook_builder.writers.closed.markup import Element, Piece, escaped, exchanged, inside, parse

PRINT_AREA = "_xlnm.Print_Area"
Area = tuple[str, At, At]


def area_of(refers_to: str) -> Area | None:
    """The title of the sheet and the corners that a name refers to; None for anything else."""
    found = RANGE.fullmatch(refers_to.lstrip("="))
    if found is None:
        return None
    title = found[1].replace("''", "'") if found[1] else found[2]
    return title, corner(found[3]), corner(found[4] or found[3])


def with_names(data: bytes, after: Workbook, titles: Mapping[str, str]) -> bytes:
    """The workbook part with the names of next month; titles of our own sheets by their keys.

    A name of a period that has no role any more goes. A formula of a person's own that asks for it
    says so then, and shows no other period's figure.
    """
    root = parse(data)
    table = root.child("definedNames")
    assert table is not None
    owned = [sheet for sheet in after.sheets if sheet.owned]
    wanted = {one.name: f'"{one.value}"' for one in after.constants}
    for sheet in owned:
        for at in sheet.part.names:
            where = span(at.row, at.col, at.last_row, at.last_col)
            wanted[at.name] = on_sheet(titles[sheet.key], where)
    areas = _print_areas(root, owned, titles)
    pieces: list[Piece] = []
    for one in table.children:
        name, local = one.attributes.get("name", ""), one.attributes.get("localSheetId")
        said = areas.get(local or "") if name == PRINT_AREA else wanted.get(name)
        if local is None:
            wanted.pop(name, None)
        if said is None:
            if local is None and _was_role(one, titles["figures"]):
                pieces.append((one.start, one.end, b""))
        elif (local is None) != (name == PRINT_AREA) and not _same(one.text, said):
            pieces.append((*inside(data, one), escaped(said).encode()))
    end = inside(data, table)[1]
    mark = f"{table.prefix}:" if table.prefix else ""
    new = "".join(
        f'<{mark}definedName name="{name}">{escaped(said)}</{mark}definedName>'
        for name, said in sorted(wanted.items())
    )
    return exchanged(data, [*pieces, (end, end, new.encode())])


def _print_areas(root: Element, owned: list[Sheet], titles: Mapping[str, str]) -> dict[str, str]:
    """What prints of our own sheets, by the number of the sheet among all."""
    order = [one.attributes.get("name", "") for one in root.each("sheet")]
    return {
        str(order.index(titles[sheet.key])): on_sheet(
            titles[sheet.key], span(0, 0, sheet.print.last_row, sheet.print.last_col)
        )
        for sheet in owned
        if sheet.print.last_row is not None and titles[sheet.key] in order
    }


def _same(one: str, other: str) -> bool:
    return one.lstrip("=") == other or (area_of(one) == area_of(other) is not None)


def _was_role(name: Element, figures: str) -> bool:
    """Whether a name leads to what Figures says of the role of a period."""
    row = OF_ROLES.get(name.attributes.get("name", "").partition("_")[0])
    area = area_of(name.text)
    if row is None or area is None:
        return False
    title, first, last = area
    return title == figures and first == last and first[0] == row
