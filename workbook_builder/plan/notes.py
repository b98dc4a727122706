"""The Notes sheet: rules and symbols, what was set by hand, left out, fed and computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbook_builder import __version__
from workbook_builder.catalogue.model import Defaults
from workbook_builder.catalogue.words import (
    JudgedValue,
    PeriodType,
    TargetStatus,
    ToleranceIn,
    YearToDate,
)
from workbook_builder.extracts.model import Extracts
from workbook_builder.judgement.status import status_text
from workbook_builder.judgement.travel import REACH
from workbook_builder.periods import Kind
from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import Cell, Part, Print, Sheet, join
from workbook_builder.plan.pages import page_breaks, page_scale
from workbook_builder.plan.written_table import paragraph, written_table
from workbook_builder.scorecard import Line, Scorecard
from workbook_builder.values import Symbol, value_text

NAME = "Notes"
WIDTHS = (1.5, 44.0, 22.0, 22.0, 22.0, 70.0)
TEXT_WIDTH = 180.0
SHOWN_KINDS = (Kind.YEAR, Kind.FULL_YEAR, Kind.YTD, Kind.RANGE)


def notes_sheet(layout: Layout) -> Sheet:
    """Plan the sheet."""
    scorecard = layout.scorecard
    subtitle = f"{scorecard.catalogue.settings.authority}, {scorecard.month.long_label}"
    parts = [title_band(NAME, subtitle, len(WIDTHS))]
    for heading, heads, rows, nothing in _sections(scorecard):
        parts += _section(parts[-1].next_row + 1, heading, heads, rows, nothing)
    whole = join(parts)
    last_row = whole.next_row - 1
    return Sheet(
        key="notes",
        name=NAME,
        title=NAME,
        part=whole,
        widths=WIDTHS,
        print=Print(last_row, len(WIDTHS) - 1, page_scale(WIDTHS), repeat=(0, 1)),
        breaks=page_breaks(whole.may_break, dict(whole.heights), last_row, WIDTHS, 54.0),
        freeze_row=2,
        protected=True,
    )


Section = tuple[str, tuple[str, ...], list[tuple[str, ...]], str]


def _section(
    top: int, heading: str, heads: Sequence[str], rows: list[tuple[str, ...]], nothing: str
) -> list[Part]:
    title = Part(top + 1, (Cell(top, 1, heading, "heading"),), ((top, 24.0),), may_break=(top,))
    if not rows:
        return [title, paragraph(top + 1, 1, nothing, TEXT_WIDTH, "note")]
    return [title, written_table(top + 1, 1, heads, rows, WIDTHS)]


def _sections(scorecard: Scorecard) -> list[Section]:
    return [
        ("Rules used", ("Rule", "Setting"), _rules(scorecard), ""),
        ("Symbols", ("Symbol", "Meaning"), _symbols(), ""),
        (
            "Statuses by hand that contradict the rule",
            ("Indicator", "By hand", "By rule", "Set by", "Reason"),
            [_contradiction(scorecard, line) for line in scorecard.contradictions],
            "None.",
        ),
        (
            "Figures set by hand",
            ("Indicator", "Month", "Figure", "Set by", "Reason"),
            _figures_by_hand(scorecard),
            "None.",
        ),
        (
            "Figures that do not add up",
            ("Indicator", "Period", "Given", "Computed", "Where the given figure stands"),
            _disagreements(scorecard),
            "None: every total and difference that was also given agrees with its parts.",
        ),
        (
            "Series breaks",
            ("Indicator", "From", "", "", "Why figures before and after cannot be compared"),
            [
                (line.indicator.name, one.period.label, "", "", one.note)
                for line in scorecard.lines
                for one in line.indicator.breaks
            ],
            "None.",
        ),
        (
            "Figures that no tab shows",
            ("Indicator", "Kind of period", "Figures", "", "Why"),
            _unseen(scorecard),
            "None.",
        ),
        (
            "Targets not yet agreed",
            ("Indicator", "From", "To", "Value", "What that means"),
            _drafts(scorecard),
            "None.",
        ),
        (
            "Files read",
            ("File", "Rows read", "Rows used", "Rows left out", "SHA-256 of the file"),
            _files(scorecard.extracts),
            "None.",
        ),
        (
            "Rows left out",
            ("Reason", "File", "Row", "Column", "Where"),
            _left_out(scorecard.extracts),
            "None: every row of the extracts was used.",
        ),
        (
            "Remarks on figures used",
            ("Remark", "File", "Row", "Column", "Where"),
            _remarks(scorecard.extracts),
            "None.",
        ),
        ("Fed and computed", ("What", "How many"), _fed_and_computed(scorecard), ""),
    ]


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
        ("Built by", f"Workbook Builder {__version__}"),
    ]


def _tolerance(defaults: Defaults) -> str:
    share = defaults.tolerance_in is ToleranceIn.SHARE
    return f"{defaults.tolerance:g}{'% of the target' if share else ' in its own unit'}"


def _compared(defaults: Defaults) -> str:
    shown = defaults.judged_value is JudgedValue.SHOWN
    return "as shown on the tab" if shown else "unrounded"


def _symbols() -> list[tuple[str, ...]]:
    rows = [(symbol.shown, symbol.meaning) for symbol in Symbol]
    return [*rows, ("not yet available", "the report month has no figure so far")]


def _contradiction(scorecard: Scorecard, line: Line) -> tuple[str, ...]:
    words = scorecard.catalogue.settings.status_words
    verdict = line.verdict
    by_hand = verdict.by_hand
    return (
        line.indicator.name,
        status_text(verdict.hand, words) if verdict.hand else "",
        status_text(verdict.rule, words) or "no status",
        by_hand.role if by_hand else "",
        by_hand.reason if by_hand else "",
    )


def _figures_by_hand(scorecard: Scorecard) -> list[tuple[str, ...]]:
    names = {one.code: one.name for one in scorecard.catalogue.indicators}
    return [
        (names[row.indicator], row.period.label, row.value, row.role, row.reason)
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
        found.append((name, one.period.label, given, computed, str(one.place)))
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
            found.append((line.indicator.name, kind.value, str(kinds[kind]), "", why))
    return found


def _drafts(scorecard: Scorecard) -> list[tuple[str, ...]]:
    names = {one.code: one.name for one in scorecard.catalogue.indicators}
    return [
        (
            names[target.indicator],
            target.from_.label,
            target.to.label,
            "" if target.value is None else f"{target.value:g}",
            "A draft target judges nothing.",
        )
        for target in scorecard.catalogue.targets
        if target.status is TargetStatus.DRAFT
    ]


def _files(extracts: Extracts) -> list[tuple[str, ...]]:
    return [
        (one.name, str(one.rows_read), str(one.rows_used), str(one.rows_left_out), one.sha256)
        for one in extracts.files
    ]


def _left_out(extracts: Extracts) -> list[tuple[str, ...]]:
    return [
        (one.reason, one.place.file, str(one.place.row or ""), one.place.column, str(one.place))
        for one in extracts.left_out
    ]


def _remarks(extracts: Extracts) -> list[tuple[str, ...]]:
    return [
        (one.what, one.place.file, str(one.place.row or ""), one.place.column, str(one.place))
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
