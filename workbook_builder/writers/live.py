"""An open workbook: found, looked at before anything is touched, and written in whole blocks.

Through xlwings, so Excel itself does the writing and the saving. Ranges are written, one
assignment for each: Figures, Notes, Log, Sentences of a highlight report, and Data quality where
figures are counted from lists. Everything that differs between Windows and macOS is behind `Host`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.plan.blocks import Block
from workbook_builder.plan.keyed import OWNED
from workbook_builder.plan.workbook import LAYOUT, MARKER, MONTH, STRUCTURE
from workbook_builder.plan.written_rows import TOP
from workbook_builder.writers.host import Host, host_for
from workbook_builder.writers.owned import WORDY, foreign_password, moved

Answer = TypeVar("Answer")

# What Excel answers while it is busy, a dialogue is open, or somebody is typing in a cell.
BUSY = frozenset({-2147418111, -2146777998, -2147417846, -2147417848})
TRIES, PAUSE = 20, 0.5


@dataclass(frozen=True)
class OpenBook:
    """A scorecard workbook that is open, and what it says about itself."""

    book: Any
    host: Host
    scorecard: str
    month: str
    layout: str
    structure: str

    @property
    def name(self) -> str:
        return str(self.book.name)


def find_open_book(arguments: Sequence[str] = ()) -> OpenBook:
    """The workbook whose button was pressed, else the one in front.

    Raises UserError where there is none, where it is not a scorecard of ours, and where it cannot
    be written to.
    """
    return _looked_at(patiently(lambda: _book(arguments)))


def find_book_at(path: Path) -> OpenBook | None:
    """The workbook of a file where it is open in an Excel that can be reached; never starts one.

    An Excel that stays busy cannot be: then the file's lock says whether somebody has it open.
    Raises UserError where it is open and cannot be refreshed.
    """
    import xlwings

    try:
        books = patiently(lambda: [book for app in xlwings.apps for book in app.books])
        found = next((book for book in books if _is_at(book, path)), None)
    except (xlwings.XlwingsError, AttributeError, UserError):
        return None
    return _looked_at(found) if found is not None else None


def _is_at(book: Any, path: Path) -> bool:
    """Whether an open workbook is the one of a file.

    One that Excel opened over the network by its address has no path to compare: there the name
    must do.
    """
    try:
        return path.samefile(str(book.fullname))
    except Exception:
        return str(book.name).casefold() == path.name.casefold()


def _looked_at(book: Any) -> OpenBook:
    host = host_for(book)
    found = {name: _constant(book, name) for name in (MARKER, MONTH, LAYOUT, STRUCTURE)}
    if not found[MARKER]:
        what = (
            f'"{book.name}" is not a scorecard of Workbook Builder, so nothing in it was touched.'
        )
        fix = "Bring the scorecard to the front and run the command again."
        raise UserError([Fault("WB711", what, Place(str(book.name)), fix=fix)])
    if patiently(lambda: host.read_only(book)):
        what = "The workbook is open for reading only, so it cannot be refreshed."
        fix = "Close it where it is open elsewhere, or click Enable Editing, and try again."
        raise UserError([Fault("WB712", what, Place(str(book.name)), fix=fix)])
    return OpenBook(book, host, found[MARKER], found[MONTH], found[LAYOUT], found[STRUCTURE])


def open_books() -> list[str]:
    """The names of all workbooks open in Excel; never starts it."""
    import xlwings

    try:
        return [str(book.name) for app in xlwings.apps for book in app.books]
    except (xlwings.XlwingsError, AttributeError):
        return []


def _constant(book: Any, name: str) -> str:
    """The text of a name of the workbook; empty where there is no such name."""
    if not patiently(lambda: name in book.names):
        return ""
    return str(patiently(lambda: book.names[name].refers_to)).removeprefix("=").strip('"')


def _book(arguments: Sequence[str]) -> Any:
    import xlwings

    try:
        if "--from_xl=1" in arguments:
            return _caller(arguments)
        app = xlwings.apps.active
        if app is not None and len(app.books):
            return app.books.active
    except xlwings.XlwingsError:
        pass
    except AttributeError:
        # Without Excel, xlwings reaches for a part of itself that is not there.
        pass
    what = "No workbook is open in Excel."
    if sys.platform not in ("win32", "darwin"):
        what = "No workbook is open in a spreadsheet program that xlwings can reach."
    fix = (
        "Open the scorecard and, if Excel shows a yellow bar, click Enable Editing. Then try again."
    )
    raise UserError([Fault("WB710", what, fix=fix)])


def _caller(arguments: Sequence[str]) -> Any:
    """The workbook that a button named; xlwings cuts a name off at its first equals sign."""
    import xlwings

    name = next((one[5:] for one in arguments if one.startswith("--wb=")), "")
    return xlwings.books[name] if "=" in name else xlwings.Book.caller()


def patiently(action: Callable[[], Answer]) -> Answer:
    """Do something in Excel, again for up to ten seconds while it is busy.

    Raises UserError in plain words when it stays busy.
    """
    for _ in range(TRIES):
        try:
            return action()
        except Exception as error:
            if _code(error) not in BUSY:
                raise
        time.sleep(PAUSE)
    what = "Excel is busy, a dialogue is open in it, or a cell is being typed in."
    fix = "Press Enter to finish the cell, close the dialogue, and try again."
    raise UserError([Fault("WB713", what, fix=fix)])


def _code(error: Exception) -> object:
    """The number that Windows gives an error; xlwings hands on what pywin32 raises."""
    code = getattr(error, "hresult", None)
    return code if code is not None else (error.args[0] if error.args else None)


def save_copy(opened: OpenBook, path: Path) -> None:
    """Have the program save a copy of the open workbook, which stays as it is and unsaved."""
    patiently(lambda: opened.host.save_copy(opened.book, path))


def file_of(opened: OpenBook) -> Path | None:
    """The file of an open workbook; None where it was never saved, or is open by an address."""
    path = Path(str(patiently(lambda: opened.book.fullname)))
    return path if path.is_file() else None


def write_blocks(opened: OpenBook, blocks: Mapping[str, Block], say: Callable[[str], None]) -> None:
    """Write each block over the range of its sheet, one assignment each, and nothing else.

    The sheets are unprotected only meanwhile. No setting of the program is changed for the time of
    writing: were this process killed, nobody would change it back. Raises UserError before the
    first write where a range is not there, has another size, or where its sheet is protected with
    a password that is not ours.
    """
    ranges = {key: _range(opened, key, block) for key, block in blocks.items()}
    app = opened.book.app
    with ExitStack() as after:
        for area in ranges.values():
            _unprotect(opened, area.sheet, after)
        with _completed_by_another_try():
            for key, block in blocks.items():
                say(f"Writing {key}")
                _write(ranges[key], block, fit=key in WORDY)
            if patiently(lambda: app.calculation) != "automatic":
                patiently(app.calculate)


@contextmanager
def _completed_by_another_try() -> Iterator[None]:
    """From the first write on, a stop leaves a part of the work done, and says so."""
    try:
        yield
    except UserError as error:
        what = "Excel became busy while the figures were being written, so only a part of them is."
        fix = (
            "Press Enter to finish the cell, close dialogues, and click Refresh: it does the rest."
        )
        raise UserError([Fault("WB720", what, fix=fix)], interrupted=True) from error


def _whatever_happens(action: Callable[[], None]) -> None:
    """Put something back; that Excel is busy now must not hide why the work stopped."""
    with suppress(UserError):
        patiently(action)


def _range(opened: OpenBook, key: str, block: Block) -> Any:
    name = f"{OWNED}_{key}"
    found = _named_range(opened, name)
    if found is None or tuple(found.shape) != (len(block), len(block[0])):
        raise UserError([moved(opened.name, key)])
    return found


def _named_range(opened: OpenBook, name: str) -> Any:
    """The range of a name; None where it leads nowhere, which every system tells in its own way."""
    try:
        return patiently(lambda: opened.book.names[name].refers_to_range)
    except UserError:
        raise
    except Exception:
        return None


def _write(area: Any, block: Block, fit: bool) -> None:
    # xlwings would cut a large block into pieces; a refresh that stops between two is half done.
    whole = area.options(chunksize=None)
    patiently(lambda: setattr(whole, "value", [list(row) for row in block]))
    if fit:
        patiently(lambda: area[TOP:, :].rows.autofit())


def _unprotect(opened: OpenBook, sheet: Any, after: ExitStack) -> None:
    """Take our own protection off until `after`; a password is somebody else's to take off."""
    host = opened.host
    try:
        if patiently(lambda: host.is_protected(sheet)):
            patiently(lambda: host.unprotect(sheet))
        still = patiently(lambda: host.is_protected(sheet))
    except UserError:
        raise
    except Exception:
        still = True
    if still:
        raise UserError([foreign_password(opened.name, str(sheet.name))])
    after.callback(_whatever_happens, lambda: host.protect(sheet))


def say_status(opened: OpenBook, what: str | None) -> None:
    """Put a text in the status bar, or give it back to the program; never a reason to stop."""
    with suppress(Exception):
        opened.book.app.status_bar = what if what is not None else False


def show_sheet(opened: OpenBook, key: str) -> None:
    """Bring a sheet that a refresh writes to the front."""
    area = _named_range(opened, f"{OWNED}_{key}")
    if area is None:
        raise UserError([moved(opened.name, key)])
    patiently(area.sheet.activate)
