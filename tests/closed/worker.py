"""A closed refresh in a process of its own, to be killed at any moment or at a certain one.

python -m tests.closed.worker WORKBOOK [POINT]
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from tests.building import STAMP
from workbook_builder import app
from workbook_builder.app.open_scorecard import OpenScorecard
from workbook_builder.history import History
from workbook_builder.writers import safe


def killed(*_: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody gets here")


def half_written(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    killed()


def unexchanged(temporary: Path, target: Path) -> None:
    """The backup is moved into its place as well, before the workbook."""
    if target.parent.name != safe.BACKUPS:
        killed()
    temporary.replace(target)


def exchanged(temporary: Path, target: Path) -> None:
    temporary.replace(target)
    if target.parent.name != safe.BACKUPS:
        killed()


# Where a process may be killed, and whether the workbook is the new one then.
POINTS = {
    "before it is written down": (History, "begin", killed, False),
    "half written": (safe, "_flush", half_written, False),
    "before the exchange": (safe, "_move", unexchanged, False),
    "after the exchange": (safe, "_move", exchanged, True),
    "before results.csv": (OpenScorecard, "bring_beside", killed, True),
}


class Lines:
    """Tells the parent where the work is, a line for each step."""

    def step(self, number: int, _of: int, _what: str) -> None:
        print(number, flush=True)


def main() -> None:
    # What is slow to import is imported before the parent starts to wait.
    import openpyxl  # noqa: F401
    import xlwings  # noqa: F401

    import workbook_builder.annotations
    import workbook_builder.app.preparing
    import workbook_builder.writers.closed  # noqa: F401

    if len(sys.argv) > 2:
        holder, name, instead, _ = POINTS[sys.argv[2]]
        assert hasattr(holder, name)
        setattr(holder, name, instead)
    print("ready", flush=True)
    app.refresh(stamp=STAMP, book=Path(sys.argv[1]), progress=Lines())
    print("done", flush=True)


if __name__ == "__main__":
    main()
