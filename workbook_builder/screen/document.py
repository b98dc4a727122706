"""Word documents: tracked changes, hidden text, fields with names and paths, tables, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workbook_builder.screen.model import Cell, Grid, Kind, Leak, Piece
from workbook_builder.screen.opened import Opened
from workbook_builder.screen.styles import WHITE, hexed, unseen
from workbook_builder.screen.tables import leaks_of_grid
from workbook_builder.screen.words import leaks_of, texts_of
from workbook_builder.writers.closed.markup import Element

TRACKED = Kind(
    "WB866",
    "Changes are tracked: what was deleted is still in the file, with who deleted it.",
    "Review, Accept, Accept All Changes and Stop Tracking.",
)
HIDDEN_TEXT = Kind(
    "WB816",
    "Text is formatted as hidden, and goes along with the file.",
    "Home, Show/Hide (¶): delete the text with dotted lines below it.",
)
WHITE_TEXT = Kind(
    "WB821",
    "The text has the colour of the paper, so that nobody sees it.",
    "Delete it, or give it a colour that can be read.",
)
TINY_TEXT = Kind(
    "WB823",
    "The text is too small to be read (below 5 points).",
    "Delete it, or make it as large as the rest.",
)
FIELD = Kind(
    "WB846",
    "A field prints the path of the file, or the name of who wrote or saved it.",
    "Select the field and press Ctrl+Shift+F9 to make it a text, or delete it.",
)
VARIABLES = Kind(
    "WB844",
    "The document has variables, in which programs keep what nobody sees.",
    "Copy the text into a new document.",
)
_CHANGES = frozenset(("ins", "del", "moveFrom", "moveTo"))
_FIELD = re.compile(
    r"(?<![\w/.\"])(?:AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS|FILENAME\s+\\p)"
    r"(?![\w/.\"])",
    re.IGNORECASE,
)
_STORIES = ("header", "footer", "footnotes", "endnotes")
_OFF = ("0", "false", "off", "none")
_SMALLEST_HALVES = 10
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")


def tracked_changes(opened: Opened) -> Iterator[Leak]:
    """Insertions and deletions that are kept, and changes of formats with their authors."""
    for part in _stories(opened):
        counted = Counter(
            "change"
            for one in every(opened.root(part))
            if one.name in _CHANGES
            or (one.name.endswith("Change") and any(" author" in a for a in one.attributes))
        )
        if counted:
            number = counted["change"]
            said = "1 change" if number == 1 else f"{number} changes"
            yield TRACKED.at(f"{opened.label(part)}, {said}")


def hidden_text(opened: Opened) -> Iterator[Leak]:
    """Runs that are hidden by themselves or by their style."""
    yield from _runs(opened, HIDDEN_TEXT, _is_vanished)


def white_text(opened: Opened) -> Iterator[Leak]:
    """Runs in the colour of the paper where nothing is filled behind them."""
    yield from _runs(opened, WHITE_TEXT, _is_white)


def tiny_text(opened: Opened) -> Iterator[Leak]:
    """Runs below five points."""
    yield from _runs(opened, TINY_TEXT, _is_tiny)


def fields(opened: Opened) -> Iterator[Leak]:
    """Fields that print names and paths."""
    for part in _stories(opened):
        said = " ".join(
            one.text if one.name == "instrText" else _value(one, "instr")
            for one in every(opened.root(part))
            if one.name in ("instrText", "fldSimple")
        )
        if _FIELD.search(said):
            yield FIELD.at(opened.label(part))


def variables(opened: Opened) -> Iterator[Leak]:
    """Variables of the document, and a source of letters to many."""
    for edge in opened.targets("settings"):
        names = {one.name for one in every(opened.root(edge.target))}
        if "docVar" in names:
            yield VARIABLES.at("the document's settings")
        if "mailMerge" in names:
            yield VARIABLES.at(
                "the document's settings",
                "The document is a letter to many, with a list of people behind it.",
            )


def words_and_tables(opened: Opened) -> Iterator[Leak]:
    """What paragraphs and tables tell of people, each paragraph by its number."""
    main = opened.package.main
    where = opened.label(main)
    for number, paragraph in enumerate(_named(opened.root(main), "p"), start=1):
        place = f"{where}, paragraph {number}"
        texts = "".join(one.text for one in every(paragraph) if one.name in ("t", "delText"))
        yield from leaks_of(Piece(place, texts), opened)
        for text in texts_of(paragraph):
            yield from leaks_of(Piece(place, text), opened)
    for part in _stories(opened):
        for number, table in enumerate(_named(opened.root(part), "tbl"), start=1):
            grid = Grid(f"{opened.label(part)}, table {number}", grid_cells(table), lettered=False)
            yield from leaks_of_grid(grid, opened.known, opened.as_at)


def grid_cells(table: Element) -> list[Cell]:
    """The cells of a table of a document or slide; numbers in it are texts with digits."""
    found = []
    for row, one in enumerate((c for c in table.children if c.name == "tr"), start=1):
        column = 1
        for cell in (c for c in one.children if c.name == "tc"):
            text = " ".join(
                "".join(t.text for t in every(p) if t.name == "t") for p in _named(cell, "p")
            ).strip()
            if text:
                number = float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
                # An id begins with zeros, or is as long as no count; it is a text.
                if number is not None and (text[0] == "0" or len(text) > 9):
                    number = None
                plain = text.isdecimal()
                found.append(Cell(row, column, text, number, False, plain))
            spans = [_value(s, "val") for s in every(cell) if s.name == "gridSpan"]
            column += int(spans[0]) if spans and spans[0].isdecimal() else 1
    return found


def every(element: Element) -> Iterator[Element]:
    """All elements below one."""
    for child in element.children:
        yield child
        yield from every(child)


def _runs(opened: Opened, kind: Kind, is_so: object) -> Iterator[Leak]:
    assert callable(is_so)
    styles = _styles(opened)
    for part in _stories(opened):
        numbers = []
        root = opened.root(part)
        filled = _filled_places(root)
        for number, paragraph in enumerate(_named(root, "p"), start=1):
            if any(is_so(run, above, styles) for run, above in _runs_of(paragraph, filled)):
                numbers.append(number)
        if numbers:
            said = ", ".join(str(one) for one in numbers[:12])
            more = f" and {len(numbers) - 12} more" if len(numbers) > 12 else ""
            word = "paragraph" if len(numbers) == 1 else "paragraphs"
            yield kind.at(f"{opened.label(part)}, {word} {said}{more}")


def _runs_of(paragraph: Element, places: set[int]) -> Iterator[tuple[Element, bool]]:
    """The runs with text of a paragraph, and whether something is filled behind them.

    places are where the paragraphs begin that stand on a fill.
    """
    filled = _is_filled(paragraph.child("pPr")) or paragraph.start in places
    for run in every(paragraph):
        if run.name == "r" and any(t.text.strip() for t in run.children if t.name == "t"):
            yield run, filled or _is_filled(run.child("rPr"))


def _filled_places(root: Element) -> set[int]:
    """Where the paragraphs begin that stand in a table with a fill or a style of its own."""
    found: set[int] = set()
    for table in (one for one in every(root) if one.name == "tbl"):
        styled = any(one.name == "tblStyle" for one in every(table))
        for cell in (one for one in every(table) if one.name == "tc"):
            if styled or _is_filled(cell.child("tcPr")):
                found.update(one.start for one in every(cell) if one.name == "p")
    for box in (one for one in every(root) if one.name == "txbxContent"):
        found.update(one.start for one in every(box) if one.name == "p")
    return found


def _is_filled(looks: Element | None) -> bool:
    if looks is None:
        return False
    for one in looks.children:
        if one.name == "highlight":
            return True
        if one.name == "shd" and _value(one, "fill").casefold() not in ("", "auto", "ffffff"):
            return True
    return False


def _is_vanished(run: Element, _filled: bool, styles: dict[str, Element]) -> bool:
    return any(
        one.name == "vanish" and _value(one, "val") not in _OFF for one in _looks(run, styles)
    )


def _is_white(run: Element, filled: bool, styles: dict[str, Element]) -> bool:
    if filled:
        return False
    for one in _looks(run, styles):
        colour = hexed(_value(one, "val")) if one.name == "color" else None
        if colour is not None:
            return unseen(colour, WHITE)
    return False


def _is_tiny(run: Element, _filled: bool, styles: dict[str, Element]) -> bool:
    for one in _looks(run, styles):
        if one.name == "sz" and _value(one, "val").isdecimal():
            return int(_value(one, "val")) < _SMALLEST_HALVES
    return False


def _looks(run: Element, styles: dict[str, Element]) -> list[Element]:
    """What is said of a run's looks, by itself first and then by its style."""
    own = run.child("rPr")
    if own is None:
        return []
    style = next((_value(one, "val") for one in own.children if one.name == "rStyle"), "")
    return [*own.children, *(styles[style].children if style in styles else [])]


def _styles(opened: Opened) -> dict[str, Element]:
    """The looks of the styles of runs."""
    return {
        _value(one, "styleId"): looks
        for edge in opened.targets("styles")
        for one in opened.root(edge.target).each("style")
        if (looks := one.child("rPr")) is not None
    }


def _stories(opened: Opened) -> list[str]:
    """The parts with text: the document, its heads and feet, its notes."""
    return [opened.package.main, *(edge.target for edge in opened.targets(*_STORIES))]


def _value(element: Element, name: str) -> str:
    """An attribute in whichever namespace."""
    found = (v for key, v in element.attributes.items() if key.rpartition(" ")[2] == name)
    return next(found, "")


def _named(element: Element, name: str) -> Iterator[Element]:
    return (one for one in every(element) if one.name == name)
