"""An xlwings engine over a live LibreOffice Calc, for tests only.

It is as much of Excel as the program uses, and as strict: texts are coerced as Excel coerces what
is typed, locked cells of protected sheets refuse, notes survive a write. It counts writes and can
be told to be busy, so that the program's own code runs unchanged against a real open spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlwings
from xlwings import base_classes, utils

from tests.live import ranges
from tests.live.com import BookApi, ComError, SheetApi, app_api
from tests.live.office import Office, load_uno

NAME = "calc"


class Engine:
    """What xlwings asks for, and what tests want to know or to cause."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)
        self.office: Office | None = None
        self.writes: list[tuple[str, str]] = []
        self.statuses: list[Any] = []
        self.encrypts_copies = False
        self.calculation = "automatic"
        self.before_write: Callable[[str], None] | None = None
        self._refusals: list[int] = []

    def attach(self, office: Office) -> None:
        """Work in this LibreOffice from now on, with nothing remembered."""
        self.office = office
        self.writes.clear()
        self.statuses.clear()
        self._refusals.clear()
        self.encrypts_copies = False
        self.before_write = None

    def refuse_next(self, times: int, number: int) -> None:
        """Be busy for the next calls, with the number that Excel would give."""
        self._refusals = [number] * times

    def called(self) -> None:
        """Every call comes by here."""
        if self._refusals:
            raise ComError(self._refusals.pop(), "Call was rejected by callee.")

    @staticmethod
    def prepare_xl_data_element(element: Any, _options: Any) -> Any:
        return element

    @staticmethod
    def clean_value_data(data: Any, _dates: Any, empty_as: Any, _numbers: Any, _errors: Any) -> Any:
        return [[empty_as if one in (None, "") else one for one in row] for row in data]


class Apps(base_classes.Apps):
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def _all(self) -> list[App]:
        return [App(self._engine)] if self._engine.office is not None else []

    def keys(self) -> list[int]:
        return [app.pid for app in self._all()]

    def add(self, *_: Any, **__: Any) -> App:
        raise NotImplementedError("the tests start LibreOffice")

    def __iter__(self) -> Iterator[App]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self._all() if app.pid == pid)

    @staticmethod
    def cleanup() -> None:
        pass


class App(base_classes.App):
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        assert engine.office is not None
        self.office = engine.office

    engine = property(lambda self: self._engine)
    api = property(lambda _: app_api())
    books = property(lambda self: Books(self))
    pid = property(lambda _: 1)
    version = property(lambda _: "16.0")
    hwnd = property(lambda _: 0)
    screen_updating = property(lambda _: True, lambda self, _: self._engine.called())
    display_alerts = property(lambda _: True, lambda _, __: None)

    @property
    def status_bar(self) -> Any:
        return self._engine.statuses[-1] if self._engine.statuses else False

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self._engine.statuses.append(value)

    @property
    def calculation(self) -> str:
        self._engine.called()
        return self._engine.calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._engine.called()
        self._engine.calculation = value
        for book in self.books:
            book.document.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        self._engine.called()
        for book in self.books:
            book.document.calculateAll()

    def activate(self, steal_focus: bool = False) -> None:
        pass


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    def _documents(self) -> Iterator[Any]:
        components = self.app.office.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            one = components.nextElement()
            if one.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield one

    def __iter__(self) -> Iterator[Book]:
        return (Book(one, self.app) for one in self._documents())

    def __len__(self) -> int:
        return len(list(self._documents()))

    @property
    def active(self) -> Book:
        self.app.engine.called()
        current = self.app.office.desktop.getCurrentComponent()
        if current is not None and current.supportsService(
            "com.sun.star.sheet.SpreadsheetDocument"
        ):
            return Book(current, self.app)
        return next(iter(self))

    def __call__(self, key: Any) -> Book:
        self.app.engine.called()
        if isinstance(key, int):
            return list(self)[key - 1]
        for book in self:
            if str(key).casefold() in (book.name.casefold(), book.fullname.casefold()):
                return book
        raise KeyError(key)

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        return Book(self.app.office.open(Path(fullname)), self.app)


class Book(base_classes.Book):
    app: Any = None

    def __init__(self, document: Any, app: App) -> None:
        self.document, self.app = document, app

    api = property(lambda self: BookApi(self.document, self.app.engine))
    sheets = property(lambda self: Sheets(self))
    names = property(lambda self: Names(self))

    @property
    def fullname(self) -> str:
        address = self.document.URL
        return load_uno().fileUrlToSystemPath(address) if address else str(self.document.Title)

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    def close(self) -> None:
        self.document.close(True)

    def activate(self) -> None:
        pass


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.document.Sheets

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.api.getByIndex(at), self.book) for at in range(len(self)))

    def __call__(self, key: Any) -> Sheet:
        if isinstance(key, int):
            return Sheet(self.api.getByIndex(key - 1), self.book)
        return Sheet(self.api.getByName(key), self.book)

    def __contains__(self, key: str) -> bool:
        return bool(self.api.hasByName(key))


class Sheet(base_classes.Sheet):
    def __init__(self, sheet: Any, book: Book) -> None:
        self.sheet, self._book = sheet, book

    api = property(lambda self: SheetApi(self.sheet, self._book.app.engine))
    book = property(lambda self: self._book)
    name = property(lambda self: str(self.sheet.Name))
    index = property(lambda self: int(self.sheet.RangeAddress.Sheet) + 1)

    def activate(self) -> None:
        self._book.document.CurrentController.setActiveSheet(self.sheet)

    def range(self, first: Any, last: Any = None) -> Range:
        return Range(self, first, last)


class Range(base_classes.Range):
    """A block of cells; rows and columns count from 1."""

    def __init__(self, sheet: Sheet, first: Any, last: Any = None) -> None:
        self.sheet, self.options = sheet, {}
        if isinstance(first, str):
            first, last = utils.a1_to_tuples(first.replace("$", ""))
        if isinstance(first, Range):
            end = last or first
            first, last = first.corners[0], end.corners[1]
        last = last or first
        self.corners = (
            (min(first[0], last[0]), min(first[1], last[1])),
            (max(first[0], last[0]), max(first[1], last[1])),
        )

    row = property(lambda self: self.corners[0][0])
    column = property(lambda self: self.corners[0][1])
    has_array = property(lambda _: None)

    @property
    def shape(self) -> tuple[int, int]:
        (top, left), (bottom, right) = self.corners
        return bottom - top + 1, right - left + 1

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        return Range(self.sheet, (self.row + row - 1, self.column + column - 1))

    @property
    def address(self) -> str:
        first, last = (f"${utils.col_name(c)}${r}" for r, c in self.corners)
        return first if first == last else f"{first}:{last}"

    def autofit(self, axis: str | None = None) -> None:
        self._engine.called()
        assert axis in ("r", "rows")
        self.area.getRows().OptimalHeight = True

    @property
    def api(self) -> Any:
        return self.area

    @property
    def area(self) -> Any:
        (top, left), (bottom, right) = self.corners
        return self.sheet.sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def raw_value(self) -> Any:
        self._engine.called()
        return [[None if one == "" else one for one in row] for row in self.area.getDataArray()]

    @raw_value.setter
    def raw_value(self, values: Any) -> None:
        engine = self._engine
        engine.called()
        if engine.before_write is not None:
            engine.before_write(self.sheet.name)
        if not isinstance(values, (list, tuple)):
            values = [[values] * self.shape[1] for _ in range(self.shape[0])]
        ranges.write(self.sheet.sheet, self.area, values)
        engine.writes.append((self.sheet.name, self.address))

    @property
    def note(self) -> Note | None:
        self._engine.called()
        cell = self.area.getCellByPosition(0, 0)
        return Note(cell) if cell.Annotation.String else None

    def add_note(self, text: str) -> Note:
        self._engine.called()
        cell = self.area.getCellByPosition(0, 0)
        self.sheet.sheet.Annotations.insertNew(cell.CellAddress, text)
        return Note(cell)

    @property
    def _engine(self) -> Engine:
        engine: Engine = self.sheet.book.app.engine
        return engine


class Note(base_classes.Note):
    def __init__(self, cell: Any) -> None:
        self.cell = cell

    api = property(lambda self: self.cell.Annotation)

    @property
    def text(self) -> str:
        return str(self.cell.Annotation.String)

    @text.setter
    def text(self, value: str) -> None:
        self.cell.Annotation.String = value


class Names(base_classes.Names):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.document.NamedRanges

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name, Name(self.book, name)) for name in self.api.ElementNames]

    def contains(self, name: str) -> bool:
        self.book.app.engine.called()
        return bool(self.api.hasByName(name))

    def __call__(self, name: str) -> Name:
        if not self.api.hasByName(name):
            raise KeyError(name)
        return Name(self.book, name)


class Name(base_classes.Name):
    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    name = property(lambda self: self._name)

    @property
    def refers_to(self) -> str:
        content = self.book.document.NamedRanges.getByName(self._name).Content
        return f"={content}"

    @property
    def refers_to_range(self) -> Range:
        self.book.app.engine.called()
        cells = self.book.document.NamedRanges.getByName(self._name).getReferredCells()
        if cells is None:
            raise ComError(-2146827284, "Application-defined or object-defined error")
        at = cells.RangeAddress
        sheet = Sheet(cells.Spreadsheet, self.book)
        return Range(
            sheet, (at.StartRow + 1, at.StartColumn + 1), (at.EndRow + 1, at.EndColumn + 1)
        )


ENGINE = Engine()


def register(office: Office) -> Engine:
    """Make this LibreOffice what xlwings works in."""
    if NAME not in [one.name for one in xlwings.engines]:
        xlwings.engines.add(xlwings.Engine(impl=ENGINE))
    xlwings.engines.active = xlwings.engines[NAME]
    ENGINE.attach(office)
    return ENGINE
