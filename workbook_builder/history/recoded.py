"""Indicators under the codes that they have now. Pure rules; nothing is read here.

A recoded indicator is the same one under another code: what was reported and typed under its
earlier codes is its own. Which code took the place of which is said by `replaces` in the catalogue,
and is remembered by the catalogues that the history keeps, so that a code can change twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.history.model import FigureRecord, TypedRecord

# An earlier code and the one that took its place.
Recoding = tuple[str, str]


def recodings_of(catalogue: Catalogue) -> tuple[Recoding, ...]:
    """What a catalogue says of earlier codes."""
    return tuple((old, one.code) for one in catalogue.indicators for old in one.replaces)


@dataclass(frozen=True)
class Recoded:
    """The present code of every earlier one.

    `lead` begins the key of a row that stands elsewhere than in the indicator's own table.
    """

    now: Mapping[str, str] = field(default_factory=dict)
    lead: str = "~"

    def code(self, code: str) -> str:
        """The code that an indicator has now."""
        return self.now.get(code, code)

    def earlier(self, code: str) -> tuple[str, ...]:
        """The codes that an indicator had before."""
        return tuple(old for old, new in self.now.items() if new == code)

    def key(self, key: str) -> str:
        """The key of a row or cell, which begins with a code or is one."""
        lead = self.lead if key.startswith(self.lead) else ""
        code, bar, rest = key.removeprefix(lead).partition("|")
        return f"{lead}{self.code(code)}{bar}{rest}"

    def figures(self, records: Iterable[FigureRecord]) -> tuple[FigureRecord, ...]:
        """Figures under their present codes; one that has its own wins over an earlier code's."""
        held = tuple(records)
        if not self.now:
            return held
        own = {one.identity for one in held if one.indicator not in self.now}
        moved = (replace(one, indicator=self.code(one.indicator)) for one in held)
        return tuple(
            new
            for old, new in zip(held, moved, strict=True)
            if old is new or old.indicator == new.indicator or new.identity not in own
        )

    def typed(self, records: Iterable[TypedRecord]) -> tuple[TypedRecord, ...]:
        """What was typed, under its present keys; what has its own wins over an earlier key's."""
        held = tuple(records)
        if not self.now:
            return held
        own = {one.identity for one in held if self.key(one.key) == one.key}
        moved = [(one, replace(one, key=self.key(one.key))) for one in held]
        return tuple(new for old, new in moved if old.key == new.key or new.identity not in own)


def recoded(catalogue: Catalogue, remembered: Iterable[Recoding] = ()) -> Recoded:
    """The present code of every earlier one, in as many steps as it took.

    `remembered` are recodings that earlier catalogues said. A code that an indicator has now is
    nobody's earlier one.
    """
    present = {one.code for one in catalogue.indicators}
    follows: dict[str, set[str]] = {}
    for old, new in (*remembered, *recodings_of(catalogue)):
        follows.setdefault(new, set()).add(old)
    now: dict[str, str] = {}
    for code in sorted(present):
        ways = [code]
        while ways:
            for old in sorted(follows.get(ways.pop(), ())):
                if old not in present and old not in now:
                    now[old] = code
                    ways.append(old)
    return Recoded(now)
