"""What becomes of the cells of one sheet in which people work, when its book is the next month's.

Each planned cell is looked for by its keys. It changes only where it still is as it was planned
for the month before; what somebody typed over it stays, unless it was of a month that is over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.carried import content_of
from workbook_builder.plan.keyed import row_keys
from workbook_builder.plan.model import Cell, Formula, InputBox, RichText, Sheet, all_cells
from workbook_builder.plan.slots import BESIDE, HEIGHT, INPUT, MANUAL, OVER
from workbook_builder.plan.structure import SheetInventory, said_by_place
from workbook_builder.plan.styles import Style
from workbook_builder.writers.closed.cells import At, Content, StyledText, cell_value, corner
from workbook_builder.writers.closed.found import FoundSheet
from workbook_builder.writers.closed.places import Keys, Places
from workbook_builder.writers.closed.sheet import Role, SheetPatch

# The number of the style that most cells of a role have in the file.
Dresses = Mapping[Role, str]
# The numbers of the styles of a sheet's cells.
Worn = Mapping[At, str]


@dataclass(frozen=True)
class NextSheet:
    """A sheet as the file has it (found, typed), as it was planned, and as it is planned now.

    typed are the records of this sheet, and gone those of them that stay behind in the old month.
    """

    before: SheetInventory
    after: Sheet
    found: FoundSheet
    typed: Sequence[TypedRecord]
    gone: Collection[TypedRecord]

    @cached_property
    def places(self) -> Places:
        return Places(self.before, self.found)

    def roles(self) -> Iterator[tuple[Role, At]]:
        """The role of each planned cell of the month before, and where it stands."""
        for (row, col), role in self.before.roles.items():
            for at in self.places.of((self.before.rows[row], self.before.columns[col])):
                yield role, at

    def new_roles(self) -> set[Role]:
        """The roles that cells have now and had not."""
        found = set()
        for at, (cell, _, _) in said_by_place(self.after).items():
            keys, role = self.places.keys(at), (cell.style, cell.number_format)
            if keys is not None and self.before.roles.get(keys) != role:
                found.add(role)
        return found

    def patch(self, looks: Mapping[str, Style], dresses: Dresses, worn: Worn) -> SheetPatch:
        """What is to stand in the sheet. Raises Moved, and LookupError for a box that is lost."""
        changes = _Changes(self, dresses, worn)
        changes.cells()
        changes.boxes(looks)
        changes.row_keys()
        return SheetPatch(
            values=changes.values,
            contents=changes.contents,
            dressed=changes.dressed,
            fitted=self._fitted(),
        )

    def page_ends(self) -> tuple[list[int], list[int]] | None:
        """The rows before which a page ended and ends now; None where one of them has moved."""
        rows = {row: self.places.rows(row) for row in self.before.rows.values()}
        if all(list(now) in ([row], []) for row, now in rows.items()):
            return list(self.before.breaks), list(self.after.breaks)
        ends = [[rows.get(row, ()) for row in b] for b in (self.before.breaks, self.after.breaks)]
        if any(len(now) != 1 for both in ends for now in both):
            return None
        old, new = ([now[0] for now in both] for both in ends)
        return old, sorted(new)

    def _fitted(self) -> dict[int, tuple[float, float]]:
        """The heights that were planned and are planned now, by row as it stands."""
        heights, found = dict(self.after.part.heights), {}
        given = {one.key: float(one.content) for one in self.gone if one.kind == HEIGHT}
        for key, before in self.before.heights.items():
            row = self.before.rows[key]
            for at in self.places.rows(row):
                if row in heights:
                    found[at] = (given.get(key, before), heights[row])
        return found


def dresses(counted: Mapping[Role, Counter[str]]) -> Dresses:
    """The number of the style that the file has for each role: the one most cells have."""
    return {role: counts.most_common(1)[0][0] for role, counts in counted.items()}


@dataclass
class _Changes:
    """The changes of one sheet, gathered."""

    sheet: NextSheet
    known: Dresses
    worn: Worn
    values: dict[At, float | str] = field(default_factory=dict)
    contents: dict[At, Content] = field(default_factory=dict)
    dressed: dict[At, str] = field(default_factory=dict)

    def cells(self) -> None:
        """All cells but those in which people type."""
        planned = said_by_place(self.sheet.after)
        before = self.sheet.before
        old = {keys: ("f", said) for keys, said in before.formulas.items()}
        old |= {keys: ("t", said) for keys, said in before.texts.items()}
        places = {(before.rows[row], before.columns[col]) for row, col in old}
        for at in {*planned, *places}:
            keys = self.sheet.places.keys(at)
            if keys is not None:
                self._cell(at, keys, old.get(keys, ("b", "")), planned.get(at))

    def _cell(
        self, at: At, keys: Keys, old: tuple[str, str], planned: tuple[Cell, str, str] | None
    ) -> None:
        cell, kind, said = planned or (None, "b", "")
        new = (kind, said) if said else ("b", "")
        restored = self._restored.get(keys, [])
        for now in [*self._ours(keys, at, old), *restored]:
            if cell is not None:
                self._dress(now, keys, (cell.style, cell.number_format))
            if new == old and now not in restored:
                if cell is not None and kind == "f":
                    self.values[now] = _value(cell)
            else:
                self.contents[now] = self._content(cell, kind, said, at, now)

    def _content(self, cell: Cell | None, kind: str, said: str, at: At, now: At) -> Content:
        if cell is None or not said:
            return None
        if kind == "f":
            return Formula(self.sheet.places.formula(said, at, now), _value(cell))
        return cell_value(cell.content)

    def _ours(self, keys: Keys, at: At, old: tuple[str, str]) -> Sequence[At]:
        """The cells in which nobody typed."""
        if old[1]:
            return self._still.get(keys, ())
        return [now for now in self.sheet.places.of(at) if now not in self._taken]

    @cached_property
    def _still(self) -> Mapping[Keys, list[At]]:
        """Where formulas and texts stand that are as they were planned."""
        found: defaultdict[Keys, list[At]] = defaultdict(list)
        sheet = self.sheet.found
        for row, col, key, column in (*sheet.our_formulas(), *sheet.our_texts()):
            found[key, column].append((row - 1, col - 1))
        return found

    @cached_property
    def _taken(self) -> set[At]:
        """Cells in which somebody typed though they were not made for it."""
        return {corner(one.cell) for one in self.sheet.typed if one.kind in (OVER, BESIDE)}

    @cached_property
    def _restored(self) -> Mapping[Keys, list[At]]:
        """The cells that get back what is ours."""
        there = {corner(one.cell) for one in self.sheet.gone if one.kind in (OVER, BESIDE)}
        before = self.sheet.before
        found: dict[Keys, list[At]] = {}
        for row_key, row in before.rows.items():
            for col_key, col in before.columns.items() if there else ():
                held = [at for at in self.sheet.places.of((row, col)) if at in there]
                if held:
                    found[row_key, col_key] = held
        return found

    def _dress(self, now: At, keys: Keys, role: Role) -> None:
        """Another style, where the role changes and the cell looks as its role does."""
        old = self.sheet.before.roles.get(keys)
        number = self.known.get(role)
        if old == role or number is None:
            return
        looks = self.worn.get(now)
        if looks is None or (old is not None and looks == self.known.get(old)):
            self.dressed[now] = number

    def boxes(self, looks: Mapping[str, Style]) -> None:
        """The cells made for typing: as they are, emptied, or with what the plan has in them."""
        where: defaultdict[tuple[str, str], list[At]] = defaultdict(list)
        for (row, col), keys in self.sheet.found.inputs.items():
            where[keys].append((row - 1, col - 1))
        typed = {
            (one.key, one.slot): content_of(one)
            for one in self.sheet.typed
            if one.kind in (INPUT, MANUAL)
        }
        planned = zip(self.sheet.before.inputs, planned_boxes(self.sheet.after), strict=True)
        for old, cell in planned:
            content = cell.content if cell is not None and cell.content != "" else None
            if typed.get((old.key, old.slot)) == content:
                continue
            standing = where.get((old.key, old.slot), [])
            if not standing:
                raise LookupError(old.name)
            for now in standing:
                self.contents[now] = _typed(cell, looks)

    def row_keys(self) -> None:
        """The hidden keys of rows that are about another period now."""
        before = {row: key for key, row in self.sheet.before.rows.items()}
        for row, key in row_keys(self.sheet.after).items():
            if before[row] != key:
                for now in self.sheet.places.rows(row):
                    self.contents[now, self.sheet.found.key_col - 1] = key


def planned_boxes(sheet: Sheet) -> list[Cell | None]:
    """The cell of each box of a sheet in turn; None where its row is not there."""
    spans = {name.name: name for name in sheet.part.names}
    cells: dict[At, Cell] = {}
    for one in all_cells(sheet.part):
        if (one.row, one.col) not in cells or one.content is not None:
            cells[one.row, one.col] = one

    def found(box: InputBox) -> Cell | None:
        span = spans[box.name]
        if not box.codes:
            return cells.get((span.row, span.col))
        codes = spans[box.codes]
        for row in range(codes.row, codes.last_row + 1):
            code = cells.get((row, codes.col))
            if code is not None and code.content == box.key:
                return cells.get((row, span.col))
        return None

    return [found(box) for box in sheet.part.inputs]


def _typed(cell: Cell | None, looks: Mapping[str, Style]) -> Content:
    if cell is None or cell.content == "":
        return None
    if isinstance(cell.content, RichText):
        return StyledText(cell.content, looks[cell.style])
    return cell_value(cell.content)


def _value(cell: Cell) -> float | str:
    held = cell.content
    return held.value if isinstance(held, Formula) else str(held)
