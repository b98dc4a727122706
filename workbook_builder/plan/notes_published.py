"""What Notes says of publications: this month's, what came after it, and restated figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_builder.history.restated import FigureKey, FirstReport, Mark
from workbook_builder.periods import Kind, Month
from workbook_builder.scorecard import ReportedFigure, Scorecard

HELD_BACK = "What the present files would change in this published month"
LATER = "Typed after this month was published"


@dataclass(frozen=True)
class PublishedSaid:
    """What there is to say of a month that is published; each row as Notes prints it.

    rows: what was done, and who, when and why. held_back: indicator, breakdown, period, published,
    now; None where nothing was held against it. faults says what hinders that. later: indicator or
    place, text, what, when and who. otherwise: as held_back, for what this version of the program
    would judge another way.
    """

    rows: tuple[tuple[str, ...], ...]
    held_back: tuple[tuple[str, ...], ...] | None = None
    faults: str = ""
    later: tuple[tuple[str, ...], ...] = ()
    otherwise: tuple[tuple[str, ...], ...] = ()


Section = tuple[str, tuple[str, ...], list[tuple[str, ...]], str]
DIFFERS = ("Indicator", "Breakdown", "Period", "Published", "Now")


def published_sections(scorecard: Scorecard, said: PublishedSaid | None) -> Iterator[Section]:
    """The sections of a published month; none of a month that is not."""
    if said is None:
        return
    yield ("Published", ("What", "When, by whom and why"), list(said.rows), "")
    if said.otherwise:
        heading = (
            "Lines that this version of the program would judge another way than was published"
        )
        yield (heading, DIFFERS, _named(scorecard, said.otherwise), "")
    if said.held_back is not None:
        nothing = said.faults or "Nothing: they give what was published."
        yield (HELD_BACK, DIFFERS, _named(scorecard, said.held_back), nothing)
        heads = ("Indicator or place", "What it says", "What", "When", "Saved by")
        yield (LATER, heads, list(said.later), "Nothing.")


def restated_sections(scorecard: Scorecard) -> Iterator[Section]:
    """Figures that are other ones than were first reported, once anything has been published."""
    if not scorecard.reported.published:
        return
    heads = ("Indicator", "First reported in, and breakdown", "Period", "First reported", "Now")
    yield ("Restated figures", heads, list(_restated(scorecard)), "None.")


def _restated(scorecard: Scorecard) -> Iterator[tuple[str, ...]]:
    seen = set()
    for figure in scorecard.figures():
        seen.add(figure.key)
        if scorecard.marks.get(figure.key) is Mark.RESTATED:
            yield _row(figure, scorecard.reported.first[figure.key])
    gone = sum(1 for key in scorecard.reported.first if key not in seen and _lasts(scorecard, key))
    if gone:
        many = "1 figure" if gone == 1 else f"{gone} figures"
        yield ("Published before and not given any more", many)


def _lasts(scorecard: Scorecard, key: FigureKey) -> bool:
    """Whether a figure would be given in later months too; a year to date goes on to the next."""
    shown = {line.code for line in (*scorecard.lines, *scorecard.unlisted)}
    return key[0] in shown and not key[2].startswith(f"{Kind.YTD} ")


def _row(figure: ReportedFigure, first: FirstReport) -> tuple[str, ...]:
    now = figure.point.value
    texts = figure.printed(first.value), figure.printed(now)
    if texts[0] == texts[1] and isinstance(first.value, float) and isinstance(now, (int, float)):
        texts = f"{first.value:.15g}", f"{now:.15g}"
    month = f"the scorecard of {Month.parse(first.month).long_label}"
    where = ": ".join(filter(None, (month, figure.series.breakdown)))
    return (figure.line.indicator.name, where, figure.period.label, *texts)


def _named(scorecard: Scorecard, rows: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """The rows with indicators by name, where the month has them."""
    names = {one.code: one.name for one in scorecard.catalogue.indicators}
    return [(names.get(row[0], row[0]), *row[1:]) for row in rows]
