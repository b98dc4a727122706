"""Figures counted from child-level lists: consecutive extracts, each for the months it covers.

The folder extracts/lists holds one file or folder for each extract, its month in the name:
annex_a_2025-03.xlsx, 2025-03/. Each gives the figures of the months that it covers; where two cover
a month the later one counts, and the history keeps what the earlier one gave. A month that no
extract covers any more gets nothing from rows that are not there.

No row of a list goes further than this: out come counts by indicator, breakdown and period.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import PeriodType
from workbook_builder.counting.count import Counts, count
from workbook_builder.counting.load import load_library
from workbook_builder.counting.model import Library
from workbook_builder.counting.spells import Window
from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.extracts.model import Extracts, Figure, FileRead, Remark
from workbook_builder.lists.problems import by_kind_and_list, name_of
from workbook_builder.lists.read import read_lists
from workbook_builder.periods import Month, Period
from workbook_builder.progress import Progress, Silent
from workbook_builder.values import Symbol, Value

if TYPE_CHECKING:
    from workbook_builder.lists.model import Lists

FOLDER = "lists"
MONTH_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2})(?!\d)")
# Which kind of period a figure of each type is for.
KINDS = {
    PeriodType.IN_MONTH: "month",
    PeriodType.SNAPSHOT: "month",
    PeriodType.ROLLING: "rolling_12m",
    PeriodType.CUMULATIVE: "ytd",
    PeriodType.QUARTERLY: "quarter",
}
_SILENT = Silent()


def counted_indicators(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """The indicators that are counted from lists."""
    return tuple(one for one in catalogue.indicators if one.measure)


def check_measures(catalogue: Catalogue, library: Library) -> list[Fault]:
    """Indicators whose measure is not in the library."""
    known = {measure.code for measure in library.measures}
    return [
        Fault(
            "WB340",
            f'There is no measure "{one.measure}".',
            Place(indicator=one.code, field="measure"),
            fix=did_you_mean(one.measure, known),
        )
        for one in counted_indicators(catalogue)
        if one.measure not in known
    ]


def read_listed(folder: Path, catalogue: Catalogue, progress: Progress = _SILENT) -> Extracts:
    """The figures of every indicator with a measure, from all extracts below `folder`.

    Raises UserError with all faults: of names, of measures and of files.
    """
    wanted = counted_indicators(catalogue)
    library = load_library()
    faults = check_measures(catalogue, library)
    places = list(_extracts(folder, faults))
    if faults:
        raise UserError(faults)
    reading = _Listed(catalogue, library, wanted)
    for number, (month, path) in enumerate(places, start=1):
        progress.step(number, len(places), f"Counting {path.name}")
        reading.add(month, path)
    return reading.result()


def _extracts(folder: Path, faults: list[Fault]) -> Iterator[tuple[Month, Path]]:
    """The extracts in the order of their months."""
    found = []
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in inside:
        if path.name.startswith((".", "~$")) or path.suffix.casefold() in (".md", ".toml"):
            continue
        if path.name == "mess.csv":
            continue
        named = MONTH_IN_NAME.search(path.name)
        try:
            month = Month.parse(named[1]) if named else None
        except ValueError:
            month = None
        if month is None:
            what = f'The name "{path.name}" does not say which month the extract is of.'
            fix = "Put the month into the name: annex_a_2025-03.xlsx, or a folder 2025-03."
            faults.append(Fault("WB341", what, Place(f"{FOLDER}/{path.name}"), fix=fix))
        else:
            found.append((month, path))
    if not found and not faults:
        what = f"There are no lists in {folder}, and indicators are counted from them."
        fix = "Put the extracts there: annex_a_2025-03.xlsx, or a folder for each month."
        faults.append(Fault("WB342", what, Place(f"{FOLDER}/"), fix=fix))
    yield from sorted(found, key=lambda one: (one[0].year, one[0].month, one[1].name))


@dataclass
class _Listed:
    """The extracts counted so far; a later one takes the place of an earlier one's figures."""

    catalogue: Catalogue
    library: Library
    wanted: tuple[Indicator, ...]

    def __post_init__(self) -> None:
        self.figures: dict[tuple[str, str, str], Figure] = {}
        self.files: list[FileRead] = []
        self.remarks: list[Remark] = []

    def add(self, month: Month, path: Path) -> None:
        name = f"{FOLDER}/{path.name}"
        found = read_lists(path, as_at=month.last_day)
        window = self.catalogue.settings.list_window
        counts = count(
            self.library,
            found.frames,
            Window(month.plus(1 - window), month, month.last_day),
            years=self.catalogue.settings.years,
            breakdowns={key for one in self.wanted for key in one.breakdowns},
            missing_columns=found.missing_columns,
        )
        self._take(counts, name)
        self._account(found, counts, path, name)

    def _take(self, counts: Counts, name: str) -> None:
        of_measure: dict[str, list[Any]] = {}
        for row in counts.frame.itertuples(index=False):
            of_measure.setdefault(str(row.indicator), []).append(row)
        for indicator in self.wanted:
            kind = KINDS[indicator.period_type]
            for row in of_measure.get(indicator.measure, []):
                breakdown = str(row.breakdown)
                key = breakdown.partition("=")[0]
                if row.kind != kind or (breakdown and key not in indicator.breakdowns):
                    continue
                figure = self._figure(indicator, breakdown, row, name)
                self.figures[indicator.code, breakdown, figure.period.key] = figure

    def _figure(self, indicator: Indicator, breakdown: str, row: Any, name: str) -> Figure:
        end = Month.parse(str(row.end)[:7])
        years = self.catalogue.settings.years
        period = {
            "month": Period.month(end),
            "rolling_12m": Period.rolling(end),
            "quarter": years.quarter(end),
            "ytd": years.ytd(end),
        }[str(row.kind)]
        top, bottom = _number(row.numerator), _number(row.denominator)
        value: Value | None = _number(row.value)
        if value is None:
            value = Symbol(row.symbol) if row.symbol else Symbol.NOT_AVAILABLE
        parts = (None, None) if bottom is None else (top, bottom)
        return Figure(indicator.code, breakdown, period, value, parts[0], parts[1], Place(name))

    def _account(self, found: Lists, counts: Counts, path: Path, name: str) -> None:
        read = sum(one.read for one in found.counts.values())
        used = sum(one.used for one in found.counts.values())
        self.files.append(FileRead(name, _digest(path), read, used, read - used))
        for (kind, key), number in by_kind_and_list(found.problems).items():
            what = f"{name_of(key)}: {number} times {kind}"
            self.remarks.append(Remark(Place(name), what))
        for missing in found.missing_lists:
            self.remarks.append(Remark(Place(name), f"{name_of(missing)} is not there"))
        lacking: Mapping[str, str] = {one.code: one.lacks for one in counts.not_counted}
        for one in self.wanted:
            if one.measure in lacking:
                place = Place(name, indicator=one.code)
                self.remarks.append(Remark(place, f"not counted: {lacking[one.measure]}"))

    def result(self) -> Extracts:
        return Extracts(tuple(self.figures.values()), (), tuple(self.remarks), tuple(self.files))


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _digest(path: Path) -> str:
    """The hash of a file, or of all files of a folder in the order of their names."""
    found = hashlib.sha256()
    for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if one.is_file():
            found.update(one.name.encode())
            found.update(one.read_bytes())
    return found.hexdigest()
