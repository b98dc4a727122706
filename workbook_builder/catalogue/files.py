"""Reading the bytes and texts of a scorecard folder. Faults are added to a list, never raised."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook_builder.catalogue.characters import forbidden_in_data, forbidden_in_lines
from workbook_builder.catalogue.codes import Code
from workbook_builder.errors import Fault, Place

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(#.*)?$")
_WHERE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that could be read, with its lines so that faults can say where."""

    name: str
    data: dict[str, Any]
    lines: tuple[str, ...]

    def line_of(self, header: str, number: int, field: str = "") -> int | None:
        """The line of a field in the so-manieth table under a header, or of the header itself.

        A best guess from the text: the TOML reader does not say where things stand.
        """
        start, end = self._section(header, number)
        if start is None:
            return None
        wanted = re.compile(rf'^\s*"?{re.escape(field)}"?\s*=')
        for index in range(start, end):
            if field and wanted.match(self.lines[index]):
                return index + 1
        return start or None

    def _section(self, header: str, number: int) -> tuple[int | None, int]:
        """Index of the first line after the header, and of the next header."""
        starts = [
            (index, found[1])
            for index, line in enumerate(self.lines)
            if (found := _HEADER.match(line))
        ]
        if not header:
            return 0, starts[0][0] if starts else len(self.lines)
        same = [place for place, (_, name) in enumerate(starts) if name == header]
        if number >= len(same):
            return None, 0
        place = same[number]
        end = starts[place + 1][0] if place + 1 < len(starts) else len(self.lines)
        return starts[place][0] + 1, end


def read_bytes(path: Path, name: str, faults: list[Fault]) -> bytes | None:
    """The content of a file, or None and a fault."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "the system gives no reason"
        faults.append(
            Fault(
                Code.UNREADABLE,
                f"The file cannot be read: {reason.lower()}.",
                Place(file=name),
                fix="Check that it is a file, that you may open it and that no program locks it.",
            )
        )
        return None


def read_toml(path: Path, name: str, faults: list[Fault]) -> TomlFile | None:
    """A TOML file, or None and a fault with the line."""
    content = read_bytes(path, name, faults)
    if content is None:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        faults.append(
            Fault(
                Code.UNREADABLE,
                "The file is not in UTF-8, the way TOML files store their letters.",
                Place(file=name, row=row),
                fix='In Notepad choose "Save as" and the encoding UTF-8.',
            )
        )
        return None
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        faults.append(_not_toml(error, text, name))
        return None
    faults.extend(forbidden_in_data(data, name))
    return TomlFile(name, data, tuple(text.splitlines()))


def read_csv_text(path: Path, name: str, faults: list[Fault]) -> str | None:
    """The text of a CSV file: UTF-8 with or without its mark, else Windows' own encoding."""
    content = read_bytes(path, name, faults)
    if content is None:
        return None
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in content:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            faults.extend(forbidden_in_lines(text, name))
            return text
    faults.append(
        Fault(
            Code.UNREADABLE,
            "The file is not a CSV file that can be read.",
            Place(file=name),
            fix='In Excel choose "Save as" and "CSV UTF-8 (comma delimited)".',
        )
    )
    return None


def _not_toml(error: ValueError | RecursionError, text: str, name: str) -> Fault:
    """Say where a TOML file goes wrong, with the line as it stands."""
    found = _WHERE.search(str(error))
    lines = text.splitlines()
    row = None
    if found:
        row = int(found[1]) if found[1] else max(len(lines), 1)
    shown = lines[row - 1].strip()[:80] if row and row <= len(lines) else ""
    what = "The file is not written as TOML, so nothing in it could be used."
    if shown:
        what += f" It goes wrong at: {shown}"
    return Fault(
        Code.NOT_TOML,
        what,
        Place(file=name, row=row),
        fix='Look there or just above for a missing quote, bracket or "=", or a field given twice.',
    )
