"""A built scorecard of one month as a closed file, and the next month's made of it.

The rules of what rolls on are the verb's. Here the plan of the next month is handed to the writer
as the verb does it: around what stands in the file, with what is carried in its boxes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.building import ROOT, STAMP, TEMPLATES
from workbook_builder import app
from workbook_builder.annotations import BookRead, read_book
from workbook_builder.app.folders import read_scorecard
from workbook_builder.app.preparing import Typing, inventory_of, prepare, slots_of, with_history
from workbook_builder.history import open_history
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.carried import carry
from workbook_builder.plan.model import Workbook
from workbook_builder.plan.structure import Inventory, inventory_digest, inventory_text
from workbook_builder.plan.workbook import Surroundings, plan_workbook
from workbook_builder.plan.written_rows import TOP
from workbook_builder.register import register, scorecard_id
from workbook_builder.writers.closed import read_closed
from workbook_builder.writers.closed.rolled import rolled
from workbook_builder.writers.xlsx import write_xlsx

# Scorecards of the tests; all others are templates.
INVENTED = ("small", "mixed")
Chosen = Callable[[TypedRecord], bool]


@dataclass
class NextDesk:
    """A scorecard's folder, and the workbook of a month, which nobody has open."""

    folder: Path
    workbook: Path

    @property
    def id(self) -> str:
        return scorecard_id(self.folder)

    def read(self, path: Path | None = None) -> tuple[BookRead, Inventory]:
        """A workbook as it stands, and what it was planned as."""
        file = read_closed(path or self.workbook)
        catalogue, _ = read_scorecard(self.folder, file.month)
        with open_history(self.folder, self.id, STAMP, "") as history:
            book = read_book(
                file.path, lambda one: inventory_of(one, history, self.folder), slots_of(catalogue)
            )
        assert book.inventory is not None
        return book, book.inventory

    def plan(
        self, month: str, book: BookRead | None, typed: Iterable[TypedRecord] = ()
    ) -> Workbook:
        """The plan of a month, around what stands in a book where one is given."""
        catalogue, extracts = read_scorecard(self.folder, month)
        with open_history(self.folder, self.id, STAMP, "") as history:
            whole = with_history(extracts, catalogue, history)
            prepared = prepare(catalogue, whole, Typing(), (), f"Scorecard {month}")
            plain = plan_workbook(prepared.scorecard, around(book) if book else Surroundings())
            text = inventory_text(plain)
            history.keep_structure(inventory_digest(text), text)
        return carry(plain, typed, slots_of(catalogue)).workbook

    def write(self, typed: Iterable[TypedRecord]) -> None:
        """The workbook again, with things typed in it: in boxes, beside tables, as notes."""
        month = read_closed(self.workbook).month
        write_xlsx(self.plan(month, None, typed), self.workbook)

    def anew(self, month: str) -> Path:
        """A month built from the same files by somebody who has no workbook before it."""
        place = self.folder.parent / "anew"
        if not place.exists():
            again = shutil.ignore_patterns(app.HISTORY)
            shutil.copytree(self.folder, place / "folder", ignore=again)
        return app.build(place / "folder", month, place / "out", stamp=STAMP).workbook

    def roll(
        self,
        month: str,
        carried: Iterable[TypedRecord] = (),
        gone: Chosen = lambda _: False,
        afresh: bool = False,
    ) -> Path:
        """The next month's workbook beside this one, which stays."""
        book, before = self.read()
        after = self.plan(month, None if afresh else book, carried)
        leaving = [one for one in book.typed if gone(one)]
        data = rolled(read_closed(self.workbook), book, before, after, leaving)
        path = self.workbook.with_name(f"Scorecard {month}.xlsx")
        path.write_bytes(data)
        register(self.id, self.folder, path)
        return path


def around(book: BookRead) -> Surroundings:
    """The room that there is in a workbook."""

    def rows(key: str) -> int | None:
        return len(book.owned[key]) - TOP if key in book.owned else None

    said = book.owned.get("sentences")
    places = [str(row[0]).removeprefix("'") for row in said[TOP + 1 :]] if said else None
    return Surroundings(
        standing=book.standing,
        notes_rows=rows("notes"),
        quality_rows=rows("quality"),
        places=tuple(places) if places is not None else None,
    )


def without_break(folder: Path) -> None:
    """The small scorecard's series without the break, which is drawn as lines of its own."""
    file = folder / "indicators" / "a.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("breaks")]
    assert len(kept) < len(lines)
    file.write_text("\n".join(kept), encoding="utf-8")


def next_desk(
    place: Path,
    name: str,
    month: str,
    change: Callable[[Path], object] | None = None,
    define: Callable[[Path], object] | None = None,
) -> NextDesk:
    """A scorecard built for a month.

    `define` does something to its folder first, and `change` to the closed file afterwards.
    """
    source = ROOT / "tests" / "data" / name if name in INVENTED else TEMPLATES / name
    folder = place / "folder"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    if define is not None:
        define(folder)
    built = app.build(folder, month, place / "out", stamp=STAMP).workbook
    held = NextDesk(folder, built)
    if change is not None:
        change(built)
    return held
