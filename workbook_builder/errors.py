"""What can go wrong, and how it is said.

WorkbookBuilderError
├── UserError        the user's files have faults: all are listed, exit code 1, nothing written
├── CommandError     the command itself is wrong: exit code 2
├── LeakError        a finished file holds what may not leave with it: exit code 4
└── InternalError    a promise of ours is broken: exit code 3

A fault says what is wrong, where, what was found, what is allowed and how to mend it. Its code
starts with WB and a hundred for the room it comes from: 1 catalogue, 2 extracts (23 lists),
3 figures and judgement, 4 writing, 5 history, 6 what people typed, 7 open workbooks and the
register, 8 finished files that may leave the house. Faults are collected and raised together; the
first never hides the second.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

EXIT_DONE = 0
EXIT_FAULTS = 1
EXIT_COMMAND = 2
EXIT_INTERNAL = 3
EXIT_LEAKS = 4


@dataclass(frozen=True)
class Place:
    """Where a fault is, as the person who has to mend it would look for it.

    row is the row number that Excel or a text editor shows; column is Excel's letter.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    indicator: str = ""
    field: str = ""

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f'sheet "{self.sheet}"')
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        if self.indicator:
            parts.append(f"indicator {self.indicator}")
        if self.field:
            parts.append(f'field "{self.field}"')
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Fault:
    """One thing that a user can mend."""

    code: str
    what: str
    place: Place = field(default_factory=Place)
    allowed: str = ""
    fix: str = ""

    def __str__(self) -> str:
        lines = [str(self.place)] if str(self.place) else []
        lines.append(f"  {self.code}  {self.what}")
        if self.allowed:
            lines.append(f"  Allowed: {self.allowed}")
        if self.fix:
            lines.append(f"  {self.fix}")
        return "\n".join(lines)


class WorkbookBuilderError(Exception):
    """Anything this program raises on purpose."""

    exit_code = EXIT_INTERNAL


class UserError(WorkbookBuilderError):
    """The user's files have faults. All of them are in `faults`.

    interrupted: the work stopped after something had been written; doing it again completes it.
    """

    exit_code = EXIT_FAULTS

    def __init__(self, faults: Iterable[Fault], interrupted: bool = False) -> None:
        self.faults = tuple(faults)
        self.interrupted = interrupted
        super().__init__("\n\n".join(str(fault) for fault in self.faults))


class CommandError(WorkbookBuilderError):
    """The command cannot be carried out as it was given."""

    exit_code = EXIT_COMMAND


class LeakError(WorkbookBuilderError):
    """A finished file holds what may not leave with it; the message lists every leak."""

    exit_code = EXIT_LEAKS


class InternalError(WorkbookBuilderError):
    """A promise of the program is broken; the user can do nothing about it."""


def keep_report(error: BaseException) -> Path:
    """Keep where a fault of ours happened for whoever mends it, without any data; the file."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="workbook-builder-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.write("".join(traceback.format_tb(error.__traceback__)))
        report.write(f"{type(error).__name__}\n")
    return Path(report.name)


def nearest(found: str, allowed: Iterable[str]) -> str:
    """The allowed word that `found` was probably meant to be, or an empty string."""
    words = {word.casefold(): word for word in allowed}
    close = difflib.get_close_matches(found.casefold(), list(words), n=1, cutoff=0.6)
    return words[close[0]] if close else ""


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """A closing question with the nearest allowed spelling, or an empty string."""
    word = nearest(found, allowed)
    return f'Did you mean "{word}"?' if word else ""
