"""The month in words around the cells: page footers and ends, charts, the title of the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook_builder.plan.model import Chart
from workbook_builder.plan.structure import DrawnChart
from workbook_builder.writers.closed.draft import Draft
from workbook_builder.writers.closed.markup import (
    Element,
    Piece,
    escaped,
    exchanged,
    inside,
    parse,
    start_tag,
    with_attributes,
)
from workbook_builder.writers.closed.package import OFFICE
from workbook_builder.writers.footer import footer_text

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
LAST_COLUMN = 16_383


def with_footer(data: bytes, before: str, after: str) -> bytes:
    """A sheet's part with another title at the foot of its pages, where the title is ours."""
    footer = parse(data, "row").child("headerFooter")
    odd = footer.child("oddFooter") if footer is not None else None
    old = footer_text(before)
    if odd is None or old not in odd.text:
        return data
    said = odd.text.replace(old, footer_text(after), 1)
    return exchanged(data, [(*inside(data, odd), escaped(said).encode())])


def with_breaks(data: bytes, before: Iterable[int] | None, after: Sequence[int]) -> bytes:
    """A sheet's part with other page ends, where they are those of `before`; None for any."""
    root = parse(data, "row")
    held, footer = root.child("rowBreaks"), root.child("headerFooter")
    there = {int(one.attributes.get("id", 0)) for one in held.each("brk")} if held else set()
    if footer is None or there == set(after) or (before is not None and there != set(before)):
        return data
    mark = f"{root.prefix}:" if root.prefix else ""
    ends = "".join(f'<{mark}brk id="{row}" max="{LAST_COLUMN}" man="1"/>' for row in after)
    count = len(after)
    new = (
        f'<{mark}rowBreaks count="{count}" manualBreakCount="{count}">{ends}</{mark}rowBreaks>'
        if after
        else ""
    )
    start, end = (held.start, held.end) if held is not None else (footer.end, footer.end)
    return exchanged(data, [(start, end, new.encode())])


def with_title(draft: Draft, before: str, after: str) -> None:
    """Exchange the title in the document's properties, where it is ours."""
    part = draft.related("", "core-properties")
    if part is None:
        return
    data = draft.read(part.target)
    for one in parse(data).children:
        if one.space == DUBLIN_CORE and one.name == "title" and one.text == before:
            new = exchanged(data, [(*inside(data, one), escaped(after).encode())])
            draft.write(part.target, new)


def with_charts(
    draft: Draft, sheet: str, before: Sequence[DrawnChart], after: Sequence[Chart]
) -> None:
    """Exchange descriptions and names of series of a sheet's charts, where they are ours.

    A chart is known by its description, so a copy that somebody made of it changes as well. One
    that a program saved without description is known by the names of its series.
    """
    found = draft.related(sheet, "drawing")
    now = [DrawnChart(one.description, tuple(s.name for s in one.series)) for one in after]
    changed = [(old, new) for old, new in zip(before, now, strict=True) if old != new]
    if found is None or not changed:
        return
    data = draft.read(found.target)
    parts = {r.id: r.target for r in draft.package.relations(found.target) if r.kind == "chart"}
    pieces: list[Piece] = []
    for frame in parse(data).each("graphicFrame"):
        part = next((parts[one] for one in _relations(frame) if one in parts), None)
        if part is None:
            continue
        label = next(iter(frame.each("cNvPr")))
        said = label.attributes.get("descr", "")
        held = draft.read(part)
        one = _known(changed, said, tuple(text.text for text in _names(held)))
        if one is None:
            continue
        old, new = one
        if said:
            tag = start_tag(data, label)
            again = with_attributes(tag, {"descr": new.description})
            pieces.append((label.start, label.start + len(tag), again))
        draft.write(part, _renamed(held, old, new))
    draft.write(found.target, exchanged(data, pieces))


def _known(
    changed: Sequence[tuple[DrawnChart, DrawnChart]], said: str, names: tuple[str, ...]
) -> tuple[DrawnChart, DrawnChart] | None:
    """What a chart said and is to say; None for one of somebody else's."""
    if said:
        return next((one for one in changed if one[0].description == said), None)
    held = (one for one in changed if one[0].names == names[: len(one[0].names)])
    return next((one for one in held if one[0].names != one[1].names), None)


def _relations(element: Element) -> Iterable[str]:
    """The relations that an element and those below it speak of."""
    for name, value in element.attributes.items():
        if name == f"{OFFICE} id":
            yield value
    for one in element.children:
        yield from _relations(one)


def _names(chart: bytes) -> list[Element]:
    """The element of the name of each series in turn."""
    found = []
    for series in parse(chart).each("ser"):
        named = series.child("tx")
        found += list(named.each("v"))[:1] if named is not None else []
    return found


def _renamed(chart: bytes, old: DrawnChart, new: DrawnChart) -> bytes:
    names = zip(_names(chart), old.names, new.names, strict=False)
    return exchanged(
        chart,
        [
            (*inside(chart, one), escaped(after).encode())
            for one, before, after in names
            if one.text == before != after
        ],
    )
