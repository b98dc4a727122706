"""The places of a highlight report: so many for each theme and section, and what stands in each.

A refresh writes no tab, so a tab has a fixed number of places, one more than it needed when it was
built, and looks up by the place's key what stands there now.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook_builder.highlights.filing import Section
from workbook_builder.highlights.report import BLOCK, Highlight, has_highlights, highlights
from workbook_builder.plan.layout import NoRoom
from workbook_builder.scorecard import Scorecard

SPARE = 1
PUBLISHED = re.compile(r"\d+(?:\.\d+)+[a-z]?(?=-|$)")
SECTIONS = {Section.ISSUE: "issue", Section.IMPROVEMENT: "improvement", Section.NEITHER: "other"}


@dataclass(frozen=True)
class SaidPlace:
    """One place, empty where nothing is filed there."""

    key: str
    theme: str
    section: Section
    highlight: Highlight | None

    @property
    def heading(self) -> str:
        one = self.highlight
        if one is None:
            return ""
        # A part of a published indicator has a code of its own: 4.07.01-6wk prints as 4.07.01.
        code, reference = one.indicator.code, one.indicator.reference
        published = PUBLISHED.match(code) or PUBLISHED.match(reference)
        number = published[0] if published else code
        return f"{number} {one.indicator.name}"

    @property
    def text(self) -> str:
        return self.highlight.text if self.highlight else ""


@dataclass(frozen=True)
class Said:
    """Every place of the report in its order."""

    places: tuple[SaidPlace, ...]

    def of(self, theme: str, section: Section) -> tuple[SaidPlace, ...]:
        return tuple(p for p in self.places if p.theme == theme and p.section is section)

    def row_number(self, key: str) -> int:
        """The row of a place, counted from 1 as MATCH does."""
        return [place.key for place in self.places].index(key) + 1


def themes_of(scorecard: Scorecard) -> tuple[str, ...]:
    """The themes of the catalogue in its order."""
    return tuple(dict.fromkeys(one.theme for one in scorecard.catalogue.indicators))


def _only(scorecard: Scorecard) -> frozenset[str]:
    """The indicators that the report names; all of them where it names none."""
    blocks = [block for tab in scorecard.catalogue.settings.tabs for block in tab.blocks]
    return frozenset(code for one in blocks if one.type == BLOCK for code in one.indicators)


def said_of(scorecard: Scorecard, standing: Sequence[str] | None = None) -> Said | None:
    """What stands where; None where no tab has the block.

    standing are the keys of a workbook's places. Raises NoRoom where more is filed than they take.
    """
    if not has_highlights(scorecard):
        return None
    only = _only(scorecard)
    filed = tuple(one for one in highlights(scorecard) if not only or one.indicator.code in only)
    places: list[SaidPlace] = []
    for number, theme in enumerate(themes_of(scorecard), start=1):
        for section, word in SECTIONS.items():
            here = [h for h in filed if h.indicator.theme == theme and h.section is section]
            lead = f"theme {number}|{word}|"
            room = len(here) + SPARE
            if standing is not None:
                room = sum(1 for key in standing if key.startswith(lead))
            if len(here) > room:
                raise NoRoom
            for at in range(room):
                one = here[at] if at < len(here) else None
                places.append(SaidPlace(f"{lead}{at + 1}", theme, section, one))
    return Said(tuple(places))
