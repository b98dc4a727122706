"""Killed at any step or moment, no verb tears a book or loses a word, and the next run completes.

Each verb runs once to its end, telling its steps. Then it is killed before chosen steps and at
random moments, each time on a fresh copy of the same desk. Every book must open then, everything
typed be in the history or in the book, and the same command once more give what the run gave that
nobody disturbed.
"""

from __future__ import annotations

import math
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.kills import desk
from tests.kills.desk import Ended, process
from tests.kills.work import DONE, MONTH, NEXT, VERBS, Place

pytestmark = pytest.mark.in_ci

# How many kills of each verb; seven of ten at steps, as long as there are so many.
KILLS = (6, 200)
# What says when a file was written. The log may count in another way what was saved before a kill.
TIMES = {"docProps/core.xml"}


@dataclass(frozen=True)
class Undisturbed:
    """A verb's desk before and after a run that nobody disturbed."""

    verb: str
    before: Place
    after: Place
    ended: Ended

    def fresh(self, root: Path) -> Place:
        shutil.copytree(self.before.root, root)
        return Place(root)


@pytest.mark.parametrize("verb", VERBS)
def test_killed(verb: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    whole, chance = _undisturbed(verb, tmp_path), random.Random(11)
    kills = amount_in_ci(request.config, *KILLS)
    steps = _chosen(len(whole.ended.steps) - 1, math.ceil(kills * 0.7), chance)
    moments, killed = kills - len(steps), 0
    for step in steps:
        place = whole.fresh(tmp_path / f"step {step}")
        ended = process(verb, place, step)
        assert ended.killed, step
        killed += 1
        _check(whole, place, f"before step {step}, {ended.said}")
    for number in range(moments):
        place = whole.fresh(tmp_path / f"moment {number}")
        ended = process(verb, place, after=chance.uniform(0.0, whole.ended.seconds))
        killed += ended.killed
        _check(whole, place, f"after {len(ended.steps)} steps")
    print(
        f"\n{verb}: {len(steps)} of {len(whole.ended.steps) - 1} steps, {moments} moments", end=""
    )
    print(f", {killed} killed at work")


def _chosen(steps: int, many: int, chance: random.Random) -> list[int]:
    """So many of the steps, counted from 1."""
    return sorted(chance.sample(range(1, steps + 1), min(many, steps)))


def _undisturbed(verb: str, place: Path) -> Undisturbed:
    before = desk.desk(place / "before", verb)
    shutil.copytree(before.root, place / "after")
    after = Place(place / "after")
    ended = process(verb, after)
    assert ended.said == DONE
    whole = Undisturbed(verb, before, after, ended)
    assert differing(before, after), "the verb did something"
    return whole


def _check(whole: Undisturbed, place: Place, when: str) -> None:
    _nothing_torn(whole, place, when)
    again = process(whole.verb, place)
    # What was done to the end before the kill may say so.
    assert again.said == DONE or not differing(place, whole.after), (when, again.said)
    assert differing(place, whole.after) == [], when
    if whole.verb == "next month":
        assert place.book().read_bytes() == whole.before.book().read_bytes(), when
    shutil.rmtree(place.root)


def _nothing_torn(whole: Undisturbed, place: Place, when: str) -> None:
    """Everything that the kill left is whole, and every word is somewhere."""
    before, found = whole.before.book().read_bytes(), desk.books(place)
    assert place.book() in found
    for path in found:
        if path.read_bytes() != before:
            desk.check_opens(path)
    assert desk.results(place) in (desk.results(whole.before), desk.results(whole.after)), when
    kept = desk.remembered(place)["standing"] | desk.found_in(place.book())
    if place.copy.exists():
        assert place.copy.read_bytes() == whole.before.copy.read_bytes()
        kept |= desk.found_in(place.copy)
    everything = "\n\n".join(sorted(kept))
    lost = [text for text in desk.texts(whole.verb) if text not in everything]
    assert lost == [], when


def differing(one: Place, other: Place) -> list[object]:
    """What is not the same on two desks: books, results.csv, the history, the register."""
    found: list[object] = []
    for month in (MONTH, NEXT):
        ours, theirs = (place.book(month) for place in (one, other))
        if ours.exists() != theirs.exists():
            found.append(ours.name)
        elif ours.exists():
            old, new = desk.parts(ours), desk.parts(theirs)
            told = {*old, *new} - TIMES - {desk.part_of(ours, "Log")}
            names = {name for name in told if old.get(name) != new.get(name)}
            found += sorted((ours.name, name) for name in names)
    asked: tuple[Callable[[Place], object], ...] = (desk.results, desk.registered)
    found += [what.__name__ for what in asked if what(one) != what(other)]
    ours, theirs = desk.remembered(one), desk.remembered(other)
    found += [name for name in ("typed", "figures", "published") if ours[name] != theirs[name]]
    return found
