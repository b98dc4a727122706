"""Figures counted from child-level lists: consecutive extracts, each for the months it covers.

The folder extracts/lists holds one file or folder for each extract, its month in the name:
annex_a_2025-03.xlsx, 2025-03/. Each gives the figures of the months that it covers; where two cover
a month the later one counts, and the history keeps what the earlier one gave. A month that no
extract covers any more gets nothing from rows that are not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import Unit
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.count import count
from workbook_builder.counting.model import Each, Library
from workbook_builder.counting.spelling import folded
from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.extracts.model import Extracts, Figure, FileRead, Remark
from workbook_builder.extracts.quality import ExtractQuality
from workbook_builder.listed.account import file_read, mappings_read, quality_of, whole_quality
from workbook_builder.listed.covering import nearest_counts, window_of
from workbook_builder.listed.extract import counted_with, read_extract
from workbook_builder.listed.figures import figures_of, respelt
from workbook_builder.listed.memory import Memory
from workbook_builder.listed.places import ExtractPlace, extract_places
from workbook_builder.listed.teams import new_names, without_area
from workbook_builder.periods import Month
from workbook_builder.progress import Progress, Silent

_SILENT = Silent()


def counted_indicators(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """The indicators that are counted from lists."""
    return tuple(one for one in catalogue.indicators if one.measure)


def check_extracts(folder: Path, month: Month | None = None) -> list[Fault]:
    """What is wrong with names, mapping files and queries below `folder`; no list is read."""
    try:
        extract_places(folder, month)
    except UserError as error:
        return list(error.faults)
    return []


def check_populations(catalogue: Catalogue, library: Library) -> list[Fault]:
    """Rates counted from lists whose population is not said, or has no figure."""
    rates = {measure.code for measure in library.measures if measure.unit is Unit.RATE}
    known = {row.population for row in catalogue.populations}
    return [
        Fault(
            "WB343",
            f'The population "{one.population}" of the rate has no figure.'
            if one.population
            else "A rate counted from lists needs a population.",
            Place(indicator=one.code, field="population"),
            allowed=", ".join(sorted(known)) or "a name from populations.csv",
            fix=did_you_mean(one.population, known)
            or "Name one, and put its figures into populations.csv.",
        )
        for one in counted_indicators(catalogue)
        if one.measure in rates and one.population not in known
    ]


def read_listed(
    folder: Path, catalogue: Catalogue, library: Library, progress: Progress = _SILENT
) -> Extracts:
    """The figures of every indicator with a measure, from the extracts below `folder`.

    Extracts of months after the report month are left alone. Raises UserError with all faults: of
    rates, names, mapping files and queries, then those of the lists.
    """
    report_month = catalogue.settings.report_month
    faults = check_populations(catalogue, library)
    try:
        extracts = extract_places(folder, report_month)
    except UserError as error:
        raise UserError([*faults, *error.faults]) from error
    if faults:
        raise UserError(faults)
    teams = new_names(folder, (one for one in extracts if one.month <= report_month))
    reading = _Reading(catalogue, library, counted_indicators(catalogue), teams)
    for number, extract in enumerate(extracts, start=1):
        if extract.month > report_month:
            reading.leave(extract)
            continue
        progress.step(number, len(extracts), f"Counting {extract.path.name}")
        try:
            reading.add(extract)
        except UserError as error:
            faults += [extract.placed(fault) for fault in error.faults]
    if faults:
        raise UserError(faults)
    reading.files += mappings_read(one for one in extracts if one.month <= report_month)
    return reading.result()


def asked_of(library: Library, indicators: Iterable[Indicator]) -> Library:
    """The measures that indicators have, each by the breakdowns that they ask for."""
    asked: dict[str, set[str]] = {}
    for one in indicators:
        asked.setdefault(one.measure, set()).update(one.breakdowns)
    measures = (one for one in library.measures if one.code in asked)
    return replace(
        library,
        measures=tuple(
            replace(one, breakdowns=tuple(b for b in one.breakdowns if b in asked[one.code]))
            for one in measures
        ),
    )


@dataclass
class _Reading:
    """The extracts counted so far; a later one takes the place of an earlier one's figures, but
    for positions that the nearest one tells."""

    catalogue: Catalogue
    library: Library
    wanted: tuple[Indicator, ...]
    teams: Mapping[str, str]
    figures: dict[tuple[str, str], list[Figure]] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)
    files: list[FileRead] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    quality: list[ExtractQuality] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.memory = Memory(vocabulary().lists, self.catalogue.settings.lists.window)
        self.asked = asked_of(self.library, self.wanted)
        self.nearest = frozenset(one.code for one in self.asked.measures if nearest_counts(one))
        self.standing = {one.code for one in self.wanted if one.measure in self.nearest}

    def add(self, extract: ExtractPlace) -> None:
        """Read and count one extract."""
        settings = self.catalogue.settings
        found = read_extract(extract, self.memory, settings.lists, self.teams, self.rows)
        window = window_of(extract, found.frames, self.memory)
        counts = count(
            self.asked,
            self.memory.joined(found.frames, extract.month),
            window,
            **counted_with(self.catalogue, found),
        )
        self.memory.keep(found.frames, extract.month, found.missing_columns)
        self._take(figures_of(counts, self.wanted, settings.years, Place(extract.name)))
        self.files.append(file_read(found, extract))
        said = quality_of(found, counts, self.library, self.wanted, extract, window.first)
        teams = without_area(found, [row.team for row in self.catalogue.areas])
        self.quality.append(replace(said, problems=(*said.problems, *teams)))
        self.rows |= {key: one.used for key, one in found.counts.items() if one.used}

    def leave(self, extract: ExtractPlace) -> None:
        """Say that an extract is of a month after the report month."""
        month = self.catalogue.settings.report_month.long_label
        self.remarks.append(
            Remark(Place(extract.name), f"not read: it is of a month after {month}")
        )

    def _take(self, figures: Iterable[Figure]) -> None:
        """Headline and breakdowns of a period together: a team that is gone leaves no figure."""
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in figures:
            found.setdefault((figure.indicator, figure.period.key), []).append(figure)
            self.spelt[folded(figure.breakdown)] = figure.breakdown
        told = self.figures.keys()
        self.figures |= {
            key: figures
            for key, figures in found.items()
            if key not in told or key[0] not in self.standing
        }

    def result(self) -> Extracts:
        """The figures of all extracts together."""
        figures = tuple(
            respelt(figure, self.spelt) for period in self.figures.values() for figure in period
        )
        rows = {one.code for one in self.library.measures if one.each is Each.ROW}
        return Extracts(
            figures,
            remarks=tuple(self.remarks),
            files=tuple(self.files),
            adds_up=frozenset(rows),
            nearest=self.nearest,
            quality=whole_quality(self.quality, self.library, self.wanted),
            teams=self.teams,
        )
