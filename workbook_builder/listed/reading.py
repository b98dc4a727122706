"""Figures counted from child-level lists: consecutive extracts, each for the months it covers.

The folder extracts/lists holds one file or folder for each extract, its month in the name:
annex_a_2025-03.xlsx, 2025-03/. Each gives the figures of the months that it covers; where two cover
a month the later one counts, and the history keeps what the earlier one gave. A month that no
extract covers any more gets nothing from rows that are not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.counting.count import count
from workbook_builder.counting.load import load_library
from workbook_builder.counting.model import Library
from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.extracts.model import Extracts, Figure, FileRead, Remark
from workbook_builder.listed.account import file_read, remarks_on
from workbook_builder.listed.covering import window_of
from workbook_builder.listed.figures import figures_of
from workbook_builder.listed.places import ExtractPlace, extract_places
from workbook_builder.lists.read import read_lists
from workbook_builder.progress import Progress, Silent

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
    library = load_library()
    faults = check_measures(catalogue, library)
    try:
        extracts = extract_places(folder)
    except UserError as error:
        raise UserError([*faults, *error.faults]) from error
    if faults:
        raise UserError(faults)
    reading = _Reading(catalogue, library, counted_indicators(catalogue))
    for number, extract in enumerate(extracts, start=1):
        progress.step(number, len(extracts), f"Counting {extract.path.name}")
        reading.add(extract)
    return reading.result()


@dataclass
class _Reading:
    """The extracts counted so far; a later one takes the place of an earlier one's figures.

    Those of one indicator and period together, all breakdowns: where the children of a team have
    another one by the later extract, the figure of the first team must not stay beside it.
    """

    catalogue: Catalogue
    library: Library
    wanted: tuple[Indicator, ...]
    figures: dict[tuple[str, str], list[Figure]] = field(default_factory=dict)
    files: list[FileRead] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, extract: ExtractPlace) -> None:
        """Read and count one extract."""
        settings = self.catalogue.settings
        found = read_lists(extract.path, as_at=extract.month.last_day)
        counts = count(
            self.library,
            found.frames,
            window_of(extract, settings),
            years=settings.years,
            breakdowns={key for one in self.wanted for key in one.breakdowns},
            missing_columns=found.missing_columns,
        )
        told: dict[tuple[str, str], list[Figure]] = {}
        for figure in figures_of(counts, self.wanted, settings.years, Place(extract.name)):
            told.setdefault((figure.indicator, figure.period.key), []).append(figure)
        self.figures |= told
        self.files.append(file_read(found, extract))
        self.remarks += remarks_on(found, counts, self.wanted, extract)

    def result(self) -> Extracts:
        """The figures of all extracts together."""
        figures = (figure for together in self.figures.values() for figure in together)
        return Extracts(tuple(figures), (), tuple(self.remarks), tuple(self.files))
