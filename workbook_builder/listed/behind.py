"""The rows behind one figure of a scorecard: found in the extract that counts for it, read again.

These are rows about children. They go into a file that somebody asked for and nowhere else.

WB343  the month is in no extract any more, or the extract cannot tell it
WB344  a list or column that the indicator needs is missing
WB345  the indicator is not counted by that breakdown, or the breakdown has no such group
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.counting import Behind, Measure, NoFigure, Why, load_library, rows_behind
from workbook_builder.counting.model import Counted
from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.listed.covering import covering, months_told, spoken, window_of
from workbook_builder.listed.figures import period_asked
from workbook_builder.listed.places import FOLDER, ExtractPlace, extract_places
from workbook_builder.listed.reading import check_measures
from workbook_builder.lists.read import read_lists
from workbook_builder.periods import Month, Period
from workbook_builder.progress import Progress, Silent

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
    """The rows behind a figure, and the extract that they stand in.

    missing_columns are those of the measure's list that no file had.
    """

    question: Question
    measure: Measure
    period: Period
    extract: ExtractPlace
    missing_columns: tuple[str, ...]
    behind: Behind


def find_rows(
    folder: Path, catalogue: Catalogue, question: Question, progress: Progress = _SILENT
) -> Found:
    """The rows behind a figure of an indicator with a measure. `folder` holds the extracts.

    They come from the extract from which the scorecard takes the figure: the latest that tells it.
    Raises UserError in plain words where no extract does.
    """
    library, settings = load_library(), catalogue.settings
    faults = check_measures(catalogue, library)
    if faults:
        raise UserError(faults)
    indicator, month = question.indicator, question.month
    measure = library.measure(indicator.measure)
    period = period_asked(indicator, month, settings.years)
    extracts = extract_places(folder)
    candidates = covering(extracts, measure, period.end, settings)
    answer = NoFigure(Why.PERIOD)
    for extract in candidates:
        progress.step(1, 2, f"Reading {extract.path.name}")
        lists = read_lists(extract.path, as_at=extract.month.last_day)
        found = rows_behind(
            measure,
            lists.frames,
            window_of(extract, settings),
            period,
            question.breakdown,
            years=settings.years,
            missing_columns=lists.missing_columns,
        )
        if isinstance(found, Behind):
            missing = lists.missing_columns[measure.list]
            return Found(question, measure, period, extract, missing, found)
        if found.why in (Why.BREAKDOWN, Why.GROUP):
            raise UserError([_no_group(question, found)])
        # The latest extract's reason is the one to mend.
        answer = found if answer.why is Why.PERIOD else answer
    if answer.why is Why.LACKS:
        raise UserError([_lacking(question, candidates[0], answer)])
    raise UserError([_no_rows(question, measure, period, months_told(extracts, measure, settings))])


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
    return Fault("WB345", what, question.place, known or "no breakdown", fix)


def _lacking(question: Question, extract: ExtractPlace, answer: NoFigure) -> Fault:
    what = f"The indicator cannot be counted from that extract: it lacks {answer.lacks}."
    place = Place(extract.name, indicator=question.indicator.code)
    return Fault("WB344", what, place, fix=question.remembered)


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
        what = f"The extracts do not tell {period.label} of this indicator: it needs all records "
        first = period.start if measure.counted is Counted.IN_MONTH else period.end
        back = f" and of {measure.looks_back} months before" if measure.looks_back else ""
        what += f"from {first.long_label} to {period.end.long_label}{back} in one extract."
        months = ()
    fix = question.remembered or "No figure is kept for it either."
    return Fault("WB343", what, question.place, spoken(months), fix)
