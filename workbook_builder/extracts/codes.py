"""The indicator and the breakdown that a row names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.errors import did_you_mean
from workbook_builder.extracts.cells import tidy


@dataclass(frozen=True)
class Codes:
    """The indicators of a catalogue by code; capitals matter where two codes differ in them.

    Extracts of months ago have the code that an indicator had then.
    """

    exact: Mapping[str, Indicator]
    folded: Mapping[str, Indicator]
    names: Mapping[str, str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Codes:
        """Index the indicators of a catalogue."""
        exact = {old: one for one in catalogue.indicators for old in one.replaces}
        exact |= {indicator.code: indicator for indicator in catalogue.indicators}
        folds = Counter(code.casefold() for code in exact)
        folded = {
            code.casefold(): indicator
            for code, indicator in exact.items()
            if folds[code.casefold()] == 1
        }
        names = {tidy(each.name).casefold(): each.code for each in catalogue.indicators}
        return cls(exact, folded, names)

    def find(self, written: str) -> Indicator | None:
        """The indicator with this code, or None."""
        return self.exact.get(written) or self.folded.get(written.casefold())

    def advice(self, written: str) -> str:
        """How to mend a code that no indicator has."""
        by_name = self.names.get(written.casefold())
        if by_name:
            return f'That is the name of an indicator: write its code, "{by_name}".'
        question = did_you_mean(written, self.exact)
        return question or "Mend the code, or add the indicator to the catalogue."


@lru_cache(maxsize=4096)
def normal_breakdown(written: str) -> str:
    """key=value pairs joined by semicolons, no spaces around either: `days=0-5;area=North`."""
    pairs = []
    for pair in tidy(written).split(";"):
        key, equals, value = pair.partition("=")
        text = f"{key.strip()}{equals}{value.strip()}"
        if text:
            pairs.append(text)
    return ";".join(pairs)


def is_normal(breakdown: str) -> bool:
    """Whether every part has a key and a value."""
    return all(all(pair.partition("=")) for pair in breakdown.split(";")) if breakdown else True
