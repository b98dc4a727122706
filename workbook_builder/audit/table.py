"""CSV tables with named columns, read as rows of texts that know where they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbook_builder.catalogue.files import read_csv_text
from workbook_builder.catalogue.tables import column_letter
from workbook_builder.errors import Fault, Place, did_you_mean


@dataclass(frozen=True)
class Shape:
    """Which columns a table has: what may stand in its head, and what we call it.

    Columns in `unread` may be there and are never looked at.
    """

    names: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    @property
    def known(self) -> dict[str, str]:
        return {**self.names, **self.optional}


@dataclass(frozen=True)
class Row:
    """The texts of a row by our names of its columns; a column that is not there is blank."""

    texts: Mapping[str, str]
    letters: Mapping[str, str]
    place: Place

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")

    def at(self, name: str) -> Place:
        """Where one cell of the row stands."""
        return Place(
            self.place.file, row=self.place.row, column=self.letters.get(name, ""), field=name
        )


def read_rows(path: Path, name: str, shape: Shape, faults: list[Fault]) -> list[Row]:
    """The rows of a table; faults are added, and none of its rows is read with a wrong head."""
    text = read_csv_text(path, name, faults)
    if text is None:
        return []
    rows = list(_cells(text, name, faults))
    if not rows:
        faults.append(Fault("WB310", "The table is empty.", Place(name), _allowed(shape)))
        return []
    head = [cell.strip().casefold().replace(" ", "_") for cell in rows[0][1]]
    wrong = list(_head_faults(head, name, shape))
    faults.extend(wrong)
    if wrong:
        return []
    columns = {shape.known[cell]: at for at, cell in enumerate(head) if cell in shape.known}
    return [
        row
        for number, cells in rows[1:]
        if any(cell.strip() for cell in cells)
        and (row := _row(number, cells, columns, len(head), name, faults)) is not None
    ]


def _cells(text: str, name: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        what = "The row cannot be read, nor anything after it."
        fix = 'Look for a single double quote (") in the row.'
        faults.append(Fault("WB316", what, Place(name, row=line), fix=fix))


def _allowed(shape: Shape) -> str:
    needed = ", ".join(dict.fromkeys(shape.names.values()))
    more = ", ".join(dict.fromkeys(shape.optional.values()))
    return f"{needed}; if you like {more}" if more else needed


def _head_faults(head: list[str], name: str, shape: Shape) -> Iterator[Fault]:
    if len(head) == 1 and (";" in head[0] or "\t" in head[0]):
        what = "The columns are not separated by commas."
        fix = 'In Excel choose "Save as" and "CSV UTF-8 (comma delimited)".'
        yield Fault("WB316", what, Place(name, row=1), fix=fix)
        return
    seen: set[str] = set()
    for at, cell in enumerate(head):
        place = Place(name, row=1, column=column_letter(at))
        if not cell or cell in shape.unread:
            continue
        ours = shape.known.get(cell)
        if ours is None:
            fix = did_you_mean(cell, shape.known)
            yield Fault("WB310", f'"{cell}" is not a column of it.', place, _allowed(shape), fix)
        elif ours in seen:
            yield Fault("WB312", f'There are two columns for "{ours}".', place)
        else:
            seen.add(ours)
    for needed in dict.fromkeys(shape.names.values()):
        if needed not in seen:
            what = f'The column "{needed}" is missing.'
            yield Fault("WB311", what, Place(name, row=1), _allowed(shape))


def _row(
    number: int,
    cells: list[str],
    columns: Mapping[str, int],
    width: int,
    name: str,
    faults: list[Fault],
) -> Row | None:
    place = Place(name, row=number)
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        what = f"The row has {len(cells)} cells, the header has {width} columns."
        fix = "A blank cell needs its comma, a text that holds a comma double quotes around it."
        faults.append(Fault("WB316", what, place, fix=fix))
        return None
    letters = {ours: column_letter(at) for ours, at in columns.items()}
    return Row({ours: cells[at].strip() for ours, at in columns.items()}, letters, place)
