"""The Notes sheet: rules and symbols, what was set by hand, left out, fed and computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook_builder import __version__
from workbook_builder.catalogue.model import Catalogue, Defaults
from workbook_builder.catalogue.words import (
    JudgedValue,
    PeriodType,
    ToleranceIn,
    YearToDate,
)
from workbook_builder.extracts.model import Extracts
from workbook_builder.judgement.status import status_text
from workbook_builder.judgement.travel import REACH
from workbook_builder.periods import Kind
from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.last_month import LastMonth
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.marks import MEANINGS
from workbook_builder.plan.model import Print, Sheet, join
from workbook_builder.plan.notes_lifecycle import lifecycle_sections
from workbook_builder.plan.notes_published import (
    PublishedSaid,
    published_sections,
    restated_sections,
)
from workbook_builder.plan.pages import page_scale
from workbook_builder.plan.written_rows import TOP, RowKind, WrittenRow, written_rows
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import Symbol, value_text

NAME = "Notes"
WIDTHS = (1.5, 44.0, 70.0, 22.0, 22.0, 22.0, 4.0)
# Rows kept free, so that a refresh has room for next week's remarks.
LEAST_ROWS, SPARE_ROWS = 400, 200
SHOWN_KINDS = (Kind.YEAR, Kind.FULL_YEAR, Kind.YTD, Kind.RANGE)


def notes_sheet(layout: Layout, said: NotesSaid, capacity: int | None = None) -> Sheet:
    """Plan the sheet, with room for `capacity` rows where it stands in a workbook already."""
    scorecard = layout.scorecard
    subtitle = f"{scorecard.catalogue.settings.authority}, {scorecard.month.long_label}"
    rows = [row for one in _sections(layout, said) for row in _rows(*one)]
    room = capacity or max(LEAST_ROWS, len(rows) + SPARE_ROWS)
    band = title_band(NAME, subtitle, len(WIDTHS) - 1)
    whole = join([band, written_rows(TOP, 1, rows, WIDTHS[1:-1], room)])
    return Sheet(
        key="notes",
        name=NAME,
        title=NAME,
        part=whole,
        widths=WIDTHS,
        print=Print(None, len(WIDTHS) - 2, page_scale(WIDTHS[:-1]), repeat=(0, 1)),
        freeze_row=2,
        protected=True,
        owned=True,
        key_col=len(WIDTHS) - 1,
    )


@dataclass(frozen=True)
class NotesSaid:
    """What Notes says besides the scorecard: what people changed in the workbook.

    Each row is the indicator or place, what stands there now, what, sheet and cell.
    """

    typed_over: tuple[tuple[str, ...], ...] = ()
    not_carried: tuple[tuple[str, ...], ...] = ()
    published: PublishedSaid | None = None


Section = tuple[str, tuple[str, ...], list[tuple[str, ...]], str]


def _rows(
    heading: str, heads: Sequence[str], rows: list[tuple[str, ...]], nothing: str
) -> Iterator[WrittenRow]:
    yield WrittenRow(RowKind.HEADING, (heading,))
    if rows:
        yield WrittenRow(RowKind.HEAD, tuple(heads))
        yield from (WrittenRow(RowKind.ROW, row) for row in rows)
    else:
        yield WrittenRow(RowKind.PLAIN, (nothing,))
    yield WrittenRow(RowKind.PLAIN, ())


def _sections(layout: Layout, said: NotesSaid) -> list[Section]:
    scorecard = layout.scorecard
    return [
        *published_sections(scorecard, said.published),
        ("Rules used", ("Rule", "Setting"), _rules(scorecard), ""),
        ("Symbols", ("Symbol", "Meaning"), _symbols(), ""),
        *restated_sections(scorecard),
        (
            "Statuses by hand that contradict the rule",
            ("Indicator", "Reason", "By hand", "By rule", "Set by"),
            [_contradiction(scorecard, line) for line in scorecard.contradictions],
            "None.",
        ),
        (
            "Figures set by hand",
            ("Indicator", "Reason", "Month", "Figure", "Set by"),
            _figures_by_hand(scorecard),
            "None.",
        ),
        (
            "Formulas typed over",
            ("Indicator or place", "What stands there now", "What", "Sheet", "Cell"),
            list(said.typed_over),
            "None.",
        ),
        (
            "Typed in the workbook before and not there now",
            ("Indicator or place", "What it says", "What", "Sheet", "Cell"),
            list(said.not_carried),
            "None.",
        ),
        *_left(layout.last_month),
        (
            "Figures that do not add up",
            ("Indicator", "Where the given figure stands", "Period", "Given", "Computed"),
            _disagreements(scorecard),
            "None: every total and difference that was also given agrees with its parts.",
        ),
        (
            "Figures that no tab shows",
            ("Indicator", "Why", "Kind of period", "Figures"),
            _unseen(scorecard),
            "None.",
        ),
        *lifecycle_sections(scorecard),
        (
            "Files read",
            ("File", "SHA-256 of the file", "Rows read", "Rows used", "Rows left out"),
            _files(scorecard.extracts),
            "None.",
        ),
        (
            "Rows left out",
            ("Where", "Reason", "File", "Row", "Column"),
            _left_out(scorecard.extracts),
            _all_used(scorecard.extracts),
        ),
        (
            "Remarks on figures used",
            ("Where", "Remark", "File", "Row", "Column"),
            _remarks(scorecard.extracts),
            "None.",
        ),
        *_of_lists(scorecard.extracts),
        ("Fed and computed", ("What", "How many"), _fed_and_computed(scorecard), ""),
    ]


def _left(before: LastMonth) -> Iterator[Section]:
    """What was typed in last month's workbook and stays with that month."""
    if before.left:
        heading = f"Typed in the workbook of {before.label}, and left with that month"
        heads = ("Indicator or place", "What it says", "What", "Written by", "Sheet and cell")
        yield (heading, heads, list(before.left), "")


def _all_used(extracts: Extracts) -> str:
    if extracts.rows_left_out:
        return "None of figures; of the lists see the sheet Data quality."
    return "None: every row of the extracts was used."


def _of_lists(extracts: Extracts) -> Iterator[Section]:
    """The one line about lists, where figures are counted from them."""
    if extracts.quality is not None:
        said = f"The sheet Data quality has them: {extracts.problem_count:,}."
        yield ("Problems of the lists", (), [], said)


def _rules(scorecard: Scorecard) -> list[tuple[str, ...]]:
    defaults = scorecard.catalogue.settings.defaults
    return [
        ("Status is judged on", defaults.judged_on.value),
        ("Green", "the target is met, or the value is inside its range"),
        ("Amber", f"missed by up to {_tolerance(defaults)}, unless a target has its own"),
        ("Values are compared", _compared(defaults)),
        ("Direction of travel looks back to", defaults.compared_with.value),
        (
            "Where that period has no figure",
            f"the latest one within {REACH} periods is used and named",
        ),
        ("Rounding", "half up, after all calculation"),
        ("Year to date", "percentages are recomputed from their parts, never averaged"),
        *_list_rules(scorecard.catalogue),
        ("Built by", f"Workbook Builder {__version__}"),
    ]


def _list_rules(catalogue: Catalogue) -> list[tuple[str, ...]]:
    """What holds for indicators counted from lists, the authority's own settings included."""
    if not any(one.measure for one in catalogue.indicators):
        return []
    lists = catalogue.settings.lists
    days = len(lists.holidays)
    closed = f", nor {days} day{'' if days == 1 else 's'} set by the authority" if days else ""
    return [
        ("An extract of lists covers", f"{lists.window} months up to its own"),
        ("Working days", f"Monday to Friday, without England's bank holidays{closed}"),
        *(
            (f"Set by the authority: {name.replace('_', ' ')}", value)
            for name, value in lists.settings.items()
        ),
    ]


def _tolerance(defaults: Defaults) -> str:
    share = defaults.tolerance_in is ToleranceIn.SHARE
    return f"{defaults.tolerance:g}{'% of the target' if share else ' in its own unit'}"


def _compared(defaults: Defaults) -> str:
    shown = defaults.judged_value is JudgedValue.SHOWN
    return "as shown on the tab" if shown else "unrounded"


def _symbols() -> list[tuple[str, ...]]:
    rows = [(symbol.shown, symbol.meaning) for symbol in Symbol]
    return [*rows, *MEANINGS, ("not yet available", "the report month has no figure so far")]


def _contradiction(scorecard: Scorecard, line: Line) -> tuple[str, ...]:
    words = scorecard.catalogue.settings.status_words
    verdict = line.verdict
    by_hand = verdict.by_hand
    return (
        line.indicator.name,
        by_hand.reason if by_hand else "",
        status_text(verdict.hand, words) if verdict.hand else "",
        status_text(verdict.rule, words) or "no status",
        by_hand.role if by_hand else "",
    )


def _figures_by_hand(scorecard: Scorecard) -> list[tuple[str, ...]]:
    names = {one.code: one.name for one in scorecard.catalogue.indicators}
    return [
        (names[row.indicator], row.reason, row.period.label, row.value, row.role)
        for row in scorecard.catalogue.overrides
        if row.what.value == "figure"
    ]


def _disagreements(scorecard: Scorecard) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for one in scorecard.table.disagreements:
        line = scorecard.line(one.series.indicator)
        places, suffix = line.conventions.decimals, line.conventions.suffix
        given, computed = (value_text(v, places, suffix) for v in (one.fed, one.computed))
        name = line.indicator.name
        found.append((name, str(one.place), one.period.label, given, computed))
    return found


def _unseen(scorecard: Scorecard) -> list[tuple[str, ...]]:
    """Headline figures for kinds of period that their indicator is not reported by."""
    found: list[tuple[str, ...]] = []
    for line in scorecard.lines:
        quarterly = line.indicator.period_type is PeriodType.QUARTERLY
        by = Kind.QUARTER if quarterly else Kind.MONTH
        kinds = Counter(period.kind for period in scorecard.table.points(line.code))
        for kind in sorted(set(kinds) - {by, *SHOWN_KINDS}):
            why = f"This indicator is reported by {by.value}."
            found.append((line.indicator.name, why, kind.value, str(kinds[kind])))
    return found


def _files(extracts: Extracts) -> list[tuple[str, ...]]:
    return [
        (one.name, one.sha256, str(one.rows_read), str(one.rows_used), str(one.rows_left_out))
        for one in extracts.files
    ]


def _left_out(extracts: Extracts) -> list[tuple[str, ...]]:
    return [
        (str(one.place), one.reason, one.place.file, str(one.place.row or ""), one.place.column)
        for one in extracts.left_out
    ]


def _remarks(extracts: Extracts) -> list[tuple[str, ...]]:
    return [
        (str(one.place), one.what, one.place.file, str(one.place.row or ""), one.place.column)
        for one in extracts.remarks
    ]


def _fed_and_computed(scorecard: Scorecard) -> list[tuple[str, ...]]:
    computed = [line for line in scorecard.lines if line.indicator.computed]
    published = YearToDate.PUBLISHED
    years = [line.indicator.year_to_date for line in scorecard.lines]
    return [
        ("Indicators", str(len(scorecard.lines))),
        ("Indicators computed from others", str(len(computed))),
        ("Figures read from extracts", str(len(scorecard.extracts.figures))),
        ("Years to date computed", str(sum(1 for rule in years if rule is not published))),
        ("Years to date as the source gives them", str(sum(1 for r in years if r is published))),
    ]
