"""An officer's folders of the small scorecard: extracts that change, a workbook typed into."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl

from tests.building import ROOT, STAMP
from tests.oracles.reading import reading
from workbook_builder import app
from workbook_builder.history.model import Stamp
from workbook_builder.plan.addresses import name_for

BOX = name_for("comment", "front-door/1")


@dataclass(frozen=True)
class Desk:
    """A scorecard's folder and where its workbooks go."""

    folder: Path
    out: Path

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), encoding="utf-8")

    def give(self, old: str, new: str) -> None:
        """Another figure in the extract."""
        self.change("extracts/months.csv", old, new)

    def add(self, *lines: str) -> None:
        with (self.folder / "extracts" / "months.csv").open("a", encoding="utf-8") as stream:
            stream.write("".join(f"{line}\n" for line in lines))

    def book(self, month: str) -> Path:
        return self.out / f"Scorecard {month}.xlsx"

    def build(self, month: str) -> app.Built:
        return app.build(self.folder, month, self.out, stamp=STAMP)

    def publish(self, month: str, day: int = 0, **more: object) -> app.Published:
        return app.publish(self.folder, month, out=self.out, stamp=on(day), **more)  # type: ignore[arg-type]

    def type(self, month: str, texts: Mapping[str, object]) -> None:
        """Type into the first cells of named ranges."""
        path = self.book(month)
        book = openpyxl.load_workbook(path)
        for name, text in texts.items():
            (sheet, span) = next(iter(book.defined_names[name].destinations))
            book[sheet][span.replace("$", "").split(":")[0]].value = text
        book.save(path)

    def copy(self, place: Path) -> Desk:
        """The same folders somewhere else."""
        shutil.copytree(self.folder, place / "folder")
        if self.out.exists():
            shutil.copytree(self.out, place / "out")
        return Desk(place / "folder", place / "out")

    def results(self, name: str = "results.csv") -> dict[tuple[str, str, str], dict[str, str]]:
        """The headline lines of a results.csv by indicator, kind of period and period."""
        with (self.out / name).open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if not row["breakdown"]]
        return {(row["indicator"], row["period_kind"], row["period"]): row for row in rows}

    def notes(self, month: str) -> dict[str, list[list[str]]]:
        """The rows of the sheet Notes below each of its headings."""
        return sections(self.book(month))

    def front(self, month: str) -> str:
        """The line below the title of the front sheet."""
        book = reading(self.book(month), values=True)
        return str(book.worksheets[0]["A2"].value)


def sections(path: Path) -> dict[str, list[list[str]]]:
    sheet = reading(path, values=True)["Notes"]
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for row in sheet.iter_rows(min_row=4, max_col=7, values_only=True):
        texts = [str(one) for one in row[1:6] if one is not None]
        if row[6] == "heading":
            heading = texts[0]
        elif texts and heading:
            found.setdefault(heading, []).append(texts)
    return found


def on(day: int) -> Stamp:
    """Who publishes, so many days after the workbook was built."""
    return replace(STAMP, at=STAMP.at + dt.timedelta(days=day))


def small_desk(place: Path) -> Desk:
    shutil.copytree(ROOT / "tests" / "data" / "small", place / "folder")
    return Desk(place / "folder", place / "out")


def cells(path: Path, leave_out: tuple[str, ...] = ("Log",)) -> dict[tuple[str, str], object]:
    """Every cell of every sheet with its formula and the value that was written with it."""
    formulas = reading(path)
    values = reading(path, values=True)
    found: dict[tuple[str, str], object] = {}
    for sheet in formulas.worksheets:
        if sheet.title in leave_out:
            continue
        shown = values[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                note = cell.comment.text if cell.comment else None
                both = (str(cell.value), shown[cell.coordinate].value, note)
                if both != ("None", None, None):
                    found[sheet.title, cell.coordinate] = both
    return found
