"""Publishes an authority's figures, has them attacked, and says which secrets came out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.disclosure.attacker import span
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.catalogue.words import PeriodType, Unit
from workbook_builder.disclosure import Suppression, suppressed
from workbook_builder.disclosure.cells import moment
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.results import results_table
from workbook_builder.scorecard import build_scorecard

ROOT = Path(__file__).parents[2]
Pin = tuple[str, str, int, int, str]


@dataclass(frozen=True)
class Edition:
    """A public copy of one month, and what is true."""

    catalogue: Catalogue
    extracts: Extracts
    suppression: Suppression

    @property
    def results(self) -> str:
        """results.csv of the public scorecard."""
        public = self.suppression
        return results_table(build_scorecard(public.catalogue, public.extracts)).to_csv(index=False)

    @property
    def month(self) -> str:
        return str(self.catalogue.settings.report_month)


def publish(catalogue: Catalogue, extracts: Extracts, secondary: bool = True) -> Edition:
    """The public copy of a scorecard."""
    return Edition(catalogue, extracts, suppressed(catalogue, extracts, secondary))


def attack(cases: Sequence[Sequence[Edition]]) -> list[dict[Pin, int]]:
    """What the attacker works out from the copies of each case, in a process of its own."""
    lines = []
    for copies in cases:
        read = [[one.month, one.results] for one in copies]
        lines.append(json.dumps({"copies": read, "definitions": definitions(copies[-1].catalogue)}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.disclosure.attacker"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(cases)
    return [{tuple(key): value for key, value in answer} for answer in answers]


def definitions(catalogue: Catalogue) -> dict[str, dict[str, object]]:
    """What the sheet Definitions says of each indicator."""
    return {
        one.code: {
            "unit": one.unit.value,
            "period_type": one.period_type.value,
            "plus": list(one.plus),
            "minus": list(one.minus),
            "rate_breakdown": one.rate_breakdown,
        }
        for one in catalogue.indicators
    }


def secrets_out(edition: Edition, pins: dict[Pin, int]) -> list[tuple[Pin, float]]:
    """The pinned numbers that ought not to be known.

    Withheld counts, the small numbers behind withheld shares, and withheld shares of which both
    numbers are known. A nought is no secret, nor is a large denominator that stands elsewhere.
    """
    truth = dict(_secrets(edition))
    found = [(pin, value) for pin, value in pins.items() if truth.get(pin) == value]
    for top, bottom in _shares(edition):
        known = all(pins.get(pin) == value for pin, value in (top, bottom))
        if known and top[0] not in truth and top[1]:
            found.append(top)
    return found


def _withheld(edition: Edition) -> Iterable[tuple[tuple[str, str, int, int], Figure]]:
    """The withheld figures of the extracts as the attacker names them."""
    for one in edition.extracts.figures:
        indicator = edition.catalogue.indicator(one.indicator)
        rolls = indicator.period_type is PeriodType.ROLLING
        found = span(one.period.kind.value, one.period.text, moment(one.period.end), rolls)
        figure = (one.indicator, one.breakdown, one.period)
        if found is not None and figure in edition.suppression.account.withheld:
            yield (one.indicator, one.breakdown, *found), one


def _secrets(edition: Edition) -> Iterable[tuple[Pin, object]]:
    small = range(1, 6)
    for place, one in _withheld(edition):
        indicator = edition.catalogue.indicator(one.indicator)
        if indicator.unit_of(one.breakdown) is Unit.COUNT:
            yield (*place, "count"), one.value
        elif one.numerator is not None and one.denominator is not None:
            numbers = {"top": one.numerator, "bottom": one.denominator}
            numbers["rest"] = one.denominator - one.numerator
            for role, number in numbers.items():
                if number in small:
                    yield (*place, role), number


def _shares(edition: Edition) -> Iterable[tuple[tuple[Pin, float], tuple[Pin, float]]]:
    for place, one in _withheld(edition):
        if one.numerator is not None and one.denominator is not None:
            yield ((*place, "top"), one.numerator), ((*place, "bottom"), one.denominator)
