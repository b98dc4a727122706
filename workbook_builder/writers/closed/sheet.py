"""One worksheet part: cells that a refresh owns, and values beside formulas, exchanged in place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbook_builder.plan.addresses import cell as address
from workbook_builder.plan.keyed import owned_end
from workbook_builder.plan.model import Formula, Sheet
from workbook_builder.plan.written_rows import TOP
from workbook_builder.writers.closed.cells import (
    At,
    Content,
    Value,
    cell_value,
    column_of,
    corner,
    held_in,
    new_cell,
    same_content,
    same_value,
    with_value,
)
from workbook_builder.writers.closed.markup import (
    START_TAG,
    CannotPatch,
    Element,
    Piece,
    exchanged,
    inside,
    is_empty,
    parse,
    start_tag,
    with_attributes,
)
from workbook_builder.writers.owned import WORDY


class FilledOver(CannotPatch):
    """A formula that is to be another one is the first of several that somebody filled over cells.

    The others have no text of their own and would go with it.
    """


Role = tuple[str, str]
# Programs store heights in steps of their own, in points.
HEIGHT_STEP = 0.8


@dataclass(frozen=True)
class SheetPatch:
    """What is to stand in one sheet.

    values are those of our formulas by row and column from 0; such a cell keeps its formula. An
    owned sheet has the contents of all its cells up to last_row and last_col, the roles that the
    plan gives their styles, and for rows of words their heights in points.

    On other sheets contents are those of some cells, None where one is to be emptied. dressed are
    the numbers of the styles that cells are to have, and fitted the heights that a build gave to
    rows and gives to them now: a row that somebody gave another height keeps it.
    """

    values: Mapping[At, float | str] = field(default_factory=dict)
    contents: Mapping[At, Content] = field(default_factory=dict)
    roles: Mapping[At, Role] = field(default_factory=dict)
    last_row: int = -1
    last_col: int = -1
    heights: Mapping[int, float] | None = None
    dressed: Mapping[At, str] = field(default_factory=dict)
    fitted: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    def owns(self, at: At) -> bool:
        return at in self.contents or (at[0] <= self.last_row and at[1] <= self.last_col)


def owned_patch(sheet: Sheet) -> SheetPatch:
    """What a refresh writes into a sheet of its own."""
    last_row, last_col = owned_end(sheet)
    contents: dict[At, Content] = {}
    for one in sheet.part.cells:
        content = one.content if isinstance(one.content, Formula) else cell_value(one.content)
        if content not in (None, ""):
            contents[one.row, one.col] = content
    return SheetPatch(
        contents=contents,
        roles={(one.row, one.col): (one.style, one.number_format) for one in sheet.part.cells},
        last_row=last_row,
        last_col=last_col,
        heights=dict(sheet.part.heights) if sheet.key in WORDY else None,
    )


@dataclass(frozen=True)
class PatchedSheet:
    """The part with its patch, the value of every cell that has one, and those before."""

    data: bytes
    values: Mapping[At, Value]
    before: Mapping[At, Value]


def patched_sheet(data: bytes, patch: SheetPatch, texts: Sequence[str]) -> PatchedSheet:
    """Patch a part. Raises CannotPatch where its cells stand in an order that no program writes."""
    return _Patching(data, patch, texts, _styles(data, patch.roles)).done()


def _styles(data: bytes, roles: Mapping[At, Role]) -> dict[Role, str]:
    """The number of the style that the file has for each role: the one most cells have.

    Another program that saved the file has given the styles numbers of its own.
    """
    seen: defaultdict[Role, Counter[str]] = defaultdict(Counter)
    for at, number in worn_styles(data).items() if roles else ():
        role = roles.get(at)
        if role is not None:
            seen[role][number] += 1
    return {role: counted.most_common(1)[0][0] for role, counted in seen.items()}


def worn_styles(data: bytes) -> dict[At, str]:
    """The number of the style of every cell of a part. Raises CannotPatch."""
    found: dict[At, str] = {}
    after = -1

    def read(element: Element) -> None:
        nonlocal after
        after, col = _row_number(element, after), -1
        for one in element.children:
            if one.name == "c":
                col = column_of(one, col)
                found[after, col] = one.attributes.get("s", "0")

    parse(data, "row", read)
    return found


def _row_number(element: Element, after: int) -> int:
    """The number of a row, from 0; where it does not say, it is the one after `after`."""
    row = int(element.attributes.get("r", after + 2)) - 1
    if row <= after:
        raise CannotPatch("the rows of a sheet are not in order")
    return row


class _Patching:
    """One part gone through row by row."""

    def __init__(
        self, data: bytes, patch: SheetPatch, texts: Sequence[str], styles: Mapping[Role, str]
    ) -> None:
        self.data, self.patch, self.texts, self.styles = data, patch, texts, styles
        self.pieces: list[Piece] = []
        self.values: dict[At, Value] = {}
        self.before: dict[At, Value] = {}
        self.added: list[At] = []
        self.waiting: defaultdict[int, set[int]] = defaultdict(set)
        for (row, col), content in patch.contents.items():
            if content is not None:
                self.waiting[row].add(col)
        self.last = -1

    def done(self) -> PatchedSheet:
        root = parse(self.data, "row", self._row)
        table = root.child("sheetData")
        if table is None:
            raise CannotPatch("a sheet has no table of cells")
        self._last_rows(table)
        self._widen(root)
        return PatchedSheet(exchanged(self.data, self.pieces), self.values, self.before)

    def _row(self, element: Element) -> None:
        row = _row_number(element, self.last)
        self.last = row
        self.pieces += [
            (element.start, element.start, self._new_row(earlier, element.prefix))
            for earlier in sorted(one for one in self.waiting if one < row)
        ]
        missing = self.waiting.pop(row, set())
        cells: dict[int, bytes] = {}
        before, col = len(self.pieces), -1
        for one in [child for child in element.children if child.name == "c"]:
            col = column_of(one, col)
            missing.discard(col)
            cells[col] = self._cell(one, (row, col))
        old = start_tag(self.data, element)
        changes = self._height(row, element) | ({"spans": None} if missing else {})
        tag = with_attributes(old, changes) if changes else old
        if missing:
            cells |= {col: self._new((row, col), element.prefix) for col in missing}
            whole = self._whole_row(element, tag, [cells[col] for col in sorted(cells)])
            self.pieces[before:] = [(element.start, element.end, whole)]
        elif tag != old:
            self.pieces.append((element.start, element.start + len(old), tag))

    def _whole_row(self, element: Element, tag: bytes, cells: list[bytes]) -> bytes:
        others = [self.data[one.start : one.end] for one in element.children if one.name != "c"]
        opened = tag[:-2] + b">" if tag.endswith(b"/>") else tag
        return b"".join([opened, *cells, *others, f"</{_mark(element.prefix)}row>".encode()])

    def _height(self, row: int, element: Element) -> dict[str, str | None]:
        """The height that a row of words needs; none of its own for a row without any."""
        heights, ours = self.patch.heights, self.patch.fitted.get(row)
        if ours is not None:
            return _fitted(element.attributes.get("ht"), *ours)
        if heights is None or not TOP <= row <= self.patch.last_row:
            return {}
        said, wanted = element.attributes.get("ht"), heights.get(row)
        if wanted is None:
            return {} if said is None else {"ht": None, "customHeight": None}
        if said is not None and abs(float(said) - wanted) < HEIGHT_STEP:
            return {}
        return {"ht": f"{wanted:g}", "customHeight": "1"}

    def _cell(self, element: Element, at: At) -> bytes:
        """The bytes of a cell of the file as it is to be; its value is noted."""
        held, prefix = held_in(element, self.texts), element.prefix
        value, new = held.value, None
        self.before[at] = value
        old = element.attributes.get("s")
        style = self.patch.dressed.get(at, old)
        if self.patch.owns(at):
            wanted = self.patch.contents.get(at)
            value = cell_value(wanted)
            if not same_content(held, wanted):
                if _is_filled(element) and self.patch.last_row < 0:
                    raise FilledOver
                new = new_cell(prefix, at, style, wanted)
        elif at in self.patch.values and held.formula is not None:
            value = cell_value(self.patch.values[at])
            if not same_value(held.value, value):
                new = with_value(self.data, element, value)
        if value is not None:
            self.values[at] = value
        if style != old:
            new = _dressed(new or self.data[element.start : element.end], style)
        if new is None:
            return self.data[element.start : element.end]
        self.pieces.append((element.start, element.end, new))
        return new

    def _new(self, at: At, prefix: str) -> bytes:
        """A cell that the file does not have yet, in the style of its like."""
        wanted = self.patch.contents[at]
        self.values[at] = cell_value(wanted)
        self.added.append(at)
        role = self.patch.roles.get(at)
        known = self.styles.get(role) if role is not None else None
        return new_cell(prefix, at, self.patch.dressed.get(at, known), wanted)

    def _new_row(self, row: int, prefix: str) -> bytes:
        cells = b"".join(self._new((row, col), prefix) for col in sorted(self.waiting.pop(row)))
        height = (self.patch.heights or {}).get(row)
        tall = "" if height is None else f' ht="{height:g}" customHeight="1"'
        mark = _mark(prefix)
        return f'<{mark}row r="{row + 1}"{tall}>'.encode() + cells + f"</{mark}row>".encode()

    def _last_rows(self, table: Element) -> None:
        rows = b"".join(self._new_row(row, table.prefix) for row in sorted(self.waiting))
        if rows and is_empty(self.data, table):
            opened = start_tag(self.data, table)[:-2].rstrip() + b">"
            closing = f"</{_mark(table.prefix)}sheetData>".encode()
            self.pieces.append((table.start, table.end, opened + rows + closing))
        elif rows:
            end = inside(self.data, table)[1]
            self.pieces.append((end, end, rows))

    def _widen(self, root: Element) -> None:
        """The range in use that the sheet states, where it grew."""
        stated = root.child("dimension")
        if stated is None or not self.added:
            return
        ends = stated.attributes.get("ref", "A1").split(":")
        corners = [*(corner(one) for one in ends), *self.added]
        rows, cols = [row for row, _ in corners], [col for _, col in corners]
        reference = f"{address(min(rows), min(cols))}:{address(max(rows), max(cols))}"
        old = start_tag(self.data, stated)
        new = with_attributes(old, {"ref": reference})
        self.pieces.append((stated.start, stated.start + len(old), new))


def _is_filled(element: Element) -> bool:
    formula = element.child("f")
    return formula is not None and "ref" in formula.attributes


def _dressed(cell: bytes, style: str | None) -> bytes:
    """The bytes of a cell with the number of another style."""
    found = START_TAG.match(cell)
    assert found is not None
    return with_attributes(found[0], {"s": style}) + cell[len(found[0]) :]


def _fitted(said: str | None, before: float, after: float) -> dict[str, str | None]:
    """The height of a row that has the one which it was built with."""
    if said is None or abs(float(said) - before) >= HEIGHT_STEP or abs(before - after) < 0.01:
        return {}
    return {"ht": f"{after:g}", "customHeight": "1"}


def _mark(prefix: str) -> str:
    return f"{prefix}:" if prefix else ""
