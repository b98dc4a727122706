"""The workbook that a build takes the place of: which one it is, and what people typed in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.annotations import read_book
from workbook_builder.app.preparing import Typing, inventory_of, slots_of, typing_of
from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.history import History
from workbook_builder.plan.structure import read_inventory
from workbook_builder.writers.safe import check_free

if TYPE_CHECKING:
    from workbook_builder.annotations.book import BookRead, Identity
    from workbook_builder.catalogue.model import Catalogue, Settings
    from workbook_builder.history.model import TypedRecord
    from workbook_builder.history.reading import Reading
    from workbook_builder.plan.structure import Inventory


def other_form(target: Path) -> Path:
    """The workbook without macros for one with them, and the other way round."""
    return target.with_suffix(".xlsx" if target.suffix == ".xlsm" else ".xlsm")


def check_places(target: Path, source: Path | None) -> list[Fault]:
    """Workbooks that are open or locked, among those that a build reads or replaces."""
    faults = []
    for path in (target, other_form(target), target.with_name("results.csv")):
        faults += check_free(path)
    return [*faults, *missing_source(source)]


def missing_source(source: Path | None) -> list[Fault]:
    """A workbook that a person named and that is not there."""
    if source is None or source.is_file():
        return []
    what = "There is no such workbook to take over what people typed."
    return [Fault("WB611", what, Place(str(source)), fix="Give its path after --from.")]


def workbook_of(settings: Settings, folder: Path, out: Path | None, source: Path | None) -> Path:
    """Where the month's workbook is looked for: its place, or where the last build put it.

    Raises UserError where the workbook that would be read is open.
    """
    from workbook_builder.app.building import place_of
    from workbook_builder.app.publishing_refusals import still_open
    from workbook_builder.register import registered

    target = place_of(settings, out)
    known = next((one for one in registered() if one.id == settings.id), None)
    if out is None and known is not None and known.folder.resolve() == folder.resolve():
        built = known.workbook
        ends = (".xlsx", ".xlsm") if built is not None else ()
        forms = [built.with_name(f"{target.stem}{end}") for end in ends if built is not None]
        # The newest of the month's forms; the register may know a later month's workbook already.
        there = sorted((one for one in forms if one.is_file()), key=lambda one: one.stat().st_mtime)
        target = there[-1] if there else target
    wanted = (source or target, other_form(source or target))
    taken = [one for one in wanted if check_free(one)]
    if taken:
        raise UserError([still_open(one) for one in taken])
    return target


@dataclass(frozen=True)
class Standing:
    """Finds and reads what stands before a build."""

    folder: Path
    target: Path
    source: Path | None
    catalogue: Catalogue
    history: Reading

    def typing(self) -> Typing:
        """What people typed, where it is newest; saved to a history that is open for writing.

        That is the file named by the person, else the workbook to be replaced or its other form,
        else the history, where a refresh looked at the workbook after the file was last saved: it
        was saved elsewhere then. Raises UserError where two files differ in what was typed, and
        where a file is not this scorecard's workbook.
        """
        wanted = [self.source] if self.source else [self.target, other_form(self.target)]
        books = [(path, self._read(path)) for path in wanted if path.exists()]
        if not books:
            return self.remembered()
        file, book = max(books, key=lambda one: one[0].stat().st_mtime)
        for path, older in books:
            self._check_nothing_more_in(path, older, file, book)
        known = self.history.typed_at(self._month)
        saved = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
        if self.source is None and known is not None and saved < known:
            return self.remembered()
        if isinstance(self.history, History):
            self.history.save_typed(self._month, file.name, book.typed)
        return typing_of(book.typed, book.inventory, self.catalogue, self.history)

    @property
    def _month(self) -> str:
        return str(self.catalogue.settings.report_month)

    def _read(self, path: Path) -> BookRead:
        ours = (self.catalogue.settings.id, self._month)

        def inventory(identity: Identity) -> Inventory | None:
            same = (identity.scorecard, identity.month) == ours
            return inventory_of(identity, self.history, self.folder) if same else None

        book = read_book(path, inventory, slots_of(self.catalogue))
        if book.inventory is None:
            raise UserError([_stranger(path, book.identity, self.catalogue)])
        return book

    def _check_nothing_more_in(
        self, path: Path, older: BookRead, file: Path, newer: BookRead
    ) -> None:
        """Raise UserError where the workbook saved earlier holds what the later one does not."""
        there = {(one.identity, one.content) for one in newer.typed}
        more = [one for one in older.typed if (one.identity, one.content) not in there]
        if not more:
            return
        shown = ", ".join(f"{one.sheet} {one.cell}" for one in more[:5])
        what = f"{file.name} was saved later, but {path.name} holds what it does not: {shown}."
        fix = "Say which of them counts: build again with --from and its path."
        raise UserError([Fault("WB612", what, Place(str(path)), fix=fix)])

    def remembered(self) -> Typing:
        """What was typed, as the history has it."""
        typed: tuple[TypedRecord, ...] = self.history.typed(self._month)
        last = self.history.last_change(self._month)
        text = self.history.structure(self.history.structure_of(last)) if last else None
        inventory = read_inventory(text) if text else None
        return typing_of(typed, inventory, self.catalogue, self.history)


def _stranger(path: Path, identity: Identity, catalogue: Catalogue) -> Fault:
    settings = catalogue.settings
    said = "says nothing about whose it is"
    if identity.scorecard:
        said = f'is of the scorecard "{identity.scorecard}", month {identity.month}'
    what = (
        f'The workbook {said}, not of "{settings.id}", month {settings.report_month}. It is left '
        "as it is and nothing was written."
    )
    fix = "Move it away, or build into another folder with --out."
    return Fault("WB613", what, Place(str(path)), fix=fix)
