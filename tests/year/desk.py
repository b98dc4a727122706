"""Plays the script: an officer's folder, the month's workbook open in Calc or closed, copies."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.building import ROOT
from tests.live import engine
from tests.live.com import FILTERS
from tests.live.office import OwnOffice, options, url
from tests.live.person import At, Person
from tests.oracles.reading import reading
from tests.publishing.desk import on
from tests.year.account import Account, Publication
from tests.year.marks import marks_of
from tests.year.script import LIVE, Edit, Month, Typed
from tests.year.threads import Thread, put_threads
from workbook_builder import app
from workbook_builder.history.model import Stamp
from workbook_builder.plan.addresses import name_for

PERCENTAGES = ("timely", "visits")
GRIDS = ("Front door", "Plans")
HEADS = {"light": "Status", "status": "Status by hand", "reason": "Reason for a status by hand"}


@dataclass(frozen=True)
class Kept:
    """A publication as its workbook showed it: the file, results.csv, and what the account says."""

    month: str
    edition: int
    workbook: Path
    results: bytes
    said: Publication


@dataclass
class Desk:
    """The folder, where workbooks go, what was kept of each month, and the lines of the table."""

    place: Path
    office: OwnOffice
    account: Account = field(default_factory=Account)
    kept: list[Kept] = field(default_factory=list)
    lines: list[tuple[str, ...]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    day: int = 0

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "tests" / "data" / "year", self.folder)

    @property
    def folder(self) -> Path:
        return self.place / "folder"

    @property
    def out(self) -> Path:
        return self.place / "out"

    def book(self, month: str) -> Path:
        return self.out / f"Scorecard {month}.xlsx"

    def stamp(self) -> Stamp:
        """A day after the last time."""
        self.day += 1
        return on(self.day)

    def play(self, month: Month) -> None:
        """One month from its start to its publication."""
        self.account.play(month)
        self.account.feed(month)
        self.edit(*month.started)
        came = self._start(month)
        if month.rebuilt:
            self.edit(*month.rebuilt)
            app.build(self.folder, month.month, self.out, stamp=self.stamp())
            came += ", built again"
        self.edit(*month.refreshed)
        self._feed()
        self._work(month)
        merged = sum(self._merge(month, at, copy) for at, copy in enumerate(month.copies))
        marks = self._check_marks(month.month)
        app.publish(self.folder, month.month, out=self.out, stamp=self.stamp())
        self._keep(month.month, month.door)
        if month.again:
            reason = "A figure came late"
            app.publish(self.folder, month.again, out=self.out, again=reason, stamp=self.stamp())
            self._keep(month.again, month.door)
        self.lines.append(self._line(month, came, marks, merged))

    def _line(
        self, month: Month, came: str, marks: dict[tuple[str, str], str], merged: int
    ) -> tuple[str, ...]:
        """The month in the table that is printed."""
        return (
            month.month,
            came,
            month.door,
            str(len(month.fed)),
            str(len(marks)),
            str(list(marks.values()).count("r")),
            str(list(marks.values()).count("p")),
            str(len(month.typed)),
            str(merged) if month.copies else "",
            f"{month.month}{f', {month.again} again' if month.again else ''}",
        )

    def edit(self, *edits: Edit) -> None:
        for one in edits:
            path = self.folder / one.file
            text = path.read_text(encoding="utf-8")
            assert text.count(one.old) == 1, one
            path.write_text(text.replace(one.old, one.new), encoding="utf-8")

    def _start(self, month: Month) -> str:
        """The month's workbook: of the one before, or the first of all."""
        if self.kept:
            before = self.book(max(one.month for one in self.kept))
            done = app.next_month(before, self.folder, stamp=self.stamp(), rebuild=month.afresh)
            assert done.workbook == self.book(month.month)
            return "started anew" if month.afresh else "started"
        self._feed()
        app.build(self.folder, month.month, self.out, stamp=self.stamp())
        return "built"

    def _feed(self) -> None:
        """The extract as it is now."""
        lines = ["indicator,period,numerator,denominator,value"]
        for (code, month), figure in self.account.fed.items():
            share = code in PERCENTAGES and figure.isdigit()
            lines.append(f"{code},{month},{figure},100," if share else f"{code},{month},,,{figure}")
        (self.folder / "extracts" / "months.csv").write_text("\n".join(lines) + "\n", "utf-8")

    def _work(self, month: Month) -> None:
        """The officer types, and the workbook is refreshed."""
        path = self.book(month.month)
        if month.door == LIVE:
            self._live(path, month.typed)
        else:
            type_closed(path, month.typed)
            app.refresh(stamp=self.stamp(), book=path)

    def _live(self, path: Path, typed: tuple[Typed, ...] = ()) -> None:
        """Open in Calc: typed in, refreshed there, saved as a person saves, closed."""
        places = [(one, place(path, one)) for one in typed]
        self.office.close_all()
        engine.register(self.office)
        document = self.office.open(path)
        person = Person(document)
        for one, (sheet, row, col) in places:
            at = At(sheet, row - 1, col - 1)
            if one.what in ("note", "thread"):
                person.note(at, one.text)
            else:
                person.type(at, one.text)
        app.refresh(stamp=self.stamp())
        saved = path.with_name("saved.xlsx")
        document.storeToURL(url(saved), options(FilterName=FILTERS[".xlsx"]))
        self.office.close_all()
        saved.replace(path)

    def _merge(self, month: Month, number: int, typed: tuple[Typed, ...]) -> int:
        """A copy of the workbook as it was sent out comes back; the entries that were taken."""
        sent = self.place / f"sent {month.month}.xlsx"
        if number == 0:
            shutil.copy(self.book(month.month), sent)
        copy = self.place / f"copy {number + 1} of {month.month}.xlsx"
        shutil.copy(sent, copy)
        type_closed(copy, typed)
        done = app.import_copy(copy, self.book(month.month), self.folder, stamp=self.stamp())
        assert done.hindered is None
        return len(done.taken) + len(done.both)

    def _check_marks(self, month: str) -> dict[tuple[str, str], str]:
        """Before it is published: [r] and [p] exactly where the account says."""
        wanted = self.account.marks(month)
        found = marks_of(self.book(month))
        for key in sorted({*wanted, *found}):
            if wanted.get(key, "") != found.get(key, ""):
                said = f"{found.get(key, '')!r}, not {wanted.get(key, '')!r}"
                self.faults.append(f"{month}: {' '.join(key)} is marked {said}")
        return wanted

    def _keep(self, month: str, door: str) -> None:
        """The workbook says that it is published, and is kept as it then is."""
        if door == LIVE:
            self._live(self.book(month))
        else:
            app.refresh(stamp=self.stamp(), book=self.book(month))
        edition = 1 + sum(one.month == month for one in self.kept)
        kept = self.place / "kept" / f"{month} {edition}.xlsx"
        kept.parent.mkdir(exist_ok=True)
        shutil.copy(self.book(month), kept)
        results = (self.out / "results.csv").read_bytes()
        self.kept.append(Kept(month, edition, kept, results, self.account.publish(month)))


def type_closed(path: Path, typed: tuple[Typed, ...]) -> None:
    """Typed in a program that saves the file; threads are put in as Excel keeps them."""
    places = [(one, place(path, one)) for one in typed]
    book = openpyxl.load_workbook(path)
    threads = []
    for one, (sheet, row, col) in places:
        cell = book[sheet].cell(row, col)
        if one.what == "note":
            cell.comment = Comment(one.text, one.who)
        elif one.what == "thread":
            threads.append(Thread(sheet, cell.coordinate, one.text))
            cell.comment = threads[-1].legacy()
        elif one.what == "adds":
            cell.value = f"{cell.value}\n{one.text}"
        else:
            cell.value = one.text
    if typed:
        book.properties.lastModifiedBy = typed[0].who
    book.save(path)
    put_threads(path, threads)


def place(path: Path, one: Typed) -> tuple[str, int, int]:
    """The sheet, row and column that a text is typed in."""
    book = reading(path, values=True)
    if one.what in ("comment", "adds", "action", "closes"):
        slot = {"action": " action", "closes": " status"}.get(one.what, "")
        prefix = "action" if slot else "comment"
        found = book.defined_names[name_for(prefix, f"{one.where}{slot}")]
        sheet, span = next(iter(found.destinations))
        cell = book[sheet][span.replace("$", "").partition(":")[0]]
        return sheet, cell.row, cell.column
    for name in GRIDS:
        rows = [
            cell.row for line in book[name].iter_rows() for cell in line if cell.value == one.where
        ]
        if rows:
            return name, rows[0], _column(book[name], rows[0], one)
    raise LookupError(f"{one.where} is on no tab")


def _column(sheet: Worksheet, row: int, one: Typed) -> int:
    if one.at == "name":
        return 2
    head = next(at for at in range(row, 0, -1) if sheet.cell(at, 2).value == "Indicator")
    heads = {str(sheet.cell(head, col).value): col for col in range(1, 25)}
    if one.at == "figure":
        return heads["Direction of travel"] - 2
    return heads[HEADS[one.at or one.what]]
