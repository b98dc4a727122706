"""The pages of the board copy around its tabs: cover, contents, notes and the checklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from workbook_builder import __version__
from workbook_builder.board.checklist import ITEMS
from workbook_builder.disclosure.account import Account
from workbook_builder.judgement.status import status_text
from workbook_builder.plan.definitions import title_band
from workbook_builder.plan.marks import MEANINGS
from workbook_builder.plan.model import Cell, Part, Print, Sheet, SheetLink, Table, join
from workbook_builder.plan.notes_published import restated_sections
from workbook_builder.plan.pages import page_breaks, page_scale
from workbook_builder.plan.written_table import paragraph, written_table
from workbook_builder.scorecard import Scorecard
from workbook_builder.values import Symbol

LEFT, TOP = 1, 3
INTERNAL = (
    "OFFICIAL-SENSITIVE. Full figures, small numbers among them; no child is named. "
    "Not for publication."
)
NO_COMMENTS = "Comments are left out, as nobody has checked them for small numbers."
FOR_PUBLICATION = (
    "For publication: counts from {smallest} to {largest}, whatever they could be worked out from, "
    "and percentages, rates and averages that came without their counts are shown as [c]. "
    f"{NO_COMMENTS}"
)
SHOWN_UNJUDGED = (
    "For publication: counts from {smallest} to {largest} and whatever they could be worked out "
    "from are shown as [c]; as the settings say, percentages, rates and averages that came without "
    "counts to judge them by are shown, and listed in the notes. "
    f"{NO_COMMENTS}"
)
COVER_WIDTHS = (1.5, 30.0, 96.0)
CONTENTS_WIDTHS = (1.5, 36.0, 90.0)
NOTES_WIDTHS = (1.5, 40.0, 40.0, 24.0, 22.0, 22.0)
CHECK_WIDTHS = (1.5, 52.0, 14.0, 74.0)


@dataclass(frozen=True)
class Pages:
    """The names of the sheets around the tabs; another one where a tab has the name already."""

    cover: str = "Cover"
    contents: str = "Contents"
    notes: str = "Notes"
    charts: str = "Chart data"
    checklist: str = "Accessibility"

    @classmethod
    def beside(cls, tabs: Iterable[str]) -> Pages:
        """The names beside those of tabs."""
        taken = {one.casefold() for one in tabs}
        own = cls()
        names = (own.cover, own.contents, own.notes, own.charts, own.checklist)
        return cls(*(_free(name, taken) for name in names))


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or one of its kind that no sheet has."""
    tries = chain((name, f"{name} of this copy"), (f"{name} {number}" for number in count(2)))
    return next(one for one in tries if one.casefold() not in taken)


@dataclass(frozen=True)
class Status:
    """What kind of copy it is.

    hidden is the range of counts that a public one does not show, and account says which figures
    it withholds; None of a copy with all figures.
    """

    published: bool
    hidden: tuple[int, int] | None = None
    account: Account | None = None

    @property
    def said(self) -> str:
        """Whether the month is published, as the cover says it."""
        if self.published:
            return "Published: the figures as they were frozen then"
        return "[p] provisional: the month is not published yet, and figures may change"

    @property
    def short_marking(self) -> str:
        """The same for the foot of every page."""
        return "OFFICIAL-SENSITIVE" if self.hidden is None else "For publication"

    @property
    def marking(self) -> str:
        """Who may have the copy."""
        if self.hidden is None:
            return INTERNAL
        smallest, largest = self.hidden
        unjudged = self.account is not None and self.account.unjudged
        said = SHOWN_UNJUDGED if unjudged else FOR_PUBLICATION
        return said.format(smallest=smallest, largest=largest)


def cover(scorecard: Scorecard, status: Status, pages: Pages) -> Sheet:
    """Plan the cover: what it is, of which month, whether it is final, who may have it."""
    settings = scorecard.catalogue.settings
    as_at = settings.data_as_at or scorecard.month.last_day
    rows = [
        ("Authority", settings.authority),
        ("Report month", scorecard.month.long_label),
        ("Figures as at", f"{as_at.day} {as_at:%B %Y}"),
        ("Status", status.said),
        ("Marking", status.marking),
        ("Made with", f"Workbook Builder {__version__}, from the scorecard {settings.id}"),
        ("How to read it", f"The sheet {pages.notes} explains lights, arrows, symbols and marks."),
    ]
    heads = ("About this copy", "Details")
    return _written(pages.cover, settings.title, _subtitle(scorecard), heads, rows, COVER_WIDTHS)


def contents(scorecard: Scorecard, sheets: Sequence[Sheet], pages: Pages) -> Sheet:
    """Plan the contents: every sheet that follows, with a link to it."""
    rows = [(one.name, one.title) for one in sheets]
    heads = ("Sheet", "What is on it")
    made = _written(pages.contents, "Contents", _subtitle(scorecard), heads, rows, CONTENTS_WIDTHS)
    links = tuple(SheetLink(TOP + 1 + at, LEFT, one.name) for at, one in enumerate(sheets))
    cells = tuple(
        Cell(one.row, one.col, one.content, "text link")
        if one.col == LEFT and one.row > TOP
        else one
        for one in made.part.cells
    )
    return _with(made, cells, links)


def notes(scorecard: Scorecard, status: Status, pages: Pages) -> Sheet:
    """Plan the notes: how to read the copy, symbols, and what was restated or set by hand."""
    parts = [title_band("Notes", _subtitle(scorecard), len(NOTES_WIDTHS))]
    tables: list[Table] = []
    top = TOP
    for heading, heads, rows, nothing in note_sections(scorecard, status):
        parts.append(
            Part(top + 1, (Cell(top, LEFT, heading, "heading"),), ((top, 22.0),), may_break=(top,))
        )
        if rows:
            table = written_table(top + 1, LEFT, heads, rows, NOTES_WIDTHS)
            tables.append(_table(f"Notes_{len(tables) + 1}", top + 1, heads, len(rows)))
        else:
            table = paragraph(top + 1, LEFT, nothing, sum(NOTES_WIDTHS[1:]), "text over")
        parts.append(table)
        top = table.next_row + 1
    whole = join(parts)
    last_row = whole.next_row - 1
    return Sheet(
        key="board notes",
        name=pages.notes,
        title="Notes",
        part=whole,
        widths=NOTES_WIDTHS,
        print=Print(last_row, len(NOTES_WIDTHS) - 1, page_scale(NOTES_WIDTHS), repeat=(0, 1)),
        breaks=page_breaks(whole.may_break, dict(whole.heights), last_row, NOTES_WIDTHS, 54.0),
        freeze_row=2,
        tables=tuple(tables),
    )


def checklist(scorecard: Scorecard, pages: Pages) -> Sheet:
    """Plan the page that says how the copy stands to the guidance on spreadsheets."""
    heads = ("Guidance", "Met", "How, or what is left to you")
    rows = [(one.asks, one.state, one.how) for one in ITEMS]
    return _written(
        pages.checklist, "Accessibility", _subtitle(scorecard), heads, rows, CHECK_WIDTHS
    )


def _subtitle(scorecard: Scorecard) -> str:
    return f"{scorecard.catalogue.settings.authority}   |   {scorecard.month.long_label}"


Section = tuple[str, tuple[str, ...], list[tuple[str, ...]], str]


def note_sections(scorecard: Scorecard, status: Status) -> Iterator[Section]:
    """The sections of the notes: heading, heads, rows, and what is said where there is no row."""
    words = scorecard.catalogue.settings.status_words
    yield (
        "How to read this copy",
        ("What you see", "What it means"),
        [
            (words.green, "the target is met, or the figure is inside its range"),
            (words.amber, "missed, within the tolerance that is agreed"),
            (words.red, "missed by more than the tolerance"),
            ("no word", "no target that a status could rest on, or no figure"),
            ("▲ ▼ ►", "up, down, no change; the words beside say whether that is better or worse"),
            ("an empty cell", "there is nothing to report there, such as a month still to come"),
            ("Marking", status.marking),
        ],
        "",
    )
    symbols = [(symbol.shown, symbol.meaning) for symbol in Symbol]
    yield ("Symbols", ("Symbol", "Meaning"), [*symbols, *MEANINGS], "")
    if status.account is not None:
        yield from _withheld(status.account, scorecard)
    else:
        yield from restated_sections(scorecard)
        yield (
            "Statuses set by hand",
            ("Indicator", "Reason", "By hand", "By rule"),
            [
                (
                    line.indicator.name,
                    line.verdict.by_hand.reason,
                    line.verdict.by_hand.value,
                    status_text(line.verdict.rule, words) or "no status",
                )
                for line in scorecard.lines
                if line.verdict.by_hand is not None
            ],
            "None.",
        )


def _withheld(account: Account, scorecard: Scorecard) -> Iterator[Section]:
    """How many figures are withheld. Not for which reason: that would tell of their size."""
    many = str(len(account.withheld))
    yield ("Figures withheld", ("What", "How many"), [("Figures shown as [c]", many)], "")
    told = Counter((code, why.value) for (code, _, _), why in account.unjudged.items())
    names = {one.code: one.name for one in scorecard.catalogue.indicators}
    yield (
        "Figures that nobody could judge",
        ("Indicator", "Why", "How many are shown"),
        [
            (names.get(code, code), f"{why[:1].upper()}{why[1:]}", str(many))
            for (code, why), many in sorted(told.items())
        ],
        "None: every figure shown has its counts.",
    )


def _written(
    name: str,
    title: str,
    subtitle: str,
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    widths: tuple[float, ...],
) -> Sheet:
    """A sheet with one table of words."""
    table = written_table(TOP, LEFT, heads, rows, widths, runs_over=False)
    whole = join([title_band(title, subtitle, len(widths)), table])
    last_row = whole.next_row - 1
    return Sheet(
        key=f"board {name.casefold()}",
        name=name,
        title=title,
        part=whole,
        widths=widths,
        print=Print(last_row, len(widths) - 1, page_scale(widths), repeat=(0, 1)),
        breaks=page_breaks(whole.may_break, dict(whole.heights), last_row, widths, 54.0),
        freeze_row=2,
        tables=(_table(f"{name}_table", TOP, heads, len(rows)),),
    )


def _table(name: str, row: int, heads: tuple[str, ...], rows: int) -> Table:
    return Table(name, row, LEFT, row + rows, heads)


def _with(sheet: Sheet, cells: tuple[Cell, ...], links: tuple[SheetLink, ...]) -> Sheet:
    return replace(sheet, part=replace(sheet.part, cells=cells), links=links)
