"""The records behind one figure, for an officer who asked for them; or where the figure was read.

What is about children goes into one file, outside the scorecard. What is returned here names the
extract and counts, never a record, and the history is only looked at.

WB347  there is no such indicator
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import CommandError, Fault, Place, UserError, did_you_mean
from workbook_builder.periods import Month
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.app.tracing import Traced
    from workbook_builder.catalogue.model import Catalogue, Indicator
    from workbook_builder.history.model import Event, FigureRecord
    from workbook_builder.listed.behind import Found

DAY_AND_TIME = "%d %B %Y, %H:%M"


@dataclass(frozen=True)
class Drilled:
    """What was written, in counts alone. comparison says whether the scorecard has that figure."""

    title: str
    figure: str
    counts: str
    extract: str
    comparison: str
    agrees: bool | None
    aside: str
    file: Path


def drill(
    folder: Path,
    indicator: str,
    month: str,
    breakdown: str = "",
    out: Path | None = None,
    progress: Progress | None = None,
) -> Drilled | Traced:
    """Write the records behind a figure to a new file that only its owner can read.

    An indicator that is not counted from lists gets the places where its figures were read
    instead, and no file. Raises UserError and CommandError; nothing was written then.
    """
    from workbook_builder.app.private_places import check_target, target_of
    from workbook_builder.app.tracing import trace
    from workbook_builder.listed.declared import load_scorecard

    asked = _month(month)
    catalogue = load_scorecard(folder)
    wanted = _indicator(catalogue, indicator)
    counted = catalogue.indicator(wanted.rate_of) if wanted.rate_of else wanted
    if not counted.measure:
        return trace(folder, catalogue, wanted, asked, breakdown)
    name = " ".join(filter(None, (counted.code, str(asked), breakdown)))
    target = target_of(out, name)
    check_target(target, folder, catalogue.settings)
    aside = ""
    if counted is not wanted:
        aside = f"{wanted.name} is a rate: these are the records of {counted.name}, its numerator."
    asking = _Asking(folder, catalogue, counted, asked, breakdown.strip(), progress or Silent())
    return asking.write(target, aside)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise CommandError(f"MONTH: {error}") from error


def _indicator(catalogue: Catalogue, code: str) -> Indicator:
    """The indicator with a code, or with a name. Raises UserError."""
    names = {one.name.casefold(): one for one in catalogue.indicators}
    codes = {one.code.casefold(): one for one in catalogue.indicators}
    wanted = code.strip().casefold()
    found = codes.get(wanted) or names.get(wanted)
    if found is None:
        what = f'There is no indicator "{code}".'
        fix = did_you_mean(code, [*(one.code for one in codes.values())]) or did_you_mean(
            code, [one.name for one in names.values()]
        )
        allowed = "" if fix else "a code of indicators/*.toml"
        raise UserError([Fault("WB347", what, Place("indicators/"), allowed, fix)])
    return found


@dataclass(frozen=True)
class _Asking:
    """One question, once it is clear that lists answer it."""

    folder: Path
    catalogue: Catalogue
    indicator: Indicator
    month: Month
    breakdown: str
    progress: Progress

    def write(self, target: Path, aside: str) -> Drilled:
        from workbook_builder.app.folders import EXTRACTS
        from workbook_builder.app.private_places import make_own_folder
        from workbook_builder.app.tracing import value_of
        from workbook_builder.listed import FOLDER
        from workbook_builder.listed.behind import Question, find_rows
        from workbook_builder.listed.declared import load_measures
        from workbook_builder.listed.records import (
            counts_text,
            figure_text,
            period_text,
            records_of,
        )
        from workbook_builder.writers.private import write_privately
        from workbook_builder.writers.records import write_records

        reported, when = self._reported()
        remembered = ""
        if reported is not None:
            remembered = (
                f"The history holds only the figure, {value_of(reported)}{_source(reported)}."
            )
        question = Question(self.indicator, self.month, self.breakdown, remembered)
        lists = self.folder / EXTRACTS / FOLDER
        library = load_measures(self.folder, self.catalogue.settings.lists)
        found = find_rows(lists, self.catalogue, library, question, self.progress)
        comparison, agrees = compared(found, reported, when)
        records = records_of(found, comparison)
        make_own_folder(target)
        write_privately(target, lambda path: write_records(records, path))
        about = (self.indicator.name, period_text(found.period), self.breakdown)
        return Drilled(
            title=", ".join(filter(None, about)),
            figure=figure_text(found),
            counts=counts_text(found),
            extract=found.extract.name,
            comparison=comparison,
            agrees=agrees,
            aside=aside,
            file=target,
        )

    def _reported(self) -> tuple[FigureRecord | None, str]:
        """The figure as it was last reported, and when that was; blank where nothing was built."""
        from workbook_builder.history import read_history
        from workbook_builder.listed.figures import period_asked
        from workbook_builder.measures.series import shown_period

        settings = self.catalogue.settings
        month = str(settings.report_month)
        period = shown_period(
            self.indicator, period_asked(self.indicator, self.month, settings.years)
        )
        wanted = (self.indicator.code, self.breakdown, period.key)
        with read_history(self.folder, settings.id, settings.history) as history:
            last = next((one for one in history.events() if one.month <= month), None)
            versions = history.figure_versions(*wanted)
            # As the workbook of the report month knows it; what later months know is on top.
            known = sorted((one for one in versions if one[0].month <= month), key=_month_of_event)
            found = known[-1][1] if known else None
            if found is None and self.breakdown:
                found = self._otherwise_spelt(history.figures(until=month), period.key)
        when = f"{last.stamp.at.astimezone():{DAY_AND_TIME}}".lstrip("0") if last else ""
        return found, when

    def _otherwise_spelt(self, known: Iterable[FigureRecord], period: str) -> FigureRecord | None:
        """The figure of the group as the history spells it: a team has one name in any case, and
        an old and a new one where the mapping file says so."""
        from workbook_builder.app.folders import EXTRACTS
        from workbook_builder.counting.spelling import folded
        from workbook_builder.listed import FOLDER
        from workbook_builder.listed.places import extract_places
        from workbook_builder.listed.teams import new_names, renamed_text

        lists, month = self.folder / EXTRACTS / FOLDER, self.catalogue.settings.report_month
        extracts = [one for one in extract_places(lists, month) if one.month <= month]
        teams = new_names(lists, extracts)
        wanted = folded(renamed_text(self.breakdown, teams))
        alike = (
            one
            for one in known
            if (one.indicator, one.period) == (self.indicator.code, period)
            and folded(renamed_text(one.breakdown, teams)) == wanted
        )
        return next(alike, None)


def _month_of_event(version: tuple[Event, FigureRecord | None]) -> str:
    return version[0].month


def _source(record: FigureRecord) -> str:
    return f", counted from {record.file}" if record.file else ""


def compared(found: Found, reported: FigureRecord | None, when: str) -> tuple[str, bool | None]:
    """Whether the scorecard has the figure that the records make; None where it has none."""
    from workbook_builder.app.tracing import value_of

    if not when:
        return "The scorecard has not been built yet.", None
    last = f"the scorecard as last built or refreshed ({when})"
    if reported is None:
        return f"There is no such figure in {last}.", None
    if _same(found, reported):
        return f"This is the figure in {last}.", True
    if not reported.file:
        why = "That one was set by hand."
    elif reported.file != found.extract.name:
        why = f"That one was counted from {reported.file}. Build or refresh, and they agree."
    elif reported.sha256 != found.extract.digest():
        why = "The extract has changed since. Build or refresh, and they agree."
    else:
        why = "A definition or setting has changed since. Build or refresh, and they agree."
    return f"NOT the figure in {last}, which is {value_of(reported)}. {why}", False


def _same(found: Found, reported: FigureRecord) -> bool:
    """Whether value and parts are the same; where there is no value, both have none."""
    behind = found.behind
    if behind.value is None or not isinstance(reported.value, float):
        return behind.value is None and not isinstance(reported.value, float)
    pairs = [(behind.value, reported.value)]
    if reported.denominator is not None and reported.numerator is not None:
        pairs += [
            (behind.numerator, reported.numerator),
            (behind.denominator or math.nan, reported.denominator),
        ]
    return all(math.isclose(ours, theirs, rel_tol=1e-9) for ours, theirs in pairs)
