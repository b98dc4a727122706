"""Next month's workbook: a copy of this month's file with a stated list of pieces exchanged.

What may differ from this month's file, part by part:

- the sheets that are the program's own: cells, heights of rows, page ends, columns as they grow;
- on our other sheets: texts, formulas and hidden keys that say another month, values beside our
  formulas, boxes for typing that are emptied or filled, heights, page ends, footers and styles that
  were ours; notes and threads of cells that roll on, with the parts that hold them;
- the table of styles: more behind the others, where no cell had a role before;
- charts: points, and the names of series and descriptions that were ours;
- workbook.xml: the names of month, structure and periods, and the setting that all is worked out;
- the calculation chain, taken out; the title in the document's properties.

Every other part, and every other byte of these, stays: sheets, pictures, charts, text boxes,
sparklines and formats of people's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from workbook_builder.errors import UserError
from workbook_builder.history.model import TypedRecord
from workbook_builder.periods import Month
from workbook_builder.plan.keyed import owned_end
from workbook_builder.plan.model import Workbook
from workbook_builder.plan.slots import COMMENT, NOTE
from workbook_builder.plan.structure import Inventory
from workbook_builder.plan.styles import styles
from workbook_builder.plan.workbook import MONTH
from workbook_builder.writers.closed.added_styles import with_styles
from workbook_builder.writers.closed.alike import changed_sheets, owned_areas
from workbook_builder.writers.closed.calculation import with_calculation, without_chain
from workbook_builder.writers.closed.cells import At, corner
from workbook_builder.writers.closed.closed_file import ClosedFile
from workbook_builder.writers.closed.draft import Draft
from workbook_builder.writers.closed.found import FoundBook
from workbook_builder.writers.closed.grown import grown
from workbook_builder.writers.closed.markup import CannotPatch
from workbook_builder.writers.closed.next_cells import NextSheet, dresses
from workbook_builder.writers.closed.next_names import Area, with_names
from workbook_builder.writers.closed.next_words import (
    with_breaks,
    with_charts,
    with_footer,
    with_title,
)
from workbook_builder.writers.closed.notes_out import without_notes
from workbook_builder.writers.closed.patch import patched_parts
from workbook_builder.writers.closed.places import Moved
from workbook_builder.writers.closed.sheet import (
    FilledOver,
    Role,
    SheetPatch,
    owned_patch,
    worn_styles,
)


class ChangedLayout(Exception):
    """Sheets that are not the same but for the month, so that only a new build gives the next."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        super().__init__(", ".join(sheets))
        self.sheets = sheets


def rolled(
    file: ClosedFile,
    book: FoundBook,
    before: Inventory,
    after: Workbook,
    gone: Collection[TypedRecord],
) -> bytes:
    """The bytes of next month's workbook.

    book is the file as it was read, before what it was planned as, and after the plan of next month
    with what is carried in its boxes. gone are notes, comments, formulas typed over, words typed
    beside and heights that belong to the old month: they are taken out, and what is ours put back.

    Raises ChangedLayout, and UserError where the file cannot be changed.
    """
    try:
        return _Rolling(file, book, before, after, gone).done()
    except FilledOver as error:
        raise ChangedLayout((str(error),)) from error
    except CannotPatch as error:
        raise UserError([file.odd(str(error))]) from error


@dataclass(frozen=True)
class _Rolling:
    file: ClosedFile
    book: FoundBook
    before: Inventory
    after: Workbook
    gone: Collection[TypedRecord]

    def done(self) -> bytes:
        package, areas = self.file.package, self._areas
        known = {one.identity for one in self.gone}
        staying = [one for one in self.book.typed if one.identity not in known]
        changed = changed_sheets(package, areas, self.book, self.before, self.after, staying)
        if changed:
            raise ChangedLayout(changed)
        draft = Draft(package)
        patches = self._owned() | self._tabs(draft)
        self.file.check_passwords(patches)
        for part, data in patched_parts(package, patches).items():
            draft.write(part, data)
        tables, chain = without_chain(package)
        for part, data in tables.items():
            draft.write(part, data)
        draft.gone(chain)
        self._around_cells(draft)
        for title, cells in self._noted().items():
            without_notes(draft, package.sheets[title], cells)
        titles = {key: area[0] for key, area in areas.items()}
        draft.change(package.main, with_calculation)
        draft.change(package.main, lambda data: with_names(data, self.after, titles))
        return draft.done()

    @cached_property
    def _areas(self) -> Mapping[str, Area]:
        return owned_areas(self.file.package, self.after)

    @cached_property
    def _leaving(self) -> tuple[TypedRecord, ...]:
        """What is to go, with the places where it stands now."""
        known = {one.identity for one in self.gone}
        return tuple(one for one in self.book.typed if one.identity in known)

    @cached_property
    def _next(self) -> dict[str, NextSheet]:
        """The sheets in which people work, by their titles."""
        found = {}
        for number, sheet in enumerate(self.after.sheets, start=1):
            if not sheet.owned:
                there = self.book.keyed[number]
                typed = [one for one in self.book.typed if one.sheet == there.title]
                gone = [one for one in self._leaving if one.sheet == there.title]
                planned = self.before.sheets[number]
                found[there.title] = NextSheet(planned, sheet, there, typed, gone)
        return found

    def _owned(self) -> dict[str, SheetPatch]:
        """The sheets of our own, whole; what stood beyond their new end goes."""
        found = {}
        for sheet in (one for one in self.after.sheets if one.owned):
            title, _, (last_row, last_col) = self._areas[sheet.key]
            row, col = owned_end(sheet)
            found[title] = replace(
                owned_patch(sheet), last_row=max(row, last_row), last_col=max(col, last_col)
            )
        return found

    def _tabs(self, draft: Draft) -> dict[str, SheetPatch]:
        """All other sheets of ours, with styles for them. Raises ChangedLayout."""
        package, looks = self.file.package, styles(self.after.brand)
        worn = {title: worn_styles(package.read(package.sheets[title])) for title in self._next}
        counted: defaultdict[Role, Counter[str]] = defaultdict(Counter)
        for title, one in self._next.items():
            for role, at in one.roles():
                counted[role].update([worn[title][at]] if at in worn[title] else [])
        known = {**dresses(counted), **self._styles(draft, counted)}
        found, lost = {}, []
        for title, one in self._next.items():
            try:
                found[title] = one.patch(looks, known, worn[title])
            except (Moved, LookupError):
                lost.append(one.after.name)
        if lost:
            raise ChangedLayout(tuple(lost))
        return found

    def _styles(self, draft: Draft, known: Collection[Role]) -> dict[Role, str]:
        """The numbers of the styles for roles of which the file has no cell yet."""
        needed = {role for one in self._next.values() for role in one.new_roles()}
        part = draft.related(draft.package.main, "styles")
        if needed <= set(known) or part is None:
            return {}
        looks = styles(self.after.brand)
        data, numbers = with_styles(draft.read(part.target), sorted(needed - set(known)), looks)
        draft.write(part.target, data)
        return numbers

    def _around_cells(self, draft: Draft) -> None:
        """The month in words around the cells, page ends, and how far our own sheets reach."""
        old, new = self._document_titles()
        for sheet in self.after.sheets:
            area = self._areas.get(sheet.key) if sheet.owned else None
            if area is not None:
                part = draft.package.sheets[area[0]]
                data = grown(draft.read(part), area, owned_end(sheet))
                data = with_breaks(data, None, sheet.breaks)
                said = sheet.title
                draft.write(part, with_footer(data, f"{old}: {said}", f"{new}: {said}"))
        for title, one in self._next.items():
            part, said = draft.package.sheets[title], one.after.title
            data = with_footer(draft.read(part), f"{old}: {said}", f"{new}: {said}")
            ends = one.page_ends()
            draft.write(part, with_breaks(data, *ends) if ends is not None else data)
            with_charts(draft, part, one.before.charts, one.after.part.charts)
        with_title(draft, old, new)

    def _document_titles(self) -> tuple[str, str]:
        """The title with the old month and with the new one."""
        new = next(one.value for one in self.after.constants if one.name == MONTH)
        now, then = Month.parse(new).long_label, Month.parse(self.file.month).long_label
        return f"{self.after.title.removesuffix(now)}{then}", self.after.title

    def _noted(self) -> dict[str, set[At]]:
        """The cells whose notes and threads go, by the titles of their sheets."""
        found: defaultdict[str, set[At]] = defaultdict(set)
        for one in self._leaving:
            if one.kind in (NOTE, COMMENT) and one.sheet in self.file.package.sheets:
                found[one.sheet].add(corner(one.cell))
        return found
