"""The rows behind one figure of a scorecard: found in the extract that counts for it, read again.

These are rows about children. They go into a file that somebody asked for and nowhere else.

WB349  the month is in no extract any more, or the extracts cannot tell it
WB345  a list or column that the indicator needs is missing, or months before
WB346  the indicator is not counted by that breakdown, or the breakdown has no such group
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.counting import Behind, Library, Measure, NoFigure, Why, rows_behind
from workbook_builder.counting.behind import looks_up
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.model import Counted
from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.listed.covering import covering, months_told, spoken, window_of
from workbook_builder.listed.extract import counted_with, read_extract
from workbook_builder.listed.figures import period_asked
from workbook_builder.listed.memory import Memory
from workbook_builder.listed.places import FOLDER, ExtractPlace, extract_places
from workbook_builder.listed.reading import check_populations
from workbook_builder.listed.teams import new_names, renamed_text
from workbook_builder.lists.model import FILE, Lists
from workbook_builder.periods import Month, Period
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    import pandas as pd

_SILENT = Silent()
_GROUPS_NAMED = 40


@dataclass(frozen=True)
class Question:
    """Which figure is asked about. remembered says what the history holds, where it does."""

    indicator: Indicator
    month: Month
    breakdown: str = ""
    remembered: str = ""

    @property
    def place(self) -> Place:
        return Place(f"{FOLDER}/", indicator=self.indicator.code)


@dataclass(frozen=True)
class Found:
    """The rows behind a figure, and the extract that it was counted from.

    missing_columns are those of the measure's list that no file of that extract had.
    """

    question: Question
    measure: Measure
    period: Period
    extract: ExtractPlace
    missing_columns: tuple[str, ...]
    behind: Behind


def find_rows(
    folder: Path,
    catalogue: Catalogue,
    library: Library,
    question: Question,
    progress: Progress = _SILENT,
) -> Found:
    """The rows behind a figure of an indicator with a measure. `folder` holds the extracts.

    They come from the extract from which the scorecard takes the figure (see `covering`), and from
    those before it where that one is counted with them. Raises UserError in plain words.
    """
    settings = catalogue.settings
    if faults := check_populations(catalogue, library):
        raise UserError(faults)
    measure = library.measure(question.indicator.measure)
    period = period_asked(question.indicator, question.month, settings.years)
    known = [
        one
        for one in extract_places(folder, settings.report_month)
        if one.month <= settings.report_month
    ]
    teams = new_names(folder, known)
    question = replace(question, breakdown=renamed_text(question.breakdown, teams))
    finding = _Finding(catalogue, question, measure, period, known, teams, progress)
    candidates = covering(known, measure, period.end, settings)
    answer = NoFigure(Why.PERIOD)
    for extract in candidates:
        found = finding.rows(extract)
        if isinstance(found, Behind):
            missing = finding.lists(extract).missing_columns[measure.list]
            return Found(question, measure, period, extract, missing, found)
        if found.why in (Why.BREAKDOWN, Why.GROUP):
            raise UserError([_no_group(question, found)])
        # The reason of the extract that would count is the one to mend.
        answer = found if answer.why is Why.PERIOD else answer
    if answer.why is Why.LACKS:
        raise UserError([_lacking(question, candidates[0], answer)])
    raise UserError([_no_rows(question, measure, period, months_told(known, measure, settings))])


@dataclass
class _Finding:
    """The extracts read so far for one question, each once."""

    catalogue: Catalogue
    question: Question
    measure: Measure
    period: Period
    extracts: Sequence[ExtractPlace]
    teams: Mapping[str, str]
    progress: Progress
    read: dict[Path, Lists] = field(default_factory=dict)
    of: int = 1

    def lists(self, extract: ExtractPlace) -> Lists:
        """The lists of an extract."""
        if extract.path not in self.read:
            number, settings = len(self.read) + 1, self.catalogue.settings
            self.progress.step(number, max(number, self.of), f"Reading {extract.path.name}")
            try:
                self.read[extract.path] = read_extract(
                    extract, self._memory(), settings.lists, self.teams
                )
            except UserError as error:
                raise UserError([extract.placed(fault) for fault in error.faults]) from error
        return self.read[extract.path]

    def rows(self, extract: ExtractPlace) -> Behind | NoFigure:
        """The rows behind the figure as an extract tells it.

        Extracts before it are read only where the figure may rest on them: reading is what takes
        the time.
        """
        memory = self._memory()
        if not self._rests_on_earlier(extract, memory):
            found = self._rows(extract, memory)
            if isinstance(found, Behind):
                return found
        before = list(self._before(extract))
        self.of = len(before) + 1
        for one in before:
            memory.keep(self._frames(one), one.month, self.lists(one).missing_columns)
        return self._rows(extract, memory)

    def _memory(self) -> Memory:
        return Memory(vocabulary().lists, self.catalogue.settings.lists.window)

    def _rests_on_earlier(self, extract: ExtractPlace, memory: Memory) -> bool:
        """Whether rows of months that the extract does not cover can make a difference."""
        if self.measure.looks_back or looks_up(self.measure):
            return True
        happened = self.measure.counted is Counted.IN_MONTH
        return happened and self.period.start < memory.first(self.measure.list, extract.month)

    def _before(self, extract: ExtractPlace) -> Iterator[ExtractPlace]:
        """The extracts that are counted before one, in their order."""
        for one in self.extracts:
            if one == extract:
                return
            yield one

    def _frames(self, extract: ExtractPlace) -> Mapping[str, pd.DataFrame]:
        """The lists that the measure asks, with files named as in the folder of extracts."""
        asked = {self.measure.list, *(name for name, _ in self.measure.columns())}
        lists = self.lists(extract).frames
        frames = {name: frame for name, frame in lists.items() if name in asked}
        if not extract.path.is_dir():
            return frames
        within = extract.path.name
        return {
            name: frame.assign(**{FILE: [f"{within}/{file}" for file in frame[FILE]]})
            for name, frame in frames.items()
        }

    def _rows(self, extract: ExtractPlace, memory: Memory) -> Behind | NoFigure:
        frames = self._frames(extract)
        return rows_behind(
            self.measure,
            memory.joined(frames, extract.month),
            window_of(extract, frames, memory),
            self.period,
            self.question.breakdown,
            **counted_with(self.catalogue, self.lists(extract)),
        )


def _no_group(question: Question, answer: NoFigure) -> Fault:
    key, _, group = question.breakdown.partition("=")
    fix = did_you_mean(question.breakdown, answer.known)
    known = ", ".join(answer.known[:_GROUPS_NAMED])
    if len(answer.known) > _GROUPS_NAMED:
        known += f" and {len(answer.known) - _GROUPS_NAMED} more"
    if answer.why is Why.BREAKDOWN:
        what = f'The indicator is not counted by "{key}".'
        fix = did_you_mean(key, answer.known)
    elif not group:
        what = f'"{question.breakdown}" names no group.'
        fix = f"Write the group behind it, such as --breakdown {key}=North."
    else:
        what = f'There is no group "{group}" by {key} in that extract.'
    return Fault("WB346", what, question.place, known or "no breakdown", fix)


def _lacking(question: Question, extract: ExtractPlace, answer: NoFigure) -> Fault:
    what = f"The indicator cannot be counted from that extract: it lacks {answer.lacks}."
    place = Place(extract.name, indicator=question.indicator.code)
    return Fault("WB345", what, place, fix=question.remembered)


def _no_rows(
    question: Question, measure: Measure, period: Period, months: Sequence[Month]
) -> Fault:
    """No extract that is there tells the period, and why that is so."""
    month = question.month.long_label
    if period.end not in months:
        what = f"The records behind {month} are in none of the extracts that are there."
        if measure.counted is Counted.AT_EXTRACT:
            what += " The list holds the latest only, so it tells the month of the extract alone."
    else:
        what = f"The extracts that are there do not tell {period.label}: that takes all records "
        first = period.start if measure.counted is Counted.IN_MONTH else period.end
        what += f"of {first.plus(-measure.looks_back).long_label} to {period.end.long_label}."
        months = ()
    fix = question.remembered or "No figure is kept for it either."
    return Fault("WB349", what, question.place, spoken(months), fix)
