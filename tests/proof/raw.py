"""What of a child or a worker stands in the raw files, and whether any of it is in what comes out.

An id is looked for as a number between other things than figures; a worker, a postcode and the
number of a placement as words; a date of birth as a date in every way that one is written, and as
Excel's number of it. Archives are opened, compressed texts unpacked.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.measuring import unmeasured
from tests.proof.plain import EPOCH, a_text, an_id, cells, head_row, heading

WORDS = "allocatedworker", "allocatedpersonaladvisor", "placementpostcode", "urnofplacement"
BIRTH = "dateofbirth"
IDS = "childuniqueid", "individualadopteridentifier", "familyidentifier"
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
NUMBERED = re.compile(r"(?<!\d)(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(?!\d)")
NAMED = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[- ]([a-z]{3})[a-z]*[- ,]+(\d{4})(?!\d)")
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
DIGITS = re.compile(r"\d+")
TAG = re.compile(r"<[^>]*>")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


@dataclass(frozen=True)
class Secrets:
    """What must go no further."""

    ids: frozenset[str]
    words: frozenset[str]
    births: frozenset[dt.date]

    def without(self, days: Iterable[dt.date]) -> Secrets:
        """The same but for dates of birth that a scorecard prints for reasons of its own."""
        return Secrets(self.ids, self.words, self.births - set(days))

    @unmeasured()
    def found_in(self, text: str) -> set[str]:
        """What of it stands in a text."""
        small = " ".join(html.unescape(text).replace("\u00a0", " ").casefold().split())
        numbers = set(DIGITS.findall(small)) | set(DIGITS.findall(THOUSANDS.sub("", small)))
        serials = {str((day - EPOCH).days): day for day in self.births}
        # In XML a cell's number stands between tags; in a tag it is a size, a colour or a place.
        content = TAG.sub(" ", text) if text.startswith("<?xml") else small
        between = set(DIGITS.findall(content))
        parted = f" {_parted(small)} "
        return (
            (self.ids & numbers)
            | {word for word in self.words if f" {_parted(word)} " in parted}
            | {f"{day} as {said}" for said, day in serials.items() if said in between}
            | {str(day) for day in self.births & set(dates_in(small))}
        )


def _parted(word: str) -> str:
    return " ".join(re.split(r"[^a-z0-9]+", word.casefold())).strip()


def dates_in(text: str) -> Iterator[dt.date]:
    """Every day that a text in small letters could mean: year, day or month first."""
    for one, _, two, three in NUMBERED.findall(text):
        for year, month, day in ((one, two, three), (three, two, one), (three, one, two)):
            yield from _day(year, month, day)
    for day, named, year in NAMED.findall(text):
        if named in MONTHS:
            yield from _day(year, str(MONTHS.index(named) + 1), day)
    for year, month, day in COMPACT.findall(text):
        yield from _day(year, month, day)


def _day(year: str, month: str, day: str) -> Iterator[dt.date]:
    if len(year) == 4 and len(day) <= 2 and len(month) <= 2:
        try:
            yield dt.date(int(year), int(month), int(day))
        except ValueError:
            return


@unmeasured()
def secrets_of(extracts: Iterable[Path]) -> Secrets:
    """Every id, worker, postcode and date of birth of some extracts, whatever row it is in."""
    ids, words, births = set(), set(), set()
    for path in extracts:
        for _, rows in cells(path):
            top = head_row(rows)
            heads = [heading(one) for one in rows[top]]
            for row in rows[top + 1 :]:
                for name, cell in zip(heads, row, strict=True):
                    if name in IDS:
                        ids.add(an_id(cell))
                    elif name in WORDS:
                        words.add(a_text(cell))
                    elif name == BIRTH:
                        births |= set(_births(cell))
    return Secrets(frozenset(ids - {""}), frozenset(words - {""}), frozenset(births))


def _births(cell: object) -> Iterator[dt.date]:
    if isinstance(cell, dt.datetime):
        yield cell.date()
    elif isinstance(cell, str):
        yield from dates_in(cell.casefold())
    elif isinstance(cell, (int, float)):
        yield EPOCH + dt.timedelta(days=int(cell))


def texts_in(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Every text of some files, with where it stands: parts of archives, cells of databases."""
    for path in sorted(paths):
        content = path.read_bytes()
        yield path.name, path.name
        yield from _texts(path.name, content)
        if content.startswith(b"SQLite format 3"):
            yield from _cells_of(path)


def _texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield f"{name}: {part}", part
                yield from _texts(f"{name}: {part}", package.read(part))
        return
    yield name, content.decode("utf-8-sig", "replace")
    if b"\0" in content:
        yield f"{name} as UTF-16", content.decode("utf-16-le", "replace")


def _cells_of(path: Path) -> Iterator[tuple[str, str]]:
    with sqlite3.connect(path) as base:
        named = base.execute("select name from sqlite_master where type = 'table'")
        tables = [name for (name,) in named]
        for table in tables:
            rows = base.execute(f'select * from "{table}"')
            said = "\n".join(" | ".join(_unpacked(cell) for cell in row) for row in rows)
            yield f"{path.name}: {table}", said


def _unpacked(cell: object) -> str:
    if isinstance(cell, bytes):
        try:
            return zlib.decompress(cell).decode("utf-8", "replace")
        except zlib.error:
            return cell.decode("utf-8", "replace")
    return str(cell)
