"""Where a figure that is not counted from lists was read: file, sheet, row and column.

WB348  there is no such figure
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.catalogue.words import OverrideOf
from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.periods import Month, Period

if TYPE_CHECKING:
    from workbook_builder.catalogue.model import Catalogue, Indicator
    from workbook_builder.history.model import FigureRecord

_NAMED = 40


@dataclass(frozen=True)
class Traced:
    """What is known of where a figure comes from, a sentence a line."""

    title: str
    lines: tuple[str, ...]


def trace(
    folder: Path, catalogue: Catalogue, indicator: Indicator, month: Month, breakdown: str
) -> Traced:
    """Where an indicator's figures for a month, and for the periods that end with it, come from.

    As the last build or refresh had them; before the first build, as the files have them now.
    Raises UserError where there is no such figure.
    """
    tracing = _Tracing(folder, catalogue, month, _known(folder, catalogue))
    lines = [*tracing.by_hand(indicator, breakdown), *tracing.read(indicator, breakdown)]
    if not breakdown:
        lines += tracing.parts(indicator)
    if not lines:
        raise UserError([tracing.nothing(indicator, breakdown)])
    title = ", ".join(filter(None, (indicator.name, month.long_label, breakdown)))
    return Traced(title, tuple(lines))


def _known(folder: Path, catalogue: Catalogue) -> Sequence[FigureRecord]:
    """Every figure of the history, or else of the figures files that are there now."""
    from workbook_builder.app.folders import EXTRACTS
    from workbook_builder.app.recoding import recoding
    from workbook_builder.extracts.folder import read_folder
    from workbook_builder.history import read_history
    from workbook_builder.history.model import FigureRecord

    settings = catalogue.settings
    with read_history(folder, settings.id, settings.history) as history:
        if found := history.figures(until=str(settings.report_month)):
            return recoding(history, catalogue).figures(found)
    return [
        FigureRecord(
            one.indicator,
            one.breakdown,
            one.period.key,
            one.value,
            one.numerator,
            one.denominator,
            one.place.file,
            "",
            one.place.sheet,
            one.place.row,
            one.place.column,
        )
        for one in read_folder(folder / EXTRACTS, catalogue).figures
    ]


@dataclass(frozen=True)
class _Tracing:
    """The figures that are known, and the month that is asked about."""

    folder: Path
    catalogue: Catalogue
    month: Month
    known: Sequence[FigureRecord]

    def by_hand(self, indicator: Indicator, breakdown: str) -> Iterator[str]:
        """Figures that overrides.csv puts in the place of others."""
        for one in self.catalogue.overrides:
            this = (one.indicator, one.period) == (indicator.code, self.month)
            if this and not breakdown and one.what is OverrideOf.FIGURE:
                yield f"{one.value} was set by hand in overrides.csv: {one.reason}."

    def read(self, indicator: Indicator, breakdown: str) -> Iterator[str]:
        """The figures that were read somewhere, each with its place."""
        for period in self._periods():
            for one in self.known:
                if one.identity == (indicator.code, breakdown, period.key) and one.file:
                    place = Place(one.file, one.sheet, one.row, one.column)
                    yield f"{period.label}: {value_of(one)} from {place}.{self._changed(one)}"

    def parts(self, indicator: Indicator) -> Iterator[str]:
        """The indicators that this one follows from, each with the places of its figures."""
        for how, codes in (
            ("Plus", indicator.plus),
            ("Less", indicator.minus),
            ("The rate of", (indicator.rate_of,) if indicator.rate_of else ()),
        ):
            for code in codes:
                part = self.catalogue.indicator(code)
                yield f"{how} {part.name} ({part.code}):"
                if part.measure:
                    yield f"  counted from lists: workbook-builder drill FOLDER {code} {self.month}"
                yield from (f"  {line}" for line in self.by_hand(part, ""))
                yield from (f"  {line}" for line in self.read(part, ""))
        if indicator.total_of:
            yield f"The total by {indicator.total_of}, where it is not fed:"
            for breakdown in self._groups(indicator):
                yield from (f"  {breakdown}, {line}" for line in self.read(indicator, breakdown))

    def _groups(self, indicator: Indicator) -> list[str]:
        """The breakdowns that a headline is the total of."""
        start, own = f"{indicator.total_of}=", indicator.code
        found = (one.breakdown for one in self.known if one.indicator == own)
        return list(dict.fromkeys(text for text in found if text.startswith(start)))

    def nothing(self, indicator: Indicator, breakdown: str) -> Fault:
        """The fault, with the breakdowns or periods that there are."""
        keys = {period.key for period in self._periods()}
        own = [one for one in self.known if one.indicator == indicator.code and one.file]
        what = f"There is no figure for {self.month.long_label}"
        what += f' and "{breakdown}".' if breakdown else "."
        found = [one.breakdown for one in own if one.period in keys and one.breakdown]
        if not breakdown:
            found = [one.period for one in own if not one.breakdown]
        allowed = ", ".join(found[-_NAMED:])
        place = Place(indicator=indicator.code)
        return Fault("WB348", what, place, allowed, did_you_mean(breakdown, found))

    def _periods(self) -> tuple[Period, ...]:
        """What a figure for the month may be for, each key once."""
        month, years = self.month, self.catalogue.settings.years
        whole = (years.year(month),) if years.year(month).end == month else ()
        given = (Period.month(month), Period.rolling(month), years.quarter(month), years.ytd(month))
        return (*given, *whole)

    def _changed(self, one: FigureRecord) -> str:
        """A warning where the file is not what it was."""
        path = self.folder / one.file
        if not one.sha256 or not path.is_file():
            return ""
        same = hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256
        return "" if same else " The file has changed since."


def value_of(record: FigureRecord) -> str:
    """A remembered figure as it was recorded, with its parts."""
    value = record.value
    text = f"{value:.15g}" if isinstance(value, float) else str(value or "no value")
    if record.numerator is None or record.denominator is None:
        return text
    return f"{text} ({record.numerator:.15g} of {record.denominator:.15g})"
