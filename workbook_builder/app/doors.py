"""The ways into a workbook that is to be refreshed: open in Excel, or as a closed file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbook_builder.errors import UserError

if TYPE_CHECKING:
    from workbook_builder.annotations.book import BookRead
    from workbook_builder.annotations.putting import Put
    from workbook_builder.plan.blocks import Block
    from workbook_builder.plan.model import Workbook
    from workbook_builder.writers.closed import ClosedFile
    from workbook_builder.writers.live import OpenBook


@dataclass(frozen=True)
class Written:
    """What there is to know once a workbook was written.

    backup is the file as it was before; others counts people's own formulas, whose values nobody
    knows until the workbook is opened. Both are of closed files only.
    """

    backup: Path | None = None
    others: int = 0


class Door(Protocol):
    """A workbook that says which scorecard's it is, of which month, in which layout."""

    @property
    def name(self) -> str:
        """The name of its file."""

    @property
    def scorecard(self) -> str:
        """The id of its scorecard."""

    @property
    def month(self) -> str:
        """Its report month, such as 2014-02."""

    @property
    def layout(self) -> str:
        """The version of the layout that it was built in."""

    @property
    def folder(self) -> Path | None:
        """The folder of its file, where that is sure."""

    def copy_to(self, path: Path) -> None:
        """Write a copy of the workbook as it is now."""

    def say(self, what: str | None) -> None:
        """Tell a step where the workbook is seen; None when the work is over."""

    def write(
        self,
        book: BookRead,
        blocks: Mapping[str, Block],
        plan: Callable[[], Workbook],
        say: Callable[[str], None],
    ) -> Written:
        """Write the sheets that a refresh owns: their blocks, or what the plan says of them.

        Raises UserError; only one that is `interrupted` leaves cells changed.
        """

    def fill(self, placed: Put) -> Path | None:
        """Write into cells and notes that people type in, because a person asked for it.

        Returns the backup; none of a workbook that has no file here. Raises UserError.
        """


@dataclass(frozen=True)
class LiveDoor:
    """A workbook that is open: Excel writes, and works out what follows."""

    opened: OpenBook

    @property
    def name(self) -> str:
        return self.opened.name

    @property
    def scorecard(self) -> str:
        return self.opened.scorecard

    @property
    def month(self) -> str:
        return self.opened.month

    @property
    def layout(self) -> str:
        return self.opened.layout

    @property
    def folder(self) -> Path | None:
        return None

    def copy_to(self, path: Path) -> None:
        from workbook_builder.writers.live import save_copy

        save_copy(self.opened, path)

    def say(self, what: str | None) -> None:
        from workbook_builder.writers.live import say_status

        said = f"Workbook Builder {what}" if what is not None else None
        say_status(self.opened, said)

    def write(
        self,
        book: BookRead,
        blocks: Mapping[str, Block],
        plan: Callable[[], Workbook],
        say: Callable[[str], None],
    ) -> Written:
        from workbook_builder.writers.live import write_blocks

        del book, plan
        write_blocks(self.opened, blocks, say)
        return Written()

    def fill(self, placed: Put) -> Path | None:
        from workbook_builder.writers.live import file_of, save_copy
        from workbook_builder.writers.live_cells import fill_cells
        from workbook_builder.writers.safe import backup_of

        path = file_of(self.opened)
        backup = backup_of(path) if path is not None else None
        if backup is not None:
            save_copy(self.opened, backup)
        fill_cells(self.opened, placed.cells, placed.notes)
        return backup


@dataclass(frozen=True)
class ClosedDoor:
    """A file that nobody has open: patched, with the values that the plan says."""

    file: ClosedFile

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def scorecard(self) -> str:
        return self.file.scorecard

    @property
    def month(self) -> str:
        return self.file.month

    @property
    def layout(self) -> str:
        return self.file.layout

    @property
    def folder(self) -> Path | None:
        return self.file.path.parent

    def copy_to(self, path: Path) -> None:
        path.write_bytes(self.file.data)

    def say(self, what: str | None) -> None:
        del what

    def write(
        self,
        book: BookRead,
        blocks: Mapping[str, Block],
        plan: Callable[[], Workbook],
        say: Callable[[str], None],
    ) -> Written:
        from workbook_builder.annotations import find_formulas
        from workbook_builder.plan.blocks import owned_blocks
        from workbook_builder.plan.computed import computed_values
        from workbook_builder.writers.closed import SheetPatch, owned_patch
        from workbook_builder.writers.owned import check_sizes, moved

        del blocks
        whole, found = plan(), find_formulas(book)
        check_sizes(self.name, book.owned, owned_blocks(whole))
        shifted = [key for key, area in found.owned.items() if (area.row, area.col) != (1, 1)]
        if shifted:
            raise UserError([moved(self.name, key) for key in shifted])
        patches = {
            found.owned[sheet.key].sheet: owned_patch(sheet)
            for sheet in whole.sheets
            if sheet.owned
        }
        for number, (title, cells) in found.ours.items():
            known = computed_values(whole.sheets[number - 1])
            values = {at: known[keys] for at, keys in cells.items() if keys in known}
            patches[title] = SheetPatch(values=values)
        say(f"Replacing {self.name}")
        return Written(self.file.replace(patches), found.others)

    def fill(self, placed: Put) -> Path | None:
        return self.file.fill(placed.cells, placed.notes, placed.replaced)


def live_door(arguments: Sequence[str] = ()) -> LiveDoor:
    """The workbook whose button was pressed, else the one in front. Raises UserError."""
    from workbook_builder.writers.live import find_open_book

    return LiveDoor(find_open_book(arguments))


def door_of(path: Path, synced: bool) -> Door:
    """A workbook by its file: in Excel where it is open there, else closed. Raises UserError.

    synced: the person knows that a sync program looks after the folder.
    """
    from workbook_builder.app.refusals import in_synced_folder
    from workbook_builder.writers.closed import read_closed
    from workbook_builder.writers.live import find_book_at
    from workbook_builder.writers.synced import sync_program

    whole = path.resolve()
    opened = find_book_at(whole) if whole.is_file() else None
    if opened is not None:
        return LiveDoor(opened)
    program = "" if synced else sync_program(whole)
    if program:
        raise UserError([in_synced_folder(whole, program)])
    return ClosedDoor(read_closed(whole))
