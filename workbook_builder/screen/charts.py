"""Charts: the figures that they keep beside those of the cells, and the workbooks inside them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook_builder.screen.model import Cell, Kind, Leak
from workbook_builder.screen.opened import Opened
from workbook_builder.screen.workbook import Area, Sheet, Workbook, areas_of
from workbook_builder.writers.closed.markup import Element

CACHE = Kind(
    "WB863",
    "A chart keeps other figures or words than those of the cells that it draws.",
    "Select the chart's data anew (Chart Design, Select Data), or delete the chart and insert it "
    "again.",
)
OTHER_BOOK = Kind(
    "WB864",
    "A chart draws from another workbook, and keeps figures of it.",
    "Paste the chart anew with the figures in this file, or as a picture.",
)
MORE = Kind(
    "WB865",
    "The workbook inside a chart holds more than the chart draws.",
    "Paste the chart as a picture, or edit its data and delete what it does not draw.",
)
_SHEET = re.compile(r"'((?:[^']|'')+)'!|([^\s'!,(]+)!")


@dataclass(frozen=True)
class Reference:
    """What a piece of a chart refers to, with the points that the chart keeps of it."""

    formula: str
    points: Sequence[tuple[int, str]]
    numbers: bool

    @property
    def elsewhere(self) -> bool:
        """Whether it is of another workbook."""
        return "[" in self.formula

    @property
    def sheet(self) -> str:
        """The title of the sheet that it is of."""
        found = _SHEET.match(self.formula.lstrip("("))
        return (found[1] or found[2] or "").replace("''", "'") if found else ""

    @property
    def areas(self) -> list[Area]:
        """Its blocks of cells."""
        return list(areas_of(self.formula.strip("()")))


def chart_caches(book: Workbook) -> Iterator[Leak]:
    """Charts of a workbook whose kept figures are others than those of its cells."""
    yield from caches_against(book.opened, [*_charts(book.opened)], book)


def caches_against(opened: Opened, charts: Sequence[str], book: Workbook) -> Iterator[Leak]:
    """Charts against the workbook that they draw from, which may be one inside them."""
    sheets = {sheet.title.casefold(): sheet for sheet in book.sheets}
    for chart in charts:
        for one in references(opened.root(chart)):
            if one.elsewhere:
                yield OTHER_BOOK.at(opened.label(chart))
            elif one.points and not _is_as_in_cells(one, sheets):
                yield CACHE.at(opened.label(chart))


def charts_without_cells(opened: Opened) -> Iterator[Leak]:
    """Charts of a document that draw from a workbook outside of it."""
    for edge in opened.edges:
        if edge.outside and "chart" in opened.types.get(edge.source.casefold(), ""):
            yield OTHER_BOOK.at(opened.label(edge.source))


def beyond_the_chart(opened: Opened, chart: str, book: Workbook) -> Iterator[Leak]:
    """What stands in the workbook inside a chart and is not drawn by it."""
    drawn: dict[str, list[Area]] = defaultdict(list)
    for one in references(opened.root(chart)):
        drawn[one.sheet.casefold()] += one.areas
    for sheet in book.sheets:
        whole = _around(drawn.get(sheet.title.casefold(), []))
        if any(
            cell.text.strip() and not (whole and whole.holds(cell.row, cell.column))
            for cell in sheet.cells
        ):
            yield MORE.at(opened.label(chart))
            return


def references(chart: Element) -> Iterator[Reference]:
    """Everything that a chart refers to and what it keeps of it."""
    for one in _every(chart):
        formula = next((c.text for c in one.children if c.name == "f"), None)
        if formula is None or one.name not in ("numRef", "strRef", "multiLvlStrRef"):
            continue
        caches = [c for c in one.children if c.name in ("numCache", "strCache")]
        points = [
            (int(point.attributes.get("idx", "0")), value.text)
            for cache in caches
            for point in cache.children
            if point.name == "pt"
            for value in point.children
            if value.name == "v"
        ]
        yield Reference(formula, points, one.name == "numRef")


def _is_as_in_cells(one: Reference, sheets: dict[str, Sheet]) -> bool:
    sheet = sheets.get(one.sheet.casefold())
    if sheet is None:
        # A name of the workbook in place of a sheet's cells: nothing can be compared.
        return bool(one.sheet) and not one.areas
    return all(
        (place := _place(one.areas, at)) is not None
        and _same(kept, sheet.by_place.get(place), one.numbers)
        for at, kept in one.points
    )


def _place(areas: Sequence[Area], at: int) -> tuple[int, int] | None:
    """Row and column of a point by its number, along the rows of each block."""
    for area in areas:
        wide = area.right - area.left + 1
        size = wide * (area.bottom - area.top + 1)
        if 0 <= at < size:
            return area.top + at // wide, area.left + at % wide
        at -= size
    return None


def _same(kept: str, cell: Cell | None, numbers: bool) -> bool:
    """Whether a kept point is what the cell says; a number among labels is shown in a format."""
    if cell is None:
        return not kept.strip()
    if cell.error:
        return True
    if not numbers:
        return cell.number is not None or kept.strip() == cell.text.strip()
    try:
        value = float(kept)
    except ValueError:
        return kept.strip() == cell.text.strip()
    # A text among the figures is drawn as nothing, and kept as 0 by some programs.
    return value == 0 if cell.number is None else math.isclose(value, cell.number, rel_tol=1e-9)


def _around(areas: Sequence[Area]) -> Area | None:
    if not areas:
        return None
    return Area(
        min(one.top for one in areas),
        min(one.left for one in areas),
        max(one.bottom for one in areas),
        max(one.right for one in areas),
    )


def _charts(opened: Opened) -> Iterator[str]:
    for edge in opened.targets("chart", "chartEx"):
        yield edge.target


def _every(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _every(child)
