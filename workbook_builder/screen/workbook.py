"""The sheets of a workbook as the screen looks at them: cells, rows, columns, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbook_builder.screen.model import Cell, Grid, number_of
from workbook_builder.screen.opened import Opened, unsound
from workbook_builder.screen.styles import Colour, Styles, read_styles
from workbook_builder.writers.closed.markup import CannotPatch, Element, parse, plain_text
from workbook_builder.writers.closed.package import OFFICE, text_of

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)$", re.IGNORECASE)
PRINT_AREA, PRINT_TITLES = "_xlnm.Print_Area", "_xlnm.Print_Titles"
WIDTH, HEIGHT = 8.43, 15.0


@dataclass(frozen=True)
class SharedText:
    """A text that cells share: reading aids beside it, and colours that pieces of it have."""

    text: str
    aside: str = ""
    colours: tuple[Colour, ...] = ()


@dataclass(frozen=True)
class Area:
    """A block of cells, its edges counted from 1 and included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Row:
    """A row that says something of itself; height is in points, None where it is the usual one."""

    number: int
    hidden: bool
    height: float | None


@dataclass(frozen=True)
class Sheet:
    """One sheet. rest is what its part holds beside the rows; a chart sheet has no cells."""

    number: int
    title: str
    part: str
    state: str
    label: str
    rest: Element
    rows: Sequence[Row] = ()
    cells: Sequence[Cell] = ()

    @cached_property
    def grid(self) -> Grid:
        """Its cells, for what looks at tables of any kind."""
        return Grid(self.label, self.cells)

    @cached_property
    def shown(self) -> Sequence[Cell]:
        """The cells with something in them that are not in a hidden row or column."""
        rows = {row.number for row in self.rows if row.hidden}
        columns = [
            range(int(one.attributes.get("min", "0")), int(one.attributes.get("max", "0")) + 1)
            for one in self.each("col")
            if is_on(one.attributes.get("hidden"))
        ]
        return tuple(
            cell
            for cell in self.cells
            if cell.text.strip()
            and cell.row not in rows
            and not any(cell.column in span for span in columns)
        )

    @cached_property
    def by_place(self) -> dict[tuple[int, int], Cell]:
        """The cells by row and column."""
        return {(cell.row, cell.column): cell for cell in self.cells}

    def each(self, name: str) -> Iterator[Element]:
        """The elements of a name beside the rows, the sheet's own and those of newer Excels."""
        yield from _each(self.rest, name)


@dataclass(frozen=True)
class Name:
    """A defined name; sheet is the place of the only sheet that knows it, counted from 0."""

    name: str
    refers: str
    hidden: bool
    sheet: int | None


@dataclass(frozen=True)
class Workbook:
    """A workbook, read."""

    opened: Opened
    sheets: Sequence[Sheet]
    names: Sequence[Name]
    styles: Styles
    texts: Sequence[SharedText] = field(default=())

    def areas(self, sheet: Sheet, name: str) -> list[Area]:
        """The blocks that a name of a sheet, such as its print area, refers to."""
        found = (
            one.refers
            for one in self.names
            if one.name.casefold() == name.casefold() and one.sheet == sheet.number - 1
        )
        return [area for refers in found for area in areas_of(refers)]


def read_workbook(opened: Opened) -> Workbook:
    """Everything about a workbook that the screen looks at. Raises UserError."""
    package = opened.package
    main = opened.root(package.main)
    kinds = {edge.id: edge for edge in opened.edges if edge.source == package.main}
    styles = next((e.target for e in kinds.values() if e.kind == "styles"), "")
    theme = next((e.target for e in kinds.values() if e.kind == "theme"), "")
    looks = read_styles(_root(opened, styles), _root(opened, theme))
    texts = _texts(opened, looks)
    reader = _Reader(opened, looks, texts)
    sheets = []
    for number, one in enumerate(main.each("sheet"), start=1):
        edge = kinds.get(one.attributes.get(f"{OFFICE} id", ""))
        if edge is not None and edge.target in package:
            sheets.append(reader.sheet(number, one, edge.target))
    return Workbook(opened, sheets, tuple(_names(main)), looks, texts)


def areas_of(refers: str) -> Iterator[Area]:
    """The blocks of cells in a reference to a sheet; whole rows and columns are as large."""
    for piece in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", refers):
        first, _, last = piece.rpartition("!")[2].replace("$", "").partition(":")
        one, other = _corner(first, 1), _corner(last or first, 0)
        if one and other:
            yield Area(one[0], one[1], other[0], other[1])


def area_of(said: str) -> Area | None:
    """One block of cells."""
    return next(areas_of(said), None)


def place_of(address: str) -> tuple[int, int]:
    """Row and column of an address; 0 where it is none."""
    found = _ADDRESS.match(address)
    return (int(found[2]), number_of(found[1])) if found else (0, 0)


@dataclass(frozen=True)
class _Reader:
    """Reads sheets, handed what they share."""

    opened: Opened
    styles: Styles
    texts: Sequence[SharedText]

    def sheet(self, number: int, said: Element, part: str) -> Sheet:
        rows: list[Row] = []
        cells: list[Cell] = []

        def take(row: Element) -> None:
            self._row(row, rows, cells)

        try:
            rest = parse(self.opened.package.read(part), "row", take)
        except CannotPatch as error:
            raise unsound(self.opened.file, part, str(error)) from error
        label = self.opened.label(part)
        title, state = said.attributes.get("name", ""), said.attributes.get("state", "visible")
        return Sheet(number, title, part, state, label, rest, tuple(rows), tuple(cells))

    def _row(self, row: Element, rows: list[Row], cells: list[Cell]) -> None:
        said = row.attributes.get("r", "")
        number = int(said) if said.isdecimal() else (rows[-1].number + 1 if rows else 1)
        height = row.attributes.get("ht")
        hidden = is_on(row.attributes.get("hidden"))
        rows.append(Row(number, hidden, float(height) if height else None))
        column = 0
        for one in row.children:
            if one.name != "c":
                continue
            column = place_of(one.attributes.get("r", ""))[1] or column + 1
            cell = self._cell(one, number, column)
            if cell is not None:
                cells.append(cell)

    def _cell(self, one: Element, row: int, column: int) -> Cell | None:
        """A cell with something in it; None for an empty one."""
        kind, value, formula = one.attributes.get("t", "n"), one.child("v"), one.child("f")
        raw = value.text if value else ""
        string = -1
        if kind == "s" and raw.strip().isdecimal() and int(raw) < len(self.texts):
            string = int(raw)
            raw = self.texts[string].text
        elif kind == "inlineStr":
            held = one.child("is")
            raw = plain_text(text_of(held)) if held else ""
        if not raw.strip() and formula is None:
            return None
        style = int(one.attributes.get("s", "0"))
        look = self.styles.of(style)
        number = _number(raw) if kind == "n" else None
        return Cell(
            row,
            column,
            raw,
            number,
            look.date,
            look.plain,
            style,
            (formula.text or " ") if formula is not None else "",
            kind == "e",
            string,
        )


def is_on(said: str | None) -> bool:
    """Whether an attribute of a part says yes."""
    return said in ("1", "true", "on")


def _number(raw: str) -> float | None:
    try:
        return float(raw)
    except ValueError:
        return None


def _texts(opened: Opened, styles: Styles) -> tuple[SharedText, ...]:
    found: list[SharedText] = []

    def take(item: Element) -> None:
        aside = "".join(t.text for aid in item.each("rPh") for t in aid.each("t"))
        colours = (
            styles.palette.colour(colour)
            for run in item.children
            if run.name == "r" and any(t.text.strip() for t in run.each("t"))
            for look in run.each("rPr")
            for colour in look.each("color")
        )
        shown = tuple(one for one in colours if one is not None)
        found.append(SharedText(plain_text(text_of(item)), aside, shown))

    for edge in opened.targets("sharedStrings"):
        try:
            parse(opened.package.read(edge.target), "si", take)
        except CannotPatch as error:
            raise unsound(opened.file, edge.target, str(error)) from error
    return tuple(found)


def _names(main: Element) -> Iterator[Name]:
    for one in main.each("definedName"):
        sheet = one.attributes.get("localSheetId", "")
        hidden = is_on(one.attributes.get("hidden"))
        place = int(sheet) if sheet.isdecimal() else None
        yield Name(one.attributes.get("name", ""), one.text, hidden, place)


def _root(opened: Opened, part: str) -> Element | None:
    return opened.root(part) if part and part in opened.package else None


def _corner(said: str, least: int) -> tuple[int, int] | None:
    """Row and column of a corner; of a whole row or column the first (1) or last one (0)."""
    row, column = place_of(said)
    if row:
        return row, column
    if said.isdecimal():
        return int(said), least or 16_384
    if said.isalpha() and len(said) <= 3:
        return least or 1_048_576, number_of(said)
    return None


def _each(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if child.name == name:
            yield child
        yield from _each(child, name)
