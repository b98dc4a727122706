"""The script's own account: what was fed, published and typed when, and what follows from it.

Slow and plain, written from what docs/publish.md and docs/next-month.md promise. It imports nothing
of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.year import script
from tests.year.script import Month, Typed

Key = tuple[str, str]


@dataclass(frozen=True)
class Publication:
    """What one publication gave: figures by indicator and month, and the limits of its lights."""

    month: str
    figures: dict[Key, str]
    first: dict[Key, str]
    hands: dict[str, str]

    def restated(self) -> dict[Key, tuple[str, str]]:
        """First reported and present figure, where those are two."""
        return {
            key: (self.first[key], one)
            for key, one in self.figures.items()
            if key in self.first and self.first[key] != one
        }

    def light(self, code: str) -> str:
        """Red, amber, green or nothing, of the month itself."""
        return self.hands.get(code, "").casefold() or light_of(
            code, self.month, self.figures.get((code, self.month), "")
        )

    def direction(self, code: str) -> str:
        """Where the figure went since the last one before it in the same series."""
        if self.month > script.ENDS.get(code, self.month):
            return "none"
        earlier = sorted(
            (month, figure)
            for (one, month), figure in self.figures.items()
            if one == code and month < self.month and figure.isdigit()
        )
        broken = script.BREAKS.get(code, "")
        if broken and self.month >= broken:
            earlier = [one for one in earlier if one[0] >= broken]
        now = self.figures.get((code, self.month), "")
        if not earlier or not now.isdigit():
            return "none"
        before = int(earlier[-1][1])
        return "up" if int(now) > before else "down" if int(now) < before else "same"


@dataclass
class Account:
    """Everything so far. fed is what stands in the extract; first what was first published."""

    fed: dict[Key, str] = field(default_factory=lambda: dict(script.FIRST_FIGURES))
    first: dict[Key, str] = field(default_factory=dict)
    reported_by: dict[Key, str] = field(default_factory=dict)
    published: list[Publication] = field(default_factory=list)
    played: list[Month] = field(default_factory=list)

    def feed(self, month: Month) -> None:
        for code, period, figure in month.fed:
            self.fed[code, period] = figure

    def play(self, month: Month) -> None:
        self.played.append(month)

    def known(self, month: str) -> dict[Key, str]:
        """The figures that a workbook of the month gives now."""
        return {key: one for key, one in self.fed.items() if key[1] <= month}

    def marks(self, month: str) -> dict[Key, str]:
        """The mark of every figure of the month's workbook, before it is published."""
        if not self.published:
            return dict.fromkeys(self.known(month), "")
        return {
            key: "p" if key not in self.first else "r" if self.first[key] != one else ""
            for key, one in self.known(month).items()
        }

    def publish(self, month: str) -> Publication:
        """What this publication gives. One that corrects a month knows of no later month."""
        known = self.known(month)
        later = {key for key, by in self.reported_by.items() if by > month}
        before = {key: one for key, one in self.first.items() if key not in later}
        done = Publication(month, known, {**known, **before}, self.hands(month))
        self.published.append(done)
        for key, one in known.items():
            self.first.setdefault(key, one)
            self.reported_by.setdefault(key, month)
        return done

    def hands(self, month: str) -> dict[str, str]:
        """The statuses by hand of a month."""
        typed = next(one.typed for one in self.played if one.month == month)
        return {one.where: one.text for one in typed if one.what == "status"}

    def words(self) -> dict[str, set[str]]:
        """Every text that was typed, and the months whose workbooks have it as typed."""
        found: dict[str, set[str]] = {}
        for month in self.played:
            for one in everything(month):
                if one.what not in ("status", "closes"):
                    found[one.text] = set(self._stands(one, month.month))
        return found

    def _stands(self, one: Typed, month: str) -> list[str]:
        months = [played.month for played in self.played if played.month >= month]
        if one.what == "action":
            return months[: 1 + next(self._closed(one, months), len(months))]
        if one.what in ("note", "thread") and one.at == "name":
            return months
        if one.what == "comment" and one.where == "board/2":
            return [month, *(after for after in months[1:2] if not self._replaced(after))]
        return [month]

    def _closed(self, one: Typed, months: list[str]) -> Iterator[int]:
        """Where among the months the action was closed."""
        played = {month.month: month for month in self.played}
        for at, month in enumerate(months):
            if ("closes", one.where) in [(t.what, t.where) for t in everything(played[month])]:
                yield at

    def _replaced(self, month: str) -> bool:
        """Whether somebody wrote over the review of actions."""
        played = next(one for one in self.played if one.month == month)
        return ("comment", "board/1") in [(one.what, one.where) for one in everything(played)]


def everything(month: Month) -> tuple[Typed, ...]:
    """What was typed in a month's workbook and its copies."""
    return (*month.typed, *(one for copy in month.copies for one in copy))


def light_of(code: str, month: str, figure: str) -> str:
    """By the limits that were agreed for the month."""
    limits = [one for one in script.JUDGED_BY.get(code, ()) if one[0] <= month <= one[1]]
    if not limits or not figure.isdigit():
        return ""
    _, _, low, high = limits[0]
    value = int(figure)
    limit = low if low is not None and value < low else high
    miss = max(low - value if low is not None else 0, value - high if high is not None else 0)
    if miss <= 0:
        return "green"
    return "amber" if 100 * miss <= script.AMBER_WITHIN * (limit or 0) else "red"
