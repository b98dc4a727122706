"""A board pack: what the Word document and the slides of a month say, in the council's order.

Everything is taken from the computed scorecard and the planned workbook. For a public version both
are made of suppressed figures, and comments are left out: nobody has looked through them for small
numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook_builder import __version__
from workbook_builder.board.pack_lines import Lines
from workbook_builder.board.pack_model import (
    NOTHING,
    Comment,
    Entry,
    NoteSection,
    Pack,
    PackTable,
    PackTheme,
    Remark,
    ThemeHighlights,
)
from workbook_builder.board.pack_tabs import TabPieces
from workbook_builder.board.pages import Status, note_sections
from workbook_builder.board.values import Values
from workbook_builder.catalogue.model import Tab
from workbook_builder.catalogue.words import HOMES, JudgedAs, JudgedOn
from workbook_builder.highlights.report import BLOCK, has_highlights
from workbook_builder.judgement.status import LIGHTS, status_text
from workbook_builder.judgement.status import Status as Light
from workbook_builder.judgement.travel import Travel
from workbook_builder.plan.highlights import HEADS, HighlightsOptions
from workbook_builder.plan.line_cells import shown_name
from workbook_builder.plan.marks import marks_of
from workbook_builder.plan.model import Workbook
from workbook_builder.plan.said import said_of
from workbook_builder.scorecard import Line, Scorecard

WORSE, BETTER = "Got worse", "Got better"
# What a target is about, where that is not the figure before it.
OF_WHAT = {
    JudgedAs.RATE: " for the rate",
    JudgedAs.NUMERATOR: " for the number",
    JudgedAs.CHANGE: " for the change on last year",
}
NOTHING_SHOWN = "Nothing stands out among the figures that are shown."


@dataclass(frozen=True)
class PackMaking:
    """What a pack is made of.

    planned is the workbook with everything typed in its place; tabs are the names of those that are
    wanted, all where there are none. Without comments nothing that was typed is in the pack.
    """

    scorecard: Scorecard
    planned: Workbook
    status: Status
    tabs: Sequence[str] = ()
    comments: bool = True


def pack_of(making: PackMaking) -> Pack:
    """Make the pack. Tabs that the scorecard does not have are left out."""
    return _Making(making).pack()


@dataclass(frozen=True)
class _Making:
    making: PackMaking

    @property
    def scorecard(self) -> Scorecard:
        return self.making.scorecard

    def pack(self) -> Pack:
        settings = self.scorecard.catalogue.settings
        return Pack(
            title=settings.title,
            authority=settings.authority,
            month=self.scorecard.month.long_label,
            marking=self.making.status.marking,
            brand=settings.brand,
            language=self.making.planned.language,
            made=self.making.planned.made,
            facts=tuple(self._facts()),
            caveats=tuple(filter(None, (*settings.caveats, settings.front.note))),
            counts=self._counts(),
            attention=self._attention(),
            summary=tuple(self._summary()),
            highlights=tuple(self._highlights()),
            themes=tuple(filter(_has_content, map(self._theme, self._tabs))),
            notes=tuple(self._notes()),
        )

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.scorecard, marks_of(self.scorecard))

    @cached_property
    def _values(self) -> Values:
        return Values(self.making.planned)

    @cached_property
    def _tabs(self) -> list[Tab]:
        wanted = self.making.tabs
        every = self.scorecard.catalogue.settings.tabs
        return [one for one in every if not wanted or one.name in wanted]

    @cached_property
    def _chosen(self) -> list[Line]:
        """The indicators of the chosen tabs with a row or page of their own, there or in front."""
        groups = self.scorecard.catalogue.settings.front.groups
        on_front = {code for group in groups for code in group.indicators}
        codes = {
            code
            for tab in self._tabs
            for block in tab.blocks
            for code in block.indicators
            if block.type in HOMES or code in on_front
        }
        return [one for one in self.scorecard.lines if one.code in codes]

    def _theme(self, tab: Tab) -> PackTheme:
        return self._tab(tab).theme()

    def _tab(self, tab: Tab) -> TabPieces:
        sheet = self.making.planned.sheet(f"tab {tab.name}")
        making = self.making
        return TabPieces(self.scorecard, self._values, self._lines, tab, sheet, making.comments)

    def _facts(self) -> Iterator[tuple[str, str]]:
        settings, status = self.scorecard.catalogue.settings, self.making.status
        as_at = settings.data_as_at or self.scorecard.month.last_day
        yield "Authority", settings.authority
        yield "Report month", self.scorecard.month.long_label
        yield "Figures as at", f"{as_at.day} {as_at:%B %Y}"
        yield "Status", status.said
        yield "Marking", status.marking
        yield "Made with", f"Workbook Builder {__version__}, from the scorecard {settings.id}"

    # The month at a glance.

    def _counts(self) -> PackTable | None:
        """How many indicators of each status, by theme; None where nothing is judged."""
        words = self.scorecard.catalogue.settings.status_words
        if not any(one.verdict.shown in LIGHTS for one in self._chosen):
            return None
        kinds: list[Light | None] = [Light.GREEN, Light.AMBER, Light.RED, None]
        heads = [status_text(one, words) if one else "No status" for one in kinds]
        themes = list(dict.fromkeys(one.indicator.theme for one in self._chosen))
        rows = []
        for name in (*themes, "All"):
            lines = [one for one in self._chosen if name == "All" or one.indicator.theme == name]
            lights = [one.verdict.shown if one.verdict.shown in LIGHTS else None for one in lines]
            counts = (Entry(str(lights.count(kind)), "number") for kind in kinds)
            rows.append((Entry(name), *counts))
        return PackTable("Statuses by theme", ("Theme", *heads), tuple(rows))

    def _attention(self) -> PackTable | None:
        """The indicators that are red, then those that are amber."""
        shown = (Light.RED, Light.AMBER)
        found = [one for kind in shown for one in self._chosen if one.verdict.shown is kind]
        return self._lines.table("Indicators that are red or amber", found) if found else None

    def _summary(self) -> Iterator[tuple[str, PackTable]]:
        """All chosen indicators under the headings of the front sheet, or else their themes."""
        chosen = {one.code: one for one in self._chosen}
        groups = self.scorecard.catalogue.settings.front.groups
        listed: dict[str, list[Line]] = {}
        for group in groups:
            heading = group.heading
            if group.subheading:
                heading = f"{group.heading}: {group.subheading}"
            found = [chosen.pop(code) for code in group.indicators if code in chosen]
            listed.setdefault(heading, []).extend(found)
        for line in chosen.values():
            listed.setdefault(line.indicator.theme, []).append(line)
        for heading, lines in listed.items():
            if lines:
                yield heading, self._lines.table(f"Summary: {heading}", lines)

    # What stands out.

    def _highlights(self) -> Iterator[ThemeHighlights]:
        if has_highlights(self.scorecard):
            yield from self._said()
            return
        for theme in dict.fromkeys(one.indicator.theme for one in self._chosen):
            lines = [one for one in self._chosen if one.indicator.theme == theme]
            remarks = tuple(one for one in self._remarks(lines) if one.items)
            yield ThemeHighlights(theme, remarks, nothing=self._nothing)

    @property
    def _nothing(self) -> str:
        return NOTHING if self.making.status.account is None else NOTHING_SHOWN

    def _remarks(self, lines: Sequence[Line]) -> Iterator[Remark]:
        words = self.scorecard.catalogue.settings.status_words
        for light in (Light.RED, Light.AMBER):
            found = [self._told(one) for one in lines if one.verdict.shown is light]
            yield Remark(status_text(light, words), tuple(found))
        for travel, heading in ((Travel.WORSE, WORSE), (Travel.BETTER, BETTER)):
            found = [self._told(one) for one in lines if one.movement.travel is travel]
            yield Remark(heading, tuple(found))

    def _told(self, line: Line) -> str:
        """The indicator with its figure, direction and target, in one line.

        A target of the year stands beside the year to date, which is what was judged.
        """
        lines = self._lines
        parts = [lines.latest(line).text]
        if line.movement.words:
            parts.append(line.movement.words)
        on_year = line.verdict.judged_on is JudgedOn.YEAR_TO_DATE
        if on_year and not line.breakdown_only:
            parts.append(f"year to date {lines.year_to_date(line).text}")
        target = lines.target(line)
        if target.look:
            of = OF_WHAT.get(line.indicator.judged_as, "")
            parts.append(f"target{' of the year' if on_year else ''}{of} {target.text}")
        if line.verdict.hand is not None:
            parts.append("status set by hand")
        return f"{shown_name(line).rstrip('.')}: {', '.join(parts)}."

    def _said(self) -> Iterator[ThemeHighlights]:
        """The sentences of the highlight report, and what was typed under each theme."""
        said = said_of(self.scorecard)
        chosen = {one.code for one in self._chosen}
        if said is None:
            return
        for theme in dict.fromkeys(one.theme for one in said.places):
            remarks = []
            for section, heading in HEADS.items():
                items = tuple(
                    f"{one.heading}: {one.text}"
                    for one in said.of(theme, section)
                    if one.highlight
                    if not self.making.tabs or one.highlight.indicator.code in chosen
                )
                if items:
                    remarks.append(Remark(heading, items))
            comments = tuple(self._narratives(theme))
            if remarks or comments:
                yield ThemeHighlights(theme, tuple(remarks), comments, self._nothing)

    def _narratives(self, theme: str) -> Iterator[Comment]:
        for tab in self._tabs if self.making.comments else ():
            for block in tab.blocks:
                if block.type == BLOCK:
                    options = HighlightsOptions(**block.options)
                    if options.narrative and theme in (options.themes or (theme,)):
                        text = self._tab(tab).typed.get((options.key, theme), "")
                        yield Comment(options.narrative, "", text)

    def _notes(self) -> Iterator[NoteSection]:
        for heading, heads, rows, nothing in note_sections(self.scorecard, self.making.status):
            entries = tuple(tuple(Entry(one) for one in row) for row in rows)
            table = PackTable(heading, heads, entries) if rows else None
            yield NoteSection(heading, table, nothing)


def _has_content(theme: PackTheme) -> bool:
    """Whether there is more on a tab than what the pack has elsewhere, or leaves out."""
    return theme.overview is not None or bool(theme.pieces)
