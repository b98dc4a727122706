"""Simulates an authority and writes its consecutive monthly extracts into a folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from workbook_builder.errors import CommandError
from workbook_builder.periods import Month
from workbook_builder.progress import Progress, Silent
from workbook_builder.sample.extracting import extract
from workbook_builder.sample.layout import LISTS
from workbook_builder.sample.mess import Made, clean, messy
from workbook_builder.sample.simulating import LAST_MONTH, simulate
from workbook_builder.sample.write import write_list, write_mess, write_workbook
from workbook_builder.writers.safe import write_safely

MOST_CHILDREN, MOST_MONTHS, MOST_WINDOW = 1_000_000, 240, 24
MOST_ROWS_OF_A_SHEET = 1_048_570
ORIGIN, MESS = "ORIGIN.md", "mess.csv"


@dataclass(frozen=True)
class Generated:
    """What was written: the folder, its extracts, the rows of each list, the faults put in."""

    folder: Path
    extracts: tuple[Path, ...]
    rows: dict[int, int]
    faults: int


def generate(
    folder: Path,
    children: int,
    months: int,
    seed: int,
    *,
    last: Month = LAST_MONTH,
    window: int = 6,
    mess: bool = False,
    csv: bool = False,
    progress: Progress | None = None,
) -> Generated:
    """Write `months` extracts up to month `last`; the same arguments give the same bytes.

    Raises CommandError where the folder holds something already or a number is out of bounds.
    """
    _check(folder, children, months, seed, window)
    said = progress or Silent()
    said.step(1, months + 1, f"Simulating {children} children")
    authority = simulate(children, months, seed, last=last, window=window)
    paths: list[Path] = []
    made: list[tuple[str, Made]] = []
    rows = {layout.number: 0 for layout in LISTS}
    for turn in range(months):
        month = last.plus(turn + 1 - months)
        said.step(turn + 2, months + 1, f"Extract of {month.long_label}")
        lists = extract(authority, month, window)
        path = folder / (str(month) if csv else f"annex_a_{month}.xlsx")
        grids = []
        for layout in LISTS:
            grid = clean(layout, lists[layout.number])
            rows[layout.number] += len(grid.columns[0])
            if mess:
                # A stream of its own, so that the same children are in the lists either way.
                rng = np.random.default_rng((seed, turn, layout.number))
                grid = messy(grid, rng, csv)
            grids.append(grid)
            name = f"{path.name}/{layout.sheet}.csv" if csv else path.name
            made += [(name, one) for one in grid.made]
        if csv:
            write_safely(
                [
                    (path / f"{grid.layout.sheet}.csv", partial(write_list, grid=grid))
                    for grid in grids
                ]
            )
        else:
            longest = max(len(grid.columns[0]) for grid in grids)
            if longest > MOST_ROWS_OF_A_SHEET:
                raise CommandError(
                    f"A list of {month} has {longest} rows, more than a sheet holds: use --csv."
                )
            write_safely([(path, partial(write_workbook, grids=grids, day=month.last_day))])
        paths.append(path)
    origin = _origin(children, months, seed, last, window, mess)
    write_safely([(folder / ORIGIN, lambda path: _write_text(path, origin))])
    if mess:
        write_safely([(folder / MESS, partial(write_mess, made=made))])
    return Generated(folder, tuple(paths), rows, len(made))


def _check(folder: Path, children: int, months: int, seed: int, window: int) -> None:
    said = [
        f"{name} is {number}: it can be from {low} to {high}."
        for name, number, low, high in (
            ("--children", children, 1, MOST_CHILDREN),
            ("--months", months, 1, MOST_MONTHS),
            ("--window", window, 1, MOST_WINDOW),
            ("--seed", seed, 0, 2**63 - 1),
        )
        if not low <= number <= high
    ]
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        said.append(f"{folder} is not an empty folder: name a new one.")
    if said:
        raise CommandError("\n".join(said))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _origin(children: int, months: int, seed: int, last: Month, window: int, mess: bool) -> str:
    faults = (
        f"Faults of real files were put in on purpose; {MESS} says which, and where."
        if mess
        else "No faults were put in."
    )
    return f"""# Synthetic data

Everything in this folder is invented by a program. No row is about a real child, family, worker or
authority; ids are random numbers, workers have codes, and no postcode area is called ZZ.

{months} monthly extracts in the layout of Ofsted's Annex A, the last one as at the end of
{last.long_label}, each covering {window} months (lists 10 and 11 at least twelve).

Made with: `workbook-builder sample FOLDER --children {children} --months {months} --seed {seed}\
 --last {last} --window {window}{" --mess" if mess else ""}` (numpy {np.__version__}).

{faults}
"""
