"""One step of the way from lists to figures, measured in a process of its own.

    python tests/benchmarks/steps.py STEP SOURCE

prints what the step took as JSON. It imports nothing of the tests, so that PYTHONPATH can name
another checkout of the program to compare with. SOURCE is an extract, its month in the name; for
`build` it is a scorecard folder, which the step may write into.

What a step needs before it starts is made first and its time is not counted; its memory is, as the
peak is that of the whole process.
"""

from __future__ import annotations

import csv
import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook_builder.lists.model import Lists
    from workbook_builder.periods import Month

WINDOW = 24
SCORECARD = "annex-a"
CHILDREN_OF_THE_AREA = 60_000
MOST_LISTED = 1000


@dataclass
class Clock:
    """Seconds by the wall and of the processor, in all and of named parts; rows gone through."""

    wall: float = 0.0
    processor: float = 0.0
    rows: int = 0
    parts: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def running(self) -> Iterator[None]:
        """What happens inside is measured."""
        wall, processor = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.wall += time.perf_counter() - wall
            self.processor += time.process_time() - processor

    def part(self, owner: Any, name: str, part: str) -> None:
        """From now on the time of a function or method is also counted as a part."""
        told = self.parts.setdefault(part, [0.0, 0.0])
        inner = getattr(owner, name)

        @wraps(inner)
        def timed(*args: Any, **kwargs: Any) -> Any:
            wall, processor = time.perf_counter(), time.process_time()
            try:
                return inner(*args, **kwargs)
            finally:
                told[0] += time.perf_counter() - wall
                told[1] += time.process_time() - processor

        setattr(owner, name, timed)


def start(_: Path, clock: Clock) -> None:
    """Start the program: the interpreter is running, the libraries are imported."""
    with clock.running():
        import pandas  # noqa: F401
        import python_calamine  # noqa: F401

        import workbook_builder.counting.count
        import workbook_builder.lists.read  # noqa: F401


def cells(source: Path, clock: Clock) -> None:
    """Files to cells."""
    start(source, Clock())
    from workbook_builder.lists.sheets import sheets_of

    with clock.running():
        for path in _files(source):
            for raw in sheets_of(path):
                clock.rows += len(raw.cells)
                del raw


def clean(source: Path, clock: Clock) -> None:
    """Cells to clean tables: which list and columns they are, types, codes, problems."""
    from workbook_builder.lists.mapping import Own
    from workbook_builder.lists.match import match
    from workbook_builder.lists.private import Gathering
    from workbook_builder.lists.sheets import sheets_of
    from workbook_builder.lists.table import make_draft

    drafts, as_at = [], month_of(source).last_day
    for path in _files(source):
        for raw in sheets_of(path):
            with clock.running():
                found = match(raw, Own())
                assert found is not None, raw.sheet
                drafts.append(make_draft(found, as_at, MOST_LISTED))
            del raw, found
    with clock.running():
        gathering = Gathering()
        for draft in drafts:
            draft.gather(gathering)
        private = gathering.result()
        tables = [draft.table(Own(), as_at, private) for draft in drafts]
    clock.rows = sum(table.count.read for table in tables)


def whole_reading(source: Path, clock: Clock) -> None:
    """Files to clean tables, as the program does it."""
    start(source, Clock())
    with clock.running():
        found = _lists(source)
    clock.rows = _rows(found)


def problems(source: Path, clock: Clock) -> None:
    """The problems report: rows and problems by list and kind, and problems.csv."""
    from workbook_builder.extracts.quality import (
        ExtractQuality,
        Quality,
        by_kind,
        by_list,
        problems_table,
    )
    from workbook_builder.listed.account import problems_of, rows_of
    from workbook_builder.writers.results_csv import write_results

    found, month = _lists(source), month_of(source)
    with TemporaryDirectory() as folder, clock.running():
        told = problems_of(found)
        extract = ExtractQuality(source.name, month, month, rows_of(found), told)
        by_kind(told), by_list(told)
        write_results(problems_table(Quality((extract,))), Path(folder) / "problems.csv")
    clock.rows = _rows(found)


def counting(source: Path, clock: Clock) -> None:
    """Every measure of the library, every month of the window, every breakdown."""
    from workbook_builder.counting.count import count
    from workbook_builder.counting.load import load_library
    from workbook_builder.counting.spells import Window

    found, month = _lists(source), month_of(source)
    library = load_library()
    window = Window(month.plus(1 - WINDOW), month, month.last_day)
    with clock.running():
        counts = count(
            library,
            found.frames,
            window,
            missing_columns=found.missing_columns,
            population=lambda _: CHILDREN_OF_THE_AREA,
        )
    assert len(counts.frame)
    clock.rows = _rows(found)


def build(source: Path, clock: Clock) -> None:
    """A whole scorecard: reading, counting, history, plan, workbook."""
    from workbook_builder import app
    from workbook_builder.extracts import quality
    from workbook_builder.history import read_history
    from workbook_builder.listed import reading
    from workbook_builder.listed.memory import Memory
    from workbook_builder.listed.places import ExtractPlace

    clock.part(reading, "read_extract", "reading the extracts")
    clock.part(Memory, "joined", "joining rows of earlier extracts")
    clock.part(Memory, "keep", "joining rows of earlier extracts")
    clock.part(reading, "count", "counting")
    clock.part(reading, "quality_of", "telling the problems")
    clock.part(quality, "problems_table", "telling the problems")
    clock.part(ExtractPlace, "digest", "hashing the files")
    with TemporaryDirectory() as out, clock.running():
        app.build(source, out=Path(out))
    with read_history(source, SCORECARD) as history:
        files = history.events()[0].files
    clock.rows = sum(file.rows_read for file in files if file.name.startswith("lists/"))


def floor_cells(source: Path, clock: Clock) -> None:
    """The same files by the reader alone: python-calamine, or the standard library's csv."""
    from python_calamine import CalamineWorkbook

    with clock.running():
        for path in _files(source):
            if path.suffix == ".csv":
                with path.open(encoding="utf-8-sig", newline="") as stream:
                    clock.rows += len(list(csv.reader(stream)))
                continue
            workbook = CalamineWorkbook.from_path(path)
            for name in workbook.sheet_names:
                clock.rows += len(workbook.get_sheet_by_name(name).to_python())


def floor_counting(source: Path, clock: Clock) -> None:
    """One column of dates of each list counted by month, by numpy alone."""
    import numpy as np

    found = _lists(source)
    dates = [
        frame[next(key for key in frame if frame[key].dtype.kind == "M")].to_numpy()
        for frame in found.frames.values()
    ]
    with clock.running():
        for column in dates:
            known = column[~np.isnat(column)].astype("datetime64[M]").astype(np.int64)
            np.bincount(known - known.min() if len(known) else known)
    clock.rows = _rows(found)


STEPS: dict[str, Callable[[Path, Clock], None]] = {
    step.__name__: step
    for step in (
        start,
        cells,
        clean,
        whole_reading,
        problems,
        counting,
        build,
        floor_cells,
        floor_counting,
    )
}


def month_of(source: Path) -> Month:
    """The month in the name of an extract."""
    from workbook_builder.periods import Month

    named = re.search(r"\d{4}-\d{2}", source.name)
    assert named, source
    return Month.parse(named[0])


def _files(source: Path) -> list[Path]:
    return [source] if source.is_file() else sorted(source.glob("*.csv"))


def _lists(source: Path) -> Lists:
    from workbook_builder.lists.read import read_lists

    return read_lists(source, as_at=month_of(source).last_day)


def _rows(found: Lists) -> int:
    return sum(one.read for one in found.counts.values())


def main(step: str, source: str) -> None:
    """Run one step and print what it took."""
    clock = Clock()
    STEPS[step](Path(source), clock)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {
        "wall": clock.wall,
        "processor": clock.processor,
        "rows": clock.rows,
        "peak": peak,
        "parts": clock.parts,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
