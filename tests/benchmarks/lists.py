"""How long it takes from lists to a scorecard, step by step, and how much memory.

    python -m tests.benchmarks.lists --rows 1000000
    python -m tests.benchmarks.lists --rows 15000 --extracts 24
    python -m tests.benchmarks.lists --rows 200000 --against ../another-checkout

Prints tables of what each step took, and ratios from runs in turn against the plainest program that
could do a part of the work, or against another checkout of this one.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.authority import Authority, extract_in, scorecard_of
from tests.benchmarks.running import Ratio, Took, in_turn, run

KEPT = Path(tempfile.gettempdir()) / "workbook-builder-benchmark"
# Step by its name in steps.py: how the table calls it.
STEPS = {
    "start": "start Python, import the libraries",
    "cells": "read the files to cells",
    "clean": "match and clean the cells to tables",
    "whole_reading": "both, as the program reads",
    "problems": "report the problems",
    "counting": "count every measure, month and breakdown",
    "build": "build the scorecard, all steps",
}
FLOORS = {
    "cells": ("floor_cells", "reading to cells, against the reader alone"),
    "whole_reading": ("floor_cells", "reading to clean tables, against the reader alone"),
    "counting": ("floor_counting", "counting all, against one count of one column by numpy"),
}
COMPARED = {
    "cells": "reading to cells",
    "clean": "matching and cleaning",
    "whole_reading": "reading to clean tables",
    "problems": "reporting the problems",
    "counting": "counting",
}
# Rows by the processor's second: the same as by the clock's where nothing else is running.
HEADINGS = ("step", "seconds", "processor seconds", "rows a processor second", "peak MB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    print(f"{machine()}; others at work on it: {os.getloadavg()[0]:.1f}\n")
    for kind in options.files:
        authority = Authority(options.rows, options.extracts, kind == "csv")
        for line in _report(authority, options):
            print(line, flush=True)


def _report(authority: Authority, options: argparse.Namespace) -> Iterator[str]:
    folder = authority.folder(options.kept)
    extract = extract_in(folder)
    size = sum(one.stat().st_size for one in _all_of(extract)) / 1024**2
    kind = "CSV" if authority.csv else ".xlsx"
    yield f"Extracts as {kind}: {authority.extracts}, the last of {size:.0f} MB"
    yield ""
    yield from table(measured(authority, folder))
    yield ""
    if options.times:
        yield from ratios(extract, options.times, options.against)
        yield ""


def measured(authority: Authority, folder: Path) -> dict[str, Took]:
    """What each step took: of the last extract, and the build of all of them."""
    took = {step: run(step, extract_in(folder)) for step in STEPS if step != "build"}
    with tempfile.TemporaryDirectory() as place:
        scorecard = scorecard_of(folder, authority, Path(place) / "scorecard")
        return took | {"build": run("build", scorecard)}


def table(took: Mapping[str, Took]) -> Iterator[str]:
    """A row for each step, and for what the build spent its time on."""
    yield _row(HEADINGS)
    yield _row(["---", *["---:"] * (len(HEADINGS) - 1)])
    for step, name in STEPS.items():
        one = took[step]
        speed = f"{one.rows / one.processor:,.0f}" if one.rows and one.processor else ""
        yield _row((name, f"{one.wall:.2f}", f"{one.processor:.2f}", speed, f"{one.peak:.0f}"))
    built = took["build"]
    wall, processor = built.wall, built.processor
    for part, (of_wall, of_processor) in built.parts.items():
        wall, processor = wall - of_wall, processor - of_processor
        yield _row((f"… of which {part}", f"{of_wall:.2f}", f"{of_processor:.2f}", "", ""))
    yield _row(("… of which all else", f"{wall:.2f}", f"{processor:.2f}", "", ""))


def ratios(extract: Path, times: int, against: Path | None) -> Iterator[str]:
    """Ratios of processor time from runs in turn: to the floors, or to another checkout."""
    yield _row((f"runs in turn, {times} each", "median", "least", "most"))
    yield _row(("---", "---:", "---:", "---:"))
    if against is None:
        for step, (floor, name) in FLOORS.items():
            yield _ratio(name, in_turn((step, extract), (floor, extract), times))
        return
    for step, name in COMPARED.items():
        found = in_turn((step, extract), (step, extract), times, against)
        yield _ratio(f"{name}, against {against.name}", found)


def _ratio(name: str, found: Ratio) -> str:
    return _row((name, *(f"{one:.2f}" for one in (found.median, found.least, found.most))))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _all_of(extract: Path) -> list[Path]:
    return [extract] if extract.is_file() else list(extract.iterdir())


def machine() -> str:
    """The machine in a line."""
    model, memory = platform.machine(), ""
    about = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if all(path.is_file() for path in about):
        lines = [line.partition(":") for path in about for line in path.read_text().splitlines()]
        found = {name.strip(): value.strip() for name, _, value in lines}
        model = found.get("model name", model)
        memory = f", {int(found['MemTotal'].split()[0]) / 1024**2:.0f} GB"
        cores = sum(name.strip() == "processor" for name, _, _ in lines)
        model = f"{cores} cores, {model}"
    return f"{model}{memory}, {platform.system()}, Python {platform.python_version()}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.lists",
        description="Measures each step from lists to a scorecard in a process of its own.",
    )
    parser.add_argument("--rows", metavar="N", type=int, default=1_000_000, help="in an extract")
    parser.add_argument("--extracts", metavar="M", type=int, default=1, help="one month each")
    parser.add_argument("--times", metavar="T", type=int, default=5, help="runs for each ratio")
    parser.add_argument("--files", choices=("xlsx", "csv"), nargs="+", default=["xlsx", "csv"])
    parser.add_argument("--kept", metavar="FOLDER", type=Path, default=KEPT, help=f"{KEPT}")
    parser.add_argument("--against", metavar="FOLDER", type=Path, help="another checkout")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
